//! Test support: runs every method of every typed client, and checks that AWS receives exactly the operations that a
//! template grants. So no method lacks a permission, and no permission is superfluous. The tests are in the folders
//! of the kinds.
// See decision 0027.
// Clippy allows `unwrap` only in `#[test]` functions, not in the functions that they call.
#![allow(clippy::unwrap_used)]
// The test of each kind uses a part of it.
#![allow(dead_code, unused_imports, unused_macros)]

use std::any::TypeId;
use std::collections::BTreeSet;

use skylift_model::access::{Access, Capability};
use skylift_model::aws::iam::CallGroup;
use skylift_model::resource::ResourceKind;

use super::calls::AllCalls;
use super::kinds::{ClientsByCapability, NotOffered, Resource};
use crate::aws::testing::{FakeAws, FakeResponse, ReceivedRequest};

/// The methods that a test ran, and the server that received their requests.
pub(crate) struct MethodRuns {
    pub(crate) server: FakeAws,
    pub(crate) methods: BTreeSet<&'static str>,
}

impl MethodRuns {
    /// Starts a fake of AWS for the typed client under test. `answer` makes answers with which the client succeeds.
    pub(crate) fn new(answer: fn(&ReceivedRequest) -> FakeResponse) -> Self {
        Self { server: FakeAws::start(answer), methods: BTreeSet::new() }
    }

    /// Returns the names of the AWS operations that the fake of AWS has received.
    pub(crate) fn operations(&self) -> BTreeSet<String> {
        self.server.seen().iter().map(ReceivedRequest::operation).collect()
    }

    /// Checks that the fake of AWS received exactly the operations that the model grants for this access to this kind
    /// of resource, and that the test ran every public method in `sources`.
    pub(crate) fn check(&self, kind: ResourceKind, access: Access, sources: &[&str]) {
        let granted: BTreeSet<_> =
            kind.calls(access).iter().map(|call| call.operation.to_owned()).collect();
        assert_eq!(self.operations(), granted, "{kind:?} {access:?}");
        self.check_methods(sources);
    }

    /// Checks that the fake of AWS received exactly the operations that the model grants for these calls of this access to
    /// this kind of resource.
    pub(crate) fn check_calls(&self, kind: ResourceKind, access: Access, calls: &[CallGroup]) {
        let (target, calls) = (String::new(), calls.to_vec());
        let capability = Capability { access, target, calls, parameter: 0 };
        let granted = capability.select_calls(kind.calls(access));
        let granted: BTreeSet<_> = granted.iter().map(|it| it.operation.to_owned()).collect();
        assert_eq!(self.operations(), granted, "{kind:?} {capability:?}");
    }

    /// Checks that the test ran every public asynchronous method in `sources`, which are texts of source files.
    pub(crate) fn check_methods(&self, sources: &[&str]) {
        let methods = sources.iter().flat_map(|source| asynchronous_methods(source));
        let methods: BTreeSet<_> = methods.map(|method| method.name).collect();
        assert!(!methods.is_empty(), "no methods are found");
        let forgotten: Vec<_> = methods.difference(&self.methods).collect();
        assert!(forgotten.is_empty(), "methods that this test does not run: {forgotten:?}");
    }
}

/// A public method in a source file.
struct Method<'s> {
    name: &'s str,
    signature: &'s str,
}

/// Returns the public methods in the text of a source file that are `async` or return a boxed future.
fn asynchronous_methods(source: &str) -> impl Iterator<Item = Method<'_>> {
    source.split("\n    pub ").skip(1).filter_map(|method| {
        let (signature, _) = method.split_once(" {\n")?;
        let is_async = signature.starts_with("async ") || signature.contains("-> BoxFuture<");
        let declared = signature.trim_start_matches("async ").strip_prefix("fn ")?;
        let name = declared.split(['(', '<']).next()?;
        is_async.then_some(Method { name, signature })
    })
}

/// Returns the public asynchronous methods in the text of a source file that have a bound such as `A: CanRead`, as the
/// text of another file.
pub(crate) fn methods_with_bound(source: &str, bound: &str) -> String {
    let methods = asynchronous_methods(source).filter(|method| method.signature.contains(bound));
    methods.fold(String::new(), |mut text, method| {
        text.extend(["\n    pub ", method.signature, " {\n"]);
        text
    })
}

/// Runs a method of a typed client, ignores its result and records its name as run.
macro_rules! run_method {
    ($runs:ident, $on:expr, $method:ident($($argument:expr),*)) => {{
        let _ = $on.$method($($argument),*).await;
        $runs.methods.insert(stringify!($method));
    }};
}

pub(crate) use run_method;

/// Returns the accesses, such as reading, for which the kind of the resource `R` has a typed client.
pub(crate) fn offered_accesses<R: Resource>() -> Vec<Access> {
    let is = |id: TypeId| id != TypeId::of::<NotOffered>();
    let clients = [
        (Access::Read, TypeId::of::<<R::Kind as ClientsByCapability<R>>::Reader<AllCalls>>()),
        (Access::Write, TypeId::of::<<R::Kind as ClientsByCapability<R>>::Writer<AllCalls>>()),
        (
            Access::ReadWrite,
            TypeId::of::<<R::Kind as ClientsByCapability<R>>::ReadWriter<AllCalls>>(),
        ),
        (Access::SignDownload, TypeId::of::<<R::Kind as ClientsByCapability<R>>::DownloadSigner>()),
        (Access::SignUpload, TypeId::of::<<R::Kind as ClientsByCapability<R>>::UploadSigner>()),
        (Access::Send, TypeId::of::<<R::Kind as ClientsByCapability<R>>::Sender>()),
        (Access::Publish, TypeId::of::<<R::Kind as ClientsByCapability<R>>::Publisher>()),
        (Access::Put, TypeId::of::<<R::Kind as ClientsByCapability<R>>::Putter>()),
        (Access::Start, TypeId::of::<<R::Kind as ClientsByCapability<R>>::Starter>()),
        (Access::Invoke, TypeId::of::<<R::Kind as ClientsByCapability<R>>::Invoker>()),
    ];
    clients.into_iter().filter(|(_, id)| is(*id)).map(|(access, _)| access).collect()
}

/// Checks that a kind of resource has a typed client for every access that can be granted, and for no other access.
/// `R` is a resource of the kind.
pub(crate) fn check_offered_accesses<R: Resource>(kind: ResourceKind) {
    let granted = Access::ALL.into_iter().filter(|access| !kind.calls(*access).is_empty());
    assert_eq!(offered_accesses::<R>(), granted.collect::<Vec<_>>(), "{kind:?}");
}

macro_rules! grant_tests {
    ($($kind:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        [$(include_str!(concat!(stringify!($kind), "/grants.rs"))),*]
    };
}

#[test]
fn every_kind_of_the_model_has_a_test_of_its_grants() {
    let tests = for_each_kind!(grant_tests);
    for kind in ResourceKind::ALL {
        let check = format!("(ResourceKind::{kind:?}");
        assert!(tests.iter().any(|test| test.contains(&check)), "{kind:?}");
    }
}
