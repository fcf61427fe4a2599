//! Requests whose work is done once for a key. Takes a request as API Gateway has it, and gives the
//! answer in API Gateway's form, this run's or that of the one before: status, headers and body.
//!
//! An answer of 400 or more is a failure, as a handler's error is: it is given and not kept, and whoever
//! tries again with the same key has the work done. What goes wrong with the key itself is answered as
//! "The Idempotency-Key HTTP Header Field" of the IETF has it: 400 without one, 409 while another run is
//! at it, 422 where the payload is another one.

#[cfg(feature = "local")]
mod local;
mod respond;
#[cfg(test)]
mod tests;

#[cfg(feature = "local")]
pub(super) use local::respond_locally;
pub(super) use respond::{key_document, key_scope, respond_once};
