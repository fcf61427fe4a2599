//! Records of streams one at a time, raw and typed, and in windows.

use serde::{Deserialize, Serialize};
use skylift::event::{DynamoDbEventRecord, KinesisEventRecord, Keys};
use skylift::prelude::*;

#[derive(Deserialize)]
pub struct RecordsClick {
    page: String,
}

#[derive(Deserialize)]
pub struct RecordsOrder {
    id: String,
    total: u32,
}

#[derive(Deserialize)]
struct RecordsKey {
    id: String,
}

#[resource(stream(message = RecordsClick))]
pub struct RecordsClicks;

#[resource(stream)]
pub struct RecordsOfAnything;

#[resource(table(key = "id", item = RecordsOrder, stream = new_and_old))]
pub struct OfBoth;

#[resource(table(key = "id", item = RecordsOrder, stream = new))]
pub struct OfNew;

#[resource(table(key = "id", item = RecordsOrder, stream = old))]
pub struct OfOld;

#[resource(table(key = "id", stream = keys))]
pub struct OfKeys;

#[derive(Default, Serialize, Deserialize)]
struct RecordsSum {
    count: u32,
    total: u32,
}

impl Fold<Data<RecordsClick>> for RecordsSum {
    fn fold(&mut self, click: Data<RecordsClick>) -> Result<(), Error> {
        self.count += u32::try_from(click.page.len())?;
        Ok(())
    }
}

impl Fold<Change<RecordsOrder>> for RecordsSum {
    fn fold(&mut self, change: Change<RecordsOrder>) -> Result<(), Error> {
        self.total += change.after().map_or(0, |order| order.total);
        Ok(())
    }
}

#[function(trigger = kinesis(stream = RecordsClicks))]
async fn records_click(click: Data<RecordsClick>) -> Result<(), Error> {
    println!("{} {}", click.partition_key(), click.page);
    Ok(())
}

#[function(trigger = kinesis(stream = RecordsOfAnything))]
async fn records_anything(click: Data<RecordsClick>) -> Result<(), Error> {
    println!("{}", click.page);
    Ok(())
}

#[function(trigger = kinesis(stream = RecordsClicks))]
async fn records_raw(record: KinesisEventRecord) -> Result<(), Error> {
    println!("{}", record.kinesis.data.len());
    Ok(())
}

#[function(trigger = dynamodb(table = OfBoth))]
async fn records_both(change: Change<RecordsOrder>) -> Result<(), Error> {
    match &*change {
        Changed::Inserted { new } => println!("{} {}", new.id, new.total),
        Changed::Modified { old, new } => println!("{} {}", old.total, new.total),
        Changed::Removed { old } => println!("{} {}", old.id, change.is_expired()),
    }
    Ok(())
}

#[function(trigger = dynamodb(table = OfBoth))]
async fn records_less(change: Change<RecordsOrder, Keys<RecordsKey>>) -> Result<(), Error> {
    println!("{:?}", change.before().map(|keys| &keys.id));
    Ok(())
}

#[function(trigger = dynamodb(table = OfNew))]
async fn records_new(change: Change<RecordsOrder, Keys<RecordsKey>>) -> Result<(), Error> {
    println!("{:?}", change.before().map(|keys| &keys.id));
    Ok(())
}

#[function(trigger = dynamodb(table = OfOld))]
async fn records_old(change: Change<Keys<RecordsKey>, RecordsOrder>) -> Result<(), Error> {
    println!("{:?}", change.before().map(|order| order.total));
    Ok(())
}

#[function(trigger = dynamodb(table = OfKeys))]
async fn records_keys(change: Change<Keys<RecordsKey>>) -> Result<(), Error> {
    println!("{:?}", change.after().map(|keys| &keys.id));
    Ok(())
}

#[function(trigger = dynamodb(table = OfKeys))]
async fn records_raw_changes(record: DynamoDbEventRecord) -> Result<(), Error> {
    println!("{}", record.event_id);
    Ok(())
}

#[function(trigger = kinesis(stream = RecordsClicks, tumbling_window = "1m"))]
async fn records_in_windows(sum: Window<RecordsSum, Data<RecordsClick>>) -> Result<(), Error> {
    println!("{} from {:?} to {:?}", sum.count, sum.start(), sum.end());
    Ok(())
}

type Totals = Window<RecordsSum, Change<RecordsOrder>>;

#[function(trigger = dynamodb(table = OfBoth, tumbling_window = "15m"))]
async fn records_in_windows_by_another_name(sum: Totals) -> Result<(), Error> {
    println!("{}", sum.total);
    Ok(())
}

#[derive(Event)]
enum RecordsAll {
    Click(Data<RecordsClick>),
    Order(Change<RecordsOrder>),
}

#[function(
    trigger = kinesis(stream = RecordsClicks),
    trigger = dynamodb(table = OfBoth),
)]
async fn records_all(event: RecordsAll) -> Result<(), Error> {
    match event {
        RecordsAll::Click(click) => println!("{}", click.page),
        RecordsAll::Order(order) => println!("{}", order.sequence_number()),
    }
    Ok(())
}

fn main() {}
