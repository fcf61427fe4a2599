//! The entries of an application that is observed, as the macros write them.

use std::time::Duration;

use serde::Deserialize;
use skylift::{Context, Error, Sender, State, Streaming, metric, metrics};
use tracing::{Instrument as _, info, info_span};

pub(crate) const WATCHED: &[&str] = &["work", "send", "count"];

/// `#[resource(queue)]`
pub(crate) struct Letters;

const _: () = {
    impl skylift::resource::Resource for Letters {
        const ID: &'static str = "Letters";
        const VARIABLE: &'static str = "LETTERS_QUEUE_URL";
        type Kind = skylift::resource::kind::Queue;
    }
    impl skylift::resource::Queue for Letters {
        type Message = skylift::resource::Untyped;
        type Order = skylift::resource::Standard;
    }
};

/// What `work` has to do.
#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Then {
    Succeed,
    Fail,
    Panic,
}

#[derive(Deserialize)]
struct Job {
    name: String,
    then: Then,
    /// In milliseconds.
    #[serde(default)]
    takes: u64,
}

pub(crate) struct Ready;

async fn open() -> Result<Ready, Error> {
    info!("opened");
    metric!("Opened", 1, unit = Count);
    Ok(Ready)
}

async fn work(job: Job, _ready: State<Ready>) -> Result<(), Error> {
    let Job { name, then, takes } = job;
    info!(job = name, "begun\nat once");
    metrics::property("job", &name);
    metric!("Begun", 1, unit = Count);
    let step = async {
        tokio::time::sleep(Duration::from_millis(takes)).await;
        info!(job = name, "done");
        metric!("Done", 1, unit = Count, job = name);
    };
    step.instrument(info_span!("step", takes)).await;
    metric!("Took", Duration::from_millis(takes), "kind" = "job", resolution = High);
    match then {
        Then::Succeed => Ok(()),
        Then::Fail => Err(Error::new("SoldOut", "none\nleft")),
        Then::Panic => panic!("out of\nstock"),
    }
}

async fn send(letters: Sender<Letters>, context: Context) -> Result<(), Error> {
    letters.send(&"directly".into()).await?;
    let spawned = letters.clone();
    let task = async move {
        info!("in a task");
        spawned.send(&"spawned".into()).await
    };
    tokio::spawn(task).await??;
    let scoped = async move { letters.send(&"scoped".into()).await };
    tokio::spawn(context.scope(scoped)).await??;
    Ok(())
}

async fn count(to: u32) -> Result<Streaming, Error> {
    if to == 0 {
        metric!("Started", 1);
    }
    Ok(Streaming::new("text/plain", move |mut out| async move {
        for number in 1..=to {
            out.write(number.to_string()).await?;
            tokio::task::yield_now().await;
            info!(number, "counted");
            metric!("Counted", number);
        }
        if to == 0 { Err(Error::new("TooFew", "nothing to count")) } else { Ok(()) }
    }))
}

macro_rules! function {
    ($handler:ident $id:literal, needs [$($need:ty),*], [$($capability:ty),*], $start:expr) => {
        const _: () = {
            #[skylift::__private::linkme::distributed_slice(skylift::__private::FUNCTIONS)]
            #[linkme(crate = skylift::__private::linkme)]
            static __SKYLIFT_FUNCTION: skylift::__private::FunctionEntry =
                skylift::__private::FunctionEntry {
                    package: "watched",
                    id: $id,
                    handler: stringify!($handler),
                    name: None,
                    triggers: &["sqs queue Letters"],
                    sources: &[skylift::__private::source::sqs],
                    timeout: 10,
                    deadline_margin: 500,
                    batch_concurrency: 10,
                    reports_records: false,
                    cold_start: ::core::option::Option::None,
                    states: &[$(skylift::__private::required_state!($need)),*],
                    capabilities: &[$(skylift::__private::capability_opener::<$capability>()),*],
                    idempotent: None,
                    make_handler: || $start,
                };
        };
    };
}

function!(work "Work", needs [State<Ready>], [],
skylift::__private::direct_handler::<Job, _, _, _>(|event, call| async move {
    let ready = <State<Ready> as skylift::__private::FromInvocation>::from_invocation(&call)?;
    Ok::<_, Error>(work(event, ready).await)
}));
function!(count "Count", needs [], [],
skylift::__private::direct_handler::<u32, _, _, _>(|event, _call| async move {
    Ok::<_, Error>(count(event).await)
}));
function!(send "Send", needs [], [Sender<Letters>],
skylift::__private::eventless_handler(|call| async move {
    let letters = <Sender<Letters> as skylift::__private::FromInvocation>::from_invocation(&call)?;
    let context = <Context as skylift::__private::FromInvocation>::from_invocation(&call)?;
    Ok::<_, Error>(send(letters, context).await)
}));

const _: () = {
    #[skylift::__private::linkme::distributed_slice(skylift::__private::INITS)]
    #[linkme(crate = skylift::__private::linkme)]
    static __SKYLIFT_INIT: skylift::__private::InitEntry = skylift::__private::InitEntry {
        package: "watched",
        name: "open",
        state_builder: || skylift::__private::state_builder(open),
    };
};
