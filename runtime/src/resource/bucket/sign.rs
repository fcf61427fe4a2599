//! Signs requests to S3 that `object_store` does not make: lists of objects, and requests that others send later, as
//! presigned URLs and forms. Mirrors "Authenticating Requests (AWS Signature Version 4)" of the Amazon S3 API
//! Reference.

use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{
    PayloadChecksumKind, PercentEncodingMode, SessionTokenMode, SignableBody, SignableRequest,
    SignatureLocation, SigningInstructions, SigningSettings, UriPathNormalizationMode, sign,
};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use object_store::aws::AwsCredential;

use crate::Error;

/// The name of S3 in signatures.
pub(super) const SERVICE: &str = "s3";

/// Returns the headers that sign a `GET` request for this URL, now.
pub(super) fn sign_get(
    url: &str,
    region: &str,
    credential: &AwsCredential,
) -> Result<Vec<(&'static str, String)>, Error> {
    let mut settings = s3_settings();
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    let request = SignableRequest::new("GET", url, std::iter::empty(), SignableBody::Bytes(&[]))?;
    let (headers, _) = sign_now(request, settings, region, credential)?.into_parts();
    Ok(headers.iter().map(|it| (it.name(), it.value().to_owned())).collect())
}

/// Returns the URL with the parameters that let everybody send a request of this method with these headers, from now
/// on for the time `expires_in`.
pub(super) fn presign(
    (method, url): (&str, &str),
    headers: &[(&str, &str)],
    expires_in: Duration,
    region: &str,
    credential: &AwsCredential,
) -> Result<String, Error> {
    let mut settings = s3_settings();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(expires_in);
    let headers = headers.iter().copied();
    let request = SignableRequest::new(method, url, headers, SignableBody::UnsignedPayload)?;
    let (_, parameters) = sign_now(request, settings, region, credential)?.into_parts();
    let parameters = parameters.iter().map(|(name, value)| (*name, &**value));
    Ok(super::keys::append_query(url, parameters))
}

/// Returns the settings of signatures for S3, which encodes a path once and does not normalize it.
fn s3_settings() -> SigningSettings {
    let mut settings = SigningSettings::default();
    settings.percent_encoding_mode = PercentEncodingMode::Single;
    settings.uri_path_normalization_mode = UriPathNormalizationMode::Disabled;
    settings.session_token_mode = SessionTokenMode::Include;
    settings
}

fn sign_now(
    request: SignableRequest<'_>,
    settings: SigningSettings,
    region: &str,
    credential: &AwsCredential,
) -> Result<SigningInstructions, Error> {
    let AwsCredential { key_id, secret_key, token } = credential;
    let credentials = Credentials::new(key_id, secret_key, token.clone(), None, "environment");
    let identity = Identity::from(credentials);
    let params = SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(SERVICE)
        .time(SystemTime::now())
        .settings(settings)
        .build()?
        .into();
    Ok(sign(request, &params)?.into_parts().0)
}
