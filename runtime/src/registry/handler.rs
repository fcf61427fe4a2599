//! [`Handler`]: a function of the user's with its types erased, so that a host can keep them in one table: a
//! payload goes in, an answer or an error comes out. The rooms above implement [`Serve`].

use std::any::Any;

use crate::Error;
use crate::invocation::{BoxFuture, Call, FunctionResponse};

/// A function of the user's, behind one type.
pub struct Handler {
    serve: Box<dyn Serve>,
}

impl Handler {
    pub(crate) fn new(serve: impl Serve + 'static) -> Self {
        Self { serve: Box::new(serve) }
    }

    /// The handler by its own type, where it is of that type.
    #[cfg(all(feature = "http", feature = "local", debug_assertions))]
    pub(crate) fn downcast_ref<T: Serve>(&self) -> Option<&T> {
        let serve: &dyn Any = &*self.serve;
        serve.downcast_ref()
    }

    /// Answers one payload.
    pub(crate) fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<FunctionResponse, Error>> {
        self.serve.serve(payload, call)
    }
}

/// From the bytes of a payload to the bytes of an answer.
pub(crate) trait Serve: Any + Send + Sync {
    fn serve<'a>(
        &'a self,
        payload: &'a [u8],
        call: &'a Call,
    ) -> BoxFuture<'a, Result<FunctionResponse, Error>>;
}
