//! What a person reads of a plan: how much is placed, by course and class, what is not and why, what meets at once.

use super::run::Loaded;
use courses::loader::{Unplaced, Why};
use maud::{Markup, html};
use ui::facts::figure;
use ui::table::{Column, Row, Table};
use ui::{Lang, card};

/// Requests without a seat, and classes, shown at most; the report has all.
const SHOWN: usize = 200;

/// A share of a thousand as a percentage with one digit behind the point, as the language writes it.
pub(super) fn percent(lang: Lang, per_mille: usize) -> String {
    let (whole, tenth) = ((per_mille / 10).to_string(), (per_mille % 10).to_string());
    lang.tx(
        "load-percent",
        &[("whole", whole.into()), ("tenth", tenth.into())],
    )
    .into_owned()
}

/// Everything there is to read.
pub(super) fn all(lang: Lang, loaded: &Loaded) -> Markup {
    html! {
        (figures(lang, loaded))
        @if !loaded.run.plan.refused.is_empty() { (refused(lang, loaded)) }
        (unplaced(lang, loaded))
        div class="grid" {
            div class="s6 stack" { (courses(lang, loaded)) (sections(lang, loaded)) }
            div class="s6 stack" { (met(lang, loaded)) }
        }
    }
}

fn figures(lang: Lang, loaded: &Loaded) -> Markup {
    let plan = &loaded.run.plan;
    let instead = plan.placed.iter().filter(|one| one.is_instead).count();
    // Rounded up: no plan takes no time.
    let tenths = plan.millis.div_ceil(100).max(1);
    let (whole, tenth) = ((tenths / 10).to_string(), (tenths % 10).to_string());
    let args = [("whole", whole.into()), ("tenth", tenth.into())];
    let seconds = lang.tx("load-seconds", &args).into_owned();
    let all = [
        (percent(lang, plan.per_mille()), "load-figure-rate"),
        (plan.placed.len().to_string(), "load-figure-placed"),
        (instead.to_string(), "load-figure-instead"),
        (plan.settled.to_string(), "load-figure-settled"),
        (plan.unplaced.len().to_string(), "load-figure-unplaced"),
        (seconds, "load-figure-seconds"),
    ];
    let body = html! { div class="row-x wrap cb" {
        @for (value, words) in &all { div class="grow" { (figure(value, &lang.t(words))) } }
    } };
    card::bare_card(&card::Head::new("figures", lang.t("load-figures")), &body)
}

/// Why a request has no seat, in words.
pub(super) fn why(lang: Lang, loaded: &Loaded, one: &Unplaced) -> String {
    match one.why {
        Why::NotOffered => lang.t("load-why-not-offered").into_owned(),
        Why::Full => lang.t("load-why-full").into_owned(),
        Why::Apart => lang.t("load-why-apart").into_owned(),
        Why::Away => lang.t("load-why-away").into_owned(),
        Why::Conflict(section) => {
            let number = loaded.number(section).to_owned();
            lang.tx("load-why-conflict", &[("section", number.into())])
                .into_owned()
        }
    }
}

fn student(loaded: &Loaded, id: kernel::StudentId) -> Markup {
    html! { @if let Some(card) = loaded.cards.get(&id) {
        a href={ "/students/" (id) "/requests" } { (card.list_name) }
    } }
}

fn unplaced(lang: Lang, loaded: &Loaded) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-student")),
        Column::new(lang.t("sections-course")),
        Column::new(lang.t("load-why")),
    ];
    let all = &loaded.run.plan.unplaced;
    let rows = all.iter().take(SHOWN).map(|one| {
        Row::new(vec![
            student(loaded, one.student),
            html! { (loaded.course(one.course)) },
            html! { (why(lang, loaded, one)) },
        ])
    });
    let table = Table::new(lang.t("load-unplaced"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::cleared(&lang.t("load-unplaced-none")))
        .draw(lang);
    let count = html! { span class="sub num" { (all.len()) } };
    let body = html! {
        (table)
        @if all.len() > SHOWN { p class="cb sub m-0" { (lang.tx("load-more", &[("n", (all.len() - SHOWN).into())])) } }
    };
    card::bare_card(
        &card::Head::new("unplaced", lang.t("load-unplaced")).beside(count),
        &body,
    )
}

/// Who could not be put in after all.
fn refused(lang: Lang, loaded: &Loaded) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-student")),
        Column::new(lang.t("sections-section")),
        Column::new(lang.t("load-rule")),
    ];
    let rows = loaded.run.plan.refused.iter().map(|(one, code)| {
        Row::new(vec![
            student(loaded, one.student),
            html! { (loaded.number(one.section)) },
            html! { span class="num" { (code) } },
        ])
    });
    let table = Table::new(lang.t("load-refused"), columns)
        .rows(rows.collect())
        .draw(lang);
    card::bare_card(&card::Head::new("refused", lang.t("load-refused")), &table)
}

fn courses(lang: Lang, loaded: &Loaded) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-course")),
        Column::figures(lang.t("requests-asked")),
        Column::figures(lang.t("load-had")),
        Column::figures(lang.t("load-rate")),
    ];
    let mut all = loaded.run.plan.courses.clone();
    all.sort_by_key(|one| (one.had * 1_000 / one.asked.max(1), loaded.course(one.course)));
    let rows = all.iter().map(|one| {
        Row::new(vec![
            html! { (loaded.course(one.course)) },
            html! { (one.asked) },
            html! { (one.had) },
            html! { (percent(lang, one.had * 1_000 / one.asked.max(1))) },
        ])
    });
    let table = Table::new(lang.t("load-by-course"), columns)
        .rows(rows.collect())
        .draw(lang);
    card::bare_card(&card::Head::new("by-course", lang.t("load-by-course")), &table)
}

fn met(lang: Lang, loaded: &Loaded) -> Markup {
    let columns = vec![
        Column::new(lang.t("load-pair")),
        Column::figures(lang.t("load-ask-both")),
        Column::figures(lang.t("load-at-once")),
    ];
    let rows = loaded.run.plan.met.iter().map(|one| {
        Row::new(vec![
            html! { (loaded.course(one.one)) br; (loaded.course(one.other)) },
            html! { (one.students) },
            html! { span class="nw" { (one.at_once) " / " (one.pairs) } },
        ])
    });
    let table = Table::new(lang.t("load-met"), columns)
        .rows(rows.collect())
        .empty(ui::waiting::cleared(&lang.t("load-met-none")))
        .draw(lang);
    let body = html! { p class="cb sub m-0" { (lang.t("load-met-text")) } (table) };
    card::bare_card(&card::Head::new("met", lang.t("load-met")), &body)
}

fn sections(lang: Lang, loaded: &Loaded) -> Markup {
    let columns = vec![
        Column::new(lang.t("sections-section")),
        Column::figures(lang.t("load-before")),
        Column::figures(lang.t("load-after")),
        Column::figures(lang.t("sections-capacity")).hide_on_phone(),
    ];
    let mut all = loaded.run.plan.sections.clone();
    all.sort_by(|one, other| loaded.number(one.section).cmp(loaded.number(other.section)));
    let rows = all.iter().take(SHOWN).map(|one| {
        let most = loaded
            .sections
            .get(&one.section)
            .and_then(|section| section.capacity);
        Row::new(vec![
            html! { (loaded.number(one.section)) },
            html! { (one.before) },
            html! { (one.after) },
            html! { @if let Some(most) = most { (most) } },
        ])
        .link(0, crate::sections::path(one.section))
    });
    let table = Table::new(lang.t("load-by-class"), columns)
        .rows(rows.collect())
        .draw(lang);
    card::bare_card(&card::Head::new("by-class", lang.t("load-by-class")), &table)
}
