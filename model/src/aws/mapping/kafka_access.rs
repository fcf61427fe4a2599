//! How Lambda authenticates with the brokers of a Kafka cluster and with a schema registry: the methods, and the
//! secrets with the credentials. AWS: "`SourceAccessConfiguration`" and "`KafkaSchemaRegistryConfig`".

use serde::Serialize;

use super::secret_access::{
    DeclaredSecret, SECRET_KEY, declared_secret, secret_key_parameter, secret_parameter,
};
use crate::aws::arn::Arn;
use crate::aws::value::{ArnReference, CfnValue, UsedParameter};
use crate::message::Message;
use crate::messages::kafka as messages;
use crate::suggest;

/// The key of a trigger that names the secret with the certificate of the authority that signed those of the brokers.
pub const CA_KEY: &str = "ca";

macro_rules! auth_methods {
    ($($(#[$doc:meta])* $Method:ident: $word:literal, $name:expr, $has_secret:literal;)*) => {
        /// A method by which Lambda authenticates with the brokers of a Kafka cluster.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
        #[serde(rename_all = "snake_case")]
        pub enum KafkaAuth {
            $($(#[$doc])* $Method,)*
        }

        impl KafkaAuth {
            /// All methods, each with its word in the grammar.
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$Method),)*];

            /// Returns the word of the method in the grammar.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$Method => $word,)*
                }
            }

            /// Returns Lambda's name for the method. Returns `None` if there is nothing to say about it.
            #[must_use]
            pub const fn type_name(self) -> Option<&'static str> {
                match self {
                    $(Self::$Method => $name,)*
                }
            }

            /// Returns whether the method needs a secret with credentials.
            #[must_use]
            pub const fn has_secret(self) -> bool {
                match self {
                    $(Self::$Method => $has_secret,)*
                }
            }
        }
    };
}

auth_methods! {
    /// No authentication.
    None: "none", None, false;
    /// The function's role, with IAM.
    Iam: "iam", Some("IAM_AUTH"), false;
    /// A user and a password, as text.
    Plain: "plain", Some("BASIC_AUTH"), true;
    /// A user and a password, with SCRAM and SHA-256.
    Scram256: "scram_256", Some("SASL_SCRAM_256_AUTH"), true;
    /// A user and a password, with SCRAM and SHA-512.
    Scram512: "scram_512", Some("SASL_SCRAM_512_AUTH"), true;
    /// A client certificate.
    MutualTls: "mutual_tls", Some("CLIENT_CERTIFICATE_TLS_AUTH"), true;
    /// A token of OAuth, for credentials in a secret.
    OauthBearer: "oauth_bearer", Some("OAUTHBEARER_AUTH"), true;
    /// A token of OAuth, for the function's role.
    IamOauthBearer: "iam_oauth_bearer", Some("IAM_OAUTHBEARER_AUTH"), false;
}

/// Lists the words of authentications that use a secret, for messages.
fn list_words(accepted: &[(&'static str, KafkaAuth)]) -> String {
    suggest::list(accepted.iter().filter(|(_, auth)| auth.has_secret()).map(|(word, _)| *word))
}

/// How Lambda authenticates with the brokers.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize)]
pub struct KafkaCredentials {
    /// The method, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<KafkaAuth>,
    /// The secret with the credentials, if the user set it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret: Option<ArnReference>,
    /// The ARN of the KMS key with which the secrets are encrypted. `None` if it is the key of Secrets Manager.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub secret_key: Option<CfnValue>,
}

impl KafkaCredentials {
    /// Returns the key of the trigger that has a mistake, and the message. `accepted` are the methods of the source, and
    /// `has_more_secrets` is whether the trigger has other secrets. Returns `None` if there is no mistake.
    #[must_use]
    pub fn check(
        &self,
        accepted: &[(&'static str, KafkaAuth)],
        has_more_secrets: bool,
    ) -> Option<(&'static str, Message)> {
        let needs_secret = self.auth.filter(|auth| auth.has_secret());
        if let (Some(auth), None) = (needs_secret, &self.secret) {
            return Some(("auth", messages::auth_without_secret(auth.word())));
        }
        if needs_secret.is_none() && self.secret.is_some() {
            let auth = self.auth.map(KafkaAuth::word);
            return Some((SECRET_KEY, messages::secret_without_use(auth, &list_words(accepted))));
        }
        let has_secret = self.secret.is_some() || has_more_secrets;
        let is_useless = self.secret_key.is_some() && !has_secret;
        is_useless.then(|| ("secret_key", messages::secret_key_without_secret()))
    }

    /// Returns the template parameters that the credentials refer to.
    pub(crate) fn template_parameters(&self) -> Vec<UsedParameter<'_>> {
        let key = secret_key_parameter(self.secret_key.as_ref());
        secret_parameter(SECRET_KEY, self.secret.as_ref()).into_iter().chain(key).collect()
    }
}

/// The form in which Lambda delivers records whose schema it knows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordFormat {
    /// JSON, which Lambda makes of Avro or Protobuf.
    Json,
    /// The bytes of the record, without the id of the schema.
    Source,
}

impl RecordFormat {
    /// The forms, each with its word in the grammar.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("json", Self::Json), ("source", Self::Source)];

    /// Returns Lambda's name for the form.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Json => "JSON",
            Self::Source => "SOURCE",
        }
    }
}

/// A part of a record that Lambda validates with a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ValidatedPart {
    /// The key.
    Key,
    /// The value.
    Value,
}

impl ValidatedPart {
    /// The parts, each with its word in the grammar.
    pub const WORDS: &'static [(&'static str, Self)] =
        &[("key", Self::Key), ("value", Self::Value)];

    /// Returns Lambda's name for the part.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Key => "KEY",
            Self::Value => "VALUE",
        }
    }
}

/// A method by which Lambda authenticates with a schema registry of Confluent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryAuth {
    /// A user and a password.
    Basic,
    /// A client certificate.
    MutualTls,
    /// A token of OAuth.
    OauthBearer,
}

impl RegistryAuth {
    /// The methods, each with its word in the grammar.
    pub const WORDS: &'static [(&'static str, Self)] = &[
        ("basic", Self::Basic),
        ("mutual_tls", Self::MutualTls),
        ("oauth_bearer", Self::OauthBearer),
    ];

    /// Returns Lambda's name for the method.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Basic => "BASIC_AUTH",
            Self::MutualTls => "CLIENT_CERTIFICATE_TLS_AUTH",
            Self::OauthBearer => "OAUTHBEARER_AUTH",
        }
    }
}

/// The service of a registry.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RegistryAddress {
    /// A registry of Glue, by its ARN.
    Glue(String),
    /// A registry of Confluent, by its URL.
    Confluent(String),
}

impl RegistryAddress {
    /// The example of the ARN of a registry of Glue, for messages.
    pub const EXAMPLE_ARN: &'static str = "arn:aws:glue:eu-west-1:123456789012:registry/NAME";

    /// Parses an address. Returns `None` if the text is neither the ARN of a registry of Glue nor an URL with `https`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.strip_prefix("https://").is_some_and(|host| !host.is_empty()) {
            return Some(Self::Confluent(text.to_owned()));
        }
        glue_registry_name(text).map(|_| Self::Glue(text.to_owned()))
    }

    /// Returns the address as Lambda takes it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        match self {
            Self::Glue(text) | Self::Confluent(text) => text,
        }
    }
}

/// Returns the name of a registry of Glue from its ARN. Returns `None` if the text is not such an ARN.
#[must_use]
pub fn glue_registry_name(arn: &str) -> Option<&str> {
    let arn =
        Arn::parse(arn).filter(|arn| arn.service == "glue" && arn.has_region_and_account())?;
    let name = arn.resource.strip_prefix("registry/")?;
    let is_name = !name.is_empty()
        && name.bytes().all(|it| it.is_ascii_alphanumeric() || b"-_$#.".contains(&it));
    is_name.then_some(name)
}

/// The schema registry of a mapping.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SchemaRegistry {
    /// The address of the registry.
    pub address: RegistryAddress,
    /// The form in which Lambda delivers records.
    pub format: RecordFormat,
    /// The parts of a record that Lambda validates, at least one.
    pub validate: Vec<ValidatedPart>,
    /// The method by which Lambda authenticates, with the secret that has the credentials.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub auth: Option<(RegistryAuth, ArnReference)>,
    /// The secret with the certificate of the authority that signed the one of the registry.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ca: Option<ArnReference>,
}

/// The places of the secrets of a registry in a trigger.
const REGISTRY_SECRET: &str = "schema_registry.secret";
const REGISTRY_CA: &str = "schema_registry.ca";

impl SchemaRegistry {
    /// Returns the secrets of the registry, each with Lambda's name for its use.
    pub fn access(&self) -> impl Iterator<Item = (&'static str, &ArnReference)> {
        let auth = self.auth.iter().map(|(auth, secret)| (auth.as_str(), secret));
        auth.chain(self.ca.iter().map(|ca| ("SERVER_ROOT_CA_CERTIFICATE", ca)))
    }

    /// Returns the structs that are secrets of the registry.
    pub(crate) fn secrets(&self) -> impl Iterator<Item = DeclaredSecret<'_>> {
        let secret = self.auth.as_ref().map(|(_, secret)| secret);
        let ca = declared_secret(REGISTRY_CA, self.ca.as_ref());
        declared_secret(REGISTRY_SECRET, secret).into_iter().chain(ca)
    }

    /// Returns the template parameters that the registry refers to.
    pub(crate) fn template_parameters(&self) -> impl Iterator<Item = UsedParameter<'_>> {
        let secret = self.auth.as_ref().map(|(_, secret)| secret);
        let ca = secret_parameter(REGISTRY_CA, self.ca.as_ref());
        secret_parameter(REGISTRY_SECRET, secret).into_iter().chain(ca)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_registry_is_one_of_glue_or_has_a_url() {
        assert_eq!(
            RegistryAddress::parse("https://registry.example.com/a"),
            Some(RegistryAddress::Confluent("https://registry.example.com/a".to_owned()))
        );
        let arn = RegistryAddress::EXAMPLE_ARN;
        assert_eq!(RegistryAddress::parse(arn), Some(RegistryAddress::Glue(arn.to_owned())));
        for wrong in ["http://a", "https://", "orders", "arn:aws:glue:eu-west-1:123456789012:a/b"] {
            assert_eq!(RegistryAddress::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn a_secret_and_its_authentication_belong_together() {
        let key = |auth, secret: bool, more| {
            let secret = secret.then(|| ArnReference::Declared("A".to_owned()));
            let credentials = KafkaCredentials { auth, secret, secret_key: None };
            credentials.check(KafkaAuth::WORDS, more).map(|(key, _)| key)
        };
        for (_, auth) in KafkaAuth::WORDS {
            let (without, with) = (key(Some(*auth), false, false), key(Some(*auth), true, false));
            let needed = auth.has_secret();
            assert_eq!(
                (without, with),
                if needed { (Some("auth"), None) } else { (None, Some("secret")) }
            );
        }
        assert_eq!(key(None, true, false), Some("secret"));
        let key = CfnValue::Literal("arn".to_owned());
        let credentials = KafkaCredentials { secret_key: Some(key), ..KafkaCredentials::default() };
        assert_eq!(credentials.check(KafkaAuth::WORDS, true), None);
        assert!(credentials.check(KafkaAuth::WORDS, false).is_some());
    }
}
