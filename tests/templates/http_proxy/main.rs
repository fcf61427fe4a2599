use skylift::prelude::*;

#[function(trigger = http("ANY /{proxy+}"))]
async fn app(Path(path): Path<String>) -> String {
    path
}

skylift::main!();
