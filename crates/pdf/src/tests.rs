use crate::letter::{Letter, Letters, Table};
use crate::record::{Record, Records};
use crate::render;
use crate::timetable::{Lesson, Row, Timetable, Timetables};
use kernel::Instant;
use std::process::Command;

fn text(words: &str) -> String {
    words.to_owned()
}

fn letter(lang: &str, name: &str) -> Letter {
    Letter {
        lang: text(lang),
        sender: vec![
            text("Aurora School"),
            text("5015 50 Street"),
            text("Drayton Valley AB  T7A 1S7"),
        ],
        date: text("November 30, 2026"),
        address: vec![text(name), text("12 Main Street"), text("Calmar AB  T0C 0V0")],
        subject: text("Attendance"),
        paragraphs: vec![format!("Dear {name},"), text("First line\nsecond line")],
        table: Table {
            title: text("Days"),
            columns: vec![text("Day"), text("Half days")],
            figures: 1,
            rows: vec![vec![text("November 3"), text("2")]],
        },
        closing: vec![text("Yours")],
        foot: text("Aurora School"),
        page: text("page"),
    }
}

fn letters(all: Vec<Letter>) -> Letters {
    Letters {
        title: text("Attendance letters"),
        lang: text("en"),
        author: text("Aurora School"),
        letters: all,
    }
}

fn at() -> Instant {
    Instant::from_rfc3339("2026-11-30T16:00:00Z").expect("an instant")
}

fn made(all: Vec<Letter>) -> Vec<u8> {
    render(&letters(all), ("batch-1", at())).expect("a document")
}

/// What a reader of the file sees, by poppler.
fn read(pdf: &[u8], tool: &str, options: &[&str]) -> String {
    let name = format!("lodgepole-paper-{}-{}.pdf", std::process::id(), pdf.len());
    let path = std::env::temp_dir().join(name);
    std::fs::write(&path, pdf).expect("a file");
    let mut command = Command::new(tool);
    command.args(options).arg(&path);
    if tool == "pdftotext" {
        command.arg("-");
    }
    let told = command.output().expect("poppler-utils are installed");
    std::fs::remove_file(&path).expect("a file");
    String::from_utf8_lossy(&told.stdout).into_owned()
}

#[test]
fn what_looks_like_markup_prints_as_itself() {
    let name = "#panic() *x* _y_ $z$ `q` <b> @ref \\ #let //c [d] https://e.ca";
    let pdf = made(vec![letter("en", name)]);
    let words = read(&pdf, "pdftotext", &["-layout"]);
    assert!(words.contains(name), "{words}");
    assert!(words.contains("Dear #panic()"), "{words}");
}

#[test]
fn the_same_value_at_the_same_time_gives_the_same_bytes() {
    let all = || vec![letter("en", "Ann Field"), letter("fr", "Zoé Lefèvre")];
    assert_eq!(made(all()), made(all()));
    let later = render(&letters(all()), ("batch-1", at().plus_seconds(60))).expect("a document");
    assert_ne!(made(all()), later, "the time is part of it");
}

#[test]
fn a_letter_begins_on_its_own_page_tagged_and_in_its_language() {
    let pdf = made(vec![letter("en", "Ann Field"), letter("fr", "Nguyễn Thảo")]);
    let told = read(&pdf, "pdfinfo", &[]);
    for wanted in [
        "Pages:           2",
        "Tagged:          yes",
        "Title:           Attendance letters",
    ] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let text = String::from_utf8_lossy(&pdf);
    assert!(text.contains("pdfuaid"), "claims PDF/UA");
    let second = read(&pdf, "pdftotext", &["-f", "2", "-l", "2", "-layout"]);
    assert!(
        second.contains("Nguyễn Thảo") && second.contains("page 1"),
        "{second}"
    );
    assert!(!second.contains("Ann Field"), "{second}");
}

#[test]
fn a_letter_that_no_font_has_is_printed_without_the_claim() {
    let pdf = made(vec![letter("en", "ᓇᓂᓯ Field")]);
    assert!(read(&pdf, "pdftotext", &[]).contains("Field"));
    assert!(!String::from_utf8_lossy(&pdf).contains("pdfuaid"));
}

#[test]
fn a_sign_without_a_shape_is_named() {
    for (words, sign) in [
        ("Zoé Nguyễn Thảo, 5 «½» – “a” …\n", None),
        ("ab ᓇ ਪ", Some('ᓇ')),
        ("ਪ", Some('ਪ')),
    ] {
        assert_eq!(crate::unprintable(words), sign, "{words}");
    }
}

#[test]
fn a_timetable_lies_on_its_side() {
    let cell = || {
        vec![Lesson {
            title: text("Mathematics 20-1"),
            detail: text("MAT2791-1 · Room 12"),
        }]
    };
    let page = Timetable {
        title: text("Timetable of Ann Field"),
        facts: text("Aurora School · 2026/2027"),
        corner: text("Period"),
        days: vec![text("Monday"), text("Tuesday")],
        rows: vec![Row {
            name: text("Block A"),
            time: text("8:40–10:05"),
            cells: vec![cell(), Vec::new()],
        }],
        empty: text("No lessons"),
        foot: text("Printed"),
    };
    let of = Timetables {
        title: text("Timetable"),
        lang: text("en"),
        author: text("Aurora"),
        pages: vec![page.clone(), page],
    };
    let pdf = render(&of, ("t", at())).expect("a document");
    let told = read(&pdf, "pdfinfo", &[]);
    assert!(
        told.contains("792 x 612") && told.contains("Pages:           2"),
        "{told}"
    );
    let words = read(&pdf, "pdftotext", &["-layout"]);
    assert!(
        words.contains("Mathematics 20-1") && !words.contains("No lessons"),
        "{words}"
    );
}

#[test]
fn a_record_shows_what_must_be_read_first_its_facts_and_its_tables() {
    let one = Record {
        keeper: vec![text("Wild Rose School Division"), text("Aurora School")],
        title: text("Attendance 2026/2027"),
        gate: vec![text("Court order")],
        facts: vec![(text("Student"), text("Field, Ann"))],
        tables: vec![letter("en", "").table],
        notes: vec![text("Counted in half days.")],
        foot: text("Printed"),
    };
    let of = Records {
        title: text("Attendance"),
        lang: text("en"),
        author: text("Aurora"),
        page: text("page"),
        records: vec![one],
    };
    let pdf = render(&of, ("r", at())).expect("a document");
    let words = read(&pdf, "pdftotext", &["-layout"]);
    for wanted in [
        "Court order",
        "Field, Ann",
        "November 3",
        "Counted in half days.",
        "page 1",
    ] {
        assert!(words.contains(wanted), "{wanted}: {words}");
    }
}

/// Prints what a page costs; `cargo nextest run -E 'test(a_page_costs)' --no-capture`.
#[test]
fn a_page_costs_little() {
    let many: Vec<Letter> = (0..100).map(|n| letter("en", &format!("Person {n}"))).collect();
    drop(made(vec![letter("en", "warm")]));
    let began = std::time::Instant::now();
    let pdf = made(many);
    let spent = began.elapsed().as_millis();
    println!("100 letters: {spent} ms, {} bytes", pdf.len());
    assert!(spent < 30_000, "100 letters took {spent} ms");
}
