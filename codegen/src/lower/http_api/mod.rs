//! Lowers the application's HTTP API: the API itself, whose OpenAPI body maps routes to functions, its stage, its log and
//! its custom domain. SAM generates the same API from the events `HttpApi`, under the same logical ids.
// See decision 0141.

mod body;
mod domain;
mod stage;

use skylift_model::App;
use skylift_model::aws::node::{Map, Node};
use skylift_model::http::HttpSettings;

use self::body::lower_body;
use self::domain::{lower_domain, url_of_domain};
use self::stage::{lower_log_group, lower_stage};
use crate::stack::{ApiInStack, IdOwner, Purpose, Resource, Route};

pub(crate) use self::domain::DOMAIN_ID;
pub(crate) use self::stage::lower_throttle;

/// The logical id that SAM gives to the API.
pub(crate) const API_ID: &str = "ServerlessHttpApi";

/// The method of a route that serves every method without a route of its own.
pub(crate) const ANY_METHOD: &str = "ANY";

/// Returns the HTTP API for the routes of all functions, or `None` if there are no routes.
pub(crate) fn lower_api<'a>(
    app: &App,
    routes: impl Iterator<Item = &'a Route>,
) -> Option<ApiInStack> {
    let routes: Vec<&Route> = routes.collect();
    if routes.is_empty() {
        return None;
    }
    let settings = &app.http;
    let stage_id = stage_id(settings);
    let api = Map::new().with("Body", lower_body(app, &routes));
    let stage = lower_stage(settings, &routes);
    let mut other_resources: Vec<Resource> = lower_log_group(settings).into_iter().collect();
    other_resources
        .extend(settings.domain.iter().flat_map(|domain| lower_domain(domain, &stage_id)));
    let output =
        Map::new().with("Description", "URL of the HTTP API").with("Value", url_of_api(settings));
    Some(ApiInStack {
        resources: vec![
            Resource::new(API_ID, "AWS::ApiGatewayV2::Api", IdOwner::for_api(Purpose::Itself), api),
            Resource::new(
                stage_id,
                "AWS::ApiGatewayV2::Stage",
                IdOwner::for_api(Purpose::Stage),
                stage,
            ),
        ],
        other_resources,
        output: Some(("ApiUrl".to_owned(), output.into())),
        is_written_out: false,
    })
}

/// Returns the name by which SAM calls the API's stage, and the stage's logical id.
pub(crate) fn sam_stage_name(settings: &HttpSettings) -> (String, String) {
    (format!("{API_ID}.Stage"), stage_id(settings))
}

/// Returns the logical id that SAM gives to the API's stage.
fn stage_id(settings: &HttpSettings) -> String {
    match settings.stage.as_ref().filter(|stage| !stage.is_default()) {
        Some(stage) => format!("{API_ID}{}Stage", stage.as_str()),
        None => format!("{API_ID}ApiGatewayDefaultStage"),
    }
}

/// Returns the URL of the API: that of its domain, or the one that API Gateway gives it.
fn url_of_api(settings: &HttpSettings) -> Node {
    if let Some(domain) = &settings.domain {
        return url_of_domain(domain);
    }
    let stage = settings.stage.as_ref().filter(|stage| !stage.is_default());
    let path = stage.map(|stage| format!("/{}", stage.as_str())).unwrap_or_default();
    Node::sub(format!(
        "https://${{{API_ID}}}.execute-api.${{AWS::Region}}.${{AWS::URLSuffix}}{path}"
    ))
}

#[cfg(test)]
mod tests;
