//! The source `schedule`: a function that an EventBridge rule, or EventBridge Scheduler, invokes on a schedule. This module
//! has the trigger, the schema of its event, and its check.
// See decision 0035.

use serde::Serialize;

use super::facts::{EventType, InvocationMode, SourceFacts};
use super::located_trigger::{LocatedTrigger, ResourcesByIdent};
use super::payload_schema::PayloadSchema;
use super::rule_target::{RuleTarget, state_parameter};
use super::scheduler::SchedulerSettings;
use super::trigger_source::{ResumeConflict, TriggerSource};
use crate::aws::name::{ParameterName, RuleName};
use crate::aws::node::Node;
use crate::aws::parameter_content::ParameterContent;
use crate::aws::value::{ArnReference, UsedParameter};
use crate::messages::triggers as messages;
use crate::number_setting::NumberFields;
use crate::problem::Problems;
use crate::schedule;

/// The properties that all triggers of the source `schedule` share.
pub(super) const FACTS: &SourceFacts = &SourceFacts {
    events: &[EventType::whole("ScheduledEvent").with_schema(EVENT)],
    invocation: InvocationMode::Asynchronous,
    is_tick: true,
    batch_response: None,
};

/// The schema of the event that EventBridge sends. AWS: "Structure of AWS service events".
const EVENT: &PayloadSchema = &PayloadSchema {
    name: "the event of a schedule",
    fields: &[
        "version",
        "id",
        "detail-type",
        "source",
        "account",
        "time",
        "region",
        "resources",
        "detail",
    ],
    advice: messages::SCHEDULE_ADVICE,
    unique: None,
};

/// A trigger on a schedule.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Schedule {
    /// When the function is invoked.
    pub expression: Expression,
    /// The settings that only EventBridge Scheduler has. The trigger is a rule if all of them are unset and the function
    /// is invoked repeatedly.
    #[serde(flatten)]
    pub scheduler: SchedulerSettings,
    /// The name of the rule or the schedule in the account, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<RuleName>,
    /// The description that the AWS console shows, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Whether it is active after the deployment.
    pub enabled: bool,
    /// The template parameter that says whether it is active. It is active in checks then.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enabled_by: Option<ParameterName>,
    /// The payload that the function gets instead of EventBridge's event, if the user set one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub input: Option<Node>,
    /// How EventBridge delivers the ticks.
    #[serde(flatten)]
    pub target: RuleTarget,
}

/// When a schedule fires.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Expression {
    /// A schedule that is known now.
    Known(schedule::ActionSchedule),
    /// The value of a template parameter.
    Param(ExpressionParameter),
}

/// The template parameter whose value is a schedule.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ExpressionParameter {
    /// The name of the parameter.
    pub param: ParameterName,
}

impl Expression {
    /// Returns the schedule, and `None` if a template parameter has it.
    #[must_use]
    pub const fn known(&self) -> Option<&schedule::ActionSchedule> {
        match self {
            Self::Known(schedule) => Some(schedule),
            Self::Param(_) => None,
        }
    }

    /// Returns the template parameter whose value is the schedule, and `None` if the schedule is known.
    #[must_use]
    pub const fn param(&self) -> Option<&ParameterName> {
        match self {
            Self::Known(_) => None,
            Self::Param(parameter) => Some(&parameter.param),
        }
    }
}

impl Schedule {
    /// The key of a template parameter that is the schedule, in messages. The attribute has no key for it.
    const EXPRESSION: &'static str = "schedule";

    /// Returns whether the trigger is a schedule of EventBridge Scheduler. A rule can do less, and needs no role.
    #[must_use]
    pub fn needs_scheduler(&self) -> bool {
        matches!(self.expression.known(), Some(schedule::ActionSchedule::Once(_)))
            || self.scheduler != SchedulerSettings::default()
    }
}

impl TriggerSource for Schedule {
    fn summary(&self) -> String {
        match &self.expression {
            Expression::Known(schedule) => format!("schedule {schedule}"),
            Expression::Param(it) => format!("schedule of parameter {}", it.param),
        }
    }

    fn prepare_resume(&mut self) -> Vec<ResumeConflict> {
        Vec::new()
    }

    fn has_typed_payload(&self) -> bool {
        false
    }

    fn custom_input(&self) -> Option<&Node> {
        self.input.as_ref()
    }

    fn dead_letters(&self) -> Option<&ArnReference> {
        self.target.dead_letters.as_ref()
    }

    fn rule_name(&self) -> Option<(String, &RuleName)> {
        let group = self.scheduler.group.as_ref().map_or("default", |group| group.as_str());
        let scope = if self.needs_scheduler() { format!("group {group}") } else { String::new() };
        Some((scope, self.name.as_ref()?))
    }

    fn numbers(&mut self) -> Option<NumberFields<'_>> {
        Some(self.target.numbers())
    }

    fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let expression = self.expression.param().map(|name| UsedParameter {
            key: Self::EXPRESSION,
            name,
            content: if self.needs_scheduler() {
                ParameterContent::SCHEDULE
            } else {
                ParameterContent::RULE_SCHEDULE
            },
        });
        let state = state_parameter(self.enabled_by.as_ref());
        expression.into_iter().chain(state).chain(self.target.template_parameters()).collect()
    }

    /// Checks the dead-letter queues.
    fn check(
        triggers: &[LocatedTrigger<'_, Self>],
        resources: &ResourcesByIdent<'_>,
        problems: &mut Problems,
    ) {
        for LocatedTrigger { index, trigger, .. } in triggers {
            trigger.target.check(*index, resources, problems);
        }
    }
}
