//! The attribute `#[function]`: registers the function, and asserts that the types in its signature are the
//! types that the build step assumed from their names.
// See decision 0011.

mod capability;
mod envelopes;
mod idempotent;
mod invoke_target;
mod missing_features;
mod part_types;
mod probe;
mod resume;
mod route;
pub(crate) mod tokens;

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens as _, format_ident, quote};
use skylift_model::KeepWarm;
use skylift_model::aws::lambda_settings::{Outcome, ResultTarget};
use skylift_model::problem::PlaceInItem;
use skylift_model::route::Route;
use skylift_model::source::Trigger;
use skylift_syntax::errors::{Diagnostic, Errors};
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::{Note, NoteProblem};
use skylift_syntax::signature::{Param, ParamRole, TypeErrors};
use skylift_syntax::span::SourceSpan;

use self::envelopes::expand_envelopes;
use self::missing_features::report_missing_features;
use self::tokens::{
    expand_constructor, expand_event_type, expand_option, is_nameable, local_variable,
    move_to_span, output_type,
};
use crate::expansion::expand_with_errors;
use crate::{compiler, doctest, notes};

/// Expands `#[function]` with these arguments on this item.
pub(crate) fn expand(args: &TokenStream, item: &TokenStream) -> TokenStream {
    let mut types = TypeErrors::default();
    let expanded = expand_with_errors(|errors| expand_items(args, item, &mut types, errors));
    // An editor completes what is typed in the item as it is.
    if types.is_empty() || notes::runs_in_editor() {
        return quote! { #item #expanded };
    }
    let item = types.replace_types(item);
    // The lints of unused code see the replaced types, and would report what follows from the errors.
    quote! { #[allow(unused)] #item #expanded }
}

/// Expands to the items that `#[function]` adds beside the function. Records the errors of the types in the
/// function's signature in `types`. Returns `None` after an error was recorded.
fn expand_items(
    args: &TokenStream,
    tokens: &TokenStream,
    types: &mut TypeErrors,
    errors: &mut Errors,
) -> Option<TokenStream> {
    let item = FunctionItem::parse(args.clone(), tokens.clone(), errors)?;
    let ident = &item.signature.ident;
    for (index, param) in item.signature.params.iter().enumerate() {
        if let Some(error) = &param.error {
            types.push_param(index, error.clone());
        }
    }
    let Some(definition) = item.read(errors).filter(|_| errors.is_empty()) else {
        // Only the errors of the attribute are reported.
        let note = notes::find_note(ident, args, tokens, &mut Errors::ignored());
        return note.and_then(|note| invoke_target::expand_broken(&item, &note, errors));
    };
    let is_doctest = compiler::compiles_doctest();
    if !is_doctest && !notes::build_step_has_run() {
        notes::report_missing_step(&SourceSpan::from_token(ident.span()), errors);
        return None;
    }
    let note = notes::find_note(ident, args, tokens, errors)?;
    notes::report_problems(&note, |at| item.span_at(at), errors);
    for NoteProblem { at, message } in &note.problems {
        if let PlaceInItem::Param(index) = at {
            let error = Diagnostic { span: item.span_at(at), message: message.clone() };
            types.push_param(*index, error);
        }
    }
    if errors.is_empty() {
        report_missing_features(&item, &definition, &note, types, errors);
    }
    if !errors.is_empty() {
        return invoke_target::expand_broken(&item, &note, errors);
    }
    if is_doctest {
        let note = doctest::complete_note(note, &item, &definition);
        // Nobody knows which functions of the example invoke this one.
        let target = invoke_target::expand_if_possible(&item, &definition, &note);
        let entry = expand_entry(&item, &definition, &note);
        return Some(quote!(#target #entry));
    }
    // The note is empty if the build step has another version.
    if note.id.is_empty() {
        return None;
    }
    let target =
        note.invoked.then(|| invoke_target::expand(&item, &definition, &note, errors)).flatten();
    let entry = expand_entry(&item, &definition, &note);
    Some(quote!(#target #entry))
}

/// Expands to the function's entry in the registry of the runtime, with the assertions about its types.
fn expand_entry(item: &FunctionItem, definition: &FunctionDefinition, note: &Note) -> TokenStream {
    let skylift = notes::runtime_path(&note.facade);
    let Note { id, handler, timeout, deadline_margin, .. } = note;
    let package = notes::package_name();
    let name = expand_option(definition.name.as_ref().map(|name| name.as_str()));
    let concurrency = usize::try_from(definition.batch_concurrency().get()).unwrap_or(usize::MAX);
    let reports_records = definition.reports_records();
    let warmth = expand_warmth(item, definition, note, &skylift);
    let keep_warm = definition.keep_warm.as_ref().map(KeepWarm::summary);
    let serves: Vec<String> =
        definition.triggers.iter().map(|trigger| trigger.summary()).chain(keep_warm).collect();
    let sources = expand_sources(definition, &skylift);
    let types = item.signature.params.iter().map(|param| &param.ty);
    let start = expand_start(item, definition, note, &skylift);
    let assertions = expand_assertions(item, definition, note, &skylift);
    let mut capabilities = capability::expand_openers(item, note, &skylift);
    capabilities.extend(resume::expand_opener(definition, &skylift));
    let idempotent = idempotent::expand_entry(item, definition, note, &skylift);
    let resume_queue = resume::expand_queue(definition, id, &skylift);
    let checks = probe::expand_checks(item, definition, note, &skylift);
    quote! {
        const _: () = {
            #resume_queue
            #[#skylift::__private::linkme::distributed_slice(#skylift::__private::FUNCTIONS)]
            #[linkme(crate = #skylift::__private::linkme)]
            static __SKYLIFT_FUNCTION: #skylift::__private::FunctionEntry = #skylift::__private::FunctionEntry {
                package: #package,
                id: #id,
                handler: #handler,
                name: #name,
                triggers: &[#(#serves),*],
                sources: &[#(#sources),*],
                timeout: #timeout,
                deadline_margin: #deadline_margin,
                batch_concurrency: #concurrency,
                reports_records: #reports_records,
                cold_start: #warmth,
                states: &[#(#skylift::__private::required_state!(#types)),*],
                capabilities: &[#(#capabilities),*],
                idempotent: #idempotent,
                make_handler: || #start,
            };
            #assertions
            #checks
        };
    }
}

/// Expands to the sources of the function's triggers, each source once.
fn expand_sources(definition: &FunctionDefinition, skylift: &TokenStream) -> Vec<TokenStream> {
    let mut names: Vec<&str> = Vec::new();
    for trigger in &definition.triggers {
        if !names.contains(&trigger.source()) {
            names.push(trigger.source());
        }
    }
    let expand = |name| {
        let name = Ident::new(name, Span::call_site());
        quote!(#skylift::__private::source::#name)
    };
    names.into_iter().map(expand).collect()
}

/// Expands to the settings of cold starts: how the function is kept warm, and whether it counts its cold
/// starts. Expands to `None` for a function without such settings.
fn expand_warmth(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    let is_scheduled = definition.triggers.iter().any(Trigger::is_tick);
    if definition.keep_warm.is_none() && !is_scheduled && !note.counts_cold_starts {
        return quote!(::core::option::Option::None);
    }
    let hold = expand_option(definition.keep_warm.as_ref().map(|keep_warm| {
        let hold = u64::from(keep_warm.hold_ms());
        quote!(::core::time::Duration::from_millis(#hold))
    }));
    let ticks = expand_ticks(item, definition, skylift);
    let counted = note.counts_cold_starts;
    quote! {
        ::core::option::Option::Some(#skylift::__private::ColdStartSettings::new(#hold, #ticks, #counted))
    }
}

/// Returns the routes that the function serves. The list is empty if the function has no trigger for HTTP requests.
fn list_routes(definition: &FunctionDefinition) -> Vec<&Route> {
    Trigger::served_routes(&definition.triggers)
}

/// Expands to the way in which the runtime handles ticks of a schedule. A schedule beside other triggers keeps
/// the function warm, unless the handler's event accepts the tick.
fn expand_ticks(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> TokenStream {
    let is_scheduled = definition.triggers.iter().any(Trigger::is_tick);
    let is_only_scheduled = definition.triggers.iter().all(Trigger::is_tick);
    match item.event() {
        _ if !is_scheduled || is_only_scheduled => {
            quote!(#skylift::__private::TickHandling::ByHandler)
        }
        Some(event) if list_routes(definition).is_empty() => {
            quote!(#skylift::__private::tick_handling!(#event))
        }
        _ => quote!(#skylift::__private::TickHandling::ByRuntime),
    }
}

/// Expands to the expression that creates the handler when the process starts.
fn expand_start(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    let routes = list_routes(definition);
    if !routes.is_empty() {
        let url = Trigger::find_url(&definition.triggers).map(|(_, url)| url.streams);
        return route::expand_start(item, &routes, note, url, skylift);
    }
    let call = local_variable("call");
    let resumes = definition.resume.is_some();
    let returned = output_type(item);
    let progresses = resumes || resume::names_progress(&returned);
    let output = if progresses {
        resume::expand_answer_type(skylift)
    } else {
        part_types::expand_output(item, skylift)
    };
    let start = expand_event_handler((item, definition, note), &call, &output, skylift);
    if resumes { resume::wrap_start(&start, skylift) } else { start }
}

/// Expands to the handler of events, or of direct invocations. `call` is the variable that has the invocation.
fn expand_event_handler(
    (item, definition, note): (&FunctionItem, &FunctionDefinition, &Note),
    call: &Ident,
    output: &TokenStream,
    skylift: &TokenStream,
) -> TokenStream {
    let ident = &item.signature.ident;
    let event = item.event();
    // For a future that is not `Send`, the compiler points at the constructor of the handler.
    let construct = |name: &str, types: TokenStream, args: TokenStream| {
        expand_constructor(name, &types, &args, ident.span(), skylift)
    };
    let part = local_variable("part");
    let further = item.signature.params.iter().skip(usize::from(event.is_some()));
    let further: Vec<TokenStream> = further
        .map(|Param { ty, role, .. }| match role {
            ParamRole::Resume => quote!(#part.cursor()?),
            _ => quote!(<#ty as #skylift::__private::FromInvocation>::from_invocation(&#call)?),
        })
        .collect();
    let closure = |params: TokenStream, event: TokenStream| {
        let done = quote!(#ident(#event #(#further),*).await);
        let (begin, done) = if definition.resume.is_some() {
            let value = resume::expand_part(item, call, skylift);
            (quote!(let #part = #value;), quote!(#part.done(#done)))
        } else {
            let at_once = resume::expand_progress_at_once(&output_type(item), &done, skylift);
            (TokenStream::new(), at_once.unwrap_or(done))
        };
        quote!(|#params| async move { #begin ::core::result::Result::Ok::<_, #skylift::Error>(#done) })
    };
    let Some(ty) = event else {
        let closure = closure(quote!(#call), TokenStream::new());
        return construct("eventless_handler", quote!(_, _, #output), closure);
    };
    let event = local_variable("event");
    let untyped = closure(quote!(#event, #call), quote!(#event,));
    if definition.triggers.iter().any(|trigger| trigger.has_custom_input()) {
        // The events of a source without event types are not those of a key `input`.
        let has_input = definition.triggers.iter().any(|it| !it.facts().events.is_empty());
        let name = if has_input { "input_handler" } else { "iot_handler" };
        return construct(name, quote!(#ty, _, _, #output), untyped);
    }
    let sources = list_deliveries(definition);
    if sources.is_empty() {
        return construct("direct_handler", quote!(#ty, _, _, #output), untyped);
    }
    let delivered = part_types::expand_event(ty, definition, skylift);
    let closure = closure(quote!(#event: #ty, #call), quote!(#event,));
    let deliverers = sources.iter().map(|(source, event)| {
        let source = Ident::new(source, Span::call_site());
        let event = event.map(|event| expand_event_type(event, skylift));
        let event = event.into_iter();
        let envelopes = expand_envelopes(item, definition, note, &source, skylift);
        quote!(#skylift::__private::#source::<#delivered #(, #event)*>()#envelopes)
    });
    let deliverers = quote!([#(#deliverers),*]);
    let types = quote!(_, _, _, #output, _);
    construct("triggered_handler", types, quote!(#deliverers, #closure))
}

/// Returns the sources whose events the handler has to accept, each with the event type if its triggers have different
/// ones. The result does not include a schedule beside another trigger, or a schedule whose input the user sets.
fn list_deliveries(definition: &FunctionDefinition) -> Vec<(&'static str, Option<&'static str>)> {
    let is_only_scheduled = definition.triggers.iter().all(Trigger::is_tick);
    let mut deliveries = Vec::new();
    for trigger in &definition.triggers {
        let delivers = (!trigger.is_tick() || is_only_scheduled) && !trigger.has_custom_input();
        let events = trigger.delivered_events();
        let any = events.is_empty().then_some(None);
        for event in events.into_iter().map(Some).chain(any).filter(|_| delivers) {
            if !deliveries.contains(&(trigger.source(), event)) {
                deliveries.push((trigger.source(), event));
            }
        }
    }
    deliveries
}

/// Expands to an assertion that the handler answers with its event if the service that invokes it expects the event
/// back. Returns `None` if no service does.
fn assert_event_answer(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let trigger = definition.triggers.iter().find(|trigger| trigger.expects_event_back())?;
    let written = item.signature.output.as_ref().map(|output| output.to_token_stream());
    if written.as_ref().is_some_and(|output| !is_nameable(output.clone())) {
        return None;
    }
    let event = match item.event() {
        Some(event) => event.to_token_stream(),
        None => expand_event_type(trigger.delivered_events().first()?, skylift),
    };
    let output = output_type(item);
    let private = quote!(#skylift::__private);
    Some(quote!(const _: () = #private::answers_with_event::<#event, #output>();))
}

/// Expands to an assertion that the handler returns the answer that the service that invokes it expects. Returns `None`
/// if no service expects an answer of a type of its own.
fn assert_answer(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let trigger = definition.triggers.iter().find(|trigger| trigger.expects_answer())?;
    let written = item.signature.output.as_ref().map(|output| output.to_token_stream());
    if written.as_ref().is_some_and(|output| !is_nameable(output.clone())) {
        return None;
    }
    let check = format_ident!("answers_{}", trigger.source());
    let output = output_type(item);
    Some(quote!(const _: () = #skylift::__private::#check::<#output>();))
}

/// Expands to assertions that the types in the signature and in the attribute are the types that the build step
/// assumed from their names.
fn expand_assertions(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    let mut assertions = capability::expand_assertions(item, skylift);
    for (at, id) in &note.uses {
        let Some(path) = item.path_at(at) else { continue };
        let resource = match at {
            PlaceInItem::TriggerKey(index, key) => {
                let resource = definition.triggers.get(*index).and_then(|it| it.resource());
                resource.filter(|resource| resource.key == key)
            }
            _ => None,
        };
        let has_kind = resource.map(|resource| {
            let kind = Ident::new(resource.kind.as_str(), Span::call_site());
            quote!(const _: () = #skylift::__private::#kind::<#path>();)
        });
        let id = if id.is_empty() {
            quote!(<#path as #skylift::resource::Resource>::ID)
        } else {
            quote!(#id)
        };
        let has_id = quote!(#skylift::__private::check_resource_id::<#path>(#id));
        let has_id = move_to_span(has_id, &SourceSpan::from_tokens(path));
        assertions.extend(quote! {
            #has_kind
            const _: () = #has_id;
        });
    }
    assertions.extend(route::assert_authorizers(item, note, skylift));
    assertions.extend(assert_functions(item, definition));
    assertions.extend(assert_event_fits_resource(item, definition, note, skylift));
    assertions.extend(probe::assert_event_of_input(item, definition, skylift));
    assertions.extend(assert_window(item, definition, skylift));
    assertions.extend(assert_not_streamed(item, definition, skylift));
    assertions.extend(assert_event_answer(item, definition, skylift));
    assertions.extend(assert_answer(item, definition, skylift));
    assertions.extend(idempotent::assert_storable_answer(item, definition, skylift));
    assertions.extend(resume::assert_resumable_event(item, definition, skylift));
    assertions
}

/// Expands to assertions that the paths of other functions exist here: of those whose log groups trigger the function, and
/// of those that get its results.
fn assert_functions(item: &FunctionItem, definition: &FunctionDefinition) -> TokenStream {
    let triggers = definition.triggers.iter().enumerate();
    let groups = triggers.filter(|(_, trigger)| trigger.log_group().is_some());
    let groups = groups.map(|(index, _)| PlaceInItem::trigger_key(index, "group"));
    let is_function = |outcome: &Outcome| {
        let target = definition.settings.lambda.target(*outcome);
        matches!(target, Some(ResultTarget::Function(_)))
    };
    let targets = Outcome::ALL.into_iter().filter(is_function);
    let targets = targets.map(|outcome| PlaceInItem::key(outcome.key()));
    let paths = groups.chain(targets).filter_map(|at| item.path_at(&at));
    paths.map(|path| quote!(const _: () = { let _ = #path; };)).collect()
}

/// Expands to assertions that the handler takes a window if its trigger has tumbling windows, and only then.
fn assert_window(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> TokenStream {
    let Some(event) = item.event() else { return TokenStream::new() };
    let mut assertions = TokenStream::new();
    for (index, trigger) in definition.triggers.iter().enumerate() {
        let Some(has_window) = trigger.has_window() else { continue };
        let span = if has_window {
            item.span_at(&PlaceInItem::trigger_key(index, "tumbling_window"))
        } else {
            SourceSpan::from_tokens(&event.to_token_stream())
        };
        let assertion = quote! {
            #skylift::__private::check_window(#skylift::__private::is_window!(#event), #has_window)
        };
        let assertion = move_to_span(assertion, &span);
        assertions.extend(quote!(const _: () = #assertion;));
    }
    assertions
}

/// Expands to an assertion that a function triggered by events does not stream its answer: nothing would read
/// the stream. An HTTP handler can: its answer is collected where it cannot be streamed. Returns `None` if no assertion is needed.
fn assert_not_streamed(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    skylift: &TokenStream,
) -> Option<TokenStream> {
    let output = item.signature.output.as_ref()?.to_token_stream();
    let is_triggered = !definition.triggers.is_empty() && list_routes(definition).is_empty();
    if !is_triggered || definition.resume.is_some() || !is_nameable(output.clone()) {
        return None;
    }
    let private = quote!(#skylift::__private);
    let assertion = quote!(#private::check_response_is_read(#private::is_streamed!(#output)));
    let assertion = move_to_span(assertion, &SourceSpan::from_tokens(&output));
    Some(quote!(const _: () = #assertion;))
}

/// Expands to assertions that the handler's event accepts the messages of its queue or stream, or the items of
/// its table.
fn assert_event_fits_resource(
    item: &FunctionItem,
    definition: &FunctionDefinition,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    let Some(event) = item.event() else { return TokenStream::new() };
    let mut assertions = TokenStream::new();
    for (index, trigger) in definition.triggers.iter().enumerate() {
        let Some(resource) = trigger.resource().filter(|_| trigger.has_typed_payload()) else {
            continue;
        };
        let at = PlaceInItem::trigger_key(index, resource.key);
        // A resource with errors of its own is not among the uses.
        let Some((at, _)) = note.uses.iter().find(|(used, _)| *used == at) else { continue };
        let Some(path) = item.path_at(at) else { continue };
        let accepts = format!("accepts_from_{}", resource.kind.as_str());
        let accepts = Ident::new(&accepts, Span::call_site());
        let private = quote!(#skylift::__private);
        let span = SourceSpan::from_tokens(&event.to_token_stream());
        let event = move_to_span(quote!(#private::EventProbe::<#event>::EVENT), &span);
        assertions.extend(quote! {
            const _: () = {
                #[allow(unused_imports)]
                use #private::NotDelivered as _;
                #private::#accepts(::core::marker::PhantomData::<#path>, #event)
            };
        });
    }
    assertions
}
