//! [`StreamingProbe`]: whether a handler streams its response, by the type that it returns. The macros ask, under
//! whatever name the type has where it is written.

use std::marker::PhantomData;

use crate::{Streaming, messages};

/// Tells whether a handler that returns an `O` streams its response: the inherent constant exists only for
/// [`Streaming`], and takes precedence over that of the trait.
pub struct StreamingProbe<O>(PhantomData<O>);

impl<E> StreamingProbe<Result<Streaming, E>> {
    /// It streams.
    pub const STREAMS: bool = true;
}

/// The fallback of [`StreamingProbe`].
pub trait NotStreaming {
    /// It does not stream.
    const STREAMS: bool = false;
}

impl<O> NotStreaming for StreamingProbe<O> {}

/// Checks that a function triggered by events does not stream its response, which nothing would read.
///
/// # Panics
///
/// If it does. The call is evaluated in a constant, so that the panic is a message of the compiler.
#[track_caller]
pub const fn check_response_is_read(is_streamed: bool) {
    assert!(!is_streamed, "{}", messages::compile::streamed_response_not_read());
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Error;

    #[test]
    fn a_streamed_response_is_recognised_behind_a_type_alias() {
        type Alias = Result<Streaming, Error>;
        assert!(crate::__private::is_streamed!(Alias));
        assert!(
            !crate::__private::is_streamed!(Result<u8, Error>) && !StreamingProbe::<u8>::STREAMS
        );
    }
}
