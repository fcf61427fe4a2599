//! A function behind HTTP routes. Takes the item and its routes, and returns the expression that creates the
//! handler. The parameters are extracted from the request one by one, each by its type, so that the compiler
//! reports a type that cannot be extracted only once, at this type.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::problem::PlaceInItem;
use skylift_model::route::Route;
use skylift_syntax::function::FunctionItem;
use skylift_syntax::handoff::{Note, RouteNote};
use skylift_syntax::span::SourceSpan;

use super::part_types::{expand_extractor, expand_http_output};
use super::tokens::{expand_constructor, local_variable, move_to_span};

/// Expands to the expression that creates the handler of HTTP requests. `note` has the authorization of each route, and
/// `url` says whether the function's URL streams; `None` if it has no URL.
pub(super) fn expand_start(
    item: &FunctionItem,
    routes: &[&Route],
    note: &Note,
    url: Option<bool>,
    skylift: &TokenStream,
) -> TokenStream {
    let routes = routes.iter().enumerate().map(|(index, route)| {
        let auth = expand_auth(note.routes.get(index), skylift);
        let (method, path) = match route {
            Route::Path(method, path) => {
                let (method, path) = (method.as_str(), path.as_str());
                (method, quote!(#path))
            }
            Route::Default => ("ANY", quote!(#skylift::__private::DEFAULT_ROUTE)),
        };
        quote!(#skylift::__private::RouteEntry::new(#method, #path, #auth))
    });
    let (ident, output) = (&item.signature.ident, expand_http_output(item, skylift));
    let types: Vec<TokenStream> =
        item.signature.params.iter().map(|param| expand_extractor(&param.ty, skylift)).collect();
    let (request, parts, body) =
        (local_variable("request"), local_variable("parts"), local_variable("body"));
    let (answer, is_error) = (local_variable("answer"), local_variable("is_error"));
    let mut values = Vec::new();
    let mut takes = TokenStream::new();
    for (index, ty) in types.iter().enumerate() {
        let value = local_variable(&format!("value{index}"));
        let result = if index + 1 < types.len() {
            quote!(#skylift::__private::extract_from_head::<#ty>(&mut #parts).await)
        } else {
            quote!(#skylift::__private::extract_with_body::<#ty, _>(#skylift::__private::Request::from_parts(#parts, #body)).await)
        };
        takes.extend(quote! {
            let #value = match #result {
                ::core::result::Result::Ok(#value) => #value,
                ::core::result::Result::Err(#request) => return #request,
            };
        });
        values.push(value);
    }
    let split = (!types.is_empty()).then(|| {
        let mutable = (types.len() > 1).then(|| quote!(mut));
        quote!(let (#mutable #parts, #body) = #request.into_parts();)
    });
    // For a future that is not `Send`, the compiler points at the constructor of the handler.
    let respond = quote! {
        |#request: #skylift::__private::Request| async move {
            #split
            #takes
            // Only the type of the output tells whether it is a `Result`: an alias may have any name.
            #[allow(unused_imports)]
            use #skylift::__private::NoHandlerResult as _;
            let #answer = #ident(#(#values),*).await;
            let #is_error = #skylift::__private::MaybeResult(&#answer).is_error();
            #skylift::__private::http_response::<#output>(#answer, #is_error)
        }
    };
    let routes = quote!(&[#(#routes),*]);
    let (name, args) = match url {
        Some(streams) => ("url_handler", quote!(#streams, #routes, #respond)),
        None => ("http_handler", quote!(#routes, #respond)),
    };
    expand_constructor(name, &quote!(_, _, _), &args, ident.span(), skylift)
}

/// Expands to the authorization of a route. A route of an application with errors has none.
fn expand_auth(auth: Option<&RouteNote>, skylift: &TokenStream) -> TokenStream {
    let kind = quote!(#skylift::__private::RouteAuth);
    match auth {
        Some(RouteNote::Iam) => quote!(#kind::Iam),
        Some(RouteNote::Token { authorizer, scopes }) => {
            quote!(#kind::Token { authorizer: #authorizer, scopes: &[#(#scopes),*] })
        }
        Some(RouteNote::Open) | None => quote!(#kind::Open),
    }
}

/// Expands to assertions that the paths of authorizers lead to the ones that the build step found.
pub(super) fn assert_authorizers(
    item: &FunctionItem,
    note: &Note,
    skylift: &TokenStream,
) -> TokenStream {
    let assert = |(at, id): &(PlaceInItem, String)| {
        let path = item.path_at(at)?;
        let id = if id.is_empty() {
            quote!(<#path as #skylift::http::Authorizer>::ID)
        } else {
            quote!(#id)
        };
        let has_id = quote!(#skylift::__private::check_authorizer_id::<#path>(#id));
        let has_id = move_to_span(has_id, &SourceSpan::from_tokens(path));
        Some(quote!(const _: () = #has_id;))
    };
    note.authorizers.iter().filter_map(assert).collect()
}
