//! `#[function]`: an entry in the registry, and assertions that types are what their names said.

mod capability;
mod idempotent;
mod invoked;
mod resume;
mod route;
mod tokens;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, quote};
use skylift_model::KeepWarm;
use skylift_model::problem::PlaceInItem;
use skylift_model::route::Route;
use skylift_model::source::Trigger;
use skylift_syntax::errors::Errors;
use skylift_syntax::function::{Item, Read};
use skylift_syntax::handoff::Note;
use skylift_syntax::place::Place;
use skylift_syntax::signature::{Param, Role};
use syn::spanned::Spanned as _;

use self::tokens::{at, is_nameable, local, output};
use crate::{compiler, doctest, notes};

pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut errors = Errors::new();
    let entry = entry(args, item, &mut errors);
    let errors = errors.into_compile_errors();
    quote! { #item #entry #errors }
}

fn entry(args: &TokenStream, tokens: &TokenStream, errors: &mut Errors) -> Option<TokenStream> {
    let item = Item::parse(args.clone(), tokens.clone(), errors)?;
    let read = item.read(errors);
    if !errors.is_empty() {
        return None;
    }
    let read = read?;
    let ident = &item.signature.ident;
    let is_doctest = compiler::compiles_doctest();
    if !is_doctest && !notes::has_run() {
        notes::missing(&Place::of(ident.span()), errors);
        return None;
    }
    let note = notes::of_item(ident, args, tokens, errors)?;
    if is_doctest {
        let note = doctest::complete(note, &item, &read);
        // Nobody knows which functions of the example invoke this one.
        let invoked = invoked::expand_if_possible(&item, &read, &note);
        let register = register(&item, &read, &note);
        return Some(quote!(#invoked #register));
    }
    notes::report(&note, |at| item.place(at), errors);
    // An empty note is that of a build step of another version.
    if !errors.is_empty() || note.id.is_empty() {
        return None;
    }
    let invoked = note.invoked.then(|| invoked::expand(&item, &read, &note, errors)).flatten();
    let register = register(&item, &read, &note);
    Some(quote!(#invoked #register))
}

fn register(item: &Item, read: &Read, note: &Note) -> TokenStream {
    let skylift = notes::facade(&note.facade);
    let Note { id, handler, timeout, deadline_margin, .. } = note;
    let package = notes::package();
    let name = match &read.name {
        Some(name) => {
            let name = name.as_str();
            quote!(::core::option::Option::Some(#name))
        }
        None => quote!(::core::option::Option::None),
    };
    let concurrency = usize::try_from(read.concurrency().get()).unwrap_or(usize::MAX);
    let warmth = warmth(item, read, note, &skylift);
    let warm = read.keep_warm.as_ref().map(KeepWarm::summary);
    let serves: Vec<String> =
        read.triggers.iter().map(|trigger| trigger.summary()).chain(warm).collect();
    let sources = sources(read, &skylift);
    let types = item.signature.params.iter().map(|param| &param.ty);
    let start = start(item, read, &skylift);
    let assertions = assertions(item, read, note, &skylift);
    let mut capabilities = capability::entries(item, &skylift);
    capabilities.extend(resume::entry(read, &skylift));
    let idempotent = idempotent::entry(item, read, note, &skylift);
    let hands_over = resume::declaration(read, id, &skylift);
    quote! {
        const _: () = {
            #hands_over
            #[#skylift::__private::linkme::distributed_slice(#skylift::__private::FUNCTIONS)]
            #[linkme(crate = #skylift::__private::linkme)]
            static __SKYLIFT_FUNCTION: #skylift::__private::Function = #skylift::__private::Function {
                package: #package,
                id: #id,
                handler: #handler,
                name: #name,
                serves: &[#(#serves),*],
                sources: &[#(#sources),*],
                timeout: #timeout,
                deadline_margin: #deadline_margin,
                concurrency: #concurrency,
                warmth: #warmth,
                needs: &[#(#skylift::__private::need!(#types)),*],
                capabilities: &[#(#capabilities),*],
                idempotent: #idempotent,
                start: || #start,
            };
            #assertions
        };
    }
}

/// The sources of its triggers, each once.
fn sources(read: &Read, skylift: &TokenStream) -> Vec<TokenStream> {
    let mut names: Vec<&str> = Vec::new();
    for trigger in &read.triggers {
        if !names.contains(&trigger.source()) {
            names.push(trigger.source());
        }
    }
    let source = |name| {
        let name = Ident::new(name, Span::call_site());
        quote!(#skylift::__private::source::#name)
    };
    names.into_iter().map(source).collect()
}

/// How it is kept warm, where it is, or its cold starts are counted.
fn warmth(item: &Item, read: &Read, note: &Note, skylift: &TokenStream) -> TokenStream {
    let scheduled = read.triggers.iter().any(Trigger::is_tick);
    if read.keep_warm.is_none() && !scheduled && !note.counts_cold_starts {
        return quote!(::core::option::Option::None);
    }
    let hold = match &read.keep_warm {
        Some(keep_warm) => {
            let hold = u64::from(keep_warm.hold_ms());
            quote!(::core::option::Option::Some(::core::time::Duration::from_millis(#hold)))
        }
        None => quote!(::core::option::Option::None),
    };
    let ticks = ticks(item, read, skylift);
    let counted = note.counts_cold_starts;
    quote! {
        ::core::option::Option::Some(#skylift::__private::Warmth::new(#hold, #ticks, #counted))
    }
}

fn routes(read: &Read) -> Vec<&Route> {
    read.triggers.iter().filter_map(|trigger| trigger.route()).collect()
}

/// A schedule beside other triggers keeps the function warm, unless its event takes the tick.
fn ticks(item: &Item, read: &Read, skylift: &TokenStream) -> TokenStream {
    let scheduled = read.triggers.iter().any(Trigger::is_tick);
    let alone = read.triggers.iter().all(Trigger::is_tick);
    match item.event() {
        _ if !scheduled || alone => quote!(#skylift::__private::Ticks::Delivered),
        Some(event) if routes(read).is_empty() => quote!(#skylift::__private::ticks!(#event)),
        _ => quote!(#skylift::__private::Ticks::Answered),
    }
}

fn start(item: &Item, read: &Read, skylift: &TokenStream) -> TokenStream {
    let routes = routes(read);
    if !routes.is_empty() {
        return route::start(item, &routes, skylift);
    }
    let call = local("call");
    let resumes = read.resume.is_some();
    let returned = output(item);
    let progresses = resumes || resume::names_progress(&returned);
    let output = if progresses { resume::answer(skylift) } else { returned };
    let start = start_of(item, read, &call, &output, skylift);
    if resumes { resume::around(&start, skylift) } else { start }
}

fn start_of(
    item: &Item,
    read: &Read,
    call: &Ident,
    output: &TokenStream,
    skylift: &TokenStream,
) -> TokenStream {
    let ident = &item.signature.ident;
    let event = item.event();
    let part = local("part");
    let further = item.signature.params.iter().skip(usize::from(event.is_some()));
    let further = further.map(|Param { ty, role, .. }| match role {
        Role::Resume => quote!(#part.cursor()?),
        _ => quote!(<#ty as #skylift::__private::FromInvocation>::from_invocation(&#call)?),
    });
    let answer = |event: TokenStream| {
        let done = quote!(#ident(#event #(#further),*).await);
        let (begin, done) = if read.resume.is_some() {
            let value = resume::part(item, call, skylift);
            (quote!(let #part = #value;), quote!(#part.done(#done)))
        } else {
            let at_once = resume::at_once(&tokens::output(item), &done, skylift);
            (TokenStream::new(), at_once.unwrap_or(done))
        };
        quote!(async move { #begin ::core::result::Result::Ok::<_, #skylift::Error>(#done) })
    };
    let Some(ty) = event else {
        let answer = answer(TokenStream::new());
        return quote!(#skylift::__private::nothing::<_, _, #output>(|#call| #answer));
    };
    let event = local("event");
    let answer = answer(quote!(#event,));
    let sources = delivering(read);
    if sources.is_empty() {
        return quote!(#skylift::__private::direct::<#ty, _, _, #output>(|#event, #call| #answer));
    }
    let sources = sources.iter().map(|source| Ident::new(source, Span::call_site()));
    quote! {
        #skylift::__private::triggered::<_, _, _, #output, _>([#(#skylift::__private::#sources::<#ty>()),*], |#event: #ty, #call| #answer)
    }
}

/// The sources whose events the handler has to take. A schedule beside another trigger is not one of
/// them, nor is one with an input of its own.
fn delivering(read: &Read) -> Vec<&'static str> {
    let mut sources = Vec::new();
    for trigger in &read.triggers {
        let alone = !trigger.is_tick() || read.triggers.iter().all(Trigger::is_tick);
        let delivers = alone && !trigger.has_custom_input();
        if delivers && !sources.contains(&trigger.source()) {
            sources.push(trigger.source());
        }
    }
    sources
}

/// What the build step assumed from names, asserted of types.
fn assertions(item: &Item, read: &Read, note: &Note, skylift: &TokenStream) -> TokenStream {
    let mut assertions = capability::assertions(item, skylift);
    for (place, id) in &note.uses {
        let Some(path) = item.path(place) else { continue };
        let uses = match place {
            PlaceInItem::TriggerKey(index, key) => {
                let uses = read.triggers.get(*index).and_then(|it| it.resource());
                uses.filter(|uses| uses.key == key)
            }
            _ => None,
        };
        let is_of_kind = uses.map(|uses| {
            let kind = Ident::new(uses.kind.as_str(), Span::call_site());
            quote!(const _: () = #skylift::__private::#kind::<#path>();)
        });
        let id = if id.is_empty() {
            quote!(<#path as #skylift::resource::Resource>::ID)
        } else {
            quote!(#id)
        };
        let is_meant = quote!(#skylift::__private::has_id::<#path>(#id));
        let is_meant = at(is_meant, &Place::of_tokens(path));
        assertions.extend(quote! {
            #is_of_kind
            const _: () = #is_meant;
        });
    }
    assertions.extend(messages(item, read, skylift));
    assertions.extend(windows(item, read, skylift));
    assertions.extend(read_by_somebody(item, read, skylift));
    assertions.extend(idempotent::assertion(item, read, skylift));
    assertions.extend(resume::assertion(item, read, skylift));
    assertions
}

/// A handler takes a window where its trigger has one, and only there.
fn windows(item: &Item, read: &Read, skylift: &TokenStream) -> TokenStream {
    let Some(event) = item.event() else { return TokenStream::new() };
    let mut assertions = TokenStream::new();
    for (index, trigger) in read.triggers.iter().enumerate() {
        let Some(said) = trigger.has_window() else { continue };
        let place = if said {
            item.place(&PlaceInItem::trigger_key(index, "tumbling_window"))
        } else {
            Place::of_tokens(&event.to_token_stream())
        };
        let agree = quote! {
            #skylift::__private::has_window(#skylift::__private::is_window!(#event), #said)
        };
        let agree = at(agree, &place);
        assertions.extend(quote!(const _: () = #agree;));
    }
    assertions
}

/// What events trigger answers as a whole: who reports what became of a batch reads no stream. Requests have
/// a message of their own.
fn read_by_somebody(item: &Item, read: &Read, skylift: &TokenStream) -> Option<TokenStream> {
    let output = item.signature.output.as_ref()?.to_token_stream();
    let is_triggered = !read.triggers.is_empty() && routes(read).is_empty();
    if !is_triggered || read.resume.is_some() || !is_nameable(output.clone()) {
        return None;
    }
    let private = quote!(#skylift::__private);
    let proof = quote!(#private::read_by_somebody(#private::is_streamed!(#output)));
    let proof = at(proof, &Place::of_tokens(&output));
    Some(quote!(const _: () = #proof;))
}

/// A consumer takes what is sent through its queue or its stream, or held by its table.
fn messages(item: &Item, read: &Read, skylift: &TokenStream) -> TokenStream {
    let Some(event) = item.event() else { return TokenStream::new() };
    let mut assertions = TokenStream::new();
    for (index, trigger) in read.triggers.iter().enumerate() {
        let Some(uses) = trigger.resource().filter(|_| trigger.has_typed_payload()) else {
            continue;
        };
        let Some(resource) = item.path(&PlaceInItem::trigger_key(index, uses.key)) else {
            continue;
        };
        let accepts = format!("accepts_from_{}", uses.kind.as_str());
        let accepts = Ident::new(&accepts, event.span());
        let accepts = quote!(#skylift::__private::#accepts::<#event, #resource>());
        assertions.extend(quote!(const _: () = #accepts;));
    }
    assertions
}
