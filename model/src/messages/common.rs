//! Phrases that several messages share: helps that suggest a correction, and lists of names.

use crate::suggest;

/// Returns the help that tells the user to replace a whole value by `whole`.
pub(crate) fn write_instead(whole: &str) -> String {
    format!("write `{whole}`")
}

/// Returns the help that tells the user to replace the marked part of a value by `part`.
pub(crate) fn write_here(part: &str) -> String {
    format!("write `{part}` here")
}

/// Returns the help that suggests a similar name.
pub(crate) fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// Returns the names as a choice: `` `a` ``, or `` one of `a` and `b` ``.
pub(crate) fn one_of(names: Vec<&str>) -> String {
    format!("{}{}", if names.len() > 1 { "one of " } else { "" }, suggest::list(names))
}

/// Returns the nouns as a choice: `a queue, a topic or a bucket`.
pub(crate) fn join_with_or(nouns: &[&str]) -> String {
    match nouns {
        [rest @ .., last] if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        nouns => nouns.concat(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_choice_of_one_name_is_the_name() {
        assert_eq!(one_of(vec!["a"]), "`a`");
        assert_eq!(one_of(vec!["a", "b"]), "one of `a` and `b`");
    }

    #[test]
    fn the_last_of_several_nouns_follows_an_or() {
        assert_eq!(join_with_or(&["a queue"]), "a queue");
        assert_eq!(join_with_or(&["a queue", "a bucket"]), "a queue or a bucket");
        assert_eq!(join_with_or(&[]), "");
    }
}
