//! The normal form of a plain template. CloudFormation accepts several spellings of intrinsic functions, tags and
//! dependencies. Takes a template whose intrinsic functions have their long form. Gives the template with one spelling
//! for each, so that templates can be compared by value.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The number of digits of the hash that SAM appends to the id of a version.
const HASH_LENGTH: usize = 10;

/// Returns a template in normal form.
pub(super) fn normalize_template(template: &Value) -> Value {
    let mut template = normalize_value(template);
    let versions = find_version_ids(&template);
    rename_ids(&mut template, &versions);
    template
}

/// Returns a value in normal form, without renaming versions.
fn normalize_value(given: &Value) -> Value {
    match given {
        Value::Array(items) => items.iter().map(normalize_value).collect(),
        Value::Object(fields) => {
            if let Some(normal) = normalize_intrinsic(fields) {
                return normal;
            }
            let field = |(key, given): (&String, &Value)| {
                (key.clone(), normalize_entry(key, &normalize_value(given)))
            };
            Value::Object(fields.iter().map(field).collect())
        }
        Value::String(text) => normalize_managed_policy(text).unwrap_or_else(|| given.clone()),
        _ => given.clone(),
    }
}

/// Normalizes the ARN of one of AWS's managed policies. The translator knows the region, and writes its partition.
fn normalize_managed_policy(text: &str) -> Option<Value> {
    let path = text.strip_prefix("arn:aws:iam::aws:policy/")?;
    Some(json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:iam::aws:policy/{path}") }))
}

/// Normalizes the lists of some keys, whose order has no meaning.
fn normalize_entry(key: &str, given: &Value) -> Value {
    let by_name = match key {
        "Tags" => list_to_object(given, "Key"),
        "tags" => list_to_object(given, "name"),
        "DependsOn" => Some(sort_depends_on(given)),
        _ => None,
    };
    by_name.unwrap_or_else(|| given.clone())
}

/// Converts a list of objects to one object, by a name that each of them has. Returns `None` for any other list.
fn list_to_object(list: &Value, key: &str) -> Option<Value> {
    let items = list.as_array()?;
    let mut fields = Map::new();
    for item in items {
        let mut rest = item.as_object()?.clone();
        let name = rest.remove(key)?.as_str()?.to_owned();
        fields.insert(name, Value::Object(rest));
    }
    (fields.len() == items.len()).then_some(Value::Object(fields))
}

/// Converts the value of `DependsOn` to a sorted list.
fn sort_depends_on(given: &Value) -> Value {
    let mut ids = given.as_array().cloned().unwrap_or_else(|| vec![given.clone()]);
    ids.sort_by_key(ToString::to_string);
    Value::Array(ids)
}

fn normalize_intrinsic(fields: &Map<String, Value>) -> Option<Value> {
    let (name, given) = fields.iter().next().filter(|_| fields.len() == 1)?;
    match name.as_str() {
        "Fn::GetAtt" => normalize_get_att(given),
        "Fn::Sub" => Some(concat_pieces(sub_pieces(&normalize_arn(given))?)),
        "Fn::Join" => Some(concat_pieces(join_pieces(given)?)),
        _ => None,
    }
}

/// Normalizes the ARN of a log group or of a rule of AWS IoT. The translator knows the region, and writes its
/// partition.
fn normalize_arn(given: &Value) -> Value {
    let normal = |text: &str| {
        let rest = text.strip_prefix("arn:aws:")?;
        let services = ["iot:${AWS::Region}:", "logs:${AWS::Region}:"];
        let is_known = services.iter().any(|service| rest.starts_with(service));
        is_known.then(|| Value::from(format!("arn:${{AWS::Partition}}:{rest}")))
    };
    let mut given = given.clone();
    let text = match &mut given {
        Value::Array(both) => both.first_mut(),
        other => Some(other),
    };
    if let Some(text) = text
        && let Some(normal) = text.as_str().and_then(normal)
    {
        *text = normal;
    }
    given
}

fn normalize_get_att(given: &Value) -> Option<Value> {
    let whole = match given {
        Value::String(dotted) => dotted.clone(),
        Value::Array(parts) => {
            parts.iter().map(Value::as_str).collect::<Option<Vec<_>>>()?.join(".")
        }
        _ => return None,
    };
    let (id, attribute) = whole.split_once('.')?;
    Some(json!({ "Fn::GetAtt": [id, attribute] }))
}

/// A piece of a string with variables.
enum Piece {
    Literal(String),
    /// A variable, in normal form: a reference or another intrinsic function.
    Variable(Value),
}

/// Splits the value of `Fn::Sub` into pieces. Its second argument may define variables.
fn sub_pieces(given: &Value) -> Option<Vec<Piece>> {
    let none = Map::new();
    let (template, variables) = match given {
        Value::String(template) => (template, &none),
        Value::Array(both) => match both.as_slice() {
            [Value::String(template), Value::Object(variables)] => (template, variables),
            _ => return None,
        },
        _ => return None,
    };
    let mut pieces = Vec::new();
    let mut rest = template.as_str();
    while let Some((before, after)) = rest.split_once("${") {
        let (name, after) = after.split_once('}')?;
        pieces.push(Piece::Literal(before.to_owned()));
        match name.strip_prefix('!') {
            Some(literal) => pieces.push(Piece::Literal(format!("${{{literal}}}"))),
            None => pieces
                .extend(variables.get(name).map_or_else(|| reference_piece(name), value_pieces)),
        }
        rest = after;
    }
    pieces.push(Piece::Literal(rest.to_owned()));
    Some(pieces)
}

/// Returns the piece for `${name}`, which is a resource, a parameter, or an attribute of a resource.
fn reference_piece(name: &str) -> Vec<Piece> {
    let name = name.trim();
    let reference = match name.split_once('.') {
        Some((id, attribute)) => json!({ "Fn::GetAtt": [id, attribute] }),
        None => json!({ "Ref": name }),
    };
    vec![Piece::Variable(reference)]
}

/// Returns the pieces of a value inside a string. The pieces of an inner string become pieces of the outer one.
fn value_pieces(given: &Value) -> Vec<Piece> {
    match normalize_value(given) {
        Value::String(literal) => vec![Piece::Literal(literal)],
        Value::Object(fields) if fields.contains_key("Fn::Sub") => {
            sub_pieces(&fields["Fn::Sub"]).unwrap_or_else(|| vec![Piece::Variable(fields.into())])
        }
        other => vec![Piece::Variable(other)],
    }
}

/// Splits the value of `Fn::Join` into pieces. Returns `None` for a list that is known only at deployment.
fn join_pieces(given: &Value) -> Option<Vec<Piece>> {
    let [Value::String(between), Value::Array(items)] = given.as_array()?.as_slice() else {
        return None;
    };
    let mut pieces = Vec::new();
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            pieces.push(Piece::Literal(between.clone()));
        }
        pieces.extend(value_pieces(item));
    }
    Some(pieces)
}

/// Joins pieces to a value: a literal, the only variable, or one `Fn::Sub` with all variables inline.
fn concat_pieces(pieces: Vec<Piece>) -> Value {
    let mut alone = Vec::new();
    let (mut literal, mut template) = (String::new(), String::new());
    for piece in pieces {
        match piece {
            Piece::Literal(piece) => {
                literal.push_str(&piece);
                template.push_str(&piece.replace("${", "${!"));
            }
            Piece::Variable(piece) => {
                template.extend(["${", &sub_variable(&piece), "}"]);
                alone.push(piece);
            }
        }
    }
    match alone.as_slice() {
        [] => literal.into(),
        [one] if literal.is_empty() => one.clone(),
        _ => json!({ "Fn::Sub": template }),
    }
}

/// Returns a reference as it is written inside `${…}` of `Fn::Sub`, and any other value as JSON.
fn sub_variable(piece: &Value) -> String {
    let attribute = piece["Fn::GetAtt"].as_array().and_then(|parts| match parts.as_slice() {
        [id, attribute] => Some(format!("{}.{}", id.as_str()?, attribute.as_str()?)),
        _ => None,
    });
    let name = piece["Ref"].as_str().map(str::to_owned);
    name.or(attribute).unwrap_or_else(|| piece.to_string())
}

/// Finds the ids of versions that end with SAM's hash, each with its id without the hash.
fn find_version_ids(template: &Value) -> BTreeMap<String, String> {
    let resources = template["Resources"].as_object().into_iter().flatten();
    let versions = resources.filter(|(_, resource)| resource["Type"] == "AWS::Lambda::Version");
    versions.filter_map(|(id, _)| Some((id.clone(), strip_hash(id)?))).collect()
}

fn strip_hash(id: &str) -> Option<String> {
    let (name, hash) = id.split_at_checked(id.len().checked_sub(HASH_LENGTH)?)?;
    let digit = |digit: char| digit.is_ascii_digit() || ('a'..='f').contains(&digit);
    (name.ends_with("Version") && hash.chars().all(digit)).then(|| name.to_owned())
}

/// Replaces ids, including those in references.
fn rename_ids(given: &mut Value, ids: &BTreeMap<String, String>) {
    match given {
        Value::String(text) => {
            for (old, new) in ids {
                if text == old {
                    text.clone_from(new);
                }
                for end in ["}", "."] {
                    *text = text.replace(&format!("${{{old}{end}"), &format!("${{{new}{end}"));
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(|item| rename_ids(item, ids)),
        Value::Object(fields) => {
            for (key, mut field) in std::mem::take(fields) {
                rename_ids(&mut field, ids);
                fields.insert(ids.get(&key).cloned().unwrap_or(key), field);
            }
        }
        _ => {}
    }
}

#[test]
fn spellings_with_the_same_meaning_have_the_same_normal_form() {
    for (one, other) in [
        (json!({ "Fn::GetAtt": "A.Arn" }), json!({ "Fn::GetAtt": ["A", "Arn"] })),
        (json!({ "Fn::Sub": "plain" }), json!("plain")),
        (json!({ "Fn::Sub": "${A}" }), json!({ "Ref": "A" })),
        (json!({ "Fn::Sub": "${A.Arn}" }), json!({ "Fn::GetAtt": ["A", "Arn"] })),
        (
            json!({ "Fn::Sub": ["x/${B}/${C}", { "B": { "Ref": "A" }, "C": "*" }] }),
            json!({ "Fn::Sub": "x/${A}/*" }),
        ),
        (
            json!({ "Fn::Join": ["/", ["x", { "Fn::GetAtt": "A.Arn" }]] }),
            json!({ "Fn::Sub": "x/${A.Arn}" }),
        ),
        (
            json!({ "Tags": [{ "Key": "a", "Value": "1" }, { "Key": "b", "Value": "2" }] }),
            json!({ "Tags": [{ "Key": "b", "Value": "2" }, { "Key": "a", "Value": "1" }] }),
        ),
        (json!({ "DependsOn": "A" }), json!({ "DependsOn": ["A"] })),
        (
            json!("arn:aws:iam::aws:policy/ReadOnlyAccess"),
            json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::aws:policy/ReadOnlyAccess" }),
        ),
        (
            json!({ "Fn::Sub": ["arn:aws:logs:${AWS::Region}:1:log-group:${G}:*", { "G": "a" }] }),
            json!({ "Fn::Sub": "arn:${AWS::Partition}:logs:${AWS::Region}:1:log-group:a:*" }),
        ),
        (
            json!({ "Fn::Sub": ["arn:aws:iot:${AWS::Region}:1:rule/${R}", { "R": { "Ref": "A" } }] }),
            json!({ "Fn::Sub": "arn:${AWS::Partition}:iot:${AWS::Region}:1:rule/${A}" }),
        ),
    ] {
        assert_eq!(normalize_value(&one), normalize_value(&other));
    }
}

#[test]
fn values_with_different_meanings_have_different_normal_forms() {
    for (one, other) in [
        (json!({ "Fn::Sub": "${!A}" }), json!({ "Ref": "A" })),
        (json!({ "Fn::Sub": "${!A}" }), json!({ "Fn::Sub": "${A}" })),
        (json!({ "Fn::Sub": "x${A}" }), json!({ "Ref": "A" })),
        (json!({ "Fn::Sub": "${A.Arn}" }), json!({ "Ref": "A" })),
        (json!("${A}"), json!({ "Ref": "A" })),
        (
            json!("arn:aws:iam::123456789012:policy/Own"),
            json!({ "Fn::Sub": "arn:${AWS::Partition}:iam::123456789012:policy/Own" }),
        ),
        (json!({ "Action": ["a", "b"] }), json!({ "Action": ["b", "a"] })),
        (json!({ "Tags": [{ "Key": "a", "Value": "1" }] }), json!({ "Tags": [{ "Key": "a" }] })),
    ] {
        assert_ne!(normalize_value(&one), normalize_value(&other));
    }
}
