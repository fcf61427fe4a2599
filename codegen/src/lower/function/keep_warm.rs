//! The pings that keep a function warm. One at a time is a schedule like any other. Several are targets
//! of one rule, so that they come at the same moment; SAM's event has one target, and so that rule and
//! its permission stand beside the function in both templates, under the ids of such an event.

use skylift_model::aws::node::{Map, Node};
use skylift_model::{Function, KeepWarm};

use crate::lower::invoke;
use crate::lower::source::{Lowered, Of, rule};
use crate::stack::{Part, Resource, Role};

/// What the event, or the rule, is named: a function has one, whatever else it has.
const STEM: &str = "KeepWarm";

/// Adds the pings.
pub(super) fn lower(pings: &KeepWarm, of: &Of<'_>, to: &mut Lowered) {
    let input = input(of.function);
    let properties = Map::new().with("ScheduleExpression", pings.every.as_str());
    if pings.instances.get() == 1 {
        rule::event(STEM, properties, Some(input), of, to);
        return;
    }
    let arn = || invoke::function_arn(of.function);
    let target = |number: u32| {
        let target = Map::new()
            .with("Id", format!("Ping{number}"))
            .with("Arn", arn())
            .with("Input", input.as_str());
        Node::Map(target)
    };
    let targets: Vec<Node> = (1..=pings.instances.get()).map(target).collect();
    let part = |role| Part::of_function(of.index, role);
    let id = format!("{}{}", of.function.id, to.name(STEM));
    let permission = rule::permission(&id, part(Role::PingPermission), arn());
    let properties = properties.with("Targets", targets);
    to.beside.push(Resource::new(id, "AWS::Events::Rule", part(Role::PingRule), properties));
    to.beside.push(permission);
}

/// What a ping brings: it names the function, so that the runtime knows it for its own.
fn input(function: &Function) -> String {
    let detail = Map::new().with("keep-warm", function.id.as_str());
    let input = Map::new()
        .with("version", "0")
        .with("detail-type", "Scheduled Event")
        .with("source", "aws.events")
        .with("resources", Vec::<Node>::new())
        .with("detail", detail);
    // A tree without intrinsics always has a JSON text.
    serde_json::to_string(&input).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use skylift_model::Settings;

    use super::*;
    use crate::sam::{Stack, fixtures, ids};

    fn warm(id: &str) -> Function {
        Function { keep_warm: Some(fixtures::three_warm()), ..fixtures::function(id) }
    }

    fn found(functions: Vec<Function>) -> ids::Ids {
        let app = fixtures::app(functions, Vec::new());
        ids::check(&app, &Stack::of(&app))
    }

    #[test]
    fn several_pings_have_a_rule_and_a_permission_and_one_is_an_event_of_as_many() {
        let plain = found(vec![fixtures::function("A")]).count;
        assert_eq!(found(vec![warm("A")]).count, plain + 2);
        let mut one = warm("A");
        one.keep_warm = Some(KeepWarm::from(fixtures::three_warm().every));
        assert!(rule(one.keep_warm.as_ref().unwrap(), STEM, &one).is_empty());
        assert_eq!(found(vec![one]).count, plain + 2);
    }

    #[test]
    fn cold_starts_are_counted_where_something_is_done_against_them_or_somebody_says_so() {
        let says = |metric| Settings { cold_start_metric: metric, ..Settings::default() };
        let (silent, plain) = (says(None), fixtures::function("A"));
        assert!(!plain.counts_cold_starts(&silent));
        assert!(plain.counts_cold_starts(&says(Some(true))));
        assert!(warm("A").counts_cold_starts(&silent));
        assert!(!warm("A").counts_cold_starts(&says(Some(false))));
        let mut provisioned = plain;
        provisioned.settings.provisioned_concurrency = Some(fixtures::scaled());
        assert!(provisioned.counts_cold_starts(&silent));
        provisioned.settings.cold_start_metric = Some(false);
        assert!(!provisioned.counts_cold_starts(&says(Some(true))));
    }

    #[test]
    fn an_id_that_the_rule_would_take_from_another_is_found() {
        for id in ["AKeepWarm", "AKeepWarmPermission"] {
            let problems = found(vec![warm("A"), fixtures::function(id)]).problems;
            assert_eq!(problems.len(), 1, "{id}");
            assert!(problems[0].message.contains("ping"), "{}", problems[0].message);
        }
    }

    #[test]
    fn each_ping_is_a_target_of_its_own_and_goes_to_the_alias_where_there_is_one() {
        let targets = |function: &Function| {
            let parts = rule(&fixtures::three_warm(), STEM, function);
            let Node::Map(node) = &parts[0].node else { panic!("a resource") };
            let Some(Node::Map(properties)) = node.get("Properties") else { panic!("properties") };
            let Some(Node::Seq(targets)) = properties.get("Targets") else { panic!("targets") };
            targets.clone()
        };
        let of = |targets: &[Node], key: &str| -> Vec<Node> {
            let value = |target: &Node| match target {
                Node::Map(target) => target.get(key).unwrap().clone(),
                other => panic!("{other:?}"),
            };
            targets.iter().map(value).collect()
        };
        let mut function = warm("A");
        let plain = targets(&function);
        assert_eq!(of(&plain, "Id"), ["Ping1", "Ping2", "Ping3"].map(Node::from));
        assert_eq!(of(&plain, "Arn"), vec![Node::attribute("A", "Arn"); 3]);
        function.settings.provisioned_concurrency = Some(fixtures::scaled());
        assert_eq!(of(&targets(&function), "Arn"), vec![Node::reference("A.Alias"); 3]);
    }
}
