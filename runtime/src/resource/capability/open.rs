//! Opens capabilities when functions start. Takes the openers of the functions, reads the environment variables that the
//! template sets, and makes the connection of each resource once. Returns the [`Capabilities`] from which the handlers'
//! parameters are taken.

use std::any::TypeId;
use std::marker::PhantomData;
use std::sync::Arc;

use crate::invocation::future::join_all;
use crate::invocation::process::require_variable;
use crate::invocation::{BoxFuture, Call, Capabilities, Shared, catch_failure};
use crate::registry::{GuardedKeys, Opener};
use crate::resource::kinds::{ClientsByCapability, Resource};
use crate::{Error, messages};

/// A parameter by which a handler uses a resource: a [`Reader`](crate::Reader), a [`Writer`](crate::Writer) and so on.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a capability",
    label = "not one of Skylift's `Reader`, `Writer`, `ReadWriter`, `DownloadSigner`, `UploadSigner`, \
             `Sender`, `Publisher`, `Putter`, `Starter` and `Invoker`"
)]
pub trait Capability: Sized + 'static {
    /// The resource that the capability works on.
    type Resource: Resource;
}

/// Returns the opener of the capability `C`, which makes the connection of its resource when the function starts. The
/// macro writes the opener into the registry.
#[must_use]
pub const fn capability_opener<C: Capability>() -> Opener {
    Opener {
        resource: TypeId::of::<C::Resource>,
        id: C::Resource::ID,
        kind: <<C::Resource as Resource>::Kind as ClientsByCapability<C::Resource>>::NAME,
        variable: C::Resource::VARIABLE,
        connect: |name| {
            Box::pin(async {
                let connection =
                    <<C::Resource as Resource>::Kind as ClientsByCapability<_>>::connect(name)
                        .await?;
                Ok(Arc::new(OpenedResource::<C::Resource>(connection)) as Shared)
            })
        },
        guarded: &[],
        share_guarded: Some(|keys| Arc::new(Guard::<C::Resource>(keys, PhantomData)) as Shared),
        optional: false,
    }
}

/// The keys of the resource `R` that a function does not write.
struct Guard<R>(&'static [GuardedKeys], PhantomData<fn() -> R>);

/// The connection that the typed clients of the resource `R` share. Each resource has a type of its own, because two
/// buckets have the same type of connection.
struct OpenedResource<R: Resource>(<R::Kind as ClientsByCapability<R>>::Connection);

/// Makes the connection of a resource with its opener. Returns `None` for an optional resource that the environment
/// leaves out.
async fn open_resource(opener: &Opener) -> Result<Option<Shared>, Error> {
    if opener.is_left_out() {
        return Ok(None);
    }
    let name = require_variable(opener.variable)?;
    catch_failure(async { (opener.connect)(name).await }).await.map(Some)
}

/// Opens the resources that functions need: each resource once, and all of them at the same time. Takes the functions
/// as pairs of a handler's name and the openers of its capabilities. Returns, in the same order, the capabilities of
/// each function, or one error with all of its resources that cannot be opened.
pub(crate) async fn open_capabilities(
    functions: &[(&'static str, &'static [Opener])],
) -> Vec<Result<Capabilities, Error>> {
    let mut distinct: Vec<TypeId> = Vec::new();
    let mut opening: Vec<BoxFuture<'_, _>> = Vec::new();
    for opener in functions.iter().flat_map(|(_, openers)| *openers) {
        let resource = (opener.resource)();
        if !distinct.contains(&resource) {
            distinct.push(resource);
            opening.push(Box::pin(open_resource(opener)));
        }
    }
    let opened: Vec<_> = distinct.into_iter().zip(join_all(opening).await).collect();
    let capabilities = |handler: &str, openers: &'static [Opener]| {
        let mut shared = Vec::new();
        let mut failed: Vec<(TypeId, Error)> = Vec::new();
        for opener @ Opener { kind, id, .. } in openers {
            let resource = (opener.resource)();
            if let Some(share) = opener.share_guarded.filter(|_| !opener.guarded.is_empty()) {
                shared.push(share(opener.guarded));
            }
            match opened.iter().find(|(known, _)| *known == resource) {
                Some((_, Ok(connected))) => shared.extend(connected.clone()),
                Some((_, Err(error))) => {
                    let place = messages::client::function_cannot_open(handler, kind, id);
                    if failed.iter().all(|(known, _)| *known != resource) {
                        failed.push((resource, error.duplicate().with_context(place)));
                    }
                }
                None => {}
            }
        }
        let errors = failed.into_iter().map(|(_, error)| error);
        errors.reduce(|all, next| all.and(&next)).map_or_else(|| Ok(Capabilities::new(shared)), Err)
    };
    functions.iter().map(|(handler, openers)| capabilities(handler, openers)).collect()
}

/// Returns the connection of the resource `R` for a parameter of a handler, with the keys that the function does not
/// write. `capability` names the capability in the
/// error.
///
/// The capabilities of a handler's own parameters were opened at the start. The error is for a capability that a handler
/// takes by other means.
pub(super) fn opened_connection<R: Resource>(
    call: &Call,
    capability: &str,
) -> Result<<R::Kind as ClientsByCapability<R>>::Connection, Error> {
    let opened = call.capabilities().get::<OpenedResource<R>>();
    let connection = opened
        .map(|opened| opened.0.clone())
        .ok_or_else(|| messages::client::capability_not_opened(capability, R::ID))?;
    Ok(match call.capabilities().get::<Guard<R>>() {
        Some(guard) => <R::Kind as ClientsByCapability<R>>::guard(connection, guard.0),
        None => connection,
    })
}
