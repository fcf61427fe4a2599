//! The types of parameters, as far as their tokens show them.

use quote::ToTokens as _;
use syn::{PathSegment, Type};

/// Returns a type as a user would write it.
pub(crate) fn describe(ty: &Type) -> String {
    let mut text = ty.to_token_stream().to_string();
    for (spaced, plain) in [
        (" < ", "<"),
        (" <", "<"),
        ("< ", "<"),
        (" >", ">"),
        (" :: ", "::"),
        (" ,", ","),
        ("& ", "&"),
    ] {
        text = text.replace(spaced, plain);
    }
    text
}

/// Returns the last segment of the path that a type is. Returns `None` if the type is not a path.
#[must_use]
pub fn last_segment(ty: &Type) -> Option<&PathSegment> {
    match ty {
        Type::Path(path) if path.qself.is_none() => path.path.segments.last(),
        Type::Group(group) => last_segment(&group.elem),
        Type::Paren(paren) => last_segment(&paren.elem),
        _ => None,
    }
}
