use skylift::prelude::*;

#[resource(queue)]
pub struct Mails;

#[resource(queue)]
pub struct MAILS;

#[function]
async fn send(mails: Sender<Mails>, others: Sender<MAILS>) -> Result<(), Error> {
    drop((mails, others));
    Ok(())
}

fn main() {}
