//! Lists of the office: whole, as they are filtered, each time in the audit.

use crate::ground::{Desk, audited, furnish, write};
use access::Permit;
use access::accounts::{AccountFilter, AccountLine};
use access::trail::TrailFilter;
use exchange::Kind;
use exchange::export::{self, ExportFormat, OfficeList};
use kernel::{Failure, Role};
use std::fmt::Write;
use testkit::{World, each_engine};

fn list<F>(filter: F, headings: &[&str]) -> OfficeList<F> {
    OfficeList {
        filter,
        asked: serde_json::json!({ "role": "teacher" }),
        headings: headings.iter().map(|one| (*one).to_owned()).collect(),
        format: ExportFormat::Csv,
    }
}

fn lines(file: &[u8]) -> Vec<String> {
    let text = String::from_utf8(file.to_vec()).expect("UTF-8");
    let text = text.trim_start_matches('\u{feff}');
    text.lines().map(str::to_owned).collect()
}

/// More accounts than are read at once.
fn staffed(world: &World) {
    furnish(world);
    let mut file = "username,name,role,school\n".to_owned();
    for n in 0..101 {
        writeln!(file, "teach{n:03},Teacher {n},teacher,0045").expect("a text grows");
    }
    file.push_str("office,=Office,secretary,0045\n");
    Desk::new(world, Kind::Staff).import(&file);
}

#[test]
fn every_account_of_the_filter_leaves_once_and_the_audit_says_so() {
    each_engine(|world| {
        staffed(world);
        let taken = |filter: AccountFilter| {
            let wanted = list(filter, &["User name", "Name"]);
            let file = write(world, |tx| {
                let permit = Permit::program(&tx.actor().clone())?;
                let cells = |line: &AccountLine| vec![line.username.clone(), line.display_name.clone()];
                export::accounts(tx, &permit, &wanted, cells)
            });
            lines(&file)
        };
        let teachers = AccountFilter {
            role: Some(Role::Teacher),
            ..AccountFilter::default()
        };
        let all = taken(teachers);
        assert_eq!(all.len(), 1 + 101, "{}: a heading, and each once", world.engine);
        assert_eq!(
            (all[0].as_str(), all[101].as_str()),
            ("User name,Name", "teach100,Teacher 100")
        );
        assert_eq!(audited(world, "accounts.export"), 1);
        let whole = taken(AccountFilter::default());
        assert!(
            whole.iter().any(|line| line == "office,'=Office"),
            "no cell is run: {:?}",
            whole.get(1)
        );
    });
}

#[test]
fn the_audit_leaves_whole_within_its_filter_or_not_at_all() {
    each_engine(|world| {
        write(world, |tx| {
            for n in 0..3 {
                tx.record("drill.held", db::Subject::new("drill", n), &());
            }
            Ok(())
        });
        let taken = |action: Option<&str>, most: usize| {
            let filter = TrailFilter {
                action: action.map(str::to_owned),
                ..TrailFilter::default()
            };
            let wanted = list(filter, &["No.", "Action"]);
            world.store.write_now(db::Lane::Interactive, &world.actor, |tx| {
                let permit = Permit::program(&tx.actor().clone())?;
                let cells = |row: &db::AuditRow| vec![row.seq.to_string(), row.action.clone()];
                export::audit(tx, &permit, (&wanted, most), cells)
            })
        };
        let made = lines(&taken(Some("drill.held"), 3).expect("three rows fit"));
        assert_eq!(made.len(), 1 + 3, "{}: {made:?}", world.engine);
        assert_eq!(audited(world, "audit.export"), 1);
        let Err(Failure::Invalid(found)) = taken(Some("drill.held"), 2) else {
            panic!("a file that leaves rows out was given");
        };
        assert_eq!(
            (found.0[0].code.as_str(), found.0[0].field.as_str()),
            ("LP-0872", "from")
        );
        assert_eq!(
            audited(world, "audit.export"),
            1,
            "what did not leave is not in the audit"
        );
        let whole = lines(&taken(None, 1000).expect("they fit"));
        assert!(
            whole[1].ends_with("audit.export"),
            "the newest first, the file before it among them"
        );
    });
}
