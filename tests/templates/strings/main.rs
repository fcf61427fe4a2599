use skylift::prelude::*;

#[resource(bucket)]
pub struct Uploads;

#[function(
    trigger = s3(bucket = Uploads, prefix = "in/${HOME} 'a' \"b\"/", suffix = ": #"),
    trigger = s3(bucket = "archive-of-acme", prefix = "${x}/", suffix = "\\txt"),
    description = "Yes: \"quoted\", 'so', ${x} & more # than that",
    env(
        SUB = sub("${!HOME}"),
        SUB_ESCAPED = "${!Literal}",
        NO = "NO",
        OFF = "off",
        NULL = "null",
        TILDE = "~",
        EMPTY = "",
        NUMBER = "1e3",
        OCTAL = "0777",
        HEX = "0x1F",
        SEXAGESIMAL = "12:30:45",
        DATE = "2024-01-01",
        VERSION = "1.10",
        TRUE = "true",
        INFINITY = ".inf",
        QUOTES = "it's \"here\"",
        BACKSLASH = "C:\\new",
        LINES = "one\ntwo\n\n  three\n",
        CARRIAGE = "one\r\ntwo",
        TAB = "a\tb",
        SPACES = "  around  ",
        TAG = "!Ref Uploads",
        ANCHOR = "&a *a",
        COMMENT = "a # b",
        COLON = "key: value",
        DASH = "- item",
        BRACES = "{a: 1} [b]",
        PERCENT = "%YAML",
        AT = "@at `tick`",
        UNICODE = "größe, 日本語, 🦀",
        SEPARATORS = "a\u{2028}b\u{85}c\u{a0}d",
        CONTROL = "bell\u{7}",
        MERGE = "<<",
        DOCUMENT = "---",
        RESOLVE = "{{resolve",
    ),
    tags(
        yes = "no",
        "kosten:stelle" = "1_000",
        "a b" = "= sum",
        "on" = "off",
        "0" = "1e3",
        "a:b" = "null",
    ),
)]
async fn misread(event: S3Event) -> Result<(), Error> {
    println!("{}", event.records.len());
    Ok(())
}

#[function(
    trigger = schedule("rate(1 day)", description = "- no: list", input = { "a": "${b}", "c": "line\nbreak" }),
    description = "${kept}",
)]
async fn timed(_texts: std::collections::HashMap<String, String>) -> Result<(), Error> {
    Ok(())
}

skylift::main!();
