use skylift::prelude::*;

#[function]
async unsafe fn is_unsafe() -> Result<(), Error> {
    Ok(())
}

#[function]
async extern "C" fn is_extern() -> Result<(), Error> {
    Ok(())
}

#[function]
const fn is_const() -> Result<(), Error> {
    Ok(())
}

fn main() {}
