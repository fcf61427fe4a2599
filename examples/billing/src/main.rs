//! The monthly invoices of a company. A scheduled function publishes the invoices to a topic. Two queues with filters
//! have subscribed to the topic: one feeds the function that books invoices, the other the function that writes
//! letters. Alarms notify another topic if a function fails or falls behind.

mod bill;
mod book;
mod invoice;
mod letters;

use skylift::prelude::*;

use crate::book::Entry;
use crate::invoice::{Contract, Invoice};

/// What each customer has agreed to pay.
#[resource(table(key = "customer", item = Contract))]
pub(crate) struct Contracts;

/// Every invoice, in order for each customer.
#[resource(topic(fifo, message = Invoice))]
pub(crate) struct Invoices;

/// The invoices to be booked: those that are not free.
#[resource(queue(
    fifo,
    message = Invoice,
    from = topic(
        Invoices,
        filter = { "cents": [{ "numeric": [">", 0] }] },
        filter_scope = message_body,
    ),
))]
pub(crate) struct Bookings;

/// The invoices to be printed. After three failed attempts, an invoice goes to the dead-letter queue.
#[resource(queue(
    message = Invoice,
    from = topic(Invoices, filter = { "delivery": ["letter"] }, filter_scope = message_body),
    dead_letters(after = 3),
))]
pub(crate) struct Printing;

/// The accounts of the customers.
#[resource(table(key = "customer", sort = number("number"), item = Entry))]
pub(crate) struct Accounts;

/// The letters, which the print shop collects.
#[resource(bucket)]
pub(crate) struct Letters;

/// The events of failed runs, each with its error.
#[resource(queue(retention = "14d"))]
pub(crate) struct FailedRuns;

/// Notifies subscribers of alarms.
#[resource(topic)]
pub(crate) struct Alerts;

skylift::main!();
