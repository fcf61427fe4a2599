//! [`ParameterClient`]: the typed client of a parameter of Systems Manager. Fetches the value, decrypted if it is
//! encrypted.

use aws_sdk_ssm::Client;

use super::Parameter;
use crate::Error;
use crate::aws::connection::{SdkConnection, shared_client};
use crate::invocation::BoxFuture;
use crate::resource::cached_value;
use crate::resource::cached_value::CachedValue;
use crate::resource::sdk_error::map_sdk_error;

/// The typed client of a parameter. [`Reader`](crate::Reader) of a parameter dereferences to it.
///
/// | method | what it does |
/// | --- | --- |
/// | [`get`](CachedValue::get) | returns the value, at most five minutes old |
/// | [`get_max_age`](CachedValue::get_max_age) | returns the value, at most as old as you say |
/// | [`refresh`](CachedValue::refresh) | fetches the value now |
/// | [`client`](CachedValue::client) | returns the client of the AWS SDK |
/// | [`name`](CachedValue::name) | returns the name of the parameter |
///
/// The value of a parameter is text, fetched when the function starts. Mirrors "AWS Systems Manager Parameter Store"
/// of the AWS Systems Manager User Guide.
///
/// See also [its page](crate::guide::parameter) in the guide.
///
/// ```no_run
/// use skylift::{Error, Reader, function, resource};
///
/// #[resource(parameter(value = "1000"))]
/// struct Limit;
///
/// #[function]
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
/// If AWS returns an error for the parameter, the function does not start, and fails with the error of AWS, by AWS's
/// code (`ParameterNotFound`).
#[cfg_attr(docsrs, doc(cfg(feature = "parameter")))]
pub type ParameterClient<R> = CachedValue<R, Client, String>;

/// The connection and the cached value that the typed clients of a parameter share.
pub(crate) type SharedValue = cached_value::SharedValue<Client, String>;

pub(super) async fn connect<R: Parameter>(name: String) -> Result<SharedValue, Error> {
    fetch_first_value::<R>(shared_client!(aws_sdk_ssm, &name)?, name).await
}

pub(crate) async fn fetch_first_value<R: Parameter>(
    client: Client,
    name: String,
) -> Result<SharedValue, Error> {
    let connection = SdkConnection { client, name: name.into() };
    let shared = connection.clone();
    let fetch = move || -> BoxFuture<'static, _> { Box::pin(fetch_value::<R>(shared.clone())) };
    SharedValue::fetch(connection, Box::new(fetch)).await
}

async fn fetch_value<R: Parameter>(connection: SdkConnection<Client>) -> Result<String, Error> {
    let request = connection.client.get_parameter().name(&*connection.name).with_decryption(true);
    let response = request.send().await.map_err(map_sdk_error::<R, _, _>("`GetParameter`"))?;
    Ok(response.parameter.and_then(|parameter| parameter.value).unwrap_or_default())
}
