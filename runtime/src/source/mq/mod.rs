//! The source `mq`: takes a batch of messages of a broker of Amazon MQ, and delivers it as a whole, or one message after
//! another, raw or with a decoded JSON body. Brokers of `ActiveMQ` and of `RabbitMQ` send two forms of batches, which become
//! one.
// See decision 0118.

#[cfg(feature = "mq")]
mod deliver;
#[cfg(feature = "mq")]
mod event;
#[cfg(feature = "mq")]
mod message;
#[cfg(feature = "mq")]
mod property;
pub(crate) mod registration;
#[cfg(all(test, feature = "mq"))]
mod tests;

#[cfg(feature = "mq")]
pub use event::{ActiveMqFields, MqBroker, MqEvent, MqEventMessage, RabbitMqFields};
#[cfg(feature = "mq")]
pub use message::MqMessage;
#[cfg(feature = "mq")]
pub use property::MqProperty;

pub use registration::{DeliveredByMq, Mq, SOURCE, mq};
