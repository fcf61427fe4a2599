use skylift::prelude::*;

#[derive(serde::Deserialize)]
pub struct News {
    title: String,
}

#[function(trigger = sns)]
async fn takes_a_plain_type(news: News) -> Result<(), Error> {
    println!("{}", news.title);
    Ok(())
}

#[function(trigger = sns)]
async fn takes_a_message_of_a_queue(news: Message<News>) -> Result<(), Error> {
    println!("{}", news.title);
    Ok(())
}

#[function(trigger = sns(topic = "news.fifo"))]
async fn follows_a_fifo_topic(event: SnsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(trigger = sns(filter = { "order": { "kind": ["placed"] } }))]
async fn filters_fields_of_attributes(event: SnsEvent) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

fn main() {}
