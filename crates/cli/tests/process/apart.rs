//! A practice division and its province as two programs, so that each can be
//! killed alone; and the test's own hand on the division's records, as a
//! person's save would be.

use crate::console::Console;
use crate::program::{Running, lodgepole, run, text};
use crate::site::Site;
use access::{Permit, Standing};
use db::schema::{pasi_item, student_card};
use db::{Lane, Location, Options, Reader, Reading as _, Store, Tx};
use diesel::prelude::*;
use enrolment::rules::OursAlone;
use kernel::{AccountId, Actor, DivisionId, Outcome, Role, StudentId, SystemClock};
use pasi::ItemState;
use people::{On, Phone};
use serde_json::Value;
use std::net::TcpListener;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The practice division: authority 3260.
pub(crate) const DIVISION: DivisionId = DivisionId(3260);

/// Longest anything is waited for.
const PATIENCE: Duration = Duration::from_mins(1);

/// Both, not started yet.
pub(crate) struct Apart {
    place: tempfile::TempDir,
    port: u16,
    store: Store,
}

/// A province at work, and the ministry's desk.
pub(crate) struct Province {
    pub(crate) running: Running,
    pub(crate) console: Console,
}

impl Apart {
    /// A practice division of so many students that its province holds already.
    pub(crate) fn new(students: &str) -> Self {
        let place = tempfile::tempdir().expect("a folder");
        let data = place.path().join("demo");
        let free = [
            "--listen",
            "127.0.0.1:0",
            "--pasi-listen",
            "127.0.0.1:0",
            "--json",
        ];
        let made = ["demo", "--students", students, "--data", text(&data)];
        let mut both = Running::start(&[&made[..], &free[..]].concat());
        both.line().expect("a line when ready");
        assert_eq!(both.terminate(), Some(0));
        let location = Location::new(&data, None);
        let store = Store::open(
            &location,
            &data.join("keys"),
            Arc::new(SystemClock),
            Options::default(),
        );
        let apart = Self {
            place,
            port: free_port(),
            store: store.expect("the records open"),
        };
        apart.configure("pasi-sis", "A.3260");
        apart
    }

    /// How the division reaches PASI: the folder of its credentials, and for whom it speaks.
    pub(crate) fn configure(&self, credentials: &str, organization: &str) {
        let data = self.data();
        let (records, keys, own) = (text(&data), data.join("keys"), data.join(credentials));
        let lines = format!(
            "data = {records:?}\nkeys = {:?}\nlisten = \"127.0.0.1:0\"\nlog = \"warn,lodgepole=info\"\n[pasi]\n\
             url = \"https://localhost:{}/\"\ncredentials = {:?}\norganization = {organization:?}\n",
            text(&keys),
            self.port,
            text(&own),
        );
        std::fs::write(self.config(), lines).expect("written");
    }

    pub(crate) fn data(&self) -> PathBuf {
        self.place.path().join("demo")
    }
    /// Where the province keeps its records.
    pub(crate) fn province_folder(&self) -> PathBuf {
        self.data().join("province")
    }
    fn config(&self) -> PathBuf {
        self.place.path().join("lodgepole.toml")
    }

    /// The province as a program of its own; it answers when this returns.
    pub(crate) fn province(&self) -> Province {
        self.province_with(&[])
    }

    /// [`Self::province`] with further words of its call.
    pub(crate) fn province_with(&self, further: &[&str]) -> Province {
        let listen = format!("127.0.0.1:{}", self.port);
        let folder = self.province_folder();
        let records = ["pasi-reference", "--data", text(&folder), "--log", "warn"];
        let doors = ["--listen", &listen, "--console", "127.0.0.1:0"];
        let mut running = Running::start(&[&records[..], &doors[..], further].concat());
        let told: Vec<String> = (0..3).filter_map(|_| running.line()).collect();
        let console = told
            .get(2)
            .and_then(|line| line.strip_prefix("ministry console at "));
        let console = Console::at(console.unwrap_or_else(|| panic!("it does not become ready: {told:?}")));
        Province { running, console }
    }

    /// The province's records while no program serves them, opened by the test itself.
    pub(crate) async fn records(&self) -> pasi_reference::Server {
        let listen = format!("127.0.0.1:{}", self.port).parse().expect("an address");
        let config = pasi_reference::Config::new(self.province_folder(), listen, Arc::new(SystemClock));
        pasi_reference::serve(config).await.expect("the province opens")
    }

    /// The division as a program of its own.
    pub(crate) fn division(&self) -> Site {
        Site::start(lodgepole(&[
            "serve",
            "--practice",
            "--config",
            text(&self.config()),
        ]))
    }

    /// `pasi status`: its exit code, what it told, and what it complained of.
    pub(crate) fn status(&self, further: &[&str]) -> (Option<i32>, Value, String) {
        let config = self.config();
        let call = ["pasi", "status", "--config", text(&config), "--json"];
        let output = run(&[&call[..], further].concat());
        let told = serde_json::from_slice(&output.stdout).unwrap_or_default();
        (
            output.status.code(),
            told,
            String::from_utf8_lossy(&output.stderr).into_owned(),
        )
    }

    /// `doctor`: what it said.
    pub(crate) fn doctor(&self) -> String {
        let config = self.config();
        let output = run(&["doctor", "--config", text(&config)]);
        let told = [output.stdout, output.stderr].concat();
        String::from_utf8_lossy(&told).into_owned()
    }

    /// A client of the province's own kind, with the division's certificate.
    pub(crate) fn client(&self) -> pasi::Client {
        let connection = pasi::Connection {
            url: format!("https://localhost:{}/", self.port),
            credentials: self.data().join("pasi-sis"),
            organization: "A.3260".parse().expect("a code"),
        };
        pasi::Client::new(connection, Arc::new(SystemClock)).expect("the credentials are good")
    }

    pub(crate) fn read<T>(&self, work: impl FnOnce(&mut Reader) -> Outcome<T>) -> T {
        self.store.read_now(DIVISION, work).expect("the records answer")
    }

    /// A coordinator saves something.
    pub(crate) fn write<T>(&self, work: impl FnMut(&mut Tx) -> Outcome<T>) -> T {
        let saved = self.store.write_now(Lane::Interactive, &coordinator(), work);
        saved.expect("it is saved")
    }

    /// Students with one phone whom the province holds, by their ASN.
    pub(crate) fn students(&self) -> Vec<StudentId> {
        self.read(|at| {
            let ours = student_card::table
                .filter(student_card::asn.is_not_null())
                .order(student_card::asn)
                .select(student_card::student_id);
            let mut ours: Vec<StudentId> = ours.load(at.conn())?;
            ours.retain(|student| {
                people::student(at, &wide(), *student).is_ok_and(|known| known.phones.len() == 1)
            });
            Ok(ours)
        })
    }

    /// Another number for the one phone of a student.
    pub(crate) fn dials(&self, student: StudentId, number: &str) {
        self.write(|tx| {
            let kept = people::student(tx, &wide(), student)?.phones[0].clone();
            let phone = Phone {
                number: number.to_owned(),
                ..kept.value
            };
            people::set_phone(
                tx,
                &wide(),
                &On::seen(student, kept.id, kept.version),
                &phone,
                &people::rules::OursAlone,
            )
            .map(|_| ())
        });
    }

    /// A child that looks like another, under a name of its own: saved and enrolled as it is.
    pub(crate) fn registers(&self, like: StudentId, first: &str) -> StudentId {
        let id = StudentId::derived(first);
        self.write(|tx| {
            let model = people::student(tx, &wide(), like)?;
            let name = kernel::PersonName::new(first, "Newcomer");
            let legal = (kernel::NameId::derived(first), people::Name::legal(name));
            let born = model.identity.birth_date.plus_days(1);
            let identity = people::Identity {
                document_type: "BirthCertificateCanada".to_owned(),
                ..people::Identity::new(born, &model.identity.gender)
            };
            let mut new = people::NewStudent::new(id, identity, legal);
            let there = enrolment::enrolments(tx, &wide(), like)?.swap_remove(0);
            new.school = Some(there.school);
            people::create_student(tx, &wide(), &new, &people::rules::OursAlone)?;
            let enrol = enrolment::Enrol {
                school: there.school,
                year: there.year,
                grade: there.grade,
                homeroom: String::new(),
                start: there.start,
                exit: None,
                coding: enrolment::Coding::default(),
            };
            let on = On::new(id, kernel::EnrolmentId::derived(first));
            enrolment::enrol(tx, &wide(), &on, enrol, &OursAlone).map(|_| ())
        });
        id
    }

    /// How many items of the queue are in one of these states.
    pub(crate) fn items(&self, states: &[ItemState]) -> i64 {
        self.read(|at| {
            let counted = pasi_item::table.filter(pasi_item::state.eq_any(states.to_vec()));
            Ok(counted.count().get_result(at.conn())?)
        })
    }

    /// Waits until nothing is announced, waits or is under way.
    pub(crate) fn settles(&self) {
        let open = || self.items(&[ItemState::Waiting, ItemState::Sending]);
        let is_settled = || {
            let announced = self.read(|at| db::waiting(at, &["student.phone", "student.created"]));
            announced == 0 && open() == 0
        };
        wait_until_or("the queue is empty", is_settled, || self.on_their_way());
    }

    /// What is not settled, how often it was tried and what was said; for who wonders why.
    pub(crate) fn on_their_way(&self) -> String {
        let items: Vec<(String, ItemState, i32, String)> = self.read(|at| {
            let open = pasi_item::table
                .filter(pasi_item::state.ne_all([ItemState::Done, ItemState::Alert]))
                .select((
                    pasi_item::operation,
                    pasi_item::state,
                    pasi_item::attempts,
                    pasi_item::answer,
                ));
            Ok(open.load(at.conn())?)
        });
        format!("{:?} {items:#?}", self.read(|at| pasi::link(at)))
    }
}

/// Looks again and again until it is so.
pub(crate) fn wait_until(what: &str, is_so: impl Fn() -> bool) {
    wait_until_or(what, is_so, String::new);
}

fn wait_until_or(what: &str, is_so: impl Fn() -> bool, instead: impl Fn() -> String) {
    let began = Instant::now();
    while !is_so() {
        assert!(began.elapsed() < PATIENCE, "never: {what}. {}", instead());
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// A port below those that the machine gives to outgoing connections, so that
/// nobody takes it while the province is away.
fn free_port() -> u16 {
    let first = u16::try_from(std::process::id() % 10_000).expect("below 10,000");
    (0..10_000)
        .map(|next| 20_000 + (first + next) % 10_000)
        .find(|port| TcpListener::bind(("127.0.0.1", *port)).is_ok())
        .expect("a port is free")
}

/// Whose saves they are.
pub(crate) fn coordinator() -> Actor {
    Actor {
        account: Some(AccountId::derived("carol.nadeau")),
        name: "Carol Nadeau".to_owned(),
        local_id: "carol.nadeau".to_owned(),
        role: Some(Role::Coordinator),
        ip: "10.1.2.3".to_owned(),
        ..Actor::system(DIVISION, "Test")
    }
}

/// The permit a coordinator has.
pub(crate) fn wide<A: access::Action>() -> Permit<A> {
    let standing = Standing {
        actor: coordinator(),
        role: Role::Coordinator,
        schools: Vec::new(),
    };
    Permit::wide(&standing).expect("a coordinator may")
}
