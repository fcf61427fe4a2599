//! `bus`, `bus(name = "events", message = Happened)`.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::bus::Bus;

use super::common::{Grammar, NamedType};
use super::items::{self, Runtime};
use super::written::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::Args;

impl Written for Bus {
    const GRAMMAR: Grammar =
        Grammar { made: &[], types: &["message"], properties: &[("Name", "name")] };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read::name, errors);
        Some(Self { name })
    }

    fn items(&self, types: &[NamedType], runtime: Runtime<'_>) -> TokenStream {
        let message = items::message(types, runtime);
        let package = runtime.package;
        quote!(#message const SOURCE: &'static str = #package;)
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use crate::resource::testing::{refused, settings};

    #[test]
    fn its_name_is_read_and_checked() {
        let read = settings(r#"bus(name = "events")"#);
        let ResourceSettings::Bus(bus) = read else { panic!("{read:?}") };
        assert_eq!(bus.name.unwrap().as_str(), "events");
        assert!(matches!(settings("bus"), ResourceSettings::Bus(bus) if bus.name.is_none()));
        assert!(refused(r#"bus(name = "a b")"#).contains("is not a name of an event bus"));
    }
}
