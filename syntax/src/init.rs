//! The attribute `#[init]`, for the function that creates the state of an application once per process. Takes
//! the attribute and the function below it, and returns the function's signature.

use proc_macro2::TokenStream;
use skylift_model::problem::PlaceInItem;

use crate::errors::Errors;
use crate::messages;
use crate::signature::Signature;
use crate::span::SourceSpan;
use crate::tree;

const ATTRIBUTE: &str = "#[init]";

/// A Rust function with `#[init]`, as the user wrote it.
pub struct InitItem {
    /// The name, the parameters and the return type of the function.
    pub signature: Signature,
}

impl InitItem {
    /// Parses the attribute and the function below it. Returns `None` if an error was recorded, for example
    /// because the item is not a function.
    pub fn parse(args: TokenStream, item: TokenStream, errors: &mut Errors) -> Option<Self> {
        errors.scope(|errors| {
            tree::parse_args(args, errors).read_all(ATTRIBUTE, errors, |_, _| {});
            let signature = Signature::parse(item, ATTRIBUTE, errors)?;
            check_signature(&signature, errors);
            Some(Self { signature })
        })
    }

    /// Returns the span of a place in the item, which is always the function's name.
    #[must_use]
    pub fn span_at(&self, _at: &PlaceInItem) -> SourceSpan {
        SourceSpan::from_token(self.signature.ident.span())
    }
}

/// Parses the signature of a function under an `#[init]` that has errors, which were reported. Returns `None` if the
/// item is not a function.
#[must_use]
pub fn parse_broken(item: TokenStream) -> Option<Signature> {
    Signature::parse(item, ATTRIBUTE, &mut Errors::ignored())
}

/// Checks that the function under `#[init]` takes no parameters and returns the state.
fn check_signature(signature: &Signature, errors: &mut Errors) {
    if let Some(param) = signature.params.first() {
        errors.push(&param.span, messages::init_with_parameters());
    }
    if signature.output.is_none() {
        let span = SourceSpan::from_token(signature.ident.span());
        errors.push(&span, messages::init_without_state(&signature.ident));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parse(args: &str, item: &str) -> Result<InitItem, Vec<String>> {
        let mut errors = Errors::new();
        let item = InitItem::parse(args.parse().unwrap(), item.parse().unwrap(), &mut errors);
        item.ok_or_else(|| errors.into_diagnostics().iter().map(|it| it.full()).collect())
    }

    #[test]
    fn an_init_function_takes_no_parameters_and_returns_the_state() {
        let item = parse("", "async fn start() -> Result<State, Error> {}").unwrap();
        assert_eq!(item.signature.ident, "start");
        assert!(matches!(item.span_at(&PlaceInItem::Name), SourceSpan::Tokens { .. }));
    }

    #[test]
    fn all_errors_of_an_init_function_are_reported() {
        for (args, item, message) in [
            (
                "",
                "async fn start(c: Context) -> State {}",
                "an `#[init]` function takes no parameters\n\nhelp: it runs before the first event: read what it needs from the environment",
            ),
            (
                "",
                "async fn start() {}",
                "an `#[init]` function returns the state\n\nhelp: write `async fn start() -> Result<T, Error>`",
            ),
            (
                "name = 1",
                "async fn start() -> State {}",
                "unknown key `name` in `#[init]`\n\nhelp: `#[init]` takes no arguments",
            ),
            (
                "",
                "struct Start;",
                "`#[init]` goes on a function\n\nhelp: write `#[init] async fn name(…) { … }`",
            ),
        ] {
            assert_eq!(parse(args, item).err().unwrap(), [message], "{args} {item}");
        }
        assert_eq!(parse("x", "async fn start(c: Context) {}").err().unwrap().len(), 3);
    }
}
