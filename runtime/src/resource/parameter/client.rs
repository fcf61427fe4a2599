//! Fetches the value of a parameter of Systems Manager, decrypted where it is encrypted.

use aws_sdk_ssm::Client;

use super::declared::Parameter;
use crate::Error;
use crate::aws::connection::{SdkConnection, shared_client};
use crate::invocation::BoxFuture;
use crate::resource::cached_value;
use crate::resource::cached_value::CachedValue;
use crate::resource::sdk_error::map_sdk_error;

/// The typed client of a parameter: what [`Reader`](crate::Reader) of a parameter leads to.
///
/// The value is fetched when the function starts, as text. Mirrors "AWS Systems Manager Parameter
/// Store" of the AWS Systems Manager User Guide.
///
/// ```no_run
/// use skylift::{Error, Reader};
/// # use skylift::resource::{Parameter, Resource, kind};
/// # struct Limit;
/// # impl Resource for Limit {
/// #     const ID: &'static str = "Limit";
/// #     const VARIABLE: &'static str = "LIMIT_PARAMETER_NAME";
/// #     type Kind = kind::Parameter;
/// # }
/// # impl Parameter for Limit {}
///
/// async fn import(count: usize, limit: Reader<Limit>) -> Result<(), Error> {
///     if count > limit.get().await?.parse()? {
///         return Err(Error::new("TooMany", "more than one import may bring"));
///     }
///     Ok(())
/// }
/// ```
///
/// # Errors
///
/// The function does not start where AWS refuses the parameter, by AWS's own code
/// (`ParameterNotFound`).
pub type ParameterClient<R> = CachedValue<R, Client, String>;

/// What the readers of a parameter share.
pub(crate) type SharedValue = cached_value::SharedValue<Client, String>;

pub(super) async fn connect<R: Parameter>(name: String) -> Result<SharedValue, Error> {
    open::<R>(shared_client!(aws_sdk_ssm)?, name).await
}

pub(crate) async fn open<R: Parameter>(client: Client, name: String) -> Result<SharedValue, Error> {
    let connection = SdkConnection { client, name: name.into() };
    let own = connection.clone();
    let fetch = move || -> BoxFuture<'static, _> { Box::pin(fetch::<R>(own.clone())) };
    SharedValue::fetch(connection, Box::new(fetch)).await
}

async fn fetch<R: Parameter>(connection: SdkConnection<Client>) -> Result<String, Error> {
    let request = connection.client.get_parameter().name(&*connection.name).with_decryption(true);
    let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`GetParameter`"))?;
    Ok(response.parameter.and_then(|parameter| parameter.value).unwrap_or_default())
}
