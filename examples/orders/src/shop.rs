//! The shared state of the functions: the price list, which each process reads once.

use std::collections::BTreeMap;

use skylift::Error;

use crate::orders::Wish;

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
    /// Returns an error if the list is invalid. The process then does not start, and Lambda gets the error.
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

    /// Returns the total price in cents, or `None` if the shop does not have the item.
    #[must_use]
    pub(crate) fn price(&self, wish: &Wish) -> Option<u32> {
        self.prices.get(&wish.item)?.checked_mul(wish.count)
    }

    /// Returns all items with their prices in cents.
    #[must_use]
    pub(crate) fn prices(&self) -> &BTreeMap<String, u32> {
        &self.prices
    }

    /// Returns the currency of all prices.
    #[must_use]
    pub(crate) fn currency(&self) -> &str {
        &self.currency
    }
}
