use skylift::prelude::*;

mod one {
    use skylift::prelude::*;

    #[resource(queue)]
    pub struct Cards;
}

mod other {
    use skylift::prelude::*;

    #[resource(queue)]
    pub struct Crates;
}

use one::Cards as Crates;

#[function(env(QUEUE = Crates))]
async fn crates_in_env() -> Result<(), Error> {
    Ok(())
}

#[function(allow(actions = ["sqs:SendMessage"], resources = ["*", Crates]))]
async fn crates_in_allow() -> Result<(), Error> {
    Ok(())
}

fn main() {
    let _ = other::Crates;
}
