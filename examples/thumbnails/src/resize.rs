//! From a picture's bytes to those of its thumbnail. The colours and the shape stay; the longer side
//! becomes 128 pixels.

use std::io::Cursor;

use image::{ImageError, ImageFormat, ImageReader, Limits};

/// The longest side of a thumbnail, in pixels.
const SIDE: u32 = 128;

/// The longest side of a picture that is read, in pixels: a small file can claim to be a huge picture.
const LARGEST: u32 = 12_000;

/// A PNG that fits into a square of 128 pixels. A smaller picture is not blown up.
///
/// # Errors
///
/// Bytes that are neither a JPEG nor a PNG, and pictures of more than 12,000 pixels a side.
pub(crate) fn thumbnail(picture: &[u8]) -> Result<Vec<u8>, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(picture)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(LARGEST);
    limits.max_image_height = Some(LARGEST);
    reader.limits(limits);
    let picture = reader.decode()?;
    let small = if picture.width().max(picture.height()) > SIDE {
        picture.thumbnail(SIDE, SIDE)
    } else {
        picture
    };
    let mut png = Vec::new();
    small.write_to(&mut Cursor::new(&mut png), ImageFormat::Png)?;
    Ok(png)
}

/// The thumbnail's name: `holiday/beach.jpg` gives `holiday/beach.png`.
pub(crate) fn name(key: &str) -> String {
    let (folder, file) = key.rsplit_once('/').map_or(("", key), |(folder, file)| (folder, file));
    let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    if folder.is_empty() { format!("{stem}.png") } else { format!("{folder}/{stem}.png") }
}

#[cfg(test)]
mod tests {
    use image::{DynamicImage, GenericImageView as _};

    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        let picture = DynamicImage::new_rgb8(width, height);
        picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Png).unwrap();
        bytes
    }

    fn size_of_thumbnail(width: u32, height: u32) -> (u32, u32) {
        let small = thumbnail(&png(width, height)).unwrap();
        image::load_from_memory_with_format(&small, ImageFormat::Png).unwrap().dimensions()
    }

    #[test]
    fn the_longer_side_becomes_128_pixels_and_the_shape_stays() {
        assert_eq!(size_of_thumbnail(640, 320), (128, 64));
        assert_eq!(size_of_thumbnail(320, 640), (64, 128));
    }

    #[test]
    fn a_small_picture_stays_as_it_is() {
        assert_eq!(size_of_thumbnail(20, 10), (20, 10));
    }

    #[test]
    fn what_is_no_picture_is_an_error() {
        assert!(thumbnail(b"hello").is_err());
    }

    #[test]
    fn names_keep_their_folder_and_change_their_ending() {
        assert_eq!(name("holiday/beach.jpg"), "holiday/beach.png");
        assert_eq!(name("a.b/c"), "a.b/c.png");
        assert_eq!(name("c.jpeg"), "c.png");
    }
}
