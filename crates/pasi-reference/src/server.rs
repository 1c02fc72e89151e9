//! Starting, running and stopping.

use crate::clients::{Client, NewClient, Peer, Registry};
use crate::code_tables::CodeTables;
use crate::config::{Config, StartError};
use crate::images::Images;
use crate::pki::{Credentials, Pki, PkiError, Validity, fingerprint, fingerprint_of_pem};
use crate::seed::{self, Province, SeedError, SeedStudent, Seeded};
use crate::state::State;
use crate::store::Store;
use crate::trouble::{Outage, Trouble};
use crate::{Call, Ministry, Outside, console, http, processor, transitions};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use kernel::Date;
use pasi_wire::messages::{CourseEnrolment, Section, Student, StudentSchoolEnrolment};
use rustls::DigitallySignedStruct;
use rustls::SignatureScheme;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::{CryptoProvider, verify_tls12_signature, verify_tls13_signature};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, UnixTime};
use rustls::server::danger::{ClientCertVerified, ClientCertVerifier};
use rustls_pki_types::pem::PemObject;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{oneshot, watch};
use tokio::task::{JoinHandle, JoinSet};
use tokio_rustls::TlsAcceptor;

/// Longest time a client may take for the handshake and for its headers.
const PATIENCE: Duration = Duration::from_secs(20);
/// How long open calls may go on when the server stops.
const FAREWELL: Duration = Duration::from_secs(5);

/// A running server. Dropped, it ends at once, as a killed one does; what it
/// acknowledged is on disk.
pub struct Server {
    state: Arc<State>,
    address: SocketAddr,
    stop: Option<oneshot::Sender<()>>,
    accepting: Option<JoinHandle<()>>,
    judging: JoinHandle<()>,
}

/// Starts the server: reads what is kept, opens the port, answers from then on.
///
/// Fails when the folder is in use or damaged, or the address is taken.
pub async fn serve(config: Config) -> Result<Server, StartError> {
    let folder = config.folder.clone();
    let now = config.clock.now();
    std::fs::create_dir_all(&folder).map_err(StartError::io(folder.display().to_string()))?;
    let store = Store::open(&folder.join("records"))?;
    let images = folder.join("documents");
    let opened = Images::open(images.clone(), &folder.join("pki"));
    let images = Arc::new(opened.map_err(StartError::io(images.display().to_string()))?);
    let pki = Pki::open(&folder.join("pki"), now)?;
    let registry = Registry::open(&folder)?;
    let codes = CodeTables::open(&folder)?;
    let mut names = vec!["localhost".to_owned(), "127.0.0.1".to_owned(), "::1".to_owned()];
    names.extend(config.names.iter().cloned());
    let tls = tls(&pki, &names, now)?;
    let listener = TcpListener::bind(config.listen)
        .await
        .map_err(StartError::io(config.listen.to_string()))?;
    let address = listener.local_addr().map_err(StartError::io("local address"))?;
    let state = Arc::new(State {
        config: Config {
            listen: address,
            ..config
        },
        store,
        images,
        registry,
        pki,
        polls: crate::polls::Polls::default(),
        queue: processor::Queue::default(),
        calls: crate::calls::Calls::default(),
        troubles: std::sync::Mutex::default(),
        codes: std::sync::RwLock::new(codes),
        outage: watch::Sender::new(None),
        is_stopping: watch::Sender::new(false),
    });
    let (stop, stopped) = oneshot::channel();
    let accepting = tokio::spawn(accept(listener, tls, Arc::clone(&state), stopped));
    let judging = tokio::spawn(processor::run(Arc::downgrade(&state)));
    Ok(Server {
        state,
        address,
        stop: Some(stop),
        accepting: Some(accepting),
        judging,
    })
}

impl Server {
    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }
    /// The address of the service; with `?wsdl` behind it, that of the contract.
    pub fn url(&self) -> String {
        format!("https://localhost:{}/", self.address.port())
    }
    /// The authority that signed the server and the clients, as PEM.
    pub fn ca_pem(&self) -> &str {
        self.state.pki.ca_pem()
    }
    /// Registers a client and makes its certificate; saved before it returns.
    pub fn register(&self, new: NewClient) -> Result<Credentials, PkiError> {
        self.ministry().register(new)
    }
    /// Makes a certificate that belongs to no client (1001).
    pub fn unregistered(&self, name: &str) -> Result<Credentials, PkiError> {
        let today = self.state.config.clock.now().date();
        self.state.pki.issue(name, Validity::fourteen_months(today))
    }
    /// The registered clients.
    pub fn clients(&self) -> Vec<Client> {
        self.state.registry.all()
    }
    /// Is a certificate (PEM) registered to a client?
    pub fn knows(&self, certificate_pem: &str) -> bool {
        let Some(fingerprint) = fingerprint_of_pem(certificate_pem) else {
            return false;
        };
        let clients = self.state.registry.all();
        clients
            .iter()
            .flat_map(|client| &client.certificates)
            .any(|held| held.fingerprint == fingerprint)
    }
    /// Changes the registered clients; saved before it counts.
    pub fn edit_clients(&self, change: impl FnOnce(&mut Vec<Client>)) -> std::io::Result<()> {
        self.state.registry.edit(change)
    }
    /// The province's desk, for a console.
    pub fn ministry(&self) -> Ministry {
        Ministry(Arc::clone(&self.state))
    }
    /// Acts on the records as somebody else.
    pub fn outside(&self) -> Outside {
        Outside(Arc::clone(&self.state))
    }
    /// Sets what is wrong from now on; the default ends all trouble.
    #[expect(clippy::needless_pass_by_value, reason = "callers build it in place")]
    pub fn trouble(&self, trouble: Trouble) {
        console::set_trouble(&self.state, &trouble);
    }
    /// The last calls, the latest last.
    pub fn calls(&self) -> Vec<Call> {
        self.state.calls.all()
    }
    /// How many long polls wait now.
    pub fn polls(&self) -> usize {
        self.state.polls.count()
    }
    /// Highest version given so far; 0 for an empty province.
    pub fn version(&self) -> i64 {
        self.state.store.read(crate::store::World::version)
    }
    /// How many students there are.
    pub fn students(&self) -> usize {
        self.state.store.read(crate::store::World::student_count)
    }
    /// A copy of every student and enrolment, as stored: for a system that begins with the same records.
    pub fn holdings(&self) -> (Vec<Student>, Vec<StudentSchoolEnrolment>) {
        self.state.store.read(|world| {
            let asns = world.asns();
            let students = asns.iter().filter_map(|asn| world.student(*asn));
            let enrolments = asns.iter().flat_map(|asn| world.enrolments_of(*asn));
            (
                students.map(|record| record.student).collect(),
                enrolments.map(|enrolment| *enrolment).collect(),
            )
        })
    }
    /// A copy of every section and course enrolment, as stored; see [`Self::holdings`].
    pub fn classes(&self) -> (Vec<Section>, Vec<CourseEnrolment>) {
        self.state.store.read(|world| {
            let sections = world.all::<Section>().cloned();
            let seats = world.all::<CourseEnrolment>();
            (sections.collect(), seats.map(|held| *held).collect())
        })
    }
    /// Loads a province into an empty server; safe on disk when it returns.
    pub fn seed(&self, province: Province) -> Result<Seeded, SeedError> {
        self.seed_with(province, std::iter::empty())
    }
    /// The same, with further students that come one at a time: as many as
    /// they are, no more than one lies unpacked in memory.
    pub fn seed_with(
        &self,
        province: Province,
        students: impl IntoIterator<Item = SeedStudent>,
    ) -> Result<Seeded, SeedError> {
        let loaded = self
            .state
            .store
            .load(|world| seed::fill(world, province, students));
        let (seeded, touched) = loaded?;
        self.state.polls.wake(&touched);
        self.state.queue.put(self.state.store.read(processor::everything));
        Ok(seeded)
    }
    /// Waits until the status processors have judged everything.
    pub async fn settled(&self) {
        self.state.queue.settled().await;
    }
    /// Judges everything again, as the processors do by themselves each day;
    /// waits until it is done.
    pub async fn tick(&self) {
        transitions::record(&self.state, self.today()).await;
        self.state.queue.put(self.state.store.read(processor::everything));
        self.settled().await;
    }
    /// The day by the server's clock.
    pub fn today(&self) -> Date {
        self.state.config.clock.now().date()
    }

    /// Stops: no new calls, open ones end, a snapshot for a quick start.
    pub async fn shutdown(mut self) -> std::io::Result<()> {
        self.end(FAREWELL).await;
        self.state.store.snapshot()
    }

    /// Ends at once, as if killed, and waits until the folder is free.
    pub async fn kill(mut self) {
        self.end(Duration::ZERO).await;
    }

    async fn end(&mut self, farewell: Duration) {
        self.judging.abort();
        if !farewell.is_zero() {
            self.state.is_stopping.send_replace(true);
        }
        if let Some(stop) = self.stop.take() {
            // Nobody listens when the task has ended already.
            let _ = stop.send(());
        }
        if let Some(accepting) = self.accepting.take() {
            drop(accepting.await);
        }
        drop((&mut self.judging).await);
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.judging.abort();
        if let Some(accepting) = &self.accepting {
            accepting.abort();
        }
    }
}

/// Accepts until told to stop; then open calls end.
async fn accept(
    listener: TcpListener,
    tls: TlsAcceptor,
    state: Arc<State>,
    mut stopped: oneshot::Receiver<()>,
) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = &mut stopped => break,
            Some(_) = connections.join_next(), if !connections.is_empty() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, from)) => {
                    connections.spawn(connection(stream, from, tls.clone(), Arc::clone(&state)));
                }
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    tokio::time::sleep(Duration::from_millis(50)).await;
                }
            },
        }
    }
    drop(listener);
    if *state.is_stopping.borrow() {
        let ended = async { while connections.join_next().await.is_some() {} };
        drop(tokio::time::timeout(FAREWELL, ended).await);
    }
    connections.shutdown().await;
}

/// Serves one connection until it ends, the server stops, or it refuses all.
async fn connection(stream: TcpStream, from: SocketAddr, tls: TlsAcceptor, state: Arc<State>) {
    let mut outage = state.outage.subscribe();
    let mut stopping = state.is_stopping.subscribe();
    if *outage.borrow() == Some(Outage::Refuse) {
        return;
    }
    drop(stream.set_nodelay(true));
    let Ok(Ok(stream)) = tokio::time::timeout(PATIENCE, tls.accept(stream)).await else {
        return;
    };
    let certificates = stream.get_ref().1.peer_certificates();
    let peer = Arc::new(Peer {
        address: from.ip().to_canonical(),
        fingerprint: certificates.and_then(|chain| chain.first()).map(fingerprint),
    });
    let service = service_fn(|request| http::answer(Arc::clone(&state), Arc::clone(&peer), request));
    let serving = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(PATIENCE)
        .serve_connection(TokioIo::new(stream), service);
    tokio::pin!(serving);
    tokio::select! {
        ended = &mut serving => drop(ended),
        () = until(&mut outage, |outage| *outage == Some(Outage::Refuse)) => {}
        () = until(&mut stopping, |is_stopping| *is_stopping) => {
            serving.as_mut().graceful_shutdown();
            drop(serving.await);
        }
    }
}

/// Waits until the watched value is so.
pub(crate) async fn until<T>(watched: &mut watch::Receiver<T>, is_so: impl FnMut(&T) -> bool) {
    drop(watched.wait_for(is_so).await);
}

fn tls(pki: &Pki, names: &[String], now: kernel::Instant) -> Result<TlsAcceptor, StartError> {
    let (certificate, key) = pki.server(names, now)?;
    let unreadable = |_| StartError::Corrupt("the server's certificate or key".to_owned());
    let chain = CertificateDer::from_pem_slice(certificate.as_bytes()).map_err(unreadable)?;
    let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).map_err(unreadable)?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(Arc::clone(&provider))
        .with_safe_default_protocol_versions()?
        .with_client_cert_verifier(Arc::new(AnyCertificate(provider)))
        .with_single_cert(vec![chain], key)?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}

/// Takes any certificate whose key the client proves to hold. Which client it
/// is, and whether it may call, is judged with the call, so that the answer is
/// a fault of the contract and not a broken handshake.
#[derive(Debug)]
struct AnyCertificate(Arc<CryptoProvider>);

impl ClientCertVerifier for AnyCertificate {
    fn root_hint_subjects(&self) -> &[rustls::DistinguishedName] {
        &[]
    }
    fn client_auth_mandatory(&self) -> bool {
        false
    }
    fn verify_client_cert(
        &self,
        _: &CertificateDer<'_>,
        _: &[CertificateDer<'_>],
        _: UnixTime,
    ) -> Result<ClientCertVerified, rustls::Error> {
        Ok(ClientCertVerified::assertion())
    }
    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls12_signature(
            message,
            certificate,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }
    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, rustls::Error> {
        verify_tls13_signature(
            message,
            certificate,
            signed,
            &self.0.signature_verification_algorithms,
        )
    }
    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.signature_verification_algorithms.supported_schemes()
    }
}
