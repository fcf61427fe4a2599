//! Which events are written: takes what the environment says, gives a filter by target and level.

use tracing_subscriber::filter::{LevelFilter, Targets};

use super::span;
use crate::observability::settings;

/// The filter, and what is wrong with the environment if anything is.
///
/// `RUST_LOG` knows targets (`info,my_crate::orders=debug`), so it counts where it is set. The level
/// that Lambda was told is for all targets, and `INFO` is for nothing said at all.
pub(super) fn targets(rust_log: Option<&str>, lambda: Option<&str>) -> (Targets, Option<String>) {
    let given = rust_log.map(str::trim).filter(|directives| !directives.is_empty());
    match given.map(|directives| (directives, directives.parse::<Targets>())) {
        Some((_, Ok(targets))) => (with_runtime(targets), None),
        Some((directives, Err(error))) => {
            let complaint = format!(
                "`RUST_LOG` is not taken: `{directives}`: {error}; help: write levels by target, \
                 such as `info,my_crate=debug`"
            );
            (by_level(lambda), Some(complaint))
        }
        None => (by_level(lambda), None),
    }
}

/// What becomes spans of OpenTelemetry. The level that Lambda was told is for lines of the log alone: a
/// log of errors does not mean traces with holes.
#[cfg(feature = "otel")]
pub(super) fn spans(rust_log: Option<&str>) -> Targets {
    targets(rust_log, None).0
}

fn by_level(lambda: Option<&str>) -> Targets {
    let level = match lambda.unwrap_or_default().to_ascii_uppercase().as_str() {
        "TRACE" => LevelFilter::TRACE,
        "DEBUG" => LevelFilter::DEBUG,
        "WARN" => LevelFilter::WARN,
        "ERROR" => LevelFilter::ERROR,
        // Above every level of `tracing`.
        "FATAL" => LevelFilter::OFF,
        _ => LevelFilter::INFO,
    };
    always_span(Targets::new().with_default(level))
}

/// Whoever asks for one target alone still has to learn that an invocation failed.
fn with_runtime(targets: Targets) -> Targets {
    let silent = targets.default_level().is_none()
        && targets.iter().all(|(target, _)| target != settings::TARGET);
    let targets =
        if silent { targets.with_target(settings::TARGET, LevelFilter::ERROR) } else { targets };
    always_span(targets)
}

fn always_span(targets: Targets) -> Targets {
    targets.with_target(span::TARGET, LevelFilter::ERROR)
}

#[cfg(test)]
mod tests {
    use tracing::Level;

    use super::*;

    fn lets(targets: &Targets, target: &str) -> Option<Level> {
        let levels = [Level::TRACE, Level::DEBUG, Level::INFO, Level::WARN, Level::ERROR];
        levels.into_iter().find(|level| targets.would_enable(target, level))
    }

    #[test]
    fn lambdas_level_is_for_all_targets() {
        for (lambda, level) in [
            (None, Some(Level::INFO)),
            (Some("nonsense"), Some(Level::INFO)),
            (Some("TRACE"), Some(Level::TRACE)),
            (Some("debug"), Some(Level::DEBUG)),
            (Some("WARN"), Some(Level::WARN)),
            (Some("ERROR"), Some(Level::ERROR)),
            (Some("FATAL"), None),
        ] {
            let (targets, complaint) = targets(None, lambda);
            assert_eq!(lets(&targets, "shop"), level, "{lambda:?}");
            assert_eq!(lets(&targets, "skylift"), level, "{lambda:?}");
            assert_eq!(lets(&targets, span::TARGET), Some(Level::ERROR), "{lambda:?}");
            assert_eq!(complaint, None);
        }
    }

    #[test]
    fn rust_log_knows_targets_and_counts() {
        let (by_target, complaint) = targets(Some("warn,shop::orders=debug"), Some("TRACE"));
        assert_eq!(complaint, None);
        assert_eq!(lets(&by_target, "shop::orders::new"), Some(Level::DEBUG));
        assert_eq!(lets(&by_target, "shop"), Some(Level::WARN));
        assert_eq!(lets(&by_target, "skylift"), Some(Level::WARN));
        assert_eq!(lets(&by_target, span::TARGET), Some(Level::ERROR));
    }

    #[test]
    fn one_target_alone_does_not_hide_that_an_invocation_failed() {
        let (alone, _) = targets(Some("shop=debug"), None);
        assert_eq!(lets(&alone, "skylift"), Some(Level::ERROR));
        assert_eq!(lets(&alone, "hyper"), None);
        let (off, _) = targets(Some("off"), None);
        assert_eq!(lets(&off, "skylift"), None);
        let (chosen, _) = targets(Some("shop=debug,skylift=off"), None);
        assert_eq!(lets(&chosen, "skylift"), None);
    }

    #[test]
    fn what_cannot_be_read_is_told_and_lambdas_level_counts() {
        let (by_level, complaint) = targets(Some("shop=loud"), Some("WARN"));
        assert_eq!(lets(&by_level, "shop"), Some(Level::WARN));
        let complaint = complaint.unwrap();
        assert!(complaint.starts_with("`RUST_LOG` is not taken: `shop=loud`: "), "{complaint}");
        assert_eq!(targets(Some(" "), None).1, None);
    }
}
