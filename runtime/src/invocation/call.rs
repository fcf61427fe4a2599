//! [`Call`]: what an invocation has besides its event. Hosts make it, the parameters of a handler are taken
//! from it, and everything that delivers the event passes it on.

use std::any::Any;
use std::sync::Arc;
#[cfg(feature = "_records")]
use std::time::Duration;

use super::context::Context;
#[cfg(feature = "idempotency")]
use super::idempotency::RunOnce;
use super::resume_step::ResumeStep;
use super::state::{Shared, States};

/// What an invocation has besides its event. Cloning is cheap.
#[derive(Clone)]
pub struct Call {
    context: Context,
    states: States,
    capabilities: Capabilities,
    #[cfg_attr(not(feature = "_record_groups"), allow(dead_code))]
    concurrency: usize,
    /// The cursor that the handler resumes from, if the function resumes.
    step: Option<Arc<ResumeStep>>,
}

impl Call {
    pub(crate) fn new(context: Context, states: States) -> Self {
        Self { context, states, capabilities: Capabilities::default(), concurrency: 1, step: None }
    }

    pub(crate) fn with_capabilities(self, capabilities: Capabilities) -> Self {
        Self { capabilities, ..self }
    }

    pub(crate) fn with_concurrency(self, concurrency: usize) -> Self {
        Self { concurrency, ..self }
    }

    #[cfg(feature = "resume")]
    pub(crate) fn with_step(self, step: Arc<ResumeStep>) -> Self {
        Self { step: Some(step), ..self }
    }

    pub(crate) fn step(&self) -> Option<&Arc<ResumeStep>> {
        self.step.as_ref()
    }

    /// Returns the time before the deadline in which a batch reports what it did. A handler that resumes is
    /// stopped by its caller, which needs that time to hand over the rest.
    #[cfg(feature = "_records")]
    pub(crate) fn margin(&self) -> Duration {
        if self.step.is_some() { Duration::ZERO } else { self.context.deadline_margin() }
    }

    /// The context of the invocation.
    #[must_use]
    pub fn context(&self) -> &Context {
        &self.context
    }

    pub(crate) fn capabilities(&self) -> &Capabilities {
        &self.capabilities
    }

    /// How many records of a batch the function works on at once.
    #[cfg(feature = "_record_groups")]
    pub(crate) fn concurrency(&self) -> usize {
        self.concurrency
    }

    /// Returns the store of the function's idempotency, if it has one.
    #[cfg(feature = "idempotency")]
    pub(crate) fn idempotency(&self) -> Option<&dyn RunOnce> {
        self.capabilities.idempotency.as_deref()
    }

    pub(crate) fn states(&self) -> &States {
        &self.states
    }
}

/// What was opened when the function started: the connections of its resources, each by its type, and the
/// store of its idempotency. Cloning is cheap.
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

    /// Adds the store of the function's idempotency.
    #[cfg(feature = "idempotency")]
    pub(crate) fn with_idempotency(self, idempotency: Option<Arc<dyn RunOnce>>) -> Self {
        Self { idempotency, ..self }
    }

    /// Returns the connection of that type.
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
