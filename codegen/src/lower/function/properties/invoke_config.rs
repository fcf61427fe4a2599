//! Lowers `EventInvokeConfig` of a function: retries and maximum age of asynchronous invocations, and the
//! destinations of their results. If the user names no destination, SAM creates a queue or a topic and lets the
//! function's role send to it.

use skylift_model::aws::node::{Map, Node};
use skylift_model::resource::ResourceKind;

use super::intrinsic::{IfFunction, is_no_value, is_set, parse_if, plain_map, set_value};
use super::sam_resource::{SamResource, SamResourcePurpose};
use super::state::PropertyLowering;
use crate::lower::destination;
use crate::lower::source::RoleCalls;
use crate::messages::{
    DESTINATION_LEFT_OUT, DESTINATION_MISSING, DESTINATION_TYPE, HIDDEN_BY_FUNCTION,
    UNKNOWN_PROPERTY,
};

/// The results of an asynchronous invocation that can have a destination, in SAM's order.
const OUTCOMES: [&str; 2] = ["OnSuccess", "OnFailure"];

/// The keys of `EventInvokeConfig` whose values are numbers.
const NUMBERS: [&str; 2] = ["MaximumRetryAttempts", "MaximumEventAgeInSeconds"];

/// The key of `EventInvokeConfig` for the destinations.
const DESTINATIONS: &str = "DestinationConfig";

/// The qualifier of `EventInvokeConfig` for a function without an alias.
const LATEST: &str = "$LATEST";

/// Lowers `EventInvokeConfig` to an `AWS::Lambda::EventInvokeConfig`, and to the destinations that SAM creates.
pub(super) fn lower_invoke_config(config: &Node, state: &mut PropertyLowering<'_>) {
    const PROPERTY: &str = "EventInvokeConfig";
    if !is_set(config) {
        return;
    }
    let Some(config) = plain_map(config) else {
        return state.mark_unsupported(PROPERTY, HIDDEN_BY_FUNCTION);
    };
    for (name, _) in config.iter() {
        if name != DESTINATIONS && !NUMBERS.contains(&name) {
            state.mark_unsupported(format!("{PROPERTY}.{name}"), UNKNOWN_PROPERTY);
        }
    }
    let id = format!("{}{PROPERTY}", state.id);
    let mut properties = Map::new().with("FunctionName", Node::reference(state.id));
    let alias = state.lowered.alias.as_ref();
    properties.set("Qualifier", alias.map_or(LATEST, |alias| alias.name.as_str()));
    let depends_on = alias.map(|alias| alias.id.clone()).into_iter().collect();
    for name in NUMBERS {
        properties.set_some(name, config.get(name).filter(|it| **it != Node::Null).cloned());
    }
    let destinations = lower_destinations(config, &id, state);
    if !destinations.is_empty() {
        properties.set(DESTINATIONS, destinations);
    }
    let config = SamResource::new(
        SamResourcePurpose::InvokeConfig,
        id,
        "AWS::Lambda::EventInvokeConfig",
        properties,
    );
    state.lowered.resources.push(SamResource { depends_on, ..config });
}

/// Lowers `DestinationConfig` of an `EventInvokeConfig`, and records keys that are not supported; `id` is the
/// logical id of the `AWS::Lambda::EventInvokeConfig`.
fn lower_destinations(config: &Map, id: &str, state: &mut PropertyLowering<'_>) -> Map {
    const PATH: &str = "EventInvokeConfig.DestinationConfig";
    let mut lowered = Map::new();
    let Some(destinations) = set_value(config, DESTINATIONS) else { return lowered };
    let Some(destinations) = plain_map(destinations) else {
        state.mark_unsupported(PATH, HIDDEN_BY_FUNCTION);
        return lowered;
    };
    for (name, _) in destinations.iter().filter(|(name, _)| !OUTCOMES.contains(name)) {
        state.mark_unsupported(format!("{PATH}.{name}"), UNKNOWN_PROPERTY);
    }
    for outcome in OUTCOMES {
        let Some(written) = destinations.get(outcome).filter(|it| **it != Node::Null) else {
            continue;
        };
        let path = format!("{PATH}.{outcome}");
        let Some(written) = plain_map(written) else {
            state.mark_unsupported(path, HIDDEN_BY_FUNCTION);
            continue;
        };
        match lower_destination(written, &format!("{id}{outcome}"), state) {
            Ok(arn) => lowered.set(outcome, Map::new().with("Destination", arn)),
            Err((part, reason)) => state.mark_unsupported(format!("{path}.{part}"), reason),
        }
    }
    lowered
}

/// Returns the ARN of the destination that `written` describes, after adding the queue or topic that SAM would
/// create. Returns as an error the key that is not supported and the reason. `stem` is the beginning of a created
/// resource's logical id.
fn lower_destination(
    written: &Map,
    stem: &str,
    state: &mut PropertyLowering<'_>,
) -> Result<Node, (&'static str, &'static str)> {
    let kind = match written.get("Type") {
        Some(Node::Str(kind)) => DestinationType::ALL.into_iter().find(|it| it.as_str() == kind),
        _ => None,
    };
    let Some(kind) = kind else {
        return Err(("Type", DESTINATION_TYPE));
    };
    let named = written.get("Destination").filter(|arn| **arn != Node::Null);
    let makes_under = named.and_then(parse_if).filter(|it| it.leaves_one_out());
    let arn = match (named, makes_under) {
        (Some(arn), None) if is_no_value(arn) || is_empty_choice(arn) => {
            return Err(("Destination", DESTINATION_LEFT_OUT));
        }
        (Some(arn), None) => arn.clone(),
        (_, choice) => {
            let Some(generated) = kind.generated_destination(stem) else {
                return Err(("Destination", DESTINATION_MISSING));
            };
            add_generated_destination(&generated, choice, state);
            let arn = generated.arn;
            match choice {
                None => arn,
                Some(choice) if is_no_value(choice.then) => {
                    choice.with_branches(arn, choice.otherwise.clone())
                }
                Some(choice) => choice.with_branches(choice.then.clone(), arn),
            }
        }
    };
    state.lowered.role.calls.extend(kind.send_calls(&arn));
    Ok(arn)
}

impl IfFunction<'_> {
    /// Returns whether exactly one of the two branches is `AWS::NoValue`, so that SAM creates a destination for
    /// that branch.
    fn leaves_one_out(&self) -> bool {
        is_no_value(self.then) != is_no_value(self.otherwise)
    }
}

/// Returns whether a destination is a choice between two times `AWS::NoValue`.
fn is_empty_choice(arn: &Node) -> bool {
    parse_if(arn).is_some_and(|it| is_no_value(it.then) && is_no_value(it.otherwise))
}

/// The type of a destination for the results of asynchronous invocations.
#[derive(Clone, Copy)]
enum DestinationType {
    Queue,
    Topic,
    Function,
    Bus,
    Bucket,
}

/// A queue or a topic that SAM creates as a destination.
struct GeneratedDestination {
    id: String,
    resource: &'static str,
    arn: Node,
}

impl DestinationType {
    const ALL: [Self; 5] = [Self::Queue, Self::Topic, Self::Function, Self::Bus, Self::Bucket];

    /// Returns SAM's word for the type, such as `SQS`.
    const fn as_str(self) -> &'static str {
        match self {
            Self::Queue => "SQS",
            Self::Topic => "SNS",
            Self::Function => "Lambda",
            Self::Bus => "EventBridge",
            Self::Bucket => "S3Bucket",
        }
    }

    /// Returns the resource that SAM creates for a destination of this type, or `None` if SAM creates none. `stem`
    /// is the beginning of the resource's logical id.
    fn generated_destination(self, stem: &str) -> Option<GeneratedDestination> {
        match self {
            Self::Queue => {
                let id = format!("{stem}Queue");
                let arn = Node::attribute(&id, "Arn");
                Some(GeneratedDestination { id, resource: "AWS::SQS::Queue", arn })
            }
            Self::Topic => {
                let id = format!("{stem}Topic");
                let arn = Node::reference(id.as_str());
                Some(GeneratedDestination { id, resource: "AWS::SNS::Topic", arn })
            }
            Self::Function | Self::Bus | Self::Bucket => None,
        }
    }

    /// Returns the API calls by which Lambda sends results to a destination of this type, with the function's role.
    fn send_calls(self, arn: &Node) -> RoleCalls {
        match self {
            Self::Queue => destination::destination_calls(ResourceKind::Queue, arn),
            Self::Topic => destination::destination_calls(ResourceKind::Topic, arn),
            Self::Bucket => destination::destination_calls(ResourceKind::Bucket, arn),
            // Lambda sends to these types only after asynchronous invocations.
            Self::Function => vec![(vec!["lambda:InvokeFunction"].into(), arn.clone())],
            Self::Bus => vec![(vec!["events:PutEvents"].into(), arn.clone())],
        }
    }
}

/// Adds the queue or topic that SAM creates as a destination. If the user's destination is an `If`, the resource
/// exists only when the branch without a destination applies.
fn add_generated_destination(
    new: &GeneratedDestination,
    choice: Option<IfFunction<'_>>,
    state: &mut PropertyLowering<'_>,
) {
    let mut properties = Map::new();
    properties.set_some("Tags", state.propagated_tags());
    let condition = choice.map(|IfFunction { condition, then, .. }| {
        if is_no_value(then) {
            return condition.to_owned();
        }
        let name = format!("{}IsMade", new.id);
        let not = vec![Node::from(Map::new().with("Condition", condition))];
        state.lowered.conditions.set(name.as_str(), Node::Tag("Not", Box::new(not.into())));
        name
    });
    let resource = SamResource::new(
        SamResourcePurpose::Destination,
        new.id.as_str(),
        new.resource,
        properties,
    );
    state.lowered.resources.push(SamResource { condition, ..resource });
}
