//! Compares the binary with the template: takes the linker's tables and the application, and returns the
//! functions of the application, or an error that names the functions that are missing or duplicated.

use super::ready_function::ReadyFunction;
use crate::Error;
use crate::invocation::panic::catch_call;
use crate::messages;
use crate::registry::{AppEntry, CHECKS, FunctionEntry, InitEntry, StartCheck};

/// The functions and the init functions of an application. The functions are in the template's order.
pub(crate) struct LinkedApp {
    pub(crate) app: AppEntry,
    pub(crate) functions: Vec<&'static FunctionEntry>,
    inits: Vec<&'static InitEntry>,
}

impl LinkedApp {
    /// Checks that the tables of the binary contain every function of the application exactly once.
    pub(crate) fn check(
        app: AppEntry,
        functions: &'static [FunctionEntry],
        inits: &'static [InitEntry],
    ) -> Result<Self, Error> {
        let own = || functions.iter().filter(|function| function.package == app.package);
        let mut found = Vec::new();
        let mut missing = Vec::new();
        let mut doubled = Vec::new();
        for handler in app.handlers {
            let mut matching = own().filter(|function| function.handler == *handler);
            match (matching.next(), matching.next()) {
                (Some(function), None) => found.push(function),
                (None, _) => missing.push(*handler),
                (Some(_), Some(_)) => doubled.push(*handler),
            }
        }
        if !missing.is_empty() {
            return Err(messages::startup::functions_missing(&missing, app.binary, app.package));
        }
        if !doubled.is_empty() {
            return Err(messages::startup::functions_duplicated(&doubled, app.binary));
        }
        let mut inits: Vec<_> = inits.iter().filter(|init| init.package == app.package).collect();
        // The linker's order is arbitrary.
        inits.sort_by_key(|init| init.name);
        Ok(Self { app, functions: found, inits })
    }

    /// Returns the function that `_HANDLER` or a caller names: by its handler, or else by its logical id.
    pub(crate) fn find_function(&self, name: &str) -> Result<&'static FunctionEntry, Error> {
        let by = |key: fn(&FunctionEntry) -> &'static str| {
            self.functions.iter().copied().find(|function| key(function) == name)
        };
        by(|function| function.handler).or_else(|| by(|function| function.id)).ok_or_else(|| {
            let known: Vec<_> = self.functions.iter().map(|function| function.handler).collect();
            messages::startup::unknown_handler(name, self.app.package, &known)
        })
    }

    /// Makes these functions of the application ready to be called: builds the states that they need, and makes
    /// their handlers.
    pub(crate) async fn start(
        &self,
        functions: &[&'static FunctionEntry],
    ) -> Result<Vec<ReadyFunction>, Error> {
        check_types(self.app.package, &CHECKS)?;
        ReadyFunction::start(self.app.package, functions, &self.inits).await
    }
}

/// Makes the checks of types that the package needs. A check that panics says nothing about the types.
fn check_types(package: &str, checks: &[StartCheck]) -> Result<(), Error> {
    for check in checks.iter().filter(|check| check.package == package) {
        if let Ok(Err(error)) = catch_call(check.check) {
            return Err(error);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::FUNCTION;

    const fn function(
        package: &'static str,
        id: &'static str,
        handler: &'static str,
    ) -> FunctionEntry {
        FunctionEntry { package, id, handler, ..FUNCTION }
    }

    static FUNCTIONS: [FunctionEntry; 5] = [
        function("shop", "Show", "show"),
        function("shop", "Work", "work"),
        function("shop", "Twice", "twice"),
        function("shop", "Twice2", "twice"),
        function("other", "Else", "elsewhere"),
    ];

    fn check(handlers: &'static [&'static str]) -> Result<LinkedApp, Error> {
        LinkedApp::check(
            AppEntry { package: "shop", binary: "shop", handlers, variables: &[], cors: None },
            &FUNCTIONS,
            &[],
        )
    }

    #[test]
    fn functions_come_in_the_order_of_the_template() {
        let linked = check(&["work", "show"]).unwrap();
        let ids: Vec<_> = linked.functions.iter().map(|function| function.id).collect();
        assert_eq!(ids, ["Work", "Show"]);
    }

    #[test]
    fn an_error_names_the_functions_that_are_not_linked() {
        let error = check(&["show", "elsewhere", "gone"]).err().unwrap().to_string();
        assert!(error.starts_with("the template has the functions `elsewhere` and `gone` that"));
        assert!(error.contains("with the same features; a `cfg` that"), "{error}");
    }

    #[test]
    fn an_error_names_a_function_that_is_linked_twice() {
        let error = check(&["show", "twice"]).err().unwrap().to_string();
        assert!(error.contains("contains the function `twice` more than once"), "{error}");
    }

    #[test]
    fn a_function_is_found_by_handler_or_id_and_the_error_for_an_unknown_one_lists_all() {
        let linked = check(&["show", "work"]).unwrap();
        assert_eq!(linked.find_function("show").unwrap().id, "Show");
        assert_eq!(linked.find_function("Work").unwrap().id, "Work");
        assert_eq!(
            linked.find_function("index.handler").err().unwrap().to_string(),
            "`index.handler` is not a function of `shop`; it has the functions `show` and `work`"
        );
    }
    #[test]
    fn a_failed_check_of_types_of_the_package_fails_the_start() {
        static CHECKS: [StartCheck; 3] = [
            StartCheck { package: "shop", check: || panic!("no value") },
            StartCheck { package: "shop", check: || Err(Error::msg("no key")) },
            StartCheck { package: "calm", check: || Ok(()) },
        ];
        let error = check_types("shop", &CHECKS).unwrap_err();
        assert_eq!(error.to_string(), "no key");
        assert!(check_types("calm", &CHECKS).is_ok());
    }
}
