//! The resources that SAM makes of a function's properties, each with what it is to the function.

use skylift_model::aws::node::{Map, Node};

/// A resource that SAM makes of a property.
#[derive(Debug)]
pub(crate) struct Made {
    /// Its logical id: SAM's own.
    pub(crate) id: String,
    /// What it is.
    pub(crate) what: What,
    /// The resource.
    pub(crate) node: Map,
}

/// What a resource is to the function of whose properties it is made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// How Lambda treats asynchronous invocations.
    InvokeConfig,
    /// A queue or a topic that gets the outcomes of asynchronous invocations.
    Destination,
    /// The function URL.
    Url,
    /// What lets anybody call the function URL.
    UrlPermission,
    /// How versions take over from each other.
    DeploymentGroup,
    /// The application of all deployment groups of the stack.
    DeploymentApplication,
    /// The role of all deployment groups of the stack that have no other.
    DeploymentRole,
}

impl What {
    /// For people, as the subject of `… of function`.
    pub(crate) const fn describe(self) -> &'static str {
        match self {
            Self::InvokeConfig => "the invoke configuration",
            Self::Destination => "a destination",
            Self::Url | Self::UrlPermission => "the function URL",
            Self::DeploymentGroup => "the deployment group",
            Self::DeploymentApplication => "the CodeDeploy application",
            Self::DeploymentRole => "the role of CodeDeploy",
        }
    }

    /// Whether all functions of the stack have one together, under one id.
    pub(crate) const fn is_shared(self) -> bool {
        matches!(self, Self::DeploymentApplication | Self::DeploymentRole)
    }
}

/// The resources that several functions share, once each, in the order in which the functions come. They
/// have the tags of every function that propagates its own; a later value of a key replaces an earlier one.
pub(crate) fn merge_shared(made: impl IntoIterator<Item = Made>) -> Vec<Made> {
    let mut shared: Vec<Made> = Vec::new();
    for other in made.into_iter().filter(|made| made.what.is_shared()) {
        match shared.iter_mut().find(|known| known.id == other.id) {
            Some(known) => add_tags(&mut known.node, tags(&other.node)),
            None => shared.push(other),
        }
    }
    shared
}

fn properties(resource: &Map) -> Map {
    match resource.get("Properties") {
        Some(Node::Map(properties)) => properties.clone(),
        _ => Map::new(),
    }
}

fn tags(resource: &Map) -> Vec<Node> {
    match properties(resource).get("Tags") {
        Some(Node::Seq(tags)) => tags.clone(),
        _ => Vec::new(),
    }
}

fn add_tags(resource: &mut Map, further: Vec<Node>) {
    let key = |tag: &Node| match tag {
        Node::Map(tag) => tag.get("Key").cloned(),
        _ => None,
    };
    let mut all = tags(resource);
    for tag in further {
        match all.iter_mut().find(|known| key(known) == key(&tag)) {
            Some(known) => *known = tag,
            None => all.push(tag),
        }
    }
    if !all.is_empty() {
        let properties = properties(resource).with("Tags", all);
        resource.set("Properties", properties);
    }
}
