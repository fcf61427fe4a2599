//! The operations on the queue of a function that resumes are the granted ones.

use std::collections::BTreeSet;

use skylift_model::resume::SEND_CALL;

use super::*;
use crate::aws::testing::FakeResponse;
use crate::resource::grants::{MethodRuns, run_method};

#[test]
fn the_only_operation_on_the_queue_is_sending() {
    enum Import {}

    impl ResumeSettings for Import {
        const FUNCTION: &'static str = "Import";
        const QUEUE: &'static str = "ImportResume";
        const VARIABLE: &'static str = "IMPORT_RESUME_QUEUE_URL";
        const HOPS: u32 = 1;
        const UNATTENDED: bool = false;
    }

    let mut runs = MethodRuns::new(|_| FakeResponse::ok("{}"));
    let client = aws_sdk_sqs::Client::new(&runs.server.config());
    let queue = Queue::<Import>::new(SdkConnection { client, name: "the-name".into() });
    block_on(async {
        run_method!(runs, queue, send("{}".to_owned(), ("r", 1), Duration::from_secs(10)));
    });
    assert_eq!(runs.operations(), BTreeSet::from([SEND_CALL.operation.to_owned()]));
    runs.check_methods(&[&include_str!("../queue.rs").replace("pub(crate) ", "pub ")]);
}
