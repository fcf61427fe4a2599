//! [`SecretClient`]: the typed client of a secret. Fetches the value of the secret: text, or JSON of a type. No error
//! and no line of the log shows any part of the value.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::ProvideErrorMetadata;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;

use super::Secret;
use crate::aws::connection::{SdkConnection, shared_client};
use crate::invocation::BoxFuture;
use crate::resource::cached_value;
use crate::resource::cached_value::CachedValue;
use crate::resource::markers::SecretContents;
use crate::resource::sdk_error::map_sdk_error;
use crate::{Error, messages};

/// The typed client of a secret. [`Reader`](crate::Reader) of a secret dereferences to it.
///
/// | method | what it does |
/// | --- | --- |
/// | [`get`](CachedValue::get) | returns the value, at most five minutes old |
/// | [`get_max_age`](CachedValue::get_max_age) | returns the value, at most as old as you say |
/// | [`refresh`](CachedValue::refresh) | fetches the value now |
/// | [`client`](CachedValue::client) | returns the client of the AWS SDK |
/// | [`name`](CachedValue::name) | returns the ARN of the secret |
///
/// The value of a secret is fetched when the function starts. The value is text, or JSON of the type that `value = …`
/// of the secret names. Mirrors "Get a secret value" of the AWS Secrets Manager User Guide.
///
/// See also [its page](crate::guide::secret) in the guide.
///
/// ```no_run
/// use serde::Deserialize;
/// use skylift::{Error, Reader, function, resource};
///
/// #[resource(secret(value = Credentials))]
/// struct Database;
/// # fn connect(_: &str, _: &str) {}
///
/// #[derive(Deserialize)]
/// struct Credentials { user: String, password: String }
///
/// #[function(schedule = "rate(1 day)")]
/// async fn report(database: Reader<Database>) -> Result<(), Error> {
///     let credentials = database.get().await?;
///     connect(&credentials.user, &credentials.password);
///     Ok(())
/// }
/// ```
///
/// # Errors
///
/// The function does not start if the secret has no value (`EmptySecret`), if the value does not have the declared
/// type (`InvalidSecret`), or if AWS returns an error. The error of AWS has AWS's code as its name
/// (`AccessDeniedException`).
#[cfg_attr(docsrs, doc(cfg(feature = "secret")))]
pub type SecretClient<R> = CachedValue<R, Client, ContentsOf<R>>;

/// The type of the value of the secret `R`.
pub(crate) type ContentsOf<R> = <<R as Secret>::Value as SecretContents>::Type;

/// The connection and the cached value that the typed clients of a secret share.
pub(crate) type SharedValue<R> = cached_value::SharedValue<Client, ContentsOf<R>>;

pub(super) async fn connect<R: Secret>(arn: String) -> Result<SharedValue<R>, Error> {
    fetch_first_value::<R>(shared_client!(aws_sdk_secretsmanager, &arn)?, arn).await
}

pub(crate) async fn fetch_first_value<R: Secret>(
    client: Client,
    arn: String,
) -> Result<SharedValue<R>, Error> {
    let connection = SdkConnection { client, name: arn.into() };
    let shared = connection.clone();
    let fetch = move || -> BoxFuture<'static, _> { Box::pin(fetch_value::<R>(shared.clone())) };
    SharedValue::<R>::fetch(connection, Box::new(fetch)).await
}

async fn fetch_value<R: Secret>(connection: SdkConnection<Client>) -> Result<ContentsOf<R>, Error> {
    let request = connection.client.get_secret_value().secret_id(&*connection.name);
    match request.send().await {
        Ok(response) => parse_value::<R>(response),
        Err(error) if has_no_value(&error) => {
            Err(messages::client::secret_without_value(R::ID, &connection.name))
        }
        Err(error) => Err(map_sdk_error::<R, _, _>("`GetSecretValue`")(error)),
    }
}

/// Returns whether an error of `GetSecretValue` means that the secret exists and has no value yet. AWS's code is the
/// same as for a secret that does not exist; only the message differs.
fn has_no_value(error: &impl ProvideErrorMetadata) -> bool {
    error.code() == Some("ResourceNotFoundException")
        && error.message().is_some_and(|message| message.contains("AWSCURRENT"))
}

fn parse_value<R: Secret>(response: GetSecretValueOutput) -> Result<ContentsOf<R>, Error> {
    let text = response.secret_string.ok_or_else(|| {
        messages::client::invalid_secret(R::ID, messages::client::secret_is_binary())
    })?;
    R::Value::parse(text).map_err(|why| messages::client::invalid_secret(R::ID, &why))
}
