//! Starting the program and reading what it says.

use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use std::io::{BufRead, BufReader, Lines};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Output, Stdio};

/// The program with its arguments; no variable of the machine reaches it.
pub(crate) fn lodgepole(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lodgepole"));
    command.args(arguments).env_clear().stdin(Stdio::null());
    command
}

/// Runs to the end.
pub(crate) fn run(arguments: &[&str]) -> Output {
    lodgepole(arguments).output().expect("the program starts")
}

/// Runs to the end, which must be good; what it printed.
pub(crate) fn done(arguments: &[&str]) -> String {
    let output = run(arguments);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{arguments:?}: {said}");
    String::from_utf8(output.stdout).expect("texts are UTF-8")
}

/// A program at work; killed when dropped.
pub(crate) struct Running {
    child: Child,
    lines: Lines<BufReader<ChildStdout>>,
}

impl Running {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        let mut child = lodgepole(arguments)
            .stdout(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let out = child.stdout.take().expect("standard output is piped");
        Self {
            child,
            lines: BufReader::new(out).lines(),
        }
    }
    /// The next line it prints; none when it ended.
    pub(crate) fn line(&mut self) -> Option<String> {
        self.lines.next()?.ok()
    }
    /// Its number.
    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }
    /// SIGKILL: no farewell. What it printed before can still be read.
    pub(crate) fn kill(&mut self) {
        self.child.kill().expect("the program is killed");
        self.child.wait().expect("the program ends");
    }
    /// SIGTERM, then its exit code.
    pub(crate) fn terminate(mut self) -> Option<i32> {
        let told = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status();
        assert!(told.is_ok_and(|status| status.success()), "SIGTERM is sent");
        self.child.wait().expect("the program ends").code()
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // Ended already, mostly.
        drop(self.child.kill());
        drop(self.child.wait());
    }
}

/// A database of its own on the test server; gone when dropped.
pub(crate) struct Database {
    server: String,
    name: String,
    /// Where it is.
    pub(crate) url: String,
}

impl Database {
    /// None where no server is named.
    pub(crate) fn new(what: &str) -> Option<Self> {
        let server = server()?;
        let name = format!("lp_{what}_{}", std::process::id());
        let base = server.rsplit_once('/').map_or(server.as_str(), |(base, _)| base);
        let url = format!("{base}/{name}");
        let made = Self { server, name, url };
        made.ask(&format!("CREATE DATABASE {}", made.name));
        Some(made)
    }
    /// Without tables again.
    pub(crate) fn empty(&self) {
        self.ask(&format!("DROP DATABASE {} WITH (FORCE)", self.name));
        self.ask(&format!("CREATE DATABASE {}", self.name));
    }
    fn ask(&self, sql: &str) {
        let mut conn = PgConnection::establish(&self.server).expect("the server answers");
        conn.batch_execute(sql).expect("databases may be made");
    }
}

impl Drop for Database {
    fn drop(&mut self) {
        // Cleaning up must not hide the failure of the test itself.
        if let Ok(mut conn) = PgConnection::establish(&self.server) {
            drop(conn.batch_execute(&format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", self.name)));
        }
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "tests are told the server by their environment"
)]
fn server() -> Option<String> {
    std::env::var("LODGEPOLE_TEST_POSTGRES")
        .ok()
        .filter(|url| !url.is_empty())
}

/// A path as an argument.
pub(crate) fn text(path: &Path) -> &str {
    path.to_str().expect("temporary folders have plain names")
}
