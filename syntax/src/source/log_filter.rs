//! The filter patterns of CloudWatch Logs for JSON: `{ $.level = "ERROR" && $.code > 5 }`. Takes a pattern, and returns the
//! mistake for which CloudWatch Logs refuses it. What is not certain is accepted. AWS: "Filter pattern syntax for metric
//! filters, subscription filters, filter log events, and Live Tail".

/// The mistake in a filter pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum FilterMistake {
    /// Text follows the closing brace.
    TextAfterBrace,
    /// A parenthesis has no other one.
    Parenthesis,
    /// A condition is missing before or after `&&` or `||`.
    ConditionMissing,
    /// A condition does not begin with a field. The value is its first word.
    NoField(String),
    /// A condition has no operator of CloudWatch Logs. The value is the word in its place.
    NoOperator(String),
}

/// The operators, the longer ones first.
const OPERATORS: [&str; 6] = ["!=", "<=", ">=", "=", "<", ">"];

/// Returns the mistake in a pattern for JSON. Returns `None` for a pattern without a mistake, and for a pattern of another form.
pub(super) fn find_mistake(pattern: &str) -> Option<FilterMistake> {
    let inner = pattern.trim().strip_prefix('{')?;
    let Some(inner) = inner.strip_suffix('}') else {
        return inner.contains('}').then_some(FilterMistake::TextAfterBrace);
    };
    let conditions = match split_conditions(inner) {
        Ok(conditions) => conditions,
        Err(mistake) => return Some(mistake),
    };
    conditions.iter().find_map(|condition| check_condition(condition.trim()))
}

/// Returns the conditions between `&&`, `||` and parentheses.
fn split_conditions(text: &str) -> Result<Vec<String>, FilterMistake> {
    let mut conditions = vec![String::new()];
    let mut depth = 0_usize;
    let mut quote = None;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        if let Some(closing) = quote {
            quote = Some(closing).filter(|closing| *closing != letter);
            if let Some(last) = conditions.last_mut() {
                last.push(letter);
            }
            continue;
        }
        match letter {
            '(' => depth += 1,
            ')' => depth = depth.checked_sub(1).ok_or(FilterMistake::Parenthesis)?,
            '&' | '|' if letters.peek() == Some(&letter) => {
                letters.next();
                conditions.push(String::new());
            }
            _ => {
                quote = match letter {
                    '"' | '%' | '\'' => Some(letter),
                    '[' => Some(']'),
                    _ => None,
                };
                if let Some(last) = conditions.last_mut() {
                    last.push(letter);
                }
            }
        }
    }
    if depth > 0 { Err(FilterMistake::Parenthesis) } else { Ok(conditions) }
}

fn check_condition(condition: &str) -> Option<FilterMistake> {
    if condition.is_empty() {
        return Some(FilterMistake::ConditionMissing);
    }
    let is_end = |it: char| it.is_whitespace() || "=!<>".contains(it);
    let end = condition.find(is_end).unwrap_or(condition.len());
    let (field, rest) = condition.split_at(end);
    if !field.starts_with('$') {
        return Some(FilterMistake::NoField(field.to_owned()));
    }
    // A name in brackets can have any character.
    if field.contains(['[', '"', '\'']) {
        return None;
    }
    let rest = rest.trim_start();
    let operator = OPERATORS.iter().find(|operator| rest.starts_with(**operator));
    let word = rest.split_whitespace().next().unwrap_or_default();
    match operator {
        Some(operator) if rest[operator.len()..].trim().is_empty() => {
            Some(FilterMistake::ConditionMissing)
        }
        Some(_) => None,
        None if ["is", "not", "exists"].contains(&word.to_lowercase().as_str()) => None,
        None => Some(FilterMistake::NoOperator(word.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_of_the_guide_are_accepted() {
        for pattern in [
            "",
            "ERROR",
            "[ip, user]",
            r#"{ $.eventType = "UpdateTrail" }"#,
            "{ $.bandwidth > 75 }",
            "{$.level=ERROR}",
            "{ $.sourceIPAddress != 123.123.* }",
            "{ $.arrayKey[0] = \"value\" }",
            "{ $.objectList[1].id = 2 }",
            "{ $.['a b'] = 1 }",
            "{ $.SomeObject IS NULL }",
            "{ $.SomeOtherObject NOT EXISTS }",
            "{ $.ThisFlag IS TRUE }",
            "{ ($.user.id = 1) && ($.users[0].email = \"John.Doe@example.com\") }",
            "{ ($.user.email = \"a\" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }",
            "{ $.text = %WARN|(ERROR && x)% }",
            "{ $.text = \"a && b)\" }",
        ] {
            assert_eq!(find_mistake(pattern), None, "{pattern}");
        }
    }

    #[test]
    fn each_mistake_is_found() {
        use FilterMistake::{ConditionMissing, NoField, NoOperator, Parenthesis, TextAfterBrace};
        for (pattern, mistake) in [
            ("{ level = ERROR }", NoField("level".to_owned())),
            ("{ $.level = ERROR && }", ConditionMissing),
            ("{ $.level = }", ConditionMissing),
            ("{ $.level ~ ERROR }", NoOperator("~".to_owned())),
            ("{ $.level contains ERROR }", NoOperator("contains".to_owned())),
            ("{ $.level }", NoOperator(String::new())),
            ("{ ($.level = ERROR || $.level = WARN }", Parenthesis),
            ("{ $.level = ERROR) }", Parenthesis),
            ("{ $.level = ERROR } ERROR", TextAfterBrace),
            ("{ }", ConditionMissing),
        ] {
            assert_eq!(find_mistake(pattern), Some(mistake), "{pattern}");
        }
    }
}
