//! Grants, both ways: every method of every client is run, and the calls that AWS gets are exactly
//! those for which a template grants: no method lacks a permission, and no permission is there that no
//! method needs. The tests are in the rooms of the kinds; what they share is here.
// Clippy knows `#[test]` functions, and not what they call.
#![allow(clippy::unwrap_used)]
// The test of each kind takes of it what it needs.
#![allow(dead_code, unused_imports, unused_macros)]

use std::any::TypeId;
use std::collections::BTreeSet;

use skylift_model::access::Access;
use skylift_model::resource::ResourceKind;

use super::kinds::{NotOffered, Resource, ResourceKind};
use crate::aws::testing::{Answer, Request, Server};

/// What was run and what AWS was asked.
pub(crate) struct Ran {
    pub(crate) server: Server,
    pub(crate) methods: BTreeSet<&'static str>,
}

impl Ran {
    /// With that answer of AWS, whatever makes a client go on.
    pub(crate) fn new(answer: fn(&Request) -> Answer) -> Self {
        Self { server: Server::start(answer), methods: BTreeSet::new() }
    }

    pub(crate) fn operations(&self) -> BTreeSet<String> {
        self.server.seen().iter().map(Request::operation).collect()
    }

    /// The calls that AWS got are those of the model, and the methods that were run are all there
    /// are in these sources.
    pub(crate) fn check(&self, kind: ResourceKind, access: Access, sources: &[&str]) {
        let granted: BTreeSet<_> =
            kind.calls(access).iter().map(|call| call.operation.to_owned()).collect();
        assert_eq!(self.operations(), granted, "{kind:?} {access:?}");
        self.check_methods(sources);
    }

    pub(crate) fn check_methods(&self, sources: &[&str]) {
        let lines = sources.iter().flat_map(|source| source.lines());
        let methods = lines.filter_map(|line| line.trim().strip_prefix("pub async fn "));
        let methods: BTreeSet<_> =
            methods.map(|line| line.split(['(', '<']).next().unwrap()).collect();
        let forgotten: Vec<_> = methods.difference(&self.methods).collect();
        assert!(forgotten.is_empty(), "methods that this test does not run: {forgotten:?}");
    }
}

/// Runs a method, whatever comes of it, and notes its name.
macro_rules! run {
    ($ran:ident, $on:expr, $method:ident($($argument:expr),*)) => {{
        let _ = $on.$method($($argument),*).await;
        $ran.methods.insert(stringify!($method));
    }};
}

pub(crate) use run;

/// The accesses for which a kind has a client.
pub(crate) fn offered<R: Resource>() -> Vec<Access> {
    let is = |id: TypeId| id != TypeId::of::<NotOffered>();
    let clients = [
        (Access::Read, TypeId::of::<<R::Kind as ResourceKind<R>>::Reader>()),
        (Access::Write, TypeId::of::<<R::Kind as ResourceKind<R>>::Writer>()),
        (Access::ReadWrite, TypeId::of::<<R::Kind as ResourceKind<R>>::ReadWriter>()),
        (Access::Send, TypeId::of::<<R::Kind as ResourceKind<R>>::Sender>()),
        (Access::Publish, TypeId::of::<<R::Kind as ResourceKind<R>>::Publisher>()),
        (Access::Put, TypeId::of::<<R::Kind as ResourceKind<R>>::Putter>()),
        (Access::Invoke, TypeId::of::<<R::Kind as ResourceKind<R>>::Invoker>()),
    ];
    clients.into_iter().filter(|(_, id)| is(*id)).map(|(access, _)| access).collect()
}

/// A kind has clients for what can be granted, and for nothing else.
pub(crate) fn check_offered<R: Resource>(kind: ResourceKind) {
    let granted = Access::ALL.into_iter().filter(|access| !kind.calls(*access).is_empty());
    assert_eq!(offered::<R>(), granted.collect::<Vec<_>>(), "{kind:?}");
}

macro_rules! tests_of {
    ($($room:ident: $Trait:ident, $feature:ident = $on:literal $(, $accepts:ident)?;)*) => {
        [$(include_str!(concat!(stringify!($room), "/grants.rs"))),*]
    };
}

#[test]
fn every_kind_of_the_model_has_a_test_of_its_grants() {
    let tests = kinds!(tests_of);
    for kind in ResourceKind::ALL {
        let check = format!("(ModelKind::{kind:?}");
        assert!(tests.iter().any(|test| test.contains(&check)), "{kind:?}");
    }
}
