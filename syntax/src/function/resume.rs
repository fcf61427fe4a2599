//! `resume = queue`, `resume(queue, hops = 100, dead_letters(after = 5))`: how it is written, and what
//! the function's triggers and parameters get wrong beside it.

use skylift_model::problem::PlaceInItem;
use skylift_model::resource::queue::MaxReceiveCount;
use skylift_model::resume::{Hops, Resume};
use skylift_model::source::{ResumeConflict, Trigger};

use super::{Item, idempotent};
use crate::errors::Errors;
use crate::place::Place;
use crate::read;
use crate::resource::queue::dead_letters;
use crate::signature::{Param, Role};
use crate::tree::{Args, Kind, Value};

/// What to write.
const HELP: &str = "write `resume = queue`, or `resume(queue, hops = 1000)`";

/// The key.
pub(super) const KEY: &str = "resume";

/// Reads `resume` where it is among the arguments of a function.
pub(super) fn read(args: &Args, errors: &mut Errors) -> Option<Resume> {
    args.given(KEY, read_value, errors).unwrap_or_else(|| {
        let bare = args.bare(KEY)?;
        errors.push(bare, format!("`{KEY}` needs a value")).help(HELP);
        None
    })
}

fn read_value(value: &Value, errors: &mut Errors) -> Option<Resume> {
    errors.scope(|errors| match &value.kind {
        Kind::Call(name, args) if name.text == KEY => args.read(KEY, errors, |args, errors| {
            match args.positional().as_slice() {
                [] => not_queue(&value.place, "nothing", errors),
                [by] => check_queue(by, errors),
                [_, further, ..] => {
                    let found = further.describe();
                    errors.push(&further.place, format!("expected `key = value`, found {found}"));
                }
            }
            let hops = args.take("hops", read::number, errors).unwrap_or(Hops::DEFAULT);
            let max_receives = dead_letters(args, errors).unwrap_or(MaxReceiveCount::DEFAULT);
            Some(Resume { hops, max_receives })
        }),
        _ => {
            check_queue(value, errors);
            Some(Resume { hops: Hops::DEFAULT, max_receives: MaxReceiveCount::DEFAULT })
        }
    })
}

fn check_queue(value: &Value, errors: &mut Errors) {
    if value.word() != Some("queue") {
        not_queue(&value.place, &value.describe(), errors);
    }
}

fn not_queue(place: &Place, found: &str, errors: &mut Errors) {
    errors
        .push(place, format!("a function resumes by a `queue` of its own, found {found}"))
        .help(HELP);
}

/// What Lambda does with a function that calls itself: this one does, and has to go on.
pub(super) fn check_properties(properties: &Value, errors: &mut Errors) {
    let Kind::Map(entries) = &properties.kind else { return };
    if let Some((key, _)) = entries.iter().find(|(key, _)| key.text == "RecursiveLoop") {
        errors
            .push(&key.place, "`RecursiveLoop` of a function that resumes is `Allow`: Lambda would stop its work after about 16 invocations")
            .help("leave `RecursiveLoop` out, and bound the work by `hops`: `resume(queue, hops = 100)`");
    }
}

impl Item {
    /// What stands in the way of work that goes on later. A batch has one message where none is said:
    /// what goes on later is one piece of work.
    pub(super) fn check_resume(
        &self,
        resumes: bool,
        triggers: &mut [Trigger],
        errors: &mut Errors,
    ) {
        let takes = |param: &&Param| matches!(param.role, Role::Resume);
        let mut cursors = self.signature.params.iter().filter(takes);
        let (first, second) = (cursors.next(), cursors.next());
        if !resumes {
            let written = self.args.has(KEY) || self.args.bare(KEY).is_some();
            if let Some(cursor) = first.filter(|_| !written) {
                errors
                    .push(&cursor.place, "a `Resume` has a cursor only where the function resumes")
                    .help("add `resume = queue` to `#[function]`");
            }
            return;
        }
        if let Some(second) = second {
            errors.push(&second.place, "a handler takes one `Resume`: there is one cursor");
        }
        if first.is_none() {
            let ident = &self.signature.ident;
            errors
                .push(
                    &Place::of(ident.span()),
                    format!("`{ident}` resumes, and does not take the cursor to go on from"),
                )
                .help("add a parameter `cursor: Resume<Cursor>`, of the cursor's type");
        }
        if self.args.has(idempotent::KEY) {
            errors
                .push(self.args.place_of(idempotent::KEY), "work that goes on later is not done once for a key: the answer to its first part would be kept as that to all of it")
                .help("leave `idempotent` out, and have each part do the same twice; or give it to a second function that sends the work to this one: take an `Invoker` of this one, and call its `invoke_async`");
        }
        for (index, trigger) in triggers.iter_mut().enumerate() {
            for ResumeConflict { key, message, help } in trigger.prepare_resume() {
                let at = key.map_or(PlaceInItem::Trigger(index), |key| {
                    PlaceInItem::trigger_key(index, key)
                });
                errors.push(&self.place(&at), message).help(help);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::sqs::QueueBatchSize;

    use super::*;
    use crate::function::Read;

    const HANDLER: &str = "async fn f(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error>";

    fn read_on(attribute: &str, handler: &str) -> Result<Read, Vec<String>> {
        let mut errors = Errors::new();
        let (args, item) = (attribute.parse().unwrap(), handler.parse().unwrap());
        let read = Item::parse(args, item, &mut errors).and_then(|item| item.read(&mut errors));
        let messages: Vec<String> =
            errors.into_messages().into_iter().map(|it| it.message.text).collect();
        read.ok_or(messages)
    }

    fn read(attribute: &str) -> Read {
        read_on(attribute, HANDLER).unwrap()
    }

    fn refused(attribute: &str) -> String {
        read_on(attribute, HANDLER).unwrap_err().join("; ")
    }

    #[test]
    fn both_forms_are_read() {
        for short in ["resume = queue", "resume = \"queue\"", "resume(queue)"] {
            let resume = read(short).resume.unwrap();
            assert_eq!(resume.hops, Hops::DEFAULT, "{short}");
            assert_eq!(resume.max_receives, MaxReceiveCount::DEFAULT, "{short}");
        }
        let resume = read("resume(queue, hops = 7, dead_letters(after = 3))").resume.unwrap();
        assert_eq!((resume.hops.get(), resume.max_receives.get()), (7, 3));
    }

    #[test]
    fn what_is_no_queue_of_its_own_is_refused() {
        for (wrong, found) in [
            ("resume = Jobs", "found `Jobs`"),
            ("resume = 3", "found a number"),
            ("resume(hops = 3)", "found nothing"),
            ("resume(Jobs, hops = 3)", "found `Jobs`"),
            ("resume(queue, queue)", "expected `key = value`, found `queue`"),
            ("resume(queue, hops = 0)", "0 hops are out of range"),
            ("resume(queue, dead_letters(after = 0))", "receive count of 0 is out of range"),
            ("resume(queue, hop = 3)", "unknown key `hop` in `resume`"),
        ] {
            let message = refused(wrong);
            assert!(message.contains(found), "{wrong}: {message}");
        }
    }

    #[test]
    fn a_bare_resume_is_one_mistake_and_told_how_it_is_written() {
        let mut errors = Errors::new();
        let (args, item) = ("resume".parse().unwrap(), HANDLER.parse().unwrap());
        let read = Item::parse(args, item, &mut errors).unwrap().read(&mut errors);
        assert!(read.is_none());
        let messages: Vec<String> = errors.into_messages().iter().map(|it| it.full()).collect();
        let [message] = messages.as_slice() else { panic!("{messages:?}") };
        assert!(
            message.starts_with("`resume` needs a value\n\nhelp: write `resume = queue`"),
            "{message}"
        );
    }

    #[test]
    fn a_queues_batch_is_one_message() {
        for right in ["trigger = sqs", "trigger = sqs(queue = Jobs, batch_size = 1)"] {
            let triggers = read(&format!("{right}, resume = queue")).triggers;
            let [Trigger::Sqs(sqs)] = triggers.as_slice() else { panic!("{triggers:?}") };
            assert_eq!(sqs.batch_size, Some(QueueBatchSize::ONE), "{right}");
        }
        let message = refused("trigger = sqs(batch_size = 2), resume = queue");
        assert!(message.starts_with("a batch of 2 messages for a function that resumes"));
        let without = read_on("trigger = sqs", "async fn f(message: SqsMessage)").unwrap();
        let [Trigger::Sqs(sqs)] = without.triggers.as_slice() else { panic!() };
        assert_eq!(sqs.batch_size, None);
    }

    #[test]
    fn order_and_waiting_callers_stand_in_the_way() {
        let order = "cannot keep the order of a FIFO queue";
        for (trigger, why) in [
            ("sqs(queue = \"jobs.fifo\")", order),
            ("sqs(queue = \"arn:aws:sqs:eu-west-1:123456789012:jobs.fifo\")", order),
            ("kinesis", "cannot keep the order of a stream"),
            ("dynamodb(table = Orders)", "cannot keep the order of a stream"),
            ("http(\"POST /imports\")", "a function behind a route cannot resume"),
        ] {
            let message = refused(&format!("trigger = {trigger}, resume = queue"));
            assert!(message.contains(why), "{trigger}: {message}");
        }
    }

    #[test]
    fn work_that_goes_on_later_is_not_done_once_for_a_key() {
        let message = refused("idempotent(key = \"$.id\"), resume = queue");
        assert!(message.contains("work that goes on later is not done once"), "{message}");
    }

    #[test]
    fn nobody_stops_the_work_half_way() {
        for value in ["Terminate", "Allow"] {
            let properties = format!("properties = {{\"RecursiveLoop\": \"{value}\"}}");
            let message = refused(&format!("resume = queue, {properties}"));
            assert!(message.starts_with("`RecursiveLoop` of a function that resumes"), "{message}");
            assert!(read_on(&properties, "async fn f()").is_ok());
        }
    }

    #[test]
    fn a_cursor_and_the_key_belong_together() {
        let refused = |attribute, handler| read_on(attribute, handler).unwrap_err().join("; ");
        let lonely = refused("", HANDLER);
        assert_eq!(lonely, "a `Resume` has a cursor only where the function resumes");
        let blind = refused("resume = queue", "async fn f(event: Import)");
        assert_eq!(blind, "`f` resumes, and does not take the cursor to go on from");
        let twice = refused("resume = queue", "async fn f(a: Resume<u8>, b: Resume<u8>)");
        assert_eq!(twice, "a handler takes one `Resume`: there is one cursor");
    }
}
