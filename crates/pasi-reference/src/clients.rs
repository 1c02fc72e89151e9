//! The systems that may call: certificates, organizations and roles.

use crate::StartError;
use crate::pki::{Credentials, Validity};
use kernel::{Date, OrganizationCode};
use pasi_wire::{ClientRole, Fault};
use serde::{Deserialize, Serialize};
use std::net::IpAddr;
use std::path::{Path, PathBuf};
use std::sync::{Arc, PoisonError, RwLock};

/// A registered system.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Client {
    /// Its name; the key of the registry.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// The vendor or product.
    pub system_name: String,
    /// Whom it may speak for, at least one; an authority includes its schools.
    pub organizations: Vec<OrganizationCode>,
    /// What it may call, at least one.
    pub roles: Vec<ClientRole>,
    /// Its certificates, old ones too.
    pub certificates: Vec<ClientCertificate>,
    /// Addresses it may call from; empty for any.
    pub addresses: Vec<IpAddr>,
    /// May it call at all?
    pub is_active: bool,
}

/// A certificate of a client.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClientCertificate {
    /// Serial number, in hexadecimal.
    pub serial: String,
    /// SHA-256, in hexadecimal.
    pub fingerprint: String,
    /// When it holds.
    pub validity: Validity,
    /// May it be used?
    pub is_active: bool,
}

/// A system to be registered.
#[derive(Debug, Clone)]
pub struct NewClient {
    /// Its name; a client of that name is replaced, its certificates are kept.
    pub name: String,
    /// Whom it may speak for.
    pub organizations: Vec<OrganizationCode>,
    /// What it may call.
    pub roles: Vec<ClientRole>,
    /// Addresses it may call from; empty for any.
    pub addresses: Vec<IpAddr>,
    /// When its certificate holds; none for the province's fourteen months from today.
    pub validity: Option<Validity>,
}

impl NewClient {
    /// A school authority's system with every role such a system has.
    pub fn school_authority(name: &str, organization: OrganizationCode) -> Self {
        Self {
            name: name.to_owned(),
            organizations: vec![organization],
            roles: ClientRole::ALL
                .iter()
                .copied()
                .filter(|role| *role != ClientRole::Ministry)
                .collect(),
            addresses: Vec::new(),
            validity: None,
        }
    }
}

impl Client {
    /// Is it one of the ministry's own systems?
    pub fn is_ministry(&self) -> bool {
        self.roles.contains(&ClientRole::Ministry)
    }
}

/// Who is at the other end of a connection.
#[derive(Debug, Clone)]
pub(crate) struct Peer {
    pub(crate) address: IpAddr,
    /// SHA-256 of the certificate it proved to hold, if it gave one.
    pub(crate) fingerprint: Option<String>,
}

/// Writes a file whole or not at all, safe on disk when it returns.
pub(crate) fn write_whole(file: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let fresh = file.with_extension("json.new");
    std::fs::write(&fresh, bytes)?;
    std::fs::File::open(&fresh)?.sync_all()?;
    std::fs::rename(&fresh, file)
}

/// The clients, kept in `clients.json`.
pub(crate) struct Registry {
    file: PathBuf,
    clients: RwLock<Vec<Arc<Client>>>,
}

impl Registry {
    pub(crate) fn open(folder: &Path) -> Result<Self, StartError> {
        let file = folder.join("clients.json");
        let clients = match std::fs::read(&file) {
            Ok(text) => serde_json::from_slice::<Vec<Client>>(&text)
                .map_err(|error| StartError::Corrupt(format!("{}: {error}", file.display())))?,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
            Err(error) => return Err(StartError::io(file.display().to_string())(error)),
        };
        Ok(Self {
            file,
            clients: RwLock::new(clients.into_iter().map(Arc::new).collect()),
        })
    }

    pub(crate) fn all(&self) -> Vec<Client> {
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        clients.iter().map(|client| Client::clone(client)).collect()
    }

    /// Registers a client with a new certificate; saved before it counts.
    pub(crate) fn register(&self, new: NewClient, credentials: &Credentials) -> std::io::Result<()> {
        let certificate = ClientCertificate {
            serial: credentials.serial.clone(),
            fingerprint: credentials.fingerprint.clone(),
            validity: credentials.validity,
            is_active: true,
        };
        self.edit(|clients| {
            let place = clients.iter().position(|client| client.name == new.name);
            let kept = place.map(|place| clients.remove(place));
            let (described, system) = kept.as_ref().map_or_else(
                || (format!("Practice client {}", new.name), new.name.clone()),
                |kept| (kept.description.clone(), kept.system_name.clone()),
            );
            let certificates = kept.into_iter().flat_map(|kept| kept.certificates);
            clients.push(Client {
                description: described,
                system_name: system,
                name: new.name,
                organizations: new.organizations,
                roles: new.roles,
                certificates: certificates.chain([certificate]).collect(),
                addresses: new.addresses,
                is_active: true,
            });
        })
    }

    /// Changes clients; saved before it counts.
    pub(crate) fn edit<T>(&self, change: impl FnOnce(&mut Vec<Client>) -> T) -> std::io::Result<T> {
        let mut clients = self.clients.write().unwrap_or_else(PoisonError::into_inner);
        let mut edited: Vec<Client> = clients.iter().map(|client| Client::clone(client)).collect();
        let result = change(&mut edited);
        let text = serde_json::to_vec_pretty(&edited).map_err(std::io::Error::other)?;
        write_whole(&self.file, &text)?;
        *clients = edited.into_iter().map(Arc::new).collect();
        Ok(result)
    }

    /// Which client calls; faults 1001 to 1004 and 1006.
    pub(crate) fn judge(&self, peer: &Peer, today: Date) -> Result<Arc<Client>, Fault> {
        let Some(fingerprint) = &peer.fingerprint else {
            return Err(Fault::new(1004, "a client certificate is required"));
        };
        let clients = self.clients.read().unwrap_or_else(PoisonError::into_inner);
        let found = clients.iter().find_map(|client| {
            let mut certificates = client.certificates.iter();
            let certificate = certificates.find(|certificate| certificate.fingerprint == *fingerprint)?;
            Some((client, certificate))
        });
        let Some((client, certificate)) = found else {
            return Err(Fault::new(
                1001,
                "the certificate is not registered to a PASI client",
            ));
        };
        if !certificate.is_active {
            return Err(Fault::new(1002, "the certificate is disabled"));
        }
        if !client.is_active {
            return Err(Fault::new(1003, "the PASI client is disabled"));
        }
        if !certificate.validity.holds_on(today) {
            let Validity { from, until } = certificate.validity;
            return Err(Fault::new(
                1004,
                format!("the certificate holds from {from} to {until}"),
            ));
        }
        if !client.addresses.is_empty() && !client.addresses.contains(&peer.address) {
            return Err(Fault::new(1006, "calls from this address are not allowed"));
        }
        Ok(Arc::clone(client))
    }
}
