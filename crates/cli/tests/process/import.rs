//! Files into the records, by the real program: killed in the middle, hostile,
//! large, taken back.

use crate::program::{Running, done, run, text};
use std::fmt::Write;
use std::path::{Path, PathBuf};

struct Ground {
    folder: tempfile::TempDir,
}

impl Ground {
    fn new() -> Self {
        let ground = Self {
            folder: tempfile::tempdir().expect("a folder"),
        };
        let data = ground.data();
        done(&["migrate", "--data", text(&data)]);
        done(&[
            "division",
            "add",
            "--data",
            text(&data),
            "--code",
            "3260",
            "--name",
            "Test",
        ]);
        ground
    }
    fn data(&self) -> PathBuf {
        self.folder.path().join("records")
    }
    fn file(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(name);
        std::fs::write(&path, bytes).expect("the file is written");
        path
    }
    fn import(&self, more: &[&str]) -> (bool, String) {
        let data = self.data();
        let output = run(&[&["import", "--data", text(&data)], more].concat());
        let said = [output.stdout, output.stderr].concat();
        (
            output.status.success(),
            String::from_utf8_lossy(&said).into_owned(),
        )
    }
}

/// Students whose names have letters only.
fn students(many: usize) -> String {
    let mut list = "local_number,asn,first_name,last_name,birth_date,gender,guardian1_first_name,guardian1_last_name,guardian1_phone\n".to_owned();
    for at in 0..many {
        let name = letters(at);
        writeln!(
            list,
            "{},{},Ann{name},Row{name},2012-03-{:02},F,Eve{name},Row{name},780555{:04}",
            700_000 + at,
            500_000_000 + at,
            at % 28 + 1,
            at % 10_000
        )
        .expect("written");
    }
    list
}

fn letters(number: usize) -> String {
    let digit = |at: usize| char::from(b'a' + u8::try_from(at % 26).expect("a letter"));
    [
        digit(number / 17_576),
        digit(number / 676),
        digit(number / 26),
        digit(number),
    ]
    .iter()
    .collect()
}

fn id_in(said: &str) -> String {
    let line = said
        .lines()
        .find(|line| line.starts_with("run "))
        .expect("the run is named");
    line.trim_start_matches("run ").to_owned()
}

#[test]
fn an_import_that_is_killed_goes_on_and_no_row_comes_twice() {
    const MANY: usize = 1500;
    let ground = Ground::new();
    let (data, file) = (
        ground.data(),
        ground.file("students.csv", students(MANY).as_bytes()),
    );
    let call = [
        "import",
        "--data",
        text(&data),
        text(&file),
        "--kind",
        "students",
        "--run",
    ];
    let mut running = Running::start(&call);
    while let Some(line) = running.line() {
        if line.starts_with("running to row") {
            running.kill();
            break;
        }
    }
    drop(running);
    let (_, listed) = ground.import(&["--list"]);
    assert!(
        listed.contains("\trunning\t"),
        "it was killed in the middle: {listed}"
    );
    let id = listed.split('\t').next().expect("an id").trim().to_owned();
    let (went, said) = ground.import(&["--again", &id, "--run"]);
    assert!(went, "{said}");
    assert!(
        said.contains(&format!("{MANY} new, 0 changed, 0 as they are, 0 with problems")),
        "{said}"
    );
    let (went, again) = ground.import(&[text(&file), "--kind", "students", "--run"]);
    assert!(
        went && again.contains(&format!("0 new, 0 changed, {MANY} as they are")),
        "nobody twice: {again}"
    );
    assert!(done(&["audit", "verify", "--data", text(&data)]).contains("whole"));
}

#[test]
fn a_rehearsal_writes_nothing_and_names_rows_and_a_run_is_taken_back() {
    let ground = Ground::new();
    let list = students(3) + "700900,,Bad,Date,17.04.15,F,,,\n";
    let file = ground.file("students.csv", list.as_bytes());
    let problems = ground.folder.path().join("problems.csv");
    let (went, said) = ground.import(&[text(&file), "--kind", "students", "--problems", text(&problems)]);
    assert!(
        !went && said.contains("3 new, 0 changed, 0 as they are, 1 with problems"),
        "{said}"
    );
    assert!(
        said.contains("row 5\tproblem\tbirth_date\t\"17.04.15\"") && said.contains("LP-0825"),
        "{said}"
    );
    let kept = std::fs::read_to_string(&problems).expect("the list of problems");
    assert!(kept.contains("LP-0825"), "{kept}");
    let id = id_in(&said);
    let (_, written) = ground.import(&["--again", &id, "--run"]);
    assert!(written.contains("3 new"), "{written}");
    let (went, undone) = ground.import(&["--undo", &id]);
    assert!(went && undone.contains("0 rows could not be"), "{undone}");
    let (_, anew) = ground.import(&[text(&file), "--kind", "students"]);
    assert!(
        anew.contains("3 new, 0 changed, 0 as they are"),
        "nothing is left of it: {anew}"
    );
}

#[test]
fn hostile_files_are_refused_with_words() {
    let ground = Ground::new();
    let open = format!(
        "first_name,last_name,birth_date,gender\nZoe,\"Roy,2015-04-17,F\n{}",
        "x,y,z,F\n".repeat(200_000)
    );
    for (name, bytes, code) in [
        ("empty.csv", Vec::new(), "LP-0801"),
        (
            "program.csv",
            b"\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0".repeat(40),
            "LP-0802",
        ),
        (
            "old.xls",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(40),
            "LP-0803",
        ),
        ("broken.xlsx", b"PK\x03\x04 nothing".to_vec(), "LP-0809"),
        ("open.csv", open.into_bytes(), "LP-0805"),
        (
            "columns.csv",
            b"first_name,birth_date\nZoe,2015-04-17\n".to_vec(),
            "LP-0814",
        ),
    ] {
        let file = ground.file(name, &bytes);
        let (went, said) = ground.import(&[text(&file), "--kind", "students"]);
        assert!(!went && said.contains(code), "{name}: {said}");
    }
}

/// The most memory a process has held so far, in kilobytes.
fn peak(process: u32) -> Option<u64> {
    let status = std::fs::read_to_string(Path::new("/proc").join(process.to_string()).join("status")).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}

#[test]
fn ten_times_the_rows_do_not_take_ten_times_the_memory() {
    let ground = Ground::new();
    let data = ground.data();
    let held = |many: usize| {
        let mut list = "student_number,first_name,last_name,relationship,street\n".to_owned();
        for at in 0..many {
            writeln!(list, "{at},Ann,Nobody,Mother,{}", "Elm Street ".repeat(20)).expect("written");
        }
        let file = ground.file("contacts.csv", list.as_bytes());
        let mut running =
            Running::start(&["import", "--data", text(&data), text(&file), "--kind", "contacts"]);
        let mut most = 0;
        while running.line().is_some() {
            most = peak(running.id()).unwrap_or(0).max(most);
        }
        most
    };
    let (few, many) = (held(1200), held(12_000));
    assert!(few > 0, "the memory is measured");
    assert!(
        many < few + 24 * 1024,
        "{few} kB for 1,200 rows, {many} kB for 12,000"
    );
}

#[test]
fn tables_leave_as_files_that_another_division_reads_back() {
    const MANY: usize = 150;
    let (ours, theirs) = (Ground::new(), Ground::new());
    let file = ours.file("students.csv", students(MANY).as_bytes());
    let (went, said) = ours.import(&[text(&file), "--kind", "students", "--run"]);
    assert!(went, "{said}");
    let data = ours.data();
    let export = |what: &str, to: &Path, more: &[&str]| {
        let call = ["export", what, "--data", text(&data), "--to", text(to)];
        let output = run(&[&call, more].concat());
        let said = [output.stdout, output.stderr].concat();
        (output.status.code(), String::from_utf8_lossy(&said).into_owned())
    };
    let to = ours.folder.path().join("out.xlsx");
    let (code, said) = export("students", &to, &[]);
    assert_eq!(
        (code, to.exists()),
        (Some(2), false),
        "nothing without a reason: {said}"
    );
    let why = ["--reason", "Moved"];
    for (what, kind, name) in [
        ("students", "students", "out.xlsx"),
        ("guardians", "contacts", "out.csv"),
    ] {
        let to = ours.folder.path().join(name);
        let (code, said) = export(what, &to, &why);
        assert!(
            code == Some(0) && said.contains(&format!("{MANY} rows")),
            "{said}"
        );
        let (went, read) = theirs.import(&[text(&to), "--kind", kind, "--run"]);
        assert!(went && read.contains(&format!("{MANY} new, 0 changed")), "{read}");
    }
    let (code, said) = export("students", &to, &why);
    assert_eq!(code, Some(3), "a file that is there is not written over: {said}");
    let (code, _) = export("students", &ours.folder.path().join("out.pdf"), &why);
    assert_eq!(code, Some(2));
    assert!(done(&["audit", "verify", "--data", text(&data)]).contains("whole"));
}
