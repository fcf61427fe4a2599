//! `secret`, `secret(generate(length = 40, punctuation = false))`, `secret(value = Credentials)`.

use skylift_model::resource::secret::{Generate, Length, Secret};

use super::common::Grammar;
use crate::errors::Errors;
use crate::read;
use crate::tree::{Args, Kind, Value};

// `GenerateSecretString` can say more than `generate` does, such as the JSON around a password, and
// what it says is merged with ours: `properties` may set it. `SecretString` would be the secret itself,
// for all to read in the template.
pub(super) const GRAMMAR: Grammar = Grammar {
    made: &["generate"],
    types: &["value"],
    properties: &[("Name", "name"), ("SecretString", "generate")],
};

/// Reads the arguments of `secret`.
pub fn read(args: &Args, errors: &mut Errors) -> Option<Secret> {
    let name = args.get("name").and_then(|value| read::name(value, errors));
    Some(Secret { name, generate: generate(args, errors) })
}

/// `generate` alone, or with what it takes in parentheses.
fn generate(args: &Args, errors: &mut Errors) -> Option<Generate> {
    let Some(Value { kind: Kind::Call(..), .. }) = args.find("generate") else {
        let generate = Generate { length: Length::DEFAULT, punctuation: true };
        return args.flag("generate", errors).filter(|set| *set).map(|_| generate);
    };
    let inner = args.nested("generate", errors)?;
    let length = inner.get("length").and_then(|value| read::number(value, errors));
    let punctuation = inner.flag("punctuation", errors).unwrap_or(true);
    inner.finish("generate", errors);
    Some(Generate { length: length.unwrap_or(Length::DEFAULT), punctuation })
}

#[cfg(test)]
mod tests {
    use skylift_model::resource::Settings;

    use super::Secret;
    use crate::resource::testing::{refused, right, settings};

    fn secret(attribute: &str) -> Secret {
        match settings(attribute) {
            Settings::Secret(secret) => secret,
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
