use skylift::prelude::*;

#[function(trigger = custom_resource)]
async fn seed(request: CustomResource<String>) -> Result<CustomResourceAnswer, Error> {
    println!("{}", request.properties);
    Ok(CustomResourceAnswer::new())
}

fn main() {}
