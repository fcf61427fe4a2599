//% [package.metadata.skylift.http]
//% name = "shop"
//% description = "Orders of the shop"
//% stage = "prod"
//% variables = { color = "blue" }
//% throttle = { rate = 100, burst = 50 }
//% access_logs = { retention = 7 }
//% execute_api = false
//% auth = "none"
//%
//% [package.metadata.skylift.http.cors]
//% origins = ["https://shop.example", "http://localhost:3000", { param = "Page" }]
//% expose = ["x-request-id"]
//% max_age = "1h"
//% credentials = true
//%
//% [package.metadata.skylift.http.domain]
//% name = { param = "Domain" }
//% certificate = { param = "Certificate" }
//% base_path = "v1"
//% zone = "shop.example"
//% mutual_tls = { truststore = "s3://acme-trust/clients.pem", version = "3" }
use skylift::prelude::*;

#[function(trigger = http("GET /orders/{id}"))]
async fn show(Path(id): Path<u32>) -> String {
    id.to_string()
}

#[function(trigger = http("POST /orders", throttle(rate = 0.5, burst = 1)))]
async fn create(body: String) -> String {
    body
}

#[function(trigger = http, schedule = "rate(1 day)")]
async fn everything_else() -> StatusCode {
    StatusCode::NOT_FOUND
}

skylift::main!();
