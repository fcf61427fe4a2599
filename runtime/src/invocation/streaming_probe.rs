//! [`StreamingProbe`]: tells whether a handler streams its response, by the type that the handler returns. The
//! macros use it, because the source may have another name for the type.

use std::marker::PhantomData;

use crate::{Streaming, messages};

/// Tells whether a handler that returns an `O` streams its response: the inherent constant `STREAMS` exists
/// only for results of [`Streaming`], and takes precedence over the constant of the trait [`NotStreaming`].
pub struct StreamingProbe<O>(PhantomData<O>);

impl<E> StreamingProbe<Result<Streaming, E>> {
    /// A handler that returns this type streams its response.
    pub const STREAMS: bool = true;
}

/// Gives [`StreamingProbe`] its constant for a type that is not streamed.
pub trait NotStreaming {
    /// A handler that returns this type does not stream its response.
    const STREAMS: bool = false;
}

impl<O> NotStreaming for StreamingProbe<O> {}

/// Checks that a function triggered by events does not stream its response: nothing would read a streamed
/// response. `is_streamed` says whether the function does.
///
/// # Panics
///
/// Panics if `is_streamed` is true. The call is evaluated in a constant, so that the panic is a message of the
/// compiler.
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
