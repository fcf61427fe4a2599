//! The parameters of a handler. Takes the tokens between the parentheses, and returns a list of parameters with
//! the role of each, as far as the name of the parameter's type shows the role.

use proc_macro2::{Ident, Spacing, TokenStream, TokenTree};
use quote::ToTokens as _;
use skylift_model::access::Access;
use skylift_model::message::Message;
use syn::{GenericArgument, PathArguments, PathSegment, Type, TypeReference};

use super::capability_calls::{self, NamedCall};
use super::types::{describe, last_segment};
use crate::errors::{Diagnostic, Errors};
use crate::messages;
use crate::span::SourceSpan;

/// The role of a handler's parameter, as far as the name of the parameter's type shows the role.
#[derive(Debug, Clone)]
pub enum ParamRole {
    /// The context of the invocation: `Context`.
    Context,
    /// The state of the application: `State<T>`.
    State,
    /// The cursor of a function that resumes: `Resume<Cursor>`.
    Resume,
    /// A capability, such as `Writer<Uploads>`, with its access and its target.
    Capability(Access, CapabilityTarget),
    /// The claims of the caller of a route: `Claims<Users>`, or `Option<Claims<Users>>`.
    Claims(ClaimsTarget),
    /// The event, or an extractor of an HTTP handler. All types without another role have this role.
    Event,
}

/// The resource or function that a capability gives access to: the path between `<` and `>`.
#[derive(Debug, Clone)]
pub struct CapabilityTarget {
    /// The last name of the path, by which the build step finds the resource or the function.
    pub ident: String,
    /// The tokens of the path.
    pub path: TokenStream,
    /// The calls to which the capability is narrowed, in the order of the source code. Empty if the type names none.
    pub calls: Vec<NamedCall>,
    /// Whether the calls are the elements of a tuple.
    pub has_tuple_of_calls: bool,
}

/// The authorizer whose claims a parameter is: the path between `<` and `>`.
#[derive(Debug, Clone)]
pub struct ClaimsTarget {
    /// The last name of the path, by which the build step finds the authorizer.
    pub ident: String,
    /// The tokens of the path.
    pub path: TokenStream,
    /// Whether the claims are in an `Option`.
    pub optional: bool,
}

/// A parameter of a handler.
#[derive(Clone)]
pub struct Param {
    /// The type of the parameter.
    pub ty: Type,
    /// The role of the parameter.
    pub role: ParamRole,
    /// The span of the parameter's pattern and type.
    pub span: SourceSpan,
    /// The error of the type, which was recorded. The macro replaces the type, so that rustc reports nothing that
    /// follows from it.
    pub error: Option<Diagnostic>,
}

impl Param {
    /// Returns whether the parameter is the event, or an extractor of an HTTP handler.
    #[must_use]
    pub const fn is_event(&self) -> bool {
        matches!(self.role, ParamRole::Event)
    }

    /// Returns the tokens of the path of the resource, function or authorizer that the type names.
    #[must_use]
    pub const fn target_path(&self) -> Option<&TokenStream> {
        match &self.role {
            ParamRole::Capability(_, target) => Some(&target.path),
            ParamRole::Claims(target) => Some(&target.path),
            _ => None,
        }
    }

    /// Returns the span of what a capability gives access to. Returns the span of the type for a parameter that is
    /// not a capability.
    #[must_use]
    pub fn span_of_target(&self) -> SourceSpan {
        match &self.role {
            ParamRole::Capability(_, target) => SourceSpan::from_tokens(&target.path),
            ParamRole::Claims(target) => SourceSpan::from_tokens(&target.path),
            _ => SourceSpan::from_tokens(&self.ty.to_token_stream()),
        }
    }

    /// Returns the span of one of the calls that a capability names, by its index. Returns the span of the type if there
    /// is no such call.
    #[must_use]
    pub fn span_of_call(&self, index: usize) -> SourceSpan {
        let calls = match &self.role {
            ParamRole::Capability(_, target) => target.calls.as_slice(),
            _ => &[],
        };
        let call = calls.get(index).map(|call| &call.path);
        call.map_or_else(
            || SourceSpan::from_tokens(&self.ty.to_token_stream()),
            SourceSpan::from_tokens,
        )
    }
}

/// Parses the parameters of a function. `ident` is the name of the function, and `attribute` is the attribute
/// on the function, as messages name it.
pub(super) fn parse_params(
    tokens: &[TokenTree],
    ident: &Ident,
    attribute: &str,
    errors: &mut Errors,
) -> Vec<Param> {
    let mut params = Vec::new();
    for part in split_params(tokens) {
        let span = SourceSpan::from_slice(part);
        if let Some(cfg) = find_cfg(part) {
            errors.push(&SourceSpan::from_slice(cfg), messages::conditional_parameter());
            continue;
        }
        let has_self =
            part.iter().any(|token| matches!(token, TokenTree::Ident(ident) if ident == "self"));
        let Some((pattern, ty_tokens)) = split_pattern_and_type(part) else {
            if has_self {
                errors.push(&span, messages::method_with_receiver(attribute));
            }
            continue;
        };
        if has_self
            && matches!(pattern.first(), Some(TokenTree::Ident(ident)) if ident == "self" || ident == "mut")
        {
            errors.push(&span, messages::receiver_with_type(attribute));
            continue;
        }
        match syn::parse2::<Type>(ty_tokens.iter().cloned().collect()) {
            Ok(ty) => {
                let ty_span = SourceSpan::from_slice(ty_tokens);
                let (role, error) = match find_wrapped_role(&ty) {
                    Some((role, inner)) => {
                        let name = describe_pattern(pattern);
                        let message = match role {
                            ParamRole::Capability(..) => messages::wrapped_capability,
                            ParamRole::Claims(_) => messages::wrapped_claims,
                            _ => messages::wrapped_parameter,
                        };
                        (role, Some(message(&describe(&ty), &name, &inner)))
                    }
                    None => {
                        let error = check_type(&ty, &ident.to_string());
                        let role = find_role(&ty);
                        let borrow = find_borrow(&ty).filter(|_| matches!(role, ParamRole::Event));
                        if let Some(borrow) = borrow {
                            errors.push(&borrow, messages::borrowed_event());
                        }
                        (role, error)
                    }
                };
                let error = error.map(|message| Diagnostic { span: ty_span, message });
                if let Some(Diagnostic { span, message }) = &error {
                    errors.push(span, message.clone());
                }
                params.push(Param { ty, role, span, error });
            }
            Err(error) => {
                let span = SourceSpan::from_token(ident.span());
                errors.push(&span, messages::unreadable_parameter_type(&error));
            }
        }
    }
    params
}

/// Returns the error of a type that a parameter of a handler cannot have. rustc would report the type too, but at
/// the generated code and in words that a user cannot follow.
fn check_type(ty: &Type, function: &str) -> Option<Message> {
    match ty {
        Type::ImplTrait(_) => Some(messages::generic_handler(function)),
        // A lifetime of a generic handler was reported with the generics.
        Type::Reference(reference) => {
            (!has_own_lifetime(reference)).then(messages::borrowed_parameter)
        }
        _ => check_capability(ty),
    }
}

/// Returns the error of a type with the name of a capability that is a type of another crate, or that names several
/// resources.
fn check_capability(ty: &Type) -> Option<Message> {
    // Modules whose types have the names of capabilities.
    const FOREIGN: [&str; 10] = [
        "async_channel",
        "crossbeam",
        "crossbeam_channel",
        "csv",
        "flume",
        "futures",
        "mpsc",
        "oneshot",
        "std",
        "tokio",
    ];
    let Type::Path(path) = ty else { return None };
    let segment = path.path.segments.last()?;
    let name = segment.ident.to_string();
    let access = Access::from_capability(&name)?;
    let mut modules = path.path.segments.iter().rev().skip(1);
    if modules.any(|module| FOREIGN.iter().any(|foreign| module.ident == foreign)) {
        return Some(messages::foreign_capability(&describe(ty), &name));
    }
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let mut types: Vec<&Type> = arguments
        .args
        .iter()
        .filter_map(|argument| match argument {
            GenericArgument::Type(ty) => Some(ty),
            _ => None,
        })
        .collect();
    if let [resource, calls] = types.as_slice()
        && access.can_be_narrowed()
        && !matches!(resource, Type::Tuple(_))
        && capability_calls::is_meant(calls)
    {
        return capability_calls::check(calls);
    }
    if let [Type::Tuple(tuple)] = types.as_slice() {
        types = tuple.elems.iter().collect();
    }
    let is_plain = |ty: &&Type| last_segment(ty).is_some_and(|last| last.arguments.is_empty());
    let is_of_several = types.len() > 1 && types.iter().all(is_plain);
    let resources: Vec<String> = types.into_iter().map(describe).collect();
    is_of_several.then(|| messages::capability_of_several(&describe(ty), &name, &resources))
}

/// Returns the span of what an event borrows: a reference that an extractor, a message or a record holds, or the
/// lifetime `'_`. Returns `None` if the type shows nothing that is borrowed.
fn find_borrow(ty: &Type) -> Option<SourceSpan> {
    const HOLDERS: [&str; 7] = ["Change", "Data", "Form", "Json", "Message", "Path", "Query"];
    let segment = last_segment(ty)?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let holds = HOLDERS.iter().any(|holder| segment.ident == holder);
    arguments.args.iter().find_map(|argument| match argument {
        GenericArgument::Lifetime(lifetime) if lifetime.ident == "_" => {
            Some(SourceSpan::from_token(lifetime.span()))
        }
        GenericArgument::Type(inner @ Type::Reference(reference)) => (holds
            && !has_own_lifetime(reference))
        .then(|| SourceSpan::from_tokens(&inner.to_token_stream())),
        GenericArgument::Type(inner) => find_borrow(inner),
        _ => None,
    })
}

/// Returns whether a reference has a lifetime that the function declares.
fn has_own_lifetime(reference: &TypeReference) -> bool {
    let lifetime = reference.lifetime.as_ref();
    lifetime.is_some_and(|lifetime| lifetime.ident != "static" && lifetime.ident != "_")
}

/// Returns the role of a parameter that is hidden in another type, such as the `Reader<Uploads>` in
/// `Option<Reader<Uploads>>`, `(Reader<Uploads>, Context)` or `&Reader<Uploads>`, with its own type as text. Returns
/// `None` if the type hides no such parameter: a type of the user may have type arguments of any name.
fn find_wrapped_role(ty: &Type) -> Option<(ParamRole, String)> {
    const WRAPPERS: [&str; 9] =
        ["Option", "Result", "Arc", "Rc", "Box", "Vec", "Mutex", "RwLock", "Cow"];
    if find_optional_claims(ty).is_some() {
        return None;
    }
    // All functions share a state, and a capability belongs to one. Other types in a state are the user's.
    let is_state = last_segment(ty).is_some_and(|segment| segment.ident == "State");
    let inner: Vec<&Type> = match ty {
        Type::Reference(reference) if !has_own_lifetime(reference) => vec![&reference.elem],
        Type::Tuple(tuple) => tuple.elems.iter().collect(),
        Type::Array(array) => vec![&array.elem],
        Type::Slice(slice) => vec![&slice.elem],
        Type::Paren(paren) => return find_wrapped_role(&paren.elem),
        Type::Group(group) => return find_wrapped_role(&group.elem),
        _ => {
            let segment = last_segment(ty)?;
            let is_wrapper = is_state || WRAPPERS.iter().any(|wrapper| segment.ident == wrapper);
            let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
            let types = arguments.args.iter().filter_map(|argument| match argument {
                GenericArgument::Type(ty) => Some(ty),
                _ => None,
            });
            types.filter(|_| is_wrapper).collect()
        }
    };
    // axum extracts tuples and results, but the build step gives no permissions for the capabilities in them.
    let is_extractor = matches!(ty, Type::Tuple(_))
        || last_segment(ty).is_some_and(|segment| segment.ident == "Result");
    let found = inner.into_iter().find_map(|inner| match find_role(inner) {
        ParamRole::Event => find_wrapped_role(inner),
        ParamRole::Context | ParamRole::State | ParamRole::Resume if is_extractor => None,
        role => Some((role, describe(inner))),
    });
    found.filter(|(role, _)| !is_state || matches!(role, ParamRole::Capability(..)))
}

/// Returns the name that a pattern binds, or `value` if the pattern is not a name.
fn describe_pattern(pattern: &[TokenTree]) -> String {
    match pattern {
        [.., TokenTree::Ident(name)] => name.to_string(),
        _ => "value".to_owned(),
    }
}

/// Returns the tokens of the first `#[cfg(…)]` or `#[cfg_attr(…)]` before a parameter. Returns `None` if there is
/// none: other attributes concern only the compiler.
fn find_cfg(part: &[TokenTree]) -> Option<&[TokenTree]> {
    let attributes = part.chunks_exact(2).take_while(|pair| {
        matches!(pair, [TokenTree::Punct(hash), TokenTree::Group(_)] if hash.as_char() == '#')
    });
    let is_cfg = |pair: &&[TokenTree]| {
        let [_, TokenTree::Group(group)] = pair else { return false };
        let first = group.stream().into_iter().next();
        matches!(first, Some(TokenTree::Ident(word)) if word == "cfg" || word == "cfg_attr")
    };
    attributes.into_iter().find(is_cfg)
}

/// Splits the tokens of all parameters at the commas between the parameters. A comma inside a type is in a
/// group or between `<` and `>`, and does not count.
pub(super) fn split_params(tokens: &[TokenTree]) -> impl Iterator<Item = &[TokenTree]> {
    let mut depth = 0_usize;
    let mut previous = ' ';
    tokens
        .split(move |token| {
            let TokenTree::Punct(punct) = token else {
                previous = ' ';
                return false;
            };
            match punct.as_char() {
                '<' => depth += 1,
                // The `>` of `->` closes nothing.
                '>' if previous != '-' => depth = depth.saturating_sub(1),
                ',' if depth == 0 => {
                    previous = ',';
                    return true;
                }
                _ => {}
            }
            previous = punct.as_char();
            false
        })
        .filter(|part| !part.is_empty())
}

/// Splits the tokens of a parameter into its pattern and its type, at the first colon that is not part of a
/// `::`. Returns `None` if there is no such colon.
pub(super) fn split_pattern_and_type(part: &[TokenTree]) -> Option<(&[TokenTree], &[TokenTree])> {
    let is_colon = |index: usize| matches!(part.get(index), Some(TokenTree::Punct(punct)) if punct.as_char() == ':');
    // `a: ::b` has three colons in a row, of which the first is not joined to the second.
    let is_joint = |index: usize| matches!(part.get(index), Some(TokenTree::Punct(punct)) if punct.spacing() == Spacing::Joint);
    let mut index = 0;
    while index < part.len() {
        if is_colon(index) && is_joint(index) && is_colon(index + 1) {
            index += 2;
        } else if is_colon(index) {
            return Some((&part[..index], &part[index + 1..]));
        } else {
            index += 1;
        }
    }
    None
}

/// Returns the role of a handler's parameter with this type.
fn find_role(ty: &Type) -> ParamRole {
    let Some(segment) = last_segment(ty) else { return ParamRole::Event };
    match segment.ident.to_string().as_str() {
        "Context" if segment.arguments.is_empty() => ParamRole::Context,
        "State" => ParamRole::State,
        "Resume" => ParamRole::Resume,
        CLAIMS => match find_authorizer(segment) {
            Some((ident, path)) => ParamRole::Claims(ClaimsTarget { ident, path, optional: false }),
            None => ParamRole::Event,
        },
        "Option" => match find_optional_claims(ty) {
            Some(target) => ParamRole::Claims(target),
            None => ParamRole::Event,
        },
        name => {
            let access = Access::from_capability(name);
            match access.and_then(|access| Some((access, find_target(segment, access)?))) {
                Some((access, target)) => ParamRole::Capability(access, target),
                None => ParamRole::Event,
            }
        }
    }
}

/// The name of the type of claims.
const CLAIMS: &str = "Claims";

/// Returns the authorizer in an `Option<Claims<Users>>`, and `None` for any other type.
fn find_optional_claims(ty: &Type) -> Option<ClaimsTarget> {
    let segment = last_segment(ty).filter(|segment| segment.ident == "Option")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return None };
    let (ident, path) = find_authorizer(last_segment(inner)?)?;
    Some(ClaimsTarget { ident, path, optional: true })
}

/// Returns the identifier and the path of the authorizer in a type such as `Claims<Users>`. Returns `None` if it is another
/// type, or if the type argument is not a plain path, as in the `Claims<Token<User>>` of another crate.
fn find_authorizer(segment: &PathSegment) -> Option<(String, TokenStream)> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let mut arguments = arguments.args.iter();
    let (Some(GenericArgument::Type(ty)), None) = (arguments.next(), arguments.next()) else {
        return None;
    };
    let last = last_segment(ty).filter(|last| last.arguments.is_empty())?;
    let ident = last.ident.to_string().trim_start_matches("r#").to_owned();
    (segment.ident == CLAIMS).then(|| (ident, ty.to_token_stream()))
}

/// Returns the path of the resource or function in a type such as `Reader<crate::Uploads>`, and the calls in
/// `Reader<Uploads, Get>`. Returns `None` if the type argument is not a plain path, as in the `Reader<Vec<u8>>` of another
/// crate, or if there are further arguments that are no calls.
fn find_target(segment: &PathSegment, access: Access) -> Option<CapabilityTarget> {
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let arguments: Vec<&GenericArgument> = arguments.args.iter().collect();
    let (ty, calls_type) = match arguments.as_slice() {
        [GenericArgument::Type(ty)] => (ty, None),
        [GenericArgument::Type(ty), GenericArgument::Type(calls)] if access.can_be_narrowed() => {
            (ty, Some(calls))
        }
        _ => return None,
    };
    let calls = calls_type.map_or(Some(Vec::new()), capability_calls::read)?;
    let last = last_segment(ty).filter(|last| last.arguments.is_empty())?;
    let ident = last.ident.to_string().trim_start_matches("r#").to_owned();
    let has_tuple_of_calls = matches!(calls_type, Some(Type::Tuple(_)));
    Some(CapabilityTarget { ident, path: ty.to_token_stream(), calls, has_tuple_of_calls })
}

#[cfg(test)]
mod tests;
