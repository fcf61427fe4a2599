//! Finds the definitions of the types that the package's source names. It takes the source of all walked targets and
//! a type as a signature or a field has it. It follows aliases and type arguments, and returns the definition in the
//! package, or the path of a type of another crate.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use syn::parse::{ParseStream, Parser as _};
use syn::{Attribute, DeriveInput, GenericArgument, GenericParam, Generics, PathArguments, Token};
use syn::{Type, Visibility};

use crate::walk::{Cfg, CrateSource, TypeName, TypeScopes};

/// The greatest number of aliases and type parameters that are followed for one type.
const MAX_DEPTH: usize = 32;

/// The types in the source of a package.
pub(crate) struct PackageTypes<'a> {
    crates: Vec<CrateTypes<'a>>,
    /// The index and the name of the library's crate, if the package has a library.
    library: Option<(usize, &'a str)>,
    cfg: &'a Cfg,
}

/// The types in the source of one target.
struct CrateTypes<'a> {
    scopes: TypeScopes<'a>,
    parsed: RefCell<HashMap<usize, Option<Rc<Definition>>>>,
}

/// The definition of a type in the package's source.
pub(crate) struct Definition {
    /// The index of the crate and of the type in it, which identify the type.
    pub(crate) id: (usize, usize),
    /// The module in which the paths of the definition are resolved.
    module: usize,
    /// The names of the type parameters.
    params: Vec<String>,
    pub(super) body: Body,
}

/// The parsed text of a definition.
pub(super) enum Body {
    Data(Box<DeriveInput>),
    Alias(Box<Type>),
}

/// A type where it is used: with the module in which its paths are resolved, and the types that its type parameters
/// mean there.
#[derive(Clone)]
pub(crate) struct TypeUse {
    krate: usize,
    module: usize,
    ty: Rc<Type>,
    params: Rc<Vec<(String, TypeUse)>>,
}

/// The meaning of a type, as far as the source shows it.
pub(crate) enum ResolvedType {
    /// A type that the package defines.
    Own(OwnType),
    /// A primitive type, or a type of another crate. The path of a primitive type, of a type of the standard
    /// library's prelude and of a type from a foreign glob is one name.
    Named {
        path: Vec<String>,
        args: Vec<TypeUse>,
    },
    Tuple(Vec<TypeUse>),
    /// An array or a slice, with the type of its elements, and with its length if it is an array of known length.
    Array(TypeUse, Option<usize>),
    Unknown,
}

/// A type that the package defines, with its type arguments.
#[derive(Clone)]
pub(crate) struct OwnType {
    pub(crate) definition: Rc<Definition>,
    params: Rc<Vec<(String, TypeUse)>>,
}

impl TypeUse {
    /// Creates the use of a type in a module of the crate with the index `krate`.
    pub(crate) fn new(krate: usize, module: usize, ty: Type) -> Self {
        Self { krate, module, ty: Rc::new(ty), params: Rc::default() }
    }

    /// Returns the type as the user wrote it; a type parameter as the type that it means.
    pub(crate) fn text(&self) -> String {
        let text = type_text(&self.ty);
        let argument = self.params.iter().find(|(param, _)| *param == text);
        argument.map_or(text, |(_, argument)| argument.text())
    }
}

impl OwnType {
    /// Returns the use of a type that the definition of this type contains.
    pub(super) fn inner(&self, ty: &Type) -> TypeUse {
        let Definition { id, module, .. } = *self.definition;
        TypeUse { krate: id.0, module, ty: Rc::new(ty.clone()), params: Rc::clone(&self.params) }
    }

    /// Returns the type arguments.
    pub(crate) fn args(&self) -> impl Iterator<Item = &TypeUse> {
        self.params.iter().map(|(_, argument)| argument)
    }

    /// Returns the name of the type.
    pub(crate) fn name(&self) -> String {
        match &self.definition.body {
            Body::Data(input) => input.ident.to_string(),
            Body::Alias(ty) => type_text(ty),
        }
    }
}

impl<'a> PackageTypes<'a> {
    /// Creates the types of a package from the source of its targets. `library` is the index of the library among
    /// them with the name of its crate, and `facade` is the name under which the package depends on `skylift`.
    pub(crate) fn new(
        sources: impl IntoIterator<Item = &'a CrateSource>,
        library: Option<(usize, &'a str)>,
        facade: &'a str,
        cfg: &'a Cfg,
    ) -> Self {
        let crates = sources.into_iter().map(|source| CrateTypes {
            scopes: TypeScopes::new(source, facade),
            parsed: RefCell::default(),
        });
        Self { crates: crates.collect(), library, cfg }
    }

    pub(super) fn cfg(&self) -> &'a Cfg {
        self.cfg
    }

    /// Returns the meaning of a type. Aliases and type parameters are followed, and a reference means the type
    /// behind it.
    pub(crate) fn resolve(&self, used: &TypeUse) -> ResolvedType {
        self.resolve_at(used, 0)
    }

    fn resolve_at(&self, used: &TypeUse, depth: usize) -> ResolvedType {
        if depth > MAX_DEPTH {
            return ResolvedType::Unknown;
        }
        let inner = |ty: &Type| TypeUse { ty: Rc::new(ty.clone()), ..used.clone() };
        match &*used.ty {
            Type::Group(group) => self.resolve_at(&inner(&group.elem), depth + 1),
            Type::Paren(paren) => self.resolve_at(&inner(&paren.elem), depth + 1),
            Type::Reference(reference) => self.resolve_at(&inner(&reference.elem), depth + 1),
            Type::Tuple(tuple) => ResolvedType::Tuple(tuple.elems.iter().map(inner).collect()),
            Type::Array(array) => {
                ResolvedType::Array(inner(&array.elem), literal_length(&array.len))
            }
            Type::Slice(slice) => ResolvedType::Array(inner(&slice.elem), None),
            Type::Path(path) if path.qself.is_none() => self.resolve_path(used, &path.path, depth),
            _ => ResolvedType::Unknown,
        }
    }

    fn resolve_path(&self, used: &TypeUse, path: &syn::Path, depth: usize) -> ResolvedType {
        let names: Vec<String> = path.segments.iter().map(|it| bare_name(&it.ident)).collect();
        let is_global = path.leading_colon.is_some();
        if let ([name], false) = (names.as_slice(), is_global)
            && let Some((_, argument)) = used.params.iter().find(|(param, _)| param == name)
        {
            return self.resolve_at(argument, depth + 1);
        }
        let inner = |ty: &Type| TypeUse { ty: Rc::new(ty.clone()), ..used.clone() };
        let last = path.segments.last().map(|segment| &segment.arguments);
        let args = match last {
            Some(PathArguments::AngleBracketed(arguments)) => {
                let types = arguments.args.iter().filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(inner(ty)),
                    _ => None,
                });
                types.collect()
            }
            _ => Vec::new(),
        };
        let Some((krate, name)) = self.find_name(used.krate, used.module, &names, is_global) else {
            return ResolvedType::Unknown;
        };
        let index = match name {
            TypeName::Own(index) => index,
            TypeName::Foreign(path) => return ResolvedType::Named { path, args },
            TypeName::Undeclared(name) => return ResolvedType::Named { path: vec![name], args },
            TypeName::Unknown => return ResolvedType::Unknown,
        };
        let Some(definition) = self.definition(krate, index) else { return ResolvedType::Unknown };
        let params = Rc::new(definition.params.iter().cloned().zip(args).collect());
        let own = OwnType { definition, params };
        match &own.definition.body {
            Body::Alias(ty) => self.resolve_at(&own.inner(ty), depth + 1),
            Body::Data(_) => ResolvedType::Own(own),
        }
    }

    /// Finds the type that a path names, and the index of the crate that defines it. A path of a binary that starts
    /// with the name of the package's library names a type of that library.
    fn find_name(
        &self,
        krate: usize,
        module: usize,
        names: &[String],
        is_global: bool,
    ) -> Option<(usize, TypeName)> {
        let found = self.crates.get(krate)?.scopes.resolve(module, names, is_global);
        let TypeName::Foreign(path) = &found else { return Some((krate, found)) };
        let Some((library, name)) = self.library else { return Some((krate, found)) };
        if path.first().is_none_or(|first| first != name) || library == krate {
            return Some((krate, found));
        }
        let path: Vec<String> =
            std::iter::once("crate".to_owned()).chain(path[1..].iter().cloned()).collect();
        Some((library, self.crates.get(library)?.scopes.resolve(0, &path, false)))
    }

    /// Returns the parsed definition of a type; `None` if it cannot be parsed, which rustc reports.
    fn definition(&self, krate: usize, index: usize) -> Option<Rc<Definition>> {
        let types = self.crates.get(krate)?;
        if let Some(known) = types.parsed.borrow().get(&index) {
            return known.clone();
        }
        let (module, text) = types.scopes.definition(index);
        let parsed = parse_definition(text)
            .map(|(params, body)| Rc::new(Definition { id: (krate, index), module, params, body }));
        types.parsed.borrow_mut().insert(index, parsed.clone());
        parsed
    }
}

/// Parses the text of a struct, an enum, a union or an alias. Returns the names of its type parameters with its body.
fn parse_definition(text: &str) -> Option<(Vec<String>, Body)> {
    let (generics, body) = match syn::parse_str::<DeriveInput>(text) {
        Ok(input) => (input.generics.clone(), Body::Data(Box::new(input))),
        Err(_) => {
            let (generics, ty) = parse_alias.parse_str(text).ok()?;
            (generics, Body::Alias(Box::new(ty)))
        }
    };
    let params = generics.params.iter().filter_map(|param| match param {
        GenericParam::Type(param) => Some(bare_name(&param.ident)),
        _ => None,
    });
    Some((params.collect(), body))
}

/// Parses `type Name<T> = Type;`.
fn parse_alias(input: ParseStream<'_>) -> syn::Result<(Generics, Type)> {
    Attribute::parse_outer(input)?;
    input.parse::<Visibility>()?;
    input.parse::<Token![type]>()?;
    input.parse::<proc_macro2::Ident>()?;
    let generics = input.parse()?;
    input.parse::<Token![=]>()?;
    let ty = input.parse()?;
    let _: proc_macro2::TokenStream = input.parse()?;
    Ok((generics, ty))
}

/// Returns the length of an array, if it is a number.
fn literal_length(length: &syn::Expr) -> Option<usize> {
    match length {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => {
            number.base10_parse().ok()
        }
        syn::Expr::Group(group) => literal_length(&group.expr),
        _ => None,
    }
}

/// Returns an identifier without `r#`.
pub(super) fn bare_name(ident: &proc_macro2::Ident) -> String {
    ident.to_string().trim_start_matches("r#").to_owned()
}

/// Returns a type as a user writes it.
fn type_text(ty: &Type) -> String {
    let list = |types: &mut dyn Iterator<Item = &Type>| {
        types.map(type_text).collect::<Vec<_>>().join(", ")
    };
    match ty {
        Type::Group(group) => type_text(&group.elem),
        Type::Paren(paren) => type_text(&paren.elem),
        Type::Reference(reference) => format!("&{}", type_text(&reference.elem)),
        Type::Tuple(tuple) if tuple.elems.len() == 1 => {
            format!("({},)", list(&mut tuple.elems.iter()))
        }
        Type::Tuple(tuple) => format!("({})", list(&mut tuple.elems.iter())),
        Type::Array(array) => {
            let length = literal_length(&array.len);
            let length = length.map_or_else(|| "_".to_owned(), |it| it.to_string());
            format!("[{}; {length}]", type_text(&array.elem))
        }
        Type::Slice(slice) => format!("[{}]", type_text(&slice.elem)),
        Type::Path(path) => {
            let segments = path.path.segments.iter().map(|segment| {
                let name = segment.ident.to_string();
                let PathArguments::AngleBracketed(arguments) = &segment.arguments else {
                    return name;
                };
                let mut types = arguments.args.iter().filter_map(|argument| match argument {
                    GenericArgument::Type(ty) => Some(ty),
                    _ => None,
                });
                let args = list(&mut types);
                if args.is_empty() { name } else { format!("{name}<{args}>") }
            });
            segments.collect::<Vec<_>>().join("::")
        }
        _ => "_".to_owned(),
    }
}
