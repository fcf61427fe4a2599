//! The words that the names in several tables consist of. A table has a code for each word, which makes names a fifth
//! as long.

use std::sync::OnceLock;

use super::{WORDS, table_lines};

/// The codes of one character.
pub(in crate::aws) const LETTERS: &str = "abcdefghijklmnopqrstuvwxyz";

/// The first characters of the codes of two characters, in their order.
const LEAD: &str = "0123456789!#$%&()*+,-./:;<=>?@[]^_{|}~";

/// The second characters of the codes of two characters, in their order.
const TRAIL: &str = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/// Decodes a name of a table: replaces each code, and each word between apostrophes, by its text.
pub(in crate::aws) fn decode(name: &str) -> String {
    static LIST: OnceLock<Vec<&str>> = OnceLock::new();
    let words = LIST.get_or_init(|| table_lines(WORDS).flat_map(|line| line.split(' ')).collect());
    let mut text = String::new();
    let mut rest = name.chars();
    while let Some(character) = rest.next() {
        if character == '\'' {
            text.extend(rest.by_ref().take_while(|it| *it != '\''));
            continue;
        }
        let index = index_in(LETTERS, character).or_else(|| {
            let (lead, trail) = (index_in(LEAD, character)?, index_in(TRAIL, rest.next()?)?);
            Some(LETTERS.len() + lead * TRAIL.len() + trail)
        });
        text.push_str(index.and_then(|it| words.get(it)).copied().unwrap_or_default());
    }
    text
}

/// Returns the number of a character among others.
pub(in crate::aws) fn index_in(characters: &str, wanted: char) -> Option<usize> {
    characters.chars().position(|it| it == wanted)
}
