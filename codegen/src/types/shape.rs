//! What serde makes of a type: text, a number, a list, an object with fields, and so on. It takes the use of a type
//! and a direction, and follows newtypes, `transparent` and the wrappers of the standard library.

use syn::{Data, Fields};

use super::attributes::{Directions, SerdeAttributes};
use super::package::{Body, OwnType, PackageTypes, ResolvedType, TypeUse};

/// The greatest number of newtypes and wrappers that are followed for one type.
const MAX_DEPTH: usize = 32;

/// Types of other crates that serde writes as text, each as the crate and the name of the type.
const FOREIGN_TEXTS: &[(&str, &str)] = &[
    ("chrono", "DateTime"),
    ("chrono", "NaiveDate"),
    ("chrono", "NaiveDateTime"),
    ("ulid", "Ulid"),
    ("url", "Url"),
    ("uuid", "Uuid"),
];

/// Whether a value is written to JSON or to an item, or read from it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Direction {
    Write,
    Read,
}

impl<T> Directions<T> {
    pub(super) fn get(&self, direction: Direction) -> &T {
        match direction {
            Direction::Write => &self.write,
            Direction::Read => &self.read,
        }
    }
}

/// What serde makes of a type.
pub(crate) enum Shape {
    Text,
    /// A text that the type of the standard library with this name is parsed from.
    Parsed(&'static str),
    /// A text of one character.
    Char,
    Bool,
    /// A whole number, with the least and the greatest value.
    Integer(i128, i128),
    Float,
    /// Bytes, as `serde_bytes` writes them.
    Bytes,
    Unit,
    Optional(TypeUse),
    List(TypeUse),
    Tuple(Vec<TypeUse>),
    /// A map with any keys, with the type of its values if that is known.
    Map(Option<TypeUse>),
    /// A struct with named fields.
    Struct(OwnType),
    Enum(OwnType),
    /// The source does not show it: a foreign or a generic type, or a conversion.
    Unknown,
}

impl PackageTypes<'_> {
    /// Returns what serde makes of a type.
    pub(crate) fn shape(&self, used: &TypeUse, direction: Direction) -> Shape {
        self.shape_at(used, direction, 0)
    }

    fn shape_at(&self, used: &TypeUse, direction: Direction, depth: usize) -> Shape {
        if depth > MAX_DEPTH {
            return Shape::Unknown;
        }
        match self.resolve(used) {
            ResolvedType::Own(own) => self.own_shape(own, direction, depth),
            ResolvedType::Named { path, args } => self.named_shape(&path, args, direction, depth),
            ResolvedType::Tuple(types) if types.is_empty() => Shape::Unit,
            ResolvedType::Tuple(types) => Shape::Tuple(types),
            // serde reads and writes arrays of up to 32 elements as tuples.
            ResolvedType::Array(element, Some(length)) if length <= 32 => {
                Shape::Tuple(vec![element; length])
            }
            ResolvedType::Array(element, _) => Shape::List(element),
            ResolvedType::Unknown => Shape::Unknown,
        }
    }

    fn own_shape(&self, own: OwnType, direction: Direction, depth: usize) -> Shape {
        let definition = std::rc::Rc::clone(&own.definition);
        let Body::Data(input) = &definition.body else { return Shape::Unknown };
        let Some(attributes) = SerdeAttributes::read(&input.attrs, self.cfg()) else {
            return Shape::Unknown;
        };
        if attributes.is_opaque || !attributes.derived.get(direction) {
            return Shape::Unknown;
        }
        if let Some(other) = attributes.converted.get(direction) {
            let Ok(other) = syn::parse_str(other) else { return Shape::Unknown };
            return self.shape_at(&own.inner(&other), direction, depth + 1);
        }
        let fields = match &input.data {
            Data::Struct(data) => &data.fields,
            Data::Enum(_) => return Shape::Enum(own),
            Data::Union(_) => return Shape::Unknown,
        };
        let field_shape = |field: &syn::Field| {
            let Some(attributes) = SerdeAttributes::read(&field.attrs, self.cfg()) else {
                return Shape::Unknown;
            };
            self.converted_shape(&attributes, &own.inner(&field.ty), direction, depth + 1)
        };
        let is_kept = |field: &&syn::Field| {
            let attributes = SerdeAttributes::read(&field.attrs, self.cfg());
            attributes.is_some_and(|it| !it.skip.get(direction))
        };
        if attributes.is_transparent {
            // The other fields are skipped, or are `PhantomData`.
            let shapes = fields.iter().filter(is_kept).map(field_shape);
            let mut shapes = shapes.filter(|shape| !matches!(shape, Shape::Unit));
            return shapes.next().unwrap_or(Shape::Unknown);
        }
        match fields {
            Fields::Unit => Shape::Unit,
            Fields::Unnamed(fields) => match fields.unnamed.first() {
                Some(field) if fields.unnamed.len() == 1 => field_shape(field),
                _ => {
                    let kept = fields.unnamed.iter().filter(is_kept);
                    Shape::Tuple(kept.map(|field| own.inner(&field.ty)).collect())
                }
            },
            Fields::Named(_) => Shape::Struct(own),
        }
    }

    /// Returns what serde makes of a field with these attributes.
    pub(super) fn field_shape(
        &self,
        attributes: &SerdeAttributes,
        used: &TypeUse,
        direction: Direction,
    ) -> Shape {
        self.converted_shape(attributes, used, direction, 0)
    }

    fn converted_shape(
        &self,
        attributes: &SerdeAttributes,
        used: &TypeUse,
        direction: Direction,
        depth: usize,
    ) -> Shape {
        let Some(converter) = attributes.converted.get(direction) else {
            if attributes.is_opaque {
                return Shape::Unknown;
            }
            return self.shape_at(used, direction, depth);
        };
        let names: Vec<&str> = converter.split("::").map(str::trim).collect();
        match names.as_slice() {
            ["serde_bytes", ..] => Shape::Bytes,
            // `chrono::serde::ts_seconds` and the like write whole numbers.
            ["chrono", "serde", "ts_seconds" | "ts_milliseconds" | "ts_microseconds", ..] => {
                Shape::Integer(i128::from(i64::MIN), i128::from(i64::MAX))
            }
            _ => Shape::Unknown,
        }
    }

    fn named_shape(
        &self,
        path: &[String],
        args: Vec<TypeUse>,
        direction: Direction,
        depth: usize,
    ) -> Shape {
        let Some(name) = standard_name(path) else { return foreign_shape(path) };
        let mut args = args.into_iter();
        match name {
            "String" | "str" | "PathBuf" => Shape::Text,
            "IpAddr" => Shape::Parsed("IpAddr"),
            "Ipv4Addr" => Shape::Parsed("Ipv4Addr"),
            "Ipv6Addr" => Shape::Parsed("Ipv6Addr"),
            "SocketAddr" => Shape::Parsed("SocketAddr"),
            "char" => Shape::Char,
            "bool" | "AtomicBool" => Shape::Bool,
            "f32" | "f64" => Shape::Float,
            "Box" | "Arc" | "Rc" | "Cow" | "Cell" | "RefCell" | "Mutex" | "RwLock" | "Reverse"
            | "Wrapping" | "Saturating" => match args.next() {
                Some(inner) => self.shape_at(&inner, direction, depth + 1),
                None => Shape::Unknown,
            },
            "NonZero" => match args.next().map(|it| self.shape_at(&it, direction, depth + 1)) {
                Some(Shape::Integer(least, greatest)) => {
                    Shape::Integer(least_non_zero(least), greatest)
                }
                _ => Shape::Unknown,
            },
            "Option" => args.next().map_or(Shape::Unknown, Shape::Optional),
            "Vec" | "VecDeque" | "LinkedList" | "BinaryHeap" | "HashSet" | "BTreeSet" => {
                args.next().map_or(Shape::Unknown, Shape::List)
            }
            "HashMap" | "BTreeMap" => Shape::Map(args.nth(1)),
            "Duration" | "SystemTime" => Shape::Map(None),
            "PhantomData" => Shape::Unit,
            name => integer_shape(name),
        }
    }
}

/// Returns the name of a type of the standard library. Returns `None` for the path of a type of another crate.
pub(super) fn standard_name(path: &[String]) -> Option<&str> {
    match path {
        [one] => Some(one),
        [first, .., last] if matches!(first.as_str(), "std" | "core" | "alloc") => Some(last),
        _ => None,
    }
}

/// Returns what serde makes of a type of another crate.
fn foreign_shape(path: &[String]) -> Shape {
    let (Some(krate), Some(name)) = (path.first(), path.last()) else { return Shape::Unknown };
    match (krate.as_str(), name.as_str()) {
        ("serde_bytes", _) => Shape::Bytes,
        ("serde_json", "Map") => Shape::Map(None),
        found if FOREIGN_TEXTS.contains(&found) => Shape::Text,
        _ => Shape::Unknown,
    }
}

/// Returns the least value of an integer that is not zero, if the least value of the integer is `least`.
const fn least_non_zero(least: i128) -> i128 {
    if least == 0 { 1 } else { least }
}

/// Returns the shape of an integer type, and `Unknown` for any other name.
fn integer_shape(name: &str) -> Shape {
    let signed = |bits: u32| Shape::Integer(-(1_i128 << (bits - 1)), (1_i128 << (bits - 1)) - 1);
    let unsigned = |bits: u32| Shape::Integer(0, (1_i128 << bits) - 1);
    if let Some(name) = name.strip_prefix("NonZero") {
        return match integer_shape(&name.to_lowercase()) {
            Shape::Integer(least, greatest) => Shape::Integer(least_non_zero(least), greatest),
            _ => Shape::Unknown,
        };
    }
    match name {
        "i8" => signed(8),
        "i16" => signed(16),
        "i32" => signed(32),
        "i64" | "isize" => signed(64),
        "i128" => Shape::Integer(i128::MIN, i128::MAX),
        "u8" => unsigned(8),
        "u16" => unsigned(16),
        "u32" => unsigned(32),
        "u64" | "usize" => unsigned(64),
        "u128" => Shape::Integer(0, i128::MAX),
        _ => Shape::Unknown,
    }
}
