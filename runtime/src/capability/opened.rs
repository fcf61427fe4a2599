//! Opening capabilities: takes the entries of a function, reads the variables that the template sets
//! and makes what the clients share, once for each resource. Gives the table that handlers' parameters
//! are taken from.

use std::any::TypeId;
use std::sync::Arc;

use super::Capability;
use crate::Error;
use crate::handler::{BoxFuture, caught};
use crate::host;
#[cfg(feature = "idempotency")]
use crate::idempotency::Ledger;
use crate::race::all;
use crate::registry::Function;
use crate::resource::{Kind, Resource};
use crate::state::Shared;

/// A capability as the registry has it: the resource, and how to open it.
pub struct Opener {
    resource: fn() -> TypeId,
    id: &'static str,
    kind: &'static str,
    variable: &'static str,
    connect: Connect,
    /// Whether a function outside Lambda can do without it where its variable is not set.
    optional: bool,
}

/// Makes what the clients of a resource share, of what the resource goes by.
type Connect = fn(String) -> BoxFuture<'static, Result<Shared, Error>>;

/// The entry of a capability.
#[must_use]
pub const fn capability<C: Capability>() -> Opener {
    Opener {
        resource: TypeId::of::<C::Resource>,
        id: C::Resource::ID,
        kind: <<C::Resource as Resource>::Kind as Kind<C::Resource>>::NAME,
        variable: C::Resource::VARIABLE,
        connect: |name| {
            Box::pin(async {
                let connection =
                    <<C::Resource as Resource>::Kind as Kind<_>>::connect(name).await?;
                Ok(Arc::new(Connected::<C::Resource>(connection)) as Shared)
            })
        },
        optional: false,
    }
}

/// What the clients of one resource share. A type of the resource's own: two buckets share the type
/// of their connections.
struct Connected<R: Resource>(<R::Kind as Kind<R>>::Connection);

/// What a resource goes by, from its variable.
pub(crate) fn name<R: Resource>() -> Result<String, Error> {
    let kind = <R::Kind as Kind<R>>::NAME;
    variable(R::VARIABLE)
        .map_err(|error| error.at(format_args!("no name of the {kind} `{}`", R::ID)))
}

/// What the template set an environment variable to.
pub(crate) fn variable(name: &str) -> Result<String, Error> {
    std::env::var(name).ok().filter(|value| !value.is_empty()).ok_or_else(|| {
        Error::new(
            "MissingVariable",
            format!(
                "`{name}` is not set; help: the template sets it: deploy this binary with the \
                 template of the same build; elsewhere set it by hand, and `AWS_ENDPOINT_URL` where \
                 that is not AWS"
            ),
        )
    })
}

impl Opener {
    /// The entry of what no parameter stands for, by kind, id and variable of the resource.
    pub(crate) const fn optional(
        resource: fn() -> TypeId,
        (kind, id, variable): (&'static str, &'static str, &'static str),
        connect: Connect,
    ) -> Self {
        Self { resource, id, kind, variable, connect, optional: true }
    }

    /// Whether a function does without it here.
    pub(crate) fn is_left_out(&self) -> bool {
        self.optional && variable(self.variable).is_err() && !host::is_lambda()
    }

    async fn open(&self) -> Result<Option<Shared>, Error> {
        if self.is_left_out() {
            return Ok(None);
        }
        let name = variable(self.variable)?;
        caught(async { (self.connect)(name).await }).await?.map(Some)
    }
}

/// Opens what functions need, each resource once and all at the same time. Gives for each function,
/// which come as their handlers and entries, its capabilities or what failed.
pub(crate) async fn open(
    functions: &[(&'static str, &'static [Opener])],
) -> Vec<Result<Capabilities, Error>> {
    let mut distinct: Vec<TypeId> = Vec::new();
    let mut opening: Vec<BoxFuture<'_, _>> = Vec::new();
    for opener in functions.iter().flat_map(|(_, openers)| *openers) {
        let resource = (opener.resource)();
        if !distinct.contains(&resource) {
            distinct.push(resource);
            opening.push(Box::pin(opener.open()));
        }
    }
    let opened: Vec<_> = distinct.into_iter().zip(all(opening).await).collect();
    let capabilities = |handler: &str, openers: &'static [Opener]| {
        let mut shared = Vec::new();
        for opener @ Opener { kind, id, .. } in openers {
            let resource = (opener.resource)();
            match opened.iter().find(|(known, _)| *known == resource) {
                Some((_, Ok(connected))) => shared.extend(connected.clone()),
                Some((_, Err(error))) => {
                    let place = format_args!("`{handler}` cannot open the {kind} `{id}`");
                    return Err(error.again().at(place));
                }
                None => {}
            }
        }
        Ok(Capabilities::of(shared))
    };
    functions.iter().map(|(handler, openers)| capabilities(handler, openers)).collect()
}

/// What was opened for a function. Cloning is cheap.
#[derive(Clone, Default)]
pub(crate) struct Capabilities {
    shared: Arc<[Shared]>,
    #[cfg(feature = "idempotency")]
    ledger: Option<Ledger>,
}

impl Capabilities {
    fn of(shared: Vec<Shared>) -> Self {
        Self {
            shared: shared.into(),
            #[cfg(feature = "idempotency")]
            ledger: None,
        }
    }

    /// With what keeps the function's work, where it does any once for a key.
    #[cfg(feature = "idempotency")]
    pub(crate) fn with_ledger(self, function: &'static Function) -> Result<Self, Error> {
        Ok(Self { ledger: Ledger::open(function)?, ..self })
    }

    /// With nothing: without the feature no function does anything once.
    #[cfg(not(feature = "idempotency"))]
    #[expect(clippy::unnecessary_wraps, reason = "it may fail with the feature")]
    pub(crate) fn with_ledger(self, _: &'static Function) -> Result<Self, Error> {
        Ok(self)
    }

    /// Nothing else but this, for tests.
    #[cfg(all(test, feature = "idempotency"))]
    pub(crate) fn of_ledger(ledger: Ledger) -> Self {
        Self { ledger: Some(ledger), ..Self::default() }
    }

    /// What keeps the function's work.
    #[cfg(feature = "idempotency")]
    pub(crate) fn ledger(&self) -> Option<&Ledger> {
        self.ledger.as_ref()
    }

    /// What was opened beside the parameters, by its type.
    #[cfg(feature = "resume")]
    pub(crate) fn opened<T: std::any::Any>(&self) -> Option<&T> {
        self.shared.iter().find_map(|it| it.downcast_ref())
    }

    #[cfg(all(test, feature = "resume"))]
    pub(crate) fn with(shared: Shared) -> Self {
        Self::of(vec![shared])
    }

    /// What the clients of a resource share. What the parameters of handlers need was opened; the
    /// error shows where a capability is taken by other means.
    pub(super) fn connection<R: Resource>(
        &self,
        capability: &str,
    ) -> Result<<R::Kind as Kind<R>>::Connection, Error> {
        let connected = self.shared.iter().find_map(|it| it.downcast_ref::<Connected<R>>());
        connected.map(|connected| connected.0.clone()).ok_or_else(|| not_opened(capability, R::ID))
    }
}

fn not_opened(capability: &str, id: &str) -> Error {
    Error::new(
        "CapabilityNotOpened",
        format!(
            "`{capability}<…>` of the resource `{id}` was not opened when the function started, and \
             nothing grants it; help: make it a parameter of the handler itself, not a part of another \
             type that the handler takes"
        ),
    )
}
