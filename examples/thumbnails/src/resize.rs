//! Scales pictures. Takes the bytes of a picture and gives those of its thumbnail, with the same colours and aspect
//! ratio and at most 128 pixels a side.

use std::io::Cursor;

use image::{ImageError, ImageFormat, ImageReader, Limits};

/// The longest side of a thumbnail, in pixels.
const THUMBNAIL_SIDE: u32 = 128;

/// The longest accepted side of a picture, in pixels: a small file can claim to be a huge picture.
const MAX_SIDE: u32 = 12_000;

/// Returns a PNG that fits into a square of 128 pixels. A smaller picture keeps its size.
///
/// # Errors
///
/// Returns an error for bytes that are neither a JPEG nor a PNG, and for pictures with more than 12,000 pixels a side.
pub(crate) fn make_thumbnail(picture: &[u8]) -> Result<Vec<u8>, ImageError> {
    let mut reader = ImageReader::new(Cursor::new(picture)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_SIDE);
    limits.max_image_height = Some(MAX_SIDE);
    reader.limits(limits);
    let picture = reader.decode()?;
    let small = if picture.width().max(picture.height()) > THUMBNAIL_SIDE {
        picture.thumbnail(THUMBNAIL_SIDE, THUMBNAIL_SIDE)
    } else {
        picture
    };
    let mut png = Vec::new();
    small.write_to(&mut Cursor::new(&mut png), ImageFormat::Png)?;
    Ok(png)
}

/// Returns the name of a thumbnail: `holiday/beach.jpg` gives `holiday/beach.png`.
pub(crate) fn thumbnail_name(key: &str) -> String {
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
        let small = make_thumbnail(&png(width, height)).unwrap();
        image::load_from_memory_with_format(&small, ImageFormat::Png).unwrap().dimensions()
    }

    #[test]
    fn the_longer_side_is_128_pixels_and_the_aspect_ratio_stays() {
        assert_eq!(size_of_thumbnail(640, 320), (128, 64));
        assert_eq!(size_of_thumbnail(320, 640), (64, 128));
    }

    #[test]
    fn a_small_picture_keeps_its_size() {
        assert_eq!(size_of_thumbnail(20, 10), (20, 10));
    }

    #[test]
    fn bytes_that_are_not_a_picture_are_an_error() {
        assert!(make_thumbnail(b"hello").is_err());
    }

    #[test]
    fn the_name_keeps_its_folder_and_gets_the_extension_png() {
        assert_eq!(thumbnail_name("holiday/beach.jpg"), "holiday/beach.png");
        assert_eq!(thumbnail_name("a.b/c"), "a.b/c.png");
        assert_eq!(thumbnail_name("c.jpeg"), "c.png");
    }
}
