//! Tries requests to the table again until they succeed or their time is up. The retries of the AWS SDK are off for
//! the table: they wait up to a second before the first one, and there are two of them, while a record that stays in
//! progress keeps every event with its key from being handled until the deadline.
// See decision 0053.

use std::collections::hash_map::RandomState;
use std::error::Error as StdError;
use std::hash::BuildHasher as _;
use std::time::Duration;

use aws_sdk_dynamodb::error::SdkError;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use tokio::time::{Instant, sleep, timeout};

use crate::aws::sdk_error::operation_error;
use crate::{Error, messages};

/// How long to wait for the response to one attempt, as long as there is time for two attempts. DynamoDB responds
/// within some milliseconds.
const MAX_ATTEMPT_TIME: Duration = Duration::from_secs(1);

/// The shortest time that one attempt gets, unless less is left.
const MIN_ATTEMPT_TIME: Duration = Duration::from_millis(100);

/// The longest pause before the third attempt. The second attempt follows the first at once.
const FIRST_PAUSE: Duration = Duration::from_millis(20);

/// The longest pause between two attempts.
const MAX_PAUSE: Duration = Duration::from_millis(500);

/// The failure of one request to the table.
#[derive(Debug)]
pub(super) struct RequestFailure {
    pub(super) error: Error,
    /// Whether DynamoDB refused the request, so that nothing was done and every further attempt would fail as well.
    pub(super) is_refused: bool,
}

impl RequestFailure {
    /// Makes the failure of the request `operation` to the table `id`.
    pub(super) fn new<E>(operation: &str, id: &str, error: SdkError<E, HttpResponse>) -> Self
    where
        E: ProvideErrorMetadata + StdError + Send + Sync + 'static,
    {
        let is_refused = match &error {
            SdkError::ServiceError(refused) => {
                let status = refused.raw().status().as_u16();
                is_final_refusal(status, refused.err().code().unwrap_or_default())
            }
            SdkError::ConstructionFailure(_) => true,
            _ => false,
        };
        Self { error: operation_error(operation, "table", id, error), is_refused }
    }

    /// Makes the failure of a request that did not succeed in its time.
    fn timed_out() -> Self {
        Self { error: messages::idempotency::table_timed_out(), is_refused: false }
    }
}

/// Returns whether a request fails again if it is repeated. See "Error handling with DynamoDB" of the Amazon DynamoDB
/// Developer Guide.
fn is_final_refusal(status: u16, code: &str) -> bool {
    let passes = [
        "ItemCollectionSizeLimitExceededException",
        "LimitExceededException",
        "ProvisionedThroughputExceeded",
        "ProvisionedThroughputExceededException",
        "ReplicatedWriteConflictException",
        "RequestLimitExceeded",
        "RequestTimeout",
        "RequestTimeoutException",
        "SlowDown",
        "ThrottledException",
        "Throttling",
        "ThrottlingException",
        "TooManyRequestsException",
        "TransactionConflictException",
        "TransactionInProgressException",
    ];
    (400..500).contains(&status) && status != 408 && status != 429 && !passes.contains(&code)
}

/// Sends a request until it succeeds, DynamoDB refuses it, or the time `within` is over. Returns the failure of the
/// last attempt. Every request to the table may be repeated: its condition says whose record it is for.
pub(super) async fn retry<T, F>(
    within: Duration,
    request: impl Fn() -> F,
) -> Result<T, RequestFailure>
where
    F: Future<Output = Result<T, RequestFailure>>,
{
    let end = Instant::now() + within;
    let mut pause = Duration::ZERO;
    let mut last = None;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Err(last.unwrap_or_else(RequestFailure::timed_out));
        }
        // Half of what is left, so that a second attempt follows one that gets no response.
        let attempt_time = MAX_ATTEMPT_TIME.min((left / 2).max(MIN_ATTEMPT_TIME)).min(left);
        match timeout(attempt_time, request()).await {
            Ok(Ok(done)) => return Ok(done),
            Ok(Err(failure)) if failure.is_refused => return Err(failure),
            Ok(Err(failure)) => last = Some(failure),
            Err(_) => last = Some(RequestFailure::timed_out()),
        }
        let left = end.saturating_duration_since(Instant::now());
        sleep(vary(pause).min(left)).await;
        pause = (pause * 2).clamp(FIRST_PAUSE, MAX_PAUSE);
    }
}

/// Returns a random duration between half of `pause` and `pause`, so that many processes do not retry at the same
/// moment.
fn vary(pause: Duration) -> Duration {
    let random = u32::try_from(RandomState::new().hash_one(0) % 1_000).unwrap_or_default();
    pause / 2 + pause / 2 * random / 1_000
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;
    use crate::testing::block_on;

    const LONG: Duration = Duration::from_mins(1);

    fn failure(is_refused: bool) -> RequestFailure {
        RequestFailure { error: Error::new("Throttled", "later"), is_refused }
    }

    /// Repeats a request, which gets the number of the attempt. Returns the outcome, and how many attempts there were.
    fn repeat<F>(within: Duration, request: impl Fn(u32) -> F) -> (Result<u32, RequestFailure>, u32)
    where
        F: Future<Output = Result<u32, RequestFailure>>,
    {
        let attempts = Cell::new(0);
        let done = block_on(retry(within, || {
            attempts.set(attempts.get() + 1);
            request(attempts.get())
        }));
        (done, attempts.get())
    }

    #[test]
    fn a_request_is_repeated_until_it_succeeds() {
        let (done, attempts) =
            repeat(LONG, async |attempt| if attempt < 5 { Err(failure(false)) } else { Ok(7) });
        assert_eq!((done.unwrap(), attempts), (7, 5));
    }

    #[test]
    fn a_request_that_is_refused_is_not_repeated() {
        let (done, attempts) = repeat(LONG, async |_| Err(failure(true)));
        assert_eq!((done.unwrap_err().error.name(), attempts), ("Throttled", 1));
    }

    #[test]
    fn an_attempt_without_a_response_leaves_time_for_another() {
        let (done, attempts) = repeat(Duration::from_millis(600), async |attempt| {
            if attempt == 1 {
                sleep(LONG).await;
            }
            Ok(7)
        });
        assert_eq!((done.unwrap(), attempts), (7, 2));
    }

    #[test]
    fn a_request_that_never_succeeds_ends_with_its_last_failure() {
        let (done, _) = repeat(Duration::from_millis(50), async |_| Err(failure(false)));
        assert_eq!(done.unwrap_err().error.name(), "Throttled");
        let (done, attempts) = repeat(Duration::ZERO, async |_| Ok(7));
        assert_eq!((done.unwrap_err().error.name(), attempts), ("Timeout", 0));
    }

    #[test]
    fn a_throttled_request_is_repeated_and_a_wrong_one_is_not() {
        for (status, code) in [
            (400, "ProvisionedThroughputExceededException"),
            (400, "ThrottlingException"),
            (400, "RequestLimitExceeded"),
            (429, ""),
            (500, "InternalServerError"),
            (503, "ServiceUnavailable"),
        ] {
            assert!(!is_final_refusal(status, code), "{code}");
        }
        for code in
            ["AccessDeniedException", "ResourceNotFoundException", "ValidationException", ""]
        {
            assert!(is_final_refusal(400, code), "{code}");
        }
    }
}
