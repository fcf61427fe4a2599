use skylift::prelude::*;

#[function]
async fn generic<T: Send>(event: T) -> Result<(), Error> {
    drop(event);
    Ok(())
}

#[function]
async fn with_where() -> Result<(), Error>
where
    String: Sized,
{
    Ok(())
}

#[function]
async fn with_lifetime<'a>(text: &'a str) -> Result<(), Error> {
    println!("{text}");
    Ok(())
}

#[function]
async fn with_impl(event: impl Send) -> Result<(), Error> {
    drop(event);
    Ok(())
}

fn main() {}
