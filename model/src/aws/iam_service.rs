//! The names of AWS's services in IAM. Users write the names that SDKs, command lines and consoles have, such as `sfn`,
//! where IAM has another one: `states`. The prefix of an action and the service of an ARN are mostly the same name.

use super::tables;
use crate::suggest;

/// Names of services that no action begins with, each with the prefix that IAM has in its place. Most are the names of
/// SDKs, the others those of consoles.
const OTHER_NAMES: &[(&str, &str)] = &[
    ("amp", "aps"),
    ("api-gateway", "apigateway"),
    ("apigatewaymanagementapi", "execute-api"),
    ("apigatewayv2", "apigateway"),
    ("appconfigdata", "appconfig"),
    ("bedrock-agent", "bedrock"),
    ("bedrock-agent-runtime", "bedrock"),
    ("bedrock-agentcore-control", "bedrock-agentcore"),
    ("bedrock-data-automation", "bedrock"),
    ("bedrock-runtime", "bedrock"),
    ("bedrockruntime", "bedrock"),
    ("cloudwatch-events", "events"),
    ("cloudwatch-logs", "logs"),
    ("cloudwatchevents", "events"),
    ("cloudwatchlogs", "logs"),
    ("cognito", "cognito-idp"),
    ("cognito-identity-provider", "cognito-idp"),
    ("cognitoidentity", "cognito-identity"),
    ("cognitoidentityprovider", "cognito-idp"),
    ("cognitoidp", "cognito-idp"),
    ("configservice", "config"),
    ("cost-explorer", "ce"),
    ("costexplorer", "ce"),
    ("data-firehose", "firehose"),
    ("ddb", "dynamodb"),
    ("dynamo", "dynamodb"),
    ("dynamo-db", "dynamodb"),
    ("dynamodb-streams", "dynamodb"),
    ("dynamodbstreams", "dynamodb"),
    ("efs", "elasticfilesystem"),
    ("elasticloadbalancingv2", "elasticloadbalancing"),
    ("elasticsearch", "es"),
    ("elb", "elasticloadbalancing"),
    ("elbv2", "elasticloadbalancing"),
    ("email", "ses"),
    ("emr", "elasticmapreduce"),
    ("event-bridge", "events"),
    ("eventbridge", "events"),
    ("eventbridge-scheduler", "scheduler"),
    ("keyspaces", "cassandra"),
    ("kinesis-firehose", "firehose"),
    ("kinesisanalyticsv2", "kinesisanalytics"),
    ("kinesisfirehose", "firehose"),
    ("lex-models", "lex"),
    ("lex-runtime", "lex"),
    ("lexv2-models", "lex"),
    ("lexv2-runtime", "lex"),
    ("location", "geo"),
    ("mwaa", "airflow"),
    ("opensearchserverless", "aoss"),
    ("parameter-store", "ssm"),
    ("parameterstore", "ssm"),
    ("personalize-events", "personalize"),
    ("personalize-runtime", "personalize"),
    ("pinpoint", "mobiletargeting"),
    ("qconnect", "wisdom"),
    ("rdsdata", "rds-data"),
    ("redshiftdata", "redshift-data"),
    ("s3api", "s3"),
    ("s3control", "s3"),
    ("sagemaker-featurestore-runtime", "sagemaker"),
    ("sagemaker-runtime", "sagemaker"),
    ("sagemakerruntime", "sagemaker"),
    ("secret", "secretsmanager"),
    ("secretmanager", "secretsmanager"),
    ("secrets", "secretsmanager"),
    ("secrets-manager", "secretsmanager"),
    ("sesv2", "ses"),
    ("sfn", "states"),
    ("sso-admin", "sso"),
    ("ssoadmin", "sso"),
    ("step-functions", "states"),
    ("stepfunction", "states"),
    ("stepfunctions", "states"),
    ("systems-manager", "ssm"),
    ("systemsmanager", "ssm"),
    ("timestream-query", "timestream"),
    ("timestream-write", "timestream"),
    ("x-ray", "xray"),
];

/// Services of ARNs that no action begins with.
const ARN_SERVICES: &[&str] = &["catalog", "elastic-inference", "route53-recovery-control"];

/// Returns the names of all services in actions, such as `s3`.
pub fn services() -> impl Iterator<Item = &'static str> {
    table_services().map(|(service, _)| service)
}

/// Returns the name of each service in the table of actions, with the rest of its line.
pub(super) fn table_services() -> impl Iterator<Item = (&'static str, &'static str)> {
    tables::table_lines(tables::ACTIONS).skip(1).filter_map(|line| line.split_once(' '))
}

/// Returns the prefix that IAM has for a service that the user names as an SDK or a console does, and `None` for any
/// other name.
#[must_use]
pub fn prefix_of_other_name(service: &str) -> Option<&'static str> {
    let found = OTHER_NAMES.iter().find(|(name, _)| name.eq_ignore_ascii_case(service));
    found.map(|(_, prefix)| *prefix)
}

/// Returns whether ARNs or actions have this service.
pub(super) fn is_known(service: &str) -> bool {
    services().chain(ARN_SERVICES.iter().copied()).any(|known| known == service)
}

/// Returns the service that was probably meant by an unknown service of an ARN. Returns `None` if the service is known,
/// or is like no other.
pub(super) fn nearest_service(service: &str) -> Option<&'static str> {
    if is_known(service) {
        return None;
    }
    prefix_of_other_name(service).or_else(|| suggest::nearest(service, services()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn another_name_is_no_service_and_has_one_that_is() {
        for (name, prefix) in OTHER_NAMES {
            assert!(!services().any(|known| known == *name), "{name}");
            assert!(services().any(|known| known == *prefix), "{prefix}");
        }
        for service in ARN_SERVICES {
            assert!(!services().any(|known| known == *service), "{service}");
        }
    }

    #[test]
    fn an_unknown_service_has_the_one_that_was_meant() {
        for (service, meant) in [
            ("sfn", Some("states")),
            ("EventBridge", Some("events")),
            ("dynamo", Some("dynamodb")),
            ("dynamdb", Some("dynamodb")),
            ("s3", None),
            ("route53-recovery-control", None),
            ("quantumledgers", None),
        ] {
            assert_eq!(nearest_service(service), meant, "{service}");
        }
    }
}
