use skylift::prelude::*;

#[function(description = "An object that comes into the bucket is read, made smaller three times, and written back under another prefix, from where the web pages show it; an object that goes has its three thumbnails removed, unless one of them was made by hand, and so marked by a tag.")]
async fn described_at_length() -> Result<(), Error> {
    Ok(())
}

fn main() {}
