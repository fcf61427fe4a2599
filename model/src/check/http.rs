//! Checks the HTTP API: that each route says which callers may call it if the application says so anywhere, that
//! authorizers are declared, that no URL opens a closed route, and that a handler takes the claims of the authorizer that
//! its routes have.
// See decision 0140.

use crate::App;
use crate::function::{ClaimsParameter, Function};
use crate::http::{Authorizer, HttpSettings, RouteAuth};
use crate::location::TriggerIndex;
use crate::message::Message;
use crate::messages::http as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::route::{Route, RoutePath};
use crate::source::Trigger;
use crate::source::http::Http;
use crate::source::url::UrlAuth;
use crate::suggest;

/// Checks the authorization of all routes, and the claims that handlers take.
///
/// `unknown` are the identifiers of items that exist but have errors. References to these items are not checked.
pub(super) fn check(app: &App, unknown: &[String], problems: &mut Problems) {
    let is_unknown = |ident: &str| unknown.iter().any(|known| known == ident);
    check_names(app, problems);
    check_default(app, &is_unknown, problems);
    let needs_auth = app.has_authorization();
    for (index, http) in app.routes() {
        if let Some(ident) = http.auth.as_ref().and_then(RouteAuth::authorizer)
            && !is_unknown(ident)
            && let Some(message) = find_mistake(app, ident)
        {
            problems.push_for_trigger_key(index, Http::AUTH, message);
        }
        match app.route_auth(http) {
            None if needs_auth => {
                let authorizer = app.authorizers.first().map(|it| it.ident.as_str());
                let message = messages::route_without_auth(&http.route, authorizer);
                problems.push_for_trigger(index, message);
            }
            Some(RouteAuth::None) | None => {}
            Some(RouteAuth::Authorizer(_) | RouteAuth::Iam) => {
                check_preflight(app, index, http, problems);
            }
        }
        let has_token = matches!(app.route_auth(http), Some(RouteAuth::Authorizer(_)));
        if !http.scopes.is_empty() && !has_token {
            let message = messages::scopes_without_token(&http.route);
            problems.push_for_trigger_key(index, Http::SCOPES, message);
        }
    }
    for (index, function) in app.functions.iter().enumerate() {
        check_url(app, index, problems);
        for claims in function.claims.iter().filter(|it| !is_unknown(&it.authorizer)) {
            if let Some(message) = check_claims(app, function, claims) {
                let at = PlaceInItem::Param(claims.parameter);
                problems.push(ItemIndex::Function(index), at, message);
            }
        }
    }
}

/// Checks that each authorizer has a name of its own in the API, and none that means something else to SAM.
fn check_names(app: &App, problems: &mut Problems) {
    for (index, authorizer) in app.authorizers.iter().enumerate() {
        let id = authorizer.id.as_str();
        let other = app.authorizers[..index].iter().find(|other| other.id == authorizer.id);
        let message = match other {
            Some(other) => messages::authorizer_name_taken(id, &other.ident, &other.origin),
            // SAM opens a route whose authorizer has this name.
            None if id.eq_ignore_ascii_case(RouteAuth::NONE) => messages::reserved_authorizer(id),
            None => continue,
        };
        problems.push(ItemIndex::Authorizer(index), PlaceInItem::Name, message);
    }
}

/// Checks that the authorizer of all routes is declared.
fn check_default(app: &App, is_unknown: &impl Fn(&str) -> bool, problems: &mut Problems) {
    let ident = app.http.auth.as_ref().and_then(RouteAuth::authorizer);
    if let Some(ident) = ident.filter(|ident| !is_unknown(ident))
        && let Some(message) = find_mistake(app, ident)
    {
        let at = PlaceInItem::Key(format!("{}.{}", HttpSettings::KEY, Http::AUTH));
        problems.push(ItemIndex::Defaults, at, message);
    }
}

/// Returns the mistake in the name of an authorizer, and `None` if it is declared.
fn find_mistake(app: &App, ident: &str) -> Option<Message> {
    if app.authorizer(ident).is_some() {
        return None;
    }
    if let Some(resource) = app.resource(ident) {
        let noun = resource.kind().with_article();
        return Some(messages::not_an_authorizer(ident, noun, &resource.origin));
    }
    let declared: Vec<&str> = app.authorizers.iter().map(|it| it.ident.as_str()).collect();
    let near = suggest::nearest(ident, declared.iter().copied());
    let declaration = Authorizer::MINIMAL_DECLARATION;
    Some(messages::undeclared_authorizer(ident, near, &declared, declaration))
}

/// Checks that preflight requests do not reach the authorization of a route of all methods: they have no token and no
/// signature. AWS: "Configure CORS for an HTTP API with a `$default` route and an authorizer". The same holds for `ANY`.
fn check_preflight(app: &App, index: TriggerIndex, http: &Http, problems: &mut Problems) {
    let path = match &http.route {
        Route::Path(method, path) if method.as_str() == "ANY" => path.clone(),
        Route::Path(..) => return,
        Route::Default => RoutePath::greedy_root(),
    };
    if app.http.cors.is_none() {
        return;
    }
    let takes_preflights = |other: &Http| {
        let is_open = app.route_auth(other) == Some(&RouteAuth::None);
        matches!(&other.route, Route::Path(method, other)
            if method.as_str() == "OPTIONS" && other.has_shape_of(&path) && is_open)
    };
    if !app.routes().any(|(_, other)| takes_preflights(other)) {
        let message = messages::preflight_without_token(&http.route, path.as_str());
        problems.push_for_trigger(index, message);
    }
}

/// Checks that the URL of a function does not open a closed route: a URL leads to the routes of its function, and knows
/// no authorizer.
fn check_url(app: &App, function: usize, problems: &mut Problems) {
    let triggers = &app.functions[function].triggers;
    let Some((trigger, url)) = Trigger::find_url(triggers) else { return };
    let opened = triggers.iter().find_map(|trigger| {
        let Trigger::Http(http) = trigger else { return None };
        match app.route_auth(http)? {
            RouteAuth::None => None,
            RouteAuth::Iam if url.auth == UrlAuth::Iam => None,
            RouteAuth::Iam => Some(messages::url_opens_signed_route(&http.route)),
            RouteAuth::Authorizer(ident) => Some(messages::url_opens_route(&http.route, ident)),
        }
    });
    if let Some(message) = opened {
        problems.push_for_trigger(TriggerIndex { function, trigger }, message);
    }
}

/// Checks that each route of a function has the authorizer whose claims the handler takes. A URL beside a closed route
/// was reported already.
fn check_claims(app: &App, function: &Function, claims: &ClaimsParameter) -> Option<Message> {
    let ident = claims.authorizer.as_str();
    if let Some(message) = find_mistake(app, ident) {
        return Some(message);
    }
    let routes = || {
        function.triggers.iter().filter_map(|trigger| match trigger {
            Trigger::Http(http) => Some((http, app.route_auth(http))),
            _ => None,
        })
    };
    if routes().next().is_none() {
        return Some(match Trigger::find_url(&function.triggers) {
            Some(_) => messages::claims_of_url(ident),
            None => messages::claims_without_route(ident),
        });
    }
    for (http, auth) in routes() {
        match auth {
            Some(RouteAuth::Authorizer(found)) if found == ident => {}
            Some(RouteAuth::Authorizer(found)) => {
                let found = messages::protected_by(found);
                return Some(messages::claims_of_other_authorizer(&http.route, ident, &found));
            }
            Some(RouteAuth::Iam) => {
                let found = messages::protected_by(RouteAuth::IAM);
                return Some(messages::claims_of_other_authorizer(&http.route, ident, &found));
            }
            Some(RouteAuth::None) if claims.optional => {}
            Some(RouteAuth::None) => {
                return Some(messages::claims_of_open_route(&http.route, ident));
            }
            // The route itself is reported.
            None => {}
        }
    }
    let has_claims = routes().any(|(_, auth)| !matches!(auth, Some(RouteAuth::None)));
    (!has_claims).then(|| messages::claims_of_no_route(ident))
}
