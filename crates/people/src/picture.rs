//! What is handed in as a photograph is decoded within limits, turned
//! upright, cut square, made small and written anew. So nothing of the file
//! itself is kept: no place where it was taken, no camera, no second file
//! hidden behind the first.

use image::codecs::jpeg::JpegEncoder;
use image::imageops::FilterType;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits, Rgb, RgbImage};
use kernel::{Failure, Finding, Outcome};
use std::io::Cursor;

/// Largest file, in bytes.
pub const MOST_BYTES: usize = 12 << 20;
/// Most pixels: what a phone takes, and no more than fits in memory beside the work.
const MOST_PIXELS: u64 = 25_000_000;
/// Most memory for decoding, in bytes.
const MOST_MEMORY: u64 = 110 << 20;
/// Edge of the picture that is kept: the largest on screen is 92, on a fourfold screen 368.
const EDGE: u32 = 368;
/// Quality of the JPEG, of 100: about 30 KB.
const QUALITY: u8 = 84;

/// Media type of every picture that is kept.
pub const MEDIA_TYPE: &str = "image/jpeg";

/// A square picture of our own making.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture(Vec<u8>);

impl Picture {
    /// Makes one of a file. Takes up to a second and 110 MB: never on a thread that serves others.
    ///
    /// `LP-0270` for an empty file, `LP-0271` unless its content is JPEG, PNG or
    /// WebP, `LP-0272` beyond the limits, `LP-0273` when it breaks off.
    pub fn of(file: &[u8]) -> Outcome<Self> {
        if file.is_empty() {
            return Err(Failure::refuse("LP-0270", "photo"));
        }
        if file.len() > MOST_BYTES {
            return Err(too_large());
        }
        let upright = decoded(file)?;
        Ok(Self(written(&flattened(&upright.resize_to_fill(
            EDGE,
            EDGE,
            FilterType::Triangle,
        )))?))
    }

    /// A picture painted point by point, such as a practice student's: `paint`
    /// takes a place in thousandths of the edge, right and down, and gives red, green, blue.
    pub fn painted(paint: impl Fn(i32, i32) -> [u8; 3]) -> Outcome<Self> {
        let edge = i32::try_from(EDGE).unwrap_or(i32::MAX);
        let place = |at: u32| i32::try_from(at).unwrap_or(0) * 1000 / edge;
        let picture = RgbImage::from_fn(EDGE, EDGE, |x, y| Rgb(paint(place(x), place(y))));
        written(&picture).map(Self)
    }

    /// The file: a JPEG without metadata.
    pub fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// Names this picture and no other: the beginning of its SHA-256.
    pub fn tag(&self) -> String {
        let hash = ring::digest::digest(&ring::digest::SHA256, &self.0);
        hash.as_ref()[..8]
            .iter()
            .fold(String::new(), |tag, byte| format!("{tag}{byte:02x}"))
    }
}

/// The finding of a file beyond the limits.
pub fn too_large() -> Failure {
    let found = Finding::refuse("LP-0272", "photo")
        .with("bytes", MOST_BYTES >> 20)
        .with("pixels", MOST_PIXELS / 1_000_000);
    Failure::Invalid(found.into())
}

fn damaged(error: &ImageError) -> Failure {
    match error {
        ImageError::Limits(_) => too_large(),
        _ => Failure::refuse("LP-0273", "photo"),
    }
}

fn decoded(file: &[u8]) -> Outcome<DynamicImage> {
    let allowed = [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP];
    let format = image::guess_format(file)
        .ok()
        .filter(|format| allowed.contains(format))
        .ok_or_else(|| Failure::refuse("LP-0271", "photo"))?;
    let mut limits = Limits::default();
    limits.max_alloc = Some(MOST_MEMORY);
    let mut reader = ImageReader::with_format(Cursor::new(file), format);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|error| damaged(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(too_large());
    }
    // The camera's note of how it was held is the one thing read from the metadata.
    let held = decoder.orientation().ok();
    let mut picture = DynamicImage::from_decoder(decoder).map_err(|error| damaged(&error))?;
    if let Some(held) = held {
        picture.apply_orientation(held);
    }
    Ok(picture)
}

/// What shines through becomes white.
fn flattened(picture: &DynamicImage) -> RgbImage {
    let over = |colour: u8, alpha: u8| {
        let (colour, alpha) = (u16::from(colour), u16::from(alpha));
        u8::try_from((colour * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let seen = picture.to_rgba8();
    RgbImage::from_fn(seen.width(), seen.height(), |x, y| {
        let [red, green, blue, alpha] = seen.get_pixel(x, y).0;
        Rgb([over(red, alpha), over(green, alpha), over(blue, alpha)])
    })
}

fn written(picture: &RgbImage) -> Outcome<Vec<u8>> {
    let mut file = Vec::new();
    JpegEncoder::new_with_quality(&mut file, QUALITY)
        .encode_image(picture)
        .map_err(|error| Failure::Fault(format!("a picture cannot be written: {error}")))?;
    Ok(file)
}

#[cfg(test)]
mod tests;
