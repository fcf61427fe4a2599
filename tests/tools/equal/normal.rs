//! One form for what CloudFormation reads as the same. Takes a plain template with its intrinsics written
//! out, gives it with equal intrinsics, tags and dependencies in one spelling, so that the rest of the
//! comparison is of values.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

/// The digits of a hash that SAM puts behind the id of a version.
const DIGITS: usize = 10;

/// The whole template in that form.
pub(super) fn template(template: &Value) -> Value {
    let mut template = value(template);
    let versions = versions(&template);
    rename(&mut template, &versions);
    template
}

/// A value in that form, without the renaming of versions.
fn value(given: &Value) -> Value {
    match given {
        Value::Array(items) => items.iter().map(value).collect(),
        Value::Object(fields) => {
            if let Some(normal) = intrinsic(fields) {
                return normal;
            }
            let field = |(key, given): (&String, &Value)| (key.clone(), entry(key, &value(given)));
            Value::Object(fields.iter().map(field).collect())
        }
        Value::String(text) => managed_policy(text).unwrap_or_else(|| given.clone()),
        _ => given.clone(),
    }
}

/// A managed policy of AWS's own. The translator is told a region, and writes the partition that it is in.
fn managed_policy(text: &str) -> Option<Value> {
    let path = text.strip_prefix("arn:aws:iam::aws:policy/")?;
    Some(json!({ "Fn::Sub": format!("arn:${{AWS::Partition}}:iam::aws:policy/{path}") }))
}

/// The lists whose order says nothing, by the key that they are found under.
fn entry(key: &str, given: &Value) -> Value {
    let by_name = match key {
        "Tags" => named(given, "Key"),
        "tags" => named(given, "name"),
        "DependsOn" => Some(depends_on(given)),
        _ => None,
    };
    by_name.unwrap_or_else(|| given.clone())
}

/// A list of objects as one object, by a name that each of them has; `None` where it is no such list.
fn named(list: &Value, key: &str) -> Option<Value> {
    let items = list.as_array()?;
    let mut fields = Map::new();
    for item in items {
        let mut rest = item.as_object()?.clone();
        let name = rest.remove(key)?.as_str()?.to_owned();
        fields.insert(name, Value::Object(rest));
    }
    (fields.len() == items.len()).then_some(Value::Object(fields))
}

/// The ids, in order, as a list.
fn depends_on(given: &Value) -> Value {
    let mut ids = given.as_array().cloned().unwrap_or_else(|| vec![given.clone()]);
    ids.sort_by_key(ToString::to_string);
    Value::Array(ids)
}

fn intrinsic(fields: &Map<String, Value>) -> Option<Value> {
    let (name, given) = fields.iter().next().filter(|_| fields.len() == 1)?;
    match name.as_str() {
        "Fn::GetAtt" => get_att(given),
        "Fn::Sub" => Some(text(substituted(given)?)),
        "Fn::Join" => Some(text(joined(given)?)),
        _ => None,
    }
}

fn get_att(given: &Value) -> Option<Value> {
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

/// A piece of a text that is put together.
enum Piece {
    Literal(String),
    /// A value in normal form: a reference or another intrinsic.
    Filled(Value),
}

/// The pieces of `Fn::Sub`, whose variables may be those of its own second argument.
fn substituted(given: &Value) -> Option<Vec<Piece>> {
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
            None => pieces.extend(variables.get(name).map_or_else(|| named_by(name), filled)),
        }
        rest = after;
    }
    pieces.push(Piece::Literal(rest.to_owned()));
    Some(pieces)
}

/// What `${name}` stands for: a resource, a parameter, or an attribute of a resource.
fn named_by(name: &str) -> Vec<Piece> {
    let name = name.trim();
    let reference = match name.split_once('.') {
        Some((id, attribute)) => json!({ "Fn::GetAtt": [id, attribute] }),
        None => json!({ "Ref": name }),
    };
    vec![Piece::Filled(reference)]
}

/// The pieces of a value within a text; those of a text are pieces of the whole.
fn filled(given: &Value) -> Vec<Piece> {
    match value(given) {
        Value::String(literal) => vec![Piece::Literal(literal)],
        Value::Object(fields) if fields.contains_key("Fn::Sub") => {
            substituted(&fields["Fn::Sub"]).unwrap_or_else(|| vec![Piece::Filled(fields.into())])
        }
        other => vec![Piece::Filled(other)],
    }
}

/// The pieces of `Fn::Join`, unless what it joins is a list that is known only when it is deployed.
fn joined(given: &Value) -> Option<Vec<Piece>> {
    let [Value::String(between), Value::Array(items)] = given.as_array()?.as_slice() else {
        return None;
    };
    let mut pieces = Vec::new();
    for (number, item) in items.iter().enumerate() {
        if number > 0 {
            pieces.push(Piece::Literal(between.clone()));
        }
        pieces.extend(filled(item));
    }
    Some(pieces)
}

/// The value that the pieces make: a literal, the one value that there is, or `Fn::Sub` with all in place.
fn text(pieces: Vec<Piece>) -> Value {
    let mut alone = Vec::new();
    let (mut literal, mut template) = (String::new(), String::new());
    for piece in pieces {
        match piece {
            Piece::Literal(piece) => {
                literal.push_str(&piece);
                template.push_str(&piece.replace("${", "${!"));
            }
            Piece::Filled(piece) => {
                template.push_str(&format!("${{{}}}", short(&piece)));
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

/// A reference as `Fn::Sub` has it between its braces; any other value as JSON.
fn short(piece: &Value) -> String {
    let attribute = piece["Fn::GetAtt"].as_array().and_then(|parts| match parts.as_slice() {
        [id, attribute] => Some(format!("{}.{}", id.as_str()?, attribute.as_str()?)),
        _ => None,
    });
    let name = piece["Ref"].as_str().map(str::to_owned);
    name.or(attribute).unwrap_or_else(|| piece.to_string())
}

/// The ids of versions that end in SAM's hash, with what they are without it.
fn versions(template: &Value) -> BTreeMap<String, String> {
    let resources = template["Resources"].as_object().into_iter().flatten();
    let versions = resources.filter(|(_, resource)| resource["Type"] == "AWS::Lambda::Version");
    versions.filter_map(|(id, _)| Some((id.clone(), without_hash(id)?))).collect()
}

fn without_hash(id: &str) -> Option<String> {
    let (name, hash) = id.split_at_checked(id.len().checked_sub(DIGITS)?)?;
    let digit = |digit: char| digit.is_ascii_digit() || ('a'..='f').contains(&digit);
    (name.ends_with("Version") && hash.chars().all(digit)).then(|| name.to_owned())
}

/// Puts new ids in place of old ones, wherever something refers to them.
fn rename(given: &mut Value, ids: &BTreeMap<String, String>) {
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
        Value::Array(items) => items.iter_mut().for_each(|item| rename(item, ids)),
        Value::Object(fields) => {
            for (key, mut field) in std::mem::take(fields) {
                rename(&mut field, ids);
                fields.insert(ids.get(&key).cloned().unwrap_or(key), field);
            }
        }
        _ => {}
    }
}

#[test]
fn what_cloudformation_reads_as_the_same_is_the_same() {
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
    ] {
        assert_eq!(value(&one), value(&other));
    }
}

#[test]
fn what_cloudformation_reads_as_something_else_stays_different() {
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
        assert_ne!(value(&one), value(&other));
    }
}
