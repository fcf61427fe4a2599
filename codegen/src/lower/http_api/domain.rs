//! The custom domain of the API: the domain, its mapping to the stage, and its record in Route 53. SAM's property `Domain`
//! makes the same resources under ids with hashes; here they are resources of their own in both templates.

use skylift_model::aws::node::{Map, Node};
use skylift_model::aws::value::CfnValue;
use skylift_model::http::{Domain, HostedZone};

use super::API_ID;
use crate::lower::plain_value::lower_plain_value;
use crate::stack::{IdOwner, Purpose, Resource};

/// The logical id of the domain.
pub(crate) const DOMAIN_ID: &str = "ServerlessHttpApiDomain";

/// The logical id of the mapping from the domain to the stage.
const MAPPING_ID: &str = "ServerlessHttpApiMapping";

/// The logical id of the record in Route 53.
const RECORD_ID: &str = "ServerlessHttpApiRecord";

/// Returns the resources of a domain. `stage` is the logical id of the stage.
pub(super) fn lower_domain(domain: &Domain, stage: &str) -> Vec<Resource> {
    let resource = |id, kind, purpose, properties| {
        Resource::new(id, kind, IdOwner::for_api(purpose), properties)
    };
    let mut mapping = Map::new()
        .with("ApiId", Node::reference(API_ID))
        .with("DomainName", Node::reference(DOMAIN_ID))
        .with("Stage", Node::reference(stage));
    mapping.set_some("ApiMappingKey", domain.base_path.as_ref().map(|path| path.as_str()));
    let mut resources = vec![
        resource(
            DOMAIN_ID,
            "AWS::ApiGatewayV2::DomainName",
            Purpose::Domain,
            domain_properties(domain),
        ),
        resource(MAPPING_ID, "AWS::ApiGatewayV2::ApiMapping", Purpose::Mapping, mapping),
    ];
    resources.extend(domain.zone.as_ref().map(|zone| {
        let record = record_properties(domain, zone);
        resource(RECORD_ID, "AWS::Route53::RecordSet", Purpose::Record, record)
    }));
    resources
}

/// Returns the properties of a domain.
fn domain_properties(domain: &Domain) -> Map {
    let configuration = Map::new()
        .with("CertificateArn", lower_plain_value(&domain.certificate))
        .with("EndpointType", "REGIONAL")
        .with("SecurityPolicy", "TLS_1_2");
    let mut properties = Map::new()
        .with("DomainName", lower_plain_value(&domain.name))
        .with("DomainNameConfigurations", vec![configuration.into()]);
    if let Some(tls) = &domain.mutual_tls {
        let mut authentication = Map::new().with("TruststoreUri", tls.truststore.as_str());
        authentication.set_some("TruststoreVersion", tls.version.as_deref());
        properties.push("MutualTlsAuthentication", authentication);
    }
    properties
}

/// Returns the properties of the record that leads from the name of a domain to API Gateway.
fn record_properties(domain: &Domain, zone: &HostedZone) -> Map {
    let target = Map::new()
        .with("DNSName", Node::attribute(DOMAIN_ID, "RegionalDomainName"))
        .with("HostedZoneId", Node::attribute(DOMAIN_ID, "RegionalHostedZoneId"));
    let (key, zone) = match zone {
        HostedZone::Id(id) => ("HostedZoneId", lower_plain_value(id)),
        HostedZone::Name(name) => ("HostedZoneName", Node::from(name)),
    };
    Map::new()
        .with(key, zone)
        .with("Name", lower_plain_value(&domain.name))
        .with("Type", "A")
        .with("AliasTarget", target)
}

/// Returns the URL of an API with a domain.
pub(super) fn url_of_domain(domain: &Domain) -> Node {
    let path = domain.base_path.as_ref().map(|path| format!("/{}", path.as_str()));
    let path = path.unwrap_or_default();
    match &domain.name {
        CfnValue::Literal(name) => Node::from(format!("https://{name}{path}")),
        name => {
            let text = Node::from(format!("https://${{Domain}}{path}"));
            let variable = Map::new().with("Domain", lower_plain_value(name));
            Node::Tag("Sub", Box::new(Node::Seq(vec![text, variable.into()])))
        }
    }
}
