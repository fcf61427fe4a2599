//! `sqs`: a function fed with the messages of a queue.

use serde::Serialize;

use super::{Place, Source, Uses};
use crate::App;
use crate::bounded::bounded;
use crate::limits;
use crate::name::{ParameterName, QueueName};
use crate::node::Node;
use crate::problem::Problems;
use crate::resource::queue::Queue;
use crate::resource::{Existing, Kind, Settings};
use crate::value::Reference;

bounded! {
    /// How many messages one invocation gets at the most; Lambda's default is 10.
    BatchSize: limits::SQS_BATCH_SIZE, "batch size", "";
    /// Seconds for which messages are gathered into a batch; Lambda's default is 0.
    BatchWindow: limits::SQS_BATCH_WINDOW_SECONDS, "batch window", "s";
    /// How many invocations the queue may have at once.
    MaxConcurrency: limits::SQS_MAX_CONCURRENCY, "maximum concurrency", "";
}

impl BatchSize {
    /// A message an invocation.
    pub const ONE: Self = Self(1);
}

/// A trigger on a queue.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Sqs {
    /// The queue.
    pub queue: Reference<QueueName>,
    /// How many messages one invocation gets at the most.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_size: Option<BatchSize>,
    /// Seconds for which messages are gathered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub batch_window: Option<BatchWindow>,
    /// How many invocations the queue may have at once.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_concurrency: Option<MaxConcurrency>,
    /// Whether the mapping works once deployed.
    pub enabled: bool,
    /// Event filters: a message that matches none of them is dropped.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filters: Vec<Node>,
}

impl Sqs {
    /// What a FIFO queue does not take, with the key that asks for it.
    #[must_use]
    pub fn check_fifo(&self) -> Option<(&'static str, String)> {
        if let Some(size) = self.batch_size.filter(|size| size.get() > limits::SQS_FIFO_BATCH_SIZE)
        {
            let most = limits::SQS_FIFO_BATCH_SIZE;
            return Some((
                "batch_size",
                format!(
                    "batch size of {} on a FIFO queue, which gives {most} at the most",
                    size.get()
                ),
            ));
        }
        let window = self.batch_window.filter(|window| window.get() > 0);
        window
            .map(|_| ("batch_window", "batch window on a FIFO queue, which takes none".to_owned()))
    }

    /// A standard queue gathers more than ten messages only over a window.
    #[must_use]
    pub fn check_window(&self) -> Option<String> {
        let size = self.batch_size?.get();
        let none = self.batch_window.is_none_or(|window| window.get() == 0);
        let most = limits::SQS_BATCH_SIZE_WITHOUT_WINDOW;
        (none && size > most).then(|| format!("batch size of {size} needs a batch window: without one, a batch has {most} messages at the most"))
    }

    /// The queue, however it is named: a `#[resource]` may be one that exists already.
    fn queue_in(&self, app: &App) -> Reference<QueueName> {
        let resource = self.queue.declared().and_then(|ident| app.resource(ident));
        match resource.and_then(|resource| resource.existing.as_ref()) {
            Some(Existing::Name(name)) => QueueName::try_from(name.as_str())
                .map_or_else(|_| self.queue.clone(), Reference::Named),
            Some(Existing::Arn(arn)) => Reference::Arn(arn.clone()),
            Some(Existing::Param(name)) => Reference::Param(name.clone()),
            Some(Existing::Overlay(_)) | None => self.queue.clone(),
        }
    }

    fn check_queue(&self, place: Place, app: &App, problems: &mut Problems) {
        let Some(resource) = self.queue.declared().and_then(|ident| app.resource(ident)) else {
            return;
        };
        let Settings::Queue(queue) = &resource.settings else {
            return;
        };
        if let Some((key, message)) = queue.fifo.then(|| self.check_fifo()).flatten() {
            place.key(key, problems, message);
        }
        let timeout = app.functions[place.function].timeout(&app.defaults).get();
        if let Some(visibility) = queue.visibility.filter(|visibility| visibility.get() < timeout) {
            let (ident, visible) = (&resource.ident, visibility.get());
            let advised = timeout * limits::SQS_VISIBILITY_ADVISED_TIMEOUTS;
            place
                .key("queue", problems, format!("messages of `{ident}` are visible again after {visible} s, before this function's timeout of {timeout} s is over"))
                .help(format!("Lambda refuses such a queue: give `{ident}` a visibility of {advised} s, {} times the timeout, or lower the timeout", limits::SQS_VISIBILITY_ADVISED_TIMEOUTS));
        }
    }
}

impl Source for Sqs {
    fn uses(&self) -> Option<Uses<'_>> {
        self.queue.declared().map(|ident| Uses { key: "queue", ident, kind: Kind::Queue })
    }

    fn own(&self) -> Option<(&'static str, Settings)> {
        (self.queue == Reference::Own).then(|| ("Queue", Settings::Queue(Queue::default())))
    }

    fn take_own(&mut self, ident: &str) {
        self.queue = Reference::Declared(ident.to_owned());
    }

    fn parameter(&self) -> Option<(&ParameterName, &'static str)> {
        self.queue.param().map(|name| (name, "ARN of an SQS queue"))
    }

    fn summary(&self) -> String {
        match &self.queue {
            Reference::Own => "sqs queue of its own".to_owned(),
            Reference::Declared(name) => format!("sqs queue {name}"),
            Reference::Named(name) => format!("sqs queue {name}"),
            Reference::Arn(arn) => format!("sqs queue {arn}"),
            Reference::Param(name) => format!("sqs queue of parameter {name}"),
        }
    }
}

/// A queue feeds a function once, and is hidden for as long as the function may take.
pub(super) fn check(triggers: &[(Place, &Sqs)], app: &App, problems: &mut Problems) {
    for (index, (place, sqs)) in triggers.iter().enumerate() {
        sqs.check_queue(*place, app, problems);
        let siblings = triggers[..index]
            .iter()
            .rev()
            .take_while(|(other, _)| other.function == place.function);
        let queue = sqs.queue_in(app);
        if siblings.into_iter().any(|(_, other)| other.queue_in(app) == queue) {
            place
                .problem(
                    problems,
                    "this function has a trigger on the same queue already".to_owned(),
                )
                .help("Lambda maps a queue to a function once: merge the two triggers");
        }
    }
}
