#![deny(warnings)]

pub mod orders {
    pub mod open {
        use skylift::prelude::*;

        #[function(memory = 129)]
        pub(super) async fn list_open() -> Result<(), Error> {
            Ok(())
        }
    }

    use skylift::prelude::*;

    #[function(memory = 130)]
    async fn r#type() -> Result<(), Error> {
        Ok(())
    }

    #[function(trigger = http("GET /types/{type}"))]
    async fn r#match(Path(r#type): Path<String>) -> String {
        r#type
    }
}

use skylift::prelude::*;

#[resource(bucket)]
pub struct r#Box;

#[function(trigger = s3(bucket = crate::r#Box))]
async fn r#in(r#event: S3Event) -> Result<(), Error> {
    println!("{}", r#event.records.len());
    Ok(())
}

fn main() {}
