//! The environment variables that Skylift sets, through which a function finds its resources and the
//! functions that it invokes.

use super::App;
use crate::access::Access;
use crate::function::Function;
use crate::location::PlaceInItem;

/// An environment variable that Skylift sets, through which a function finds a resource or a function that it
/// invokes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InjectedVariable<'a> {
    /// The place in the function that needs the variable, such as a parameter.
    pub at: PlaceInItem,
    /// The identifier of the resource's struct, or of the function that this function invokes.
    pub target: &'a str,
    /// The name of the environment variable.
    pub name: String,
}

impl App {
    /// Returns the environment variables that Skylift sets for a function: for its capabilities, in the order
    /// of the parameters, for its table of idempotency records, and for the queue through which it resumes.
    #[must_use]
    pub fn injected_variables<'a>(&'a self, function: &'a Function) -> Vec<InjectedVariable<'a>> {
        let resource =
            |ident: &str| self.resource(ident).map(|resource| self.whole(resource).variable_name());
        let name = |access: Access, target: &str| {
            if access == Access::Invoke {
                self.function(target).map(Function::variable_name)
            } else {
                resource(target)
            }
        };
        let capabilities = function.capabilities.iter().filter_map(|it| {
            let name = name(it.access, &it.target)?;
            // A view is found through the variable of its resource.
            let target = self.resource(&it.target).map_or(&it.target, |it| &self.whole(it).ident);
            Some(InjectedVariable { at: PlaceInItem::Param(it.parameter), target, name })
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
