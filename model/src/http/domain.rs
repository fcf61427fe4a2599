//! The custom domain of an API: its name and certificate, its record in Route 53, and mutual TLS. AWS: "Custom domain
//! names for HTTP APIs in API Gateway".

use serde::Serialize;

use crate::aws::limits;
use crate::aws::value::CfnValue;
use crate::message::Message;
use crate::messages::http as messages;

/// The custom domain of an API.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Domain {
    /// The name of the domain.
    pub name: CfnValue,
    /// The ARN of the certificate, which is in the region of the API.
    pub certificate: CfnValue,
    /// The beginning of the paths that lead to the API. `None` if all paths of the domain do.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub base_path: Option<BasePath>,
    /// The hosted zone of Route 53 that gets a record for the domain. `None` if the record is made elsewhere.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub zone: Option<HostedZone>,
    /// The certificates that clients have to show. `None` if they need none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub mutual_tls: Option<MutualTls>,
}

impl Domain {
    /// Returns the values that may be known only when the stack is deployed, each with the key that has it.
    pub fn values(&self) -> impl Iterator<Item = (&'static str, &CfnValue)> {
        let zone = match &self.zone {
            Some(HostedZone::Id(id)) => Some(("zone", id)),
            Some(HostedZone::Name(_)) | None => None,
        };
        [("name", &self.name), ("certificate", &self.certificate)].into_iter().chain(zone)
    }

    /// Checks the name of a domain.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is no such name.
    pub fn check_name(name: &str) -> Result<(), Message> {
        if name.contains("://") || name.contains('/') {
            return Err(messages::url_in_place_of_domain(name));
        }
        let host = name.strip_prefix("*.").unwrap_or(name);
        let is_label = |label: &str| {
            let is_allowed = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '-';
            (1..=63).contains(&label.len())
                && label.chars().all(is_allowed)
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        let is_name = host.contains('.') && host.split('.').all(is_label);
        if !is_name || name.len() > limits::DOMAIN_NAME_LEN {
            return Err(messages::invalid_domain(name));
        }
        Ok(())
    }
}

/// The beginning of the paths of a domain that lead to an API, without slashes around it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct BasePath(String);

impl BasePath {
    /// Returns the path.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for BasePath {
    type Error = Message;

    fn try_from(path: &str) -> Result<Self, Message> {
        let trimmed = path.trim_matches('/');
        if trimmed != path && !trimmed.is_empty() {
            return Err(messages::base_path_with_slash(path, trimmed));
        }
        let is_allowed = |it: char| it.is_ascii_alphanumeric() || "$-_.+!*'()".contains(it);
        let is_segment = |it: &str| !it.is_empty() && it.chars().all(is_allowed);
        if !path.split('/').all(is_segment) || path.len() > limits::BASE_PATH_LEN {
            return Err(messages::invalid_base_path(path));
        }
        Ok(Self(path.to_owned()))
    }
}

/// A hosted zone of Route 53.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum HostedZone {
    /// The zone with this id.
    Id(CfnValue),
    /// The zone with this name, which ends in a dot.
    Name(String),
}

impl HostedZone {
    /// Reads a text, which is the id or the name of a zone.
    ///
    /// # Errors
    ///
    /// Returns an error if the text is neither.
    pub fn parse(text: &str) -> Result<Self, Message> {
        if text.contains('.') {
            let name = text.strip_suffix('.').unwrap_or(text);
            return match Domain::check_name(name) {
                Ok(()) => Ok(Self::Name(format!("{name}."))),
                Err(_) => Err(messages::invalid_zone(text)),
            };
        }
        let is_id = text.starts_with('Z')
            && text.len() <= limits::HOSTED_ZONE_ID_LEN
            && text.chars().all(|it| it.is_ascii_uppercase() || it.is_ascii_digit());
        if is_id {
            Ok(Self::Id(CfnValue::Literal(text.to_owned())))
        } else {
            Err(messages::invalid_zone(text))
        }
    }
}

/// The certificates that clients have to show.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MutualTls {
    /// The place of the file with the accepted certificates.
    pub truststore: TruststoreUri,
    /// The version of the file in its bucket. `None` for the current one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
}

/// The place of a file in S3, such as `s3://bucket/truststore.pem`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct TruststoreUri(String);

impl TruststoreUri {
    /// Returns the URI.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for TruststoreUri {
    type Error = Message;

    fn try_from(uri: &str) -> Result<Self, Message> {
        let place = uri.strip_prefix("s3://").and_then(|rest| rest.split_once('/'));
        match place {
            Some((bucket, key)) if !bucket.is_empty() && !key.is_empty() => {
                Ok(Self(uri.to_owned()))
            }
            _ => Err(messages::invalid_truststore(uri)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_domain_is_a_name_without_a_scheme_or_a_path() {
        for right in ["api.shop.example", "*.shop.example", "a-1.b2"] {
            assert!(Domain::check_name(right).is_ok(), "{right}");
        }
        for (wrong, help) in [
            ("https://api.shop.example/v1", Some("write `api.shop.example`")),
            ("api.shop.example/v1", Some("write `api.shop.example`, and the path in `base_path`")),
            ("shop", None),
            ("API.shop.example", None),
            ("-a.example", None),
            ("a..example", None),
        ] {
            let message = Domain::check_name(wrong).unwrap_err();
            match help {
                Some(help) => assert!(message.help.unwrap().starts_with(help), "{wrong}"),
                None => assert!(message.text.contains("is not the name of a domain"), "{wrong}"),
            }
        }
    }

    #[test]
    fn a_base_path_has_no_slashes_around_it() {
        for right in ["v1", "shop/v1", "a.b-c_d"] {
            assert_eq!(BasePath::try_from(right).unwrap().as_str(), right);
        }
        let message = BasePath::try_from("/v1/").unwrap_err();
        assert_eq!(message.help.as_deref(), Some("write `v1`"));
        for wrong in ["", "/", "a//b", "a b", "{id}", &"a".repeat(301)] {
            assert!(BasePath::try_from(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_zone_is_its_id_or_its_name() {
        let name = |name: &str| HostedZone::Name(name.to_owned());
        assert_eq!(HostedZone::parse("shop.example"), Ok(name("shop.example.")));
        assert_eq!(HostedZone::parse("shop.example."), Ok(name("shop.example.")));
        let id = CfnValue::Literal("Z0123ABC".to_owned());
        assert_eq!(HostedZone::parse("Z0123ABC"), Ok(HostedZone::Id(id)));
        for wrong in ["", "shop", "z0123", "a b.example", &format!("Z{}", "0".repeat(32))] {
            assert!(HostedZone::parse(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn a_truststore_is_a_file_in_a_bucket() {
        assert!(TruststoreUri::try_from("s3://acme/a/b.pem").is_ok());
        for wrong in ["acme/b.pem", "s3://acme", "s3:///b.pem", "s3://acme/", "https://a/b"] {
            assert!(TruststoreUri::try_from(wrong).is_err(), "{wrong}");
        }
    }
}
