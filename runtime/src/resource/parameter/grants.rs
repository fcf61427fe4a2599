//! A parameter is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::{ParameterClient, open};
use crate::aws::testing::{Answer, Request, resource};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::kinds::FromConnection as _;
use crate::testing::block_on;

resource! {
    Limit: Parameter {}
}

fn answer(_: &Request) -> Answer {
    Answer::ok(r#"{"Parameter":{"Value":"x"}}"#)
}

#[test]
fn a_parameter_is_asked_for_what_is_granted() {
    let fetched = include_str!("../cached_value.rs").replace("pub async fn fetch(", "");
    let mut ran = Ran::new(answer);
    block_on(async {
        let client = aws_sdk_ssm::Client::new(&ran.server.config());
        let value = open::<Limit>(client, "a".into()).await.unwrap();
        let limit = ParameterClient::<Limit>::from_connection(value);
        run!(ran, limit, get());
        run!(ran, limit, get_max_age(Duration::ZERO));
        run!(ran, limit, refresh());
    });
    ran.check(ResourceKind::Parameter, Access::Read, &[&fetched]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<Limit>(ResourceKind::Parameter);
}
