//! The names in the texts of a definition that the template replaces, as `${charge}`.

/// What a text has between `${` and `}`.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Substitution<'a> {
    /// A name, as `${charge}`.
    Name(&'a str),
    /// A pseudo parameter or an attribute, as `${AWS::Region}` or `${Orders.Arn}`, which Step Functions does not replace.
    Other(&'a str),
}

/// Returns the substitutions in a text. Expressions of `JSONata` can contain `${` too, and are no substitutions.
pub(super) fn find_substitutions(text: &str) -> impl Iterator<Item = Substitution<'_>> {
    text.split("${").skip(1).filter_map(|rest| {
        let (inner, _) = rest.split_once('}')?;
        if is_name(inner) {
            return Some(Substitution::Name(inner));
        }
        let separator = if inner.contains("::") { "::" } else { "." };
        let mut parts = inner.split(separator);
        let is_reference = inner.contains(separator) && parts.all(is_name);
        is_reference.then_some(Substitution::Other(inner))
    })
}

/// Returns the name if the whole text is one substitution: `charge` for `${charge}`.
pub(super) fn whole_substitution(text: &str) -> Option<&str> {
    text.strip_prefix("${")?.strip_suffix('}').filter(|name| is_name(name))
}

/// Returns whether a text is an identifier.
fn is_name(text: &str) -> bool {
    text.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && text.chars().all(|letter| letter.is_alphanumeric() || letter == '_')
}
