//! Computed names of resources and functions: every part of the template can compute them without a reference to
//! the resource. References would be circular (bucket, notification, permission, function, and back; two functions
//! that invoke each other), which CloudFormation rejects.
//!
//! The names contain the last group of the stack's id to distinguish two stacks. The stack's name is not usable: it
//! may be too long or have upper-case letters, which S3 rejects.
// See decision 0026.

use skylift_model::aws::limits;
use skylift_model::aws::name::BucketName;
use skylift_model::aws::node::{Map, Node};
use skylift_model::{Function, StackLayout};
use skylift_syntax::handoff;

/// The length of the last group of a UUID. An account id, such as `123456789012`, has the same length.
const GROUP_LEN: usize = 12;

/// The length of `-0123456789ab`: a hyphen and the last group of a UUID.
const STACK_LEN: usize = 1 + GROUP_LEN;

/// The length of `-123456789012-0123456789ab`: the account's id and the last group of a UUID, each after a hyphen.
const ACCOUNT_AND_STACK_LEN: usize = 2 * STACK_LEN;

/// The part of a computed name that says that a function is in a nested stack.
pub(crate) const NESTED: &str = "-nested";

/// The kind of resource that has a computed name. Each kind has its own rules for valid names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum ComputedNameKind {
    Bucket,
    Bus,
    Function,
    /// A function in a nested stack. Its name differs from that in a single stack: CloudFormation creates the function
    /// there before it deletes the other one.
    NestedFunction,
    StateMachine,
    /// A FIFO topic. CloudFormation would generate the topic's name without the suffix that SNS requires.
    Topic,
}

impl ComputedNameKind {
    /// Returns the beginning of the computed name for a logical id. If the id is too long, the stem is cut and ends
    /// in a hash of the whole id, so that two long ids have two names.
    pub(crate) fn stem(self, id: &str) -> String {
        let (stem, room) = match self {
            Self::Bucket => {
                (to_kebab_case(id), limits::BUCKET_NAME_LEN.end() - ACCOUNT_AND_STACK_LEN)
            }
            Self::Bus => (id.to_owned(), limits::BUS_NAME_LEN - STACK_LEN),
            Self::Function => (id.to_owned(), limits::FUNCTION_NAME_LEN - STACK_LEN),
            Self::NestedFunction => {
                (id.to_owned(), limits::FUNCTION_NAME_LEN - STACK_LEN - NESTED.len())
            }
            Self::StateMachine => (id.to_owned(), limits::STATE_MACHINE_NAME_LEN - STACK_LEN),
            Self::Topic => {
                let room = limits::TOPIC_NAME_LEN - STACK_LEN - limits::FIFO_SUFFIX.len();
                (id.to_owned(), room)
            }
        };
        cut_with_hash(stem, id, room)
    }

    /// Returns the computed name for a logical id, as a text for [`sub_with_stack`]. Only the name of a bucket must
    /// be unique across accounts and regions, so only it contains the account's id.
    pub(crate) fn name(self, id: &str) -> String {
        let stem = self.stem(id);
        match self {
            Self::Bucket => format!("{stem}-${{AWS::AccountId}}-${{Stack}}"),
            Self::Bus | Self::Function | Self::StateMachine => format!("{stem}-${{Stack}}"),
            Self::NestedFunction => format!("{stem}{NESTED}-${{Stack}}"),
            Self::Topic => format!("{stem}-${{Stack}}{}", limits::FIFO_SUFFIX),
        }
    }

    /// Returns the reason why AWS would reject a computed name with this stem, or `None` if AWS accepts it.
    pub(crate) fn check(self, stem: &str) -> Option<String> {
        let digits = "0".repeat(GROUP_LEN);
        let name = format!("{stem}-{digits}-{digits}");
        match self {
            Self::Bucket => BucketName::try_from(name.as_str()).err().map(|it| it.to_string()),
            // Every logical id is valid in these names.
            Self::Bus
            | Self::Function
            | Self::NestedFunction
            | Self::StateMachine
            | Self::Topic => None,
        }
    }

    /// Returns the plural word for resources of this kind, for messages.
    pub(crate) const fn plural(self) -> &'static str {
        match self {
            Self::Bucket => "buckets",
            Self::Bus => "buses",
            Self::Function | Self::NestedFunction => "functions",
            Self::StateMachine => "state machines",
            Self::Topic => "topics",
        }
    }
}

/// Returns the kind of the computed name of a function.
pub(crate) const fn function_kind(function: &Function) -> ComputedNameKind {
    match function.stacks {
        StackLayout::Single => ComputedNameKind::Function,
        StackLayout::Nested => ComputedNameKind::NestedFunction,
    }
}

/// Returns the name of a function's consumer of a Kinesis stream, as a text for [`sub_with_stack`]; `id` is the
/// function's id. The name must be unique among the stream's consumers.
pub(crate) fn consumer_name(id: &str, stacks: StackLayout) -> String {
    let nested = if stacks == StackLayout::Nested { NESTED } else { "" };
    let room = limits::CONSUMER_NAME_LEN - STACK_LEN - nested.len();
    format!("{}{nested}-${{Stack}}", cut_with_hash(id.to_owned(), id, room))
}

/// Returns a `Sub` of `text`, in which the variable `${Stack}` is the last group of the stack's id.
pub(crate) fn sub_with_stack(text: String) -> Node {
    let index = |number: u32, of: Node| {
        Node::Tag("Select", Box::new(Node::Seq(vec![Node::from(number), of])))
    };
    let split =
        |by: &str, text: Node| Node::Tag("Split", Box::new(Node::Seq(vec![Node::from(by), text])));
    let uuid = index(2, split("/", Node::reference("AWS::StackId")));
    let mut stack = Map::new();
    stack.push("Stack", index(4, split("-", uuid)));
    Node::Tag("Sub", Box::new(Node::Seq(vec![Node::from(text), stack.into()])))
}

/// Converts a logical id to kebab case for S3: `ThumbnailBucket` becomes `thumbnail-bucket`.
fn to_kebab_case(id: &str) -> String {
    let mut stem = String::new();
    for letter in id.chars() {
        if letter.is_ascii_uppercase() && !stem.is_empty() && !stem.ends_with('-') {
            stem.push('-');
        }
        stem.push(letter.to_ascii_lowercase());
    }
    stem
}

/// Cuts the stem of a name to `room` characters; a stem that is cut ends in a hash of the logical id.
fn cut_with_hash(mut stem: String, id: &str, room: usize) -> String {
    if stem.len() <= room {
        return stem;
    }
    let hash = format!("-{:08x}", handoff::hash_text(id) >> 32);
    stem.truncate(room - hash.len());
    format!("{}{hash}", stem.trim_end_matches('-'))
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::name::{BusName, FunctionName, StateMachineName};

    use super::*;

    #[test]
    fn names_of_buckets_are_lower_case() {
        let stem = |id| ComputedNameKind::Bucket.stem(id);
        assert_eq!(stem("ThumbnailBucket"), "thumbnail-bucket");
        assert_eq!(stem("Uploads"), "uploads");
        assert_eq!(stem("HTTPLogs"), "h-t-t-p-logs");
        assert_eq!(ComputedNameKind::Bus.stem("HTTPLogs"), "HTTPLogs");
    }

    #[test]
    fn names_of_long_ids_are_cut_and_stay_distinct() {
        let long = "LongName".repeat(40);
        for kind in [
            ComputedNameKind::Bucket,
            ComputedNameKind::Bus,
            ComputedNameKind::Function,
            ComputedNameKind::NestedFunction,
            ComputedNameKind::StateMachine,
            ComputedNameKind::Topic,
        ] {
            let stem = |last: &str| kind.stem(&format!("{long}{last}"));
            assert_ne!(stem("One"), stem("Other"), "{kind:?}");
        }
        assert!(ComputedNameKind::Bucket.stem(&long).starts_with("long-name-long"));
        let consumer = |last| consumer_name(&format!("{long}{last}"), StackLayout::Single);
        assert_ne!(consumer("One"), consumer("Other"));
    }

    #[test]
    fn a_computed_name_is_not_longer_than_aws_accepts() {
        let (long, group) = ("A".repeat(300), "0".repeat(GROUP_LEN));
        let name = |kind: ComputedNameKind| {
            kind.name(&long).replace("${AWS::AccountId}", &group).replace("${Stack}", &group)
        };
        let (bucket, bus) = (name(ComputedNameKind::Bucket), name(ComputedNameKind::Bus));
        for kind in [ComputedNameKind::Function, ComputedNameKind::NestedFunction] {
            let function = name(kind);
            assert!(FunctionName::try_from(function.as_str()).is_ok(), "{function}");
            assert_eq!(function.len(), limits::FUNCTION_NAME_LEN);
        }
        let machine = name(ComputedNameKind::StateMachine);
        assert!(StateMachineName::try_from(machine.as_str()).is_ok(), "{machine}");
        assert_eq!(machine.len(), limits::STATE_MACHINE_NAME_LEN);
        assert!(BucketName::try_from(bucket.as_str()).is_ok(), "{bucket}");
        assert!(BusName::try_from(bus.as_str()).is_ok(), "{bus}");
        assert_eq!(bus.len(), limits::BUS_NAME_LEN);
        for stacks in [StackLayout::Single, StackLayout::Nested] {
            let consumer = consumer_name(&long, stacks).replace("${Stack}", &group);
            assert_eq!(consumer.len(), limits::CONSUMER_NAME_LEN);
        }
    }

    #[test]
    fn a_computed_name_that_s3_reserves_is_reported() {
        let check = |id: &str| ComputedNameKind::Bucket.check(&ComputedNameKind::Bucket.stem(id));
        assert_eq!(check("Uploads"), None);
        assert!(check("SthreeFiles").is_some());
        assert_eq!(check(&"LongName".repeat(20)), None);
    }
}
