use super::classes::{self, Seat};
use super::family::{self, Loaded};
use super::people::accounts;
use super::province;
use super::shape::Shape;
use ::people::{PersonOf, RestrictionCode, rules};
use access::is_of_schools;
use courses::bulk::BulkSection;
use courses::rules::ProposedSection;
use courses::{Course, Meeting, Section};
use kernel::{AccountId, CourseId, Date, Grade, PersonId, Role, StudentId};
use std::collections::{BTreeMap, HashMap, HashSet};

const TODAY: &str = "2026-11-23";

fn today() -> Date {
    TODAY.parse().expect("a date")
}

fn division(students: Option<usize>) -> practice::Division {
    Shape::new(students, today())
        .division()
        .expect("authority 3260 is known")
}

fn families(division: &practice::Division) -> Vec<Vec<Loaded>> {
    division
        .families()
        .map(|family| family::students(&family))
        .collect()
}

#[test]
fn each_school_and_grade_has_its_official_count() {
    let division = division(None);
    let mut counted: BTreeMap<(String, Grade), u32> = BTreeMap::new();
    for loaded in families(&division).iter().flatten() {
        *counted
            .entry((loaded.school.to_string(), loaded.enrol.enrol.grade))
            .or_default() += 1;
    }
    let mut official: BTreeMap<(String, Grade), u32> = BTreeMap::new();
    for school in &division.schools {
        for (grade, count) in Grade::ALL
            .iter()
            .zip(school.counts)
            .filter(|(_, count)| *count > 0)
        {
            official.insert((school.code.to_string(), *grade), count);
        }
    }
    assert_eq!(counted, official);
    assert_eq!(
        (division.schools.len(), counted.values().sum::<u32>()),
        (16, 8_143)
    );
}

#[test]
fn siblings_share_persons_and_each_person_is_made_once() {
    let mut made: HashSet<PersonId> = HashSet::new();
    let mut known: HashMap<PersonId, usize> = HashMap::new();
    for family in families(&division(Some(600))) {
        for contact in family.iter().flat_map(|loaded| &loaded.new.contacts) {
            match &contact.person {
                PersonOf::New(id, _) => assert!(made.insert(*id), "made twice"),
                PersonOf::Existing(id) => assert!(made.contains(id), "named before it is made"),
            }
            *known.entry(contact.person.id()).or_default() += 1;
        }
    }
    assert!(
        known.values().any(|children| *children > 1),
        "no person is shared"
    );
}

#[test]
fn every_gate_has_a_notice_and_a_court_order_says_whom_to_release_to() {
    let all = families(&division(None));
    let mut orders = 0;
    for loaded in all.iter().flatten() {
        for (_, restriction) in &loaded.new.restrictions {
            assert!(!restriction.notice.is_empty(), "{:?}", restriction.code);
            if restriction.code == RestrictionCode::CourtOrdered {
                let anyone = loaded
                    .new
                    .contacts
                    .iter()
                    .any(|contact| contact.contact.may_pick_up);
                assert_eq!(restriction.notice.starts_with("Release only to "), anyone);
                orders += 1;
            }
        }
    }
    assert!(orders > 10, "{orders} court orders");
}

#[test]
fn the_records_break_no_rule_of_ours() {
    for loaded in families(&division(None)).iter().flatten() {
        let judged = rules::new_student(&loaded.new, today(), &pasi::ProvinceOnPeople);
        assert!(
            !judged.refuse(),
            "{}: {judged:?}",
            loaded.new.local_number.as_deref().unwrap_or_default()
        );
    }
}

#[test]
fn the_province_holds_the_same_numbers_and_the_same_enrolments() {
    for family in families(&division(Some(400))) {
        let there = province::students(&family, today());
        assert_eq!(there.len(), family.len());
        for (here, there) in family.iter().zip(&there) {
            assert_eq!(here.new.identity.asn, Some(there.asn));
            let ids: Vec<_> = there
                .enrolments
                .iter()
                .map(|enrolment| enrolment.ref_id)
                .collect();
            assert_eq!(ids, [here.enrol.id.uuid()]);
            assert!(
                there
                    .disclosure_restrictions
                    .iter()
                    .all(|kept| kept.details.is_none())
            );
        }
    }
}

#[test]
fn every_role_has_an_account_and_a_second_school_has_its_office() {
    let division = division(Some(300));
    let accounts = accounts(&division);
    for role in Role::ALL {
        let of_role: Vec<_> = accounts.iter().filter(|account| account.role == *role).collect();
        let wanted = if matches!(role, Role::Principal | Role::Secretary) {
            2
        } else {
            1
        };
        assert_eq!(of_role.len(), wanted, "{role}");
        assert!(
            of_role
                .iter()
                .all(|account| account.school.is_some() == is_of_schools(*role)),
            "{role}"
        );
        let sees_by_ties = access::TieKind::of(*role).is_some();
        assert!(
            of_role
                .iter()
                .all(|account| account.ties.is_empty() != sees_by_ties),
            "{role}"
        );
    }
    let names: HashSet<&str> = accounts.iter().map(|account| account.username.as_str()).collect();
    assert_eq!(names.len(), accounts.len());
    assert_eq!(
        accounts,
        super::people::accounts(&division),
        "the same every time"
    );
}

#[test]
fn names_are_listed_as_one_says_them() {
    for (names, said) in [
        (&[][..], ""),
        (&["A"], "A"),
        (&["A", "B"], "A or B"),
        (&["A", "B", "C"], "A, B or C"),
    ] {
        let names: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(super::student::listed(&names), said);
    }
}

/// The catalogue as a division keeps it.
fn catalogue() -> Vec<Course> {
    let all = courses::alberta().into_iter();
    all.map(|one| Course {
        id: CourseId::derived(&one.code),
        is_provincial: one.code.parse::<kernel::CourseCode>().is_ok(),
        code: one.code,
        name: one.name,
        credits: one.credits,
        lowest_grade: one.grades.0,
        highest_grade: one.grades.1,
        first_year: None,
        last_year: one.until,
        prerequisites: one.after,
        delivery: String::new(),
        version: 1,
    })
    .collect()
}

#[test]
fn the_classes_break_no_rule_of_ours_and_nobody_is_in_two_at_once() {
    let (division, catalogue) = (division(None), catalogue());
    let seats: Vec<Seat> = families(&division)
        .iter()
        .flatten()
        .map(|one| Seat::of(&one.enrol))
        .collect();
    let (staff, all) = classes::invented(&division, &seats, &catalogue, AccountId::derived("teacher"));
    assert!(
        staff.len() > 300 && all.len() > 300,
        "{} teachers, {} classes",
        staff.len(),
        all.len()
    );
    let sections: Vec<Section> = all.iter().map(|one| one.section.clone()).collect();
    let mut busy: HashSet<(StudentId, Meeting)> = HashSet::new();
    for BulkSection { section, seats } in &all {
        let others: Vec<Section> = sections
            .iter()
            .filter(|other| other.school == section.school && other.id != section.id)
            .cloned()
            .collect();
        let found = courses::rules::judge_section(&ProposedSection {
            after: section,
            before: None,
            courses: &catalogue,
            others: &others,
            seats: &[],
            clashing: 0,
            names: &HashMap::new(),
            today: today(),
        });
        assert!(found.is_empty(), "{}: {found:?}", section.number);
        let most = section.capacity.and_then(|most| usize::try_from(most).ok());
        assert!(
            most.is_some_and(|most| seats.len() <= most),
            "{} is too full",
            section.number
        );
        for seat in seats {
            for meeting in &section.meetings {
                assert!(
                    busy.insert((seat.student, *meeting)),
                    "{} in two at once",
                    section.number
                );
            }
        }
    }
    let placed: HashSet<StudentId> = busy.iter().map(|(student, _)| *student).collect();
    assert!(placed.len() > 7_900, "{} students are in a class", placed.len());
}
