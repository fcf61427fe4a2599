//! Suggestions for unknown words. Takes a word and the known words, and returns the known word that was most
//! likely meant, or the known words as a list for a message.

use std::cmp::Reverse;

/// Returns the known word that was most likely meant by `word`. Returns `None` if no known word is similar.
#[must_use]
pub fn nearest<'a>(word: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let lower = word.to_lowercase();
    let max_distance = (word.len() / 3).max(1);
    let distance = |other: &str| {
        let other = other.to_lowercase();
        // `visibility_timeout` for `visibility`, `retention` for `log_retention`: a key with a word too many
        // or too few is nearer than any key with other letters.
        let has_all_words = has_words(&lower, &other) || has_words(&other, &lower);
        let distance = if has_all_words { 1 } else { strsim::damerau_levenshtein(&lower, &other) };
        // Of two words with the same distance, prefer one that begins like the word, or with which the word
        // begins. `NEW_AND_OLD_IMAGES` has the words of both `new` and `new_and_old`: prefer the longer one.
        let begins_alike = other.starts_with(&lower) || lower.starts_with(&other);
        let common = if has_words(&lower, &other) { other.len() } else { 0 };
        (distance, !begins_alike, Reverse(common))
    };
    known
        .into_iter()
        .map(|other| (distance(other), other))
        .filter(|((distance, ..), _)| *distance <= max_distance)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, other)| other)
}

/// Returns the only known name that begins with the same word as `name`: `LifecycleConfiguration` for `LifecycleRules`. A
/// capital letter begins a word. Returns `None` if no name or several names begin with it.
#[must_use]
pub fn same_first_word<'a>(
    name: &str,
    known: impl IntoIterator<Item = &'a str>,
) -> Option<&'a str> {
    let mut near = known.into_iter().filter(|other| first_word(other) == first_word(name));
    near.next().filter(|_| near.next().is_none())
}

/// Returns a name up to its second capital letter.
fn first_word(name: &str) -> &str {
    let end = name.char_indices().skip(1).find(|(_, letter)| letter.is_ascii_uppercase());
    &name[..end.map_or(name.len(), |(index, _)| index)]
}

/// Returns whether two words are the same, or differ by one letter: a wrong, missing or further one, or two that
/// are swapped.
#[must_use]
pub fn is_one_letter_off(word: &str, other: &str) -> bool {
    strsim::damerau_levenshtein(word, other) <= 1
}

/// Returns whether `whole` contains all words of `part`. A `_` separates words.
fn has_words(whole: &str, part: &str) -> bool {
    part.split('_').all(|word| whole.split('_').any(|other| other == word))
}

/// Returns the words as a list for a message: `` `a`, `b` and `c` ``.
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
    fn a_typing_mistake_is_near_and_another_word_is_not() {
        let known = ["timeout", "memory", "env"];
        assert_eq!(nearest("timout", known), Some("timeout"));
        assert_eq!(nearest("Memory", known), Some("memory"));
        assert_eq!(nearest("sq", ["s3", "sqs"]), Some("sqs"));
        assert_eq!(nearest("log_timeout", known), Some("timeout"));
        let views = ["keys", "new", "old", "new_and_old"];
        assert_eq!(nearest("NEW_AND_OLD_IMAGES", views), Some("new_and_old"));
        assert_eq!(nearest("NEW_IMAGE", views), Some("new"));
        assert_eq!(nearest("tags", known), None);
        assert_eq!(nearest("", known), None);
    }

    #[test]
    fn a_name_is_found_by_its_first_word_if_no_other_has_it() {
        let known = ["BucketName", "BucketEncryption", "LifecycleConfiguration"];
        assert_eq!(same_first_word("LifecycleRules", known), Some("LifecycleConfiguration"));
        assert_eq!(same_first_word("Lifecycle", known), Some("LifecycleConfiguration"));
        assert_eq!(same_first_word("BucketPolicy", known), None);
        assert_eq!(same_first_word("Life", known), None);
        assert_eq!(same_first_word("", known), None);
    }

    #[test]
    fn words_differ_by_one_letter_at_most() {
        for word in ["skylift", "skylft", "skyliift", "skilift", "skylfit"] {
            assert!(is_one_letter_off(word, "skylift"), "{word}");
        }
        assert!(!is_one_letter_off("skylight", "skylift"));
    }

    #[test]
    fn a_list_has_commas_and_an_and_before_the_last_word() {
        assert_eq!(list(["a", "b", "c"]), "`a`, `b` and `c`");
        assert_eq!(list(["a"]), "`a`");
        assert_eq!(list([]), "none");
    }
}
