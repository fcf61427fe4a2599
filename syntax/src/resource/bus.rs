//! `bus`, `bus(name = "events", message = Happened)`.

use skylift_model::resource::bus::Bus;

use super::common::Grammar;
use crate::errors::Errors;
use crate::read;
use crate::tree::Args;

pub(super) const GRAMMAR: Grammar =
    Grammar { made: &[], types: &["message"], properties: &[("Name", "name")] };

/// Reads the arguments of `bus`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Bus> {
    let name = args.take("name", read::name, errors);
    Some(Bus { name })
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::Settings;

    use crate::resource::testing::{refused, settings};

    #[test]
    fn its_name_is_read_and_checked() {
        let read = settings(r#"bus(name = "events")"#);
        let Settings::Bus(bus) = read else { panic!("{read:?}") };
        assert_eq!(bus.name.unwrap().as_str(), "events");
        assert!(matches!(settings("bus"), Settings::Bus(bus) if bus.name.is_none()));
        assert!(refused(r#"bus(name = "a b")"#).contains("is not a name of an event bus"));
    }
}
