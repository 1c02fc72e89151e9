//! A division and a province with each other's addresses.

use crate::{
    Client, Connection, Connector, Difference, Item, ItemState, LinkState, Seeded, lease, map, sender,
};
use access::{Action, Permit, Standing};
use db::{Lane, Reader, Tx};
use enrolment::rules::OursAlone;
use enrolment::{Coding, Enrol};
use kernel::{
    AccountId, Actor, AddressId, Asn, CitizenshipId, Clock, ContactId, EnrolmentId, FixedClock, Grade,
    NameId, OrganizationCode, Outcome, PersonId, PersonName, PhoneId, Role, SchoolId, SchoolYear, StudentId,
};
use pasi_reference::seed::Province;
use pasi_reference::{Config, NewClient, Server};
use pasi_wire::messages as wire;
use people::{
    Address, AddressKind, Citizenship, Contact, Identity, Name, NewContact, NewStudent, On, Person, PersonOf,
    Phone,
};
use schools::{AddSchool, Authority, SchoolDetails};
use std::collections::HashSet;
use std::sync::Arc;
use testkit::{DIVISION, World, date, each_engine};

/// Ours, and one of another authority.
const SCHOOLS: [(&str, &str); 2] = [("1256", "3260"), ("1765", "3020")];

/// Both sides.
pub(super) struct Both<'w> {
    pub(super) world: &'w World,
    pub(super) server: Server,
    pub(super) connector: Connector,
    /// The province's clock: ours may jump, its does not.
    there: Arc<FixedClock>,
    folder: tempfile::TempDir,
}

/// Plays `test` on each engine with a fresh province.
#[expect(
    clippy::needless_pass_by_value,
    reason = "a test is written where it is played"
)]
pub(super) fn played(test: impl AsyncFn(&Both)) {
    each_engine(|world| {
        let runtime = tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build();
        runtime
            .expect("a runtime")
            .block_on(async { test(&Both::start(world).await).await });
    });
}

impl<'w> Both<'w> {
    async fn start(world: &'w World) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let listen = "127.0.0.1:0".parse().expect("an address");
        let there = Arc::new(FixedClock::at(world.clock.now()));
        let config = Config {
            console: true, // keeps what travelled
            ..Config::new(folder.path().join("pasi"), listen, there.clone())
        };
        let server = pasi_reference::serve(config).await.expect("the province opens");
        server.seed(province()).expect("the province has schools");
        let organization = organization("A.3260");
        let credentials = server
            .register(NewClient::school_authority("Lodgepole", organization))
            .expect("registered");
        credentials.save(&folder.path().join("client")).expect("saved");
        let connector =
            connect(world, &server, folder.path().join("client")).expect("the credentials are good");
        let both = Self {
            world,
            server,
            connector,
            there,
            folder,
        };
        both.write(furnish).expect("our school is known");
        both
    }

    /// A connector with credentials that no client of the province has.
    pub(super) fn stranger(&self) -> Connector {
        let folder = self.folder.path().join("stranger");
        self.server
            .unregistered("stranger")
            .expect("made")
            .save(&folder)
            .expect("saved");
        connect(self.world, &self.server, folder).expect("they are credentials")
    }

    /// A connector that does not trust the province's certificate.
    pub(super) fn distrusting(&self) -> Connector {
        let (ours, folder) = (
            self.folder.path().join("client"),
            self.folder.path().join("distrusting"),
        );
        std::fs::create_dir_all(&folder).expect("a folder");
        for name in ["cert.pem", "key.pem"] {
            std::fs::copy(ours.join(name), folder.join(name)).expect("copied");
        }
        // A certificate of somebody else as the one authority: our own, which signs nothing.
        std::fs::copy(ours.join("cert.pem"), folder.join("ca.pem")).expect("copied");
        connect(self.world, &self.server, folder).expect("they are credentials")
    }

    /// Our connector with another patience.
    pub(super) fn with_patience(&self, patience: std::time::Duration) -> Connector {
        let mut connector = self.restarted().expect("the credentials are good");
        connector.client = connector.client.patient_for(patience);
        connector
    }

    /// Our connector on a machine whose clock is so many seconds ahead.
    pub(super) fn with_clock_ahead(&self, seconds: i64) -> Connector {
        let now = self.world.clock.now().plus_seconds(seconds);
        let mut connector = self.restarted().expect("the credentials are good");
        let connection = Connection {
            url: self.server.url(),
            credentials: self.folder.path().join("client"),
            organization: organization("A.3260"),
        };
        let clock = Arc::new(FixedClock::at(now));
        connector.client = Client::new(connection, clock).expect("the credentials are good");
        connector
    }

    /// A connector with our credentials, as after a new start of the program.
    pub(super) fn restarted(&self) -> Result<Connector, crate::CallError> {
        connect(self.world, &self.server, self.folder.path().join("client"))
    }

    pub(super) fn write<T>(&self, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
        self.world
            .store
            .write_now(Lane::Interactive, &self.world.actor, work)
    }
    pub(super) fn write_as<T>(&self, who: &Actor, work: impl FnMut(&mut Tx) -> Outcome<T>) -> T {
        self.world
            .store
            .write_now(Lane::Interactive, who, work)
            .expect("it is saved")
    }
    pub(super) fn read<T>(&self, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> T {
        self.world
            .store
            .read_now(DIVISION, work)
            .expect("the read answers")
    }

    /// A person saves a new student with everything, and enrols it.
    pub(super) fn registers(&self, first: &str) -> StudentId {
        let carol = person("Carol Nadeau");
        let new = a_student(first);
        self.write_as(&carol, |tx| {
            people::create_student(tx, &wide(&carol), &new, &people::rules::OursAlone)?;
            enrolment::enrol(
                tx,
                &wide(&carol),
                &On::new(new.id, enrolment_of(new.id)),
                autumn(),
                &OursAlone,
            )
        });
        new.id
    }

    /// Saves another phone number of a student as somebody.
    pub(super) fn dials(&self, who: &str, student: StudentId, number: &str) {
        let who = person(who);
        self.write_as(&who, |tx| {
            let kept = map::load(tx, student)?.phones[0].clone();
            let phone = Phone {
                number: number.to_owned(),
                ..kept.value
            };
            people::set_phone(
                tx,
                &wide(&who),
                &On::seen(student, kept.id, kept.version),
                &phone,
                &people::rules::OursAlone,
            )
        });
    }

    /// Changes the enrolment of a registered student.
    pub(super) fn re_enrols(&self, student: StudentId, edit: impl Fn(&mut enrolment::Change)) {
        let carol = person("Carol Nadeau");
        self.write_as(&carol, |tx| {
            let id = enrolment_of(student);
            let kept = enrolment::enrolment(tx, &wide(&carol), id)?;
            let mut change = enrolment::Change {
                grade: kept.grade,
                homeroom: kept.homeroom.clone(),
                start: kept.start,
                exit: kept.state.exit(),
                coding: kept.coding.clone(),
            };
            edit(&mut change);
            let on = On::seen(student, id, kept.known.version);
            enrolment::change(tx, &wide(&carol), &on, change, &OursAlone)
        });
    }

    /// Puts a child of 11 into grade 9: PASI advises on the age.
    pub(super) fn enrols_too_high(&self, student: StudentId) {
        self.re_enrols(student, |change| change.grade = Grade::G9);
    }

    /// Codes 500 without an exception code: PASI warns.
    pub(super) fn codes_wrongly(&self, student: StudentId) {
        self.re_enrols(student, |change| change.coding.grants = vec!["500".to_owned()]);
    }

    /// An account that holds a role, at our school where the role is of schools.
    pub(super) fn an_account(&self, username: &str, role: Role) -> AccountId {
        use access::accounts::{self, FirstPassword, NewAccount};
        use access::grants::{self, GiveRole};
        self.write(|tx| {
            let permit = Permit::program(&tx.actor().clone())?;
            let new = NewAccount {
                username: username.to_owned(),
                display_name: username.to_owned(),
                email: String::new(),
                password: FirstPassword::ToKeep("granite ladder violet moss".to_owned()),
                language: "en-CA".to_owned(),
            };
            let account = accounts::create(tx, &permit, &new)?;
            let given = GiveRole {
                account,
                role,
                school: access::is_of_schools(role).then(school),
                from: date("2026-09-01"),
                until: None,
                reason: "For the test".to_owned(),
            };
            grants::give(tx, &permit, &given)?;
            Ok(account)
        })
        .expect("an account")
    }

    /// PASI's one responsible school of a student.
    pub(super) async fn responsible_there(&self, student: StudentId) -> wire::ResponsibleSchool {
        self.listens().await;
        let kind = pasi_wire::window::NotificationType::ResponsibleSchool;
        let mut held: Vec<_> = self.read(|at| crate::mirror::mirrored_of(at, kind, student));
        held.pop().expect("PASI has one").1.record
    }

    /// The ministry stores a responsible school.
    pub(super) async fn as_ministry(&self, record: wire::ResponsibleSchool) {
        let ministry = organization("O.1");
        let request = wire::SubmitResponsibleSchoolRequest {
            caller: self
                .connector
                .client
                .caller(&person("Student Records"), Some(ministry)),
            responsible_school: record,
        };
        let answer = self.server.outside().call(ministry, request).await;
        match answer.expect("no fault") {
            pasi_wire::Response::SubmitResponsibleSchool(answer) => {
                assert_eq!(answer.rejections, [], "the ministry may");
            }
            other => panic!("{other:?}"),
        }
    }

    /// Somebody else of our authority changes PASI's enrolment of a student.
    pub(super) async fn re_enrolled_there(
        &self,
        student: StudentId,
        edit: impl FnOnce(&mut wire::StudentSchoolEnrolment),
    ) {
        let mut enrolment = self.enrolment_there(student);
        edit(&mut enrolment);
        let ours = organization("A.3260");
        let caller = self.connector.client.caller(&person("Somebody Else"), Some(ours));
        let request = wire::SubmitStudentSchoolEnrolmentRequest { caller, enrolment };
        match self.server.outside().call(ours, request).await.expect("no fault") {
            pasi_wire::Response::SubmitStudentSchoolEnrolment(answer) => {
                assert_eq!(answer.rejections, [], "PASI takes it");
            }
            other => panic!("{other:?}"),
        }
    }

    /// PASI's own copy of the enrolment of a registered student.
    pub(super) fn enrolment_there(&self, student: StudentId) -> wire::StudentSchoolEnrolment {
        let (_, enrolments) = self.server.holdings();
        let is_it = |one: &wire::StudentSchoolEnrolment| one.ref_id == enrolment_of(student).uuid();
        enrolments.into_iter().find(is_it).expect("PASI has it")
    }

    /// Our enrolment of a registered student.
    pub(super) fn enrolment_here(&self, student: StudentId) -> enrolment::Enrolment {
        let carol = person("Carol Nadeau");
        self.read(|at| enrolment::enrolment(at, &wide(&carol), enrolment_of(student)))
    }

    /// What was announced is queued and sent, as far as it can be.
    pub(super) async fn syncs(&self) {
        self.connector.intake().await.expect("events are taken");
        self.connector.send_due().await.expect("items are sent");
    }
    /// The one item whose turn it is, leased.
    pub(super) fn leases_one(&self) -> sender::Ready {
        let client = self.connector.client.clone();
        let leased = self.write(|tx| {
            let mut items = lease::lease(tx, 1, &HashSet::new())?.items;
            sender::make_ready(tx, &client, items.pop().expect("something is due"))
        });
        leased.expect("leased")
    }
    pub(super) async fn listens(&self) -> usize {
        self.connector.listen(false).await.expect("PASI answers")
    }
    /// A registered student that PASI has taken whole.
    pub(super) async fn settled(&self, first: &str) -> (StudentId, Asn) {
        let student = self.registers(first);
        self.syncs().await;
        self.server.settled().await;
        self.listens().await;
        (student, self.asn(student).expect("PASI gave an ASN"))
    }

    pub(super) fn asn(&self, student: StudentId) -> Option<Asn> {
        self.read(|at| map::asn_of(at, student))
    }
    pub(super) fn open(&self, student: StudentId) -> Vec<Item> {
        let mut items = self.read(|at| crate::of_student(at, student));
        items.retain(|item| item.state != ItemState::Alert);
        items
    }
    pub(super) fn states(&self, student: StudentId) -> Vec<(String, ItemState)> {
        self.open(student)
            .into_iter()
            .map(|item| (item.record_kind, item.state))
            .collect()
    }
    pub(super) fn differences(&self, student: StudentId) -> Vec<Difference> {
        self.read(|at| crate::differences(at, student))
    }
    pub(super) fn link(&self) -> LinkState {
        self.read(|at| crate::link(at)).state
    }
    /// Time goes on, here and there.
    pub(super) fn later(&self, seconds: i64) {
        self.jumps(seconds);
        self.there.set(self.there.now().plus_seconds(seconds));
    }
    /// Our machine's clock jumps; the province's goes on as it should.
    pub(super) fn jumps(&self, seconds: i64) {
        let ours = &self.world.clock;
        ours.set(ours.now().plus_seconds(seconds));
    }
    /// PASI's own copy.
    pub(super) fn theirs(&self, student: StudentId) -> wire::Student {
        let asn = self.asn(student).expect("it has an ASN");
        self.server.outside().student(asn).expect("PASI has it")
    }
    pub(super) fn holdings(&self, ids: &[(StudentId, Asn)]) -> Seeded {
        let (students, enrolments) = self.server.holdings();
        let of = |asn: Asn| ids.iter().find(|(_, of)| *of == asn).map(|(student, _)| *student);
        let students = students
            .into_iter()
            .filter_map(|theirs| of(theirs.asn).map(|ours| (ours, theirs)))
            .collect();
        Seeded {
            students,
            enrolments,
            version: self.server.version(),
            ..Seeded::default()
        }
    }
}

fn connect(
    world: &World,
    server: &Server,
    credentials: std::path::PathBuf,
) -> Result<Connector, crate::CallError> {
    let connection = Connection {
        url: server.url(),
        credentials,
        organization: organization("A.3260"),
    };
    let client = Client::new(connection, world.clock.clone())?;
    Ok(Connector::new(world.store.clone(), client, DIVISION))
}

pub(super) fn organization(code: &str) -> OrganizationCode {
    code.parse().expect("an organization code")
}

/// A coordinator with a name.
pub(super) fn person(name: &str) -> Actor {
    Actor {
        account: Some(AccountId::derived(name)),
        name: name.to_owned(),
        local_id: name.to_lowercase().replace(' ', "."),
        role: Some(Role::Coordinator),
        ip: "10.1.2.3".to_owned(),
        ..Actor::system(DIVISION, "Test")
    }
}

/// The permit a coordinator has.
pub(super) fn wide<A: Action>(who: &Actor) -> Permit<A> {
    let standing = Standing {
        actor: who.clone(),
        role: Role::Coordinator,
        schools: Vec::new(),
    };
    Permit::wide(&standing).expect("a coordinator may")
}

pub(super) fn enrolment_of(student: StudentId) -> EnrolmentId {
    EnrolmentId::derived(&student.to_string())
}

pub(super) fn school() -> SchoolId {
    SchoolId::derived(SCHOOLS[0].0)
}

/// Grade 6 since 1 September 2026.
pub(super) fn autumn() -> Enrol {
    Enrol {
        school: school(),
        year: SchoolYear::ending(2027).expect("a year"),
        grade: Grade::G6,
        homeroom: "6A".to_owned(),
        start: date("2026-09-01"),
        exit: None,
        coding: Coding::default(),
    }
}

/// A child of 11 with an address, a phone, a citizenship and a guardian.
pub(super) fn a_student(first: &str) -> NewStudent {
    let id = StudentId::derived(first);
    let identity = Identity {
        document_type: "BirthCertificateCanada".to_owned(),
        language_at_home: "FRA".to_owned(),
        section23: "Y".to_owned(),
        ..Identity::new(date("2015-04-17"), "F")
    };
    let legal = (
        NameId::derived(first),
        Name::legal(PersonName::new(first, "Whitebear")),
    );
    let mut new = NewStudent::new(id, identity, legal);
    new.school = Some(school());
    new.addresses.push((AddressId::derived(first), address("Box 12")));
    let phone = Phone {
        kind: "Home".to_owned(),
        number: "7806241234".to_owned(),
        extension: String::new(),
        is_preferred: true,
        is_listed: true,
    };
    new.phones.push((PhoneId::derived(first), phone));
    let citizen = Citizenship {
        status: "1".to_owned(),
        country: String::new(),
        effective_on: date("2015-04-17"),
        document_expires_on: None,
    };
    new.citizenships.push((CitizenshipId::derived(first), citizen));
    let mother = Person {
        name: PersonName::new("Rose", "Whitebear"),
        mobile_phone: "7806245678".to_owned(),
        ..Person::default()
    };
    new.contacts.push(NewContact {
        id: ContactId::derived(first),
        person: PersonOf::New(PersonId::derived(first), Box::new(mother)),
        contact: Contact {
            call_order: 1,
            lives_with: true,
            ..Contact::new("Parent", date("2026-09-01"))
        },
    });
    new
}

pub(super) fn address(street: &str) -> Address {
    Address {
        kind: AddressKind::Mailing,
        format: "Mail-CA".to_owned(),
        street: street.to_owned(),
        city: "Peace River".to_owned(),
        province: "AB".to_owned(),
        postal_code: "T8S 1A1".to_owned(),
        country: "CA".to_owned(),
        effective_on: date("2026-09-01"),
        expires_on: None,
    }
}

fn province() -> Province {
    let authorities = ["3260", "3020"].map(|code| wire::SchoolAuthority {
        authority_code: code.parse().expect("a code"),
        name: format!("Authority {code}"),
        authority_type: "Public".to_owned(),
        restriction_level: "LOW".to_owned(),
        is_international: false,
        address: None,
        pasi_core_version: 0,
    });
    let schools = SCHOOLS.map(|(code, authority)| wire::School {
        school_code: code.parse().expect("a code"),
        name: format!("School {code}"),
        authorities: vec![wire::SchoolAuthorityPeriod {
            authority_code: authority.parse().expect("a code"),
            effective_date: date("2000-09-01"),
            expiry_date: None,
        }],
        school_type: "Public".to_owned(),
        is_limited_access: false,
        is_international: false,
        is_designated_special_education: false,
        address: None,
        open_date: None,
        close_date: None,
        pasi_core_version: 0,
    });
    Province {
        authorities: authorities.into(),
        schools: schools.into(),
        courses: pasi_reference::catalogue(),
        ..Province::default()
    }
}

fn furnish(tx: &mut Tx) -> Outcome<()> {
    let permit = Permit::program(&tx.actor().clone())?;
    let authority = "3260".parse().expect("a code");
    schools::set_authority(
        tx,
        &permit,
        Authority {
            code: authority,
            name: "Ours".into(),
            kind: "Public".into(),
        },
    )?;
    let details = SchoolDetails {
        code: SCHOOLS[0].0.parse().expect("a code"),
        name: "Ours".to_owned(),
        authority,
        street: String::new(),
        city: String::new(),
        postal_code: String::new(),
        phone: String::new(),
        lowest_grade: Grade::Ecs,
        highest_grade: Grade::G9,
    };
    schools::add_school(
        tx,
        &permit,
        AddSchool {
            id: Some(school()),
            details,
        },
    )
    .map(|_| ())
}
