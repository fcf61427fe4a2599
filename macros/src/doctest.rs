//! A function of an example in documentation. The build step does not read examples: rustdoc compiles each as a
//! crate of its own. This module takes the function, as its attribute was read, and completes its note with
//! what follows from the attribute alone.

use skylift_model::{FunctionSettings, SourceLocation};
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::Note;

/// Completes the note of a function. Each resource that the attribute names has an empty id in it: only the
/// compiler knows which type it is.
pub(crate) fn complete_note(
    mut note: Note,
    item: &FunctionItem,
    definition: &FunctionDefinition,
) -> Note {
    let handler = item.signature.ident.to_string();
    let function = definition.clone().into_function(item, handler, None, SourceLocation::default());
    note.set_function(&function, &FunctionSettings::default());
    note.uses = function.resource_uses().into_iter().map(|it| (it.at, String::new())).collect();
    note
}

#[cfg(test)]
mod tests {
    use skylift_model::problem::PlaceInItem;
    use skylift_syntax::errors::Errors;

    use super::*;

    fn note_for(args: &str, item: &str) -> Note {
        let mut errors = Errors::new();
        let item =
            FunctionItem::parse(args.parse().unwrap(), item.parse().unwrap(), &mut errors).unwrap();
        let read = item.read(&mut errors).unwrap();
        assert!(errors.into_diagnostics().is_empty());
        complete_note(Note::default(), &item, &read)
    }

    #[test]
    fn a_function_of_an_example_has_the_defaults_of_the_template() {
        let note = note_for("", "async fn send_mail() {}");
        assert_eq!((note.id.as_str(), note.handler.as_str()), ("SendMail", "send_mail"));
        assert_eq!((note.timeout, note.deadline_margin, note.counts_cold_starts), (3, 500, false));
        let note = note_for(r#"timeout = "1m", keep_warm = "rate(5 minutes)""#, "async fn a() {}");
        assert_eq!((note.timeout, note.counts_cold_starts), (60, true));
    }

    #[test]
    fn each_resource_that_an_example_names_is_left_to_the_compiler() {
        let note = note_for(
            "trigger = sqs(queue = Jobs)",
            "async fn work(job: Message<Job>, done: Writer<Done>) {}",
        );
        let places = [PlaceInItem::trigger_key(0, "queue"), PlaceInItem::Param(1)];
        assert_eq!(note.uses, places.map(|at| (at, String::new())));
    }
}
