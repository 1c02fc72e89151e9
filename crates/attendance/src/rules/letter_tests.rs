//! Letters: when one is due, what may be written, and to whom.

use super::*;
use crate::model::{
    Addressee, LetterPlan, LetterText, LetterUnit, Mark, Meaning, Mode, NotWritten, Slot, Source, Tally,
};
use db::Known;
use kernel::{
    AddressId, ContactId, Date, Findings, Instant, NameId, PersonId, PersonName, RestrictionId, SchoolId,
    StudentId,
};
use people::{
    Address, AddressKind, Contact, Custody, Identity, Name, Person, Record, Restriction, RestrictionCode,
    Student, StudentContact,
};

fn date(text: &str) -> Date {
    text.parse().expect("a date")
}

fn today() -> Date {
    date("2026-11-23")
}

fn found(findings: &Findings) -> Vec<(&str, &str)> {
    let all = findings.0.iter();
    all.map(|one| (one.code.as_str(), one.field.as_str())).collect()
}

fn absence(slot: Slot) -> Mark {
    Mark {
        school: SchoolId::derived("s"),
        student: StudentId::derived("a"),
        on: date("2026-11-03"),
        slot,
        letter: "A".to_owned(),
        meaning: Meaning::Unexplained,
        minutes: None,
        comment: String::new(),
        source: Source::Teacher,
        range: None,
        known: Known {
            version: 1,
            from: Instant::from_micros(0),
            to: None,
            by: String::new(),
            reason: String::new(),
        },
    }
}

#[test]
fn a_letter_is_due_for_the_highest_threshold_reached_and_once() {
    use LetterUnit::{HalfDays, Periods};
    let half = Tally::DAY / 2;
    // LP-0740, LP-0741: the unit, what was counted, the threshold of the last letter, the threshold that is due.
    for (case, unit, total, before, due) in [
        ("none missed", HalfDays, 0, None, None),
        ("just below", HalfDays, 5 * half - 1, None, None),
        ("reached", HalfDays, 5 * half, None, Some(5)),
        ("two thresholds at once", HalfDays, 12 * half, None, Some(10)),
        ("a letter of it was sent", HalfDays, 9 * half, Some(5), None),
        ("the next one", HalfDays, 10 * half, Some(5), Some(10)),
        (
            "a higher one was sent before days were explained",
            HalfDays,
            6 * half,
            Some(10),
            None,
        ),
        ("beyond the last", HalfDays, 40 * half, Some(15), None),
        ("periods, each as one", Periods, 5, None, Some(5)),
        ("periods, just below", Periods, 4, None, None),
    ] {
        assert_eq!(letter_due(unit, &[5, 10, 15], total, before), due, "{case}");
    }
    assert_eq!(letter_due(HalfDays, &[], 99 * half, None), None, "no thresholds");
    assert_eq!(
        (LetterUnit::of(Mode::Daily), LetterUnit::of(Mode::Both)),
        (HalfDays, HalfDays)
    );
    assert_eq!(LetterUnit::of(Mode::Period), Periods);
    let told: Vec<String> = how_letters_count().0.into_iter().map(|one| one.code).collect();
    assert_eq!(told, ["LP-0740", "LP-0741", "LP-0752"]);
}

#[test]
fn half_days_count_daily_rolls_and_the_share_of_periods_and_periods_count_themselves() {
    use LetterUnit::{HalfDays, Periods};
    let marks = [
        absence(Slot::Morning),
        absence(Slot::Afternoon),
        absence(Slot::Period(1)),
    ];
    let parts = |mark: &Mark| parts(mark.slot, false, 5);
    assert_eq!(letter_total(HalfDays, &marks, parts), Tally::DAY + Tally::DAY / 5);
    assert_eq!(letter_total(Periods, &marks, parts), 1);
    for (unit, slot, is_period_day, counted) in [
        (HalfDays, Slot::Morning, false, true),
        (HalfDays, Slot::Period(2), false, false),
        (HalfDays, Slot::Period(2), true, true),
        (Periods, Slot::Morning, true, false),
        (Periods, Slot::Period(2), true, true),
        (Periods, Slot::Period(2), false, false),
    ] {
        assert_eq!(
            counts_slot(unit, slot, is_period_day),
            counted,
            "{unit} {slot} {is_period_day}"
        );
    }
    let plan = LetterPlan::unset(None, today());
    for (meaning, counted) in [
        (Meaning::Unexplained, true),
        (Meaning::Unauthorized, true),
        (Meaning::Authorized, false),
        (Meaning::Late, false),
        (Meaning::Activity, false),
        (Meaning::Present, false),
    ] {
        assert_eq!(counts(&plan, meaning), counted, "{meaning}");
    }
}

#[test]
fn thresholds_rise_and_count_something() {
    let plan = |half_days: &[u16], kinds: &[Meaning]| LetterPlan {
        half_days: half_days.to_vec(),
        kinds: kinds.to_vec(),
        ..LetterPlan::unset(None, today())
    };
    let absent = [Meaning::Unexplained];
    for (half_days, kinds, wrong) in [
        (&[5, 10][..], &absent[..], vec![]),
        (&[1, 2, 3, 4, 5, 400], &absent, vec![]),
        (&[], &absent, vec![("LP-0742", "half_days")]),
        (&[10, 5], &absent, vec![("LP-0742", "half_days")]),
        (&[5, 5], &absent, vec![("LP-0742", "half_days")]),
        (&[0, 5], &absent, vec![("LP-0742", "half_days")]),
        (&[401], &absent, vec![("LP-0742", "half_days")]),
        (&[1, 2, 3, 4, 5, 6, 7], &absent, vec![("LP-0742", "half_days")]),
        (&[5], &[], vec![("LP-0743", "kinds")]),
        (&[5], &[Meaning::Late], vec![("LP-0743", "kinds")]),
    ] {
        assert_eq!(
            found(&judge_letter_plan(&plan(half_days, kinds))),
            wrong,
            "{half_days:?} {kinds:?}"
        );
    }
}

#[test]
fn a_text_holds_known_placeholders_alone_and_signs_that_paper_has() {
    let text = |subject: &str, body: &str| LetterText {
        language: "ENG".to_owned(),
        subject: subject.to_owned(),
        body: body.to_owned(),
        closing: String::new(),
        version: 0,
    };
    let sign = |words: &str| words.chars().find(|sign| *sign == 'ᓇ');
    let long = "x".repeat(LONGEST_SUBJECT + 1);
    for (subject, body, wrong) in [
        ("About {student}", "Dear {addressee}", vec![]),
        ("", "Dear", vec![("LP-0745", "subject")]),
        (
            long.as_str(),
            " ",
            vec![("LP-0745", "subject"), ("LP-0745", "body")],
        ),
        (
            "S",
            "{studnet} and {}",
            vec![("LP-0744", "body"), ("LP-0744", "body")],
        ),
        ("S {", "}", vec![("LP-0744", "subject"), ("LP-0744", "body")]),
        ("S", "{student\n}", vec![("LP-0744", "body"), ("LP-0744", "body")]),
        ("S ᓇ", "B", vec![("LP-0746", "subject")]),
    ] {
        assert_eq!(
            found(&judge_letter_text(&text(subject, body), sign)),
            wrong,
            "{subject} {body}"
        );
    }
    for text in crate::texts::shipped().values() {
        assert!(judge_letter_text(text, |_| None).is_empty(), "{}", text.language);
    }
    let filled = fill_letter("{student}, {other} {total}{", |name| format!("<{name}>"));
    assert_eq!(filled, "<student>, {other} <total>{");
    let once = fill_letter("{student}", |_| "{total}".to_owned());
    assert_eq!(once, "{total}", "what is filled in is not filled again");
}

fn record<I, V>(id: I, value: V) -> Record<I, V> {
    Record {
        id,
        version: 1,
        value,
    }
}

fn guardian(name: &str, custody: Custody) -> StudentContact {
    let person = Person {
        name: PersonName::new(name, "Field"),
        street: format!("{name} Street 1"),
        city: "Calmar".to_owned(),
        province: "AB".to_owned(),
        postal_code: "T0C 0V0".to_owned(),
        country: "CA".to_owned(),
        ..Person::default()
    };
    let contact = Contact {
        custody,
        ..Contact::new("Parent", date("2026-09-01"))
    };
    StudentContact {
        contact: record(ContactId::derived(name), contact),
        has_note: false,
        person: record(PersonId::derived(name), person),
    }
}

fn student(born: &str, contacts: Vec<StudentContact>, codes: &[RestrictionCode]) -> Student {
    let restriction = |code: &RestrictionCode| {
        let value = Restriction {
            code: *code,
            notice: String::new(),
            effective_on: date("2026-09-01"),
            expires_on: None,
        };
        record(RestrictionId::derived(code.as_str()), value)
    };
    let home = Address {
        kind: AddressKind::Mailing,
        format: "Mail-CA".to_owned(),
        street: "Box 7".to_owned(),
        city: "Warburg".to_owned(),
        province: "AB".to_owned(),
        postal_code: "T0C 2T0".to_owned(),
        country: "CA".to_owned(),
        effective_on: date("2020-09-01"),
        expires_on: None,
    };
    Student {
        id: StudentId::derived("a"),
        local_number: String::new(),
        version: 1,
        identity: Identity::new(date(born), "F"),
        has_document_number: false,
        names: vec![record(
            NameId::derived("n"),
            Name::legal(PersonName::new("Ada", "Field")),
        )],
        addresses: vec![record(AddressId::derived("h"), home)],
        phones: Vec::new(),
        emails: Vec::new(),
        citizenships: Vec::new(),
        restrictions: codes.iter().map(restriction).collect(),
        contacts,
    }
}

#[test]
fn letters_go_to_those_with_custody_and_never_to_whom_something_excludes() {
    use Custody::{Access, Joint, NoContact, None as Nothing, Sole, Unknown};
    use RestrictionCode::{Caution, IndependentUnder18, StudentOver18withGuardian};
    let child = "2014-04-17";
    let of_age = "2008-11-23";
    let left = |name: &str, why: NotWritten| (format!("{name} Field"), why);
    // LP-0752: when the student was born, the parents, restrictions, who is written to, who is not and why.
    for (case, born, parents, codes, written, not) in [
        (
            "joint custody",
            child,
            vec![("Ann", Joint), ("Bob", Sole)],
            &[][..],
            vec!["Ann Field", "Bob Field"],
            vec![],
        ),
        (
            "nothing told of custody",
            child,
            vec![("Ann", Unknown)],
            &[],
            vec!["Ann Field"],
            vec![],
        ),
        (
            "a court forbids contact",
            child,
            vec![("Ann", Sole), ("Bob", NoContact)],
            &[],
            vec!["Ann Field"],
            vec![left("Bob", NotWritten::NoContact)],
        ),
        (
            "access, and none",
            child,
            vec![("Ann", Access), ("Bob", Nothing)],
            &[],
            vec![],
            vec![
                left("Ann", NotWritten::NoCustody),
                left("Bob", NotWritten::NoCustody),
            ],
        ),
        (
            "independent",
            child,
            vec![("Ann", Sole)],
            &[IndependentUnder18],
            vec!["Ada Field"],
            vec![left("Ann", NotWritten::Independent)],
        ),
        (
            "of age today",
            of_age,
            vec![("Ann", Sole)],
            &[],
            vec!["Ada Field"],
            vec![left("Ann", NotWritten::Independent)],
        ),
        (
            "of age tomorrow",
            "2008-11-24",
            vec![("Ann", Sole)],
            &[],
            vec!["Ann Field"],
            vec![],
        ),
        (
            "of age, guardians stay",
            of_age,
            vec![("Ann", Sole)],
            &[StudentOver18withGuardian],
            vec!["Ann Field"],
            vec![],
        ),
        (
            "caution names nobody",
            child,
            vec![("Ann", Sole)],
            &[Caution],
            vec!["Ann Field"],
            vec![],
        ),
    ] {
        let parents = parents
            .into_iter()
            .map(|(name, custody)| guardian(name, custody))
            .collect();
        let around = around(&student(born, parents, codes), today());
        let names: Vec<String> = around
            .addressees
            .iter()
            .flat_map(|one| one.names.clone())
            .collect();
        assert_eq!(
            (names, around.left_out),
            (written.iter().map(|&name| name.to_owned()).collect(), not),
            "{case}"
        );
    }
}

#[test]
fn whom_one_relation_forbids_contact_no_other_relation_of_the_person_lets_in() {
    let mut twice = guardian("Bob", Custody::NoContact);
    twice.contact.id = ContactId::derived("other");
    let around = around(
        &student("2014-04-17", vec![guardian("Bob", Custody::Sole), twice], &[]),
        today(),
    );
    assert_eq!(around.addressees, Vec::<Addressee>::new());
    assert_eq!(around.left_out, [("Bob Field".to_owned(), NotWritten::NoContact)]);
}

#[test]
fn one_address_gets_one_letter_and_nobody_is_written_to_at_anothers() {
    let at_home = |name: &str, lives_with: bool| {
        let mut one = guardian(name, Custody::Joint);
        one.person.value.street = String::new();
        one.contact.value.lives_with = lives_with;
        one
    };
    let told = around(
        &student(
            "2014-04-17",
            vec![at_home("Ann", true), at_home("Bob", true), at_home("Cy", false)],
            &[],
        ),
        today(),
    );
    let one = &told.addressees[0];
    assert_eq!(
        (told.addressees.len(), one.names.as_slice()),
        (1, &["Ann Field".to_owned(), "Bob Field".to_owned()][..])
    );
    assert_eq!(one.lines, ["Box 7", "Warburg AB  T0C 2T0"]);
    assert_eq!(told.left_out, [("Cy Field".to_owned(), NotWritten::NoAddress)]);
    let mut french = at_home("Bob", true);
    french.person.value.language = "fr".to_owned();
    let neighbour = StudentContact {
        contact: record(
            ContactId::derived("n"),
            Contact::new("Neighbour", date("2026-09-01")),
        ),
        ..guardian("Nan", Custody::None)
    };
    let mut over = guardian("Old", Custody::Sole);
    over.contact.value.expires_on = Some(date("2026-11-22"));
    let told = around(
        &student(
            "2014-04-17",
            vec![at_home("Ann", true), french, neighbour, over],
            &[],
        ),
        today(),
    );
    let languages: Vec<Vec<String>> = told.addressees.iter().map(|one| one.languages.clone()).collect();
    assert_eq!(
        languages,
        [vec![], vec!["FRA".to_owned()]],
        "who reads another language gets an own letter"
    );
    assert!(
        told.left_out.is_empty(),
        "neither a neighbour nor a guardian of yesterday is one"
    );
}
