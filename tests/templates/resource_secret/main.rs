//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]
use serde::Deserialize;
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct Login {
    user: String,
    password: String,
}

/// Its value is set after the deployment.
#[resource(secret)]
pub struct ApiKey;

#[resource(secret(generate))]
pub struct Token;

#[resource(secret(generate(length = 64, punctuation = false), name = "app/session", retain = false))]
pub struct Session;

#[resource(secret(existing = "app/database", value = Login))]
pub struct Database;

#[function]
async fn use_them(
    api_key: Reader<ApiKey>,
    token: Reader<Token>,
    session: Reader<Session>,
    database: Reader<Database>,
) -> Result<(), Error> {
    let _ = (api_key, token, session, database);
    Ok(())
}

skylift::main!();
