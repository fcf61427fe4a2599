//! Finds template parameters that Cargo.toml declares and nothing uses. It takes the application, the declared
//! parameters, the stack and the overlay, and returns a warning for each such parameter. Most of them are misspelt.

use std::collections::BTreeSet;

use skylift_model::aws::name::ParameterName;
use skylift_model::aws::node::Node;
use skylift_model::problem::{ItemIndex, PlaceInItem, Problem};
use skylift_model::{App, TemplateParameter};

use crate::json;
use crate::messages;
use crate::overlay::Overlay;
use crate::stack::Stack;

/// Returns the warnings about the declared parameters, each at the key of its parameter in Cargo.toml.
pub(crate) fn find_unused_parameters(
    app: &App,
    declared: &[TemplateParameter],
    (stack, overlay): (&Stack, &Overlay),
) -> Vec<Problem> {
    if declared.is_empty() {
        return Vec::new();
    }
    let in_items = app.parameter_uses();
    let defaults = app.defaults.texts().filter_map(|(_, value)| value.param());
    let used: BTreeSet<&str> =
        in_items.iter().map(|it| &it.name).chain(defaults).map(ParameterName::as_str).collect();
    let names: BTreeSet<&str> = declared.iter().map(|it| it.name.as_str()).collect();
    let mut unused: BTreeSet<&str> = names.difference(&used).copied().collect();
    // In the template, in `properties` and in an overlay a parameter is used if its name occurs there in any form.
    let made = stack.all_resources().map(|resource| &resource.properties);
    let functions = app.functions.iter().map(|function| &function.properties);
    let resources = app.resources.iter().map(|resource| &resource.properties);
    let properties = made.chain(functions).chain(resources).map(|it| Node::Map(it.clone()));
    for node in properties.chain(overlay.entries.iter().map(|entry| entry.node.clone())) {
        if unused.is_empty() {
            return Vec::new();
        }
        let text = json::to_json(&node);
        unused.retain(|name| !text.contains(*name));
    }
    let undeclared: Vec<&str> = used.difference(&names).copied().collect();
    let warning = |name: &&str| Problem {
        item: ItemIndex::Defaults,
        at: PlaceInItem::Property((*name).to_owned()),
        message: messages::unused_parameter(name, &undeclared),
    };
    unused.iter().map(warning).collect()
}

#[cfg(test)]
mod tests {
    use skylift_syntax::errors::Errors;
    use toml::de::DeTable;

    use crate::metadata::read_metadata;
    use crate::overlay::{Overlay, read_for_test};
    use crate::testing::assemble_items;

    /// Returns the warnings about the parameters in the metadata of a package with this function and this overlay.
    fn warnings(metadata: &str, arguments: &str, overlay: &Overlay) -> Vec<String> {
        let table = DeTable::parse(metadata).unwrap().into_inner();
        let mut errors = Errors::new();
        let metadata = read_metadata(&table, 0..metadata.len(), &mut errors);
        assert!(errors.into_diagnostics().is_empty());
        let source =
            format!("#[function({arguments})]\nasync fn take() -> Result<(), Error> {{ Ok(()) }}");
        let assembled = assemble_items(&source, metadata, overlay);
        let warnings = assembled.default_warnings.iter();
        warnings.map(|it| format!("{}: {}", it.at, it.message.full())).collect()
    }

    #[test]
    fn a_parameter_that_nothing_uses_is_warned_about_with_the_one_that_is_used() {
        let declared = "parameters = { TabelName = {} }";
        let none = Overlay::default();
        assert_eq!(
            warnings(declared, r#"env(TABLE = param("TableName"))"#, &none),
            [
                "property TabelName: nothing uses the parameter `TabelName`\n\nhelp: did you mean `TableName`?"
            ]
        );
        assert_eq!(
            warnings(declared, "", &none),
            [
                "property TabelName: nothing uses the parameter `TabelName`\n\nhelp: write `param(\"TabelName\")` where its value is needed, or leave it out"
            ]
        );
    }

    #[test]
    fn a_parameter_is_used_in_every_part_of_the_template() {
        let declared = "parameters = { Stage = {} }";
        let none = Overlay::default();
        for used in [
            r#"env(STAGE = param("Stage"))"#,
            r#"allow(actions = ["s3:GetObject"], resources = ["arn:aws:s3:::${Stage}/*"])"#,
            r#"properties = { "Layers": [{ "Ref": "Stage" }] }"#,
        ] {
            assert_eq!(warnings(declared, used, &none), [""; 0], "{used}");
        }
        let defaults = format!("env = {{ STAGE = {{ param = \"Stage\" }} }}\n{declared}");
        assert_eq!(warnings(&defaults, "", &none), [""; 0]);
        let overlay = read_for_test("Conditions:\n  Prod: !Equals [!Ref Stage, prod]\n");
        assert_eq!(warnings(declared, "", &overlay), [""; 0]);
    }
}
