//! The HTTP API of the application: its settings, which `[package.metadata.skylift.http]` has, and the authorizers that
//! check its callers. The routes are triggers of the source [`http`](crate::source::http).

mod authorizer;
mod cors;
mod domain;
mod route_auth;
mod settings;
mod stage;
mod throttle;

pub use authorizer::{Authorizer, JwtIdentity};
pub(crate) use cors::complete_cors;
pub use domain::{BasePath, Domain, HostedZone, MutualTls, TruststoreUri};
pub use route_auth::RouteAuth;
pub use settings::{AccessLogs, HttpSettings};
pub use stage::{StageName, StageVariable};
pub use throttle::{Burst, Rate, Throttle};
