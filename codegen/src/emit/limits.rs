//! Checks CloudFormation's limits for one template: the numbers of entries, and the size in bytes.

use skylift_model::StackLayout;
use skylift_model::aws::limits;
use skylift_model::message::Message;

use crate::messages::{self, LimitedTemplate};

/// The numbers of entries in the templates, as far as CloudFormation limits them.
#[derive(Debug, Default)]
pub(super) struct TemplateCounts {
    pub(super) resources: usize,
    pub(super) outputs: usize,
    /// The number of parameters that both templates have.
    pub(super) parameters: usize,
    pub(super) mappings: usize,
    /// The number of the nested stack; `None` for the stack of the application.
    pub(super) number: Option<usize>,
    /// Whether the application has nested stacks.
    pub(super) layout: StackLayout,
}

impl TemplateCounts {
    /// Describes the template for messages.
    fn name(&self) -> LimitedTemplate {
        match (self.layout, self.number) {
            (StackLayout::Single, _) => LimitedTemplate::Only,
            (StackLayout::Nested, None) => LimitedTemplate::Root,
            (StackLayout::Nested, Some(number)) => LimitedTemplate::Nested(number),
        }
    }

    /// Returns a message for each of CloudFormation's limits that the templates exceed; `sam` and `plain` are the
    /// texts of the SAM template and of the plain CloudFormation template.
    pub(super) fn check(&self, sam: &str, plain: Option<&str>) -> Vec<Message> {
        let mut problems = Vec::new();
        for (what, count, limit) in [
            ("resources", self.resources, limits::RESOURCES),
            ("outputs", self.outputs, limits::OUTPUTS),
            ("parameters", self.parameters, limits::PARAMETERS),
            ("mappings", self.mappings, limits::MAPPINGS),
        ] {
            if count > limit {
                problems.push(messages::too_many_entries(what, count, limit, &self.name()));
            }
        }
        let limit = limits::TEMPLATE_BYTES;
        if sam.len() > limit {
            problems.push(messages::template_too_large(sam.len(), limit, &self.name()));
        }
        let Some(plain) = plain else { return problems };
        let (bytes, limit) = (plain.len(), limits::TEMPLATE_BYTES);
        if sam.len() <= limit && bytes > limit {
            problems.push(messages::cloudformation_too_large(bytes, limit, &self.name()));
        }
        problems
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn problem_beginnings(
        counts: &TemplateCounts,
        sam: usize,
        plain: Option<usize>,
    ) -> Vec<String> {
        let (sam, plain) = (" ".repeat(sam), plain.map(|bytes| " ".repeat(bytes)));
        let problems = counts.check(&sam, plain.as_deref());
        problems.iter().filter_map(|it| Some(it.text.split(',').next()?.to_owned())).collect()
    }

    #[test]
    fn templates_at_the_limits_are_accepted_and_larger_ones_are_not() {
        let at = TemplateCounts {
            resources: limits::RESOURCES,
            outputs: limits::OUTPUTS,
            parameters: limits::PARAMETERS,
            mappings: limits::MAPPINGS,
            ..TemplateCounts::default()
        };
        let bytes = limits::TEMPLATE_BYTES;
        assert_eq!(problem_beginnings(&at, bytes, Some(bytes)), Vec::<String>::new());
        let beyond = TemplateCounts {
            resources: limits::RESOURCES + 1,
            outputs: limits::OUTPUTS + 1,
            parameters: limits::PARAMETERS + 1,
            mappings: limits::MAPPINGS + 1,
            ..TemplateCounts::default()
        };
        assert_eq!(
            problem_beginnings(&beyond, bytes + 1, Some(bytes + 2)),
            [
                "the template would have 501 resources",
                "the template would have 201 outputs",
                "the template would have 201 parameters",
                "the template would have 201 mappings",
                "the template would have 1000001 bytes",
            ]
        );
    }

    #[test]
    fn a_limit_that_only_plain_cloudformation_exceeds_names_that_template() {
        let counts = TemplateCounts::default();
        let bytes = limits::TEMPLATE_BYTES;
        assert_eq!(problem_beginnings(&counts, bytes, None), Vec::<String>::new());
        assert_eq!(
            problem_beginnings(&counts, bytes, Some(bytes + 1)),
            ["`cloudformation.yaml` would have 1000001 bytes"]
        );
    }
}
