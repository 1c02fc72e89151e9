//! The certificate of an Alberta Student Number: one page for printing.

use kernel::{Asn, Date, PersonName};
use pdf_writer::{Content, Finish as _, Name, Pdf, Rect, Ref, Str, TextStr};

/// A page of letter size, in points.
const PAGE: Rect = Rect {
    x1: 0.0,
    y1: 0.0,
    x2: 612.0,
    y2: 792.0,
};
/// Where lines begin, from the left.
const LEFT: f32 = 72.0;
const PLAIN: Name<'_> = Name(b"F1");
const BOLD: Name<'_> = Name(b"F2");

/// What the certificate says.
pub(crate) struct Facts<'a> {
    pub(crate) asn: Asn,
    pub(crate) name: &'a PersonName,
    pub(crate) issued_on: Date,
}

/// A line: how far from the bottom, which font, how large, and what it says.
type Line<'a> = (f32, Name<'static>, f32, &'a str);

/// The page, as PDF.
pub(crate) fn certificate(facts: &Facts<'_>) -> Vec<u8> {
    let number = facts.asn.to_string();
    let issued = format!("Issued on / Délivrée le  {}", facts.issued_on);
    let name = full_name(facts.name);
    page(&[
        (690.0, BOLD, 20.0, "Alberta Student Number"),
        (664.0, BOLD, 20.0, "Numéro d’élève de l’Alberta"),
        (
            600.0,
            PLAIN,
            11.0,
            "This is the number of / Ce numéro est celui de",
        ),
        (572.0, BOLD, 18.0, &name),
        (512.0, PLAIN, 11.0, "Number / Numéro"),
        (480.0, BOLD, 28.0, &number),
        (420.0, PLAIN, 11.0, &issued),
        (
            96.0,
            PLAIN,
            9.0,
            "From a practice province. Not valid. / D’une province d’exercice. Sans valeur.",
        ),
    ])
}

/// First, middle and last name with the suffix; `LNU` stands for no last name.
fn full_name(name: &PersonName) -> String {
    let last = Some(name.last.as_str()).filter(|last| *last != "LNU");
    let parts = [Some(&*name.first), Some(&*name.middle), last, Some(&*name.suffix)];
    let said: Vec<&str> = parts
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect();
    said.join(" ")
}

fn page(lines: &[Line<'_>]) -> Vec<u8> {
    let [catalog, pages, page, contents, plain, bold, info] = [1, 2, 3, 4, 5, 6, 7].map(Ref::new);
    let mut pdf = Pdf::new();
    pdf.catalog(catalog).pages(pages);
    pdf.document_info(info).title(TextStr("Alberta Student Number"));
    pdf.pages(pages).kids([page]).count(1);
    let mut sheet = pdf.page(page);
    sheet.media_box(PAGE).parent(pages).contents(contents);
    sheet.resources().fonts().pair(PLAIN, plain).pair(BOLD, bold);
    sheet.finish();
    for (font, of) in [(plain, b"Helvetica".as_slice()), (bold, b"Helvetica-Bold")] {
        pdf.type1_font(font)
            .base_font(Name(of))
            .encoding_predefined(Name(b"WinAnsiEncoding"));
    }
    let mut content = Content::new();
    for (from_bottom, font, size, text) in lines {
        content.begin_text();
        content.set_font(*font, *size);
        content.next_line(LEFT, *from_bottom);
        content.show(Str(&windows_1252(text)));
        content.end_text();
    }
    pdf.stream(contents, &content.finish());
    pdf.finish()
}

/// The letters of the contract are Latin-1; the apostrophe is the one beyond.
fn windows_1252(text: &str) -> Vec<u8> {
    let byte = |letter: char| match letter {
        '’' => 0x92,
        other => u8::try_from(u32::from(other)).unwrap_or(b'?'),
    };
    text.chars().map(byte).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use pasi_wire::rules::document::check_pdf;

    #[test]
    fn the_certificate_is_a_whole_pdf_that_says_name_and_number() {
        let name = PersonName::new("Aiyana", "Whitebear");
        let asn = Asn::from_number(999_044_182).expect("nine digits");
        let made = certificate(&Facts {
            asn,
            name: &name,
            issued_on: "2026-11-23".parse().expect("test date"),
        });
        assert_eq!(check_pdf(&made), Ok(()));
        for said in ["Aiyana Whitebear", "9990-4418-2"] {
            let is_said = made.windows(said.len()).any(|window| window == said.as_bytes());
            assert!(is_said, "{said}");
        }
    }

    #[test]
    fn a_name_is_said_in_its_order_and_no_last_name_is_hidden() {
        let full = |first: &str, middle: &str, last: &str, suffix: &str| {
            full_name(&PersonName {
                first: first.into(),
                middle: middle.into(),
                last: last.into(),
                suffix: suffix.into(),
            })
        };
        assert_eq!(full("Ana", "Maria", "Silva", "Jr."), "Ana Maria Silva Jr.");
        assert_eq!(full("Sukarno", "", "LNU", ""), "Sukarno");
    }
}
