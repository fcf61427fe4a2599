//! The consumer of the stream, which counts the clicks.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde::{Deserialize, Serialize};
use skylift::prelude::*;

use crate::views::{Click, Views};
use crate::{Clicks, Counts, Lost};

/// How long the table keeps a count.
const RETENTION: Duration = Duration::from_hours(24 * 30);

/// The clicks of a minute so far.
#[derive(Debug, Default, Deserialize, Serialize)]
struct Minute {
    /// The sequence number of the first click.
    first: String,
    /// How often each page was seen.
    pages: BTreeMap<String, u64>,
}

impl Fold<Data<Click>> for Minute {
    fn fold(&mut self, click: Data<Click>) -> Result<(), Error> {
        if self.first.is_empty() {
            click.sequence_number().clone_into(&mut self.first);
        }
        let number = click.sequence_number().to_owned();
        let click = click.into_inner();
        if click.is_valid() {
            *self.pages.entry(click.page).or_default() += 1;
        } else {
            println!("click {number} is not valid and is not counted");
        }
        Ok(())
    }
}

/// Stores the counts of a minute. Lambda ends a minute for each shard, early if there are too many pages, and again
/// if this function failed. The first click identifies the end: a repeated end writes the same items again.
#[function(
    trigger = kinesis(
        stream = Clicks,
        batch_size = 1000,
        tumbling_window = "1m",
        bisect,
        retries = 10,
        max_record_age = "1h",
        on_failure = Lost,
    ),
    timeout = "30s",
    memory = 256,
)]
async fn count(minute: Window<Minute, Data<Click>>, counts: Writer<Counts>) -> Result<(), Error> {
    let seconds =
        |time: SystemTime| time.duration_since(SystemTime::UNIX_EPOCH).map(|it| it.as_secs());
    let since = seconds(minute.start())?;
    let expires_at = seconds(minute.end() + RETENTION)?;
    let part = format!("{} {}", minute.shard_id(), minute.first);
    let views = |(page, count): (&String, &u64)| Views {
        page: page.clone(),
        part: part.clone(),
        since,
        count: *count,
        expires_at,
    };
    let views: Vec<Views> = minute.pages.iter().map(views).collect();
    counts.put_all(&views).await?;
    println!("{} pages were seen in {part}", views.len());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn valid_clicks_are_counted_by_page_and_the_first_sequence_number_is_kept() -> Result<(), Error>
    {
        let mut minute = Minute::default();
        for (number, page) in [("7", "tea"), ("8", "coffee"), ("9", "tea")] {
            let click = Click { visitor: "1".into(), page: page.into() };
            minute.fold(Data::new(click).with_sequence_number(number))?;
        }
        let long = Click { visitor: "1".into(), page: "x".repeat(2049) };
        minute.fold(Data::new(long).with_sequence_number("10"))?;
        assert_eq!(minute.first, "7");
        assert_eq!(minute.pages, BTreeMap::from([("coffee".into(), 1), ("tea".into(), 2)]));
        Ok(())
    }
}
