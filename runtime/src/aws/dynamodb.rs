//! The client of DynamoDB, for tables and for what is kept of work that is done once.

use aws_sdk_dynamodb::Client;

use super::connection::shared_client;
use crate::Error;

/// That of this process.
pub(crate) fn dynamodb_client() -> Result<Client, Error> {
    shared_client!(aws_sdk_dynamodb)
}
