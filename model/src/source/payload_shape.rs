//! The JSON that a source delivers, as far as its form is known: what a path into it may begin with.

/// A form of JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PayloadShape {
    /// What has it, as messages name it: `a record of a table's stream`.
    pub what: &'static str,
    /// The fields that it may have.
    pub fields: &'static [&'static str],
    /// What to do for one that it has not, where `{rest}` is the path behind its `$`.
    pub advice: &'static str,
    /// Why the whole of it is no key, and what to write, where no two are the same.
    pub unique: Option<(&'static str, &'static str)>,
}

impl PayloadShape {
    /// What Lambda makes of a queue or a stream, and a bucket sends.
    pub(super) const BATCH: Self = Self {
        what: "a batch of records",
        fields: &["Records"],
        advice: "take one record at a time, whose key is looked up in it alone, or write `$.Records[0]{rest}` for the first",
        unique: None,
    };

    /// What ends a tumbling window. AWS: "Implementing stateful Kinesis Data Streams processing in Lambda".
    pub const WINDOW: Self = Self {
        what: "the event that ends a window",
        fields: &[
            "Records",
            "window",
            "state",
            "shardId",
            "eventSourceARN",
            "isFinalInvokeForWindow",
            "isWindowTerminatedEarly",
        ],
        advice: "write `key = [\"$.shardId\", \"$.window.start\"]`, or `$.state{rest}` for what was folded",
        unique: None,
    };
}
