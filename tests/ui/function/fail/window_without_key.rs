use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Default, Serialize, Deserialize)]
struct Lengths(BTreeMap<String, usize>);

impl Fold<Data<String>> for Lengths {
    fn fold(&mut self, word: Data<String>) -> Result<(), Error> {
        self.0.insert(word.to_string(), word.len());
        Ok(())
    }
}

#[function(trigger = kinesis)]
async fn window_of_a_trigger_without_one(lengths: Window<Lengths, Data<String>>) -> Result<(), Error> {
    println!("{}", lengths.0.len());
    Ok(())
}

fn main() {}
