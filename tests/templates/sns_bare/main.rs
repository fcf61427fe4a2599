use skylift::prelude::*;

/// Handles the messages of the topic that the trigger creates.
#[function(trigger = sns)]
async fn notify(event: SnsRecord) -> Result<(), Error> {
    println!("{}", event.sns.message);
    Ok(())
}

skylift::main!();
