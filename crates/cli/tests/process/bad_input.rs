//! Bad input and faults between a division and its province, each as a real
//! program. Every one gets a clear error and loses nothing:
//!
//! | What | Test |
//! |---|---|
//! | unknown, expired or missing certificate | `province.rs`: a refused client is told why … |
//! | wrong or unknown organization | the same |
//! | a request larger than PASI reads | here it stands before a person: `troubled.rs`, what pasi cannot take …; on the wire: `pasi.rs`, by the conformance cases |
//! | a form larger than a page takes | below |
//! | letters that are not Latin-1 | below |
//! | an unknown code | `troubled.rs`: what pasi cannot take … |
//! | a stale version | `province.rs`: answers that are lost … |
//! | an update that changes nothing | `troubled.rs`: a save that changes nothing … |
//! | the province killed while it is told | `province.rs`: a province killed … |
//! | the division killed while it takes what came | `province.rs`: a division killed … |
//! | a message delivered twice, news told twice | below; answers that are lost: `province.rs` |
//! | clocks that differ | below |
//! | hashes that differ | `province.rs`: a status asked to check … |
//! | slow, garbled, cut off, dropped, away, lagging | `troubled.rs` |
//! | full disk, locked database, cut forms | `faults.rs` |

use crate::apart::{Apart, coordinator, wait_until, wide};
use crate::site::{Browser, Division};
use db::Reading as _;
use db::schema::{pasi_cursor, pasi_item, pasi_mirror};
use diesel::prelude::*;
use kernel::{NameId, PersonName, StudentId};
use pasi::{Item, ItemState, LinkState};
use pasi_wire::messages::{StudentPhone, SubmitStudentPhoneRequest};
use pasi_wire::{Request, Response};
use people::{Name, On};

fn is_in_sync(apart: &Apart) {
    let (code, told, said) = apart.status(&["--check"]);
    assert_eq!((code, &told["in_sync"]), (Some(0), &true.into()), "{told} {said}");
}

fn is_connected(apart: &Apart) {
    wait_until("it is connected", || {
        apart.read(|at| pasi::link(at)).state == LinkState::Up
    });
}

#[test]
fn a_form_larger_than_a_page_takes_is_refused_in_words_and_the_next_is_taken() {
    let division = Division::new(None, "log = \"warn,lodgepole=info\"");
    let site = division.serve();
    let browser = Browser::signed_in(&site, &division);
    let answer = browser.post(
        &site,
        "/settings/theme",
        &format!("theme={}", "x".repeat(4_000_000)),
    );
    assert!(
        answer.status == 413 || answer.status == 0,
        "{} {}",
        answer.status,
        answer.text
    );
    assert_eq!(browser.save(&site).status, 204, "the site works on");
}

/// Another name of a student, as somebody saves it.
fn is_also_called(apart: &Apart, student: StudentId, first: &str) -> NameId {
    let id = NameId::derived(first);
    apart.write(|tx| {
        let name = Name::other(PersonName::new(first, "Example"), false);
        people::add_name(
            tx,
            &wide(),
            &On::new(student, id),
            &name,
            &people::rules::OursAlone,
        )
    });
    id
}

fn refused(apart: &Apart, student: StudentId) -> Option<Item> {
    apart.read(|at| {
        let of_student = pasi_item::table.filter(pasi_item::student_id.eq(Some(student)));
        let refused = of_student.filter(pasi_item::state.eq(ItemState::Rejected));
        Ok(refused.select(Item::as_select()).first(at.conn()).optional()?)
    })
}

#[test]
fn letters_that_pasi_does_not_take_stay_here_and_are_for_a_person_and_others_lose_their_marks() {
    let apart = Apart::new("20");
    let students = apart.students();
    let province = apart.province();
    let site = apart.division();
    is_connected(&apart);
    let cree = is_also_called(&apart, students[0], "ᓇᓂᓯ");
    wait_until("PASI refused the letters", || {
        refused(&apart, students[0]).is_some()
    });
    let item = refused(&apart, students[0]).expect("it is there");
    assert!(
        item.answer()
            .rules
            .iter()
            .all(|rule| rule.code > 0 && !rule.message.is_empty()),
        "{:?}",
        item.answer()
    );
    let kept = apart.read(|at| people::student(at, &wide(), students[0]));
    let of_cree = kept.names.iter().find(|name| name.id == cree);
    assert_eq!(
        of_cree.expect("it is kept").value.name.first,
        "ᓇᓂᓯ",
        "nothing typed is lost"
    );
    // Marks that Latin-1 has not are left out on the way, and are no difference.
    let before = apart.items(&[ItemState::Done]);
    is_also_called(&apart, students[1], "Thảo");
    wait_until("it arrived", || apart.items(&[ItemState::Done]) > before);
    assert!(refused(&apart, students[1]).is_none());
    assert_eq!(apart.read(|at| pasi::differences(at, students[1])), []);
    apart.write(|tx| pasi::drop_item(tx, &wide(), item.id));
    drop(site);
    drop(province);
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (held, _) = runtime.block_on(async { apart.records().await.holdings() });
    let firsts: Vec<String> = held
        .into_iter()
        .flat_map(|student| student.names)
        .map(|name| name.name.first)
        .collect();
    assert!(
        firsts.iter().any(|first| first == "Thao"),
        "it went without its mark"
    );
    assert!(
        !firsts.iter().any(|first| first.contains('?')),
        "nothing garbled is stored"
    );
}

#[test]
fn a_message_delivered_twice_is_stored_once_and_news_told_twice_change_nothing() {
    let apart = Apart::new("20");
    let student = apart.students()[0];
    let asn = apart
        .read(|at| people::student(at, &wide(), student))
        .identity
        .asn;
    let asn = asn.expect("PASI gave an ASN");
    let province = apart.province();
    let site = apart.division();
    is_connected(&apart);
    let client = apart.client();
    // PASI's copy as the division holds it: its version, and the whole.
    let held = || -> (i64, String) {
        let key = asn.as_str().to_owned();
        apart.read(|at| {
            let copies = pasi_mirror::table
                .filter(pasi_mirror::record_kind.eq("Student"))
                .filter(pasi_mirror::record_key.eq(&key))
                .select((pasi_mirror::core_version, pasi_mirror::body));
            Ok(copies.first(at.conn())?)
        })
    };
    let (pasi_core_version, _) = held();
    // As a proxy does that sends again what it believes lost: the same message, the same id.
    let message = Request::SubmitStudentPhone(SubmitStudentPhoneRequest {
        caller: client.caller(&coordinator(), None),
        asn,
        pasi_core_version,
        phone: StudentPhone {
            ref_id: uuid::Uuid::from_u128(7),
            phone_type: "Home".to_owned(),
            number: "7806247777".to_owned(),
            extension: None,
            is_preferred: false,
            effective_date: None,
            expiry_date: None,
            is_deleted: false,
        },
    });
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let answers = runtime.block_on(async {
        let mut codes = Vec::new();
        for _ in 0..2 {
            match client.call(&message).await.0.expect("PASI answers") {
                Response::SubmitStudentPhone(answer) => {
                    codes.push(answer.rejections.iter().map(|one| one.code).collect::<Vec<_>>());
                }
                other => panic!("{other:?}"),
            }
        }
        codes
    });
    assert_eq!(
        answers,
        [vec![], vec![3004]],
        "taken, then refused by its version"
    );
    wait_until("it is told", || held().1.contains("7806247777"));
    assert_eq!(held().1.matches("7806247777").count(), 1, "and it is there once");
    let open = apart.read(|at| pasi::differences(at, student)).len();
    assert_eq!(open, 1, "what PASI has and we have not stands beside ours");
    drop(site);
    // Everything is told once more, as after a mirror put back from an older copy.
    apart.write(|tx| {
        let all = diesel::update(pasi_cursor::table).set(pasi_cursor::max_version.eq(0));
        all.execute(tx.conn())?;
        Ok(())
    });
    let done = apart.items(&[ItemState::Done]);
    let site = apart.division();
    wait_until("it was told again", || {
        apart.read(|at| {
            let students = pasi_cursor::table.filter(pasi_cursor::notification.eq("Student"));
            let version: i64 = students.select(pasi_cursor::max_version).first(at.conn())?;
            Ok(version > 0)
        })
    });
    assert_eq!(apart.read(|at| pasi::differences(at, student)).len(), open);
    assert_eq!(apart.items(&[ItemState::Done]), done, "nothing was sent for it");
    let (_, told, said) = apart.status(&["--check"]);
    let kinds = told["kinds"].as_array().expect("kinds of records").clone();
    assert!(kinds.iter().all(|kind| kind["agrees"] == true), "{told} {said}");
    drop(site);
    drop(province);
}

#[test]
fn clocks_that_differ_are_told_by_how_much_and_nothing_waits_for_them() {
    let apart = Apart::new("20");
    let student = apart.students()[0];
    for (ahead, says, number) in [
        ("7200", "behind PASI's", "7806240001"),
        ("-7200", "ahead of PASI's", "7806240002"),
    ] {
        let province = apart.province_with(&["--clock-ahead", ahead]);
        let site = apart.division();
        wait_until("the clocks were compared", || {
            let link = apart.read(|at| pasi::link(at));
            link.state == LinkState::Up && link.clock_skew().is_some()
        });
        apart.dials(student, number);
        apart.settles();
        assert_eq!(apart.items(&[ItemState::Rejected, ItemState::Conflict]), 0);
        is_in_sync(&apart);
        let told = apart.doctor();
        assert!(told.contains(says), "{ahead}: {told}");
        drop(site);
        drop(province);
    }
}
