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
use tower_http::timeout::RequestBodyTimeoutLayer;

/// How long others may take.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Patience {
    /// A handshake, or the headers of a request.
    pub(crate) opening: Duration,
    /// Between two parts of a body.
    pub(crate) body: Duration,
    /// Requests under way when the site stops.
    pub(crate) farewell: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            opening: Duration::from_secs(20),
            body: Duration::from_secs(20),
            farewell: Duration::from_secs(10),
        }
    }
}

/// Opens the port; with 0 a free one.
pub(crate) async fn listen(address: SocketAddr) -> Result<(TcpListener, SocketAddr), Stop> {
    let listener = TcpListener::bind(address).await.map_err(Stop::io(address))?;
    let real = listener.local_addr().map_err(Stop::io(address))?;
    Ok((listener, real))
}

/// Serves until `stop` is true; then no new connections, and requests under
/// way end within [`Patience::farewell`].
pub(crate) async fn serve(
    listener: TcpListener,
    tls: Option<TlsAcceptor>,
    router: Router,
    stop: watch::Receiver<bool>,
    patience: Patience,
) {
    let router = router.layer(RequestBodyTimeoutLayer::new(patience.body));
    let (tls, mut told) = (tls.map(Arc::new), stop.clone());
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            () = flag(&mut told) => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    let site = Site { router: router.clone(), patience };
                    connections.spawn(connection(stream, from, tls.clone(), site, stop.clone()));
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
    if tokio::time::timeout(patience.farewell, ended).await.is_err() {
        tracing::warn!("requests were cut off");
    }
}

/// What a connection is served with.
#[derive(Clone)]
struct Site {
    router: Router,
    patience: Patience,
}

async fn connection(
    stream: TcpStream,
    from: SocketAddr,
    tls: Option<Arc<TlsAcceptor>>,
    site: Site,
    stop: watch::Receiver<bool>,
) {
    drop(stream.set_nodelay(true));
    let Some(tls) = tls else {
        return exchange(stream, from, site, stop).await;
    };
    match tokio::time::timeout(site.patience.opening, tls.accept(stream)).await {
        Ok(Ok(stream)) => exchange(stream, from, site, stop).await,
        Ok(Err(error)) => tracing::debug!(%error, "TLS handshake"),
        Err(_) => tracing::debug!("TLS handshake took too long"),
    }
}

async fn exchange(
    stream: impl AsyncRead + AsyncWrite + Unpin + Send + 'static,
    from: SocketAddr,
    site: Site,
    mut stop: watch::Receiver<bool>,
) {
    let opening = site.patience.opening;
    let service = service_fn(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(from));
        site.router.clone().oneshot(request.map(Body::new))
    });
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(opening)
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

/// Minds SIGTERM and SIGINT (Ctrl-C) from now on; what is given waits for one.
pub(crate) fn signals() -> Result<impl Future<Output = ()>, Stop> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut terminate = signal(SignalKind::terminate()).map_err(Stop::io("signals"))?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Stop::io("signals"))?;
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use axum::routing::{get, post};
    use std::io::{Read, Write};

    const SHORT: Patience = Patience {
        opening: Duration::from_millis(400),
        body: Duration::from_millis(400),
        farewell: Duration::from_secs(5),
    };

    /// A site on a port of its own; ends when the sender is dropped or told.
    fn site(
        runtime: &tokio::runtime::Runtime,
    ) -> (SocketAddr, watch::Sender<bool>, tokio::task::JoinHandle<()>) {
        let router = Router::new()
            .route("/", get(|| async { "here" }))
            .route("/echo", post(|body: String| async { body }));
        let (stop, stopped) = watch::channel(false);
        let address = "127.0.0.1:0".parse().expect("an address");
        let (listener, address) = runtime.block_on(listen(address)).expect("a port");
        let serving = runtime.spawn(serve(listener, None, router, stopped, SHORT));
        (address, stop, serving)
    }

    fn runtime() -> tokio::runtime::Runtime {
        tokio::runtime::Builder::new_multi_thread()
            .worker_threads(2)
            .enable_all()
            .build()
            .expect("a runtime")
    }

    fn send(address: SocketAddr, text: &str) -> std::net::TcpStream {
        let mut stream = std::net::TcpStream::connect(address).expect("it listens");
        stream.write_all(text.as_bytes()).expect("sent");
        stream
    }

    fn answer(mut stream: std::net::TcpStream) -> String {
        let mut text = String::new();
        // A connection that is cut off answers with what came before.
        drop(stream.read_to_string(&mut text));
        text
    }

    const WHOLE: &str = "GET / HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n";

    #[test]
    fn whoever_sends_slowly_is_let_go_and_keeps_nobody_from_being_served() {
        let runtime = runtime();
        let (address, _stop, _serving) = site(&runtime);
        let slow: Vec<_> = (0..200)
            .map(|_| send(address, "GET / HTTP/1.1\r\nhost: x\r\nx-slow: "))
            .collect();
        let body = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\nhalf";
        let half: Vec<_> = (0..20).map(|_| send(address, body)).collect();
        assert!(
            answer(send(address, WHOLE)).ends_with("here"),
            "others are served meanwhile"
        );
        for stream in slow {
            assert!(
                !answer(stream).contains("here"),
                "the connection ends without an answer"
            );
        }
        for stream in half {
            assert!(!answer(stream).contains("half"), "half a body is no request");
        }
        assert!(answer(send(address, WHOLE)).ends_with("here"), "and afterwards");
    }

    #[test]
    fn a_request_under_way_is_answered_when_the_site_stops() {
        let runtime = runtime();
        let (address, stop, serving) = site(&runtime);
        let body = "POST /echo HTTP/1.1\r\nhost: x\r\ncontent-length: 8\r\n\r\nhalf";
        let mut stream = send(address, body);
        assert!(answer(send(address, WHOLE)).ends_with("here"), "both were taken");
        stop.send_replace(true);
        stream.write_all(b" and").expect("the rest is sent");
        assert!(answer(stream).ends_with("half and"));
        runtime.block_on(serving).expect("it ends");
        assert!(
            std::net::TcpStream::connect(address).is_err(),
            "nobody new is let in"
        );
    }
}
