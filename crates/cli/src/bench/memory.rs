//! The memory of the SIS alone: `serve` on the practice folder, live with a
//! province that is another process, after two thousand pages.

use super::division::Bench;
use super::figure::{Figure, Goal};
use super::pages::page;
use super::site::take_answer;
use crate::ending::Stop;
use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader as AsyncBufReader};
use tokio::process::{Child, Command};

/// Pages asked for before the memory is read.
const PAGES: usize = 2_000;
/// Longest wait for the first answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Resident memory of the SIS.
pub(super) async fn figure(bench: &Bench, url: Option<&str>) -> Result<Figure, Stop> {
    let (mut province, address) = province(bench.data()).await?;
    let listen = free().map_err(Stop::io("a port"))?;
    let config = bench.data().join("measured.toml");
    let text = config_text(bench.data(), url, listen, &address);
    std::fs::write(&config, text).map_err(Stop::io(config.display()))?;
    let mut sis = this_program()?
        .args(["serve", "--practice", "--config"])
        .arg(&config)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .kill_on_drop(true)
        .spawn()
        .map_err(Stop::io("the SIS"))?;
    let pid = sis.id();
    let cookie = bench.cookie.replace("lodgepole=", "__Host-lodgepole=");
    let pages: Vec<String> = bench.some(PAGES).into_iter().map(page).collect();
    let asked = super::blocking(move || ask(listen, &cookie, &pages).map_err(Stop::io("the SIS"))).await;
    let memory = of(pid);
    for child in [&mut sis, &mut province] {
        child.kill().await.map_err(Stop::io("a process"))?;
    }
    asked?;
    Ok(
        Figure::new("memory of the SIS, live with a province elsewhere", memory?, "MB")
            .goal(Goal::AtMost(150.0)),
    )
}

fn this_program() -> Result<Command, Stop> {
    let program = std::env::current_exe().map_err(Stop::io("this program"))?;
    Ok(Command::new(program))
}

/// The folder's province as a process of its own, and its address.
async fn province(data: &Path) -> Result<(Child, String), Stop> {
    let mut child = this_program()?
        .args([
            "pasi-reference",
            "--listen",
            "127.0.0.1:0",
            "--log",
            "warn",
            "--data",
        ])
        .arg(data.join("province"))
        .stdout(Stdio::piped())
        .kill_on_drop(true)
        .spawn()
        .map_err(Stop::io("the province"))?;
    let mut line = String::new();
    if let Some(out) = child.stdout.as_mut() {
        let mut lines = AsyncBufReader::new(out);
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

fn free() -> io::Result<SocketAddr> {
    TcpListener::bind("127.0.0.1:0")?.local_addr()
}

fn config_text(data: &Path, url: Option<&str>, listen: SocketAddr, pasi: &str) -> String {
    let database = url.map_or_else(String::new, |url| format!("database_url = {url:?}\n"));
    let (keys, credentials) = (data.join("keys"), data.join("pasi-sis"));
    format!(
        "data = {:?}\n{database}keys = {:?}\nlisten = \"{listen}\"\nlog = \"warn\"\n\n[pasi]\nurl = {pasi:?}\ncredentials = {:?}\n",
        data.display().to_string(),
        keys.display().to_string(),
        credentials.display().to_string(),
    )
}

/// Waits until it answers, then asks for every page.
fn ask(address: SocketAddr, cookie: &str, pages: &[String]) -> io::Result<()> {
    let began = Instant::now();
    let stream = loop {
        match TcpStream::connect(address) {
            Ok(stream) => break stream,
            Err(error) if began.elapsed() > PATIENCE => return Err(error),
            Err(_) => std::thread::sleep(Duration::from_millis(50)),
        }
    };
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    for path in pages {
        let request = format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n\r\n");
        stream.get_mut().write_all(request.as_bytes())?;
        take_answer(&mut stream)?;
    }
    Ok(())
}

/// Resident memory of a process, in MB of 10⁶ bytes; away where `/proc` does not say.
pub(super) fn of(pid: Option<u32>) -> Result<f64, Stop> {
    let pid = pid.ok_or_else(|| Stop::Away("the process has ended".to_owned()))?;
    let path = format!("/proc/{pid}/status");
    let status = std::fs::read_to_string(&path).map_err(Stop::io(&path))?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"));
    let kib = line.and_then(|line| line.trim().strip_suffix(" kB")?.parse::<f64>().ok());
    kib.map(|kib| kib * 1024.0 / 1e6)
        .ok_or_else(|| Stop::Away(format!("{path} does not say VmRSS")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_of_this_process_is_said() {
        let megabytes = of(Some(std::process::id())).expect("Linux says it");
        assert!(megabytes > 1.0, "{megabytes}");
    }
}
