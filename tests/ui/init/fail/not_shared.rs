use skylift::prelude::*;

#[init]
async fn not_shared() -> Result<std::rc::Rc<u8>, Error> {
    Ok(std::rc::Rc::new(6))
}

fn main() {}
