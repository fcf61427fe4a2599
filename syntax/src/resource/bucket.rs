//! The kind `bucket`, or `bucket(name = "uploads-of-acme", versioned, tls_only = false)`: reads the settings of
//! an S3 bucket.

use skylift_model::resource::bucket::Bucket;

use super::common::{KindKeys, KindWords, ViewKeys};
use super::grammar::ResourceGrammar;
use crate::errors::Errors;
use crate::readers::read_name;
use crate::tree::Args;

impl ResourceGrammar for Bucket {
    const KEYS: KindKeys = KindKeys {
        creation: &["versioned", "tls_only"],
        types: &[],
        policy: Some("s3"),
        sources: &[],
        view: Some(ViewKeys { part: "prefix", of_whole: &[] }),
        properties: &[("BucketName", "name"), ("VersioningConfiguration", "versioned")],
    };

    const WORDS: KindWords = KindWords {
        names: &[(&["s3", "storage"], "write `bucket`")],
        keys: &[
            (&["cors"], "write `properties = { \"CorsConfiguration\": { \"CorsRules\": […] } }`"),
            (&["prefix"], "for a view of the keys with a prefix, write `of = Uploads` beside it"),
            (&["public"], "write `properties = { \"PublicAccessBlockConfiguration\": { … } }`"),
            (
                &["expire", "expiration", "lifecycle", "ttl"],
                "write `properties = { \"LifecycleConfiguration\": { \"Rules\": […] } }`",
            ),
            (&["versioning", "versions", "versioningconfiguration"], "write `versioned`"),
        ],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read_name, errors);
        let versioned = args.take_flag("versioned", errors).unwrap_or(false);
        let tls_only = args.take_flag("tls_only", errors).unwrap_or(true);
        Some(Self { name, versioned, tls_only })
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Bucket;
    use crate::resource::testing::{rejected, settings};

    #[test]
    fn a_bucket_takes_tls_only_by_default() {
        let bucket = Bucket { name: None, versioned: false, tls_only: true };
        assert_eq!(settings("bucket"), ResourceSettings::Bucket(bucket));
    }

    #[test]
    fn every_key_is_read() {
        let read = settings(r#"bucket(name = "acme", versioned, tls_only = false)"#);
        let ResourceSettings::Bucket(bucket) = read else { panic!("{read:?}") };
        assert_eq!(bucket.name.unwrap().as_str(), "acme");
        assert!(bucket.versioned && !bucket.tls_only);
    }

    #[test]
    fn every_key_is_checked() {
        assert!(rejected(r#"bucket(name = "Acme")"#).contains("is not a bucket name"));
        assert_eq!(
            rejected("bucket(versioned = 1)"),
            "`versioned` takes `true` or `false`, found a number"
        );
        assert_eq!(
            rejected("bucket(tls_only = no)"),
            "`tls_only` takes `true` or `false`, found `no`"
        );
    }
}
