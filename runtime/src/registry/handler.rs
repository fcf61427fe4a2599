//! [`Handler`]: a function of the user with its types erased, so that a host can keep all handlers in one
//! table. It takes a payload and returns a response or an error. The modules that make handlers implement
//! [`Serve`].

use std::any::Any;

use crate::invocation::{Call, ResponseFuture};

/// A function of the user with its types erased.
pub struct Handler {
    serve: Box<dyn Serve>,
}

impl Handler {
    pub(crate) fn new(serve: impl Serve + 'static) -> Self {
        Self { serve: Box::new(serve) }
    }

    /// Returns the implementation of [`Serve`] in this handler, or `None` if it does not have the type `T`.
    #[cfg(all(feature = "http", feature = "local", debug_assertions))]
    pub(crate) fn downcast_ref<T: Serve>(&self) -> Option<&T> {
        let serve: &dyn Any = &*self.serve;
        serve.downcast_ref()
    }

    /// Responds to the payload of one invocation.
    pub(crate) fn serve<'a>(&'a self, payload: &'a [u8], call: &'a Call) -> ResponseFuture<'a> {
        self.serve.serve(payload, call)
    }
}

/// A function of the user that responds to payloads.
pub(crate) trait Serve: Any + Send + Sync {
    /// Responds to the payload of one invocation.
    fn serve<'a>(&'a self, payload: &'a [u8], call: &'a Call) -> ResponseFuture<'a>;
}
