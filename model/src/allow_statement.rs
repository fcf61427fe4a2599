//! A policy statement that the user wrote as `allow(…)`: what a function may do beside what Skylift grants.

use serde::Serialize;

use crate::aws::value::CfnValue;
use crate::location::PlaceInItem;

/// A policy statement that the user wrote as `allow(…)`, in addition to what Skylift grants.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct AllowStatement {
    /// The IAM actions that the statement allows, such as `ses:SendEmail`.
    pub actions: Vec<String>,
    /// The ARNs of the resources that the statement applies to, or `*`.
    pub resources: Vec<CfnValue>,
    /// The conditions. IAM allows a request if all of them are true.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<StatementCondition>,
}

/// A condition of a policy statement: one key of one operator. It holds if one of the values matches.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct StatementCondition {
    /// The operator, such as `StringEquals`.
    pub operator: String,
    /// The condition key, such as `aws:SourceIp`.
    pub key: String,
    /// The values. A resource is its ARN.
    pub values: Vec<CfnValue>,
}

impl AllowStatement {
    /// Returns the resources and the values of the conditions.
    pub fn values(&self) -> impl Iterator<Item = &CfnValue> {
        self.resources.iter().chain(self.conditions.iter().flat_map(|it| &it.values))
    }

    /// Returns the resources and the values of the conditions, each with its place. `statement` is the index of the
    /// `allow(…)` in the attribute.
    pub fn placed_values(
        &self,
        statement: usize,
    ) -> impl Iterator<Item = (PlaceInItem, &CfnValue)> {
        let resources = self.resources.iter().enumerate();
        let resources =
            resources.map(move |(resource, it)| (PlaceInItem::Allow { statement, resource }, it));
        let values = self.conditions.iter().flat_map(|it| {
            it.values.iter().enumerate().map(move |(index, value)| (it, index, value))
        });
        let values = values.map(move |(StatementCondition { operator, key, .. }, index, value)| {
            let (operator, key) = (operator.clone(), key.clone());
            (PlaceInItem::AllowCondition { statement, value: index, operator, key }, value)
        });
        resources.chain(values)
    }
}
