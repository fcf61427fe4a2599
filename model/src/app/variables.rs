//! The environment variables by which a function finds what it uses.

use super::App;
use crate::access::Access;
use crate::function::Function;
use crate::location::PlaceInItem;
use crate::resource::Resource;

/// An environment variable by which a function finds something.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InjectedVariable<'a> {
    /// Where the function says that it needs it.
    pub at: PlaceInItem,
    /// What it finds: the identifier of a resource's struct, or of a function.
    pub target: &'a str,
    /// Its name.
    pub name: String,
}

impl App {
    /// The environment variables by which a function finds what its capabilities are about, in the
    /// order of its parameters, the table that keeps what it did, and the queue that its work goes on by.
    #[must_use]
    pub fn injected_variables<'a>(&'a self, function: &'a Function) -> Vec<InjectedVariable<'a>> {
        let resource = |ident: &str| self.resource(ident).map(Resource::variable_name);
        let name = |access: Access, target: &str| {
            if access == Access::Invoke {
                self.function(target).map(Function::variable_name)
            } else {
                resource(target)
            }
        };
        let capabilities = function.capabilities.iter().filter_map(|it| {
            let name = name(it.access, &it.target)?;
            Some(InjectedVariable {
                at: PlaceInItem::Param(it.parameter),
                target: &it.target,
                name,
            })
        });
        let store = function.idempotent.as_ref().and_then(|it| it.store.as_deref());
        let store = store.and_then(|ident| {
            Some(InjectedVariable { at: PlaceInItem::Store, target: ident, name: resource(ident)? })
        });
        let queue = self.resume_queue(function).map(|queue| {
            let at = PlaceInItem::key("resume");
            InjectedVariable { at, target: &queue.ident, name: queue.variable_name() }
        });
        capabilities.chain(store).chain(queue).collect()
    }
}
