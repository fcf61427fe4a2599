use skylift::prelude::*;

#[resource(bucket)]
pub struct Fairy;

#[resource(bucket)]
pub struct Tale;

#[function]
async fn two_arguments(tales: Reader<Fairy, Tale>) -> Result<(), Error> {
    drop(tales);
    Ok(())
}

#[function]
async fn tuple(tales: Writer<(Fairy, Tale)>) -> Result<(), Error> {
    drop(tales);
    Ok(())
}

#[function]
async fn no_argument(context: Context, tales: Reader) -> Result<(), Error> {
    drop((context, tales));
    Ok(())
}

fn main() {}
