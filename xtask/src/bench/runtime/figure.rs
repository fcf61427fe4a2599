//! The table of `bench runtime`. Takes the figures of the programs; gives a table with their ratios, and whether
//! each limit was met.

use std::fmt::Write as _;

use anyhow::Result;

/// The figure of a program without Skylift, and the limit for the program on Skylift, as a multiple of that figure.
/// `None` is no limit.
#[derive(Clone, Copy)]
struct Other {
    value: f64,
    limit: Option<f64>,
}

/// A line of the table of `bench runtime`.
pub(super) struct Row {
    title: String,
    unit: &'static str,
    ours: f64,
    official: Option<Other>,
    bare: Option<Other>,
}

impl Row {
    pub(super) fn new(title: impl Into<String>, unit: &'static str, ours: f64) -> Self {
        Self { title: title.into(), unit, ours, official: None, bare: None }
    }

    /// Adds the figure of the program on `lambda_runtime` to the line. `limit` is the limit for our figure, as a
    /// multiple of `value`.
    pub(super) fn with_official(self, value: f64, limit: Option<f64>) -> Self {
        Self { official: Some(Other { value, limit }), ..self }
    }

    /// Adds the figure of the bare loop to the line. `limit` is the limit for our figure, as a multiple of `value`.
    pub(super) fn with_bare(self, value: f64, limit: Option<f64>) -> Self {
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
        write!(table, "| {} | {} |", self.title, format_figure(self.ours, self.unit))?;
        for other in self.others() {
            match other {
                None => write!(table, " | |")?,
                Some(Other { value, limit }) => {
                    write!(
                        table,
                        " {} | **{:.2}**",
                        format_figure(value, self.unit),
                        self.ours / value
                    )?;
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

/// Formats a figure of the table with the number of digits that is significant for its unit.
fn format_figure(value: f64, unit: &str) -> String {
    match unit {
        "" => format!("{value:.0}"),
        "µs" if value >= 100.0 => format!("{value:.0} {unit}"),
        "µs" => format!("{value:.1} {unit}"),
        _ => format!("{value:.2} {unit}"),
    }
}

/// Formats the table of `bench runtime` from its lines, with an explanation below.
pub(super) fn format_table(rows: &[Row]) -> Result<String> {
    let mut table = "| | ours | `lambda_runtime` | ratio | bare loop | ratio | |\n\
                     | --- | ---: | ---: | ---: | ---: | ---: | --- |\n"
        .to_owned();
    for row in rows {
        row.write(&mut table)?;
    }
    table.push_str(
        "\nOurs and the bare loop are built with the release profile that the guide recommends, \
         `lambda_runtime` with Cargo's own, since its README recommends none; all are stripped. \
         `static` is ours linked statically, as the guide recommends; the others are linked \
         dynamically. Instructions are counted by Callgrind, in user space. CPU, memory and times are \
         medians; the programs run in turns. A started program shares a core with its Runtime API.\n",
    );
    Ok(table)
}

#[cfg(test)]
mod tests {
    use super::{Row, format_table};

    #[test]
    fn a_ratio_equal_to_the_limit_meets_it_and_a_higher_one_misses_it() {
        let row = |ours: f64| {
            Row::new("CPU", "µs", ours).with_official(10.0, Some(0.5)).with_bare(4.0, None)
        };
        let line = format_table(&[row(5.0), row(5.1)]).unwrap();
        let lines: Vec<&str> = line.lines().skip(2).take(2).collect();
        assert_eq!(
            lines[0],
            "| CPU | 5.0 µs | 10.0 µs | **0.50** (≤ 0.5) | 4.0 µs | **1.25** | met |"
        );
        assert!(lines[1].ends_with("| MISSED |"), "{line}");
    }

    #[test]
    fn a_row_without_figures_of_other_programs_leaves_their_columns_empty() {
        let line = format_table(&[Row::new("size", "MB", 1.0)]).unwrap();
        assert!(line.contains("| size | 1.00 MB | | | | | met |\n\nOurs "), "{line}");
    }
}
