//! The source `http`: a function behind a route of an HTTP API, which is the simpler kind of API in API
//! Gateway. This module has the trigger, the schema of its requests, and its checks.

use std::collections::HashMap;

use serde::Serialize;

use super::facts::{InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent, check_timeout};
use super::payload_schema::PayloadSchema;
use super::trigger_source::{ResumeConflict, TriggerSource};
use super::waiting_service::WaitingService;
use crate::aws::limits;
use crate::http::{RouteAuth, Throttle};
use crate::messages::triggers as messages;
use crate::problem::Problems;
use crate::route::Route;

/// The service that waits for the answer of the function.
const API_GATEWAY: WaitingService = WaitingService {
    name: "API Gateway",
    behind: "an HTTP route",
    seconds: limits::HTTP_API_TIMEOUT_SECONDS,
};

/// The properties that all triggers of the source `http` share. The source has no event types, because its
/// handlers are axum's.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[],
    invocation: InvocationMode::Request(REQUEST),
    is_tick: false,
    batch_response: None,
};

/// The schema of a request in API Gateway's payload format 2.0. AWS: "Create AWS Lambda proxy integrations for
/// HTTP APIs in API Gateway".
pub(super) const REQUEST: &PayloadSchema = &PayloadSchema {
    name: "an HTTP request",
    fields: &[
        "body",
        "headers",
        "pathParameters",
        "queryStringParameters",
        "rawPath",
        "rawQueryString",
        "routeKey",
        "cookies",
        "requestContext",
        "stageVariables",
        "version",
        "isBase64Encoded",
    ],
    advice: messages::REQUEST_ADVICE,
    unique: Some(messages::REQUESTS_ARE_UNIQUE),
};

/// A trigger for the HTTP requests of one route.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Http {
    /// The requests that the trigger handles.
    pub route: Route,
    /// The authorization of the route, if the user set it. `None` for that of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<RouteAuth>,
    /// The caller's token has at least one of these scopes. Without scopes here, it needs no scope.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scopes: Vec<String>,
    /// The limits for the number of requests to the route. `None` for those of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throttle: Option<Throttle>,
}

impl Http {
    /// The key of the authorization.
    pub const AUTH: &'static str = "auth";

    /// The key of the scopes.
    pub const SCOPES: &'static str = "scopes";

    /// Creates a trigger for the requests of a route, with the settings of the API.
    #[must_use]
    pub const fn new(route: Route) -> Self {
        Self { route, auth: None, scopes: Vec::new(), throttle: None }
    }
}

impl TriggerSource for Http {
    fn summary(&self) -> String {
        self.route.to_string()
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::route_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn route(&self) -> Option<&Route> {
        Some(&self.route)
    }

    /// Checks that each route has one handler, and that no handler can take longer than API Gateway waits.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let mut routes: HashMap<String, &LocatedTrigger<'_, Self>> = HashMap::new();
        let mut slow: Option<usize> = None;
        for located in triggers {
            let (index, route) = (located.index, &located.trigger.route);
            if let Some(other) = routes.insert(route.conflict_key(), located) {
                let message = messages::route_taken(route, &other.describe_from(index));
                problems.push_for_trigger(index, message);
            }
            if slow != Some(index.function) && check_timeout(located, API_GATEWAY, problems) {
                slow = Some(index.function);
            }
        }
    }
}
