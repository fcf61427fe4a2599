//! `secret`, `secret(generate(length = 40, punctuation = false))`, `secret(value = Credentials)`.

use proc_macro2::TokenStream;
use quote::quote;
use skylift_model::resource::secret::{Secret, SecretGeneration, SecretLength};

use super::common::{Grammar, NamedType};
use super::items::{self, Runtime};
use super::written::Written;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Kind, Value, no_flag};

impl Written for Secret {
    // `GenerateSecretString` can say more than `generate` does, such as the JSON around a password, and
    // what it says is merged with ours: `properties` may set it. `SecretString` would be the secret itself,
    // for all to read in the template.
    const GRAMMAR: Grammar = Grammar {
        made: &["generate"],
        types: &["value"],
        properties: &[("Name", "name"), ("SecretString", "generate")],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let name = args.take("name", read::name, errors);
        let alone = SecretGeneration { length: SecretLength::DEFAULT, punctuation: true };
        Some(Self { name, generate: args.flag_or(GENERATE, alone, generate, errors) })
    }

    fn items(&self, types: &[NamedType], runtime: Runtime<'_>) -> TokenStream {
        let skylift = runtime.path;
        let value = match items::named(types, "value") {
            Some(ty) => quote!(#skylift::resource::SecretJson<#ty>),
            None => quote!(#skylift::resource::SecretText),
        };
        quote!(type Value = #value;)
    }
}

/// The key for a value that Secrets Manager makes.
const GENERATE: &str = "generate";

/// What `generate(…)` has in its parentheses.
fn generate(value: &Value, errors: &mut Errors) -> Option<SecretGeneration> {
    let Kind::Call(_, args) = &value.kind else {
        return no_flag(GENERATE, value, errors);
    };
    args.read(GENERATE, errors, |args, errors| {
        let length = args.take("length", read::number, errors).unwrap_or(SecretLength::DEFAULT);
        let punctuation = args.flag("punctuation", errors).unwrap_or(true);
        Some(SecretGeneration { length, punctuation })
    })
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::ResourceSettings;

    use super::Secret;
    use crate::resource::testing::{refused, right, settings};

    fn secret(attribute: &str) -> Secret {
        match settings(attribute) {
            ResourceSettings::Secret(secret) => secret,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_secret_is_generated_only_where_that_is_said() {
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
            ("generate = 40", "`generate` is true or false, not a number"),
            ("generate(length = 0)", "length of 0 is out of range"),
            ("generate(length = \"40\")", "expected a whole number, found a string"),
            ("generate(lenght = 40)", "did you mean `length`?"),
            ("generate(punctuation = 1)", "`punctuation` is true or false"),
            (r#"value = "hunter2""#, "`value` names a type, found a string"),
        ] {
            let found = refused(&format!("secret({wrong})"));
            assert!(found.contains(message), "{wrong}: {found}");
        }
    }

    #[test]
    fn what_generate_cannot_say_can_be_said_by_properties() {
        let read = right(
            r#"secret(generate, properties = { "GenerateSecretString": { "GenerateStringKey": "password" } })"#,
        );
        assert!(read.properties.get("GenerateSecretString").is_some());
    }
}
