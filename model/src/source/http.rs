//! `http`: a function behind a route of an HTTP API, API Gateway's lighter kind.

use std::collections::HashMap;

use serde::Serialize;

use super::facts::{InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::payload_shape::PayloadShape;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::aws::limits;
use crate::location::{ItemIndex, PlaceInItem};
use crate::problem::Problems;
use crate::route::Route;

/// What is so for every trigger of it. It has no types of events: its handlers are axum's.
pub(super) const FACTS: &SourceFacts =
    &SourceFacts { events: &[], invocation: InvocationMode::Request(REQUEST), is_tick: false };

/// What a function gets of a request, by the names of API Gateway's payload format 2.0. AWS: "Create
/// AWS Lambda proxy integrations for HTTP APIs in API Gateway".
const REQUEST: &PayloadShape = &PayloadShape {
    what: "an HTTP request",
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
    advice: "write `$.body{rest}` for what is in the body",
    unique: Some((
        "no two HTTP requests are the same: each has an id and a time of its own",
        "write `$.body`, or `$.headers['idempotency-key']`",
    )),
};

/// A trigger by HTTP requests.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Http {
    /// Which requests.
    pub route: Route,
}

impl TriggerSource for Http {
    fn summary(&self) -> String {
        self.route.to_string()
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::never_resumes(
            "a function behind a route cannot resume: whoever sent the request waits for the answer",
        )]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn route(&self) -> Option<&Route> {
        Some(&self.route)
    }

    /// One route has one handler, and none that is slower than API Gateway waits.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let mut routes: HashMap<String, &LocatedTrigger<'_, Self>> = HashMap::new();
        let mut slow: Option<usize> = None;
        for placed in triggers {
            let (index, route) = (placed.index, &placed.trigger.route);
            if let Some(other) = routes.insert(route.conflict_key(), placed) {
                let who = other.describe_from(index);
                problems
                    .push_for_trigger(index, format!("route `{route}` is taken by {who}"))
                    .help("a route has one handler: change the path or the method of one of them");
            }
            if slow != Some(index.function) && check_timeout(placed, problems) {
                slow = Some(index.function);
            }
        }
    }
}

/// Whether the function's timeout is longer than API Gateway waits, which is a problem.
fn check_timeout(placed: &LocatedTrigger<'_, Http>, problems: &mut Problems) -> bool {
    let timeout = placed.function.timeout;
    let most = limits::HTTP_API_TIMEOUT_SECONDS;
    if timeout > most {
        let message = format!(
            "timeout of {timeout} s behind an HTTP route: API Gateway gives up after {most} s"
        );
        problems
            .push(ItemIndex::Function(placed.index.function), PlaceInItem::key("timeout"), message)
            .help("lower the timeout, or hand the long work to a queue");
    }
    timeout > most
}
