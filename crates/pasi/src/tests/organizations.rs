//! Schools, authorities and calendar years of the province: read by the long
//! poll, compared with our own schools, and known to the rules.

use super::both::{Both, autumn, person, played, school, wide};
use crate::{ProvinceRules, SchoolDecision, SchoolDifference, decide_school, school_differences};
use access::action::{ManageSchools, ViewSchools};
use enrolment::Enrol;
use kernel::{EnrolmentId, Failure, Grade, Outcome, SchoolCode, SchoolYear};
use pasi_wire::messages as wire;
use people::On;
use testkit::date;

fn code() -> SchoolCode {
    "1256".parse().expect("a code")
}

fn open(both: &Both<'_>) -> Vec<SchoolDifference> {
    let view = wide::<ViewSchools>(&person("Carol Nadeau"));
    both.read(|at| school_differences(at, &view, school()))
}

fn told(open: &[SchoolDifference]) -> Vec<(String, &str, &str)> {
    open.iter()
        .map(|one| (one.key(), one.ours.as_str(), one.theirs.as_str()))
        .collect()
}

fn decides(both: &Both<'_>, all: &[SchoolDifference], is_theirs: bool) -> Outcome<()> {
    let carol = person("Carol Nadeau");
    let decisions: Vec<SchoolDecision> = all
        .iter()
        .map(|one| SchoolDecision {
            key: one.key(),
            seen_version: one.core_version,
            is_theirs,
        })
        .collect();
    both.world.store.write_now(db::Lane::Interactive, &carol, |tx| {
        decide_school(tx, &wide::<ManageSchools>(&carol), school(), &decisions)
    })
}

#[test]
fn what_pasi_says_otherwise_of_a_school_stands_until_the_coordinator_decides() {
    played(async |both| {
        assert_eq!(open(both), [], "nothing before PASI was read");
        both.listens().await;
        let first = open(both);
        assert_eq!(told(&first), [("name".to_owned(), "Ours", "School 1256")]);
        decides(both, &first, false).expect("ours stays");
        assert_eq!(open(both), [], "laid aside");
        both.listens().await;
        assert_eq!(open(both), []);

        let rename = |name: &'static str| {
            let desk = both.server.ministry();
            async move {
                desk.change_school(code(), |school| school.name = name.to_owned())
                    .await
            }
        };
        rename("Lake School").await.expect("renamed");
        both.listens().await;
        let second = open(both);
        assert_eq!(
            told(&second),
            [("name".to_owned(), "Ours", "Lake School")],
            "PASI says something else"
        );
        rename("Marten Lake School").await.expect("renamed");
        both.listens().await;
        let stale = decides(both, &second, true);
        assert!(matches!(stale, Err(Failure::Conflict(_))), "{stale:?}");
        decides(both, &open(both), true).expect("theirs is taken");
        assert_eq!(open(both), []);
        let ours = both.read(|at| schools::school(at, school()));
        assert_eq!(ours.name, "Marten Lake School");
    });
}

/// PASI opens a school year of our school, with these programs.
async fn offers(both: &Both<'_>, programs: &[&str]) {
    let offered = [Grade::G7, Grade::G8, Grade::G9].map(|grade| wire::GradeOffered { grade });
    let there = wire::SchoolCalendarYear {
        school_code: code(),
        school_year: SchoolYear::ending(2027).expect("a year"),
        grades_offered: offered.into(),
        programs_offered: programs.iter().map(|program| (*program).to_owned()).collect(),
        calendars: vec![wire::OperatingSchedule {
            ref_id: uuid::Uuid::from_u128(5),
            name: "Regular".to_owned(),
            start_date: date("2026-09-02"),
            end_date: date("2027-06-25"),
            instructional_days: 180,
        }],
        pasi_core_version: 0,
    };
    let opened = both.server.ministry().put_calendar_year(there).await;
    opened.expect("opened");
    both.listens().await;
}

#[test]
fn grades_and_days_of_a_calendar_year_are_taken_over() {
    played(async |both| {
        offers(both, &[]).await;
        let all = open(both);
        let keys: Vec<String> = all.iter().map(SchoolDifference::key).collect();
        assert_eq!(keys, ["name", "grades.2027", "days.2027"]);
        assert_eq!(all[2].theirs, "2026-09-02 – 2027-06-25");
        decides(both, &all[1..], true).expect("taken");
        let (ours, days) = both.read(|at| {
            let days = schools::calendars(at, school())?;
            Ok((schools::school(at, school())?, days))
        });
        assert_eq!((ours.lowest_grade, ours.highest_grade), (Grade::G7, Grade::G9));
        assert_eq!(
            (days[0].first_day, days[0].last_day),
            (date("2026-09-02"), date("2027-06-25"))
        );
        assert_eq!(open(both).len(), 1, "the name is still to be decided");
    });
}

/// Numbers of the rules that have something to say of an enrolment that is coded so.
fn judged(both: &Both<'_>, board: &str, grants: &[&str]) -> Vec<String> {
    let carol = person("Carol Nadeau");
    let new = super::both::a_student("Aiyana");
    let mut enrol: Enrol = autumn();
    enrol.coding.resident_board = Some(board.to_owned());
    enrol.coding.grants = grants.iter().map(|code| (*code).to_owned()).collect();
    let mut found = Vec::new();
    // Made and taken back: only what the rules say of it is of interest.
    let _ = both
        .world
        .store
        .write_now(db::Lane::Interactive, &carol, |tx| -> Outcome<()> {
            people::create_student(tx, &wide(&carol), &new, &people::rules::OursAlone)?;
            let rules = ProvinceRules::of(tx, Some(new.id))?;
            let on = On::new(new.id, EnrolmentId::derived("judged"));
            let saved = enrolment::enrol(tx, &wide(&carol), &on, enrol.clone(), &rules)?;
            found = saved.findings.0.iter().map(|one| one.code.clone()).collect();
            Err(Failure::NotFound)
        });
    found
}

#[test]
fn the_rules_know_which_boards_there_are_and_which_school_is_designated() {
    played(async |both| {
        let says = |found: &[String], code: &str| found.iter().any(|one| one == code);
        assert!(
            !says(&judged(both, "9999", &[]), "10068"),
            "nothing is known before PASI was read"
        );
        both.listens().await;
        assert!(says(&judged(both, "9999", &[]), "10068"));
        assert!(!says(&judged(both, "3020", &[]), "10068"));
        assert!(says(&judged(both, "3020", &["110"]), "10044"));
        let designate = |school: &mut wire::School| school.is_designated_special_education = true;
        both.server
            .ministry()
            .change_school(code(), designate)
            .await
            .expect("designated");
        both.listens().await;
        assert!(!says(&judged(both, "3020", &["110"]), "10044"));
    });
}

#[test]
fn the_rules_know_which_programs_a_school_offers_in_the_year() {
    played(async |both| {
        const ALL: [(&str, &str, &str); 4] = [
            ("Outreach", "630", "10038"),
            ("AlternativeFrench", "211", "10046"),
            ("FrenchSecondLanguage", "230", "10049"),
            ("SpecialEducation", "500", "10128"),
        ];
        let says = |grants: &str, number: &str| {
            let found = judged(both, "3020", &[grants]);
            found.iter().any(|one| one == number)
        };
        for (_, grants, number) in ALL {
            assert!(
                !says(grants, number),
                "{number}: nothing is known before PASI was read"
            );
        }
        offers(both, &["Regular"]).await;
        for (_, grants, number) in ALL {
            assert!(says(grants, number), "{number}");
        }
        offers(both, &ALL.map(|(program, _, _)| program)).await;
        for (_, grants, number) in ALL {
            assert!(!says(grants, number), "{number}: it is offered");
        }
    });
}
