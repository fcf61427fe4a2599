//! The identifiers of an application's resources and invoked functions: the texts that the environment variables of
//! capabilities contain. A policy contains the same texts in its ARNs.

use std::collections::HashSet;

use skylift_model::App;
use skylift_model::aws::node::Node;

use crate::lower::function::logs;
use crate::lower::invoke;
use crate::lower::resource;

/// The text of one identifier, as the argument of `Fn::Sub`.
struct Identifier {
    text: String,
    /// The name of the environment variable that contains the identifier.
    variable: String,
    node: Node,
}

/// The identifiers of an application that are known only when the application is deployed, the longest first: the text
/// of one can be the end of another's.
pub(super) struct Identifiers {
    all: Vec<Identifier>,
    /// The logical ids of the log groups of functions.
    log_groups: HashSet<String>,
}

/// An identifier with which a text begins.
pub(super) struct FoundIdentifier<'a> {
    pub(super) variable: &'a str,
    pub(super) node: &'a Node,
    /// The length of the identifier in the text.
    pub(super) len: usize,
}

impl Identifiers {
    /// Collects the identifiers of an application's resources and of the functions that others invoke.
    pub(super) fn new(app: &App) -> Self {
        let resources = app.resources.iter();
        let resources = resources.map(|it| (resource::identifier(it), it.variable_name()));
        let invoked = app.functions.iter().filter(|it| app.is_invoked(it));
        let invoked = invoked.map(|it| (invoke::name_for_callers(it), it.variable_name()));
        let identifier = |(node, variable): (Node, String)| {
            Some(Identifier { text: sub_text(&node)?, variable, node })
        };
        let mut all: Vec<Identifier> = resources.chain(invoked).filter_map(identifier).collect();
        all.sort_by_key(|it| std::cmp::Reverse(it.text.len()));
        let log_groups = app.functions.iter().map(logs::log_group_name);
        let log_groups = log_groups.filter_map(|name| match name {
            Node::Tag("Ref", id) => match *id {
                Node::Str(id) => Some(id),
                _ => None,
            },
            _ => None,
        });
        Self { all, log_groups: log_groups.collect() }
    }

    /// Returns the argument of `Fn::Sub` for the ARN of a log group, if `reference` is the ARN of one: CloudFormation's
    /// `Arn` ends in `:*`, and that of other tools does not. `None` for any other reference.
    pub(super) fn log_group_arn(&self, reference: &str) -> Option<String> {
        let id = reference.strip_suffix(".Arn").filter(|id| self.log_groups.contains(*id))?;
        Some(format!("{}${{{id}}}:*", logs::ARN))
    }

    /// Returns the identifier with which `rest` begins; `before` is the text before it. In the middle of a longer name
    /// there is no identifier.
    pub(super) fn find(&self, before: &str, rest: &str) -> Option<FoundIdentifier<'_>> {
        let in_name = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let is_inside = before.ends_with(in_name);
        let begins = |it: &&Identifier| {
            rest.starts_with(&it.text) && (!is_inside || it.text.starts_with("${"))
        };
        let found = self.all.iter().find(begins)?;
        let Identifier { text, variable, node } = found;
        Some(FoundIdentifier { variable, node, len: text.len() })
    }
}

/// Returns the argument of `Fn::Sub` that has the same value as an identifier; `None` if the identifier is a literal
/// or has another form.
fn sub_text(node: &Node) -> Option<String> {
    let Node::Tag(name, argument) = node else { return None };
    match (*name, argument.as_ref()) {
        ("Ref" | "GetAtt", Node::Str(text)) => Some(format!("${{{text}}}")),
        ("Sub", Node::Str(text)) => Some(text.clone()),
        ("Sub", Node::Seq(parts)) => match parts.first() {
            Some(Node::Str(text)) => Some(text.clone()),
            _ => None,
        },
        _ => None,
    }
}
