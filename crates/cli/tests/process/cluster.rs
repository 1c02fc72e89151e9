//! A PostgreSQL server of the test's own, to be stopped and started.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A server; stopped and gone when dropped.
pub(crate) struct Cluster {
    folder: tempfile::TempDir,
    bin: PathBuf,
    port: u16,
}

impl Cluster {
    /// A new one, started. None where PostgreSQL's own programs are not installed.
    pub(crate) fn new() -> Option<Self> {
        let bin = programs()?;
        let folder = tempfile::tempdir().expect("a folder");
        let port = free_port();
        let made = Self { folder, bin, port };
        made.give_to_postgres();
        made.run(
            "initdb",
            &[
                "-U",
                "postgres",
                "-A",
                "trust",
                "-E",
                "UTF8",
                "--no-locale",
                "--no-sync",
            ],
        );
        made.start();
        Some(made)
    }

    pub(crate) fn url(&self) -> String {
        format!("postgres://postgres@127.0.0.1:{}/postgres", self.port)
    }

    pub(crate) fn start(&self) {
        let options = format!(
            "-p {} -k {} -c listen_addresses=127.0.0.1 -c dynamic_shared_memory_type=mmap",
            self.port,
            self.folder.path().display()
        );
        let log = self.folder.path().join("log");
        self.run(
            "pg_ctl",
            &[
                "-w",
                "-t",
                "60",
                "-l",
                &log.display().to_string(),
                "-o",
                &options,
                "start",
            ],
        );
    }

    /// As if its machine had lost power.
    pub(crate) fn stop(&self) {
        self.run("pg_ctl", &["-m", "immediate", "-w", "stop"]);
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    /// PostgreSQL refuses to run as root.
    fn give_to_postgres(&self) {
        if is_root() {
            let given = Command::new("chown")
                .arg("postgres")
                .arg(self.folder.path())
                .status();
            assert!(
                given.is_ok_and(|status| status.success()),
                "there is a user postgres"
            );
        }
    }

    fn run(&self, program: &str, arguments: &[&str]) {
        let mut command = self.command(program);
        let done = command
            .args(arguments)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .expect("PostgreSQL's programs start");
        assert!(done.success(), "{program} {arguments:?}");
    }

    fn command(&self, program: &str) -> Command {
        let program = self.bin.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        command.current_dir("/").arg("-D").arg(self.data());
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.command("pg_ctl");
        // Stopped already, perhaps.
        drop(
            stop.args(["-m", "immediate", "stop"])
                .stdout(Stdio::null())
                .stderr(Stdio::null())
                .status(),
        );
    }
}

fn is_root() -> bool {
    let id = Command::new("id").arg("-u").output().expect("`id` is everywhere");
    String::from_utf8_lossy(&id.stdout).trim() == "0"
}

/// The newest installed, as Debian installs them, else the one on the path.
fn programs() -> Option<PathBuf> {
    let versions = std::fs::read_dir("/usr/lib/postgresql").ok();
    let mut found: Vec<(u32, PathBuf)> = versions
        .into_iter()
        .flatten()
        .filter_map(|entry| {
            let path = entry.ok()?.path();
            let version = path.file_name()?.to_str()?.parse().ok()?;
            Some((version, path.join("bin")))
        })
        .filter(|(_, bin)| bin.join("initdb").exists())
        .collect();
    found.sort();
    let on_path = ["/usr/local/bin", "/usr/bin"].map(Path::new);
    found.pop().map(|(_, bin)| bin).or_else(|| {
        on_path
            .iter()
            .find(|bin| bin.join("initdb").exists())
            .map(|bin| bin.to_path_buf())
    })
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").expect("a port");
    listener.local_addr().expect("an address").port()
}
