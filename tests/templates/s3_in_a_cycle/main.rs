use skylift::prelude::*;

/// The bucket notifies the function, which may use the bucket and has its name in a variable: three ways
/// to close a cycle.
#[resource(bucket)]
pub struct Uploads;

#[resource(bucket(name = "named-of-acme", tls_only = false, retain = false))]
pub struct Named;

#[function(
    trigger = s3(bucket = Uploads, prefix = "in/"),
    trigger = s3(bucket = Named),
    env(ALSO = Uploads, OTHER = Named),
    allow(actions = ["s3:GetObjectTagging"], resources = [Uploads]),
    recursive_loop = allow,
)]
async fn circle(
    event: S3Event,
    uploads: ReadWriter<Uploads>,
    named: ReadWriter<Named>,
    next: Invoker<onwards>,
) -> Result<(), Error> {
    let _ = (event, uploads, named, next);
    Ok(())
}

#[function(trigger = s3(bucket = Uploads, prefix = "out/"), recursive_loop = allow)]
async fn onwards(event: S3Event, uploads: Reader<Uploads>, back: Invoker<circle>) -> Result<(), Error> {
    let _ = (event, uploads, back);
    Ok(())
}

skylift::main!();
