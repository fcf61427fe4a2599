//! A route is SAM's `HttpApi` event on the application's one HTTP API, which SAM declares itself as
//! `ServerlessHttpApi`.

use skylift_model::aws::node::{Map, Node};
use skylift_model::route::Route;
use skylift_model::source::Trigger;
use skylift_model::source::http::Http;
use skylift_model::{App, Function};

use super::{Emitted, Event, EventType, camel};

/// The ids that SAM gives to the API and its stage.
pub(crate) const API_IDS: [&str; 2] =
    ["ServerlessHttpApi", "ServerlessHttpApiApiGatewayDefaultStage"];

pub(super) fn emit(http: &Http, _function: &Function, _app: &App) -> Emitted {
    let (stem, properties) = match &http.route {
        Route::Path(method, path) => {
            let stem = camel(&format!("{} {}", method.as_str().to_lowercase(), path.as_str()));
            (stem, Map::new().with("Method", method.as_str()).with("Path", path.as_str()))
        }
        Route::Default => ("Default".to_owned(), Map::new()),
    };
    Emitted {
        events: vec![Event { stem, kind: EventType::HttpApi, properties }],
        ..Emitted::default()
    }
}

/// The address of the API, where the application has one.
pub(crate) fn output(app: &App) -> Option<(String, Node)> {
    let has_route = app.triggers().any(|(_, trigger)| matches!(trigger, Trigger::Http(_)));
    has_route.then(|| {
        let url = "https://${ServerlessHttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}";
        let output =
            Map::new().with("Description", "URL of the HTTP API").with("Value", Node::sub(url));
        ("ApiUrl".to_owned(), output.into())
    })
}
