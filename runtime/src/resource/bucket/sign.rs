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

/// Returns the headers that sign a `GET` request for this URL. `now` is the time of the signature.
pub(super) fn sign_get(
    url: &str,
    region: &str,
    credential: &AwsCredential,
    now: SystemTime,
) -> Result<Vec<(&'static str, String)>, Error> {
    let mut settings = s3_settings();
    settings.payload_checksum_kind = PayloadChecksumKind::XAmzSha256;
    let request = SignableRequest::new("GET", url, std::iter::empty(), SignableBody::Bytes(&[]))?;
    let (headers, _) = sign_request(request, settings, region, credential, now)?.into_parts();
    Ok(headers.iter().map(|it| (it.name(), it.value().to_owned())).collect())
}

/// Returns the URL with the parameters that let everybody send a request of this method with these headers, from `now`
/// on for the time `expires_in`.
pub(super) fn presign(
    (method, url): (&str, &str),
    headers: &[(&str, &str)],
    (now, expires_in): (SystemTime, Duration),
    region: &str,
    credential: &AwsCredential,
) -> Result<String, Error> {
    let mut settings = s3_settings();
    settings.signature_location = SignatureLocation::QueryParams;
    settings.expires_in = Some(expires_in);
    let headers = headers.iter().copied();
    let request = SignableRequest::new(method, url, headers, SignableBody::UnsignedPayload)?;
    let (_, parameters) = sign_request(request, settings, region, credential, now)?.into_parts();
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

fn sign_request(
    request: SignableRequest<'_>,
    settings: SigningSettings,
    region: &str,
    credential: &AwsCredential,
    now: SystemTime,
) -> Result<SigningInstructions, Error> {
    let AwsCredential { key_id, secret_key, token } = credential;
    let credentials = Credentials::new(key_id, secret_key, token.clone(), None, "environment");
    let identity = Identity::from(credentials);
    let params = SigningParams::builder()
        .identity(&identity)
        .region(region)
        .name(SERVICE)
        .time(now)
        .settings(settings)
        .build()?
        .into();
    Ok(sign(request, &params)?.into_parts().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The time and the credentials of the examples of the Amazon S3 API Reference.
    const EXAMPLE_TIME: Duration = Duration::from_hours(380_376);

    fn example() -> (AwsCredential, SystemTime) {
        let credential = AwsCredential {
            key_id: "AKIAIOSFODNN7EXAMPLE".into(),
            secret_key: "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY".into(),
            token: None,
        };
        (credential, SystemTime::UNIX_EPOCH + EXAMPLE_TIME)
    }

    #[test]
    fn a_list_has_the_signature_of_the_example_of_aws() {
        let (credential, now) = example();
        let url = "https://examplebucket.s3.amazonaws.com/?max-keys=2&prefix=J";
        let headers = sign_get(url, "us-east-1", &credential, now).unwrap();
        let (_, authorization) = headers.iter().find(|it| it.0 == "authorization").unwrap();
        let signature = "34b48302e7b5fa45bde8084f4b7868a86f0a534bc59db6670ed5711ef69dc6f7";
        assert!(authorization.ends_with(&format!("Signature={signature}")), "{authorization}");
    }

    #[test]
    fn a_presigned_url_has_the_signature_of_the_example_of_aws() {
        let (credential, now) = example();
        let url = ("GET", "https://examplebucket.s3.amazonaws.com/test.txt");
        let day = Duration::from_hours(24);
        let url = presign(url, &[], (now, day), "us-east-1", &credential).unwrap();
        let signature = "aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        assert!(url.contains(&format!("X-Amz-Signature={signature}")), "{url}");
    }
}
