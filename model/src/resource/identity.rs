//! The identity of a resource: two references with the same identity name the same resource, whether they name it by
//! its struct, its name, its ARN or a template parameter.

use super::{Existing, Resource, ResourceKind};

/// The identity of a resource.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct ResourceIdentity {
    /// The kind of the resource.
    pub kind: ResourceKind,
    /// The name by which the resource is known.
    pub known_by: KnownBy,
}

/// The name by which a resource is known.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum KnownBy {
    /// The identifier of the struct of a resource that the template creates.
    Struct(String),
    /// The name of an existing resource in the account, or its ARN, if that has a region and an account.
    Name(String),
    /// The template parameter that names an existing resource.
    Parameter(String),
    /// The logical id of a resource of the overlay.
    Overlay(String),
    /// The environment variable that names an existing resource.
    Variable(String),
}

impl ResourceIdentity {
    /// Returns the identity of an existing resource with this ARN. Only a globally unique name is the same resource
    /// as the ARN: the name of another resource can be in another account or region.
    pub(crate) fn from_arn(kind: ResourceKind, arn: &str) -> Self {
        let name = kind.name_from_arn(arn).filter(|_| kind.is_global()).unwrap_or(arn);
        Self { kind, known_by: KnownBy::Name(name.to_owned()) }
    }
}

impl Resource {
    /// Returns the identity of the resource.
    #[must_use]
    pub fn identity(&self) -> ResourceIdentity {
        let kind = self.kind();
        let known_by = match &self.existing {
            None => KnownBy::Struct(self.ident.clone()),
            Some(Existing::Name(name)) => KnownBy::Name(name.clone()),
            Some(Existing::Arn(arn)) => return ResourceIdentity::from_arn(kind, arn),
            Some(Existing::Param(name)) => KnownBy::Parameter(name.to_string()),
            Some(Existing::Overlay(id)) => KnownBy::Overlay(id.to_string()),
            Some(Existing::Env(variable)) => KnownBy::Variable(variable.to_string()),
        };
        ResourceIdentity { kind, known_by }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_arn_is_the_resource_of_its_name_only_if_the_name_is_globally_unique() {
        let known_by = |kind, arn| ResourceIdentity::from_arn(kind, arn).known_by;
        let bucket = known_by(ResourceKind::Bucket, "arn:aws:s3:::acme");
        assert_eq!(bucket, KnownBy::Name("acme".to_owned()));
        let queue = "arn:aws:sqs:eu-west-1:123456789012:jobs";
        assert_eq!(known_by(ResourceKind::Queue, queue), KnownBy::Name(queue.to_owned()));
    }
}
