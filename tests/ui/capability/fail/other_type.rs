use skylift::prelude::*;

mod mine {
    use std::marker::PhantomData;

    pub struct Reader<T>(pub PhantomData<T>);
}

#[resource(bucket)]
pub struct Drafts;

#[function]
async fn read(drafts: mine::Reader<Drafts>) -> Result<(), Error> {
    drop(drafts);
    Ok(())
}

fn main() {}
