//! The demo as a process of its own, asked over loopback HTTP by clients that
//! share its cores.

use super::division::Bench;
use super::figure::{Figure, Goal};
use super::pages::{ENCODINGS, page};
use super::{memory, process};
use crate::ending::Stop;
use serde_json::Value;
use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::Stdio;
use std::time::{Duration, Instant};
use tokio::io::{AsyncBufReadExt, BufReader as AsyncBufReader};
use tokio::process::Child;

/// Clients at once.
const CLIENTS: usize = 8;
/// Asked for so long before the clock starts.
const WARM_UP: Duration = Duration::from_secs(1);
/// Asked for so long.
const TIME: Duration = Duration::from_secs(5);
/// Pages asked for, over and over.
const PAGES: usize = 2_000;

/// Pages a second, plain and compressed, and the memory of demo and SIS.
pub(super) async fn figures(bench: &Bench, url: Option<&str>) -> Result<Vec<Figure>, Stop> {
    let (mut child, address) = start(bench, url).await?;
    let pid = child.id();
    let cookie = bench.cookie.clone();
    let pages: Vec<String> = bench.some(PAGES).into_iter().map(page).collect();
    let measured = super::blocking(move || {
        let asking = |path: &str, encodings: &str| {
            format!("GET {path} HTTP/1.1\r\nhost: {address}\r\ncookie: {cookie}\r\n{encodings}\r\n")
        };
        let all =
            |encodings: &str| -> Vec<String> { pages.iter().map(|path| asking(path, encodings)).collect() };
        let health = rate(&address, &[asking("/healthz", "")])?;
        let plain = rate(&address, &all(""))?;
        let compressed = rate(&address, &all(&format!("accept-encoding: {ENCODINGS}\r\n")))?;
        Ok((health, plain, compressed))
    })
    .await;
    let both = process::memory(pid);
    child.kill().await.map_err(Stop::io("the demo"))?;
    let (health, plain, compressed) = measured?;
    let pages = |name: &str, value| {
        let name = format!("student pages over loopback, {name}");
        Figure::new(name, value, "pages/s")
            .limit(health)
            .goal(Goal::AtLeast(2_000.0))
    };
    Ok(vec![
        pages("plain", plain),
        pages("compressed", compressed),
        Figure::new("memory of the demo, SIS and province in one process", both?, "MB"),
        memory::figure(bench, url).await?,
    ])
}

/// Starts the demo on the division's folder; its address once it answers.
async fn start(bench: &Bench, url: Option<&str>) -> Result<(Child, String), Stop> {
    let mut command = process::this_program()?;
    command.args(["demo", "--json", "--listen", "127.0.0.1:0"]);
    command
        .args(["--pasi-listen", "127.0.0.1:0", "--data"])
        .arg(bench.data());
    if let Some(url) = url {
        command.args(["--database-url", url]);
    }
    let mut child = command
        .stdout(Stdio::piped())
        .spawn()
        .map_err(Stop::io("the demo"))?;
    let mut line = String::new();
    if let Some(out) = child.stdout.as_mut() {
        let mut lines = AsyncBufReader::new(out);
        lines.read_line(&mut line).await.map_err(Stop::io("the demo"))?;
    }
    let told: Value = serde_json::from_str(&line).unwrap_or_default();
    let address = told["sis"].as_str().and_then(|url| url.strip_prefix("http://"));
    let address = address.ok_or_else(|| Stop::Problems("the demo did not start".to_owned()))?;
    Ok((child, address.to_owned()))
}

/// Answers a second, all clients together.
fn rate(address: &str, requests: &[String]) -> Result<f64, Stop> {
    let answered = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS)
            .map(|client| scope.spawn(move || ask_for_a_while(address, requests, client)))
            .collect();
        let one = |client: std::thread::ScopedJoinHandle<'_, io::Result<f64>>| {
            client
                .join()
                .unwrap_or_else(|_| Err(io::Error::other("a client stopped")))
        };
        clients.into_iter().map(one).sum::<io::Result<f64>>()
    });
    answered.map_err(Stop::io("the demo's pages"))
}

/// Answers a second of one client on one connection.
fn ask_for_a_while(address: &str, requests: &[String], client: usize) -> io::Result<f64> {
    let stream = TcpStream::connect(address)?;
    stream.set_nodelay(true)?;
    let mut stream = BufReader::with_capacity(64 * 1024, stream);
    let mut next = requests.iter().cycle().skip(client * requests.len() / CLIENTS);
    let mut until = |stream: &mut BufReader<TcpStream>, time: Duration| -> io::Result<f64> {
        let (began, mut answers) = (Instant::now(), 0_u32);
        while began.elapsed() < time {
            let request = next.next().ok_or(io::ErrorKind::InvalidInput)?;
            stream.get_mut().write_all(request.as_bytes())?;
            take_answer(stream)?;
            answers += 1;
        }
        Ok(f64::from(answers) / began.elapsed().as_secs_f64())
    };
    until(&mut stream, WARM_UP)?;
    until(&mut stream, TIME)
}

/// Reads one answer to its end; an error unless it is 200.
pub(super) fn take_answer(from: &mut impl BufRead) -> io::Result<()> {
    let mut line = String::new();
    from.read_line(&mut line)?;
    if !line.starts_with("HTTP/1.1 200") {
        return Err(io::Error::other(line));
    }
    let mut length = None;
    while line != "\r\n" {
        line.clear();
        if from.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let header = line.trim_end().to_ascii_lowercase();
        if let Some(bytes) = header.strip_prefix("content-length: ") {
            length = bytes.parse::<u64>().ok();
        }
    }
    match length {
        Some(bytes) => skip(from, bytes),
        None => skip_chunks(from),
    }
}

fn skip_chunks(from: &mut impl BufRead) -> io::Result<()> {
    loop {
        let mut line = String::new();
        from.read_line(&mut line)?;
        let bytes = u64::from_str_radix(line.trim_end(), 16).map_err(io::Error::other)?;
        skip(from, bytes + 2)?;
        if bytes == 0 {
            return Ok(());
        }
    }
}

fn skip(from: &mut impl BufRead, bytes: u64) -> io::Result<()> {
    let skipped = io::copy(&mut from.take(bytes), &mut io::sink())?;
    if skipped < bytes {
        return Err(io::ErrorKind::UnexpectedEof.into());
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_are_read_to_their_end_and_no_further() {
        let sized = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        let chunked = "HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\n";
        let mut both = io::Cursor::new(format!("{sized}{chunked}{sized}"));
        for _ in 0..3 {
            take_answer(&mut both).expect("each is whole");
        }
        assert!(take_answer(&mut both).is_err(), "nothing is left");
        let cut = take_answer(&mut io::Cursor::new(&sized[..sized.len() - 1]));
        assert!(cut.is_err(), "a cut answer is not taken");
    }
}
