//! Failures: no work is repeated that was done before, and nothing is retried forever.

use super::*;

fn payload(count: &Count) -> Value {
    serde_json::to_value(count).unwrap()
}

/// Counts that fail at their second number, by an error and by a panic.
fn failing() -> [Count; 2] {
    [
        Count { to: 9, fails_at: Some(2), ..Count::default() },
        Count { to: 9, panics_at: Some(2), ..Count::default() },
    ]
}

#[test]
fn a_part_that_fails_after_others_is_handed_over_from_its_own_cursor() {
    for count in failing() {
        let server = accepting_queue();
        let (answer, seen) = invoke(&server, &payload(&count), LONG);
        assert_eq!(answer.unwrap(), json!({ "resumed": { "hop": 1, "messageId": "m1" } }));
        assert_eq!(cursors(&seen), [None, Some(1), Some(2)]);
        assert_eq!((&sent(&server)[0]["cursor"], &sent(&server)[0]["hop"]), (&json!(2), &json!(1)));

        let server = accepting_queue();
        let (answer, _) = invoke(&server, &hand_over(2, 1, &count), LONG);
        assert_eq!(answer.unwrap(), success_response());
        assert_eq!((&sent(&server)[0]["cursor"], &sent(&server)[0]["hop"]), (&json!(2), &json!(3)));
    }
}

#[test]
fn a_part_that_fails_again_at_once_fails_its_message_and_is_not_handed_over() {
    for count in failing() {
        let server = accepting_queue();
        for _ in 0..5 {
            let (answer, seen) = invoke(&server, &hand_over(1, 2, &count), LONG);
            assert_eq!(answer.unwrap(), failure_response());
            assert_eq!(cursors(&seen), [Some(2)]);
            let unattended = invoke_as::<Unattended>(&server, &hand_over(1, 2, &count), LONG);
            assert_eq!(unattended.0.unwrap(), failure_response());
        }
        assert!(server.seen().is_empty());
    }
}

#[test]
fn the_failure_of_a_first_part_is_reported_to_a_caller_that_waits() {
    let server = accepting_queue();
    let count = Count { to: 9, fails_at: Some(0), ..Count::default() };
    assert_eq!(invoke(&server, &payload(&count), LONG).0.unwrap_err().name(), "Lost");
    assert!(server.seen().is_empty());
}

#[test]
fn an_event_for_which_no_caller_waits_is_handed_over_if_its_first_part_fails() {
    let hangs = Count { to: 9, hangs_at: Some(0), ..Count::default() };
    for (count, remaining) in [
        (Count { to: 9, fails_at: Some(0), ..Count::default() }, LONG),
        (Count { to: 9, panics_at: Some(0), ..Count::default() }, LONG),
        (hangs, Duration::from_millis(1_500)),
    ] {
        let server = accepting_queue();
        let (answer, seen) = invoke_as::<Unattended>(&server, &payload(&count), remaining);
        assert_eq!(answer.unwrap(), json!({ "resumed": { "hop": 1, "messageId": "m1" } }));
        assert_eq!(cursors(&seen), [None]);
        let body = sent(&server).remove(0);
        assert_eq!((body.get("cursor"), &body["event"]), (None, &payload(&count)));

        // The failed event starts from the beginning, and fails its message.
        let server = accepting_queue();
        let again = event(&body.to_string());
        let (answer, seen) = invoke_as::<Unattended>(&server, &again, remaining);
        assert_eq!(answer.unwrap(), failure_response());
        assert_eq!(cursors(&seen), [None]);
        assert!(server.seen().is_empty());
        let well_again = json!({ "to": 2 });
        let again = event(
            &json!({
                "resume": 1, "function": "Count", "request": "r1", "hop": 1, "event": well_again,
            })
            .to_string(),
        );
        let (answer, seen) = invoke_as::<Unattended>(&server, &again, LONG);
        assert_eq!(answer.unwrap(), success_response());
        assert_eq!(cursors(&seen), [None, Some(1), Some(2)]);
    }
}

#[test]
fn without_a_queue_a_failure_is_reported_to_the_caller() {
    for count in failing() {
        let (handler, seen) = counting::<Unattended>();
        let call = Call::new(Context::new("r1"), States::default());
        let payload = serde_json::to_vec(&count).unwrap();
        let Err(error) = block_on(handler.serve(&payload, &call)) else { panic!("it went well") };
        assert!(["Lost", "Panic"].contains(&error.name()), "{error}");
        assert_eq!(cursors(&seen), [None, Some(1), Some(2)]);
    }
}

#[test]
fn if_the_queue_rejects_the_hand_over_the_error_of_the_part_is_reported() {
    let server =
        FakeAws::script([FakeResponse::refusal(400, "com.amazonaws.sqs#QueueDoesNotExist", "no")]);
    let [count, _] = failing();
    assert_eq!(invoke(&server, &payload(&count), LONG).0.unwrap_err().name(), "Lost");
    assert_eq!(invoke(&server, &hand_over(1, 1, &count), LONG).0.unwrap(), failure_response());
}

#[test]
fn a_queue_that_hangs_is_reported_before_the_timeout() {
    let server = hanging_queue();
    let count = Count { to: 1000, pause: 50, ..Count::default() };
    let remaining = Duration::from_millis(1_500);
    let error = invoke(&server, &payload(&count), remaining).0.unwrap_err();
    assert_eq!(error.name(), "HandOverTimedOut");
    let start = "`SendMessage` on the queue `CountResume` was not answered within the ";
    assert!(error.to_string().starts_with(start), "{error}");
    let (answer, _) = invoke(&server, &hand_over(1, 7, &count), remaining);
    assert_eq!(answer.unwrap(), failure_response());
    // Whatever was received is in one group, with one number.
    let ids = |key: &str| -> Vec<Value> {
        server.bodies().iter().map(|asked| asked[key].clone()).collect()
    };
    assert!(ids("MessageGroupId").iter().all(|group| group == "r1"));
    assert!(ids("MessageDeduplicationId").contains(&json!("r1-2")));
}

#[cfg(feature = "sqs")]
#[test]
fn a_message_of_the_users_queue_whose_later_part_fails_succeeds_and_its_work_is_handed_over() {
    use crate::event::Message;
    use crate::handler::triggered_handler;
    use crate::source::sqs::sqs;

    let handler = triggered_handler::<_, _, _, PartOutput, _>(
        [sqs::<Message<Count>>()],
        |count: Message<Count>, call: Call| async move {
            let part = part_call::<_, Resume<u32>>(&call);
            let number = part.cursor()?.unwrap_or(0);
            Ok(part.done(count_on(&count, number).await))
        },
    );
    let handler = resuming_handler::<Counting>(handler);
    for (fails_at, answered) in [(2, success_response()), (0, failure_response())] {
        let server = accepting_queue();
        let count = Count { to: 9, fails_at: Some(fails_at), ..Count::default() };
        let mut message = event(&payload(&count).to_string());
        message["Records"][0]["eventSourceARN"] =
            "arn:aws:sqs:eu-central-1:123456789012:counts".into();
        let message = serde_json::to_vec(&message).unwrap();
        let answer: Vec<u8> = block_on(async {
            let call = call::<Counting>(&server, LONG);
            handler.serve(&message, &call).await?.collect_bytes().await
        })
        .unwrap();
        assert_eq!(serde_json::from_slice::<Value>(&answer).unwrap(), answered);
        let sent: Vec<_> = sent(&server).iter().map(|body| body["cursor"].clone()).collect();
        assert_eq!(sent, if fails_at == 2 { vec![json!(2)] } else { vec![] });
    }
}
