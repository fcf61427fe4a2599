//! Lowers the parameters of the template: those that the package declares or uses, and the code parameters, which
//! set the place of the programs' code.

use skylift_model::aws::limits;
use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::parameter_content::ParameterContent;
use skylift_model::{App, Function, environment};
use skylift_syntax::handoff::AppBinaries;

use super::text::{camel_case, text_nodes};
use crate::messages;
use crate::stack::Program;

/// The name of the template parameter for the S3 bucket with the programs' code.
pub(crate) const CODE_BUCKET: &str = "CodeBucket";

/// The name, or its beginning, of the template parameters for the S3 keys of the programs' code.
const CODE_KEY: &str = "CodeKey";

/// The greatest length of an S3 key of code. The description of a version contains the key, a space and a hash.
const MAX_CODE_KEY_LEN: u32 = 239;

const _: () =
    assert!(MAX_CODE_KEY_LEN as usize + " 0123456789abcdef".len() == limits::DESCRIPTION_LEN);

/// Lowers the template parameters that the package declares or uses.
pub(super) fn lower_parameters(app: &App) -> Map {
    let mut parameters = Map::new();
    if let Some(default) = app.environment_names().next() {
        let names = text_nodes(app.environment_names());
        let node = Map::new()
            .with("Type", "String")
            .with("Description", messages::ENVIRONMENT_PARAMETER)
            .with("Default", default)
            .with("AllowedValues", names);
        parameters.push(environment::PARAMETER, node);
    }
    for parameter in &app.parameters {
        let kind = parameter.content.map(|content| content.parameter_type());
        let mut node = Map::new().with("Type", kind.unwrap_or_else(|| "String".to_owned()));
        node.set_some("Description", parameter.description.as_deref());
        node.set_some("Default", parameter.default.as_deref());
        if !parameter.allowed.is_empty() {
            node.set("AllowedValues", text_nodes(parameter.allowed.iter().map(String::as_str)));
        }
        let pattern = parameter.content.and_then(|content| Some((content, content.pattern()?)));
        if let Some((content, pattern)) = pattern.filter(|_| parameter.allowed.is_empty()) {
            node.set("AllowedPattern", pattern);
            let number = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
            if let Some((shortest, longest)) = content.lengths() {
                node.set("MinLength", number(shortest));
                node.set("MaxLength", number(longest));
            }
            node.set("ConstraintDescription", format!("must be {}", content.noun()));
        }
        if let Some(content) = parameter.content.filter(|_| parameter.allowed.is_empty()) {
            set_numbers(&content, &mut node);
        }
        if parameter.no_echo {
            node.set("NoEcho", true);
        }
        parameters.push(parameter.name.as_str(), node);
    }
    parameters
}

/// Sets the numbers or the words that a parameter accepts, if it is one of them.
fn set_numbers(content: &ParameterContent, node: &mut Map) {
    if let Some(words) = content.words() {
        node.set("AllowedValues", text_nodes(words.iter().copied()));
    } else if let Some(numbers) = content.numbers() {
        node.set("AllowedValues", numbers.iter().copied().map(Node::from).collect::<Vec<_>>());
    } else if let Some((least, most)) = content.bounds() {
        node.set("MinValue", least);
        if most < u32::MAX {
            node.set("MaxValue", most);
        }
        node.set("ConstraintDescription", format!("must be {}", content.noun()));
    }
}

/// Returns the template parameters for the place of the programs' code.
pub(super) fn code_parameters(programs: &[Program], app: &App) -> Map {
    let parameter =
        |description: &str| Map::new().with("Type", "String").with("Description", description);
    let mut parameters = Map::new();
    let bucket = parameter("Bucket that the code of the functions was uploaded to");
    parameters.push(CODE_BUCKET, bucket);
    for (index, Program { binary, key }) in programs.iter().enumerate() {
        let owner = match binary {
            None => "of the functions".to_owned(),
            Some(binary) => format!("of the functions of `{binary}`"),
        };
        let description = format!("Key of the code {owner}: a new one for new code");
        let functions = app.functions.iter().filter(|it| find_program(programs, it) == index);
        let text = functions.filter_map(described_characters).max();
        let longest = MAX_CODE_KEY_LEN.saturating_sub(text.unwrap_or(0));
        parameters.push(key.as_str(), parameter(&description).with("MaxLength", longest));
    }
    parameters
}

/// Returns the index of the program of a function.
pub(super) fn find_program(programs: &[Program], function: &Function) -> usize {
    programs.iter().position(|it| it.binary == function.binary).unwrap_or(0)
}

/// Returns how many characters of the description of a function's versions are the user's, with the space after them.
/// Returns `None` if none are.
fn described_characters(function: &Function) -> Option<u32> {
    let text = match function.properties.get("VersionDescription") {
        Some(Node::Str(text)) => text,
        _ => function.settings.lambda.version_description.as_ref()?,
    };
    u32::try_from(text.chars().count() + 1).ok()
}

/// Returns the programs of the package. A package with fewer than two binaries has one program without a binary's
/// name.
pub(super) fn find_programs(app: &App) -> Vec<Program> {
    let binaries = AppBinaries::new(app);
    let binaries = binaries.names();
    if binaries.len() < 2 {
        return vec![Program { binary: None, key: CODE_KEY.to_owned() }];
    }
    let program = |binary: &&str| Program {
        binary: Some((*binary).to_owned()),
        key: format!("{CODE_KEY}{}", camel_case(binary)),
    };
    binaries.iter().map(program).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::fixtures::{app, app_stack, function};
    use skylift_model::Function;

    fn app_with_binaries(binaries: &[Option<&str>]) -> App {
        let function = |(index, binary): (usize, Option<&str>)| Function {
            binary: binary.map(str::to_owned),
            ..function(&format!("F{index}"))
        };
        app(binaries.iter().copied().enumerate().map(function).collect(), Vec::new())
    }

    #[test]
    fn each_program_of_a_package_has_a_code_parameter() {
        let keys = |binaries: &[Option<&str>]| -> Vec<String> {
            let stack = app_stack(&app_with_binaries(binaries));
            let names = stack.code_parameters.iter().map(|(name, _)| name.to_owned());
            names.collect()
        };
        assert_eq!(keys(&[None]), ["CodeBucket", "CodeKey"]);
        assert_eq!(keys(&[Some("a"), Some("a")]), ["CodeBucket", "CodeKey"]);
        let two = [Some("web-api"), Some("worker"), Some("web-api")];
        assert_eq!(keys(&two), ["CodeBucket", "CodeKeyWebApi", "CodeKeyWorker"]);
        let stack = app_stack(&app_with_binaries(&two));
        for (id, key) in [("F0", "CodeKeyWebApi"), ("F1", "CodeKeyWorker"), ("F2", "CodeKeyWebApi")]
        {
            assert_eq!(stack.resource(id).property("Code.S3Key"), json!({ "Ref": key }));
        }
        for (name, parameter) in stack.code_parameters.iter() {
            let parameter = serde_json::to_value(parameter).unwrap();
            assert_eq!(parameter["Type"], "String");
            assert!(parameter["Description"].as_str().unwrap().contains("code"), "{name}");
            let most = if name == CODE_BUCKET { json!(null) } else { json!(239) };
            assert_eq!(parameter["MaxLength"], most, "{name}");
        }
    }
}
