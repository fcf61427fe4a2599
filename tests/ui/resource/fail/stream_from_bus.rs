use skylift::prelude::*;

#[resource(bus)]
pub struct Shop;

#[resource(topic)]
pub struct News;

#[resource(stream(from = topic(News)))]
pub struct FromTopic;

#[resource(stream(from = bus(Shop, partition_key_path = "detail.id")))]
pub struct WithoutDollar;

#[resource(stream(from = bus(Shop, partition_key = "$.detail.id")))]
pub struct WithKinesisName;

#[resource(queue(from = bus(Shop, partition_key_path = "$.detail.id")))]
pub struct Jobs;

fn main() {}
