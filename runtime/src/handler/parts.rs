//! What the types inside a handler's event and response have to implement. The code of the macros names the whole type
//! through the type inside, as `<Job as Decoded>::In<Message<Job>>`. If the inner type lacks what it needs, the compiler
//! reports this once, at the inner type, in the words of serde, which name the derive.

use serde::{Deserialize, Serialize};

use crate::Streaming;

/// A type that the runtime decodes: the `Job` of a `Message<Job>` or of a `Json<Job>`.
pub trait Decoded {
    /// The whole type.
    type In<T>;
}

impl<P: for<'de> Deserialize<'de>> Decoded for P {
    type In<T> = T;
}

/// A type that the runtime encodes as the response: the `Receipt` of a `Result<Receipt, Error>`.
pub trait Encoded {
    /// The whole type.
    type In<T>;
}

impl<P: Serialize> Encoded for P {
    type In<T> = T;
}

impl Encoded for Streaming {
    type In<T> = T;
}
