//! Phrases that several messages share.

use crate::suggest;

/// The help that tells the user to replace the whole value.
pub(crate) fn write_instead(whole: &str) -> String {
    format!("write `{whole}`")
}

/// The help that tells the user to replace the marked part of the value.
pub(crate) fn write_here(part: &str) -> String {
    format!("write `{part}` here")
}

/// The help that suggests a similar name.
pub(crate) fn did_you_mean(name: &str) -> String {
    format!("did you mean `{name}`?")
}

/// Returns the names as a choice: `` `a` ``, or `` one of `a` and `b` ``.
pub(crate) fn one_of(names: Vec<&str>) -> String {
    format!("{}{}", if names.len() > 1 { "one of " } else { "" }, suggest::list(names))
}

/// Returns the nouns as a choice: `a queue, a topic or a bucket`.
pub(crate) fn alternatives(nouns: &[&str]) -> String {
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
        assert_eq!(alternatives(&["a queue"]), "a queue");
        assert_eq!(alternatives(&["a queue", "a bucket"]), "a queue or a bucket");
        assert_eq!(alternatives(&[]), "");
    }
}
