//! The time zone of a schedule, by its name in the database of IANA. It takes a name and gives a
//! [`TimeZone`] that is in that database, or the nearest name that is.

use std::fmt;

use serde::Serialize;

use crate::suggest;

/// Every name of the database, links included, one a line; as of its release 2026f.
const NAMES: &str = include_str!("time_zones.txt");

/// A time zone, such as `Europe/Berlin`.
///
/// ```
/// use skylift_model::time_zone::TimeZone;
///
/// assert_eq!(TimeZone::try_from("Europe/Berlin")?.as_str(), "Europe/Berlin");
/// let error = TimeZone::try_from("Europe/Berln").unwrap_err();
/// assert_eq!(error.help(), "did you mean `Europe/Berlin`?");
/// # Ok::<(), skylift_model::time_zone::UnknownTimeZone>(())
/// ```
///
/// # Errors
///
/// A name that the database does not have.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct TimeZone(String);

impl TimeZone {
    /// The name of the zone that holds where none is given.
    pub const UTC: &'static str = "UTC";

    /// The name.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl TryFrom<&str> for TimeZone {
    type Error = UnknownTimeZone;

    fn try_from(name: &str) -> Result<Self, UnknownTimeZone> {
        if NAMES.lines().any(|known| known == name) {
            return Ok(Self(name.to_owned()));
        }
        Err(UnknownTimeZone { name: name.to_owned() })
    }
}

/// A name that is no time zone's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTimeZone {
    name: String,
}

impl UnknownTimeZone {
    /// What to write instead.
    #[must_use]
    pub fn help(&self) -> String {
        // `Berlin` says plainly which zone it means, though most of the name is missing.
        let near = NAMES.lines().find(|zone| is_of(&self.name, zone));
        let near = near.or_else(|| suggest::nearest(&self.name, NAMES.lines()));
        match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => {
                "write a name of the IANA database, such as `Europe/Berlin` or `UTC`".to_owned()
            }
        }
    }
}

/// Whether the zone is named after this city.
fn is_of(city: &str, zone: &str) -> bool {
    let named_after = zone.rsplit('/').next().unwrap_or(zone);
    city.replace(' ', "_").eq_ignore_ascii_case(named_after)
}

impl fmt::Display for UnknownTimeZone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is no time zone", self.name)
    }
}

impl std::error::Error for UnknownTimeZone {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_every_kind_are_known() {
        for name in ["UTC", "Europe/Berlin", "US/Eastern", "Etc/GMT+9", "America/Argentina/Ushuaia"]
        {
            assert_eq!(TimeZone::try_from(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn the_nearest_zone_is_offered_for_one_that_is_not_known() {
        let help = |name: &str| TimeZone::try_from(name).unwrap_err().help();
        assert_eq!(help("Berlin"), "did you mean `Europe/Berlin`?");
        assert_eq!(help("new york"), "did you mean `America/New_York`?");
        assert_eq!(help("europe/berlin"), "did you mean `Europe/Berlin`?");
        assert_eq!(help("Pacific/Tahti"), "did you mean `Pacific/Tahiti`?");
        assert!(help("+01:00").starts_with("write a name of the IANA database"));
    }

    #[test]
    fn no_zone_is_listed_twice() {
        let names: Vec<&str> = NAMES.lines().collect();
        assert!(names.is_sorted_by(|one, next| one < next));
    }
}
