//! The kind `bus`, or `bus(name = "events", source = "shop.orders", message = Happened)`: reads the settings of an event bus.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::bus::{Bus, EventSource};

use super::common::{KindKeys, KindWords, NamedType};
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, expand_message_item};
use crate::errors::Errors;
use crate::readers::{read_name, read_text};
use crate::tree::{ArgValue, Args};

impl ResourceGrammar for Bus {
    const KEYS: KindKeys = KindKeys {
        creation: &[],
        types: &["message"],
        policy: None,
        sources: &[],
        view: None,
        properties: &[("Name", "name")],
    };

    const WORDS: KindWords =
        KindWords { names: &[(&["eventbridge", "eventbus", "events"], "write `bus`")], keys: &[] };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read_name, errors);
        let source = args.take("source", read_source, errors);
        Some(Self { name, source })
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        let message = expand_message_item(types, runtime);
        let source = self.source.as_ref().map_or(runtime.package, EventSource::as_str);
        quote!(#message const SOURCE: &'static str = #source;)
    }
}

/// Reads the value of `source`. Returns `None` after an error was recorded.
fn read_source(value: &ArgValue, errors: &mut Errors) -> Option<EventSource> {
    match EventSource::try_from(read_text(value, errors)?) {
        Ok(source) => Some(source),
        Err(message) => {
            errors.push(&value.span, message);
            None
        }
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

    #[test]
    fn a_bus_has_a_source_whether_or_not_it_exists_already() {
        for attribute in [
            r#"bus(source = "shop.orders")"#,
            r#"bus(existing = "default", source = "shop.orders")"#,
        ] {
            let ResourceSettings::Bus(bus) = settings(attribute) else { panic!("{attribute}") };
            assert_eq!(bus.source.unwrap().as_str(), "shop.orders");
        }
        assert_eq!(
            rejected("bus(source = 3)"),
            "expected a string, found a number\n\nhelp: write `\"3\"`"
        );
        assert!(rejected(r#"bus(source = "")"#).starts_with("the source of events is empty"));
        let found = rejected(r#"bus(source = "aws.s3")"#);
        assert!(found.starts_with("`aws.s3` begins with `aws.`, and only AWS's own"), "{found}");
    }
}
