//! The settings of the application's HTTP API: the table `[package.metadata.skylift.http]`.

use serde::Serialize;

use super::domain::Domain;
use super::route_auth::RouteAuth;
use super::stage::{StageName, StageVariable};
use super::throttle::Throttle;
use crate::aws::cors::Cors;
use crate::aws::logs::LogRetention;

/// The settings of the application's HTTP API.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct HttpSettings {
    /// The name of the API, if the user set one. `None` for the name of the stack.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The description of the API, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// The web pages that may call the API. `None` if only its own may.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cors: Option<Cors>,
    /// The limits for the number of requests to each route. `None` for those of the account.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub throttle: Option<Throttle>,
    /// The log of requests, if the user set it. `None` for a log with Skylift's default retention.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub access_logs: Option<AccessLogs>,
    /// The name of the stage, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub stage: Option<StageName>,
    /// The variables of the stage, in the order of the source code.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub variables: Vec<StageVariable>,
    /// Whether the API has the URL that API Gateway gives it, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub execute_api: Option<bool>,
    /// The custom domain of the API.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub domain: Option<Domain>,
    /// The authorization of routes that set none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<RouteAuth>,
}

/// The log of the requests to an API.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessLogs {
    /// There is no log.
    Off,
    /// The log is kept for this time.
    Kept(LogRetention),
}

impl HttpSettings {
    /// The key of Cargo.toml with the settings.
    pub const KEY: &'static str = "http";

    /// Returns whether the user sets nothing.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// Returns how long the log of requests is kept. Returns `None` if there is no log.
    #[must_use]
    pub const fn log_retention(&self) -> Option<LogRetention> {
        match self.access_logs {
            Some(AccessLogs::Off) => None,
            Some(AccessLogs::Kept(retention)) => Some(retention),
            None => Some(LogRetention::DEFAULT),
        }
    }

    /// Returns whether the API has the URL that API Gateway gives it.
    #[must_use]
    pub fn has_own_url(&self) -> bool {
        self.execute_api != Some(false)
    }

    /// Returns the name of the stage.
    #[must_use]
    pub fn stage_name(&self) -> &str {
        self.stage.as_ref().map_or(StageName::DEFAULT, StageName::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn requests_are_logged_unless_the_user_turns_it_off() {
        let with = |access_logs| HttpSettings { access_logs, ..HttpSettings::default() };
        assert_eq!(with(None).log_retention(), Some(LogRetention::DEFAULT));
        assert_eq!(with(Some(AccessLogs::Off)).log_retention(), None);
        let week = LogRetention::try_from(7).unwrap();
        assert_eq!(with(Some(AccessLogs::Kept(week))).log_retention(), Some(week));
    }

    #[test]
    fn an_api_has_its_own_url_and_the_default_stage() {
        let settings = HttpSettings::default();
        assert!(settings.has_own_url() && settings.is_empty());
        assert_eq!(settings.stage_name(), "$default");
        let closed = HttpSettings { execute_api: Some(false), ..settings };
        assert!(!closed.has_own_url() && !closed.is_empty());
    }
}
