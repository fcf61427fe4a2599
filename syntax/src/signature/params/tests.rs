use super::*;

fn roles(params: &str) -> Vec<String> {
    let mut errors = Errors::new();
    let tokens: Vec<TokenTree> = params.parse::<TokenStream>().unwrap().into_iter().collect();
    let ident = Ident::new("f", proc_macro2::Span::call_site());
    let params = parse_params(&tokens, &ident, "#[function]", &mut errors);
    assert!(errors.into_diagnostics().is_empty());
    let name = |param: &Param| match &param.role {
        ParamRole::Context => "context".to_owned(),
        ParamRole::State => "state".to_owned(),
        ParamRole::Resume => "resume".to_owned(),
        ParamRole::Event => "event".to_owned(),
        ParamRole::Claims(target) if target.optional => format!("optional claims {}", target.ident),
        ParamRole::Claims(target) => format!("claims {}", target.ident),
        ParamRole::Capability(access, target) => {
            format!("{} {} {}", access.capability(), target.ident, target.path)
        }
    };
    params.iter().map(name).collect()
}

#[test]
fn the_role_of_a_parameter_follows_from_the_last_name_of_its_type() {
    for (text, role) in [
        ("mut e: a::S3Event", "event"),
        ("State(s): skylift::State<App>", "state"),
        ("s: State", "state"),
        ("c: Context", "context"),
        ("c: skylift::Context", "context"),
        ("c: (Context)", "context"),
        ("r: Resume<Page>", "resume"),
        ("m: HashMap<String, Vec<u8>>", "event"),
        // Skylift's `Context` has no type parameters.
        ("c: Context<App>", "event"),
        ("c: Context::Other", "event"),
        ("c: <Context as Trait>::Context", "event"),
        ("a: [u8; 3]", "event"),
        ("(a, b): (Context, State)", "event"),
    ] {
        assert_eq!(roles(text), [role], "{text}");
    }
}

#[test]
fn a_comma_inside_a_type_does_not_end_a_parameter() {
    for text in [
        "a: HashMap<String, Vec<u8>>",
        "a: (u8, u16)",
        "a: [u8; { f(1, 2) }]",
        "a: fn(u8, u16) -> HashMap<u8, u16>",
        "a: Box<dyn Fn(u8) -> Result<u8, E>>",
        "a: Box<dyn Fn(u8) -> u8, Global>",
        "a: A<fn() -> u8, B>",
        "a: A<B<C, D>, E>",
        "a: A<{ 1 - 2 }, B>",
        "a: A<-1, B>",
    ] {
        assert_eq!(roles(text), ["event"], "{text}");
        assert_eq!(roles(&format!("{text}, c: Context")), ["event", "context"], "{text}");
        assert_eq!(roles(&format!("c: Context, {text},")), ["context", "event"], "{text}");
    }
    // The parentheses of a pattern are a group too.
    assert_eq!(roles("Path((a, b)): Path<(u8, u8)>, c: Context"), ["event", "context"]);
    assert_eq!(roles(""), [""; 0]);
}

#[test]
fn a_pattern_ends_at_the_first_colon_outside_of_a_path() {
    for (text, role) in [
        ("a::State(s): State<App>", "state"),
        ("s: ::skylift::State<App>", "state"),
        ("s: a::b::State", "state"),
        ("Wrap { state: s }: State<App>", "state"),
        ("::a::B(_): Context", "context"),
    ] {
        assert_eq!(roles(text), [role], "{text}");
    }
}

#[test]
fn an_unreadable_parameter_type_is_an_error_at_the_functions_name() {
    let mut errors = Errors::new();
    let tokens: Vec<TokenTree> =
        "a: , b: Context, c: 3, d".parse::<TokenStream>().unwrap().into_iter().collect();
    let ident = Ident::new("f", proc_macro2::Span::call_site());
    let params = parse_params(&tokens, &ident, "#[function]", &mut errors);
    assert_eq!(params.len(), 1, "the other parameters are read");
    let messages = errors.into_diagnostics();
    assert_eq!(messages.len(), 2);
    for Diagnostic { message, .. } in messages {
        assert!(message.text.starts_with("the type of a parameter cannot be read"), "{message:?}");
    }
}

fn messages(params: &str) -> Vec<String> {
    let mut errors = Errors::new();
    let tokens: Vec<TokenTree> = params.parse::<TokenStream>().unwrap().into_iter().collect();
    let ident = Ident::new("f", proc_macro2::Span::call_site());
    parse_params(&tokens, &ident, "#[function]", &mut errors);
    errors.into_diagnostics().iter().map(Diagnostic::full).collect()
}

#[test]
fn a_capability_can_name_its_calls() {
    let calls = |params: &str| {
        let mut errors = Errors::new();
        let tokens: Vec<TokenTree> = params.parse::<TokenStream>().unwrap().into_iter().collect();
        let ident = Ident::new("f", proc_macro2::Span::call_site());
        let params = parse_params(&tokens, &ident, "#[function]", &mut errors);
        let messages: Vec<String> =
            errors.into_diagnostics().iter().map(Diagnostic::full).collect();
        assert_eq!(messages, [""; 0]);
        let ParamRole::Capability(_, target) = &params[0].role else { panic!("{tokens:?}") };
        let names: Vec<&str> = target.calls.iter().map(|call| call.group.name()).collect();
        (names.join(" "), target.has_tuple_of_calls)
    };
    assert_eq!(calls("o: Reader<Orders>"), (String::new(), false));
    assert_eq!(calls("o: Reader<Orders, Get>"), ("Get".to_owned(), false));
    assert_eq!(calls("o: Writer<a::Orders, (calls::Put,)>"), ("Put".to_owned(), true));
    let both = "o: ReadWriter<Orders, (skylift::calls::BatchGet, Delete)>";
    assert_eq!(calls(both), ("BatchGet Delete".to_owned(), true));
    for (params, expected) in [
        (
            "o: Reader<Orders, Qery>",
            "`Qery` is not a call of a capability\n\nhelp: did you mean `Query`?",
        ),
        (
            "o: Reader<Orders, (Get, Vec<u8>)>",
            "`Vec<u8>` is not a call of a capability\n\nhelp: one of `Get`,",
        ),
        ("o: Reader<Orders, ()>", "a capability needs at least one call"),
        ("o: Reader<Orders, (Get, Query, Get)>", "`Get` is named twice"),
        ("o: Reader<Orders, Customers>", "a capability is of one resource"),
        ("o: Reader<(Orders, Get)>", "a capability is of one resource"),
        ("o: Sender<Jobs, Put>", "a capability is of one resource"),
    ] {
        let found = messages(params);
        assert!(found.len() == 1 && found[0].starts_with(expected), "{params}: {found:?}");
    }
}

#[test]
fn a_capability_inside_another_type_is_one_error_that_shows_it_bare() {
    for (params, inner) in [
        ("up: Option<Reader<Uploads>>", "up: Reader<Uploads>"),
        ("up: std::sync::Arc<Reader<a::Uploads>>", "up: Reader<a::Uploads>"),
        ("up: Box<Arc<Invoker<f>>>", "up: Invoker<f>"),
        ("mut up: &Sender<Jobs>", "up: Sender<Jobs>"),
        ("up: &'static mut Sender<Jobs>", "up: Sender<Jobs>"),
        ("(a, b): (u8, Writer<Uploads>)", "value: Writer<Uploads>"),
        ("up: [Writer<Uploads>; 2]", "up: Writer<Uploads>"),
        ("up: State<Reader<Uploads>>", "up: Reader<Uploads>"),
        ("up: State<Mutex<Reader<Uploads>>>", "up: Reader<Uploads>"),
        ("context: &Context", "context: Context"),
        ("state: Arc<State<App>>", "state: State<App>"),
    ] {
        let found = messages(params);
        assert!(found.len() == 1 && found[0].contains(&format!("`{inner}`")), "{found:?}");
    }
    for right in [
        "a: (Context, State<A>)",
        "a: Result<State<A>, E>",
        "a: Option<Job>",
        "a: State<Arc<App>>",
        "a: State<Arc<Context>>",
        "a: Wrapped<Reader<Uploads>>",
        "a: (u8, u16)",
        "a: Arc",
    ] {
        assert_eq!(messages(right), [""; 0], "{right}");
    }
    // The lifetime is reported with the generics.
    assert_eq!(messages("a: &'a Reader<Uploads>"), [""; 0]);
}

#[test]
fn an_event_that_borrows_is_an_error() {
    for (params, count) in [
        ("e: Order<'_>", 1),
        ("m: Message<Order<'_>>", 1),
        ("Path(id): Path<&str>", 1),
        ("Path(id): Path<&'static str>", 1),
        ("e: Order<'static>", 0),
        ("e: Extension<&'static Shop>", 0),
        ("m: Message<Order>", 0),
        // The lifetime is reported with the generics.
        ("e: Order<'a>", 0),
    ] {
        let found = messages(params);
        assert_eq!(found.len(), count, "{params}: {found:?}");
        assert!(found.iter().all(|it| it.starts_with("an event owns its data")), "{found:?}");
    }
}

#[test]
fn a_conditional_parameter_is_an_error_at_its_cfg_and_other_attributes_are_accepted() {
    for (params, count) in [
        ("a: A, #[cfg(test)] b: Context", 1),
        ("#[allow(unused)] #[cfg_attr(test, allow(unused))] a: A", 1),
        ("#[allow(unused)] a: A", 0),
    ] {
        let mut errors = Errors::new();
        let tokens: Vec<TokenTree> = params.parse::<TokenStream>().unwrap().into_iter().collect();
        let ident = Ident::new("f", proc_macro2::Span::call_site());
        parse_params(&tokens, &ident, "#[function]", &mut errors);
        let messages = errors.into_diagnostics();
        assert_eq!(messages.len(), count, "{params}");
        assert!(messages.iter().all(|it| it.message.text.starts_with("a handler's parameter")));
    }
}

#[test]
fn a_type_with_a_path_from_self_is_not_a_receiver() {
    assert_eq!(roles("a: self::Event"), ["event"]);
}

#[test]
fn a_capability_is_a_type_with_its_name_and_one_plain_path() {
    for (text, role) in [
        ("w: Writer<Uploads>", "Writer Uploads Uploads"),
        ("r: skylift::Reader<crate::res::Orders>", "Reader Orders crate :: res :: Orders"),
        ("i: Invoker<thumbs::r#type>", "Invoker type thumbs :: r#type"),
        ("r: Reader<(Uploads)>", "Reader Uploads (Uploads)"),
    ] {
        assert_eq!(roles(text), [role], "{text}");
    }
    for other in [
        "a: Reader<Vec<u8>>",
        "b: Reader",
        "c: Reader<A, Vec<u8>>",
        "d: Reader<&'static str>",
        "e: BufReader<File>",
        "f: Reader<'a>",
        "g: Reader<>",
    ] {
        assert_eq!(roles(other), ["event"], "{other}");
    }
}

#[test]
fn a_state_inside_another_type_is_an_error_without_a_word_about_permissions() {
    assert_eq!(
        messages("app: Option<State<App>>"),
        [
            "a handler takes `State<App>` itself, not inside `Option<State<App>>`\n\nhelp: write `app: State<App>`"
        ]
    );
}

#[test]
fn a_capability_of_several_resources_or_of_another_crate_is_one_error() {
    for (params, message) in [
        (
            "a: Reader<Uploads, Drafts>",
            "a capability is of one resource, and `Reader<Uploads, Drafts>` names 2\n\nhelp: write a parameter for each: `Reader<Uploads>` and `Reader<Drafts>`",
        ),
        (
            "a: Writer<(Uploads, Drafts)>",
            "a capability is of one resource, and `Writer<(Uploads, Drafts)>` names 2\n\nhelp: write a parameter for each: `Writer<Uploads>` and `Writer<Drafts>`",
        ),
        (
            "a: tokio::sync::mpsc::Sender<Job>",
            "a handler cannot take `tokio::sync::mpsc::Sender<Job>`: it is not Skylift's `Sender`\n\nhelp: write `Sender<R>`, where `R` is declared with `#[resource(…)]`, or make the value in the handler",
        ),
    ] {
        assert_eq!(messages(params), [message], "{params}");
    }
    for right in ["a: skylift::Sender<Jobs>", "a: mine::Sender<Jobs>", "a: Sender<std::Jobs>"] {
        assert_eq!(messages(right), [""; 0], "{right}");
    }
}

#[test]
fn claims_name_their_authorizer() {
    for (text, role) in [
        ("Claims(user): Claims<Users>", "claims Users"),
        ("c: skylift::http::Claims<crate::auth::Users>", "claims Users"),
        ("c: Option<Claims<Users>>", "optional claims Users"),
        ("c: Claims", "event"),
        ("c: Claims<Token<User>>", "event"),
        ("c: Claims<A, B>", "event"),
        ("c: Option<Other<Users>>", "event"),
    ] {
        assert_eq!(roles(text), [role], "{text}");
    }
    let mut errors = Errors::new();
    let tokens: Vec<TokenTree> =
        "c: Result<Claims<Users>, E>".parse::<TokenStream>().unwrap().into_iter().collect();
    let ident = Ident::new("f", proc_macro2::Span::call_site());
    let _ = parse_params(&tokens, &ident, "#[function]", &mut errors);
    let [error] = errors.into_diagnostics().try_into().unwrap_or_else(|all| panic!("{all:?}"));
    assert_eq!(
        error.full(),
        "a handler takes `Claims<Users>` itself, not inside `Result<Claims<Users>, E>`\n\nhelp: write `c: Claims<Users>`, or `Option<Claims<Users>>` if some of its routes are open"
    );
}
