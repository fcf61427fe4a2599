//! Folds the HTTP API into SAM's type, for an application whose functions have no events for their routes.

use skylift_model::aws::node::Map;

use crate::stack::Resource;

/// Returns SAM's resource for a resource of the API, and `None` for the stage, which SAM generates.
pub(crate) fn fold_api(resource: &Resource) -> Option<Resource> {
    let body = resource.properties.get("Body")?.clone();
    let properties = Map::new().with("DefinitionBody", body);
    Some(Resource { kind: "AWS::Serverless::HttpApi", properties, ..resource.clone() })
}
