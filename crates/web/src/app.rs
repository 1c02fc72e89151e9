//! What every page is handed.

use access::passkeys::RelyingParty;
use db::Store;
use kernel::{DivisionId, SectionId, StudentId};
use pasi::Connector;
use std::sync::Arc;
use std::time::Duration;

/// The site, as it was configured.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a separate fact of the configuration"
)]
pub struct Site {
    /// The division of this site.
    pub division: DivisionId,
    /// Its name, before anyone is signed in.
    pub name: String,
    /// The practice division: one-click roles, a banner, never real data.
    pub is_practice: bool,
    /// Cookies travel over TLS alone; false only for a practice site on loopback.
    pub is_secure: bool,
    /// The `/ui` pages of the components are served.
    pub shows_components: bool,
    /// The site as passkeys know it; none without a host name.
    pub relying_party: Option<RelyingParty>,
    /// Minutes without input after which a session ends, at most [`access::sessions::IDLE_MINUTES`].
    pub idle_minutes: u16,
    /// A mail server is configured; else nothing about e-mail is offered.
    pub sends_mail: bool,
    /// Where the site is reached, as messages name it: `https://sis.division.example`; empty when not configured.
    pub address: String,
}

/// Longest time for which the page after a save waits for the province.
const A_CHANGE: Duration = Duration::from_millis(1_500);

/// The same after a registration: the ASN comes first, then the enrolment.
const A_REGISTRATION: Duration = Duration::from_millis(2_500);

/// The state of the router. Cheap to clone.
#[derive(Clone)]
pub struct App(Arc<Inner>);

struct Inner {
    store: Store,
    connector: Option<Connector>,
    site: Site,
    metrics: Box<dyn Fn() -> String + Send + Sync>,
}

impl App {
    /// A site over a store; `connector` is none where PASI is not configured.
    /// `metrics` renders what is counted, for `/metrics`.
    pub fn new(
        store: Store,
        connector: Option<Connector>,
        site: Site,
        metrics: impl Fn() -> String + Send + Sync + 'static,
    ) -> Self {
        Self(Arc::new(Inner {
            store,
            connector,
            site,
            metrics: Box::new(metrics),
        }))
    }
    /// The records.
    pub fn store(&self) -> &Store {
        &self.0.store
    }
    /// The connection to the province; none where it is not configured.
    pub fn connector(&self) -> Option<&Connector> {
        self.0.connector.as_ref()
    }
    /// The site.
    pub fn site(&self) -> &Site {
        &self.0.site
    }
    /// The division.
    pub fn division(&self) -> DivisionId {
        self.0.site.division
    }
    /// Figures in Prometheus' text form.
    pub(crate) fn metrics(&self) -> String {
        (self.0.metrics)()
    }
    /// Tells the connector that something waits.
    pub(crate) fn kick(&self) {
        if let Some(connector) = self.connector() {
            connector.kick();
        }
    }
    /// Sends what was just saved of a student and gives PASI a moment to answer,
    /// so that the next page shows how it went.
    pub(crate) async fn settle(&self, student: StudentId) {
        self.settle_within(student, A_CHANGE).await;
    }
    /// [`Self::settle`] for a section.
    pub(crate) async fn settle_section(&self, section: SectionId) {
        let Some(connector) = self.connector() else {
            return;
        };
        if let Err(failure) = connector.settle_section(section, A_CHANGE).await {
            tracing::warn!("waiting for PASI: {}", failure.log_line());
        }
    }
    /// [`Self::settle`] after a registration.
    pub(crate) async fn settle_new(&self, student: StudentId) {
        self.settle_within(student, A_REGISTRATION).await;
    }
    /// The change is saved whatever comes of the wait: a failure of it is no failure of the save.
    async fn settle_within(&self, student: StudentId, patience: Duration) {
        let Some(connector) = self.connector() else {
            return;
        };
        if let Err(failure) = connector.settle_student(student, patience).await {
            tracing::warn!("waiting for PASI: {}", failure.log_line());
        }
    }
}
