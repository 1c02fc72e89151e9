//! A division and its province as two real programs, while the ministry's desk
//! makes trouble between them, or while what is sent cannot be taken: the
//! status has clear words, nothing is lost, and afterwards everything is there.

use crate::apart::{Apart, wait_until, wide};
use db::Reading as _;
use db::schema::{pasi_item, student_phone};
use diesel::prelude::*;
use kernel::StudentId;
use pasi::{Hindrance, Item, ItemState, LinkState};
use std::collections::HashSet;

/// A number for the phone of a student, another one for each trouble.
fn number(student: usize, trouble: usize) -> String {
    format!("780624{:04}", trouble * 100 + student)
}

/// Every number that the province holds.
fn numbers_there(apart: &Apart) -> HashSet<String> {
    let runtime = tokio::runtime::Runtime::new().expect("a runtime");
    let (students, _) = runtime.block_on(async { apart.records().await.holdings() });
    let phones = students.into_iter().flat_map(|student| student.phones);
    phones.map(|phone| phone.number).collect()
}

fn is_in_sync(apart: &Apart) {
    let (code, told, said) = apart.status(&["--check"]);
    assert_eq!((code, &told["in_sync"]), (Some(0), &true.into()), "{told} {said}");
}

#[test]
fn a_slow_garbling_cutting_or_absent_province_is_told_by_its_word_and_gets_everything_afterwards() {
    let apart = Apart::new("20");
    let students: Vec<StudentId> = apart.students().into_iter().take(4).collect();
    let province = apart.province();
    let site = apart.division();
    // Numbered troubles are more than there are calls: they last until they are ended.
    let troubles = [
        ("latency=25000", Hindrance::Slow),
        ("garbage=900", Hindrance::Garbage),
        ("cut=900", Hindrance::BrokenOff),
        ("drop=900", Hindrance::BrokenOff),
        ("lose=900", Hindrance::BrokenOff),
    ];
    for (at, (switches, word)) in troubles.into_iter().enumerate() {
        province.console.trouble(&format!("outage=none&{switches}"));
        for (row, student) in students.iter().enumerate() {
            apart.dials(*student, &number(row, at));
        }
        wait_until(switches, || {
            let link = apart.read(|at| pasi::link(at));
            let waits = apart.items(&[ItemState::Waiting, ItemState::Sending]) > 0;
            waits && (link.state, link.hindrance()) == (LinkState::Down, Some(word))
        });
        let (code, _, said) = apart.status(&[]);
        assert_eq!(code, Some(3), "{switches}: {said}");
        assert!(said.contains("away since"), "{switches}: {said}");
        assert_eq!(site.get("/healthz").status, 200, "the school works on");
        province.console.trouble("outage=none");
        apart.settles();
        let for_a_person = apart.items(&[ItemState::Rejected, ItemState::Conflict]);
        assert_eq!(for_a_person, 0, "{switches}: what was done twice is one change");
    }
    is_in_sync(&apart);
    drop(site);
    drop(province);
    let held = numbers_there(&apart);
    for row in 0..students.len() {
        let last = number(row, troubles.len() - 1);
        assert!(held.contains(&last), "{last} arrived");
    }
}

#[test]
fn a_node_that_lags_behind_keeps_changes_waiting_and_none_is_refused() {
    let apart = Apart::new("20");
    let student = apart.students()[0];
    let province = apart.province();
    let site = apart.division();
    apart.dials(student, &number(0, 0));
    apart.settles();
    province.console.trouble("outage=none&lagging=yes");
    // The first is stored, and gives a version that the node does not know.
    apart.dials(student, &number(0, 1));
    apart.settles();
    apart.dials(student, &number(0, 2));
    wait_until("the node has put it off", || {
        open(&apart)
            .iter()
            .any(|item| item.state == ItemState::Waiting && item.attempts > 0)
    });
    assert_eq!(apart.items(&[ItemState::Rejected, ItemState::Conflict]), 0);
    province.console.trouble("outage=none");
    apart.settles();
    is_in_sync(&apart);
    drop(site);
    drop(province);
    assert!(
        numbers_there(&apart).contains(&number(0, 2)),
        "the last one arrived"
    );
}

/// Items that are not done, with all of it.
fn open(apart: &Apart) -> Vec<Item> {
    apart.read(|at| {
        let open = pasi_item::table
            .filter(pasi_item::state.ne_all([ItemState::Done, ItemState::Dropped, ItemState::Alert]))
            .order(pasi_item::id)
            .select(Item::as_select());
        Ok(open.load(at.conn())?)
    })
}

/// Saves another number, and lets the stored phone be what no form would take.
fn spoils(apart: &Apart, student: StudentId, kind: &str, extension: &str) {
    apart.write(|tx| {
        let kept = people::student(tx, &wide(), student)?.phones[0].clone();
        let phone = people::Phone {
            kind: "Home".to_owned(),
            number: "7806240042".to_owned(),
            extension: String::new(),
            ..kept.value
        };
        let on = people::On::seen(student, kept.id, kept.version);
        people::set_phone(tx, &wide(), &on, &phone, &people::rules::OursAlone)?;
        let current = student_phone::table
            .filter(student_phone::id.eq(kept.id))
            .filter(student_phone::known_to.is_null());
        diesel::update(current)
            .set((
                student_phone::kind.eq(kind.to_owned()),
                student_phone::extension.eq(extension.to_owned()),
            ))
            .execute(tx.conn())?;
        Ok(())
    });
}

#[test]
fn what_pasi_cannot_take_stands_before_a_person_with_its_number_and_holds_nobody_up() {
    let apart = Apart::new("20");
    let students = apart.students();
    let province = apart.province();
    let site = apart.division();
    wait_until("it is connected", || {
        apart.read(|at| pasi::link(at)).state == LinkState::Up
    });
    let giant = "x".repeat(70_000);
    for (student, kind, extension, case) in [
        (students[0], "Satellite", "", "a code that PASI does not know"),
        (
            students[1],
            "Home",
            giant.as_str(),
            "a request larger than PASI reads",
        ),
    ] {
        spoils(&apart, student, kind, extension);
        let is_refused = || {
            open(&apart)
                .iter()
                .any(|item| item.student_id == Some(student) && item.state == ItemState::Rejected)
        };
        wait_until(case, is_refused);
        let refused = open(&apart)
            .into_iter()
            .find(|item| item.student_id == Some(student));
        let said = refused.expect("it is there").answer().rules;
        assert!(
            said.iter().all(|rule| rule.code > 0 && !rule.message.is_empty()) && !said.is_empty(),
            "{case}: {said:?}"
        );
    }
    // Others go on, also of a link that has just refused something.
    apart.dials(students[2], &number(2, 9));
    apart.settles();
    assert_eq!(apart.read(|at| pasi::link(at)).state, LinkState::Up);
    let (_, told, said) = apart.status(&["--check"]);
    assert_eq!(
        (&told["rejected"], &told["in_sync"]),
        (&2.into(), &false.into()),
        "{told} {said}"
    );
    // Put right on the record, the change goes, and what was refused is let go.
    for student in &students[..2] {
        spoils(&apart, *student, "Home", "");
    }
    apart.settles();
    for item in open(&apart) {
        apart.write(|tx| pasi::drop_item(tx, &wide(), item.id));
    }
    is_in_sync(&apart);
    drop(site);
    drop(province);
    assert!(numbers_there(&apart).contains(&number(2, 9)));
}

#[test]
fn a_save_that_changes_nothing_tells_the_province_nothing() {
    let apart = Apart::new("20");
    let student = apart.students()[0];
    let province = apart.province();
    let site = apart.division();
    apart.dials(student, &number(0, 0));
    apart.settles();
    let done = apart.items(&[ItemState::Done]);
    apart.dials(student, &number(0, 0));
    apart.settles();
    apart.dials(student, &number(0, 1));
    apart.settles();
    assert_eq!(
        apart.items(&[ItemState::Done]),
        done + 1,
        "the save in between sent nothing"
    );
    is_in_sync(&apart);
    drop(site);
    drop(province);
}
