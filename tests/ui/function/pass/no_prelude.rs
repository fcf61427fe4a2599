#![no_implicit_prelude]
#![forbid(unsafe_code)]
#![deny(warnings)]

#[::skylift::resource(queue)]
pub struct Errands;

#[::skylift::init]
async fn prepares() -> ::core::result::Result<::std::string::String, ::skylift::Error> {
    ::core::result::Result::Ok(::std::string::String::new())
}

#[::skylift::function(trigger = s3, schedule = "rate(5 minutes)")]
async fn without_prelude(
    event: ::skylift::event::S3Event,
) -> ::core::result::Result<(), ::skylift::Error> {
    ::core::mem::drop(event);
    ::core::result::Result::Ok(())
}

#[::skylift::function(trigger = sqs(queue = Errands))]
async fn errand_without_prelude(
    message: ::skylift::event::SqsMessage,
    state: ::skylift::State<::std::string::String>,
    context: ::skylift::Context,
) -> ::core::result::Result<(), ::skylift::Error> {
    ::core::mem::drop((message, state, context));
    ::core::result::Result::Ok(())
}

#[::skylift::function(trigger = http("GET /without/{id}"))]
async fn page_without_prelude(
    ::skylift::http::Path(id): ::skylift::http::Path<::std::string::String>,
) -> ::std::string::String {
    id
}

#[derive(::skylift::Event)]
pub enum Upload {
    Object(::skylift::event::S3Event),
    Tick(::skylift::event::ScheduledEvent),
}

mod served {
    ::skylift::main!();
    pub(crate) const SERVE: fn() -> ::std::process::ExitCode = main;
}

fn main() {
    let _ = served::SERVE;
}
