//! Tests of each way to take a key, and of the errors about keys that are not taken.

use super::*;
use crate::tree::parse_args;

/// Returns the errors about arguments of `#[it]` that are read with `read`.
fn wrong(text: &str, read: impl FnOnce(&Args, &mut Errors)) -> Vec<String> {
    let mut errors = Errors::new();
    let args = parse_args(text.parse().unwrap(), &mut errors);
    args.read_all("#[it]", &mut errors, read);
    errors.into_diagnostics().iter().map(|message| message.full()).collect()
}

fn int(value: &ArgValue, _: &mut Errors) -> Option<i128> {
    match value.kind {
        ArgValueKind::Int(number) => Some(number),
        _ => None,
    }
}

#[test]
fn a_key_is_taken_in_both_forms_and_its_first_value_counts() {
    let found = wrong("a = 1, b(2), a = 3", |args, errors| {
        assert_eq!(args.take("a", int, errors), Some(1));
        assert_eq!(args.take("b", |value, _| Some(value.describe()), errors).unwrap(), "`b(…)`");
        assert_eq!(args.take("c", int, errors), None);
    });
    assert_eq!(found, ["`a` is set twice"]);
}

#[test]
fn a_missing_key_is_distinguished_from_a_wrong_value() {
    let found = wrong("a = 1, b = \"x\"", |args, errors| {
        assert_eq!(args.take_if_set("a", int, errors), Some(Some(1)));
        assert_eq!(args.take_if_set("b", int, errors), Some(None));
        assert_eq!(args.take_if_set("c", int, errors), None);
    });
    assert_eq!(found, [""; 0]);
}

#[test]
fn a_key_that_was_not_taken_is_reported_with_the_nearest_known_one() {
    let found = wrong("timeout = 1, timout = 2", |args, errors| {
        args.take("timeout", int, errors);
        args.take("memory", int, errors);
        args.take("memory", int, errors);
    });
    assert_eq!(found, ["unknown key `timout` in `#[it]`\n\nhelp: did you mean `timeout`?"]);
    let found = wrong("quite_another = 2", |args, errors| {
        args.take("timeout", int, errors);
        args.take("memory", int, errors);
        args.take("memory", int, errors);
    });
    assert_eq!(
        found,
        ["unknown key `quite_another` in `#[it]`\n\nhelp: `#[it]` takes `memory` and `timeout`"]
    );
}

#[test]
fn an_owner_without_keys_says_what_it_takes() {
    let none = |_: &Args, _: &mut Errors| {};
    assert_eq!(
        wrong("a = 1", none),
        ["unknown key `a` in `#[it]`\n\nhelp: `#[it]` takes no arguments"]
    );
    assert_eq!(
        wrong("a", none),
        ["unknown key `a` in `#[it]`\n\nhelp: `#[it]` takes no arguments"]
    );
    let one = |args: &Args, _: &mut Errors| {
        args.take_positional();
    };
    assert_eq!(
        wrong("\"x\", a = 1", one),
        ["unknown key `a` in `#[it]`\n\nhelp: `#[it]` takes one value and no keys"]
    );
    assert_eq!(wrong("3", none), ["expected `key = value` in `#[it]`, found a number"]);
}

#[test]
fn a_key_without_its_value_is_an_error() {
    let take = |args: &Args, errors: &mut Errors| {
        args.take("a", int, errors);
        args.take_nested("b", |_, _| {}, errors);
    };
    assert_eq!(wrong("a", take), ["`a` needs a value\n\nhelp: write `a = …`"]);
    assert_eq!(wrong("b", take), ["`b` needs values\n\nhelp: write `b(…)`"]);
    assert_eq!(wrong("b = 3", take), ["`b` takes its values in parentheses: `b(…)`"]);
    assert_eq!(wrong("b(), a = 1", take), [""; 0]);
    let bare = |args: &Args, _: &mut Errors| assert!(args.take_bare_word("a").is_some());
    assert_eq!(wrong("a", bare), [""; 0]);
    let other = |args: &Args, _: &mut Errors| assert!(args.take_bare_word("a").is_none());
    assert_eq!(wrong("a = 1", other), ["`a` needs a value\n\nhelp: write `a = …`"]);
}

#[test]
fn a_repeatable_key_is_taken_in_the_order_written() {
    let found = wrong("a = 1, c = 9, b(), a = 2", |args, _| {
        let each = args.take_each(&["a", "b"]);
        let each: Vec<String> =
            each.iter().map(|(key, value)| format!("{} {}", key.text, value.describe())).collect();
        assert_eq!(each, ["a a number", "b `b(…)`", "a a number"]);
    });
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].starts_with("unknown key `c`"), "{found:?}");
}

#[test]
fn a_flag_is_a_word_or_set_to_true_or_false() {
    for (text, flag) in
        [("f", Some(true)), ("f = true", Some(true)), ("f = false", Some(false)), ("", None)]
    {
        let found = wrong(text, |args, errors| assert_eq!(args.take_flag("f", errors), flag));
        assert_eq!(found, [""; 0], "{text}");
    }
    let read = |args: &Args, errors: &mut Errors| assert_eq!(args.take_flag("f", errors), None);
    assert_eq!(wrong("f = 1", read), ["`f` takes `true` or `false`, found a number"]);
    assert_eq!(wrong("f(1)", read), ["`f` needs a value\n\nhelp: write `f = …`"]);
    assert!(wrong("g", read)[0].starts_with("unknown key `g`"));
}

#[test]
fn a_key_can_be_a_flag_or_have_another_value() {
    for (text, meaning) in
        [("f", Some(7)), ("f = true", Some(7)), ("f = false", None), ("f = 3", Some(3)), ("", None)]
    {
        let read = |args: &Args, errors: &mut Errors| {
            assert_eq!(args.take_flag_or("f", 7, int, errors), meaning, "{text}");
        };
        assert_eq!(wrong(text, read), [""; 0], "{text}");
    }
}

#[test]
fn positional_values_end_at_the_first_key_and_keyless_values_do_not() {
    let found = wrong("1, 2, a = 3, 4", |args, _| assert_eq!(args.take_positional().len(), 2));
    assert_eq!(found.len(), 2, "{found:?}");
    assert_eq!(found[1], "expected `key = value` in `#[it]`, found a number");
    let found = wrong("1, a = 3, b(), 4", |args, _| assert_eq!(args.take_keyless().len(), 3));
    assert_eq!(found.len(), 1, "{found:?}");
    let found = wrong("1, a = 3, b(), c = 4", |args, _| {
        args.take_keyless();
        let keys: Vec<&str> = args.take_keys().iter().map(|key| key.text.as_str()).collect();
        assert_eq!(keys, ["a", "c"]);
    });
    assert_eq!(found, [""; 0]);
}

#[test]
fn entries_take_each_name_once() {
    let found = wrong("A = 1, B = 2, A = 3, word, 4", |args, errors| {
        let entries = args.take_entries("env", errors);
        let names: Vec<&str> = entries.iter().map(|(key, _)| key.text.as_str()).collect();
        assert_eq!(names, ["A", "B"]);
    });
    let takes = "`env` takes `name = value`";
    assert_eq!(found, ["`A` is set twice", takes, takes, "`A` is set twice"]);
}

#[test]
fn removed_keys_are_returned_once_each() {
    let mut errors = Errors::new();
    let args = parse_args("a = 1, b, a = 2, c(), d = 3, 4".parse().unwrap(), &mut errors);
    let (left, taken) = args.split_off_keys(&["a", "b", "c"]);
    let taken: Vec<&str> = taken.iter().map(|key| key.text.as_str()).collect();
    assert_eq!(taken, ["a", "b", "c"]);
    assert!(
        left.has_key("d")
            && !left.has_key("a")
            && !left.has_key("c")
            && left.locate_first_keyless().is_some()
    );
    assert!(args.has_key("a"), "the original arguments are unchanged");
    assert!(errors.into_diagnostics().is_empty());
}

#[test]
fn locating_a_key_does_not_take_it() {
    let found = wrong("a = 1, b()", |args, _| {
        assert!(args.has_key("a") && args.has_key("b") && !args.has_key("c"));
        assert!(matches!(args.span_of("c"), SourceSpan::Tokens { .. }));
        assert_eq!(args.locate_each(&["b", "a"]).count(), 2);
    });
    assert_eq!(found.len(), 2, "{found:?}");
}
