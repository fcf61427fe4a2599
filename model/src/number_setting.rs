//! Settings whose number is the value of a template parameter: `memory = param("Memory")`. The number is known only when
//! the stack is deployed. Checks and what is derived from it take the worst of its values, which the parameter limits.
// See decision 0108 and decision 0134.

use serde::Serialize;

use crate::aws::name::ParameterName;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::UsedParameter;

/// A number of a setting that a template parameter can have.
pub trait NumberSetting: Sized {
    /// The content of the parameter.
    const CONTENT: ParameterContent;

    /// Converts a value of the parameter. Returns `None` if the setting does not accept it.
    fn from_parameter(number: u32) -> Option<Self>;
}

/// A field of a setting whose number a template parameter can have.
pub trait NumberField {
    /// Sets the field to a value of the parameter.
    fn set_from_parameter(&mut self, number: u32);

    /// Returns whether the field has a number.
    fn is_set(&self) -> bool;
}

impl<T: NumberSetting> NumberField for Option<T> {
    fn set_from_parameter(&mut self, number: u32) {
        *self = T::from_parameter(number);
    }

    fn is_set(&self) -> bool {
        self.is_some()
    }
}

/// A setting whose number is the value of a template parameter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ParameterSetting {
    /// The key of the setting. A key within the parentheses of another one has that before a point: `pollers.min`.
    pub key: &'static str,
    /// The name of the template parameter.
    pub param: ParameterName,
    /// The least number that the parameter accepts.
    pub least: u32,
    /// The greatest number that the parameter accepts.
    pub most: u32,
    /// The content that the parameter has to have.
    #[serde(skip)]
    pub content: ParameterContent,
}

impl ParameterSetting {
    /// Creates a setting whose parameter has no limits of its own yet. `T` is the number of the setting.
    #[must_use]
    pub fn new<T: NumberSetting>(key: &'static str, param: ParameterName) -> Self {
        let (least, most) = T::CONTENT.bounds().unwrap_or((0, u32::MAX));
        Self { key, param, least, most, content: T::CONTENT }
    }
}

/// The settings of an item whose numbers are the values of template parameters. The fields of these settings have the
/// greatest number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
#[serde(transparent)]
pub struct NumberParameters(pub Vec<ParameterSetting>);

impl NumberParameters {
    /// Returns whether no setting is a parameter.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Returns the parameter whose value is the number of a setting. Returns `None` if the number is known, or not set.
    #[must_use]
    pub fn find(&self, key: &str) -> Option<&ParameterSetting> {
        self.0.iter().find(|it| it.key == key)
    }

    /// Returns whether the number of a setting is the value of a parameter.
    #[must_use]
    pub fn has(&self, key: &str) -> bool {
        self.find(key).is_some()
    }

    /// Returns the least number of a setting. `number` is the number of its field.
    #[must_use]
    pub fn least(&self, key: &str, number: u32) -> u32 {
        self.find(key).map_or(number, |it| it.least)
    }

    /// Adds other settings of the same item.
    pub fn add(&mut self, others: Self) {
        self.0.extend(others.0);
    }

    /// Returns the uses of the parameters.
    pub fn uses(&self) -> impl Iterator<Item = UsedParameter<'_>> {
        self.0.iter().map(|it| UsedParameter { key: it.key, name: &it.param, content: it.content })
    }
}

/// The numbers of an item that template parameters can have.
pub struct NumberFields<'a> {
    /// The settings that are parameters.
    pub parameters: &'a mut NumberParameters,
    /// The fields of the numbers, each with its key.
    pub fields: Vec<(&'static str, &'a mut dyn NumberField)>,
}

impl NumberFields<'_> {
    /// Returns the keys of the numbers that are set.
    pub(crate) fn list_set(self) -> Vec<&'static str> {
        let Self { parameters, fields } = self;
        let is_set = |(key, field): &(&'static str, &mut dyn NumberField)| {
            field.is_set() || parameters.has(key)
        };
        fields.into_iter().filter(is_set).map(|(key, _)| key).collect()
    }

    /// Limits the settings that are parameters by `limits_of`, which returns the limits of a parameter, and gives each of
    /// them its greatest number.
    pub(crate) fn limit(self, limits_of: &dyn Fn(&ParameterName) -> Option<(u32, u32)>) {
        let Self { parameters, fields } = self;
        for (key, field) in fields {
            let Some(setting) = parameters.0.iter_mut().find(|it| it.key == key) else { continue };
            if let Some(limits) = limits_of(&setting.param) {
                (setting.least, setting.most) = limits;
            }
            field.set_from_parameter(setting.most);
        }
    }
}
