//! Hashes of tokens and of text, computed with FNV-1a. The algorithm is short, and its result is the same on
//! every machine and in every release of Rust.

use proc_macro2::{Delimiter, TokenStream, TokenTree};

/// Hashes the arguments of an attribute, and the item below it from its keyword to its body. White space and
/// the content of the body do not change the hash.
pub(super) fn hash_item(args: &TokenStream, item: &TokenStream) -> u64 {
    let mut hash = Fnv::new();
    hash.add_tokens(args.clone());
    hash.add_bytes(b"|");
    let mut tokens = item.clone().into_iter().peekable();
    let mut is_before_keyword = true;
    while let Some(token) = tokens.next() {
        // Attributes and visibility precede the keyword. Other macros may have changed them.
        is_before_keyword &=
            !matches!(&token, TokenTree::Ident(word) if word == "fn" || word == "struct");
        let is_braced =
            matches!(&token, TokenTree::Group(group) if group.delimiter() == Delimiter::Brace);
        if is_braced && tokens.peek().is_none() {
            break;
        }
        if !is_before_keyword {
            hash.add_token(token);
        }
    }
    hash.0
}

/// Hashes a text.
#[must_use]
pub fn hash_text(text: &str) -> u64 {
    let mut hash = Fnv::new();
    hash.add_bytes(text.as_bytes());
    hash.0
}

struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    /// Adds bytes to the hash.
    fn add_bytes(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    /// Adds all tokens of a stream to the hash.
    fn add_tokens(&mut self, tokens: TokenStream) {
        for token in tokens {
            self.add_token(token);
        }
    }

    /// Adds one token to the hash, with the content of a group.
    fn add_token(&mut self, token: TokenTree) {
        match token {
            TokenTree::Group(group) => {
                let (open, close): (&[u8], &[u8]) = match group.delimiter() {
                    Delimiter::Parenthesis => (b"(", b")"),
                    Delimiter::Brace => (b"{", b"}"),
                    Delimiter::Bracket => (b"[", b"]"),
                    Delimiter::None => (b"", b""),
                };
                self.add_bytes(open);
                self.add_tokens(group.stream());
                self.add_bytes(close);
            }
            TokenTree::Punct(punct) => {
                self.add_bytes(punct.as_char().encode_utf8(&mut [0; 4]).as_bytes());
            }
            other => self.add_bytes(other.to_string().as_bytes()),
        }
        self.add_bytes(b" ");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hash(args: &str, item: &str) -> u64 {
        hash_item(&args.parse().unwrap(), &item.parse().unwrap())
    }

    const ITEM: &str = "async fn f(e: S3Event) -> Result<(), Error>";

    #[test]
    fn a_text_has_its_fnv_1a_hash() {
        assert_eq!(hash_text(""), 0xcbf2_9ce4_8422_2325);
        assert_eq!(hash_text("a"), 0xaf63_dc4c_8601_ec8c);
        assert_eq!(hash_text("foobar"), 0x8594_4171_f739_67e8);
    }

    #[test]
    fn white_space_and_code_around_the_signature_do_not_change_the_hash() {
        let one = hash("trigger = s3(prefix=\"a\")", ITEM);
        for same in [
            "async fn f( e : S3Event ) -> Result < (), Error > { body() }",
            "#[doc = \"x\"] async fn f(e: S3Event) -> Result<(), Error> { other() }",
            "pub(crate) async fn f(e: S3Event) -> Result<(), Error>",
        ] {
            assert_eq!(one, hash("trigger=s3( prefix = \"a\" )", same), "{same}");
        }
        assert_eq!(hash("bucket", "struct A;"), hash("bucket", "pub struct A;"));
    }

    #[test]
    fn arguments_name_and_signature_change_the_hash() {
        let one = hash("a", ITEM);
        for (args, item) in [
            ("b", ITEM),
            ("a()", ITEM),
            ("a[]", ITEM),
            ("a{}", ITEM),
            ("", ITEM),
            ("a", "async fn g(e: S3Event) -> Result<(), Error>"),
            ("a", "async fn f(e: SqsEvent) -> Result<(), Error>"),
            ("a", "async fn f(e: S3Event) -> Result<u8, Error>"),
            ("a", "async fn f(e: S3Event)"),
        ] {
            assert_ne!(one, hash(args, item), "{args} {item}");
        }
        // Braces other than the body are part of a type.
        assert_ne!(hash("", "fn f() -> [u8; { 3 }]"), hash("", "fn f() -> [u8; { 4 }]"));
        assert_ne!(hash("", "fn f() -> A<{ 3 }> { x }"), hash("", "fn f() -> A<{ 4 }> { x }"));
    }

    #[test]
    fn kinds_of_brackets_and_spaces_between_words_change_the_hash() {
        let all = ["(a)", "[a]", "{a}", "a", "a b", "ab", "(a) b", "(a b)", ""];
        for (index, one) in all.iter().enumerate() {
            for other in &all[index + 1..] {
                assert_ne!(hash(one, ITEM), hash(other, ITEM), "{one} {other}");
            }
        }
    }
}
