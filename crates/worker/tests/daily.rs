//! The daily jobs do what each says, and the backup is one that restores.

use db::Location;
use jobs::{Pace, Runner};
use kernel::Instant;
use std::path::Path;
use testkit::{DIVISION, World, each_engine};
use worker::Backup;

fn at(text: &str) -> Instant {
    Instant::from_rfc3339(text).expect("rfc 3339")
}

fn turn(world: &World, backup: Option<Backup>) -> usize {
    let runner = Runner::new(
        world.store.clone(),
        DIVISION,
        worker::register(backup, None, None),
        Pace::default(),
    );
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    runtime.block_on(runner.turn()).expect("the jobs run")
}

fn overview(world: &World) -> jobs::Overview {
    let permit = access::Permit::program(&world.actor).expect("the program's");
    let read = world.store.read_now(DIVISION, |at| jobs::overview(at, &permit));
    read.expect("read")
}

fn days(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = std::fs::read_dir(folder)
        .expect("the folder is there")
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .collect();
    names.sort();
    names
}

#[test]
fn every_daily_job_runs_on_both_engines_and_none_fails() {
    each_engine(|world| {
        let first_day = turn(world, None);
        world.clock.set(at("2026-11-25T12:00:00Z"));
        let second_day = turn(world, None);
        let all = overview(world);
        let every = all.kinds.len();
        assert_eq!((first_day, second_day), (every, every), "{}", world.engine);
        assert!(every > 0, "{}", world.engine);
        assert_eq!(all.troubled, Vec::new(), "{}", world.engine);
        assert!(
            all.kinds
                .iter()
                .all(|kind| kind.is_scheduled && kind.next_at.is_some())
        );
    });
}

#[test]
fn the_daily_backup_restores_is_made_once_a_day_and_the_oldest_go() {
    each_engine(|world| {
        let folder = world.folder.path().join("backups");
        let backup = Backup {
            to: folder.clone(),
            keep: 2,
        };
        // What a kill left behind, and a folder that is not ours.
        std::fs::create_dir_all(folder.join("2026-11-23.making")).expect("made");
        std::fs::write(folder.join("2026-11-23.making/lodgepole.db"), "half a file").expect("written");
        std::fs::create_dir_all(folder.join("2020-01-01")).expect("made");
        turn(world, Some(backup.clone()));
        assert_eq!(overview(world).troubled, Vec::new(), "{}", world.engine);
        for day in ["2026-11-24T12:00:00Z", "2026-11-25T12:00:00Z"] {
            world.clock.set(at(day));
            turn(world, Some(backup.clone()));
        }
        assert_eq!(
            days(&folder),
            ["2020-01-01", "2026-11-24", "2026-11-25"],
            "{}",
            world.engine
        );
        let target = world.folder.path().join("restored");
        let restored = db::restore(&folder.join("2026-11-25"), &Location::Folder(target));
        assert!(
            restored.expect("it restores").copied.rows() > 0,
            "{}",
            world.engine
        );
    });
}

#[test]
fn a_backup_folder_that_cannot_be_written_is_tried_again_and_named() {
    let world = testkit::sqlite();
    let file = world.folder.path().join("a-file");
    std::fs::write(&file, "not a folder").expect("written");
    turn(&world, Some(Backup { to: file, keep: 2 }));
    let all = overview(&world);
    assert_eq!(all.troubled.len(), 1);
    assert_eq!(all.troubled[0].kind, "db.backup");
    assert!(
        all.troubled[0].last_error.starts_with("unavailable: "),
        "{}",
        all.troubled[0].last_error
    );
}
