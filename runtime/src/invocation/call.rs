//! [`Call`]: everything that belongs to an invocation except its event. A host makes it, the parameters of a
//! handler are taken from it, and the code that delivers the event passes it on.

use std::any::Any;
use std::sync::Arc;
#[cfg(feature = "_records")]
use std::time::Duration;

use super::context::Context;
#[cfg(feature = "idempotency")]
use super::idempotency::RunOnce;
use super::resume_step::ResumeStep;
use super::state::{Shared, States};

/// Everything that belongs to an invocation except its event: the context, the states, and the connections.
/// Cloning is cheap.
#[derive(Clone)]
pub struct Call {
    context: Context,
    states: States,
    capabilities: Capabilities,
    /// How many records of a batch the handler is called with at the same time.
    #[cfg_attr(not(feature = "_record_groups"), allow(dead_code))]
    concurrency: usize,
    /// Whether Lambda reads which records of a Kafka batch failed.
    #[cfg_attr(not(feature = "_kafka"), allow(dead_code))]
    reports_records: bool,
    /// The cursor that the handler resumes from; `None` if the function does not resume.
    step: Option<Arc<ResumeStep>>,
}

impl Call {
    pub(crate) fn new(context: Context, states: States) -> Self {
        Self {
            context,
            states,
            capabilities: Capabilities::default(),
            concurrency: 1,
            reports_records: false,
            step: None,
        }
    }

    /// Sets the connections that the function opened when it started.
    pub(crate) fn with_capabilities(self, capabilities: Capabilities) -> Self {
        Self { capabilities, ..self }
    }

    /// Sets how many records of a batch the handler is called with at the same time.
    pub(crate) fn with_concurrency(self, concurrency: usize) -> Self {
        Self { concurrency, ..self }
    }

    /// Sets whether Lambda reads which records of a Kafka batch failed.
    pub(crate) fn with_reports(self, reports_records: bool) -> Self {
        Self { reports_records, ..self }
    }

    /// Sets the step of the work that this call does, for a function that resumes.
    #[cfg(feature = "resume")]
    pub(crate) fn with_step(self, step: Arc<ResumeStep>) -> Self {
        Self { step: Some(step), ..self }
    }

    /// Returns the step of the work that this call does; `None` if the function does not resume.
    pub(crate) fn step(&self) -> Option<&Arc<ResumeStep>> {
        self.step.as_ref()
    }

    /// Returns how long before the deadline the calls for the records of a batch have to end, so that the
    /// result of the batch can be reported. It is zero for a function that resumes: the caller of its handler
    /// stops the handler early enough.
    #[cfg(feature = "_records")]
    pub(crate) fn margin(&self) -> Duration {
        if self.step.is_some() { Duration::ZERO } else { self.context.deadline_margin() }
    }

    /// Returns the context of the invocation.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    /// Returns the connections that the function opened when it started.
    pub(crate) fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// Returns how many records of a batch the handler is called with at the same time.
    #[cfg(feature = "_record_groups")]
    pub(crate) fn concurrency(&self) -> usize {
        self.concurrency
    }

    /// Returns whether Lambda reads which records of a Kafka batch failed.
    #[cfg(feature = "_kafka")]
    pub(crate) fn reports_records(&self) -> bool {
        self.reports_records
    }

    /// Returns the store of the function's idempotency; `None` if the function is not idempotent.
    #[cfg(feature = "idempotency")]
    pub(crate) fn idempotency(&self) -> Option<&dyn RunOnce> {
        self.capabilities.idempotency.as_deref()
    }

    /// Returns the states that the `#[init]` functions built.
    pub(crate) fn states(&self) -> &States {
        &self.states
    }
}

/// The connections that a function opened when it started, each found by its type, and the store of the
/// function's idempotency. Cloning is cheap.
#[derive(Clone, Default)]
pub(crate) struct Capabilities {
    shared: Arc<[Shared]>,
    #[cfg(feature = "idempotency")]
    idempotency: Option<Arc<dyn RunOnce>>,
}

impl Capabilities {
    pub(crate) fn new(shared: Vec<Shared>) -> Self {
        Self {
            shared: shared.into(),
            #[cfg(feature = "idempotency")]
            idempotency: None,
        }
    }

    /// Sets the store of the function's idempotency; `None` if the function is not idempotent.
    #[cfg(feature = "idempotency")]
    pub(crate) fn with_idempotency(self, idempotency: Option<Arc<dyn RunOnce>>) -> Self {
        Self { idempotency, ..self }
    }

    /// Returns the connection of type `T`, or `None` if the function did not open one.
    pub(crate) fn get<T: Any>(&self) -> Option<&T> {
        self.shared.iter().find_map(|it| it.downcast_ref())
    }
}

#[cfg(all(test, feature = "resume", feature = "_records"))]
mod tests {
    use super::*;

    #[test]
    fn a_batch_keeps_the_functions_margin_unless_the_function_resumes() {
        let margin = Duration::from_secs(7);
        let context = Context::new("1").with_deadline_margin(margin);
        let call = Call::new(context, States::default());
        assert_eq!(call.margin(), margin);
        let part = call.with_step(Arc::new(ResumeStep::new(None)));
        assert_eq!(part.margin(), Duration::ZERO);
        assert_eq!(part.context().deadline_margin(), margin);
    }
}
