//! The regions of AWS, as ARNs have them. Takes a region and returns the one that was meant, if the region is certainly
//! misspelt. New regions are accepted, because they follow the same form: `eu-west-4`.

use crate::suggest;

/// The regions that exist, for suggestions.
const REGIONS: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-south-2",
    "ap-southeast-1",
    "ap-southeast-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-central-1",
    "ca-west-1",
    "cn-north-1",
    "cn-northwest-1",
    "eu-central-1",
    "eu-central-2",
    "eu-north-1",
    "eu-south-1",
    "eu-south-2",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "eusc-de-east-1",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-gov-east-1",
    "us-gov-west-1",
    "us-iso-east-1",
    "us-iso-west-1",
    "us-isob-east-1",
    "us-west-1",
    "us-west-2",
];

/// The words before the number of a region.
const DIRECTIONS: &[&str] = &[
    "central",
    "east",
    "north",
    "northeast",
    "northwest",
    "south",
    "southeast",
    "southwest",
    "west",
];

/// Returns the region that was meant by a misspelt one, such as `us-est-1` or `eu-west-1a`. Returns `None` for a region
/// that exists or can come to exist, and for a text that is like no region.
#[must_use]
pub(super) fn find_meant_region(region: &str) -> Option<&'static str> {
    if has_form(region) {
        return None;
    }
    let letters: String = region.chars().filter(char::is_ascii_alphanumeric).collect();
    let is_same = |known: &&&str| known.replace('-', "").eq_ignore_ascii_case(&letters);
    REGIONS.iter().find(is_same).copied().or_else(|| {
        let near = suggest::nearest(region, REGIONS.iter().copied())?;
        suggest::is_one_letter_off(region, near).then_some(near)
    })
}

/// Returns whether a text has the form of a region: an area of two letters or a known one, a direction and a number.
fn has_form(region: &str) -> bool {
    let words: Vec<&str> = region.split('-').collect();
    let [area, .., direction, number] = words.as_slice() else { return false };
    let is_known_area = || REGIONS.iter().any(|known| known.split('-').next() == Some(*area));
    (area.len() == 2 || is_known_area())
        && DIRECTIONS.contains(direction)
        && !number.is_empty()
        && number.bytes().all(|it| it.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_misspelt_region_has_the_one_that_was_meant() {
        for (region, meant) in [
            ("us-est-1", "us-east-1"),
            ("us-east1", "us-east-1"),
            ("useast1", "us-east-1"),
            ("us-east-1a", "us-east-1"),
            ("uss-east-1", "us-east-1"),
            ("eu-wset-2", "eu-west-2"),
            ("eu-centrall-1", "eu-central-1"),
            ("US-EAST-1", "us-east-1"),
        ] {
            assert_eq!(find_meant_region(region), Some(meant), "{region}");
        }
    }

    #[test]
    fn a_new_region_and_a_text_that_is_like_none_are_accepted() {
        let others = ["eu-west-9", "nz-north-1", "us-isof-south-1", "global", "frankfurt", ""];
        for region in REGIONS.iter().chain(&others) {
            assert_eq!(find_meant_region(region), None, "{region}");
        }
    }
}
