//! The client of DynamoDB, for tables and for what is kept of work that is done once.

use aws_sdk_dynamodb::Client;

use super::service::once;
use crate::Error;

/// That of this process.
pub(crate) fn dynamodb() -> Result<Client, Error> {
    once!(aws_sdk_dynamodb)
}
