//! The letters to the customers.

use skylift::calls::Put;
use skylift::prelude::*;

use crate::invoice::Invoice;
use crate::{Alerts, Letters, Printing};

/// Writes the letter of an invoice. A repeated invoice writes the same letter again.
#[function(trigger = sqs(queue = Printing), timeout = "20s", alarms(age = "3m", to = Alerts))]
async fn print(invoice: Message<Invoice>, letters: Writer<Letters, Put>) -> Result<(), Error> {
    let key = format!("{}/{}.txt", invoice.month, invoice.customer);
    letters.put(&key, write_letter(&invoice)).await
}

/// Returns the text of a letter.
fn write_letter(invoice: &Invoice) -> String {
    let (euros, cents) = (invoice.cents / 100, invoice.cents % 100);
    format!(
        "Invoice {}\n\nPlease pay {euros}.{cents:02} EUR for {}.\n",
        invoice.number(),
        invoice.month
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoice::Delivery;

    #[test]
    fn a_letter_has_the_number_and_the_price() {
        let (customer, month) = ("7".to_owned(), "2026-12".to_owned());
        let invoice = Invoice { customer, month, cents: 905, delivery: Delivery::Letter };
        let letter = "Invoice 7-2026-12\n\nPlease pay 9.05 EUR for 2026-12.\n";
        assert_eq!(write_letter(&invoice), letter);
    }
}
