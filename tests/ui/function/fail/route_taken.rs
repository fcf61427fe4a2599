use skylift::prelude::*;

#[function(trigger = http("GET /users/{id}"))]
async fn show_user(Path(id): Path<String>) -> String {
    id
}

#[function(trigger = http("GET /users/{name}"))]
async fn find_user(Path(name): Path<String>) -> String {
    name
}

#[function(trigger = http(method = POST, path = "/users"), trigger = http("POST /users"))]
async fn add_user() -> &'static str {
    "added"
}

fn main() {}
