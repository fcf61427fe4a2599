//! One call of a handler beside its event: what its further parameters are taken from. Hosts make a
//! [`Call`], the macros' code asks it for a `Context` or a `State`.

use std::any::{Any, TypeId, type_name};
use std::marker::PhantomData;
use std::sync::Arc;
#[cfg(feature = "_records")]
use std::time::Duration;

use crate::capability::Capabilities;
use crate::resume::Step;
use crate::state::States;
use crate::{Context, Error, State};

/// What one invocation brings beside its event. Cloning is cheap.
#[derive(Clone)]
pub struct Call {
    context: Context,
    states: States,
    capabilities: Capabilities,
    #[cfg_attr(not(feature = "sqs"), allow(dead_code))]
    concurrency: usize,
    /// Where the handler goes on, where the function resumes.
    step: Option<Arc<Step>>,
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
    pub(crate) fn with_step(self, step: Arc<Step>) -> Self {
        Self { step: Some(step), ..self }
    }

    pub(crate) fn step(&self) -> Option<&Arc<Step>> {
        self.step.as_ref()
    }

    /// The time that a batch keeps back to report what it did. Who calls a handler that resumes stops
    /// it in time by itself, and needs that time to hand over what is left.
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
    #[cfg(feature = "sqs")]
    pub(crate) fn concurrency(&self) -> usize {
        self.concurrency
    }

    /// What keeps the function's work, where it does any once for a key.
    #[cfg(feature = "idempotency")]
    pub(crate) fn ledger(&self) -> Option<&crate::idempotency::Ledger> {
        self.capabilities.ledger()
    }

    #[cfg(feature = "http")]
    pub(crate) fn states(&self) -> &States {
        &self.states
    }
}

/// What a handler can ask for after its event.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not something that a handler can ask for",
    label = "neither `Context` nor `State<T>` nor a capability",
    note = "the first parameter of a handler is its event; after it come capabilities, such as \
            `Reader<Uploads>`, and `Context` and `State<T>`, where an `#[init]` function builds the `T`"
)]
pub trait FromInvocation: Sized {
    /// Takes the value from the invocation.
    ///
    /// # Errors
    ///
    /// Where the value is a state that nobody built.
    fn from_invocation(call: &Call) -> Result<Self, Error>;
}

impl FromInvocation for Context {
    fn from_invocation(call: &Call) -> Result<Self, Error> {
        Ok(call.context.clone())
    }
}

impl<T: Any + Send + Sync> FromInvocation for State<T> {
    fn from_invocation(call: &Call) -> Result<Self, Error> {
        call.states.get()
    }
}

/// A state that a handler's parameter needs.
#[derive(Clone, Copy)]
pub struct Need {
    pub(crate) id: fn() -> TypeId,
    pub(crate) name: fn() -> &'static str,
}

/// Finds out whether a parameter's type is a `State`, whatever it is called where it is written: the
/// inherent constant exists only for `State<T>` and wins over the trait's.
pub struct Probe<P>(PhantomData<P>);

impl<T: Any> Probe<State<T>> {
    /// The state that the parameter needs.
    pub const NEED: Option<Need> = Some(Need { id: TypeId::of::<T>, name: type_name::<T> });
}

/// What [`Probe`] falls back on.
pub trait Stateless {
    /// No state.
    const NEED: Option<Need> = None;
}

impl<P> Stateless for Probe<P> {}

#[cfg(all(test, feature = "resume", feature = "sqs"))]
mod tests {
    use super::*;

    #[test]
    fn a_batch_keeps_the_functions_margin_back_unless_its_work_goes_on_later() {
        let margin = Duration::from_secs(7);
        let context = Context::new("1").with_deadline_margin(margin);
        let call = Call::new(context, States::default());
        assert_eq!(call.margin(), margin);
        let part = call.with_step(Arc::new(Step::new(None)));
        assert_eq!(part.margin(), Duration::ZERO);
        assert_eq!(part.context().deadline_margin(), margin);
    }
}
