use skylift::prelude::*;

#[function(env(PASSWORD = "{{resolve:secretsmanager:db:SecretString:password}}"))]
async fn resolves_a_secret() -> Result<(), Error> {
    Ok(())
}

fn main() {}
