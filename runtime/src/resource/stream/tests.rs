// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::{Value, json};

use super::StreamClient;
use crate::aws::batch_error::BatchError;
use crate::aws::testing::{FakeAws, FakeResponse, client_for, test_resource};
use crate::resource::markers::Untyped;
use crate::testing::block_on;

test_resource! {
    Clicks: Stream { type Message = Untyped; }
}

fn answer(body: &Value) -> FakeResponse {
    FakeResponse::ok(body.to_string())
}

fn put(failed: &[bool]) -> FakeResponse {
    let records = failed.iter().map(|failed| {
        if *failed {
            json!({ "ErrorCode": "ProvisionedThroughputExceededException", "ErrorMessage": "busy" })
        } else {
            json!({ "SequenceNumber": "1", "ShardId": "s" })
        }
    });
    answer(&json!({ "Records": records.collect::<Vec<_>>() }))
}

#[test]
fn a_record_is_put_as_json_with_its_partition_key() {
    let server = FakeAws::script([answer(&json!({ "SequenceNumber": "1", "ShardId": "s" }))]);
    let clicks = client_for!(StreamClient<Clicks>, aws_sdk_kinesis, server);
    block_on(clicks.put("ann", &json!({ "page": 1 }))).unwrap();
    let expected =
        json!({ "StreamName": "the-name", "PartitionKey": "ann", "Data": "eyJwYWdlIjoxfQ==" });
    assert_eq!(server.bodies(), [expected]);
}

#[test]
fn records_that_a_busy_shard_refused_are_retried_in_their_order() {
    let server = FakeAws::script([put(&[false, true, false, true]), put(&[false, false])]);
    let clicks = client_for!(StreamClient<Clicks>, aws_sdk_kinesis, server);
    let records = ["a", "b", "c", "d"].map(|key| (key, json!(key)));
    block_on(clicks.put_all(records)).unwrap();
    let keys = |body: &Value| {
        let records = body["Records"].as_array().unwrap().iter();
        records.map(|it| it["PartitionKey"].as_str().unwrap().to_owned()).collect::<String>()
    };
    assert_eq!(server.bodies().iter().map(keys).collect::<Vec<_>>(), ["abcd", "bd"]);
}

#[test]
fn a_record_that_the_answer_does_not_confirm_was_not_put() {
    for (answer, unconfirmed) in [
        (json!({ "Records": [] }), &[0, 1][..]),
        (json!({ "FailedRecordCount": 0, "Records": [{}, { "SequenceNumber": "1" }] }), &[0][..]),
        (json!({ "Records": [{ "SequenceNumber": "1", "ShardId": "s" }] }), &[1][..]),
    ] {
        let server = FakeAws::script([FakeResponse::ok(answer.to_string())]);
        let clicks = client_for!(StreamClient<Clicks>, aws_sdk_kinesis, server);
        let records = ["a", "b"].map(|key| (key, json!(key)));
        let error = block_on(clicks.put_all(records)).unwrap_err();
        let failures = error.downcast_ref::<BatchError>().unwrap().failures();
        assert!(failures.iter().all(|it| it.code() == "Unconfirmed"), "{answer}");
        assert_eq!(failures.iter().map(|it| it.index()).collect::<Vec<_>>(), unconfirmed);
    }
    let server = FakeAws::script([answer(&json!({}))]);
    let clicks = client_for!(StreamClient<Clicks>, aws_sdk_kinesis, server);
    assert_eq!(block_on(clicks.put("a", &json!(1))).unwrap_err().name(), "Unconfirmed");
}

#[test]
fn a_request_has_at_most_500_records() {
    let server = FakeAws::script([put(&[false; 500]), put(&[false; 2])]);
    let clicks = client_for!(StreamClient<Clicks>, aws_sdk_kinesis, server);
    block_on(clicks.put_all((0..502).map(|number| ("k", json!(number))))).unwrap();
    let sizes: Vec<_> =
        server.bodies().iter().map(|body| body["Records"].as_array().unwrap().len()).collect();
    assert_eq!(sizes, [500, 2]);
}
