//! Checks that a resource that an environment variable names is in a package without templates: a template cannot read the
//! environment of functions.

use crate::App;
use crate::messages::application as messages;
use crate::problem::{ItemIndex, PlaceInItem, Problems};
use crate::resource::Existing;

pub(super) fn check(app: &App, problems: &mut Problems) {
    for (index, resource) in app.resources.iter().enumerate() {
        if let Some(Existing::Env(variable)) = &resource.existing
            && !app.without_templates
        {
            let message = messages::variable_beside_templates(variable.as_str());
            problems.push(ItemIndex::Resource(index), PlaceInItem::key("existing"), message);
        }
    }
}
