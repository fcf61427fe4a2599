//! What the macro asks of an HTTP handler's parameters and answer, one by one, so that a mistake is
//! one message at the type that is wrong. axum alone would say that the function "is not a handler".

use axum::extract::{FromRequest, FromRequestParts};
use axum::response::IntoResponse;

/// A parameter that is not the last.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken from an HTTP request",
    label = "not an axum extractor",
    note = "a handler takes `Path<T>`, `Query<T>`, `HeaderMap`, `State<T>`, `Context` and every other \
            type that implements `FromRequestParts`; one that reads the body (`Json<T>`, `Form<T>`, \
            `String`, `Bytes`) comes last"
)]
pub trait Extractor {}

#[diagnostic::do_not_recommend]
impl<T: FromRequestParts<()>> Extractor for T {}

/// The last parameter, which may read the body.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be taken from an HTTP request",
    label = "not an axum extractor",
    note = "a handler takes `Path<T>`, `Query<T>`, `HeaderMap`, `State<T>`, `Context` and, last, \
            `Json<T>` where `T` implements `serde::de::DeserializeOwned`, `Form<T>`, `String` or \
            `Bytes`"
)]
pub trait BodyExtractor<M> {}

#[diagnostic::do_not_recommend]
impl<T: FromRequest<(), M>, M> BodyExtractor<M> for T {}

/// What the handler returns.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not an HTTP answer",
    label = "does not implement `IntoResponse`",
    note = "an HTTP handler returns what implements axum's `IntoResponse`: `Json<T>`, `StatusCode`, \
            `String`, or `Result<T, E>` where both do; `skylift::Error` does"
)]
pub trait Returned {}

#[diagnostic::do_not_recommend]
impl<T: IntoResponse> Returned for T {}

/// Compiles where `T` can be a parameter before the last.
pub const fn extractor<T: Extractor>() {}

/// Compiles where `T` can be the last parameter.
pub const fn body<T: BodyExtractor<M>, M>() {}

/// Compiles where `T` can be returned.
pub const fn returned<T: Returned>() {}
