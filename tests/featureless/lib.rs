//! An empty library: trybuild makes the cases depend on the package whose dependencies they use.
