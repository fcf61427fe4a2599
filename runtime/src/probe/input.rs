//! Reads the constant input of a trigger as the handler's event, as the first event would be read.

use std::marker::PhantomData;

use crate::error::short_type_name;
use crate::handler::DirectEvent;
use crate::{Error, messages};

/// Tells whether the event `E` can be read from JSON: the inherent constant exists only for such types, and takes
/// precedence over that of the trait [`NotRead`]. The compiler reports other types where the handler is made.
pub struct InputProbe<E>(PhantomData<E>);

/// Gives [`InputProbe`] its constant for a type that cannot be read from JSON.
pub trait NotRead {
    /// No probe.
    const PROBE: Option<Probe> = None;
}

impl<E> NotRead for InputProbe<E> {}

impl<E: DirectEvent> InputProbe<E> {
    /// The probe of the input.
    pub const PROBE: Option<Probe> = Some(read_input::<E>);
}

/// Reads the event of the function with a handler's name from an input.
pub(crate) type Probe = fn(&str, &str) -> Result<(), Error>;

/// Checks that the event of the function `handler` can be read from the trigger's constant input.
///
/// # Errors
///
/// Returns an error if the event cannot be read from the input.
pub fn check_input(probe: Option<Probe>, handler: &str, input: &str) -> Result<(), Error> {
    probe.map_or(Ok(()), |probe| probe(handler, input))
}

fn read_input<E: DirectEvent>(handler: &str, input: &str) -> Result<(), Error> {
    match E::decode(input.as_bytes()) {
        Ok(_) => Ok(()),
        Err(why) => {
            let ty = short_type_name(std::any::type_name::<E>());
            Err(messages::startup::input_not_read(handler, ty, &why))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_input_is_read_as_the_event() {
        let check = |input| check_input(InputProbe::<u8>::PROBE, "tick", input);
        assert!(check("3").is_ok());
        let message = check("{}").unwrap_err().to_string();
        assert!(message.starts_with("`tick` takes `u8`, and cannot read it from"), "{message}");
    }
}
