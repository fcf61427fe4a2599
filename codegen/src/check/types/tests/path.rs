use super::{assert_right, assert_wrong};

/// Returns the source of a handler of a route that takes `Path<ty>`, with a struct of these fields.
fn handler(route: &str, ty: &str, fields: &str) -> String {
    format!(
        "#[function(trigger = http({route}))] async fn show(path: Path<{ty}>) -> String {{}}
        {fields}
        #[derive(Deserialize)] struct Id(u64);
        #[derive(Deserialize)] enum Kind {{ A, B }}
        #[derive(Deserialize)] struct Pair(String, u8);
        type Text = String;"
    )
}

fn params(fields: &str) -> String {
    format!("#[derive(Deserialize)] struct Params {{ {fields} }}")
}

#[test]
fn a_struct_with_the_parameters_of_the_route_is_right() {
    for (route, ty, fields) in [
        (r#""GET /x/{id}""#, "Params", "id: u32"),
        (r#""GET /x/{id}/{rest+}""#, "Params", "id: Id, rest: String"),
        (r#""GET /x/{id}/{b}""#, "Params", "id: Kind"),
        (r#""GET /x/{id}""#, "Params", "#[serde(rename = \"id\")] ident: String"),
        (r#""GET /x/{id}""#, "Params", "#[serde(alias = \"id\")] ident: String"),
        (r#""GET /x/{id}""#, "Params", "ident: Option<String>, #[serde(default)] b: u8"),
        (r#""GET /x/{id}""#, "Params", "#[serde(flatten)] rest: HashMap<String, String>"),
        (r#""GET /x/{id}""#, "Id", ""),
        (r#""GET /x/{id}""#, "Kind", ""),
        (r#""GET /x/{id}""#, "Text", ""),
        (r#""GET /x/{id}/{n}""#, "Pair", ""),
        (r#""GET /x/{id}/{n}""#, "Vec<String>", ""),
        (r#""GET /x/{id}/{n}""#, "HashMap<String, String>", ""),
        (r#""GET /x/{id}""#, "other::Params", ""),
        (r#""GET /x/{id}""#, "Unknown", ""),
    ] {
        assert_right(&handler(route, ty, &params(fields)));
    }
    assert_right(
        "mod mine { pub struct Path<T>(T); } use mine::Path;
        #[derive(Deserialize)] struct Params { ident: String }
        #[function(trigger = http(\"GET /x/{id}\"))] async fn show(path: Path<Params>) -> String {}",
    );
}

#[test]
fn a_field_that_the_route_does_not_have_is_an_error_at_the_parameter() {
    for (route, ty, fields, expected) in [
        (
            r#""GET /x/{id}""#,
            "Params",
            "ident: String",
            "param 0: `Params` needs `ident`, which is no parameter of route `GET /x/{id}`\n\nhelp: the route's parameter is `id`",
        ),
        (
            r#""GET /x/{order_id}/{b}""#,
            "Params",
            "orderid: String",
            "param 0: `Params` needs `orderid`, which is no parameter of route `GET /x/{order_id}/{b}`\n\nhelp: did you mean `order_id`?",
        ),
        (
            r#""GET /x""#,
            "Params",
            "id: u8",
            "param 0: `Params` needs `id`, which is no parameter of route `GET /x`\n\nhelp: add one to the path, as `/x/{id}`",
        ),
        (
            r#""GET /x/{id}""#,
            "Params",
            "id: Vec<u8>",
            "param 0: the field `id` of `Params` is a list, `Vec<u8>`, and a path parameter is one text",
        ),
        (
            r#""GET /x/{id}/{n}""#,
            "Id",
            "",
            "param 0: `Path<Id>` takes one parameter, route `GET /x/{id}/{n}` has 2 parameters\n\nhelp: the route's parameters are `id` and `n`",
        ),
        (r#""GET /x/{id}/{n}""#, "Text", "", "param 0: `Path<Text>` takes one parameter"),
        (
            r#""GET /x/{id}""#,
            "Pair",
            "",
            "param 0: `Path<Pair>` takes 2 parameters, route `GET /x/{id}` has one parameter",
        ),
        (
            r#""$default""#,
            "Params",
            "id: u8",
            "param 0: the route `$default` has no path parameters",
        ),
    ] {
        assert_wrong(&handler(route, ty, &params(fields)), expected);
    }
    let denied = "#[derive(Deserialize)] #[serde(deny_unknown_fields)] struct Params { id: u8 }";
    assert_wrong(
        &handler(r#""GET /x/{id}/{part}""#, "Params", denied),
        "param 0: `Params` denies unknown fields, and has none for the parameter `part` of route `GET /x/{id}/{part}`\n\nhelp: add the field `part`",
    );
}

#[test]
fn each_route_of_a_handler_is_checked() {
    assert_wrong(
        "#[derive(Deserialize)] struct Params { id: String }
        #[function(trigger = http(\"GET /a/{id}\"), trigger = http(\"GET /b/{name}\"))]
        async fn show(context: Context, path: axum::extract::Path<Params>) -> String {}",
        "param 1: `Params` needs `id`, which is no parameter of route `GET /b/{name}`",
    );
}
