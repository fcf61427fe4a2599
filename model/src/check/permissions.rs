//! Checks that the resources that `allow` names by their structs are of a service that the actions are about.

use crate::App;
use crate::aws::iam_statement::find_other_service;
use crate::aws::value::CfnValue;
use crate::problem::{ItemIndex, PlaceInItem, Problems};

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, function) in app.functions.iter().enumerate() {
        for (statement, allow) in function.settings.allow.iter().enumerate() {
            let actions: Vec<&str> = allow.actions.iter().map(String::as_str).collect();
            for (resource, value) in allow.resources.iter().enumerate() {
                let CfnValue::Resource(ident) = value else { continue };
                let Some(declared) = app.resource(ident) else { continue };
                let service = declared.kind().arn_service();
                if let Some(message) = find_other_service(&actions, service) {
                    let at = PlaceInItem::Allow { statement, resource };
                    problems.push(ItemIndex::Function(index), at, message);
                }
            }
        }
    }
}
