//! Makes the filters that select by target and level which events are logged and which spans are sent. Takes the
//! values of environment variables.

use tracing_subscriber::filter::{LevelFilter, Targets};

use super::span;
use crate::messages;
use crate::observability::log_format::RUNTIME_TARGET;

/// Returns the filter for log lines, and a warning if the value of `RUST_LOG` is not valid.
///
/// `rust_log` is the value of `RUST_LOG`. It takes precedence, since it can set levels by target
/// (`info,my_crate::orders=debug`). `lambda` is the level that Lambda sets, which applies to all targets. The default
/// level is `INFO`.
pub(super) fn line_filter(
    rust_log: Option<&str>,
    lambda: Option<&str>,
) -> (Targets, Option<String>) {
    let directives = rust_log.map(str::trim).filter(|directives| !directives.is_empty());
    match directives.map(|directives| (directives, directives.parse::<Targets>())) {
        Some((_, Ok(targets))) => (allow_runtime_errors(targets), None),
        Some((directives, Err(error))) => {
            let warning = messages::observability::invalid_rust_log(directives, &error);
            (build_level_filter(lambda), Some(warning))
        }
        None => (build_level_filter(lambda), None),
    }
}

/// Returns the filter for spans of OpenTelemetry, from the value of `RUST_LOG`. The filter ignores the level that
/// Lambda sets, which is for log lines: a function that logs only errors still has complete traces.
#[cfg(feature = "otel")]
pub(super) fn span_filter(rust_log: Option<&str>) -> Targets {
    line_filter(rust_log, None).0
}

/// Makes the log filter for the level that Lambda sets. An unknown level, or none, counts as `INFO`.
fn build_level_filter(lambda: Option<&str>) -> Targets {
    let level = match lambda.unwrap_or_default().to_ascii_uppercase().as_str() {
        "TRACE" => LevelFilter::TRACE,
        "DEBUG" => LevelFilter::DEBUG,
        "WARN" => LevelFilter::WARN,
        "ERROR" => LevelFilter::ERROR,
        // `tracing` has no level above `ERROR`.
        "FATAL" => LevelFilter::OFF,
        _ => LevelFilter::INFO,
    };
    allow_invocation_span(Targets::new().with_default(level))
}

/// Adds the errors of the runtime to what a log filter allows, unless the filter has a level for the runtime or a
/// default level: a filter for one target should not hide that an invocation failed.
fn allow_runtime_errors(targets: Targets) -> Targets {
    let silent = targets.default_level().is_none()
        && targets.iter().all(|(target, _)| target != RUNTIME_TARGET);
    let targets =
        if silent { targets.with_target(RUNTIME_TARGET, LevelFilter::ERROR) } else { targets };
    allow_invocation_span(targets)
}

/// Adds the span of the invocation to what a log filter allows, so that every log line has the ids of the invocation.
fn allow_invocation_span(targets: Targets) -> Targets {
    targets.with_target(span::SPAN_TARGET, LevelFilter::ERROR)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    fn allowed_level(targets: &Targets, target: &str) -> Option<Level> {
        let levels = [Level::TRACE, Level::DEBUG, Level::INFO, Level::WARN, Level::ERROR];
        levels.into_iter().find(|level| targets.would_enable(target, level))
    }

    #[test]
    fn the_level_of_lambda_applies_to_all_targets() {
        for (lambda, level) in [
            (None, Some(Level::INFO)),
            (Some("nonsense"), Some(Level::INFO)),
            (Some("TRACE"), Some(Level::TRACE)),
            (Some("debug"), Some(Level::DEBUG)),
            (Some("WARN"), Some(Level::WARN)),
            (Some("ERROR"), Some(Level::ERROR)),
            (Some("FATAL"), None),
        ] {
            let (filter, warning) = line_filter(None, lambda);
            assert_eq!(allowed_level(&filter, "shop"), level, "{lambda:?}");
            assert_eq!(allowed_level(&filter, "skylift"), level, "{lambda:?}");
            assert_eq!(allowed_level(&filter, span::SPAN_TARGET), Some(Level::ERROR), "{lambda:?}");
            assert_eq!(warning, None);
        }
    }

    #[test]
    fn rust_log_sets_levels_by_target_and_takes_precedence() {
        let (by_target, warning) = line_filter(Some("warn,shop::orders=debug"), Some("TRACE"));
        assert_eq!(warning, None);
        assert_eq!(allowed_level(&by_target, "shop::orders::new"), Some(Level::DEBUG));
        assert_eq!(allowed_level(&by_target, "shop"), Some(Level::WARN));
        assert_eq!(allowed_level(&by_target, "skylift"), Some(Level::WARN));
        assert_eq!(allowed_level(&by_target, span::SPAN_TARGET), Some(Level::ERROR));
    }

    #[test]
    fn a_filter_for_one_target_does_not_hide_failed_invocations() {
        let (alone, _) = line_filter(Some("shop=debug"), None);
        assert_eq!(allowed_level(&alone, "skylift"), Some(Level::ERROR));
        assert_eq!(allowed_level(&alone, "hyper"), None);
        let (off, _) = line_filter(Some("off"), None);
        assert_eq!(allowed_level(&off, "skylift"), None);
        let (chosen, _) = line_filter(Some("shop=debug,skylift=off"), None);
        assert_eq!(allowed_level(&chosen, "skylift"), None);
    }

    #[test]
    fn an_invalid_rust_log_is_a_warning_and_the_level_of_lambda_applies() {
        let (by_level, warning) = line_filter(Some("shop=loud"), Some("WARN"));
        assert_eq!(allowed_level(&by_level, "shop"), Some(Level::WARN));
        let warning = warning.unwrap();
        assert!(warning.starts_with("`RUST_LOG` is ignored: `shop=loud`: "), "{warning}");
        assert_eq!(line_filter(Some(" "), None).1, None);
    }
}
