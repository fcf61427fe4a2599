//! An application whose code panics wherever the runtime calls it: when an error is formatted, when a value is
//! decoded, encoded or dropped, and when the value of a panic is dropped.

use std::error::Error as StdError;
use std::fmt::{self, Debug, Display, Formatter};
use std::panic::panic_any;
use std::pin::Pin;
use std::task::{Context as TaskContext, Poll};
use std::time::Duration;

use serde::de::Error as _;
use serde::ser::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use skylift::event::Message;
use skylift::{Error, State, Streaming};

use super::entries::{function, init};

pub(crate) const HANDLERS: &[&str] = &["rude", "rude_batch", "rude_stream", "rude_http"];

/// Panics with another such value when it is dropped.
struct Endless;

impl Drop for Endless {
    fn drop(&mut self) {
        panic_any(Self);
    }
}

/// An event that panics when it is decoded or dropped, if it says so.
struct Event(String);

impl<'de> Deserialize<'de> for Event {
    fn deserialize<D: Deserializer<'de>>(decoder: D) -> Result<Self, D::Error> {
        let way = String::deserialize(decoder)?;
        match way.as_str() {
            "decode panics" => panic_any(Endless),
            "decode fails" => Err(D::Error::custom("not this one")),
            _ => Ok(Self(way)),
        }
    }
}

impl Drop for Event {
    fn drop(&mut self) {
        if self.0 == "event drop" {
            panic_any(Endless);
        }
    }
}

/// A response that panics or fails when it is encoded or dropped, if it says so.
struct Answer(String);

impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, encoder: S) -> Result<S::Ok, S::Error> {
        match self.0.as_str() {
            "encode panics" => panic_any(Endless),
            "encode fails" => Err(S::Error::custom("not this one")),
            way => encoder.serialize_str(way),
        }
    }
}

impl Drop for Answer {
    fn drop(&mut self) {
        if self.0 == "answer drop" {
            panic_any(Endless);
        }
    }
}

/// An error that panics when it is formatted or dropped, if it says so.
struct RudeError(String);

impl Display for RudeError {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("no manners")?;
        match self.0.as_str() {
            "display panics" => panic_any(Endless),
            "display fails" => Err(fmt::Error),
            _ => Ok(()),
        }
    }
}

impl Debug for RudeError {
    fn fmt(&self, _: &mut Formatter<'_>) -> fmt::Result {
        panic!("no manners at all")
    }
}

impl StdError for RudeError {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        (self.0 == "display never ends").then_some(self)
    }
}

impl Drop for RudeError {
    fn drop(&mut self) {
        if self.0 == "error drop" {
            panic_any(Endless);
        }
    }
}

/// Does what the event says.
async fn act(way: &str) -> Result<(), Error> {
    match way {
        "error drop" | "display panics" | "display fails" | "display never ends" => {
            return Err(RudeError(way.to_owned()).into());
        }
        "panic value" => panic_any(Endless),
        "future drop" => {
            let _dropped = Endless;
            tokio::time::sleep(Duration::from_mins(1)).await;
        }
        _ => tokio::task::yield_now().await,
    }
    Ok(())
}

async fn rude(event: Event, _state: State<RudeState>) -> Result<Answer, Error> {
    act(&event.0).await?;
    Ok(Answer(event.0.clone()))
}

async fn rude_batch(event: Message<Event>) -> Result<(), RudeError> {
    let way = &event.0;
    match way.as_str() {
        "panic value" => panic_any(Endless),
        "well" | "event drop" => Ok(()),
        _ => Err(RudeError(way.clone())),
    }
}

/// A stream of two chunks that panics where the event says.
struct RudeStream(String, u32);

impl futures_core::Stream for RudeStream {
    type Item = Result<bytes::Bytes, RudeError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut TaskContext<'_>) -> Poll<Option<Self::Item>> {
        self.1 += 1;
        let way = self.0.clone();
        Poll::Ready(match (self.1, way.as_str()) {
            (1 | 3, "chunk drop") => Some(Ok(bytes::Bytes::from_owner(RudeBytes(self.1 == 1)))),
            (1, _) => Some(Ok("one".into())),
            (2, "panic value") => panic_any(Endless),
            (2, "well" | "stream drop" | "chunk drop") => Some(Ok("two".into())),
            (2, _) => Some(Err(RudeError(way))),
            _ => None,
        })
    }
}

impl Drop for RudeStream {
    fn drop(&mut self) {
        if self.0 == "stream drop" {
            panic_any(Endless);
        }
    }
}

/// The bytes of a chunk, which panic when they are dropped.
struct RudeBytes(bool);

impl AsRef<[u8]> for RudeBytes {
    fn as_ref(&self) -> &[u8] {
        if self.0 { b"one" } else { b"" }
    }
}

impl Drop for RudeBytes {
    fn drop(&mut self) {
        panic_any(Endless);
    }
}

async fn rude_stream(way: String) -> Result<Streaming, Error> {
    Ok(Streaming::from_stream("text/plain", RudeStream(way, 0)))
}

async fn rude_http(way: String) -> Result<String, Error> {
    act(&way).await?;
    Ok(way)
}

/// A state that panics when it is dropped.
pub(crate) struct RudeState;

impl Drop for RudeState {
    fn drop(&mut self) {
        panic_any(Endless);
    }
}

async fn rude_state() -> Result<RudeState, Error> {
    if std::env::var_os("RUDE_HOOK").is_some() {
        skylift::on_shutdown(|| async { Err(RudeError("display panics".to_owned()).into()) });
        skylift::on_shutdown(|| async { panic_any(Endless) });
    }
    match std::env::var("RUDE_START").as_deref() {
        Ok("panic value") => panic_any(Endless),
        Ok(way) => Err(RudeError(way.to_owned()).into()),
        Err(_) => Ok(RudeState),
    }
}

use skylift::__private::TickHandling::ByHandler;

function!("rude" rude "Rude", timeout 3, warm false, ByHandler, needs [State<RudeState>],
skylift::__private::direct_handler::<Event, _, _, _>(|event, call| async move {
    let state = <State<RudeState> as skylift::__private::FromInvocation>::from_invocation(&call)?;
    Ok::<_, Error>(rude(event, state).await)
}));
function!("rude" rude_batch "RudeBatch", timeout 3, warm false, ByHandler, needs [],
skylift::__private::triggered_handler(
    [skylift::__private::sqs::<Message<Event>>()],
    |event, _call| async move { Ok::<_, Error>(rude_batch(event).await) },
));
function!("rude" rude_stream "RudeStream", timeout 3, warm false, ByHandler, needs [],
skylift::__private::direct_handler::<String, _, _, _>(|way, _call| async move {
    Ok::<_, Error>(rude_stream(way).await)
}));
function!("rude" rude_http "RudeHttp", timeout 3, warm false, ByHandler, needs [],
skylift::__private::http_handler(
    &[("POST", "/rude")],
    |request: skylift::__private::Request| async move {
        let way = match skylift::__private::extract_with_body::<String, _>(request).await {
            Ok(way) => way,
            Err(response) => return response,
        };
        let answer = rude_http(way).await;
        let is_error = answer.is_err();
        skylift::__private::http_response::<Result<String, Error>>(answer, is_error)
    }
));
init!("rude" rude_state);
