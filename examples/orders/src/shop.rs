//! What the functions share: the price list, read once per process.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use skylift::Error;

/// An order as a customer sends it.
#[derive(Debug, Clone, Deserialize, Serialize)]
pub(crate) struct Order {
    /// What is ordered.
    pub(crate) item: String,
    /// How many.
    pub(crate) count: u32,
}

/// An order with its price.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Quote {
    /// The order.
    #[serde(flatten)]
    pub(crate) order: Order,
    /// The price of all of it, in cents.
    pub(crate) total: u32,
}

/// The state of the application.
#[derive(Debug)]
pub(crate) struct Shop {
    prices: BTreeMap<String, u32>,
    currency: String,
}

impl Shop {
    /// Reads the price list from the environment: `PRICES` is `item=cents` with commas between.
    ///
    /// # Errors
    ///
    /// A list that cannot be read: the process does not start, and Lambda is told why.
    pub(crate) fn open() -> Result<Self, Error> {
        let list = std::env::var("PRICES").unwrap_or_else(|_| "tea=450,coffee=600".to_owned());
        let currency = std::env::var("CURRENCY").unwrap_or_else(|_| "EUR".to_owned());
        let mut prices = BTreeMap::new();
        for entry in list.split(',') {
            let (item, cents) = entry
                .split_once('=')
                .ok_or_else(|| Error::msg(format!("`{entry}` in PRICES is not `item=cents`")))?;
            prices.insert(item.to_owned(), cents.parse()?);
        }
        Ok(Self { prices, currency })
    }

    /// The price of an order; none for an item that the shop does not have.
    #[must_use]
    pub(crate) fn quote(&self, order: Order) -> Option<Quote> {
        let total = self.prices.get(&order.item)?.checked_mul(order.count)?;
        Some(Quote { order, total })
    }

    /// What the shop has, with prices in cents.
    #[must_use]
    pub(crate) fn prices(&self) -> &BTreeMap<String, u32> {
        &self.prices
    }

    /// The currency of all prices.
    #[must_use]
    pub(crate) fn currency(&self) -> &str {
        &self.currency
    }
}
