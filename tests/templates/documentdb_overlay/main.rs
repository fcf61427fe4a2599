//% [package.metadata.skylift]
//% overlay = "overlay.yaml"

use skylift::prelude::*;

#[resource(secret)]
pub struct Login;

/// Reads the changes of a cluster of the stack.
#[function(trigger = documentdb(
    cluster = overlay("Cluster"),
    database = "shop",
    collection = "orders",
    start = latest,
    secret = Login,
))]
async fn audit(change: DocumentDbEventRecord) -> Result<(), Error> {
    println!("{:?}", change.operation);
    Ok(())
}

skylift::main!();
