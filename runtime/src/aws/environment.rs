//! The region, the credentials and the endpoints of AWS, read from environment variables. Lambda sets region and
//! credentials for every function; on a developer's machine a shell sets them. No file is read and no request is
//! sent, because that would slow down every start.

use crate::{Error, messages};

/// The AWS region and the AWS credentials of this process.
pub(crate) struct Environment {
    pub(crate) region: String,
    pub(crate) access_key: String,
    pub(crate) secret_key: String,
    pub(crate) session_token: Option<String>,
}

impl Environment {
    /// Reads the AWS region and the AWS credentials from environment variables. `variable` returns the value of an
    /// environment variable. An empty variable counts as not set; a missing region, key or secret is an error.
    pub(crate) fn from_variables(variable: impl Fn(&str) -> Option<String>) -> Result<Self, Error> {
        let variable = |name: &str| variable(name).filter(|value| !value.is_empty());
        let region = variable("AWS_REGION")
            .or_else(|| variable("AWS_DEFAULT_REGION"))
            .ok_or_else(messages::aws::region_missing)?;
        let credentials = variable("AWS_ACCESS_KEY_ID").zip(variable("AWS_SECRET_ACCESS_KEY"));
        let (access_key, secret_key) =
            credentials.ok_or_else(messages::aws::credentials_missing)?;
        let session_token = variable("AWS_SESSION_TOKEN");
        Ok(Self { region, access_key, secret_key, session_token })
    }
}

/// The endpoints that replace those of AWS, as environment variables set them: `AWS_ENDPOINT_URL_<SERVICE>` for one
/// service, `AWS_ENDPOINT_URL` for all services. The field returns the value of an environment variable. Mirrors
/// "Service-specific endpoints" of the AWS SDKs and Tools Reference Guide.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Endpoints(pub(crate) fn(&str) -> Option<String>);

impl Endpoints {
    /// Returns the endpoint that the environment sets for all AWS services, or `None` if it sets none or disables
    /// endpoints.
    pub(crate) fn for_all_services(self) -> Option<String> {
        self.read_endpoint("AWS_ENDPOINT_URL")
    }

    /// Returns the endpoint that the environment sets for one AWS service, or `None` if it sets none or disables
    /// endpoints. `service` is the service id: `S3`, `Secrets Manager`.
    pub(crate) fn for_service(self, service: &str) -> Option<String> {
        let service = service.to_uppercase().replace([' ', '-'], "_");
        self.read_endpoint(&format!("AWS_ENDPOINT_URL_{service}"))
    }

    /// Reads the endpoint in an environment variable. Returns `None` if it is not set, is empty, or if
    /// `AWS_IGNORE_CONFIGURED_ENDPOINT_URLS` is `true`.
    fn read_endpoint(self, name: &str) -> Option<String> {
        let variable = |name| (self.0)(name).filter(|value| !value.is_empty());
        let ignored = variable("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS");
        if ignored.is_some_and(|ignored| ignored.eq_ignore_ascii_case("true")) {
            return None;
        }
        variable(name)
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

    #[test]
    fn the_variables_that_lambda_sets_are_enough() {
        let [key, secret] = KEYS;
        let token = ("AWS_SESSION_TOKEN", "token");
        let read = read(&[("AWS_REGION", "eu-west-1"), key, secret, token]).unwrap();
        assert_eq!((read.region.as_str(), read.access_key.as_str()), ("eu-west-1", "key"));
        assert_eq!(read.session_token.as_deref(), Some("token"));
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

    #[test]
    fn the_endpoint_of_a_service_has_the_variable_that_aws_documents() {
        let endpoints = Endpoints(|name| {
            (name != "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS").then(|| name.to_owned())
        });
        assert_eq!(endpoints.for_all_services().as_deref(), Some("AWS_ENDPOINT_URL"));
        let own = endpoints.for_service("Secrets Manager");
        assert_eq!(own.as_deref(), Some("AWS_ENDPOINT_URL_SECRETS_MANAGER"));
    }

    #[test]
    fn endpoints_can_be_ignored() {
        assert_eq!(Endpoints(|_| Some("true".into())).for_all_services(), None);
    }
}
