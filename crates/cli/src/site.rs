//! The site on a port: connections, with or without TLS, until it is told to stop.

use crate::ending::Stop;
use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_rustls::TlsAcceptor;
use tower::ServiceExt;

/// How long a handshake or the headers of a request may take.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long requests under way may go on when the site stops.
const FAREWELL: Duration = Duration::from_secs(10);

/// Opens the port; with 0 a free one.
pub(crate) async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Stop> {
    let listener = TcpListener::bind(address).await.map_err(Stop::io(address))?;
    let real = listener.local_addr().map_err(Stop::io(address))?;
    Ok((listener, real))
}

/// Serves until `stop` is true; then no new connections, and requests under
/// way end within [`FAREWELL`].
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: watch::Receiver<bool>,
) {
    let (tls, mut told) = (tls.map(Arc::new), stop.clone());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = flag(&mut told) => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    connections.spawn(connection(stream, from, tls.clone(), router.clone(), stop.clone()));
                }
                Err(error) => {
                    // No file handles left, mostly: others end soon.
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    drop(listener);
    let ended = async { while connections.join_next().await.is_some() {} };
    if tokio::time::timeout(FAREWELL, ended).await.is_err() {
        tracing::warn!("requests were cut off");
    }
}

async fn connection(
    stream: TcpStream,
    from: SocketAddr,
    tls: Option<Arc<TlsAcceptor>>,
    router: Router,
    stop: watch::Receiver<bool>,
) {
    drop(stream.set_nodelay(true));
    let Some(tls) = tls else {
        return exchange(stream, from, router, stop).await;
    };
    match tokio::time::timeout(PATIENCE, tls.accept(stream)).await {
        Ok(Ok(stream)) => exchange(stream, from, router, stop).await,
        Ok(Err(error)) => tracing::debug!(%error, "TLS handshake"),
        Err(_) => tracing::debug!("TLS handshake took too long"),
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    from: SocketAddr,
    router: Router,
    mut stop: watch::Receiver<bool>,
) {
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        router.clone().oneshot(request.map(Body::new))
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service)
        .with_upgrades();
    tokio::pin!(serving);
    tokio::select! {
        ended = &mut serving => drop(ended),
        () = flag(&mut stop) => {
            serving.as_mut().graceful_shutdown();
            drop(serving.await);
        }
    }
}

/// Waits until the flag is true; its guard does not outlive the wait.
async fn flag(stop: &mut watch::Receiver<bool>) {
    drop(stop.wait_for(|stop| *stop).await);
}

/// Waits for SIGTERM or SIGINT (Ctrl-C).
pub(crate) async fn told_to_stop() -> Result<(), Stop> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(Stop::io("signals"))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Stop::io("signals"))?;
    tokio::select! {
        _ = terminate.recv() => {}
        _ = interrupt.recv() => {}
    }
    Ok(())
}
