//! Sends an answer to a service that waits for it, with a few tries within the time that is left of an invocation. No
//! failure has the URL of a request: the URL may let everybody answer.

use std::sync::OnceLock;
use std::time::Duration;

use aws_smithy_async::rt::sleep::TokioSleep;
use aws_smithy_http_client::{Connector, tls};
use aws_smithy_runtime_api::client::http::{
    HttpConnector as _, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use tokio::time::{Instant, sleep, timeout_at};

use crate::Context;
use crate::messages::delivery::DeliveryFailure;

/// How long to wait for a connection.
const CONNECT_TIMEOUT: Duration = Duration::from_millis(3_100);

/// How long to wait for the result of one try.
const TRY_TIMEOUT: Duration = Duration::from_secs(5);

/// The most tries.
const TRIES: u32 = 6;

/// The pause after the first try. Each further pause is twice as long.
const FIRST_PAUSE: Duration = Duration::from_millis(50);

/// The time before the deadline at which the last try ends, so that its failure can be reported.
const REPORT_MARGIN: Duration = Duration::from_millis(50);

/// The longest time before the deadline that is kept for the answer if the function's `deadline_margin` is shorter: the
/// first connection takes some hundred milliseconds, and may have to be tried again.
const MAX_MARGIN: Duration = Duration::from_secs(2);

/// Returns when the handler is stopped so that its failure can be sent, and how long before the deadline that is.
pub(crate) fn end_of_handler(context: &Context) -> (Instant, Duration) {
    let remaining = context.remaining();
    let margin = context.deadline_margin().max(MAX_MARGIN.min(remaining / 10));
    (Instant::now() + remaining.saturating_sub(margin), margin)
}

/// Runs `attempt` until it succeeds, fails for good, or the time is over. Returns the last failure and the number of tries.
pub(crate) async fn try_until_sent<Attempt: Future<Output = Result<(), DeliveryFailure>> + Send>(
    context: &Context,
    attempt: impl Fn() -> Attempt + Send + Sync,
) -> Result<(), (DeliveryFailure, u32)> {
    let end = Instant::now() + context.remaining().saturating_sub(REPORT_MARGIN);
    let (mut pause, mut number) = (FIRST_PAUSE, 1);
    loop {
        let limit = end.min(Instant::now() + TRY_TIMEOUT);
        let failure = match timeout_at(limit, attempt()).await {
            Err(_) => DeliveryFailure::NoAnswer,
            Ok(Err(failure)) => failure,
            Ok(Ok(())) => return Ok(()),
        };
        if !failure.is_transient() || number >= TRIES || Instant::now() + pause >= end {
            return Err((failure, number));
        }
        sleep(pause).await;
        pause *= 2;
        number += 1;
    }
}

/// Sends a request, by `https` or by `http`. The error does not have the text of the connector's, which may have the URL.
pub(crate) async fn send(
    request: HttpRequest,
    is_encrypted: bool,
) -> Result<HttpResponse, DeliveryFailure> {
    connector(is_encrypted).call(request).await.map_err(|error| {
        if error.is_timeout() { DeliveryFailure::NoAnswer } else { DeliveryFailure::NoConnection }
    })
}

/// Returns the connector of this process for `https`, or for `http`.
fn connector(is_encrypted: bool) -> &'static SharedHttpConnector {
    static PLAIN: OnceLock<SharedHttpConnector> = OnceLock::new();
    static TLS: OnceLock<SharedHttpConnector> = OnceLock::new();
    let builder = || {
        let settings = HttpConnectorSettings::builder().connect_timeout(CONNECT_TIMEOUT).build();
        Connector::builder().sleep_impl(TokioSleep::new()).connector_settings(settings)
    };
    if !is_encrypted {
        return PLAIN.get_or_init(|| SharedHttpConnector::new(builder().build_http()));
    }
    let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    TLS.get_or_init(|| SharedHttpConnector::new(builder().tls_provider(ring).build()))
}
