use skylift::prelude::*;

#[resource(topic)]
pub struct Bulletins;

#[resource(queue)]
pub struct LostBulletins;

#[function(trigger = sns(topic = Bulletins, dead_letters = LostBulletin))]
async fn misspells_the_dead_letters(event: SnsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = schedule("rate(1 day)", dead_letters = Bulletins))]
async fn sends_dead_letters_to_a_topic() -> Result<(), Error> {
    Ok(())
}

fn main() {}
