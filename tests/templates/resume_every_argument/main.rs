//% [package.metadata.skylift]
//% timeout = "1m"
//% deadline_margin = "5s"
//%
//% [dependencies.serde]
//% version = "1"
//% features = ["derive"]

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

#[derive(Serialize, Deserialize)]
pub struct Import {
    key: String,
}

#[resource(queue(message = Import))]
pub struct Imports;

/// Imports one file for each message, line by line.
#[function(
    trigger = sqs(queue = Imports, max_concurrency = 5),
    resume(queue, hops = 1_000, dead_letters(after = 3)),
    provisioned_concurrency = 1,
)]
async fn import(
    import: Message<Import>,
    Resume(line): Resume<u64>,
    context: Context,
) -> Result<Progress<u64, ()>, Error> {
    println!("{} from {line:?}, {:?} left", import.key, context.remaining());
    Ok(Progress::Done(()))
}

/// Reports every day.
#[function(schedule = "rate(1 day)", resume(queue), deadline_margin = "250ms")]
async fn report(cursor: Resume<String>) -> Result<Progress<String, ()>, Error> {
    println!("{cursor:?}");
    Ok(Progress::Done(()))
}

/// Handles uploaded objects, one in each part.
#[function(trigger = s3, resume = queue, name = "unpack")]
async fn unpack(event: S3Event, cursor: Resume<usize>) -> Result<Progress<usize, usize>, Error> {
    let next = cursor.map_or(1, |done| done + 1);
    Ok(if next < event.records.len() { Progress::Continue(next) } else { Progress::Done(next) })
}

/// Starts the work and continues it itself.
#[function]
async fn start(unpack: Invoker<count>) -> Result<Option<u32>, Error> {
    unpack.invoke_async(&7).await?;
    Ok(match unpack.invoke(&8).await? {
        skylift::resume::Reply::Done(count) => Some(count),
        skylift::resume::Reply::Resumed(_) => None,
    })
}

#[function(resume = queue)]
async fn count(to: u32, cursor: Resume<u32>) -> Result<Progress<u32, u32>, Error> {
    let next = cursor.map_or(0, |done| done + 1);
    Ok(if next < to { Progress::Continue(next) } else { Progress::Done(next) })
}

/// Handles a scheduled event or an import.
#[derive(Event)]
enum Work {
    Tick(ScheduledEvent),
    Import(Message<Import>),
}

#[function(
    trigger = sqs,
    schedule = "rate(1 hour)",
    resume = queue,
    env(QUEUE = Imports),
)]
async fn either(work: Work, cursor: Resume<()>) -> Result<Progress<(), ()>, Error> {
    match work {
        Work::Tick(tick) => println!("{:?} {cursor:?}", tick.id),
        Work::Import(import) => println!("{} {cursor:?}", import.key),
    }
    Ok(Progress::Done(()))
}

skylift::main!();
