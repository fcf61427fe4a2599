//! Replaces types in the tokens of a function. A type that has an error becomes tokens that report this error and
//! that the compiler takes for a type with an error, so that no further errors follow from it: neither in the
//! body, which is kept, nor where the function is called.

use proc_macro2::{Delimiter, Group, TokenStream, TokenTree};
use quote::quote;

use super::params::{split_params, split_pattern_and_type};
use crate::errors::Diagnostic;

/// The errors of a function's types, each with what it replaces.
#[derive(Debug, Default)]
pub struct TypeErrors {
    /// The index of a parameter, and the error of its type.
    params: Vec<(usize, Diagnostic)>,
    /// The error of the return type and of the body.
    rest: Option<Diagnostic>,
}

impl TypeErrors {
    /// Records the error of the type of a parameter. `index` is the index of the parameter.
    pub fn push_param(&mut self, index: usize, error: Diagnostic) {
        if self.param(index).is_none() {
            self.params.push((index, error));
        }
    }

    /// Records the error of the whole function: its return type and its body are replaced, too.
    pub fn set_rest(&mut self, error: Diagnostic) {
        self.rest = self.rest.take().or(Some(error));
    }

    /// Returns whether no type has an error.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.params.is_empty() && self.rest.is_none()
    }

    /// Returns the error of the type of a parameter. Returns `None` if the type has no error.
    fn param(&self, index: usize) -> Option<&Diagnostic> {
        self.params.iter().find(|(param, _)| *param == index).map(|(_, error)| error)
    }

    /// Returns the tokens of a function with every type replaced that has an error. Returns the tokens unchanged if
    /// no type has an error, or if the tokens are not a function.
    #[must_use]
    pub fn replace_types(&self, item: &TokenStream) -> TokenStream {
        if self.is_empty() {
            return item.clone();
        }
        let mut tokens = item.clone().into_iter();
        let mut replaced = TokenStream::new();
        let is_fn = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "fn");
        for token in tokens.by_ref() {
            let ends_qualifiers = is_fn(&token);
            replaced.extend([token]);
            if ends_qualifiers {
                break;
            }
        }
        for token in tokens.by_ref() {
            match token {
                TokenTree::Group(group) if group.delimiter() == Delimiter::Parenthesis => {
                    replaced.extend([TokenTree::from(self.replace_params(&group))]);
                    break;
                }
                other => replaced.extend([other]),
            }
        }
        match &self.rest {
            Some(error) if !replaced.is_empty() => {
                let (ty, value) = (error.to_error_type(), error.to_compile_error());
                let has_output = tokens.any(|token| matches!(token, TokenTree::Punct(_)));
                let output = has_output.then(|| quote!(-> #ty));
                quote!(#replaced #output { #value })
            }
            _ => {
                replaced.extend(tokens);
                replaced
            }
        }
    }

    /// Returns the parameters of a function, in their parentheses, with every type replaced that has an error.
    fn replace_params(&self, group: &Group) -> Group {
        let tokens: Vec<TokenTree> = group.stream().into_iter().collect();
        let mut replaced = TokenStream::new();
        for (index, part) in split_params(&tokens).enumerate() {
            let param = match (self.param(index), split_pattern_and_type(part)) {
                (Some(error), Some((pattern, _))) => {
                    let ty = error.to_error_type();
                    // A pattern such as `Path(id)` would need the type.
                    let pattern = match pattern {
                        _ if self.rest.is_some() => quote!(_),
                        [TokenTree::Ident(_)] | [TokenTree::Ident(_), TokenTree::Ident(_)] => {
                            pattern.iter().cloned().collect()
                        }
                        _ => without_constructor(pattern),
                    };
                    quote!(#pattern: #ty)
                }
                _ => part.iter().cloned().collect(),
            };
            replaced.extend(quote!(#param,));
        }
        let mut params = Group::new(Delimiter::Parenthesis, replaced);
        params.set_span(group.span());
        params
    }
}

/// Returns a pattern of the names that `Name(a, b)` binds. A pattern of any form fits a value whose type has an
/// error, but its constructor may not exist.
fn without_constructor(pattern: &[TokenTree]) -> TokenStream {
    match pattern {
        [TokenTree::Ident(_), .., TokenTree::Group(inner)] => TokenTree::from(inner.clone()).into(),
        other => other.iter().cloned().collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::errors::Errors;
    use crate::span::SourceSpan;

    fn error(text: &str) -> Diagnostic {
        let mut errors = Errors::new();
        errors.push(&SourceSpan::Bytes(0..1), text);
        errors.into_diagnostics().remove(0)
    }

    fn without_spaces(tokens: &impl ToString) -> String {
        tokens.to_string().replace(' ', "")
    }

    #[test]
    fn the_type_of_a_parameter_becomes_its_error_and_the_rest_is_kept() {
        let mut errors = TypeErrors::default();
        let item: TokenStream =
            "/// Doc.\npub(crate) async fn f(a: A<B, C>, mut b: B) -> R { b }".parse().unwrap();
        assert_eq!(without_spaces(&errors.replace_types(&item)), without_spaces(&item));
        errors.push_param(1, error("wrong"));
        errors.push_param(1, error("second"));
        let replaced = without_spaces(&errors.replace_types(&item));
        let ty = r#"[();::core::compile_error!{"wrong"}]"#;
        let end = format!("asyncfnf(a:A<B,C>,mutb:{ty},)->R{{b}}");
        assert!(replaced.ends_with(&end), "{replaced}");
        assert!(replaced.starts_with("#[doc"), "{replaced}");
    }

    #[test]
    fn a_whole_function_keeps_its_name_and_its_number_of_parameters() {
        let mut errors = TypeErrors::default();
        errors.push_param(0, error("wrong"));
        errors.set_rest(error("wrong"));
        let value = r#"::core::compile_error!{"wrong"}"#;
        for (item, output) in [
            ("async fn f(Path(id): Path<u8>) { id }", String::new()),
            ("async fn f(Path(id): Path<u8>) -> Json<A> { Json(id) }", format!("->[();{value}]")),
        ] {
            let replaced = errors.replace_types(&item.parse().unwrap());
            let wanted = format!("asyncfnf(_:[();{value}],){output}{{{value}}}");
            assert_eq!(without_spaces(&replaced), wanted, "{item}");
        }
    }

    #[test]
    fn a_pattern_loses_a_constructor_that_may_not_exist() {
        let mut errors = TypeErrors::default();
        errors.push_param(0, error("wrong"));
        let replaced = errors.replace_types(&"async fn f(Data(a): Data<u8>) {}".parse().unwrap());
        assert!(without_spaces(&replaced).starts_with("asyncfnf((a):"), "{replaced}");
        let item: TokenStream = "struct A;".parse().unwrap();
        assert_eq!(without_spaces(&errors.replace_types(&item)), "structA;");
    }
}
