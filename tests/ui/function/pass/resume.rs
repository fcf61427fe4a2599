#![deny(warnings)]

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

pub mod queue {}

#[derive(Serialize, Deserialize)]
pub struct Page(u32);

pub type Outcome = Result<Progress<Page, String>, String>;

/// The cursor may be the first parameter, and the return type may be an alias.
#[function(resume = queue)]
async fn without_an_event(Resume(page): Resume<Page>) -> Outcome {
    match page {
        Some(Page(10)) => Err("lost".to_owned()),
        Some(Page(number)) => Ok(Progress::Continue(Page(number + 1))),
        None => Ok(Progress::Done("nothing to do".to_owned())),
    }
}

#[function(trigger = s3, resume(queue, hops = 5, dead_letters(after = 2)), deadline_margin = "1s")]
async fn with_everything(
    event: S3Event,
    context: Context,
    cursor: skylift::Resume<Option<u8>>,
) -> Result<skylift::Progress<Option<u8>, ()>, Error> {
    println!("{} {:?} {cursor:?}", event.records.len(), context.deadline_margin());
    Ok(Progress::Done(()))
}

#[function(trigger = sqs(queue = "jobs", batch_size = 1), resume = queue)]
async fn with_a_message(
    message: Message<Page>,
    cursor: Resume<Page>,
) -> Result<Progress<Page, impl Serialize>, Error> {
    println!("{} {}", message.0, cursor.is_some());
    Ok(Progress::Done(3))
}

pub mod mine {
    #[derive(serde::Serialize)]
    pub struct Progress(pub u8);
}

/// Does not use `resume`: its `Progress` is another type.
#[function]
async fn at_once() -> Result<mine::Progress, Error> {
    Ok(mine::Progress(100))
}

fn main() {}
