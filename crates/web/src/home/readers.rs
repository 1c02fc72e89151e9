//! Unusual reading of sensitive records, for whoever answers for privacy.

use access::action::ReadAudit;
use access::watch::{self, BulkReader};
use access::{Permit, Standing};
use db::Reader;
use kernel::{Outcome, Role};
use maud::{Markup, html};
use ui::{Action, Icon, Lang, State as PillState, card};

/// Who read more than is usual, and how much is.
pub(super) struct Readers {
    readers: Vec<BulkReader>,
    most: u32,
}

/// Reads it for a privacy officer; a director reads the audit too, and is one click away.
pub(super) fn read(at: &mut Reader, standing: &Standing) -> Outcome<Option<Readers>> {
    match Permit::<ReadAudit>::wide(standing) {
        Ok(permit) if standing.role == Role::PrivacyOfficer => Ok(Some(Readers {
            readers: watch::bulk_readers(at, &permit)?,
            most: watch::threshold(at, &permit)?,
        })),
        _ => Ok(None),
    }
}

impl Readers {
    /// Each of them with the lines of the audit that show it.
    pub(super) fn card(&self, lang: Lang) -> Markup {
        let Self { readers, most } = self;
        let body = html! {
            @if readers.is_empty() { (ui::waiting::cleared(&lang.t("today-reading-clear"))) }
            @else {
                ul class="list" {
                    @for reader in readers {
                        li class="row-x wrap" {
                            (ui::pill::pill(PillState::Warning, &lang.tx("today-reading-many", &[("n", reader.students.into())])))
                            span class="grow" { (reader.name) }
                            a class="end plain sm" href={ "/division/audit?action=student.read&person=" (reader.account) } {
                                (lang.t("today-open")) span class="visually-hidden" { " " (reader.name) } " " (ui::icon(Icon::ChevronRight))
                            }
                        }
                    }
                }
            }
            p class="cb sm sub m-0 b-top" { (lang.tx("today-reading-usual", &[("n", (*most).into())])) }
        };
        let set = Action::link(lang.t("today-reading-set"), "/division/audit#watch").small();
        let head = card::Head::new("today-reading", lang.t("today-reading")).end(html! { (set) });
        card::bare_card(&head, &body)
    }
}
