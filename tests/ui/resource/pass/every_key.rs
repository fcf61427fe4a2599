#![deny(warnings)]

use skylift::prelude::*;

#[resource(bucket(name = "uploads-of-acme", versioned, id = "UploadsOfAcme"))]
pub struct Uploads;

#[resource(bucket(versioned = false))]
struct Plain;

#[resource(queue(name = "steps.fifo", fifo, visibility = "5m", dead_letters(after = 3), id = "StepsOfAcme"))]
pub(crate) struct Steps;

mod nested {
    use skylift::prelude::*;

    #[resource(queue)]
    pub struct Far;
}

fn main() {
    let _ = (Uploads, Plain, Steps, nested::Far);
}
