//! The stage of the API: its variables, its limits, and the log of its requests.

use skylift_model::aws::node::{Map, Node};
use skylift_model::http::{HttpSettings, StageName, Throttle};

use super::API_ID;
use crate::stack::{IdOwner, Purpose, Resource, Route};

/// The logical id of the log of requests.
const LOG_ID: &str = "ServerlessHttpApiAccessLogs";

/// The beginning of the names of log groups to which AWS services write without a statement in the account's resource
/// policy of their own. That policy is limited in length.
const LOG_GROUP_PREFIX: &str = "/aws/vendedlogs/apis/";

/// What the log has of a request: the name, and API Gateway's variable. AWS: "Customizing HTTP API access logs". No token,
/// no header and no query is among them, because they can have secrets.
const LOG_FIELDS: [(&str, &str); 15] = [
    ("requestId", "$context.requestId"),
    ("requestTime", "$context.requestTime"),
    ("ip", "$context.identity.sourceIp"),
    ("userAgent", "$context.identity.userAgent"),
    ("httpMethod", "$context.httpMethod"),
    ("path", "$context.path"),
    ("routeKey", "$context.routeKey"),
    ("protocol", "$context.protocol"),
    ("status", "$context.status"),
    ("responseLength", "$context.responseLength"),
    ("responseLatency", "$context.responseLatency"),
    ("integrationLatency", "$context.integrationLatency"),
    ("error", "$context.error.message"),
    ("integrationError", "$context.integrationErrorMessage"),
    ("authorizerError", "$context.authorizer.error"),
];

/// Returns the properties of the stage of an API with these routes.
pub(super) fn lower_stage(settings: &HttpSettings, routes: &[&Route]) -> Map {
    let mut stage = Map::new()
        .with("ApiId", Node::reference(API_ID))
        .with("StageName", settings.stage_name())
        .with("AutoDeploy", true);
    if settings.log_retention().is_some() {
        let logs = Map::new()
            .with("DestinationArn", Node::attribute(LOG_ID, "Arn"))
            .with("Format", log_format());
        stage.push("AccessLogSettings", logs);
    }
    if !settings.variables.is_empty() {
        let mut variables = Map::new();
        for variable in &settings.variables {
            variables.push(variable.name.as_str(), variable.value.as_str());
        }
        stage.push("StageVariables", variables);
    }
    stage.set_some("DefaultRouteSettings", settings.throttle.map(lower_throttle));
    let mut limited = Map::new();
    for route in routes {
        if let Some(throttle) = route.throttle {
            limited.push(route_key(route), lower_throttle(throttle));
        }
    }
    if !limited.is_empty() {
        stage.push("RouteSettings", limited);
    }
    stage
}

/// Returns the key of a route.
fn route_key(route: &Route) -> String {
    match &route.on {
        Some((method, path)) => format!("{method} {path}"),
        None => StageName::DEFAULT.to_owned(),
    }
}

/// Returns limits for the number of requests, as settings of a route.
pub(crate) fn lower_throttle(throttle: Throttle) -> Map {
    let rate = throttle.rate.get();
    // A whole number without a point is what everyone writes.
    #[expect(clippy::cast_possible_truncation, reason = "the number is whole and in range")]
    let rate = if rate.fract() == 0.0 && rate < f64::from(i32::MAX) {
        Node::from(rate as i64)
    } else {
        Node::Float(rate)
    };
    Map::new().with("ThrottlingBurstLimit", throttle.burst.get()).with("ThrottlingRateLimit", rate)
}

/// Returns the log group of the log of requests. Returns `None` if there is no log.
pub(super) fn lower_log_group(settings: &HttpSettings) -> Option<Resource> {
    let retention = settings.log_retention()?;
    let name = Node::sub(format!("{LOG_GROUP_PREFIX}${{AWS::StackName}}"));
    let properties = Map::new().with("LogGroupName", name).with("RetentionInDays", retention.get());
    let owner = IdOwner::for_api(Purpose::LogGroup);
    Some(Resource::new(LOG_ID, "AWS::Logs::LogGroup", owner, properties))
}

/// Returns the format of a line of the log: a JSON object.
fn log_format() -> String {
    let fields: Vec<String> =
        LOG_FIELDS.iter().map(|(name, variable)| format!("\"{name}\":\"{variable}\"")).collect();
    format!("{{{}}}", fields.join(","))
}
