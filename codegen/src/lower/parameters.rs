//! The parameters of the template: those that the package declares, those that are only used, and
//! those that say where the code of its programs is.

use skylift_model::App;
use skylift_model::aws::node::Map;
use skylift_syntax::handoff::Binaries;

use super::text::{camel, texts};
use crate::stack::Program;

/// The parameter that is the bucket of the code.
pub(crate) const CODE_BUCKET: &str = "CodeBucket";

/// What the parameters begin with that are the keys of the code.
const CODE_KEY: &str = "CodeKey";

/// The user's.
pub(super) fn lower(app: &App) -> Map {
    let mut parameters = Map::new();
    for parameter in &app.parameters {
        let mut node = Map::new().with("Type", "String");
        node.set_some("Description", parameter.description.as_deref());
        node.set_some("Default", parameter.default.as_deref());
        if !parameter.allowed.is_empty() {
            node.set("AllowedValues", texts(parameter.allowed.iter().map(String::as_str)));
        }
        if parameter.no_echo {
            node.set("NoEcho", true);
        }
        parameters.push(parameter.name.as_str(), node);
    }
    parameters
}

/// Those that say where the code of these programs is.
pub(super) fn of_code(programs: &[Program]) -> Map {
    let parameter = |what: &str| Map::new().with("Type", "String").with("Description", what);
    let mut parameters = Map::new();
    let bucket = parameter("Bucket that the code of the functions was uploaded to");
    parameters.push(CODE_BUCKET, bucket);
    for Program { binary, key } in programs {
        let of = match binary {
            None => "of the functions".to_owned(),
            Some(binary) => format!("of the functions of `{binary}`"),
        };
        let what = format!("Key of the code {of}: a new one for new code");
        parameters.push(key.as_str(), parameter(&what));
    }
    parameters
}

/// The programs of the package, in the order of its functions.
pub(super) fn programs(app: &App) -> Vec<Program> {
    let binaries = Binaries::of(app);
    let binaries = binaries.names();
    if binaries.len() < 2 {
        return vec![Program { binary: None, key: CODE_KEY.to_owned() }];
    }
    let program = |binary: &&str| Program {
        binary: Some((*binary).to_owned()),
        key: format!("{CODE_KEY}{}", camel(binary)),
    };
    binaries.iter().map(program).collect()
}
