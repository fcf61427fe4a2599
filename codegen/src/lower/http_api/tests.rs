use serde_json::json;

use crate::metadata::read_for_test;
use crate::overlay::Overlay;
use crate::stack::Stack;
use crate::testing::{assemble_items, stack_from_source};

fn stack_with_routes(triggers: &str) -> Stack {
    stack_from_source(&format!(
        "#[function({triggers})]\nasync fn take() -> &'static str {{ \"\" }}"
    ))
}

#[test]
fn the_api_has_every_route_with_its_function() {
    let stack = stack_with_routes(
        "trigger = http(\"GET /orders/{id}\"), trigger = http(\"PUT /orders/{id}\"), trigger = http(\"ANY /{path+}\"), trigger = http",
    );
    let api = stack.resource("ServerlessHttpApi");
    assert_eq!(api.kind(), "AWS::ApiGatewayV2::Api");
    assert_eq!(api.property("Body.openapi"), "3.0.1");
    let title = json!({ "title": { "Ref": "AWS::StackName" }, "version": "1.0" });
    assert_eq!(api.property("Body.info"), title);
    let integration = json!({
        "type": "aws_proxy",
        "httpMethod": "POST",
        "uri": { "Fn::Sub": "arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Take.Arn}/invocations" },
        "payloadFormatVersion": "2.0",
    });
    let operation = |parameter: &str| {
        json!({
            "parameters": [{ "name": parameter, "in": "path", "required": true }],
            "responses": {},
            "x-amazon-apigateway-integration": integration,
        })
    };
    let default = json!({
        "isDefaultRoute": true,
        "responses": {},
        "x-amazon-apigateway-integration": integration,
    });
    assert_eq!(
        api.property("Body.paths"),
        json!({
            "/orders/{id}": { "get": operation("id"), "put": operation("id") },
            "/{path+}": { "x-amazon-apigateway-any-method": operation("path+") },
            "$default": { "x-amazon-apigateway-any-method": default },
        })
    );
    let stage = stack.resource("ServerlessHttpApiApiGatewayDefaultStage");
    assert_eq!(stage.kind(), "AWS::ApiGatewayV2::Stage");
    assert_eq!(
        *stage.properties(),
        json!({
            "ApiId": { "Ref": "ServerlessHttpApi" },
            "StageName": "$default",
            "AutoDeploy": true,
            "AccessLogSettings": {
                "DestinationArn": { "Fn::GetAtt": "ServerlessHttpApiAccessLogs.Arn" },
                "Format": stage.property("AccessLogSettings.Format"),
            },
        })
    );
    let (name, output) = stack.outputs().next().unwrap();
    assert_eq!(name, "ApiUrl");
    let url = "https://${ServerlessHttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}";
    assert_eq!(serde_json::to_value(output).unwrap()["Value"], json!({ "Fn::Sub": url }));
}

#[test]
fn an_application_without_routes_has_no_api() {
    let stack = stack_from_source("#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }");
    assert!(stack.api.is_none() && stack.sam_names.is_empty());
}

const ROUTE: &str =
    "#[function(trigger = http(\"GET /a\"))]\nasync fn take() -> &'static str { \"\" }";

fn stack_with(items: &str, settings: &str) -> Stack {
    let metadata = read_for_test(&format!("[http]\n{settings}"));
    assemble_items(items, metadata, &Overlay::default()).stack
}

#[test]
fn requests_are_logged_as_json_without_secrets() {
    let stack = stack_with(ROUTE, "");
    let format = stack
        .resource("ServerlessHttpApiApiGatewayDefaultStage")
        .property("AccessLogSettings.Format");
    let line: serde_json::Value = serde_json::from_str(format.as_str().unwrap()).unwrap();
    assert_eq!(line["requestId"], "$context.requestId");
    assert_eq!(line["status"], "$context.status");
    for secret in ["claims", "header", "query"] {
        assert!(!format.as_str().unwrap().contains(secret), "{secret}");
    }
    let group = stack.resource("ServerlessHttpApiAccessLogs");
    assert_eq!(
        group.property("LogGroupName"),
        json!({ "Fn::Sub": "/aws/vendedlogs/apis/${AWS::StackName}" })
    );
    assert_eq!(group.property("RetentionInDays"), 30);
    let week = stack_with(ROUTE, "access_logs = { retention = 7 }");
    assert_eq!(week.resource("ServerlessHttpApiAccessLogs").property("RetentionInDays"), 7);
    let off = stack_with(ROUTE, "access_logs = false");
    assert!(off.all_resources().all(|it| it.id != "ServerlessHttpApiAccessLogs"));
    let stage = off.resource("ServerlessHttpApiApiGatewayDefaultStage");
    assert_eq!(stage.property("AccessLogSettings"), json!(null));
}

#[test]
fn the_stage_has_limits_and_variables() {
    let items = "#[function(trigger = http(\"GET /a\", throttle(rate = 0.5, burst = 1)), trigger = http(throttle(rate = 7, burst = 2)))]\nasync fn take() -> &'static str { \"\" }";
    let stack = stack_with(
        items,
        "stage = \"prod\"\nvariables = { color = \"blue\" }\nthrottle = { rate = 100, burst = 50 }",
    );
    let stage = stack.resource("ServerlessHttpApiprodStage");
    assert_eq!(stage.property("StageName"), "prod");
    assert_eq!(stage.property("StageVariables"), json!({ "color": "blue" }));
    let limits = |rate: serde_json::Value, burst: u32| json!({ "ThrottlingBurstLimit": burst, "ThrottlingRateLimit": rate });
    assert_eq!(stage.property("DefaultRouteSettings"), limits(json!(100), 50));
    let own = json!({ "GET /a": limits(json!(0.5), 1), "$default": limits(json!(7), 2) });
    assert_eq!(stage.property("RouteSettings"), own);
    let (_, output) = stack.outputs().next().unwrap();
    let url = "https://${ServerlessHttpApi}.execute-api.${AWS::Region}.${AWS::URLSuffix}/prod";
    assert_eq!(serde_json::to_value(output).unwrap()["Value"], json!({ "Fn::Sub": url }));
    assert_eq!(stack.sam_names["ServerlessHttpApi.Stage"], "ServerlessHttpApiprodStage");
}

#[test]
fn the_body_has_the_name_and_cors_of_the_api() {
    let stack = stack_with(
        ROUTE,
        "name = \"shop\"\ndescription = \"Orders\"\ncors = { origins = [\"https://a.example\"], expose = [\"x-b\"], max_age = \"1h\", credentials = true }",
    );
    let body = stack.resource("ServerlessHttpApi").property("Body");
    assert_eq!(body["info"], json!({ "title": "shop", "version": "1.0", "description": "Orders" }));
    let cors = json!({
        "allowOrigins": ["https://a.example"],
        "allowHeaders": ["content-type"],
        "exposeHeaders": ["x-b"],
        "allowMethods": ["GET"],
        "maxAge": 3600,
        "allowCredentials": true,
    });
    assert_eq!(body["x-amazon-apigateway-cors"], cors);
    assert_eq!(
        stack_with(ROUTE, "").resource("ServerlessHttpApi").property("Body.servers"),
        json!(null)
    );
}

#[test]
fn a_domain_leads_to_the_stage() {
    let certificate = "arn:aws:acm:eu-west-1:123456789012:certificate/0a1b";
    let stack = stack_with(
        ROUTE,
        &format!(
            "execute_api = false\n[http.domain]\nname = \"api.shop.example\"\ncertificate = \"{certificate}\"\nbase_path = \"v1\"\nzone = \"shop.example\"\nmutual_tls = {{ truststore = \"s3://acme/trust.pem\" }}"
        ),
    );
    let domain = stack.resource("ServerlessHttpApiDomain");
    assert_eq!(domain.kind(), "AWS::ApiGatewayV2::DomainName");
    assert_eq!(domain.property("DomainName"), "api.shop.example");
    let configuration = json!([{ "CertificateArn": certificate, "EndpointType": "REGIONAL", "SecurityPolicy": "TLS_1_2" }]);
    assert_eq!(domain.property("DomainNameConfigurations"), configuration);
    assert_eq!(
        domain.property("MutualTlsAuthentication"),
        json!({ "TruststoreUri": "s3://acme/trust.pem" })
    );
    assert_eq!(
        *stack.resource("ServerlessHttpApiMapping").properties(),
        json!({
            "ApiId": { "Ref": "ServerlessHttpApi" },
            "DomainName": { "Ref": "ServerlessHttpApiDomain" },
            "Stage": { "Ref": "ServerlessHttpApiApiGatewayDefaultStage" },
            "ApiMappingKey": "v1",
        })
    );
    let record = stack.resource("ServerlessHttpApiRecord");
    assert_eq!(record.property("HostedZoneName"), "shop.example.");
    assert_eq!(record.property("Type"), "A");
    assert_eq!(
        record.property("AliasTarget.DNSName"),
        json!({ "Fn::GetAtt": "ServerlessHttpApiDomain.RegionalDomainName" })
    );
    let server = json!([{ "x-amazon-apigateway-endpoint-configuration": { "disableExecuteApiEndpoint": true } }]);
    assert_eq!(stack.resource("ServerlessHttpApi").property("Body.servers"), server);
    let (_, output) = stack.outputs().next().unwrap();
    assert_eq!(serde_json::to_value(output).unwrap()["Value"], "https://api.shop.example/v1");
    let environment = stack.resource("Take").property("Environment.Variables.SKYLIFT_BASE_PATH");
    assert_eq!(environment, "v1");
    let by_parameter = stack_with(
        ROUTE,
        "[http.domain]\nname = { param = \"Domain\" }\ncertificate = { param = \"Certificate\" }\nzone = \"Z0123\"",
    );
    let (_, output) = by_parameter.outputs().next().unwrap();
    let url = json!({ "Fn::Sub": ["https://${Domain}", { "Domain": { "Ref": "Domain" } }] });
    assert_eq!(serde_json::to_value(output).unwrap()["Value"], url);
    assert_eq!(by_parameter.resource("ServerlessHttpApiRecord").property("HostedZoneId"), "Z0123");
    assert!(
        by_parameter.parameters.get("Domain").is_some()
            && by_parameter.parameters.get("Certificate").is_some()
    );
}

const USERS: &str = "#[resource(authorizer(jwt(issuer = \"https://id.example\", audience = [\"shop\", param(\"Client\")])))]\nstruct Users;\n";

#[test]
fn closed_routes_name_their_authorizer() {
    let items = format!(
        "{USERS}#[function(trigger = http(\"GET /a\", auth = Users, scopes = [\"read\"]), trigger = http(\"GET /b\", auth = iam), trigger = http(\"GET /c\", auth = none), trigger = http(\"GET /d\"))]\nasync fn take() -> &'static str {{ \"\" }}"
    );
    let stack = stack_with(&items, "auth = \"Users\"");
    let body = stack.resource("ServerlessHttpApi").property("Body");
    let security = |path: &str| body["paths"][path]["get"]["security"].clone();
    assert_eq!(security("/a"), json!([{ "Users": ["read"] }]));
    assert_eq!(security("/b"), json!([{ "AWS_IAM": [] }]));
    assert_eq!(security("/c"), json!(null));
    assert_eq!(security("/d"), json!([{ "Users": [] }]));
    assert_eq!(
        body["components"]["securitySchemes"],
        json!({
            "Users": {
                "type": "oauth2",
                "x-amazon-apigateway-authorizer": {
                    "jwtConfiguration": {
                        "issuer": "https://id.example",
                        "audience": ["shop", { "Ref": "Client" }],
                    },
                    "identitySource": "$request.header.Authorization",
                    "type": "jwt",
                },
            },
            "AWS_IAM": {
                "type": "apiKey",
                "name": "Authorization",
                "in": "header",
                "x-amazon-apigateway-authtype": "awsSigv4",
            },
        })
    );
    assert!(stack.parameters.get("Client").is_some());
    let mut events = stack.functions.into_iter().next().unwrap().events.into_iter();
    let mut next = || {
        let event = events.next().unwrap();
        serde_json::to_value((event.fold)(event).properties).unwrap()
    };
    let users = json!({ "Authorizer": "Users", "AuthorizationScopes": ["read"] });
    assert_eq!(next()["Auth"], users);
    assert_eq!(next()["Auth"], json!({ "Authorizer": "AWS_IAM" }));
    assert_eq!(next().get("Auth"), None);
    assert_eq!(next()["Auth"], json!({ "Authorizer": "Users" }));
}

#[test]
fn the_build_names_the_routes_that_anyone_can_call() {
    let warnings = |items: &str, settings: &str, overlay: &Overlay| {
        let assembled = assemble_items(items, read_for_test(settings), overlay);
        let all = assembled.warnings.iter().map(|it| it.text.clone());
        all.chain(assembled.default_warnings.iter().map(|it| it.message.text.clone()))
            .collect::<Vec<_>>()
    };
    let none = Overlay::default();
    assert_eq!(warnings(ROUTE, "", &none), ["anyone can call `GET /a`"]);
    assert_eq!(warnings(ROUTE, "[http]\nauth = \"none\"", &none), [""; 0]);
    let overlay = crate::overlay::read_for_test(
        "Globals:\n  HttpApi:\n    Auth:\n      EnableIamAuthorizer: true\n",
    );
    assert_eq!(warnings(ROUTE, "", &overlay), [""; 0]);
    let direct = "#[function]\nasync fn take() -> Result<(), Error> { Ok(()) }";
    assert_eq!(warnings(direct, "", &none), [""; 0]);
    assert_eq!(
        warnings(direct, "[http]\nname = \"shop\"", &none),
        ["no function has a route, so there is no HTTP API that has these settings"]
    );
}

#[test]
fn a_setting_of_the_api_is_in_one_place() {
    let errors = |settings: &str, globals: &str| {
        let overlay = format!("Globals:\n  HttpApi:\n    {globals}\n");
        let overlay = crate::overlay::read_for_test(&overlay);
        let metadata = read_for_test(&format!("[http]\n{settings}"));
        let assembled = crate::testing::assemble_unchecked_with(ROUTE, metadata, &overlay);
        assembled.errors.iter().map(|it| it.message.text.clone()).collect::<Vec<_>>()
    };
    let cors = "CorsConfiguration: { AllowOrigins: [\"*\"] }";
    assert_eq!(
        errors("cors = { origins = [\"*\"] }", cors),
        ["`CorsConfiguration` of `Globals.HttpApi` is set by `http.cors` in Cargo.toml as well"]
    );
    assert_eq!(errors("auth = \"none\"", cors), [""; 0]);
    let auth = "Auth: { EnableIamAuthorizer: true }";
    assert_eq!(errors("auth = \"none\"", auth), [""; 0]);
    assert_eq!(errors("auth = \"iam\"", auth).len(), 1);
    let logs = "AccessLogSettings: { DestinationArn: \"arn\", Format: \"$context.requestId\" }";
    assert_eq!(errors("access_logs = true", logs).len(), 1);
    assert_eq!(errors("", logs), [""; 0]);
    let overlay = crate::overlay::read_for_test(&format!("Globals:\n  HttpApi:\n    {logs}\n"));
    let stack = assemble_items(ROUTE, read_for_test(""), &overlay).stack;
    assert!(stack.all_resources().all(|it| it.id != "ServerlessHttpApiAccessLogs"));
}
