//! Nothing: trybuild has its cases depend on the package that it takes their dependencies from.
