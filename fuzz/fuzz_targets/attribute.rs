//! Parses arbitrary text as an attribute. Takes a text from the fuzzer and parses it as the macros would: once as the
//! arguments of each attribute, and once as the item below it. Errors are allowed, but no panic and no endless loop.

#![no_main]

use libfuzzer_sys::fuzz_target;
use proc_macro2::TokenStream;
use skylift_syntax::errors::Errors;
use skylift_syntax::{function, init, resource};

fuzz_target!(|text: &str| {
    // Text that is not Rust tokens never reaches a macro.
    let (Ok(text), Ok(function), Ok(resource)) = (
        text.parse::<TokenStream>(),
        "async fn handler(event: S3Event) -> Result<(), Error>".parse::<TokenStream>(),
        "pub struct Uploads;".parse::<TokenStream>(),
    ) else {
        return;
    };
    let mut errors = Errors::new();
    let none = TokenStream::new;
    for (args, item) in [(text.clone(), function), (none(), text.clone())] {
        if let Some(function) = function::FunctionItem::parse(args.clone(), item.clone(), &mut errors) {
            let _ = function.read(&mut errors);
        }
        let _ = init::InitItem::parse(args, item, &mut errors);
    }
    for (args, item) in [(text.clone(), resource), (none(), text)] {
        if let Some(resource) = resource::ResourceItem::parse(args, item, &mut errors) {
            let _ = resource.read(&mut errors);
        }
    }
    let _ = errors.into_compile_errors();
});
