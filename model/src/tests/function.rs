//! Tests of functions: settings and defaults, and the resources that a function names.

use super::{capability, function, triggered};
use crate::access::Access;
use crate::allow_statement::AllowStatement;
use crate::aws::function_keys;
use crate::aws::lambda_settings::{LambdaSettings, Network, ResultTarget, Tenants};
use crate::aws::logs::{LogFormat, LogLevel, LogRetention, Tracing};
use crate::aws::mapping::stream::StreamMapping;
use crate::aws::name::EnvKey;
use crate::aws::node::Map;
use crate::aws::provisioned_concurrency::ProvisionedConcurrency;
use crate::aws::value::{ArnReference, CfnValue};
use crate::duration::Milliseconds;
use crate::idempotency::{Idempotency, IdempotencyTtl};
use crate::keep_warm::KeepWarm;
use crate::location::PlaceInItem;
use crate::resource::ResourceKind;
use crate::resource::queue::MaxReceiveCount;
use crate::resume::{Hops, Resume};
use crate::schedule::ScheduleExpression;
use crate::settings::{Architecture, Timeout};
use crate::source::dynamodb::DynamoDb;
use crate::{App, AppParts, Function, FunctionSettings, Requirement, ResourceUse};

#[test]
fn the_settings_of_a_function_override_the_defaults_of_the_application() {
    let timeout = |seconds| Timeout::try_from(seconds).ok();
    let days = |days| LogRetention::try_from(days).ok();
    let defaults = FunctionSettings {
        timeout: timeout(10),
        log_retention: days(90),
        architecture: Some(Architecture::X86_64),
        log_level: Some(LogLevel::Warn),
        ..FunctionSettings::default()
    };
    let own = FunctionSettings {
        timeout: timeout(20),
        log_retention: days(7),
        architecture: Some(Architecture::Arm64),
        log_level: Some(LogLevel::Debug),
        ..FunctionSettings::default()
    };
    let (none, said) = (function("f"), Function { settings: own, ..function("f") });
    let empty = FunctionSettings::default();
    for (function, defaults, seconds, kept, architecture, level) in [
        (&none, &empty, 3, 30, None, None),
        (&none, &defaults, 10, 90, Some(Architecture::X86_64), Some(LogLevel::Warn)),
        (&said, &defaults, 20, 7, Some(Architecture::Arm64), Some(LogLevel::Debug)),
    ] {
        assert_eq!(function.timeout(defaults).get(), seconds);
        assert_eq!(function.log_retention(defaults).get(), kept);
        assert_eq!(function.architecture(defaults), architecture);
        let logging = function.logging(defaults);
        assert_eq!((logging.level, logging.format), (level, level.map(|_| LogFormat::Json)));
    }
}

#[test]
fn a_function_that_resumes_has_a_longer_default_margin() {
    let resume = Some(Resume { hops: Hops::DEFAULT, max_receives: MaxReceiveCount::DEFAULT });
    let margin = |seconds: u64| Milliseconds::new(seconds * 1_000).try_into().ok();
    let none = FunctionSettings::default();
    let own = FunctionSettings { deadline_margin: margin(2), ..FunctionSettings::default() };
    let defaults = FunctionSettings { deadline_margin: margin(1), ..FunctionSettings::default() };
    let resumes = Function { resume, ..function("f") };
    assert_eq!(function("f").deadline_margin(&none).get(), 500);
    assert_eq!(resumes.deadline_margin(&none).get(), 1_500);
    assert_eq!(resumes.deadline_margin(&defaults).get(), 1_000);
    assert_eq!(Function { settings: own, ..resumes }.deadline_margin(&defaults).get(), 2_000);
}

#[test]
fn a_function_is_traced_unless_tracing_is_disabled() {
    let traced = |own: Option<Tracing>, default: Option<Tracing>| {
        let settings = |tracing| FunctionSettings { tracing, ..FunctionSettings::default() };
        Function { settings: settings(own), ..function("f") }.is_traced(&settings(default))
    };
    assert!(!traced(None, None));
    assert!(traced(Some(Tracing::Active), None));
    assert!(traced(None, Some(Tracing::PassThrough)));
    assert!(!traced(Some(Tracing::Disabled), Some(Tracing::Active)));
}

#[test]
fn cold_starts_are_counted_by_default_if_a_setting_avoids_them() {
    let keep_warm = Some(KeepWarm::from("rate(5 minutes)".parse::<ScheduleExpression>().unwrap()));
    let provisioned = FunctionSettings {
        provisioned_concurrency: ProvisionedConcurrency::try_from(1).ok(),
        ..FunctionSettings::default()
    };
    let said = |metric| FunctionSettings {
        cold_start_metric: Some(metric),
        ..FunctionSettings::default()
    };
    let none = FunctionSettings::default();
    let warm = Function { keep_warm, ..function("f") };
    assert!(!function("f").counts_cold_starts(&none));
    assert!(warm.counts_cold_starts(&none));
    assert!(Function { settings: provisioned, ..function("f") }.counts_cold_starts(&none));
    assert!(!warm.counts_cold_starts(&said(false)));
    assert!(Function { settings: said(true), ..function("f") }.counts_cold_starts(&said(false)));
}

#[test]
fn a_function_has_the_last_segment_of_its_path_as_its_identifier() {
    let mut function = function("make_thumbnail");
    assert_eq!(function.ident(), "make_thumbnail");
    function.handler = "images::jpeg::make_thumbnail".to_owned();
    assert_eq!(function.ident(), "make_thumbnail");
    assert_eq!(function.variable_name(), "MAKE_THUMBNAIL_FUNCTION_NAME");
}

#[test]
fn every_place_that_names_a_resource_is_returned() {
    let dynamodb = DynamoDb {
        table: ArnReference::Declared("Orders".to_owned()),
        mapping: StreamMapping {
            on_failure: Some(ArnReference::Declared("Failed".to_owned())),
            ..StreamMapping::default()
        },
    };
    let resource = |ident: &str| CfnValue::Resource(ident.to_owned());
    let literal = || CfnValue::Literal("*".to_owned());
    let key = |key: &str| EnvKey::try_from(key).unwrap();
    let mut function = triggered("f", vec![dynamodb.into()]);
    function.settings.env = vec![(key("LOG"), literal()), (key("QUEUE"), resource("Jobs"))];
    let allow = |resources| AllowStatement {
        actions: vec!["s3:GetObject".to_owned()],
        resources,
        ..AllowStatement::default()
    };
    function.settings.allow =
        vec![allow(vec![literal()]), allow(vec![literal(), resource("Uploads")])];
    function.idempotent = Some(Idempotency {
        key: Vec::new(),
        check: Vec::new(),
        store: Some("Done".to_owned()),
        ttl: IdempotencyTtl::DEFAULT,
    });
    function.capabilities =
        vec![capability(Access::Invoke, "other", 1), capability(Access::Write, "Thumbnails", 2)];
    let mention = |at, ident, requirement| ResourceUse { at, ident, requirement };
    assert_eq!(
        function.resource_uses(),
        [
            mention(
                PlaceInItem::trigger_key(0, "table"),
                "Orders",
                Requirement::Kind(ResourceKind::Table)
            ),
            mention(PlaceInItem::trigger_key(0, "on_failure"), "Failed", Requirement::Destination),
            mention(PlaceInItem::Env("QUEUE".to_owned()), "Jobs", Requirement::Anything),
            mention(
                PlaceInItem::Allow { statement: 1, resource: 1 },
                "Uploads",
                Requirement::Anything
            ),
            mention(PlaceInItem::Store, "Done", Requirement::Kind(ResourceKind::Table)),
            mention(PlaceInItem::Param(2), "Thumbnails", Requirement::Access(Access::Write)),
        ]
    );
    assert_eq!(function.invokes().collect::<Vec<_>>(), [(1, "other")]);
    assert_eq!(function.settings.values().count(), 5);
}

#[test]
fn a_requirement_accepts_the_kinds_that_fulfil_it() {
    for (requirement, kinds) in [
        (Requirement::Anything, ResourceKind::ALL.to_vec()),
        (Requirement::Kind(ResourceKind::Topic), vec![ResourceKind::Topic]),
        (
            Requirement::Destination,
            vec![ResourceKind::Bucket, ResourceKind::Queue, ResourceKind::Topic],
        ),
        (Requirement::Access(Access::Publish), vec![ResourceKind::Bus, ResourceKind::Topic]),
    ] {
        let taken: Vec<ResourceKind> =
            ResourceKind::ALL.iter().copied().filter(|kind| requirement.accepts(*kind)).collect();
        assert_eq!(taken, kinds, "{requirement:?}");
    }
}

#[test]
fn the_architecture_follows_from_the_target_of_rust() {
    for (target, architecture, text) in [
        ("aarch64", Some(Architecture::Arm64), "arm64"),
        ("x86_64", Some(Architecture::X86_64), "x86_64"),
        ("riscv64", None, ""),
    ] {
        let of = Architecture::from_target_arch(target);
        assert_eq!((of, of.map_or("", Architecture::as_str)), (architecture, text));
    }
}

#[test]
fn default_properties_are_below_those_of_a_function_and_below_its_keys() {
    let config = |retention: &str| Map::new().with("UpdateRuntimeOn", retention);
    let outcome = Map::new().with("OnSuccess", "done").with("OnFailure", "failed");
    let invoke = Map::new().with("DestinationConfig", outcome);
    let defaults = Map::new()
        .with("RuntimeManagementConfig", config("Auto"))
        .with("VpcConfig", Map::new().with("SubnetIds", "a"))
        .with("EventInvokeConfig", invoke)
        .with("KmsKeyArn", "key");
    let mut own = function("f");
    own.properties = Map::new().with("RuntimeManagementConfig", config("Manual"));
    own.settings.lambda.network = Some(Network::None);
    own.settings.lambda.on_failure = Some(ResultTarget::Function("g".to_owned()));
    let parts = AppParts {
        functions: vec![own, function("g")],
        properties: defaults.clone(),
        ..AppParts::default()
    };
    let app = App::new(parts);
    let left = Map::new().with("DestinationConfig", Map::new().with("OnSuccess", "done"));
    assert_eq!(
        app.functions[0].properties,
        Map::new()
            .with("RuntimeManagementConfig", config("Manual"))
            .with("EventInvokeConfig", left)
            .with("KmsKeyArn", "key")
    );
    assert_eq!(app.functions[1].properties, defaults);
}

#[test]
fn every_optional_key_is_known_to_the_settings() {
    let all = LambdaSettings::default();
    for (_, key) in function_keys::optionally_keyed_properties() {
        assert!(!all.sets(key), "{key}");
    }
    let set = LambdaSettings {
        role_path: Some("/a/".to_owned()),
        tenants: Some(Tenants::Isolated),
        ..LambdaSettings::default()
    };
    let keys = function_keys::optionally_keyed_properties().map(|(_, key)| key);
    let keys: Vec<&str> = keys.filter(|key| set.sets(key)).collect();
    assert_eq!(keys, ["role_path", "tenants"]);
}
