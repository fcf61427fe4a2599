//! The source `url(auth = iam)`, `url(auth = none, cors(origins = […]), stream)`. Reads the URL of a function.

use skylift_model::aws::{arn, cors};
use skylift_model::source::url::{DISTRIBUTION_PARAMETER, Distribution, EXAMPLE_ARN, Url, UrlAuth};
use syn::Type;

use super::{SourceGrammar, SourceWords, http};
use crate::cors::take_cors;
use crate::errors::Errors;
use crate::messages::{self, phrases};
use crate::readers::{read_overlay_id, read_param, read_text, read_word, report_expected};
use crate::tree::{ArgValue, ArgValueKind, Args};

impl SourceGrammar for Url {
    const WORDS: SourceWords = SourceWords {
        names: &[(
            &["url", "functionurl", "functionurlconfig", "lambdaurl", "furl"],
            "write `trigger = url(auth = iam)`, or `auth = none` to open the URL to everyone",
        )],
        keys: &[
            (
                &["authtype", "authorizer", "authorization", "authorizationtype"],
                "write `auth = iam`, or `auth = none` to open the URL to everyone",
            ),
            (
                &["invokemode", "mode", "streaming", "responsestream", "streamresponse"],
                "write `stream` to send an answer while the handler still makes it",
            ),
            (
                &["distribution", "oac", "originaccesscontrol", "cdn"],
                "write `cloudfront = overlay(\"Distribution\")`, or the ARN of a distribution",
            ),
            (
                &["path", "method", "route", "get", "post"],
                "a URL takes every path: write `http(\"GET /…\")` beside it to choose some, or route in the handler",
            ),
        ],
        keys_anywhere: &[],
    };

    fn read(args: &Args, errors: &mut Errors) -> Option<Self> {
        let read_auth = |value: &ArgValue, errors: &mut Errors| {
            read_word(value, phrases::URL_AUTH, UrlAuth::WORDS, errors)
        };
        let auth = args.take_if_set("auth", read_auth, errors);
        if auth.is_none() {
            errors.push_missing(&args.span, messages::url_without_auth());
        }
        let cors = take_cors(args, &cors::FUNCTION_URL, errors);
        let streams = args.take_flag("stream", errors).unwrap_or(false);
        let cloudfront = args.take_if_set("cloudfront", read_distribution, errors);
        let auth = auth??;
        if auth == UrlAuth::None && cloudfront.is_some() {
            errors.push(args.span_of_name("cloudfront"), messages::cloudfront_of_open_url());
            return None;
        }
        let cloudfront = match cloudfront {
            Some(cloudfront) => Some(cloudfront?),
            None => None,
        };
        Some(Self { auth, cors, streams, cloudfront })
    }

    fn check_output(output: &Type, errors: &mut Errors) {
        http::check_error_type(output, errors);
    }
}

/// Reads the value of `cloudfront`: a resource of the overlay, an ARN or a parameter. Returns `None` after an error was
/// recorded.
fn read_distribution(value: &ArgValue, errors: &mut Errors) -> Option<Distribution> {
    match &value.kind {
        ArgValueKind::Str(_) => {
            let text = read_text(value, errors)?;
            if DISTRIBUTION_PARAMETER.accepts(text) && !text.contains(['*', '?', '$']) {
                return Some(Distribution::Arn(text.to_owned()));
            }
            let message = if text.starts_with(arn::PREFIX) {
                messages::arn_of_another_kind(text, phrases::DISTRIBUTION, EXAMPLE_ARN)
            } else {
                messages::name_of_distribution(text, EXAMPLE_ARN)
            };
            errors.push(&value.span, message);
            None
        }
        ArgValueKind::Call(function, args) if function.text == "overlay" => {
            read_overlay_id(function, args, value, errors).map(Distribution::Overlay)
        }
        ArgValueKind::Call(function, args) if function.text == "param" => {
            read_param(function, args, value, errors).map(Distribution::Param)
        }
        _ => report_expected(phrases::POOL, value, errors),
    }
}

#[cfg(test)]
mod tests {
    use skylift_model::aws::cors::Origin;
    use skylift_model::source::Trigger;

    use super::*;
    use crate::source::testing::{rejected, trigger};

    fn url(arguments: &str) -> Url {
        match trigger(&format!("url({arguments})")) {
            Trigger::Url(url) => url,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn every_argument_is_read() {
        let read = url("auth = iam");
        assert_eq!(read.auth, UrlAuth::Iam);
        assert!(read.cors.is_none() && !read.streams && read.cloudfront.is_none());
        let read = url("auth = none, cors(origins = \"*\"), stream");
        assert_eq!((read.auth, read.streams), (UrlAuth::None, true));
        assert_eq!(read.cors.unwrap().origins, [Origin::Any]);
        assert!(!url("auth = \"iam\", stream = false").streams);
        let distribution =
            |text: &str| url(&format!("auth = iam, cloudfront = {text}")).cloudfront.unwrap();
        let arn = distribution(&format!("{EXAMPLE_ARN:?}"));
        assert_eq!(arn, Distribution::Arn(EXAMPLE_ARN.to_owned()));
        let overlay = distribution("overlay(\"Edge\")");
        assert_eq!(overlay, Distribution::Overlay("Edge".try_into().unwrap()));
        let param = distribution("param(\"EdgeArn\")");
        assert_eq!(param, Distribution::Param("EdgeArn".try_into().unwrap()));
    }

    #[test]
    fn every_argument_is_checked() {
        let open = "`url` does not say who may call it: `auth`\n\nhelp: write `auth = iam`, or `auth = none` to open the URL to everyone";
        for (wrong, message) in [
            ("", open),
            ("stream", open),
            ("auth = aws_iam", "`aws_iam` is not an authorization of function URLs"),
            ("auth = 3", "a number is not an authorization of function URLs"),
            (
                "auth_type = NONE",
                "unknown key `auth_type` in `url`\n\nhelp: write `auth = iam`, or",
            ),
            (
                "auth = iam, invoke_mode = stream",
                "unknown key `invoke_mode` in `url`\n\nhelp: write `stream`",
            ),
            (
                "auth = iam, path = \"/a\"",
                "unknown key `path` in `url`\n\nhelp: a URL takes every path",
            ),
            ("auth = iam, stream = \"yes\"", "`stream` takes `true` or `false`, found a string"),
            (
                "auth = none, cloudfront = overlay(\"Edge\")",
                "`cloudfront` has no effect: everyone may call the URL\n\nhelp: write `auth = iam`, so that only the distribution may",
            ),
            (
                "auth = iam, cloudfront = \"E2ABC\"",
                "`E2ABC` is not the ARN of a CloudFront distribution\n\nhelp: write `overlay(\"…\")` for a distribution of the overlay, or the ARN, such as `arn:aws:cloudfront::",
            ),
            (
                "auth = iam, cloudfront = \"arn:aws:cloudfront::123456789012:distribution/*\"",
                "`arn:aws:cloudfront::123456789012:distribution/*` is not the ARN of a CloudFront distribution",
            ),
            (
                "auth = iam, cloudfront = \"arn:aws:s3:::a\"",
                "`arn:aws:s3:::a` is not the ARN of a CloudFront distribution",
            ),
            ("auth = iam, cloudfront = Edge", "expected `overlay(\"…\")`, an ARN in quotes"),
        ] {
            let found = rejected(&format!("url({wrong})"));
            assert!(found.starts_with(message), "{wrong}: {found}");
        }
        assert!(rejected("url").starts_with(open));
    }
}
