//! State machines: mistakes of the attribute and of the file that it names.

use skylift::prelude::*;

#[resource(queue)]
struct Stamps;

// The file has four mistakes.
#[resource(state_machine(asl = "state_machine.asl.json"))]
struct Checkout;

#[resource(state_machine(asl = "missing.asl.json"))]
struct Missing;

#[resource(state_machine)]
struct WithoutFile;

#[resource(state_machine(definition = "state_machine.asl.json", existing = "legacy"))]
struct OtherWord;

#[resource(state_machine(existing = "legacy", log_level = all))]
struct Legacy;

#[resource(step_functions(asl = "state_machine.asl.json"))]
struct OtherKind;

#[function]
async fn charge(cents: u32) -> Result<u32, Error> {
    Ok(cents)
}

fn main() {}
