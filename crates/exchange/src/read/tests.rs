use super::{Encoding, Format, Input, RawRow, Source, each_row, first_rows};
use kernel::{Failure, Outcome};
use std::fmt::Write as _;
use std::io::Write;

fn read(bytes: &[u8]) -> Outcome<(Source, Vec<RawRow>)> {
    let mut rows = Vec::new();
    let source = each_row(
        Input::of_bytes(bytes.to_vec().into()),
        &mut |_| Ok(()),
        &mut |row| {
            rows.push(row);
            Ok(())
        },
    )?;
    Ok((source, rows))
}

fn refused(bytes: &[u8]) -> (String, Option<String>) {
    match read(bytes) {
        Err(Failure::Invalid(findings)) => {
            let first = &findings.0[0];
            (
                first.code.clone(),
                first.args.first().map(|(_, value)| value.clone()),
            )
        }
        other => panic!("not refused: {other:?}"),
    }
}

fn utf16(text: &str, big: bool, mark: bool) -> Vec<u8> {
    let mark = if mark { "\u{feff}" } else { "" };
    format!("{mark}{text}")
        .encode_utf16()
        .flat_map(|unit| {
            if big {
                unit.to_be_bytes()
            } else {
                unit.to_le_bytes()
            }
        })
        .collect()
}

#[test]
fn every_usual_encoding_is_read_and_named() {
    let text = "Name;City\r\nÈve Lavallée;Fort McMurray\r\nNoël;Zoé\r\n";
    let windows: Vec<u8> = text
        .chars()
        .map(|letter| u8::try_from(u32::from(letter)).expect("Latin-1"))
        .collect();
    for (case, bytes, encoding) in [
        ("UTF-8", text.as_bytes().to_vec(), Encoding::Utf8),
        (
            "UTF-8 with its mark",
            [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            Encoding::Utf8,
        ),
        ("Windows-1252", windows, Encoding::Windows1252),
        (
            "UTF-16, little end first",
            utf16(text, false, true),
            Encoding::Utf16Le,
        ),
        (
            "UTF-16, big end first",
            utf16(text, true, true),
            Encoding::Utf16Be,
        ),
        (
            "UTF-16 without its mark",
            utf16(text, false, false),
            Encoding::Utf16Le,
        ),
    ] {
        let (source, rows) = read(&bytes).expect(case);
        assert_eq!(
            (source.encoding, source.separator.as_str()),
            (encoding, ";"),
            "{case}"
        );
        assert_eq!(source.headings, ["Name", "City"], "{case}");
        assert_eq!(rows[0].cells, ["Ève Lavallée", "Fort McMurray"], "{case}");
        assert!(rows.iter().all(|row| !row.is_damaged), "{case}");
    }
}

#[test]
fn a_row_with_letters_of_another_encoding_is_named_and_the_rest_is_read() {
    let mut bytes = "Name\nZoé\nÈve\nNoël\n".as_bytes().to_vec();
    bytes.extend(b"Andr\xe9\n");
    let (source, rows) = read(&bytes).expect("readable");
    assert_eq!(source.encoding, Encoding::Utf8);
    let damaged: Vec<i32> = rows
        .iter()
        .filter(|row| row.is_damaged)
        .map(|row| row.number)
        .collect();
    assert_eq!(damaged, [5]);
}

#[test]
fn rows_are_numbered_as_a_spreadsheet_numbers_them() {
    let text = "A,\"B\r\nC\"\r\n1,2\r\n\r\n\"two\r\nlines\",3\r\n4,5";
    let (source, rows) = read(text.as_bytes()).expect("readable");
    assert_eq!(source.headings, ["A", "B C"]);
    let numbers: Vec<i32> = rows.iter().map(|row| row.number).collect();
    assert_eq!(
        numbers,
        [2, 4, 5],
        "a blank line is a row, a break in a cell is none"
    );
}

#[test]
fn separators_are_found_and_cells_beyond_the_headings_are_counted() {
    for (separator, name) in [(",", ","), (";", ";"), ("\t", "\t"), ("|", "|")] {
        let text = "A,B,C\n1,2,3\n1,2\n1,2,3,4\n".replace(',', separator);
        let (source, rows) = read(text.as_bytes()).expect("readable");
        assert_eq!(source.separator, name);
        let widths: Vec<usize> = rows.iter().map(|row| row.width).collect();
        assert_eq!(widths, [3, 2, 4], "{name:?}");
        assert_eq!(rows[1].cells.len(), 3);
    }
}

#[test]
fn what_is_no_table_is_refused_with_its_row() {
    let long = format!("A,B\n1,2\n3,{}\n5,6\n", "x".repeat(3 << 20));
    let open = format!("A,B\n1,2\n3,\"never closed\n{}", "4,5\n".repeat(20));
    let wide = format!("{}\n", vec!["h"; 500].join(","));
    for (case, bytes, code, row) in [
        ("nothing", Vec::new(), "LP-0801", None),
        ("blanks", b" \r\n\r\n".to_vec(), "LP-0801", None),
        (
            "a picture named csv",
            b"\x89PNG\r\n\x1a\n\x00\x00\x00\x0dIHDR\x00\x00\x01\x00".to_vec(),
            "LP-0802",
            None,
        ),
        (
            "machine code",
            (0..=255_u8).cycle().take(4096).collect(),
            "LP-0802",
            None,
        ),
        (
            "an old workbook",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 and more".to_vec(),
            "LP-0803",
            None,
        ),
        (
            "a workbook behind a password, the name across two blocks",
            [
                &b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"[..],
                &vec![0; (1 << 16) - 20],
                &utf16("EncryptedPackage", false, false),
            ]
            .concat(),
            "LP-0810",
            None,
        ),
        (
            "a folder that is no workbook",
            packed(&[("a.txt", b"hello")]),
            "LP-0803",
            None,
        ),
        (
            "a broken workbook",
            b"PK\x03\x04 and then nothing".to_vec(),
            "LP-0809",
            None,
        ),
        (
            "one cell that does not end",
            long.into_bytes(),
            "LP-0805",
            Some("3"),
        ),
        (
            "a quote that is never closed",
            open.into_bytes(),
            "LP-0805",
            Some("3"),
        ),
        ("five hundred columns", wide.into_bytes(), "LP-0806", None),
    ] {
        assert_eq!(
            refused(&bytes),
            (code.to_owned(), row.map(str::to_owned)),
            "{case}"
        );
    }
}

#[test]
fn a_lone_nul_in_a_cell_spoils_its_row_alone() {
    let mut text = "A,B\n".to_owned();
    for at in 0..2000 {
        writeln!(text, "row {at},fine").expect("a text takes it");
    }
    text.push_str("last,\u{0}bad\n");
    let (_, rows) = read(text.as_bytes()).expect("readable");
    assert_eq!(rows.len(), 2001);
    assert!(rows[2000].cells[1].contains('\u{0}'));
}

fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    for (name, bytes) in parts {
        archive.start_file(*name, options).expect("a part begins");
        archive.write_all(bytes).expect("a part is written");
    }
    archive.finish().expect("the folder is closed").into_inner()
}

#[test]
fn a_workbook_that_unpacks_to_gigabytes_is_refused_before_it_is_opened() {
    let mut archive = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    archive
        .start_file("xl/sharedStrings.xml", options)
        .expect("a part begins");
    let zeros = vec![b' '; 1 << 20];
    for _ in 0..5 {
        archive.write_all(&zeros).expect("a part is written");
    }
    let bomb = archive.finish().expect("closed").into_inner();
    assert!(bomb.len() < 1 << 16, "a bomb is small: {}", bomb.len());
    let weighed = |most| super::book::weigh(&mut std::io::Cursor::new(&bomb), most);
    assert_eq!(weighed(4 << 20), Err(Failure::refuse("LP-0804", "file")));
    assert_eq!(weighed(5 << 20), Ok(()));
}

#[test]
fn a_workbook_is_read_as_a_person_sees_it() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    for (at, heading) in ["Code", "Born", "Phone", "Share"].iter().enumerate() {
        sheet
            .write(0, u16::try_from(at).expect("few"), *heading)
            .expect("written");
    }
    let day = rust_xlsxwriter::ExcelDateTime::parse_from_str("2015-04-17").expect("a day");
    let form = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
    sheet.write(1, 0, 45).expect("written");
    sheet.write_with_format(1, 1, &day, &form).expect("written");
    sheet.write(1, 2, 7_805_550_123_i64).expect("written");
    sheet.write(1, 3, 0.5).expect("written");
    // A single cell in the far corner makes no table of seventeen billion.
    sheet.write(3, 3, "late").expect("written");
    let bytes = book.save_to_buffer().expect("saved");
    let (source, rows) = read(&bytes).expect("readable");
    assert_eq!((source.format, source.headings.len()), (Format::Excel, 4));
    assert_eq!(rows[0].cells, ["45", "2015-04-17", "7805550123", "0.5"]);
    assert_eq!((rows[1].number, rows.len()), (4, 2));
}

#[test]
fn a_cell_in_the_far_corner_of_a_sheet_is_refused_not_laid_out() {
    let mut book = rust_xlsxwriter::Workbook::new();
    let sheet = book.add_worksheet();
    sheet.write(0, 0, "Code").expect("written");
    sheet.write(1_048_575, 16_383, "far").expect("written");
    let bytes = book.save_to_buffer().expect("saved");
    assert_eq!(
        refused(&bytes),
        ("LP-0806".to_owned(), Some("1048576".to_owned()))
    );
}

#[test]
fn the_first_rows_are_had_without_the_rest() {
    let text = format!("A\n{}", "x\n".repeat(5000));
    let (source, rows) = first_rows(Input::of_bytes(text.into_bytes().into()), 3).expect("readable");
    assert_eq!((source.headings.len(), rows.len()), (1, 3));
}
