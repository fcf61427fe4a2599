//! The entry of a function that does the work of each message once, as the macros write it.

use std::hash::{BuildHasher as _, RandomState};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::Deserialize;
use skylift::__private::{JsonPath, JsonPathStep, TickHandling};
use skylift::event::Message;
use skylift::{Context, Error};

#[derive(Deserialize)]
struct Job {
    id: usize,
}

/// Waits for some milliseconds, and writes which message was handled, when, and until when its run lasts.
async fn once(job: Message<Job>, context: Context) -> Result<usize, Error> {
    let pause = RandomState::new().hash_one(job.id) % 8;
    tokio::time::sleep(Duration::from_millis(pause)).await;
    let time = |time: SystemTime| time.duration_since(UNIX_EPOCH).map_or(0, |it| it.as_millis());
    println!("ran {} {} {}", job.id, time(SystemTime::now()), time(context.deadline()));
    Ok(job.id)
}

const _: () = {
    #[skylift::__private::linkme::distributed_slice(skylift::__private::FUNCTIONS)]
    #[linkme(crate = skylift::__private::linkme)]
    static __SKYLIFT_FUNCTION: skylift::__private::FunctionEntry =
        skylift::__private::FunctionEntry {
            package: "once",
            id: "Once",
            handler: "once",
            name: None,
            triggers: &[],
            sources: &[],
            timeout: 4,
            deadline_margin: 500,
            batch_concurrency: 10,
            reports_records: false,
            cold_start: Some(skylift::__private::ColdStartSettings::new(
                None,
                TickHandling::ByHandler,
                false,
            )),
            states: &[],
            capabilities: &[],
            idempotent: Some(skylift::__private::idempotency_entry(
                &[JsonPath { text: "$.id", steps: &[JsonPathStep::Field("id")] }],
                &[],
                3_600,
                skylift::__private::own_table("OnceIdempotency", "ONCE_TABLE", "id", "expires_at"),
            )),
            make_handler: || {
                skylift::__private::triggered_handler(
                    [skylift::__private::sqs::<Message<Job>>()],
                    |event, call| async move {
                        Ok::<_, Error>(once(event, call.context().clone()).await)
                    },
                )
            },
        };
};
