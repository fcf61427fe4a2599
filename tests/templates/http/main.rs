use skylift::prelude::*;

#[function(trigger = http)]
async fn everything_else() -> StatusCode {
    StatusCode::NOT_FOUND
}

#[function(trigger = http("GET /"))]
async fn home() -> &'static str {
    "home"
}

#[function(trigger = http("GET /orders/{id}"), timeout = "30s")]
async fn show(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[function(trigger = http(method = PUT, path = "/orders/{id}"), trigger = http("PATCH /orders/{id}"))]
async fn change(Path(id): Path<u32>, body: String) -> String {
    format!("{id}: {body}")
}

#[function(trigger = http("ANY /files/{path+}"))]
async fn files(Path(path): Path<String>) -> String {
    path
}

skylift::main!();
