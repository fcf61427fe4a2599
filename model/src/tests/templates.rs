//! Tests of resources that environment variables name, which only packages without templates have.

use super::{existing, found, function, problem};
use crate::aws::name::EnvKey;
use crate::location::PlaceInItem;
use crate::resource::queue::Queue;
use crate::resource::{Existing, Resource, ResourceSettings};
use crate::{App, AppParts};

fn jobs() -> Resource {
    let variable = Existing::Env(EnvKey::try_from("JOBS_URL").unwrap());
    existing("Jobs", ResourceSettings::Queue(Queue::default()), variable)
}

fn app(without_templates: bool) -> App {
    let (functions, resources) = (vec![function("f")], vec![jobs()]);
    App::new(AppParts { without_templates, functions, resources, ..AppParts::default() })
}

#[test]
fn a_variable_names_a_resource_only_without_templates() {
    assert_eq!(found(&app(true)), []);
    let (_, at, message, help) = problem(&app(false));
    assert_eq!(at, PlaceInItem::key("existing"));
    assert!(message.starts_with("`env(\"JOBS_URL\")` names a resource that another"), "{message}");
    assert!(help.ends_with("write `templates = false` in `[package.metadata.skylift]`"), "{help}");
}

#[test]
fn a_resource_is_found_through_the_variable_that_names_it() {
    assert_eq!(jobs().variable_name(), "JOBS_URL");
    assert_eq!(Resource { existing: None, ..jobs() }.variable_name(), "JOBS_QUEUE_URL");
    assert_eq!(jobs().physical_name(), None);
}
