//! The monthly run.

use skylift::calls::Scan;
use skylift::prelude::*;

use crate::invoice::Invoice;
use crate::{Alerts, Contracts, FailedRuns, Invoices};

/// Publishes the invoices of a month.
///
/// If the run fails, Lambda repeats it once, and then sends its event with the error to `FailedRuns`. A repeated run
/// publishes invoices again, which the functions behind the queues tolerate.
#[function(
    schedule = "cron(0 6 1 * ? *)",
    timeout = "15m",
    retries = 1,
    on_failure = FailedRuns,
    alarms(errors = 1, to = Alerts),
)]
async fn bill(
    run: ScheduledEvent,
    contracts: Reader<Contracts, Scan>,
    invoices: Publisher<Invoices>,
) -> Result<(), Error> {
    let month = run.time.format("%Y-%m").to_string();
    let mut count = 0;
    let mut pages = contracts.scan().pages();
    while let Some(contracts) = pages.next().await? {
        count += contracts.len();
        let invoices_of_page = contracts.into_iter().map(|contract| {
            let invoice = Invoice::new(contract, &month);
            (invoice.customer.clone(), invoice.number(), invoice)
        });
        invoices.publish_all_to_groups(invoices_of_page).await?;
    }
    println!("{count} invoices were published for {month}");
    Ok(())
}
