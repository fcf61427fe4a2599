//! `topic`, `topic(fifo, message = News, tls_only = false)`.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::topic::Topic;

use super::common::{Grammar, NamedType};
use super::fifo;
use super::items::{self, Runtime};
use super::written::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::Args;

impl Written for Topic {
    const GRAMMAR: Grammar = Grammar {
        made: &["tls_only"],
        types: &["message"],
        properties: &[("TopicName", "name"), ("FifoTopic", "fifo")],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        Some(Self {
            name: args.take("name", read::name, errors),
            fifo: fifo::read(args, errors),
            tls_only: args.flag("tls_only", errors).unwrap_or(true),
        })
    }

    fn items(&self, types: &[NamedType], runtime: Runtime<'_>) -> TokenStream {
        let (message, order) = (items::message(types, runtime), items::order(self.fifo, runtime));
        quote!(#message #order)
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use crate::resource::testing::{refused, settings};

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
        assert!(refused(r#"topic(name = "a.b")"#).contains("is not a topic name"));
        assert_eq!(refused("topic(tls_only = 1)"), "`tls_only` is true or false, not a number");
    }
}
