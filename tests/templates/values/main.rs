//% [package.metadata.skylift]
//% overlay = "overlay.yaml"
//% env = { PORT = { overlay = ["Db", "Endpoint.Port"] } }

use skylift::prelude::*;

#[function(
    env(
        HOST = overlay("Db", "Endpoint.Address"),
        MACHINE = overlay("Machine"),
        URL = sub("postgres://${Db.Endpoint.Address}:${Db.Endpoint.Port}/${AWS::StackName}"),
        KEPT = sub("${AWS::Region} ${!Kept}"),
    ),
    allow(actions = ["states:StartExecution"], resources = [overlay("Machine")]),
    allow(actions = ["rds-db:connect"], resources = [
        "arn:${AWS::Partition}:rds-db:${AWS::Region}:${AWS::AccountId}:dbuser:${Db.DbiResourceId}/app",
    ]),
)]
async fn report() -> Result<(), Error> {
    Ok(())
}

skylift::main!();
