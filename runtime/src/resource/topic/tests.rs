// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]

use serde_json::json;

use super::PublishOptions;
use super::TopicClient;
use crate::aws::batch_error::BatchError;
use crate::aws::testing::{FakeAws, FakeResponse, client_for, test_resource};
use crate::resource::markers::{Fifo, Standard, Untyped};
use crate::testing::block_on;

test_resource! {
    News: Topic { type Message = Untyped; type Order = Standard; }
    Lines: Topic { type Message = Untyped; type Order = Fifo; }
}

fn published(name: &str, content: &str) -> FakeResponse {
    FakeResponse::ok(format!(
        "<{name}Response xmlns=\"http://sns.amazonaws.com/doc/2010-03-31/\"><{name}Result>{content}\
         </{name}Result></{name}Response>"
    ))
}

/// Returns the form of a request, decoded as far as the tests need it.
fn form(server: &FakeAws, index: usize) -> String {
    server.seen()[index]
        .text()
        .replace("%22", "\"")
        .replace("%7B", "{")
        .replace("%7D", "}")
        .replace("%3A", ":")
}

#[test]
fn a_message_is_json_with_the_subject_and_attributes_of_its_options() {
    let server = FakeAws::script([published("Publish", "<MessageId>1</MessageId>")]);
    let news = client_for!(TopicClient<News>, aws_sdk_sns, server);
    let options = PublishOptions::new().subject("Hot").attribute("severity", "high");
    block_on(news.publish_with(&json!({ "room": 1 }), options)).unwrap();
    let form = form(&server, 0);
    for part in [
        "Action=Publish&",
        "&TopicArn=the-name",
        "&Message={\"room\":1}",
        "&Subject=Hot",
        "&MessageAttributes.entry.1.Name=severity",
        "&MessageAttributes.entry.1.Value.DataType=String",
        "&MessageAttributes.entry.1.Value.StringValue=high",
    ] {
        assert!(form.contains(part), "{part} in {form}");
    }
}

#[test]
fn ten_messages_are_sent_a_request_and_the_error_has_the_failed_ones() {
    let taken = |ids: &[u8]| {
        let taken = ids.iter().map(|id| format!("<member><Id>{id}</Id></member>"));
        format!("<Successful>{}</Successful>", taken.collect::<String>())
    };
    let failed = "<Failed><member><Id>4</Id><Code>Invalid</Code><Message>no</Message>\
                  <SenderFault>true</SenderFault></member></Failed>";
    let first = taken(&[0, 1, 2, 3, 5, 6, 7, 8, 9]) + failed;
    let server = FakeAws::script([
        published("PublishBatch", &first),
        published("PublishBatch", &taken(&[0])),
    ]);
    let news = client_for!(TopicClient<News>, aws_sdk_sns, server);
    let error = block_on(news.publish_all((0..11).map(|number| json!(number)))).unwrap_err();
    assert_eq!(server.seen().len(), 2);
    let failures = error.downcast_ref::<BatchError>().unwrap().failures();
    assert_eq!((failures.len(), failures[0].index()), (1, 4));
}

#[test]
fn a_message_that_the_answer_does_not_confirm_was_not_published() {
    let other = "<Successful><member><Id>7</Id></member></Successful>";
    for answer in ["", "<Successful/><Failed/>", other] {
        let server = FakeAws::script([published("PublishBatch", answer)]);
        let news = client_for!(TopicClient<News>, aws_sdk_sns, server);
        let error = block_on(news.publish_all([json!(1), json!(2)])).unwrap_err();
        let failures = error.downcast_ref::<BatchError>().unwrap().failures();
        let failures: Vec<_> = failures.iter().map(|it| (it.index(), it.code())).collect();
        assert_eq!(failures, [(0, "Unconfirmed"), (1, "Unconfirmed")], "{answer}");
    }
    let server = FakeAws::script([published("Publish", "")]);
    let news = client_for!(TopicClient<News>, aws_sdk_sns, server);
    assert_eq!(block_on(news.publish(&json!(1))).unwrap_err().name(), "Unconfirmed");
}

#[test]
fn a_message_to_a_fifo_topic_may_have_no_deduplication_id() {
    let server = FakeAws::script([published("Publish", "<MessageId>1</MessageId>")]);
    let lines = client_for!(TopicClient<Lines>, aws_sdk_sns, server);
    block_on(lines.publish_to_group("poem", None, &json!("a"))).unwrap();
    assert!(!form(&server, 0).contains("MessageDeduplicationId"));
}

#[test]
fn a_message_to_a_fifo_topic_has_its_group() {
    let server = FakeAws::script([
        published("Publish", "<MessageId>1</MessageId>"),
        published("PublishBatch", "<Successful><member><Id>0</Id></member></Successful>"),
    ]);
    let lines = client_for!(TopicClient<Lines>, aws_sdk_sns, server);
    block_on(async {
        lines.publish_to_group("poem", "1", &json!("a")).await.unwrap();
        lines.publish_all_to_groups([("poem", "2", json!("b"))]).await.unwrap();
    });
    assert!(form(&server, 0).contains("&MessageGroupId=poem"));
    assert!(form(&server, 1).contains(".MessageDeduplicationId=2"));
}
