//! The kind `secret`, or `secret(generate(length = 40, punctuation = false))`, or `secret(value =
//! Credentials)`: reads the settings of a secret.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::secret::{Secret, SecretGeneration, SecretLength};

use super::common::{KindKeys, KindWords, NamedType};
use super::grammar::ResourceGrammar;
use super::trait_items::{RuntimeNames, find_type};
use crate::errors::Errors;
use crate::readers::{read_name, read_number};
use crate::tree::{ArgValue, ArgValueKind, Args, report_not_a_flag};

impl ResourceGrammar for Secret {
    // `GenerateSecretString` has more options than `generate`, such as the JSON around a password. It is
    // merged with ours, so `properties` may set it. `SecretString` is not allowed: it would be the secret
    // itself, and everybody could read it in the template.
    const KEYS: KindKeys = KindKeys {
        creation: &["generate"],
        types: &["value"],
        policy: Some("secretsmanager"),
        sources: &[],
        view: None,
        properties: &[("Name", "name"), ("SecretString", "generate")],
    };

    const WORDS: KindWords = KindWords {
        names: &[(&["secretsmanager", "secrets"], "write `secret`")],
        keys: &[(&["generatesecretstring"], "write `generate`, or `generate(length = 40)`")],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read_name, errors);
        let default = SecretGeneration { length: SecretLength::DEFAULT, punctuation: true };
        Some(Self { name, generate: args.take_flag_or(GENERATE, default, read_generate, errors) })
    }

    fn trait_items(&self, types: &[NamedType], runtime: RuntimeNames<'_>) -> TokenStream {
        let skylift = runtime.path;
        let value = match find_type(types, "value") {
            Some(ty) => quote!(#skylift::resource::SecretJson<#ty>),
            None => quote!(#skylift::resource::SecretText),
        };
        quote!(type Value = #value;)
    }
}

/// The key for an initial value that Secrets Manager generates.
const GENERATE: &str = "generate";

/// Reads the value of `generate(…)`. Returns `None` after an error was recorded.
fn read_generate(value: &ArgValue, errors: &mut Errors) -> Option<SecretGeneration> {
    let ArgValueKind::Call(_, args) = &value.kind else {
        return report_not_a_flag(GENERATE, value, errors);
    };
    args.read_all(GENERATE, errors, |args, errors| {
        let length = args.take("length", read_number, errors).unwrap_or(SecretLength::DEFAULT);
        let punctuation = args.take_flag("punctuation", errors).unwrap_or(true);
        Some(SecretGeneration { length, punctuation })
    })
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Secret;
    use crate::resource::testing::{accepted, rejected, settings};

    fn secret(attribute: &str) -> Secret {
        match settings(attribute) {
            ResourceSettings::Secret(secret) => secret,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_secret_is_generated_only_with_the_flag() {
        assert_eq!(secret("secret"), Secret::default());
        assert_eq!(secret("secret(generate = false)").generate, None);
        for generated in ["generate", "generate()", "generate = true", "generate(punctuation)"] {
            let generate = secret(&format!("secret({generated})")).generate.unwrap();
            assert_eq!((generate.length.get(), generate.punctuation), (32, true), "{generated}");
        }
        let read = secret(r#"secret(name = "app/db", generate(length = 40, punctuation = false))"#);
        let generate = read.generate.unwrap();
        assert_eq!((generate.length.get(), generate.punctuation), (40, false));
        assert_eq!(read.name.unwrap().as_str(), "app/db");
    }

    #[test]
    fn every_key_is_checked() {
        for (wrong, message) in [
            (r#"name = "a b""#, "is not a name of a secret"),
            ("generate = 40", "`generate` takes `true` or `false`, found a number"),
            ("generate(length = 0)", "length of 0 is out of range"),
            ("generate(length = \"40\")", "expected a whole number, found a string"),
            ("generate(lenght = 40)", "did you mean `length`?"),
            ("generate(punctuation = 1)", "`punctuation` takes `true` or `false`"),
            (r#"value = "hunter2""#, "a secret is not written in the source"),
        ] {
            let found = rejected(&format!("secret({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn properties_can_set_what_generate_cannot() {
        let read = accepted(
            r#"secret(generate, properties = { "GenerateSecretString": { "GenerateStringKey": "password" } })"#,
        );
        assert!(read.properties.get("GenerateSecretString").is_some());
    }
}
