//! The source `iot`: a function that a rule of AWS IoT invokes with what its SQL statement selects from a message. This
//! module has the trigger and its checks.
// See decision 0113.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use serde::Serialize;

use super::facts::{InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::trigger_source::{ResumeConflict, TriggerDestination, TriggerSource};
use crate::aws::iot_sql::{IotSql, IotSqlVersion};
use crate::aws::name::IotRuleName;
use crate::messages::triggers as messages;
use crate::problem::Problems;

/// The properties that all triggers of the source `iot` share. The SQL statement defines the event, so no type of it is
/// known.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[],
    invocation: InvocationMode::Asynchronous,
    is_tick: false,
    batch_response: None,
};

/// A trigger on the messages of AWS IoT.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Iot {
    /// The statement that selects the messages and what the function gets of each.
    pub sql: IotSql,
    /// The version of the language of the statement.
    pub version: IotSqlVersion,
    /// The name of the rule in the account, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<IotRuleName>,
    /// The description that the AWS console shows, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether the rule is active after the deployment.
    pub enabled: bool,
    /// The queue, topic or bucket that gets the messages with which AWS IoT could not invoke the function, by the
    /// identifier of its struct.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub error_action: Option<String>,
}

impl Iot {
    /// The key of the trigger that names where the messages go with which AWS IoT could not invoke the function.
    pub const ERROR_ACTION: &'static str = "error_action";
}

impl TriggerSource for Iot {
    fn summary(&self) -> String {
        match (self.sql.topic_filter(), &self.name) {
            (Some(filter), _) => format!("IoT messages of {filter}"),
            (None, Some(name)) => format!("IoT messages to rule {name}"),
            (None, None) => "IoT messages".to_owned(),
        }
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        Vec::new()
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    /// The SQL statement defines the payload. A device could send a message with the form of another source's event.
    fn has_custom_input(&self) -> bool {
        true
    }

    fn error_action(&self) -> Option<TriggerDestination<'_>> {
        let ident = self.error_action.as_deref()?;
        Some(TriggerDestination { key: Self::ERROR_ACTION, ident })
    }

    /// Checks that no two rules have the same name, and that none sends to a FIFO queue or topic.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        let mut first_of_name = HashMap::new();
        for located in triggers {
            let target = resources.find(located.trigger.error_action.as_deref());
            if let Some(fifo) = target.filter(|resource| resource.is_fifo()) {
                let kind = fifo.kind();
                let message =
                    messages::fifo_error_action(kind.as_str(), kind.with_article(), &fifo.origin);
                problems.push_for_trigger_key(located.index, Self::ERROR_ACTION, message);
            }
            let Some(name) = &located.trigger.name else { continue };
            match first_of_name.entry(name.as_str()) {
                Entry::Vacant(entry) => {
                    entry.insert(located);
                }
                Entry::Occupied(entry) => {
                    let other = entry.get().describe_from(located.index);
                    let message = messages::rule_name_taken(name.as_str(), &other);
                    problems.push_for_trigger_key(located.index, "name", message);
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trigger_is_described_by_its_topic_or_by_its_rule() {
        let summary = |sql: &str, name: Option<&str>| {
            Iot {
                sql: IotSql::parse(sql).unwrap(),
                version: IotSqlVersion::default(),
                name: name.map(|name| name.try_into().unwrap()),
                description: None,
                enabled: true,
                error_action: None,
            }
            .summary()
        };
        assert_eq!(summary("SELECT * FROM 'a/+'", Some("b")), "IoT messages of a/+");
        assert_eq!(summary("SELECT *", Some("b")), "IoT messages to rule b");
    }
}
