//! The Lambda runtime API: the next event, an answer, an error, an error of the start. Mirrors "Using
//! the Lambda runtime API for custom runtimes" of the AWS Lambda Developer Guide.

use std::time::Duration;

use bytes::Bytes;
use http::{HeaderName, HeaderValue, Method, Request, Response, StatusCode, header};
use http_body_util::Full;

use super::connection::Connection;
use super::event::{Event, INVOCATION_ID};
use crate::host::failure;
use crate::{Error, log};

const RUNTIME: &str = "/2018-06-01/runtime";
const ERROR_TYPE: HeaderName = HeaderName::from_static("lambda-runtime-function-error-type");

/// How often the next event is asked for before the process gives up, and how long it waits after
/// the first failure; each wait is twice the one before.
const TRIES: u32 = 6;
const FIRST_WAIT: Duration = Duration::from_millis(50);

/// What became of an answer.
pub(super) enum Posted {
    /// Lambda took it, or there is nothing more to be done about it.
    Taken,
    /// It was too large for Lambda.
    TooLarge,
}

/// The runtime API.
pub(super) struct Api {
    connection: Connection,
}

impl Api {
    pub(super) fn new(address: String) -> Self {
        Self { connection: Connection::new(address) }
    }

    /// The next event, however long it takes to come. A runtime API that fails is asked again, with
    /// growing pauses, and not for ever.
    pub(super) async fn next(&mut self) -> Result<Event, Error> {
        let mut wait = FIRST_WAIT;
        let mut tries = 1;
        loop {
            let error = match self.try_next().await {
                Ok(event) => return Ok(event),
                Err(error) => error,
            };
            if tries == TRIES {
                let address = self.connection.address();
                return Err(error.at(format_args!(
                    "the runtime API at {address} gave no event in {TRIES} tries"
                )));
            }
            tokio::time::sleep(wait).await;
            wait *= 2;
            tries += 1;
        }
    }

    async fn try_next(&mut self) -> Result<Event, Error> {
        let request = request(Method::GET, "/invocation/next", Bytes::new())?;
        let response = self.connection.send(request).await?;
        if response.status() != StatusCode::OK {
            return Err(Error::new(
                "RuntimeApi",
                format!("`/invocation/next` answered {}", refusal(&response)),
            ));
        }
        Event::read(response)
    }

    /// Answers an event.
    pub(super) async fn respond(&mut self, event: &Event, answer: Bytes) -> Posted {
        let path = format!("/invocation/{}/response", event.id);
        self.post(&path, event.invocation_id(), None, answer).await
    }

    /// Answers an event with an error.
    pub(super) async fn fail(&mut self, event: &Event, error: &Error) {
        let path = format!("/invocation/{}/error", event.id);
        self.post(&path, event.invocation_id(), Some(error), failure::body(error)).await;
    }

    /// Reports that the process could not start.
    pub(super) async fn fail_init(&mut self, error: &Error) {
        self.post("/init/error", None, Some(error), failure::body(error)).await;
    }

    /// Posts, once more on a new connection if the old one turns out to be dead. What Lambda does
    /// not take is logged: the event is lost then, and the next one is not.
    async fn post(
        &mut self,
        path: &str,
        invocation_id: Option<&HeaderValue>,
        error: Option<&Error>,
        body: Bytes,
    ) -> Posted {
        let mut response = self.try_post(path, invocation_id, error, body.clone()).await;
        if response.is_err() {
            response = self.try_post(path, invocation_id, error, body).await;
        }
        match response {
            Ok(response) if response.status().is_success() => {}
            Ok(response) if response.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                return Posted::TooLarge;
            }
            Ok(response) => {
                log::line(format_args!("`{path}` was answered {}", refusal(&response)));
            }
            Err(error) => log::line(format_args!("`{path}` could not be posted: {error:#}")),
        }
        Posted::Taken
    }

    async fn try_post(
        &mut self,
        path: &str,
        invocation_id: Option<&HeaderValue>,
        error: Option<&Error>,
        body: Bytes,
    ) -> Result<Response<Bytes>, Error> {
        let mut request = request(Method::POST, path, body)?;
        let headers = request.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        if let Some(error) = error {
            headers.insert(ERROR_TYPE, failure::header(error));
        }
        if let Some(id) = invocation_id {
            headers.insert(INVOCATION_ID, id.clone());
        }
        self.connection.send(request).await
    }
}

fn request(method: Method, path: &str, body: Bytes) -> Result<Request<Full<Bytes>>, Error> {
    const AGENT: &str = concat!("skylift/", env!("CARGO_PKG_VERSION"));
    Ok(Request::builder()
        .method(method)
        .uri(format!("{RUNTIME}{path}"))
        .header(header::USER_AGENT, AGENT)
        .body(Full::new(body))?)
}

/// A status and the beginning of what was said with it.
fn refusal(response: &Response<Bytes>) -> String {
    let body = String::from_utf8_lossy(response.body());
    let body: String = body.chars().take(200).collect();
    format!("{}: {body}", response.status())
}
