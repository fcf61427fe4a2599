//! Texts of the user in which CloudFormation replaces references: `${AWS::Region}`, `${Id}` and `${Id.Attribute}`. In
//! an ARN for IAM, the text may also have policy variables of IAM, such as `${aws:username}`, which are not replaced.
//! The type [`SubText`] takes a text, and returns an error for everything else between `${` and `}`.
// See decision 0092.

use serde::Serialize;

use super::condition_key;
use super::name::ParameterName;

/// The pseudo parameters of CloudFormation that are texts, each with an example of its value.
const PSEUDO_PARAMETERS: [(&str, &str); 6] = [
    ("AWS::AccountId", "123456789012"),
    ("AWS::Partition", "aws"),
    ("AWS::Region", "eu-west-1"),
    ("AWS::StackId", "arn:aws:cloudformation:eu-west-1:123456789012:stack/shop/0a1b"),
    ("AWS::StackName", "shop"),
    ("AWS::URLSuffix", "amazonaws.com"),
];

/// Returns the names of the pseudo parameters.
fn pseudo_parameters() -> impl Iterator<Item = &'static str> {
    PSEUDO_PARAMETERS.into_iter().map(|(name, _)| name)
}

/// The beginning of the names of pseudo parameters.
const PSEUDO_PREFIX: &str = "AWS::";

/// The characters that IAM takes for themselves in a policy variable, as in `${*}`.
const IAM_CHARACTERS: [&str; 3] = ["*", "?", "$"];

/// A text in which CloudFormation replaces references.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct SubText {
    /// The argument of CloudFormation's `Fn::Sub`.
    text: String,
    #[serde(skip)]
    references: Vec<SubReference>,
}

/// A reference in a [`SubText`] to a resource or a parameter of the template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SubReference {
    /// The logical id of the resource, or the name of the parameter.
    pub id: String,
    /// The attribute of the resource; `None` for the value of `Ref`.
    pub attribute: Option<String>,
}

/// The reason why a text is not a [`SubText`]. The texts of the errors are in `messages/values.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SubTextError {
    /// A `${` without a `}`.
    Unclosed,
    /// CloudFormation has no pseudo parameter of this name. The second text is the one that was probably meant.
    UnknownPseudoParameter(String, Option<&'static str>),
    /// IAM has no policy variable of this name. The second text is the one that was probably meant.
    UnknownPolicyVariable(String, String),
    /// A policy variable of IAM stands in a text that is not for IAM.
    VariableOfIam(String),
    /// The text between `${` and `}` is neither a reference nor a policy variable.
    NotAReference(String),
}

impl std::error::Error for SubTextError {}

impl SubText {
    /// Parses a text of the user with at least one `${`.
    ///
    /// # Errors
    ///
    /// Returns an error if CloudFormation or IAM would not replace what is between `${` and `}`.
    pub fn parse(text: &str) -> Result<Self, SubTextError> {
        let mut parts = text.split("${");
        let mut sub = parts.next().unwrap_or_default().to_owned();
        let mut references = Vec::new();
        for part in parts {
            let (name, rest) = part.split_once('}').ok_or(SubTextError::Unclosed)?;
            let variable = classify(name)?;
            sub.push_str(if variable == Placeholder::PolicyVariable { "${!" } else { "${" });
            sub.push_str(name);
            sub.push('}');
            sub.push_str(rest);
            if let Placeholder::Reference(reference) = variable {
                references.push(reference);
            }
        }
        Ok(Self { text: sub, references })
    }

    /// Parses a text of the user without variables of IAM.
    ///
    /// # Errors
    ///
    /// Returns an error if CloudFormation would not replace what is between `${` and `}`.
    pub fn parse_without_variables(text: &str) -> Result<Self, SubTextError> {
        let is_variable =
            |name: &&str| classify(name).is_ok_and(|it| it == Placeholder::PolicyVariable);
        match placeholders(text).find(is_variable) {
            Some(name) => Err(SubTextError::VariableOfIam(name.to_owned())),
            None => Self::parse(text),
        }
    }

    /// Returns the text that consists of one reference: the value of `Ref`, or an attribute.
    ///
    /// # Errors
    ///
    /// Returns an error if the attribute is not one that a resource can have.
    pub fn of_reference(id: &str, attribute: Option<&str>) -> Result<Self, SubTextError> {
        match attribute {
            None => Self::parse(&format!("${{{id}}}")),
            Some(attribute) => Self::parse(&format!("${{{id}.{attribute}}}")),
        }
    }

    /// Returns the reference that the whole text consists of, and `None` if there is more in the text.
    #[must_use]
    pub fn whole_reference(&self) -> Option<&SubReference> {
        let [reference] = self.references.as_slice() else { return None };
        let name = self.text.strip_prefix("${")?.strip_suffix('}')?;
        (!name.contains('$')).then_some(reference)
    }

    /// Returns whether CloudFormation replaces anything in the text.
    #[must_use]
    pub fn has_references(&self) -> bool {
        self.literal().is_none()
    }

    /// Returns the argument of CloudFormation's `Fn::Sub`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Returns the text with policy variables as a user writes them, without the `!` for CloudFormation.
    #[must_use]
    pub fn written(&self) -> String {
        self.text.replace("${!", "${")
    }

    /// Returns the text as it is without CloudFormation's references, and `None` if it has any.
    #[must_use]
    pub fn literal(&self) -> Option<String> {
        let literal = self.written();
        let escaped = self.text.matches("${!").count();
        (self.text.matches("${").count() == escaped).then_some(literal)
    }

    /// Returns the text with an example for each pseudo parameter. Other references stay.
    #[must_use]
    pub fn example(&self) -> String {
        PSEUDO_PARAMETERS.into_iter().fold(self.text.clone(), |text, (name, value)| {
            text.replace(&format!("${{{name}}}"), value)
        })
    }

    /// Returns the names in the text that can be those of parameters. They can also be logical ids of resources.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterName> {
        let whole = self.references.iter().filter(|it| it.attribute.is_none());
        whole.filter_map(|it| ParameterName::try_from(it.id.as_str()).ok())
    }

    /// Returns the references to resources and parameters, without those to pseudo parameters.
    #[must_use]
    pub fn references(&self) -> &[SubReference] {
        &self.references
    }
}

/// Returns the names between each `${` and its `}` in a text.
pub fn placeholders(text: &str) -> impl Iterator<Item = &str> {
    text.split("${").skip(1).filter_map(|part| Some(part.split_once('}')?.0))
}

/// Returns the first pseudo parameter that a text contains as `${AWS::…}`, and `None` if it contains none.
#[must_use]
pub fn find_pseudo_parameter(text: &str) -> Option<&'static str> {
    placeholders(text).find_map(|name| pseudo_parameters().find(|pseudo| *pseudo == name))
}

/// What `${…}` in a text is.
#[derive(Debug, PartialEq)]
enum Placeholder {
    /// A pseudo parameter, or a text that CloudFormation does not replace because it begins with `!`.
    AsWritten,
    /// A variable of IAM's policies.
    PolicyVariable,
    /// A resource or a parameter of the template.
    Reference(SubReference),
}

/// Returns what the text between `${` and `}` is.
fn classify(name: &str) -> Result<Placeholder, SubTextError> {
    if pseudo_parameters().any(|pseudo| pseudo == name) {
        return Ok(Placeholder::AsWritten);
    }
    if let Some(escaped) = name.strip_prefix('!').filter(|rest| !rest.is_empty()) {
        check_policy_variable(escaped)?;
        return Ok(Placeholder::AsWritten);
    }
    check_not_like_pseudo_parameter(name)?;
    if IAM_CHARACTERS.contains(&name) || is_policy_variable(name) {
        check_policy_variable(name)?;
        return Ok(Placeholder::PolicyVariable);
    }
    let (id, attribute) = match name.split_once('.') {
        Some((id, attribute)) => (id, Some(attribute)),
        None => (name, None),
    };
    let alphanumeric =
        |text: &str| !text.is_empty() && text.bytes().all(|it| it.is_ascii_alphanumeric());
    if !alphanumeric(id) || !attribute.is_none_or(|it| it.split('.').all(alphanumeric)) {
        return Err(SubTextError::NotAReference(name.to_owned()));
    }
    let attribute = attribute.map(str::to_owned);
    Ok(Placeholder::Reference(SubReference { id: id.to_owned(), attribute }))
}

/// Checks that IAM has a policy variable of this name, as far as that is known.
fn check_policy_variable(name: &str) -> Result<(), SubTextError> {
    match condition_key::find_meant_variable(name) {
        Some(meant) => Err(SubTextError::UnknownPolicyVariable(name.to_owned(), meant)),
        None => Ok(()),
    }
}

/// Returns whether a name is that of a policy variable: a service and a key with one colon between them, and possibly
/// a default value after a comma.
fn is_policy_variable(name: &str) -> bool {
    let name = name.split(',').next().unwrap_or_default();
    let Some((service, key)) = name.split_once(':') else { return false };
    let is_service = service.bytes().all(|it| it.is_ascii_alphanumeric() || b"-.".contains(&it));
    let is_key = !key.starts_with(':') && key.bytes().all(|it| it.is_ascii_graphic());
    !service.is_empty() && is_service && !key.is_empty() && is_key
}

/// Checks that a name is not like that of a pseudo parameter, such as `aws::region` or `AWS:Region`. The error names
/// the pseudo parameter that was probably meant.
fn check_not_like_pseudo_parameter(name: &str) -> Result<(), SubTextError> {
    let lower = name.to_lowercase();
    let Some(rest) = lower.strip_prefix("aws:") else { return Ok(()) };
    let rest_of = |pseudo: &str| pseudo[PSEUDO_PREFIX.len()..].to_lowercase();
    let same = |rest: &str| pseudo_parameters().find(|pseudo| rest_of(pseudo) == rest);
    let meant = match rest.strip_prefix(':') {
        Some(rest) => {
            let like = format!("{PSEUDO_PREFIX}{rest}");
            same(rest).or_else(|| crate::suggest::nearest(&like, pseudo_parameters()))
        }
        None => match same(rest) {
            // IAM has no variables of these names.
            Some(meant) => Some(meant),
            None => return Ok(()),
        },
    };
    Err(SubTextError::UnknownPseudoParameter(name.to_owned(), meant))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(text: &str) -> SubText {
        SubText::parse(text).unwrap_or_else(|error| panic!("{text}: {error:?}"))
    }

    #[test]
    fn references_are_cloudformations_and_variables_with_one_colon_are_iams() {
        let text = parsed(
            "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/${aws:PrincipalTag/team}/*",
        );
        assert_eq!(
            text.as_str(),
            "arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/${!aws:PrincipalTag/team}/*"
        );
        let reference = |id: &str, attribute: Option<&str>| SubReference {
            id: id.to_owned(),
            attribute: attribute.map(str::to_owned),
        };
        assert_eq!(text.references(), [reference("Api", None)]);
        assert_eq!(parsed("${Jobs.Arn}").references(), [reference("Jobs", Some("Arn"))]);
        let nested = [reference("Stack", Some("Outputs.Url"))];
        assert_eq!(parsed("${Stack.Outputs.Url}").references(), nested);
    }

    #[test]
    fn every_form_of_a_policy_variable_is_escaped() {
        for variable in [
            "aws:username",
            "s3:prefix",
            "aws:PrincipalTag/team, 'all'",
            "cognito-identity.amazonaws.com:sub",
            "aws:ResourceTag/app:stage",
            "*",
            "?",
            "$",
        ] {
            let escaped = parsed(&format!("a/${{{variable}}}/b"));
            assert_eq!(escaped.as_str(), format!("a/${{!{variable}}}/b"));
            assert_eq!(escaped.references(), []);
        }
        assert_eq!(parsed("${!aws:username}").as_str(), "${!aws:username}");
    }

    #[test]
    fn a_text_with_variables_of_iam_alone_is_literal() {
        let literal = |text: &str| parsed(text).literal();
        assert_eq!(literal("a/${aws:username}/*").as_deref(), Some("a/${aws:username}/*"));
        assert_eq!(literal("a/${!aws:username}").as_deref(), Some("a/${aws:username}"));
        assert_eq!(literal("${AWS::Region}/${aws:username}"), None);
        assert_eq!(literal("${Api}"), None);
    }

    #[test]
    fn an_example_has_values_for_pseudo_parameters() {
        let text = parsed("arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:key/${Key}");
        assert_eq!(text.example(), "arn:aws:kms:eu-west-1:123456789012:key/${Key}");
    }

    #[test]
    fn a_pseudo_parameter_is_found_in_any_text() {
        assert_eq!(find_pseudo_parameter("a ${x} ${AWS::Region} b"), Some("AWS::Region"));
        assert_eq!(find_pseudo_parameter("AWS::Region ${HOME} ${AWS::Region"), None);
    }

    #[test]
    fn everything_else_is_an_error() {
        let error = |text: &str| SubText::parse(text).unwrap_err();
        assert_eq!(error("arn:${Api"), SubTextError::Unclosed);
        for (name, meant) in [
            ("AWS::Regoin", Some("AWS::Region")),
            ("aws::region", Some("AWS::Region")),
            ("AWS:AccountId", Some("AWS::AccountId")),
            ("AWS::Nothing", None),
        ] {
            let expected = SubTextError::UnknownPseudoParameter(name.to_owned(), meant);
            assert_eq!(error(&format!("${{{name}}}")), expected);
        }
        let variable = SubTextError::UnknownPolicyVariable(
            "aws:usrname".to_owned(),
            "aws:username".to_owned(),
        );
        assert_eq!(error("home/${aws:usrname}/*"), variable);
        for name in ["", "my-bucket", "process_orders", "A.", "A..B", " A ", "!", ":a", "a:"] {
            let expected = SubTextError::NotAReference(name.to_owned());
            assert_eq!(error(&format!("${{{name}}}")), expected, "{name}");
        }
    }
}
