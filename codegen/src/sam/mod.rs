//! The SAM template: the application, section by section, in the order of the source.

mod function;
mod globals;
pub(crate) mod ids;
mod names;
mod parameters;

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::limits;
use skylift_model::node::{Map, Node};
use skylift_model::resource::Resource;
use skylift_model::settings::Architecture;

use crate::{resource, source, yaml};

/// What the template needs to know beside the application.
pub(crate) struct Surroundings<'a> {
    /// The processor that the binary is built for.
    pub(crate) architecture: Architecture,
    /// Whether each binary has a folder of its own below `code/`.
    pub(crate) several_binaries: bool,
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

/// Writes the application as a SAM template.
pub(crate) fn emit(app: &App, surroundings: &Surroundings<'_>) -> Template {
    let (resources, outputs) = resources(app, surroundings);
    let mut sections = Map::new();
    sections.set("AWSTemplateFormatVersion", "2010-09-09");
    sections.set("Transform", "AWS::Serverless-2016-10-31");
    sections.set_some("Description", description(app));
    sections.set("Globals", globals::emit(app, surroundings));
    let parameters = parameters::emit(app);
    let counts = [
        ("resources", surroundings.resources, limits::RESOURCES),
        ("outputs", outputs.len(), limits::OUTPUTS),
        ("parameters", parameters.len(), limits::PARAMETERS),
    ];
    if !parameters.is_empty() {
        sections.set("Parameters", parameters);
    }
    sections.set("Resources", resources);
    if !outputs.is_empty() {
        sections.set("Outputs", outputs);
    }
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
fn description(app: &App) -> Option<String> {
    let mut text = app.package.description.clone()?;
    let mut end = text.len().min(limits::TEMPLATE_DESCRIPTION_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text.truncate(end);
    Some(text).filter(|text| !skylift_model::value::has_dynamic_reference(text))
}

/// Each function with what belongs to it, then the resources that functions share.
fn resources(app: &App, surroundings: &Surroundings<'_>) -> (Map, Map) {
    let consumers = app.triggers_by_resource();
    let (mut resources, mut outputs) = (Map::new(), Map::new());
    if let Some((name, output)) = source::http::output(app) {
        outputs.push(name, output);
    }
    let mut owned: HashMap<usize, Vec<&Resource>> = HashMap::new();
    for resource in &app.resources {
        if let Some(owner) = resource.owner {
            owned.entry(owner).or_default().push(resource);
        }
    }
    let mut add = |resource: &Resource, resources: &mut Map| {
        let emitted = resource::emit(resource, &consumers, app);
        emitted.resources.into_iter().for_each(|(id, node)| resources.push(id, node));
        emitted.outputs.into_iter().for_each(|(id, node)| outputs.push(id, node));
    };
    for (index, function) in app.functions.iter().enumerate() {
        for (id, node) in function::emit(function, app, surroundings) {
            resources.push(id, node);
        }
        for resource in owned.get(&index).into_iter().flatten() {
            add(resource, &mut resources);
        }
    }
    for resource in app.resources.iter().filter(|resource| resource.owner.is_none()) {
        add(resource, &mut resources);
    }
    (resources, outputs)
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
