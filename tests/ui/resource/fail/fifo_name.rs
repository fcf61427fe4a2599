use skylift::prelude::*;

#[resource(queue(name = "steps", fifo))]
pub struct FifoWithoutSuffix;

#[resource(queue(name = "steps.fifo", fifo = false))]
pub struct SuffixWithoutFifo;

fn main() {}
