//! What triggers and parameters of one function get wrong beside each other.

use skylift_model::problem::PlaceInItem;
use skylift_model::route::Route;
use skylift_model::source::Trigger;
use syn::{GenericArgument, PathArguments, Type};

use super::Item;
use crate::errors::Errors;
use crate::signature;

impl Item {
    /// What the parameters, beside these triggers, get wrong.
    pub(super) fn check_params(&self, triggers: &[Trigger], errors: &mut Errors) {
        if triggers.iter().all(|trigger| trigger.request_shape().is_none()) {
            self.check_event(errors);
            return;
        }
        for (index, trigger) in triggers.iter().enumerate() {
            if trigger.request_shape().is_none() && !trigger.is_tick() {
                let source = trigger.source();
                errors
                    .push(&self.place(&PlaceInItem::Trigger(index)), format!("an HTTP handler cannot take `{source}` as well"))
                    .help("its parameters are extractors of a request: write a second function for the other events");
            }
        }
        for route in triggers.iter().filter_map(|trigger| trigger.route()) {
            self.check_path_parameters(route, errors);
        }
    }

    /// A schedule with an input of its own brings an event that only the handler knows the form of:
    /// beside others, nobody could tell whose it is.
    pub(super) fn check_inputs(&self, triggers: &[Trigger], errors: &mut Errors) {
        if triggers.iter().all(|trigger| trigger.has_custom_input()) {
            return;
        }
        for (index, _) in triggers.iter().enumerate().filter(|(_, it)| it.has_custom_input()) {
            errors
                .push(&self.place(&PlaceInItem::Trigger(index)), "a schedule with an input of its own cannot stand beside another trigger: the handler could not tell them apart")
                .help("write a second function");
        }
    }

    /// The handler is told of one message, not of its trigger: what bounds it holds for all.
    pub(super) fn check_concurrency(&self, triggers: &[Trigger], errors: &mut Errors) {
        let numbered = triggers.iter().enumerate();
        let mut said = numbered.filter_map(|(index, it)| Some((index, it.batch_concurrency()?)));
        let Some((at, first)) = said.next() else { return };
        let whole = self
            .event_name()
            .filter(|name| Trigger::find_event(name).is_some_and(|(_, it)| !it.record));
        if let Some(event) = whole {
            errors
                .push(
                    &self.place(&PlaceInItem::trigger_key(at, "concurrency")),
                    format!("`{event}` is a whole batch, and how it is worked on is the handler's own"),
                )
                .help("leave `concurrency` out, or take one message at a time: `Message<T>` or `SqsMessage`");
        }
        for (index, other) in said.filter(|(_, other)| *other != first) {
            let (first, other) = (first.get(), other.get());
            errors
                .push(
                    &self.place(&PlaceInItem::trigger_key(index, "concurrency")),
                    format!("concurrency of {other}, where another trigger of this function says {first}"),
                )
                .help("a function has one: write the same number twice, or write a second function");
        }
    }

    /// An event stands first and alone; what follows is made by the runtime.
    fn check_event(&self, errors: &mut Errors) {
        let events = self.signature.params.iter().enumerate().filter(|(_, param)| param.is_event());
        for (_, param) in events.filter(|(index, _)| *index > 0) {
            let message =
                errors.push(&param.place, "a handler takes one event, as its first parameter");
            message.help("what may follow is `State<T>`, `Context` and capabilities, such as `Reader<Uploads>`");
        }
    }

    /// `Path<(A, B)>` takes two parameters: what can be counted here has to agree with the route.
    fn check_path_parameters(&self, route: &Route, errors: &mut Errors) {
        let Route::Path(_, path) = route else { return };
        let names: Vec<&str> = path.parameters().collect();
        for param in &self.signature.params {
            let Some(arity) = path_arity(&param.ty).filter(|arity| *arity != names.len()) else {
                continue;
            };
            let count = |number| match number {
                0 => "no parameter".to_owned(),
                1 => "one parameter".to_owned(),
                many => format!("{many} parameters"),
            };
            let message = errors.push(
                &param.place,
                format!(
                    "this `Path` takes {}, route `{route}` has {}",
                    count(arity),
                    count(names.len())
                ),
            );
            if names.is_empty() {
                let path = path.as_str().trim_end_matches('/');
                message.help(format!("add one to the path, as `{path}/{{id}}`"));
            } else {
                let (is, plural) = if names.len() == 1 { ("is", "") } else { ("are", "s") };
                let names = skylift_model::suggest::list(names.iter().copied());
                message.help(format!("the route's parameter{plural} {is} {names}"));
            }
        }
    }
}

/// How many path parameters an extractor takes, where its type tells: `Path<(String, u32)>` takes
/// two, `Path<String>` one; a struct could take any number.
fn path_arity(ty: &Type) -> Option<usize> {
    const SCALARS: &[&str] = &[
        "String", "char", "bool", "u8", "u16", "u32", "u64", "u128", "usize", "i8", "i16", "i32",
        "i64", "i128", "isize", "f32", "f64", "Uuid",
    ];
    let segment = signature::last_segment(ty).filter(|segment| segment.ident == "Path")?;
    let PathArguments::AngleBracketed(arguments) = &segment.arguments else { return None };
    let Some(GenericArgument::Type(inner)) = arguments.args.first() else { return None };
    match inner {
        Type::Tuple(tuple) => Some(tuple.elems.len()),
        other => {
            let name = &signature::last_segment(other)?.ident;
            SCALARS.iter().any(|scalar| name == scalar).then_some(1)
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::function::testing::{read_on, refused_on, right_on};

    const ROUTE: &str = r#"trigger = http("GET /a/{id}")"#;
    const TWO: &str = r#"trigger = http("GET /a/{id}/{part+}")"#;
    const NONE: &str = r#"trigger = http("GET /a/")"#;

    #[test]
    fn a_handler_takes_one_event_and_takes_it_first() {
        for right in ["", "e: E", "e: E, c: Context, s: State<App>, w: Writer<A>", "c: Context"] {
            right_on("", &format!("async fn f({right}) {{}}"));
        }
        for wrong in ["e: E, o: Other", "c: Context, e: E"] {
            let found = refused_on("", &format!("async fn f({wrong}) {{}}"));
            assert_eq!(
                found,
                "a handler takes one event, as its first parameter\n\nhelp: what may follow is `State<T>`, `Context` and capabilities, such as `Reader<Uploads>`"
            );
        }
    }

    #[test]
    fn an_http_handler_takes_any_extractors_and_ticks_beside_its_requests() {
        right_on(ROUTE, "async fn f(a: A, b: B, c: Context) {}");
        right_on(&format!("{ROUTE}, schedule = \"rate(1 day)\""), "async fn f(a: A) {}");
        let found = refused_on(&format!("{ROUTE}, trigger = sqs"), "async fn f(a: A) {}");
        assert_eq!(
            found,
            "an HTTP handler cannot take `sqs` as well\n\nhelp: its parameters are extractors of a request: write a second function for the other events"
        );
    }

    #[test]
    fn a_path_extractor_takes_as_many_parameters_as_its_route_has() {
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
            right_on(route, &on(ty));
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
            assert_eq!(refused_on(route, &on(ty)), message, "{ty}");
        }
        let none = refused_on(&NONE.replace("/a/", "/a"), &on("Path<u64>"));
        assert_eq!(
            none,
            "this `Path` takes one parameter, route `GET /a` has no parameter\n\nhelp: add one to the path, as `/a/{id}`"
        );
        let root = refused_on(&NONE.replace("/a/", "/"), &on("Path<u64>"));
        assert!(root.ends_with("help: add one to the path, as `/{id}`"), "{root}");
    }

    #[test]
    fn a_schedule_with_an_input_of_its_own_stands_alone_or_beside_its_like() {
        let input =
            |every: &str| format!("trigger = schedule(\"{every}\", input = {{ \"a\": 1 }})");
        let (one, other) = (input("rate(1 day)"), input("rate(2 days)"));
        for right in
            [one.clone(), format!("{one}, {other}"), "schedule = \"rate(1 day)\"".to_owned()]
        {
            right_on(&right, "async fn f(e: E) {}");
        }
        for beside in ["trigger = sqs", "schedule = \"rate(3 days)\""] {
            let found = refused_on(&format!("{one}, {beside}"), "async fn f(e: E) {}");
            assert!(found.starts_with("a schedule with an input of its own cannot stand beside"));
        }
        let both = read_on(&format!("{one}, {other}, trigger = sqs"), "async fn f(e: E) {}");
        assert_eq!(both.unwrap_err().len(), 2);
    }

    #[test]
    fn what_bounds_a_message_is_one_number_and_not_for_a_whole_batch() {
        let with = |first: u32, second: u32| {
            format!(
                "trigger = sqs(concurrency = {first}), trigger = sqs(queue = Jobs, concurrency = {second})"
            )
        };
        right_on(&with(3, 3), "async fn f(m: Message<Job>) {}");
        let found = refused_on(&with(3, 4), "async fn f(m: Message<Job>) {}");
        assert_eq!(
            found,
            "concurrency of 4, where another trigger of this function says 3\n\nhelp: a function has one: write the same number twice, or write a second function"
        );
        let found = refused_on("trigger = sqs(concurrency = 3)", "async fn f(e: SqsEvent) {}");
        assert!(
            found.starts_with("`SqsEvent` is a whole batch, and how it is worked on"),
            "{found}"
        );
        right_on("trigger = sqs(concurrency = 3)", "async fn f(e: Mine) {}");
        right_on("trigger = sqs", "async fn f(e: SqsEvent) {}");
    }
}
