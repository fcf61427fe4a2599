//! Any text in place of what a user writes. Takes what the fuzzer makes up, gives it to the grammar as
//! the macros would, once as the arguments of each attribute and once as the item below it, and
//! expects errors at most: no panic, no endless loop.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;
use skylift_syntax::errors::Errors;
use skylift_syntax::{function, init, resource};

fuzz_target!(|text: &str| {
    // What is no Rust token never reaches a macro.
    let (Ok(text), Ok(function), Ok(resource)) = (
        text.parse::<TokenStream>(),
        "async fn handler(event: S3Event) -> Result<(), Error>".parse::<TokenStream>(),
        "pub struct Uploads;".parse::<TokenStream>(),
    ) else {
        return;
    };
    let mut errors = Errors::new();
    let none = TokenStream::new;
    let _ = function::Item::parse(text.clone(), function.clone(), &mut errors);
    let _ = function::Item::parse(none(), text.clone(), &mut errors);
    let _ = resource::Item::parse(text.clone(), resource, &mut errors);
    let _ = resource::Item::parse(none(), text.clone(), &mut errors);
    let _ = init::Item::parse(text.clone(), function, &mut errors);
    let _ = init::Item::parse(none(), text, &mut errors);
    let _ = errors.into_compile_errors();
});
