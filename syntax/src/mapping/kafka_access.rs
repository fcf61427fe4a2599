//! The arguments by which Lambda authenticates with the brokers of a Kafka cluster, `auth = scram_512, secret =
//! Credentials, secret_key = "arn:…"`, and with a schema registry, `schema_registry(address = "https://…", format =
//! json, validate = value, auth = basic, secret = Registry)`.

use skylift_model::aws::mapping::kafka_access::{
    KafkaAuth, KafkaCredentials, RecordFormat, RegistryAddress, RegistryAuth, SchemaRegistry,
    ValidatedPart,
};
use skylift_model::aws::mapping::secret_access::SECRET_KEY;

use super::read_kms_key;
use super::servers::read_secret;
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_list, read_text, read_word};
use crate::tree::{ArgValue, Args};

/// The key of a trigger with the schema registry.
const REGISTRY: &str = "schema_registry";

/// Reads `auth`, `secret` and `secret_key`. `accepted` are the methods of the source, and `has_more_secrets` is whether
/// the trigger has other secrets.
pub(crate) fn read_credentials(
    args: &Args,
    accepted: &'static [(&'static str, KafkaAuth)],
    has_more_secrets: bool,
    errors: &mut Errors,
) -> KafkaCredentials {
    let auth = |value: &ArgValue, errors: &mut Errors| {
        read_word(value, phrases::KAFKA_AUTH, accepted, errors)
    };
    let credentials = KafkaCredentials {
        auth: args.take("auth", auth, errors),
        secret: args.take(SECRET_KEY, read_secret, errors),
        secret_key: args.take("secret_key", read_kms_key, errors),
    };
    // A value with an error counts as written.
    let is_read = credentials.auth.is_some() == args.has_key("auth")
        && credentials.secret.is_some() == args.has_key(SECRET_KEY);
    let problem = credentials.check(accepted, has_more_secrets).filter(|_| is_read);
    if let Some((key, message)) = problem {
        errors.push(args.span_of(key), message);
    }
    credentials
}

/// Reads one of several words, or a list of them, each at most once. Returns `None` after an error was recorded.
pub(super) fn read_words<T: Copy + PartialEq>(
    value: &ArgValue,
    what: &str,
    words: &[(&'static str, T)],
    errors: &mut Errors,
) -> Option<Vec<T>> {
    errors.scope(|errors| {
        let items = read_list(value);
        if items.is_empty() {
            let known: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
            errors.push(&value.span, messages::not_a_word("an empty list", what, &known));
        }
        let mut read: Vec<T> = Vec::new();
        for item in items {
            let Some(meaning) = read_word(item, what, words, errors) else { continue };
            if read.contains(&meaning) {
                errors.push(&item.span, messages::named_twice(item.word().unwrap_or_default()));
            } else {
                read.push(meaning);
            }
        }
        Some(read)
    })
}

/// Reads `schema_registry(…)`. Returns `None` if it is not set, or after an error was recorded.
pub(super) fn take_registry(args: &Args, errors: &mut Errors) -> Option<SchemaRegistry> {
    args.take_nested(
        REGISTRY,
        |args, errors| args.read_all(REGISTRY, errors, read_registry),
        errors,
    )?
}

fn read_registry(args: &Args, errors: &mut Errors) -> Option<SchemaRegistry> {
    let format = |value: &ArgValue, errors: &mut Errors| {
        read_word(value, phrases::RECORD_FORMAT, RecordFormat::WORDS, errors)
    };
    let parts = |value: &ArgValue, errors: &mut Errors| {
        read_words(value, phrases::VALIDATED_PART, ValidatedPart::WORDS, errors)
    };
    let method = |value: &ArgValue, errors: &mut Errors| {
        read_word(value, phrases::KAFKA_AUTH, RegistryAuth::WORDS, errors)
    };
    let address = args.take("address", read_address, errors);
    let format = args.take("format", format, errors);
    let validate = args.take("validate", parts, errors);
    let auth: Option<RegistryAuth> = args.take("auth", method, errors);
    let secret = args.take(SECRET_KEY, read_secret, errors);
    let ca = args.take("ca", read_secret, errors);
    let needed = ["address", "format", "validate"];
    let missing: Vec<&str> = needed.into_iter().filter(|key| !args.has_key(key)).collect();
    if !missing.is_empty() {
        let example = "schema_registry(address = \"https://…\", format = json, validate = value)";
        errors.push_missing(&args.span, messages::source_keys_missing(REGISTRY, &missing, example));
    }
    match (args.has_key("auth"), args.has_key(SECRET_KEY)) {
        (true, false) => {
            errors.push(args.span_of("auth"), messages::registry_auth_in_part(SECRET_KEY));
        }
        (false, true) => {
            errors.push(args.span_of(SECRET_KEY), messages::registry_auth_in_part("auth"));
        }
        _ => {}
    }
    if matches!(address, Some(RegistryAddress::Glue(_))) {
        let keys = ["auth", "ca"].into_iter();
        for key in keys.filter(|key| args.has_key(key)) {
            errors.push(args.span_of(key), messages::glue_with_credentials(key));
        }
    }
    Some(SchemaRegistry {
        address: address?,
        format: format?,
        validate: validate?,
        auth: auth.zip(secret),
        ca,
    })
}

/// Reads the address of a registry: the ARN of one of Glue, or a URL.
fn read_address(value: &ArgValue, errors: &mut Errors) -> Option<RegistryAddress> {
    let text = read_text(value, errors)?;
    let address = RegistryAddress::parse(text);
    if address.is_none() {
        let message = messages::not_a_registry(text, RegistryAddress::EXAMPLE_ARN);
        errors.push(&value.span, message);
    }
    address
}
