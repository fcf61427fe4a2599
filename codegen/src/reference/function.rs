//! The intrinsic functions of CloudFormation in their long form. Takes the key of a map and says whether the key calls
//! a function, and which templates have the function.

/// The functions that every template has, without `Fn::`. Some of them have a place only in a part of a template, such
/// as `Contains` in a rule. AWS: "Intrinsic function reference".
const CORE: [&str; 24] = [
    "And",
    "Base64",
    "Cidr",
    "Contains",
    "EachMemberEquals",
    "EachMemberIn",
    "Equals",
    "FindInMap",
    "GetAZs",
    "GetAtt",
    "GetStackOutput",
    "If",
    "Implies",
    "ImportValue",
    "Join",
    "Not",
    "Or",
    "RefAll",
    "Select",
    "Split",
    "Sub",
    "Transform",
    "ValueOf",
    "ValueOfAll",
];

/// The functions of the transform `AWS::LanguageExtensions`, apart from `ForEach`.
const EXTENSIONS: [&str; 2] = ["Length", "ToJsonString"];

/// The loop of `AWS::LanguageExtensions`, whose name follows after a further `::`.
const LOOP: &str = "ForEach::";

/// Which templates have an intrinsic function.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Availability {
    /// Every template has it.
    Always,
    /// Only a template with the transform `AWS::LanguageExtensions` has it.
    LanguageExtensions,
    /// CloudFormation does not have it. A macro may define it.
    Unknown,
}

/// Returns which templates have the function that a key calls. Returns `None` if the key is not meant as a function.
pub(crate) fn availability(key: &str) -> Option<Availability> {
    let is_meant = key.get(..3).is_some_and(|start| start.eq_ignore_ascii_case("fn:"));
    if !is_meant {
        return None;
    }
    let Some(name) = key.strip_prefix("Fn::") else { return Some(Availability::Unknown) };
    Some(if CORE.contains(&name) {
        Availability::Always
    } else if EXTENSIONS.contains(&name) || name.starts_with(LOOP) {
        Availability::LanguageExtensions
    } else {
        Availability::Unknown
    })
}

/// Returns the keys that call the functions of CloudFormation and of `AWS::LanguageExtensions`.
pub(crate) fn core_functions() -> Vec<String> {
    CORE.iter().chain(&EXTENSIONS).map(|name| format!("Fn::{name}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_calls_a_function_if_it_begins_like_one() {
        for (key, expected) in [
            ("Fn::GetAtt", Some(Availability::Always)),
            ("Fn::Length", Some(Availability::LanguageExtensions)),
            ("Fn::ForEach::Topics", Some(Availability::LanguageExtensions)),
            ("Fn::Getatt", Some(Availability::Unknown)),
            ("fn::sub", Some(Availability::Unknown)),
            ("Fn:Sub", Some(Availability::Unknown)),
            ("Ref", None),
            ("FnName", None),
            ("é", None),
        ] {
            assert_eq!(availability(key), expected, "{key}");
        }
    }
}
