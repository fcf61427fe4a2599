//! An application as the macros write it, and others that fail in one way each.

mod entries;
mod faults;

use skylift::__private::App;

/// The applications by their names.
pub(crate) const APPS: &[(&str, App)] = &[
    ("shop", App { package: "shop", binary: "shop", handlers: entries::SHOP }),
    ("broken", App { package: "broken", binary: "broken", handlers: &["cart", "till", "shelf"] }),
    ("faults", App { package: "faults", binary: "faults", handlers: faults::HANDLERS }),
    ("torn", App { package: "shop", binary: "shop", handlers: &["echo", "gone"] }),
];
