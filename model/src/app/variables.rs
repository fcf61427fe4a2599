//! The environment variables by which a function finds what it uses.

use super::App;
use crate::access::Access;
use crate::function::Function;
use crate::place::At;
use crate::resource::Resource;

/// An environment variable by which a function finds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variable<'a> {
    /// Where the function says that it needs it.
    pub at: At,
    /// What it finds: the identifier of a resource's struct, or of a function.
    pub with: &'a str,
    /// Its name.
    pub name: String,
}

impl App {
    /// The environment variables by which a function finds what its capabilities are about, in the
    /// order of its parameters, the table that keeps what it did, and the queue that its work goes on by.
    #[must_use]
    pub fn variables<'a>(&'a self, function: &'a Function) -> Vec<Variable<'a>> {
        let resource = |ident: &str| self.resource(ident).map(Resource::variable);
        let name = |access: Access, with: &str| {
            if access == Access::Invoke {
                self.function(with).map(Function::variable)
            } else {
                resource(with)
            }
        };
        let capabilities = function.capabilities.iter().filter_map(|it| {
            let name = name(it.access, &it.with)?;
            Some(Variable { at: At::Param(it.parameter), with: &it.with, name })
        });
        let store = function.idempotent.as_ref().and_then(|it| it.store.as_deref());
        let store = store.and_then(|ident| {
            Some(Variable { at: At::Store, with: ident, name: resource(ident)? })
        });
        let queue = self.resume_queue(function).map(|queue| {
            let at = At::key("resume");
            Variable { at, with: &queue.ident, name: queue.variable() }
        });
        capabilities.chain(store).chain(queue).collect()
    }
}
