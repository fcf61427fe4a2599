//! Finds names such as `${AWS::Region}` in texts outside `Fn::Sub`, which CloudFormation leaves as they are. Texts of
//! other languages, such as scripts and mapping templates, have `${…}` of their own and are left out.

/// The beginning of the names of pseudo parameters.
const PSEUDO: &str = "AWS::";

/// The properties with a text for people, or in a language in which `${AWS::Region}` may be meant as it is written.
const FREE_TEXTS: [&str; 11] = [
    "BuildSpec",
    "Description",
    "FunctionCode",
    "InlineCode",
    "Metadata",
    "Script",
    "TemplateBody",
    "UserData",
    "ZipFile",
    "RequestMappingTemplate",
    "ResponseMappingTemplate",
];

/// The properties with documents that have variables of their own, whose names may be those of resources.
const DOCUMENTS: [&str; 9] = [
    "Body",
    "Code",
    "Command",
    "Definition",
    "DefinitionBody",
    "DefinitionString",
    "EntryPoint",
    "InputTemplate",
    "Sql",
];

/// The property whose values are often templates of the program.
const ENVIRONMENT: &str = "Environment";

/// Which texts may contain `${…}` as it is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Literals {
    /// None: names of resources and pseudo parameters are mistakes.
    None,
    /// Names of resources and of parameters are likely mistakes, and pseudo parameters are certain ones.
    Unlikely,
    /// Names of resources and of parameters may be meant as they are written.
    Names,
    /// All of them.
    All,
}

impl Literals {
    /// Returns the texts of a resource of this type. Types that are not AWS's, and types that contain templates,
    /// replace `${…}` by rules of their own.
    pub(super) fn of_type(kind: &str) -> Self {
        match kind {
            "AWS::IoT::TopicRule" | "AWS::ServiceCatalog::CloudFormationProduct" => Self::All,
            _ if kind.starts_with("AWS::CloudFormation::") || !kind.starts_with(PSEUDO) => {
                Self::All
            }
            _ => Self::None,
        }
    }

    /// Returns the texts below a key.
    pub(super) fn below(self, key: &str) -> Self {
        match key {
            _ if self == Self::All || FREE_TEXTS.contains(&key) => Self::All,
            _ if self == Self::Names || DOCUMENTS.contains(&key) => Self::Names,
            ENVIRONMENT => Self::Unlikely,
            _ => self,
        }
    }
}

/// Returns the names in a text that can be those of the template, without an attribute after a dot, each with whether
/// it cannot be meant as it is written.
pub(super) fn find_plain_names(text: &str, literals: Literals) -> Vec<(&str, bool)> {
    let names = text.split("${").skip(1).filter_map(|rest| {
        let (name, _) = rest.split_once('}')?;
        if literals == Literals::All {
            return None;
        }
        if name.starts_with(PSEUDO) {
            return Some((name, true));
        }
        let id = name.split('.').next().unwrap_or(name);
        (literals != Literals::Names).then_some((id, literals == Literals::None))
    });
    names.collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_in_another_language_has_no_names() {
        let text = "${AWS::Region} ${Jobs.Arn} ${aws:username}";
        let topic = Literals::of_type("AWS::SNS::Topic");
        let names = |literals| find_plain_names(text, literals);
        let all = [("AWS::Region", true), ("Jobs", true), ("aws:username", true)];
        assert_eq!(names(topic.below("TopicName")), all);
        assert_eq!(names(topic.below("Environment").below("A"))[1], ("Jobs", false));
        assert_eq!(names(topic.below("Body").below("paths")), [("AWS::Region", true)]);
        for none in [
            topic.below("UserData").below("Fn::Base64"),
            Literals::of_type("Custom::Thing").below("Text"),
            Literals::of_type("AWS::CloudFormation::Stack"),
        ] {
            assert_eq!(names(none), []);
        }
    }
}
