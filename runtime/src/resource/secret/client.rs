//! Fetches the value of a secret: text, or JSON of a type. No error and no log shows any of it.

use aws_sdk_secretsmanager::Client;
use aws_sdk_secretsmanager::error::ProvideErrorMetadata;
use aws_sdk_secretsmanager::operation::get_secret_value::GetSecretValueOutput;

use super::declared::Secret;
use crate::Error;
use crate::aws::connection::{SdkConnection, shared_client};
use crate::invocation::BoxFuture;
use crate::resource::cached_value;
use crate::resource::cached_value::CachedValue;
use crate::resource::markers::SecretContents;
use crate::resource::sdk_error::map_sdk_error;

/// The typed client of a secret: what [`Reader`](crate::Reader) of a secret leads to.
///
/// The value is fetched when the function starts, and it is text, or what `value = …` of the secret
/// names, from JSON. Mirrors "Get a secret value" of the AWS Secrets Manager User Guide.
///
/// ```no_run
/// use serde::Deserialize;
/// use skylift::{Error, Reader};
/// # use skylift::resource::{SecretJson, Resource, Secret, kind};
/// # struct Database;
/// # impl Resource for Database {
/// #     const ID: &'static str = "Database";
/// #     const VARIABLE: &'static str = "DATABASE_SECRET_ARN";
/// #     type Kind = kind::Secret;
/// # }
/// # impl Secret for Database {
/// #     type Value = SecretJson<Credentials>;
/// # }
/// # fn connect(_: &str, _: &str) {}
///
/// #[derive(Deserialize)]
/// struct Credentials { user: String, password: String }
///
/// async fn report(database: Reader<Database>) -> Result<(), Error> {
///     let credentials = database.get().await?;
///     connect(&credentials.user, &credentials.password);
///     Ok(())
/// }
/// ```
///
/// # Errors
///
/// The function does not start where the secret has no value (`EmptySecret`), where its value is not
/// what it should be (`InvalidSecret`), and where AWS refuses it, by AWS's own code
/// (`AccessDeniedException`).
pub type SecretClient<R> = CachedValue<R, Client, ContentsOf<R>>;

/// The type of a secret's value.
pub(crate) type ContentsOf<R> = <<R as Secret>::Value as SecretContents>::Type;

/// What the readers of a secret share.
pub(crate) type SharedValue<R> = cached_value::SharedValue<Client, ContentsOf<R>>;

pub(super) async fn connect<R: Secret>(arn: String) -> Result<SharedValue<R>, Error> {
    open::<R>(shared_client!(aws_sdk_secretsmanager)?, arn).await
}

pub(crate) async fn open<R: Secret>(client: Client, arn: String) -> Result<SharedValue<R>, Error> {
    let connection = SdkConnection { client, name: arn.into() };
    let own = connection.clone();
    let fetch = move || -> BoxFuture<'static, _> { Box::pin(fetch::<R>(own.clone())) };
    SharedValue::<R>::fetch(connection, Box::new(fetch)).await
}

async fn fetch<R: Secret>(connection: SdkConnection<Client>) -> Result<ContentsOf<R>, Error> {
    let request = connection.client.get_secret_value().secret_id(&*connection.name);
    match request.send().await {
        Ok(response) => parse::<R>(response),
        Err(error) if is_empty(&error) => Err(empty::<R>(&connection.name)),
        Err(error) => Err(map_sdk_error::<R, _, _>("`GetSecretValue`")(error)),
    }
}

/// A secret that is there and has no version yet is "not found" too, in other words.
fn is_empty(error: &impl ProvideErrorMetadata) -> bool {
    error.code() == Some("ResourceNotFoundException")
        && error.message().is_some_and(|message| message.contains("AWSCURRENT"))
}

fn empty<R: Secret>(arn: &str) -> Error {
    Error::new(
        "EmptySecret",
        format!(
            "the secret `{}` has no value yet; help: `aws secretsmanager put-secret-value \
             --secret-id {arn} --secret-string …`",
            R::ID
        ),
    )
}

fn parse<R: Secret>(response: GetSecretValueOutput) -> Result<ContentsOf<R>, Error> {
    let invalid = |what: &str| {
        Error::new("InvalidSecret", format!("the value of the secret `{}` {what}", R::ID))
    };
    let text = response.secret_string.ok_or_else(|| invalid("is bytes, not text"))?;
    R::Value::parse(text).map_err(|what| invalid(&what))
}
