use skylift::prelude::*;

#[function(trigger = sqs, resume = queue)]
async fn whole_batch(event: SqsEvent, cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{} {cursor:?}", event.records.len());
    Ok(Progress::Done(()))
}

#[function(trigger = s3, resume = queue)]
async fn each_record(record: S3EventRecord, cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    println!("{:?} {cursor:?}", record.event_name);
    Ok(Progress::Done(()))
}

#[derive(Event)]
enum Either {
    Tick(ScheduledEvent),
    Batch(SqsEvent),
}

#[function(trigger = sqs, schedule = "rate(1 day)", resume = queue)]
async fn whole_batch_or_tick(event: Either, cursor: Resume<u32>) -> Result<Progress<u32, ()>, Error> {
    match event {
        Either::Tick(tick) => println!("{:?} {cursor:?}", tick.id),
        Either::Batch(batch) => println!("{} {cursor:?}", batch.records.len()),
    }
    Ok(Progress::Done(()))
}

fn main() {}
