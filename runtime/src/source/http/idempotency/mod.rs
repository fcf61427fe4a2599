//! Idempotent HTTP requests. Takes a request as API Gateway sends it, and returns a response in API Gateway's
//! format, with status, headers and body: the response of this run, or that of an earlier run with the same
//! key.
//!
//! A response with a status of 400 or more is a failure, like an error of a handler: it is returned and not
//! stored, and the next request with the same key runs the handler again. Problems with the key have the
//! statuses of "The Idempotency-Key HTTP Header Field" of the IETF: 400 without a key, 409 while another run
//! is in progress, 422 if the payload differs.
// See decision 0055.

#[cfg(all(feature = "local", debug_assertions))]
mod local;
mod respond;
#[cfg(test)]
mod tests;

#[cfg(all(feature = "local", debug_assertions))]
pub(super) use local::respond_locally;
pub(super) use respond::{key_document, key_scope, respond_once};
