//! What PASI asks of this person.

use maud::{Markup, html};
use pasi::QueueCounts;
use ui::ctx::{Ctx, PasiState};
use ui::{Icon, Lang, State as PillState, card};

/// The card: each kind of work with its number, and the way to it.
pub(super) fn card(lang: Lang, counts: &QueueCounts, ctx: &Ctx) -> Markup {
    let rows = [
        (
            PillState::Rejected,
            "today-pasi-rejected",
            counts.rejected,
            "rejected",
        ),
        (
            PillState::Conflict,
            "today-pasi-conflicts",
            counts.conflicts,
            "conflicts",
        ),
        (
            PillState::Warning,
            "today-pasi-warnings",
            counts.warnings,
            "warnings",
        ),
        (PillState::Advice, "today-pasi-advice", counts.advice, "advice"),
        (
            PillState::Pending,
            "today-pasi-approval",
            counts.approval,
            "approval",
        ),
    ];
    let open: Vec<_> = rows.into_iter().filter(|(_, _, count, _)| *count > 0).collect();
    let state = match ctx.pasi.as_ref().map(|foot| foot.state) {
        Some(PasiState::Connected) => ui::pill::pill(PillState::Ok, &lang.t("pasi-connected")),
        Some(PasiState::Away) => ui::pill::pill(PillState::Offline, &lang.t("pasi-away")),
        _ => html! {},
    };
    let body = html! {
        @if open.is_empty() { (ui::waiting::cleared(&lang.t("today-pasi-clear"))) }
        @else {
            ul class="list" {
                @for (state, words, count, tab) in open {
                    li class="row-x" {
                        (ui::pill::pill(state, &lang.tx(words, &[("n", count.into())])))
                        a class="end plain sm" href={ "/pasi?tab=" (tab) } { (lang.t("today-open")) " " (ui::icon(Icon::ChevronRight)) }
                    }
                }
            }
        }
        @if counts.waiting > 0 { p class="cb sm sub m-0 b-top" { (lang.tx("today-pasi-waiting", &[("n", counts.waiting.into())])) } }
    };
    card::bare_card(
        &card::Head::new("today-pasi", lang.t("today-pasi")).end(state),
        &body,
    )
}
