use super::{assert_right, assert_wrong};
use crate::testing::problems_of;

/// Returns the source of an `#[init]` that builds `built`, and of a handler that takes `State<taken>`.
fn application(built: &str, taken: &str) -> String {
    format!(
        "use std::sync::Arc;
        pub struct A; pub struct B; pub struct Of<T>(T); type Alias = A;
        #[init] async fn start() -> Result<{built}, Error> {{ loop {{}} }}
        #[function] async fn show(id: String, State(a): State<{taken}>) -> Result<(), Error> {{ Ok(()) }}"
    )
}

#[test]
fn a_state_that_init_builds_is_right() {
    for (built, taken) in [
        ("A", "A"),
        ("A", "Alias"),
        ("Alias", "crate::A"),
        ("Arc<A>", "std::sync::Arc<A>"),
        ("Of<A>", "Of<Alias>"),
        ("u32", "u32"),
        // Two paths of other crates can name one type.
        ("sqlx::PgPool", "sqlx::Pool<sqlx::Postgres>"),
        ("A", "other::Alias<A>"),
        ("made!()", "A"),
        ("Unseen", "A"),
        ("tokio::sync::Mutex<A>", "tokio::sync::Mutex<Alias>"),
        ("tokio::sync::Mutex<A>", "other::Mutex<A>"),
        ("A", "Unseen"),
    ] {
        assert_right(&application(built, taken));
    }
}

#[test]
fn a_state_that_init_does_not_build_is_an_error_at_the_parameter() {
    for (built, taken, expected) in [
        (
            "A",
            "B",
            "param 1: no `#[init]` builds `B`: `start` builds `A`\n\nhelp: take `State<A>`, or return `B` from `start`",
        ),
        (
            "A",
            "Arc<A>",
            "param 1: no `#[init]` builds `Arc<A>`: `start` builds `A`\n\nhelp: write `State<A>`: a state is shared already",
        ),
        (
            "Arc<A>",
            "A",
            "param 1: no `#[init]` builds `A`: `start` builds `Arc<A>`\n\nhelp: return `A` from `start`: a state is shared already",
        ),
        ("A", "u32", "param 1: no `#[init]` builds `u32`"),
        ("u32", "u64", "param 1: no `#[init]` builds `u64`"),
        ("A", "Option<A>", "param 1: no `#[init]` builds `Option<A>`"),
        ("Of<A>", "Of<B>", "param 1: no `#[init]` builds `Of<B>`"),
        ("A", "(A, B)", "param 1: no `#[init]` builds `(A, B)`"),
        ("A", "reqwest::Client", "param 1: no `#[init]` builds `reqwest::Client`"),
        ("sqlx::PgPool", "A", "param 1: no `#[init]` builds `A`"),
        ("()", "A", "param 1: no `#[init]` builds `A`: `start` builds `()`"),
        (
            "tokio::sync::Mutex<A>",
            "A",
            "param 1: no `#[init]` builds `A`: `start` builds `tokio::sync::Mutex<A>`",
        ),
        ("parking_lot::RwLock<A>", "std::sync::RwLock<A>", "param 1: no `#[init]` builds"),
        ("tokio::sync::Mutex<A>", "tokio::sync::Mutex<B>", "param 1: no `#[init]` builds"),
        ("[u8; 3]", "[u8; 4]", "param 1: no `#[init]` builds `[u8; 4]`"),
    ] {
        assert_wrong(&application(built, taken), expected);
    }
}

#[test]
fn each_state_of_a_handler_is_compared() {
    assert_wrong(
        "pub struct A; pub struct B; type Fallible<T> = Result<T, Error>;
        #[init] async fn start() -> Fallible<A> { loop {} }
        #[function(trigger = http(\"GET /\"))] async fn show(a: State<A>, b: State<B>) -> String {}",
        "param 1: no `#[init]` builds `B`: `start` builds `A`",
    );
}

#[test]
fn states_are_compared_across_library_and_binary() {
    let library = "pub struct A; pub struct B;";
    let handler = |taken: &str| {
        format!(
            "use app::A; use app::B as Other;
            #[init] async fn start() -> Result<A, Error> {{ loop {{}} }}
            #[function] async fn show(id: String, a: State<{taken}>) -> Result<(), Error> {{ Ok(()) }}"
        )
    };
    assert_eq!(problems_of(&handler("app::A"), Some(library)), [""; 0]);
    assert_eq!(problems_of(&handler("Other"), Some(library)).len(), 1);
    let library = "pub struct A; #[init] async fn start() -> Result<A, Error> { loop {} }";
    let show = |taken: &str| {
        format!(
            "#[function] async fn show(id: String, a: State<{taken}>) -> Result<(), Error> {{ Ok(()) }} struct A;"
        )
    };
    assert_eq!(problems_of(&show("app::A"), Some(library)), [""; 0]);
    assert_eq!(problems_of(&show("A"), Some(library)).len(), 1, "another type of the same name");
}
