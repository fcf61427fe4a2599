use skylift::prelude::*;

#[resource(topic)]
pub struct SubscribedTopic;

#[resource(bucket)]
pub struct SubscribedBucket;

#[resource(queue(from = SubscribedTopic))]
pub struct WithoutKind;

#[resource(topic(from = topic(SubscribedTopic)))]
pub struct TopicOfTopic;

#[resource(queue(from = table(SubscribedTopic)))]
pub struct OfTable;

#[resource(queue(from = topic(raw)))]
pub struct OfNoTopic;

#[resource(queue(from = topic(SubscribedTopic, RawMessageDelivery = true)))]
pub struct InWordsOfAws;

#[resource(queue(from = [topic(SubscribedTopic), topic(SubscribedTopic, filter = { "kind": "placed" })]))]
pub struct WithWrongFilter;

#[resource(queue(from = bucket(SubscribedBucket, event = "ObjectCreated:*")))]
pub struct WithUnknownKey;

#[resource(queue(existing = "jobs", from = topic(SubscribedTopic)))]
pub struct SubscribedLater;

#[function]
async fn take_subscription_arguments() -> Result<(), Error> {
    Ok(())
}

fn main() {}
