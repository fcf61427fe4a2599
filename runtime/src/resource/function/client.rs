//! [`FunctionClient`]: invokes another function, and waits for its answer or does not.

use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::declared::Function;
use crate::Error;
use crate::aws::message;
use crate::invocation::decode;
use crate::resource::define_client::define_client;
use crate::resource::sdk_error::map_sdk_error;

/// `Payload` of `Invoke` in the AWS Lambda API Reference: 6 MB for an answer, 1 MB without.
const LARGEST_EVENT: usize = 6 * 1_048_576;

/// See [`LARGEST_EVENT`].
const LARGEST_QUEUED_EVENT: usize = 1_048_576;

define_client! {
    /// The typed client of another function: what [`Invoker`](crate::Invoker) leads to.
    ///
    /// It takes the event that the function's handler takes, and gives what it answers. Mirrors
    /// "Invoke" of the AWS Lambda API Reference.
    ///
    /// ```no_run
    /// use serde::{Deserialize, Serialize};
    /// use skylift::{Error, Invoker};
    /// # use skylift::resource::{Function, Resource, kind};
    /// # #[allow(non_camel_case_types)]
    /// # struct price {}
    /// # impl Resource for price {
    /// #     const ID: &'static str = "Price";
    /// #     const VARIABLE: &'static str = "PRICE_FUNCTION_NAME";
    /// #     type Kind = kind::Function;
    /// # }
    /// # impl Function for price {
    /// #     type Event = Order;
    /// #     type Answer = u64;
    /// # }
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Order { article: String, count: u32 }
    ///
    /// // With `#[function] async fn price(order: Order) -> Result<u64, Error>`:
    /// async fn offer(order: Order, price: Invoker<price>) -> Result<String, Error> {
    ///     let cents = price.invoke(&order).await?;
    ///     Ok(format!("{} of {} for {cents} cents", order.count, order.article))
    /// }
    /// ```
    FunctionClient<R>, aws_sdk_lambda, "The function's name."
}

impl<R: Function> FunctionClient<R>
where
    R::Event: Serialize,
{
    /// Invokes the function and waits for its answer: up to that function's timeout, which counts
    /// towards this one's. A connection that breaks meanwhile is tried again, and the function may then
    /// run twice.
    ///
    /// # Errors
    ///
    /// What the function failed with, by the name and the message that it failed with. Else
    /// `InvalidMessage` and `MessageTooLarge` where the event cannot be written or is over 6 MiB,
    /// and what AWS refused, by AWS's own code (`TooManyRequestsException`).
    pub async fn invoke(&self, event: &R::Event) -> Result<R::Answer, Error>
    where
        R::Answer: DeserializeOwned,
    {
        let event = event_of::<R>(event, LARGEST_EVENT)?;
        let request = self.connection.client.invoke().function_name(&*self.connection.name);
        let request = request.invocation_type(InvocationType::RequestResponse).payload(event);
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`Invoke`"))?;
        let answer = response.payload.map(Blob::into_inner).unwrap_or_default();
        if response.function_error.is_some() {
            return Err(Failed::of(&answer));
        }
        let place = format_args!("the answer of the function `{}`", R::ID);
        decode::json(&answer).map_err(|error| error.at(place))
    }

    /// Hands the event to Lambda, which invokes the function later, and again where it fails.
    ///
    /// # Errors
    ///
    /// `InvalidMessage` and `MessageTooLarge` where the event cannot be written or is over 1 MiB,
    /// and what AWS refused, by AWS's own code.
    pub async fn invoke_async(&self, event: &R::Event) -> Result<(), Error> {
        let event = event_of::<R>(event, LARGEST_QUEUED_EVENT)?;
        let request = self.connection.client.invoke().function_name(&*self.connection.name);
        let request = request.invocation_type(InvocationType::Event).payload(event);
        request.send().await.map(drop).map_err(map_sdk_error::<R, _, _>("`Invoke`"))
    }
}

fn event_of<R: Function>(event: &R::Event, most: usize) -> Result<Blob, Error>
where
    R::Event: Serialize,
{
    let what = format!("the event for the function `{}`", R::ID);
    let event = message::json(&what, event)?;
    message::check_size(&what, event.len(), most)?;
    Ok(Blob::new(event))
}

/// What Lambda says of a function that failed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Failed {
    #[serde(default)]
    error_type: Option<String>,
    #[serde(default)]
    error_message: String,
}

impl Failed {
    fn of(payload: &[u8]) -> Error {
        match serde_json::from_slice::<Self>(payload) {
            Ok(Self { error_type, error_message }) => {
                Error::new(error_type.unwrap_or_else(|| "FunctionError".into()), error_message)
            }
            Err(_) => Error::new("FunctionError", String::from_utf8_lossy(payload)),
        }
    }
}
