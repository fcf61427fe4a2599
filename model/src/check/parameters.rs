//! Checks the content of template parameters: all uses of a parameter need a content that can be the same, and the
//! default and the allowed values of a declared parameter are such a content.

use std::collections::HashMap;

use crate::App;
use crate::app::PlaceOfUse;
use crate::aws::name::ParameterName;
use crate::aws::parameter_content::ParameterContent;
use crate::location::{ItemIndex, PlaceInItem};
use crate::messages::application as messages;
use crate::problem::Problems;

/// Checks the uses of all template parameters, and the limits of those that are numbers.
pub(super) fn check(app: &App, problems: &mut Problems) {
    check_limits(app, problems);
    for (index, resource) in app.resources.iter().enumerate() {
        if let Some((key, message)) = resource.settings.check_parameters() {
            problems.push(ItemIndex::Resource(index), PlaceInItem::key(key), message);
        }
    }
    let mut known: HashMap<ParameterName, (ParameterContent, PlaceOfUse<'_>)> = HashMap::new();
    for used in app.parameter_uses() {
        let Some(content) = used.content else { continue };
        let Some((other, first)) = known.get_mut(&used.name) else {
            check_declaration(app, used.name.as_str(), content, &used.at, problems);
            known.insert(used.name, (content, used.at));
            continue;
        };
        match other.narrow(content) {
            Some(narrow) => *other = narrow,
            None => {
                let message = messages::parameter_of_two_contents(
                    used.name.as_str(),
                    &content.noun(),
                    &other.noun(),
                    first.origin,
                );
                problems.push(used.at.item, used.at.at, message);
            }
        }
    }
}

/// Reports `min` and `max` of a declared parameter that its uses do not allow.
fn check_limits(app: &App, problems: &mut Problems) {
    for parameter in &app.parameters {
        let (name, noun) = (parameter.name.as_str(), parameter.content.map(|it| it.noun()));
        let Some(noun) = noun.filter(|_| parameter.min.is_some() || parameter.max.is_some()) else {
            continue;
        };
        let (least, most) = parameter.content.and_then(|it| it.bounds()).unzip();
        let fits = |limit: Option<u32>, bound| limit.is_none_or(|limit| bound == Some(limit));
        let is_list = parameter.content.is_some_and(|it| it.numbers().is_some());
        if is_list || !fits(parameter.min, least) || !fits(parameter.max, most) {
            let at = PlaceInItem::Property(name.to_owned());
            problems.push_for_defaults(at, messages::parameter_limits_do_not_fit(name, &noun));
        }
    }
}

/// Reports the default or an allowed value of a declared parameter that cannot be this content.
fn check_declaration(
    app: &App,
    name: &str,
    content: ParameterContent,
    at: &PlaceOfUse<'_>,
    problems: &mut Problems,
) {
    let Some(declared) = app.parameters.iter().find(|it| it.name.as_str() == name) else { return };
    let default = declared.default.iter().map(|value| ("default", value));
    let allowed = declared.allowed.iter().map(|value| ("allowed", value));
    if let Some((key, value)) = default.chain(allowed).find(|(_, value)| !content.accepts(value)) {
        let place = PlaceInItem::Property(name.to_owned());
        let noun = content.noun();
        let message = messages::parameter_value_invalid(name, key, value, &noun, at.origin);
        problems.push_for_defaults(place, message);
    }
}
