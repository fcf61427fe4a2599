//! The local host: serves every function of the application on a port of this machine, for development. A
//! request is either a call of AWS's Invoke API, which names a function, or an HTTP request, which goes to a
//! function as API Gateway would send it. The host accepts only requests from this machine, and from web pages
//! of this machine.
// See decision 0070.

mod body;
#[cfg(feature = "http")]
mod caller;
#[cfg(feature = "http")]
mod cors;
#[cfg(feature = "http")]
mod gateway;
mod invoke;
mod listing;
mod local_call;
mod origin_check;
mod server;
#[cfg(feature = "http")]
mod url;
mod variables;

use std::env::{VarError, var};
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::TcpListener;

use self::origin_check::BrowserAccess;
pub(super) use self::variables::restart_with_variables;
use super::linked_app::LinkedApp;
use super::ready_function::ReadyFunction;
use super::signals::wait_for_stop_signal;
use crate::handler::shutdown;
use crate::host::driver::Host;
use crate::{Error, messages};

/// The port of the local host, if the environment variable `SKYLIFT_PORT` does not set another.
const PORT: u16 = 9000;

/// The environment variable that lets pages of other sites lead the browser to the application, if it is `1`.
const NAVIGATION: &str = "SKYLIFT_CROSS_SITE_NAVIGATION";

/// The host on a developer's machine.
pub(super) struct Local;

impl Host for Local {
    async fn serve(self, linked: Result<LinkedApp, Error>) -> Result<(), Error> {
        let linked = linked?;
        let chosen = std::env::var_os(variables::ENVIRONMENT);
        let variables = variables::of_environment(linked.app.variables, chosen.as_deref())?;
        let api = Arc::new(LocalApi {
            access: BrowserAccess {
                cross_site_navigation: parse_switch(NAVIGATION)?,
                cors: linked.app.cors,
            },
            #[cfg(feature = "http")]
            caller: caller::AssumedCaller::from_env()?,
        });
        let listener = bind_port(parse_port(var("SKYLIFT_PORT"))?).await?;
        let started = linked.start(&linked.functions).await;
        let functions: Arc<[ReadyFunction]> =
            started.map_err(|error| name_variables(error, variables))?.into();
        // Before the listing is printed: a program that reads it may stop the process at once.
        let stop = wait_for_stop_signal()?;
        listing::print(linked.app.package, listener.local_addr()?, &functions, &api);
        server::serve(listener, functions, api, stop).await;
        shutdown::run_hooks().await;
        Ok(())
    }
}

/// The application's API as the local host simulates it.
#[derive(Debug, Default)]
struct LocalApi {
    /// Which requests are accepted from browsers.
    access: BrowserAccess,
    /// The caller of closed routes.
    #[cfg(feature = "http")]
    caller: caller::AssumedCaller,
}

/// Adds the names of the user's variables that are not set to an error of the start that is about a variable: the
/// standard library does not say which one.
fn name_variables(error: Error, variables: &[(&'static str, Option<&'static str>)]) -> Error {
    let unset = variables::find_unset(variables);
    let about_variable = error.downcast_ref::<VarError>().is_some()
        || error.causes().any(|cause| cause.is::<VarError>());
    if unset.is_empty() || !about_variable {
        return error;
    }
    error.with_context(messages::local::variables_without_value(&unset))
}

/// Returns the port of the local host; `setting` is the environment variable `SKYLIFT_PORT`.
fn parse_port(setting: Result<String, VarError>) -> Result<u16, Error> {
    match setting {
        Err(VarError::NotPresent) => Ok(PORT),
        Ok(text) if text.parse::<u16>().is_ok() => Ok(text.parse()?),
        Ok(text) => Err(messages::local::invalid_port(&text)),
        Err(VarError::NotUnicode(text)) => {
            Err(messages::local::invalid_port(&text.to_string_lossy()))
        }
    }
}

/// Returns whether an environment variable is `1`. It is `0` if it is not set.
fn parse_switch(name: &'static str) -> Result<bool, Error> {
    match var(name).as_deref() {
        Err(VarError::NotPresent) | Ok("0") => Ok(false),
        Ok("1") => Ok(true),
        other => {
            let text = other.map_or_else(ToString::to_string, ToOwned::to_owned);
            Err(messages::local::invalid_switch(name, &text))
        }
    }
}

/// Opens a listener on this port of the loopback address.
async fn bind_port(port: u16) -> Result<TcpListener, Error> {
    let address = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
    let bound = TcpListener::bind(address).await;
    bound.map_err(|error| messages::local::port_taken(address, &error))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::block_on;

    #[test]
    fn the_port_is_9000_unless_the_environment_sets_another() {
        assert_eq!(parse_port(Err(VarError::NotPresent)).unwrap(), 9000);
        assert_eq!(parse_port(Ok("0".into())).unwrap(), 0);
        let error = parse_port(Ok("http".into())).unwrap_err().to_string();
        assert!(error.starts_with("`SKYLIFT_PORT` is `http`, which is not a port"), "{error}");
    }

    #[test]
    fn a_port_that_is_taken_is_an_error_that_says_what_to_do() {
        let error = block_on(async {
            let taken = bind_port(0).await.unwrap();
            bind_port(taken.local_addr().unwrap().port()).await.unwrap_err()
        });
        let message = error.to_string();
        assert!(message.starts_with("cannot listen on 127.0.0.1:"), "{message}");
        assert!(message.ends_with("help: set `SKYLIFT_PORT`, 0 for any free port"), "{message}");
    }
}
