//! Tests of subscriptions: resources that get the messages of other resources.

use super::sqs::sqs;
use super::{app, capability, existing, found, overlay, parameter, resource, triggered};
use crate::access::Access;
use crate::aws::key_filter::{KeyEnd, KeyFilter};
use crate::aws::name::RuleName;
use crate::aws::node::{Map, Node};
use crate::aws::value::{ArnReference, ResourceReference};
use crate::location::{ItemIndex, PlaceInItem};
use crate::resource::bucket::Bucket;
use crate::resource::bus::Bus;
use crate::resource::queue::Queue;
use crate::resource::topic::Topic;
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::source::event::EventRule;
use crate::source::rule_target::RuleTarget;
use crate::source::s3::{S3, S3Channel, S3EventType};
use crate::source::sns::Sns;
use crate::subscription::{MessageGroupId, MessageSource, Subscription, TopicSubscription};
use crate::{App, AppParts, Function};

/// The indexes of the resources of every application here that get messages.
const JOBS: usize = 0;
const FIFO: usize = 1;
const NEWS: usize = 2;
const LEDGER: usize = 3;

fn topic_settings(fifo: bool) -> ResourceSettings {
    ResourceSettings::Topic(Topic { name: None, fifo, tls_only: true })
}

fn queue_settings(fifo: bool) -> ResourceSettings {
    ResourceSettings::Queue(Queue { fifo, ..Queue::default() })
}

fn resources() -> Vec<Resource> {
    let mut news = resource("News", topic_settings(false));
    news.properties.set("KmsMasterKeyId", "alias/mine");
    let mut ledger = resource("Ledger", topic_settings(true));
    ledger.properties.set("KmsMasterKeyId", "alias/mine");
    vec![
        resource("Jobs", queue_settings(false)),
        resource("Fifo", queue_settings(true)),
        news,
        ledger,
        resource("Lost", queue_settings(false)),
        resource("LostFifo", queue_settings(true)),
        resource("Uploads", ResourceSettings::Bucket(Bucket::default())),
        resource("Shop", ResourceSettings::Bus(Bus { name: None, source: None })),
        existing("Old", topic_settings(false), Existing::Param(parameter("Old"))),
        existing("Archive", ResourceSettings::Bucket(Bucket::default()), overlay()),
    ]
}

fn declared<Name>(ident: &str) -> ResourceReference<Name> {
    ResourceReference::Declared(ident.to_owned())
}

fn topic(ident: &str) -> MessageSource {
    topic_with(ident, |_| {})
}

fn topic_with(ident: &str, change: impl FnOnce(&mut Sns)) -> MessageSource {
    let mut sns =
        Sns { topic: declared(ident), filter: None, filter_scope: None, dead_letters: None };
    change(&mut sns);
    MessageSource::Topic(TopicSubscription { sns, raw: false })
}

fn s3(ident: &str, prefix: &str, through: S3Channel) -> S3 {
    S3 {
        bucket: declared(ident),
        events: vec![S3EventType::CREATED],
        prefix: KeyFilter::parse(KeyEnd::Prefix, prefix).ok(),
        suffix: None,
        through,
    }
}

fn bucket(ident: &str, prefix: &str) -> MessageSource {
    MessageSource::Bucket(s3(ident, prefix, S3Channel::Default))
}

fn rule(name: Option<&str>, dead_letters: Option<&str>) -> EventRule {
    let dead_letters = dead_letters.map(|it| ArnReference::Declared(it.to_owned()));
    EventRule {
        bus: Some(declared("Shop")),
        pattern: None,
        name: name.map(|it| RuleName::try_from(it).unwrap()),
        enabled: true,
        enabled_by: None,
        input: None,
        target: RuleTarget { dead_letters, ..RuleTarget::default() },
    }
}

fn bus() -> MessageSource {
    MessageSource::Bus(rule(None, None))
}

fn grouped(to: usize, from: MessageSource) -> (usize, MessageSource, Option<&'static str>) {
    (to, from, Some("group"))
}

fn plain(to: usize, from: MessageSource) -> (usize, MessageSource, Option<&'static str>) {
    (to, from, None)
}

fn subscribed(
    functions: Vec<Function>,
    resources: Vec<Resource>,
    subscriptions: Vec<(usize, MessageSource, Option<&str>)>,
) -> App {
    let mut counts = vec![0; resources.len()];
    let subscription = |(resource, from, group): (usize, MessageSource, Option<&str>)| {
        counts[resource] += 1;
        Subscription {
            to: resources[resource].ident.clone(),
            resource,
            index: counts[resource] - 1,
            from,
            message_group_id: group.map(|it| MessageGroupId::try_from(it).unwrap()),
            partition_key_path: None,
        }
    };
    let subscriptions = subscriptions.into_iter().map(subscription).collect();
    App::new(AppParts { functions, resources, subscriptions, ..AppParts::default() })
}

/// Returns the places and the messages of the problems of subscriptions.
fn problems(subscriptions: Vec<(usize, MessageSource, Option<&str>)>) -> Vec<String> {
    let found = found(&subscribed(Vec::new(), resources(), subscriptions)).into_iter();
    let shown = found.map(|(item, at, message, _)| {
        assert!(matches!(item, ItemIndex::Resource(_)), "{item:?}");
        format!("{at}: {message}")
    });
    shown.collect()
}

#[test]
fn what_the_services_deliver_is_right() {
    let fifo_letters = |sns: &mut Sns| {
        sns.dead_letters = Some(ArnReference::Declared("LostFifo".to_owned()));
    };
    let right = vec![
        plain(JOBS, topic("News")),
        plain(JOBS, topic_with("Ledger", fifo_letters)),
        plain(JOBS, bucket("Uploads", "in/")),
        plain(JOBS, MessageSource::Bus(rule(None, Some("Lost")))),
        plain(FIFO, topic("Ledger")),
        plain(FIFO, topic("Old")),
        grouped(FIFO, bus()),
        grouped(FIFO, MessageSource::Bucket(s3("Uploads", "", S3Channel::EventBridge))),
        grouped(FIFO, bucket("Archive", "")),
        plain(NEWS, bucket("Uploads", "out/")),
        plain(NEWS, bus()),
    ];
    assert_eq!(problems(right), [""; 0]);
}

#[test]
fn every_delivery_that_a_service_refuses_is_an_error_at_its_key() {
    let dead_letters = |ident: &'static str| {
        move |sns: &mut Sns| sns.dead_letters = Some(ArnReference::Declared(ident.to_owned()))
    };
    for (wrong, message) in [
        (
            plain(FIFO, topic("News")),
            "key from.0.topic: SNS does not deliver the messages of a standard topic to a FIFO queue, which `Fifo` is",
        ),
        (
            plain(FIFO, bucket("Uploads", "")),
            "key from.0.bucket: S3 does not notify a FIFO queue, which `Fifo` is",
        ),
        (
            plain(LEDGER, bucket("Uploads", "")),
            "key from.0.bucket: S3 does not publish to a FIFO topic, which `Ledger` is",
        ),
        (
            plain(LEDGER, bus()),
            "key from.0.bus: EventBridge does not publish to a FIFO topic, which `Ledger` is",
        ),
        (
            plain(FIFO, bus()),
            "key from.0.message_group_id: the messages for the FIFO queue `Fifo` need a message group",
        ),
        (
            grouped(JOBS, bus()),
            "key from.0.message_group_id: `message_group_id` is for the rules of a bus or a bucket that send to a FIFO queue",
        ),
        (
            grouped(FIFO, topic("Ledger")),
            "key from.0.message_group_id: `message_group_id` is for the rules of a bus or a bucket that send to a FIFO queue",
        ),
        (
            plain(JOBS, topic_with("News", dead_letters("Jobs"))),
            "key from.0.dead_letters: `dead_letters` is the queue itself: what cannot be delivered to `Jobs` cannot be kept there",
        ),
        (
            plain(JOBS, topic_with("News", dead_letters("LostFifo"))),
            "key from.0.dead_letters: the dead-letter queue of a standard topic is a standard queue",
        ),
        (
            plain(JOBS, topic_with("Ledger", dead_letters("Lost"))),
            "key from.0.dead_letters: the dead-letter queue of a FIFO topic is a FIFO queue",
        ),
        (
            plain(JOBS, MessageSource::Bus(rule(None, Some("LostFifo")))),
            "key from.0.dead_letters: `dead_letters` of a trigger cannot be a FIFO queue: the events have no message group",
        ),
        (plain(JOBS, topic("New")), "key from.0.topic: no resource `New` is declared"),
        (
            plain(JOBS, topic("Shop")),
            "key from.0.topic: `Shop` is a bus, not a topic (declared at Shop.rs:7)",
        ),
        (
            plain(JOBS, topic_with("News", dead_letters("Uploads"))),
            "key from.0.dead_letters: `Uploads` is a bucket, not a queue (declared at Uploads.rs:7)",
        ),
        (
            plain(JOBS, bucket("Archive", "")).with_event("s3:Replication:*"),
            "key from.0.events: an existing bucket does not send `s3:Replication:*`",
        ),
        (
            plain(JOBS, bucket("Uploads", "")).with_event("s3:ObjectRemoved:DeleteMarkerCreated"),
            "key from.0.events: bucket `Uploads` keeps no versions, and so never sends `s3:ObjectRemoved:DeleteMarkerCreated`",
        ),
    ] {
        assert_eq!(problems(vec![wrong]), [message]);
    }
}

trait WithEvent {
    fn with_event(self, event: &str) -> Self;
}

impl WithEvent for (usize, MessageSource, Option<&'static str>) {
    fn with_event(mut self, event: &str) -> Self {
        let MessageSource::Bucket(s3) = &mut self.1 else { panic!() };
        s3.events = vec![S3EventType::parse(event).unwrap()];
        self
    }
}

#[test]
fn a_queue_is_subscribed_to_a_topic_once() {
    let twice = vec![plain(JOBS, topic("News")), plain(JOBS, topic("News"))];
    assert_eq!(problems(twice), ["key from.1.topic: `Jobs` is subscribed to this topic already"]);
    let by_parameter = topic_with("News", |sns| {
        sns.topic = ResourceReference::Param(parameter("Old"));
    });
    let twice = vec![plain(JOBS, topic("Old")), plain(JOBS, by_parameter)];
    assert_eq!(problems(twice).len(), 1);
}

#[test]
fn notifications_overlap_across_queues_topics_and_functions() {
    let overlap = "these notifications overlap with those of";
    let two = vec![plain(JOBS, bucket("Uploads", "a/")), plain(NEWS, bucket("Uploads", "a/b"))];
    assert_eq!(problems(two), [format!("key from.0: {overlap} `Jobs`")]);
    let two = vec![plain(JOBS, bucket("Uploads", "a/")), plain(JOBS, bucket("Uploads", ""))];
    assert_eq!(problems(two), [format!("key from.1: {overlap} another `from`")]);
    let through = MessageSource::Bucket(s3("Uploads", "", S3Channel::EventBridge));
    let two = vec![plain(JOBS, bucket("Uploads", "a/")), plain(NEWS, through)];
    assert_eq!(problems(two), [""; 0]);
    let function = triggered("take", vec![s3("Uploads", "a/", S3Channel::Default).into()]);
    let one = vec![plain(JOBS, bucket("Uploads", "a/b/"))];
    let app = subscribed(vec![function], resources(), one);
    let (item, at, message, _) = super::problem(&app);
    assert_eq!((item, at), (ItemIndex::Resource(JOBS), PlaceInItem::key("from.0")));
    assert_eq!(message, format!("{overlap} function `take` at take.rs:7"));
}

#[test]
fn properties_cannot_replace_what_a_subscription_sets() {
    let list = |list: &str| {
        let own = Map::new().with(list, Vec::<Node>::new());
        let mut all = resources();
        all[6].properties.set("NotificationConfiguration", own);
        let one = vec![plain(JOBS, bucket("Uploads", ""))];
        found(&subscribed(Vec::new(), all, one)).len()
    };
    assert_eq!((list("QueueConfigurations"), list("TopicConfigurations")), (1, 0));
    let mut all = resources();
    all[FIFO].properties.set("ContentBasedDeduplication", false);
    let app = subscribed(Vec::new(), all, vec![grouped(FIFO, bus())]);
    assert!(super::problem(&app).2.contains("turn off `ContentBasedDeduplication`"));
}

#[test]
fn a_service_cannot_use_a_key_that_aws_manages() {
    let mut all = resources();
    all[NEWS].properties = Map::new();
    all[JOBS].properties.set("KmsMasterKeyId", "alias/aws/sqs");
    for (to, from, sender) in [
        (NEWS, bus(), "EventBridge"),
        (NEWS, bucket("Uploads", ""), "S3"),
        (NEWS, bucket("Archive", ""), "EventBridge"),
        (JOBS, topic("Ledger"), "SNS"),
    ] {
        let app = subscribed(Vec::new(), all.clone(), vec![plain(to, from)]);
        let (_, _, message, help) = super::problem(&app);
        assert!(
            message.starts_with(&format!("{sender} cannot use the key with which")),
            "{message}"
        );
        assert!(help.contains("\"Ref\": \"AWS::NoValue\""), "{help}");
    }
}

#[test]
fn a_rule_has_a_name_of_its_own_on_its_bus() {
    let named = || MessageSource::Bus(rule(Some("placed"), None));
    let two = vec![plain(JOBS, named()), plain(NEWS, named())];
    assert_eq!(problems(two), ["key from.0.name: rule name `placed` is taken by `Jobs`"]);
    let function = triggered("take", vec![rule(Some("placed"), None).into()]);
    let app = subscribed(vec![function], resources(), vec![plain(JOBS, named())]);
    let message = super::problem(&app).2;
    assert_eq!(message, "rule name `placed` is taken by function `take` at take.rs:7");
}

#[test]
fn a_loop_through_subscriptions_is_found() {
    let function = |access, target: &str| {
        let mut function = triggered("again", vec![sqs("Jobs").into()]);
        function.capabilities = vec![capability(access, target, 1)];
        function
    };
    let loops = |access, target: &str, subscriptions| {
        let app = subscribed(vec![function(access, target)], resources(), subscriptions);
        found(&app).into_iter().map(|it| it.2).collect::<Vec<_>>()
    };
    let message = |verb: &str, target: &str| {
        [format!("a loop: `again` {verb} `{target}`, which triggers `again`")]
    };
    let one = loops(Access::Publish, "News", vec![plain(JOBS, topic("News"))]);
    assert_eq!(one, message("publishes to topic", "News"));
    let chain = vec![plain(JOBS, topic("News")), plain(NEWS, bucket("Uploads", ""))];
    assert_eq!(loops(Access::Write, "Uploads", chain), message("writes to bucket", "Uploads"));
    let by_rule = loops(Access::Publish, "Shop", vec![plain(JOBS, bus())]);
    assert_eq!(by_rule, message("publishes to bus", "Shop"));
    let filtered = topic_with("News", |sns| sns.filter = Some(Map::new().into()));
    assert_eq!(loops(Access::Publish, "News", vec![plain(JOBS, filtered)]), [""; 0]);
    let other = loops(Access::Publish, "News", vec![plain(JOBS, topic("Ledger"))]);
    assert_eq!(other, [""; 0]);
}

#[test]
fn a_parameter_of_a_subscription_is_declared_with_its_content() {
    let by_parameter = |to| {
        let from = topic_with("News", |sns| {
            sns.topic = ResourceReference::Param(parameter("Alerts"));
        });
        let app = subscribed(Vec::new(), resources(), vec![plain(to, from)]);
        let declared = app.parameters.iter().find(|it| it.name.as_str() == "Alerts").unwrap();
        declared.description.clone().unwrap()
    };
    assert_eq!(by_parameter(JOBS), "ARN of an SNS topic");
    assert_eq!(by_parameter(FIFO), "ARN of a FIFO topic");
}

#[test]
fn the_envelope_of_a_message_is_known_from_its_subscription() {
    use crate::source::event::RuleInput;
    use crate::subscription::Envelope;

    let raw = || {
        let MessageSource::Topic(wrapped) = topic("News") else { panic!() };
        MessageSource::Topic(TopicSubscription { raw: true, ..wrapped })
    };
    let with_input =
        |input| MessageSource::Bus(EventRule { input: Some(input), ..rule(None, None) });
    let detail = RuleInput::Path("$.detail".to_owned());
    let part = RuleInput::Path("$.detail.order".to_owned());
    for (from, envelope, taken_apart, published) in [
        (topic("News"), Some(Envelope::Notification), true, true),
        (raw(), None, false, true),
        (bus(), Some(Envelope::Event), true, true),
        (with_input(detail), None, false, true),
        (with_input(part), None, false, false),
        (with_input(RuleInput::Constant(Node::Int(1))), None, false, false),
        (bucket("Uploads", ""), None, true, false),
    ] {
        assert_eq!(from.envelope(), envelope, "{from:?}");
        assert_eq!(from.is_taken_apart(), taken_apart, "{from:?}");
        assert_eq!(from.carries_published(), published, "{from:?}");
    }
}

#[test]
fn an_application_without_subscriptions_has_none_in_its_json() {
    let json = |app: &App| serde_json::to_value(app).unwrap();
    assert!(json(&app(Vec::new(), resources())).get("subscriptions").is_none());
    let one = subscribed(Vec::new(), resources(), vec![grouped(FIFO, bus())]);
    let found = &json(&one)["subscriptions"][0];
    assert_eq!(found["to"], "Fifo");
    assert_eq!(found["message_group_id"], "group");
    assert_eq!(found["from"]["bus"]["bus"]["declared"], "Shop");
}
