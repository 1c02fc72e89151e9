//! Messages through a real conversation with a mail server that makes trouble, on both engines.

use access::Permit;
use access::action::ViewSystem;
use db::{Lane, Tx};
use jobs::{Pace, Register, Runner, Task};
use kernel::{Failure, MailId, Outcome};
use mail::{MailLine, MailState, NewMail, Postman, Security, Smtp};
use practice_mailbox::{Mailbox, Trouble};
use testkit::{DIVISION, World, each_engine};

fn write<T>(world: &World, work: impl FnMut(&mut Tx) -> Outcome<T>) -> Outcome<T> {
    world.store.write_now(Lane::Interactive, &world.actor, work)
}

fn a_mail(name: &str) -> NewMail {
    NewMail {
        id: MailId::derived(name),
        kind: "test",
        to: format!("{name}@example.org"),
        subject: "Une absence à expliquer".to_owned(),
        text: "Bonjour,\n\nVeuillez appeler.\n.\nMerci.".to_owned(),
        language: "fr-CA".to_owned(),
    }
}

fn post(world: &World, names: &[&str]) {
    let all: Vec<NewMail> = names.iter().map(|name| a_mail(name)).collect();
    write(world, |tx| mail::post(tx, &all)).expect("posted");
}

fn stands(world: &World, name: &str) -> MailLine {
    let id = MailId::derived(name);
    let read = world.store.read_now(DIVISION, |at| mail::states(at, &[id]));
    read.expect("read").remove(&id).expect("it is there")
}

fn later(world: &World, seconds: i64) {
    let now = kernel::Clock::now(&*world.clock);
    world.clock.set(now.plus_seconds(seconds));
}

fn smtp(port: u16, security: Security) -> Smtp {
    Smtp {
        host: "127.0.0.1".to_owned(),
        port,
        security,
        user: None,
        password_file: None,
        from: "School office <office@division.example>".to_owned(),
    }
}

fn runner(world: &World, smtp: Smtp) -> Runner {
    let postman = Postman::new(smtp).expect("a mail server");
    let task = Task::remote(mail::SEND, move |work| mail::deliver(work, postman.clone()));
    let register = Register::new().and(task);
    Runner::new(world.store.clone(), DIVISION, register, Pace::default())
}

fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .expect("a runtime")
}

/// Runs what is due, against a mailbox.
fn turn(world: &World, mailbox: &Mailbox) -> usize {
    let runner = runner(world, smtp(mailbox.port(), Security::None));
    tokio::runtime::Handle::current().block_on(async move { runner.turn().await.expect("the jobs run") })
}

/// On each engine, with a mailbox.
fn with_mailbox(test: impl Fn(&World, &Mailbox)) {
    each_engine(|world| {
        let runtime = runtime();
        let mailbox = runtime.block_on(Mailbox::open(0, None)).expect("it listens");
        let _inside = runtime.enter();
        test(world, &mailbox);
        drop(mailbox);
    });
}

#[test]
fn a_message_is_sent_once_as_it_was_written() {
    with_mailbox(|world, mailbox| {
        post(world, &["ada"]);
        post(world, &["ada"]);
        assert_eq!(
            turn(world, mailbox),
            1,
            "{}: one job, for one message",
            world.engine
        );
        let letters = mailbox.letters();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, "ada@example.org");
        let id = MailId::derived("ada");
        assert_eq!(letters[0].head("Message-ID"), format!("<{id}@division.example>"));
        assert!(letters[0].head("From").contains("office@division.example"));
        let line = stands(world, "ada");
        assert_eq!(
            (line.state, line.attempts, line.next_at),
            (MailState::Sent, 1, None)
        );
        later(world, 86_400);
        turn(world, mailbox);
        assert_eq!(mailbox.letters().len(), 1, "{}: never again", world.engine);
    });
}

#[test]
fn what_is_put_off_goes_later_and_what_is_refused_stays() {
    with_mailbox(|world, mailbox| {
        mailbox.trouble(&[Trouble::Recipient(451), Trouble::Recipient(550)]);
        post(world, &["ada"]);
        turn(world, mailbox);
        let line = stands(world, "ada");
        assert_eq!(
            (line.state, line.attempts),
            (MailState::Waiting, 1),
            "{}",
            world.engine
        );
        assert!(line.last_answer.contains("no mailbox"), "{}", line.last_answer);
        assert!(
            !line.last_answer.contains("ada"),
            "the address is covered: {}",
            line.last_answer
        );
        post(world, &["ben"]);
        turn(world, mailbox);
        assert_eq!(stands(world, "ben").state, MailState::Refused);
        later(world, 61);
        assert!(
            turn(world, mailbox) > 0,
            "{}: the next look was ordered",
            world.engine
        );
        assert_eq!(stands(world, "ada").state, MailState::Sent);
        assert_eq!(mailbox.letters().len(), 1);
        // A person has the refused one tried again; a page that saw less does not.
        let permit = Permit::<ViewSystem>::program(&world.actor).expect("the program's");
        let again = |attempts| {
            write(world, |tx| {
                mail::again(tx, &permit, (MailId::derived("ben"), attempts))
            })
        };
        assert!(matches!(again(0), Err(Failure::Conflict(_))));
        again(1).expect("it waits again");
        turn(world, mailbox);
        assert_eq!(stands(world, "ben").state, MailState::Sent);
        assert!(
            matches!(again(1), Err(Failure::Invalid(_))),
            "what was sent is not sent again"
        );
        assert_eq!(mailbox.letters().len(), 2);
    });
}

#[test]
fn a_connection_that_breaks_within_the_message_is_tried_again_under_the_same_id() {
    with_mailbox(|world, mailbox| {
        mailbox.trouble(&[Trouble::GoneInData]);
        post(world, &["ada"]);
        turn(world, mailbox);
        assert_eq!(stands(world, "ada").state, MailState::Waiting, "{}", world.engine);
        assert!(mailbox.letters().is_empty());
        later(world, 61);
        turn(world, mailbox);
        assert_eq!(stands(world, "ada").state, MailState::Sent);
        // Kept, and the answer lost: nobody can know; it goes again, and the receiver knows it by its id.
        mailbox.trouble(&[Trouble::GoneAfterData]);
        post(world, &["ben"]);
        turn(world, mailbox);
        assert_eq!(stands(world, "ben").state, MailState::Waiting);
        later(world, 61);
        turn(world, mailbox);
        let ids: Vec<String> = mailbox
            .letters()
            .iter()
            .map(|one| one.head("Message-ID"))
            .collect();
        assert_eq!(ids.len(), 3);
        assert_eq!(ids[1], ids[2], "{}", world.engine);
        assert_eq!(stands(world, "ben").state, MailState::Sent);
    });
}

#[test]
fn while_the_server_is_away_everything_waits_and_one_is_tried() {
    with_mailbox(|world, mailbox| {
        post(world, &["ada", "ben"]);
        // A port that nobody listens on any more.
        let gone = tokio::runtime::Handle::current()
            .block_on(Mailbox::open(0, None))
            .expect("it listens");
        let port = gone.port();
        drop(gone);
        let turn_at = |smtp: Smtp| {
            let runner = runner(world, smtp);
            tokio::runtime::Handle::current()
                .block_on(async move { runner.turn().await.expect("the jobs run") })
        };
        turn_at(smtp(port, Security::None));
        let tried = [stands(world, "ada"), stands(world, "ben")];
        assert!(tried.iter().all(|line| line.state == MailState::Waiting));
        assert_eq!(
            tried.iter().map(|line| line.attempts).sum::<i32>(),
            1,
            "{}",
            world.engine
        );
        // A server that speaks no TLS is not spoken to in the clear.
        later(world, 61);
        turn_at(smtp(mailbox.port(), Security::StartTls));
        assert!(mailbox.letters().is_empty());
        let waiting = world
            .store
            .read_now(DIVISION, |at| mail::troubled(at))
            .expect("read");
        assert_eq!(waiting, (2, 0, 0), "{}", world.engine);
        for _ in 0..3 {
            later(world, 1_000);
            turn(world, mailbox);
        }
        assert_eq!(
            mailbox.letters().len(),
            2,
            "{}: both, once it is back",
            world.engine
        );
    });
}

#[test]
fn a_program_that_is_killed_while_it_sends_loses_nothing() {
    each_engine(|world| {
        post(world, &["ada"]);
        let killed = runtime();
        // Takes the connection, and never says a word.
        let silent = std::net::TcpListener::bind("127.0.0.1:0").expect("it listens");
        let port = silent.local_addr().expect("an address").port();
        let sending = runner(world, smtp(port, Security::None));
        killed.spawn(async move { sending.turn().await });
        let held = silent.accept().expect("the program connects");
        killed.shutdown_background();
        drop(held);
        assert_eq!(
            stands(world, "ada").attempts,
            1,
            "{}: noted before it was made",
            world.engine
        );
        let after = runtime();
        let mailbox = after.block_on(Mailbox::open(0, None)).expect("it listens");
        let _inside = after.enter();
        for _ in 0..4 {
            later(world, 130);
            turn(world, &mailbox);
        }
        assert_eq!(stands(world, "ada").state, MailState::Sent, "{}", world.engine);
        assert_eq!(mailbox.letters().len(), 1);
    });
}

#[test]
fn what_is_refused_by_the_rules_is_not_kept_and_what_is_kept_is_sealed() {
    each_engine(|world| {
        let bad = NewMail {
            to: "ada at home".to_owned(),
            ..a_mail("bad")
        };
        let refused = write(world, |tx| mail::post(tx, std::slice::from_ref(&bad)));
        assert!(matches!(refused, Err(Failure::Invalid(_))), "{}", world.engine);
        post(world, &["ada"]);
        let raw = world.store.read_now(DIVISION, |at| {
            use db::Reading;
            use db::schema::mail_message;
            use diesel::prelude::*;
            let division = at.division();
            let rows: Vec<(Vec<u8>, Vec<u8>)> = mail_message::table
                .filter(mail_message::division_id.eq(division))
                .limit(9)
                .select((mail_message::recipient, mail_message::body))
                .load(at.conn())?;
            Ok(rows)
        });
        let raw = raw.expect("read");
        assert_eq!(raw.len(), 1);
        let holds = |bytes: &[u8], text: &str| bytes.windows(text.len()).any(|part| part == text.as_bytes());
        assert!(!holds(&raw[0].0, "ada") && !holds(&raw[0].1, "Bonjour"));
    });
}
