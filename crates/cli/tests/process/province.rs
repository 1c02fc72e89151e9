//! A division and its province as two real programs, one of them killed,
//! refused or out of step: what it is stands in clear words, nothing is lost,
//! and nothing is there twice.

use crate::apart::{Apart, wait_until, wide};
use access::action::DecidePasi;
use db::Reading as _;
use db::schema::{pasi_item, pasi_mirror};
use diesel::prelude::*;
use kernel::{Asn, OrganizationCode, StudentId};
use pasi::{Choice, Decision, Hindrance, ItemState, LinkState};
use pasi_reference::{NewClient, Server, Validity};
use std::collections::HashMap;

/// Children registered, one before each kill of the province.
const CHILDREN: [&str; 8] = [
    "Aiyana", "Brooke", "Cedar", "Dakota", "Eleanor", "Fiona", "Gwen", "Hazel",
];

/// A number for the phone of a student, another one in each round.
fn number(student: usize, round: usize) -> String {
    format!("780624{:04}", round * 100 + student)
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Runtime::new().expect("a runtime")
}

/// The number PASI holds for each student, by ASN.
fn phones(province: &Server) -> HashMap<Asn, Vec<String>> {
    let (students, _) = province.holdings();
    students
        .into_iter()
        .map(|student| {
            let numbers = student.phones.into_iter().map(|phone| phone.number);
            (student.asn, numbers.collect())
        })
        .collect()
}

fn asn_of(apart: &Apart, student: StudentId) -> Asn {
    let known = apart.read(|at| people::student(at, &wide(), student));
    known.identity.asn.expect("PASI gave an ASN")
}

#[test]
fn a_province_killed_while_it_is_told_has_each_record_once() {
    let apart = Apart::new("40");
    let students = apart.students();
    let before = versions(&apart).len();
    let mut province = apart.province();
    let site = apart.division();
    let mut children = Vec::new();
    for (round, first) in CHILDREN.into_iter().enumerate() {
        let done = apart.items(&[ItemState::Done]);
        children.push(apart.registers(students[round], first));
        for (at, student) in students.iter().enumerate() {
            apart.dials(*student, &number(at, round));
        }
        // Another number of answers each time, so that kills fall at every moment of a submit.
        let some = done + i64::try_from(round * 5).expect("small");
        wait_until("some have arrived", || {
            apart.items(&[ItemState::Done]) > some || apart.items(&[ItemState::Sending]) > 8
        });
        province.running.kill();
        province = apart.province();
    }
    apart.settles();
    let stuck = apart.items(&[ItemState::Rejected, ItemState::Conflict]);
    assert_eq!(stuck, 0, "nothing is for a person: {}", apart.on_their_way());
    let (code, told, said) = apart.status(&["--check"]);
    assert_eq!((code, &told["in_sync"]), (Some(0), &true.into()), "{told} {said}");
    drop(site);
    province.running.kill();
    drop(province);

    let held = runtime().block_on(async { phones(&apart.records().await) });
    assert_eq!(held.len(), before + CHILDREN.len(), "each child was made once");
    for (at, student) in students.iter().enumerate() {
        let numbers = &held[&asn_of(&apart, *student)];
        let last = number(at, CHILDREN.len() - 1);
        assert_eq!(
            numbers.iter().filter(|kept| **kept == last).count(),
            1,
            "{numbers:?}"
        );
    }
    let mut given: Vec<Asn> = children.iter().map(|child| asn_of(&apart, *child)).collect();
    given.sort_unstable();
    given.dedup();
    assert_eq!(given.len(), CHILDREN.len(), "each child has a number of its own");
    enrolled_once(&apart, &given);
}

fn enrolled_once(apart: &Apart, children: &[Asn]) {
    let (_, enrolments) = runtime().block_on(async { apart.records().await.holdings() });
    for asn in children {
        let of_child = enrolments.iter().filter(|enrolment| enrolment.asn == *asn);
        assert_eq!(of_child.count(), 1, "{asn} is enrolled once");
    }
}

/// Rounds in which the division is killed while it takes what came.
const ROUNDS: usize = 5;

#[test]
fn a_division_killed_while_it_takes_what_came_agrees_with_its_province_afterwards() {
    let apart = Apart::new("60");
    let runtime = runtime();
    let province = runtime.block_on(apart.records());
    let asns: Vec<Asn> = apart
        .students()
        .into_iter()
        .map(|student| asn_of(&apart, student))
        .collect();
    for round in 0..ROUNDS {
        let site = apart.division();
        wait_until("it listens", || province.polls() > 0);
        let before = newest(&apart);
        let ministry = province.outside();
        runtime.block_on(async {
            for (at, asn) in asns.iter().enumerate() {
                let changed = ministry.change(*asn, |theirs| {
                    theirs.phones[0].number = number(at, round);
                });
                changed.await.expect("changed");
                if newest(&apart) > before + i64::try_from(round * 3).expect("small") {
                    break; // it is in the middle of it
                }
            }
        });
        wait_until("it has begun", || newest(&apart) > before);
        drop(site); // killed
    }
    let site = apart.division();
    wait_until("every version is here", || {
        let (students, _) = province.holdings();
        let held = versions(&apart);
        students
            .iter()
            .all(|theirs| held.get(theirs.asn.as_str()) == Some(&theirs.pasi_core_version))
    });
    let (_, told, said) = apart.status(&["--check"]);
    let kinds = told["kinds"].as_array().expect("kinds of records").clone();
    assert!(kinds.iter().all(|kind| kind["agrees"] == true), "{told} {said}");
    every_change_stands_beside_ours_once(&apart, &province);
    apart.settles();
    let (code, told, said) = apart.status(&["--check"]);
    assert_eq!((code, &told["in_sync"]), (Some(0), &true.into()), "{told} {said}");
    drop(site);
}

/// Each student whose phone differs has one difference; taking PASI's side makes both the same.
fn every_change_stands_beside_ours_once(apart: &Apart, province: &Server) {
    let theirs = phones(province);
    let mut taken = 0;
    for student in apart.students() {
        let open = apart.read(|at| pasi::differences(at, student));
        let ours = apart.read(|at| people::student(at, &wide(), student));
        let numbers = &theirs[&asn_of(apart, student)];
        let differs = !numbers.contains(&ours.phones[0].value.number);
        assert_eq!(open.len(), usize::from(differs), "{open:?}");
        let decisions: Vec<Decision> = open
            .into_iter()
            .map(|found| Decision {
                record_kind: found.record_kind,
                record_key: found.record_key,
                field: found.field,
                seen_version: found.core_version,
                seen_ours: found.ours,
                choice: Choice::Theirs,
            })
            .collect();
        taken += decisions.len();
        apart.write(|tx| pasi::decide(tx, &wide::<DecidePasi>(), student, &decisions));
    }
    assert!(taken >= ROUNDS, "changes came in every round: {taken}");
}

/// PASI's version of each student that the division holds, by ASN.
fn versions(apart: &Apart) -> HashMap<String, i64> {
    apart.read(|at| {
        let held = pasi_mirror::table
            .filter(pasi_mirror::record_kind.eq("Student"))
            .select((pasi_mirror::record_key, pasi_mirror::core_version));
        let rows: Vec<(String, i64)> = held.load(at.conn())?;
        Ok(rows.into_iter().collect())
    })
}

fn newest(apart: &Apart) -> i64 {
    versions(apart).into_values().max().unwrap_or(0)
}

/// Credentials that the province, or the division itself, does not accept: a
/// folder each.
fn bad_credentials(apart: &Apart, province: &Server) {
    let organization: OrganizationCode = "A.3260".parse().expect("a code");
    let folder = |name: &str| apart.data().join(name);
    let stranger = province.unregistered("stranger").expect("made");
    stranger.save(&folder("stranger")).expect("saved");
    let mut client = NewClient::school_authority("expired", organization);
    let yesterday = province.today().plus_days(-1);
    client.validity = Some(Validity {
        from: yesterday.plus_days(-30),
        until: yesterday,
    });
    let expired = province.register(client).expect("registered");
    expired.save(&folder("expired")).expect("saved");
}

#[test]
fn a_refused_client_is_told_why_keeps_what_was_typed_and_sends_it_with_the_right_credentials() {
    let apart = Apart::new("20");
    runtime().block_on(async {
        let records = apart.records().await;
        bad_credentials(&apart, &records);
        records.shutdown().await.expect("kept");
    });
    let student = apart.students()[0];
    let province = apart.province();
    for (round, (credentials, organization, word, said)) in [
        ("stranger", "A.3260", Hindrance::OurCertificate, "1001"),
        ("expired", "A.3260", Hindrance::Expired, "expired"),
        ("nowhere", "A.3260", Hindrance::Credentials, "ca.pem"),
        ("pasi-sis", "A.3020", Hindrance::Refused, "1008"),
        ("pasi-sis", "A.9999", Hindrance::Refused, "1008"),
    ]
    .into_iter()
    .enumerate()
    {
        apart.configure(credentials, organization);
        let site = apart.division();
        assert_eq!(site.get("/healthz").status, 200, "the school works on");
        apart.dials(student, &number(0, round));
        wait_until(credentials, || {
            let link = apart.read(|at| pasi::link(at));
            (link.state, link.hindrance()) == (LinkState::Refused, Some(word))
        });
        let (code, _, told) = apart.status(&[]);
        assert!(
            code.is_some_and(|code| code > 0) && told.contains(said),
            "{code:?} {told}"
        );
        drop(site);

        apart.configure("pasi-sis", "A.3260");
        let site = apart.division();
        apart.settles();
        wait_until("it is accepted", || {
            apart.read(|at| pasi::link(at)).state == LinkState::Up
        });
        drop(site);
    }
    assert_eq!(apart.items(&[ItemState::Rejected, ItemState::Conflict]), 0);
    let (code, told, said) = apart.status(&["--check"]);
    assert_eq!((code, &told["in_sync"]), (Some(0), &true.into()), "{told} {said}");
    drop(province);
    let held = runtime().block_on(async { phones(&apart.records().await) });
    assert!(
        held[&asn_of(&apart, student)].contains(&number(0, 4)),
        "the last one arrived"
    );
}

#[test]
fn answers_that_are_lost_store_once_and_a_race_lost_is_for_a_person() {
    let apart = Apart::new("20");
    let students = apart.students();
    let province = apart.province();
    let site = apart.division();
    province.console.trouble("outage=none&lose=5");
    for (at, student) in students.iter().enumerate() {
        apart.dials(*student, &number(at, 0));
    }
    apart.settles();
    assert_eq!(
        apart.items(&[ItemState::Rejected, ItemState::Conflict]),
        0,
        "delivered twice, stored once"
    );

    province.console.trouble("outage=none&race=1");
    apart.dials(students[0], &number(0, 1));
    wait_until("a person is asked", || apart.items(&[ItemState::Conflict]) == 1);
    let (_, told, _) = apart.status(&["--check"]);
    assert_eq!(
        (&told["in_sync"], &told["conflicts"]),
        (&false.into(), &1.into()),
        "{told}"
    );
    let stale = apart.read(|at| {
        let conflict = pasi_item::state.eq(ItemState::Conflict);
        Ok(pasi_item::table
            .filter(conflict)
            .select(pasi_item::id)
            .first(at.conn())?)
    });
    apart.write(|tx| pasi::resend(tx, &wide::<DecidePasi>(), stale));
    apart.settles();
    let (code, told, said) = apart.status(&["--check"]);
    assert_eq!((code, &told["in_sync"]), (Some(0), &true.into()), "{told} {said}");
    drop(site);
    drop(province);
    let held = runtime().block_on(async { phones(&apart.records().await) });
    for (at, student) in students.iter().enumerate() {
        let numbers = &held[&asn_of(&apart, *student)];
        let last = number(at, usize::from(at == 0));
        assert_eq!(
            numbers.iter().filter(|kept| **kept == last).count(),
            1,
            "{numbers:?}"
        );
    }
}

#[test]
fn a_status_asked_to_check_finds_what_drifted_and_puts_it_right() {
    let apart = Apart::new("20");
    let (code, _, said) = apart.status(&["--check"]);
    assert_eq!(code, Some(3), "nobody answers: {said}");
    let province = apart.province();
    let (code, told, said) = apart.status(&["--check"]);
    assert_eq!((code, &told["in_sync"]), (Some(0), &true.into()), "{told} {said}");

    let lost = asn_of(&apart, apart.students()[0]).as_str().to_owned();
    apart.write(|tx| {
        let copies = pasi_mirror::table.filter(pasi_mirror::record_key.eq(&lost));
        diesel::delete(copies.filter(pasi_mirror::record_kind.eq("Student"))).execute(tx.conn())?;
        Ok(())
    });
    let (code, told, said) = apart.status(&["--check"]);
    let of_students = told["kinds"]
        .as_array()
        .and_then(|kinds| kinds.iter().find(|kind| kind["notification"] == "Student"))
        .cloned()
        .unwrap_or_default();
    assert_eq!(
        (code, &of_students["agrees"], &of_students["put_right"]),
        (Some(0), &false.into(), &1.into()),
        "{told} {said}"
    );
    assert!(versions(&apart).contains_key(&lost), "it was read again");
    let (_, told, said) = apart.status(&["--check"]);
    assert_eq!(told["in_sync"], true, "{told} {said}");
    drop(province);
    let (code, _, said) = apart.status(&[]);
    assert_eq!(code, Some(0), "how it stood when it was asked last: {said}");
}
