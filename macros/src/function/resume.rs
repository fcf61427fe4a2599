//! The key `resume` of a function. Expands to the function's own queue, and to the handler inside the runtime's
//! code that continues its work in further invocations.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use skylift_model::aws::name::LogicalId;
use skylift_model::resource::ResourceKind;
use skylift_model::resume;
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::signature::{Param, ParamRole};
use skylift_syntax::span::SourceSpan;

use super::tokens::{move_to_span, output_type};

/// Returns the name of the generated type for the queue of a function that resumes. No type of a user has this
/// name.
fn queue_ident() -> Ident {
    Ident::new("__SkyliftResume", Span::call_site())
}

/// Expands to the type for the queue of a function that resumes. Returns `None` if the function does not
/// resume.
pub(super) fn expand_queue(
    definition: &FunctionDefinition,
    id: &str,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let hops = definition.resume?.hops.get();
    let queue = LogicalId::try_from(id).ok()?.join(resume::QUEUE_SUFFIX);
    let ident = queue_ident();
    let variable = queue.variable_name(ResourceKind::Queue.variable_suffix());
    let queue = queue.as_str();
    let unattended = resume::has_asynchronous_trigger(&definition.triggers);
    Some(quote! {
        enum #ident {}

        impl #skylift::__private::ResumeSettings for #ident {
            const FUNCTION: &'static str = #id;
            const QUEUE: &'static str = #queue;
            const VARIABLE: &'static str = #variable;
            const HOPS: u32 = #hops;
            const UNATTENDED: bool = #unattended;
        }
    })
}

/// Expands to the opener with which the runtime creates the client of the function's own queue when it starts.
/// Returns `None` if the function does not resume.
pub(super) fn expand_opener(
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let queue = queue_ident();
    definition.resume.map(|_| quote!(#skylift::__private::resume_queue::<#queue>()))
}

/// Expands to the type of the answer that the handler of a function that resumes gives to the runtime.
pub(super) fn expand_answer_type(skylift: &TokenStream) -> TokenStream {
    quote!(#skylift::__private::PartOutput)
}

/// Expands to the answer of a handler that does not resume but has a type named `Progress` in its return type.
/// If the type is Skylift's `Progress`, the call fails with a message; a user's type with this name is accepted
/// like any other type. Returns `None` if no such type occurs.
pub(super) fn expand_progress_at_once(
    output: &TokenStream,
    done: &TokenStream,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    names_progress(output).then(|| quote!(#skylift::__private::complete_output::<#output>(#done)))
}

/// Returns whether the name `Progress` occurs in a type.
pub(super) fn names_progress(output: &TokenStream) -> bool {
    output.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "Progress",
        TokenTree::Group(group) => names_progress(&group.stream()),
        _ => false,
    })
}

/// Expands to one part of the function's work, and asserts that the types of the cursor and of the handler fit
/// together.
pub(super) fn expand_part(item: &FunctionItem, call: &Ident, skylift: &TokenStream) -> TokenStream {
    let output = output_type(item);
    let cursor = item.signature.params.iter().find(|param| matches!(param.role, ParamRole::Resume));
    let cursor = cursor.map_or_else(|| quote!(_), |Param { ty, .. }| ty.to_token_stream());
    quote!(#skylift::__private::part_call::<#output, #cursor>(&#call))
}

/// Wraps the expression that creates the handler in the runtime's code that continues the function's work.
pub(super) fn wrap_start(start: &TokenStream, skylift: &TokenStream) -> TokenStream {
    let queue = queue_ident();
    quote!(#skylift::__private::resuming_handler::<#queue>(#start))
}

/// Expands to an assertion that the handler's event is one piece of work, and not a batch.
pub(super) fn assert_resumable_event(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> TokenStream {
    let resumes = definition.resume.is_some() && !definition.triggers.is_empty();
    let Some(event) = item.event().filter(|_| resumes) else { return TokenStream::new() };
    let assertion =
        quote!(#skylift::__private::check_resumable(#skylift::__private::resumes!(#event)));
    let assertion = move_to_span(assertion, &SourceSpan::from_tokens(&event.to_token_stream()));
    quote!(const _: () = #assertion;)
}
