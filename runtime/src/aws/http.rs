//! The HTTP client that all services share. The roots of TLS are read at the first request that
//! needs them: the SDK would read them for every service's client that is made, 10 ms each on a small
//! function, and for an endpoint on a developer's machine nobody needs them at all.

use aws_smithy_http_client::{Builder, tls};
use aws_smithy_runtime_api::client::connector_metadata::ConnectorMetadata;
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpClient,
    SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;

use super::trace;

/// A client for `https` and, where an endpoint says so, `http`.
pub(super) fn client() -> SharedHttpClient {
    let ring = tls::Provider::Rustls(tls::rustls_provider::CryptoMode::Ring);
    SharedHttpClient::new(ByScheme {
        plain: Builder::new().build_http(),
        tls: Builder::new().tls_provider(ring).build_https(),
    })
}

/// The validation of the configuration, which would read the roots, is left at the trait's own: it
/// does nothing.
#[derive(Clone, Debug)]
struct ByScheme {
    plain: SharedHttpClient,
    tls: SharedHttpClient,
}

impl HttpClient for ByScheme {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Connector {
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
struct Connector {
    client: ByScheme,
    settings: HttpConnectorSettings,
    components: RuntimeComponents,
}

impl HttpConnector for Connector {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        trace::propagate(&mut request);
        let ByScheme { plain, tls } = &self.client;
        let client = if request.uri().starts_with("http://") { plain } else { tls };
        // Both keep their connectors, and these their connections: this looks one up.
        client.http_connector(&self.settings, &self.components).call(request)
    }
}
