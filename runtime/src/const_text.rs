//! Compares texts in constants, for the assertions of the macros.

/// Returns whether two texts are the same.
pub(crate) const fn is_same(one: &str, other: &str) -> bool {
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let mut same = one.len() == other.len();
    let mut index = 0;
    while same && index < other.len() {
        same = one[index] == other[index];
        index += 1;
    }
    same
}

#[cfg(test)]
mod tests {
    use super::is_same;

    #[test]
    fn texts_are_the_same_if_all_bytes_are() {
        assert!(is_same("Users", "Users") && is_same("", ""));
        for other in ["Usera", "users", "User", "Users2", ""] {
            assert!(!is_same("Users", other), "{other}");
        }
    }
}
