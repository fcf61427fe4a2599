//! Checks views: the resource that a view is a part of, and the places that name a view.

use std::collections::HashMap;

use crate::App;
use crate::function::Requirement;
use crate::location::{ItemIndex, PlaceInItem};
use crate::message::Message;
use crate::messages::views as messages;
use crate::problem::Problems;
use crate::resource::table::KeyType;
use crate::resource::view::{self, View, ViewPart};
use crate::resource::{Resource, ResourceSettings};

/// Checks that the tables of views have the keys that a view needs. Another check finds that the resource is declared, of
/// the right kind and no view.
pub(super) fn check(app: &App, problems: &mut Problems) {
    check_names(app, problems);
    for (index, resource) in app.resources.iter().enumerate() {
        let Some(View { of, part: ViewPart::Key(_) }) = &resource.view else { continue };
        let whole = app.whole(resource);
        let ResourceSettings::Table(table) = &whole.settings else { continue };
        if whole.view.is_some() {
            continue;
        }
        let message = if table.key.kind != KeyType::String {
            let kind = match table.key.kind {
                KeyType::Number => "a number",
                KeyType::String | KeyType::Binary => "bytes",
            };
            messages::key_of_another_type(of, kind, &whole.origin)
        } else if table.sort.is_none() {
            messages::table_without_sort_key(of, &whole.origin)
        } else {
            continue;
        };
        problems.push(ItemIndex::Resource(index), PlaceInItem::key(view::OF), message);
    }
}

/// Checks that no other resource has the name or the id of a view. A view is not in the template, whose ids are compared
/// elsewhere.
fn check_names(app: &App, problems: &mut Problems) {
    let mut by_name: HashMap<&str, &Resource> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let names = [resource.ident.as_str(), resource.id.as_str()];
        let is_same = |other: &&&Resource| other.view.is_some() || resource.view.is_some();
        let other = names.iter().find_map(|name| by_name.get(name).filter(is_same));
        if let Some(other) = other {
            let message = messages::name_of_view_taken(&resource.ident, &other.origin);
            problems.push(ItemIndex::Resource(index), PlaceInItem::Name, message);
        }
        for name in names {
            by_name.entry(name).or_insert(resource);
        }
    }
}

/// Returns the message about a place that names a view and has to name its resource. Returns `None` if the resource is no
/// view, or if the place is a capability.
pub(super) fn check_use(
    app: &App,
    item: ItemIndex,
    at: &PlaceInItem,
    resource: &Resource,
    requirement: Requirement,
) -> Option<Message> {
    let View { of, part } = resource.view.as_ref()?;
    let (ident, origin) = (resource.ident.as_str(), &resource.origin);
    let kind = app.whole(resource).kind().as_str();
    match (requirement, item, at) {
        (Requirement::Access(_), ..) => None,
        (_, ItemIndex::Resource(_), PlaceInItem::Key(key)) if key == view::OF => {
            Some(messages::view_of_view(ident, of, origin))
        }
        (Requirement::Kind(_), _, PlaceInItem::TriggerKey(..)) => {
            let filter = match part {
                ViewPart::Prefix(prefix) => format!("write `prefix = \"{}\"`", prefix.as_str()),
                ViewPart::Key(_) => "give the trigger `filters` on the key".to_owned(),
            };
            Some(messages::trigger_on_view(ident, kind, of, origin, &filter))
        }
        _ => Some(messages::view_elsewhere(ident, kind, of, origin)),
    }
}
