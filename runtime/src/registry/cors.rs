//! The settings of CORS of an application's API, which the local host applies as API Gateway does.

/// The settings of CORS.
#[derive(Clone, Copy, Debug)]
pub struct CorsEntry {
    /// The origins whose pages may call the API, or patterns of API Gateway.
    pub origins: &'static [&'static str],
    /// The methods that pages may use.
    pub methods: &'static [&'static str],
    /// The headers that pages may send.
    pub headers: &'static [&'static str],
    /// The headers of answers that pages may read.
    pub expose: &'static [&'static str],
    /// How long a browser may keep the answer to a preflight request, in seconds.
    pub max_age: Option<u32>,
    /// Whether the browser sends cookies and other credentials along.
    pub credentials: bool,
}

/// Returns the settings of CORS, for the local host.
#[cfg(all(feature = "local", debug_assertions))]
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_local_cors {
    ($cors:expr) => {
        $cors
    };
}

/// Returns no settings of CORS: this build has no local host.
#[cfg(not(all(feature = "local", debug_assertions)))]
#[doc(hidden)]
#[macro_export]
macro_rules! __skylift_local_cors {
    ($cors:expr) => {
        ::core::option::Option::None
    };
}
