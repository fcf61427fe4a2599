//! The entry of a function that resumes, as the macros write it.
#![no_implicit_prelude]
// The macros do not know what their user imported.
#![allow(unused_qualifications)]

use ::skylift::{Error, Progress, Resume};
use ::std::option::Option::{None, Some};
use ::std::result::Result::{self, Ok};
use ::std::string::String;
use ::std::time::Duration;

pub(crate) const COUNTING: &[&str] = &["count"];

/// Counts to the event's number, 100 ms each.
async fn count(to: u32, Resume(cursor): Resume<u32>) -> Result<Progress<u32, u32>, String> {
    ::tokio::time::sleep(Duration::from_millis(100)).await;
    Ok(match cursor {
        Some(number) if number >= to => Progress::Done(number),
        Some(number) => Progress::Continue(number + 1),
        None => Progress::Continue(1),
    })
}

const _: () = {
    enum __SkyliftResume {}

    impl ::skylift::__private::ResumeSettings for __SkyliftResume {
        const FUNCTION: &'static str = "Count";
        const QUEUE: &'static str = "CountResume";
        const VARIABLE: &'static str = "COUNT_RESUME_QUEUE_URL";
        const HOPS: u32 = 100;
        const UNATTENDED: bool = false;
    }

    #[::skylift::__private::linkme::distributed_slice(::skylift::__private::FUNCTIONS)]
    #[linkme(crate = ::skylift::__private::linkme)]
    static __SKYLIFT_FUNCTION: ::skylift::__private::FunctionEntry =
        ::skylift::__private::FunctionEntry {
            package: "counting",
            id: "Count",
            handler: "count",
            name: None,
            triggers: &[],
            sources: &[],
            timeout: 1,
            deadline_margin: 200,
            batch_concurrency: 10,
            reports_records: false,
            cold_start: None,
            states: &[],
            capabilities: &[::skylift::__private::resume_queue::<__SkyliftResume>()],
            idempotent: None,
            make_handler: || {
                ::skylift::__private::resuming_handler::<__SkyliftResume>(
                    ::skylift::__private::direct_handler::<
                        u32,
                        _,
                        _,
                        ::skylift::__private::PartOutput,
                    >(|event, call| async move {
                        let part = ::skylift::__private::part_call::<
                            Result<Progress<u32, u32>, String>,
                            Resume<u32>,
                        >(&call);
                        Ok::<_, Error>(part.done(count(event, part.cursor()?).await))
                    }),
                )
            },
        };
};
