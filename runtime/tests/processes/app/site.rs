//! An application with function URLs: the handlers answer as the path of each request asks.

use std::collections::VecDeque;
use std::convert::Infallible;
use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use futures_core::Stream;
use skylift::Error;
use skylift::http::{Body, IntoResponse, Path, Response, Router, StatusCode, route_request};
use skylift::http::{routing::get, sse};
use tokio::time::{Sleep, sleep};

use super::entries::function;

pub(crate) const HANDLERS: &[&str] = &["live", "whole"];

/// How long a body waits between its first and its second part.
const PAUSE: Duration = Duration::from_millis(300);

/// What comes after the pause of a body.
enum Then<T> {
    Part(T),
    Fail,
    Panic,
    Never,
}

/// A stream that has a part at once, and something else after a pause.
struct Parts<T> {
    first: VecDeque<T>,
    pause: Pin<Box<Sleep>>,
    then: Option<Then<T>>,
}

impl<T> Parts<T> {
    fn new(first: T, then: Then<T>) -> Self {
        Self { first: [first].into(), pause: Box::pin(sleep(PAUSE)), then: Some(then) }
    }
}

impl<T: Unpin> Stream for Parts<T> {
    type Item = Result<T, Error>;

    fn poll_next(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        if let Some(first) = self.first.pop_front() {
            return Poll::Ready(Some(Ok(first)));
        }
        if self.then.is_none() {
            return Poll::Ready(None);
        }
        std::task::ready!(self.pause.as_mut().poll(cx));
        match self.then.take() {
            Some(Then::Part(part)) => Poll::Ready(Some(Ok(part))),
            Some(Then::Fail) => Poll::Ready(Some(Err(Error::new("NoInk", "the pen is empty")))),
            Some(Then::Panic) => panic!("the pen broke"),
            Some(Then::Never) => Poll::Pending,
            None => Poll::Ready(None),
        }
    }
}

fn text(then: Then<&'static str>) -> Response {
    let headers = [("content-type", "text/plain"), ("set-cookie", "a=1")];
    (StatusCode::CREATED, headers, Body::from_stream(Parts::new("one ", then))).into_response()
}

async fn text_of(Path(end): Path<String>) -> Result<Response, Error> {
    match end.as_str() {
        "two" => Ok(text(Then::Part("two"))),
        "fail" => Ok(text(Then::Fail)),
        "panic" => Ok(text(Then::Panic)),
        "never" => Ok(text(Then::Never)),
        "large" => Ok("x".repeat(7 << 20).into_response()),
        _ => Err(Error::new("NoPaper", "nothing to write on")),
    }
}

async fn events() -> impl IntoResponse {
    let event = |text: &str| sse::Event::default().event("word").data(text);
    let parts = Parts::new(event("one"), Then::Part(event("two")));
    sse::Sse::new(parts).keep_alive(sse::KeepAlive::new().interval(PAUSE / 3).text("still here"))
}

async fn respond(request: skylift::__private::Request) -> Response {
    let router = Router::new().route("/text/{end}", get(text_of)).route("/events", get(events));
    route_request(&router, request).await
}

/// The handler of a URL, as the macro writes it.
macro_rules! url_function {
    ($handler:ident, $id:literal, $streams:literal) => {
        function!("site" $handler $id, timeout 3, warm false,
        skylift::__private::TickHandling::ByHandler, needs [],
        skylift::__private::url_handler(
            $streams,
            &[("ANY", skylift::__private::DEFAULT_ROUTE)],
            |request: skylift::__private::Request| async move {
                Ok::<_, Infallible>(respond(request).await).unwrap_or_else(|never| match never {})
            }
        ));
    };
}

url_function!(live, "Live", true);
url_function!(whole, "Whole", false);
