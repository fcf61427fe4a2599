fn main() {
    skylift_codegen::build();
}
