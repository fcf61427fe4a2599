//! CORS of the HTTP API: what the settings are where the user leaves them to the routes. API Gateway answers preflight
//! requests from them, and adds the headers of CORS to answers. AWS: "Configure CORS for HTTP APIs in API Gateway".

use crate::aws::cors::{ANY, Cors, HTTP_API};
use crate::route::{Method, Route};

/// Returns settings with the methods and the headers that the API's routes need where the user sets none.
/// `authorization` is whether a route has an authorizer that reads this header.
pub(crate) fn complete_cors<'a>(
    cors: &Cors,
    routes: impl Iterator<Item = &'a Route>,
    authorization: bool,
) -> Cors {
    let mut complete = cors.clone();
    if complete.methods.is_empty() {
        complete.methods = list_methods(routes, cors.credentials);
    }
    if complete.headers.is_empty() {
        // Without it, a page could not send JSON.
        complete.headers.push("content-type".to_owned());
        complete.headers.extend(authorization.then(|| "authorization".to_owned()));
    }
    complete
}

/// Returns the methods of routes, each once. A route of all methods needs all.
fn list_methods<'a>(
    routes: impl Iterator<Item = &'a Route>,
    credentials: bool,
) -> Vec<&'static str> {
    let mut methods: Vec<&'static str> = Vec::new();
    for route in routes {
        let method = match route {
            Route::Path(method, _) => HTTP_API.find_method(method.as_str()),
            Route::Default => None,
        };
        let Some(method) = method else {
            // Browsers take `*` for a name of a method if they send credentials.
            let all = Method::names().iter().filter_map(|name| HTTP_API.find_method(name));
            return if credentials { all.collect() } else { vec![ANY] };
        };
        methods.extend((!methods.contains(&method)).then_some(method));
    }
    methods
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::route::RoutePath;

    #[test]
    fn the_routes_say_which_methods_and_headers_pages_need() {
        let route = |method, path| {
            Route::Path(Method::parse(method).unwrap(), RoutePath::try_from(path).unwrap())
        };
        let cors = |credentials| Cors {
            origins: Vec::new(),
            methods: Vec::new(),
            headers: Vec::new(),
            expose: Vec::new(),
            max_age: None,
            credentials,
        };
        let complete = |credentials, routes: &[Route], authorization| {
            let all = complete_cors(&cors(credentials), routes.iter(), authorization);
            (all.methods, all.headers)
        };
        let routes = [route("GET", "/a"), route("PUT", "/a"), route("GET", "/b")];
        let (methods, headers) = complete(false, &routes, false);
        assert_eq!((methods, headers), (vec!["GET", "PUT"], vec!["content-type".to_owned()]));
        let (methods, headers) = complete(false, &[route("GET", "/a"), Route::Default], true);
        assert_eq!(
            (methods, headers.join(" ").as_str()),
            (vec!["*"], "content-type authorization")
        );
        let (methods, _) = complete(true, &[route("ANY", "/a")], true);
        assert_eq!(methods, ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);
        let own = Cors { methods: vec!["DELETE"], headers: vec!["x-a".to_owned()], ..cors(false) };
        assert_eq!(complete_cors(&own, routes.iter(), true), own);
    }
}
