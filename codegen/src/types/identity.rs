//! Compares two types as the compiler would. The source does not always show whether two paths name one type: a type
//! of another crate can have several paths.

use super::package::{PackageTypes, ResolvedType, TypeUse};
use super::shape::standard_name;

/// The greatest depth of type arguments that are compared.
const MAX_DEPTH: usize = 16;

/// Types of the standard library that differ from every other type with another name.
const STANDARD: &[&str] = &[
    "Arc", "BTreeMap", "BTreeSet", "Box", "Cell", "Cow", "HashMap", "HashSet", "Mutex", "OnceLock",
    "Option", "PathBuf", "Rc", "RefCell", "RwLock", "String", "Vec", "bool", "char", "f32", "f64",
    "i128", "i16", "i32", "i64", "i8", "isize", "str", "u128", "u16", "u32", "u64", "u8", "usize",
];

/// Generic types of other crates, each with the first and the last name of its paths. None of them is the type of the
/// standard library with the same name, or an alias of its argument.
const FOREIGN_WRAPPERS: &[(&str, &str)] = &[
    ("arc_swap", "ArcSwap"),
    ("async_lock", "Mutex"),
    ("async_lock", "RwLock"),
    ("dashmap", "DashMap"),
    ("parking_lot", "Mutex"),
    ("parking_lot", "RwLock"),
    ("tokio", "Mutex"),
    ("tokio", "OnceCell"),
    ("tokio", "RwLock"),
    ("triomphe", "Arc"),
];

/// Returns whether two types are certainly different.
pub(crate) fn are_different(types: &PackageTypes<'_>, one: &TypeUse, other: &TypeUse) -> bool {
    differ_at(types, one, other, 0)
}

fn differ_at(types: &PackageTypes<'_>, one: &TypeUse, other: &TypeUse, depth: usize) -> bool {
    if depth > MAX_DEPTH {
        return false;
    }
    let any_differs = |ones: &[&TypeUse], others: &[&TypeUse]| {
        let mut pairs = ones.iter().zip(others);
        pairs.any(|(one, other)| differ_at(types, one, other, depth + 1))
    };
    match (types.resolve(one), types.resolve(other)) {
        (ResolvedType::Unknown, _) | (_, ResolvedType::Unknown) => false,
        (ResolvedType::Own(one), ResolvedType::Own(other)) => {
            let args: (Vec<_>, Vec<_>) = (one.args().collect(), other.args().collect());
            one.definition.id != other.definition.id || any_differs(&args.0, &args.1)
        }
        (
            ResolvedType::Named { path: one, args: ones },
            ResolvedType::Named { path: other, args: others },
        ) => {
            let are_wrappers = is_foreign_wrapper(&one) && is_foreign_wrapper(&other);
            if are_wrappers && one == other {
                let args: (Vec<_>, Vec<_>) = (ones.iter().collect(), others.iter().collect());
                return any_differs(&args.0, &args.1);
            }
            if is_foreign_wrapper(&one) || is_foreign_wrapper(&other) {
                return standard(&one).is_some() || standard(&other).is_some();
            }
            let (Some(one), Some(other)) = (standard(&one), standard(&other)) else { return false };
            let args: (Vec<_>, Vec<_>) = (ones.iter().collect(), others.iter().collect());
            one != other || any_differs(&args.0, &args.1)
        }
        (ResolvedType::Tuple(ones), ResolvedType::Tuple(others)) => {
            let args: (Vec<_>, Vec<_>) = (ones.iter().collect(), others.iter().collect());
            ones.len() != others.len() || any_differs(&args.0, &args.1)
        }
        // A type of another crate with type arguments may be an alias of its argument.
        (ResolvedType::Named { path, args }, ResolvedType::Own(_))
        | (ResolvedType::Own(_), ResolvedType::Named { path, args }) => {
            standard(&path).is_some()
                || is_foreign_wrapper(&path)
                || (path.len() > 1 && args.is_empty())
        }
        (ResolvedType::Named { path, .. }, _) | (_, ResolvedType::Named { path, .. }) => {
            standard(&path).is_some()
        }
        (ResolvedType::Array(one, length), ResolvedType::Array(other, other_length)) => {
            let has_other_length =
                length.zip(other_length).is_some_and(|(one, other)| one != other);
            has_other_length || differ_at(types, &one, &other, depth + 1)
        }
        (ResolvedType::Own(_) | ResolvedType::Tuple(_) | ResolvedType::Array(..), _) => true,
    }
}

/// Returns whether a path is that of a known generic type of another crate.
fn is_foreign_wrapper(path: &[String]) -> bool {
    let [first, .., last] = path else { return false };
    FOREIGN_WRAPPERS.contains(&(first, last))
}

/// Returns the name of a type of the standard library that has only this name.
fn standard(path: &[String]) -> Option<&str> {
    standard_name(path).filter(|name| STANDARD.contains(name))
}
