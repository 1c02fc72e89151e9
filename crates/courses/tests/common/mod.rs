//! Two schools, the catalogue, and five students in grade 4: four at the first school, one at the second.

use access::accounts::{FirstPassword, NewAccount};
use access::action::{
    ManageAccounts, ManageCourses, ManageEnrolment, ManageSections, ViewSections, ViewStudents,
};
use access::grants::GiveRole;
use access::{Permit, Standing};
use courses::{
    ClassLine, Meeting, NewStaff, PutIn, Saved, Section, SectionDetails, SectionQuery, SectionSort, Staff,
    StaffRole,
};
use db::schema::audit;
use db::{Lane, Reader, Reading, Tx};
use diesel::prelude::*;
use enrolment::rules::OursAlone;
use enrolment::{Coding, Enrol, On};
use kernel::{
    AccountId, Actor, CourseEnrolmentId, CourseId, EnrolmentId, Failure, Grade, Instant, NameId, Outcome,
    PersonName, Role, SchoolId, SchoolYear, SectionId, SectionStaffId, StudentId,
};
use people::{Identity, Name, NewStudent, Origin};
use schools::{AddSchool, Authority, SchoolDetails};
use testkit::{DIVISION, World, date};

const CODES: [&str; 2] = ["1256", "1765"];

pub(crate) fn school(place: usize) -> SchoolId {
    SchoolId::derived(CODES[place])
}

pub(crate) fn year() -> SchoolYear {
    SchoolYear::ending(2027).expect("test year")
}

pub(crate) fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

pub(crate) fn read<T>(world: &World, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> T {
    world.store.read_now(DIVISION, work).expect("the read answers")
}

pub(crate) fn manager(world: &World) -> Permit<ManageSections> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn viewer(world: &World) -> Permit<ViewSections> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn students_viewer(world: &World) -> Permit<ViewStudents> {
    Permit::program(&world.actor).expect("the program may")
}

pub(crate) fn catalogue(world: &World) -> Permit<ManageCourses> {
    Permit::program(&world.actor).expect("the program may")
}

fn standing(role: Role, schools: &[SchoolId], account: Option<AccountId>) -> Standing {
    Standing {
        actor: Actor {
            role: Some(role),
            account,
            ..Actor::system(DIVISION, "Test")
        },
        role,
        schools: schools.to_vec(),
    }
}

/// A secretary's permit at these schools.
pub(crate) fn courses_of(schools: &[SchoolId]) -> Permit<ManageSections> {
    Permit::wide(&standing(Role::Secretary, schools, None)).expect("a secretary may")
}

/// A teacher's permit.
pub(crate) fn teaches(account: AccountId) -> Permit<ViewSections> {
    Permit::wide(&standing(Role::Teacher, &[school(0)], Some(account))).expect("a teacher may")
}

/// Five students, the last at the second school.
pub(crate) fn furnish(world: &World) -> Vec<StudentId> {
    let made = write(world, |tx| {
        let permit = Permit::program(&tx.actor().clone())?;
        let authority = "3260".parse().expect("test code");
        let known = Authority {
            code: authority,
            name: "Division".to_owned(),
            kind: "Public".to_owned(),
        };
        schools::set_authority(tx, &permit, known)?;
        for code in CODES {
            let details = SchoolDetails {
                code: code.parse().expect("test code"),
                name: format!("School {code}"),
                authority,
                street: String::new(),
                city: String::new(),
                postal_code: String::new(),
                phone: String::new(),
                lowest_grade: Grade::Ecs,
                highest_grade: Grade::G9,
            };
            let id = Some(SchoolId::derived(code));
            schools::add_school(tx, &permit, AddSchool { id, details })?;
        }
        courses::take_catalogue(tx, &Permit::program(&tx.actor().clone())?)?;
        (0..5).map(|number| student(tx, number)).collect()
    });
    made.expect("the division is furnished")
}

fn student(tx: &mut Tx, number: usize) -> Outcome<StudentId> {
    let id = StudentId::derived(&number.to_string());
    let legal = Name::legal(PersonName::new(&format!("Test{number}"), "Student"));
    let identity = Identity::new(date("2016-04-17"), "F");
    let new = NewStudent {
        local_number: Some(number.to_string()),
        is_another_person: true,
        origin: Origin::Province,
        ..NewStudent::new(id, identity, (NameId::derived(&number.to_string()), legal))
    };
    let permit = Permit::program(&tx.actor().clone())?;
    people::create_student(tx, &permit, &new, &people::rules::OursAlone)?;
    let autumn = Enrol {
        school: school(usize::from(number == 4)),
        year: year(),
        grade: Grade::G4,
        homeroom: "4A".to_owned(),
        start: date("2026-09-08"),
        exit: None,
        coding: Coding::default(),
    };
    let on = On::new(id, EnrolmentId::derived(&id.to_string()));
    let manage = Permit::<ManageEnrolment>::program(&tx.actor().clone())?;
    enrolment::enrol(tx, &manage, &on, autumn, &OursAlone)?;
    Ok(id)
}

pub(crate) fn course(code: &str) -> CourseId {
    CourseId::derived(&format!("{DIVISION}-{code}"))
}

/// Mathematics in room 12 on day 1, all year.
pub(crate) fn details(number: &str, period: u8) -> SectionDetails {
    SectionDetails {
        number: number.to_owned(),
        courses: vec![course("MATH")],
        term: None,
        first_day: date("2026-09-01"),
        last_day: date("2027-06-25"),
        room: if number == "4A" {
            "12".to_owned()
        } else {
            String::new()
        },
        capacity: None,
        meetings: vec![Meeting::new(1, period)],
    }
}

#[expect(clippy::needless_pass_by_value, reason = "made where it is passed")]
pub(crate) fn make(world: &World, id: &str, details: SectionDetails) -> Outcome<Saved<Section>> {
    let id = SectionId::derived(id);
    let permit = manager(world);
    write(world, |tx| {
        courses::make_section(tx, &permit, id, (school(0), year()), details.clone())
    })
}

pub(crate) fn put(student: StudentId, from: &str) -> PutIn {
    PutIn {
        id: CourseEnrolmentId::derived(&student.to_string()),
        student,
        from: date(from),
        until: None,
    }
}

pub(crate) fn list(world: &World, section: SectionId) -> Vec<ClassLine> {
    read(world, |at| {
        courses::class_list(at, &viewer(world), section, date("2026-11-23"))
    })
}

pub(crate) fn roster(world: &World, section: SectionId, day: &str) -> Vec<StudentId> {
    read(world, |at| courses::roster(at, section, date(day)))
}

pub(crate) fn teacher(world: &World, username: &str) -> AccountId {
    let made = write(world, |tx| {
        let permit = Permit::<ManageAccounts>::program(&tx.actor().clone())?;
        let new = NewAccount {
            username: format!("{username}-1"),
            display_name: format!("Teacher {username}"),
            email: String::new(),
            password: FirstPassword::ToKeep("granite ladder violet moss".to_owned()),
            language: "en-CA".to_owned(),
        };
        let account = access::accounts::create(tx, &permit, &new)?;
        let given = GiveRole {
            account,
            role: Role::Teacher,
            school: Some(school(0)),
            from: date("2026-09-01"),
            until: None,
            reason: "Test".to_owned(),
        };
        access::grants::give(tx, &permit, &given)?;
        Ok(account)
    });
    made.expect("the teacher is there")
}

pub(crate) fn add(
    world: &World,
    section: SectionId,
    account: AccountId,
    role: StaffRole,
    (from, until): (&str, Option<&str>),
) -> Outcome<Saved<Staff>> {
    let permit = manager(world);
    let new = NewStaff {
        id: SectionStaffId::derived(&format!("{section} {account} {from}")),
        account,
        role,
        from: date(from),
        until: until.map(date),
    };
    write(world, |tx| courses::add_staff(tx, &permit, section, &new))
}

/// May the teacher know the student today?
pub(crate) fn sees(world: &World, account: AccountId, student: StudentId) -> bool {
    let standing = standing(Role::Teacher, &[school(0)], Some(account));
    let asked = world.store.read_now(DIVISION, |at| {
        Permit::<ViewStudents>::student(at, &standing, student)
    });
    match asked {
        Ok(_) => true,
        Err(Failure::NotFound) => false,
        Err(failure) => panic!("{failure:?}"),
    }
}

pub(crate) fn taught(world: &World, account: AccountId, day: &str) -> Vec<String> {
    let all = read(world, |at| courses::sections_of(at, account, date(day)));
    all.into_iter().map(|section| section.number).collect()
}

pub(crate) fn withdraw(world: &World, student: StudentId, last_day: &str) {
    let on = On {
        seen: 1,
        ..On::new(student, EnrolmentId::derived(&student.to_string()))
    };
    let permit = Permit::<ManageEnrolment>::program(&world.actor).expect("the program may");
    write(world, |tx| {
        enrolment::withdraw(tx, &permit, &on, date(last_day), &OursAlone)
    })
    .expect("withdrawn");
}

/// Opens the enrolment again.
pub(crate) fn restore(world: &World, student: StudentId) {
    let on = On {
        seen: 2,
        ..On::new(student, EnrolmentId::derived(&student.to_string()))
    };
    let permit = Permit::<ManageEnrolment>::program(&world.actor).expect("the program may");
    write(world, |tx| {
        let there = enrolment::enrolment(tx, &Permit::program(&world.actor)?, on.id)?;
        let change = enrolment::Change {
            exit: None,
            ..enrolment::Change::of(&there)
        };
        enrolment::change(tx, &permit, &on, change, &OursAlone)
    })
    .expect("opened again");
}

pub(crate) fn numbers(world: &World, permit: &Permit<ViewSections>, text: &str) -> Vec<String> {
    let query = SectionQuery {
        school: Some(school(0)),
        year: year(),
        text: text.to_owned(),
        course: None,
        grade: None,
        with_closed: false,
        sort: SectionSort::Number,
        after: None,
        limit: 50,
    };
    let found = read(world, |at| {
        courses::sections(at, permit, &query, date("2026-11-23"))
    });
    found.lines.into_iter().map(|line| line.section.number).collect()
}

pub(crate) fn refused<T: std::fmt::Debug>(outcome: Outcome<T>) -> Vec<String> {
    match outcome {
        Err(Failure::Invalid(findings)) => findings.0.into_iter().map(|finding| finding.code).collect(),
        other => panic!("the rules should refuse this, not answer {other:?}"),
    }
}

/// The actions audited of sections.
pub(crate) fn audited(world: &World) -> Vec<String> {
    read(world, |at| {
        let division = at.division();
        Ok(audit::table
            .filter(audit::division_id.eq(division))
            .filter(audit::subject_kind.eq("section"))
            .order(audit::seq)
            .select(audit::action)
            .load(at.conn())?)
    })
}

/// Moves the clock to 9:42 in Alberta of a day.
pub(crate) fn move_to(world: &World, day: &str) {
    let moment = Instant::from_rfc3339(&format!("{day}T16:42:00Z")).expect("test moment");
    world.clock.set(moment);
}
