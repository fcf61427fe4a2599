//! Finds what a function needs and no enabled Cargo feature of `skylift` brings: a source, an event, a capability or a
//! key. The type of a parameter that is missing is replaced by its error, so that the error has no followers.

use quote::ToTokens as _;
use skylift_model::access::Access;
use skylift_model::source::{Trigger, WINDOW};
use skylift_syntax::errors::{Diagnostic, Errors};
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::Note;
use skylift_syntax::signature::{CapabilityTarget, Param, ParamRole, TypeErrors, last_segment};
use skylift_syntax::span::SourceSpan;

use crate::features::is_enabled;
use crate::messages;

/// Reports the features that a function needs and that are not on.
pub(super) fn report_missing_features(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    types: &mut TypeErrors,
    errors: &mut Errors,
) {
    // A feature that several places need is one mistake: all of them have its first error.
    let mut reported: Vec<(String, Diagnostic)> = Vec::new();
    let mut report = |span: SourceSpan, what: &str, feature: &str| {
        if let Some((_, error)) = reported.iter().find(|(known, _)| known == feature) {
            return error.clone();
        }
        let message = messages::feature_missing(what, feature);
        errors.push(&span, message.clone());
        let error = Diagnostic { span, message };
        reported.push((feature.to_owned(), error.clone()));
        error
    };
    for (index, trigger) in definition.triggers.iter().enumerate() {
        let source = trigger.source();
        if is_enabled(source) {
            continue;
        }
        let event = find_event_of(item, trigger);
        let error = match event {
            // A schedule needs the feature only for its event.
            Some((event, name)) if trigger.is_tick() => {
                report(SourceSpan::from_tokens(&event.to_token_stream()), &name, source)
            }
            Some(_) => report(item.span_of_source(index), source, source),
            None if trigger.request_schema().is_some() => {
                report(item.span_of_source(index), source, source)
            }
            None => continue,
        };
        // The return type and the body can name further types of the source.
        let params = item.signature.params.iter().enumerate();
        for (index, _) in params.filter(|(_, param)| param.is_event()) {
            types.push_param(index, error.clone());
        }
        types.set_rest(error);
    }
    for (index, Param { ty, role, .. }) in item.signature.params.iter().enumerate() {
        let ParamRole::Capability(access, CapabilityTarget { ident, .. }) = role else { continue };
        let Some(feature) = find_client_feature(*access, index, note) else { continue };
        if !is_enabled(feature) {
            let what = format!("{}<{ident}>", access.capability());
            let span = SourceSpan::from_tokens(&ty.to_token_stream());
            types.push_param(index, report(span, &what, feature));
        }
    }
    let keys = [
        ("idempotent", "idempotency", definition.idempotent.is_some()),
        ("resume", "resume", definition.resume.is_some()),
    ];
    for (key, feature, _) in keys.into_iter().filter(|(_, _, is_set)| *is_set) {
        if !is_enabled(feature) {
            report(item.span_of_key(key).clone(), key, feature);
        }
    }
}

/// Returns the type of the handler's event and the last name of this type, if the name is that of an event of the
/// trigger's source. Returns `None` otherwise: only the compiler knows which type that is.
fn find_event_of<'a>(item: &'a FunctionItem, trigger: &Trigger) -> Option<(&'a syn::Type, String)> {
    let event = item.event()?;
    let name = last_segment(event)?.ident.to_string();
    let events = trigger.facts().events;
    let is_window = name == WINDOW && trigger.has_window().is_some();
    (is_window || events.iter().any(|event| event.name == name)).then_some((event, name))
}

/// Returns the feature of the typed client that a capability dereferences to. `index` is the index of the parameter.
/// Returns `None` if only the compiler knows the kind of the resource.
fn find_client_feature(access: Access, index: usize, note: &Note) -> Option<&str> {
    match access {
        Access::Invoke => Some("invoke"),
        Access::Send => Some("queue"),
        Access::Put => Some("stream"),
        _ => note.clients.iter().find(|(param, _)| *param == index).map(|(_, kind)| kind.as_str()),
    }
}
