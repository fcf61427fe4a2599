//! Another function is only invoked.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;

use serde_json::{Value, json};
use skylift_model::access::Access;

use super::client::FunctionClient;
use crate::aws::testing::{Answer, Request, client_of, resource};
use crate::resource::grants::{Ran, offered, run};
use crate::testing::block_on;

resource! {
    Price: Function { type Event = Value; type Answer = Value; }
}

fn answer(_: &Request) -> Answer {
    Answer::ok("{}")
}

#[test]
fn a_function_is_only_invoked() {
    let mut ran = Ran::new(answer);
    let price = client_of!(FunctionClient<Price>, aws_sdk_lambda, ran.server);
    block_on(async {
        run!(ran, price, invoke(&json!(1)));
        run!(ran, price, invoke_async(&json!(1)));
    });
    assert_eq!(ran.operations(), BTreeSet::from(["Invoke".to_owned()]));
    ran.check_methods(&[include_str!("client.rs")]);
}

#[test]
fn there_is_a_client_for_invoking_and_for_nothing_else() {
    assert_eq!(offered::<Price>(), [Access::Invoke]);
}
