//! The policy templates of SAM, such as `S3ReadPolicy`. SAM replaces the name of a template in `Policies` by
//! statements. The roles of Skylift are no part of SAM's `Policies`, so a template's name has no meaning there.
// See decision 0087.

use super::tables;

/// Returns the IAM actions that a policy template of SAM allows. Returns `None` if SAM has no template with this
/// name.
#[must_use]
pub fn template_actions(name: &str) -> Option<Vec<String>> {
    let services = tables::find_line(tables::POLICY_TEMPLATES, name)?.split(' ');
    let actions = services
        .filter_map(|service| service.split_once(':'))
        .flat_map(|(service, names)| names.split(',').map(move |name| format!("{service}:{name}")));
    Some(actions.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_template_has_its_actions() {
        let actions = template_actions("SQSSendMessagePolicy").unwrap();
        assert!(actions.contains(&"sqs:SendMessage*".to_owned()), "{actions:?}");
        assert_eq!(template_actions("AmazonS3ReadOnlyAccess"), None);
    }
}
