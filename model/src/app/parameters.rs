//! The uses of template parameters whose content the application knows: as a name or an ARN of an existing resource, or
//! as a resource of a policy statement.

use super::App;
use crate::aws::function_keys;
use crate::aws::name::ParameterName;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::sub_text::SubText;
use crate::aws::value::CfnValue;
use crate::location::{ItemIndex, PlaceInItem, SourceLocation};
use crate::resource::{Existing, Resource};

/// A use of a template parameter.
#[derive(Debug, Clone, PartialEq)]
pub struct ParameterUse<'a> {
    /// The name of the parameter.
    pub name: ParameterName,
    /// Whether the use declares the parameter. A reference in a text does not: it could be one to a resource.
    pub declares: bool,
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
            let mut add = |name: &ParameterName, declares, content, key: &str| {
                let (item, at) = (ItemIndex::Resource(index), PlaceInItem::key(key));
                let at = PlaceOfUse { item, at, origin: &resource.origin };
                uses.push(ParameterUse { name: name.clone(), declares, content, at });
            };
            if let Some(Existing::Param(name)) = &resource.existing {
                add(name, true, Some(resource.kind().parameter_content()), "existing");
            }
            for used in resource.settings.number_parameters().into_iter().flat_map(|it| it.uses()) {
                add(used.name, true, Some(used.content), used.key);
            }
            match &resource.kms_key {
                Some(CfnValue::Param(name)) => {
                    add(name, true, Some(ParameterContent::RESOURCE_KEY), Resource::KMS_KEY);
                }
                Some(CfnValue::Sub(text)) => {
                    for name in text.parameters() {
                        add(&name, false, Some(ParameterContent::ARN_PART), Resource::KMS_KEY);
                    }
                }
                _ => {}
            }
        }
        for subscription in &self.subscriptions {
            let Some(resource) = self.resources.get(subscription.resource) else { continue };
            for used in subscription.template_parameters(resource) {
                let item = ItemIndex::Resource(subscription.resource);
                let at = subscription.place(used.key);
                uses.push(ParameterUse {
                    name: used.name.clone(),
                    declares: true,
                    content: Some(used.content),
                    at: PlaceOfUse { item, at, origin: &resource.origin },
                });
            }
        }
        for (index, function) in self.functions.iter().enumerate() {
            let mut add = |name: &ParameterName, declares, content, at| {
                let at =
                    PlaceOfUse { item: ItemIndex::Function(index), at, origin: &function.origin };
                uses.push(ParameterUse { name: name.clone(), declares, content, at });
            };
            for (number, trigger) in function.triggers.iter().enumerate() {
                for used in trigger.template_parameters() {
                    let at = PlaceInItem::trigger_key(number, used.key);
                    add(used.name, true, Some(used.content), at);
                }
                let text = trigger.kms_key().and_then(CfnValue::sub);
                for name in text.into_iter().flat_map(SubText::parameters) {
                    let at = PlaceInItem::trigger_key(number, function_keys::KMS_KEY.name);
                    add(&name, false, Some(ParameterContent::ARN_PART), at);
                }
            }
            for used in function.settings.parameters() {
                add(used.name, true, Some(used.content), PlaceInItem::key(used.key));
            }
            for (at, value) in function.settings.texts() {
                match value {
                    CfnValue::Param(name) => add(name, true, None, at),
                    CfnValue::Sub(text) => {
                        text.parameters().for_each(|name| add(&name, false, None, at.clone()));
                    }
                    _ => {}
                }
            }
            for (statement, allow) in function.settings.allow.iter().enumerate() {
                for (at, value) in allow.placed_values(statement) {
                    let is_resource = matches!(at, PlaceInItem::Allow { .. });
                    match value {
                        CfnValue::Param(name) => {
                            add(name, true, is_resource.then_some(ParameterContent::ANY_ARN), at);
                        }
                        CfnValue::Sub(text) => {
                            let content = is_resource.then_some(ParameterContent::ARN_PART);
                            for name in text.parameters() {
                                add(&name, false, content, at.clone());
                            }
                        }
                        _ => {}
                    }
                }
            }
        }
        uses
    }
}
