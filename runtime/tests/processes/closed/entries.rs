//! The entries as the macros write them: with absolute paths and without the prelude.
#![no_implicit_prelude]
// The macros do not know what their user imported.
#![allow(unused_qualifications)]
// Handlers are async even if they wait for nothing.
#![allow(clippy::unused_async)]

use ::skylift::__private::{RouteAuth, RouteEntry};
use ::skylift::http::{Authorizer, Claims, JwtClaims, RequestContext};
use ::std::format;
use ::std::string::String;

pub(crate) const HANDLERS: &[&str] = &["me"];

pub(crate) struct Users;

impl Authorizer for Users {
    const ID: &'static str = "Users";
    type Claims = JwtClaims;
}

async fn me(user: ::core::option::Option<Claims<Users>>, context: RequestContext) -> String {
    let who = match user {
        ::core::option::Option::Some(Claims(user)) => format!("{} {}", user.sub, user.exp),
        ::core::option::Option::None => ::std::convert::From::from("nobody"),
    };
    format!("{who} {}", context["authorizer"]["iam"]["userArn"])
}

/// A route that the authorizer protects.
const fn closed(path: &'static str, scopes: &'static [&'static str]) -> RouteEntry {
    RouteEntry::new("GET", path, RouteAuth::Token { authorizer: "Users", scopes })
}

const _: () = {
    #[::skylift::__private::linkme::distributed_slice(::skylift::__private::FUNCTIONS)]
    #[linkme(crate = ::skylift::__private::linkme)]
    static __SKYLIFT_FUNCTION: ::skylift::__private::FunctionEntry =
        ::skylift::__private::FunctionEntry {
            package: "closed",
            id: "Me",
            handler: "me",
            name: ::core::option::Option::None,
            triggers: &[],
            sources: &[],
            timeout: 3,
            deadline_margin: 500,
            batch_concurrency: 10,
            reports_records: false,
            cold_start: ::core::option::Option::None,
            states: &[],
            capabilities: &[],
            idempotent: ::core::option::Option::None,
            make_handler: || {
                ::skylift::__private::http_handler::<_, _, _>(
                    &[
                        closed("/me", &[]),
                        closed("/read", &["read", "admin"]),
                        RouteEntry::new("GET", "/signed", RouteAuth::Iam),
                        RouteEntry::new("GET", "/open", RouteAuth::Open),
                        RouteEntry::new("OPTIONS", "/own", RouteAuth::Open),
                    ],
                    |request: ::skylift::__private::Request| async move {
                        let (mut parts, body) = request.into_parts();
                        let user = match ::skylift::__private::extract_from_head::<
                            ::core::option::Option<Claims<Users>>,
                        >(&mut parts)
                        .await
                        {
                            ::core::result::Result::Ok(user) => user,
                            ::core::result::Result::Err(refusal) => return refusal,
                        };
                        let request = ::skylift::__private::Request::from_parts(parts, body);
                        let context = match ::skylift::__private::extract_with_body::<
                            RequestContext,
                            _,
                        >(request)
                        .await
                        {
                            ::core::result::Result::Ok(context) => context,
                            ::core::result::Result::Err(refusal) => return refusal,
                        };
                        ::skylift::__private::http_response::<String>(
                            me(user, context).await,
                            false,
                        )
                    },
                )
            },
        };
};
