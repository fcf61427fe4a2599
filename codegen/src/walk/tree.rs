//! Reads the tree of a crate's modules, without those that `cfg` removes. It takes the root file, follows every
//! `mod`, and returns the texts, the modules with their imports, and the items with an attribute that may be
//! Skylift's. The attributes are resolved later, when all imports are known.

use std::fs;
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::rc::Rc;

use super::Broken;
use super::attributes::{Attributes, Meta};
use super::cfg::Cfg;
use super::files::{Directory, Lookup};
use super::items::{self, Item, Kind, Step};
use super::lines::line_column;
use super::skim::{Cursor, Unbalanced};

/// The deepest nesting of modules; deeper ones are an error, because the call stack is finite.
const DEEPEST: usize = 96;
/// The most modules of a crate. Files that include one another by `#[path]` could make an endless tree.
const MOST: usize = 50_000;

#[derive(Debug)]
pub(super) struct Source {
    pub(super) path: PathBuf,
    pub(super) text: Rc<str>,
}

#[derive(Debug)]
pub(super) struct Module {
    pub(super) parent: Option<usize>,
    pub(super) name: String,
    pub(super) children: Vec<usize>,
    pub(super) source: usize,
    /// The text between `use` and `;`.
    pub(super) uses: Vec<Range<usize>>,
    /// The text between `extern crate` and `;`, and whether it has `#[macro_use]`.
    pub(super) crates: Vec<(Range<usize>, bool)>,
}

/// An item with an attribute that is not built into the language.
#[derive(Debug)]
pub(super) struct Marked {
    pub(super) module: usize,
    /// The place from the first attribute to the end of the item, or to the end of a function's signature.
    pub(super) range: Range<usize>,
    pub(super) metas: Vec<Meta>,
}

#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) sources: Vec<Source>,
    /// The modules; the first is the crate's root.
    pub(super) modules: Vec<Module>,
    pub(super) marked: Vec<Marked>,
    /// The paths of the macros that the root calls.
    pub(super) calls: Vec<Range<usize>>,
    /// The names of the macros that `macro_rules!` defines in the root.
    pub(super) macros: Vec<String>,
    /// Files that do not exist, or cannot be read.
    pub(super) missing: Vec<PathBuf>,
    pub(super) broken: Vec<Broken>,
}

/// The position in the tree while it is read.
#[derive(Clone)]
struct Place {
    module: usize,
    source: usize,
    depth: usize,
    directory: Directory,
    /// The files that are being read, to detect a file that includes itself.
    files: Rc<Files>,
}

struct Files {
    path: PathBuf,
    parent: Option<Rc<Files>>,
}

impl Tree {
    pub(super) fn read(root: &Path, cfg: &Cfg) -> Self {
        let mut tree = Self::default();
        let from = Broken { path: root.to_path_buf(), line: 1, why: String::new() };
        if let Some(source) = tree.source(root, &from) {
            let module = tree.module(None, "", source);
            let files = Files { path: root.to_path_buf(), parent: None };
            let directory = Directory::beside(root);
            let place = Place { module, source, depth: 0, directory, files: Rc::new(files) };
            tree.file(&place, cfg);
        }
        tree
    }

    fn module(&mut self, parent: Option<usize>, name: &str, source: usize) -> usize {
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
        });
        module
    }

    /// Reads a file; a failure is reported at `from`.
    fn source(&mut self, path: &Path, from: &Broken) -> Option<usize> {
        let why = match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => {
                let source = self.sources.len();
                self.sources.push(Source { path: path.to_path_buf(), text: normalise(&text) });
                return Some(source);
            }
            Ok(Err(_)) => {
                // The file exists: Cargo has to watch it and rerun the step when it is fixed.
                self.sources.push(Source { path: path.to_path_buf(), text: Rc::from("") });
                format!("`{}` is not valid UTF-8", path.display())
            }
            Err(error) => {
                self.missing.push(path.to_path_buf());
                format!("cannot read `{}`: {error}", path.display())
            }
        };
        self.broken.push(Broken { why, ..from.clone() });
        None
    }

    fn file(&mut self, place: &Place, cfg: &Cfg) {
        let text = Rc::clone(&self.sources[place.source].text);
        let mut cursor = Cursor::new(&text);
        skip_shebang(&mut cursor);
        if let Err(unbalanced) = self.body(&mut cursor, place, cfg, None) {
            let broken = self.broken_at(place, unbalanced.at, unbalanced.why);
            self.broken.push(broken);
        }
    }

    fn broken_at(&self, place: &Place, at: usize, why: String) -> Broken {
        let source = &self.sources[place.source];
        let line = line_column(&source.text, at).0;
        Broken { path: source.path.clone(), line, why }
    }

    /// Reads the items of a module; `open` is the brace of an inline module.
    fn body(
        &mut self,
        cursor: &mut Cursor<'_>,
        place: &Place,
        cfg: &Cfg,
        open: Option<usize>,
    ) -> Result<(), Unbalanced> {
        let mut written = Vec::new();
        let mut began = false;
        loop {
            match items::next(cursor, &mut written)? {
                Step::Item(item) => {
                    began = true;
                    let mut attributes = Attributes::default();
                    for range in &written {
                        attributes.add(cursor.text(), range.clone(), cfg)?;
                    }
                    self.item(cursor, place, cfg, &item, attributes)?;
                }
                Step::Inner(range) if !began => {
                    let mut attributes = Attributes::default();
                    attributes.add(cursor.text(), range, cfg)?;
                    if attributes.absent {
                        return leave(cursor, open);
                    }
                }
                Step::Inner(_) => {}
                Step::Close if open.is_some() => {
                    cursor.at += 1;
                    return Ok(());
                }
                Step::Close => return Err(cursor.unexpected_close()),
                Step::End => {
                    return match open {
                        Some(open) => Err(Unbalanced::new(open, "unclosed `{`")),
                        None => Ok(()),
                    };
                }
            }
        }
    }

    fn item(
        &mut self,
        cursor: &mut Cursor<'_>,
        place: &Place,
        cfg: &Cfg,
        item: &Item<'_>,
        attributes: Attributes,
    ) -> Result<(), Unbalanced> {
        if attributes.absent {
            return match item.kind {
                Kind::Inline(_) => cursor.group(),
                _ => Ok(()),
            };
        }
        let path = attributes.path.as_deref();
        let module = &mut self.modules[place.module];
        match &item.kind {
            Kind::Use(range) => module.uses.push(range.clone()),
            Kind::ExternCrate(range) => {
                let macros = attributes
                    .metas
                    .iter()
                    .any(|meta| cursor.text()[meta.range.clone()].trim().starts_with("macro_use"));
                module.crates.push((range.clone(), macros));
            }
            Kind::Call(path) if place.module == 0 => self.calls.push(path.clone()),
            Kind::MacroRules(name) if place.module == 0 => self.macros.push((*name).to_owned()),
            _ => {}
        }
        let (start, module) = (item.start, place.module);
        if attributes.foreign {
            let range = item.start..item.end;
            self.marked.push(Marked { module, range, metas: attributes.metas });
        }
        match item.kind {
            Kind::Inline(name) => self.inline(cursor, place, cfg, name, path),
            Kind::File(name) => {
                self.out_of_line(place, cfg, name, path, start);
                Ok(())
            }
            _ => Ok(()),
        }
    }

    fn inline(
        &mut self,
        cursor: &mut Cursor<'_>,
        place: &Place,
        cfg: &Cfg,
        name: &str,
        path: Option<&str>,
    ) -> Result<(), Unbalanced> {
        let open = cursor.at;
        if place.depth >= DEEPEST {
            self.give_up(place, open);
            return cursor.group();
        }
        let inner = Place {
            module: self.module(Some(place.module), name, place.source),
            depth: place.depth + 1,
            directory: place.directory.inline(name, path),
            ..place.clone()
        };
        cursor.at += 1;
        self.body(cursor, &inner, cfg, Some(open))
    }

    fn out_of_line(&mut self, place: &Place, cfg: &Cfg, name: &str, path: Option<&str>, at: usize) {
        if place.depth >= DEEPEST || self.modules.len() >= MOST {
            return self.give_up(place, at);
        }
        let (path, directory) = match path {
            Some(path) => {
                let path = place.directory.explicit(path);
                if includes_itself(&place.files, &path) {
                    let path = path.display();
                    let why = format!("the file of module `{name}`, `{path}`, includes itself");
                    let broken = self.broken_at(place, at, why);
                    return self.broken.push(broken);
                }
                let directory = Directory::beside(&path);
                (path, directory)
            }
            None => match place.directory.find(name) {
                Lookup::File(path, directory) => (path, directory),
                Lookup::Missing(beside, within) => {
                    let why = format!(
                        "no file for module `{name}`: neither `{}` nor `{}` exists",
                        beside.display(),
                        within.display(),
                    );
                    self.missing.extend([beside, within]);
                    let broken = self.broken_at(place, at, why);
                    return self.broken.push(broken);
                }
                Lookup::Both(beside, within) => {
                    let why = format!(
                        "two files for module `{name}`: both `{}` and `{}` exist",
                        beside.display(),
                        within.display(),
                    );
                    for path in [beside, within] {
                        self.sources.push(Source { path, text: Rc::from("") });
                    }
                    let broken = self.broken_at(place, at, why);
                    return self.broken.push(broken);
                }
            },
        };
        let from = self.broken_at(place, at, String::new());
        let Some(source) = self.source(&path, &from) else {
            return;
        };
        let inner = Place {
            module: self.module(Some(place.module), name, source),
            source,
            depth: place.depth + 1,
            directory,
            files: Rc::new(Files { path, parent: Some(Rc::clone(&place.files)) }),
        };
        self.file(&inner, cfg);
    }

    fn give_up(&mut self, place: &Place, at: usize) {
        let why = format!("modules are nested deeper than {DEEPEST}, or more than {MOST}");
        let broken = self.broken_at(place, at, why);
        self.broken.push(broken);
    }
}

/// Skips the rest of a module that an inner `#![cfg(…)]` removes.
fn leave(cursor: &mut Cursor<'_>, open: Option<usize>) -> Result<(), Unbalanced> {
    match open {
        Some(open) => {
            cursor.at = open;
            cursor.group()
        }
        None => Ok(()),
    }
}

/// Returns the text as rustc reads it: without a byte order mark, and with `\n` for `\r\n`.
fn normalise(text: &str) -> Rc<str> {
    let bare = text.strip_prefix('\u{feff}').unwrap_or(text);
    if bare.contains('\r') { Rc::from(bare.replace("\r\n", "\n")) } else { Rc::from(bare) }
}

/// Skips a first line such as `#!/usr/bin/env run-cargo-script`, which is not an inner attribute.
fn skip_shebang(cursor: &mut Cursor<'_>) {
    if cursor.peek() != b'#' || cursor.peek_at(1) != b'!' {
        return;
    }
    let mut ahead = cursor.clone();
    ahead.at += 2;
    if ahead.trivia().is_err() || ahead.peek() != b'[' {
        cursor.line();
    }
}

/// Returns whether `path` is one of the files that are being read. Paths are compared after resolving, because
/// `#[path]` may contain `..` and links. Without `#[path]`, every file is deeper than the one before.
fn includes_itself(files: &Rc<Files>, path: &Path) -> bool {
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
