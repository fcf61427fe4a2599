//! Adds the trace header of the current invocation to requests to AWS. X-Ray then shows each request in the trace of
//! the invocation, and Lambda counts the hops of functions that invoke themselves. The header is added after the
//! request was signed: the signature does not cover it.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use crate::observability::current_invocation::current_invocation;

/// The name of the trace header of X-Ray. See "Tracing header" of the AWS X-Ray Developer Guide.
const HEADER: &str = "x-amzn-trace-id";

/// Adds the trace header of the current invocation to a request to AWS. Leaves the request unchanged if no invocation
/// is running or if it has no trace header.
pub(crate) fn propagate_trace_header(request: &mut HttpRequest) {
    let Some(invocation) = current_invocation() else { return };
    if let Some(header) = invocation.context.trace_id() {
        // Fails only for a value that no header can have, and Lambda's value comes in a header.
        let _ = request.headers_mut().try_insert(HEADER, header.to_owned());
    }
}
