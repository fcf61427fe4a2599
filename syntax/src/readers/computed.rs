//! Values that the compiler would compute, and what the user most likely means by them. An attribute is read before any
//! value is computed, so each of them is an error; these functions find what to write in its place.

use crate::tree::{ArgValue, ArgValueKind};

/// The functions of `Duration` that make one from a number, each with its unit in an attribute.
const CONSTRUCTORS: [(&str, &str); 5] = [
    ("from_millis", "ms"),
    ("from_secs", "s"),
    ("from_mins", "m"),
    ("from_hours", "h"),
    ("from_days", "d"),
];

/// Returns whether a value is an expression, or the name of a constant such as `TIMEOUT`.
pub(super) fn is_computed(value: &ArgValue) -> bool {
    match &value.kind {
        ArgValueKind::Other(text) => {
            text.contains(['*', '+', '!', '&', '<']) || text.contains("::") || text.starts_with('-')
        }
        ArgValueKind::Path(segments, _) => segments.last().is_some_and(|name| is_constant(name)),
        _ => false,
    }
}

/// Returns whether a name is that of a constant: capital letters, and no other letters.
fn is_constant(name: &str) -> bool {
    name.len() > 1
        && name.chars().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit() || it == '_')
}

/// Returns the number that is most likely meant by a text: `512` by `512MB`, `2048` by `2 * 1024`. Returns `None` if no
/// number is certain.
pub(super) fn find_number(text: &str) -> Option<String> {
    let text = text.trim();
    let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
    if text.contains('*') {
        let factors: Option<Vec<u64>> = text.split('*').map(|it| it.trim().parse().ok()).collect();
        let product = factors?.into_iter().try_fold(1_u64, u64::checked_mul)?;
        return Some(product.to_string());
    }
    // All sizes in attributes are in MB.
    let unit = text[digits.len()..].trim().to_lowercase();
    if matches!(unit.as_str(), "g" | "gb" | "gib") {
        return Some(digits.parse::<u64>().ok()?.checked_mul(1024)?.to_string());
    }
    let is_unit = |rest: &str| rest.chars().all(|it| it.is_alphanumeric() || " _".contains(it));
    (!digits.is_empty() && is_unit(&text[digits.len()..])).then_some(digits)
}

/// Returns the duration that is most likely meant by an expression, as it is written in an attribute: `30s` by
/// `Duration::from_secs(30)`, `3 s` by itself. Returns `None` if no duration is certain.
pub(super) fn find_duration(text: &str) -> Option<String> {
    let unquoted = find_string(text);
    if unquoted.is_some() {
        return unquoted;
    }
    let (path, arguments) = text.strip_suffix(')')?.split_once('(')?;
    let (_, function) = path.rsplit_once("::")?;
    let (_, unit) = CONSTRUCTORS.iter().find(|(name, _)| *name == function)?;
    let is_number = !arguments.is_empty() && arguments.chars().all(|it| it.is_ascii_digit());
    is_number.then(|| format!("{arguments}{unit}"))
}

/// Returns the string that is meant by a literal of another kind, or by a text without quotes: `a` by `'a'`, `b"a"` or
/// `c"a"`, `5 minutes` by itself. Returns `None` if the text is something else.
pub(super) fn find_string(text: &str) -> Option<String> {
    if text.starts_with(|it: char| it.is_ascii_digit())
        && text.chars().all(|it| it.is_alphanumeric() || it == ' ')
    {
        return Some(text.to_owned());
    }
    let plain = text.trim_start_matches(['b', 'c']).trim_start_matches('r');
    let quote = plain.chars().next().filter(|first| ['\'', '"'].contains(first))?;
    let inner = plain.strip_prefix(quote)?.strip_suffix(quote)?;
    (!inner.contains(['\\', '"'])).then(|| inner.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_found_in_a_product_and_before_a_unit() {
        for (text, number) in [
            ("512", Some("512")),
            ("512MB", Some("512")),
            ("1 GB", Some("1024")),
            ("512 as u64", Some("512")),
            ("2 * 1024", Some("2048")),
            ("2 * 2 * 3", Some("12")),
            ("2 * N", None),
            ("1024+512", None),
            ("0.5", None),
            ("18446744073709551615 * 2", None),
            ("many", None),
        ] {
            assert_eq!(find_number(text).as_deref(), number, "{text}");
        }
    }

    #[test]
    fn a_duration_is_found_in_a_call_of_its_constructor_and_without_quotes() {
        for (text, duration) in [
            ("Duration::from_secs(30)", Some("30s")),
            ("std::time::Duration::from_millis(250)", Some("250ms")),
            ("Duration::from_secs(2*30)", None),
            ("Duration::new(3, 0)", None),
            ("30s", Some("30s")),
            ("3 minutes", Some("3 minutes")),
            ("b\"3s\"", Some("3s")),
            ("2 * 60", None),
        ] {
            assert_eq!(find_duration(text).as_deref(), duration, "{text}");
        }
    }

    #[test]
    fn a_string_is_found_in_literals_of_other_kinds() {
        for (text, string) in [
            ("'a'", Some("a")),
            ("b'a'", Some("a")),
            ("b\"a b\"", Some("a b")),
            ("c\"a\"", Some("a")),
            ("br\"a\"", Some("a")),
            ("'\\n'", None),
            ("3s", Some("3s")),
            ("5 minutes", Some("5 minutes")),
            ("5 * minutes", None),
            ("cb", None),
        ] {
            assert_eq!(find_string(text).as_deref(), string, "{text}");
        }
    }
}
