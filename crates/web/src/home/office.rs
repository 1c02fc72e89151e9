//! What the director's and the coordinator's offices look after: accounts
//! nobody has set up, background jobs that gave up, the certificate's last day.

use access::action::{ManageAccounts, ViewSystem};
use access::{AccountFigures, Permit};
use db::Reader;
use kernel::{Instant, Outcome};
use maud::{Markup, html};
use ui::{Icon, Lang, State as PillState, card, icon, pill};

/// What is looked after; a part is absent where the role may not know it.
pub(super) struct Office {
    accounts: Option<AccountFigures>,
    system: Option<System>,
}

struct System {
    link: pasi::Link,
    dead_jobs: i64,
}

/// Reads it.
pub(super) fn read(
    at: &mut Reader,
    accounts: Option<&Permit<ManageAccounts>>,
    system: Option<&Permit<ViewSystem>>,
) -> Outcome<Office> {
    let accounts = accounts
        .map(|permit| access::account_figures(at, permit))
        .transpose()?;
    let system = match system {
        None => None,
        Some(permit) => Some(System {
            link: pasi::link(at)?,
            dead_jobs: jobs::overview(at, permit)?.dead,
        }),
    };
    Ok(Office { accounts, system })
}

impl Office {
    /// The certificate ends soon.
    pub(super) fn warning(&self, lang: Lang, now: Instant) -> Markup {
        match &self.system {
            Some(system) => crate::pasi::connection::warning(lang, &system.link, now),
            None => Markup::default(),
        }
    }

    /// Accounts and jobs; none for who looks after neither.
    pub(super) fn card(&self, lang: Lang) -> Option<Markup> {
        let mut lines = Vec::new();
        if let Some(accounts) = self.accounts {
            let open = lang.tx("today-accounts-open", &[("n", accounts.open.into())]);
            lines.push(line(lang, PillState::Ok, &open, "/division/accounts"));
            if accounts.without_factor > 0 {
                let bare = lang.tx("today-accounts-bare", &[("n", accounts.without_factor.into())]);
                lines.push(line(lang, PillState::Advice, &bare, "/division/accounts"));
            }
        }
        if let Some(system) = &self.system {
            let (state, words) = match system.dead_jobs {
                0 => (PillState::Ok, lang.t("today-jobs-fine")),
                dead => (
                    PillState::Rejected,
                    lang.tx("today-jobs-dead", &[("n", dead.into())]),
                ),
            };
            lines.push(line(lang, state, &words, "/division/jobs"));
        }
        if lines.is_empty() {
            return None;
        }
        let head = card::Head::new("today-office", lang.t("today-office"));
        Some(card::bare_card(
            &head,
            &html! { ul class="list" { @for line in &lines { (line) } } },
        ))
    }
}

fn line(lang: Lang, state: PillState, words: &str, href: &str) -> Markup {
    html! {
        li class="row-x" {
            (pill::pill(state, words))
            a class="end plain sm" href=(href) { (lang.t("today-open")) " " (icon(Icon::ChevronRight)) }
        }
    }
}
