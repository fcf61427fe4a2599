//! The HTTP client that the clients of all AWS services share. It reads the TLS root certificates at the first
//! request that needs them. The SDK would read the certificates for each client that is made, which takes 10 ms on a
//! small function; requests to an emulator over `http` do not need them at all.

use aws_smithy_http_client::{Builder, tls};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::trace_propagation::propagate_trace_header;

/// Makes an HTTP client that sends requests by `https`, or by `http` if the endpoint of a service has that scheme.
pub(super) fn http_client() -> SharedHttpClient {
    let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    SharedHttpClient::new(HttpClientByScheme {
        plain: Builder::new().build_http(),
        tls: Builder::new().tls_provider(ring).build_https(),
    })
}

/// An HTTP client that uses one client for `http` and another for `https`. It does not override
/// `validate_base_client_config`: the default does nothing, but that of the client for `https` reads the root
/// certificates.
#[derive(Clone, Debug)]
struct HttpClientByScheme {
    plain: SharedHttpClient,
    tls: SharedHttpClient,
}

impl HttpClient for HttpClientByScheme {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(ConnectorByScheme {
            client: self.clone(),
            settings: settings.clone(),
            components: components.clone(),
        })
    }

    fn connector_metadata(&self) -> Option<ConnectorMetadata> {
        self.tls.connector_metadata()
    }
}

#[derive(Debug)]
struct ConnectorByScheme {
    client: HttpClientByScheme,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl HttpConnector for ConnectorByScheme {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        propagate_trace_header(&mut request);
        let HttpClientByScheme { plain, tls } = &self.client;
        let client = if request.uri().starts_with("http://") { plain } else { tls };
        // Each client keeps its connectors, and a connector keeps its connections: this only looks one up.
        client.http_connector(&self.settings, &self.components).call(request)
    }
}
