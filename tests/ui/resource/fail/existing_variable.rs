use skylift::prelude::*;

#[resource(queue(existing = env("JOBS_URL")))]
pub struct JobsOfAVariable;

#[resource(topic(existing = env("AWS_REGION")))]
pub struct NewsOfAVariable;

#[resource(bucket(existing = env(BUCKET_NAME)))]
pub struct UploadsOfAVariable;

#[function]
async fn work_of_a_variable(jobs: Sender<JobsOfAVariable>) -> Result<(), Error> {
    let _ = jobs;
    Ok(())
}

fn main() {}
