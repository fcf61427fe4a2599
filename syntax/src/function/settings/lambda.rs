//! The settings of a function that are Lambda's own: `vpc(…)`, `layers`, `file_system(…)`, `on_success`, `on_failure`,
//! `dead_letters`, `kms_key`, `code_signing`, `permissions_boundary` and `role_path`.

use skylift_model::aws::arn::{self, Arn};
use skylift_model::aws::function_keys;
use skylift_model::aws::function_property::{
    find_layer_count_mistake, find_layer_mistake, find_mount_path_mistake,
};
use skylift_model::aws::lambda_settings::{
    CapacityProvider, CfnList, Environments, FileSystem, InstanceScaling, LambdaSettings, Network,
    Outcome, ResultTarget, Tenants, Vpc,
};
use skylift_model::aws::limits;
use skylift_model::aws::value::CfnValue;
use skylift_model::resource::ResourceKind;

use super::SettingsScope;
use super::alarms::read_alarms;
use super::deployment::read_deployment;
use super::instances::runs_on_instances;
use super::permissions::find_arn_mistake;
use crate::errors::Errors;
use crate::mapping::read_kms_key;
use crate::messages::{self, phrases};
use crate::readers::{
    read_arn, read_cfn_value, read_list, read_non_empty_text, read_number, read_short_text,
    read_text, read_word, report_expected,
};
use crate::tree::{ArgValue, ArgValueKind, Args};

/// The service of Lambda in ARNs.
const LAMBDA: &str = "lambda";

/// Reads Lambda's own settings among the arguments. Keys that do not exist in this scope are not read.
pub(super) fn read_lambda_settings(
    args: &Args,
    scope: SettingsScope,
    errors: &mut Errors,
) -> LambdaSettings {
    let mut settings = LambdaSettings {
        network: args.take(function_keys::VPC.name, read_network, errors),
        layers: args.take(function_keys::LAYERS.name, read_layers, errors),
        kms_key: args.take(function_keys::KMS_KEY.name, read_kms_key, errors),
        code_signing: args.take(function_keys::CODE_SIGNING.name, read_code_signing, errors),
        permissions_boundary: args.take(
            function_keys::PERMISSIONS_BOUNDARY.name,
            read_permissions_boundary,
            errors,
        ),
        role_path: args.take(function_keys::ROLE_PATH.name, read_role_path, errors),
        alarms: {
            let read = |value: &ArgValue, errors: &mut Errors| read_alarms(value, scope, errors);
            args.take(function_keys::ALARMS, read, errors)
        },
        ..LambdaSettings::default()
    };
    if scope == SettingsScope::Function {
        settings.file_system =
            take_all(args, function_keys::FILE_SYSTEM.name, read_file_system, errors);
        let mut target = |outcome: Outcome| {
            let read = |value: &ArgValue, errors: &mut Errors| read_target(value, outcome, errors);
            args.take(outcome.key(), read, errors)
        };
        settings.on_success = target(Outcome::Success);
        settings.on_failure = target(Outcome::Failure);
        settings.dead_letters = target(Outcome::DeadLetter);
        settings.capacity_provider =
            take_all(args, function_keys::CAPACITY_PROVIDER.name, read_capacity_provider, errors);
        settings.scaling = read_scaling(args, errors);
        settings.tenants = read_tenants(args, errors);
        settings.version_description = take_version_description(args, errors);
        settings.deploy = args.take(function_keys::DEPLOY.name, read_deployment, errors);
    }
    settings
}

/// Reads the arguments of `key(…)` with `read`, and reports those that it does not take. Returns `None` if the key is not
/// set, or after an error was recorded.
fn take_all<T>(
    args: &Args,
    key: &'static str,
    read: impl Fn(&Args, &mut Errors) -> Option<T>,
    errors: &mut Errors,
) -> Option<T> {
    let read_all = |args: &Args, errors: &mut Errors| {
        errors.scope(|errors| args.read_all(key, errors, |args, errors| read(args, errors)))
    };
    args.take_nested(key, read_all, errors).flatten()
}

/// Reads the value of `vpc`: `none`, or the subnets and the security groups. Returns `None` after an error was recorded.
fn read_network(value: &ArgValue, errors: &mut Errors) -> Option<Network> {
    const KEY: &str = function_keys::VPC.name;
    match &value.kind {
        ArgValueKind::Path(segments, _) if segments.as_slice() == ["none"] => Some(Network::None),
        ArgValueKind::Call(name, args) if name.text == KEY => errors.scope(|errors| {
            args.read_all(KEY, errors, |args, errors| {
                let subnets = take_ids(args, "subnets", limits::SUBNETS, "subnet-", errors);
                let groups =
                    take_ids(args, "security_groups", limits::SECURITY_GROUPS, "sg-", errors);
                let ipv6 = args.take_flag("ipv6", errors).unwrap_or(false);
                Some(Network::Vpc(Vpc { subnets: subnets?, security_groups: groups?, ipv6 }))
            })
        }),
        _ => report_expected(phrases::NETWORK, value, errors),
    }
}

/// Reads a list of ids that begin with `prefix`, which `vpc(…)` has to have. Returns `None` after an error was recorded.
fn take_ids(
    args: &Args,
    key: &'static str,
    most: usize,
    prefix: &str,
    errors: &mut Errors,
) -> Option<CfnList> {
    let read = |value: &ArgValue, errors: &mut Errors| read_ids(value, key, most, prefix, errors);
    args.take_if_set(key, read, errors).unwrap_or_else(|| {
        errors.push_missing(&args.span, messages::list_missing_in_vpc(key, prefix));
        None
    })
}

fn read_ids(
    value: &ArgValue,
    key: &str,
    most: usize,
    prefix: &str,
    errors: &mut Errors,
) -> Option<CfnList> {
    if let ArgValueKind::Call(function, _) = &value.kind {
        return match (function.text.as_str(), read_cfn_value(value, errors)?) {
            (_, CfnValue::Param(name)) => Some(CfnList::Param(name)),
            (_, CfnValue::Import(name)) => Some(CfnList::Import(name)),
            (_, single) => Some(CfnList::Values(vec![single])),
        };
    }
    let items = read_list(value);
    if items.is_empty() || items.len() > most {
        errors.push(&value.span, messages::wrong_number_in_vpc(key, items.len(), most));
        return None;
    }
    errors.scope(|errors| {
        let ids = items.iter().filter_map(|item| read_id(item, prefix, errors));
        Some(CfnList::Values(ids.collect()))
    })
}

/// Reads an id that begins with `prefix`. Returns `None` after an error was recorded.
fn read_id(value: &ArgValue, prefix: &str, errors: &mut Errors) -> Option<CfnValue> {
    let id = read_cfn_value(value, errors)?;
    match &id {
        CfnValue::Literal(text) if !is_id(text, prefix) => {
            errors.push(&value.span, messages::not_an_id_of_vpc(text, prefix));
            None
        }
        CfnValue::Resource(_) => report_expected(&phrases::id_of_vpc(prefix), value, errors),
        _ => Some(id),
    }
}

/// Returns whether a text is an id of EC2: a prefix, and 8 or 17 digits of base 16.
fn is_id(text: &str, prefix: &str) -> bool {
    text.strip_prefix(prefix).is_some_and(|digits| {
        let is_digit = |it: u8| it.is_ascii_digit() || (b'a'..=b'f').contains(&it);
        matches!(digits.len(), 8 | 17) && digits.bytes().all(is_digit)
    })
}

/// Reads the value of `layers`: an ARN or a list of ARNs. Returns `None` after an error was recorded.
fn read_layers(value: &ArgValue, errors: &mut Errors) -> Option<Vec<CfnValue>> {
    let items = read_list(value);
    if let Some(message) = find_layer_count_mistake(items.len()) {
        errors.push(&value.span, message);
        return None;
    }
    errors.scope(|errors| {
        let mut layers: Vec<CfnValue> = Vec::new();
        for item in items {
            let read = read_arn(item, phrases::LAYER, find_layer_mistake, errors);
            if let Some(name) = read.as_ref().and_then(layer_name)
                && layers.iter().any(|other| layer_name(other) == Some(name))
            {
                errors.push(&item.span, messages::layer_twice(name));
            }
            layers.extend(read);
        }
        Some(layers)
    })
}

/// Returns the ARN of a layer without its version, if the value is a literal.
fn layer_name(layer: &CfnValue) -> Option<&str> {
    Some(layer.literal()?.rsplit_once(':')?.0)
}

/// Reads the value of `code_signing`. Returns `None` after an error was recorded.
fn read_code_signing(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    let find_mistake = |text: &str| {
        let is_config = Arn::parse(text).is_some_and(|arn| {
            arn.service == LAMBDA && arn.resource.starts_with("code-signing-config:csc-")
        });
        (!is_config).then(|| messages::not_a_code_signing_config(text))
    };
    read_arn(value, phrases::CODE_SIGNING, find_mistake, errors)
}

/// Reads the value of `permissions_boundary`. Returns `None` after an error was recorded.
fn read_permissions_boundary(value: &ArgValue, errors: &mut Errors) -> Option<CfnValue> {
    read_arn(value, phrases::POLICY_ARN, find_arn_mistake, errors)
}

/// Reads the value of `role_path`. Returns `None` after an error was recorded.
fn read_role_path(value: &ArgValue, errors: &mut Errors) -> Option<String> {
    let path = read_text(value, errors)?;
    let is_letter = |it: u8| it.is_ascii_graphic();
    let is_path = path.starts_with('/') && path.ends_with('/') && path.bytes().all(is_letter);
    if !is_path || path.len() > limits::ROLE_PATH_LEN {
        errors.push(&value.span, messages::not_a_role_path(path, limits::ROLE_PATH_LEN));
        return None;
    }
    Some(path.to_owned())
}

/// Reads the value of `version_description`, which only a function with an alias has. Returns `None` if it is not set, or
/// after an error was recorded.
fn take_version_description(args: &Args, errors: &mut Errors) -> Option<String> {
    const KEY: &str = function_keys::VERSION_DESCRIPTION.name;
    let read = |value: &ArgValue, errors: &mut Errors| {
        let longest = limits::VERSION_DESCRIPTION_LEN;
        read_short_text(value, longest, phrases::VERSION_DESCRIPTION, errors)
    };
    let text = args.take(KEY, read, errors)?;
    let with_alias = [function_keys::DEPLOY, function_keys::PROVISIONED_CONCURRENCY];
    if !with_alias.iter().any(|key| args.has_key(key.name)) {
        errors.push(args.span_of_name(KEY), messages::description_of_no_version());
    }
    Some(text)
}

/// Reads the arguments of `file_system(…)`. Returns `None` after an error was recorded.
fn read_file_system(args: &Args, errors: &mut Errors) -> Option<FileSystem> {
    args.explain(messages::FILE_SYSTEM_KEYS);
    let access_point = |value: &ArgValue, errors: &mut Errors| {
        let find_mistake = |text: &str| {
            let is_access_point = Arn::parse(text).is_some_and(|arn| {
                arn.resource.contains("access-point/")
                    && matches!(arn.service, "elasticfilesystem" | "s3files")
            });
            (!is_access_point).then(|| messages::not_an_access_point(text))
        };
        read_arn(value, phrases::ACCESS_POINT, find_mistake, errors)
    };
    let path = |value: &ArgValue, errors: &mut Errors| {
        let path = read_non_empty_text(value, errors)?;
        match find_mount_path_mistake(&path) {
            Some(message) => {
                errors.push(&value.span, message);
                None
            }
            None => Some(path),
        }
    };
    let mut missing = Vec::new();
    let access_point =
        args.take_if_set("access_point", access_point, errors).unwrap_or_else(|| {
            missing.push("access_point");
            None
        });
    let path = args.take_if_set("path", path, errors).unwrap_or_else(|| {
        missing.push("path");
        None
    });
    for key in missing {
        errors.push_missing(&args.span, messages::key_missing_in_file_system(key));
    }
    Some(FileSystem { access_point: access_point?, path: path? })
}

/// Reads the arguments of `capacity_provider(…)`. Returns `None` after an error was recorded.
fn read_capacity_provider(args: &Args, errors: &mut Errors) -> Option<CapacityProvider> {
    let provider = |value: &ArgValue, errors: &mut Errors| {
        let find_mistake = |text: &str| {
            let is_provider = Arn::parse(text).is_some_and(|arn| {
                arn.service == LAMBDA && arn.resource.starts_with("capacity-provider:")
            });
            (!is_provider).then(|| messages::not_a_capacity_provider(text))
        };
        read_arn(value, phrases::CAPACITY_PROVIDER, find_mistake, errors)
    };
    let concurrency = args.take("concurrency", read_number, errors);
    let memory_per_cpu = args.take("memory_per_cpu", read_number, errors);
    let provider = args.take_if_set("provider", provider, errors).unwrap_or_else(|| {
        errors.push_missing(&args.span, messages::provider_missing());
        None
    });
    Some(CapacityProvider { provider: provider?, concurrency, memory_per_cpu })
}

/// Reads `scaling(min = 3, max = 20)`, which only a function on Lambda Managed Instances has. Returns `None` if it is not
/// set, or after an error was recorded.
fn read_scaling(args: &Args, errors: &mut Errors) -> Option<InstanceScaling> {
    const KEY: &str = function_keys::SCALING.name;
    let bounds = |args: &Args, errors: &mut Errors| {
        let min: Option<Environments> = args.take("min", read_number, errors);
        let max: Option<Environments> = args.take("max", read_number, errors);
        if let (Some(min), Some(max)) = (min, max)
            && min > max
        {
            errors.push(args.span_of("max"), messages::fewest_above_most(min.get(), max.get()));
        }
        if !args.has_key("min") && !args.has_key("max") {
            errors.push_missing(&args.span, messages::scaling_without_bounds());
        }
        Some(InstanceScaling { min, max })
    };
    let scaling = take_all(args, KEY, bounds, errors)?;
    if !runs_on_instances(args) {
        errors.push(args.span_of_name(KEY), messages::scaling_without_instances());
    }
    Some(scaling)
}

/// Reads the value of `tenants`. Returns `None` if it is not set, or after an error was recorded.
fn read_tenants(args: &Args, errors: &mut Errors) -> Option<Tenants> {
    const KEY: &str = function_keys::TENANTS.name;
    let read = |value: &ArgValue, errors: &mut Errors| {
        read_word(value, phrases::TENANTS, &Tenants::ALL, errors)
    };
    let tenants = args.take(KEY, read, errors)?;
    if args.has_key(function_keys::PROVISIONED_CONCURRENCY.name) {
        errors.push(args.span_of_name(KEY), messages::tenants_with_provisioned_concurrency());
    }
    Some(tenants)
}

/// Reads the value of `on_success`, `on_failure` or `dead_letters`: the path of a `#[resource]` or of a function, or an
/// ARN. Returns `None` after an error was recorded.
fn read_target(value: &ArgValue, outcome: Outcome, errors: &mut Errors) -> Option<ResultTarget> {
    let takes_functions = outcome != Outcome::DeadLetter;
    match &value.kind {
        ArgValueKind::Path(segments, _) => {
            let name = segments.last()?.clone();
            let is_function = name.starts_with(|first: char| first.is_lowercase());
            if is_function && !takes_functions {
                return report_expected(phrases::result_target(outcome), value, errors);
            }
            let target = if is_function {
                ResultTarget::Function(name)
            } else {
                ResultTarget::Declared(name)
            };
            Some(target)
        }
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            let kind = kinds_of(outcome).find(|kind| kind.name_from_arn(text).is_some());
            let is_function = takes_functions && is_function_arn(text);
            if let Some(kind) = kind.filter(|kind| kind.is_fifo_name(text)) {
                errors.push(&value.span, messages::fifo_target(outcome.key(), kind.as_str()));
                return None;
            }
            if kind.is_none() && !is_function {
                let arns = kinds_of(outcome).map(ResourceKind::example_arn).collect::<Vec<_>>();
                let message = messages::not_a_target(text, phrases::result_target(outcome), &arns);
                errors.push(&value.span, message);
                return None;
            }
            Some(ResultTarget::Arn(text.to_owned()))
        }
        ArgValueKind::Call(function, _) if function.text == "param" => {
            errors.push(&value.span, messages::parameter_as_target(outcome.key()));
            None
        }
        _ => report_expected(phrases::result_target(outcome), value, errors),
    }
}

/// Returns the kinds of resources to which Lambda can send these results.
fn kinds_of(outcome: Outcome) -> impl Iterator<Item = ResourceKind> {
    let all = ResourceKind::ALL.iter().copied();
    all.filter(move |kind| kind.results().contains(&outcome))
}

/// Returns whether a text is the ARN of a function, or of one of its aliases or versions.
fn is_function_arn(text: &str) -> bool {
    text.starts_with(arn::PREFIX)
        && Arn::parse(text).is_some_and(|arn| {
            arn.service == LAMBDA
                && arn.has_region_and_account()
                && arn.resource.strip_prefix("function:").is_some_and(|name| !name.is_empty())
        })
}

#[cfg(test)]
mod tests;
