//! Probes a handler's `Path`: the parameters of its routes have to be enough to read it.

use std::marker::PhantomData;

use axum::extract::Path;
use serde::de::DeserializeOwned;

use super::attempt::attempt;
use super::deserializer::{Given, Plan};
use super::error::ProbeError;
use crate::error::short_type_name;
use crate::{Error, messages};

/// Tells whether the type `P` of a handler's parameter is a [`Path`]: the inherent constant exists only for a `Path`,
/// and takes precedence over that of the trait [`NoPath`].
pub struct PathProbe<P>(PhantomData<P>);

/// Gives [`PathProbe`] its constant for a type that is no [`Path`].
pub trait NoPath {
    /// No probe.
    const PROBE: Option<Probe> = None;
}

impl<P> NoPath for PathProbe<P> {}

impl<T: DeserializeOwned> PathProbe<Path<T>> {
    /// The probe of the parameters.
    pub const PROBE: Option<Probe> = Some(check_route::<T>);
}

/// Checks that a `Path` can be read from the parameters of a route.
pub(crate) type Probe = fn(&str, &[&str]) -> Result<(), Error>;

/// Checks that a `Path` can be read from the parameters of each route. A route is its key, such as
/// `GET /orders/{id}`, with the names of its parameters.
///
/// # Errors
///
/// Returns an error if a route lacks a parameter that the type needs.
pub fn check_path(probe: Option<Probe>, routes: &[(&str, &[&str])]) -> Result<(), Error> {
    let Some(probe) = probe else { return Ok(()) };
    routes.iter().try_for_each(|(route, names)| probe(route, names))
}

fn check_route<T: DeserializeOwned>(route: &str, names: &[&str]) -> Result<(), Error> {
    let ty = short_type_name(std::any::type_name::<T>());
    let fields = names.iter().map(|name| ((*name).to_owned(), Given::Text)).collect();
    match attempt::<T>(&Plan { fields, is_complete: true, ..Plan::default() }) {
        Err(ProbeError::Missing(field)) => {
            Err(messages::startup::path_parameter_missing(route, &field, ty))
        }
        Err(ProbeError::UnknownField(field)) => {
            Err(messages::startup::path_parameter_denied(route, &field, ty))
        }
        Ok(_) | Err(ProbeError::Duplicate | ProbeError::Other) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use serde::Deserialize;

    use super::*;

    #[derive(Deserialize)]
    #[expect(dead_code, reason = "serde alone uses the field")]
    struct Flat {
        #[serde(flatten)]
        inner: Inner,
    }

    #[derive(Deserialize)]
    #[serde(deny_unknown_fields)]
    #[expect(dead_code, reason = "serde alone uses the fields")]
    struct Inner {
        id: u32,
        day: Option<u8>,
    }

    fn check<T: DeserializeOwned>(names: &[&str]) -> Result<(), String> {
        check_route::<T>("GET /x", names).map_err(|error| error.to_string())
    }

    #[test]
    fn the_parameters_of_a_route_are_enough_or_named() {
        assert_eq!(check::<Inner>(&["id"]), Ok(()));
        assert_eq!(check::<Inner>(&["id", "day"]), Ok(()));
        assert_eq!(check::<HashMap<String, String>>(&["a"]), Ok(()));
        assert_eq!(check::<u8>(&["a"]), Ok(()));
        let missing = "`Flat` needs `id`, which is no parameter of route `GET /x`";
        assert!(check::<Flat>(&["ident"]).unwrap_err().starts_with(missing));
        assert!(check::<Inner>(&["id", "b"]).unwrap_err().contains("`b`"));
    }

    #[test]
    fn only_a_path_is_probed() {
        assert!(PathProbe::<Path<Inner>>::PROBE.is_some());
        assert!(<PathProbe<Inner> as NoPath>::PROBE.is_none());
        assert!(check_path(None, &[("GET /x", &[])]).is_ok());
    }
}
