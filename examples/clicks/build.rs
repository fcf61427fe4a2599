//! Writes the template that deploys this package.

fn main() {
    skylift_codegen::build();
}
