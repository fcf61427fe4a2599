//! [`SdkConnection`]: a client of the AWS SDK together with the resource that it works on. The client of an AWS
//! service is made once per process and region, and all resources of the service in that region share it. The region
//! is the one in the ARN or URL of the resource, because AWS answers a request to another region as if the resource
//! did not exist.

use std::sync::{Arc, Mutex, PoisonError};

use aws_types::SdkConfig;
use aws_types::region::Region;

use super::config::{make_client, shared_config};
use crate::Error;

/// A client of the AWS SDK, and the name, URL or ARN of a resource.
// Public traits have it as an associated type, so it is `pub`.
#[allow(unreachable_pub)]
#[derive(Clone, Debug)]
pub struct SdkConnection<C> {
    pub(crate) client: C,
    pub(crate) name: Arc<str>,
}

/// The clients of one AWS service that this process has: one for each region.
pub(crate) struct SharedClients<C>(Mutex<Vec<(Option<Region>, C)>>);

impl<C: Clone> SharedClients<C> {
    pub(crate) const fn new() -> Self {
        Self(Mutex::new(Vec::new()))
    }

    /// Returns the client for the region of the resource with this name, URL or ARN. `make` makes a client from an SDK
    /// configuration. Fails with the error of the SDK configuration.
    pub(crate) fn get_for(&self, name: &str, make: fn(&SdkConfig) -> C) -> Result<C, Error> {
        self.get_or_make(shared_config()?, name, make)
    }

    fn get_or_make(
        &self,
        config: &SdkConfig,
        name: &str,
        make: fn(&SdkConfig) -> C,
    ) -> Result<C, Error> {
        let region = find_region(name).map(|region| Region::new(region.to_owned()));
        let region = region.or_else(|| config.region().cloned());
        let mut clients = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, client)) = clients.iter().find(|(known, _)| *known == region) {
            return Ok(client.clone());
        }
        let config = config.clone().into_builder().region(region.clone()).build();
        let client = make_client(&config, make)?;
        clients.push((region, client.clone()));
        Ok(client)
    }
}

/// Expands to an expression of type `Result<Client, Error>`: the one client of an AWS service that this process has
/// for the region of a resource, or the error of the SDK configuration. Takes the name of the service's SDK crate, and
/// the name, URL or ARN of the resource.
#[allow(unused_macros, reason = "the store of idempotency makes its client by another function")]
macro_rules! shared_client {
    ($sdk:ident, $name:expr) => {{
        static CLIENTS: $crate::aws::connection::SharedClients<$sdk::Client> =
            $crate::aws::connection::SharedClients::new();
        CLIENTS.get_for($name, |config| $sdk::Client::new(config))
    }};
}

#[allow(unused_imports, reason = "as above")]
pub(crate) use shared_client;

/// Returns the region in an ARN or in the URL of a queue. Returns `None` for a name, and for an ARN or URL without a
/// region: the resource is then in the region of the function.
fn find_region(name: &str) -> Option<&str> {
    if let Some(arn) = name.strip_prefix("arn:") {
        return arn.split(':').nth(2).filter(|region| !region.is_empty());
    }
    let (_, address) = name.split_once("://")?;
    let host = address.split(['/', ':']).next()?;
    let labels: Vec<_> = host.split('.').collect();
    // `sqs.REGION.amazonaws.com`, also within other domains and for a VPC endpoint; and the older
    // `REGION.queue.amazonaws.com`. See "Amazon SQS endpoints and quotas" of the AWS General Reference.
    let found = labels.windows(2).find_map(|pair| match pair {
        ["sqs" | "sqs-fips", region] | [region, "queue"] => Some(*region),
        _ => None,
    });
    found.filter(|it| it.contains('-') && it.ends_with(|last: char| last.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_region_is_found_in_every_arn_and_in_every_url_of_a_queue() {
        for name in [
            "arn:aws:dynamodb:eu-west-1:123456789012:table/orders",
            "arn:aws:secretsmanager:eu-west-1:123456789012:secret:key-AbCdEf",
            "arn:aws:sns:eu-west-1:123456789012:news",
            "arn:aws-cn:kinesis:eu-west-1:123456789012:stream/clicks",
            "arn:aws:events:eu-west-1:123456789012:event-bus/shop",
            "arn:aws:ssm:eu-west-1:123456789012:parameter/app/key",
            "https://sqs.eu-west-1.amazonaws.com/123456789012/jobs",
            "https://sqs.eu-west-1.amazonaws.com.cn/123456789012/jobs",
            "https://sqs-fips.eu-west-1.amazonaws.com/123456789012/jobs",
            "https://eu-west-1.queue.amazonaws.com/123456789012/jobs",
            "https://vpce-1-2.sqs.eu-west-1.vpce.amazonaws.com/123456789012/jobs",
            "http://sqs.eu-west-1.localhost.localstack.cloud:4566/000000000000/jobs",
        ] {
            assert_eq!(find_region(name), Some("eu-west-1"), "{name}");
        }
    }

    #[test]
    fn a_name_and_an_address_without_a_region_mean_the_region_of_the_function() {
        for name in [
            "orders",
            "/app/key",
            "",
            "arn:aws:s3:::uploads",
            "arn:",
            "http://127.0.0.1:4566/000000000000/jobs",
            "https://queue.amazonaws.com/123456789012/jobs",
            "http://sqs.localhost/123456789012/sqs.eu-west-1",
        ] {
            assert_eq!(find_region(name), None, "{name}");
        }
    }

    #[cfg(feature = "queue")]
    #[test]
    fn a_queue_of_another_region_is_asked_there_and_each_region_has_one_client() {
        let server = crate::aws::testing::FakeAws::script([crate::aws::testing::FakeResponse::ok(
            r#"{"MessageId":"1"}"#,
        )]);
        let config = server.config();
        let clients = SharedClients::new();
        let url = |region: &str| format!("https://sqs.{region}.amazonaws.com/1/jobs");
        for region in ["eu-west-1", "eu-central-1", "eu-west-1"] {
            let client =
                clients.get_or_make(&config, &url(region), aws_sdk_sqs::Client::new).unwrap();
            let request = client.send_message().queue_url(url(region)).message_body("a");
            crate::testing::block_on(request.send()).unwrap();
            let request = server.seen().pop().unwrap();
            let signature = request.header("authorization").unwrap();
            assert!(signature.contains(&format!("/{region}/sqs/")), "{signature}");
        }
        clients.get_or_make(&config, "jobs", aws_sdk_sqs::Client::new).unwrap();
        assert_eq!(clients.0.lock().unwrap().len(), 2);
    }
}
