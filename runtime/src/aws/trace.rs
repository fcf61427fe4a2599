//! The trace header on calls of AWS: takes a request, signed already, and adds the header of the
//! invocation that makes it. So X-Ray shows the call within its trace, and Lambda counts the hops of
//! functions that call themselves. The header is no part of what is signed.

use aws_smithy_runtime_api::client::orchestrator::HttpRequest;

use crate::observability::current as invocation;

/// "Tracing header" of the AWS X-Ray Developer Guide.
const HEADER: &str = "x-amzn-trace-id";

/// Adds the header, where there is one.
pub(crate) fn propagate(request: &mut HttpRequest) {
    let Some(invocation) = invocation::current() else { return };
    if let Some(header) = invocation.context.trace_id() {
        // What no header can hold came in no header either.
        let _ = request.headers_mut().try_insert(HEADER, header.to_owned());
    }
}
