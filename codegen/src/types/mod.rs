//! The types in the package's own source, as serde sees them. It takes the walked targets and the types that
//! signatures and attributes name, and returns fields, names and kinds of values. A type that the source does not
//! show (of another crate, made by a macro, with a hand-written `Serialize`) is unknown, and nothing is said about it.
// See decision 0101.

mod attributes;
mod identity;
mod package;
mod record;
mod rename;
mod shape;

pub(crate) use self::identity::are_different;
pub(crate) use self::package::{OwnType, PackageTypes, ResolvedType, TypeUse};
pub(crate) use self::record::{Field, Record, Tagging, VariantContent};
pub(crate) use self::shape::{Direction, Shape};
