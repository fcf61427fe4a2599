use skylift::prelude::*;

#[function(trigger = http("PUT /notes/{id}"))]
async fn takes_the_body_first(Json(note): Json<String>, Path(id): Path<String>) -> String {
    format!("{id}: {note}")
}

fn main() {}
