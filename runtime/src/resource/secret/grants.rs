//! A secret is asked for what is granted.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]

use std::time::Duration;

use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::client::{SecretClient, open};
use crate::aws::testing::{Answer, Request, resource};
use crate::resource::grants::{Ran, check_offered, run};
use crate::resource::kinds::FromConnection as _;
use crate::resource::markers::SecretText;
use crate::testing::block_on;

resource! {
    ApiKey: Secret { type Value = SecretText; }
}

fn answer(_: &Request) -> Answer {
    Answer::ok(r#"{"SecretString":"x"}"#)
}

#[test]
fn a_secret_is_asked_for_what_is_granted() {
    let fetched = include_str!("../cached_value.rs").replace("pub async fn fetch(", "");
    let mut ran = Ran::new(answer);
    block_on(async {
        let client = aws_sdk_secretsmanager::Client::new(&ran.server.config());
        let value = open::<ApiKey>(client, "a".into()).await.unwrap();
        let key = SecretClient::<ApiKey>::from_connection(value);
        run!(ran, key, get());
        run!(ran, key, get_max_age(Duration::ZERO));
        run!(ran, key, refresh());
    });
    ran.check(ResourceKind::Secret, Access::Read, &[&fetched]);
}

#[test]
fn there_are_clients_for_what_can_be_granted_and_for_nothing_else() {
    check_offered::<ApiKey>(ResourceKind::Secret);
}
