//! Honest files, and hostile ones.

use super::*;
use image::codecs::png::PngEncoder;
use image::{ExtendedColorType, ImageEncoder, Rgba, RgbaImage};

fn code(file: &[u8]) -> String {
    match Picture::of(file) {
        Err(Failure::Invalid(found)) => found.0[0].code.clone(),
        Err(other) => panic!("not a finding: {other:?}"),
        Ok(_) => "taken".to_owned(),
    }
}

fn encoded(format: ImageFormat, width: u32, height: u32) -> Vec<u8> {
    let picture = RgbImage::from_fn(width, height, |x, _| {
        if x < width / 2 {
            Rgb([200, 20, 20])
        } else {
            Rgb([20, 20, 200])
        }
    });
    let mut file = Cursor::new(Vec::new());
    picture.write_to(&mut file, format).expect("it is encoded");
    file.into_inner()
}

/// A JPEG that says how the camera was held, where it was, and whose it is.
fn with_metadata(held: u8) -> Vec<u8> {
    let plain = encoded(ImageFormat::Jpeg, 64, 32);
    let mut exif = b"Exif\0\0II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0".to_vec();
    exif.extend([held, 0, 0, 0, 0, 0, 0, 0]);
    exif.extend(b"GPS 56.2345 N 117.2890 W, camera of Dawn");
    let length = u16::try_from(exif.len() + 2).expect("short").to_be_bytes();
    [&plain[..2], &[0xff, 0xe1], &length, &exif, &plain[2..]].concat()
}

fn has(file: &[u8], words: &[u8]) -> bool {
    file.windows(words.len()).any(|part| part == words)
}

#[test]
fn every_format_becomes_one_small_square_jpeg() {
    for (format, width, height) in [
        (ImageFormat::Jpeg, 1200, 800),
        (ImageFormat::Png, 300, 900),
        (ImageFormat::WebP, 40, 40),
    ] {
        let picture = Picture::of(&encoded(format, width, height)).expect("it is taken");
        let again = image::load_from_memory(picture.bytes()).expect("it can be read");
        assert_eq!((again.width(), again.height()), (EDGE, EDGE), "{format:?}");
        assert_eq!(image::guess_format(picture.bytes()).ok(), Some(ImageFormat::Jpeg));
        assert!(picture.bytes().len() < 60_000, "a few tens of kilobytes");
        assert_eq!(picture.tag().len(), 16);
    }
}

#[test]
fn nothing_of_the_file_itself_is_kept() {
    let sent = with_metadata(1);
    assert!(has(&sent, b"GPS") && has(&sent, b"Exif"));
    let kept = Picture::of(&sent).expect("it is taken");
    for words in [&b"GPS"[..], b"Exif", b"Dawn"] {
        assert!(!has(kept.bytes(), words));
    }
}

#[test]
fn a_picture_taken_with_the_camera_on_its_head_stands_upright() {
    let red_at_left = |held| {
        let kept = Picture::of(&with_metadata(held)).expect("it is taken");
        let picture = image::load_from_memory(kept.bytes())
            .expect("it can be read")
            .to_rgb8();
        picture.get_pixel(20, EDGE / 2).0[0] > 128
    };
    assert!(red_at_left(1) && !red_at_left(3));
}

#[test]
fn a_second_file_behind_the_picture_is_left_behind() {
    let zip = b"PK\x03\x04evil.html<script>alert(1)</script>";
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let sent = [encoded(format, 64, 64).as_slice(), zip].concat();
        let kept = Picture::of(&sent).expect("the picture before it is taken");
        assert!(
            !has(kept.bytes(), b"PK\x03\x04") && !has(kept.bytes(), b"script"),
            "{format:?}"
        );
    }
}

#[test]
fn what_is_no_picture_is_refused_whatever_it_is_called() {
    let svg = br#"<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>"#;
    let gif = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let html = b"<!doctype html><img src=x onerror=alert(1)>";
    for file in [&svg[..], gif, html, b"BM", b"%PDF-1.7", b"\0"] {
        assert_eq!(code(file), "LP-0271");
    }
    assert_eq!(code(b""), "LP-0270");
}

#[test]
fn what_is_too_large_is_refused_before_it_is_decoded() {
    assert_eq!(
        code(&vec![0xff; MOST_BYTES + 1]),
        "LP-0272",
        "forty megabytes alike"
    );
    assert_eq!(code(&bomb(30_000, 30_000)), "LP-0272");
    assert_eq!(code(&bomb(u32::MAX >> 1, u32::MAX >> 1)), "LP-0272");
}

/// A PNG of a few bytes that says it is `width` by `height`.
fn bomb(width: u32, height: u32) -> Vec<u8> {
    let mut file = Vec::new();
    PngEncoder::new(&mut file)
        .write_image(&[0], 1, 1, ExtendedColorType::L8)
        .expect("it is encoded");
    file[16..20].copy_from_slice(&width.to_be_bytes());
    file[20..24].copy_from_slice(&height.to_be_bytes());
    let check = crc(&file[12..29]).to_be_bytes();
    file[29..33].copy_from_slice(&check);
    file
}

/// CRC-32 as PNG counts it.
fn crc(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            if sum & 1 == 1 {
                (sum >> 1) ^ 0xedb8_8320
            } else {
                sum >> 1
            }
        })
    })
}

#[test]
fn a_picture_that_breaks_off_is_refused_or_shown_as_far_as_it_goes() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let whole = encoded(format, 200, 200);
        for length in (12..whole.len()).step_by(97) {
            let answer = code(&whole[..length]);
            assert!(
                ["LP-0271", "LP-0272", "LP-0273", "taken"].contains(&answer.as_str()),
                "{format:?} cut at {length}: {answer}"
            );
        }
    }
    assert_eq!(code(&encoded(ImageFormat::Png, 200, 200)[..60]), "LP-0273");
}

#[test]
fn what_shines_through_becomes_white() {
    let clear = RgbaImage::from_pixel(64, 64, Rgba([9, 9, 9, 0]));
    let mut file = Cursor::new(Vec::new());
    clear
        .write_to(&mut file, ImageFormat::Png)
        .expect("it is encoded");
    let kept = Picture::of(&file.into_inner()).expect("it is taken");
    let picture = image::load_from_memory(kept.bytes())
        .expect("it can be read")
        .to_rgb8();
    assert!(picture.get_pixel(100, 100).0.iter().all(|light| *light > 250));
}
