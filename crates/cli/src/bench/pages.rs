//! The student's page and search as one types: server time of each request,
//! from the router's call to the last byte, compressed as browsers ask.
//!
//! The limit is the same router answering `/healthz`.

use super::division::Bench;
use super::figure::{A_DIVISION, Figure, Goal, millis, percentile};
use crate::demo::DIVISION;
use crate::ending::Stop;
use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use db::Reading;
use db::schema::{student_card, student_phone};
use diesel::prelude::*;
use kernel::{Asn, Outcome, StudentId};
use std::fmt::Write as _;
use std::time::{Duration, Instant};
use tower::ServiceExt;

/// Pages measured.
const PAGES: usize = 600;
/// Students whose names are typed.
const SEARCHED: usize = 40;
/// Requests before any is counted.
const WARM_UP: usize = 30;
/// What browsers send.
pub(super) const ENCODINGS: &str = "gzip, deflate, br, zstd";

/// Pages and search at the division's size.
pub(super) async fn figures(bench: &Bench) -> Result<Vec<Figure>, Stop> {
    let many = bench.students.len();
    let mut health = times(bench, &vec!["/healthz".to_owned(); PAGES]).await?;
    let limit_50 = millis(percentile(&mut health, 50));
    let limit_95 = millis(percentile(&mut health, 95));
    let pages: Vec<String> = bench.some(PAGES).into_iter().map(page).collect();
    let mut pages = times(bench, &pages).await?;
    let typed = bench
        .store
        .read_now(DIVISION, |at| keystrokes(at, &bench.some(SEARCHED)))?;
    let asked: Vec<String> = typed.iter().map(|typed| search(typed)).collect();
    let mut searches = times(bench, &asked).await?;
    let page_goal = if many <= A_DIVISION { 15.0 } else { 20.0 };
    let search_goal = if many <= 150_000 { 15.0 } else { 40.0 };
    let figure = |name: &str, times: &mut [Duration], percent, limit| {
        let name = format!("{name} p{percent}, {many} students");
        Figure::new(name, millis(percentile(times, percent)), "ms").limit(limit)
    };
    Ok(vec![
        figure("student page", &mut pages, 50, limit_50),
        figure("student page", &mut pages, 95, limit_95).goal(Goal::AtMost(page_goal)),
        figure("search as you type", &mut searches, 50, limit_50),
        figure("search as you type", &mut searches, 95, limit_95).goal(Goal::AtMost(search_goal)),
    ])
}

/// The address of a student's page.
pub(super) fn page(student: StudentId) -> String {
    format!("/students/{student}")
}

fn search(typed: &str) -> String {
    let mut address = "/search?q=".to_owned();
    for byte in typed.bytes() {
        write!(address, "%{byte:02X}").expect("writing to a text does not fail");
    }
    address
}

/// The time of each request, one after the other. Problems when one is not answered with a page.
async fn times(bench: &Bench, addresses: &[String]) -> Result<Vec<Duration>, Stop> {
    for address in addresses.iter().take(WARM_UP) {
        ask(bench, address).await?;
    }
    let mut times = Vec::with_capacity(addresses.len());
    for address in addresses {
        let began = Instant::now();
        ask(bench, address).await?;
        times.push(began.elapsed());
    }
    Ok(times)
}

async fn ask(bench: &Bench, address: &str) -> Result<(), Stop> {
    let mut request = Request::get(address)
        .header(header::COOKIE, &bench.cookie)
        .header(header::ACCEPT_ENCODING, ENCODINGS);
    if address.starts_with("/search") {
        // The dialog asks for the fragment; a link asks for the whole page.
        request = request.header("hx-request", "true");
    }
    let request = request
        .body(Body::empty())
        .map_err(|error| Stop::Problems(error.to_string()))?;
    let answer = match bench.router.clone().oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    let status = answer.status();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX)
        .await
        .map_err(|error| Stop::Problems(error.to_string()))?;
    if status != StatusCode::OK || body.is_empty() {
        return Err(Stop::Problems(format!("a page was answered with {status}")));
    }
    Ok(())
}

/// What is in the box after each key: names as they grow, a typing error, an ASN, a phone.
fn keystrokes(at: &mut db::Reader, students: &[StudentId]) -> Outcome<Vec<String>> {
    let division = at.division();
    let mut typed = Vec::new();
    for student in students {
        let (name, asn): (String, Option<Asn>) = student_card::table
            .find((division, student))
            .select((student_card::preferred_name, student_card::asn))
            .first(at.conn())?;
        let phone: Option<String> = student_phone::table
            .filter(
                student_phone::division_id
                    .eq(division)
                    .and(student_phone::student_id.eq(student)),
            )
            .select(student_phone::number)
            .first(at.conn())
            .optional()?;
        let ends = name
            .char_indices()
            .map(|(start, letter)| start + letter.len_utf8());
        typed.extend(ends.map(|end| name[..end].to_owned()));
        typed.push(mistyped(&name));
        typed.extend(asn.map(|asn| asn.to_string()));
        typed.extend(phone);
    }
    Ok(typed)
}

/// The name with the second and third letter of its last word the wrong way round.
fn mistyped(name: &str) -> String {
    let mut letters: Vec<char> = name.chars().collect();
    let start = letters
        .iter()
        .rposition(|letter| *letter == ' ')
        .map_or(0, |space| space + 1);
    if start + 2 < letters.len() {
        letters.swap(start + 1, start + 2);
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typing_error_swaps_two_letters_of_the_last_word() {
        for (name, wrong) in [("Ana Fournier", "Ana Fuornier"), ("Ng", "Ng"), ("Sky", "Syk")] {
            assert_eq!(mistyped(name), wrong);
        }
    }

    #[test]
    fn what_is_typed_is_written_into_the_address_byte_by_byte() {
        assert_eq!(search("é 1"), "/search?q=%C3%A9%20%31");
    }
}
