use skylift::prelude::*;

#[function(trigger = url)]
async fn open_by_accident() -> &'static str {
    ""
}

#[function(trigger = url(auth = aws_iam))]
async fn authorization_of_sam() -> &'static str {
    ""
}

#[function(trigger = url(auth = none, cors(origins = "*", credentials)))]
async fn credentials_of_every_page() -> &'static str {
    ""
}

#[function(trigger = url(auth = none, cors(origins = ["https://example.com/"], methods = [GET, OPTIONS])))]
async fn origin_with_slash() -> &'static str {
    ""
}

#[function(trigger = url(auth = none, cors(allow_origins = "*")))]
async fn key_of_sam() -> &'static str {
    ""
}

#[function(trigger = url(auth = none, cloudfront = overlay("Edge")))]
async fn distribution_of_open_url() -> &'static str {
    ""
}

#[function(trigger = url(auth = iam, invoke_mode = stream))]
async fn mode_of_sam() -> &'static str {
    ""
}

#[function(trigger = url(auth = none, stream), idempotent(key = "$.body"))]
async fn stream_once() -> &'static str {
    ""
}

#[function(trigger = url(auth = iam), properties = { "FunctionUrlConfig": { "AuthType": "NONE" } })]
async fn opened_by_properties() -> &'static str {
    ""
}

#[function(trigger = url(auth = iam), trigger = url(auth = none))]
async fn two_urls() -> &'static str {
    ""
}

#[function(trigger = url(auth = iam))]
async fn path_without_route(id: Path<u32>) -> String {
    id.to_string()
}

#[function(trigger = function_url(auth = iam))]
async fn other_name() -> &'static str {
    ""
}

fn main() {}
