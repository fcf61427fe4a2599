//! Reads a type from an invented value, with other texts if one has no form that the type takes.

use serde::de::DeserializeOwned;

use super::deserializer::{Given, Invented, Plan, TEXTS};
use super::error::ProbeError;

/// The greatest number of values for one plan.
const MAX_VALUES: usize = 400;

/// Reads a type from the value that a plan describes.
pub(super) fn attempt<T: DeserializeOwned>(plan: &Plan) -> Result<T, ProbeError> {
    plan.texts.borrow_mut().clear();
    for _ in 0..MAX_VALUES {
        plan.asked.set(0);
        let error = match T::deserialize(Invented { plan, depth: 0, given: Given::Text }) {
            Ok(value) => return Ok(value),
            Err(error) => error,
        };
        match error {
            ProbeError::Duplicate => {
                let name = plan.last_field.borrow().clone();
                plan.left_out.borrow_mut().push(name);
            }
            ProbeError::Other => {
                // The text that was read last is the one that has no right form.
                let Some(last) = plan.asked.get().checked_sub(1) else { return Err(error) };
                let mut texts = plan.texts.borrow_mut();
                texts[last] += 1;
                if texts[last] >= TEXTS.len() {
                    return Err(error);
                }
            }
            ProbeError::Missing(_) | ProbeError::UnknownField(_) => return Err(error),
        }
    }
    Err(ProbeError::Other)
}
