//! The argument `dead_letters = Lost` of triggers whose service sends the events that it could not deliver to a queue.

use skylift_model::aws::value::ArnReference;
use skylift_model::resource::ResourceKind;
use skylift_model::source::dead_letters;

use crate::errors::Errors;
use crate::mapping::read_resource_or_arn;
use crate::readers::check_arn_kind;
use crate::tree::ArgValue;

/// Reads the value of `dead_letters`: a queue that is not FIFO. Returns `None` after an error was recorded.
pub(super) fn read_dead_letters(value: &ArgValue, errors: &mut Errors) -> Option<ArnReference> {
    match read_any_dead_letters(value, errors)? {
        ArnReference::Arn(arn) if ResourceKind::Queue.is_fifo_name(&arn) => {
            errors.push(&value.span, dead_letters::fifo_message());
            None
        }
        queue => Some(queue),
    }
}

/// Reads the value of `dead_letters`: a queue, which may be FIFO. Returns `None` after an error was recorded.
pub(crate) fn read_any_dead_letters(value: &ArgValue, errors: &mut Errors) -> Option<ArnReference> {
    let (kind, form) = (ResourceKind::Queue, ResourceKind::Queue.example_arn());
    let queue = read_resource_or_arn(value, kind.with_article(), &form, errors)?;
    match &queue {
        ArnReference::Arn(arn) if !check_arn_kind(kind, arn, &value.span, errors) => None,
        _ => Some(queue),
    }
}
