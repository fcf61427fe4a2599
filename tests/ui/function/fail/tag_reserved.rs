use skylift::prelude::*;

#[function(tags("aws:team" = "media"))]
async fn tag_in_quotes() -> Result<(), Error> {
    Ok(())
}

#[function(tags(team = "a*"))]
async fn tag_with_star() -> Result<(), Error> {
    Ok(())
}

#[function(tags(team = 5))]
async fn tag_of_number() -> Result<(), Error> {
    Ok(())
}

fn main() {}
