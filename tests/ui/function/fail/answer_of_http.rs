use skylift::prelude::*;

pub struct Page;

#[function(trigger = http("GET /page"))]
async fn answers_no_page() -> Page {
    Page
}

fn main() {}
