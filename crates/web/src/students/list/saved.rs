//! Lists kept under a name: opened, kept, changed, shared, deleted, brought back.

use super::asked::Asked;
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::action::{ShareLists, ViewStudents};
use access::{Permit, Scope, Standing};
use axum::extract::{Path, Query, State};
use axum::http::Uri;
use kernel::{Failure, Findings, Outcome, SavedId};
use maud::{Markup, html};
use people::{KeepList, SavedList, Sharing};
use schools::Directory;
use ui::ctx::Job;
use ui::form::{self, Choice, Field, Finding, Form, Width};
use ui::head::{Crumb, PageHead};
use ui::notice::{Undo, toast};
use ui::table::{Column, Row, Table};
use ui::tabs::Tab;
use ui::{Action, Ctx, Icon, Lang, card};

/// Where lists are kept.
const HOME: &str = "/students/lists";

/// The lists above the table: the usual one, then every kept one; and what may be done with what is on screen.
pub(super) fn tabs(lang: Lang, asked: &Asked, lists: &[SavedList]) -> Markup {
    let open = lists.iter().find(|list| list.id.to_string() == asked.list);
    let usual = Tab::new(lang.t("lists-usual"), "/students?list=none").current(open.is_none());
    let kept = lists.iter().map(|list| {
        let address = Asked::of_view(&list.view, Some(list.id)).address();
        Tab::new(list.label.clone(), address).current(open.is_some_and(|open| open.id == list.id))
    });
    let all: Vec<Tab> = std::iter::once(usual).chain(kept).collect();
    let is_changed = open.is_some_and(|open| !Asked::of_view(&open.view, None).is_like(asked));
    let bare = Asked {
        list: String::new(),
        ..asked.clone()
    };
    let keep = bare.with_at(&format!("{HOME}/new"), "after", "");
    html! {
        div class="lists no-print" {
            @if !lists.is_empty() { (ui::tabs::tabs(lang, &lang.t("lists-title"), &all)) }
            span class="end row-x" {
                @if let Some(open) = open.filter(|open| is_changed && open.is_mine) {
                    (Action::link(lang.t("lists-keep-changes"), bare.with_at(&format!("{HOME}/{}", open.id), "after", "")).small())
                }
                @if asked.is_filtered() || !asked.sort.is_empty() || !asked.columns.is_empty() || open.is_some() {
                    (Action::link(lang.t("lists-keep"), keep).small().icon(Icon::DeviceFloppy).key("s"))
                }
                @if !lists.is_empty() { (Action::link(lang.t("lists-manage"), HOME).small().quiet()) }
            }
        }
    }
}

/// What the lists' own page is asked.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    removed: String,
}

/// Every list the person sees.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(told): Query<Told>) -> PageResult {
    let (lists, directory) = read(&app, &who).await?;
    let ctx = context::of(&app, &who, Job::Students).await?;
    let lang = ctx.lang;
    let columns = vec![
        Column::new(lang.t("column-name")),
        Column::new(lang.t("lists-seen-by")),
        Column::new(lang.t("lists-opens")).hide_on_phone(),
        Column::new(lang.t("lists-do")).unseen_label(),
    ];
    let rows = lists.iter().map(|list| row(&ctx, list, &directory)).collect();
    let back = Action::link(lang.t("lists-none-do"), "/students");
    let table = Table::new(lang.t("lists-title"), columns)
        .rows(rows)
        .empty(ui::waiting::empty(&lang.t("lists-none"), Some(&back)))
        .draw(lang);
    let head = PageHead::new(lang.t("lists-title"))
        .crumbs(vec![Crumb::link(lang.t("nav-students"), "/students")])
        .facts(lang.t("lists-facts"));
    let body = html! {
        (head.draw())
        (card::unheaded_card(&lang.t("lists-title"), &table))
        @if let Some((id, version)) = told.removed.split_once('~').filter(|(id, _)| id.parse::<SavedId>().is_ok()) {
            @let action = format!("{HOME}/{id}/restore?seen={version}");
            (toast(lang, &lang.t("lists-removed"), Some(&Undo { action: &action, csrf: &ctx.csrf, seen: "" })))
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("lists-title"), body).into())
}

async fn read(app: &App, who: &Who) -> Result<(Vec<SavedList>, Directory), Stopped> {
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    app.store()
        .read(who.division(), move |at| {
            Ok((people::saved_lists(at, &permit)?, schools::directory(at)?))
        })
        .await
        .or_stop(app, who)
}

fn row(ctx: &Ctx, list: &SavedList, directory: &Directory) -> Row {
    let lang = ctx.lang;
    let seen_by = match (list.sharing, list.school) {
        (Sharing::School, Some(school)) => directory.name(school).to_owned(),
        (sharing, _) => lang
            .t(&format!("lists-sharing-{}", sharing.as_str()))
            .into_owned(),
    };
    let post =
        |verb: &str, inner: &Markup| Form::post(&format!("{HOME}/{}/{verb}", list.id)).draw_in(ctx, inner);
    let version = html! { input type="hidden" name="version" value=(list.version); };
    let named = |words: &str| lang.tx(words, &[("name", list.label.as_str().into())]);
    let opens = if list.is_default {
        html! { span class="p ok sq" { (ui::icon(Icon::Check)) (lang.t("lists-opens-here")) } }
    } else {
        html! {}
    };
    let (do_default, value) = if list.is_default {
        ("lists-not-default", "")
    } else {
        ("lists-default", "yes")
    };
    let verbs = html! {
        span class="row-x end-x" {
            (post("default", &html! {
                input type="hidden" name="default" value=(value);
                (Action::submit(lang.t(do_default)).small().quiet().spoken(format!("{}: {}", lang.t(do_default), list.label)))
            }))
            @if list.is_mine {
                (Action::link(lang.t("lists-change"), format!("{HOME}/{}", list.id)).small().spoken(named("lists-change-one")))
                (post("remove", &html! { (version) (Action::submit(lang.t("lists-remove")).small().danger().spoken(named("lists-remove-one"))) }))
            }
        }
    };
    Row::new(vec![
        html! { (list.label) },
        html! { span class="sub" { (seen_by) } },
        opens,
        verbs,
    ])
    .link(0, Asked::of_view(&list.view, Some(list.id)).address())
}

/// The form that keeps what is on screen.
pub(crate) async fn new_page(
    State(app): State<App>,
    who: Who,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    let asked = Asked::of(pairs);
    let sharing = ("sharing".to_owned(), Sharing::Own.as_str().to_owned());
    let fields = Fields::from(vec![("query".to_owned(), asked.address()), sharing]);
    shown(&app, &who, None, (&fields, &[])).await.map(Answer::page)
}

/// The form that changes a kept list; with another filter in the address, that one.
pub(crate) async fn change_page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<SavedId>,
    Query(pairs): Query<Vec<(String, String)>>,
) -> PageResult {
    let list = one(&app, &who, id).await?;
    let asked = if pairs.is_empty() {
        Asked::of_view(&list.view, None)
    } else {
        Asked::of(pairs)
    };
    let fields = Fields::from(
        [
            ("query", asked.address()),
            ("label", list.label.clone()),
            ("sharing", list.sharing.as_str().to_owned()),
            (
                "school",
                list.school.map(|school| school.to_string()).unwrap_or_default(),
            ),
            ("version", list.version.to_string()),
            ("default", if list.is_default { "yes" } else { "" }.to_owned()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .to_vec(),
    );
    shown(&app, &who, Some(id), (&fields, &[]))
        .await
        .map(Answer::page)
}

/// A list that is the person's to change; not found when it is another's.
async fn one(app: &App, who: &Who, id: SavedId) -> Result<SavedList, Stopped> {
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    app.store()
        .read(who.division(), move |at| people::saved_list(at, &permit, id))
        .await
        .and_then(|list| {
            if list.is_mine {
                Ok(list)
            } else {
                Err(Failure::NotFound)
            }
        })
        .or_stop(app, who)
}

async fn shown(
    app: &App,
    who: &Who,
    id: Option<SavedId>,
    (fields, found): (&Fields, &[Finding]),
) -> Result<Markup, Stopped> {
    let ctx = context::of(app, who, Job::Students).await?;
    let lang = ctx.lang;
    let (_, directory) = read(app, who).await?;
    let title = lang.t(if id.is_some() {
        "lists-change-title"
    } else {
        "lists-keep"
    });
    let token = fields
        .some("once")
        .unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let back = fields.get("query").to_owned();
    let inner = html! {
        input type="hidden" name="query" value=(fields.get("query"));
        input type="hidden" name="version" value=(fields.get("version"));
        (form::summary(lang, found, &["label", "sharing", "school"]))
        div class="fg" { (questions(lang, who, &directory, (fields, found))) }
        (form::form_end(lang, &html! {}, &back, &Action::submit(lang.t("lists-save")).primary().key("Ctrl Enter")))
    };
    let address = id.map_or(HOME.to_owned(), |id| format!("{HOME}/{id}"));
    let drawn = Form::post(&address).once(&token).draw_in(&ctx, &inner);
    let head = PageHead::new(title.clone())
        .crumbs(vec![
            Crumb::link(lang.t("nav-students"), "/students"),
            Crumb::link(lang.t("lists-title"), HOME),
        ])
        .facts(lang.t("lists-keep-facts"));
    let body = html! { (head.draw()) (card::unheaded_card(&title, &html! { div class="cb" { (drawn) } })) };
    Ok(ui::shell::page(&ctx, title, body))
}

fn questions(lang: Lang, who: &Who, directory: &Directory, (fields, found): (&Fields, &[Finding])) -> Markup {
    let share = Permit::<ShareLists>::wide(who.standing()).ok();
    let may_all = share
        .as_ref()
        .is_some_and(|permit| *permit.scope() == Scope::Division);
    let own = &who.standing().schools;
    let schools: Vec<Choice> = directory
        .all()
        .iter()
        .filter(|school| own.is_empty() || own.contains(&school.id))
        .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
        .collect();
    let mut sharings = vec![Sharing::Own];
    if share.is_some() {
        sharings.push(Sharing::School);
    }
    if may_all {
        sharings.push(Sharing::Division);
    }
    let choices: Vec<Choice> = sharings
        .iter()
        .map(|sharing| {
            let word = format!("lists-sharing-{}", sharing.as_str());
            Choice::new(sharing.as_str(), lang.t(&word)).note(lang.t(&format!("{word}-note")))
        })
        .collect();
    let (label, sharing, school, opens) = (
        lang.t("lists-label"),
        lang.t("lists-seen-by"),
        lang.t("lists-share-school"),
        lang.t("lists-default"),
    );
    let chosen = fields
        .some("school")
        .or(who.school().map(|school| school.to_string()))
        .or((schools.len() == 1).then(|| schools[0].value.clone()))
        .unwrap_or_default();
    html! {
        (Field::new(lang, "label", &label).value(fields.get("label")).findings(found).required().focus().max_length(60).width(Width::Half).text())
        (Field::new(lang, "default", &opens).value(fields.get("default")).width(Width::Half).checkbox())
        @if sharings.len() > 1 {
            (Field::new(lang, "sharing", &sharing).value(fields.get("sharing")).findings(found).width(Width::Half).radios(&choices))
            (Field::new(lang, "school", &school).value(&chosen).findings(found).width(Width::Half).select(&schools))
        }
    }
}

/// Keeps a list; then shows it.
pub(crate) async fn save(State(app): State<App>, Posted { who, fields }: Posted) -> PageResult {
    let id = SavedId::derived(&format!("{}/{}", who.holder().account, fields.get("once")));
    kept(&app, &who, (None, id), &fields).await
}

/// Changes a kept list; then shows it.
pub(crate) async fn change(
    State(app): State<App>,
    Path(id): Path<SavedId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    one(&app, &who, id).await?;
    kept(&app, &who, (Some(id), id), &fields).await
}

async fn kept(app: &App, who: &Who, (there, id): (Option<SavedId>, SavedId), fields: &Fields) -> PageResult {
    let (standing, sent) = (who.standing().clone(), fields.clone());
    let saved = app
        .store()
        .write(who.actor(), move |tx| write(tx, &standing, (there, id), &sent))
        .await;
    match saved {
        Ok(()) => Ok(Answer::see(format!("/students?list={id}"))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(app, who)?;
            shown(app, who, there, (fields, &found)).await.map(Answer::again)
        }
    }
}

fn write(
    tx: &mut db::Tx,
    standing: &Standing,
    (there, id): (Option<SavedId>, SavedId),
    fields: &Fields,
) -> Outcome<()> {
    fields.fit()?;
    let permit = Permit::<ViewStudents>::wide(standing)?;
    let share = Permit::<ShareLists>::wide(standing).ok();
    let mut findings = Findings::default();
    // Who may not share is not asked, and keeps it to oneself.
    let sharing = fields.parsed("sharing", "LP-0008", &mut findings);
    let list = KeepList {
        label: fields.get("label").to_owned(),
        sharing: sharing.unwrap_or(Sharing::Own),
        school: fields.parsed("school", "LP-0005", &mut findings),
        view: asked_of(fields.get("query")).view(),
    };
    findings.or_refuse()?;
    let list = KeepList {
        school: list.school.filter(|_| list.sharing == Sharing::School),
        ..list
    };
    match there {
        None => people::save_list(tx, &permit, share.as_ref(), id, &list)?,
        Some(id) => {
            let seen = fields.version("version")?;
            people::change_list(tx, &permit, share.as_ref(), (id, seen), &list)?
        }
    };
    let is_default = people::saved_list(tx, &permit, id)?.is_default;
    match (is_default, fields.is_on("default")) {
        (false, true) => people::set_default_list(tx, &permit, Some(id)),
        (true, false) => people::set_default_list(tx, &permit, None),
        _ => Ok(()),
    }
}

/// What an address of the list asks for.
pub(crate) fn asked_of(address: &str) -> Asked {
    address
        .parse::<Uri>()
        .ok()
        .and_then(|uri| Query::<Vec<(String, String)>>::try_from_uri(&uri).ok())
        .map(|Query(pairs)| Asked::of(pairs))
        .unwrap_or_default()
}

/// Deletes a list; the next page offers to take that back.
pub(crate) async fn remove(
    State(app): State<App>,
    Path(id): Path<SavedId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    one(&app, &who, id).await?;
    let seen = fields.version("version").or_stop(&app, &who)?;
    let saved = act(&app, &who, move |tx, permit| {
        people::remove_list(tx, permit, (id, seen))
    })
    .await?;
    Ok(Answer::see(format!("{HOME}?removed={id}~{}", saved.version)))
}

/// The version that the page saw.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Seen {
    seen: i64,
}

/// Brings a deleted list back.
pub(crate) async fn restore(
    State(app): State<App>,
    Path(id): Path<SavedId>,
    Query(Seen { seen }): Query<Seen>,
    Posted { who, .. }: Posted,
) -> PageResult {
    act(&app, &who, move |tx, permit| {
        people::restore_list(tx, permit, (id, seen))
    })
    .await?;
    Ok(Answer::see(HOME))
}

/// Says whether the person's page opens with a list.
pub(crate) async fn default(
    State(app): State<App>,
    Path(id): Path<SavedId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let list = fields.is_on("default").then_some(id);
    act(&app, &who, move |tx, permit| {
        people::saved_list(tx, permit, id)?;
        people::set_default_list(tx, permit, list)
    })
    .await?;
    Ok(Answer::see(HOME))
}

async fn act<T: Send + 'static>(
    app: &App,
    who: &Who,
    work: impl Fn(&mut db::Tx, &Permit<ViewStudents>) -> Outcome<T> + Send + 'static,
) -> Result<T, Stopped> {
    let permit = Permit::<ViewStudents>::wide(who.standing()).or_stop(app, who)?;
    app.store()
        .write(who.actor(), move |tx| work(tx, &permit))
        .await
        .or_stop(app, who)
}
