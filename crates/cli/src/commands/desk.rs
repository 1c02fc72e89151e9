//! The ministry's console, on a port of its own that no other machine reaches.

use crate::ending::Stop;
use crate::site::{self, Patience};
use pasi_reference::Server;
use std::net::{Ipv4Addr, SocketAddr};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The port, open and not yet served.
pub(crate) struct Desk {
    listener: TcpListener,
    address: SocketAddr,
}

impl Desk {
    /// Opens the port asked for, or the one after the province's. An address
    /// that other machines reach is refused: there is no sign-in.
    pub(crate) async fn open(asked: Option<SocketAddr>, province: SocketAddr) -> Result<Self, Stop> {
        let address = asked.unwrap_or_else(|| beside(province));
        if !pasi_console::is_loopback(address) {
            return Err(Stop::Call(format!(
                "the ministry console listens on this machine alone, not on {address}"
            )));
        }
        let (listener, address) = site::listen(address).await?;
        Ok(Self { listener, address })
    }
    /// Where a browser finds it.
    pub(crate) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }
    /// Serves until `stop` is true; ended before the server is, which it looks through.
    pub(crate) fn serve(self, server: &Server, stop: watch::Receiver<bool>) -> JoinHandle<()> {
        let token = uuid::Uuid::new_v4().simple().to_string();
        let router = pasi_console::router(pasi_console::App::new(server.ministry(), &token));
        tokio::spawn(site::serve(
            self.listener,
            None,
            router,
            stop,
            Patience::default(),
        ))
    }
}

/// The port after the province's, on this machine; a free one where the province takes a free one.
fn beside(province: SocketAddr) -> SocketAddr {
    let port = match province.port() {
        0 => 0,
        taken => taken.wrapping_add(1),
    };
    (Ipv4Addr::LOCALHOST, port).into()
}
