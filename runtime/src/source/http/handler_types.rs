//! The parameters and the response of an HTTP handler, converted one by one, so that the compiler reports a
//! mistake once, at the type that is wrong. axum alone would only report that the function "is not a handler".

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;

use crate::invocation::BoxFuture;

/// A parameter of an HTTP handler that is not the last one, and is extracted from the head of the request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken from an HTTP request",
    label = "not an axum extractor",
    note = "a handler takes `Path<T>`, `Query<T>`, `HeaderMap`, `State<T>`, `Context` and every other \
            type that implements `FromRequestParts`; one that reads the body (`Json<T>`, `Form<T>`, \
            `String`, `Bytes`) comes last"
)]
pub trait Extractor: Sized {
    /// Extracts the parameter from the head of a request, or returns the response that rejects the request.
    #[doc(hidden)]
    fn extract(parts: &mut Parts) -> impl Future<Output = Result<Self, Response>> + Send;
}

#[diagnostic::do_not_recommend]
impl<T: FromRequestParts<()>> Extractor for T {
    async fn extract(parts: &mut Parts) -> Result<Self, Response> {
        T::from_request_parts(parts, &()).await.map_err(IntoResponse::into_response)
    }
}

/// The last parameter of an HTTP handler, which may read the body of the request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken from an HTTP request",
    label = "not an axum extractor",
    note = "a handler takes `Path<T>`, `Query<T>`, `HeaderMap`, `State<T>`, `Context` and, last, \
            `Json<T>` where `T` implements `serde::de::DeserializeOwned`, `Form<T>`, `String` or \
            `Bytes`"
)]
pub trait BodyExtractor<M>: Sized {
    /// Extracts the parameter from a request, or returns the response that rejects the request.
    #[doc(hidden)]
    fn extract(request: Request) -> impl Future<Output = Result<Self, Response>> + Send;
}

#[diagnostic::do_not_recommend]
impl<T: FromRequest<(), M>, M> BodyExtractor<M> for T {
    async fn extract(request: Request) -> Result<Self, Response> {
        T::from_request(request, &()).await.map_err(IntoResponse::into_response)
    }
}

/// The type that an HTTP handler returns, which is converted to the response.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an HTTP response",
    label = "does not implement `IntoResponse`",
    note = "an HTTP handler returns what implements axum's `IntoResponse`: `Json<T>`, `StatusCode`, \
            `String`, or `Result<T, E>` where both do; `skylift::Error` does"
)]
pub trait HttpOutput {
    /// Converts the output of the handler to the response.
    #[doc(hidden)]
    fn into_response(self) -> Response;
}

#[diagnostic::do_not_recommend]
impl<T: IntoResponse> HttpOutput for T {
    fn into_response(self) -> Response {
        self.into_response()
    }
}

/// Extracts a parameter that is not the last one from the head of a request, or returns the response that
/// rejects the request.
// The type of a boxed future does not have the bound. Without the box, the compiler would require the bound
// again at the `await`, and report the same mistake twice.
#[must_use]
pub fn extract_from_head<'a, T: Extractor + 'a>(
    parts: &'a mut Parts,
) -> BoxFuture<'a, Result<T, Response>> {
    Box::pin(T::extract(parts))
}

/// Extracts the last parameter from a request, or returns the response that rejects the request.
#[must_use]
pub fn extract_with_body<T: BodyExtractor<M> + 'static, M: 'static>(
    request: Request,
) -> BoxFuture<'static, Result<T, Response>> {
    Box::pin(T::extract(request))
}

/// Converts the output of an HTTP handler to the response.
pub fn http_response<T: HttpOutput>(answer: T) -> Response {
    answer.into_response()
}
