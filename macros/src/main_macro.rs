//! The macro `main!()`: expands to the `main` of a binary, with the list of the handlers that the binary
//! serves. If the binary is being linked, the macro also publishes the outputs of the build step.

use proc_macro2::{Span, TokenStream};
use quote::quote;
use skylift_model::environment::DEFAULT as DEFAULT_ENVIRONMENT;
use skylift_syntax::errors::Errors;
use skylift_syntax::handoff::{AppIndex, Cors, Variable};
use skylift_syntax::span::SourceSpan;
use syn::Ident;

use crate::expansion::expand_with_errors;
use crate::function::tokens::expand_option;
use crate::{compiler, messages, notes, publish};

/// Expands `main!()` with this input.
pub(crate) fn expand(input: &TokenStream) -> TokenStream {
    expand_with_errors(|errors| {
        let here = SourceSpan::from_token(Span::call_site());
        if !input.is_empty() {
            errors.push(&SourceSpan::from_tokens(input), messages::main_with_arguments());
        }
        if compiler::compiles_library() && !compiler::compiles_doctest() {
            errors.push(&here, messages::main_in_library());
            return None;
        }
        let main = match notes::read_index() {
            Some(Ok(index)) => expand_main(&index, &here, errors),
            Some(Err(error)) => {
                notes::report_handoff_error(&error, &here, errors);
                None
            }
            None => {
                notes::report_missing_step(&here, errors);
                None
            }
        };
        // Without a `main`, rustc would report that it is missing.
        Some(main.unwrap_or_else(|| {
            quote!(
                fn main() {}
            )
        }))
    })
}

/// Expands to the environment variables of one environment.
fn expand_variables(variables: &[Variable]) -> TokenStream {
    let names = variables.iter().map(|variable| &variable.name);
    let values = variables.iter().map(|variable| match &variable.value {
        Some(value) => quote!(::core::option::Option::Some(#value)),
        None => quote!(::core::option::Option::None),
    });
    quote!(&[#((#names, #values)),*])
}

/// Expands to the `main` of the binary, and publishes the outputs if the binary is being linked. `here` is the
/// span of the macro's call. Returns `None` after an error was recorded.
fn expand_main(index: &AppIndex, here: &SourceSpan, errors: &mut Errors) -> Option<TokenStream> {
    // The functions of an example are not part of the application, and report so.
    if !compiler::compiles_example() {
        for problem in &index.problems {
            errors.push(here, problem);
        }
    }
    if compiler::linked_binary().is_some()
        && let Some(other) = notes::other_package(&index.package)
    {
        errors.push(here, messages::build_step_of_other_package(&other));
    }
    let binary = std::env::var("CARGO_BIN_NAME").unwrap_or_default();
    if errors.is_empty()
        && let (Some(outputs), Some(step_folder)) = (&index.outputs, notes::step_folder())
        && let Err(message) =
            publish::publish_outputs(outputs, &index.package, &step_folder, &binary)
    {
        errors.push(here, message);
    }
    if !errors.is_empty() {
        return None;
    }
    let skylift = notes::runtime_path(&index.facade);
    let package = notes::package_name();
    let handlers = index.handlers.iter().filter(|it| it.binary == binary).map(|it| &it.name);
    let default = (DEFAULT_ENVIRONMENT, expand_variables(&index.variables));
    let others = index.environments.iter();
    let others = others.map(|(name, variables)| (name.as_str(), expand_variables(variables)));
    let (names, values): (Vec<&str>, Vec<TokenStream>) =
        std::iter::once(default).chain(others).unzip();
    let cors = expand_cors(index, &skylift);
    // The linker drops a library that nothing refers to, and with it the functions in it.
    let library = index.library.as_ref().map(|library| {
        let library = Ident::new(library, Span::call_site());
        quote!(const _: () = { extern crate #library as _; };)
    });
    // Within a function, `self::main` is another `main` than the one below, which nothing would call. The examples of
    // the documentation are all within a function.
    let check = (!compiler::compiles_doctest()).then(|| {
        let check = quote!(#skylift::__private::check_main(self::main));
        quote!(const _: () = #check;)
    });
    Some(quote! {
        #library
        #check
        fn main() -> ::std::process::ExitCode {
            #skylift::__private::run(#skylift::__private::AppEntry {
                package: #package,
                binary: #binary,
                handlers: &[#(#handlers),*],
                variables: #skylift::__private::local_variables!(#((#names, #values)),*),
                cors: #cors,
            })
        }
    })
}

/// Expands to the settings of CORS of the application's API, for the local host.
fn expand_cors(index: &AppIndex, skylift: &TokenStream) -> TokenStream {
    let Some(cors) = &index.cors else { return quote!(::core::option::Option::None) };
    let Cors { origins, methods, headers, expose, max_age, credentials } = cors;
    let max_age = expand_option(*max_age);
    quote! {
        #skylift::__private::local_cors!(::core::option::Option::Some(#skylift::__private::CorsEntry {
            origins: &[#(#origins),*],
            methods: &[#(#methods),*],
            headers: &[#(#headers),*],
            expose: &[#(#expose),*],
            max_age: #max_age,
            credentials: #credentials,
        }))
    }
}
