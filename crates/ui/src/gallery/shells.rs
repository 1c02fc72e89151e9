//! The shell around every page.

use maud::Markup;

use super::sample::{LONG_NAME, ctx, option, say};
use crate::ctx::{Ctx, Job, OtherYear, PasiState, Person, Switch};
use crate::head::PageHead;
use crate::{Lang, shell};

pub(super) fn sample(lang: Lang) -> Markup {
    let mut ctx = ctx(lang);
    ctx.job = Some(Job::Today);
    let head = PageHead::new(lang.day_heading(ctx.today));
    shell::page(&ctx, lang.t("nav-today"), head.draw())
}

/// What the least of roles sees: one school, one year, one job, no province.
pub(super) fn empty(lang: Lang) -> Markup {
    let mut ctx: Ctx = ctx(lang);
    ctx.nav.truncate(1);
    ctx.job = Some(Job::Today);
    ctx.pasi = None;
    ctx.school = Switch {
        label: "Sandhill Colony School".into(),
        ..Switch::default()
    };
    ctx.year = Switch {
        label: "2026/27".into(),
        ..Switch::default()
    };
    ctx.person = Person {
        name: "Ngozi".into(),
        role: Switch {
            label: say(lang, "Substitute teacher", "Enseignante suppléante").into(),
            ..Switch::default()
        },
        acting_for: None,
    };
    shell::page(
        &ctx,
        lang.t("nav-today"),
        PageHead::new(lang.day_heading(ctx.today)).draw(),
    )
}

/// Another year, another person, the province away: every note the shell can carry.
pub(super) fn longest(lang: Lang) -> Markup {
    let mut ctx = ctx(lang);
    ctx.demo = true;
    ctx.year.current = "2025".into();
    ctx.year.label = "2025/26".into();
    ctx.other_year = Some(OtherYear {
        shown: "2025/26".into(),
        current: option("2026", "2026/27"),
        read_only: true,
    });
    ctx.person.name = LONG_NAME.into();
    ctx.person.acting_for = Some(LONG_NAME.into());
    ctx.school.label = "École Notre-Dame-des-Sept-Douleurs de la Vallée de la Paix".into();
    if let Some(pasi) = &mut ctx.pasi {
        pasi.state = PasiState::Away;
        pasi.waiting = 1_204;
    }
    let head = PageHead::new(lang.day_heading(ctx.today)).facts(say(
        lang,
        "Day 4 of 6 · 446 students enrolled",
        "Jour 4 de 6 · 446 élèves inscrits",
    ));
    shell::page(&ctx, lang.t("nav-today"), head.draw())
}
