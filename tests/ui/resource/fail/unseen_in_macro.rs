use skylift::prelude::*;

macro_rules! queue {
    ($name:ident) => {
        #[resource(queue)]
        pub struct $name;
    };
}

queue!(MadeByMacro);

fn main() {}
