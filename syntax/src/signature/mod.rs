//! The signature of a handler: its name, its parameters with their roles, and its return type. The body of the
//! handler is never parsed, and the role of a parameter depends only on the last name of its type.

mod capability_calls;
mod params;
mod rewrite;
mod types;

use proc_macro2::{Delimiter, Ident, Span, TokenStream, TokenTree};
use quote::ToTokens as _;
use syn::parse::{ParseStream, Parser as _};
use syn::spanned::Spanned as _;
use syn::{Attribute, Generics, Token, Type, Visibility};

use crate::errors::Errors;
use crate::messages;
use crate::span::SourceSpan;

pub use capability_calls::NamedCall;
pub use params::{CapabilityTarget, ClaimsTarget, Param, ParamRole};
pub use rewrite::TypeErrors;
pub(crate) use types::describe;
pub use types::last_segment;

/// The signature of a function: everything from its attributes to its return type.
#[derive(Clone)]
pub struct Signature {
    /// The attributes of the function other than Skylift's, including its doc comments.
    pub attrs: Vec<Attribute>,
    /// The visibility of the function.
    pub vis: Visibility,
    /// The name of the function.
    pub ident: Ident,
    /// The parameters of the function, with their roles.
    pub params: Vec<Param>,
    /// The return type, without the arrow. `None` if the function returns `()` without a written type.
    pub output: Option<Type>,
}

impl Signature {
    /// Parses the tokens of a function, with or without its body, and checks that the function can be a
    /// handler. Returns `None` if the tokens are not a function. `attribute` is the attribute on the function,
    /// as messages name it.
    pub fn parse(item: TokenStream, attribute: &str, errors: &mut Errors) -> Option<Self> {
        let span = SourceSpan::from_tokens(&item);
        match (|input: ParseStream<'_>| parse_function(input)).parse2(item) {
            Ok(parsed) => Some(parsed.check(attribute, errors)),
            Err(_) => {
                errors.push(&span, messages::not_a_function(attribute));
                None
            }
        }
    }
}

/// The parts of a function before they are checked.
struct UncheckedSignature {
    attrs: Vec<Attribute>,
    vis: Visibility,
    qualifiers: Vec<(&'static str, Span)>,
    is_async: bool,
    fn_token: Span,
    ident: Ident,
    generics: Generics,
    params: Vec<TokenTree>,
    output: Option<Type>,
    where_token: Option<Span>,
}

/// Parses the parts of a function's signature.
fn parse_function(input: ParseStream<'_>) -> syn::Result<UncheckedSignature> {
    let attrs = Attribute::parse_outer(input)?;
    let vis = input.parse()?;
    let mut qualifiers = Vec::new();
    let mut is_async = false;
    let fn_token = loop {
        if input.peek(Token![fn]) {
            break input.parse::<Token![fn]>()?.span;
        } else if input.peek(Token![async]) {
            input.parse::<Token![async]>()?;
            is_async = true;
        } else if input.peek(Token![const]) {
            qualifiers.push(("const", input.parse::<Token![const]>()?.span));
        } else if input.peek(Token![unsafe]) {
            qualifiers.push(("unsafe", input.parse::<Token![unsafe]>()?.span));
        } else {
            qualifiers.push(("extern", input.parse::<Token![extern]>()?.span));
            let _: Option<syn::LitStr> = input.parse()?;
        }
    };
    let ident = input.parse()?;
    let generics = input.parse()?;
    let group: proc_macro2::Group = input.parse()?;
    if group.delimiter() != Delimiter::Parenthesis {
        return Err(syn::Error::new(group.span(), "expected parameters"));
    }
    let output = if input.peek(Token![->]) {
        input.parse::<Token![->]>()?;
        Some(input.parse()?)
    } else {
        None
    };
    let where_token = input.peek(Token![where]).then(|| input.span());
    let _: TokenStream = input.parse()?;
    let params = group.stream().into_iter().collect();
    Ok(UncheckedSignature {
        attrs,
        vis,
        qualifiers,
        is_async,
        fn_token,
        ident,
        generics,
        params,
        output,
        where_token,
    })
}

impl UncheckedSignature {
    /// Checks that the function can be a handler, and returns its signature. `attribute` is the attribute on
    /// the function, as messages name it.
    fn check(self, attribute: &str, errors: &mut Errors) -> Signature {
        let name = self.ident.to_string();
        if let Some((span, other)) = find_attribute(&self.attrs, &["function", "init"]) {
            errors.push(&span, messages::second_attribute(attribute, other, &name));
        }
        let is_const = self.qualifiers.iter().any(|(qualifier, _)| *qualifier == "const");
        // A const function cannot be async: the message about `const` is enough.
        if !self.is_async && !is_const {
            let span = SourceSpan::Tokens { start: self.fn_token, end: self.ident.span() };
            errors.push(&span, messages::not_async(attribute, &name));
        }
        for (qualifier, span) in &self.qualifiers {
            let message = messages::qualified_function(attribute, qualifier, &name);
            errors.push(&SourceSpan::from_token(*span), message);
        }
        if !self.generics.params.is_empty() || self.where_token.is_some() {
            let span = match self.where_token {
                Some(span) if self.generics.params.is_empty() => SourceSpan::from_token(span),
                _ => SourceSpan::Tokens {
                    start: self.generics.lt_token.span(),
                    end: self.generics.gt_token.span(),
                },
            };
            errors.push(&span, messages::generic_handler(&name));
        }
        let params = params::parse_params(&self.params, &self.ident, attribute, errors);
        let Self { attrs, vis, ident, output, .. } = self;
        Signature { attrs, vis, ident, params, output }
    }
}

/// Returns the span and the name of the first of Skylift's attributes `names` on an item.
pub(crate) fn find_attribute(
    attrs: &[Attribute],
    names: &[&'static str],
) -> Option<(SourceSpan, &'static str)> {
    attrs.iter().find_map(|attr| {
        let segments: Vec<_> = attr.path().segments.iter().map(|it| &it.ident).collect();
        let (package, last) = match segments.as_slice() {
            [last] => (None, last),
            [package, last] => (Some(package), last),
            _ => return None,
        };
        let is_ours = package.is_none_or(|package| *package == "skylift");
        let name = names.iter().copied().find(|name| is_ours && *last == name)?;
        Some((SourceSpan::from_tokens(&attr.path().to_token_stream()), name))
    })
}

/// Returns the first paragraph of a doc comment, as one line. Returns `None` if there is no doc comment.
#[must_use]
pub fn first_doc_paragraph(attrs: &[Attribute]) -> Option<String> {
    let mut words: Vec<String> = Vec::new();
    for attr in attrs.iter().filter(|attr| attr.path().is_ident("doc")) {
        let syn::Meta::NameValue(doc) = &attr.meta else { continue };
        let syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) = &doc.value else {
            continue;
        };
        // `str::lines` gives no line for an empty comment line, which ends the paragraph.
        for line in text.value().split('\n') {
            // Lines of a block comment may begin with a star.
            let line = line.trim().trim_start_matches("* ").trim();
            let line = if line == "*" { "" } else { line };
            match (line.is_empty(), words.is_empty()) {
                (true, true) => {}
                (true, false) => return Some(words.join(" ")),
                (false, _) => words.push(line.to_owned()),
            }
        }
    }
    (!words.is_empty()).then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(text: &str) -> (Option<Signature>, Vec<String>) {
        let mut errors = Errors::new();
        let signature = Signature::parse(text.parse().unwrap(), "#[function]", &mut errors);
        (signature, errors.into_diagnostics().iter().map(|message| message.full()).collect())
    }

    /// Parses a function that can be a handler.
    fn accepted(text: &str) -> Signature {
        let (signature, errors) = parse(text);
        assert_eq!(errors, [""; 0], "{text}");
        signature.unwrap()
    }

    #[test]
    fn a_signature_has_its_parts_with_or_without_a_body() {
        let full = "/// Doc.\n#[allow(x)]\npub(crate) async fn f(a: A, c: Context) -> Result<(), E> { body }";
        let signature = accepted(full);
        assert_eq!(signature.attrs.len(), 2);
        assert_eq!(signature.vis.to_token_stream().to_string().replace(' ', ""), "pub(crate)");
        assert_eq!(signature.ident, "f");
        assert_eq!(signature.params.len(), 2);
        let output = signature.output.unwrap().to_token_stream().to_string();
        assert_eq!(output.replace(' ', ""), "Result<(),E>");
        let least = accepted("async fn f()");
        assert!(least.attrs.is_empty() && least.params.is_empty() && least.output.is_none());
        assert!(matches!(least.vis, Visibility::Inherited));
    }

    #[test]
    fn an_item_that_cannot_be_a_handler_is_rejected_with_help() {
        let generic = "a handler cannot be generic: nothing determines which types `f` is called with\n\nhelp: name the types, or call a generic function from the handler";
        let no_fn =
            "`#[function]` goes on a function\n\nhelp: write `#[function] async fn name(…) { … }`";
        let write = "\n\nhelp: write `async fn f`";
        for (text, want) in [
            ("fn f() {}", format!("`#[function]` goes on an async function, `f` is not async{write}")),
            (
                "async unsafe fn f() {}",
                format!("`#[function]` cannot go on a function that is `unsafe`{write}"),
            ),
            (
                "async extern \"C\" fn f() {}",
                format!("`#[function]` cannot go on a function that is `extern`{write}"),
            ),
            (
                "async extern fn f() {}",
                format!("`#[function]` cannot go on a function that is `extern`{write}"),
            ),
            // A const function cannot be async, so that it is not async is no second error.
            ("const fn f() {}", format!("`#[function]` cannot go on a function that is `const`{write}")),
            ("async fn f<T>(t: T) {}", generic.to_owned()),
            ("async fn f<'a>(t: &'a str) {}", generic.to_owned()),
            ("async fn f() where String: Clone {}", generic.to_owned()),
            ("async fn f<T>() where T: Clone {}", generic.to_owned()),
            ("async fn f(t: impl Clone) {}", generic.to_owned()),
            (
                "async fn f(t: &str) {}",
                "a handler takes owned values, and this parameter is a reference\n\nhelp: take it by value: `String` for `&str`, `Vec<T>` for `&[T]`, a struct for a reference to it".to_owned(),
            ),
            (
                "async fn f(&self) {}",
                "`#[function]` goes on a free function, not on a method: Lambda has no receiver to call it with\n\nhelp: move the function out of its `impl` block".to_owned(),
            ),
            (
                "async fn f(mut self: Box<Self>) {}",
                "`#[function]` goes on a free function, not on one with a receiver".to_owned(),
            ),
            (
                "async fn f(self: Box<Self>) {}",
                "`#[function]` goes on a free function, not on one with a receiver".to_owned(),
            ),
            ("struct F;", no_fn.to_owned()),
            ("async fn f[]", no_fn.to_owned()),
            ("async fn", no_fn.to_owned()),
            ("", no_fn.to_owned()),
        ] {
            assert_eq!(parse(text).1, [want], "{text}");
        }
    }

    #[test]
    fn a_function_with_two_mistakes_gets_two_errors() {
        assert_eq!(parse("unsafe fn f() {}").1.len(), 2);
        assert_eq!(parse("const unsafe fn f() {}").1.len(), 2);
        assert!(parse("fn f() {}").0.is_some(), "the signature is read despite the error");
    }

    #[test]
    fn a_second_attribute_on_one_function_is_an_error() {
        let second = |text: &str| parse(text).1.join("; ");
        for (text, start) in [
            ("#[function] async fn f() {}", "`#[function]` is on `f` twice"),
            ("#[skylift::function(memory = 1)] async fn f() {}", "`#[function]` is on `f` twice"),
            ("#[init] async fn f() {}", "`f` has `#[function]` and `#[init]`"),
        ] {
            assert!(second(text).starts_with(start), "{}", second(text));
        }
        assert_eq!(second("#[other::function] #[inline] async fn f() {}"), "");
    }

    #[test]
    fn a_doc_comment_gives_its_first_paragraph_as_one_line() {
        for (comment, doc_line) in [
            ("/// Makes a\n/// thumbnail.\n///\n/// More.", Some("Makes a thumbnail.")),
            ("///\n///\n/// After empty lines.", Some("After empty lines.")),
            ("/** Makes a\n * thumbnail.\n *\n * More. */", Some("Makes a thumbnail.")),
            ("#[doc = \"One.\\n\\nTwo.\"]", Some("One.")),
            ("#[doc = \"One.\"] #[allow(x)] #[doc = \"Still one.\"]", Some("One. Still one.")),
            ("#[doc(hidden)]", None),
            ("#[doc = include_str!(\"a.md\")]", None),
            ("#[other = \"text\"]", None),
            ("///", None),
            ("", None),
        ] {
            let signature = accepted(&format!("{comment}\nasync fn f() {{}}"));
            assert_eq!(first_doc_paragraph(&signature.attrs).as_deref(), doc_line, "{comment}");
        }
    }
}
