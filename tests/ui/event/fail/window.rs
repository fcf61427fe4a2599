use serde::{Deserialize, Serialize};
use skylift::event::ScheduledEvent;
use skylift::prelude::*;

#[derive(Default, Serialize, Deserialize)]
struct Volume {
    bytes: usize,
}

impl Fold<Data<String>> for Volume {
    fn fold(&mut self, text: Data<String>) -> Result<(), Error> {
        self.bytes += text.len();
        Ok(())
    }
}

#[derive(Event)]
enum Measured {
    Volume(Window<Volume, Data<String>>),
    Tick(ScheduledEvent),
}

fn main() {}
