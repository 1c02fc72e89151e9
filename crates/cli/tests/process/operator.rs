//! The operator's commands and their exit codes.

use crate::program::{done, lodgepole, run, text};

#[test]
fn each_wrong_call_has_its_exit_code_and_its_words() {
    let place = tempfile::tempdir().expect("a folder");
    let empty = text(place.path());
    let file = place.path().join("lodgepole.toml");
    std::fs::write(&file, "lisen = \"127.0.0.1:1\"\n").expect("written");
    for (arguments, code, words) in [
        (vec!["colour"], 2, "unrecognized subcommand"),
        (vec!["audit", "verify", "--data", empty], 2, "holds no records"),
        (
            vec!["backup", "--data", empty, "--to", "/nowhere"],
            2,
            "holds no records",
        ),
        (
            vec!["restore", "--from", empty, "--data", empty],
            2,
            "holds no backup",
        ),
        (vec!["serve", "--config", "/nowhere.toml"], 3, "/nowhere.toml"),
        (
            vec!["serve", "--config", text(&file)],
            2,
            ":1: no such key lisen; is listen meant?",
        ),
        (
            vec![
                "audit",
                "verify",
                "--database-url",
                "postgres://nobody@127.0.0.1:1/none",
            ],
            3,
            "database",
        ),
    ] {
        let output = run(&arguments);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        assert!(said.contains(words), "{arguments:?}: {said}");
    }
}

#[test]
fn a_new_division_gets_its_first_director_by_four_commands() {
    let place = tempfile::tempdir().expect("a folder");
    let data = place.path().join("records");
    let data = text(&data);
    assert!(done(&["migrate", "--data", data]).contains("done: 0001"));
    assert!(done(&["migrate", "--data", data]).contains("current"));
    done(&[
        "division",
        "add",
        "--data",
        data,
        "--code",
        "3260",
        "--name",
        "A division",
    ]);
    assert!(done(&["division", "list", "--data", data]).contains("3260 A division"));
    let added = done(&[
        "user",
        "add",
        "--data",
        data,
        "--username",
        "it.director",
        "--name",
        "Ann Example",
    ]);
    let first = added
        .lines()
        .next()
        .and_then(|line| line.strip_prefix("first password: "))
        .expect("a password");
    assert!(first.len() >= 16, "{first}");
    let listed = done(&["user", "list", "--data", data]);
    assert!(
        listed.contains("it.director\tAnn Example\tactive\tdirector\tno second factor"),
        "{listed}"
    );
    let again = done(&[
        "user",
        "reset-password",
        "--data",
        data,
        "--username",
        "it.director",
        "--reason",
        "Lost",
    ]);
    assert!(again.starts_with("first password: ") && !again.contains(first));
    let last = run(&[
        "user",
        "close",
        "--data",
        data,
        "--username",
        "it.director",
        "--reason",
        "Left",
    ]);
    assert_eq!(last.status.code(), Some(1), "the last director stays");
    assert!(done(&["doctor", "--data", data]).contains("the schema is current"));
    assert!(done(&["audit", "verify", "--data", data]).contains("whole"));
}

#[test]
fn a_changed_audit_row_is_named_with_exit_code_1() {
    let place = tempfile::tempdir().expect("a folder");
    let data = place.path().join("records");
    let data = text(&data);
    done(&["migrate", "--data", data]);
    done(&[
        "division",
        "add",
        "--data",
        data,
        "--code",
        "3260",
        "--name",
        "A division",
    ]);
    done(&[
        "user",
        "add",
        "--data",
        data,
        "--username",
        "it.director",
        "--name",
        "Ann Example",
    ]);
    crate::killed::forge(data);
    let output = run(&["audit", "verify", "--data", data]);
    assert_eq!(output.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&output.stdout).contains("row 1 was changed after it was written"));
}

#[test]
fn the_explanation_is_a_configuration_that_is_taken() {
    let place = tempfile::tempdir().expect("a folder");
    let file = place.path().join("lodgepole.toml");
    std::fs::write(&file, done(&["config", "--explain"])).expect("written");
    assert!(done(&["config", "--config", text(&file)]).contains("listen = 127.0.0.1:8080  (default)"));
    let output = lodgepole(&["config"])
        .env("LODGEPOLE_LISEN", "x")
        .output()
        .expect("the program starts");
    assert_eq!(output.status.code(), Some(2));
}
