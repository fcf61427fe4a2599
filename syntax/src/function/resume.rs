//! The key `resume = queue`, or `resume(queue, hops = 100, dead_letters(after = 5))`. This module reads the
//! key, and checks that the function's triggers and parameters allow the function to resume.

use skylift_model::aws::function_keys;
use skylift_model::problem::PlaceInItem;
use skylift_model::resource::queue::MaxReceiveCount;
use skylift_model::resume::{Hops, Resume};
use skylift_model::settings::RecursiveLoop;
use skylift_model::source::{ResumeConflict, Trigger};

use super::{FunctionItem, idempotent};
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::read_number;
use crate::resource::queue::read_dead_letters;
use crate::signature::{Param, ParamRole};
use crate::span::SourceSpan;
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The key of `#[function]` that makes a function resume.
pub(super) const KEY: &str = "resume";

/// Reads the key `resume`. Returns `None` if the key is not set or has an error.
pub(super) fn read_resume(args: &Args, errors: &mut Errors) -> Option<Resume> {
    args.take_if_set(KEY, read_resume_value, errors).unwrap_or_else(|| {
        let word = args.take_bare_word(KEY)?;
        errors.push(word, messages::resume_without_value());
        None
    })
}

/// Reads the value of `resume`: `queue`, or `resume(…)` with arguments. Returns `None` after an error was
/// recorded.
fn read_resume_value(value: &ArgValue, errors: &mut Errors) -> Option<Resume> {
    errors.scope(|errors| match &value.kind {
        ArgValueKind::Call(name, args) if name.text == KEY => {
            let read =
                |args: &Args, errors: &mut Errors| read_resume_args(args, &value.span, errors);
            Some(args.read_all(KEY, errors, read))
        }
        _ => {
            check_is_queue(value, errors);
            Some(Resume { hops: Hops::DEFAULT, max_receives: MaxReceiveCount::DEFAULT })
        }
    })
}

/// Reads the arguments of `resume(…)`. `span` is the span of the whole value.
fn read_resume_args(args: &Args, span: &SourceSpan, errors: &mut Errors) -> Resume {
    match args.take_positional().as_slice() {
        [] => errors.push_missing(span, messages::resume_without_queue("nothing")),
        [queue] => check_is_queue(queue, errors),
        [_, second, ..] => {
            errors
                .push(&second.span, messages::expected(phrases::KEY_AND_VALUE, &second.describe()));
        }
    }
    let hops = args.take("hops", read_number, errors).unwrap_or(Hops::DEFAULT);
    let after = |args: &Args, errors: &mut Errors| args.take("after", read_number, errors);
    let max_receives = read_dead_letters(args, errors, after).unwrap_or(MaxReceiveCount::DEFAULT);
    Resume { hops, max_receives }
}

/// Checks that the first argument of `resume(…)` is the word `queue`.
fn check_is_queue(value: &ArgValue, errors: &mut Errors) {
    if value.word() != Some("queue") {
        errors.push(&value.span, messages::resume_without_queue(&value.describe()));
    }
}

/// Checks that Lambda does not stop recursive loops of a function that resumes, because it invokes itself.
pub(super) fn check_recursive_loop(
    args: &Args,
    recursive_loop: Option<RecursiveLoop>,
    errors: &mut Errors,
) {
    if recursive_loop == Some(RecursiveLoop::Terminate) && args.has_key(KEY) {
        let span = args.span_of(function_keys::RECURSIVE_LOOP.name);
        errors.push(span, messages::loop_terminated_beside_resume());
    }
}

impl FunctionItem {
    /// Checks that the function and its triggers can resume, if `resumes` is true; otherwise checks that the
    /// function takes no `Resume` parameter. Sets the batch size of a queue's trigger to one message if the
    /// user did not set it, because the work that continues in further invocations belongs to one message.
    pub(super) fn check_resume(
        &self,
        resumes: bool,
        triggers: &mut [Trigger],
        errors: &mut Errors,
    ) {
        let is_cursor = |param: &&Param| matches!(param.role, ParamRole::Resume);
        let mut cursors = self.signature.params.iter().filter(is_cursor);
        let (first, second) = (cursors.next(), cursors.next());
        if !resumes {
            let is_written = self.args.has_key(KEY) || self.args.take_bare_word(KEY).is_some();
            if let Some(cursor) = first.filter(|_| !is_written) {
                errors.push(&cursor.span, messages::cursor_without_resume());
            }
            return;
        }
        if let Some(second) = second {
            errors.push(&second.span, messages::second_cursor());
        }
        if first.is_none() {
            let ident = &self.signature.ident;
            let span = SourceSpan::from_token(ident.span());
            errors.push(&span, messages::resume_without_cursor(ident));
        }
        if self.args.has_key(idempotent::KEY) {
            errors.push(self.args.span_of(idempotent::KEY), messages::resume_beside_idempotent());
        }
        for (index, trigger) in triggers.iter_mut().enumerate() {
            for ResumeConflict { key, message } in trigger.prepare_resume() {
                let at = key.map_or(PlaceInItem::Trigger(index), |key| {
                    PlaceInItem::trigger_key(index, key)
                });
                errors.push(&self.span_at(&at), message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::sqs::QueueBatchSize;

    use super::*;
    use crate::function::FunctionDefinition;

    const HANDLER: &str = "async fn f(cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error>";

    fn read_on(attribute: &str, handler: &str) -> Result<FunctionDefinition, Vec<String>> {
        let mut errors = Errors::new();
        let (args, item) = (attribute.parse().unwrap(), handler.parse().unwrap());
        let read =
            FunctionItem::parse(args, item, &mut errors).and_then(|item| item.read(&mut errors));
        let messages: Vec<String> =
            errors.into_diagnostics().into_iter().map(|it| it.message.text).collect();
        read.ok_or(messages)
    }

    fn read(attribute: &str) -> FunctionDefinition {
        read_on(attribute, HANDLER).unwrap()
    }

    fn rejected(attribute: &str) -> String {
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
    fn resume_takes_only_queue_and_its_own_arguments() {
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
            let message = rejected(wrong);
            assert!(message.contains(found), "{wrong}: {message}");
        }
    }

    #[test]
    fn resume_without_a_value_is_one_error_with_help() {
        let mut errors = Errors::new();
        let (args, item) = ("resume".parse().unwrap(), HANDLER.parse().unwrap());
        let read = FunctionItem::parse(args, item, &mut errors).unwrap().read(&mut errors);
        assert!(read.is_none());
        let messages: Vec<String> = errors.into_diagnostics().iter().map(|it| it.full()).collect();
        let [message] = messages.as_slice() else { panic!("{messages:?}") };
        assert!(
            message.starts_with("`resume` needs a value\n\nhelp: write `resume = queue`"),
            "{message}"
        );
    }

    #[test]
    fn resume_sets_the_batch_size_of_a_queue_to_one_message() {
        for right in ["trigger = sqs", "trigger = sqs(queue = Jobs, batch_size = 1)"] {
            let triggers = read(&format!("{right}, resume = queue")).triggers;
            let [Trigger::Sqs(sqs)] = triggers.as_slice() else { panic!("{triggers:?}") };
            assert_eq!(sqs.batch_size, Some(QueueBatchSize::ONE), "{right}");
        }
        let message = rejected("trigger = sqs(batch_size = 2), resume = queue");
        assert!(message.starts_with("a batch of 2 messages for a function that resumes"));
        let without = read_on("trigger = sqs", "async fn f(message: SqsMessage)").unwrap();
        let [Trigger::Sqs(sqs)] = without.triggers.as_slice() else { panic!() };
        assert_eq!(sqs.batch_size, None);
    }

    #[test]
    fn sources_with_an_order_or_a_waiting_caller_cannot_resume() {
        let order = "cannot keep the order of a FIFO queue";
        for (trigger, why) in [
            ("sqs(queue = \"jobs.fifo\")", order),
            ("sqs(queue = \"arn:aws:sqs:eu-west-1:123456789012:jobs.fifo\")", order),
            ("kinesis", "cannot keep the order of a stream"),
            ("dynamodb(table = Orders)", "cannot keep the order of a stream"),
            ("http(\"POST /imports\")", "a function with an HTTP route cannot resume"),
        ] {
            let message = rejected(&format!("trigger = {trigger}, resume = queue"));
            assert!(message.contains(why), "{trigger}: {message}");
        }
    }

    #[test]
    fn idempotent_is_rejected_beside_resume() {
        let message = rejected("idempotent(key = \"$.id\"), resume = queue");
        assert!(message.contains("a function that resumes cannot be idempotent"), "{message}");
    }

    #[test]
    fn lambda_does_not_stop_a_loop_of_a_function_that_resumes() {
        let message = rejected("resume = queue, recursive_loop = terminate");
        assert!(message.starts_with("Lambda would stop the work of a function that"), "{message}");
        assert!(read_on("resume = queue, recursive_loop = allow", HANDLER).is_ok());
        assert!(read_on("recursive_loop = terminate", "async fn f()").is_ok());
        let message = rejected("recursive_loop = never, resume = queue");
        assert!(message.starts_with("`never` is not `allow` or `terminate`"), "{message}");
    }

    #[test]
    fn resume_needs_exactly_one_cursor_parameter_and_a_cursor_needs_resume() {
        let rejected = |attribute, handler| read_on(attribute, handler).unwrap_err().join("; ");
        let lonely = rejected("", HANDLER);
        assert_eq!(lonely, "`Resume` is a parameter only of a function that resumes");
        let blind = rejected("resume = queue", "async fn f(event: Import)");
        assert_eq!(blind, "`f` resumes, but has no parameter for the cursor");
        let twice = rejected("resume = queue", "async fn f(a: Resume<u8>, b: Resume<u8>)");
        assert_eq!(twice, "a handler takes one `Resume`: there is one cursor");
    }
}
