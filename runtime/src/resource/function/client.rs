//! [`FunctionClient`]: the typed client of another function.

use aws_sdk_lambda::primitives::Blob;
use aws_sdk_lambda::types::InvocationType;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use super::Function;
use crate::aws::payload;
use crate::invocation::BoxFuture;
use crate::invocation::decode;
use crate::resource::define_client::define_client;
use crate::resource::sdk_error::map_sdk_error;
use crate::{Error, messages};

/// The most bytes of the event of a synchronous invocation: 6 MB, see `Payload` of `Invoke` in the AWS Lambda API
/// Reference.
const MAX_EVENT_BYTES: usize = 6 * 1_048_576;

/// The most bytes of the event of an asynchronous invocation: 1 MB, see `Payload` of `Invoke` in the AWS Lambda API
/// Reference.
const MAX_ASYNC_EVENT_BYTES: usize = 1_048_576;

define_client! {
    /// The typed client of another function. [`Invoker`](crate::Invoker) dereferences to it.
    ///
    /// | method | what it does |
    /// | --- | --- |
    /// | [`invoke`](Self::invoke) | invokes the function and waits for its answer |
    /// | [`invoke_async`](Self::invoke_async) | invokes the function and does not wait |
    /// | [`client`](Self::client) | returns the client of the AWS SDK |
    /// | [`name`](Self::name) | returns the name of the function |
    ///
    /// The event has the type that the function's handler takes, and the answer the type that it returns. Mirrors
    /// "Invoke" of the AWS Lambda API Reference.
    ///
    /// See also [its page](crate::guide::invoker) in the guide.
    ///
    /// ```no_run
    /// use serde::{Deserialize, Serialize};
    /// use skylift::{Error, Invoker, function};
    ///
    /// #[derive(Serialize, Deserialize)]
    /// struct Order { article: String, count: u32 }
    ///
    /// #[function]
    /// async fn price(order: Order) -> Result<u64, Error> {
    ///     Ok(199 * u64::from(order.count))
    /// }
    ///
    /// #[function]
    /// async fn offer(order: Order, price: Invoker<price>) -> Result<String, Error> {
    ///     let cents = price.invoke(&order).await?;
    ///     Ok(format!("{} of {} for {cents} cents", order.count, order.article))
    /// }
    /// ```
    FunctionClient<R>, aws_sdk_lambda, feature "invoke", "Returns the name of the function."
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler. For an `async fn`, the compiler reports it three times.
impl<R: Function> FunctionClient<R> {
    /// Invokes the function and waits for its answer.
    ///
    /// The method waits up to the timeout of the invoked function. That time counts towards the timeout of the
    /// calling function. If the connection breaks meanwhile, the request is retried, and the invoked function may run
    /// twice.
    ///
    /// # Errors
    ///
    /// If the invoked function fails, fails with the error of that function, with its name and its message. Fails
    /// with `InvalidMessage` if the event cannot be serialized, with `MessageTooLarge` if it is larger than 6 MiB,
    /// and with the error of AWS, by AWS's code (`TooManyRequestsException`).
    pub fn invoke<'a>(&'a self, event: &R::Event) -> BoxFuture<'a, Result<R::Answer, Error>>
    where
        R::Event: Serialize,
        R::Answer: DeserializeOwned,
    {
        let event = encode_event::<R>(event, MAX_EVENT_BYTES);
        Box::pin(async move { self.send_event(event?).await })
    }

    async fn send_event(&self, event: Blob) -> Result<R::Answer, Error>
    where
        R::Answer: DeserializeOwned,
    {
        let request = self.connection.client.invoke().function_name(&*self.connection.name);
        let request = request.invocation_type(InvocationType::RequestResponse).payload(event);
        let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`Invoke`"))?;
        let answer = response.payload.map(Blob::into_inner).unwrap_or_default();
        if response.function_error.is_some() {
            return Err(FunctionError::parse(&answer));
        }
        let place = messages::client::function_answer(R::ID);
        decode::decode_json(&answer).map_err(|error| error.with_context(place))
    }

    /// Invokes the function asynchronously: hands the event to Lambda and does not wait.
    ///
    /// Lambda invokes the function later, and retries the invocation if the function fails.
    ///
    /// # Errors
    ///
    /// Fails with `InvalidMessage` if the event cannot be serialized, with `MessageTooLarge` if it is larger than 1
    /// MiB, and with the error of AWS, by AWS's code.
    pub fn invoke_async<'a>(&'a self, event: &R::Event) -> BoxFuture<'a, Result<(), Error>>
    where
        R::Event: Serialize,
    {
        let event = encode_event::<R>(event, MAX_ASYNC_EVENT_BYTES);
        Box::pin(async move {
            let request = self.connection.client.invoke().function_name(&*self.connection.name);
            let request = request.invocation_type(InvocationType::Event).payload(event?);
            request.send().await.map(drop).map_err(map_sdk_error::<R, _, _>("`Invoke`"))
        })
    }
}

/// Serializes the event for a function as JSON, and checks that it has at most `max_bytes` bytes.
fn encode_event<R: Function>(event: &R::Event, max_bytes: usize) -> Result<Blob, Error>
where
    R::Event: Serialize,
{
    let what = messages::client::function_event(R::ID);
    let event = payload::to_json(&what, event)?;
    payload::check_size(&what, event.len(), max_bytes)?;
    Ok(Blob::new(event))
}

/// The answer of Lambda to `Invoke` if the invoked function failed.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct FunctionError {
    #[serde(default)]
    error_type: Option<String>,
    #[serde(default)]
    error_message: String,
}

impl FunctionError {
    /// Parses the payload of an answer of Lambda into the error of the invoked function. If the payload is not JSON
    /// of that form, the error has the whole payload as its message.
    fn parse(payload: &[u8]) -> Error {
        match serde_json::from_slice::<Self>(payload) {
            Ok(Self { error_type, error_message }) => {
                Error::new(error_type.unwrap_or_else(|| "FunctionError".into()), error_message)
            }
            Err(_) => Error::new("FunctionError", String::from_utf8_lossy(payload)),
        }
    }
}
