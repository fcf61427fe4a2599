use skylift::prelude::*;

#[function(
    trigger = http("GET /account/{id}"),
    trigger = http("GET /address/{id}"),
    trigger = http("GET /audit/{id}"),
    trigger = http("GET /basket/{id}"),
    trigger = http("GET /billing/{id}"),
    trigger = http("GET /brand/{id}"),
    trigger = http("GET /campaign/{id}"),
    trigger = http("GET /cart/{id}"),
    trigger = http("GET /catalogue/{id}"),
    trigger = http("GET /category/{id}"),
    trigger = http("GET /charge/{id}"),
    trigger = http("GET /claim/{id}"),
    trigger = http("GET /contract/{id}"),
    trigger = http("GET /coupon/{id}"),
    trigger = http("GET /course/{id}"),
    trigger = http("GET /customer/{id}"),
    trigger = http("GET /delivery/{id}"),
    trigger = http("GET /deposit/{id}"),
    trigger = http("GET /device/{id}"),
    trigger = http("GET /discount/{id}"),
    trigger = http("GET /dispute/{id}"),
    trigger = http("GET /event/{id}"),
    trigger = http("GET /export/{id}"),
    trigger = http("GET /feature/{id}"),
    trigger = http("GET /gift/{id}"),
    trigger = http("GET /import/{id}"),
    trigger = http("GET /invoice/{id}"),
    trigger = http("GET /item/{id}"),
    trigger = http("GET /label/{id}"),
    trigger = http("GET /ledger/{id}"),
    trigger = http("GET /licence/{id}"),
    trigger = http("GET /listing/{id}"),
    trigger = http("GET /loan/{id}"),
    trigger = http("GET /member/{id}"),
    trigger = http("GET /message/{id}"),
    trigger = http("GET /offer/{id}"),
    trigger = http("GET /order/{id}"),
    trigger = http("GET /package/{id}"),
    trigger = http("GET /parcel/{id}"),
    trigger = http("GET /payment/{id}"),
    trigger = http("GET /plan/{id}"),
    trigger = http("GET /price/{id}"),
    trigger = http("GET /product/{id}"),
    trigger = http("GET /profile/{id}"),
    trigger = http("GET /project/{id}"),
    trigger = http("GET /promotion/{id}"),
    trigger = http("GET /quote/{id}"),
    trigger = http("GET /receipt/{id}"),
    trigger = http("GET /refund/{id}"),
    trigger = http("GET /report/{id}"),
    trigger = http("GET /review/{id}"),
    trigger = http("GET /role/{id}"),
    schedule = "rate(1 day)",
)]
async fn show() -> &'static str {
    "shown"
}

#[function(trigger = http("POST /orders"), trigger = http)]
async fn other() -> &'static str {
    "other"
}

skylift::main!();
