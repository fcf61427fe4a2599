use std::cell::Cell;

use super::assertions::{assert_no_capability, reader};
use super::open::{capability_opener, open_capabilities};
use super::parameters::{Invoker, Putter, Reader, Writer};
use crate::handler::FromInvocation;
use crate::invocation::{BoxFuture, Call, Capabilities, States};
use crate::registry::{GuardedKeys, Opener};
use crate::resource::calls::{AllCalls, CallSet};
use crate::resource::feature::Enabled;
use crate::resource::kinds::{ClientsByCapability, FromConnection, NotOffered, Resource};
use crate::sealed::Sealed;
use crate::testing::block_on;
use crate::{Context, Error, State};

/// A kind whose client is the name of its resource.
enum Fake {}

impl Sealed for Fake {}

#[derive(Clone)]
struct Name(String);

thread_local! {
    /// How many connections this test made: each test has its own thread.
    static CONNECTED: Cell<u32> = const { Cell::new(0) };
}

impl FromConnection<String> for Name {
    fn from_connection(name: String) -> Self {
        Self(name)
    }
}

impl<R: Resource> ClientsByCapability<R> for Fake {
    type Reader<C: CallSet> = Name;
    type Writer<C: CallSet> = Name;
    type ReadWriter<C: CallSet> = NotOffered;
    type DownloadSigner = NotOffered;
    type UploadSigner = NotOffered;
    type Sender = NotOffered;
    type Publisher = NotOffered;
    type Putter = NotOffered;
    type Starter = NotOffered;
    type Invoker = NotOffered;

    const NAME: &'static str = "fake";
    type Feature = ();
    type Connection = String;

    fn connect(name: String) -> BoxFuture<'static, Result<String, Error>> {
        CONNECTED.set(CONNECTED.get() + 1);
        assert!(!name.contains("0."), "a version");
        Box::pin(std::future::ready(Ok(name)))
    }

    fn guard(name: String, keys: &'static [GuardedKeys]) -> String {
        format!("{name} without {}", keys.len())
    }
}

impl Sealed for () {}
impl Enabled for () {}

macro_rules! fakes {
    ($($Name:ident = $variable:literal,)*) => {$(
        struct $Name;

        impl Resource for $Name {
            const ID: &'static str = stringify!($Name);
            const VARIABLE: &'static str = $variable;
            type Kind = Fake;
        }
    )*};
}

// The variables are ones that Cargo sets for every test.
fakes! {
    Package = "CARGO_PKG_NAME",
    Manifest = "CARGO_MANIFEST_DIR",
    Version = "CARGO_PKG_VERSION",
    Unset = "SKYLIFT_TEST_UNSET",
    AlsoUnset = "SKYLIFT_TEST_ALSO_UNSET",
}

static BOTH: [Opener; 3] = [
    capability_opener::<Reader<Package>>(),
    capability_opener::<Writer<Package>>(),
    capability_opener::<Reader<Manifest>>(),
];
static PACKAGE: [Opener; 1] = [capability_opener::<Reader<Package>>()];
static UNSET: [Opener; 2] =
    [capability_opener::<Reader<Package>>(), capability_opener::<Reader<Unset>>()];
static VERSION: [Opener; 1] = [capability_opener::<Reader<Version>>()];

fn call(capabilities: Capabilities) -> Call {
    Call::new(Context::new("1"), States::default()).with_capabilities(capabilities)
}

#[test]
fn each_resource_of_the_functions_is_opened_once_and_no_other() {
    let opened =
        block_on(open_capabilities(&[("both", &BOTH), ("package", &PACKAGE), ("none", &[])]));
    assert_eq!(CONNECTED.get(), 2);
    let [both, package, none] = opened.try_into().ok().unwrap();
    let both = call(both.unwrap());
    assert_eq!(Reader::<Package>::from_invocation(&both).unwrap().0, "skylift");
    assert_eq!(Writer::<Package>::from_invocation(&both).unwrap().0, "skylift");
    assert!(Reader::<Manifest>::from_invocation(&both).unwrap().0.ends_with("runtime"));
    for other in [package, none] {
        assert!(Reader::<Manifest>::from_invocation(&call(other.unwrap())).is_err());
    }
}

#[test]
fn only_the_function_with_guarded_keys_gets_them() {
    static GUARDED: [Opener; 1] = [capability_opener::<Writer<Package>>()
        .guard(const { &[GuardedKeys::new("in/", "", true, true)] })];
    let opened = block_on(open_capabilities(&[("guarded", &GUARDED), ("package", &PACKAGE)]));
    let [guarded, package] = opened.try_into().ok().unwrap();
    let name = |call: &Call| Writer::<Package>::from_invocation(call).unwrap().0.clone();
    assert_eq!(name(&call(guarded.unwrap())), "skylift without 1");
    assert_eq!(name(&call(package.unwrap())), "skylift");
}

#[test]
fn the_error_for_a_missing_variable_names_variable_resource_and_function() {
    let opened = block_on(open_capabilities(&[("unset", &UNSET), ("package", &PACKAGE)]));
    let [unset, package] = opened.try_into().ok().unwrap();
    assert!(package.is_ok());
    let error = unset.err().unwrap();
    assert_eq!(error.name(), "MissingVariable");
    let message = error.to_string();
    let start = "`unset` cannot open the fake `Unset`: `SKYLIFT_TEST_UNSET` is not set; help: run \
                 `export SKYLIFT_TEST_UNSET='…'` with a resource of your account";
    assert!(message.starts_with(start), "{message}");
    let deployed = crate::messages::startup::variable_not_set("JOBS_QUEUE_URL", true).to_string();
    let help = "help: the template sets it: deploy this binary with the template of the same build; without \
                templates, set what `environment.json` of the function lists";
    assert_eq!(deployed, format!("`JOBS_QUEUE_URL` is not set; {help}"));
}

#[test]
fn the_error_names_every_missing_variable_of_a_function_once() {
    static MISSING: [Opener; 3] = [
        capability_opener::<Reader<Unset>>(),
        capability_opener::<Writer<Unset>>(),
        capability_opener::<Reader<AlsoUnset>>(),
    ];
    let opened = block_on(open_capabilities(&[("unset", &MISSING)]));
    let message = opened.into_iter().next().unwrap().err().unwrap().to_string();
    assert_eq!(message.matches("`SKYLIFT_TEST_UNSET` is not set").count(), 1, "{message}");
    assert!(message.contains("`SKYLIFT_TEST_ALSO_UNSET` is not set"), "{message}");
}

#[test]
fn a_panic_while_a_resource_is_opened_is_the_error_of_the_function() {
    let opened = block_on(open_capabilities(&[("version", &VERSION)]));
    let error = opened.into_iter().next().unwrap().err().unwrap();
    assert_eq!(error.name(), "Panic");
    assert!(error.to_string().starts_with("`version` cannot open the fake `Version`: a version"));
}

#[test]
fn a_capability_that_was_not_opened_is_an_error_that_says_what_to_do() {
    let error = Writer::<Package>::from_invocation(&call(Capabilities::default())).unwrap_err();
    assert_eq!(error.name(), "CapabilityNotOpened");
    let message = error.to_string();
    assert!(
        message.starts_with("`Writer<…>` of the resource `Package` was not opened"),
        "{message}"
    );
    assert!(message.contains("help: make it a parameter of the handler itself"), "{message}");
}

#[test]
fn the_name_of_a_resource_is_the_value_of_its_variable() {
    assert_eq!(Package::name().unwrap(), "skylift");
    let error = Unset::name().unwrap_err();
    assert_eq!(error.name(), "MissingVariable");
    assert!(error.to_string().starts_with("no name of the fake `Unset`: `SKYLIFT_TEST_UNSET`"));
}

#[test]
fn a_test_can_make_a_capability_for_a_name() {
    let reader = block_on(Reader::<Unset>::named("by-hand")).unwrap();
    assert_eq!(reader.clone().0, "by-hand");
    assert_eq!(format!("{reader:?}"), "Reader(\"Unset\")");
}

#[test]
fn a_capability_is_recognized_under_any_name() {
    use crate::__private::is_capability;
    use crate::Writer as Renamed;
    assert!(is_capability!(Reader<Package>) && is_capability!(Renamed<Package>));
    assert!(is_capability!(Invoker<Package>) && is_capability!(Putter<Package>));
    assert!(!is_capability!(State<Package>) && !is_capability!(Option<Reader<Package>>));
}

const _: () = reader::<Package, AllCalls, Reader<Package>>();
const _: () = assert_no_capability(crate::__private::is_capability!(Context));
