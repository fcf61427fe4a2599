//! The time zone of a schedule, by its name in the IANA database. Takes a name and returns a [`TimeZone`] that
//! the database has, or an error with the most similar name in the database.

use serde::Serialize;

use crate::suggest;

/// All names of the IANA time zone database, including links, one on each line. The list is from release 2026f.
const NAMES: &str = include_str!("time_zones.txt");

/// A time zone of the IANA database, such as `Europe/Berlin`.
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
/// `try_from` returns an error if the database does not have the name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(transparent)]
pub struct TimeZone(String);

impl TimeZone {
    /// The name of the default time zone.
    pub const UTC: &'static str = "UTC";

    /// Returns the name of the time zone.
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

/// The error of a name that no time zone has. The text of the error is in `messages/values.rs`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnknownTimeZone {
    pub(crate) name: String,
}

impl UnknownTimeZone {
    /// Returns the name of the time zone that was most likely meant. Returns `None` if no name is similar.
    pub(crate) fn nearest(&self) -> Option<&'static str> {
        // A city alone, such as `Berlin`, is clear although most of the name is missing.
        let near = NAMES.lines().find(|zone| is_named_after(&self.name, zone));
        near.or_else(|| suggest::nearest(&self.name, NAMES.lines()))
    }
}

/// Returns whether the time zone is named after this city: `Europe/Berlin` after `Berlin`.
fn is_named_after(city: &str, zone: &str) -> bool {
    let city_of_zone = zone.rsplit('/').next().unwrap_or(zone);
    city.replace(' ', "_").eq_ignore_ascii_case(city_of_zone)
}

impl std::error::Error for UnknownTimeZone {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn zones_of_every_form_are_known() {
        for name in ["UTC", "Europe/Berlin", "US/Eastern", "Etc/GMT+9", "America/Argentina/Ushuaia"]
        {
            assert_eq!(TimeZone::try_from(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn the_help_for_an_unknown_zone_suggests_the_nearest() {
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
