//! What the unit tests share. The payloads are the examples of `aws_lambda_events` 1.2.1 (MIT), most of them
//! from AWS's documentation; those of windows, and of the triggers of user pools that the crate lacks, follow the
//! documentation itself.

#[allow(unused_imports, reason = "only sources and what is around them")]
pub(crate) use delivery::*;

/// A function with default settings, of which tests change what they need.
pub(crate) const FUNCTION: crate::registry::FunctionEntry = crate::registry::FunctionEntry {
    package: "shop",
    id: "Submit",
    handler: "submit",
    name: None,
    triggers: &[],
    sources: &[],
    timeout: 3,
    deadline_margin: 500,
    batch_concurrency: 10,
    reports_records: false,
    cold_start: None,
    states: &[],
    capabilities: &[],
    idempotent: None,
    make_handler: || crate::handler::eventless_handler(|_| async { Ok(Ok::<_, crate::Error>(())) }),
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

    pub(crate) fn respond(handler: &Handler, payload: &[u8]) -> Result<Vec<u8>, Error> {
        respond_before(handler, payload, Duration::from_secs(10))
    }

    pub(crate) fn respond_before(
        handler: &Handler,
        payload: &[u8],
        remaining: Duration,
    ) -> Result<Vec<u8>, Error> {
        serve(handler, payload, &call(remaining))
    }

    /// Handles that many records of a batch at once.
    pub(crate) fn respond_concurrently(
        handler: &Handler,
        payload: &[u8],
        concurrency: usize,
    ) -> Result<Vec<u8>, Error> {
        let call = call(Duration::from_secs(10)).with_concurrency(concurrency);
        serve(handler, payload, &call)
    }

    /// Handles a batch from a mapping that reads which records failed.
    pub(crate) fn respond_with_reports(
        handler: &Handler,
        payload: &[u8],
        concurrency: usize,
    ) -> Result<Vec<u8>, Error> {
        let call = call(Duration::from_secs(10)).with_concurrency(concurrency).with_reports(true);
        serve(handler, payload, &call)
    }

    fn call(remaining: Duration) -> Call {
        let context = Context::new("request-1").with_remaining(remaining);
        Call::new(context, States::default()).with_concurrency(super::FUNCTION.batch_concurrency)
    }

    fn serve(handler: &Handler, payload: &[u8], call: &Call) -> Result<Vec<u8>, Error> {
        block_on(async { handler.serve(payload, call).await?.collect_bytes().await })
    }
}
