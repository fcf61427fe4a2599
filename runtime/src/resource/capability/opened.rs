//! Opening capabilities: takes the entries of a function, reads the variables that the template sets
//! and makes what the clients share, once for each resource. Gives the table that handlers' parameters
//! are taken from.

use std::any::TypeId;
use std::sync::Arc;

use crate::invocation::future::all;
use crate::invocation::process::variable;
use crate::invocation::{BoxFuture, Call, Capabilities, Error, Shared, caught};
use crate::registry::Opener;
use crate::resource::kinds::{Resource, ResourceKind};

/// What a handler can ask for to use a resource: a [`Reader`](crate::Reader), a [`Writer`](crate::Writer) and so on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a capability",
    label = "not one of Skylift's `Reader`, `Writer`, `ReadWriter`, `Sender`, `Publisher`, `Putter` \
             and `Invoker`"
)]
pub trait Capability: Sized + 'static {
    /// What it is a capability of.
    type Resource: Resource;
}

/// The entry of a capability.
#[must_use]
pub const fn capability<C: Capability>() -> Opener {
    Opener {
        resource: TypeId::of::<C::Resource>,
        id: C::Resource::ID,
        kind: <<C::Resource as Resource>::Kind as ResourceKind<C::Resource>>::NAME,
        variable: C::Resource::VARIABLE,
        connect: |name| {
            Box::pin(async {
                let connection =
                    <<C::Resource as Resource>::Kind as ResourceKind<_>>::connect(name).await?;
                Ok(Arc::new(Connected::<C::Resource>(connection)) as Shared)
            })
        },
        optional: false,
    }
}

/// What the clients of one resource share. A type of the resource's own: two buckets share the type
/// of their connections.
struct Connected<R: Resource>(<R::Kind as ResourceKind<R>>::Connection);

async fn open_one(opener: &Opener) -> Result<Option<Shared>, Error> {
    if opener.is_left_out() {
        return Ok(None);
    }
    let name = variable(opener.variable)?;
    caught(async { (opener.connect)(name).await }).await?.map(Some)
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
            opening.push(Box::pin(open_one(opener)));
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
        Ok(Capabilities::new(shared))
    };
    functions.iter().map(|(handler, openers)| capabilities(handler, openers)).collect()
}

/// What the clients of a resource share. What the parameters of handlers need was opened; the error shows
/// where a capability is taken by other means.
pub(super) fn connection<R: Resource>(
    call: &Call,
    capability: &str,
) -> Result<<R::Kind as ResourceKind<R>>::Connection, Error> {
    let connected = call.capabilities().opened::<Connected<R>>();
    connected.map(|connected| connected.0.clone()).ok_or_else(|| not_opened(capability, R::ID))
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
