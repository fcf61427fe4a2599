use skylift::prelude::*;

#[function(trigger = kinesis(batch_size = 100, tumbling_window = "1m"))]
async fn words_of_a_window(word: Data<String>) -> Result<(), Error> {
    println!("{}", word.len());
    Ok(())
}

fn main() {}
