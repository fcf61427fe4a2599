//! An application whose handlers fail in every possible way, as each event asks.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use serde_json::{Value, json};
use skylift::{Context, Error, Streaming};

use super::entries::function;

pub(crate) const HANDLERS: &[&str] = &["fault", "stream", "meet", "hooked"];

/// Does what the event says.
async fn fault(event: Value, context: Context) -> Result<Value, Error> {
    match event["do"].as_str().unwrap_or_default() {
        "fail" => Err(Error::new("SoldOut", "none left")),
        "panic" => panic!("out of stock"),
        "panic in a task" => {
            let task = tokio::spawn(async { panic!("out of paper") });
            Err(task.await.unwrap_err().into())
        }
        "panic in a task that nobody waits for" => {
            tokio::spawn(async { panic!("out of ink") });
            tokio::task::yield_now().await;
            Ok(Value::Null)
        }
        "sleep" => {
            tokio::time::sleep(Duration::from_mins(1)).await;
            Ok(Value::Null)
        }
        "sleep and panic over the end" => {
            let _sleeper = Sleeper;
            tokio::time::sleep(Duration::from_mins(1)).await;
            Ok(Value::Null)
        }
        "nap" => {
            let length = event["ms"].as_u64().unwrap_or_default();
            tokio::time::sleep(Duration::from_millis(length)).await;
            eprintln!("the nap is over");
            Ok("rested".into())
        }
        "large" => Ok("x".repeat(7 << 20).into()),
        "trace" => Ok(json!([context.request_id(), context.trace_id(), context.tenant_id()])),
        _ => Ok(event),
    }
}

/// Panics when it is dropped.
struct Sleeper;

impl Drop for Sleeper {
    fn drop(&mut self) {
        panic!("woken too early");
    }
}

/// Streams three words, and may stop after the second.
async fn stream(event: Value) -> Result<Streaming, Error> {
    let end = event["end"].as_str().unwrap_or_default().to_owned();
    if end == "before" {
        return Err(Error::new("NoPaper", "nothing to write on"));
    }
    let content_type = if end == "header" { "text/plain\r\nx: y" } else { "text/plain" };
    Ok(Streaming::new(content_type, move |mut out| async move {
        out.write("one ").await?;
        out.write("two ").await?;
        match end.as_str() {
            "fail" => return Err(Error::new("NoInk", "the pen is empty")),
            "fail at length" => {
                return Err(Error::new("NoInk", "\u{1} is no letter. ".repeat(1_000)));
            }
            "panic" => panic!("the pen broke"),
            "never" => loop {
                out.write("and so on, ").await?;
                // It never lets other tasks run, and is no faster than the reader.
                std::thread::sleep(Duration::from_millis(1));
            },
            "flood" => loop {
                out.write(vec![b'x'; 1 << 20]).await?;
            },
            "sleep" => tokio::time::sleep(Duration::from_mins(1)).await,
            "large" => out.write("x".repeat(100_000)).await?,
            _ => {}
        }
        out.write("three").await
    }))
}

/// Waits until as many invocations run at once as the event says.
async fn meet(count: usize, context: Context) -> Result<Value, Error> {
    static HERE: AtomicUsize = AtomicUsize::new(0);
    HERE.fetch_add(1, Ordering::Relaxed);
    while HERE.load(Ordering::Relaxed) < count {
        tokio::time::sleep(Duration::from_millis(1)).await;
    }
    Ok(json!([context.request_id(), context.trace_id()]))
}

async fn start() -> Result<(), Error> {
    if std::env::var("_HANDLER").is_ok_and(|handler| handler == "hooked") {
        skylift::on_shutdown(|| async {
            // A handler that ran at the same time would print.
            tokio::time::sleep(Duration::from_millis(180)).await;
            eprintln!("the hook ran");
            Ok(())
        });
    }
    Ok(())
}

function!("faults" fault "Fault", timeout 3, warm false, skylift::__private::TickHandling::ByHandler,
needs [], skylift::__private::direct_handler::<Value, _, _, _>(|event, call| async move {
    Ok::<_, Error>(fault(event, call.context().clone()).await)
}));
function!("faults" stream "Stream", timeout 3, warm false, skylift::__private::TickHandling::ByHandler,
needs [], skylift::__private::direct_handler::<Value, _, _, _>(|event, _call| async move {
    Ok::<_, Error>(stream(event).await)
}));
function!("faults" meet "Meet", timeout 3, warm false, skylift::__private::TickHandling::ByHandler,
needs [], skylift::__private::direct_handler::<usize, _, _, _>(|count, call| async move {
    Ok::<_, Error>(meet(count, call.context().clone()).await)
}));
function!("faults" hooked "Hooked", timeout 3, warm false, skylift::__private::TickHandling::ByHandler,
needs [], skylift::__private::direct_handler::<Value, _, _, _>(|event, call| async move {
    Ok::<_, Error>(fault(event, call.context().clone()).await)
}));
super::entries::init!("faults" start);
