//! The SAM template: the application, section by section, in the order of the source.

#[cfg(test)]
mod circles;
mod destinations;
#[cfg(test)]
pub(crate) mod fixtures;
mod function;
mod globals;
pub(crate) mod ids;
mod invoked;
mod keep_warm;
mod logs;
mod names;
mod parameters;
mod published;
mod references;
mod role;
mod scaling;
mod stack;

use skylift_model::App;
use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};
use skylift_model::settings::Architecture;

pub(crate) use globals::value;
pub(crate) use references::references;
pub(crate) use stack::Stack;

use crate::overlay::merge::Merge;
use crate::overlay::{Overlay, Section};
use crate::yaml;

/// What the template needs to know beside the application.
pub(crate) struct Surroundings<'a> {
    /// The processor that the binary is built for.
    pub(crate) architecture: Architecture,
    /// How many resources the stack has once SAM has expanded the template.
    pub(crate) resources: usize,
    /// The name and version of the tool, for the first line.
    pub(crate) made_by: &'a str,
}

/// A template, with what was found while it was made.
pub(crate) struct Template {
    /// Its YAML.
    pub(crate) text: String,
    /// What CloudFormation would refuse in it as a whole.
    pub(crate) problems: Vec<String>,
}

/// Writes the application, and the overlay, as a SAM template; `stack` is what [`Stack::of`] gave.
pub(crate) fn emit(
    app: &App,
    stack: Stack,
    overlay: Overlay,
    surroundings: &Surroundings<'_>,
) -> Template {
    let (resources, outputs) = stack.sections(app);
    let mut merge = Merge::of(overlay);
    let mut sections = Map::new();
    sections.set("AWSTemplateFormatVersion", "2010-09-09");
    sections.set("Transform", merge.transform());
    sections.set_some("Description", merge.description(description(app)));
    let mut lengths = Vec::new();
    let mut add = |section: Section, ours: Map| {
        let all = merge.section(section, ours);
        lengths.push((section, all.len()));
        if !all.is_empty() {
            sections.push(section.as_str(), all);
        }
    };
    add(Section::Metadata, Map::new());
    add(Section::Globals, globals::emit(app, surroundings));
    add(Section::Parameters, parameters::emit(app));
    for section in [Section::Rules, Section::Mappings, Section::Conditions, Section::Hooks] {
        add(section, Map::new());
    }
    add(Section::Resources, resources);
    add(Section::Outputs, outputs);
    let length = |of| lengths.iter().find(|(section, _)| *section == of).map_or(0, |(_, it)| *it);
    let counts = [
        ("resources", surroundings.resources, limits::RESOURCES),
        ("outputs", length(Section::Outputs), limits::OUTPUTS),
        ("parameters", length(Section::Parameters), limits::PARAMETERS),
        ("mappings", length(Section::Mappings), limits::MAPPINGS),
    ];
    let text = format!(
        "# {} from `{}`.\n{}",
        surroundings.made_by,
        app.package.name,
        yaml::write(&sections, &["Resources"])
    );
    let problems = check_size(&counts, text.len());
    Template { text, problems }
}

fn check_size(counts: &[(&str, usize, usize)], bytes: usize) -> Vec<String> {
    let mut problems = Vec::new();
    for (what, count, most) in counts {
        if count > most {
            problems.push(format!(
                "the template would have {count} {what}, CloudFormation takes {most}: split the package into several, each a stack of its own"
            ));
        }
    }
    if bytes > limits::TEMPLATE_BYTES {
        let most = limits::TEMPLATE_BYTES;
        problems
            .push(format!("the template would have {bytes} bytes, CloudFormation takes {most}"));
    }
    problems
}

/// The package's description, cut to what CloudFormation takes.
pub(crate) fn description(app: &App) -> Option<String> {
    let mut text = app.package.description.clone()?;
    let mut end = text.len().min(limits::TEMPLATE_DESCRIPTION_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    Some(text).filter(|text| !skylift_model::aws::value::has_dynamic_reference(text))
}

/// A list of plain texts.
pub(crate) fn texts<'a>(texts: impl IntoIterator<Item = &'a str>) -> Vec<Node> {
    texts.into_iter().map(Node::from).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_at_the_limits_is_taken_and_one_beyond_is_not() {
        let at = [("resources", limits::RESOURCES, limits::RESOURCES)];
        assert_eq!(check_size(&at, limits::TEMPLATE_BYTES), Vec::<String>::new());
        let beyond = [
            ("resources", limits::RESOURCES + 1, limits::RESOURCES),
            ("outputs", limits::OUTPUTS + 1, limits::OUTPUTS),
            ("parameters", limits::PARAMETERS, limits::PARAMETERS),
        ];
        let problems = check_size(&beyond, limits::TEMPLATE_BYTES + 1);
        let begins: Vec<&str> = problems.iter().filter_map(|it| it.split(',').next()).collect();
        assert_eq!(
            begins,
            [
                "the template would have 501 resources",
                "the template would have 201 outputs",
                "the template would have 1000001 bytes",
            ]
        );
    }
}
