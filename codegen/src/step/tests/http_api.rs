//! Runs the step on packages with settings of the HTTP API.

use std::fs;

use skylift_syntax::handoff;

use super::{DEPENDENCY, Package};

/// Returns a package with this function and these settings of its HTTP API.
fn package_with_routes(function: &str, settings: &str) -> Package {
    let manifest = format!("{DEPENDENCY}\n[package.metadata.skylift.http]\n{settings}");
    let source = format!("{function}\nskylift::main!();\n");
    Package::new(&manifest, &[("src/main.rs", source.as_str())])
}

#[test]
fn the_index_has_the_settings_of_cors_with_what_the_routes_need() {
    let package = package_with_routes(
        "#[skylift::function(trigger = http(\"PUT /a\", auth = iam))]\nasync fn one() -> &'static str { \"\" }",
        "cors = { origins = [\"https://a.example\"], expose = [\"x-b\"], max_age = \"1m\", credentials = true }",
    );
    assert_eq!(package.run().errors, Vec::<String>::new());
    let text = str::to_owned;
    let cors = handoff::Cors {
        origins: vec![text("https://a.example")],
        methods: vec![text("PUT")],
        headers: vec![text("content-type"), text("authorization")],
        expose: vec![text("x-b")],
        max_age: Some(60),
        credentials: true,
    };
    assert_eq!(package.index().cors, Some(cors));
}

#[test]
fn a_note_has_the_authorization_of_each_route_and_its_default() {
    let package = package_with_routes(
        "#[skylift::function(trigger = http(\"GET /a\"), trigger = http(\"GET /b\", auth = none))]\nasync fn one() -> &'static str { \"\" }",
        "auth = \"iam\"",
    );
    let directives = package.run();
    assert_eq!((directives.errors, directives.warnings), (Vec::new(), Vec::new()));
    assert_eq!(package.note().routes, [handoff::RouteNote::Iam, handoff::RouteNote::Open]);
}

#[test]
fn a_mistake_in_the_settings_of_the_api_has_its_place_in_the_manifest() {
    let function =
        "#[skylift::function(trigger = http(\"GET /a\"))]\nasync fn one() -> &'static str { \"\" }";
    for (settings, message) in [
        ("auth = \"Users\"", "no `#[resource]` of the application is an authorizer `Users`"),
        ("stage = \"my-stage\"", "`my-stage` is not the name of a stage"),
        ("cors = { origins = [\"a.example\"] }", "`a.example` is not an origin"),
        ("cors = 3", "`cors` takes a table, found a number"),
    ] {
        let errors = package_with_routes(function, settings).run().errors;
        assert_eq!(errors.len(), 1, "{settings}: {errors:?}");
        let place = "Cargo.toml:";
        assert!(errors[0].contains(place) && errors[0].contains(message), "{settings}: {errors:?}");
        let line = errors[0].split(place).nth(1).unwrap().split(':').next().unwrap();
        let manifest =
            fs::read_to_string(package_with_routes(function, settings).path("Cargo.toml")).unwrap();
        let line = manifest.lines().nth(line.parse::<usize>().unwrap() - 1).unwrap().to_owned();
        assert_eq!(line, settings);
    }
}
