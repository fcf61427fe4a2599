use skylift::prelude::*;

#[resource(secret)]
pub struct ClusterLogin;

#[function(trigger = documentdb(cluster = param("Cluster"), database = "shop", secret = ClusterLogin))]
async fn reads_changes_from_nowhere(event: DocumentDbEvent) -> Result<(), Error> {
    println!("{}", event.events.len());
    Ok(())
}

#[function(trigger = documentdb(
    cluster = "arn:aws:docdb-elastic:eu-west-1:123456789012:cluster/shop",
    database = "shop",
    start = latest,
    secret = ClusterLogin,
))]
async fn names_an_elastic_cluster(event: DocumentDbEvent) -> Result<(), Error> {
    println!("{}", event.events.len());
    Ok(())
}

#[function(trigger = documentdb(
    cluster = param("Cluster"),
    database = "shop",
    collection = "system.users",
    start = latest,
    secret = ClusterLogin,
))]
async fn names_a_collection_of_the_system(event: DocumentDbEvent) -> Result<(), Error> {
    println!("{}", event.events.len());
    Ok(())
}

#[function(trigger = documentdb(
    cluster = param("Cluster"),
    database = "shop",
    start = latest,
    secret = ClusterLogin,
    filters = { "operationType": ["insert"] },
))]
async fn filters_changes_of_documents(event: DocumentDbEvent) -> Result<(), Error> {
    println!("{}", event.events.len());
    Ok(())
}

#[function(trigger = documentdb(
    cluster = param("Cluster"),
    database = "shop",
    start = latest,
    secret = ClusterLogin,
    full_document = UpdateLookup,
))]
async fn looks_up_as_aws_does(event: DocumentDbEvent) -> Result<(), Error> {
    println!("{}", event.events.len());
    Ok(())
}

fn main() {}
