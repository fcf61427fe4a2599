use skylift::prelude::*;

#[resource(bucket)]
pub struct Snapshots;

pub struct Snapshot;

#[function]
async fn misspelt(snapshots: Reader<Snapshot>) -> Result<(), Error> {
    drop(snapshots);
    Ok(())
}

#[function]
async fn nowhere(snapshots: Writer<Downloads>) -> Result<(), Error> {
    drop(snapshots);
    Ok(())
}

fn main() {}
