//! A function that is ready to be called: takes a payload and a context, and returns a response. Its states are
//! built and its handler is made before the first event. If one of these fails, the start of the process fails.

use std::any::Any;
use std::time::Duration;

use crate::cold_start::hold_process;
use crate::invocation::panic::catch_call;
use crate::invocation::state::StateList;
use crate::invocation::{
    Call, Capabilities, FunctionResponse, States, catch_failure, check_response,
};
#[cfg(feature = "_invocation")]
use crate::observability::handler_observation;
use crate::registry::ProcessStart;
use crate::registry::{FunctionEntry, Handler, InitEntry, RequiredState, StateBuilder};
use crate::reliability::idempotency;
use crate::resource::capability::open::open_capabilities;
use crate::{Context, Error, messages};

/// A function with its states, its handler and its connections, ready to be called.
pub(crate) struct ReadyFunction {
    pub(crate) function: &'static FunctionEntry,
    pub(crate) handler: Handler,
    pub(crate) states: States,
    /// The connections that the function opened, or the error that every call of the function returns.
    pub(crate) capabilities: Result<Capabilities, Error>,
    /// The start of this process, which the first event reports.
    pub(crate) start: ProcessStart,
}

impl ReadyFunction {
    /// Starts functions of one package: checks the states that the functions need, runs each init function that
    /// builds one of these states once, opens the connections, and makes the handlers. A function whose
    /// connections cannot be opened is part of the result, and every call of it fails.
    pub(crate) async fn start(
        package: &str,
        functions: &[&'static FunctionEntry],
        inits: &[&'static InitEntry],
    ) -> Result<Vec<Self>, Error> {
        let starters: Vec<_> = inits.iter().map(|init| (*init, (init.state_builder)())).collect();
        check_states(package, functions, &starters)?;
        let states = build_states(functions, starters).await?;
        let needed: Vec<_> = functions.iter().map(|it| (it.handler, it.capabilities)).collect();
        let opened = open_capabilities(&needed).await;
        let mut ready = Vec::with_capacity(functions.len());
        for (function, capabilities) in functions.iter().copied().zip(opened) {
            let handler = catch_call(function.make_handler)?;
            let capabilities = capabilities.and_then(|opened| idempotency::open(opened, function));
            let (states, start) = (states.clone(), ProcessStart::for_function(function));
            ready.push(Self { function, handler, states, capabilities, start });
        }
        Ok(ready)
    }

    /// Responds to one payload. The runtime handles a tick itself if it has to, and the user's function handles
    /// every other payload.
    pub(crate) async fn respond(
        &self,
        payload: &[u8],
        context: Context,
    ) -> Result<FunctionResponse, Error> {
        if let Some(held) = self.start.take_event(self.function, payload, &context) {
            hold_process(held, &context).await;
            return Ok(b"null".to_vec().into());
        }
        let call = self.new_call(context)?;
        // The handler itself is called inside the future, so that a panic in any part of it is caught.
        let response =
            catch_failure(async { check_response(self.handler.serve(payload, &call).await?) });
        #[cfg(feature = "_invocation")]
        let response = handler_observation::observe_answer(self.function, call.context(), response);
        response.await
    }

    /// Makes a call of the function with this context, or returns an error if the connections of the function
    /// could not be opened.
    pub(crate) fn new_call(&self, context: Context) -> Result<Call, Error> {
        let capabilities = self.capabilities.as_ref().map_err(Error::duplicate)?.clone();
        let margin = Duration::from_millis(self.function.deadline_margin.into());
        let context = context.with_deadline_margin(margin);
        let call = Call::new(context, self.states.clone()).with_capabilities(capabilities);
        let call = call.with_concurrency(self.function.batch_concurrency);
        Ok(call.with_reports(self.function.reports_records))
    }
}

/// Returns the states that the functions need, each with the function that needs it.
fn required_states<'a>(
    functions: &'a [&'static FunctionEntry],
) -> impl Iterator<Item = (&'a FunctionEntry, RequiredState)> {
    functions
        .iter()
        .flat_map(|function| function.states.iter().flatten().map(move |need| (*function, *need)))
}

/// Checks that every state that the functions need is built, and that no two init functions build the same
/// state.
fn check_states(
    package: &str,
    functions: &[&'static FunctionEntry],
    starters: &[(&'static InitEntry, StateBuilder)],
) -> Result<(), Error> {
    for (index, (init, state_builder)) in starters.iter().enumerate() {
        let twin = starters[..index].iter().find(|(_, other)| other.id == state_builder.id);
        if let Some((twin, _)) = twin {
            return Err(messages::startup::state_built_twice(
                twin.name,
                init.name,
                state_builder.name,
            ));
        }
    }
    for (function, need) in required_states(functions) {
        if !starters.iter().any(|(_, state_builder)| state_builder.id == (need.id)()) {
            let built =
                starters.iter().map(|(init, state_builder)| (init.name, state_builder.name));
            let (handler, state) = (function.handler, (need.name)());
            return Err(messages::startup::state_not_built(handler, state, package, built));
        }
    }
    Ok(())
}

/// Runs the init functions whose state the functions need, and the init functions that build `()`, which run
/// for their effects. Other init functions do not run: a function has neither the permissions nor the time to
/// open the clients of other functions.
async fn build_states(
    functions: &[&'static FunctionEntry],
    starters: Vec<(&'static InitEntry, StateBuilder)>,
) -> Result<States, Error> {
    let mut states = StateList::default();
    for (init, state_builder) in starters {
        let acts = state_builder.id == ().type_id();
        if acts || required_states(functions).any(|(_, need)| (need.id)() == state_builder.id) {
            let built = catch_failure(async { (state_builder.build)().await }).await;
            states.push(
                built.map_err(|error| {
                    error.with_context(messages::startup::init_failed(init.name))
                })?,
            );
        }
    }
    Ok(States::new(states))
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::*;
    use crate::State;
    use crate::handler::{FromInvocation, eventless_handler, state_builder};
    use crate::registry::{NoState as _, StateProbe};
    use crate::testing::{FUNCTION, block_on};

    struct Shop(&'static str);
    struct Cart;

    async fn open() -> Result<Shop, Error> {
        Ok(Shop("open"))
    }

    static CARTS: AtomicU32 = AtomicU32::new(0);

    async fn cart() -> Result<Cart, String> {
        CARTS.fetch_add(1, Ordering::Relaxed);
        Err("no carts left".into())
    }

    async fn prepare() -> Result<(), Error> {
        panic!("nothing to prepare")
    }

    const fn entry(name: &'static str, state_builder: fn() -> StateBuilder) -> InitEntry {
        InitEntry { package: "shop", name, state_builder }
    }

    static OPEN: InitEntry = entry("open", || state_builder(open));
    static REOPEN: InitEntry = entry("reopen", || state_builder(open));
    static CART: InitEntry = entry("cart", || state_builder(cart));
    static PREPARE: InitEntry = entry("prepare", || state_builder(prepare));

    static SHOW: FunctionEntry = FunctionEntry {
        handler: "show",
        deadline_margin: 700,
        states: &[StateProbe::<State<Shop>>::REQUIRED, StateProbe::<Context>::REQUIRED],
        make_handler: || {
            eventless_handler(|call| async move {
                let shop = <State<Shop> as FromInvocation>::from_invocation(&call)?;
                Ok(Ok::<_, Error>(shop.0.0))
            })
        },
        ..FUNCTION
    };

    fn start(inits: &[&'static InitEntry]) -> Result<Vec<ReadyFunction>, Error> {
        block_on(ReadyFunction::start("shop", &[&SHOW], inits))
    }

    #[test]
    fn a_handler_gets_the_state_that_init_built() {
        let ready = start(&[&OPEN]).unwrap();
        let response = block_on(ready[0].respond(b"{}", Context::new("1"))).unwrap();
        assert!(matches!(response, FunctionResponse::Buffered(bytes) if bytes == b"\"open\""));
    }

    #[test]
    fn a_handler_gets_the_functions_deadline_margin() {
        let ready = start(&[&OPEN]).unwrap();
        let call = ready[0].new_call(Context::new("1")).unwrap();
        assert_eq!(call.context().deadline_margin(), Duration::from_millis(700));
    }

    #[test]
    fn a_missing_state_fails_the_start_with_both_types_named() {
        let message = start(&[&CART]).err().unwrap().to_string();
        let module = module_path!();
        assert_eq!(
            message,
            format!(
                "`show` takes a `State<{module}::Shop>`, but no `#[init]` function of `shop` builds \
                 a `{module}::Shop`: `cart` builds a `{module}::Cart`"
            )
        );
    }

    #[test]
    fn two_init_functions_for_one_state_are_an_error_that_names_both() {
        let message = start(&[&OPEN, &REOPEN]).err().unwrap().to_string();
        assert!(message.contains("`open` and `reopen` both build a"), "{message}");
    }

    #[test]
    fn an_init_function_whose_state_no_function_needs_is_not_run() {
        start(&[&OPEN, &CART]).unwrap();
        assert_eq!(CARTS.load(Ordering::Relaxed), 0);
    }

    #[test]
    fn an_init_function_that_builds_no_state_runs_and_its_panic_is_an_error() {
        let error = start(&[&OPEN, &PREPARE]).err().unwrap();
        assert_eq!(error.name(), "Panic");
        let message = error.to_string();
        assert!(
            message.starts_with("the `#[init]` function `prepare` failed: nothing to prepare"),
            "{message}"
        );
    }
}
