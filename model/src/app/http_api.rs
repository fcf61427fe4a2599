//! The HTTP API as a whole: its routes with their authorization, and what its settings need from the routes.

use super::App;
use crate::aws::cors::Cors;
use crate::aws::name::ParameterName;
use crate::aws::value::CfnValue;
use crate::http::{self, Authorizer, HttpSettings, RouteAuth};
use crate::location::{ItemIndex, PlaceInItem, TriggerIndex};
use crate::source::Trigger;
use crate::source::http::Http;

impl App {
    /// Returns the authorizer whose struct has this identifier, and `None` if the application has no such authorizer.
    #[must_use]
    pub fn authorizer(&self, ident: &str) -> Option<&Authorizer> {
        self.authorizers.iter().find(|authorizer| authorizer.ident == ident)
    }

    /// Returns the routes of the HTTP API, in the order of the source code.
    pub fn routes(&self) -> impl Iterator<Item = (TriggerIndex, &Http)> {
        self.triggers().filter_map(|(index, trigger)| match trigger {
            Trigger::Http(http) => Some((index, http)),
            _ => None,
        })
    }

    /// Returns the authorization of a route: its own, or that of the API. Returns `None` if neither is set.
    #[must_use]
    pub fn route_auth<'a>(&'a self, http: &'a Http) -> Option<&'a RouteAuth> {
        http.auth.as_ref().or(self.http.auth.as_ref())
    }

    /// Returns whether the application says anywhere which callers may call its routes. A route that says nothing is then
    /// a mistake.
    #[must_use]
    pub fn has_authorization(&self) -> bool {
        !self.authorizers.is_empty()
            || self.http.auth.is_some()
            || self.routes().any(|(_, http)| http.auth.is_some())
    }

    /// Returns the routes that anyone can call although nobody wrote so, as messages name them.
    #[must_use]
    pub fn unintended_public_routes(&self) -> Vec<String> {
        if self.has_authorization() {
            return Vec::new();
        }
        self.routes().map(|(_, http)| http.route.to_string()).collect()
    }

    /// Returns the settings of CORS, with the methods and headers that the routes need. Returns `None` if no page of
    /// another origin may call the API.
    #[must_use]
    pub fn cors(&self) -> Option<Cors> {
        let reads_authorization = self.routes().any(|(_, http)| match self.route_auth(http) {
            Some(RouteAuth::Iam) => true,
            Some(RouteAuth::Authorizer(ident)) => {
                self.authorizer(ident).is_some_and(|it| it.identity.is_authorization())
            }
            Some(RouteAuth::None) | None => false,
        });
        let routes = self.routes().map(|(_, http)| &http.route);
        Some(http::complete_cors(self.http.cors.as_ref()?, routes, reads_authorization))
    }

    /// Returns the template parameters that are origins in the API's settings of CORS.
    pub fn origin_parameters(&self) -> impl Iterator<Item = &ParameterName> {
        self.http.cors.iter().flat_map(Cors::parameters)
    }

    /// Returns the values in the settings of the API and in its authorizers that may be known only when the stack is
    /// deployed, each with its place.
    pub fn http_values(&self) -> impl Iterator<Item = (ItemIndex, PlaceInItem, &CfnValue)> {
        let domain = self.http.domain.iter().flat_map(|domain| domain.values());
        let domain = domain.map(|(key, value)| {
            let at = PlaceInItem::Key(format!("{}.domain.{key}", HttpSettings::KEY));
            (ItemIndex::Defaults, at, value)
        });
        let authorizers = self.authorizers.iter().enumerate().flat_map(|(index, authorizer)| {
            let placed =
                move |(key, value)| (ItemIndex::Authorizer(index), PlaceInItem::key(key), value);
            authorizer.values().map(placed)
        });
        domain.chain(authorizers)
    }
}
