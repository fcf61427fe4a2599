//! The nearest of the known words, for a word that is not known.

/// The word of `known` that was most likely meant by `word`, if any is near.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let far = (word.len() / 3).max(1);
    let distance = |other: &str| {
        let other = other.to_lowercase();
        // `visibility_timeout` for `visibility`, `retention` for `log_retention`: words too many or
        // too few are no slip, yet nearer than any other key.
        let within = has_words(&lower, &other) || has_words(&other, &lower);
        let distance = if within { 1 } else { strsim::damerau_levenshtein(&lower, &other) };
        // Of two that are as near, the one that begins or goes on as the word does.
        (distance, !(other.starts_with(&lower) || lower.starts_with(&other)))
    };
    known
        .into_iter()
        .map(|other| (distance(other), other))
        .filter(|((distance, _), _)| *distance <= far)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// Whether all words of `part` are among those of `whole`, words being joined by `_`.
fn has_words(whole: &str, part: &str) -> bool {
    part.split('_').all(|word| whole.split('_').any(|other| other == word))
}

/// The words as a message lists them: `` `a`, `b` and `c` ``.
#[must_use]
pub fn list<'a>(words: impl IntoIterator<Item = &'a str>) -> String {
    let quoted: Vec<String> = words.into_iter().map(|word| format!("`{word}`")).collect();
    match quoted.as_slice() {
        [] => "none".to_owned(),
        [one] => one.clone(),
        [rest @ .., last] => format!("{} and {last}", rest.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_is_near_and_another_word_is_not() {
        let known = ["timeout", "memory", "env"];
        assert_eq!(nearest("timout", known), Some("timeout"));
        assert_eq!(nearest("Memory", known), Some("memory"));
        assert_eq!(nearest("sq", ["s3", "sqs"]), Some("sqs"));
        assert_eq!(nearest("log_timeout", known), Some("timeout"));
        assert_eq!(nearest("tags", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn lists_read_as_prose() {
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list([]), "none");
    }
}
