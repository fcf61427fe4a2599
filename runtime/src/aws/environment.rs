//! The region, the credentials and the endpoints of AWS, read from environment variables. Lambda sets region and
//! credentials for every function; on a developer's machine a shell sets them. A value that no request could use is an
//! error that names its variable. No file is read and no request is sent, because that would slow down every start.

use std::net::IpAddr;

use http::Uri;
use http::uri::Scheme;

use crate::{Error, messages};

/// The AWS region of this process, and where its AWS credentials come from.
pub(crate) struct Environment {
    pub(crate) region: String,
    pub(crate) credentials: CredentialSource,
}

/// Where the AWS credentials of this process come from.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum CredentialSource {
    /// The environment has the credentials themselves.
    Keys(Keys),
    /// The environment has an address from which credentials are fetched again and again.
    Endpoint(CredentialEndpoint),
}

/// AWS credentials.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct Keys {
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
    pub(crate) session_token: Option<String>,
}

/// An address from which credentials are fetched. See "Container credential provider" of the AWS SDKs and Tools
/// Reference Guide.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct CredentialEndpoint {
    pub(crate) uri: String,
    pub(crate) token: EndpointToken,
}

/// The token that a request for credentials sends.
#[derive(Clone, PartialEq, Eq)]
pub(crate) enum EndpointToken {
    None,
    Value(String),
    /// The path of a file that has the token, which changes from time to time.
    File(String),
}

/// The variable with the address of the credentials. Lambda sets it instead of the credentials where a process lives
/// longer than credentials do.
pub(crate) const CREDENTIALS_URI: &str = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

impl Environment {
    /// Reads the AWS region and the source of the AWS credentials from environment variables. `variable` returns the
    /// value of an environment variable. An empty variable counts as not set; a missing region, or missing credentials,
    /// are an error.
    pub(crate) fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let region = ["AWS_REGION", "AWS_DEFAULT_REGION"];
        let region = region.into_iter().find_map(|name| Some((name, variable(name)?)));
        let (name, region) = region.ok_or_else(messages::aws::region_missing)?;
        if !region.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-') {
            return Err(messages::aws::invalid_region(name, &region));
        }
        Ok(Self { region, credentials: CredentialSource::from_variables(variable)? })
    }
}

impl CredentialSource {
    /// Reads the source of the credentials. `variable` returns the value of an environment variable that is not empty.
    fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        // No message shows a value: it may be secret.
        let visible = |name: &str| match variable(name) {
            Some(value) if !value.bytes().all(|byte| byte.is_ascii_graphic()) => {
                Err(messages::aws::invalid_credentials(name))
            }
            value => Ok(value),
        };
        let keys = visible("AWS_ACCESS_KEY_ID")?.zip(visible("AWS_SECRET_ACCESS_KEY")?);
        if let Some((access_key, secret_key)) = keys {
            let session_token = visible("AWS_SESSION_TOKEN")?;
            return Ok(Self::Keys(Keys { access_key, secret_key, session_token }));
        }
        let uri = variable(CREDENTIALS_URI).ok_or_else(messages::aws::credentials_missing)?;
        check_credentials_uri(&uri)?;
        let token = match variable("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE") {
            Some(path) => EndpointToken::File(path),
            None => match visible("AWS_CONTAINER_AUTHORIZATION_TOKEN")? {
                Some(token) => EndpointToken::Value(token),
                None => EndpointToken::None,
            },
        };
        Ok(Self::Endpoint(CredentialEndpoint { uri, token }))
    }
}

/// Checks the address from which credentials are fetched. By `http`, it has to be on this machine: the address of
/// another machine could be read, and changed, on the way.
fn check_credentials_uri(uri: &str) -> Result<(), Error> {
    let parsed = parse_endpoint(CREDENTIALS_URI, uri)?;
    let host = parsed.host().unwrap_or_default().trim_matches(['[', ']']);
    let is_here = host == "localhost"
        || host.parse().is_ok_and(|address: IpAddr| address.is_loopback())
        // The addresses of containers, on ECS and on EKS.
        || ["169.254.170.2", "169.254.170.23", "fd00:ec2::23"].contains(&host);
    if parsed.scheme() == Some(&Scheme::HTTPS) || is_here {
        return Ok(());
    }
    Err(messages::aws::credentials_elsewhere(CREDENTIALS_URI, uri))
}

/// Parses the address of a service, which the environment variable `name` has.
fn parse_endpoint(name: &str, value: &str) -> Result<Uri, Error> {
    let invalid = || messages::aws::invalid_endpoint(name, value);
    let uri: Uri = value.parse().map_err(|_| invalid())?;
    let has_scheme = uri.scheme() == Some(&Scheme::HTTP) || uri.scheme() == Some(&Scheme::HTTPS);
    let has_host = uri.host().is_some_and(|host| !host.is_empty());
    if has_scheme && has_host && uri.query().is_none() { Ok(uri) } else { Err(invalid()) }
}

/// The endpoints that replace those of AWS, as environment variables set them: `AWS_ENDPOINT_URL_<SERVICE>` for one
/// service, `AWS_ENDPOINT_URL` for all services. The field returns the value of an environment variable. Mirrors
/// "Service-specific endpoints" of the AWS SDKs and Tools Reference Guide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endpoints(pub(crate) fn(&str) -> Option<String>);

impl Endpoints {
    /// Returns the endpoint that the environment sets for all AWS services, or `None` if it sets none or disables
    /// endpoints. An endpoint that is not the address of a service is an error.
    pub(crate) fn for_all_services(self) -> Result<Option<String>, Error> {
        self.read_endpoint("AWS_ENDPOINT_URL")
    }

    /// Returns the endpoint that the environment sets for one AWS service, or `None` if it sets none or disables
    /// endpoints. `service` is the service id: `S3`, `Secrets Manager`. An endpoint that is not the address of a service
    /// is an error.
    pub(crate) fn for_service(self, service: &str) -> Result<Option<String>, Error> {
        let service = service.to_uppercase().replace([' ', '-'], "_");
        self.read_endpoint(&format!("AWS_ENDPOINT_URL_{service}"))
    }

    /// Reads the endpoint in an environment variable. Returns `None` if it is not set, is empty, or if
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`.
    fn read_endpoint(self, name: &str) -> Result<Option<String>, Error> {
        let variable = |name| (self.0)(name).filter(|value| !value.is_empty());
        let ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
        if ignored.is_some_and(|ignored| ignored.eq_ignore_ascii_case("true")) {
            return Ok(None);
        }
        let endpoint = variable(name);
        if let Some(endpoint) = &endpoint {
            parse_endpoint(name, endpoint)?;
        }
        Ok(endpoint)
    }
}

/// Reads an environment variable of this process. Returns `None` if it is not set or is not UTF-8.
pub(crate) fn read_variable(name: &str) -> Option<String> {
    std::env::var(name).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(variables: &[(&str, &str)]) -> Result<Environment, Error> {
        let find = |name: &str| variables.iter().find(|(known, _)| *known == name);
        Environment::from_variables(|name| find(name).map(|(_, value)| (*value).to_owned()))
    }

    const KEYS: [(&str, &str); 2] = [("AWS_ACCESS_KEY_ID", "key"), ("AWS_SECRET_ACCESS_KEY", "s")];

    /// Reads an environment with a region and these variables.
    fn read_source(variables: &[(&str, &str)]) -> Result<CredentialSource, Error> {
        let all = [&[("AWS_REGION", "eu-west-1")], variables].concat();
        read(&all).map(|environment| environment.credentials)
    }

    #[test]
    fn the_variables_that_lambda_sets_are_enough() {
        let [key, secret] = KEYS;
        let token = ("AWS_SESSION_TOKEN", "token");
        let read = read(&[("AWS_REGION", "eu-west-1"), key, secret, token]).unwrap();
        assert_eq!(read.region, "eu-west-1");
        let CredentialSource::Keys(keys) = read.credentials else { panic!("no keys") };
        assert_eq!((keys.access_key.as_str(), keys.secret_key.as_str()), ("key", "s"));
        assert_eq!(keys.session_token.as_deref(), Some("token"));
    }

    #[test]
    fn an_address_of_credentials_takes_the_place_of_credentials() {
        let uri = (CREDENTIALS_URI, "http://127.0.0.1:9001/2021-04-23/credentials");
        let source = |more: &[(&str, &str)]| read_source(&[&[uri], more].concat()).unwrap();
        let endpoint = |token| {
            let uri = uri.1.to_owned();
            CredentialSource::Endpoint(CredentialEndpoint { uri, token })
        };
        let token = ("AWS_CONTAINER_AUTHORIZATION_TOKEN", "secret");
        let file = ("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", "/token");
        assert!(source(&[]) == endpoint(EndpointToken::None));
        assert!(source(&[token]) == endpoint(EndpointToken::Value("secret".into())));
        assert!(source(&[token, file]) == endpoint(EndpointToken::File("/token".into())));
        assert!(matches!(source(&KEYS), CredentialSource::Keys(_)), "keys come first");
    }

    #[test]
    fn credentials_are_not_fetched_from_another_machine_by_http() {
        for uri in ["http://10.0.0.7/", "http://example.com/", "http://127.0.0.1.example.com/"] {
            let error = read_source(&[(CREDENTIALS_URI, uri)]).err().unwrap();
            assert_eq!(error.name(), "InvalidCredentials", "{uri}");
        }
        for uri in ["http://[::1]/", "https://example.com/", "http://169.254.170.23/v1"] {
            assert!(read_source(&[(CREDENTIALS_URI, uri)]).is_ok(), "{uri}");
        }
    }

    #[test]
    fn a_value_that_no_request_can_use_is_an_error_that_names_its_variable() {
        for name in ["AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN"] {
            let bad = [(name, "hidden\n"), KEYS[0], KEYS[1]];
            let error = read_source(&bad).err().unwrap();
            assert_eq!(error.name(), "InvalidCredentials");
            let message = error.to_string();
            assert!(message.contains(name) && !message.contains("hidden"), "{message}");
        }
        let error = read(&[("AWS_REGION", "not a region"), KEYS[0], KEYS[1]]).err().unwrap();
        assert_eq!(error.name(), "InvalidRegion");
        assert!(error.to_string().starts_with("`AWS_REGION` is `not a region`"), "{error}");
    }

    #[test]
    fn the_error_without_credentials_says_how_to_set_them() {
        for half in [&KEYS[..1], &KEYS[1..], &[]] {
            let error = read(&[&[("AWS_DEFAULT_REGION", "x")], half].concat()).err().unwrap();
            assert_eq!(error.name(), "MissingCredentials");
            let command = "`eval \"$(aws configure export-credentials --format env)\"`";
            assert!(error.to_string().ends_with(command), "{error}");
        }
    }

    #[test]
    fn an_empty_variable_counts_as_not_set() {
        let error = read(&[("AWS_REGION", ""), KEYS[0], KEYS[1]]).err().unwrap();
        assert_eq!(error.name(), "MissingRegion");
    }

    fn addresses(name: &str) -> Option<String> {
        let host = name.to_ascii_lowercase().replace('_', "-");
        (name != "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").then(|| format!("http://{host}"))
    }

    #[test]
    fn the_endpoint_of_a_service_has_the_variable_that_aws_documents() {
        let endpoints = Endpoints(addresses);
        let all = endpoints.for_all_services().unwrap();
        assert_eq!(all.as_deref(), Some("http://aws-endpoint-url"));
        let own = endpoints.for_service("Secrets Manager").unwrap();
        assert_eq!(own.as_deref(), Some("http://aws-endpoint-url-secrets-manager"));
    }

    #[test]
    fn an_endpoint_that_is_not_an_address_is_an_error_that_names_its_variable() {
        for value in
            ["not a url", "localhost:4566", "ftp://localhost", "http://", "/path", "http://a?b"]
        {
            let error = parse_endpoint("AWS_ENDPOINT_URL_S3", value).unwrap_err();
            assert_eq!(error.name(), "InvalidEndpoint");
            let start = format!("`AWS_ENDPOINT_URL_S3` is `{value}`, which is not the address");
            assert!(error.to_string().starts_with(&start), "{error}");
        }
        for value in ["http://localhost:4566", "https://example.com/path", "http://[::1]:8000/"] {
            assert!(parse_endpoint("AWS_ENDPOINT_URL", value).is_ok(), "{value}");
        }
        assert!(
            Endpoints(|name| (name == "AWS_ENDPOINT_URL").then(|| "x y".into()))
                .for_all_services()
                .is_err()
        );
    }

    #[test]
    fn endpoints_can_be_ignored() {
        assert_eq!(Endpoints(|_| Some("true".into())).for_all_services().unwrap(), None);
    }
}
