//! Converts types to JSON Schema, as serde serializes them. Takes the types of the sources, and returns the schema of
//! one type with the definitions of the types in it.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};
use syn::{Data, DataEnum, DeriveInput, Field, Fields, GenericArgument, PathArguments, Type};

use super::attributes::SerdeAttributes;
use super::items::{TypeItem, TypeItems};

/// The types with a hand-written `Serialize`, each with the schema of its JSON.
fn written_by_hand(name: &str) -> Option<Value> {
    Some(match name {
        "Node" => json!({}),
        "Map" => json!({ "type": "object" }),
        "Route" | "JsonPath" => json!({ "type": "string" }),
        _ => return None,
    })
}

/// The definitions of a schema.
pub(super) struct Definitions<'a> {
    items: &'a TypeItems,
    all: BTreeMap<String, Value>,
}

/// The arguments of a generic type, by the names of its parameters.
type TypeArguments = BTreeMap<String, Type>;

/// An object of the schema: properties, and the names of those that are always there.
#[derive(Debug, Clone, Default)]
struct ObjectShape {
    properties: Map<String, Value>,
    required: Vec<String>,
}

impl ObjectShape {
    fn into_schema(self) -> Value {
        let Self { properties, required } = self;
        let mut schema = json!({
            "type": "object", "properties": properties, "additionalProperties": false,
        });
        if !required.is_empty() {
            schema["required"] = json!(required);
        }
        schema
    }

    /// Adds the properties of another object to these.
    fn with(mut self, other: Self) -> Self {
        self.properties.extend(other.properties);
        self.required.extend(other.required);
        self
    }
}

impl<'a> Definitions<'a> {
    pub(super) fn new(items: &'a TypeItems) -> Self {
        Self { items, all: BTreeMap::new() }
    }

    pub(super) fn into_value(self) -> Value {
        Value::Object(self.all.into_iter().collect())
    }

    /// Returns the schema of the type of this name, which has no generic parameters.
    pub(super) fn define_type(&mut self, name: &str) -> Value {
        match self.items.get(name) {
            TypeItem::Number => json!({ "type": "integer", "minimum": 0 }),
            TypeItem::Text => json!({ "type": "string" }),
            TypeItem::Derived(item) => self.define(item, &TypeArguments::new()),
        }
    }

    /// Returns the schema of a type; `arguments` are those of its generic parameters.
    fn define(&mut self, item: &DeriveInput, arguments: &TypeArguments) -> Value {
        let serde = SerdeAttributes::read(&item.attrs);
        let mut schema = match (serde.into.as_deref(), &item.data) {
            (Some("String"), _) => json!({ "type": "string" }),
            (Some(other), _) => panic!("`into = \"{other}\"` is not known here"),
            (None, Data::Struct(_)) => one_of(match self.object_shapes(item, arguments) {
                Ok(shapes) => shapes.into_iter().map(ObjectShape::into_schema).collect(),
                Err(inner) => vec![inner],
            }),
            (None, Data::Enum(data)) => self.define_enum(data, &serde, arguments),
            (None, Data::Union(_)) => panic!("`{}` is a union", item.ident),
        };
        if !serde.description.is_empty() {
            schema["description"] = json!(serde.description);
        }
        schema
    }

    /// Returns the objects as which a type is serialized: several if it contains an enum that is flattened. A struct
    /// with one field and no name for it is serialized as the field, whose schema is the error.
    fn object_shapes(
        &mut self,
        item: &DeriveInput,
        arguments: &TypeArguments,
    ) -> Result<Vec<ObjectShape>, Value> {
        let serde = SerdeAttributes::read(&item.attrs);
        match &item.data {
            Data::Struct(data) => match &data.fields {
                Fields::Named(fields) if serde.is_transparent => {
                    let skipped = |it: &&Field| !SerdeAttributes::read(&it.attrs).is_skipped;
                    let field = fields.named.iter().find(skipped).expect("it has a field");
                    Err(self.schema_of(&field.ty, arguments))
                }
                Fields::Named(fields) => Ok(self.fields(&fields.named, &serde, arguments)),
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    Err(self.schema_of(&fields.unnamed[0].ty, arguments))
                }
                _ => panic!("`{}` is neither an object nor one value", item.ident),
            },
            Data::Enum(data) => Ok(self.variant_objects(data, &serde, arguments)),
            Data::Union(_) => panic!("`{}` is a union", item.ident),
        }
    }

    /// Returns the objects with these fields.
    fn fields<'f>(
        &mut self,
        fields: impl IntoIterator<Item = &'f Field>,
        of: &SerdeAttributes,
        arguments: &TypeArguments,
    ) -> Vec<ObjectShape> {
        let mut shapes = vec![ObjectShape::default()];
        for field in fields {
            let serde = SerdeAttributes::read(&field.attrs);
            if serde.is_skipped {
                continue;
            }
            if serde.is_flattened {
                let inner = self.flattened(&field.ty);
                let pairs = shapes.iter().flat_map(|one| inner.iter().map(|it| (one.clone(), it)));
                shapes = pairs.map(|(one, other)| one.with(other.clone())).collect();
                continue;
            }
            let ident = field.ident.as_ref().expect("the field has a name").to_string();
            let name = serde.json_name(&ident, of.rename_all.as_deref());
            let ty = match inner_of_option(&field.ty) {
                Some(inner) if serde.is_optional => inner,
                _ => &field.ty,
            };
            let schema = match &serde.serialize_with {
                Some(function) => self.schema_with(function, ty, arguments),
                None => self.schema_of(ty, arguments),
            };
            let schema = describe(schema, &serde.description);
            for shape in &mut shapes {
                shape.properties.insert(name.clone(), schema.clone());
                if !serde.is_optional {
                    shape.required.push(name.clone());
                }
            }
        }
        shapes
    }

    /// Returns the objects of a type that is flattened into another.
    fn flattened(&mut self, ty: &Type) -> Vec<ObjectShape> {
        let items = self.items;
        let TypeItem::Derived(item) = items.get(&type_name(ty)) else {
            panic!("a flattened type has fields")
        };
        let shapes = self.object_shapes(item, &TypeArguments::new());
        shapes.unwrap_or_else(|_| panic!("`{}` is flattened and no object", item.ident))
    }

    /// Returns the schema of an enum.
    fn define_enum(
        &mut self,
        data: &DataEnum,
        serde: &SerdeAttributes,
        arguments: &TypeArguments,
    ) -> Value {
        if serde.is_untagged {
            let contents = data.variants.iter().map(|it| match &it.fields {
                Fields::Unnamed(fields) => self.schema_of(&fields.unnamed[0].ty, arguments),
                _ => panic!("`{}` is untagged and has no value", it.ident),
            });
            return json!({ "anyOf": contents.collect::<Vec<_>>() });
        }
        let units = data.variants.iter().filter(|it| matches!(it.fields, Fields::Unit));
        let units: Vec<String> = units
            .map(|it| {
                let own = SerdeAttributes::read(&it.attrs);
                own.json_name(&it.ident.to_string(), serde.rename_all.as_deref())
            })
            .collect();
        let mut forms = Vec::new();
        if !units.is_empty() {
            forms.push(json!({ "enum": units }));
        }
        let objects = self.variant_objects(data, serde, arguments);
        forms.extend(objects.into_iter().map(ObjectShape::into_schema));
        one_of(forms)
    }

    /// Returns the objects of the variants of an enum that have values: each has the variant's name as its only key.
    fn variant_objects(
        &mut self,
        data: &DataEnum,
        serde: &SerdeAttributes,
        arguments: &TypeArguments,
    ) -> Vec<ObjectShape> {
        let mut objects = Vec::new();
        for variant in &data.variants {
            let own = SerdeAttributes::read(&variant.attrs);
            let content = match &variant.fields {
                Fields::Unit => continue,
                Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                    self.schema_of(&fields.unnamed[0].ty, arguments)
                }
                Fields::Unnamed(fields) => {
                    self.tuple(fields.unnamed.iter().map(|it| &it.ty), arguments)
                }
                Fields::Named(fields) => {
                    let shapes = self.fields(&fields.named, &SerdeAttributes::default(), arguments);
                    one_of(shapes.into_iter().map(ObjectShape::into_schema).collect())
                }
            };
            let name = own.json_name(&variant.ident.to_string(), serde.rename_all.as_deref());
            let mut shape = ObjectShape::default();
            shape.required.push(name.clone());
            shape.properties.insert(name, describe(content, &own.description));
            objects.push(shape);
        }
        objects
    }

    fn tuple<'t>(
        &mut self,
        types: impl Iterator<Item = &'t Type>,
        arguments: &TypeArguments,
    ) -> Value {
        let items: Vec<Value> = types.map(|ty| self.schema_of(ty, arguments)).collect();
        json!({ "type": "array", "prefixItems": items, "items": false, "minItems": items.len() })
    }

    /// Returns the schema of a field that a function of this name serializes.
    fn schema_with(&mut self, function: &str, ty: &Type, arguments: &TypeArguments) -> Value {
        match function {
            // Lists of pairs, which are written as objects.
            "serialize_as_map" => {
                let Some(Type::Tuple(pair)) = type_arguments(ty).first().copied() else {
                    panic!("`{function}` takes pairs")
                };
                let value = self.schema_of(&pair.elems[1], arguments);
                json!({ "type": "object", "additionalProperties": value })
            }
            // Nodes of a template, which may be intrinsic functions.
            "serialize_nodes" => json!({ "type": "object" }),
            "serialize_node" => json!({}),
            other => panic!("`serialize_with = \"{other}\"` is not known here"),
        }
    }

    /// Returns the schema of a type where it is used: a reference to its definition, if it has one.
    fn schema_of(&mut self, ty: &Type, arguments: &TypeArguments) -> Value {
        let inner: Vec<Type> = type_arguments(ty).into_iter().cloned().collect();
        match ty {
            Type::Reference(reference) => return self.schema_of(&reference.elem, arguments),
            Type::Tuple(tuple) => return self.tuple(tuple.elems.iter(), arguments),
            _ => {}
        }
        let name = type_name(ty);
        if let Some(argument) = arguments.get(&name) {
            return self.schema_of(&argument.clone(), &TypeArguments::new());
        }
        match name.as_str() {
            "String" | "str" => json!({ "type": "string" }),
            "bool" => json!({ "type": "boolean" }),
            "u8" | "u16" | "u32" | "u64" | "usize" => json!({ "type": "integer", "minimum": 0 }),
            "i32" | "i64" => json!({ "type": "integer" }),
            "f64" => json!({ "type": "number" }),
            "Option" => {
                json!({ "anyOf": [self.schema_of(&inner[0], arguments), { "type": "null" }] })
            }
            "Vec" => json!({ "type": "array", "items": self.schema_of(&inner[0], arguments) }),
            "Box" | "Cow" => self.schema_of(&inner[0], arguments),
            other => {
                written_by_hand(other).unwrap_or_else(|| self.reference(other, &inner, arguments))
            }
        }
    }

    /// Returns a reference to the definition of the type of this name, which is added if it is new.
    fn reference(&mut self, name: &str, inner: &[Type], arguments: &TypeArguments) -> Value {
        let resolved: Vec<Type> =
            inner.iter().map(|it| arguments.get(&type_name(it)).unwrap_or(it).clone()).collect();
        let mut full = name.to_owned();
        full.extend(resolved.iter().map(type_name));
        let reference = json!({ "$ref": format!("#/$defs/{full}") });
        if self.all.contains_key(&full) {
            return reference;
        }
        // A type may contain itself.
        self.all.insert(full.clone(), Value::Null);
        let items = self.items;
        let schema = match items.get(name) {
            TypeItem::Derived(item) => {
                let parameters = item.generics.type_params().map(|it| it.ident.to_string());
                let arguments = parameters.zip(resolved).collect();
                self.define(item, &arguments)
            }
            TypeItem::Number | TypeItem::Text => self.define_type(name),
        };
        self.all.insert(full, schema);
        reference
    }
}

/// Returns the schema of a value that has one of these forms.
fn one_of(mut forms: Vec<Value>) -> Value {
    if forms.len() == 1 { forms.remove(0) } else { json!({ "oneOf": forms }) }
}

/// Adds a description to a schema.
fn describe(mut schema: Value, description: &str) -> Value {
    if let (Value::Object(map), false) = (&mut schema, description.is_empty()) {
        map.insert("description".to_owned(), json!(description));
    }
    schema
}

/// Returns the last name of the path of a type.
fn type_name(ty: &Type) -> String {
    match ty {
        Type::Path(path) => path.path.segments.last().expect("a path has a name").ident.to_string(),
        Type::Reference(reference) => type_name(&reference.elem),
        _ => panic!("the JSON of this type is not known"),
    }
}

/// Returns the types in the angle brackets of a type.
fn type_arguments(ty: &Type) -> Vec<&Type> {
    let Type::Path(path) = ty else { return Vec::new() };
    let Some(last) = path.path.segments.last() else { return Vec::new() };
    let PathArguments::AngleBracketed(arguments) = &last.arguments else { return Vec::new() };
    let types = arguments.args.iter().filter_map(|it| match it {
        GenericArgument::Type(ty) => Some(ty),
        _ => None,
    });
    types.collect()
}

/// Returns the type in an `Option`.
fn inner_of_option(ty: &Type) -> Option<&Type> {
    if !matches!(ty, Type::Path(_)) || type_name(ty) != "Option" {
        return None;
    }
    type_arguments(ty).first().copied()
}
