//! What is wrong in an overlay: text, place, and what to do about it. Files are read to their end
//! where that is possible, so that the user sees all mistakes at once.

use std::path::Path;

use skylift_model::Origin;

use super::tree::Position;

/// One thing that is wrong, and where.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) origin: Origin,
    pub(crate) text: String,
    pub(crate) help: Option<String>,
}

impl Mistake {
    /// A mistake that nothing is known of beside what it is.
    pub(crate) fn new(origin: &Origin, text: impl Into<String>) -> Self {
        Self { origin: origin.clone(), text: text.into(), help: None }
    }

    /// Says what to do about it.
    pub(crate) fn help(&mut self, help: impl Into<String>) {
        self.help = Some(help.into());
    }

    /// As the build step tells it; `folder` is the package's.
    pub(crate) fn full(&self, folder: &Path) -> String {
        let Origin { file, line, column } = &self.origin;
        let mut full = format!("{}:{line}:{column}: {}", folder.join(file).display(), self.text);
        if let Some(help) = &self.help {
            full.push_str("\n\nhelp: ");
            full.push_str(help);
        }
        full
    }
}

/// The mistakes found so far, and the file that is being read.
#[derive(Debug, Default)]
pub(super) struct Mistakes {
    file: String,
    found: Vec<Mistake>,
}

impl Mistakes {
    /// What comes next is found in this file.
    pub(super) fn file(&mut self, path: &str) {
        path.clone_into(&mut self.file);
    }

    /// A place in the file that is being read.
    pub(super) fn origin(&self, Position { line, column }: Position) -> Origin {
        Origin { file: self.file.clone(), line, column }
    }

    /// Records a mistake.
    pub(super) fn push(&mut self, at: Position, text: impl Into<String>) -> &mut Mistake {
        let mistake = Mistake::new(&self.origin(at), text);
        self.found.push(mistake);
        let last = self.found.len() - 1;
        &mut self.found[last]
    }

    /// How many there are, to see whether a step found any.
    pub(super) fn len(&self) -> usize {
        self.found.len()
    }

    pub(super) fn into_vec(self) -> Vec<Mistake> {
        self.found
    }
}
