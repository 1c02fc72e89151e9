//! The program's own processes while they are measured: started, and what the
//! kernel says of them.

use crate::ending::Stop;
use std::io;
use std::net::{SocketAddr, TcpListener};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// This program, to be started once more; it ends with this one.
pub(super) fn this_program() -> Result<Command, Stop> {
    let program = std::env::current_exe().map_err(Stop::io("this program"))?;
    let mut command = Command::new(program);
    command.kill_on_drop(true);
    Ok(command)
}

/// The province of a folder as a process of its own, and its address.
pub(super) async fn province(folder: &Path, further: &[String]) -> Result<(Child, String), Stop> {
    let mut child = this_program()?
        .args(["pasi-reference", "--listen", "127.0.0.1:0", "--log", "warn"])
        .args(further)
        .arg("--data")
        .arg(folder)
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Stop::io("the province"))?;
    let mut line = String::new();
    if let Some(out) = child.stdout.as_mut() {
        let mut lines = BufReader::new(out);
        lines
            .read_line(&mut line)
            .await
            .map_err(Stop::io("the province"))?;
    }
    let address = line.trim().to_owned();
    if address.starts_with("https://") {
        Ok((child, address))
    } else {
        Err(Stop::Problems("the province did not start".to_owned()))
    }
}

/// A SIS on the records of a folder, live with a province elsewhere.
pub(super) struct Sis<'a> {
    /// Its folder, with `keys` and the credentials in `pasi-sis`.
    pub(super) data: &'a Path,
    /// PostgreSQL in place of the folder.
    pub(super) database_url: Option<&'a str>,
    /// Where the province is.
    pub(super) pasi: &'a str,
}

impl Sis<'_> {
    /// Starts it; where it will listen.
    pub(super) fn start(&self) -> Result<(Child, SocketAddr), Stop> {
        let listen = free().map_err(Stop::io("a port"))?;
        let config: PathBuf = self.data.join("measured.toml");
        std::fs::write(&config, self.config(listen)).map_err(Stop::io(config.display()))?;
        let child = this_program()?
            .args(["serve", "--practice", "--config"])
            .arg(&config)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .map_err(Stop::io("the SIS"))?;
        Ok((child, listen))
    }

    fn config(&self, listen: SocketAddr) -> String {
        let database = self
            .database_url
            .map_or_else(String::new, |url| format!("database_url = {url:?}\n"));
        let text = |path: PathBuf| path.display().to_string();
        format!(
            "data = {:?}\n{database}keys = {:?}\nlisten = \"{listen}\"\nlog = \"warn\"\n\n[pasi]\nurl = {:?}\ncredentials = {:?}\n",
            text(self.data.to_owned()),
            text(self.data.join("keys")),
            self.pasi,
            text(self.data.join("pasi-sis")),
        )
    }
}

fn free() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

/// What the kernel says of a process, from its file of `/proc`; away where there is none.
fn said(pid: Option<u32>, file: &str) -> Result<String, Stop> {
    let pid = pid.ok_or_else(|| Stop::Away("the process has ended".to_owned()))?;
    let path = format!("/proc/{pid}/{file}");
    std::fs::read_to_string(&path).map_err(Stop::io(path))
}

/// Resident memory of a process now, in MB of 10⁶ bytes.
pub(super) fn memory(pid: Option<u32>) -> Result<f64, Stop> {
    megabytes(pid, "VmRSS:")
}

/// The most memory a process had resident, in MB of 10⁶ bytes.
pub(super) fn most_memory(pid: Option<u32>) -> Result<f64, Stop> {
    megabytes(pid, "VmHWM:")
}

fn megabytes(pid: Option<u32>, name: &str) -> Result<f64, Stop> {
    let status = said(pid, "status")?;
    let line = status.lines().find_map(|line| line.strip_prefix(name));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.map(|kib| kib * 1024.0 / 1e6)
        .ok_or_else(|| Stop::Away(format!("/proc does not say {name}")))
}

/// Processor time of a process so far, to a hundredth of a second.
pub(super) fn processor(pid: Option<u32>) -> Result<Duration, Stop> {
    let stat = said(pid, "stat")?;
    // The name before them may hold blanks, and ends with the last parenthesis.
    let numbers = stat.rsplit_once(')').map_or("", |(_, numbers)| numbers);
    let ticks = numbers.split_whitespace().skip(11).take(2);
    let ticks: Option<u64> = ticks.map(|number| number.parse::<u64>().ok()).sum();
    ticks
        .map(|ticks| Duration::from_millis(ticks * 10))
        .ok_or_else(|| Stop::Away("/proc does not say the processor time".to_owned()))
}

/// Waits until a process has nothing to do any more.
pub(super) async fn calm(pid: Option<u32>) -> Result<(), Stop> {
    const LOOK: Duration = Duration::from_millis(500);
    let mut before = processor(pid)?;
    loop {
        tokio::time::sleep(LOOK).await;
        let now = processor(pid)?;
        if now.saturating_sub(before) <= LOOK / 25 {
            return Ok(());
        }
        before = now;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_and_processor_time_of_this_process_are_said() {
        let own = Some(std::process::id());
        let (now, most) = (
            memory(own).expect("Linux says it"),
            most_memory(own).expect("too"),
        );
        assert!(1.0 < now && now <= most, "{now} {most}");
        let before = processor(own).expect("Linux says it");
        let mut sum = 0_u64;
        while processor(own).expect("Linux says it") == before {
            sum = (0..1_000_000).fold(sum, u64::wrapping_add);
        }
        assert!(processor(own).expect("Linux says it") > before, "{sum}");
    }
}
