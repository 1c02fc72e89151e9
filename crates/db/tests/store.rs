//! What everything else relies on, on both engines.

use db::schema::setting;
use db::{AnyConnection, FieldClass, Lane, Location, Reading, Subject};
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use kernel::{Actor, Class, DivisionId, Failure, Outcome};
use testkit::{DIVISION, World, each_engine};

fn put(world: &World, name: &str, value: &str) -> Outcome<()> {
    world.store.write_now(Lane::Interactive, &world.actor, |tx| {
        let now = tx.now();
        let row = (
            setting::division_id.eq(DIVISION),
            setting::name.eq(name),
            setting::value.eq(value),
            setting::changed_at.eq(now),
            setting::changed_by.eq("test"),
        );
        diesel::insert_into(setting::table)
            .values(row)
            .execute(tx.conn())?;
        tx.record(
            "setting.put",
            Subject::new("setting", name),
            &serde_json::json!({ "new": value }),
        );
        tx.announce("setting.changed", &Subject::new("setting", name), &value);
        Ok(())
    })
}

fn settings(world: &World) -> Vec<String> {
    world
        .store
        .read_now(DIVISION, |at| {
            Ok(setting::table
                .select(setting::name)
                .order(setting::name)
                .load(at.conn())?)
        })
        .expect("settings are read")
}

fn chain(world: &World) -> db::ChainReport {
    world
        .store
        .read_now(DIVISION, |at| db::verify_chain(at.conn(), DIVISION))
        .expect("the chain is read")
}

/// Two twins of a form, such as a double click makes: where several write at
/// once, the second has looked before the first was there.
#[test]
fn a_key_that_a_twin_took_meanwhile_is_seen_by_a_second_run() {
    each_engine(|world| {
        if world.store.engine() == db::Engine::Sqlite {
            return; // one writer: the second looks after the first is done
        }
        let mut runs = 0;
        let answer = world.store.write_now(Lane::Interactive, &world.actor, |tx| {
            runs += 1;
            if db::setting(tx, "twin")?.is_some() {
                return Ok("was there");
            }
            if runs == 1 {
                std::thread::scope(|scope| scope.spawn(|| put(world, "twin", "first")).join())
                    .expect("the first is not stopped")?;
            }
            let now = tx.now();
            diesel::insert_into(setting::table)
                .values((
                    setting::division_id.eq(DIVISION),
                    setting::name.eq("twin"),
                    setting::value.eq("second"),
                    setting::changed_at.eq(now),
                    setting::changed_by.eq("test"),
                ))
                .execute(tx.conn())?;
            Ok("made")
        });
        assert_eq!(answer.expect("the second is answered"), "was there");
        assert_eq!(runs, 2);
        let taken = put(world, "twin", "third").expect_err("a key that stays taken");
        assert_eq!(taken.class(), Class::Conflict);
    });
}

#[test]
fn both_engines_have_the_same_tables_and_every_key_begins_with_the_division() {
    let sqlite = testkit::sqlite();
    let tables = |world: &World| {
        let mut all = world
            .store
            .read_now(DIVISION, |at| db::catalogue(at.conn()))
            .expect("a catalogue");
        all.sort();
        all
    };
    let ours = tables(&sqlite);
    assert!(
        ours.len() > 300,
        "the catalogue tells only {} columns",
        ours.len()
    );
    each_engine(|world| assert_eq!(tables(world), ours, "{} differs", world.engine));
    let keys = db::key_columns(&sqlite.location).expect("keys are read");
    assert!(keys.len() > 60, "only {} keys were read", keys.len());
    for (key, first) in keys {
        assert_eq!(first, "division_id", "{key} must begin with division_id");
    }
}

#[test]
fn the_change_its_audit_and_its_event_are_one() {
    each_engine(|world| {
        put(world, "a", "1").expect("saved");
        assert_eq!(settings(world), ["a"]);
        assert_eq!((chain(world).rows, chain(world).breaks.len()), (1, 0));
        let refused: Outcome<()> = world.store.write_now(Lane::Interactive, &world.actor, |tx| {
            diesel::update(setting::table)
                .set(setting::value.eq("2"))
                .execute(tx.conn())?;
            tx.record("setting.put", Subject::new("setting", "a"), &"2");
            tx.announce("setting.changed", &Subject::new("setting", "a"), &"2");
            Err(Failure::refuse("LP-0000", "value"))
        });
        assert_eq!(refused.expect_err("refused").class(), Class::Invalid);
        let waiting = world
            .store
            .read_now(DIVISION, |at| db::waiting(at, &["setting.changed"]))
            .expect("counted");
        assert_eq!(
            (chain(world).rows, waiting),
            (1, 1),
            "{}: nothing of a refused change may stay",
            world.engine
        );
        let events = world
            .store
            .write_now(Lane::Batch, &world.actor, |tx| {
                db::take_outbox(tx, &["setting.changed"], 10)
            })
            .expect("taken");
        assert_eq!(events.len(), 1);
        assert_eq!(events[0].actor().expect("an actor").name, "[System] Test");
        let again = world.store.write_now(Lane::Batch, &world.actor, |tx| {
            db::take_outbox(tx, &["setting.changed"], 10)
        });
        assert!(again.expect("asked").is_empty(), "an event is taken once");
    });
}

#[test]
fn a_changed_and_a_missing_audit_row_both_show() {
    each_engine(|world| {
        for name in ["a", "b", "c"] {
            put(world, name, "1").expect("saved");
        }
        tamper(world, "UPDATE audit SET detail = '{}' WHERE seq = 2");
        assert_eq!(chain(world).breaks, ["row 2 was changed after it was written"]);
        tamper(world, "DELETE FROM audit WHERE seq = 2");
        assert_eq!(chain(world).breaks, ["rows 2 to 2 are missing"]);
        tamper(world, "DELETE FROM audit WHERE seq = 3");
        assert!(
            chain(world).breaks[0].contains("not where its head says"),
            "a cut end shows too"
        );
    });
}

fn tamper(world: &World, sql: &str) {
    world
        .store
        .write_now(Lane::Interactive, &world.actor, |tx| {
            match tx.conn() {
                AnyConnection::Sqlite(conn) => conn.batch_execute(sql)?,
                AnyConnection::Postgres(conn) => conn.batch_execute(sql)?,
            }
            Ok(())
        })
        .expect("tampered");
}

#[test]
fn many_writers_at_once_leave_one_whole_chain() {
    each_engine(|world| {
        std::thread::scope(|scope| {
            for writer in 0..8 {
                scope.spawn(move || {
                    for turn in 0..10 {
                        put(world, &format!("{writer}-{turn}"), "x").expect("saved under contention");
                    }
                });
            }
        });
        let report = chain(world);
        assert_eq!(
            (report.rows, report.breaks.as_slice()),
            (80, [].as_slice()),
            "{}",
            world.engine
        );
        assert_eq!(settings(world).len(), 80);
    });
}

#[test]
fn sealed_fields_open_only_with_their_division_class_and_key() {
    each_engine(|world| {
        let sealed = world
            .store
            .write_now(Lane::Interactive, &world.actor, |tx| {
                tx.seal(FieldClass::Medical, "EpiPen in office")
            })
            .expect("sealed");
        assert!(!sealed.windows(6).any(|part| part == b"EpiPen"));
        let open = |store: &db::Store, class, bytes: Vec<u8>| {
            store
                .read_now(DIVISION, |at| at.sealer().open(class, &bytes))
                .map_err(|failure| failure.class())
        };
        assert_eq!(
            open(&world.reopened(), FieldClass::Medical, sealed.clone()),
            Ok("EpiPen in office".to_owned())
        );
        assert_eq!(
            open(&world.store, FieldClass::Custody, sealed.clone()),
            Err(Class::Fault)
        );
        let mut changed = sealed;
        *changed.last_mut().expect("not empty") ^= 1;
        assert_eq!(
            open(&world.store, FieldClass::Medical, changed),
            Err(Class::Fault)
        );
    });
}

#[test]
fn a_database_without_its_master_key_does_not_open_sealed_fields() {
    let world = testkit::sqlite();
    put(&world, "a", "1").expect("saved");
    std::fs::remove_file(world.folder.path().join("keys/master.key")).expect("the key is taken away");
    let lost = world.reopened().read_now(DIVISION, |_| Ok(()));
    assert_eq!(lost.expect_err("another key").class(), Class::Unavailable);
}

#[test]
fn records_move_between_engines_and_come_back_from_a_backup_whole() {
    each_engine(|world| {
        for turn in 0..1203 {
            put(world, &format!("name {turn} Thảo 'quoted' \"x\" \\ \n"), "välue").expect("saved");
        }
        let kept = tempfile::tempdir().expect("a folder");
        let made = db::backup(&world.location, kept.path(), world.store.now()).expect("a backup");
        assert_eq!(made.chains[0].rows, 1203);
        assert!(
            db::backup(&world.location, kept.path(), world.store.now()).is_err(),
            "a backup is not overwritten"
        );
        for _ in 0..2 {
            let place = world.other_place();
            let back = db::restore(kept.path(), &place.location).expect("restored, more than once");
            assert_eq!(back, made);
            assert!(
                db::restore(kept.path(), &place.location).is_err(),
                "records are not restored over others"
            );
        }
        let file = kept.path().join("lodgepole.db");
        let mut bytes = std::fs::read(&file).expect("read");
        let middle = bytes.len() / 2;
        bytes[middle] ^= 1;
        std::fs::write(&file, bytes).expect("changed");
        let place = world.other_place();
        assert_eq!(
            db::restore(kept.path(), &place.location)
                .expect_err("changed")
                .class(),
            Class::Unavailable
        );
    });
}

#[test]
fn a_copy_from_one_engine_to_the_other_keeps_every_row() {
    each_engine(|world| {
        put(world, "a", "1").expect("saved");
        let file = tempfile::tempdir().expect("a folder");
        let there = Location::Folder(file.path().to_owned());
        db::copy_database(&world.location, &there).expect("copied to a file");
        let back = world.other_place();
        let report = db::copy_database(&there, &back.location).expect("copied back");
        assert!(
            report.rows() >= 5,
            "division, setting, audit, head, outbox: {report:?}"
        );
    });
}

#[derive(QueryableByName)]
struct Plan {
    #[diesel(sql_type = diesel::sql_types::Text)]
    detail: String,
}

#[test]
fn what_is_known_of_a_student_is_found_without_walking_through_the_division() {
    let world = testkit::sqlite();
    for table in [
        "student_name",
        "student_address",
        "student_phone",
        "student_email",
        "student_citizenship",
        "disclosure_restriction",
        "medical_alert",
        "contact",
        "enrolment",
        "responsible_school",
    ] {
        let sql = format!(
            "EXPLAIN QUERY PLAN SELECT * FROM {table} WHERE division_id = 1 AND student_id = x'00' \
             AND known_to IS NULL ORDER BY id"
        );
        let plan: Vec<Plan> = world
            .store
            .read_now(DIVISION, |at| match at.conn() {
                AnyConnection::Sqlite(conn) => Ok(diesel::sql_query(&sql).load(conn)?),
                AnyConnection::Postgres(_) => Ok(Vec::new()),
            })
            .expect("a plan");
        assert!(
            plan.iter()
                .any(|step| step.detail.contains("(division_id=? AND student_id=?)")),
            "{table} is read by {}",
            plan.iter()
                .map(|step| step.detail.as_str())
                .collect::<Vec<_>>()
                .join("; ")
        );
    }
}

#[test]
fn divisions_do_not_see_each_others_keys() {
    let world = testkit::sqlite();
    let other = Actor::system(DivisionId(9999), "Test");
    let sealed = world
        .store
        .write_now(Lane::Interactive, &other, |tx| tx.seal(FieldClass::Medical, "x"));
    assert_eq!(sealed.expect_err("no such division").class(), Class::Unavailable);
}
