//! Two schools with a student each, an account for every role at the first,
//! and the site over them.

use crate::cell::Visitor;
use crate::letters::add_letter;
use access::accounts::{FirstPassword, NewAccount};
use access::action::{CreateStudents, ManageAccounts, ManageEnrolment};
use access::grants::GiveRole;
use access::sessions::{self, Stage, Token};
use access::sign_in::{self, Answer as Went};
use access::ties::{Around, NewTie};
use access::{Permit, Standing, TieKind, accounts, grants, totp};
use axum::Router;
use courses::{Meeting, NewStaff, PutIn, SectionDetails, StaffRole};
use db::schema::pasi_item;
use db::{Lane, Reader, Reading, Tx};
use diesel::prelude::*;
use enrolment::rules::OursAlone;
use enrolment::{Coding, Enrol};
use exchange::read::Input;
use exchange::{Kind, NewRun, NoProvince, Permits, Work};
use kernel::{
    AccountId, Actor, AddressId, BellScheduleId, CitizenshipId, ContactId, CourseEnrolmentId, CourseLoadId,
    DivisionId, EmailId, EnrolmentId, Grade, GrantId, ImportId, LetterBatchId, LetterId, MassUpdateId,
    MedicalAlertId, NameId, Outcome, PasiItemId, PersonId, PersonName, PhoneId, RestrictionId, Role, SavedId,
    SchoolId, SchoolYear, SectionId, SectionStaffId, StudentId, TieId,
};
use pasi::{Item, ItemState};
use people::picture::Picture;
use people::{
    Address, AddressKind, AlertSeverity, Citizenship, Contact, Email, Identity, KeepList, ListView,
    MedicalAlert, Name, NewContact, NewStudent, On, Person, PersonOf, Phone, Restriction, RestrictionCode,
    Sharing,
};
use schools::{AddSchool, Authority, Period, PeriodKind, SchoolDetails, SetBell, SetCalendar};
use testkit::{DIVISION, World, date};
use web::{App, Site};

/// A secret of authenticators, in Base32.
const SECRET: &str = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP";
const PASSWORD: &str = "granite ladder violet moss";
/// The smallest picture: one grey point.
pub(crate) const PHOTO: &[u8] = include_bytes!("point.png");
const HERE: &str = "127.0.0.1";

/// Whose records an address names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    /// Those of the visitor's own school, and student.
    Own,
    /// Those of the division's other school.
    Other,
    /// Those of another division in the same database.
    Foreign,
    /// Those that nobody has: a guess.
    Missing,
}

/// A session: what the browser holds, and what its forms carry.
#[derive(Debug, Clone)]
pub(crate) struct Session {
    pub(crate) token: String,
    pub(crate) csrf: String,
}

/// The site, and what is needed to ask it.
pub(crate) struct Ground<'w> {
    pub(crate) world: &'w World,
    pub(crate) site: Router,
    bystander: AccountId,
    grant: GrantId,
    tie: TieId,
    imports: [ImportId; 2],
    /// Letters about the student of the own school, and of the other.
    letters: [LetterId; 2],
    foreign: Foreign,
}

/// What the other division has, of which the program chose the numbers.
struct Foreign {
    account: AccountId,
    grant: GrantId,
    tie: TieId,
    import: ImportId,
    letter: LetterId,
}

/// The other division.
const ELSEWHERE: DivisionId = DivisionId(3020);

pub(crate) fn school(seed: &str) -> SchoolId {
    SchoolId::derived(seed)
}

pub(crate) fn student(seed: &str) -> StudentId {
    StudentId::derived(seed)
}

/// One number for a name, a citizenship, an alert and a restriction of the student.
fn record(seed: &str) -> uuid::Uuid {
    NameId::derived(&format!("{seed} record")).uuid()
}

fn enrolment_of(seed: &str) -> EnrolmentId {
    EnrolmentId::derived(seed)
}

impl Named {
    /// What the ids of its records are derived from.
    pub(crate) const fn seed(self) -> &'static str {
        match self {
            Self::Own => "own",
            Self::Other => "other",
            Self::Foreign => "foreign",
            Self::Missing => "missing",
        }
    }
}

impl<'w> Ground<'w> {
    /// Everything, made by the operations that a person would use.
    pub(crate) fn new(world: &'w World) -> Self {
        let (bystander, grant, tie, letters) = write(world, |tx| {
            add_school(tx, Named::Own.seed(), "1256")?;
            add_school(tx, Named::Other.seed(), "1765")?;
            add_student(tx, Named::Own.seed(), "Ines")?;
            add_student(tx, Named::Other.seed(), "Odile")?;
            for role in Role::ALL {
                let (account, _) = add_account(tx, role.as_str(), *role)?;
                if *role == Role::Teacher {
                    add_section(tx, Named::Own.seed(), account)?;
                }
            }
            let other = ("other-teacher", Named::Other.seed());
            let (account, _) = add_account_at(tx, other, Role::Teacher)?;
            add_section(tx, Named::Other.seed(), account)?;
            add_item(tx, Named::Own.seed())?;
            add_item(tx, Named::Other.seed())?;
            let (bystander, grant) = add_account(tx, "bystander", Role::Secretary)?;
            add_own(tx, bystander, (Named::Other.seed(), Named::Own.seed()))?;
            let own = add_letter(tx, Named::Own.seed())?.1;
            let letters = [own, add_letter(tx, Named::Other.seed())?.1];
            Ok((
                bystander,
                grant,
                on_team(tx, bystander, Named::Own.seed())?,
                letters,
            ))
        });
        let foreign = elsewhere(world);
        let site = Site {
            division: DIVISION,
            name: "Test division".to_owned(),
            is_practice: true,
            is_secure: false,
            shows_components: true,
            relying_party: access::passkeys::RelyingParty::new("http://localhost", "Test division"),
            idle_minutes: sessions::IDLE_MINUTES,
            sends_mail: true,
            address: "http://localhost".to_owned(),
        };
        let app = App::new(world.store.clone(), None, site, String::new);
        Self {
            world,
            site: web::router(app),
            bystander,
            grant,
            tie,
            letters,
            imports: [Kind::Students, Kind::Staff].map(|kind| add_import(world, &world.actor, kind)),
            foreign,
        }
    }

    /// A fresh session of the account that holds the role.
    pub(crate) fn signed_in(&self, role: Role) -> Session {
        let went = write(self.world, |tx| sign_in::practice(tx, role.as_str()));
        let Went::Go(token, Stage::Full) = went else {
            panic!("{} is not signed in: {went:?}", role.as_str());
        };
        let found = self.read(|at| sessions::find(at, &token, HERE));
        let csrf = found.expect("the session is there").who.csrf;
        Session::new(&token, csrf)
    }

    /// A session of someone whose password was right, and no more.
    pub(crate) fn on_the_way(&self) -> Session {
        let candidate = self.read(|at| sign_in::look_up(at, "bystander", HERE));
        let checked = candidate.check(PASSWORD).expect("the password is checked");
        let went = write(self.world, |tx| sign_in::enter(tx, &checked));
        let Went::Go(token, Stage::SecondFactor) = went else {
            panic!("not on the way: {went:?}");
        };
        let found = self.read(|at| sessions::find_pending(at, &token, HERE));
        let csrf = found.expect("the session is there").who.csrf;
        Session::new(&token, csrf)
    }

    /// Puts a caution on the student of the visitor's own school.
    pub(crate) fn caution(&self, notice: &str) {
        write(self.world, |tx| {
            let permit = Permit::program(&tx.actor().clone())?;
            let on = On::new(student(Named::Own.seed()), RestrictionId::derived("caution"));
            let restriction = Restriction {
                code: RestrictionCode::Caution,
                notice: notice.to_owned(),
                effective_on: date("2026-09-01"),
                expires_on: None,
            };
            people::set_restriction(tx, &permit, &on, &restriction, &people::rules::OursAlone).map(|_| ())
        });
    }

    /// How many rows the audit has, each checked.
    pub(crate) fn audited(&self) -> i64 {
        let report = self.read(|at| db::verify_chain(db::Reading::conn(at), DIVISION));
        assert!(report.breaks.is_empty(), "{:?}", report.breaks);
        report.rows
    }

    /// The id of the student of the visitor's own school.
    pub(crate) fn own_student() -> String {
        student(Named::Own.seed()).to_string()
    }

    /// The id of the student of the other school.
    pub(crate) fn other_student() -> String {
        student(Named::Other.seed()).to_string()
    }

    /// The id of the student of the other division.
    pub(crate) fn foreign_student() -> String {
        student(Named::Foreign.seed()).to_string()
    }

    /// The student of the visitor's own school was there last year too, in grade 5.
    pub(crate) fn last_year(&self) {
        write(self.world, |tx| {
            let permit = Permit::<ManageEnrolment>::program(&tx.actor().clone())?;
            let seed = Named::Own.seed();
            let on = On::new(student(seed), EnrolmentId::derived("last year"));
            let then = Enrol {
                school: school(seed),
                year: SchoolYear::ending(2026).expect("a year"),
                grade: Grade::G5,
                homeroom: "5Z".to_owned(),
                start: date("2025-09-02"),
                exit: Some(enrolment::Exit {
                    on: date("2026-06-25"),
                    kind: enrolment::ExitKind::Completion,
                }),
                coding: Coding::default(),
            };
            enrolment::enrol(tx, &permit, &on, then, &OursAlone).map(|_| ())
        });
    }

    /// [`Self::ids_for`] whoever asks.
    pub(crate) fn ids(&self, named: Named) -> [(&'static str, String); 25] {
        self.ids_for(named, Visitor::SignedOut)
    }

    fn letter(&self, named: Named) -> LetterId {
        match named {
            Named::Own => self.letters[0],
            Named::Other => self.letters[1],
            Named::Foreign => self.foreign.letter,
            Named::Missing => LetterId::derived(named.seed()),
        }
    }

    /// The ids that stand in an address for its places, by their names.
    pub(crate) fn ids_for(&self, named: Named, visitor: Visitor) -> [(&'static str, String); 25] {
        let seed = named.seed();
        let (account, grant, tie) = match named {
            Named::Missing => (
                AccountId::derived(seed),
                GrantId::derived(seed),
                TieId::derived(seed),
            ),
            Named::Foreign => (self.foreign.account, self.foreign.grant, self.foreign.tie),
            Named::Own | Named::Other => (self.bystander, self.grant, self.tie),
        };
        // A director imports accounts, and sees no file of students.
        let import = match (named, visitor) {
            (Named::Missing, _) => ImportId::derived(seed),
            (Named::Foreign, _) => self.foreign.import,
            (_, Visitor::As(Role::Director)) => self.imports[1],
            _ => self.imports[0],
        };
        [
            ("{student}", student(seed).to_string()),
            ("{enrolment}", enrolment_of(seed).to_string()),
            ("{school}", school(seed).to_string()),
            ("{record}", record(seed).to_string()),
            ("{account}", account.to_string()),
            ("{grant}", grant.to_string()),
            ("{tie}", tie.to_string()),
            ("{item}", kernel::PasiItemId::derived(seed).to_string()),
            ("{import}", import.to_string()),
            ("{row}", "0000002".to_owned()),
            ("{list}", kernel::SavedId::derived(seed).to_string()),
            ("{batch}", kernel::MassUpdateId::derived(seed).to_string()),
            ("{contact}", ContactId::derived(seed).to_string()),
            ("{person}", PersonId::derived(seed).to_string()),
            ("{phone}", PhoneId::derived(seed).to_string()),
            ("{email}", EmailId::derived(seed).to_string()),
            ("{address}", AddressId::derived(seed).to_string()),
            ("{bell}", BellScheduleId::derived(seed).to_string()),
            ("{section}", SectionId::derived(seed).to_string()),
            ("{staff}", SectionStaffId::derived(seed).to_string()),
            ("{seat}", CourseEnrolmentId::derived(seed).to_string()),
            ("{load}", CourseLoadId::derived(seed).to_string()),
            ("{letters}", LetterBatchId::derived(seed).to_string()),
            ("{letter}", self.letter(named).to_string()),
            ("{report}", kernel::AbsenceReportId::derived(seed).to_string()),
        ]
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> T {
        let read = self.world.store.read_now(DIVISION, work);
        read.expect("the read answers")
    }
}

impl Session {
    fn new(token: &Token, csrf: String) -> Self {
        let token = token.as_str().to_owned();
        Self { token, csrf }
    }
}

pub(crate) fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> T {
    let written = world.store.write_now(Lane::Interactive, &world.actor, work);
    written.expect("it is saved")
}

/// A file with one row, read in.
fn add_import(world: &World, actor: &Actor, kind: Kind) -> ImportId {
    let text = match kind {
        Kind::Staff => "username,display_name,role\nnewcomer,A Newcomer,director\n",
        _ => "first_name,last_name,birth_date,gender\nUma,Newcomer,2015-01-01,F\n",
    };
    let permits = Permits::program(actor, kind).expect("the program may");
    let new = NewRun {
        file_name: "file.csv".to_owned(),
        mapping: None,
        tells: true,
    };
    let work = Work {
        store: &world.store,
        permits: &permits,
        province: &NoProvince,
    };
    let staged = work.stage(&new, &|| Ok(Input::of_bytes(text.as_bytes().into())));
    staged.expect("the file is read")
}

/// A division of the same shape in the same database, with everything that an address can name.
fn elsewhere(world: &World) -> Foreign {
    let actor = Actor::system(ELSEWHERE, "Elsewhere");
    let seed = Named::Foreign.seed();
    let made = |tx: &mut Tx| db::add_division(tx, "Elsewhere", true);
    let division = world.store.write_now(Lane::Interactive, &actor, made);
    division.expect("the division is made");
    let written = world.store.write_now(Lane::Interactive, &actor, |tx| {
        add_school(tx, seed, "3001")?;
        add_student(tx, seed, "Fiona")?;
        add_item(tx, seed)?;
        let made = add_account_at(tx, ("foreigner", seed), Role::Secretary)?;
        let (teacher, _) = add_account_at(tx, ("foreign-teacher", seed), Role::Teacher)?;
        add_section(tx, seed, teacher)?;
        add_own(tx, made.0, (seed, seed))?;
        Ok((
            made.0,
            made.1,
            on_team(tx, made.0, seed)?,
            add_letter(tx, seed)?.1,
        ))
    });
    let (account, grant, tie, letter) = written.expect("the other division is made");
    Foreign {
        account,
        grant,
        tie,
        import: add_import(world, &actor, Kind::Students),
        letter,
    }
}

/// A change of the student that PASI refused.
fn add_item(tx: &mut Tx, seed: &str) -> Outcome<()> {
    let (now, division, asks) = (tx.now(), tx.division(), student(seed));
    let item = Item {
        division_id: division,
        id: PasiItemId::derived(seed),
        operation: "SubmitStudentAddress".to_owned(),
        student_id: Some(asks),
        school_id: Some(school(seed)),
        record_kind: "address".to_owned(),
        record_id: asks.uuid().as_bytes().to_vec(),
        state: ItemState::Rejected,
        body: serde_json::json!({ "version": 1 }).to_string(),
        seen_version: 1,
        actor: serde_json::to_string(tx.actor()).expect("JSON"),
        attempts: 1,
        not_before: now,
        leased_until: None,
        message_id: String::new(),
        answer: serde_json::json!({ "version": 0, "rules": [] }).to_string(),
        created_at: now,
        changed_at: now,
    };
    diesel::insert_into(pasi_item::table)
        .values(&item)
        .execute(tx.conn())?;
    Ok(())
}

/// A saved list and a change to many, of this account: nobody else's to see.
fn add_own(tx: &mut Tx, account: AccountId, (seed, at): (&str, &str)) -> Outcome<()> {
    let standing = Standing {
        actor: Actor {
            account: Some(account),
            role: Some(Role::Secretary),
            ..tx.actor().clone()
        },
        role: Role::Secretary,
        schools: vec![school(at)],
    };
    let list = KeepList {
        label: "Mine".to_owned(),
        sharing: Sharing::Own,
        school: None,
        view: ListView::default(),
    };
    let view = Permit::wide(&standing)?;
    people::save_list(tx, &view, None, SavedId::derived(seed), &list)?;
    let permit = Permit::wide(&standing)?;
    enrolment::mass::begin(tx, &permit, MassUpdateId::derived(seed), &[student(at)]).map(|_| ())
}

fn add_school(tx: &mut Tx, seed: &str, code: &str) -> Outcome<()> {
    let permit = Permit::program(&tx.actor().clone())?;
    let authority = "3260".parse().expect("a code");
    let ours = Authority {
        code: authority,
        name: "Ours".to_owned(),
        kind: "Public".to_owned(),
    };
    schools::set_authority(tx, &permit, ours)?;
    let details = SchoolDetails {
        code: code.parse().expect("a code"),
        name: format!("School {code}"),
        authority,
        street: String::new(),
        city: String::new(),
        postal_code: String::new(),
        phone: String::new(),
        lowest_grade: Grade::Ecs,
        highest_grade: Grade::G9,
    };
    let id = Some(school(seed));
    schools::add_school(tx, &permit, AddSchool { id, details })?;
    add_calendar(tx, seed)
}

/// A year with a bell schedule.
fn add_calendar(tx: &mut Tx, seed: &str) -> Outcome<()> {
    let permit = Permit::program(&tx.actor().clone())?;
    let year = SchoolYear::ending(2027).expect("a year");
    let days = SetCalendar {
        school: school(seed),
        year,
        seen: 0,
        first_day: date("2026-09-01"),
        last_day: date("2027-06-25"),
        closures: Vec::new(),
    };
    schools::set_calendar(tx, &permit, days)?;
    let lesson = Period {
        number: 1,
        name: "Block A".to_owned(),
        starts: 510,
        ends: 840,
        kind: PeriodKind::Instruction,
    };
    let bell = SetBell {
        school: school(seed),
        year,
        id: BellScheduleId::derived(seed),
        seen: 0,
        name: "Regular".to_owned(),
        is_usual: true,
        periods: vec![lesson],
    };
    schools::set_bell(tx, &permit, bell).map(|_| ())
}

fn add_student(tx: &mut Tx, seed: &str, first: &str) -> Outcome<()> {
    let actor = tx.actor().clone();
    let identity = Identity {
        document_type: "BirthCertificateCanada".to_owned(),
        ..Identity::new(date("2015-04-17"), "F")
    };
    let legal = (
        NameId::derived(seed),
        Name::legal(PersonName::new(first, "Whitebear")),
    );
    let mut new = NewStudent::new(student(seed), identity, legal);
    new.school = Some(school(seed));
    new.names.push((
        NameId::from_uuid(record(seed)),
        Name::other(PersonName::new(first, "Cardinal"), false),
    ));
    sealed_records(&mut new, record(seed));
    new.is_another_person = true;
    reached(&mut new, seed);
    people::create_student(
        tx,
        &Permit::<CreateStudents>::program(&actor)?,
        &new,
        &people::rules::OursAlone,
    )?;
    let picture = Picture::of(PHOTO)?;
    people::set_photo(tx, &Permit::program(&actor)?, new.id, &picture)?;
    let autumn = Enrol {
        school: school(seed),
        year: SchoolYear::ending(2027).expect("a year"),
        grade: Grade::G6,
        homeroom: "6A".to_owned(),
        start: date("2026-09-01"),
        exit: None,
        coding: Coding::default(),
    };
    let permit = Permit::<ManageEnrolment>::program(&actor)?;
    let on = On::new(student(seed), enrolment_of(seed));
    enrolment::enrol(tx, &permit, &on, autumn, &OursAlone).map(|_| ())
}

/// A citizenship, a medical alert and a restriction with the same number.
fn sealed_records(new: &mut NewStudent, record: uuid::Uuid) {
    let from = date("2026-09-01");
    let citizenship = Citizenship {
        status: "1".to_owned(),
        country: "CA".to_owned(),
        effective_on: from,
        document_expires_on: None,
    };
    let alert = MedicalAlert {
        severity: AlertSeverity::Serious,
        alert: "Asthma".to_owned(),
        action: "Blue inhaler".to_owned(),
        plan: String::new(),
        effective_on: from,
        expires_on: None,
    };
    let restriction = Restriction {
        code: RestrictionCode::CourtOrdered,
        notice: "Ask the office first.".to_owned(),
        effective_on: from,
        expires_on: None,
    };
    new.citizenships
        .push((CitizenshipId::from_uuid(record), citizenship));
    new.medical_alerts
        .push((MedicalAlertId::from_uuid(record), alert));
    new.restrictions
        .push((RestrictionId::from_uuid(record), restriction));
}

/// With a guardian, a phone, an e-mail and an address, so that each can be asked for.
fn reached(new: &mut NewStudent, seed: &str) {
    let day = date("2026-09-01");
    let guardian = Person {
        name: PersonName::new("Rose", "Cardinal"),
        ..Person::default()
    };
    new.contacts.push(NewContact {
        id: ContactId::derived(seed),
        person: PersonOf::New(PersonId::derived(seed), Box::new(guardian)),
        contact: Contact {
            portal_access: true,
            lives_with: true,
            ..Contact::new("Parent", day)
        },
    });
    let phone = Phone {
        kind: "Home".to_owned(),
        number: "7806240123".to_owned(),
        extension: String::new(),
        is_preferred: true,
        is_listed: false,
    };
    new.phones.push((PhoneId::derived(seed), phone));
    let email = Email {
        kind: "Personal".to_owned(),
        address: "home@example.org".to_owned(),
    };
    new.emails.push((EmailId::derived(seed), email));
    let address = Address {
        kind: AddressKind::Mailing,
        format: "Mail-CA".to_owned(),
        street: "Box 1".to_owned(),
        city: "Peace River".to_owned(),
        province: "AB".to_owned(),
        postal_code: "T8S 1A1".to_owned(),
        country: "CA".to_owned(),
        effective_on: day,
        expires_on: None,
    };
    new.addresses.push((AddressId::derived(seed), address));
}

/// A class of the school with its student, taught by an account.
fn add_section(tx: &mut Tx, seed: &str, teacher: AccountId) -> Outcome<()> {
    let actor = tx.actor().clone();
    courses::take_catalogue(tx, &Permit::program(&actor)?)?;
    let course = courses::course_by_code(tx, "MATH")?.expect("of the catalogue");
    let details = SectionDetails {
        number: "6A".to_owned(),
        courses: vec![course.id],
        term: None,
        first_day: date("2026-09-01"),
        last_day: date("2027-06-25"),
        room: "12".to_owned(),
        capacity: Some(28),
        meetings: vec![Meeting::new(1, 1)],
    };
    let (id, permit) = (SectionId::derived(seed), Permit::program(&actor)?);
    let year = SchoolYear::ending(2027).expect("a year");
    courses::make_section(tx, &permit, id, (school(seed), year), details)?;
    let seat = PutIn {
        id: CourseEnrolmentId::derived(seed),
        student: student(seed),
        from: date("2026-09-01"),
        until: None,
    };
    courses::put_in_one(tx, &permit, id, &seat, "")?;
    let staff = NewStaff {
        id: SectionStaffId::derived(seed),
        account: teacher,
        role: StaffRole::Lead,
        from: date("2026-09-01"),
        until: None,
    };
    courses::add_staff(tx, &permit, id, &staff)?;
    let (run, days) = (
        CourseLoadId::derived(seed),
        (date("2026-09-01"), date("2027-06-25")),
    );
    let ask = (days, courses::LoadAsk::default());
    courses::begin_load(tx, &permit, run, (school(seed), year), ask).map(|_| ())
}

/// Makes an account a specialist on the team of the student of a seed.
fn on_team(tx: &mut Tx, account: AccountId, seed: &str) -> Outcome<TieId> {
    let permit = Permit::<ManageAccounts>::program(&tx.actor().clone())?;
    let team = GiveRole {
        account,
        role: Role::Specialist,
        school: Some(school(seed)),
        from: date("2026-09-01"),
        until: None,
        reason: "For the sweep".to_owned(),
    };
    grants::give(tx, &permit, &team)?;
    tie(tx, account, TieKind::Team, seed)
}

/// Ties an account to the student of a seed, as the director does.
fn tie(tx: &mut Tx, account: AccountId, kind: TieKind, seed: &str) -> Outcome<TieId> {
    let permit = Permit::<ManageAccounts>::program(&tx.actor().clone())?;
    let new = NewTie {
        account,
        kind,
        around: if kind == TieKind::Guardian {
            Around::Person(PersonId::derived(seed))
        } else {
            Around::Student(student(seed))
        },
        from: date("2026-09-01"),
        until: None,
        reason: "For the sweep".to_owned(),
    };
    people::tie(tx, &permit, &new)
}

/// An account with the role at the first school, tied to its student where the role sees by ties.
fn add_account(tx: &mut Tx, username: &str, role: Role) -> Outcome<(AccountId, GrantId)> {
    add_account_at(tx, (username, Named::Own.seed()), role)
}

/// The same at the school of a seed.
fn add_account_at(tx: &mut Tx, (username, seed): (&str, &str), role: Role) -> Outcome<(AccountId, GrantId)> {
    let permit = Permit::<ManageAccounts>::program(&tx.actor().clone())?;
    let new = NewAccount {
        username: username.to_owned(),
        display_name: format!("Visitor {username}"),
        email: String::new(),
        password: FirstPassword::ToKeep(PASSWORD.to_owned()),
        language: "en-CA".to_owned(),
    };
    let account = accounts::create(tx, &permit, &new)?;
    totp::install_practice(tx, &permit, account, SECRET)?;
    let given = GiveRole {
        account,
        role,
        school: access::is_of_schools(role).then(|| school(seed)),
        from: date("2026-09-01"),
        until: None,
        reason: "For the sweep".to_owned(),
    };
    let grant = grants::give(tx, &permit, &given)?;
    if let Some(kind) = TieKind::of(role) {
        tie(tx, account, kind, seed)?;
    }
    Ok((account, grant))
}
