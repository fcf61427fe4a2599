//! The custom domain of the API: `domain = { name = "api.shop.example", certificate = "arn:…", zone = "shop.example" }`.

use skylift_model::aws::arn::Arn;
use skylift_model::aws::value::CfnValue;
use skylift_model::http::{Domain, HostedZone, MutualTls};

use super::{accept_message, read_accepted};
use crate::errors::Errors;
use crate::messages::{self, FamiliarWords, phrases};
use crate::readers::{read_arn, read_cfn_value, read_non_empty_text, report_expected};
use crate::tree::{ArgValue, Args};

/// Words of other tools for the settings of a domain.
const WORDS: &[FamiliarWords] = &[
    (&["domainname", "domain", "host", "hostname"], "write `name = \"api.shop.example\"`"),
    (
        &["certificatearn", "acmcertificatearn", "cert", "certarn"],
        "write `certificate = \"arn:aws:acm:…\"`",
    ),
    (&["path", "basepath", "apimappingkey", "prefix"], "write `base_path = \"v1\"`"),
    (
        &["route53", "hostedzone", "hostedzoneid", "hostedzonename", "zoneid"],
        "write `zone = \"shop.example\"`, or the id of the hosted zone",
    ),
    (
        &["mutualtlsauthentication", "mtls", "truststore", "truststoreuri"],
        "write `mutual_tls = { truststore = \"s3://BUCKET/truststore.pem\" }`",
    ),
];

/// Reads the settings of a domain. Returns `None` after an error was recorded.
pub(super) fn read_domain(args: &Args, errors: &mut Errors) -> Option<Domain> {
    args.explain(WORDS);
    args.read_all("domain", errors, |args, errors| {
        let name = args.take_if_set("name", read_domain_name, errors);
        let certificate = args.take_if_set("certificate", read_certificate, errors);
        let base_path = args.take_if_set("base_path", read_accepted, errors);
        let zone = args.take_if_set("zone", read_zone, errors);
        let mutual_tls = args.take_nested("mutual_tls", read_mutual_tls, errors);
        for (key, is_set) in [("name", name.is_some()), ("certificate", certificate.is_some())] {
            if !is_set {
                errors.push_missing(&args.span, messages::domain_without(key));
            }
        }
        Some(Domain {
            name: name??,
            certificate: certificate??,
            base_path: base_path.map_or(Some(None), |read| read.map(Some))?,
            zone: zone.map_or(Some(None), |read| read.map(Some))?,
            mutual_tls: mutual_tls.map_or(Some(None), |read| read.map(Some))?,
        })
    })
}

/// Reads the name of a domain, or a value that becomes one. Returns `None` after an error was recorded.
fn read_domain_name(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    let name = read_cfn_value(value, errors)?;
    match &name {
        CfnValue::Literal(text) => {
            accept_message(Domain::check_name(text), value, errors)?;
            Some(name)
        }
        CfnValue::Resource(_) => report_expected(phrases::DOMAIN_NAME, value, errors),
        _ => Some(name),
    }
}

/// Reads the ARN of a certificate, or a value that becomes one. Returns `None` after an error was recorded.
fn read_certificate(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    let find_mistake = |text: &str| {
        let is_certificate = Arn::parse(text).is_some_and(|arn| {
            arn.service == "acm"
                && arn.has_region_and_account()
                && arn.resource.starts_with("certificate/")
        });
        (!is_certificate).then(|| messages::not_a_certificate(text))
    };
    read_arn(value, phrases::CERTIFICATE, find_mistake, errors)
}

/// Reads a hosted zone: its id, its name, or a value that becomes its id. Returns `None` after an error was recorded.
fn read_zone(value: &ArgValue, errors: &mut Errors) -> Option<HostedZone> {
    match read_cfn_value(value, errors)? {
        CfnValue::Literal(text) => accept_message(HostedZone::parse(&text), value, errors),
        CfnValue::Resource(_) => report_expected(phrases::HOSTED_ZONE, value, errors),
        id => Some(HostedZone::Id(id)),
    }
}

/// Reads the settings of mutual TLS. Returns `None` after an error was recorded.
fn read_mutual_tls(args: &Args, errors: &mut Errors) -> Option<MutualTls> {
    args.read_all("mutual_tls", errors, |args, errors| {
        let truststore = args.take_if_set("truststore", read_accepted, errors);
        let version = args.take("version", read_non_empty_text, errors);
        if truststore.is_none() {
            errors.push_missing(&args.span, messages::mutual_tls_without_truststore());
        }
        Some(MutualTls { truststore: truststore??, version })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tree::ArgValueKind;
    use crate::tree::testing::{accepted, rejected, rejected_all};

    fn read(value: &ArgValue, errors: &mut Errors) -> Option<Domain> {
        let ArgValueKind::Call(_, args) = &value.kind else { panic!("{value:?}") };
        read_domain(args, errors).filter(|_| errors.is_empty())
    }

    const CERTIFICATE: &str = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b";

    #[test]
    fn every_setting_of_a_domain_is_read() {
        let domain = accepted(
            &format!(
                r#"domain(name = "api.shop.example", certificate = "{CERTIFICATE}", base_path = "v1", zone = "shop.example",
                    mutual_tls(truststore = "s3://acme/trust.pem", version = "3"))"#
            ),
            read,
        );
        assert_eq!(domain.name, CfnValue::Literal("api.shop.example".to_owned()));
        assert_eq!(domain.certificate, CfnValue::Literal(CERTIFICATE.to_owned()));
        assert_eq!(domain.base_path.unwrap().as_str(), "v1");
        assert_eq!(domain.zone, Some(HostedZone::Name("shop.example.".to_owned())));
        let tls = domain.mutual_tls.unwrap();
        assert_eq!(
            (tls.truststore.as_str(), tls.version.as_deref()),
            ("s3://acme/trust.pem", Some("3"))
        );
        let computed = accepted(
            r#"domain(name = param("Domain"), certificate = import("Certificate"), zone = ssm("/zone"))"#,
            read,
        );
        assert!(matches!(computed.name, CfnValue::Param(_)));
        assert!(matches!(computed.certificate, CfnValue::Import(_)));
        assert!(matches!(computed.zone, Some(HostedZone::Id(CfnValue::Ssm(_)))));
    }

    #[test]
    fn mistakes_in_a_domain_are_rejected() {
        let with = |rest: &str| {
            format!(r#"domain(name = "a.example", certificate = "{CERTIFICATE}"{rest})"#)
        };
        for (text, start) in [
            (
                with(", zone = Zone"),
                "expected the id or the name of a hosted zone, or `param(\"…\")`, found `Zone`",
            ),
            (with(r#", zone = "shop""#), "`shop` is neither the id nor the name of a hosted zone"),
            (with(r#", base_path = "/v1""#), "the base path `/v1` has slashes around it"),
            (with(", mutual_tls()"), "`mutual_tls` needs the certificates that it accepts"),
            (with(r#", hosted_zone = "Z1""#), "unknown key `hosted_zone` in `domain`"),
            (r#"domain(name = "a.example")"#.to_owned(), "`domain` needs a `certificate`"),
            (
                r#"domain(name = "a.example", certificate = "arn:aws:iam::123456789012:role/a")"#
                    .to_owned(),
                "`arn:aws:iam::123456789012:role/a` is not the ARN of a certificate",
            ),
            (
                format!(r#"domain(name = "https://a.example", certificate = "{CERTIFICATE}")"#),
                "`https://a.example` is not the name of a domain",
            ),
        ] {
            let message = rejected(&text, read);
            assert!(message.starts_with(start), "{text}: {message}");
        }
        assert_eq!(rejected_all("domain()", read).len(), 2);
    }
}
