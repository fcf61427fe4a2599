//! Tests of a function's environment: its size and its names.

use super::{app, assert_problem, capability, found, function, resource, table};
use crate::access::Access;
use crate::aws::name::{EnvKey, ExportName, LogicalId};
use crate::aws::provisioned_concurrency::ProvisionedConcurrency;
use crate::aws::value::CfnValue;
use crate::idempotency::{Idempotency, IdempotencyTtl};
use crate::location::{ItemIndex, PlaceInItem};
use crate::resource::ResourceSettings;
use crate::resource::bucket::Bucket;
use crate::resource::queue::{MaxReceiveCount, Queue};
use crate::resume::{Hops, Resume};
use crate::{App, AppParts, Function, FunctionSettings};

fn variable(key: &str, value: &str) -> (EnvKey, CfnValue) {
    (EnvKey::try_from(key).unwrap(), CfnValue::Literal(value.to_owned()))
}

fn bucket(ident: &str) -> crate::resource::Resource {
    resource(ident, ResourceSettings::Bucket(Bucket::default()))
}

#[test]
fn the_environment_has_4096_bytes_with_the_defaults_that_are_not_replaced() {
    let whole = |bytes: usize, default: (EnvKey, CfnValue)| {
        let mut function = function("f");
        function.settings.env = vec![variable("KEY", &"a".repeat(bytes - 3))];
        let defaults = FunctionSettings { env: vec![default], ..FunctionSettings::default() };
        App::new(AppParts { defaults, functions: vec![function], ..AppParts::default() })
    };
    assert_eq!(found(&whole(4_096, variable("KEY", "replaced"))), []);
    assert_eq!(found(&whole(4_091, variable("LOG", "ab"))), []);
    assert_problem(
        &whole(4_092, variable("LOG", "ab")),
        0,
        &PlaceInItem::key("env"),
        "the environment has 4097 bytes of keys and values, Lambda takes 4096",
        "keep large values in a file beside the code, in S3 or in a parameter",
    );
}

#[test]
fn values_known_at_deployment_count_with_their_keys_and_injected_variables_with_their_names() {
    let mut function = function("f");
    let name = EnvKey::try_from("EXPORT").unwrap();
    function.settings.env = vec![
        (name, CfnValue::Import(ExportName::try_from("x".repeat(255).as_str()).unwrap())),
        variable("KEY", &"a".repeat(4_096 - 9 - 19)),
    ];
    function.capabilities = vec![capability(Access::Read, "Uploads", 0)];
    let fits = app(vec![function.clone()], vec![bucket("Uploads")]);
    assert_eq!(found(&fits), []);
    function.settings.env.push(variable("AB", ""));
    let (_, _, message, _) = super::problem(&app(vec![function], vec![bucket("Uploads")]));
    assert!(message.starts_with("the environment has 4098 bytes"), "{message}");
}

#[test]
fn the_settings_variable_counts_if_versions_are_published() {
    let mut function = function("f");
    function.settings.env = vec![variable("KEY", &"a".repeat(4_096 - 3 - 16 - 16))];
    function.settings.provisioned_concurrency = ProvisionedConcurrency::try_from(1).ok();
    assert_eq!(found(&app(vec![function.clone()], Vec::new())), []);
    function.settings.env.push(variable("AB", ""));
    let (_, at, message, _) = super::problem(&app(vec![function], Vec::new()));
    assert_eq!(at, PlaceInItem::key("env"));
    assert!(message.starts_with("the environment has 4098 bytes"), "{message}");
}

#[test]
fn the_settings_variable_cannot_be_set_by_the_user() {
    let env = vec![variable("SKYLIFT_SETTINGS", "x")];
    let published = |published: bool, own: bool| {
        let settings = FunctionSettings {
            env: if own { env.clone() } else { Vec::new() },
            provisioned_concurrency: ProvisionedConcurrency::try_from(1).ok().filter(|_| published),
            ..FunctionSettings::default()
        };
        let defaults = FunctionSettings {
            env: if own { Vec::new() } else { env.clone() },
            ..FunctionSettings::default()
        };
        let functions = vec![Function { settings, ..function("f") }];
        App::new(AppParts { defaults, functions, ..AppParts::default() })
    };
    assert_eq!(found(&published(false, true)), []);
    assert_problem(
        &published(true, true),
        0,
        &PlaceInItem::key("env"),
        "Skylift sets `SKYLIFT_SETTINGS` for functions with `provisioned_concurrency` or `deploy`",
        "give yours another name",
    );
    let (item, at, _, _) = super::problem(&published(true, false));
    assert_eq!((item, at), (ItemIndex::Defaults, PlaceInItem::Env("SKYLIFT_SETTINGS".to_owned())));
}

#[test]
fn each_resource_that_a_function_uses_has_a_variable() {
    let mut f = function("f");
    f.capabilities = vec![
        capability(Access::Invoke, "other", 1),
        capability(Access::Write, "Uploads", 2),
        capability(Access::Read, "Nowhere", 3),
    ];
    f.idempotent = Some(Idempotency {
        key: Vec::new(),
        check: Vec::new(),
        store: Some("Done".to_owned()),
        ttl: IdempotencyTtl::DEFAULT,
    });
    f.resume = Some(Resume { hops: Hops::DEFAULT, max_receives: MaxReceiveCount::DEFAULT });
    let resources = vec![bucket("Uploads"), resource("Done", ResourceSettings::Table(table()))];
    let app = app(vec![f, function("other")], resources);
    let variables: Vec<(PlaceInItem, &str, String)> = app
        .injected_variables(&app.functions[0])
        .into_iter()
        .map(|it| (it.at, it.target, it.name))
        .collect();
    assert_eq!(
        variables,
        [
            (PlaceInItem::Param(1), "other", "OTHER_FUNCTION_NAME".to_owned()),
            (PlaceInItem::Param(2), "Uploads", "UPLOADS_BUCKET_NAME".to_owned()),
            (PlaceInItem::Store, "Done", "DONE_TABLE_NAME".to_owned()),
            (PlaceInItem::key("resume"), "FResume()", "FRESUME_QUEUE_URL".to_owned()),
        ]
    );
}

#[test]
fn an_injected_variable_cannot_be_set_by_the_user() {
    let mut f = function("f");
    f.capabilities = vec![capability(Access::Write, "Uploads", 2)];
    let env = vec![variable("UPLOADS_BUCKET_NAME", "x")];
    let own = Function {
        settings: FunctionSettings { env: env.clone(), ..FunctionSettings::default() },
        ..f.clone()
    };
    let defaults = FunctionSettings { env, ..FunctionSettings::default() };
    let with = |functions, defaults| {
        let resources = vec![bucket("Uploads")];
        App::new(AppParts { defaults, functions, resources, ..AppParts::default() })
    };
    assert_problem(
        &with(vec![own], FunctionSettings::default()),
        0,
        &PlaceInItem::Param(2),
        "this needs the environment variable `UPLOADS_BUCKET_NAME`, which `env` sets already",
        "leave it to Skylift, or rename yours",
    );
    // Two functions use the bucket. The default is one mistake.
    let other = Function { id: function("g").id, handler: "g".to_owned(), ..f.clone() };
    let (item, at, message, _) = super::problem(&with(vec![f, other], defaults));
    let place = PlaceInItem::Env("UPLOADS_BUCKET_NAME".to_owned());
    assert_eq!((item, at), (ItemIndex::Defaults, place));
    assert_eq!(
        message,
        "`f` needs the environment variable `UPLOADS_BUCKET_NAME`, which `env` in `[package.metadata.skylift]` sets already"
    );
}

#[test]
fn defaults_that_are_too_large_alone_are_one_mistake() {
    let env = vec![variable("KEY", &"a".repeat(4_096))];
    let defaults = FunctionSettings { env, ..FunctionSettings::default() };
    let functions = vec![function("f"), function("g")];
    let app = App::new(AppParts { defaults, functions, ..AppParts::default() });
    let (item, at, message, _) = super::problem(&app);
    assert_eq!((item, at), (ItemIndex::Defaults, PlaceInItem::key("env")));
    assert!(message.starts_with("the environment has 4099 bytes"), "{message}");
}

#[test]
fn two_resources_cannot_have_the_same_variable() {
    let mut f = function("f");
    f.capabilities =
        vec![capability(Access::Read, "Jobs", 0), capability(Access::Write, "Jobs", 1)];
    assert_eq!(found(&app(vec![f.clone()], vec![bucket("Jobs")])), []);
    let mut other = bucket("Works");
    other.id = LogicalId::try_from("JOBS").unwrap();
    f.capabilities[1] = capability(Access::Write, "Works", 1);
    assert_problem(
        &app(vec![f], vec![bucket("Jobs"), other]),
        0,
        &PlaceInItem::Param(1),
        "this and `Jobs` would both have the environment variable `JOBS_BUCKET_NAME`",
        "give one of them another id: `id = \"…\"`",
    );
}

#[test]
fn a_variable_that_lambda_refuses_is_reported_with_help_about_the_id() {
    let mut queue = resource("Jobs", ResourceSettings::Queue(Queue::default()));
    queue.id = LogicalId::try_from("1st").unwrap();
    let mut f = function("f");
    f.capabilities = vec![capability(Access::Send, "Jobs", 0)];
    assert_problem(
        &app(vec![f], vec![queue]),
        0,
        &PlaceInItem::Param(0),
        "`1ST_QUEUE_URL` is not a name for an environment variable: it has to begin with a letter",
        "give the resource another id",
    );
}
