//! The parameters and the response of an HTTP handler, converted one by one, so that the compiler reports a
//! mistake once, at the type that is wrong. axum alone would only report that the function "is not a handler".

use axum::extract::{FromRequest, FromRequestParts, Request};
use axum::response::{IntoResponse, Response};
use http::request::Parts;

use crate::invocation::BoxFuture;
use crate::messages;

/// A parameter of an HTTP handler that is not the last one, and is extracted from the head of the request.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken from an HTTP request",
    label = "not an axum extractor",
    note = "a handler takes `Path<T>`, `Query<T>`, `HeaderMap`, `skylift::State<T>` of a `T` that is `Send` and `Sync`, \
            `Context` and every other \
            type that implements `FromRequestParts`; one that reads the body (`Json<T>`, `Form<T>`, \
            `String`, `Bytes`) comes last, and there is one"
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
    note = "a handler takes `Path<T>`, `Query<T>`, `HeaderMap`, `skylift::State<T>` of a `T` that is `Send` and `Sync`, \
            `Context` and, last, `Json<T>`, `Form<T>`, `String` or `Bytes`",
    note = "help: the `T` of a `Json<T>` or `Form<T>` needs `#[derive(serde::Deserialize)]`"
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
            `String`, or `Result<T, E>` where both do; `skylift::Error` does",
    note = "help: write `Json<T>` for a value of your own, with `#[derive(serde::Serialize)]`, and `skylift::Error` for an \
            error such as `Box<dyn Error>`"
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

/// The output of an HTTP handler, which may be a `Result`. Its method `is_error` is the inherent one if it is a
/// `Result`, by whatever name, and else that of the trait [`NoHandlerResult`].
#[derive(Debug)]
pub struct MaybeResult<'a, T>(pub &'a T);

impl<T, E> MaybeResult<'_, Result<T, E>> {
    /// Returns whether the handler failed.
    #[must_use]
    pub fn is_error(&self) -> bool {
        self.0.is_err()
    }
}

/// An output of an HTTP handler that is not a `Result`.
pub trait NoHandlerResult {
    /// Returns false: the handler cannot fail.
    fn is_error(&self) -> bool {
        false
    }
}

impl<T> NoHandlerResult for MaybeResult<'_, T> {}

/// Converts the output of an HTTP handler to the response. `is_error` says whether the output is an `Err`: a client
/// must see that the request failed, so an error whose response has a status below 400 becomes a 500.
pub fn http_response<T: HttpOutput>(answer: T, is_error: bool) -> Response {
    let response = answer.into_response();
    let status = response.status();
    if is_error && status.as_u16() < 400 {
        return IntoResponse::into_response(messages::http::error_with_success_status(status));
    }
    response
}

#[cfg(test)]
mod tests {
    use axum::http::StatusCode;

    use super::*;
    use crate::Error;

    type Named = Result<&'static str, StatusCode>;

    #[test]
    fn an_output_is_an_error_only_if_it_is_an_err_by_whatever_name() {
        assert!(MaybeResult(&Named::Err(StatusCode::OK)).is_error());
        assert!(!MaybeResult(&Named::Ok("fine")).is_error());
        assert!(!MaybeResult(&StatusCode::NOT_FOUND).is_error());
    }

    #[test]
    fn an_error_with_the_status_of_a_success_is_a_500_that_names_the_status() {
        let response = http_response(Named::Err(StatusCode::ACCEPTED), true);
        assert_eq!(response.status(), 500);
        let error = response.extensions().get::<std::sync::Arc<Error>>().unwrap();
        assert!(error.to_string().contains("`Err` whose response has the status 202"), "{error}");
        assert_eq!(http_response(Named::Err(StatusCode::BAD_REQUEST), true).status(), 400);
        assert_eq!(http_response(Named::Ok("fine"), false).status(), 200);
    }
}
