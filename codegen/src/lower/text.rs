//! Text helpers for lowering: they take strings, and return lists of nodes or text in camel case.

use skylift_model::aws::node::Node;

/// Converts strings to nodes.
pub(crate) fn text_nodes<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Node> {
    texts.into_iter().map(Node::from).collect()
}

/// Converts a text to camel case and keeps only letters and digits: `get /orders/{id}` becomes `GetOrdersId`.
pub(crate) fn camel_case(text: &str) -> String {
    let mut camel = String::with_capacity(text.len());
    for word in text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| !word.is_empty()) {
        camel.push_str(&word[..1].to_ascii_uppercase());
        camel.push_str(&word[1..]);
    }
    camel
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_joined_in_camel_case() {
        assert_eq!(camel_case("get /orders/{id}"), "GetOrdersId");
        assert_eq!(camel_case("clicks-of_acme 2x"), "ClicksOfAcme2x");
        assert_eq!(camel_case("___"), "");
    }
}
