//! What the local host prints when it starts: the address, the routes, and how each function is
//! invoked.

use std::fmt::{self, Display, Formatter};
use std::io::Write;
use std::net::SocketAddr;

use super::{call, invoke};
use crate::host::ready::Ready;

/// Prints the listing. A standard output that is closed is no reason not to serve.
pub(super) fn print(package: &str, address: SocketAddr, functions: &[Ready]) {
    let listing = Listing { package, address, functions };
    let mut out = std::io::stdout().lock();
    let _ = out.write_all(listing.to_string().as_bytes()).and_then(|()| out.flush());
}

struct Listing<'a> {
    package: &'a str,
    address: SocketAddr,
    functions: &'a [Ready],
}

impl Display for Listing<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        writeln!(f, "{} on http://{} (Ctrl-C stops it)", self.package, self.address)?;
        let names = || self.functions.iter().map(|one| call::name(one.function));
        let width = names().map(str::len).max().unwrap_or_default();
        #[cfg(feature = "http")]
        self.routes(f)?;
        writeln!(f, "\nInvoke")?;
        for (name, ready) in names().zip(self.functions) {
            writeln!(f, "  {name:width$}  POST {}", invoke::path(name))?;
            if let Err(error) = &ready.capabilities {
                writeln!(f, "  {:width$}  fails: {}: {error:#}", "", error.name())?;
            }
            for trigger in ready.function.serves {
                writeln!(f, "  {:width$}  for {trigger}", "")?;
            }
        }
        if let Some(name) = names().next() {
            // From a file, because the two versions of the CLI disagree about everything else.
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

#[cfg(feature = "http")]
impl Listing<'_> {
    fn routes(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let pages = super::gateway::pages(self.functions)
            .map(|(index, page)| (page.route.key(), call::name(self.functions[index].function)));
        let pages: Vec<_> = pages.collect();
        let Some(width) = pages.iter().map(|(key, _)| key.len()).max() else { return Ok(()) };
        writeln!(f, "\nRoutes")?;
        for (key, name) in pages {
            writeln!(f, "  {key:width$}  {name}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invocation::Capabilities;
    use crate::invocation::States;
    use crate::registry::Function;
    use crate::registry::Start;
    use crate::testing::FUNCTION;

    static WORK: Function =
        Function { id: "Work", handler: "work", serves: &["sqs queue Jobs"], ..FUNCTION };

    #[test]
    fn the_listing_says_where_and_how_each_function_is_invoked() {
        let functions = [Ready {
            function: &WORK,
            handler: (WORK.start)(),
            states: States::default(),
            capabilities: Ok(Capabilities::default()),
            start: Start::of(&WORK),
        }];
        let address = SocketAddr::from(([127, 0, 0, 1], 9000));
        let listing = Listing { package: "shop", address, functions: &functions }.to_string();
        let expected = "shop on http://127.0.0.1:9000 (Ctrl-C stops it)\n\n\
            Invoke\n  \
              Work  POST /2015-03-31/functions/Work/invocations\n        \
                    for sqs queue Jobs\n\n  \
              aws lambda invoke --endpoint-url http://127.0.0.1:9000 --function-name Work \\\n    \
                --region us-east-1 --no-sign-request --payload fileb://event.json answer.json\n";
        assert_eq!(listing, expected);
    }
}
