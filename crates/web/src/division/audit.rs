//! The audit of the division: filtered, the newest first, paged by number; and
//! whether its chain is whole.

use super::words::wanted;
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::context::{self, may};
use crate::posted::Posted;
use crate::who::Who;
use crate::{App, findings, listing, lookup};
use access::Permit;
use access::action::{ReadAudit, ViewHistory};
use access::trail::{self, TrailFilter};
use access::watch;
use axum::extract::{Query, State};
use db::{AuditRow, ChainReport, Reading};
use exchange::export::{self, OfficeList};
use kernel::{Failure, Findings, Instant};
use maud::{Markup, html};
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{self, Field, Finding as Shown, Form, Width};
use ui::head::{Crumb, PageHead};
use ui::list::Pager;
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::{Action, Icon, Lang, card};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    action: String,
    from: String,
    until: String,
    /// An account's id.
    person: String,
    kind: String,
    id: String,
    before: String,
    /// Walk the whole chain.
    verify: String,
    /// Of a file: its kind.
    format: String,
}

/// Rows on a page.
const ROWS: u16 = 50;

/// Actions to filter by: an action, or a group when it ends with a point.
const ACTIONS: [&str; 17] = [
    "sign-in",
    "sign-in.",
    "session.",
    "refused",
    "student.read",
    "student.",
    "person.",
    "enrolment.",
    "pasi.",
    "account.",
    "role.",
    "tie.",
    "school.",
    "section.",
    "calendar.",
    "authority.",
    "setting.",
];

/// Kinds of record that tell nothing of a student: their details are shown to every reader of the audit.
const WITHOUT_STUDENTS: [&str; 9] = [
    "account",
    "authority",
    "calendar",
    "division",
    "office-list",
    "page",
    "record_kind",
    "school",
    "setting",
];

impl Asked {
    fn filter(&self) -> TrailFilter {
        let some = |text: &str| Some(text.to_owned()).filter(|text| !text.is_empty());
        TrailFilter {
            person: self.person.parse().ok(),
            subject_kind: some(&self.kind),
            subject_id: some(&self.id),
            action: some(&self.action),
            from: self.from.parse().ok(),
            until: self.until.parse().ok(),
        }
    }

    /// What the rows are narrowed by.
    fn narrowed(&self) -> [(&'static str, &str); 6] {
        [
            ("action", &self.action),
            ("from", &self.from),
            ("until", &self.until),
            ("person", &self.person),
            ("kind", &self.kind),
            ("id", &self.id),
        ]
    }

    fn path(&self) -> String {
        let paged = [("before", self.before.as_str()), ("verify", &self.verify)];
        let pairs = self.narrowed().into_iter().chain(paged);
        format!("/division/audit{}", query(pairs))
    }

    fn file(&self, format: &str) -> String {
        let pairs = self.narrowed().into_iter().chain([("format", format)]);
        format!("/division/audit/export{}", query(pairs))
    }

    fn paged(&self, before: &str) -> Self {
        Self {
            before: before.to_owned(),
            verify: String::new(),
            ..self.clone()
        }
    }

    fn is_filtered(&self) -> bool {
        self.filter() != TrailFilter::default()
    }
}

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    Ok(show(&app, &who, &asked, Refused::default()).await?.into())
}

/// What was refused: a number for the watch as it was typed, with its findings; or a file.
#[derive(Default)]
struct Refused<'r> {
    watch: Option<(&'r str, &'r [Shown])>,
    file: &'r [Shown],
}

/// Headings of the file.
const HEADINGS: [&str; 9] = [
    "division-audit-number",
    "division-audit-when",
    "division-audit-who",
    "division-audit-role",
    "division-audit-what",
    "division-audit-about",
    "division-audit-id",
    "division-audit-detail",
    "division-audit-address",
];

/// The rows within the filter as a file. That somebody took it is a row of its own.
pub(crate) async fn export(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let permit = Permit::<ReadAudit>::wide(who.standing()).or_stop(&app, &who)?;
    let (lang, format) = (who.lang(), listing::format(&asked.format));
    let narrowed = asked.narrowed().into_iter();
    let narrowed = narrowed.filter(|(_, value)| !value.is_empty());
    let list = OfficeList {
        filter: asked.filter(),
        asked: narrowed
            .map(|(name, value)| (name.to_owned(), serde_json::Value::from(value)))
            .collect(),
        headings: HEADINGS.map(|words| lang.t(words).into_owned()).to_vec(),
        format,
    };
    let sees_students = may::<ViewHistory>(who.standing());
    let cells = move |row: &AuditRow| cells(lang, row, sees_students);
    let made = app.store().write(who.actor(), move |tx| {
        export::audit(tx, &permit, (&list, export::MOST_OF_AUDIT), cells)
    });
    match made.await {
        Ok(file) => {
            let today = app.store().now().date();
            Ok(Answer::list(&format!("audit-{today}"), format, file))
        }
        Err(failure) => {
            let file = &findings::of_failure(lang, failure).or_stop(&app, &who)?;
            let refused = Refused {
                file,
                ..Refused::default()
            };
            Ok(Answer::again(show(&app, &who, &asked, refused).await?))
        }
    }
}

/// A row of the file: all that the page shows, the moment to the second, the id whole.
fn cells(lang: Lang, row: &AuditRow, sees_students: bool) -> Vec<String> {
    vec![
        row.seq.to_string(),
        row.at.local().strftime("%Y-%m-%d %H:%M:%S").to_string(),
        row.actor_name.clone(),
        role(lang, row),
        row.action.clone(),
        row.subject_kind.clone(),
        row.subject_id.clone(),
        if is_shown(row, sees_students) {
            detail(&row.detail)
        } else {
            lang.t("division-audit-hidden").into_owned()
        },
        row.ip.clone(),
    ]
}

/// The role somebody acted in, in words.
fn role(lang: Lang, row: &AuditRow) -> String {
    let role = row.actor_role.parse();
    role.map(|role| context::role_words(lang, role))
        .unwrap_or_default()
}

/// May whoever sees no histories of students see what the row keeps?
fn is_shown(row: &AuditRow, sees_students: bool) -> bool {
    sees_students || WITHOUT_STUDENTS.contains(&row.subject_kind.as_str())
}

async fn show(app: &App, who: &Who, asked: &Asked, refused: Refused<'_>) -> Result<Markup, Stopped> {
    let permit = Permit::<ReadAudit>::wide(who.standing()).or_stop(app, who)?;
    let wanted = asked.clone();
    let read = app.store().read(who.division(), move |at| {
        let found = trail::page(at, &permit, &wanted.filter(), wanted.before.parse().ok(), ROWS)?;
        let division = at.division();
        let chain = if wanted.verify.is_empty() {
            None
        } else {
            Some(db::verify_chain(at.conn(), division)?)
        };
        Ok((found, chain, watch::threshold(at, &permit)?))
    });
    let (found, chain, most) = read.await.or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Division).await?;
    let (lang, now) = (ctx.lang, app.store().now());
    let sees_students = may::<ViewHistory>(who.standing());
    let title = lang.t("division-part-audit");
    let verify = Asked {
        verify: "1".to_owned(),
        ..asked.clone()
    };
    let head = PageHead::new(title.clone())
        .crumbs(vec![
            Crumb::link(lang.t("nav-division"), "/division"),
            Crumb::here(title.clone()),
        ])
        .facts(lang.t("division-audit-facts"));
    let [csv, excel] = listing::exports(lang, |format| asked.file(format));
    let head = head
        .action(csv)
        .action(excel)
        .action(Action::link(lang.t("division-audit-verify"), verify.path()).icon(Icon::ShieldCheck));
    let pager = Pager {
        is_longer: false,
        shown: found.rows.len(),
        total: found.rows.len(),
        previous: (!asked.before.is_empty()).then(|| asked.paged("").path()),
        next: found.next.map(|before| asked.paged(&before.to_string()).path()),
    };
    let body = html! {
        (head.draw())
        @for finding in refused.file { div class="mb" role="alert" { (form::finding_line(lang, finding)) } }
        @if let Some(chain) = &chain { div class="mb" { (chain_state(lang, chain)) } }
        (ui::list::list_card(
            &title, "audit-rows", &filters(lang, asked), &table(lang, asked, &found.rows, sees_students, now),
            &ui::list::pager(lang, &pager, &html! {}),
        ))
        (watch_card(&ctx, most, refused.watch))
    };
    Ok(ui::shell::page(&ctx, title, body))
}

/// How much reading of sensitive records is usual.
fn watch_card(ctx: &Ctx, most: u32, refused: Option<(&str, &[Shown])>) -> Markup {
    let lang = ctx.lang;
    let kept = most.to_string();
    let (typed, found) = refused.unwrap_or((&kept, &[]));
    let (label, hint) = (lang.t("division-watch-students"), lang.t("division-watch-hint"));
    let fields = html! {
        div class="cb fg" {
            (Field::new(lang, "students", &label).hint(&hint).value(typed).findings(found).required().width(Width::Third).number())
        }
        div class="form-end w12" { span class="end" { (Action::submit(lang.t("save"))) } }
    };
    let form = Form::post("/division/audit/watch").draw_in(ctx, &fields);
    html! { div class="mt no-print" { (card::bare_card(&card::Head::new("watch", lang.t("division-watch")), &form)) } }
}

/// Says how much is usual.
pub(crate) async fn watch(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let permit = Permit::<ReadAudit>::wide(who.standing()).or_stop(&app, &who)?;
    let mut findings = Findings::default();
    let students = fields.parsed("students", "LP-0160", &mut findings);
    let set = match wanted(students, "LP-0160", "students", &mut findings) {
        None => Err(Failure::Invalid(findings)),
        Some(students) => {
            app.store()
                .write(who.actor(), move |tx| watch::set_threshold(tx, &permit, students))
                .await
        }
    };
    match set {
        Ok(()) => Ok(Answer::see("/division/audit#watch")),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let refused = Refused {
                watch: Some((fields.get("students"), found.as_slice())),
                ..Refused::default()
            };
            Ok(Answer::again(show(&app, &who, &Asked::default(), refused).await?))
        }
    }
}

fn chain_state(lang: Lang, chain: &ChainReport) -> Markup {
    let count = lang.tx("division-audit-rows", &[("n", chain.rows.into())]);
    if chain.breaks.is_empty() {
        return banner(Tone::Info, &lang.t("division-audit-whole"), &count, &[]);
    }
    let text = format!("{} {count}", chain.breaks.join("; "));
    html! { div role="alert" { (banner(Tone::Bad, &lang.t("division-audit-broken"), &text, &[])) } }
}

fn filters(lang: Lang, asked: &Asked) -> Markup {
    let day = |name: &str, value: &str| {
        html! { input class="form-control" type="date" name=(name) value=(value) aria-label=(lang.t(&format!("division-field-{name}"))); }
    };
    let fields = html! {
        select class="form-select" name="action" aria-label=(lang.t("division-audit-any")) data-submit {
            option value="" { (lang.t("division-audit-any")) }
            @for action in ACTIONS { option value=(action) selected[action == asked.action] { (action_words(lang, action)) } }
        }
        (day("from", &asked.from))
        (day("until", &asked.until))
        @for (name, value) in [("person", &asked.person), ("kind", &asked.kind), ("id", &asked.id)] {
            @if !value.is_empty() { input type="hidden" name=(name) value=(value); }
        }
        (Action::submit(lang.t("filter-apply")).small().icon(Icon::Filter))
        @if asked.is_filtered() { a class="sm" href="/division/audit" { (lang.t("filter-clear")) } }
    };
    Form::get("/division/audit")
        .class("filters no-print")
        .draw("", &fields)
}

fn action_words(lang: Lang, action: &str) -> String {
    let name = action
        .strip_suffix('.')
        .map_or_else(|| action.replace('.', "-"), |group| format!("{group}-all"));
    lang.t(&format!("division-audit-{name}")).into_owned()
}

fn table(lang: Lang, asked: &Asked, rows: &[AuditRow], sees_students: bool, now: Instant) -> Markup {
    let columns = vec![
        Column::figures(lang.t("division-audit-number")).hide_on_phone(),
        Column::new(lang.t("division-audit-when")),
        Column::new(lang.t("division-audit-who")),
        Column::new(lang.t("division-audit-what")),
        Column::new(lang.t("division-audit-about")),
        Column::new(lang.t("division-audit-detail")).hide_on_phone(),
        Column::new(lang.t("division-audit-address")).hide_on_phone(),
    ];
    let rows = rows
        .iter()
        .map(|row| drawn(lang, asked, row, sees_students, now))
        .collect();
    let empty = ui::waiting::empty(&lang.t("division-audit-none"), None);
    Table::new(lang.t("division-part-audit"), columns)
        .rows(rows)
        .empty(empty)
        .draw(lang)
}

fn drawn(lang: Lang, asked: &Asked, row: &AuditRow, sees_students: bool, now: Instant) -> Row {
    let person = row.account_id.map(|id| {
        Asked {
            person: id.to_string(),
            ..asked.paged("")
        }
        .path()
    });
    let about = Asked {
        kind: row.subject_kind.clone(),
        id: row.subject_id.clone(),
        ..asked.paged("")
    }
    .path();
    let role = role(lang, row);
    let short: String = row
        .subject_id
        .chars()
        .rev()
        .take(8)
        .collect::<Vec<_>>()
        .into_iter()
        .rev()
        .collect();
    let is_shown = is_shown(row, sees_students);
    Row::new(vec![
        html! { (row.seq) },
        html! { span class="num nw" { (lookup::moment(lang, row.at, now)) } },
        html! {
            @match person { Some(href) => a class="plain" href=(href) { (row.actor_name) }, None => span { (row.actor_name) } }
            @if !role.is_empty() { br; span class="xs dim" { (role) } }
        },
        html! { span class="code nw" { (row.action) } },
        html! { a class="plain nw" href=(about) { (row.subject_kind) " " span class="dim num sm" { (short) } } },
        html! {
            @if !is_shown { span class="dim sm" { (lang.t("division-audit-hidden")) } }
            @else { (told(&row.detail)) }
        },
        html! { span class="num dim sm" { (row.ip) } },
    ])
}

/// Longest detail on one line, in characters; more opens on demand.
const LINE: usize = 160;

fn told(json: &str) -> Markup {
    let whole = detail(json);
    if whole.chars().count() <= LINE {
        return html! { span class="code xs" { (whole) } };
    }
    let start: String = whole.chars().take(LINE).collect();
    html! { details class="code xs" { summary { (start) "…" } (whole) } }
}

/// What a row keeps, on one line: `name: value` of each, values in JSON.
fn detail(json: &str) -> String {
    match serde_json::from_str::<serde_json::Value>(json) {
        Ok(serde_json::Value::Object(parts)) => {
            let told: Vec<String> = parts
                .iter()
                .filter(|(_, value)| !value.is_null())
                .map(|(name, value)| format!("{name}: {}", plain(value)))
                .collect();
            told.join(", ")
        }
        Ok(value) => plain(&value),
        Err(_) => json.to_owned(),
    }
}

fn plain(value: &serde_json::Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::{ACTIONS, Asked, action_words, detail};
    use ui::Lang;

    #[test]
    fn details_are_told_on_one_line() {
        for (json, told) in [
            (r#"{"old":"a","new":"b","reason":null}"#, "new: b, old: a"),
            (r#"{"sessions":2}"#, "sessions: 2"),
            (r#""SubmitName""#, "SubmitName"),
            ("{}", ""),
            ("not json", "not json"),
        ] {
            let mut parts: Vec<String> = detail(json).split(", ").map(str::to_owned).collect();
            parts.sort();
            assert_eq!(parts.join(", "), told);
        }
    }

    #[test]
    fn every_action_to_filter_by_has_words() {
        for lang in Lang::ALL {
            for action in ACTIONS {
                assert!(!action_words(lang, action).contains('⟦'), "{action}");
            }
        }
    }

    #[test]
    fn paging_keeps_the_filter_and_does_not_verify_again() {
        let asked = Asked {
            action: "role.".into(),
            verify: "1".into(),
            ..Asked::default()
        };
        assert_eq!(asked.paged("17").path(), "/division/audit?action=role.&before=17");
    }
}
