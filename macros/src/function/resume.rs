//! A function that resumes: what its queue is to the runtime, and the handler around which the runtime
//! goes on with its work. It takes the item and what was read of it, and gives the parts of the entry.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens as _, quote};
use skylift_model::aws::name::LogicalId;
use skylift_model::resource::ResourceKind;
use skylift_model::resume;
use skylift_syntax::function::{Item, Read};
use skylift_syntax::place::Place;
use skylift_syntax::signature::{Param, Role};

use super::tokens::{at, output};

/// The type that stands for the queue in the entry: no name of the user's.
fn queue() -> Ident {
    Ident::new("__SkyliftResume", Span::call_site())
}

/// What the queue is, in a constant's block.
pub(super) fn declaration(read: &Read, id: &str, skylift: &TokenStream) -> Option<TokenStream> {
    let hops = read.resume?.hops.get();
    let own = LogicalId::try_from(id).ok()?.join(resume::QUEUE_SUFFIX);
    let (name, variable) = (queue(), own.variable_name(ResourceKind::Queue.variable_suffix()));
    let own = own.as_str();
    let unattended = resume::has_asynchronous_trigger(&read.triggers);
    Some(quote! {
        enum #name {}

        impl #skylift::__private::HandsOver for #name {
            const FUNCTION: &'static str = #id;
            const QUEUE: &'static str = #own;
            const VARIABLE: &'static str = #variable;
            const HOPS: u32 = #hops;
            const UNATTENDED: bool = #unattended;
        }
    })
}

/// The entry by which the runtime opens the queue.
pub(super) fn entry(read: &Read, skylift: &TokenStream) -> Option<TokenStream> {
    let name = queue();
    read.resume.map(|_| quote!(#skylift::__private::hand_over::<#name>()))
}

/// The type of what the handler answers to the runtime.
pub(super) fn answer(skylift: &TokenStream) -> TokenStream {
    quote!(#skylift::__private::Progressed)
}

/// The answer of a handler that does not resume and names a `Progress` in what it returns: by a call that
/// says so where the type is ours, and takes one of the user's like any other.
pub(super) fn at_once(
    output: &TokenStream,
    done: &TokenStream,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    names_progress(output).then(|| quote!(#skylift::__private::at_once::<#output>(#done)))
}

pub(super) fn names_progress(output: &TokenStream) -> bool {
    output.clone().into_iter().any(|token| match token {
        TokenTree::Ident(word) => word == "Progress",
        TokenTree::Group(group) => names_progress(&group.stream()),
        _ => false,
    })
}

/// The call of the handler as a part of its work, in which handler and cursor are proved to agree.
pub(super) fn part(item: &Item, call: &Ident, skylift: &TokenStream) -> TokenStream {
    let output = output(item);
    let cursor = item.signature.params.iter().find(|param| matches!(param.role, Role::Resume));
    let cursor = cursor.map_or_else(|| quote!(_), |Param { ty, .. }| ty.to_token_stream());
    let feature = quote!(#skylift::__private::feature::resume);
    quote!(#skylift::__private::part::<#output, #cursor, #feature>(&#call))
}

/// The expression that starts the handler, with what goes on with its work around it.
pub(super) fn around(start: &TokenStream, skylift: &TokenStream) -> TokenStream {
    let name = queue();
    quote!(#skylift::__private::resuming::<#name>(#start))
}

/// The event is one piece of work.
pub(super) fn assertion(item: &Item, read: &Read, skylift: &TokenStream) -> TokenStream {
    let Some(event) = item.event().filter(|_| read.resume.is_some() && !read.triggers.is_empty())
    else {
        return TokenStream::new();
    };
    let resumes = quote!(#skylift::__private::resumable(#skylift::__private::resumes!(#event)));
    let resumes = at(resumes, &Place::of_tokens(&event.to_token_stream()));
    quote!(const _: () = #resumes;)
}
