//! The kind `topic`, or `topic(fifo, message = News, tls_only = false)`: reads the settings of an SNS topic.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::ResourceKind;
use skylift_model::resource::topic::Topic;

use super::common::{KindKeys, KindWords, NamedType};
use super::fifo::read_fifo;
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, expand_message_item, expand_order_item};
use crate::errors::Errors;
use crate::readers::read_name;
use crate::tree::Args;

impl ResourceGrammar for Topic {
    const KEYS: KindKeys = KindKeys {
        creation: &["tls_only", "from"],
        types: &["message"],
        policy: Some("sns"),
        sources: &[ResourceKind::Bucket, ResourceKind::Bus],
        view: None,
        properties: &[("TopicName", "name"), ("FifoTopic", "fifo")],
    };

    const WORDS: KindWords = KindWords {
        names: &[(&["sns"], "write `topic`")],
        keys: &[
            (&["displayname"], "write `properties = { \"DisplayName\": \"…\" }`"),
            (&["fifotopic"], "write `fifo`"),
            (
                &["subscribe", "subscription", "subscriptions"],
                "write `from = topic(…)` in the `#[resource(queue)]` that is subscribed",
            ),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        Some(Self {
            name: args.take("name", read_name, errors),
            fifo: read_fifo(args, errors),
            tls_only: args.take_flag("tls_only", errors).unwrap_or(true),
        })
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        let (message, order) =
            (expand_message_item(types, runtime), expand_order_item(self.fifo, runtime));
        quote!(#message #order)
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use crate::resource::testing::{rejected, settings};

    #[test]
    fn every_key_is_read() {
        let read = settings("topic");
        let ResourceSettings::Topic(topic) = read else { panic!("{read:?}") };
        assert!(topic.name.is_none() && !topic.fifo && topic.tls_only);
        let read = settings(r#"topic(name = "news.fifo", fifo, tls_only = false)"#);
        let ResourceSettings::Topic(topic) = read else { panic!("{read:?}") };
        assert_eq!(topic.name.unwrap().as_str(), "news.fifo");
        assert!(topic.fifo && !topic.tls_only);
    }

    #[test]
    fn every_key_is_checked() {
        assert!(rejected(r#"topic(name = "a.b")"#).contains("is not a topic name"));
        assert_eq!(
            rejected("topic(tls_only = 1)"),
            "`tls_only` takes `true` or `false`, found a number"
        );
    }
}
