//! The source `event(bus = Shop, source = "shop.orders", detail_type = "placed", detail = {…})`. Reads a trigger on the
//! events of an EventBridge bus.

use skylift_model::aws::arn;
use skylift_model::aws::limits;
use skylift_model::aws::name::BusName;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::ResourceReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::event::{EVENT_FIELDS, EventRule, RuleInput};

use super::rule_target::{read_rule_input, read_rule_target};
use super::{SourceGrammar, SourceWords};
use crate::errors::Errors;
use crate::messages;
use crate::pattern::{EVENTBRIDGE, check_pattern, check_values};
use crate::readers::{
    accept, check_arn_kind, read_json, read_json_object, read_list, read_name, read_reference,
    read_text, take_enabled,
};
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The name of the account's default bus.
const DEFAULT_BUS: &str = "default";

/// The keys that are parts of a pattern, each with the field of the event that it compares.
const PARTS: [(&str, &str); 3] =
    [("source", "source"), ("detail_type", "detail-type"), ("detail", "detail")];

/// The keys that replace the event.
const INPUTS: [&str; 3] = ["input", "input_path", "input_template"];

impl SourceGrammar for EventRule {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &[
                "event",
                "eventbridge",
                "events",
                "eventbridgerule",
                "rule",
                "bus",
                "cloudwatchevent",
            ],
            "write `trigger = event(bus = Shop, detail_type = \"…\")`, or `schedule = \"rate(5 minutes)\"`",
        )],
        keys: &[
            (&["eventbusname", "eventbus"], "write `bus = Shop`"),
            (&["eventpattern"], "write `pattern = { … }`"),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        Some(read_rule(args, SubscriptionTo::Function, errors))
    }
}

/// What a rule sends to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum SubscriptionTo {
    Function,
    Resource,
}

/// Reads a rule, whatever it sends to.
pub(crate) fn read_rule(args: &Args, to: SubscriptionTo, errors: &mut Errors) -> EventRule {
    let bus = args.take_main("bus", read_bus, errors).flatten();
    let is_default = match &bus {
        Some(bus) => matches!(bus, NamedBus::Default),
        None => !args.has_key("bus"),
    };
    let pattern = read_whole_pattern(args, errors);
    let input = read_input(args, errors);
    let (enabled, enabled_by) = take_enabled(args, errors);
    let rule = EventRule {
        bus: bus.and_then(NamedBus::into_reference),
        pattern,
        name: args.take("name", read_name, errors),
        enabled,
        enabled_by,
        input,
        target: read_rule_target(args, errors),
    };
    let has_pattern = PARTS.iter().any(|(key, _)| args.has_key(key)) || args.has_key("pattern");
    if is_default && !has_pattern {
        let message = messages::default_bus_without_pattern(to == SubscriptionTo::Function);
        errors.push_missing(&args.span, message);
    }
    rule
}

/// The bus that a trigger names.
enum NamedBus {
    /// The account's default bus.
    Default,
    Other(ResourceReference<BusName>),
}

impl NamedBus {
    /// Returns the reference to the bus. Returns `None` for the account's default bus.
    fn into_reference(self) -> Option<ResourceReference<BusName>> {
        match self {
            Self::Default => None,
            Self::Other(bus) => Some(bus),
        }
    }
}

/// Reads the value of `bus`: the path of a `#[resource]`, a name, an ARN or a parameter. Returns `None` after an error was
/// recorded.
fn read_bus(value: &ArgValue, errors: &mut Errors) -> Option<NamedBus> {
    match &value.kind {
        ArgValueKind::Str(_) => {
            let name = read_text(value, errors)?;
            if name == DEFAULT_BUS {
                return Some(NamedBus::Default);
            }
            if name.starts_with(arn::PREFIX) {
                return check_arn_kind(ResourceKind::Bus, name, &value.span, errors)
                    .then(|| NamedBus::Other(ResourceReference::Arn(name.to_owned())));
            }
            let name = BusName::parse_existing(name).map(ResourceReference::Named);
            accept(name, value, errors).map(NamedBus::Other)
        }
        ArgValueKind::Path(segments, _) if *segments == [DEFAULT_BUS] => Some(NamedBus::Default),
        _ => read_reference(value, errors).map(NamedBus::Other),
    }
}

/// Reads the pattern: the value of `pattern`, or the parts of it that have a key. Returns `None` if the trigger has
/// neither, or after an error was recorded.
fn read_whole_pattern(args: &Args, errors: &mut Errors) -> Option<Map> {
    let pattern = args.take("pattern", read_pattern, errors);
    let mut map = Map::new();
    for (key, field) in PARTS {
        let read = |value: &ArgValue, errors: &mut Errors| match key {
            "detail" => read_detail(value, errors),
            _ => read_values(value, key, errors),
        };
        map.set_some(field, args.take(key, read, errors));
        if args.has_key("pattern") && args.has_key(key) {
            errors.push(args.span_of(key), messages::key_beside_pattern(key));
        }
    }
    let pattern = pattern.or_else(|| (!map.is_empty()).then_some(map))?;
    let length = Node::Map(pattern.clone()).json_len();
    if length > limits::EVENT_PATTERN_LEN {
        let message = messages::event_pattern_too_long(length, limits::EVENT_PATTERN_LEN);
        errors.push(&args.span, message);
    }
    Some(pattern)
}

/// Reads the value of `pattern`. Returns `None` after an error was recorded.
fn read_pattern(value: &ArgValue, errors: &mut Errors) -> Option<Map> {
    errors.scope(|errors| {
        let map = read_json_object(value, errors)?;
        let check_field = |key: &ArgKey, _: &ArgValue, errors: &mut Errors| {
            if !EVENT_FIELDS.contains(&key.text.as_str()) {
                errors.push(&key.span, messages::unknown_event_field(&key.text, EVENT_FIELDS));
            }
        };
        check_pattern(value, &EVENTBRIDGE, &check_field, errors);
        Some(map)
    })
}

/// Reads the value of `detail`: the pattern of the event's detail. Returns `None` after an error was recorded.
fn read_detail(value: &ArgValue, errors: &mut Errors) -> Option<Node> {
    errors.scope(|errors| {
        let map = read_json_object(value, errors)?;
        check_pattern(value, &EVENTBRIDGE, &|_, _, _| {}, errors);
        Some(Node::Map(map))
    })
}

/// Reads the value of `source` or `detail_type`: a text or an operator, or a list of them. Returns `None` after an error
/// was recorded.
fn read_values(value: &ArgValue, key: &str, errors: &mut Errors) -> Option<Node> {
    errors.scope(|errors| {
        let values = read_list(value);
        if values.is_empty() {
            errors.push(&value.span, messages::field_without_values(key));
        }
        let mut nodes = Vec::new();
        for value in values {
            if matches!(value.kind, ArgValueKind::Map(_)) {
                check_values(std::slice::from_ref(value), &EVENTBRIDGE, errors);
                nodes.extend(read_json(value, errors));
            } else {
                nodes.extend(read_text(value, errors).map(Node::from));
            }
        }
        Some(Node::from(nodes))
    })
}

/// Reads what the function gets instead of the event. Returns `None` if the trigger does not say it, or after an error
/// was recorded.
fn read_input(args: &Args, errors: &mut Errors) -> Option<RuleInput> {
    let constant = args.take("input", read_rule_input, errors).map(RuleInput::Constant);
    let path = args
        .take("input_path", |value, errors| read_event_path(value, "input_path", errors), errors)
        .map(RuleInput::Path);
    let paths = args.take("input_paths", read_input_paths, errors);
    let names: Vec<&str> =
        paths.iter().flat_map(|paths| paths.iter().map(|(name, _)| name)).collect();
    let template = |value: &ArgValue, errors: &mut Errors| read_template(value, &names, errors);
    let template = args.take("input_template", template, errors);
    if args.has_key("input_paths") && !args.has_key("input_template") {
        let message = messages::input_paths_without_template();
        errors.push(args.span_of_name("input_paths"), message);
    }
    let mut given = INPUTS.into_iter().filter(|key| args.has_key(key));
    if let (Some(first), Some(second)) = (given.next(), given.next()) {
        errors.push(args.span_of_name(second), messages::two_inputs(first, second));
    }
    let transformer = template
        .map(|template| RuleInput::Transformer { paths: paths.unwrap_or_default(), template });
    constant.or(path).or(transformer)
}

/// Reads a JSON path into an event, which stands in the value of `key`. Returns `None` after an error was recorded.
pub(crate) fn read_event_path(value: &ArgValue, key: &str, errors: &mut Errors) -> Option<String> {
    let path = read_text(value, errors)?;
    if path != "$" && !path.starts_with("$.") {
        errors.push(&value.span, messages::not_an_event_path(path));
        return None;
    }
    let limit = limits::RULE_INPUT_PATH_LEN;
    if path.chars().count() > limit {
        let message = messages::rule_text_too_long(key, path.chars().count(), limit);
        errors.push(&value.span, message);
        return None;
    }
    Some(path.to_owned())
}

/// Reads the value of `input_paths`: a JSON path for each name. Returns `None` after an error was recorded.
fn read_input_paths(value: &ArgValue, errors: &mut Errors) -> Option<Map> {
    errors.scope(|errors| {
        let paths = read_json_object(value, errors)?;
        let ArgValueKind::Map(entries) = &value.kind else { return Some(paths) };
        for (_, path) in entries {
            read_event_path(path, "input_paths", errors);
        }
        let limit = limits::TRANSFORMER_PATHS;
        if entries.len() > limit {
            errors.push(&value.span, messages::too_many_input_paths(entries.len(), limit));
        }
        Some(paths)
    })
}

/// Reads the value of `input_template`, in which `<name>` stands for one of the paths. Returns `None` after an error was
/// recorded.
fn read_template(value: &ArgValue, paths: &[&str], errors: &mut Errors) -> Option<String> {
    let template = read_text(value, errors)?;
    let limit = limits::TRANSFORMER_TEMPLATE_LEN;
    let length = template.chars().count();
    if length > limit {
        errors.push(&value.span, messages::rule_text_too_long("input_template", length, limit));
        return None;
    }
    for part in template.split('<').skip(1) {
        let Some((name, _)) = part.split_once('>') else { continue };
        let is_name = name.chars().all(|it| it.is_ascii_alphanumeric() || "_-".contains(it));
        // Names with a dot are EventBridge's own, such as `<aws.events.event>`.
        if is_name && !name.is_empty() && !paths.contains(&name) {
            errors.push(&value.span, messages::unknown_template_part(name, paths));
            return None;
        }
    }
    Some(template.to_owned())
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn event(arguments: &str) -> EventRule {
        match trigger(&format!("event({arguments})")) {
            Trigger::EventRule(event) => event,
            other => panic!("{other:?}"),
        }
    }

    fn texts(texts: &[&str]) -> Node {
        texts.iter().map(|text| Node::from(*text)).collect::<Vec<_>>().into()
    }

    #[test]
    fn every_argument_is_read() {
        let bare = event("bus = Shop");
        assert_eq!(bare.bus, Some(ResourceReference::Declared("Shop".to_owned())));
        assert!(bare.pattern.is_none() && bare.name.is_none() && bare.input.is_none());
        assert!(bare.enabled);
        let all = event(
            r#"bus = "acme", source = "shop", detail_type = ["placed", { "prefix": "re" }], detail = { "total": [{ "numeric": [">", 5] }] }, name = "big", enabled = false, input_path = "$.detail", dead_letters = Lost, retries = 0, max_event_age = "1m""#,
        );
        let pattern = all.pattern.unwrap();
        assert_eq!(*pattern.get("source").unwrap(), texts(&["shop"]));
        let prefix = Node::from(Map::new().with("prefix", "re"));
        let kinds = Node::from(vec![Node::from("placed"), prefix]);
        assert_eq!(*pattern.get("detail-type").unwrap(), kinds);
        assert!(pattern.get("detail").is_some());
        assert_eq!(all.name.unwrap().as_str(), "big");
        assert!(!all.enabled);
        assert_eq!(all.input, Some(RuleInput::Path("$.detail".to_owned())));
        assert!(all.target.dead_letters.is_some());
        assert_eq!(all.target.retries.unwrap().get(), 0);
        assert_eq!(all.target.max_event_age.unwrap().get(), 60);
    }

    #[test]
    fn a_bus_is_named_in_every_way() {
        let pattern = r#"source = "aws.ec2""#;
        for default in [pattern.to_owned(), format!(r#"bus = "default", {pattern}"#)] {
            assert_eq!(event(&default).bus, None);
        }
        let partner = "aws.partner/example.com/1/orders";
        let named = event(&format!("bus = {partner:?}")).bus;
        assert!(matches!(named, Some(ResourceReference::Named(name)) if name.as_str() == partner));
        let arn = "arn:aws:events:eu-west-1:123456789012:event-bus/acme";
        let named = event(&format!("bus = {arn:?}")).bus;
        assert_eq!(named, Some(ResourceReference::Arn(arn.to_owned())));
        assert!(matches!(event(r#"bus = param("Bus")"#).bus, Some(ResourceReference::Param(_))));
    }

    #[test]
    fn a_whole_pattern_is_taken_as_it_is() {
        let read = event(
            r#"pattern = { "$or": [{ "source": ["a"] }, { "detail": { "b": [{ "wildcard": "c*" }] } }] }"#,
        );
        assert!(read.pattern.unwrap().get("$or").is_some());
    }

    #[test]
    fn a_transformer_has_its_paths_and_its_template() {
        let read = event(
            r#"bus = Shop, input_paths = { "id": "$.detail.id" }, input_template = "{ \"order\": <id>, \"at\": <aws.events.event.ingestion-time> }""#,
        );
        let Some(RuleInput::Transformer { paths, template }) = read.input else { panic!() };
        assert_eq!(paths, Map::new().with("id", "$.detail.id"));
        assert!(template.contains("<id>"));
    }

    #[test]
    fn every_argument_is_checked() {
        for (wrong, message) in [
            ("", "`event` without a bus and without a pattern would match every event"),
            (r#"bus = "default""#, "`event` without a bus and without a pattern"),
            (r#"bus = "a b""#, "`a b` is not a name of an event bus"),
            (
                r#"bus = "arn:aws:sqs:eu-west-1:123456789012:a""#,
                "`arn:aws:sqs:eu-west-1:123456789012:a` is not the ARN of a bus",
            ),
            (
                r#"pattern = { "sorce": ["a"] }"#,
                "an event of EventBridge has no field `sorce`\n\nhelp: did you mean `source`?",
            ),
            (
                r#"pattern = { "order": ["a"] }"#,
                "an event of EventBridge has no field `order`\n\nhelp: an event has `source`, ",
            ),
            (
                r#"pattern = { "source": ["a"] }, detail_type = "b""#,
                "`pattern` is the whole pattern, and `detail_type` is a part of one",
            ),
            (
                r#"bus = Shop, detail = { "kind": "placed" }"#,
                "a pattern compares `kind` with a list of values, found a string",
            ),
            (
                r#"bus = Shop, detail = { "kind": [{ "wildcard": "a**" }] }"#,
                "`wildcard` takes a string in which `*` stands for any text",
            ),
            (
                r#"bus = Shop, detail = { "kind": [{ "sufix": "a" }] }"#,
                "`sufix` is not an operator of EventBridge's event patterns\n\nhelp: did you mean `suffix`?",
            ),
            (r"bus = Shop, source = []", "`source` is compared with no values"),
            (
                r#"bus = Shop, input = 1, input_path = "$.detail""#,
                "`input` and `input_path` both replace the event",
            ),
            (r#"bus = Shop, input_path = "detail""#, "`detail` is not a path into an event"),
            (
                r#"bus = Shop, input_paths = { "a": "$.a" }"#,
                "`input_paths` names parts of the event for `input_template`, which is missing",
            ),
            (
                r#"bus = Shop, input_paths = { "order": "$.a" }, input_template = "<ordr>""#,
                "`input_paths` has no part `ordr`\n\nhelp: did you mean `order`?",
            ),
            ("bus = Shop, retries = 186", "retries of 186 is out of range: AWS takes 0 to 185"),
        ] {
            let found = rejected(&format!("event({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
    }
}
