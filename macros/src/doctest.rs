//! A function of an example in documentation. The build step does not read examples: rustdoc compiles each as a
//! crate of its own. This module takes the function, as its attribute was read, and completes its note with
//! what follows from the attribute alone.

use skylift_model::http::RouteAuth;
use skylift_model::problem::PlaceInItem;
use skylift_model::source::Trigger;
use skylift_model::source::http::Http;
use skylift_model::{FunctionSettings, SourceLocation};
use skylift_syntax::function::{FunctionDefinition, FunctionItem};
use skylift_syntax::handoff::{Note, RouteNote};

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
    for (index, trigger) in function.triggers.iter().enumerate() {
        let Trigger::Http(http) = trigger else { continue };
        note.routes.push(match &http.auth {
            Some(RouteAuth::Iam) => RouteNote::Iam,
            Some(RouteAuth::Authorizer(ident)) => {
                let at = PlaceInItem::trigger_key(index, Http::AUTH);
                note.authorizers.push((at, String::new()));
                let scopes = http.scopes.clone();
                RouteNote::Token { authorizer: ident.clone(), scopes }
            }
            Some(RouteAuth::None) | None => RouteNote::Open,
        });
    }
    let claims = function.claims.iter().map(|it| PlaceInItem::Param(it.parameter));
    note.authorizers.extend(claims.map(|at| (at, String::new())));
    note
}

#[cfg(test)]
mod tests {
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
    fn an_example_has_the_authorization_of_its_own_routes() {
        let note = note_for(
            "trigger = http(\"GET /a\", auth = Users, scopes = [\"read\"]), trigger = http(\"GET /b\", auth = iam), trigger = http(\"GET /c\")",
            "async fn me(user: Option<Claims<Users>>) {}",
        );
        let users =
            RouteNote::Token { authorizer: "Users".to_owned(), scopes: vec!["read".to_owned()] };
        assert_eq!(note.routes, [users, RouteNote::Iam, RouteNote::Open]);
        let places = [PlaceInItem::trigger_key(0, "auth"), PlaceInItem::Param(0)];
        assert_eq!(note.authorizers, places.map(|at| (at, String::new())));
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
