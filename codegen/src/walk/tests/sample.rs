#!/usr/bin/env sample
//! A library as people write them: `#[function]` in places where it is none, and in places where
//! it is. Line numbers are asserted.
#![warn(missing_docs)]
#![cfg_attr(docsrs, feature(doc_cfg))]

use std::collections::HashMap;

use skylift::prelude::*;
use skylift::{self as sky, function as handler};

/// Shrinks what comes in:
///
/// ```
/// #[function] fn not_this_one() {}
/// ```
#[function(trigger = s3, schedule = "rate(5 minutes)")] /* { */
pub async fn resize(event: S3Event, thumbs: Writer<Thumbs>) -> Result<(), Error>
where
    (): Sized,
{
    let open = '{';
    let text = format!("{open} \"}}\" {}", r#"}"#);
    #[function]
    fn not_this_one_either() {}
    for _ in 0..1 {
        if text.len() < 3 { /* } */ }
    }
    Ok(())
}

const LIMITS: [(&str, u8); 2] = [("a;b", b';'), ("}", b'}')];

#[derive(Debug)]
#[resource(queue)]
pub struct Jobs;

macro_rules! handlers {
    ($($name:ident),*) => { $( #[function] fn $name() {} )* };
}

handlers!(no, nor, neither);

/// Orders.
pub mod orders {
    //! Inner text.
    use super::*;

    /// Shows one.
    #[cfg(unix)] #[sky::function(trigger = http("GET /orders/{id}"))]
    pub async fn show<'a>(Path(id): Path<String>) -> Result<Json<Order<{ 1 + 1 }>>, Error> {
        let quote = '\'';
        let lifetime: &'static str = "'";
        answer!("{id}{quote}{lifetime}")
    }

    mod deep {
        use super::super::handler;

        #[handler(
            trigger = http(method = GET, path = "/orders") // the list
        )]
        fn list() {}
    }

    #[cfg(test)]
    mod tests {
        #[function]
        fn not_in_tests() {}
    }
}

#[init]
async fn start() -> Result<HashMap<String, u8>, Error> {
    Ok(HashMap::new())
}

impl Jobs {
    #[function]
    fn not_a_method() {}
}

#[cfg(windows)]
#[function]
fn not_here() {}

#[cfg_attr(unix, function(schedule = "rate(1 minute)"))]
fn tick(_: ScheduledEvent) {}

skylift::main!();
