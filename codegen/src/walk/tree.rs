//! Reads the tree of a crate's modules, without those that `cfg` removes. It takes the root file and follows every
//! `mod`. It returns the texts, the modules with their imports, and the items with an attribute that may be
//! Skylift's. The attributes are resolved later, when all imports are known.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use skylift_model::message::Message;

use super::SourceError;
use super::attributes::{Attributes, ResolvedAttribute};
use super::cfg::Cfg;
use super::cursor::{Cursor, Unbalanced};
use super::files::{FileLookup, ModuleDirectory};
use super::items::{self, ItemKind, SourceItem, Step};
use super::lines::line_column;
use crate::messages;
use crate::regular_file;

/// The number of levels to which modules may nest. Deeper modules are an error, because the call stack is finite.
const MAX_DEPTH: usize = 96;
/// The greatest number of modules in a crate. Files that include one another by `#[path]` could make an endless
/// tree.
const MAX_MODULES: usize = 50_000;

/// A source file that the walk has read.
#[derive(Debug)]
pub(super) struct SourceFile {
    pub(super) path: PathBuf,
    pub(super) text: Rc<str>,
}

/// A module of a crate. Modules are named by their index in the tree.
#[derive(Debug)]
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    pub(super) name: String,
    pub(super) children: Vec<usize>,
    pub(super) source: usize,
    /// The places of the text between `use` and `;`, for each `use` of the module.
    pub(super) uses: Vec<Range<usize>>,
    /// The places of the text between `extern crate` and `;`, each with whether the item has `#[macro_use]`.
    pub(super) crates: Vec<(Range<usize>, bool)>,
    /// The types that the module defines: the indexes of their definitions in the tree.
    pub(super) types: Vec<usize>,
}

/// A struct, an enum, a union or a type alias. Its text is parsed only if a check needs the type.
#[derive(Debug)]
pub(super) struct TypeItem {
    pub(super) module: usize,
    pub(super) name: String,
    /// The place from the first attribute to the end of the item.
    pub(super) range: Range<usize>,
}

/// An item with an attribute that is not built into the language, and so may be Skylift's.
#[derive(Debug)]
pub(super) struct CandidateItem {
    pub(super) module: usize,
    /// The place from the first attribute to the end of the item, or to the end of a function's signature.
    pub(super) range: Range<usize>,
    pub(super) resolved: Vec<ResolvedAttribute>,
}

/// The modules of a crate, and what they contain.
#[derive(Debug, Default)]
pub(super) struct ModuleTree {
    pub(super) sources: Vec<SourceFile>,
    /// The modules of the crate; the first is the crate's root.
    pub(super) modules: Vec<Module>,
    pub(super) candidates: Vec<CandidateItem>,
    pub(super) types: Vec<TypeItem>,
    /// The places of the paths of the macros that the root calls.
    pub(super) calls: Vec<Range<usize>>,
    /// The names of the macros that `macro_rules!` defines in the root.
    pub(super) macros: Vec<String>,
    /// The paths of source files that do not exist or cannot be read.
    pub(super) missing: Vec<PathBuf>,
    pub(super) errors: Vec<SourceError>,
    /// Whether a `cfg` is on the module that is being read, or on one around it.
    is_conditional: bool,
}

/// The position in the tree of modules while it is read.
#[derive(Clone)]
struct ModulePosition {
    module: usize,
    source: usize,
    depth: usize,
    directory: ModuleDirectory,
    /// The files that are being read, from the current one to the root, to detect a file that includes itself.
    files: Rc<OpenFiles>,
}

/// A file that is being read, and the files whose `mod` declarations lead to it.
struct OpenFiles {
    path: PathBuf,
    parent: Option<Rc<OpenFiles>>,
}

/// The reason why a source file cannot be read.
struct UnreadableSource {
    message: Message,
    /// Whether rustc must not try to read the file.
    stops_build: bool,
}

impl UnreadableSource {
    /// Returns the error at a line of a file.
    fn at(self, path: &Path, line: usize) -> SourceError {
        let Self { message, stops_build } = self;
        SourceError { path: path.to_path_buf(), line, message, stops_build, is_rustcs: false }
    }
}

impl ModuleTree {
    /// Reads the crate whose root file is `root`.
    pub(super) fn read(root: &Path, cfg: &Cfg) -> Self {
        let mut tree = Self::default();
        match tree.read_source(root) {
            Ok(source) => {
                let module = tree.add_module(None, "", source);
                let files = OpenFiles { path: root.to_path_buf(), parent: None };
                let directory = ModuleDirectory::for_file(root);
                let position =
                    ModulePosition { module, source, depth: 0, directory, files: Rc::new(files) };
                tree.read_file(&position, cfg);
            }
            Err(unreadable) => tree.errors.push(unreadable.at(root, 1)),
        }
        tree
    }

    /// Adds a module to the tree, and returns its index.
    fn add_module(&mut self, parent: Option<usize>, name: &str, source: usize) -> usize {
        let module = self.modules.len();
        if let Some(parent) = parent {
            self.modules[parent].children.push(module);
        }
        self.modules.push(Module {
            parent,
            name: name.to_owned(),
            children: Vec::new(),
            source,
            uses: Vec::new(),
            crates: Vec::new(),
            types: Vec::new(),
        });
        module
    }

    /// Reads a source file, and returns its index in the tree.
    fn read_source(&mut self, path: &Path) -> Result<usize, UnreadableSource> {
        if regular_file::is_special(path) {
            self.missing.push(path.to_path_buf());
            let message = messages::source_not_regular(path);
            return Err(UnreadableSource { message, stops_build: true });
        }
        let unreadable = |message| Err(UnreadableSource { message, stops_build: false });
        match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => {
                let source = self.sources.len();
                self.sources.push(SourceFile { path: path.to_path_buf(), text: normalise(&text) });
                Ok(source)
            }
            Ok(Err(_)) => {
                // The file exists: Cargo has to watch it and rerun the step when it is fixed.
                self.sources.push(SourceFile { path: path.to_path_buf(), text: Rc::from("") });
                unreadable(messages::source_not_utf8(path))
            }
            Err(error) => {
                self.missing.push(path.to_path_buf());
                unreadable(messages::source_unreadable(path, &error))
            }
        }
    }

    /// Reads the items of a module's file.
    fn read_file(&mut self, position: &ModulePosition, cfg: &Cfg) {
        let text = Rc::clone(&self.sources[position.source].text);
        let mut cursor = Cursor::new(&text);
        skip_shebang(&mut cursor);
        if let Err(unbalanced) = self.read_items(&mut cursor, position, cfg, None) {
            let error = self.error_at(position, unbalanced.at, unbalanced.message);
            self.errors.push(error);
        }
    }

    /// Returns an error at the offset `at` of the file that is being read.
    fn error_at(&self, position: &ModulePosition, at: usize, message: Message) -> SourceError {
        let source = &self.sources[position.source];
        let line = line_column(&source.text, at).0;
        let (path, stops_build) = (source.path.clone(), false);
        SourceError { path, line, message, stops_build, is_rustcs: false }
    }

    /// Returns an error about the file of a module, which rustc reports as well, unless a `cfg` removes the module.
    fn module_error(&self, position: &ModulePosition, at: usize, message: Message) -> SourceError {
        SourceError { is_rustcs: !self.is_conditional, ..self.error_at(position, at, message) }
    }

    /// Reads the items of a module; `open` is the offset of an inline module's opening bracket, or `None` for a
    /// file.
    fn read_items(
        &mut self,
        cursor: &mut Cursor<'_>,
        position: &ModulePosition,
        cfg: &Cfg,
        open: Option<usize>,
    ) -> Result<(), Unbalanced> {
        let mut written = Vec::new();
        let mut began = false;
        loop {
            match items::next_step(cursor, &mut written)? {
                Step::Item(item) => {
                    began = true;
                    let mut attributes = Attributes::default();
                    for range in &written {
                        attributes.add(cursor.text(), range.clone(), cfg)?;
                    }
                    self.add_item(cursor, position, cfg, &item, attributes)?;
                }
                Step::Inner(range) if !began => {
                    let mut attributes = Attributes::default();
                    attributes.add(cursor.text(), range, cfg)?;
                    self.is_conditional |= attributes.has_cfg;
                    if attributes.is_removed {
                        return skip_rest(cursor, open);
                    }
                }
                Step::Inner(_) => {}
                Step::Close if open.is_some() => {
                    cursor.at += 1;
                    return Ok(());
                }
                Step::Close => return Err(cursor.unexpected_close_error()),
                Step::End => {
                    return match open {
                        Some(open) => Err(Unbalanced::new(open, messages::unclosed_bracket('{'))),
                        None => Ok(()),
                    };
                }
            }
        }
    }

    /// Adds an item to its module, and reads the module that it declares, if any.
    fn add_item(
        &mut self,
        cursor: &mut Cursor<'_>,
        position: &ModulePosition,
        cfg: &Cfg,
        item: &SourceItem<'_>,
        attributes: Attributes,
    ) -> Result<(), Unbalanced> {
        if attributes.is_removed {
            return match item.kind {
                ItemKind::Inline(_) => cursor.skip_group(),
                _ => Ok(()),
            };
        }
        let path = attributes.path.as_deref();
        let module = &mut self.modules[position.module];
        match &item.kind {
            ItemKind::Use(range) => module.uses.push(range.clone()),
            ItemKind::ExternCrate(range) => {
                let macros = attributes
                    .resolved
                    .iter()
                    .any(|meta| cursor.text()[meta.range.clone()].trim().starts_with("macro_use"));
                module.crates.push((range.clone(), macros));
            }
            ItemKind::Type(name) => {
                module.types.push(self.types.len());
                let range = item.start..item.end;
                let (module, name) = (position.module, (*name).to_owned());
                self.types.push(TypeItem { module, name, range });
            }
            ItemKind::Call(path) if position.module == 0 => self.calls.push(path.clone()),
            ItemKind::MacroRules(name) if position.module == 0 => {
                self.macros.push((*name).to_owned());
            }
            _ => {}
        }
        let (start, module) = (item.start, position.module);
        if attributes.is_candidate {
            let range = item.start..item.end;
            self.candidates.push(CandidateItem { module, range, resolved: attributes.resolved });
        }
        let outer = self.is_conditional;
        self.is_conditional |= attributes.has_cfg;
        let read = match item.kind {
            ItemKind::Inline(name) => self.read_inline_module(cursor, position, cfg, name, path),
            ItemKind::File(name) => {
                self.read_file_module(position, cfg, name, path, start);
                Ok(())
            }
            _ => Ok(()),
        };
        self.is_conditional = outer;
        read
    }

    /// Reads the items of an inline module.
    fn read_inline_module(
        &mut self,
        cursor: &mut Cursor<'_>,
        position: &ModulePosition,
        cfg: &Cfg,
        name: &str,
        path: Option<&str>,
    ) -> Result<(), Unbalanced> {
        let open = cursor.at;
        if position.depth >= MAX_DEPTH {
            self.report_too_deep(position, open);
            return cursor.skip_group();
        }
        let inner = ModulePosition {
            module: self.add_module(Some(position.module), name, position.source),
            depth: position.depth + 1,
            directory: position.directory.for_inline_module(name, path),
            ..position.clone()
        };
        cursor.at += 1;
        self.read_items(cursor, &inner, cfg, Some(open))
    }

    /// Finds and reads the file of a module; `path` is the value of the module's `#[path]`.
    fn read_file_module(
        &mut self,
        position: &ModulePosition,
        cfg: &Cfg,
        name: &str,
        path: Option<&str>,
        at: usize,
    ) {
        if position.depth >= MAX_DEPTH || self.modules.len() >= MAX_MODULES {
            return self.report_too_deep(position, at);
        }
        let (path, directory) = match path {
            Some(path) => {
                let path = position.directory.explicit_file(path);
                if includes_itself(&position.files, &path) {
                    let message = messages::file_includes_itself(name, &path);
                    let error = self.module_error(position, at, message);
                    return self.errors.push(error);
                }
                let directory = ModuleDirectory::for_file(&path);
                (path, directory)
            }
            None => match position.directory.find_file(name) {
                FileLookup::File(path, directory) => (path, directory),
                FileLookup::Missing(beside, within) => {
                    let message = messages::module_file_missing(name, &beside, &within);
                    self.missing.extend([beside, within]);
                    let error = self.module_error(position, at, message);
                    return self.errors.push(error);
                }
                FileLookup::Both(beside, within) => {
                    let message = messages::two_module_files(name, &beside, &within);
                    for path in [beside, within] {
                        self.sources.push(SourceFile { path, text: Rc::from("") });
                    }
                    let error = self.module_error(position, at, message);
                    return self.errors.push(error);
                }
            },
        };
        let source = match self.read_source(&path) {
            Ok(source) => source,
            Err(unreadable) => {
                let declared = &self.sources[position.source];
                let line = line_column(&declared.text, at).0;
                let error = unreadable.at(&declared.path, line);
                return self.errors.push(error);
            }
        };
        let inner = ModulePosition {
            module: self.add_module(Some(position.module), name, source),
            source,
            depth: position.depth + 1,
            directory,
            files: Rc::new(OpenFiles { path, parent: Some(Rc::clone(&position.files)) }),
        };
        self.read_file(&inner, cfg);
    }

    /// Records that modules nest too deeply, or that the crate has too many modules.
    fn report_too_deep(&mut self, position: &ModulePosition, at: usize) {
        let message = messages::too_many_modules(MAX_DEPTH, MAX_MODULES);
        let error = self.error_at(position, at, message);
        self.errors.push(error);
    }
}

/// Skips the rest of a module that an inner `#![cfg(…)]` removes; `open` is the offset of an inline module's
/// opening bracket, or `None` for a file.
fn skip_rest(cursor: &mut Cursor<'_>, open: Option<usize>) -> Result<(), Unbalanced> {
    match open {
        Some(open) => {
            cursor.at = open;
            cursor.skip_group()
        }
        None => Ok(()),
    }
}

/// Returns the text of a source file as rustc reads it: without a byte order mark, and with `\n` for `\r\n`.
fn normalise(text: &str) -> Rc<str> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    if bare.contains('\r') { Rc::from(bare.replace("\r\n", "\n")) } else { Rc::from(bare) }
}

/// Skips a first line of a source file such as `#!/usr/bin/env run-cargo-script`, which is not an inner attribute.
fn skip_shebang(cursor: &mut Cursor<'_>) {
    if cursor.peek() != b'#' || cursor.peek_at(1) != b'!' {
        return;
    }
    let mut ahead = cursor.clone();
    ahead.at += 2;
    if ahead.skip_trivia().is_err() || ahead.peek() != b'[' {
        cursor.skip_line();
    }
}

/// Returns whether `path` is one of the files that are being read. Paths are compared after resolving, because
/// `#[path]` may contain `..` and links. Without `#[path]`, every file is in a deeper folder than the one before.
fn includes_itself(files: &Rc<OpenFiles>, path: &Path) -> bool {
    let real = fs::canonicalize(path).ok();
    let mut next = Some(files);
    while let Some(files) = next {
        if files.path == path || (real.is_some() && fs::canonicalize(&files.path).ok() == real) {
            return true;
        }
        next = files.parent.as_ref();
    }
    false
}
