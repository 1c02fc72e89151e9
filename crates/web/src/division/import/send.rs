//! The first step: which file, and what it holds.

use super::{crumbs, kind_words, path, permits, province, steps};
use crate::answer::{Answer, OrStop, PageResult};
use crate::upload::{FIELD, LIMIT, SentFile, Uploaded};
use crate::who::Who;
use crate::{App, context, findings};
use axum::extract::{Query, State};
use exchange::read::Input;
use exchange::{Kind, Mapping, NewRun, Permits, Work, shipped_named};
use kernel::{Failure, Finding, ImportId, Outcome, SavedId};
use maud::html;
use serde::Deserialize;
use ui::Action;
use ui::card;
use ui::ctx::Job;
use ui::form::{Choice, Field, Finding as Shown, Form, Width, form_end, summary};
use ui::head::PageHead;

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// A run whose kind and mapping the file shares: a corrected one.
    like: String,
}

/// The form.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    access::Permit::<access::action::Import>::wide(who.standing()).or_stop(&app, &who)?;
    show(
        &app,
        &who,
        Typed {
            like: asked.like,
            is_first: true,
            ..Typed::default()
        },
        &[],
    )
    .await
}

/// What was chosen.
#[derive(Default)]
struct Typed {
    kind: String,
    mapping: String,
    tells: String,
    like: String,
    /// Nothing was sent yet.
    is_first: bool,
}

async fn show(app: &App, who: &Who, mut typed: Typed, found: &[Shown]) -> PageResult {
    let kinds = Permits::kinds(who.standing());
    let all = permits(who).or_stop(app, who)?;
    let like: Option<ImportId> = typed.like.parse().ok();
    let permit = access::Permit::<access::action::Import>::wide(who.standing()).or_stop(app, who)?;
    let read = app.store().read(who.division(), move |at| {
        let like = match like {
            Some(id) => Some(exchange::run(at, &all, id)?),
            None => None,
        };
        Ok((like, exchange::saved_mappings(at, &permit)?))
    });
    let (like, saved) = read.await.or_stop(app, who)?;
    if typed.is_first {
        let tells = like.as_ref().is_none_or(|run| run.tells);
        typed.tells = String::from(if tells { "yes" } else { "" });
    }
    let ctx = context::of(app, who, Job::Division).await?;
    let lang = ctx.lang;
    let by_headings = Choice::new("", lang.t("import-kind-told")).note(lang.t("import-kind-told-note"));
    let each = kinds.iter().map(|kind| {
        Choice::new(kind.as_str(), kind_words(lang, *kind)).note(lang.t(&format!("import-kind-{kind}-note")))
    });
    let kind_choices: Vec<Choice> = std::iter::once(by_headings).chain(each).collect();
    let mappings = super::mapping::choices(lang, &kinds, &saved);
    let title = lang.t("import-new");
    let words = |name: &str| lang.t(name).into_owned();
    let (file_label, file_hint) = (words("import-field-file"), words("import-field-file-hint"));
    let (kind_label, mapping_label) = (words("import-field-kind"), words("import-field-mapping"));
    let (mapping_hint, tells_label) = (words("import-field-mapping-hint"), words("import-field-tells"));
    let tells_hint = words("import-field-tells-hint");
    let about_students = kinds.contains(&Kind::Students);
    let is_own = !typed.kind.is_empty() || !typed.mapping.is_empty();
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["file", "kind", "mapping"]))
            @if let Some(run) = &like {
                input type="hidden" name="like" value=(run.id);
                p class="f w12 sm m-0" { (lang.tx("import-like", &[("file", run.file_name.as_str().into())])) }
            }
            (Field::new(lang, "file", &file_label).hint(&file_hint).findings(found).required().width(Width::Whole)
                .file(".csv,.tsv,.txt,.xlsx,text/csv,application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", false))
            @if like.is_none() {
                details class="f w12" open[is_own] {
                    summary { (lang.t("import-own-kind")) }
                    div class="fg mt" {
                        (Field::new(lang, "kind", &kind_label).value(&typed.kind).findings(found).width(Width::Whole).radios(&kind_choices))
                        (Field::new(lang, "mapping", &mapping_label).hint(&mapping_hint).value(&typed.mapping).findings(found).width(Width::Whole).select(&mappings))
                    }
                }
            }
            @if about_students {
                (Field::new(lang, "tells", &tells_label).hint(&tells_hint).value(&typed.tells).width(Width::Whole).checkbox())
            }
        }
        (form_end(lang, &html! {}, "/division/import", &Action::submit(lang.t("import-send")).primary()))
    };
    let form = Form::post("/division/import/new")
        .with_files()
        .draw_in(&ctx, &fields);
    let body = html! {
        (PageHead::new(title.clone()).crumbs(crumbs(lang)).draw())
        (steps(lang, 0, None))
        div class="grid" { div class="s8" { (card::unheaded_card(&lang.t("import-step-file"), &form)) } }
    };
    let page = ui::shell::page(&ctx, title, body);
    Ok(if found.is_empty() {
        Answer::page(page)
    } else {
        Answer::again(page)
    })
}

/// Takes the file in, and goes on to its columns.
pub(crate) async fn send(State(app): State<App>, sent: Uploaded) -> PageResult {
    let who = sent.who;
    access::Permit::<access::action::Import>::wide(who.standing()).or_stop(&app, &who)?;
    let typed = Typed {
        kind: sent.fields.get("kind").to_owned(),
        mapping: sent.fields.get("mapping").to_owned(),
        tells: sent.fields.get("tells").to_owned(),
        like: sent.fields.get("like").to_owned(),
        is_first: false,
    };
    let overlong = sent
        .overlong
        .map(|name| Finding::refuse("LP-0010", name).with("most", FIELD));
    let staged = match (overlong, sent.file) {
        (Some(finding), _) => Err(Failure::Invalid(finding.into())),
        _ if sent.is_too_large => Err(Failure::Invalid(
            Finding::refuse("LP-0817", "file")
                .with("most", LIMIT >> 20)
                .into(),
        )),
        (None, None) => Err(Failure::refuse("LP-0816", "file")),
        (None, Some(file)) => stage(&app, &who, &typed, file).await,
    };
    match staged {
        Ok(id) => Ok(Answer::see(format!("{}/mapping", path(id)))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(&app, &who, typed, &found).await
        }
    }
}

async fn stage(app: &App, who: &Who, typed: &Typed, file: SentFile) -> Outcome<ImportId> {
    let all = permits(who)?;
    let like: Option<ImportId> = typed.like.parse().ok();
    let like = match like {
        Some(id) => Some(
            app.store()
                .read(who.division(), {
                    let all = all.clone();
                    move |at| exchange::run(at, &all, id)
                })
                .await?,
        ),
        None => None,
    };
    let kind: Kind = match &like {
        Some(run) => run.kind,
        None if typed.kind.is_empty() => told(app, who, &typed.mapping, &file).await?,
        None => typed
            .kind
            .parse()
            .map_err(|_| Failure::refuse("LP-0828", "kind"))?,
    };
    let permits = Permits::of(who.standing(), kind)?;
    let mapping = match &like {
        Some(run) => Some(run.mapping.clone()),
        None => chosen(app, who, &typed.mapping, kind).await?,
    };
    let new = NewRun {
        file_name: file.name,
        mapping,
        tells: typed.tells == "yes",
    };
    let app = app.clone();
    let work = move || {
        let work = Work {
            store: app.store(),
            permits: &permits,
            province: province(&app),
        };
        work.stage(&new, &|| Ok(Input::of_bytes(file.bytes.clone())))
    };
    tokio::task::spawn_blocking(work)
        .await
        .map_err(|error| Failure::Fault(format!("reading a file stopped: {error}")))?
}

/// The kind of a file: that of the mapping that was chosen, else the one its
/// headings tell; where they tell none, the first the person may import, and
/// the next page asks.
async fn told(app: &App, who: &Who, mapping: &str, file: &SentFile) -> Outcome<Kind> {
    let (kinds, permit) = (
        Permits::kinds(who.standing()),
        access::Permit::wide(who.standing())?,
    );
    let read = move |at: &mut db::Reader| exchange::saved_mappings(at, &permit);
    let saved = app.store().read(who.division(), read).await?;
    if !mapping.is_empty() {
        return kind_of(app, who, mapping).await;
    }
    let bytes = file.bytes.clone();
    let first = move || exchange::read::first_rows(Input::of_bytes(bytes), 1);
    let (source, _) = tokio::task::spawn_blocking(first)
        .await
        .map_err(|error| Failure::Fault(format!("reading a file stopped: {error}")))??;
    exchange::kind_told(&source.headings, &kinds, &saved)
        .or(kinds.first().copied())
        .ok_or(Failure::Denied("import"))
}

/// For which kind of file a mapping is. Refused when there is none of that name.
pub(super) async fn kind_of(app: &App, who: &Who, mapping: &str) -> Outcome<Kind> {
    if let Some(shipped) = shipped_named(mapping) {
        return Ok(shipped.kind);
    }
    let permit = access::Permit::wide(who.standing())?;
    let read = move |at: &mut db::Reader| exchange::saved_mappings(at, &permit);
    let saved = app.store().read(who.division(), read).await?;
    let named = saved.iter().find(|one| one.id.to_string() == mapping);
    named
        .map(|one| one.kind)
        .ok_or_else(|| Failure::refuse("LP-0828", "mapping"))
}

/// The mapping that was chosen; none suggests one.
pub(super) async fn chosen(app: &App, who: &Who, name: &str, kind: Kind) -> Outcome<Option<Mapping>> {
    if name.is_empty() {
        return Ok(None);
    }
    if let Some(shipped) = shipped_named(name) {
        return if shipped.kind == kind {
            Ok(Some(shipped.mapping()))
        } else {
            Err(Failure::refuse("LP-0819", "mapping"))
        };
    }
    let id: SavedId = name.parse().map_err(|_| Failure::refuse("LP-0828", "mapping"))?;
    let permit = access::Permit::wide(who.standing())?;
    let saved = app
        .store()
        .read(who.division(), move |at| exchange::saved_mappings(at, &permit))
        .await?;
    match saved.into_iter().find(|one| one.id == id) {
        Some(one) if one.kind == kind => Ok(Some(one.mapping)),
        Some(_) => Err(Failure::refuse("LP-0819", "mapping")),
        None => Err(Failure::refuse("LP-0828", "mapping")),
    }
}
