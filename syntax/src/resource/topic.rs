//! `topic`, `topic(fifo, message = News, tls_only = false)`.

use skylift_model::resource::topic::Topic;

use super::common::Grammar;
use super::fifo;
use crate::errors::Errors;
use crate::read;
use crate::tree::Args;

pub(super) const GRAMMAR: Grammar = Grammar {
    made: &["tls_only"],
    types: &["message"],
    properties: &[("TopicName", "name"), ("FifoTopic", "fifo")],
};

/// Reads the arguments of `topic`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Topic> {
    Some(Topic {
        name: args.take("name", read::name, errors),
        fifo: fifo::read(args, errors),
        tls_only: args.flag("tls_only", errors).unwrap_or(true),
    })
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::Settings;

    use crate::resource::testing::{refused, settings};

    #[test]
    fn every_key_is_read() {
        let read = settings("topic");
        let Settings::Topic(topic) = read else { panic!("{read:?}") };
        assert!(topic.name.is_none() && !topic.fifo && topic.tls_only);
        let read = settings(r#"topic(name = "news.fifo", fifo, tls_only = false)"#);
        let Settings::Topic(topic) = read else { panic!("{read:?}") };
        assert_eq!(topic.name.unwrap().as_str(), "news.fifo");
        assert!(topic.fifo && !topic.tls_only);
    }

    #[test]
    fn every_key_is_checked() {
        assert!(refused(r#"topic(name = "a.b")"#).contains("is not a topic name"));
        assert_eq!(refused("topic(tls_only = 1)"), "`tls_only` is true or false, not a number");
    }
}
