//! The source `url`: a function with a URL of its own, which Lambda serves without an API. This module has the trigger,
//! the schema of its requests, and its checks.

use serde::Serialize;

use super::facts::{InvocationMode, SourceFacts};
use super::http;
use super::located_trigger::{
    LocatedTrigger, ResourcesByIdent, check_one_trigger_per_source, check_timeout,
};
use super::trigger_source::{ResumeConflict, TriggerSource};
use super::waiting_service::WaitingService;
use crate::aws::cors::{Cors, ORIGIN_PARAMETER};
use crate::aws::limits;
use crate::aws::name::{LogicalId, ParameterName};
use crate::aws::parameter_content::{ArnForm, ParameterContent};
use crate::aws::value::UsedParameter;
use crate::messages::url as messages;
use crate::problem::Problems;
use crate::route::Route;

/// The service that waits for the answer of the function.
const LAMBDA: WaitingService = WaitingService {
    name: "Lambda",
    behind: "a function URL",
    seconds: limits::FUNCTION_URL_TIMEOUT_SECONDS,
};

/// The properties that all triggers of the source `url` share. A request has the payload format of an HTTP API, and the
/// handlers are axum's.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[],
    invocation: InvocationMode::Request(http::REQUEST),
    is_tick: false,
    batch_response: None,
};

/// The form of the ARNs of distributions.
const DISTRIBUTION: ArnForm =
    ArnForm { service: "cloudfront", is_global: true, prefix: "distribution/", name: "[A-Z0-9]+" };

/// The content of a template parameter that is the ARN of a distribution.
pub const DISTRIBUTION_PARAMETER: ParameterContent =
    ParameterContent::arn("ARN of a CloudFront distribution", &[DISTRIBUTION]);

/// An example of the ARN of a distribution.
pub const EXAMPLE_ARN: &str = "arn:aws:cloudfront::123456789012:distribution/E2ABCDEFGHIJKL";

/// A trigger for the requests to the URL of a function.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Url {
    /// The callers that Lambda lets through.
    pub auth: UrlAuth,
    /// The pages of other origins that may call the URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors: Option<Cors>,
    /// Whether an answer is sent while the handler still makes it.
    #[serde(rename = "stream")]
    pub streams: bool,
    /// The distribution of CloudFront that may call the URL.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cloudfront: Option<Distribution>,
}

/// The callers that Lambda lets through to a function URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum UrlAuth {
    /// Callers that sign their requests, and whose policies allow the call.
    Iam,
    /// Everyone.
    None,
}

impl UrlAuth {
    /// All values, each with its word in the grammar.
    pub const WORDS: &'static [(&'static str, Self)] = &[("iam", Self::Iam), ("none", Self::None)];

    /// Returns the value of the property `AuthType`.
    #[must_use]
    pub const fn auth_type(self) -> &'static str {
        match self {
            Self::Iam => "AWS_IAM",
            Self::None => "NONE",
        }
    }
}

/// A distribution of CloudFront that may call a function URL.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Distribution {
    /// The resource of the overlay with this logical id.
    Overlay(LogicalId),
    /// The distribution with this ARN.
    Arn(String),
    /// The distribution whose ARN is the value of this template parameter.
    Param(ParameterName),
}

impl TriggerSource for Url {
    fn summary(&self) -> String {
        let word = UrlAuth::WORDS.iter().find(|(_, auth)| *auth == self.auth);
        format!("URL with auth = {}", word.map_or("", |(word, _)| word))
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        vec![ResumeConflict::whole_trigger(messages::url_cannot_resume())]
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn route(&self) -> Option<&Route> {
        Some(&Route::Default)
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let mut used = Vec::new();
        if let Some(Distribution::Param(name)) = &self.cloudfront {
            used.push(UsedParameter { key: "cloudfront", name, content: DISTRIBUTION_PARAMETER });
        }
        for name in self.cors.iter().flat_map(Cors::parameters) {
            used.push(UsedParameter { key: "cors", name, content: ORIGIN_PARAMETER });
        }
        used
    }

    /// Checks that a function has one URL, and that it cannot take longer than Lambda waits.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        _: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        check_one_trigger_per_source(triggers, |_| (), &messages::second_url(), problems);
        let mut checked: Option<usize> = None;
        for located in triggers {
            if checked != Some(located.index.function) {
                check_timeout(located, LAMBDA, problems);
                checked = Some(located.index.function);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::aws::cors::Origin;

    fn url() -> Url {
        Url { auth: UrlAuth::Iam, cors: None, streams: false, cloudfront: None }
    }

    #[test]
    fn a_url_says_who_may_call_it() {
        assert_eq!(url().summary(), "URL with auth = iam");
        assert_eq!(Url { auth: UrlAuth::None, ..url() }.summary(), "URL with auth = none");
        let words: Vec<_> =
            UrlAuth::WORDS.iter().map(|(word, auth)| (*word, auth.auth_type())).collect();
        assert_eq!(words, [("iam", "AWS_IAM"), ("none", "NONE")]);
        for (word, auth) in UrlAuth::WORDS {
            assert_eq!(serde_json::to_value(auth).unwrap(), *word);
        }
    }

    #[test]
    fn the_parameters_of_a_url_have_their_content() {
        assert!(url().template_parameters().is_empty());
        let cors = Cors {
            origins: vec![Origin::Any, Origin::Param("Page".try_into().unwrap())],
            methods: Vec::new(),
            headers: Vec::new(),
            expose: Vec::new(),
            max_age: None,
            credentials: false,
        };
        let cloudfront = Some(Distribution::Param("Edge".try_into().unwrap()));
        let url = Url { cors: Some(cors), cloudfront, ..url() };
        let used = url.template_parameters();
        let found: Vec<_> = used.iter().map(|it| (it.key, it.name.as_str())).collect();
        assert_eq!(found, [("cloudfront", "Edge"), ("cors", "Page")]);
        assert!(used[0].content.accepts(EXAMPLE_ARN) && used[1].content.accepts("https://a.b"));
        assert!(!used[0].content.accepts("E2ABCDEFGHIJKL"));
    }
}
