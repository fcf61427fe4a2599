//! The accounts of the customers.

use serde::{Deserialize, Serialize};
use skylift::calls::{Put, Query};
use skylift::prelude::*;

use crate::invoice::Invoice;
use crate::{Accounts, Alerts, Bookings};

/// An entry of an account, the item of the table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Entry {
    /// The number of the customer.
    pub(crate) customer: String,
    /// The number of the entry in the account, from 1.
    pub(crate) number: u64,
    /// The number of the invoice.
    pub(crate) invoice: String,
    /// The price, in cents.
    pub(crate) cents: u64,
    /// What the customer owes after this entry, in cents.
    pub(crate) balance: u64,
}

/// Books an invoice.
///
/// The queue delivers the invoices of a customer in order and one at a time. So the last entry has the balance, and
/// shows whether this invoice was booked before.
#[function(trigger = sqs(queue = Bookings), timeout = "20s", alarms(age = "5m", to = Alerts))]
async fn book(
    invoice: Message<Invoice>,
    accounts: ReadWriter<Accounts, (Put, Query)>,
) -> Result<(), Error> {
    let entries = accounts.query(&invoice.customer).descending().limit(1).consistent();
    let last = entries.page().await?.items.pop();
    let Some(entry) = next_entry(last.as_ref(), &invoice) else {
        println!("{} is booked already", invoice.number());
        return Ok(());
    };
    if !accounts.create(&entry).await? {
        return Err(Error::new("EntryExists", "another function books to this account"));
    }
    Ok(())
}

/// Returns the entry for an invoice; `None` if the invoice is the last entry already.
fn next_entry(last: Option<&Entry>, invoice: &Invoice) -> Option<Entry> {
    let number = invoice.number();
    if last.is_some_and(|last| last.invoice == number) {
        return None;
    }
    let (entries, balance) = last.map_or((0, 0), |last| (last.number, last.balance));
    Some(Entry {
        customer: invoice.customer.clone(),
        number: entries + 1,
        invoice: number,
        cents: invoice.cents,
        balance: balance + invoice.cents,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoice::Delivery;

    fn invoice(month: &str) -> Invoice {
        let (customer, month) = ("7".to_owned(), month.to_owned());
        Invoice { customer, month, cents: 900, delivery: Delivery::Online }
    }

    #[test]
    fn entries_are_numbered_and_add_to_the_balance() {
        let first = next_entry(None, &invoice("2026-11")).unwrap();
        assert_eq!((first.number, first.cents, first.balance), (1, 900, 900));
        let second = next_entry(Some(&first), &invoice("2026-12")).unwrap();
        assert_eq!((second.number, second.cents, second.balance), (2, 900, 1800));
        assert_eq!((&*second.customer, &*second.invoice), ("7", "7-2026-12"));
    }

    #[test]
    fn a_repeated_invoice_is_not_booked_again() {
        let entry = next_entry(None, &invoice("2026-12")).unwrap();
        assert_eq!(next_entry(Some(&entry), &invoice("2026-12")), None);
    }
}
