//! An idempotent function behind a queue, while its table, the runtime API and the queue fail: no message is lost, and
//! none is handled twice before the deadline of the run that handled it.

mod entries;
mod queue;
mod table;

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::thread;

use skylift::__private::AppEntry;

use self::queue::Queue;
use self::table::Table;
use crate::dice;
use crate::process::Process;

/// The application of these tests.
pub(crate) const APP: AppEntry =
    AppEntry { package: "once", binary: "once", handlers: &["once"], variables: &[], cors: None };

/// How many invocations run at once.
const CONCURRENCY: usize = 4;

/// Runs until every message was handled, and checks when each was handled.
fn campaign(total: usize) {
    let table = Table::start();
    let queue = Queue::start(total);
    let mut process = Process::start(
        "once",
        &[
            ("AWS_LAMBDA_RUNTIME_API", &queue.address),
            ("_HANDLER", "once"),
            ("AWS_LAMBDA_MAX_CONCURRENCY", &CONCURRENCY.to_string()),
            ("AWS_REGION", "eu-central-1"),
            ("AWS_ACCESS_KEY_ID", "key"),
            ("AWS_SECRET_ACCESS_KEY", "hidden"),
            ("AWS_ENDPOINT_URL", &table.url),
            ("ONCE_TABLE", "records"),
        ],
    );
    let stdout = BufReader::new(process.0.stdout.take().unwrap());
    let runs = thread::spawn(move || {
        let mut runs: HashMap<usize, Vec<[u64; 2]>> = HashMap::new();
        for line in stdout.lines().map_while(Result::ok) {
            let Some(line) = line.strip_prefix("ran ") else { continue };
            let mut numbers = line.split(' ').map(|number| number.parse().unwrap());
            let mut next = || numbers.next().unwrap();
            let (id, at, deadline) = (next(), next(), next());
            runs.entry(usize::try_from(id).unwrap()).or_default().push([at, deadline]);
        }
        runs
    });
    let stderr = process.0.stderr.take().unwrap();
    let log = thread::spawn(move || BufReader::new(stderr).lines().map_while(Result::ok).last());
    while !queue.is_done() {
        thread::sleep(std::time::Duration::from_millis(20));
        if let Some(status) = process.0.try_wait().unwrap() {
            panic!("{status} after {:?}: {:?}", queue.progress(), log.join().unwrap());
        }
    }
    drop(process);
    let runs = runs.join().unwrap();
    let lost = (0..total).filter(|id| !runs.contains_key(id)).count();
    let again = |[_, deadline]: [u64; 2], [at, _]: [u64; 2]| at < deadline;
    let within = runs.values().filter(|runs| runs.windows(2).any(|it| again(it[0], it[1]))).count();
    let after = runs.values().filter(|runs| runs.len() > 1).count() - within;
    println!(
        "{total} messages in {} deliveries, {} faults of the table, {} of the runtime API and the queue: {lost} lost, \
         {within} handled twice within the deadline, {after} after it, {} records in progress",
        queue.deliveries(),
        table.faults(),
        queue.faults(),
        table.in_progress(),
    );
    assert_eq!((lost, within), (0, 0), "lost, and handled twice within the deadline");
}

#[test]
fn soak_of_messages_that_are_handled_once_while_everything_fails() {
    campaign(if dice::is_whole() { 20_000 } else { 300 });
}
