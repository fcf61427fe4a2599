use skylift::prelude::*;

#[function(env(KEY = secret("api-key")))]
async fn unknown_kind_of_value() -> Result<(), Error> {
    Ok(())
}

#[function(env(TABLE = parm("TableName")))]
async fn misspelt_kind_of_value() -> Result<(), Error> {
    Ok(())
}

#[function(env(TABLE = param("table-name")))]
async fn bad_parameter_name() -> Result<(), Error> {
    Ok(())
}

#[function(env("debug"))]
async fn value_without_name() -> Result<(), Error> {
    Ok(())
}

#[function(env = "debug")]
async fn env_without_parentheses() -> Result<(), Error> {
    Ok(())
}

#[function(env(LOG = "info", LOG = "debug"))]
async fn one_variable_twice() -> Result<(), Error> {
    Ok(())
}

fn main() {}
