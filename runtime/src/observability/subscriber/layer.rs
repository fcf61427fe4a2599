//! [`LineLayer`]: the layer of the subscriber that writes log lines. It stores the fields of every span with the span,
//! and writes each event as one line, with the fields of the spans around it.

use std::time::SystemTime;

use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Subscriber};
use tracing_subscriber::layer::{Context, Layer};
use tracing_subscriber::registry::{LookupSpan, SpanRef};

use super::fields::Fields;
use super::line::{LoggedEvent, format_line};
use super::span;
use crate::observability::current_invocation::current_invocation;
use crate::observability::log_format::{LogFormat, RUNTIME_TARGET};

/// The layer that writes each event of `tracing` as a log line. Calls the function `write` with each line.
pub(super) struct LineLayer<W> {
    format: LogFormat,
    write: W,
    now: fn() -> SystemTime,
}

impl<W: Fn(&[u8])> LineLayer<W> {
    pub(super) fn new(format: LogFormat, write: W) -> Self {
        Self { format, write, now: SystemTime::now }
    }
}

impl<S, W> Layer<S> for LineLayer<W>
where
    S: Subscriber + for<'a> LookupSpan<'a>,
    W: Fn(&[u8]) + 'static,
{
    fn on_new_span(&self, attributes: &Attributes<'_>, id: &Id, context: Context<'_, S>) {
        let mut fields = Fields::default();
        attributes.record(&mut fields.span_visitor());
        if let Some(span) = context.span(id) {
            span.extensions_mut().insert(fields);
        }
    }

    fn on_record(&self, id: &Id, values: &Record<'_>, context: Context<'_, S>) {
        // Before the lock: the values are formatted here, which may panic. The lock would be poisoned, and every later
        // span in the same slot of the registry would panic.
        let mut recorded = Fields::default();
        values.record(&mut recorded.span_visitor());
        if let Some(span) = context.span(id)
            && let Some(fields) = span.extensions_mut().get_mut::<Fields>()
        {
            fields.extend(&recorded);
        }
    }

    fn on_event(&self, event: &Event<'_>, context: Context<'_, S>) {
        let (mut invocation, mut around) = (Fields::default(), Fields::default());
        let scope = context.event_scope(event).into_iter().flat_map(|scope| scope.from_root());
        for span in scope.chain(find_task_invocation_span(event, &context)) {
            if let Some(fields) = span.extensions().get::<Fields>() {
                let is_invocation = span.metadata().target() == span::SPAN_TARGET;
                if is_invocation { &mut invocation } else { &mut around }.extend(fields);
            }
        }
        let mut message = String::new();
        event.record(&mut around.event_visitor(&mut message));
        let metadata = event.metadata();
        if metadata.target() == RUNTIME_TARGET {
            // An event of the runtime about an invocation whose span has ended.
            invocation.move_from(&mut around, &span::INVOCATION_FIELDS);
        }
        let line = format_line(
            self.format,
            &LoggedEvent {
                time: (self.now)(),
                level: *metadata.level(),
                target: metadata.target(),
                message: &message,
                invocation: &invocation,
                fields: &around,
            },
        );
        (self.write)(line.as_bytes());
    }
}

/// Returns the span of the invocation for an event of a task that a handler spawned. The event of a task is outside
/// of the span of the invocation, since a task does not inherit the spans of its handler. Returns `None` for an event
/// within the span of an invocation, for an event of the runtime, and if no invocation is running.
fn find_task_invocation_span<'a, S>(
    event: &Event<'_>,
    context: &'a Context<'_, S>,
) -> Option<SpanRef<'a, S>>
where
    S: Subscriber + for<'b> LookupSpan<'b>,
{
    let mut scope = context.event_scope(event).into_iter().flatten();
    if event.metadata().target() == RUNTIME_TARGET
        || scope.any(|span| span.metadata().target() == span::SPAN_TARGET)
    {
        return None;
    }
    context.span(&current_invocation()?.span.id()?)
}

#[cfg(test)]
mod tests {
    use std::sync::{Arc, Mutex};
    use std::time::{Duration, UNIX_EPOCH};

    use tracing::{debug, error, info, info_span, warn};
    use tracing_subscriber::layer::SubscriberExt;
    use tracing_subscriber::registry::Registry;

    use super::*;
    use crate::testing::FUNCTION;

    /// Returns the lines that are written while `run` runs.
    fn lines(format: LogFormat, run: impl FnOnce()) -> Vec<String> {
        let written = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&written);
        let write = move |line: &[u8]| {
            kept.lock().unwrap().push(String::from_utf8(line.to_vec()).unwrap());
        };
        let now = || UNIX_EPOCH + Duration::from_millis(1_698_434_265_586);
        let lines = LineLayer { now, ..LineLayer::new(format, write) };
        tracing::subscriber::with_default(Registry::default().with(lines), run);
        std::mem::take(&mut written.lock().unwrap())
    }

    fn invocation(id: &str) -> tracing::Span {
        let header = "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1";
        span::new_invocation_span(&FUNCTION, &crate::Context::new(id).with_trace_id(header), true)
    }

    #[test]
    fn the_ids_of_the_invocation_are_top_level_members_of_json() {
        let written = lines(LogFormat::Json, || {
            let _within = invocation("request-1").entered();
            info!(target: "shop::orders", order = 7, customer = "a \"b\"", "placed");
        });
        let expected = concat!(
            r#"{"timestamp":"2023-10-27T19:17:45.586Z","level":"INFO","message":"placed","#,
            r#""requestId":"request-1","functionName":"test","coldStart":true,"#,
            r#""xrayTraceId":"1-5759e988-bd862e3fe1be46a994272793","#,
            r#""target":"shop::orders","order":7,"customer":"a \"b\""}"#,
            "\n"
        );
        assert_eq!(written, [expected]);
    }

    #[test]
    fn a_line_of_text_has_the_request_id_and_no_line_breaks() {
        let written = lines(LogFormat::Text, || {
            info!(target: "shop", ready = true, "started");
            let _within = invocation("request-1").entered();
            warn!(target: "shop", order = 7, "two\r\nlines and {:?}", "more\n");
        });
        let expected = [
            "2023-10-27T19:17:45.586Z - INFO shop: started ready=true\n",
            "2023-10-27T19:17:45.586Z request-1 WARN shop: two  lines and \"more\\n\" order=7\n",
        ];
        assert_eq!(written, expected);
    }

    #[test]
    fn line_breaks_in_json_are_escaped() {
        let written = lines(LogFormat::Json, || {
            error!(target: "shop", cause = "a\nb", "two\nlines");
        });
        assert_eq!(written[0].matches('\n').count(), 1, "{written:?}");
        let line: serde_json::Value = serde_json::from_str(&written[0]).unwrap();
        assert_eq!((&line["message"], &line["cause"]), (&"two\nlines".into(), &"a\nb".into()));
    }

    #[test]
    fn the_field_nearest_to_the_event_takes_precedence() {
        let written = lines(LogFormat::Json, || {
            let _outer = info_span!("outer", order = 1, step = "pay").entered();
            let inner = info_span!("inner", order = 2, paid = tracing::field::Empty).entered();
            inner.record("paid", true);
            debug!(target: "shop", r#type = "card", step = "done");
        });
        let line = written[0].split_once(r#""target":"#).unwrap().1;
        assert_eq!(
            line,
            "\"shop\",\"order\":2,\"step\":\"done\",\"paid\":true,\"type\":\"card\"}\n"
        );
    }

    #[test]
    fn a_value_that_panics_when_it_is_formatted_does_not_affect_later_spans() {
        struct Bad;
        impl std::fmt::Debug for Bad {
            fn fmt(&self, _: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                panic!("no debug")
            }
        }
        let written = lines(LogFormat::Json, || {
            let record = || {
                let span = info_span!("first", order = tracing::field::Empty);
                span.record("order", tracing::field::debug(Bad));
            };
            let event = || info!(target: "shop", order = ?Bad, "placed");
            for panics in [&record as &dyn Fn(), &event] {
                let caught = std::panic::catch_unwind(std::panic::AssertUnwindSafe(panics));
                assert!(caught.is_err());
            }
            for order in 0..3 {
                let _within = info_span!("later", order).entered();
                info!(target: "shop", "placed");
            }
        });
        assert_eq!(written.len(), 3, "{written:?}");
        assert!(written[2].contains(r#""order":2"#), "{written:?}");
    }

    #[test]
    fn a_field_with_the_name_of_a_line_member_is_renamed() {
        let written = lines(LogFormat::Json, || {
            let _within = invocation("request-1").entered();
            info!(target: "shop", requestId = "mine", level = 3, timestamp = 1.5, "x");
        });
        let line = written[0].split_once(r#""target":"#).unwrap().1;
        let renamed = r#""fields.requestId":"mine","fields.level":3,"fields.timestamp":1.5}"#;
        assert_eq!(line, format!("\"shop\",{renamed}\n"));
    }

    #[test]
    fn numbers_that_json_does_not_have_are_text() {
        let written = lines(LogFormat::Json, || {
            let error = "x".parse::<u8>().unwrap_err();
            let error: &(dyn std::error::Error + 'static) = &error;
            info!(target: "shop", ratio = f64::NAN, total = u128::MAX, error, odd = ?Some(1));
        });
        let line = written[0].split_once(r#""target":"shop","#).unwrap().1;
        assert_eq!(
            line,
            format!(
                "\"ratio\":\"NaN\",\"total\":{},\"error\":\"invalid digit found in string\",\"odd\":\"Some(1)\"}}\n",
                u128::MAX
            )
        );
    }

    #[test]
    fn a_line_without_an_invocation_has_no_ids() {
        let written = lines(LogFormat::Json, || info!(target: "shop", "ready"));
        let expected = r#"{"timestamp":"2023-10-27T19:17:45.586Z","level":"INFO","message":"ready","target":"shop"}"#;
        assert_eq!(written, [format!("{expected}\n")]);
    }
}
