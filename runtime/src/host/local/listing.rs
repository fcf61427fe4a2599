//! The listing that the local host prints when it starts: its address, the routes, and how to invoke each
//! function.

use std::fmt::{self, Display, Formatter};
use std::io::Write;
use std::net::SocketAddr;

#[cfg(feature = "http")]
use super::url;
use super::variables::{self, MissingVariable};
use super::{LocalApi, invoke, local_call};
use crate::host::ready_function::ReadyFunction;
use crate::messages;

/// Prints the listing. It ignores errors, because the host also serves if standard output is closed.
pub(super) fn print(
    package: &str,
    address: SocketAddr,
    functions: &[ReadyFunction],
    api: &LocalApi,
) {
    let listing = Listing { package, address, functions, api };
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(listing.to_string().as_bytes()).and_then(|()| out.flush());
}

/// The listing of an application on the local host.
struct Listing<'a> {
    package: &'a str,
    address: SocketAddr,
    functions: &'a [ReadyFunction],
    #[cfg_attr(not(feature = "http"), expect(dead_code, reason = "routes alone have callers"))]
    api: &'a LocalApi,
}

impl Display for Listing<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} on http://{} (Ctrl-C stops it)", self.package, self.address)?;
        let names = || self.functions.iter().map(|one| local_call::function_name(one.function));
        let width = names().map(str::len).max().unwrap_or_default();
        #[cfg(feature = "http")]
        {
            self.routes(f)?;
            self.urls(f)?;
        }
        writeln!(f, "\nInvoke")?;
        for (name, ready) in names().zip(self.functions) {
            writeln!(f, "  {name:width$}  POST {}", invoke::invoke_path(name))?;
            if let Err(error) = &ready.capabilities {
                let text = format!("{error:#}");
                let reason = text.split("; help:").next().unwrap_or_default();
                writeln!(f, "  {:width$}  fails: {}: {reason}", "", error.name())?;
            }
            for trigger in ready.function.triggers {
                writeln!(f, "  {:width$}  for {trigger}", "")?;
            }
        }
        self.missing_variables(f)?;
        if let Some(name) = names().next() {
            // From a file, which is the only form that both versions of the CLI read in the same way.
            writeln!(
                f,
                "\n  aws lambda invoke --endpoint-url http://{} --function-name {name} \\\n    \
                 --region us-east-1 --no-sign-request --payload fileb://event.json answer.json",
                self.address
            )?;
        }
        Ok(())
    }
}

impl Listing<'_> {
    /// Writes the variables that functions lack, as lines for a shell; nothing if none is missing.
    fn missing_variables(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let missing = variables::find_missing(self.functions.iter().map(|ready| ready.function));
        if missing.is_empty() {
            return Ok(());
        }
        writeln!(f, "\n{}", messages::local::variables_to_set())?;
        for MissingVariable { name, resource } in missing {
            writeln!(f, "  export {name}='' # {resource}")?;
        }
        Ok(())
    }
}

#[cfg(feature = "http")]
impl Listing<'_> {
    /// Writes the URLs of all functions that have one; nothing if no function has one.
    fn urls(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let mut urls = url::functions_with_url(self.functions).peekable();
        if urls.peek().is_some() {
            writeln!(f, "\nFunction URLs")?;
        }
        for (index, ..) in urls {
            let ready = &self.functions[index];
            let (host, port) = (url::host_name(ready), self.address.port());
            writeln!(f, "  http://{host}:{port}  {}", local_call::function_name(ready.function))?;
        }
        Ok(())
    }

    /// Writes the routes of all functions; nothing if no function has a route.
    fn routes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let all = || super::gateway::all_routes(self.functions);
        let routes = all().map(|(index, route_handler)| {
            (route_handler.route.key(), local_call::function_name(self.functions[index].function))
        });
        let routes: Vec<_> = routes.collect();
        let Some(width) = routes.iter().map(|(key, _)| key.len()).max() else { return Ok(()) };
        writeln!(f, "\nRoutes")?;
        for (key, name) in routes {
            writeln!(f, "  {key:width$}  {name}")?;
        }
        let lines = self.api.caller.describe(all().map(|(_, route_handler)| route_handler.auth));
        for (index, line) in lines.iter().enumerate() {
            let separator = if index == 0 { "\n" } else { "" };
            writeln!(f, "{separator}{line}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invocation::Capabilities;
    use crate::invocation::States;
    use crate::registry::FunctionEntry;
    use crate::registry::ProcessStart;
    use crate::testing::FUNCTION;

    static WORK: FunctionEntry =
        FunctionEntry { id: "Work", handler: "work", triggers: &["sqs queue Jobs"], ..FUNCTION };

    #[test]
    fn the_listing_says_where_and_how_each_function_is_invoked() {
        let functions = [ReadyFunction {
            function: &WORK,
            handler: (WORK.make_handler)(),
            states: States::default(),
            capabilities: Ok(Capabilities::default()),
            start: ProcessStart::for_function(&WORK),
        }];
        let address = SocketAddr::from(([127, 0, 0, 1], 9000));
        let api = LocalApi::default();
        let listing =
            Listing { package: "shop", address, functions: &functions, api: &api }.to_string();
        let expected = "shop on http://127.0.0.1:9000 (Ctrl-C stops it)\n\n\
            Invoke\n  \
              Work  POST /2015-03-31/functions/Work/invocations\n        \
                    for sqs queue Jobs\n\n  \
              aws lambda invoke --endpoint-url http://127.0.0.1:9000 --function-name Work \\\n    \
                --region us-east-1 --no-sign-request --payload fileb://event.json answer.json\n";
        assert_eq!(listing, expected);
    }
}
