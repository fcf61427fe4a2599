//! An application as the macros write it, and others that fail, each in one way.

mod entries;
mod faults;
mod rude;
mod site;

use skylift::__private::AppEntry;

/// The applications by their names.
pub(crate) const APPS: &[(&str, AppEntry)] = &[
    ("shop", AppEntry { package: "shop", binary: "shop", handlers: entries::SHOP, variables: &[] }),
    (
        "broken",
        AppEntry {
            package: "broken",
            binary: "broken",
            handlers: &["cart", "till", "shelf"],
            variables: &[],
        },
    ),
    (
        "faults",
        AppEntry {
            package: "faults",
            binary: "faults",
            handlers: faults::HANDLERS,
            variables: &[],
        },
    ),
    (
        "rude",
        AppEntry { package: "rude", binary: "rude", handlers: rude::HANDLERS, variables: &[] },
    ),
    (
        "site",
        AppEntry { package: "site", binary: "site", handlers: site::HANDLERS, variables: &[] },
    ),
    (
        "torn",
        AppEntry { package: "shop", binary: "shop", handlers: &["echo", "gone"], variables: &[] },
    ),
    (
        "mistyped",
        AppEntry {
            package: "mistyped",
            binary: "mistyped",
            handlers: &["restock"],
            variables: &[],
        },
    ),
];
