//! Messages about the arguments of sources whose brokers or clusters no `#[resource]` declares.

use skylift_model::message::Message;
use skylift_model::suggest;

use super::arn_form;

/// Reports that a trigger lacks keys that it needs. `example` has all of them.
pub(crate) fn source_keys_missing(source: &str, missing: &[&str], example: &str) -> Message {
    let missing = suggest::list(missing.iter().copied());
    Message::new(format!("`{source}` needs {missing}")).with_help(format!("write `{example}`"))
}

/// Reports that a broker or a cluster is named by something else than its ARN. `noun` is what it is.
pub(crate) fn name_of_server(text: &str, noun: &str, example: &str) -> Message {
    Message::new(format!("`{text}` is not the ARN of {noun}: Lambda takes no name"))
        .with_help(arn_form(noun, example))
}

/// Reports that a broker or a cluster is named by the path of a struct. `noun` is what it is.
pub(crate) fn path_of_server(name: &str, noun: &str, key: &str) -> Message {
    Message::new(format!("no `#[resource]` is {noun}, so `{name}` cannot name one")).with_help(
        format!("declare it in an overlay, and write `{key} = overlay(\"…\")` with its logical id"),
    )
}
