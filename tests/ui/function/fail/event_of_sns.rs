use skylift::prelude::*;

#[resource(topic(message = News))]
pub struct Headlines;

#[derive(serde::Serialize, serde::Deserialize)]
pub struct News {
    title: String,
}

#[resource(topic(fifo))]
pub struct Ordered;

#[function(trigger = sns(topic = Headlines))]
async fn takes_a_plain_type(news: News) -> Result<(), Error> {
    println!("{}", news.title);
    Ok(())
}

#[function(trigger = sns(topic = Headlines))]
async fn takes_another_type(news: Notification<String>) -> Result<(), Error> {
    println!("{}", *news);
    Ok(())
}

#[function(trigger = sns(topic = Ordered))]
async fn of_a_fifo_topic(event: SnsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
