//! The memory of the SIS alone: `serve` on the practice folder, live with a
//! province that is another process, after two thousand pages.

use super::division::Bench;
use super::figure::{Figure, Goal};
use super::pages::page;
use super::process::{self, Sis};
use super::site::take_answer;
use crate::ending::Stop;
use std::io::{self, BufReader, Write};
use std::net::{SocketAddr, TcpStream};
use std::time::{Duration, Instant};

/// Pages asked for before the memory is read.
const PAGES: usize = 2_000;
/// Longest wait for the first answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Resident memory of the SIS.
pub(super) async fn figure(bench: &Bench, url: Option<&str>) -> Result<Figure, Stop> {
    let (mut province, address) = process::province(&bench.data().join("province"), &[]).await?;
    let (mut sis, listen) = Sis {
        data: bench.data(),
        database_url: url,
        pasi: &address,
    }
    .start()?;
    let pid = sis.id();
    let cookie = bench.cookie.replace("lodgepole=", "__Host-lodgepole=");
    let pages: Vec<String> = bench.some(PAGES).into_iter().map(page).collect();
    let asked = super::blocking(move || ask(listen, &cookie, &pages).map_err(Stop::io("the SIS"))).await;
    let memory = process::memory(pid);
    for child in [&mut sis, &mut province] {
        child.kill().await.map_err(Stop::io("a process"))?;
    }
    asked?;
    Ok(
        Figure::new("memory of the SIS, live with a province elsewhere", memory?, "MB")
            .goal(Goal::AtMost(150.0)),
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
