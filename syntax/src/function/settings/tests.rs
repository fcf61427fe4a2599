//! Tests of a function's settings: each setting is read, and wrong values are rejected.

use skylift_model::allow_statement::AllowStatement;
use skylift_model::aws::value::TagValue;

use super::*;
use crate::function::testing::{accepted, rejected, rejected_all};

#[test]
fn every_setting_is_read() {
    let read = accepted(
        r#"memory = 512, timeout = "30s", architecture = arm64, ephemeral_storage = 1024, retries = 1,
        max_event_age = "1h", deadline_margin = "1s", env(LOG = "info", TABLE = param("T")),
        log_retention = 30, log_format = json, log_level = debug, system_log_level = warn,
        tracing = active, tags(team = "media"), cold_start_metric, reserved_concurrency = 5,
        provisioned_concurrency = 2, policy = ["ReadOnlyAccess", "AmazonSQSFullAccess"],
        policy = "AWSLambdaRole",
        allow(actions = ["ses:SendEmail", "*"], resources = ["*", "arn:aws:s3:::a", Jobs, param("P")])"#,
    )
    .settings;
    assert_eq!(read.memory.unwrap().get(), 512);
    assert_eq!(read.timeout.unwrap().get(), 30);
    assert_eq!(read.architecture, Some(Architecture::Arm64));
    assert_eq!(read.ephemeral_storage.unwrap().get(), 1024);
    assert_eq!(read.retries.unwrap().get(), 1);
    assert_eq!(read.max_event_age.unwrap().get(), 3_600);
    assert_eq!(read.deadline_margin.unwrap().get(), 1_000);
    let env: Vec<&str> = read.env.iter().map(|(key, _)| key.as_str()).collect();
    assert_eq!(env, ["LOG", "TABLE"]);
    assert_eq!(read.env[0].1, CfnValue::Literal("info".to_owned()));
    assert_eq!(read.log_retention.unwrap().get(), 30);
    assert_eq!(read.log_format, Some(LogFormat::Json));
    assert_eq!(read.log_level, Some(LogLevel::Debug));
    assert_eq!(read.system_log_level, Some(SystemLogLevel::Warn));
    assert_eq!(read.tracing, Some(Tracing::Active));
    assert_eq!(read.tags, [("team".to_owned(), TagValue::Text("media".to_owned()))]);
    assert_eq!(read.cold_start_metric, Some(true));
    assert_eq!(read.reserved_concurrency.unwrap().get(), 5);
    assert_eq!(read.provisioned_concurrency.unwrap().max.get(), 2);
    assert_eq!(read.policies, ["ReadOnlyAccess", "AmazonSQSFullAccess", "AWSLambdaRole"]);
    let [AllowStatement { actions, resources, .. }] = read.allow.as_slice() else {
        panic!("{:?}", read.allow)
    };
    assert_eq!(actions, &["ses:SendEmail", "*"]);
    assert_eq!(resources.len(), 4);
    assert_eq!(resources[2], CfnValue::Resource("Jobs".to_owned()));
    assert_eq!(accepted("architecture = x86_64").settings.architecture, Some(Architecture::X86_64));
    assert_eq!(accepted("").settings, FunctionSettings::default());
}

#[test]
fn defaults_for_all_functions_do_not_take_the_settings_of_a_single_function() {
    for (key, read_as_default) in [("memory = 512", true), ("reserved_concurrency = 1", false)] {
        let mut errors = Errors::new();
        let args = crate::tree::parse_args(key.parse().unwrap(), &mut errors);
        args.read_all("defaults", &mut errors, |args, errors| {
            read_settings(args, SettingsScope::Defaults, errors)
        });
        assert_eq!(errors.into_diagnostics().is_empty(), read_as_default, "{key}");
    }
}

#[test]
fn a_log_level_needs_logs_in_json() {
    for key in ["log_level", "system_log_level"] {
        accepted(&format!("{key} = debug"));
        accepted(&format!("{key} = debug, log_format = json"));
        let found = rejected(&format!("{key} = debug, log_format = text"));
        assert_eq!(
            found,
            format!(
                "`{key}` needs logs in JSON, and `log_format` is `text`\n\nhelp: leave `log_format` out, or make it `json`"
            )
        );
    }
    accepted("log_format = text");
}

#[test]
fn variables_have_names_that_lambda_accepts() {
    let found = rejected(r#"env(AWS_REGION = "x")"#);
    assert!(found.contains("AWS_REGION"), "{found}");
    assert_eq!(
        rejected("env(LOG = [1])"),
        "expected a string, the path of a `#[resource]`, or `param(\"…\")`, found a list"
    );
    assert_eq!(
        rejected("env = 3"),
        "`env` takes its values in parentheses: `env(KEY = \"value\")`"
    );
    assert_eq!(rejected(r#"env(LOG = "x", LOG = "y")"#), "`LOG` is set twice");
    assert_eq!(accepted(r#"env("A_B" = 1)"#).settings.env.len(), 1);
}

#[test]
fn tags_have_the_limits_of_aws() {
    let key = |length: usize| format!("tags(\"{}\" = \"x\")", "k".repeat(length));
    accepted(&key(128));
    for wrong in [key(129), "tags(\"\" = \"x\")".to_owned(), "tags(\"AWS:x\" = \"x\")".to_owned()] {
        let found = rejected(&wrong);
        assert!(
            found.ends_with(
                "is not the key of a tag: a key has 1 to 128 characters and does not begin with `aws:`"
            ),
            "{found}"
        );
    }
    let value = |length: usize| format!("tags(a = \"{}\")", "v".repeat(length));
    assert_eq!(accepted(&value(256)).settings.tags[0].1.text().unwrap().len(), 256);
    assert_eq!(rejected(&value(257)), "the value of a tag has 257 characters, AWS takes 256");
    accepted(r#"tags("aZ09 _.:/=+-@ä" = "aZ09 _.:/=+-@ä")"#);
    let help = "help: a tag has letters, digits, spaces and any of `_.:/=+-@`";
    for (wrong, letter) in
        [(r#"tags("a#b" = "x")"#, "#"), (r#"tags(a = "x?")"#, "?"), (r#"tags(a = "x\ty")"#, "\\t")]
    {
        assert_eq!(
            rejected(wrong),
            format!("`{letter}` cannot be part of a tag\n\n{help}"),
            "{wrong}"
        );
    }
    let many = |count: usize| {
        let tags: Vec<String> = (0..count).map(|number| format!("t{number} = \"x\"")).collect();
        format!("tags({})", tags.join(", "))
    };
    accepted(&many(limits::TAGS));
    assert_eq!(rejected(&many(limits::TAGS + 1)), "51 tags, AWS takes 50");
}

#[test]
fn an_allow_statement_needs_actions_and_resources() {
    let empty = "IAM rejects a statement without actions or resources: leave the whole `allow` out";
    for (wrong, message) in [
        (
            "allow = 3",
            "`allow` takes its values in parentheses: `allow(actions = […], resources = […])`"
                .to_owned(),
        ),
        (r#"allow(actions = ["a:B"])"#, "`allow` needs `resources = […]`".to_owned()),
        (r#"allow(resources = ["*"])"#, "`allow` needs `actions = […]`".to_owned()),
        (
            r#"allow(actions = [], resources = ["*"])"#,
            format!("`actions` of `allow` is empty\n\nhelp: {empty}"),
        ),
        (
            r#"allow(actions = ["a:B"], resources = [])"#,
            format!("`resources` of `allow` is empty\n\nhelp: {empty}"),
        ),
        (
            r#"allow(actions = ["a:B"], resources = ["*"], principals = "*")"#,
            "unknown key `principals` in `allow`\n\nhelp: `allow` takes `actions`, `conditions` and `resources`"
                .to_owned(),
        ),
        (r#"allow(actions = 3, resources = "*")"#, "expected a string, found a number\n\nhelp: write `\"3\"`".to_owned()),
        (
            r#"allow(actions = "a:B", resources = "arn:aws:s3:acme")"#,
            "`arn:aws:s3:acme` is not an ARN\n\nhelp: an ARN is `arn:aws:SERVICE:REGION:ACCOUNT:RESOURCE`, and some services leave the region and the account empty"
                .to_owned(),
        ),
        (
            r#"allow(actions = "a:B", resources = "a")"#,
            "`a` is not an ARN\n\nhelp: write an ARN, `*`, or the path of a `#[resource]`"
                .to_owned(),
        ),
    ] {
        assert_eq!(rejected(wrong), message, "{wrong}");
    }
    for action in ["SendEmail", ":SendEmail", "ses:", "", "**"] {
        let found = rejected(&format!("allow(actions = {action:?}, resources = \"*\")"));
        let help = "help: write `service:Action`, such as `ses:SendEmail`";
        assert_eq!(found, format!("`{action}` is not an IAM action\n\n{help}"));
    }
    assert_eq!(rejected_all("allow()").len(), 2);
    assert_eq!(
        accepted(r#"allow(actions = "a:B", resources = "*"), allow(actions = "*", resources = A)"#)
            .settings
            .allow
            .len(),
        2
    );
}

#[test]
fn a_policy_is_a_string_that_is_not_empty() {
    assert_eq!(rejected("policy = 3"), "expected a string, found a number\n\nhelp: write `\"3\"`");
    assert_eq!(rejected(r#"policy = ["ReadOnlyAccess", ""]"#), "this text is empty");
    let document = rejected(r#"policy = { "Version": "2012-10-17", "Statement": [] }"#);
    assert!(document.ends_with(
        r#"help: write each statement as `allow(actions = ["s3:GetObject"], resources = ["arn:…"])`"#
    ));
}

#[test]
fn an_unknown_word_is_rejected_with_the_known_ones() {
    for (wrong, message) in [
        (r#"log_format = "JSON""#, "`JSON` is not a log format\n\nhelp: did you mean `json`?"),
        (r#"log_level = "WARN""#, "`WARN` is not a log level\n\nhelp: did you mean `warn`?"),
        (
            r#"tracing = "mine""#,
            "`mine` is not a tracing mode\n\nhelp: one of `active`, `pass_through` and `disabled`",
        ),
        ("tracing = Active", "`Active` is not a tracing mode\n\nhelp: did you mean `active`?"),
        ("tracing = on", "`on` is not a tracing mode\n\nhelp: did you mean `active`?"),
        (
            "tracing = PassThrough",
            "`PassThrough` is not a tracing mode\n\nhelp: did you mean `pass_through`?",
        ),
        (
            "architecture = ARM64",
            "`ARM64` is not an architecture of Lambda\n\nhelp: did you mean `arm64`?",
        ),
        (
            "architecture = aarch64",
            "`aarch64` is not an architecture of Lambda\n\nhelp: did you mean `arm64`?",
        ),
        (
            "architecture = amd64",
            "`amd64` is not an architecture of Lambda\n\nhelp: did you mean `x86_64`?",
        ),
        ("log_level = WARNING", "`WARNING` is not a log level\n\nhelp: did you mean `warn`?"),
        (
            "tracing = 1",
            "a number is not a tracing mode\n\nhelp: one of `active`, `pass_through` and `disabled`",
        ),
    ] {
        assert_eq!(rejected(wrong), message, "{wrong}");
    }
}

#[test]
fn a_deadline_margin_can_be_shorter_than_a_second() {
    assert_eq!(
        accepted("deadline_margin = \"250 milliseconds\"").settings.deadline_margin.unwrap().get(),
        250
    );
    for (wrong, help) in [
        ("deadline_margin = 500", "write `\"500ms\"` or `\"500s\"`"),
        ("deadline_margin = \"500 ms\"", "write `500ms`"),
        ("deadline_margin = \"0.5s\"", "write `500ms`"),
        ("deadline_margin = \"1ms\"", "or write as little as `\"50ms\"`"),
        ("deadline_margin = \"90m\"", "or write a shorter one, such as `\"2s\"`"),
    ] {
        let found = rejected(wrong);
        assert!(found.ends_with(help), "{wrong}: {found}");
    }
}

#[test]
fn a_resource_in_allow_can_refer_to_the_template() {
    let resources = |arn: &str| {
        let read = accepted(&format!(r#"allow(actions = ["a:B"], resources = [{arn:?}])"#));
        read.settings.allow[0].resources.clone()
    };
    let sub = |arn: &str| match resources(arn).remove(0) {
        CfnValue::Sub(text) => text.as_str().to_owned(),
        other => panic!("{other:?}"),
    };
    assert_eq!(sub("${Jobs.Arn}"), "${Jobs.Arn}");
    assert_eq!(
        sub("arn:aws:s3:::${Name}/${aws:username}/*"),
        "arn:aws:s3:::${Name}/${!aws:username}/*"
    );
    assert_eq!(resources("arn:aws:s3:::a"), [CfnValue::Literal("arn:aws:s3:::a".to_owned())]);
    let found =
        rejected(r#"allow(actions = ["a:B"], resources = ["arn:aws:s3:::${AWS::Regoin}"])"#);
    assert_eq!(
        found,
        "CloudFormation has no pseudo parameter `${AWS::Regoin}`\n\nhelp: did you mean `${AWS::Region}`?"
    );
    let found = rejected(r#"allow(actions = ["a:B"], resources = ["arn:aws:s3:::${a-b}/*"])"#);
    assert!(found.starts_with("`${a-b}` is neither a reference nor a variable of IAM"), "{found}");
}

#[test]
fn a_pseudo_parameter_in_the_environment_is_an_error() {
    accepted(r#"env(AA = "$HOME", BB = "${!Region}")"#);
    for (name, help) in [
        (
            "AWS::Region",
            "Lambda sets `AWS_REGION`: read that variable, or write the text in `sub(\"…\")`",
        ),
        (
            "AWS::StackName",
            "write the text in `sub(\"…\")`; for the name or ARN of a resource write the path of its struct",
        ),
    ] {
        let found = rejected(&format!(r#"env(AA = "a ${{{name}}} b")"#));
        let message =
            format!("a text in `env` stays as it is written: `${{{name}}}` is not replaced");
        assert_eq!(found, format!("{message}\n\nhelp: {help}"));
    }
}

#[test]
fn the_arn_of_a_managed_policy_can_have_the_account() {
    let arn = "arn:aws:iam::${AWS::AccountId}:policy/Shared";
    assert_eq!(accepted(&format!("policy = {arn:?}")).settings.policies, [arn]);
    for wrong in ["${Shared}", "arn:aws:iam::${Account}:policy/Shared"] {
        let found = rejected(&format!("policy = {wrong:?}"));
        let message = format!("`{wrong}` is neither the name nor the ARN of a managed policy");
        assert!(found.starts_with(&message), "{found}");
    }
}

#[test]
fn an_allow_statement_that_allows_nothing_is_an_error() {
    let wrong = r#"allow(actions = "s3:GetObject", resources = "arn:aws:s3:::a")"#;
    let help = "help: write `arn:aws:s3:::a/*`";
    assert!(rejected(wrong).ends_with(help), "{}", rejected(wrong));
    accepted(r#"allow(actions = "s3:GetObject", resources = unchecked("arn:aws:s3:::a"))"#);
    // A wrong action is one error.
    rejected(r#"allow(actions = "s3:GetObjct", resources = "arn:aws:s3:::a")"#);
    assert_eq!(
        rejected(r#"allow(actions = "a:B", resources = "arn:aws:s3:::home/${aws:usrname}/*")"#),
        "IAM has no policy variable `${aws:usrname}`\n\nhelp: did you mean `${aws:username}`?"
    );
}

#[test]
fn a_number_can_be_a_template_parameter() {
    let read = accepted(
        r#"memory = param("Memory"), timeout = param("Timeout"), retries = 1, log_retention = param("Days"),
        ephemeral_storage = param("Disk"), reserved_concurrency = param("Most"), max_event_age = param("Age")"#,
    )
    .settings;
    let parameters = read.from_parameters.0.iter();
    let parameters: Vec<(&str, &str, u32, u32)> =
        parameters.map(|it| (it.key, it.param.as_str(), it.least, it.most)).collect();
    assert_eq!(
        parameters,
        [
            ("memory", "Memory", 128, 10_240),
            ("timeout", "Timeout", 1, 1_800),
            ("ephemeral_storage", "Disk", 512, 10_240),
            ("max_event_age", "Age", 60, 21_600),
            ("log_retention", "Days", 1, 3_653),
            ("reserved_concurrency", "Most", 0, u32::MAX),
        ]
    );
    assert!(read.memory.is_none() && read.timeout.is_none());
    assert_eq!(read.retries.unwrap().get(), 1);
    let found = rejected(r#"memory = import("Memory")"#);
    assert_eq!(found, "expected a whole number, found `import(…)`");
}

#[test]
fn a_variable_of_the_serverless_framework_is_an_error() {
    for (variable, help) in [
        ("param:stage", "write `param(\"Name\")`, a parameter of the template"),
        ("ssm:/app/key", "write `ssm(\"/app/key\")`"),
        ("cf:network.Subnet", "write `import(\"Export\")`, the output of another stack"),
    ] {
        let found = rejected(&format!(r#"env(AA = "a-${{{variable}}}")"#));
        let message = format!(
            "`${{{variable}}}` is a variable of the Serverless Framework, which nothing replaces here\n\nhelp: {help}"
        );
        assert_eq!(found, message);
    }
    accepted(r#"env(AA = "${other:a}", BB = "$HOME")"#);
}

#[test]
fn a_reference_in_a_text_of_env_is_written_with_sub() {
    for (text, name) in [
        ("orders-${Stage}", "Stage"),
        ("${Db.Endpoint.Address}:5432", "Db.Endpoint.Address"),
        ("${home} and ${Stage}", "home"),
    ] {
        let kept = text.replace("${", "${!");
        let message = format!(
            "a text in `env` stays as it is written: `${{{name}}}` is not replaced\n\nhelp: write `sub({text:?})`, or `sub({kept:?})` for the text itself"
        );
        assert_eq!(rejected(&format!("env(AB = {text:?})")), message);
    }
    for kept in ["${}", "$Stage", "${a b}", "${a.}", "${1a}", "${!Stage}"] {
        let read = accepted(&format!("env(AB = {kept:?})")).settings.env;
        assert_eq!(read[0].1.literal(), Some(kept));
    }
    let escaped = accepted(r#"env(AB = sub("orders-${!Stage}"))"#).settings.env;
    assert_eq!(escaped[0].1.literal(), Some("orders-${Stage}"));
}

#[test]
fn the_value_of_a_tag_can_be_known_at_the_deployment() {
    let read = accepted(
        r#"tags(stage = param("Stage"), cost = import("cost-centre"), stack = sub("${AWS::StackName}-a"), db = overlay("Db"))"#,
    )
    .settings;
    let values: Vec<&TagValue> = read.tags.iter().map(|(_, value)| value).collect();
    assert!(values.iter().all(|it| it.text().is_none() && it.deployed().is_some()));
    let places: Vec<String> = read.texts().map(|(at, _)| at.to_string()).collect();
    assert_eq!(places, ["key tags.stage", "key tags.cost", "key tags.stack", "key tags.db"]);
    let unknown = rejected("tags(a = env(\"B\"))");
    assert!(unknown.contains("`env(…)`") && unknown.contains("`param`"), "{unknown}");
    assert!(rejected("tags(a = Uploads)").starts_with("expected a string"));
}
