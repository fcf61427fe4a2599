//! The identifiers of an application's resources and invoked functions: the texts that the environment variables of
//! capabilities contain. A policy contains the same texts in its ARNs.

use std::collections::{BTreeMap, HashSet};
use std::ops::Bound;

use skylift_model::App;
use skylift_model::aws::node::Node;

use crate::lower::function::logs;
use crate::lower::invoke;
use crate::lower::resource;

/// An identifier, whose text is known only when the application is deployed.
struct Identifier {
    /// The name of the environment variable that contains the identifier.
    variable: String,
    node: Node,
}

/// The identifiers of an application that are known only when the application is deployed.
pub(super) struct Identifiers {
    /// The identifiers, by their texts as arguments of `Fn::Sub`. The text of one can be the beginning of another's.
    all: BTreeMap<String, Identifier>,
    /// The first letters of these texts.
    first_letters: String,
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
        let resources = app.resources.iter().filter(|it| it.view.is_none());
        let resources = resources.map(|it| (resource::identifier(it), it.variable_name()));
        let invoked = app.functions.iter().filter(|it| app.is_invoked(it));
        let invoked = invoked.map(|it| (invoke::name_for_callers(it), it.variable_name()));
        let mut all = BTreeMap::new();
        for (node, variable) in resources.chain(invoked) {
            if let Some(text) = sub_text(&node) {
                all.entry(text).or_insert(Identifier { variable, node });
            }
        }
        let log_groups = app.functions.iter().map(logs::log_group_name);
        let log_groups = log_groups.filter_map(|name| match name {
            Node::Tag("Ref", id) => match *id {
                Node::Str(id) => Some(id),
                _ => None,
            },
            _ => None,
        });
        let mut first_letters = String::new();
        for letter in all.keys().filter_map(|text| text.chars().next()) {
            if !first_letters.contains(letter) {
                first_letters.push(letter);
            }
        }
        Self { all, first_letters, log_groups: log_groups.collect() }
    }

    /// Returns the argument of `Fn::Sub` for the ARN of a log group, if `reference` is the ARN of one: CloudFormation's
    /// `Arn` ends in `:*`, and that of other tools does not. `None` for any other reference.
    pub(super) fn log_group_arn(&self, reference: &str) -> Option<String> {
        let id = reference.strip_suffix(".Arn").filter(|id| self.log_groups.contains(*id))?;
        Some(format!("{}${{{id}}}:*", logs::ARN))
    }

    /// Returns the longest identifier with which `rest` begins; `before` is the text before it. In the middle of a longer
    /// name there is no identifier.
    pub(super) fn find(&self, before: &str, rest: &str) -> Option<FoundIdentifier<'_>> {
        let in_name = |letter: char| letter.is_ascii_alphanumeric() || "-_.".contains(letter);
        let first = rest.chars().next()?;
        if !self.first_letters.contains(first) || (first != '$' && before.ends_with(in_name)) {
            return None;
        }
        let mut start = rest;
        loop {
            // The texts with which `start` begins are not greater than it, and the longest is the greatest of them.
            let not_greater = (Bound::Unbounded, Bound::Included(start));
            let (text, identifier) = self.all.range::<str, _>(not_greater).next_back()?;
            let shared = shared_len(text, start);
            if shared == text.len() {
                let Identifier { variable, node } = identifier;
                return Some(FoundIdentifier { variable, node, len: shared });
            }
            start = &start[..shared];
        }
    }
}

/// Returns the length of the longest text with which both texts begin.
fn shared_len(one: &str, other: &str) -> usize {
    let letters = one.char_indices().zip(other.chars());
    let differs = letters.into_iter().find(|((_, letter), of_other)| letter != of_other);
    differs.map_or(one.len().min(other.len()), |((index, _), _)| index)
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
