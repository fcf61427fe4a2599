use super::{assert_right, assert_wrong};
use crate::testing::problems_of;

/// Returns the source of a table with these arguments, and of a struct `Job` with these fields.
fn table(arguments: &str, fields: &str) -> String {
    format!(
        "#[resource(table({arguments}, item = Job))] pub struct Jobs;
        #[derive(Serialize, Deserialize)] pub struct Job {{ {fields} }}"
    )
}

#[test]
fn keys_that_are_fields_of_the_right_type_are_right() {
    for (arguments, fields) in [
        (r#"key = "id""#, "id: String"),
        (r#"key = "id""#, "r#id: char"),
        (r#"key = number("id")"#, "id: u64"),
        (r#"key = number("id")"#, "id: Option<std::num::NonZeroU8>"),
        (r#"key = binary("id")"#, "#[serde(with = \"serde_bytes\")] id: Vec<u8>"),
        (r#"key = binary("id")"#, "id: serde_bytes::ByteBuf"),
        (
            r#"key = "id", sort = number("at"), ttl = "ends""#,
            "id: Box<str>, at: f64, ends: Option<i64>",
        ),
        (r#"key = "userId""#, "#[serde(rename = \"userId\")] user: String"),
        (
            r#"key = "id""#,
            "#[serde(skip_serializing_if = \"String::is_empty\", default)] id: String",
        ),
        (
            r#"key = "id", indexes(by_a(key = "a", sort = number("b"), project = ["c", "other"]))"#,
            "id: String, a: String, b: i8, c: Vec<bool>",
        ),
        // Nothing is said about types that the source does not show.
        (r#"key = number("id")"#, "id: other::Id"),
        (r#"key = number("id")"#, "id: Missing"),
        (r#"key = number("id")"#, "#[serde(with = \"mine\")] id: String"),
        (r#"key = "id""#, "#[serde(flatten)] rest: HashMap<String, String>"),
        (r#"key = "id""#, "#[serde(flatten)] rest: other::Rest"),
    ] {
        assert_right(&table(arguments, fields));
    }
}

#[test]
fn a_key_that_is_no_field_is_an_error_at_the_key() {
    for (arguments, fields, expected) in [
        (
            r#"key = "idd""#,
            "id: String, name: String",
            "key key: `Job` has no field `idd`, the partition key of this table\n\nhelp: did you mean `id`?",
        ),
        (
            r#"key = "pk""#,
            "id: String, name: String",
            "key key: `Job` has no field `pk`, the partition key of this table\n\nhelp: the fields of `Job` are `id` and `name`",
        ),
        (
            r#"key = "id", sort = "tiem""#,
            "id: String, time: String",
            "key sort: `Job` has no field `tiem`, the sort key of this table\n\nhelp: did you mean `time`?",
        ),
        (
            r#"key = "id", ttl = "expires""#,
            "id: String",
            "key ttl: `Job` has no field `expires`, the time at which an item of this table expires\n\nhelp: add the field, as an `Option` if only `update` sets it; the field of `Job` is `id`",
        ),
        (
            r#"key = "id", indexes(by_id(key = "id"), by_state(key = "stat"))"#,
            "id: String, state: String",
            "key indexes.1.key: `Job` has no field `stat`, a key of this index\n\nhelp: did you mean `state`?",
        ),
        (
            r#"key = "id", indexes(by_id(key = "id", project = ["id", "nam"]))"#,
            "id: String, name: String",
            "key indexes.0.project.1: `Job` has no field `nam`, an attribute of this index",
        ),
        (
            r#"key = "user_id""#,
            "#[serde(rename = \"userId\")] user_id: String",
            "key key: items of `Job` have no attribute `user_id`, the partition key of this table: serde writes the field `user_id` as `userId`\n\nhelp: write `\"userId\"`",
        ),
        (
            r#"key = "id""#,
            "#[serde(skip_serializing)] id: String",
            "key key: `id` is the partition key of this table, and serde does not write the field `id` of `Job`\n\nhelp: remove `skip` or `skip_serializing` from the field",
        ),
        (
            r#"key = "id""#,
            "#[serde(skip)] id: String",
            "key key: `id` is the partition key of this table, and serde does not write",
        ),
        (
            r#"key = "id""#,
            "#[cfg(windows)] id: String, idx: u8",
            "key key: `Job` has no field `id`",
        ),
        (
            r#"key = "id""#,
            "",
            "key key: `Job` has no field `id`, the partition key of this table\n\nhelp: `Job` has no fields",
        ),
    ] {
        assert_wrong(&table(arguments, fields), expected);
    }
}

#[test]
fn a_key_of_another_type_is_an_error_at_the_key() {
    for (arguments, fields, expected) in [
        (
            r#"key = number("id")"#,
            "id: String",
            "key key: the partition key of this table is a number `id`, and the field `id` of `Job` is a string: `String`\n\nhelp: write `\"id\"`, or give the field another type",
        ),
        (
            r#"key = "id""#,
            "id: u64",
            "key key: the partition key of this table is a string `id`, and the field `id` of `Job` is a whole number: `u64`\n\nhelp: write `number(\"id\")`, or",
        ),
        (
            r#"key = "id""#,
            "id: Option<u64>",
            "key key: the partition key of this table is a string",
        ),
        (
            r#"key = "id""#,
            "id: bool",
            "key key: the partition key of this table is a string `id`, and the field `id` of `Job` is a boolean: `bool`\n\nhelp: a key is a string, a number or bytes",
        ),
        (
            r#"key = binary("id")"#,
            "id: Vec<u8>",
            "key key: the partition key of this table is bytes `id`, and the field `id` of `Job` is a list: `Vec<u8>`\n\nhelp: serde writes `Vec<u8>` as a list of numbers: add",
        ),
        (
            r#"key = "id", ttl = "ends""#,
            "id: String, ends: String",
            "key ttl: the time at which an item of this table expires is a number `ends`, and the field `ends` of `Job` is a string: `String`\n\nhelp: DynamoDB takes the seconds since 1970 as a number: make it a `u64`",
        ),
        (
            r#"key = "id", ttl = "ends""#,
            "id: String, ends: chrono::DateTime<chrono::Utc>",
            "key ttl:",
        ),
        (r#"key = "id", ttl = "ends""#, "id: String, ends: std::time::SystemTime", "key ttl:"),
        (r#"key = "id", sort = "at""#, "id: String, at: HashMap<String, u8>", "key sort:"),
        (r#"key = number("id")"#, "id: uuid::Uuid", "key key:"),
    ] {
        assert_wrong(&table(arguments, fields), expected);
    }
}

#[test]
fn types_of_the_package_are_followed() {
    let items = |ty: &str| {
        format!(
            "#[resource(table(key = number(\"id\"), item = Alias))] pub struct Jobs;
            mod model {{
                pub mod deep {{
                    #[derive(Serialize, Deserialize)] pub struct Job<T = u8> {{ pub id: T }}
                    #[derive(Serialize, Deserialize)] pub struct Id(String);
                    #[derive(Serialize, Deserialize)] #[serde(transparent)] pub struct Count {{ n: u32 }}
                    #[derive(Serialize, Deserialize)] #[serde(transparent)] pub struct Tagged(std::marker::PhantomData<u8>, u8);
                    #[derive(Serialize, Deserialize)] pub enum Kind {{ A, B }}
                    #[derive(Serialize, Deserialize)] #[serde(into = \"String\", from = \"String\")] pub struct Code {{ n: u32 }}
                    pub type Text = super::super::Own;
                }}
                pub use deep::*;
            }}
            use model::{{Job as Work, Tagged, Id, Count, Kind, Code, Text}};
            type Own = String;
            type Alias = Work<{ty}>;"
        )
    };
    assert_right(&items("Count"));
    assert_right(&items("u8"));
    assert_right(&items("Tagged"));
    for ty in ["Id", "Text", "Own", "Kind", "Code", "model::deep::Id", "std::sync::Arc<Id>"] {
        assert_wrong(&items(ty), "key key: the partition key of this table is a number `id`, and");
    }
}

#[test]
fn fields_of_flattened_structs_are_fields() {
    let items = |key: &str, base: &str| {
        format!(
            "#[resource(table(key = \"{key}\", item = Job))] pub struct Jobs;
            #[derive(Serialize, Deserialize)] #[serde(rename_all = \"camelCase\")]
            pub struct Job {{ #[serde(flatten)] base: {base}, my_name: String }}
            #[derive(Serialize, Deserialize)] #[serde(rename_all = \"PascalCase\")] struct Base {{ the_id: String }}"
        )
    };
    for base in ["Base", "Option<Base>", "Box<Base>"] {
        assert_right(&items("TheId", base));
        assert_right(&items("myName", base));
        assert_wrong(&items("the_id", base), "key key: items of `Job` have no attribute `the_id`");
    }
}

#[test]
fn each_variant_of_a_tagged_enum_needs_the_keys() {
    let items = |attribute: &str, order: &str| {
        format!(
            "#[resource(table(key = \"pk\", sort = \"kind\", item = Entity))] pub struct Entities;
            #[derive(Serialize, Deserialize)] {attribute}
            pub enum Entity {{ User {{ pk: String, kind: String }}, Order({order}) }}
            #[derive(Serialize, Deserialize)] struct Order {{ pk: String }}
            #[derive(Serialize, Deserialize)] struct Bad {{ id: String }}"
        )
    };
    let tagged = "#[serde(tag = \"kind\")]";
    assert_right(&items(tagged, "Order"));
    assert_right(&items(tagged, "other::Order"));
    assert_wrong(&items(tagged, "Bad"), "key key: `Bad` has no field `pk`");
    assert_wrong(&items("#[serde(untagged)]", "Order"), "key sort: `Order` has no field `kind`");
}

#[test]
fn a_type_without_attributes_is_no_item() {
    for (item, noun) in [
        ("String", "a string"),
        ("Id", "a string"),
        ("Kind", "a string"),
        ("Vec<Id>", "a list"),
        ("u8", "a whole number"),
    ] {
        let items = format!(
            "type Item = {item};
            #[resource(table(key = \"id\", item = Item))] pub struct Jobs;
            #[derive(Serialize, Deserialize)] pub struct Id(String);
            #[derive(Serialize, Deserialize)] pub enum Kind {{ A }}"
        );
        assert_wrong(
            &items,
            &format!("key item: an item of a table has attributes, and a `Item` is {noun}"),
        );
    }
}

#[test]
fn items_that_are_only_read_may_leave_out_attributes() {
    let reader =
        "#[function] async fn show(id: String, jobs: Reader<Jobs>) -> Result<(), Error> { Ok(()) }";
    let writer = reader.replace("Reader", "ReadWriter");
    let partial = table(r#"key = "id""#, "name: String");
    assert_right(&format!("{partial} {reader}"));
    assert_eq!(problems_of(&format!("{partial} {writer}"), None).len(), 1);
    // A name that is nearly right is a mistake all the same.
    let near = table(r#"key = "idd""#, "id: String");
    assert_eq!(problems_of(&format!("{near} {reader}"), None).len(), 1);
    assert_right(&partial.replace("Serialize, ", ""));
    assert_wrong(&near.replace("Serialize, ", ""), "key key: `Job` has no field `idd`");
    // A wrong type cannot be read.
    let other = table(r#"key = number("id")"#, "id: String");
    assert_eq!(problems_of(&format!("{other} {reader}"), None).len(), 1);
}

#[test]
fn a_type_with_a_serialize_of_its_own_is_unknown() {
    for item in [
        "pub struct Job { name: String }",
        "#[rewritten] #[derive(Serialize)] pub struct Job { name: String }",
        "make_type!(Job);",
        "use other::Job;",
        "#[derive(Serialize, Deserialize)] #[serde(from = \"Other\", into = \"Other\")] pub struct Job { name: String }",
    ] {
        let items =
            format!("#[resource(table(key = \"id\", item = Job))] pub struct Jobs;\n{item}");
        assert_right(&items);
    }
}

#[test]
fn an_item_of_the_library_is_found_from_the_binary() {
    let library =
        "pub mod model { #[derive(Serialize, Deserialize)] pub struct Job { id: String } }
        pub use model::Job as Work;";
    for (key, count) in [("id", 0), ("idd", 1)] {
        let items = format!(
            "use app::Work; #[resource(table(key = \"{key}\", item = Work))] pub struct Jobs;"
        );
        let found = problems_of(&format!("{items} #[function] async fn f() {{}}"), Some(library));
        assert_eq!(found.len(), count, "{found:?}");
    }
}
