//! The work queue: what PASI refused, what differs, what must be fixed or
//! confirmed; one item open beside the rows.

use super::drawer::{self, Open};
use crate::App;
use crate::answer::{Answer, OrStop, PageResult, encoded};
use crate::context::{self, may};
use crate::who::Who;
use access::action::{DecidePasi, Export, ViewPasi, ViewStudents, ViewSystem};
use access::{Permit, Standing};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use kernel::text::fold;
use kernel::{AccountId, Failure, Instant, Outcome, SchoolId};
use maud::{Markup, html};
use pasi::{Acknowledgement, ItemState, QueueCounts, QueueFilter, QueueRow};
use people::{ListQuery, PlaceState};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::Choice;
use ui::head::PageHead;
use ui::list::{FilterSelect, Filters};
use ui::notice::{Tone, banner};
use ui::queue::Item;
use ui::tabs::Tab;
use ui::{Action, Icon, Lang, State as PillState};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    tab: String,
    school: String,
    q: String,
    /// `1`: only what was given to the person who asks.
    mine: String,
    /// The open row: an item's id, or a student's.
    pub(super) open: String,
    /// The form that is open in the drawer: `assign` or `note`.
    pub(super) act: String,
    /// What was just done, to be said once.
    said: String,
}

/// Rows on the page at most; the rest comes up as these are worked off.
const ROWS: i64 = 200;

/// The tabs in their order: name in the address, and what they show.
const TABS: [(&str, QueueFilter); 8] = [
    ("to-do", QueueFilter::ToDo),
    ("rejected", QueueFilter::Rejected),
    ("conflicts", QueueFilter::Conflicts),
    ("warnings", QueueFilter::Warnings),
    ("advice", QueueFilter::Advice),
    ("approval", QueueFilter::Approval),
    ("waiting", QueueFilter::Waiting),
    ("done", QueueFilter::DoneToday),
];

impl Asked {
    pub(super) fn filter(&self) -> QueueFilter {
        TABS.iter()
            .find(|(name, _)| *name == self.tab)
            .map_or(QueueFilter::ToDo, |(_, filter)| *filter)
    }

    /// The same queue with another row open; empty for none.
    pub(super) fn opening(&self, open: &str) -> Self {
        Self {
            open: open.to_owned(),
            act: String::new(),
            said: String::new(),
            ..self.clone()
        }
    }

    /// The same row with a form open.
    pub(super) fn acting(&self, act: &str) -> Self {
        Self {
            act: act.to_owned(),
            ..self.clone()
        }
    }

    /// The same queue, which says what was done.
    pub(super) fn saying(&self, said: &str) -> Self {
        Self {
            said: said.to_owned(),
            ..self.opening("")
        }
    }

    /// Which rows of the queue that are; `me` asks, at the school `chosen`.
    pub(super) fn narrowed(&self, me: AccountId, chosen: Option<SchoolId>, limit: i64) -> pasi::Asked {
        pasi::Asked {
            filter: self.filter(),
            school: self.school.parse().ok().or(chosen),
            of: (self.mine == "1").then_some(me),
            limit,
        }
    }

    /// The tab's name, as it is known.
    pub(super) fn tab(&self) -> &'static str {
        TABS.iter()
            .find(|(name, _)| *name == self.tab)
            .map_or(TABS[0].0, |(name, _)| name)
    }

    /// What is asked for, as the query of an address, with its question mark.
    pub(super) fn query(&self) -> String {
        let pairs = [
            ("tab", &self.tab),
            ("school", &self.school),
            ("q", &self.q),
            ("mine", &self.mine),
            ("open", &self.open),
            ("act", &self.act),
            ("said", &self.said),
        ];
        let filled: Vec<String> = pairs
            .iter()
            .filter(|(_, value)| !value.is_empty())
            .map(|(name, value)| format!("{name}={}", encoded(value)))
            .collect();
        if filled.is_empty() {
            String::new()
        } else {
            format!("?{}", filled.join("&"))
        }
    }

    /// The address.
    pub(super) fn path(&self) -> String {
        format!("/pasi{}", self.query())
    }
}

/// What the page shows, read with one connection.
struct Shown {
    counts: QueueCounts,
    rows: Vec<QueueRow>,
    open: Option<Open>,
    directory: Directory,
    link: pasi::Link,
    in_sync: i64,
    students: i64,
}

/// The page. A role that may not see students goes on to the connection.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    if !may::<ViewStudents>(who.standing()) && may::<ViewSystem>(who.standing()) {
        return Ok(Answer::see("/pasi/connection"));
    }
    show(&app, &who, &asked, None).await
}

/// The page with what stood in the way of a decision.
pub(super) async fn show(app: &App, who: &Who, asked: &Asked, trouble: Option<&str>) -> PageResult {
    let (standing, wanted, me) = (who.standing().clone(), asked.clone(), who.holder().account);
    let (since, chosen) = (who.signed_in.since, who.school());
    let read = app.store().read(who.division(), move |at| {
        read(at, &standing, since, &wanted, (me, chosen))
    });
    let shown = read.await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Pasi).await?;
    let lang = ctx.lang;
    let now = app.store().now();
    let next = next_after(&shown, asked);
    let drawn = match &shown.open {
        Some(open) => drawer::draw(who, (asked, &asked.opening(&next)), open, &shown.directory, now),
        None => ui::queue::drawer_empty(lang),
    };
    let body = html! {
        (head(&ctx, who, asked, &shown))
        (certificate(lang, who, &shown, now))
        div class="mb" { (ui::tabs::tabs(lang, &lang.t("pasi-page-title"), &tabs(lang, asked, &shown.counts))) }
        @if let Some(trouble) = trouble {
            div class="mb" role="alert" { (ui::notice::banner(ui::notice::Tone::Conflict, trouble, "", &[])) }
        }
        (said(lang, asked))
        (ui::queue::layout(&rows(lang, who, asked, &shown, now), &drawn))
    };
    let page = ui::shell::page(&ctx, lang.t("pasi-page-title"), body);
    let status = if trouble.is_some() {
        StatusCode::CONFLICT
    } else {
        StatusCode::OK
    };
    Ok(Answer::Page(status, page))
}

fn read(
    at: &mut db::Reader,
    standing: &Standing,
    since: Instant,
    asked: &Asked,
    (me, chosen): (AccountId, Option<SchoolId>),
) -> Outcome<Shown> {
    let permit = Permit::<ViewPasi>::wide(standing)?;
    let students = Permit::<ViewStudents>::wide(standing)?;
    let directory = schools::directory(at)?;
    let school = asked.school.parse().ok().or(chosen);
    let mut rows = pasi::queue(at, &permit, asked.narrowed(me, chosen, ROWS))?;
    keep_fitting(&mut rows, &directory, asked);
    let of_rows = rows.iter().find(|row| key(row) == asked.open).cloned();
    let open = match of_rows {
        Some(row) => Some(drawer::read(at, standing, since, row)?),
        None => match drawer::elsewhere(at, standing, since, &asked.open) {
            Ok(found) => found,
            Err(Failure::NotFound) => None,
            Err(failure) => return Err(failure),
        },
    };
    let enrolled = ListQuery {
        school,
        state: Some(PlaceState::Enrolled),
        limit: 1,
        ..ListQuery::default()
    };
    let in_sync = ListQuery {
        sync: Some(pasi::SyncState::InSync.as_str().to_owned()),
        ..enrolled.clone()
    };
    Ok(Shown {
        counts: pasi::counts(at, &permit)?,
        in_sync: people::list(at, &students, &in_sync)?.total,
        students: people::list(at, &students, &enrolled)?.total,
        link: pasi::link(at)?,
        rows,
        open,
        directory,
    })
}

/// Keeps the rows that hold what was typed.
pub(super) fn keep_fitting(rows: &mut Vec<QueueRow>, directory: &Directory, asked: &Asked) {
    let typed = fold(&asked.q);
    rows.retain(|row| typed.is_empty() || fits(row, directory, &typed));
}

/// What names a row in the address.
fn key(row: &QueueRow) -> String {
    row.item
        .as_ref()
        .map_or_else(|| row.student.to_string(), |item| item.id.to_string())
}

/// Does the row hold what was typed: in the name, the school, the rule?
fn fits(row: &QueueRow, directory: &Directory, typed: &str) -> bool {
    let school = row
        .school
        .map(|school| directory.name(school))
        .unwrap_or_default();
    fold(&row.name).contains(typed) || fold(school).contains(typed) || rule(row).starts_with(typed)
}

pub(super) fn rule(row: &QueueRow) -> String {
    let answer = row.item.as_ref().map(pasi::Item::answer).unwrap_or_default();
    answer
        .rules
        .first()
        .map(|rule| rule.code.to_string())
        .unwrap_or_default()
}

/// The row after the open one, to go on with when the open one is done.
fn next_after(shown: &Shown, asked: &Asked) -> String {
    let at = shown.rows.iter().position(|row| key(row) == asked.open);
    at.and_then(|at| shown.rows.get(at + 1))
        .map(key)
        .unwrap_or_default()
}

/// What was just done, in a sentence; nothing for what was never done.
fn said(lang: Lang, asked: &Asked) -> Markup {
    let mut parts = asked.said.split('.');
    let words = match parts.next().unwrap_or_default() {
        "checked" => "pasi-said-checked",
        "checking" => "pasi-said-checking",
        "away" => "pasi-said-away",
        "off" => "pasi-said-off",
        "sent" => "pasi-said-sent",
        _ => return html! {},
    };
    let mut number = || {
        let part = parts.next().and_then(|part| part.parse::<i64>().ok());
        part.unwrap_or(0).clamp(0, 1_000_000)
    };
    let (one, other) = (number(), number());
    let text = lang.tx(words, &[("n", one.into()), ("m", other.into())]);
    let tone = match words {
        "pasi-said-away" | "pasi-said-off" => Tone::Warn,
        _ => Tone::Info,
    };
    html! { div class="mb" role="status" { (banner(tone, &text, "", &[])) } }
}

/// A certificate that runs out soon is seen where the work is, by those who can renew it.
fn certificate(lang: Lang, who: &Who, shown: &Shown, now: Instant) -> Markup {
    if !may::<ViewSystem>(who.standing()) {
        return html! {};
    }
    let warning = super::connection::warning(lang, &shown.link, now);
    html! { @if !warning.0.is_empty() { div class="mb" { (warning) } } }
}

fn head(ctx: &Ctx, who: &Who, asked: &Asked, shown: &Shown) -> Markup {
    let lang = ctx.lang;
    let mut facts = vec![
        lang.tx(
            "pasi-page-in-sync",
            &[("n", shown.in_sync.into()), ("total", shown.students.into())],
        )
        .into_owned(),
    ];
    if let Some(foot) = &ctx.pasi {
        let last = foot.last_exchange.as_deref();
        facts.extend(last.map(|time| lang.tx("pasi-page-last", &[("time", time.into())]).into_owned()));
        facts.push(
            lang.tx("pasi-page-waiting", &[("n", foot.waiting.into())])
                .into_owned(),
        );
    }
    let mut head = PageHead::new(lang.t("pasi-page-title")).facts(facts.join(" · "));
    if may::<ViewSystem>(who.standing()) {
        head = head.action(
            Action::link(lang.t("pasi-page-connection"), "/pasi/connection")
                .icon(Icon::Certificate)
                .quiet(),
        );
    }
    let may_check = may::<DecidePasi>(who.standing());
    if may_check {
        head = head.action(
            Action::submit(lang.t("pasi-page-check"))
                .icon(Icon::Refresh)
                .with("form", "check-now"),
        );
    }
    if may::<Export>(who.standing()) {
        let href = format!("/pasi/export{}", asked.opening("").query());
        head = head.action(Action::link(lang.t("pasi-page-export"), href).icon(Icon::Download));
    }
    html! {
        (head.draw())
        @if may_check {
            form id="check-now" method="post" action={ "/pasi/check" (asked.opening("").query()) } data-guard {
                (ui::action::csrf_field(&ctx.csrf))
            }
        }
    }
}

fn tabs(lang: Lang, asked: &Asked, counts: &QueueCounts) -> Vec<Tab> {
    let count = |filter| match filter {
        QueueFilter::ToDo => counts.to_do(),
        QueueFilter::Rejected => counts.rejected,
        QueueFilter::Conflicts => counts.conflicts,
        QueueFilter::Warnings => counts.warnings,
        QueueFilter::Advice => counts.advice,
        QueueFilter::Approval => counts.approval,
        QueueFilter::Waiting => counts.waiting,
        QueueFilter::DoneToday => counts.done_today,
    };
    let tab = |(name, filter): &(&str, QueueFilter)| {
        let tab = if *name == "to-do" {
            String::new()
        } else {
            (*name).to_owned()
        };
        let href = Asked {
            tab,
            ..asked.opening("")
        }
        .path();
        Tab::new(lang.t(&format!("pasi-page-tab-{name}")), href)
            .count(u32::try_from(count(*filter)).unwrap_or(u32::MAX))
            .current(*filter == asked.filter())
    };
    TABS.iter().map(tab).collect()
}

fn rows(lang: Lang, who: &Who, asked: &Asked, shown: &Shown, now: Instant) -> Markup {
    let items: Vec<Item> = shown
        .rows
        .iter()
        .map(|row| item(lang, asked, row, &shown.directory, now))
        .collect();
    let words =
        ["state", "finding", "rule", "school", "age"].map(|name| lang.t(&format!("pasi-page-column-{name}")));
    let headings = words.each_ref().map(AsRef::as_ref);
    let cleared = if asked.q.is_empty() {
        "pasi-page-cleared"
    } else {
        "pasi-page-no-match"
    };
    let table = ui::queue::items(lang, &lang.t("queue-items"), headings, &items, &lang.t(cleared));
    let is_cut = i64::try_from(shown.rows.len()).is_ok_and(|count| count >= ROWS);
    let foot = html! {
        (super::bulk::draw(who, asked, &shown.rows))
        div class="ch b-top sm dim no-print" {
            span class="grow" { (lang.tx("pasi-page-shown", &[("n", shown.rows.len().into())])) }
            span class="row-x hide-ph" {
                span { kbd { "J" } " " kbd { "K" } " " (lang.t("pasi-keys-move")) }
                span { kbd { "Enter" } " " (lang.t("pasi-keys-open")) }
                span { kbd { "1" } "–" kbd { "3" } " " (lang.t("pasi-keys-act")) }
            }
        }
        @if is_cut { p class="cb sm sub m-0 b-top" { (lang.tx("pasi-page-first", &[("n", ROWS.into())])) } }
    };
    ui::list::list_card(
        &lang.t("queue-items"),
        "queue-rows",
        &filters(lang, who, asked, &shown.directory),
        &table,
        &foot,
    )
}

fn filters(lang: Lang, who: &Who, asked: &Asked, directory: &Directory) -> Markup {
    let own = &who.standing().schools;
    let reachable = directory
        .all()
        .iter()
        .filter(|school| own.is_empty() || own.contains(&school.id));
    let schools: Vec<Choice> = reachable
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let mut selects = Vec::new();
    if schools.len() > 1 && who.school().is_none() {
        let label = lang.t("pasi-page-all-schools").into_owned();
        selects.push(FilterSelect {
            name: "school".to_owned(),
            label,
            choices: schools,
            value: asked.school.clone(),
        });
    }
    let is_filtered = !asked.q.is_empty() || !asked.school.is_empty() || asked.mine == "1";
    let bare = Asked {
        tab: asked.tab.clone(),
        ..Asked::default()
    };
    let filters = Filters {
        action: "/pasi".to_owned(),
        text_label: lang.t("pasi-page-filter").into_owned(),
        text: asked.q.clone(),
        selects,
        hidden: [("tab", &asked.tab), ("mine", &asked.mine)]
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .filter(|(_, value)| !value.is_empty())
            .collect(),
        clear: is_filtered.then(|| bare.path()),
        results_id: "queue-rows".to_owned(),
    };
    let is_mine = asked.mine == "1";
    let other = Asked {
        mine: if is_mine { String::new() } else { "1".to_owned() },
        ..asked.opening("")
    };
    let mut mine = Action::link(lang.t("pasi-page-mine"), other.path())
        .icon(Icon::User)
        .small();
    if is_mine {
        mine = mine.primary().with("aria-current", "true");
    }
    ui::list::filters(
        lang,
        &filters,
        &html! { (mine) span class="sm dim nw hide-ph" { (lang.t("pasi-page-order")) } },
    )
}

fn item(lang: Lang, asked: &Asked, row: &QueueRow, directory: &Directory, now: Instant) -> Item {
    let school = row
        .school
        .map(|school| directory.name(school))
        .unwrap_or_default();
    let key = key(row);
    Item {
        state: state(row.item.as_ref()),
        name: row.name.clone(),
        finding: line(lang, row),
        care: care(lang, row),
        rule: rule(row),
        school: school.strip_suffix(" School").unwrap_or(school).to_owned(),
        age: age(lang, row.since, now),
        href: asked.opening(&key).path(),
        open: key == asked.open,
    }
}

/// Who has the row, and that someone told PASI to be on it.
fn care(lang: Lang, row: &QueueRow) -> String {
    let answer = row.item.as_ref().map(pasi::Item::answer).unwrap_or_default();
    let mut parts = Vec::new();
    if answer.acknowledgement() == Acknowledgement::InProgress {
        parts.push(lang.t("pasi-ack-in-progress").into_owned());
    }
    parts.extend(row.assigned.as_ref().map(|assigned| assigned.name.clone()));
    parts.join(" · ")
}

/// Where a row stands, as a state of the design.
pub(super) fn state(item: Option<&pasi::Item>) -> PillState {
    let Some(item) = item else {
        return PillState::Conflict;
    };
    match item.state {
        ItemState::Rejected => PillState::Rejected,
        ItemState::Conflict => PillState::Conflict,
        ItemState::Alert if item.operation == "Warning" => PillState::Warning,
        ItemState::Alert => PillState::Advice,
        ItemState::Approval | ItemState::Waiting | ItemState::Sending => PillState::Pending,
        ItemState::Done => PillState::Ok,
        ItemState::Dropped => PillState::Neutral,
    }
}

/// The finding in one line: PASI's own words where it said something.
pub(super) fn line(lang: Lang, row: &QueueRow) -> String {
    let Some(item) = &row.item else {
        return lang
            .tx("pasi-page-line-differs", &[("n", row.fields.into())])
            .into_owned();
    };
    if let Some(rule) = item.answer().rules.first() {
        return rule.message.clone();
    }
    let record = lang.t(&format!("record-{}", item.record_kind));
    lang.tx(
        &format!("pasi-page-line-{}", item.state.as_str()),
        &[("record", record.into())],
    )
    .into_owned()
}

/// How long a row waits.
fn age(lang: Lang, since: Instant, now: Instant) -> String {
    let seconds = since.seconds_until(now).max(0);
    let (words, count) = match seconds {
        0..3_600 => ("pasi-page-age-minutes", seconds / 60),
        3_600..86_400 => ("pasi-page-age-hours", seconds / 3_600),
        _ => ("pasi-page-age-days", seconds / 86_400),
    };
    lang.tx(words, &[("n", count.into())]).into_owned()
}

#[cfg(test)]
mod tests {
    use super::{Asked, age};
    use kernel::Instant;
    use pasi::QueueFilter;
    use ui::Lang;

    #[test]
    fn an_address_keeps_what_was_asked() {
        let asked = Asked {
            tab: "rejected".into(),
            q: "é 3004".into(),
            ..Asked::default()
        };
        assert_eq!(
            asked.opening("x").path(),
            "/pasi?tab=rejected&q=%C3%A9%203004&open=x"
        );
        assert_eq!(Asked::default().path(), "/pasi");
    }

    #[test]
    fn an_unknown_tab_shows_what_is_to_do() {
        for (tab, shown) in [
            ("", QueueFilter::ToDo),
            ("advice", QueueFilter::Advice),
            ("x", QueueFilter::ToDo),
        ] {
            assert_eq!(
                Asked {
                    tab: tab.into(),
                    ..Asked::default()
                }
                .filter(),
                shown,
                "{tab}"
            );
        }
    }

    #[test]
    fn a_wait_is_told_in_its_largest_unit() {
        for (seconds, told) in [
            (-5, "0 min"),
            (59 * 60, "59 min"),
            (3_600, "1 h"),
            (47 * 3_600, "1 d"),
            (3 * 86_400, "3 d"),
        ] {
            let now = Instant::from_micros(1_000_000_000_000_000);
            assert_eq!(
                age(Lang::EnCa, now.plus_seconds(-seconds), now).replace('\u{a0}', " "),
                told,
                "{seconds}"
            );
        }
    }
}
