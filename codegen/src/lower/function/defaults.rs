//! What every function has that says nothing else: the settings of the package, and what holds for any
//! program of Skylift. The parts that a function can have as well are made here for both.

use skylift_model::App;
use skylift_model::aws::logs::Tracing;
use skylift_model::aws::node::{Map, Node};
use skylift_model::settings::Architecture;

use super::{environment, invoke_config};
use crate::lower::text::texts;
use crate::stack::Defaults;

/// The runtime of a function whose program brings its own.
const RUNTIME: &str = "provided.al2023";

/// The defaults, where the programs are built for this processor.
pub(crate) fn defaults(app: &App, architecture: Architecture) -> Defaults {
    let defaults = &app.defaults;
    let mut function = Map::new().with("Runtime", RUNTIME);
    let architecture = defaults.architecture.unwrap_or(architecture);
    function.set("Architectures", texts([architecture.as_str()]));
    function.set_some("MemorySize", defaults.memory.map(|memory| memory.get()));
    function.set_some("Timeout", defaults.timeout.map(|timeout| timeout.get()));
    function.set_some(
        "EphemeralStorage",
        defaults.ephemeral_storage.map(|size| Map::new().with("Size", size.get())),
    );
    function.set_some("Environment", environment::variables(&defaults.env, Vec::new(), app));
    function.set_some("TracingConfig", defaults.tracing.map(tracing));
    function.set_some("Tags", tags(&defaults.tags));
    Defaults { function, invoke_config: invoke_config::properties(defaults) }
}

/// Which requests are traced.
pub(super) fn tracing(mode: Tracing) -> Node {
    Map::new().with("Mode", mode.as_str()).into()
}

/// Tags, as a list; none where there are none.
pub(super) fn tags(tags: &[(String, String)]) -> Option<Node> {
    let tag = |(key, value): &(String, String)| {
        Node::from(Map::new().with("Key", key).with("Value", value))
    };
    Some(Node::Seq(tags.iter().map(tag).collect())).filter(|_| !tags.is_empty())
}
