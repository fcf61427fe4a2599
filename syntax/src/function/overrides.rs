//! The settings of an environment: values that replace those of one function or of all functions. An environment
//! changes values alone, so that one template has the resources of all environments.

use skylift_model::aws::function_keys;

use super::settings::SettingsScope;
use super::{FunctionItem, idempotent, keep_warm, resume};
use crate::errors::Errors;
use crate::messages;
use crate::source;
use crate::tree::{ArgKey, ArgValue, ArgValueKind, Args};

/// The keys that can have another value in each environment, for one function or for all.
const KEYS: [&str; 12] = [
    function_keys::MEMORY.name,
    function_keys::TIMEOUT.name,
    function_keys::EPHEMERAL_STORAGE.name,
    function_keys::RETRIES.name,
    function_keys::MAX_EVENT_AGE.name,
    function_keys::LOG_RETENTION,
    function_keys::LOG_LEVEL.name,
    function_keys::SYSTEM_LOG_LEVEL.name,
    function_keys::ENV.name,
    function_keys::TAGS.name,
    function_keys::VPC.name,
    function_keys::ALARMS,
];

/// The key for the schedules of a function.
const SCHEDULE: &str = "schedule";

/// The further keys that can have another value in each environment for one function.
const KEYS_OF_ONE_FUNCTION: [&str; 3] = [
    function_keys::RESERVED_CONCURRENCY.name,
    function_keys::PROVISIONED_CONCURRENCY.name,
    SCHEDULE,
];

/// The keys of a schedule in the settings of an environment.
const EXPRESSION: &str = "expression";
const ENABLED: &str = "enabled";

/// The key of `alarms` with the topics, which are resources.
const TOPICS: &str = "to";

/// Checks the keys of the settings of an environment: each sets a value. `owner` is the table with the settings, and
/// `fixed` are further keys that are the same in every environment.
pub fn check_override_keys(
    args: &Args,
    scope: SettingsScope,
    owner: &str,
    fixed: &[&'static str],
    errors: &mut Errors,
) {
    let mut allowed = KEYS.to_vec();
    let mut of_one_function: &[&str] = &KEYS_OF_ONE_FUNCTION;
    if scope == SettingsScope::Function {
        allowed.extend(KEYS_OF_ONE_FUNCTION);
        of_one_function = &[];
    }
    let (rest, keys) = args.split_off_keys(of_one_function);
    for key in keys {
        errors.push(&key.span, messages::override_of_one_function(&key.text, owner));
    }
    let mut fixed = fixed.to_vec();
    fixed.extend(fixed_keys().filter(|key| !allowed.contains(key)));
    let (rest, keys) = rest.split_off_keys(&fixed);
    for key in keys {
        errors.push(&key.span, messages::same_in_every_environment(&key.text, &allowed));
    }
    rest.read_all(owner, errors, |rest, errors| {
        for key in allowed {
            let check = |value: &ArgValue, errors: &mut Errors| {
                check_value(key, value, errors);
                Some(())
            };
            rest.take(key, check, errors);
        }
    });
}

/// Returns the keys of functions that are no values of their settings, or that the program contains.
fn fixed_keys() -> impl Iterator<Item = &'static str> {
    let own = ["id", "properties", "cold_start_metric", "deadline_margin"];
    let keys = [keep_warm::KEY, idempotent::KEY, resume::KEY];
    let of_functions = function_keys::ALL.iter().map(|key| key.name);
    own.into_iter().chain(keys).chain(of_functions).chain(source::trigger_keys())
}

/// Checks that a value of an environment is no template parameter, and names no resource.
fn check_value(key: &str, value: &ArgValue, errors: &mut Errors) {
    match &value.kind {
        ArgValueKind::Call(name, _) if name.text == "param" => {
            errors.push(&value.span, messages::parameter_of_environment());
        }
        ArgValueKind::Call(_, args) => {
            let (_, topics) = args.split_off_keys(&[TOPICS]);
            for topic in topics.iter().filter(|_| key == function_keys::ALARMS) {
                errors.push(&topic.span, messages::topics_of_environment());
            }
            for value in args.values() {
                check_value("", value, errors);
            }
        }
        ArgValueKind::List(items) => {
            for item in items {
                check_value("", item, errors);
            }
        }
        _ => {}
    }
}

impl FunctionItem {
    /// Replaces settings of the function by those of an environment.
    pub fn override_settings(&mut self, overrides: &Args, errors: &mut Errors) {
        let (settings, _) = overrides.split_off_keys(&[SCHEDULE]);
        self.args = self.args.override_with(&settings);
        overrides.take(
            SCHEDULE,
            |value, errors| {
                self.override_schedules(value, errors);
                Some(())
            },
            errors,
        );
    }

    /// Replaces the schedules of the function by those of an environment: the only one, or all in the order of the
    /// attribute.
    fn override_schedules(&mut self, value: &ArgValue, errors: &mut Errors) {
        let keys = source::trigger_keys();
        let overrides = match &value.kind {
            ArgValueKind::List(items) => items.as_slice(),
            _ => std::slice::from_ref(value),
        };
        let mut count = 0;
        self.args.replace_each(&keys, |key, value| {
            count += usize::from(find_schedule(key, value).is_some());
            None
        });
        if count != overrides.len() {
            let name = self.signature.ident.to_string();
            errors.push(&value.span, messages::other_number_of_schedules(&name, count));
            return;
        }
        let mut overrides = overrides.iter();
        self.args.replace_each(&keys, |key, value| {
            let mut args = find_schedule(key, value)?;
            override_schedule(&mut args, overrides.next()?, errors);
            let name = |text: &str| ArgKey { text: text.to_owned(), span: key.span.clone() };
            let kind = ArgValueKind::Call(name(SCHEDULE), args);
            Some((name(source::TRIGGER), ArgValue { kind, span: value.span.clone() }))
        });
    }
}

/// Returns the arguments of a trigger that is a schedule, as `schedule(…)` has them.
fn find_schedule(key: &ArgKey, value: &ArgValue) -> Option<Args> {
    match &value.kind {
        ArgValueKind::Call(name, args) if key.text != SCHEDULE && name.text == SCHEDULE => {
            Some(args.clone())
        }
        ArgValueKind::Call(..) => None,
        _ if key.text == SCHEDULE => {
            let mut args = Args::empty(value.span.clone());
            args.push(None, value.clone());
            Some(args)
        }
        _ => None,
    }
}

/// Replaces the expression of a schedule, and whether it is on.
fn override_schedule(args: &mut Args, value: &ArgValue, errors: &mut Errors) {
    let mut set = |key: &ArgKey, value: &ArgValue| {
        if key.text == EXPRESSION {
            args.replace_first_keyless(value.clone());
        } else {
            let mut changed = Args::empty(args.span.clone());
            changed.push(Some(key.clone()), value.clone());
            *args = args.override_with(&changed);
        }
    };
    let mut entries: Vec<(ArgKey, ArgValue)> = Vec::new();
    match &value.kind {
        ArgValueKind::Str(_) => {
            let key = ArgKey { text: EXPRESSION.to_owned(), span: value.span.clone() };
            entries.push((key, value.clone()));
        }
        ArgValueKind::Map(map) => entries.clone_from(map),
        ArgValueKind::Call(_, args) => args.read_all(SCHEDULE, errors, |args, errors| {
            let written = args.take_entries(SCHEDULE, errors).into_iter();
            entries.extend(written.map(|(key, value)| (key.clone(), value.clone())));
        }),
        _ => errors.push(&value.span, messages::not_a_schedule(&value.describe())),
    }
    for (key, value) in &entries {
        match key.text.as_str() {
            EXPRESSION | ENABLED => set(key, value),
            other => {
                let message = messages::unknown_key_of_schedule(other, &[EXPRESSION, ENABLED]);
                errors.push(&key.span, message);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::source::Trigger;

    use super::*;
    use crate::function::FunctionDefinition;
    use crate::tree::parse_args;

    /// Reads a function with this attribute in an environment with these settings. Returns its definition or the first
    /// error.
    fn read(attribute: &str, overrides: &str) -> Result<FunctionDefinition, String> {
        let mut errors = Errors::new();
        let overrides = parse_args(overrides.parse().unwrap(), &mut errors);
        check_override_keys(&overrides, SettingsScope::Function, "take", &[], &mut errors);
        let item = "async fn take() -> Result<(), Error> { Ok(()) }".parse().unwrap();
        let item = FunctionItem::parse(attribute.parse().unwrap(), item, &mut errors);
        let mut item = item.unwrap();
        item.override_settings(&overrides, &mut errors);
        let definition = item.read(&mut errors);
        match errors.into_diagnostics().first() {
            Some(error) => Err(error.full()),
            None => Ok(definition.unwrap()),
        }
    }

    fn schedules(attribute: &str, overrides: &str) -> Vec<(String, bool)> {
        let triggers = read(attribute, overrides).unwrap().triggers.into_iter();
        triggers
            .filter_map(|trigger| match trigger {
                Trigger::Schedule(it) => {
                    Some((it.expression.known().unwrap().as_str().to_owned(), it.enabled))
                }
                _ => None,
            })
            .collect()
    }

    #[test]
    fn values_replace_those_of_the_attribute() {
        let settings = read(
            r#"memory = 128, retries = 1, env(LOG = "info", STAGE = "a"), alarms(errors = 1, to = Pager)"#,
            r#"memory = 512, timeout = "1m", env(LOG = "warn"), alarms(errors = 5), reserved_concurrency = 3"#,
        );
        let settings = settings.unwrap().settings;
        assert_eq!(settings.memory.unwrap().get(), 512);
        assert_eq!(settings.timeout.unwrap().get(), 60);
        assert_eq!(settings.retries.unwrap().get(), 1);
        assert_eq!(settings.reserved_concurrency.unwrap().get(), 3);
        let env: Vec<_> = settings.env.iter().map(|(_, value)| value.literal().unwrap()).collect();
        assert_eq!(env, ["warn", "a"]);
        let alarms = settings.lambda.alarm_settings().unwrap();
        assert_eq!(alarms.errors.unwrap().get(), 5);
        assert_eq!(alarms.topics().collect::<Vec<_>>(), ["Pager"]);
    }

    #[test]
    fn schedules_are_replaced_in_their_order() {
        let one = r#"schedule = "rate(5 minutes)""#;
        let hourly = |on| vec![("rate(1 hour)".to_owned(), on)];
        assert_eq!(schedules(one, r#"schedule = "rate(1 hour)""#), hourly(true));
        let both = r#"schedule(expression = "rate(1 hour)", enabled = false)"#;
        assert_eq!(schedules(one, both), hourly(false));
        let long = r#"trigger = schedule("rate(1 hour)", enabled = false, description = "x")"#;
        assert_eq!(schedules(long, "schedule(enabled = true)"), hourly(true));
        assert_eq!(schedules(long, ""), hourly(false));
        let two = r#"schedule = "rate(5 minutes)", trigger = schedule("rate(1 day)")"#;
        let expected = [("rate(5 minutes)".to_owned(), false), ("rate(2 days)".to_owned(), true)];
        assert_eq!(schedules(two, r#"schedule = [{ enabled: false }, "rate(2 days)"]"#), expected);
    }

    #[test]
    fn an_environment_changes_values_alone() {
        for (overrides, message) in [
            ("id = \"A\"", "`id` is the same in every environment"),
            ("trigger = s3", "`trigger` is the same in every environment"),
            ("tracing = active", "`tracing` is the same in every environment"),
            ("keep_warm = \"rate(5 minutes)\"", "`keep_warm` is the same in every environment"),
            ("memory = param(\"Memory\")", "an environment cannot choose a template parameter"),
            ("env(A = param(\"A\"))", "an environment cannot choose a template parameter"),
            ("alarms(to = Pager)", "the topics of alarms are the same in every environment"),
            ("memroy = 1", "unknown key `memroy` in `take`\n\nhelp: did you mean `memory`?"),
            ("memory = 1", "memory of 1 MB is out of range"),
            (
                "schedule = \"rate(1 hour)\"",
                "`take` has no schedule\n\nhelp: write the schedule in its `#[function(…)]`",
            ),
        ] {
            let found = read("", overrides).unwrap_err();
            assert!(found.starts_with(message), "{overrides}: {found}");
        }
        let two = r#"schedule = "rate(5 minutes)", schedule = "rate(1 day)""#;
        let found = read(two, "schedule(enabled = false)").unwrap_err();
        assert_eq!(
            found,
            "`take` has 2 schedules\n\nhelp: write a list of 2 values, in the order of its `#[function(…)]`"
        );
        let one = r#"schedule = "rate(5 minutes)""#;
        for (overrides, message) in [
            ("schedule = 1", "expected a schedule, found a number"),
            ("schedule(on = false)", "unknown key `on` in `schedule`"),
            ("schedule(enabled = 1)", "expected `true` or `false`, found a number"),
            ("schedule = \"rate(1 hours)\"", "`hours` is plural"),
        ] {
            let found = read(one, overrides).unwrap_err();
            assert!(found.starts_with(message), "{overrides}: {found}");
        }
    }

    #[test]
    fn settings_of_all_functions_have_fewer_keys() {
        let check = |text: &str| {
            let mut errors = Errors::new();
            let args = parse_args(text.parse().unwrap(), &mut errors);
            check_override_keys(&args, SettingsScope::Defaults, "prod", &["stacks"], &mut errors);
            errors.into_diagnostics().iter().map(|it| it.message.text.clone()).collect::<Vec<_>>()
        };
        assert_eq!(check("memory = 512, log_retention = 7"), Vec::<String>::new());
        assert_eq!(
            check("reserved_concurrency = 1"),
            ["`reserved_concurrency` belongs to one function"]
        );
        assert_eq!(check("stacks = nested"), ["`stacks` is the same in every environment"]);
        assert_eq!(check("layers = []"), ["`layers` is the same in every environment"]);
    }
}
