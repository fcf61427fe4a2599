//! Writes the templates that deploy this package.

fn main() {
    skylift_codegen::build();
}
