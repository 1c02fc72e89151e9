//! What goes wrong around a program at work: a full disk, a lock held
//! elsewhere, a database server that vanishes, requests cut off, a stop. Each
//! time the page says what it is, nothing is half written, and what was
//! acknowledged is there.

use crate::apart::wait_until;
use crate::cluster::Cluster;
use crate::program::{Database, done, run, text};
use crate::site::{Answer, Browser, Division, Site, confined};
use db::schema::audit;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::io::Write;
use std::time::{Duration, Instant};

/// The words of 503, and that the person is still on a page of the site.
fn says_not_available(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text);
    assert!(
        answer.text.contains("Not available at the moment"),
        "{}",
        answer.text
    );
}

/// How many saves the audit knows.
fn kept_on_sqlite(division: &Division) -> i64 {
    let mut conn = SqliteConnection::establish(&division.file()).expect("the file opens");
    let saves = audit::table.filter(audit::action.eq("account.set-theme"));
    saves.count().get_result(&mut conn).expect("counted")
}

fn kept_on_postgresql(url: &str) -> i64 {
    let mut conn = PgConnection::establish(url).expect("the server answers");
    let saves = audit::table.filter(audit::action.eq("account.set-theme"));
    saves.count().get_result(&mut conn).expect("counted")
}

fn is_whole(division: &Division) {
    assert!(done(&["audit", "verify", "--config", division.config()]).contains("whole"));
}

/// Saves until one is not taken; that answer, and how many were.
fn save_until_refused(browser: &Browser, site: &Site) -> (Answer, i64) {
    for taken in 0..5000 {
        let answer = browser.save(site);
        if answer.status != 204 {
            return (answer, taken);
        }
    }
    panic!("the disk does not fill");
}

#[test]
fn a_full_disk_is_told_pages_are_still_read_and_what_was_acknowledged_is_there() {
    let division = Division::new(None, "log = \"warn,lodgepole=info\"");
    let site = division.serve_on_a_full_disk(1024);
    let browser = Browser::signed_in(&site, &division);
    let (refused, taken) = save_until_refused(&browser, &site);
    says_not_available(&refused);
    assert!(taken > 0, "some were taken before");
    assert_eq!(browser.get(&site, "/account").status, 200, "reading goes on");
    assert_eq!(site.get("/healthz").status, 200);
    wait_until("the log names the cause", || {
        site.logged().contains("unavailable: database: ")
    });
    says_not_available(&browser.save(&site));
    drop(site); // killed

    let site = division.serve();
    assert_eq!(
        kept_on_sqlite(&division),
        taken,
        "what was acknowledged, and nothing else"
    );
    assert_eq!(browser.save(&site).status, 204, "with room it goes on");
    drop(site);
    is_whole(&division);
}

#[test]
fn an_operators_command_on_a_full_disk_ends_with_words_and_code_3() {
    let folder = tempfile::tempdir().expect("a folder");
    let data = folder.path().join("records");
    let output = confined(&["torture", "--data", text(&data)], 4096)
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.contains("database: "), "{said}");
    let acknowledged = String::from_utf8_lossy(&output.stdout).lines().count();
    let kept = done(&["torture", "--count", "--data", text(&data)])
        .lines()
        .count();
    assert_eq!(kept, acknowledged);
    assert!(done(&["audit", "verify", "--data", text(&data)]).contains("whole"));
}

#[test]
fn a_database_locked_by_another_program_is_told_and_serves_again_when_it_is_free() {
    let division = Division::new(None, "log = \"warn,lodgepole=info\"");
    let site = division.serve();
    let browser = Browser::signed_in(&site, &division);
    let mut other = SqliteConnection::establish(&division.file()).expect("the file opens");
    other
        .batch_execute("PRAGMA busy_timeout = 5000; BEGIN EXCLUSIVE")
        .expect("locked");
    let began = Instant::now();
    std::thread::scope(|scope| {
        let saves = [0, 1].map(|_| scope.spawn(|| browser.save(&site)));
        assert_eq!(browser.get(&site, "/account").status, 200, "reading goes on");
        for save in saves {
            says_not_available(&save.join().expect("no panic"));
        }
    });
    assert!(began.elapsed() < Duration::from_secs(30), "nobody waits for ever");
    other.batch_execute("ROLLBACK").expect("free");
    assert_eq!(browser.save(&site).status, 204);
    drop(site);
    assert_eq!(kept_on_sqlite(&division), 1, "what was refused was not written");
    is_whole(&division);
}

#[test]
fn a_table_locked_elsewhere_fills_the_pool_for_a_while_and_no_longer() {
    let Some(database) = Database::new("locked") else {
        return; // `./test` always names a server
    };
    let division = Division::new(Some(&database.url), "log = \"warn,lodgepole=info\"\nreaders = 2");
    let site = division.serve();
    let browser = Browser::signed_in(&site, &division);
    let mut other = PgConnection::establish(&database.url).expect("the server answers");
    other
        .batch_execute("BEGIN; LOCK TABLE web_session IN ACCESS EXCLUSIVE MODE")
        .expect("locked");
    let began = Instant::now();
    std::thread::scope(|scope| {
        // More than there are connections.
        let pages = [0; 4].map(|_| scope.spawn(|| browser.get(&site, "/account")));
        assert_eq!(site.get("/healthz").status, 200, "the program itself answers");
        for page in pages {
            says_not_available(&page.join().expect("no panic"));
        }
    });
    assert!(began.elapsed() < Duration::from_secs(30), "nobody waits for ever");
    other.batch_execute("ROLLBACK").expect("free");
    assert_eq!(browser.get(&site, "/account").status, 200);
    assert_eq!(browser.save(&site).status, 204);
    drop(site);
    assert_eq!(kept_on_postgresql(&database.url), 1);
    is_whole(&division);
}

#[test]
fn a_database_server_that_stops_and_starts_again_loses_nothing() {
    if Database::new("asked").is_none() {
        return; // `./test` always names a server, and has its programs
    }
    let cluster = Cluster::new().expect("PostgreSQL's own programs are installed");
    let division = Division::new(Some(&cluster.url()), "log = \"warn,lodgepole=info\"");
    let site = division.serve();
    let browser = Browser::signed_in(&site, &division);
    assert_eq!(browser.save(&site).status, 204);
    cluster.stop();
    std::thread::scope(|scope| {
        let page = scope.spawn(|| browser.get(&site, "/account"));
        let save = scope.spawn(|| browser.save(&site));
        let ready = scope.spawn(|| site.get("/readyz").status);
        assert_eq!(site.get("/healthz").status, 200, "the program itself answers");
        says_not_available(&page.join().expect("no panic"));
        says_not_available(&save.join().expect("no panic"));
        assert_eq!(ready.join().expect("no panic"), 503);
    });
    cluster.start();
    // The pool asks the server again every few seconds.
    let saved = (0..5).any(|_| browser.save(&site).status == 204);
    assert!(saved, "the same program serves again");
    assert_eq!(browser.get(&site, "/account").status, 200);
    assert_eq!(kept_on_postgresql(&cluster.url()), 2);
    drop(site);
    is_whole(&division);
}

#[test]
fn a_form_cut_off_in_the_middle_writes_nothing_and_one_under_way_is_answered_at_the_stop() {
    let division = Division::new(None, "log = \"warn,lodgepole=info\"");
    let site = division.serve();
    let browser = Browser::signed_in(&site, &division);
    let whole = browser.request("/settings/theme", "theme=light");
    for half in [whole.len() - 1, whole.len() - 8, whole.len() / 2, 20] {
        let mut stream = site.connect();
        stream.write_all(&whole.as_bytes()[..half]).expect("sent");
        drop(stream);
    }
    assert_eq!(browser.save(&site).status, 204, "others are served");
    assert_eq!(kept_on_sqlite(&division), 1, "no half form was taken");

    let mut stream = site.connect();
    let (most, rest) = whole.split_at(whole.len() - 8);
    stream.write_all(most.as_bytes()).expect("sent");
    // Another request was answered, so the one before it is under way.
    assert_eq!(browser.get(&site, "/account").status, 200);
    site.tell_to_stop();
    stream.write_all(rest.as_bytes()).expect("the rest is sent");
    assert_eq!(Answer::read(stream).status, 204, "it is answered");
    assert_eq!(site.ended(), Some(0));
    assert_eq!(kept_on_sqlite(&division), 2);
    let doctor = run(&["doctor", "--config", division.config()]);
    let said = String::from_utf8_lossy(&doctor.stdout).into_owned();
    assert!(said.contains("background jobs run each day"), "{said}");
    is_whole(&division);
}
