//! The calls in the type of a capability: `Get` in `Reader<Orders, Get>`, and `(Get, Query)`. Takes the second type argument,
//! and returns the calls by their last names.

use proc_macro2::TokenStream;
use quote::ToTokens as _;
use skylift_model::aws::iam::CallGroup;
use skylift_model::message::Message;
use skylift_model::suggest;
use syn::Type;

use super::types::{describe, last_segment};
use crate::messages;

/// A call in the type of a capability.
#[derive(Debug, Clone)]
pub struct NamedCall {
    /// The call.
    pub group: CallGroup,
    /// The tokens of its path.
    pub path: TokenStream,
}

/// Returns the types of which each names a call: the elements of a tuple, or the type itself.
fn list_types(calls: &Type) -> Vec<&Type> {
    match calls {
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        Type::Paren(paren) => list_types(&paren.elem),
        Type::Group(group) => list_types(&group.elem),
        one => vec![one],
    }
}

/// Returns the calls of a type argument. Returns `None` if one of the types does not have the name of a call, and for
/// an empty tuple.
pub(super) fn read(calls: &Type) -> Option<Vec<NamedCall>> {
    let name = |ty| Some(NamedCall { group: read_one(ty)?, path: ty.to_token_stream() });
    let calls: Option<Vec<NamedCall>> = list_types(calls).into_iter().map(name).collect();
    calls.filter(|calls| !calls.is_empty())
}

fn read_one(ty: &Type) -> Option<CallGroup> {
    let last = last_segment(ty).filter(|last| last.arguments.is_empty())?;
    CallGroup::from_name(&last.ident.to_string())
}

/// Returns whether the second type argument of a capability is most likely meant to name calls, and not a second
/// resource.
pub(super) fn is_meant(calls: &Type) -> bool {
    let Type::Path(_) = calls else { return true };
    read_one(calls).is_some() || nearest(&describe(calls)).is_some()
}

/// Returns the error of calls that are not read, or that are named twice.
pub(super) fn check(calls: &Type) -> Option<Message> {
    let types = list_types(calls);
    if types.is_empty() {
        return Some(messages::capability_without_calls(&list_names()));
    }
    let mut known = Vec::new();
    for ty in types {
        let Some(call) = read_one(ty) else {
            let name = describe(ty);
            return Some(messages::unknown_call(&name, nearest(&name), &list_names()));
        };
        if known.contains(&call) {
            return Some(messages::call_named_twice(call.name()));
        }
        known.push(call);
    }
    None
}

/// Returns the name of the call that is similar to the last name of a path.
fn nearest(path: &str) -> Option<&'static str> {
    let last = path.rsplit("::").next().unwrap_or(path);
    suggest::nearest(last, CallGroup::NAMES.map(|(name, _)| name))
}

fn list_names() -> String {
    suggest::list(CallGroup::NAMES.map(|(name, _)| name))
}
