//! The answer to CodeDeploy: the call `PutLifecycleEventHookExecutionStatus`, signed with the credentials of the function.
//! It is one request of JSON, for which a client of the SDK would be too large.

use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_sigv4::http_request::{SignableBody, SignableRequest, SigningSettings, sign};
use aws_sigv4::sign::v4::SigningParams;
use aws_smithy_runtime_api::client::identity::Identity;
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_types::body::SdkBody;
use http_body_util::{BodyExt as _, Limited};
use serde::Deserialize;
use serde_json::json;

use super::hook::DeploymentHook;
use crate::aws::credentials::AwsCredentials;
use crate::aws::delivery::{send, try_until_sent};
use crate::aws::environment::{Endpoints, Environment, Keys, read_variable};
use crate::aws::trace_propagation::propagate_trace_header;
use crate::messages::delivery::{DeliveryFailure, not_delivered};
use crate::messages::deployment_hook as messages;
use crate::{Context, Error};

/// The name of CodeDeploy in signatures and hosts.
const SERVICE: &str = "codedeploy";

/// The operation, with the version of the API.
const TARGET: &str = "CodeDeploy_20141006.PutLifecycleEventHookExecutionStatus";

/// The type of the request's content.
const CONTENT_TYPE: &str = "application/x-amz-json-1.1";

/// The error of a call that was answered before.
const ANSWERED_BEFORE: &str = "LifecycleEventAlreadyCompletedException";

/// The errors of a call that CodeDeploy takes later.
const LATER: [&str; 2] = ["ThrottlingException", "Throttling"];

/// The largest response that is read.
const MAX_RESPONSE_BYTES: usize = 64 * 1024;

/// Whether the deployment goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Status {
    Succeeded,
    Failed,
}

impl Status {
    const fn as_str(self) -> &'static str {
        match self {
            Self::Succeeded => "Succeeded",
            Self::Failed => "Failed",
        }
    }
}

/// Where the answer goes, and in which region it is signed.
pub(super) struct Address {
    pub(super) url: String,
    pub(super) region: String,
}

/// Tells CodeDeploy whether the hook succeeded.
pub(super) async fn put_status(
    hook: &DeploymentHook,
    status: Status,
    context: &Context,
) -> Result<(), Error> {
    let environment = Environment::from_variables(read_variable)?;
    let credentials = AwsCredentials::shared(environment.credentials);
    let url = find_url(Endpoints(read_variable), &environment.region)?;
    let address = Address { url, region: environment.region };
    send_status(hook, status, &address, &credentials, context).await
}

/// Sends the status to this address, signed with these credentials.
pub(super) async fn send_status(
    hook: &DeploymentHook,
    status: Status,
    address: &Address,
    credentials: &AwsCredentials,
    context: &Context,
) -> Result<(), Error> {
    let body = json!({
        "deploymentId": hook.deployment_id,
        "lifecycleEventHookExecutionId": hook.lifecycle_event_hook_execution_id,
        "status": status.as_str(),
    });
    let body = body.to_string();
    let (keys, _) = credentials.get().await?;
    // The first request shows whether it can be made at all.
    new_request(&body, address, &keys)?;
    let attempt = || async {
        let request = new_request(&body, address, &keys);
        let request = request.map_err(|_| DeliveryFailure::NoConnection)?;
        read_response(send(request, address.url.starts_with("https:")).await?).await
    };
    let sent = try_until_sent(context, attempt).await;
    sent.map_err(|(failure, tries)| not_delivered(messages::SERVICE, &failure, tries))
}

/// Returns the URL of CodeDeploy in a region, or the one that the environment sets.
pub(super) fn find_url(endpoints: Endpoints, region: &str) -> Result<String, Error> {
    if let Some(url) = endpoints.for_service("CodeDeploy")? {
        return Ok(url);
    }
    if let Some(url) = endpoints.for_all_services()? {
        return Ok(url);
    }
    let suffix = if region.starts_with("cn-") { ".cn" } else { "" };
    Ok(format!("https://{SERVICE}.{region}.amazonaws.com{suffix}/"))
}

/// Makes the request, signed now.
fn new_request(body: &str, address: &Address, keys: &Keys) -> Result<HttpRequest, Error> {
    let headers = [("content-type", CONTENT_TYPE), ("x-amz-target", TARGET)];
    let Keys { access_key, secret_key, session_token } = keys;
    let token = session_token.clone();
    let credentials = Credentials::new(access_key, secret_key, token, None, "environment");
    let identity = Identity::from(credentials);
    let params = SigningParams::builder()
        .identity(&identity)
        .region(&address.region)
        .name(SERVICE)
        .time(SystemTime::now())
        .settings(SigningSettings::default())
        .build()?
        .into();
    let signable = SignableBody::Bytes(body.as_bytes());
    let signable = SignableRequest::new("POST", &address.url, headers.iter().copied(), signable)?;
    let (signature, _) = sign(signable, &params)?.into_parts();
    let (signed, _) = signature.into_parts();
    let mut request = HttpRequest::new(SdkBody::from(body));
    request.set_method("POST")?;
    request.set_uri(address.url.as_str())?;
    let all = headers.iter().copied().chain(signed.iter().map(|it| (it.name(), it.value())));
    for (name, value) in all {
        request.headers_mut().try_insert(name.to_owned(), value.to_owned())?;
    }
    request.headers_mut().try_insert("content-length", body.len().to_string())?;
    propagate_trace_header(&mut request);
    Ok(request)
}

/// The body of a response that refuses a request.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Refusal {
    #[serde(rename = "__type")]
    code: String,
}

/// Reads whether CodeDeploy took the status. A status that it has already is taken: Lambda may call a hook twice.
async fn read_response(response: HttpResponse) -> Result<(), DeliveryFailure> {
    let status = response.status().as_u16();
    match status {
        200..300 => return Ok(()),
        400 => {}
        _ => return Err(DeliveryFailure::Status(status)),
    }
    let body = Limited::new(response.into_body(), MAX_RESPONSE_BYTES).collect().await;
    let body = body.map_err(|_| DeliveryFailure::NoConnection)?.to_bytes();
    let refusal: Refusal = serde_json::from_slice(&body).unwrap_or_default();
    let code = refusal.code.rsplit('#').next().unwrap_or_default();
    match code {
        ANSWERED_BEFORE => Ok(()),
        code if LATER.contains(&code) => Err(DeliveryFailure::Status(429)),
        "" => Err(DeliveryFailure::Status(status)),
        code => Err(DeliveryFailure::Refused(code.to_owned())),
    }
}
