//! TLS of the site itself, where no proxy stands before it.

use crate::ending::Stop;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use rustls_pki_types::pem::PemObject;
use std::path::Path;
use std::sync::Arc;
use tokio_rustls::TlsAcceptor;

/// An acceptor with the certificate chain and the key of two PEM files.
///
/// Fails as a wrong call when they are not PEM or do not fit each other, as
/// away when they cannot be read.
pub(crate) fn acceptor(certificate: &Path, key: &Path) -> Result<TlsAcceptor, Stop> {
    let read = |path: &Path| std::fs::read(path).map_err(Stop::io(path.display()));
    let wrong = |path: &Path, what: &str| Stop::Call(format!("{}: {what}", path.display()));
    let chain: Vec<CertificateDer<'static>> = CertificateDer::pem_slice_iter(&read(certificate)?)
        .collect::<Result<_, _>>()
        .map_err(|_| wrong(certificate, "no certificate in PEM"))?;
    if chain.is_empty() {
        return Err(wrong(certificate, "no certificate in PEM"));
    }
    let private =
        PrivateKeyDer::from_pem_slice(&read(key)?).map_err(|_| wrong(key, "no private key in PEM"))?;
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let mut config = rustls::ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, private))
        .map_err(|error| Stop::Call(format!("{}: {error}", certificate.display())))?;
    config.alpn_protocols = vec![b"http/1.1".to_vec()];
    Ok(TlsAcceptor::from(Arc::new(config)))
}
