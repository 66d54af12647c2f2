//! A QR code (ГОСТ Р ИСО/МЭК 18004) as a drawing that prints sharp at any size.

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// What the largest version holds as bytes at level M.
pub const MOST_BYTES: usize = 2331;

/// Modules of white around the code, as the standard wants.
const QUIET: i32 = 4;
/// A module on paper, in tenths of a millimetre: what phones read off a cheap printer's sheet.
const MODULE_TENTHS: i32 = 5;
/// Codes with little in them are easier to find when they are not tiny.
const LEAST_TENTHS: i32 = 300;
/// An 80 mm roll prints 72 mm.
const MOST_TENTHS: i32 = 680;

/// The code as an SVG drawing with its size on paper; none where the bytes don't fit into one code.
///
/// The bytes go in as they are, in one segment of bytes, without a mark of their encoding: what reads payment codes takes
/// that from the text. Level M survives a fold or a stain; where the version has room, the level is higher.
#[must_use]
pub fn svg(bytes: &[u8], label: &str) -> Option<String> {
    let segments = [QrSegment::make_bytes(bytes)];
    let code = QrCode::encode_segments_advanced(
        &segments,
        QrCodeEcc::Medium,
        Version::MIN,
        Version::MAX,
        None,
        true,
    )
    .ok()?;
    let side = code.size() + 2 * QUIET;
    let tenths = (side * MODULE_TENTHS).clamp(LEAST_TENTHS, MOST_TENTHS);
    let size = format!("{}.{}mm", tenths / 10, tenths % 10);
    let path: String = (0..code.size()).map(|y| row(&code, y)).collect();
    Some(format!(
        "<svg class=\"qr\" xmlns=\"http://www.w3.org/2000/svg\" width=\"{size}\" height=\"{size}\" \
         viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\" role=\"img\" aria-label=\"{label}\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}

/// The black runs of a row.
fn row(code: &QrCode, y: i32) -> String {
    let mut path = String::new();
    let mut x = 0;
    while x < code.size() {
        let run = (x..code.size()).take_while(|x| code.get_module(*x, y)).count();
        let run = i32::try_from(run).unwrap_or_default();
        if run > 0 {
            path.push_str(&format!("M{},{}h{run}v1h-{run}z", x + QUIET, y + QUIET));
        }
        x += run + 1;
    }
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_holds_as_many_bytes_as_promised_and_not_one_more() {
        assert!(svg(&vec![0xC0; MOST_BYTES], "").is_some());
        assert_eq!(svg(&vec![0xC0; MOST_BYTES + 1], ""), None);
    }

    #[test]
    fn a_code_is_printed_so_that_phones_read_it_and_no_wider_than_a_roll() {
        assert!(svg(b"a", "").unwrap().contains("width=\"30.0mm\""));
        // Version 20: 97 modules, and 4 of white on either side.
        assert!(
            svg(&[0xC0; 650], "")
                .unwrap()
                .contains("width=\"52.5mm\" height=\"52.5mm\" viewBox=\"0 0 105 105\"")
        );
        assert!(svg(&[0xC0; MOST_BYTES], "").unwrap().contains("width=\"68.0mm\""));
    }

    #[test]
    fn the_corner_of_every_code_is_a_square_of_seven_modules() {
        let drawing = svg(b"a", "Код").unwrap();
        assert!(drawing.contains("M4,4h7v1h-7z") && drawing.contains("M4,5h1v1h-1z"), "{drawing}");
        assert!(drawing.contains("aria-label=\"Код\""));
    }
}
