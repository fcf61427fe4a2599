//! The uses of template parameters whose content the application knows: as a name or an ARN of an existing resource, or
//! as a resource of a policy statement.

use super::App;
use crate::aws::name::ParameterName;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::CfnValue;
use crate::location::{ItemIndex, PlaceInItem, SourceLocation};
use crate::resource::Existing;

/// A use of a template parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterUse<'a> {
    /// The name of the parameter.
    pub name: &'a ParameterName,
    /// The content that the parameter has to have; `None` if it can be any text.
    pub content: Option<ParameterContent>,
    /// The place of the use.
    pub at: PlaceOfUse<'a>,
}

/// The place of a use of a template parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct PlaceOfUse<'a> {
    /// The item that uses the parameter.
    pub item: ItemIndex,
    /// The place within the item.
    pub at: PlaceInItem,
    /// The location of the item in the source code.
    pub origin: &'a SourceLocation,
}

impl App {
    /// Returns the uses of template parameters in the items of the application, in the order of the source code:
    /// first those of resources, then those of functions.
    #[must_use]
    pub fn parameter_uses(&self) -> Vec<ParameterUse<'_>> {
        let mut uses = Vec::new();
        for (index, resource) in self.resources.iter().enumerate() {
            if let Some(Existing::Param(name)) = &resource.existing {
                let (item, at) = (ItemIndex::Resource(index), PlaceInItem::key("existing"));
                let content = Some(resource.kind().parameter_content());
                uses.push(ParameterUse {
                    name,
                    content,
                    at: PlaceOfUse { item, at, origin: &resource.origin },
                });
            }
        }
        for (index, function) in self.functions.iter().enumerate() {
            let mut add = |name, content, at| {
                let at =
                    PlaceOfUse { item: ItemIndex::Function(index), at, origin: &function.origin };
                uses.push(ParameterUse { name, content, at });
            };
            for (number, trigger) in function.triggers.iter().enumerate() {
                for used in trigger.template_parameters() {
                    let at = PlaceInItem::trigger_key(number, used.key);
                    add(used.name, Some(used.content), at);
                }
            }
            for (key, value) in &function.settings.env {
                if let CfnValue::Param(name) = value {
                    add(name, None, PlaceInItem::Env(key.to_string()));
                }
            }
            for (statement, allow) in function.settings.allow.iter().enumerate() {
                for (resource, value) in allow.resources.iter().enumerate() {
                    if let CfnValue::Param(name) = value {
                        let at = PlaceInItem::Allow { statement, resource };
                        add(name, Some(ParameterContent::ANY_ARN), at);
                    }
                }
            }
        }
        uses
    }
}
