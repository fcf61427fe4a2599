//! Why an answer does not reach the service that waits for it.

use crate::Error;

/// Why one try to send an answer failed. It never has the URL.
#[derive(Debug)]
pub(crate) enum DeliveryFailure {
    /// There is no connection, or it ended.
    NoConnection,
    /// There was no response in time.
    NoAnswer,
    /// The response had this status.
    Status(u16),
    /// The service refused the answer with this code.
    #[cfg(feature = "deployment_hook")]
    Refused(String),
}

impl DeliveryFailure {
    /// Returns whether another try may succeed.
    pub(crate) fn is_transient(&self) -> bool {
        match self {
            Self::NoConnection | Self::NoAnswer => true,
            Self::Status(status) => *status >= 500 || [408, 429].contains(status),
            #[cfg(feature = "deployment_hook")]
            Self::Refused(_) => false,
        }
    }
}

/// Reports that an answer did not reach a service after this many tries.
pub(crate) fn not_delivered(service: &str, failure: &DeliveryFailure, tries: u32) -> Error {
    let why = match failure {
        DeliveryFailure::NoConnection => "the connection failed".to_owned(),
        DeliveryFailure::NoAnswer => "no response in time".to_owned(),
        DeliveryFailure::Status(status) => format!("status {status}"),
        #[cfg(feature = "deployment_hook")]
        DeliveryFailure::Refused(code) => code.clone(),
    };
    let tries = if tries == 1 { "1 try".to_owned() } else { format!("{tries} tries") };
    Error::new(
        "AnswerNotDelivered",
        format!("{service} did not get the answer: {why}, after {tries}"),
    )
}
