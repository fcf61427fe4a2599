//! [`StateMachineClient`]: the typed client of a state machine.

use aws_sdk_sfn::operation::start_sync_execution::StartSyncExecutionOutput;
use aws_sdk_sfn::types::SyncExecutionStatus;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::StateMachine;
use super::endpoint::remove_prefix_of_local_host;
use super::workflow::AnswersStarter;
use crate::aws::payload;
use crate::invocation::{BoxFuture, decode};
use crate::resource::define_client::define_client;
use crate::resource::markers::MessageOf;
use crate::resource::sdk_error::map_sdk_error;
use crate::{Error, messages};

/// The most bytes of the input of an execution: 256 KiB, see `StartExecution` of the AWS Step Functions API Reference.
const MAX_INPUT_BYTES: usize = 262_144;

define_client! {
    /// The typed client of a state machine. [`Starter`](crate::Starter) dereferences to it.
    ///
    /// | method | workflow | what it does |
    /// | --- | --- | --- |
    /// | [`start`](Self::start) | any | starts an execution and returns its ARN |
    /// | [`start_named`](Self::start_named) | any | starts an execution with a name |
    /// | [`start_sync`](Self::start_sync) | express | starts an execution and waits for its output |
    /// | [`client`](Self::client) | any | returns the client of the AWS SDK |
    /// | [`name`](Self::name) | any | returns the ARN of the state machine |
    ///
    /// The input has the type that `input = …` of the state machine names, and goes as JSON. The output has the type that
    /// `output = …` names. Mirrors "`StartExecution`" and "`StartSyncExecution`" of the AWS Step Functions API Reference.
    ///
    /// See also [its page](crate::guide::state_machine) in the guide.
    ///
    /// ```no_run
    /// use serde::Serialize;
    /// use skylift::{Error, Starter, function, resource};
    ///
    /// #[resource(state_machine(existing = "checkout", input = Order))]
    /// struct Checkout;
    ///
    /// #[derive(Serialize)]
    /// struct Order { id: String }
    ///
    /// #[function]
    /// async fn place(id: String, checkout: Starter<Checkout>) -> Result<(), Error> {
    ///     checkout.start_named(&id, &Order { id: id.clone() }).await?;
    ///     Ok(())
    /// }
    /// ```
    ///
    /// # Errors
    ///
    /// Every method fails with `InvalidMessage` if the input cannot be serialized as JSON and with `MessageTooLarge` if it
    /// is larger than 256 KiB, both before anything is started. It fails with the error of AWS, by AWS's code
    /// (`ExecutionAlreadyExists`).
    StateMachineClient<R>, aws_sdk_sfn, feature "state_machine", "Returns the ARN of the state machine."
}

// The bounds are on the methods, and the methods return a future on the heap: a bound that does not hold is then one
// error of the compiler, with the text of its trait. For an `async fn`, the compiler reports it three times.
impl<R: StateMachine> StateMachineClient<R> {
    /// Starts an execution. Returns the ARN of the execution, and does not wait for its end.
    ///
    /// If the answer of AWS is lost, the request is repeated, and two executions may start. A name prevents that: see
    /// [`start_named`](Self::start_named).
    pub fn start<'a>(&'a self, input: &MessageOf<R::Input>) -> BoxFuture<'a, Result<String, Error>>
    where
        MessageOf<R::Input>: Serialize,
    {
        let input = encode_input::<R>(input);
        Box::pin(async move { self.start_execution(None, input?).await })
    }

    /// Starts an execution with this name: up to 80 characters. Returns the ARN of the execution, and does not wait for
    /// its end.
    ///
    /// A name makes the start of a standard workflow idempotent: a running execution with the same name and the same input
    /// is not started again. For 90 days, another start with the name fails with `ExecutionAlreadyExists`. Express
    /// workflows do not compare names.
    pub fn start_named<'a>(
        &'a self,
        name: &str,
        input: &MessageOf<R::Input>,
    ) -> BoxFuture<'a, Result<String, Error>>
    where
        MessageOf<R::Input>: Serialize,
    {
        let (name, input) = (name.to_owned(), encode_input::<R>(input));
        Box::pin(async move { self.start_execution(Some(name), input?).await })
    }

    /// Starts an execution of an express workflow, and waits up to five minutes for its output.
    ///
    /// That time counts towards the timeout of the function.
    ///
    /// # Errors
    ///
    /// If the execution fails, fails with the error of the execution: its name is the `Error` of the state, and its message
    /// the `Cause`. Fails with `TimedOut` if the execution takes too long, and with the place of the mistake if the output
    /// does not have the type.
    pub fn start_sync<'a>(
        &'a self,
        input: &MessageOf<R::Input>,
    ) -> BoxFuture<'a, Result<MessageOf<R::Output>, Error>>
    where
        R::Workflow: AnswersStarter,
        MessageOf<R::Input>: Serialize,
        MessageOf<R::Output>: DeserializeOwned,
    {
        let input = encode_input::<R>(input);
        Box::pin(async move {
            let request = self.connection.client.start_sync_execution();
            let request = request.state_machine_arn(&*self.connection.name).input(input?);
            let request = request.customize().mutate_request(remove_prefix_of_local_host);
            let sent = request.send().await;
            read_output::<R>(sent.map_err(map_sdk_error::<R, _, _>("`StartSyncExecution`"))?)
        })
    }

    async fn start_execution(&self, name: Option<String>, input: String) -> Result<String, Error> {
        let request = self.connection.client.start_execution().set_name(name);
        let request = request.state_machine_arn(&*self.connection.name).input(input);
        let started = request.send().await.map_err(map_sdk_error::<R, _, _>("`StartExecution`"))?;
        Ok(started.execution_arn)
    }
}

/// Reads the output of an execution that has ended.
fn read_output<R: StateMachine>(
    ended: StartSyncExecutionOutput,
) -> Result<MessageOf<R::Output>, Error>
where
    MessageOf<R::Output>: DeserializeOwned,
{
    match ended.status {
        SyncExecutionStatus::Succeeded => {
            let output = ended.output.unwrap_or_default();
            let place = messages::client::execution_output(R::ID);
            decode::decode_json(output.as_bytes()).map_err(|error| error.with_context(place))
        }
        SyncExecutionStatus::TimedOut => Err(messages::client::execution_timed_out(R::ID)),
        _ => {
            let cause = ended.cause.unwrap_or_default();
            Err(Error::new(ended.error.unwrap_or_else(|| "ExecutionFailed".into()), cause))
        }
    }
}

/// Serializes the input of an execution as JSON, and checks that Step Functions accepts its size.
fn encode_input<R: StateMachine>(input: &MessageOf<R::Input>) -> Result<String, Error>
where
    MessageOf<R::Input>: Serialize,
{
    let what = messages::client::execution_input(R::ID);
    let input = payload::to_json(&what, input)?;
    payload::check_size(&what, input.len(), MAX_INPUT_BYTES)?;
    Ok(input)
}
