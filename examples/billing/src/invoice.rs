//! Contracts and invoices.

use serde::{Deserialize, Serialize};

/// What a customer has agreed to pay, the item of the table.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Contract {
    /// The number of the customer.
    pub(crate) customer: String,
    /// The price of a month, in cents; 0 for a free contract.
    pub(crate) cents: u64,
    /// How the customer gets invoices.
    pub(crate) delivery: Delivery,
}

/// How a customer gets invoices.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Delivery {
    /// The customer looks at them on the web site.
    Online,
    /// They are printed and posted.
    Letter,
}

/// The invoice of a customer for a month, the message of the topic and of the queues.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize, Serialize)]
pub(crate) struct Invoice {
    /// The number of the customer.
    pub(crate) customer: String,
    /// The month: `2026-12`.
    pub(crate) month: String,
    /// The price, in cents.
    pub(crate) cents: u64,
    /// How the customer gets the invoice.
    pub(crate) delivery: Delivery,
}

impl Invoice {
    /// Makes the invoice of a contract for a month.
    pub(crate) fn new(contract: Contract, month: &str) -> Self {
        let Contract { customer, cents, delivery } = contract;
        Self { customer, month: month.to_owned(), cents, delivery }
    }

    /// Returns the number of the invoice. There is one for each customer and month.
    pub(crate) fn number(&self) -> String {
        format!("{}-{}", self.customer, self.month)
    }
}
