//! What the unit tests share. The payloads are the examples that `aws_lambda_events` 1.2.1 (MIT)
//! ships, most of them from AWS's own documentation, and of windows those of the documentation itself.

#[allow(unused_imports, reason = "only sources and what is around them")]
pub(crate) use delivery::*;

/// A function that nothing is said of, for tests to say something.
pub(crate) const FUNCTION: crate::registry::Function = crate::registry::Function {
    package: "shop",
    id: "Submit",
    handler: "submit",
    name: None,
    serves: &[],
    sources: &[],
    timeout: 3,
    deadline_margin: 500,
    concurrency: 10,
    warmth: None,
    needs: &[],
    capabilities: &[],
    idempotent: None,
    start: || crate::handler::nothing(|_| async { Ok(Ok::<_, crate::Error>(())) }),
};

pub(crate) fn block_on<F: Future>(future: F) -> F::Output {
    let mut builder = tokio::runtime::Builder::new_current_thread();
    builder.enable_all().build().unwrap().block_on(future)
}

pub(crate) fn fixture(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/payloads/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

#[allow(dead_code, reason = "only sources and what is around them")]
mod delivery {
    use std::time::Duration;

    use super::block_on;
    use crate::invocation::{Call, States};
    use crate::registry::Handler;
    use crate::{Context, Error};

    pub(crate) fn answer(handler: &Handler, payload: &[u8]) -> Result<Vec<u8>, Error> {
        answer_before(handler, payload, Duration::from_secs(10))
    }

    pub(crate) fn answer_before(
        handler: &Handler,
        payload: &[u8],
        remaining: Duration,
    ) -> Result<Vec<u8>, Error> {
        serve(handler, payload, &call(remaining))
    }

    /// With that many records of a batch at once.
    pub(crate) fn answer_at_once(
        handler: &Handler,
        payload: &[u8],
        concurrency: usize,
    ) -> Result<Vec<u8>, Error> {
        let call = call(Duration::from_secs(10)).with_concurrency(concurrency);
        serve(handler, payload, &call)
    }

    fn call(remaining: Duration) -> Call {
        let context = Context::new("request-1").with_remaining(remaining);
        Call::new(context, States::default()).with_concurrency(super::FUNCTION.concurrency)
    }

    fn serve(handler: &Handler, payload: &[u8], call: &Call) -> Result<Vec<u8>, Error> {
        block_on(async { handler.serve(payload, call).await?.whole().await })
    }
}
