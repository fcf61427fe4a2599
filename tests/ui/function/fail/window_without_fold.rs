use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Default, Serialize, Deserialize)]
struct Unfolded;

#[function(trigger = kinesis(tumbling_window = "1m"))]
async fn window_of_what_is_not_folded(window: Window<Unfolded, Data<String>>) -> Result<(), Error> {
    println!("{:?}", window.start());
    Ok(())
}

fn main() {}
