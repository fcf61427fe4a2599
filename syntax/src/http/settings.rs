//! The settings of the HTTP API: the table `[package.metadata.skylift.http]`.

use skylift_model::aws::logs::LogRetention;
use skylift_model::aws::{cors, limits};
use skylift_model::http::{AccessLogs, HttpSettings, StageVariable};
use skylift_model::source::http::Http;

use super::auth::read_route_auth;
use super::domain::read_domain;
use super::throttle::read_throttle;
use super::{accept_message, read_accepted};
use crate::cors::take_cors;
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{
    read_bool, read_non_empty_text, read_number, read_short_text, read_text, report_expected,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The keys of the table, and of tables in it, whose values are tables themselves.
pub const TABLES: &[&str] =
    &["cors", "throttle", "access_logs", "variables", "domain", "mutual_tls"];

/// Words of other tools for the settings of the API.
const WORDS: &[FamiliarWords] = &[
    (
        &["accesslogsettings", "accesslog", "logs", "logging", "log"],
        "the API has a log: write `access_logs = { retention = 7 }`, or `access_logs = false`",
    ),
    (&["corsconfiguration"], "write `cors = { origins = [\"https://shop.example\"] }`"),
    (
        &["defaultroutesettings", "throttling", "ratelimit", "limits"],
        "write `throttle = { rate = 100, burst = 50 }`",
    ),
    (
        &["defaultauthorizer", "authorizer", "authorizers", "authorization"],
        "declare it with `#[resource(authorizer(…))] struct Users;`, and write `auth = \"Users\"`",
    ),
    (&["disableexecuteapiendpoint", "disableexecuteapi"], "write `execute_api = false`"),
    (&["stagename"], "write `stage = \"prod\"`"),
    (&["stagevariables", "vars"], "write `variables = { color = \"blue\" }`"),
    (&["customdomain", "domainname"], "write `domain = { name = \"…\", certificate = \"arn:…\" }`"),
];

/// Reads the settings of the API.
#[must_use]
pub fn read_http_settings(args: &Args, errors: &mut Errors) -> HttpSettings {
    args.explain(WORDS);
    args.read_all(HttpSettings::KEY, errors, |args, errors| {
        let name = |value: &ArgValue, errors: &mut Errors| {
            read_non_empty_text(value, errors)?;
            read_short_text(value, limits::API_NAME_LEN, phrases::API_NAME, errors)
        };
        let description = |value: &ArgValue, errors: &mut Errors| {
            let limit = limits::API_DESCRIPTION_LEN;
            read_short_text(value, limit, phrases::DESCRIPTION, errors)
        };
        let settings = HttpSettings {
            name: args.take("name", name, errors),
            description: args.take("description", description, errors),
            cors: take_cors(args, &cors::HTTP_API, errors),
            throttle: args.take_nested("throttle", read_throttle, errors).flatten(),
            access_logs: args.take("access_logs", read_access_logs, errors),
            stage: args.take("stage", read_accepted, errors),
            variables: args.take_nested("variables", read_variables, errors).unwrap_or_default(),
            execute_api: args.take("execute_api", read_bool, errors),
            domain: args.take_nested("domain", read_domain, errors).flatten(),
            auth: args.take(Http::AUTH, read_route_auth, errors),
        };
        check_entrances(&settings, args, errors);
        settings
    })
}

/// Checks that the API can be called, and only in the ways that the domain allows.
fn check_entrances(settings: &HttpSettings, args: &Args, errors: &mut Errors) {
    if !settings.has_own_url() && !args.has_key("domain") {
        errors.push(args.span_of("execute_api"), messages::api_without_url());
    }
    let has_mutual_tls = settings.domain.as_ref().is_some_and(|it| it.mutual_tls.is_some());
    if has_mutual_tls && settings.has_own_url() {
        errors.push(args.span_of("domain"), messages::mutual_tls_beside_own_url());
    }
}

/// Reads the value of `access_logs`: a boolean, or how long the log is kept. Returns `None` after an error was recorded.
fn read_access_logs(value: &ArgValue, errors: &mut Errors) -> Option<AccessLogs> {
    match &value.kind {
        ArgValueKind::Bool(false) => Some(AccessLogs::Off),
        ArgValueKind::Bool(true) => Some(AccessLogs::Kept(LogRetention::DEFAULT)),
        ArgValueKind::Call(_, args) => args.read_all("access_logs", errors, |args, errors| {
            let retention = args.take_if_set("retention", read_number, errors);
            Some(AccessLogs::Kept(retention.unwrap_or(Some(LogRetention::DEFAULT))?))
        }),
        _ => report_expected(phrases::ACCESS_LOGS, value, errors),
    }
}

/// Reads the variables of the stage: a map from names to texts.
fn read_variables(args: &Args, errors: &mut Errors) -> Vec<StageVariable> {
    let mut variables = Vec::new();
    for (key, value) in args.take_entries("variables", errors) {
        if let Err(message) = StageVariable::check_name(&key.text) {
            errors.push(&key.span, message);
            continue;
        }
        let text = read_text(value, errors).filter(|text| {
            accept_message(StageVariable::check_value(text), value, errors).is_some()
        });
        variables.extend(
            text.map(|text| StageVariable { name: key.text.clone(), value: text.to_owned() }),
        );
    }
    variables
}

#[cfg(test)]
mod tests {
    use skylift_model::http::{RouteAuth, StageName};

    use super::*;
    use crate::tree::testing::{accepted, rejected};

    fn read(value: &ArgValue, errors: &mut Errors) -> Option<HttpSettings> {
        let ArgValueKind::Call(_, args) = &value.kind else { panic!("{value:?}") };
        let settings = read_http_settings(args, errors);
        errors.is_empty().then_some(settings)
    }

    #[test]
    fn every_setting_of_the_api_is_read() {
        let settings = accepted(
            r#"http(name = "shop", description = "Orders", cors(origins = "*"), throttle(rate = 5, burst = 2),
                access_logs(retention = 7), stage = "prod", variables(color = "blue"), execute_api = false, auth = Users,
                domain(name = "api.shop.example", certificate = param("Certificate")))"#,
            read,
        );
        assert_eq!(
            (settings.name.as_deref(), settings.description.as_deref()),
            (Some("shop"), Some("Orders"))
        );
        assert!(
            settings.cors.is_some() && settings.throttle.is_some() && settings.domain.is_some()
        );
        assert_eq!(settings.log_retention(), Some(LogRetention::try_from(7).unwrap()));
        assert_eq!(settings.stage.as_ref().map(StageName::as_str), Some("prod"));
        let variable = StageVariable { name: "color".to_owned(), value: "blue".to_owned() };
        assert_eq!(settings.variables, [variable]);
        assert_eq!(settings.execute_api, Some(false));
        assert_eq!(settings.auth, Some(RouteAuth::Authorizer("Users".to_owned())));
        assert!(accepted("http()", read).is_empty());
    }

    #[test]
    fn the_log_of_requests_can_be_kept_or_turned_off() {
        let logs = |text: &str| accepted(&format!("http({text})"), read).access_logs;
        assert_eq!(logs("access_logs = false"), Some(AccessLogs::Off));
        assert_eq!(logs("access_logs = true"), Some(AccessLogs::Kept(LogRetention::DEFAULT)));
        assert_eq!(logs("access_logs()"), Some(AccessLogs::Kept(LogRetention::DEFAULT)));
        let message = rejected("http(access_logs = 7)", read);
        assert!(
            message.starts_with("expected `true`, `false` or how long the log is kept"),
            "{message}"
        );
        let message = rejected("http(access_logs(retention = 8))", read);
        assert!(message.contains("CloudWatch"), "{message}");
    }

    #[test]
    fn an_api_can_be_called_only_in_the_ways_that_its_domain_allows() {
        let message = rejected("http(execute_api = false)", read);
        assert_eq!(
            message,
            "nothing leads to the API: it has neither a domain nor the URL of API Gateway\n\nhelp: write `domain = { name = \"…\", certificate = \"arn:…\" }` as well"
        );
        let domain = r#"domain(name = "a.example", certificate = param("C"), mutual_tls(truststore = "s3://a/b"))"#;
        let message = rejected(&format!("http({domain})"), read);
        assert_eq!(
            message,
            "mutual TLS protects the domain alone, and the URL of API Gateway leads past it\n\nhelp: write `execute_api = false` as well"
        );
        accepted(&format!("http(execute_api = false, {domain})"), read);
    }

    #[test]
    fn mistakes_in_the_settings_are_rejected() {
        for (text, start) in [
            ("http(stage = \"my-stage\")", "`my-stage` is not the name of a stage"),
            ("http(variables(a = \"b c\"))", "the value `b c` has the character ` `"),
            ("http(name = \"\")", "this text is empty"),
            ("http(stage_name = \"a\")", "unknown key `stage_name` in `http`"),
            (
                "http(auth = \"open\")",
                "expected the path of an authorizer, `iam` or `none`, found a string",
            ),
        ] {
            let message = rejected(text, read);
            assert!(message.starts_with(start), "{text}: {message}");
        }
    }
}
