//! Evaluates `cfg` predicates as rustc does. It takes the variables `CARGO_CFG_*` and `CARGO_FEATURE_*` of a
//! build script, and returns whether a predicate such as `all(unix, feature = "s3")` is true for the package
//! that is being built.
// See decision 0005.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use super::cursor::{Cursor, Unbalanced};

/// The number of levels to which predicates may nest. A predicate below the last level is false. Nobody writes such
/// a predicate, and the call stack is finite.
const MAX_DEPTH: usize = 64;

/// The active `cfg`s of the build.
#[derive(Debug, Clone, Default)]
pub(crate) struct Cfg {
    /// The values of each `cfg` by its upper-case name, because Cargo passes no other spelling.
    values: HashMap<String, Vec<String>>,
    /// The names of the features in `CARGO_FEATURE_*`, upper-case and with `_` for `-`. They are used only if
    /// `CARGO_CFG_FEATURE`, which has the exact names, is not set.
    features: HashSet<String>,
}

impl Cfg {
    /// Reads the `cfg`s from the environment variables of a build script. Variables that describe no `cfg` are
    /// ignored.
    pub(crate) fn from_env(vars: impl IntoIterator<Item = (String, String)>) -> Self {
        let mut cfg = Self::default();
        for (name, value) in vars {
            if let Some(key) = name.strip_prefix("CARGO_CFG_") {
                let values = value.split(',').map(str::to_owned).collect();
                cfg.values.insert(key.to_owned(), values);
            } else if let Some(feature) = name.strip_prefix("CARGO_FEATURE_") {
                cfg.features.insert(feature.to_owned());
            }
        }
        cfg
    }

    /// Returns whether the package is built with the feature `feature`.
    pub(crate) fn has_feature(&self, feature: &str) -> bool {
        match self.values.get("FEATURE") {
            Some(_) => !feature.is_empty() && self.has_value("feature", feature),
            None => self.features.contains(&env_name(feature)),
        }
    }

    /// Returns whether the `cfg` with the name `key` has this value, as in `target_os = "linux"`.
    fn has_value(&self, key: &str, value: &str) -> bool {
        self.values
            .get(&env_name(key))
            .is_some_and(|values| values.iter().any(|known| known == value))
    }

    /// Returns whether a `cfg` without a value, such as `unix`, is set. Cargo passes it as an empty variable.
    fn is_set(&self, name: &str) -> bool {
        // A build script does not run with `cfg(test)` of its package.
        name != "test" && self.has_value(name, "")
    }

    /// Evaluates the predicate at the place `range` of `text`. A malformed predicate is false, and rustc reports
    /// it.
    pub(super) fn is_true(&self, text: &str, range: Range<usize>) -> bool {
        let mut cursor = Cursor::in_range(text, range);
        self.eval_predicate(&mut cursor, 0).unwrap_or(false)
    }

    /// Evaluates the predicate that is the whole of `text`.
    pub(crate) fn is_true_text(&self, text: &str) -> bool {
        self.is_true(text, 0..text.len())
    }

    /// Evaluates the predicate at the cursor, and moves the cursor behind it; `depth` is the level of nesting.
    fn eval_predicate(&self, cursor: &mut Cursor<'_>, depth: usize) -> Result<bool, Unbalanced> {
        cursor.skip_trivia()?;
        let Some(word) = cursor.take_word() else {
            return Ok(false);
        };
        cursor.skip_trivia()?;
        if cursor.peek() == b'(' && !word.raw && depth < MAX_DEPTH {
            return self.eval_combination(word.name, cursor, depth + 1);
        }
        if cursor.eat(b'=') {
            cursor.skip_trivia()?;
            let Some(value) = cursor.take_string()? else {
                return Ok(false);
            };
            return Ok(match word.name {
                "feature" => self.has_feature(&value),
                key => self.has_value(key, &value),
            });
        }
        cursor.skip_trivia()?;
        if !cursor.at_end() && cursor.peek() != b',' {
            return Ok(false);
        }
        Ok(match word.keyword() {
            "true" => true,
            "false" => false,
            _ => self.is_set(word.name),
        })
    }

    /// Evaluates `all(…)`, `any(…)` or `not(…)`; the cursor is at the opening bracket. Any other name is false.
    fn eval_combination(
        &self,
        name: &str,
        cursor: &mut Cursor<'_>,
        depth: usize,
    ) -> Result<bool, Unbalanced> {
        let open = cursor.at;
        cursor.skip_group()?;
        let inside = open + 1..cursor.at - 1;
        let mut inner = Cursor::in_range(cursor.text(), inside);
        let (mut met, mut missed) = (0, 0);
        loop {
            inner.skip_trivia()?;
            if inner.at_end() {
                break;
            }
            if self.eval_predicate(&mut inner, depth)? {
                met += 1;
            } else {
                missed += 1;
            }
            while !inner.at_end() && !inner.eat(b',') {
                inner.skip_token()?;
            }
        }
        Ok(match name {
            "all" => missed == 0,
            "any" => met > 0,
            "not" => met == 0 && missed == 1,
            _ => false,
        })
    }
}

/// Returns the name of a `cfg` or a feature as Cargo writes it in an environment variable.
fn env_name(name: &str) -> String {
    name.to_uppercase().replace('-', "_")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cfg_from_vars(vars: &[(&str, &str)]) -> Cfg {
        Cfg::from_env(vars.iter().map(|&(name, value)| (name.to_owned(), value.to_owned())))
    }

    fn linux_cfg() -> Cfg {
        cfg_from_vars(&[
            ("CARGO_CFG_UNIX", ""),
            ("CARGO_CFG_TARGET_OS", "linux"),
            ("CARGO_CFG_TARGET_ENV", ""),
            ("CARGO_CFG_TARGET_FEATURE", "fxsr,sse,sse2"),
            ("CARGO_CFG_DEBUG_ASSERTIONS", ""),
            ("CARGO_CFG_FEATURE", "default,dark-mode,Big"),
            ("CARGO_CFG_MIXEDCASE", ""),
            ("HOME", "unix"),
        ])
    }

    fn is_true(cfg: &Cfg, text: &str) -> bool {
        cfg.is_true(text, 0..text.len())
    }

    #[test]
    fn predicates_have_the_values_that_rustc_gives_them() {
        let cfg = linux_cfg();
        for text in [
            "unix",
            "true",
            "all()",
            "all(unix, target_os = \"linux\",)",
            "any(windows, unix)",
            "not(windows)",
            "not(any())",
            " all ( /* a */ unix , // b\n true )",
            "target_feature = \"sse2\"",
            "target_os = r\"linux\"",
            "target_os = r#\"linux\"#",
            "target_os = \"li\\x6eux\"",
            "target_env = \"\"",
            "debug_assertions",
            "feature = \"dark-mode\"",
            "feature = \"Big\"",
            "MixedCase",
            "r#unix",
        ] {
            assert!(is_true(&cfg, text), "`{text}` should hold");
        }
        for text in [
            "windows",
            "false",
            "any()",
            "test",
            "not(unix)",
            "not()",
            "not(windows, windows)",
            "all(unix, windows)",
            "target_os",
            "target_os = \"Linux\"",
            "target_feature = \"sse,sse2\"",
            "feature = \"dark_mode\"",
            "feature = \"big\"",
            "feature = \"\"",
            "feature",
            "unknown(unix)",
            "unix unix",
            "unix::unix",
            "\"unix\"",
            "target_os = linux",
            "target_os = b\"linux\"",
            "r#true",
            "",
            "all(",
        ] {
            assert!(!is_true(&cfg, text), "`{text}` should not hold");
        }
    }

    #[test]
    fn features_are_found_by_their_upper_case_name_if_cargo_gives_no_other() {
        let cfg = cfg_from_vars(&[("CARGO_FEATURE_DARK_MODE", "1")]);
        assert!(is_true(&cfg, "feature = \"dark-mode\""));
        assert!(is_true(&cfg, "feature = \"dark_mode\""));
        assert!(!is_true(&cfg, "feature = \"dark\""));
    }

    #[test]
    fn an_empty_list_of_features_has_no_feature() {
        let cfg = cfg_from_vars(&[("CARGO_CFG_FEATURE", ""), ("CARGO_FEATURE_OLD", "1")]);
        assert!(!cfg.has_feature("old"));
        assert!(!cfg.has_feature(""));
    }

    #[test]
    fn cfg_test_is_never_set() {
        assert!(!is_true(&cfg_from_vars(&[("CARGO_CFG_TEST", "")]), "test"));
    }

    #[test]
    fn deeply_nested_predicates_are_false_without_a_stack_overflow() {
        let text = format!("{}unix{}", "all(".repeat(50_000), ")".repeat(50_000));
        assert!(!is_true(&linux_cfg(), &text));
    }
}
