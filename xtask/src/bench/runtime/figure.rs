//! What was measured, as a table of ratios.

use std::fmt::Write as _;

use anyhow::Result;

/// What another program used, and how many times that ours may use.
#[derive(Clone, Copy)]
struct Other {
    value: f64,
    limit: Option<f64>,
}

/// A line of the table.
pub(super) struct Row {
    what: String,
    unit: &'static str,
    ours: f64,
    official: Option<Other>,
    bare: Option<Other>,
}

impl Row {
    pub(super) fn new(what: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self { what: what.into(), unit, ours, official: None, bare: None }
    }

    /// With what `lambda_runtime` used.
    pub(super) fn official(self, value: f64, limit: Option<f64>) -> Self {
        Self { official: Some(Other { value, limit }), ..self }
    }

    /// With what the bare loop used.
    pub(super) fn bare(self, value: f64, limit: Option<f64>) -> Self {
        Self { bare: Some(Other { value, limit }), ..self }
    }

    fn others(&self) -> [Option<Other>; 2] {
        [self.official, self.bare]
    }

    fn is_met(&self) -> bool {
        let met = |other: &Other| other.limit.is_none_or(|limit| self.ours / other.value <= limit);
        self.others().iter().flatten().all(met)
    }

    fn write(&self, table: &mut String) -> std::fmt::Result {
        write!(table, "| {} | {} |", self.what, shown(self.ours, self.unit))?;
        for other in self.others() {
            match other {
                None => write!(table, " | |")?,
                Some(Other { value, limit }) => {
                    write!(table, " {} | **{:.2}**", shown(value, self.unit), self.ours / value)?;
                    match limit {
                        Some(limit) => write!(table, " (≤ {limit}) |")?,
                        None => write!(table, " |")?,
                    }
                }
            }
        }
        writeln!(table, " {} |", if self.is_met() { "met" } else { "MISSED" })
    }
}

/// A figure with as many digits as it has a meaning for.
fn shown(value: f64, unit: &str) -> String {
    match unit {
        "" => format!("{value:.0}"),
        "µs" if value >= 100.0 => format!("{value:.0} {unit}"),
        "µs" => format!("{value:.1} {unit}"),
        _ => format!("{value:.2} {unit}"),
    }
}

/// All lines, and what they are.
pub(super) fn table(rows: &[Row]) -> Result<String> {
    let mut table = "| | ours | `lambda_runtime` | ratio | bare loop | ratio | |\n\
                     | --- | ---: | ---: | ---: | ---: | ---: | --- |\n"
        .to_owned();
    for row in rows {
        row.write(&mut table)?;
    }
    table.push_str(
        "\nOurs and the bare loop are built with the release profile that the README recommends, \
         `lambda_runtime` with Cargo's own, since its README recommends none; all are stripped. \
         `static` is ours without libraries, as the README recommends for that; the others have them. \
         Instructions are Callgrind's, in user space; CPU, memory and times are medians of runs in \
         turn. Once it has started, a program shares a core with the runtime API that it speaks to.\n",
    );
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::{Row, table};

    #[test]
    fn a_limit_is_met_up_to_itself_and_missed_beyond() {
        let row = |ours: f64| Row::new("CPU", "µs", ours).official(10.0, Some(0.5)).bare(4.0, None);
        let line = table(&[row(5.0), row(5.1)]).unwrap();
        let lines: Vec<&str> = line.lines().skip(2).take(2).collect();
        assert_eq!(
            lines[0],
            "| CPU | 5.0 µs | 10.0 µs | **0.50** (≤ 0.5) | 4.0 µs | **1.25** | met |"
        );
        assert!(lines[1].ends_with("| MISSED |"), "{line}");
    }

    #[test]
    fn a_figure_without_a_peer_leaves_its_columns_empty() {
        let line = table(&[Row::new("size", "MB", 1.0)]).unwrap();
        assert!(line.contains("| size | 1.00 MB | | | | | met |\n\nOurs "), "{line}");
    }
}
