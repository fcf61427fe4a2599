//! The check that a handler takes what the resource of its trigger carries: a consumer the messages of
//! its queue, the records of its stream, the items of its table. Takes the types that `message = …`
//! and `item = …` name, as markers; the macro asserts the rest.

use super::kind;

/// An event that takes what a resource of the kind `K` carries. A `Message<T>`, a `Data<T>` and a
/// `Change<T>` take what is a `T`, and anything where the attribute names no type; whole batches and
/// raw records take anything. `#[derive(Event)]` makes an enum take what all its variants do.
pub trait Takes<K, M> {}

/// An event that takes the messages of a queue.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the messages of this queue",
    label = "the queue carries other messages",
    note = "`message = …` in the queue's `#[resource(queue(…))]` says what its senders send: \
            the consumer takes a `Message` of that type, or a whole `SqsEvent` or raw `SqsMessage`",
    note = "an enum with `#[derive(Event)]` takes what the event of `sqs` in it does"
)]
pub trait TakesMessages<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Takes<kind::Queue, M>> TakesMessages<M> for E {}

/// An event that takes the records of a stream.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the records of this stream",
    label = "the stream carries other records",
    note = "`message = …` in the stream's `#[resource(stream(…))]` says what is put into it: \
            the consumer takes `Data` of that type, or a whole `KinesisEvent` or raw `KinesisEventRecord`",
    note = "an enum with `#[derive(Event)]` takes what the event of `kinesis` in it does"
)]
pub trait TakesRecords<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Takes<kind::Stream, M>> TakesRecords<M> for E {}

/// An event that takes the changes to the items of a table.
#[diagnostic::on_unimplemented(
    message = "`{Self}` does not take the changes to this table",
    label = "the table holds other items",
    note = "`item = …` in the table's `#[resource(table(…))]` says what it holds: the handler takes a \
            `Change` of that type, or a whole `DynamoDbEvent` or raw `DynamoDbEventRecord`",
    note = "`stream = …` says which images there are: of new ones alone the handler takes a \
            `Change<T, Keys<K>>`, of old ones a `Change<Keys<K>, T>`, of keys a `Change<Keys<K>>`",
    note = "an enum with `#[derive(Event)]` takes what the event of `dynamodb` in it does"
)]
pub trait TakesChanges<M> {}

#[diagnostic::do_not_recommend]
impl<M, E: Takes<kind::Table, M>> TakesChanges<M> for E {}

/// Events of a type of the user's. What another kind of resource would deliver to one is no event of
/// its source, which is one message of the compiler already: not a second one.
macro_rules! typed {
    ($feature:literal, $Event:ident of $Kind:ident, beside $($Other:ident)*) => {
        #[cfg(feature = $feature)]
        const _: () = {
            use crate::event::$Event;
            use crate::resource::{Typed, Untyped};

            impl<T> Takes<kind::$Kind, Typed<T>> for $Event<T> {}
            impl<T> Takes<kind::$Kind, Untyped> for $Event<T> {}
            $(impl<T, M> Takes<kind::$Other, M> for $Event<T> {})*
        };
    };
}

typed!("sqs", Message of Queue, beside Stream Table);
typed!("kinesis", Data of Stream, beside Queue Table);

#[cfg(feature = "dynamodb")]
impl<M, T, O> Takes<kind::Queue, M> for crate::event::Change<T, O> {}
#[cfg(feature = "dynamodb")]
impl<M, T, O> Takes<kind::Stream, M> for crate::event::Change<T, O> {}

/// A window takes what the records in it do.
#[cfg(feature = "_shards")]
impl<K, M, S, E: Takes<K, M>> Takes<K, M> for crate::event::Window<S, E> {}

/// Events that do not say what they hold.
macro_rules! untyped {
    ($($feature:literal: $($Event:ident)*;)*) => {$(
        #[cfg(feature = $feature)]
        const _: () = {
            $(impl<K, M> Takes<K, M> for crate::event::$Event {})*
        };
    )*};
}

untyped! {
    "dynamodb": DynamoDbEvent DynamoDbEventRecord;
    "kinesis": KinesisEvent KinesisEventRecord;
    "s3": S3Event S3EventRecord;
    "schedule": ScheduledEvent;
    "sqs": SqsEvent SqsMessage;
}

impl<K, M> Takes<K, M> for () {}
