//! Keys, and where they are looked up.

use super::*;

#[test]
fn an_event_without_its_key_fails_before_any_work() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let missing = [json!({ "total": 1 }), json!(["id"])].into_iter();
    let empty = [json!(null), json!("")].map(|id| json!({ "id": id, "total": 1 }));
    for without in missing.chain(empty) {
        for of in [&BY_ID, &BY_BOTH] {
            let error = run(&dynamo, of, &handler, &without).unwrap_err();
            assert_eq!(error.name(), "MissingIdempotencyKey");
            assert_eq!(error.to_string(), "the event has nothing at `$.id`, which is its key");
        }
    }
    assert_eq!(
        error(run(&dynamo, &BY_BOTH, &handler, &json!({ "id": 1 }))),
        "MissingIdempotencyKey"
    );
    assert_eq!((runs(&count), dynamo.operations().len()), (0, 0));
}

#[test]
fn numbers_of_any_length_are_compared_digit_by_digit() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    let numbers = [
        "340282366920938463463374607431768211455",
        "340282366920938463463374607431768211454",
        "18446744073709551616",
        "18446744073709551617",
        "0.30000000000000000001",
        "0.30000000000000000002",
    ];
    for id in numbers {
        let event = format!("{{\"id\":{id}}}");
        serve(&handler, event.as_bytes(), &dynamo.call(&BY_ID)).unwrap();
    }
    assert_eq!(runs(&count) as usize, numbers.len());
    let checked = |total: &str| {
        let event = format!("{{\"id\":7,\"total\":{total}}}");
        serve(&handler, event.as_bytes(), &dynamo.call(&CHECKED))
    };
    checked(numbers[2]).unwrap();
    assert_eq!(error(checked(numbers[3])), "IdempotencyPayloadMismatch");
}

#[test]
fn a_key_of_two_values_compares_both() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    for (id, total) in [(1, 1), (1, 2), (2, 1), (1, 1)] {
        run(&dynamo, &BY_BOTH, &handler, &json!({ "id": id, "total": total })).unwrap();
    }
    assert_eq!(runs(&count), 3);
}

#[test]
fn a_handler_without_an_event_has_a_key_in_its_payload() {
    let dynamo = Dynamo::start();
    let handler = eventless_handler(|_| async { Ok(Ok::<_, Error>(1)) });
    let answer = |payload: &[u8]| serve(&handler, payload, &dynamo.call(&BY_ID));
    assert_eq!(error(answer(b"no JSON")), "MissingIdempotencyKey");
    assert_eq!(answer(br#"{"id":1}"#).unwrap(), b"1");
}

#[test]
fn no_tenant_gets_the_response_of_another() {
    let dynamo = Dynamo::start();
    let (handler, count) = counting();
    for tenant in ["blue", "green", "blue"] {
        let call = dynamo.call(&BY_ID);
        let context = call.context().clone().with_tenant_id(tenant);
        let call = Call::new(context, crate::invocation::States::default())
            .with_capabilities(call.capabilities().clone());
        serve(&handler, br#"{"id":7}"#, &call).unwrap();
    }
    assert_eq!((runs(&count), dynamo.items().len()), (2, 2));
}

#[cfg(feature = "s3")]
#[test]
fn a_record_of_a_bucket_has_its_key_in_the_record() {
    use crate::event::S3EventRecord;
    use crate::handler::triggered_handler;
    use crate::registry::{JsonPath, JsonPathStep};
    use crate::reliability::idempotency::{idempotency_entry, own_table};
    use crate::source::s3::s3;

    static BY_OBJECT: IdempotencyEntry = idempotency_entry(
        &[JsonPath {
            text: "$.s3.object.sequencer",
            steps: &[
                JsonPathStep::Field("s3"),
                JsonPathStep::Field("object"),
                JsonPathStep::Field("sequencer"),
            ],
        }],
        &[],
        60,
        own_table("Seen", "V", "pk", "gone_at"),
    );
    let dynamo = Dynamo::start();
    let count = Runs::default();
    let counter = Arc::clone(&count);
    let handler = triggered_handler([s3::<S3EventRecord>()], move |_, _| {
        counter.fetch_add(1, Ordering::SeqCst);
        async { Ok(Ok::<_, Error>(())) }
    });
    let event: Value =
        serde_json::from_slice(&crate::testing::fixture("example-s3-event.json")).unwrap();
    for _ in 0..2 {
        run(&dynamo, &BY_OBJECT, &handler, &event).unwrap();
    }
    assert_eq!((runs(&count), dynamo.items().len()), (1, 1));
}
