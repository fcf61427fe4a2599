//! Checks of the triggers and parameters of one function together. The rules that depend on the source of a
//! trigger are part of the trigger.

use quote::ToTokens as _;
use skylift_model::access::Access;
use skylift_model::aws::mapping::keys;
use skylift_model::problem::PlaceInItem;
use skylift_model::reserved::check_polled;
use skylift_model::settings::ReservedConcurrency;
use skylift_model::source::{BatchConcurrency, Trigger};

use super::FunctionItem;
use crate::errors::Errors;
use crate::messages;
use crate::signature::{self, Param};
use crate::source;
use crate::span::SourceSpan;
use syn::{GenericArgument, PathArguments, Type};

impl FunctionItem {
    /// Checks that the parameters of the function fit these triggers.
    pub(super) fn check_params(&self, triggers: &[Trigger], errors: &mut Errors) {
        let by_request =
            triggers.iter().find_map(|trigger| Some((trigger.source(), trigger.request_schema()?)));
        let Some((request_source, request)) = by_request else {
            self.check_event_param(errors);
            self.check_batch_response(errors);
            self.check_kafka_response(triggers, errors);
            return;
        };
        for (index, trigger) in triggers.iter().enumerate() {
            if trigger.request_schema().is_none() && !trigger.is_tick() {
                let message =
                    messages::event_beside_requests(request_source, request.name, trigger.source());
                errors.push(&self.span_at(&PlaceInItem::Trigger(index)), message);
            }
        }
        for trigger in triggers {
            source::check_params(trigger, &self.signature.params, errors);
        }
        let request = triggers.iter().find(|trigger| trigger.request_schema().is_some());
        if let (Some(trigger), Some(output)) = (request, &self.signature.output) {
            source::check_output(trigger, output, errors);
        }
    }

    /// Checks that a trigger with an event that the user defines shares its function only with triggers of the
    /// same sort. Only the handler knows the form of an event that the user defines, so the runtime could not
    /// tell which trigger the event comes from.
    pub(super) fn check_custom_events(&self, triggers: &[Trigger], errors: &mut Errors) {
        if triggers.iter().all(|trigger| trigger.has_custom_input()) {
            return;
        }
        for (index, trigger) in triggers.iter().enumerate() {
            if trigger.has_custom_input() {
                let message = messages::custom_event_beside_trigger(trigger.source());
                errors.push(&self.span_at(&PlaceInItem::Trigger(index)), message);
            }
        }
    }

    /// Checks the batch concurrency: all triggers of a function that set `batch_concurrency` have to set the
    /// same number, because the handler gets a message without its trigger. A handler of whole batches cannot
    /// have a batch concurrency.
    pub(super) fn check_batch_concurrency(&self, triggers: &[Trigger], errors: &mut Errors) {
        let mut set = triggers
            .iter()
            .enumerate()
            .filter_map(|(index, it)| Some((index, it, it.batch_concurrency()?)));
        let Some((at, trigger, first)) = set.next() else { return };
        let whole_event = self
            .event_name()
            .filter(|name| Trigger::find_event(name).is_some_and(|(_, it)| !it.record));
        let span_of_key =
            |index: usize| self.span_at(&PlaceInItem::trigger_key(index, BatchConcurrency::KEY));
        if let Some(event) = whole_event {
            let records: Vec<&str> = trigger
                .facts()
                .events
                .iter()
                .filter(|event| event.record)
                .map(|event| event.name)
                .collect();
            let message =
                messages::concurrency_of_whole_batch(BatchConcurrency::KEY, &event, &records);
            errors.push(&span_of_key(at), message);
        }
        for (index, _, other) in set.filter(|(_, _, other)| *other != first) {
            let message =
                messages::two_batch_concurrencies(BatchConcurrency::KEY, other.get(), first.get());
            errors.push(&span_of_key(index), message);
        }
    }

    /// Checks that the maximum concurrency of all event sources together is not more than the reserved concurrency,
    /// because Lambda would take messages from the queues and throttle them.
    pub(super) fn check_max_concurrency(
        &self,
        triggers: &[Trigger],
        reserved: Option<ReservedConcurrency>,
        errors: &mut Errors,
    ) {
        let set = || triggers.iter().filter_map(|trigger| trigger.max_concurrency());
        let sum = set().fold(0, u32::saturating_add);
        // A reserved concurrency of 0 stops the function for a while.
        let Some(reserved) = reserved.map(ReservedConcurrency::get).filter(|it| *it > 0) else {
            return;
        };
        let last = triggers.iter().rposition(|trigger| trigger.max_concurrency().is_some());
        let message = check_polled(sum, reserved, set().count());
        if let Some((last, message)) = last.zip(message) {
            let span = self.span_at(&PlaceInItem::trigger_key(last, keys::MAX_CONCURRENCY));
            errors.push(&span, message);
        }
    }

    /// Checks that a handler of one record does not return the response of a batch: the runtime makes it, and would drop
    /// the one of the handler.
    fn check_batch_response(&self, errors: &mut Errors) {
        let Some(event) = self.event_name() else { return };
        let is_record = Trigger::find_event(&event).is_some_and(|(_, event)| event.record);
        let Some(output) = self.signature.output.as_ref().filter(|_| is_record) else { return };
        let success = first_argument_of_result(output).unwrap_or(output);
        let Some(name) = signature::last_segment(success).map(|it| it.ident.to_string()) else {
            return;
        };
        if Trigger::SOURCES.iter().any(|source| source.facts.batch_response == Some(&*name)) {
            let span = SourceSpan::from_tokens(&success.to_token_stream());
            errors.push(&span, messages::batch_response_of_record(&event, &name));
        }
    }

    /// Checks that a handler that names the failed records of Kafka batches has provisioned pollers in each trigger.
    /// Without them, Lambda does not read the response, and takes the failed records for handled.
    fn check_kafka_response(&self, triggers: &[Trigger], errors: &mut Errors) {
        let mappings = triggers.iter().filter_map(|it| Some((it, it.kafka_mapping()?)));
        let silent = mappings.into_iter().find(|(_, mapping)| !mapping.reports_failures());
        let (Some((trigger, _)), Some(output)) = (silent, &self.signature.output) else { return };
        let success = first_argument_of_result(output).unwrap_or(output);
        let response = trigger.facts().batch_response;
        let named = signature::last_segment(success).map(|it| it.ident.to_string());
        if let Some(name) = response.filter(|it| named.as_deref() == Some(*it)) {
            let span = SourceSpan::from_tokens(&success.to_token_stream());
            errors.push(&span, messages::response_without_pollers(name));
        }
    }

    /// Checks that a handler takes at most one event, and takes it as its first parameter. The runtime creates
    /// all other parameters.
    fn check_event_param(&self, errors: &mut Errors) {
        let is_extractor = |param: &&Param| param.is_event() && names_extractor(&param.ty);
        if let Some(param) = self.signature.params.iter().find(is_extractor) {
            // A trigger with a mistake may be one for requests.
            if errors.is_empty() {
                let message = messages::extractor_without_requests(&signature::describe(&param.ty));
                errors.push(&SourceSpan::from_tokens(&param.ty.to_token_stream()), message);
            }
            return;
        }
        for param in self.signature.params.iter().skip(1).filter(|param| param.is_event()) {
            // A type with an error was reported, and rustc reports a capability without its resource.
            let is_reported = param.error.is_some() || names_capability(&param.ty);
            if !is_reported {
                let ty = signature::describe(&param.ty);
                let first = self.signature.params.first().filter(|first| first.is_event());
                let message = match first.filter(|_| names_event(&param.ty)) {
                    Some(first) => messages::second_event(&signature::describe(&first.ty), &ty),
                    None => messages::unknown_parameter(&ty),
                };
                errors.push(&SourceSpan::from_tokens(&param.ty.to_token_stream()), message);
            }
        }
    }
}

/// Returns whether a type has the name of an event that a source delivers.
fn names_event(ty: &Type) -> bool {
    let segment = signature::last_segment(ty);
    segment.is_some_and(|segment| Trigger::find_event(&segment.ident.to_string()).is_some())
}

/// Returns the first type argument of a `Result`, if the type is one.
fn first_argument_of_result(output: &Type) -> Option<&Type> {
    let segment = signature::last_segment(output).filter(|segment| segment.ident == "Result")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    match arguments.args.first()? {
        GenericArgument::Type(success) => Some(success),
        _ => None,
    }
}

/// Returns whether a type has the name and the form of an extractor of the prelude, which takes a value from an HTTP
/// request.
fn names_extractor(ty: &Type) -> bool {
    const EXTRACTORS: [&str; 4] = ["Form", "Json", "Path", "Query"];
    signature::last_segment(ty).is_some_and(|segment| {
        EXTRACTORS.iter().any(|name| segment.ident == name) && !segment.arguments.is_empty()
    })
}

/// Returns whether a type is the name of a capability without the resource.
fn names_capability(ty: &Type) -> bool {
    let segment = signature::last_segment(ty).filter(|segment| segment.arguments.is_empty());
    segment.is_some_and(|it| Access::from_capability(&it.ident.to_string()).is_some())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::function::testing::{accepted_on, read_on, rejected_on};

    const ROUTE: &str = r#"trigger = http("GET /a/{id}")"#;
    const TWO: &str = r#"trigger = http("GET /a/{id}/{part+}")"#;
    const NONE: &str = r#"trigger = http("GET /a/")"#;

    #[test]
    fn a_handler_takes_at_most_one_event_as_its_first_parameter() {
        for right in ["", "e: E", "e: E, c: Context, s: State<App>, w: Writer<A>", "c: Context"] {
            accepted_on("", &format!("async fn f({right}) {{}}"));
        }
        assert_eq!(
            rejected_on("", "async fn f(e: S3Event, m: Message<Job>) {}"),
            "a handler takes one event, and `Message<Job>` is the second one\n\nhelp: take an enum with a variant for each: `#[derive(Event)] enum Either { First(S3Event), Second(Message<Job>) }`"
        );
        for (wrong, wrong_type) in [("e: E, o: Other", "Other"), ("c: Context, e: E", "E")] {
            let found = rejected_on("", &format!("async fn f({wrong}) {{}}"));
            assert_eq!(
                found,
                format!(
                    "`{wrong_type}` is not a capability, `State<T>` or `Context`, and the event is the first parameter\n\nhelp: take one event, as the first parameter; capabilities stand bare and under their own names, such as\n      `uploads: Reader<Uploads>`"
                )
            );
        }
    }

    #[test]
    fn a_type_with_an_error_of_its_own_is_no_second_event() {
        let mut errors = Errors::new();
        let function = "async fn f(e: E, r: Reader<Orders, Gett>) {}".parse().unwrap();
        let item = FunctionItem::parse("".parse().unwrap(), function, &mut errors).unwrap();
        item.read(&mut errors);
        let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
        assert_eq!(messages, ["`Gett` is not a call of a capability\n\nhelp: did you mean `Get`?"]);
    }

    #[test]
    fn a_handler_of_one_record_returns_no_response_of_a_batch() {
        let read = |event: &str, output: &str| {
            read_on("", &format!("async fn f(event: {event}) -> {output} {{}}"))
        };
        for (event, output, name) in [
            ("Message<Job>", "Result<SqsBatchResponse, Error>", "SqsBatchResponse"),
            ("SqsMessage", "Result<event::SqsBatchResponse>", "SqsBatchResponse"),
            ("Data<Click>", "Result<KinesisEventResponse, Error>", "KinesisEventResponse"),
            ("Change<Job>", "DynamoDbEventResponse", "DynamoDbEventResponse"),
        ] {
            let event_name = event.split('<').next().unwrap();
            assert_eq!(
                read(event, output).unwrap_err(),
                [format!(
                    "the runtime reports which records of a batch failed, and would drop this `{name}`\n\nhelp: return `Result<(), Error>`: an error fails this `{event_name}` alone"
                )]
            );
        }
        for (event, output) in [
            ("SqsEvent", "Result<SqsBatchResponse, Error>"),
            ("Message<Job>", "Result<(), Error>"),
            ("Message<Job>", "Result<Job, Error>"),
        ] {
            assert!(read(event, output).is_ok(), "{event} {output}");
        }
    }

    #[test]
    fn an_extractor_needs_an_http_trigger() {
        for attribute in ["", "trigger = sqs"] {
            for (params, ty) in [
                ("Json(order): Json<Order>", "Json<Order>"),
                ("Path(id): Path<u32>, Json(order): Json<Order>", "Path<u32>"),
                (
                    "context: Context, query: skylift::http::Query<Page>",
                    "skylift::http::Query<Page>",
                ),
            ] {
                assert_eq!(
                    rejected_on(attribute, &format!("async fn f({params}) {{}}")),
                    format!(
                        "`{ty}` is taken from an HTTP request, and this function has no HTTP trigger\n\nhelp: add `trigger = http(\"POST /…\")`, or take the event itself instead of an extractor"
                    )
                );
            }
        }
        accepted_on("", "async fn f(query: Query) {}");
        // rustc reports that it has no resource.
        accepted_on("", "async fn f(e: E, uploads: Reader) {}");
    }

    #[test]
    fn the_error_type_of_an_http_handler_has_a_status_of_its_own() {
        let read = |output: &str| {
            let attribute = r#"trigger = http("GET /a"), trigger = http("GET /b")"#;
            read_on(attribute, &format!("async fn f() -> {output} {{}}"))
        };
        for (output, error) in [
            ("Result<String, ()>", "()"),
            ("Result<(), String>", "String"),
            ("std::result::Result<(), &'static str>", "&str"),
            ("Result<(), Json<Problem>>", "Json"),
            ("Result<(), axum::response::Html<String>>", "Html"),
        ] {
            let messages = read(output).unwrap_err();
            let start = format!("`{error}` as the error of an HTTP handler is a response with");
            assert!(messages.len() == 1 && messages[0].starts_with(&start), "{messages:?}");
        }
        assert_eq!(
            read("Result<String, axum::response::Redirect>").unwrap_err(),
            [
                "`Redirect` as the error of an HTTP handler is a response with a status below 400\n\nhelp: return it as `Ok`: write `Result<Redirect, skylift::Error>`, or\n      `Result<Response, skylift::Error>` with `Ok(Redirect::to(…).into_response())`"
            ]
        );
        for output in [
            "Result<Redirect, StatusCode>",
            "Result<String, StatusCode>",
            "Result<(), (StatusCode, String)>",
            "Result<Json<Order>>",
            "Result<(), Error>",
            "()",
            "String",
        ] {
            assert!(read(output).is_ok(), "{output}");
        }
    }

    #[test]
    fn an_http_handler_takes_any_extractors_and_ticks_but_no_other_events() {
        accepted_on(ROUTE, "async fn f(a: A, b: B, c: Context) {}");
        accepted_on(&format!("{ROUTE}, schedule = \"rate(1 day)\""), "async fn f(a: A) {}");
        let found = rejected_on(&format!("{ROUTE}, trigger = sqs"), "async fn f(a: A) {}");
        assert_eq!(
            found,
            "a handler for `http` cannot take the events of `sqs` as well\n\nhelp: its parameters are taken from an HTTP request: write a second function for the other events"
        );
    }

    #[test]
    fn a_path_extractor_takes_as_many_parameters_as_the_route_has() {
        let on = |ty: &str| format!("async fn f(p: {ty}) {{}}");
        for (route, ty) in [
            (ROUTE, "Path<String>"),
            (ROUTE, "Path<(u32,)>"),
            (ROUTE, "axum::extract::Path<Uuid>"),
            (TWO, "Path<(String, u32)>"),
            // A struct could take any number.
            (TWO, "Path<Parts>"),
            (TWO, "Path<HashMap<String, String>>"),
            (TWO, "Path"),
            (TWO, "Path<'a>"),
            (TWO, "Path<>"),
            (TWO, "Other<String>"),
            (TWO, "Path<[u8]>"),
            ("trigger = http", "Path<String>"),
        ] {
            accepted_on(route, &on(ty));
        }
        for (route, ty, message) in [
            (
                ROUTE,
                "Path<(String, u32)>",
                "this `Path` takes 2 parameters, route `GET /a/{id}` has one parameter\n\nhelp: the route's parameter is `id`",
            ),
            (
                TWO,
                "Path<String>",
                "this `Path` takes one parameter, route `GET /a/{id}/{part+}` has 2 parameters\n\nhelp: the route's parameters are `id` and `part`",
            ),
            (
                ROUTE,
                "Path<()>",
                "this `Path` takes no parameter, route `GET /a/{id}` has one parameter\n\nhelp: the route's parameter is `id`",
            ),
        ] {
            assert_eq!(rejected_on(route, &on(ty)), message, "{ty}");
        }
        let none = rejected_on(&NONE.replace("/a/", "/a"), &on("Path<u64>"));
        assert_eq!(
            none,
            "this `Path` takes one parameter, route `GET /a` has no parameter\n\nhelp: add one to the path, as `/a/{id}`"
        );
        let root = rejected_on(&NONE.replace("/a/", "/"), &on("Path<u64>"));
        assert!(root.ends_with("help: add one to the path, as `/{id}`"), "{root}");
    }

    #[test]
    fn a_schedule_with_an_input_shares_its_function_only_with_the_same() {
        let input =
            |every: &str| format!("trigger = schedule(\"{every}\", input = {{ \"a\": 1 }})");
        let (one, other) = (input("rate(1 day)"), input("rate(2 days)"));
        for right in
            [one.clone(), format!("{one}, {other}"), "schedule = \"rate(1 day)\"".to_owned()]
        {
            accepted_on(&right, "async fn f(e: E) {}");
        }
        for beside in ["trigger = sqs", "schedule = \"rate(3 days)\""] {
            let found = rejected_on(&format!("{one}, {beside}"), "async fn f(e: E) {}");
            assert!(
                found.starts_with("`schedule` with an event of your own cannot share a function")
            );
        }
        let both = read_on(&format!("{one}, {other}, trigger = sqs"), "async fn f(e: E) {}");
        assert_eq!(both.unwrap_err().len(), 2);
    }

    #[test]
    fn batch_concurrency_is_one_number_for_a_function_and_not_for_whole_batches() {
        let attribute = |first: u32, second: u32| {
            format!(
                "trigger = sqs(batch_concurrency = {first}), trigger = sqs(queue = Jobs, batch_concurrency = {second})"
            )
        };
        accepted_on(&attribute(3, 3), "async fn f(m: Message<Job>) {}");
        let found = rejected_on(&attribute(3, 4), "async fn f(m: Message<Job>) {}");
        assert_eq!(
            found,
            "`batch_concurrency` of 4, but another trigger of this function has 3\n\nhelp: write the same number for both, or write a second function"
        );
        let found =
            rejected_on("trigger = sqs(batch_concurrency = 3)", "async fn f(e: SqsEvent) {}");
        assert!(
            found.starts_with(
                "`SqsEvent` is a whole batch, and `batch_concurrency` is about single records"
            ),
            "{found}"
        );
        accepted_on("trigger = sqs(batch_concurrency = 3)", "async fn f(e: Mine) {}");
        accepted_on("trigger = sqs", "async fn f(e: SqsEvent) {}");
    }

    #[test]
    fn the_queues_of_a_function_have_no_more_concurrency_than_is_reserved() {
        let attribute = |reserved: u32, first: u32, second: u32| {
            format!(
                "reserved_concurrency = {reserved}, trigger = sqs(max_concurrency = {first}), trigger = sqs(queue = Jobs, max_concurrency = {second})"
            )
        };
        for right in [attribute(5, 2, 3), attribute(0, 2, 3)] {
            accepted_on(&right, "async fn f(m: Message<Job>) {}");
        }
        assert_eq!(
            rejected_on(&attribute(4, 2, 3), "async fn f(m: Message<Job>) {}"),
            "maximum concurrency of 5 of all triggers together is more than the reserved concurrency of 4: Lambda would throttle the messages above it\n\nhelp: lower it or leave it out, or write `reserved_concurrency = 5` or more"
        );
        let one = "reserved_concurrency = 1, trigger = sqs(max_concurrency = 2)";
        let found = rejected_on(one, "async fn f(m: Message<Job>) {}");
        assert!(found.starts_with("maximum concurrency of 2 is more than"), "{found}");
    }
}
