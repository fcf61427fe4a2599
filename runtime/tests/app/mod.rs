//! An application as the macros write it, entry by entry, and a process of it.

mod entries;
mod faults;
mod process;

use skylift::__private::App;

pub(crate) use process::Process;

const APPS: &[(&str, App)] = &[
    ("shop", App { package: "shop", binary: "shop", handlers: entries::SHOP }),
    ("broken", App { package: "broken", binary: "broken", handlers: &["cart", "till", "shelf"] }),
    ("faults", App { package: "faults", binary: "faults", handlers: faults::HANDLERS }),
    ("torn", App { package: "shop", binary: "shop", handlers: &["echo", "gone"] }),
];

/// The child process, where this is it.
pub(crate) fn child() {
    process::child(APPS);
}
