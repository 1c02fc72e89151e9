use crate::model::{Custody, PracticeFamily, PracticeStudent};
use crate::{Division, birth, default_authority, division, division_staff, province, school_staff};
use codes::{CodeSet, set};
use kernel::{Role, SchoolYear};
use std::collections::{BTreeMap, HashMap, HashSet};
use std::hash::{DefaultHasher, Hash, Hasher};

const SEED: u64 = 3260;

fn year() -> SchoolYear {
    SchoolYear::ending(2027).expect("year")
}

fn fort_mcmurray() -> Division {
    division(default_authority(), None, SEED, year()).expect("the default authority")
}

fn families() -> Vec<PracticeFamily> {
    fort_mcmurray().families().collect()
}

fn students(families: &[PracticeFamily]) -> impl Iterator<Item = &PracticeStudent> {
    families.iter().flat_map(|family| &family.students)
}

fn hash(families: impl Iterator<Item = PracticeFamily>) -> u64 {
    let mut hasher = DefaultHasher::new();
    families.for_each(|family| family.hash(&mut hasher));
    hasher.finish()
}

#[test]
fn the_same_seed_gives_the_same_people_and_another_seed_others() {
    let of = |seed| {
        let made = division(default_authority(), Some(900), seed, year()).expect("division");
        hash(made.families())
    };
    assert_eq!(of(1), of(1));
    assert_ne!(of(1), of(2));
}

#[test]
fn every_school_and_grade_has_its_official_count() {
    let division = fort_mcmurray();
    assert_eq!(division.authority.short_name(), "Fort McMurray School Division");
    assert_eq!((division.schools.len(), division.students()), (16, 8143));
    let mut counts: HashMap<_, [u32; 13]> = HashMap::new();
    for student in students(&families()) {
        let grade = usize::from(student.enrolment.grade.number());
        counts.entry(student.enrolment.school).or_default()[grade] += 1;
    }
    for row in crate::open_data::enrolment() {
        if row.authority == default_authority() {
            assert_eq!(counts.get(&row.school), Some(&row.grades), "{}", row.school_name);
        }
    }
}

#[test]
fn a_division_is_scaled_to_the_student() {
    for wanted in [0, 1, 17, 1200, 20_000] {
        let made = division(default_authority(), Some(wanted), SEED, year()).expect("division");
        let found: usize = made.families().map(|family| family.students.len()).sum();
        assert_eq!(found, wanted);
    }
    assert!(division("0001".parse().expect("code"), None, SEED, year()).is_err());
    assert!(division(default_authority(), Some(crate::MOST_STUDENTS + 1), SEED, year()).is_err());
}

#[test]
fn families_average_1_7_children_and_siblings_share_guardians_across_schools() {
    let families = families();
    let children: usize = families.iter().map(|family| family.students.len()).sum();
    let hundredths = children * 100 / families.len();
    assert!(
        (160..=180).contains(&hundredths),
        "{hundredths} children in a hundred families"
    );
    let across = families.iter().filter(|family| {
        let schools: HashSet<_> = family
            .students
            .iter()
            .map(|student| student.enrolment.school)
            .collect();
        schools.len() > 1
    });
    assert!(across.count() > 300, "siblings should go to more than one school");
    let twins = students(&families).filter(|student| student.twin).count();
    assert!((60..=260).contains(&twins), "{twins} twins");
}

#[test]
fn siblings_are_born_a_pregnancy_apart_and_twins_on_one_day() {
    for family in families() {
        for (place, older) in family.students.iter().enumerate() {
            for younger in &family.students[place + 1..] {
                let spoilt = [older, younger]
                    .iter()
                    .any(|child| child.deliberate == Some(10017));
                let days = older.birth_date.days_until(younger.birth_date).abs();
                let twins = older.twin && younger.twin;
                assert!(
                    spoilt || if twins { days == 0 } else { days >= 300 },
                    "{}: {days} days",
                    family.key
                );
                assert_ne!(older.name.first, younger.name.first, "{}", family.key);
            }
        }
    }
}

#[test]
fn numbers_keys_and_addresses_are_unique_and_student_numbers_begin_with_999() {
    let families = families();
    let mut seen = HashSet::new();
    for student in students(&families) {
        assert!(student.asn.as_str().starts_with("999"), "{}", student.asn);
        for once in [student.asn.as_str(), &student.local_number, &student.key] {
            assert!(seen.insert(once.to_owned()), "{once} twice");
        }
        assert!(
            student.email.iter().all(|email| seen.insert(email.clone())),
            "{:?}",
            student.email
        );
    }
    for adult in families.iter().flat_map(|family| &family.adults) {
        assert!(seen.insert(adult.key.clone()), "{} twice", adult.key);
        assert!(
            adult.email.iter().all(|email| seen.insert(email.clone())),
            "{:?}",
            adult.email
        );
    }
}

#[test]
fn telephones_are_555_01xx_and_mail_goes_to_example_ca() {
    let phone = |number: &str| number.len() == 10 && &number[3..8] == "55501";
    for family in families() {
        for adult in &family.adults {
            for number in adult.mobile.iter().chain(&adult.work_phone) {
                assert!(phone(number), "{number}");
            }
            let plain = |email: &String| email.is_ascii() && email.ends_with("@example.ca");
            assert!(adult.email.iter().all(plain), "{:?}", adult.email);
        }
        let homes = family
            .households
            .iter()
            .filter_map(|home| home.home_phone.as_ref());
        let own = family
            .students
            .iter()
            .filter_map(|student| student.mobile.as_ref());
        for number in homes.chain(own) {
            assert!(phone(number), "{number}");
        }
    }
}

#[test]
fn ages_fit_the_grade_but_for_the_deliberate_cases() {
    for student in students(&families()) {
        let (youngest, oldest) = birth::ages(usize::from(student.enrolment.grade.number()));
        let age = student.birth_date.age_on(year().starts());
        let usual = (youngest..=oldest).contains(&age);
        assert_eq!(usual, student.deliberate != Some(10017), "{}: {age}", student.key);
    }
}

#[test]
fn every_code_is_in_its_set_and_valid_in_the_year() {
    let check = |which: CodeSet, code: &str| {
        assert!(
            set(which).is_valid(code, year()),
            "{code} is no {which} of {}",
            year()
        );
    };
    for family in families() {
        for home in &family.households {
            for place in [&home.physical, &home.mailing] {
                check(CodeSet::AddressFormat, place.format);
                check(CodeSet::Province, place.province);
                check(CodeSet::Country, place.country);
            }
        }
        for adult in &family.adults {
            check(CodeSet::LanguageAtHome, adult.language);
        }
        for student in &family.students {
            check(CodeSet::Gender, student.gender);
            check(CodeSet::SourceDocumentType, student.identity.kind);
            check(CodeSet::CitizenshipStatus, student.citizenship.status);
            check(CodeSet::Country, &student.citizenship.country);
            check(CodeSet::Section23Eligibility, student.section23);
            check(CodeSet::LanguageAtHome, student.language);
            student
                .indigenous
                .iter()
                .for_each(|code| check(CodeSet::FnmiDeclaration, code));
            for restriction in &student.restrictions {
                check(CodeSet::DisclosureRestriction, restriction.code);
            }
            for tie in &student.ties {
                check(CodeSet::GuardianRelationship, tie.relationship);
            }
            let enrolment = &student.enrolment;
            check(CodeSet::Grade, enrolment.grade.as_str());
            check(CodeSet::ExitDateType, enrolment.exit_type);
            check(CodeSet::ProgrammingType, enrolment.programming);
            check(CodeSet::ProgrammingTimeframe, enrolment.timeframe);
            enrolment
                .enrolment_types
                .iter()
                .for_each(|code| check(CodeSet::EnrolmentType, code));
            enrolment
                .exceptions
                .iter()
                .for_each(|code| check(CodeSet::ExceptionCode, code));
            for code in &enrolment.grants {
                if student.deliberate != Some(10029) {
                    check(CodeSet::GrantsProgramCode, code);
                }
            }
        }
    }
    for school in fort_mcmurray().schools {
        school
            .programs
            .iter()
            .for_each(|code| check(CodeSet::SchoolProgram, code));
    }
}

/// The rules on grants program codes that the coding of a practice enrolment could break.
fn broken(student: &PracticeStudent, francophone: bool) -> Vec<u16> {
    let enrolment = &student.enrolment;
    let grants = &enrolment.grants;
    let has = |code: &str| grants.contains(&code);
    let of = |series: char| grants.iter().filter(|code| code.starts_with(series)).count();
    let unique: HashSet<_> = grants.iter().collect();
    let outside = ["600", "610", "611", "612", "620", "630"]
        .iter()
        .any(|code| has(code));
    let french = ["145", "211", "221", "230"].iter().any(|code| has(code));
    let ecs_only = ["30", "47", "48"];
    let wrong_band = enrolment.exceptions.iter().any(|code| {
        let early = enrolment.grade.number() == 0;
        ecs_only.contains(code) != early && !(code.starts_with('4') && early)
    });
    [
        (10002, unique.len() < grants.len()),
        (10010, french && enrolment.french_hours.is_none()),
        (10013, has("500") && has("550")),
        (
            10026,
            of('2') > 1 && unique.len() == grants.len() && (francophone || !has("221")),
        ),
        (10029, has("622")),
        (10030, outside && (of('3') > 0 || has("640") || has("500"))),
        (10047, has("221") && !francophone),
        (10051, of('3') > 1 && unique.len() == grants.len()),
        (10054, has("500") && enrolment.exceptions.is_empty()),
        (10055, !has("500") && !enrolment.exceptions.is_empty()),
        (10057, has("500") && wrong_band),
        (
            10064,
            enrolment.program_percentage.is_some() && enrolment.programming == "Regular",
        ),
    ]
    .into_iter()
    .filter_map(|(rule, broken)| broken.then_some(rule))
    .collect()
}

#[test]
fn coding_breaks_no_rule_but_the_one_it_means_to() {
    let mut rules: BTreeMap<u16, u32> = BTreeMap::new();
    for student in students(&families()) {
        let meant: Vec<u16> = student
            .deliberate
            .into_iter()
            .filter(|rule| *rule != 10017)
            .collect();
        assert_eq!(
            broken(student, false),
            meant,
            "{}: {:?}",
            student.key,
            student.enrolment
        );
        assert!(student.enrolment.grants.len() <= 3 && student.enrolment.exceptions.len() <= 2);
        assert!(student.enrolment.enrolment_types.len() <= 2);
        student
            .deliberate
            .iter()
            .for_each(|rule| *rules.entry(*rule).or_default() += 1);
    }
    let cases: u32 = rules.values().sum();
    assert!((20..=26).contains(&cases), "{cases} deliberate cases: {rules:?}");
    assert!(rules.len() >= 9, "{rules:?}");
}

#[test]
fn a_francophone_authority_teaches_in_french() {
    let made = division("0284".parse().expect("code"), Some(400), SEED, year()).expect("division");
    for student in made.families().flat_map(|family| family.students) {
        let expected: Vec<u16> = student
            .deliberate
            .into_iter()
            .filter(|rule| *rule != 10017)
            .collect();
        assert_eq!(broken(&student, true), expected, "{}", student.key);
        let elsewhere = student.enrolment.grants.iter().any(|code| code.starts_with('6'));
        assert!(
            elsewhere || student.enrolment.grants.contains(&"221"),
            "{}",
            student.key
        );
    }
}

#[test]
fn custody_caution_and_medical_alerts_come_at_about_their_shares() {
    let families = families();
    let share = |holds: &dyn Fn(&PracticeStudent) -> bool| {
        students(&families).filter(|student| holds(student)).count() * 10_000 / 8143
    };
    let restricted = |code: &'static str| {
        move |student: &PracticeStudent| {
            student
                .restrictions
                .iter()
                .any(|restriction| restriction.code == code)
        }
    };
    for (what, found, least, most) in [
        ("court orders", share(&restricted("CourtOrdered")), 35, 95),
        ("caution", share(&restricted("Caution")), 15, 50),
        ("independent", share(&restricted("IndependentUnder18")), 5, 60),
        (
            "over 18 with guardian",
            share(&restricted("StudentOver18withGuardian")),
            5,
            400,
        ),
        (
            "medical alerts",
            share(&|student| !student.medical.is_empty()),
            500,
            700,
        ),
        (
            "preferred names",
            share(&|student| student.preferred.is_some()),
            300,
            1200,
        ),
        (
            "two homes",
            share(&|student| student.second_household.is_some()),
            300,
            900,
        ),
        (
            "Indigenous",
            share(&|student| student.indigenous.is_some()),
            600,
            1700,
        ),
        (
            "not citizens",
            share(&|student| student.citizenship.status != "1"),
            700,
            2000,
        ),
        ("one name", share(&|student| student.name.last == "LNU"), 5, 80),
        (
            "suffixes",
            share(&|student| !student.name.suffix.is_empty()),
            5,
            80,
        ),
        (
            "hyphens",
            share(&|student| student.name.last.contains('-')),
            100,
            900,
        ),
    ] {
        assert!((least..=most).contains(&found), "{what}: {found} in ten thousand");
    }
    let beyond = students(&families)
        .filter(|student| student.name.list().chars().any(|letter| letter > '\u{ff}'))
        .count();
    assert!(beyond > 100, "{beyond} names outside Latin-1");
}

#[test]
fn ties_point_at_adults_in_calling_order_and_a_court_order_holds_everywhere() {
    for family in families() {
        for student in &family.students {
            for (place, tie) in student.ties.iter().enumerate() {
                assert_eq!(usize::from(tie.call_order), place + 1, "{}", family.key);
                assert!(tie.adult < family.adults.len());
                let ordered = matches!(tie.custody, Custody::NoContact | Custody::AccessOnly);
                if ordered {
                    assert!(
                        !tie.may_pick_up && !tie.portal && !tie.lives_with,
                        "{}",
                        family.key
                    );
                    let known = student
                        .restrictions
                        .iter()
                        .any(|found| found.code == "CourtOrdered");
                    assert!(known, "{}: the order is not shown", student.key);
                }
            }
            let guarded = student
                .ties
                .iter()
                .any(|tie| tie.lives_with && tie.custody != Custody::Contact);
            assert!(guarded || student.independent, "{}", student.key);
        }
    }
}

#[test]
fn children_born_abroad_are_older_than_siblings_born_in_canada() {
    let mut abroad = 0;
    for family in families() {
        let born_abroad = |student: &PracticeStudent| student.birth_date < student.citizenship.effective;
        let told = family
            .students
            .iter()
            .filter(|student| student.deliberate != Some(10017));
        let (away, here): (Vec<_>, Vec<_>) = told.partition(|student| born_abroad(student));
        abroad += away.len();
        for (older, younger) in away
            .iter()
            .flat_map(|older| here.iter().map(move |younger| (older, younger)))
        {
            assert!(older.birth_date < younger.birth_date, "{}", family.key);
        }
        for student in here {
            assert_eq!(student.citizenship.status, "1", "{}", student.key);
        }
    }
    assert!((700..=2000).contains(&abroad), "{abroad} born abroad");
}

#[test]
fn dates_lie_in_the_order_of_a_life() {
    let (first, last) = fort_mcmurray().school_days();
    assert_eq!((first.as_str(), last.as_str()), ("2026-09-08", "2027-06-25"));
    for student in students(&families()) {
        let enrolment = &student.enrolment;
        assert!(
            first <= enrolment.start && enrolment.start < enrolment.exit && !enrolment.start.is_weekend()
        );
        assert!(
            student.birth_date <= student.citizenship.effective,
            "{}",
            student.key
        );
        for restriction in &student.restrictions {
            assert!(student.birth_date <= restriction.effective, "{}", student.key);
            assert!(
                restriction.expires.is_none_or(|end| restriction.effective < end),
                "{}",
                student.key
            );
        }
    }
}

#[test]
fn each_school_has_its_staff_and_the_office_its_roles() {
    let division = fort_mcmurray();
    let mut emails = HashSet::new();
    for school in &division.schools {
        let staff = school_staff(&division, school);
        let count = |role| staff.iter().filter(|person| person.role == role).count();
        assert_eq!((count(Role::Principal), count(Role::Secretary)), (1, 2));
        assert_eq!(
            count(Role::Teacher),
            school.students().div_ceil(22).max(1) as usize
        );
        let rooms: HashSet<_> = staff
            .iter()
            .filter_map(|person| person.homeroom.as_ref())
            .collect();
        assert!(!rooms.is_empty());
        assert!(
            staff.iter().all(|person| emails.insert(person.email.clone())),
            "{}",
            school.name
        );
    }
    let office = division_staff(&division);
    for role in [
        Role::Director,
        Role::Coordinator,
        Role::Specialist,
        Role::Custodian,
        Role::PrivacyOfficer,
    ] {
        assert!(office.iter().any(|person| person.role == role), "{role}");
    }
    assert!(office.iter().all(|person| emails.insert(person.email.clone())));
}

#[test]
fn homes_near_fort_mcmurray_have_its_postal_codes() {
    let mut formats = HashSet::new();
    for home in families().iter().flat_map(|family| &family.households) {
        formats.insert(home.physical.format);
        let code = &home.mailing.postal_code;
        let known = ["T9H ", "T9K ", "T9J ", "T0P "]
            .iter()
            .any(|area| code.starts_with(area));
        assert!(known && code.len() == 7, "{code:?}");
    }
    assert_eq!(
        formats.len(),
        3,
        "towns, rural addresses and land descriptions: {formats:?}"
    );
}

#[test]
fn the_province_is_every_authority_with_numbers_that_never_meet() {
    let divisions: Vec<Division> = province(None, SEED, year()).expect("province").collect();
    let total: u32 = divisions.iter().map(Division::students).sum();
    assert_eq!((divisions.len(), total), (313, 811_493));
    let mut seen = HashSet::new();
    for made in province(Some(6000), SEED, year()).expect("province") {
        for student in made.families().flat_map(|family| family.students) {
            assert!(seen.insert(student.asn), "{} twice", student.asn);
        }
    }
    assert_eq!(seen.len(), 6000);
}
