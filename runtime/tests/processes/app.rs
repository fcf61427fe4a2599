//! An application as the macros write it, and others that fail, each in one way.

mod entries;
mod faults;
mod rude;
mod site;

use skylift::__private::AppEntry;

/// The applications by their names.
pub(crate) const APPS: &[(&str, AppEntry)] = &[
    (
        "shop",
        AppEntry {
            package: "shop",
            binary: "shop",
            handlers: entries::SHOP,
            variables: &[],
            cors: None,
        },
    ),
    (
        "broken",
        AppEntry {
            package: "broken",
            binary: "broken",
            handlers: &["cart", "till", "shelf"],
            variables: &[],
            cors: None,
        },
    ),
    (
        "faults",
        AppEntry {
            package: "faults",
            binary: "faults",
            handlers: faults::HANDLERS,
            variables: &[],
            cors: None,
        },
    ),
    (
        "rude",
        AppEntry {
            package: "rude",
            binary: "rude",
            handlers: rude::HANDLERS,
            variables: &[],
            cors: None,
        },
    ),
    (
        "site",
        AppEntry {
            package: "site",
            binary: "site",
            handlers: site::HANDLERS,
            variables: &[],
            cors: None,
        },
    ),
    (
        "torn",
        AppEntry {
            package: "shop",
            binary: "shop",
            handlers: &["echo", "gone"],
            variables: &[],
            cors: None,
        },
    ),
    (
        "mistyped",
        AppEntry {
            package: "mistyped",
            binary: "mistyped",
            handlers: &["restock"],
            variables: &[],
            cors: None,
        },
    ),
];
