//% [package.metadata.skylift]
//% overlay = "overlay.yaml"
//% [package.metadata.skylift.parameters]
//% EdgeArn = { description = "The distribution of another stack" }
//% Origin = { description = "The origin of the pages", default = "https://example.com" }

use skylift::http::{Request, Response, Router, Uri, route_request, routing};
use skylift::prelude::*;

#[init]
async fn build() -> Result<Router, Error> {
    Ok(Router::new().route("/hello/{name}", routing::get(hello)))
}

async fn hello(Path(name): Path<String>, context: Context) -> String {
    format!("hello {name} from {}", context.function_name())
}

/// Everyone may call it, from pages of two origins.
#[function(trigger = url(
    auth = none,
    cors(
        origins = ["https://app.example.com", param("Origin")],
        methods = [GET, POST],
        headers = ["content-type", "x-csrf-token"],
        expose = ["x-request-id"],
        max_age = "1h",
        credentials,
    ),
))]
async fn site(State(router): State<Router>, request: Request) -> Response {
    route_request(&router, request).await
}

/// Sends its body as it is made, to callers that sign.
#[function(trigger = url(auth = iam, stream), timeout = "15m")]
async fn report(uri: Uri) -> Result<Streaming, Error> {
    Ok(Streaming::new("text/csv", move |mut out| async move {
        out.write("path\n").await?;
        out.write(uri.path().to_owned()).await
    }))
}

/// Only the distribution of the overlay may call it, through an alias.
#[function(
    trigger = url(auth = iam, cloudfront = overlay("Edge"), stream),
    provisioned_concurrency = 1
)]
async fn page() -> &'static str {
    "page"
}

/// Serves one route, through the API and through its URL.
#[function(
    trigger = http("GET /orders/{id}"),
    trigger = url(auth = iam, cloudfront = param("EdgeArn"), cors(origins = "*"))
)]
async fn order(Path(id): Path<u32>) -> String {
    id.to_string()
}

/// The distribution of another stack.
#[function(trigger = url(
    auth = iam,
    cloudfront = "arn:aws:cloudfront::123456789012:distribution/E2ABCDEFGHIJKL",
))]
async fn feed() -> &'static str {
    "feed"
}

skylift::main!();
