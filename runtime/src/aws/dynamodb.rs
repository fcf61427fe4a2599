//! The client of DynamoDB, which all tables share.

use aws_sdk_dynamodb::Client;

use super::connection::shared_client;
use crate::Error;

/// Returns the one DynamoDB client that this process has for the region of the table with this name or ARN, or the
/// error of the SDK configuration.
pub(crate) fn dynamodb_client(table: &str) -> Result<Client, Error> {
    shared_client!(aws_sdk_dynamodb, table)
}
