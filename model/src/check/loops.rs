//! Checks that no function invokes itself without end: directly, through the resource that triggers it, or through
//! other functions. A loop is an error unless the functions in it have `recursive_loop`. Only loops that follow
//! every write are found: a trigger with a filter may leave out what the functions write.
// See decision 0089.

use std::collections::hash_map::Entry;
use std::collections::{HashMap, HashSet, VecDeque};

use crate::access::Access;
use crate::aws::iam::CallGroup;
use crate::aws::lambda_settings::{Outcome, ResultTarget};
use crate::location::{ItemIndex, PlaceInItem};
use crate::messages::loops as messages;
use crate::problem::Problems;
use crate::resource::{Resource, ResourceIdentity, ResourceKind};
use crate::source::{ResourcesByIdent, Trigger};
use crate::{App, Function, Subscription};

/// One step of a loop: a function invokes another one, or writes to the resource that triggers it.
#[derive(Debug, Clone)]
struct Step<'a> {
    /// The index of the function that makes the step.
    from: usize,
    /// The place in that function that lets it make the step, such as a parameter.
    at: PlaceInItem,
    /// The resource through which the step leads. `None` if the function invokes the other one itself.
    through: Option<Through<'a>>,
    /// The index of the function that the step leads to.
    to: usize,
}

/// The resource through which a step leads.
#[derive(Debug, Clone)]
struct Through<'a> {
    /// What the function does with the resource: `writes to`.
    verb: &'static str,
    /// The resource.
    resource: &'a Resource,
    /// How the trigger can leave out what the function writes.
    remedy: &'static str,
}

/// A function that writes to a resource can invoke.
#[derive(Debug, Clone)]
struct Reached<'a> {
    /// The index of the function.
    function: usize,
    /// What invokes the function.
    by: ReachedBy<'a>,
}

/// What invokes a function after a write.
#[derive(Debug, Clone)]
enum ReachedBy<'a> {
    /// A trigger on the resource, which may leave out some writes.
    Trigger(&'a Trigger),
    /// A delivery of every write.
    Delivery(ResourceKind),
}

impl ReachedBy<'_> {
    /// Returns how what a function writes to this resource can be left out. Returns `None` if not every write invokes
    /// the function.
    fn remedy(&self, written: &Resource) -> Option<&'static str> {
        match (self, &written.view) {
            (Self::Trigger(trigger), Some(view)) => trigger.remedy_against_writes_of(&view.part),
            (Self::Trigger(trigger), None) => trigger.remedy_against_own_writes(),
            (Self::Delivery(kind), _) => Some(messages::remedy_of_delivery(*kind)),
        }
    }

    /// Returns whether every write to the whole resource invokes the function.
    fn follows_all(&self) -> bool {
        match self {
            Self::Trigger(trigger) => trigger.remedy_against_own_writes().is_some(),
            Self::Delivery(_) => true,
        }
    }
}

/// A way by which every write to a resource reaches a function or another resource, other than the triggers of the
/// application: a subscription of a resource or of an overlay, for example.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Delivery {
    /// The resource that is written to.
    pub from: ResourceIdentity,
    /// What the write reaches.
    pub to: DeliveryTarget,
}

/// What a write to a resource reaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum DeliveryTarget {
    /// A function, by its index in `App::functions`.
    Function(usize),
    /// Another resource.
    Resource(ResourceIdentity),
}

pub(super) fn check(app: &App, deliveries: &[Delivery], problems: &mut Problems) {
    let resources: ResourcesByIdent<'_> = app.resources.iter().collect();
    let subscribed =
        app.subscriptions.iter().filter_map(|it| read_subscription(it, app, &resources));
    let deliveries: Vec<Delivery> = deliveries.iter().cloned().chain(subscribed).collect();
    let steps = collect_steps(app, &deliveries);
    let mut reported = HashSet::new();
    for (start, function) in app.functions.iter().enumerate() {
        if function.settings.recursive_loop.is_some() || reported.contains(&start) {
            continue;
        }
        let Some(found) = find_loop(start, &steps) else { continue };
        reported.extend(found.iter().map(|step| step.from));
        report(app, &found, problems);
    }
}

/// Returns the delivery that a subscription makes. Returns `None` if it has a filter, or names an unknown resource.
fn read_subscription(
    subscription: &Subscription,
    app: &App,
    resources: &ResourcesByIdent<'_>,
) -> Option<Delivery> {
    let source = subscription.from.trigger();
    source.remedy_against_own_writes()?;
    let from = source.event_source(resources)?;
    let to = app.resources.get(subscription.resource)?.identity();
    Some(Delivery { from, to: DeliveryTarget::Resource(to) })
}

/// Reports a loop at the first of its steps.
fn report(app: &App, found: &[&Step<'_>], problems: &mut Problems) {
    let ident = |index: usize| app.functions[index].ident();
    let [first, rest @ ..] = found else { return };
    let describe = |step: &Step<'_>| match &step.through {
        None => messages::invokes(ident(step.to)),
        Some(Through { verb, resource, .. }) => {
            let name = if resource.owner.is_some() { None } else { Some(resource.ident.as_str()) };
            messages::triggers(verb, resource.kind().as_str(), name, ident(step.to))
        }
    };
    let described: Vec<String> = found.iter().map(|step| describe(step)).collect();
    let remedy = first.through.as_ref().filter(|_| rest.is_empty()).map(|it| it.remedy);
    let message = messages::recursive_loop(ident(first.from), &described, remedy);
    problems.push(ItemIndex::Function(first.from), first.at.clone(), message);
}

/// Returns the shortest loop from a function back to itself. Returns `None` if the function is in no loop.
fn find_loop<'a, 'b>(start: usize, steps: &'b [Vec<Step<'a>>]) -> Option<Vec<&'b Step<'a>>> {
    let mut reached_by: HashMap<usize, &Step<'a>> = HashMap::new();
    let mut next = VecDeque::from([start]);
    while let Some(function) = next.pop_front() {
        for step in &steps[function] {
            if step.to == start {
                let mut path = vec![step];
                while let Some(before) = path.last().and_then(|step| reached_by.get(&step.from)) {
                    path.push(before);
                }
                path.reverse();
                return Some(path);
            }
            if let Entry::Vacant(entry) = reached_by.entry(step.to) {
                entry.insert(step);
                next.push_back(step.to);
            }
        }
    }
    None
}

/// Returns the steps that each function can make, by the index of the function.
fn collect_steps<'a>(app: &'a App, deliveries: &[Delivery]) -> Vec<Vec<Step<'a>>> {
    let triggered = collect_triggered(app, deliveries);
    let mut indexes: HashMap<&str, usize> = HashMap::new();
    for (index, function) in app.functions.iter().enumerate() {
        indexes.entry(function.ident()).or_insert(index);
    }
    let steps = |(from, function): (usize, &Function)| {
        let mut steps = Vec::new();
        for (parameter, ident) in function.invokes() {
            let at = PlaceInItem::Param(parameter);
            steps.extend(indexes.get(ident).map(|to| Step { from, at, through: None, to: *to }));
        }
        for outcome in Outcome::ALL {
            let Some(ResultTarget::Function(ident)) = function.settings.lambda.target(outcome)
            else {
                continue;
            };
            let at = PlaceInItem::key(outcome.key());
            let to = indexes.get(ident.as_str());
            steps.extend(to.map(|to| Step { from, at, through: None, to: *to }));
        }
        for (at, resource, verb) in list_writes(function, app) {
            let reached = triggered.get(&app.whole(resource).identity());
            for Reached { function: to, by } in reached.into_iter().flatten() {
                let through = by.remedy(resource).map(|remedy| Through { verb, resource, remedy });
                steps.extend(through.map(|it| Step {
                    from,
                    at: at.clone(),
                    through: Some(it),
                    to: *to,
                }));
            }
        }
        steps
    };
    app.functions.iter().enumerate().map(steps).collect()
}

/// Returns the functions that writes to a resource can invoke.
fn collect_triggered<'a>(
    app: &'a App,
    deliveries: &[Delivery],
) -> HashMap<ResourceIdentity, Vec<Reached<'a>>> {
    let resources: ResourcesByIdent<'_> = app.resources.iter().collect();
    let mut triggered: HashMap<ResourceIdentity, Vec<Reached<'a>>> = HashMap::new();
    for (index, trigger) in app.triggers() {
        if let Some(identity) = trigger.event_source(&resources) {
            let reached = Reached { function: index.function, by: ReachedBy::Trigger(trigger) };
            triggered.entry(identity).or_default().push(reached);
        }
    }
    // A write can be passed on several times, by each delivery once.
    for _ in deliveries {
        for Delivery { from, to } in deliveries {
            let reached: Vec<usize> = match to {
                DeliveryTarget::Function(function) => vec![*function],
                DeliveryTarget::Resource(resource) => {
                    let reached = triggered.get(resource).into_iter().flatten();
                    reached.filter(|it| it.by.follows_all()).map(|it| it.function).collect()
                }
            };
            let known = triggered.entry(from.clone()).or_default();
            for function in reached {
                if known.iter().all(|it| it.function != function || !it.by.follows_all()) {
                    known.push(Reached { function, by: ReachedBy::Delivery(from.kind) });
                }
            }
        }
    }
    triggered
}

/// Returns the resources that a function writes to, each with the place in the function that lets it write, and
/// the words for what it does.
fn list_writes<'a>(
    function: &Function,
    app: &'a App,
) -> Vec<(PlaceInItem, &'a Resource, &'static str)> {
    let mut writes = Vec::new();
    for capability in &function.capabilities {
        let verb = match capability.access {
            // Somebody else sends the requests that are signed.
            Access::Read | Access::Invoke | Access::SignDownload | Access::SignUpload => continue,
            Access::Write | Access::ReadWrite => "writes to",
            Access::Send => "sends to",
            Access::Publish => "publishes to",
            Access::Put => "puts into",
            Access::Start => "starts",
        };
        let at = PlaceInItem::Param(capability.parameter);
        // Triggers follow what is put into a bucket, not what is deleted there.
        let is_written = |resource: &&Resource| {
            resource.kind() != ResourceKind::Bucket || capability.makes(CallGroup::Put)
        };
        let resource = app.resource(&capability.target).filter(is_written);
        writes.extend(resource.map(|resource| (at, resource, verb)));
    }
    let store = function.idempotent.as_ref().and_then(|it| app.resource(it.store.as_deref()?));
    let store = store.filter(|store| store.kind() == ResourceKind::Table);
    writes.extend(store.map(|store| (PlaceInItem::Store, store, "keeps its records in")));
    for outcome in Outcome::ALL {
        if let Some(ResultTarget::Declared(ident)) = function.settings.lambda.target(outcome) {
            let at = PlaceInItem::key(outcome.key());
            writes
                .extend(app.resource(ident).map(|resource| (at, resource, "sends its results to")));
        }
    }
    writes
}
