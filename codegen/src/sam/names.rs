//! The names that the template gives away: of its outputs, and of buckets that have none from the
//! user. It takes the application, and gives a problem for each name that two owners would have.

use std::collections::HashMap;

use skylift_model::App;
use skylift_model::problem::{At, Item, Problems};
use skylift_model::resource::Resource;

use crate::resource::{Emitted, bucket};
use crate::source::http;

/// Finds the names that are taken twice, and those that AWS would refuse. What has the id of another
/// has its output's name as well: nothing more is said of the `clashing`.
pub(super) fn check(app: &App, emitted: &[Emitted], clashing: &[Item], problems: &mut Problems) {
    outputs(app, emitted, clashing, problems);
    buckets(app, problems);
}

fn item(index: usize, resource: &Resource) -> Item {
    resource.owner.map_or(Item::Resource(index), Item::Function)
}

fn outputs(app: &App, emitted: &[Emitted], clashing: &[Item], problems: &mut Problems) {
    let mut taken: HashMap<String, String> = HashMap::new();
    taken.extend(http::output(app).map(|(name, _)| (name, "that of the HTTP API".to_owned())));
    for (index, (resource, emitted)) in app.resources.iter().zip(emitted).enumerate() {
        let id = &resource.id;
        for (name, _) in &emitted.outputs {
            let what = format!("that of `{id}` at {}", resource.origin);
            let Some(other) = taken.get(name) else {
                taken.insert(name.clone(), what);
                continue;
            };
            let item = item(index, resource);
            if !clashing.contains(&item) {
                let message = format!("output `{name}` of `{id}` has the same name as {other}");
                problems
                    .push(item, At::Key("id".to_owned()), message)
                    .help("give it another id: `id = \"…\"`");
            }
        }
    }
}

fn buckets(app: &App, problems: &mut Problems) {
    let mut taken: HashMap<String, &Resource> = HashMap::new();
    for (index, resource) in app.resources.iter().enumerate() {
        let Some(stem) = bucket::computed_stem(resource) else { continue };
        let (item, at) = (item(index, resource), At::Key("id".to_owned()));
        if let Some(why) = bucket::check_stem(&stem) {
            problems.push(item, at.clone(), why).help("give it another id: `id = \"…\"`");
        }
        let Some(other) = taken.get(&stem) else {
            taken.insert(stem, resource);
            continue;
        };
        if other.id != resource.id {
            let message = format!(
                "buckets `{}` and `{}` would both be named `{stem}-…`: S3 knows no capitals (the other is at {})",
                resource.id, other.id, other.origin
            );
            problems.push(item, at, message).help("give one of them another id: `id = \"…\"`");
        }
    }
}
