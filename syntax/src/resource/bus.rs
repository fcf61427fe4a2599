//! The kind `bus`, or `bus(name = "events", message = Happened)`: reads the settings of an event bus.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::bus::Bus;

use super::common::{KindKeys, NamedType};
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, expand_message_item};
use crate::errors::Errors;
use crate::readers::read_name;
use crate::tree::Args;

impl ResourceGrammar for Bus {
    const KEYS: KindKeys =
        KindKeys { creation: &[], types: &["message"], properties: &[("Name", "name")] };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read_name, errors);
        Some(Self { name })
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        let message = expand_message_item(types, runtime);
        let package = runtime.package;
        quote!(#message const SOURCE: &'static str = #package;)
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use crate::resource::testing::{rejected, settings};

    #[test]
    fn the_name_is_read_and_checked() {
        let read = settings(r#"bus(name = "events")"#);
        let ResourceSettings::Bus(bus) = read else { panic!("{read:?}") };
        assert_eq!(bus.name.unwrap().as_str(), "events");
        assert!(matches!(settings("bus"), ResourceSettings::Bus(bus) if bus.name.is_none()));
        assert!(rejected(r#"bus(name = "a b")"#).contains("is not a name of an event bus"));
    }
}
