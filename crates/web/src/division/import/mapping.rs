//! The second step: which column is which field.

use super::{Pass, crumbs, kind_words, load, path, start, steps};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::Import;
use axum::extract::{Path, State};
use exchange::read::Encoding;
use exchange::{
    ColumnMap, DateForm, Filter, Kind, Mapping, Permits, RowView, Run, SavedMapping, fields_of, shipped,
};
use kernel::{Failure, Finding, Findings, ImportId, Outcome};
use maud::{Markup, html};
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding as Shown, Form, Width, form_end, summary};
use ui::head::PageHead;
use ui::notice::{Tone, banner};
use ui::table::{Column, Row, Table};
use ui::{Action, Lang, card};

/// Rows shown beside each column.
const SEEN: i64 = 3;

/// The page.
pub(crate) async fn page(State(app): State<App>, who: Who, Path(id): Path<ImportId>) -> PageResult {
    let (run, permits) = load(&app, &who, id).await?;
    if run.state.is_busy() || run.state.is_written() {
        return Ok(Answer::see(path(id)));
    }
    show(
        &app,
        &who,
        (&run, &permits),
        (&run.mapping.clone(), run.tells),
        &[],
    )
    .await
}

async fn show(
    app: &App,
    who: &Who,
    (run, permits): (&Run, &Permits),
    (mapping, tells): (&Mapping, bool),
    found: &[Shown],
) -> PageResult {
    let (id, own) = (run.id, permits.clone());
    let filter = Filter {
        limit: SEEN,
        ..Filter::default()
    };
    let permit = Permit::<Import>::wide(who.standing()).or_stop(app, who)?;
    let read = app.store().read(who.division(), move |at| {
        Ok((
            exchange::rows(at, &own, id, &filter)?,
            exchange::saved_mappings(at, &permit)?,
        ))
    });
    let (rows, saved) = read.await.or_stop(app, who)?;
    let kinds = Permits::kinds(who.standing());
    let ctx = context::of(app, who, Job::Division).await?;
    let lang = ctx.lang;
    let facts = lang.tx(
        "import-file-facts",
        &[
            ("kind", kind_words(lang, run.kind).into()),
            ("n", i64::from(run.totals.all).into()),
            ("columns", run.source.headings.len().into()),
            ("encoding", run.source.encoding.as_str().into()),
        ],
    );
    let body = html! {
        (PageHead::new(run.file_name.clone()).crumbs(crumbs(lang)).facts(facts).draw())
        (steps(lang, 1, Some(run)))
        @if run.source.encoding == Encoding::Windows1252 {
            div class="mb" { (banner(Tone::Warn, &lang.t("import-windows"), &lang.t("import-windows-text"), &[])) }
        }
        (kind_card(&ctx, run, (&kinds, &saved), found))
        (form(&ctx, run, &rows, (mapping, tells), found))
    };
    let page = ui::shell::page(&ctx, lang.t("import-step-columns"), body);
    Ok(if found.is_empty() {
        Answer::page(page)
    } else {
        Answer::again(page)
    })
}

/// As what the file is read, and the other ways: one press each.
fn kind_card(ctx: &Ctx, run: &Run, (kinds, saved): (&[Kind], &[SavedMapping]), found: &[Shown]) -> Markup {
    let lang = ctx.lang;
    let is_told = exchange::kind_told(&run.source.headings, kinds, saved).is_some();
    let text = match (is_told, run.mapping.label.as_str()) {
        (false, _) => lang.t("import-as-untold").into_owned(),
        (true, "") => lang.t("import-as-headings").into_owned(),
        (true, label) => {
            let shipped = shipped().iter().find(|one| one.label_en == label);
            let label = shipped
                .filter(|_| lang == Lang::FrCa)
                .map_or(label, |one| one.label_fr.as_str());
            lang.tx("import-as-mapping", &[("mapping", label.into())])
                .into_owned()
        }
    };
    let (mapping, use_it) = (lang.t("import-field-mapping"), lang.t("import-as-use"));
    let action = format!("{}/as", path(run.id));
    let each = html! {
        div class="seg wrap" role="group" aria-label=(lang.t("import-field-kind")) {
            @for kind in kinds {
                button type="submit" name="kind" value=(kind) aria-pressed=((*kind == run.kind).to_string()) { (kind_words(lang, *kind)) }
            }
        }
    };
    let by_mapping = html! {
        div class="fg" {
            (Field::new(lang, "mapping", &mapping).value("").findings(found).width(Width::Half).select(&choices(lang, kinds, saved)))
            div class="f w6 end-y" { (Action::submit(use_it).small()) }
        }
    };
    let body = html! {
        div class="cb stack" {
            p class="sub m-0" { (text) }
            (Form::post(&action).draw_in(ctx, &each))
            details open[found.iter().any(|one| one.field == "mapping")] { summary { (lang.t("import-as-other")) } div class="mt" { (Form::post(&action).draw_in(ctx, &by_mapping)) } }
        }
    };
    let title = lang.tx("import-as", &[("kind", kind_words(lang, run.kind).into())]);
    html! { div class="mb" { (card::bare_card(&card::Head::new("kind", title), &body)) } }
}

/// The mappings of these kinds, those that come with the program first.
pub(super) fn choices(lang: Lang, kinds: &[Kind], saved: &[SavedMapping]) -> Vec<Choice> {
    let shipped = shipped()
        .iter()
        .filter(|one| kinds.contains(&one.kind))
        .map(|one| {
            let label = if lang == Lang::FrCa {
                &one.label_fr
            } else {
                &one.label_en
            };
            Choice::new(one.name.clone(), label.clone()).group(lang.t("import-shipped"))
        });
    let own = saved
        .iter()
        .filter(|one| kinds.contains(&one.kind))
        .map(|one| Choice::new(one.id.to_string(), one.mapping.label.clone()).group(lang.t("import-saved")));
    shipped.chain(own).collect()
}

/// Reads the file as another kind, or by a mapping of the list.
pub(crate) async fn read_as(
    State(app): State<App>,
    Path(id): Path<ImportId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let (run, permits) = load(&app, &who, id).await?;
    match turn(&app, &who, (&run, permits.clone()), &fields).await {
        // Somebody was faster: the page shows how it stands.
        Ok(()) | Err(Failure::Conflict(_)) => Ok(Answer::see(format!("{}/mapping", path(id)))),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            show(
                &app,
                &who,
                (&run, &permits),
                (&run.mapping.clone(), run.tells),
                &found,
            )
            .await
        }
    }
}

async fn turn(app: &App, who: &Who, (run, permits): (&Run, Permits), fields: &Fields) -> Outcome<()> {
    fields.fit()?;
    let name = fields.get("mapping");
    let kind: Kind = if name.is_empty() {
        let kind = fields.get("kind").parse();
        kind.map_err(|_| Failure::refuse("LP-0828", "kind"))?
    } else {
        super::send::kind_of(app, who, name).await?
    };
    let to = Permits::of(who.standing(), kind)?;
    let mapping = super::send::chosen(app, who, name, kind).await?;
    let id = run.id;
    app.store()
        .write(who.actor(), move |tx| {
            exchange::read_as(tx, (&permits, &to), id, mapping.clone())
        })
        .await
}

fn form(
    ctx: &Ctx,
    run: &Run,
    rows: &[RowView],
    (mapping, tells): (&Mapping, bool),
    found: &[Shown],
) -> Markup {
    let lang = ctx.lang;
    let action = format!("{}/mapping", path(run.id));
    let forms: Vec<Choice> = DateForm::ALL
        .iter()
        .map(|form| Choice::new(form.as_str(), lang.t(&format!("import-dates-{form}"))))
        .collect();
    let words = |name: &str| lang.t(name).into_owned();
    let (dates, save, save_hint, tells_label) = (
        words("import-field-dates"),
        words("import-field-save"),
        words("import-field-save-hint"),
        words("import-field-tells"),
    );
    let label = mapping.label.clone();
    let fields = html! {
        div class="cb" { (summary(lang, found, &["dates", "label"])) }
        (table(lang, run, rows, mapping))
        div class="cb fg b-top" {
            (Field::new(lang, "dates", &dates).value(mapping.dates.as_str()).findings(found).required().width(Width::Half).select(&forms))
            (Field::new(lang, "label", &save).hint(&save_hint).value("").findings(found).optional().max_length(80).width(Width::Half).text())
            @if ctx.pasi.is_some() || tells {
                (Field::new(lang, "tells", &tells_label).value(if tells { "yes" } else { "" }).width(Width::Whole).checkbox())
            }
            input type="hidden" name="was" value=(label);
        }
        (form_end(lang, &html! {}, "/division/import", &Action::submit(lang.t("import-check")).primary()))
    };
    card::bare_card(
        &card::Head::new("columns", lang.t("import-columns")),
        &Form::post(&action).draw_in(ctx, &fields),
    )
}

fn table(lang: Lang, run: &Run, rows: &[RowView], mapping: &Mapping) -> Markup {
    let columns = vec![
        Column::new(lang.t("import-column")),
        Column::new(lang.t("import-first-rows")).hide_on_phone(),
        Column::new(lang.t("import-is-field")),
    ];
    let fields: Vec<(&'static str, String)> = fields_of(run.kind)
        .map(|field| {
            let words = lang.t(&format!("import-name-{}", field.name.replace('_', "-")));
            let mark = if field.is_required { " *" } else { "" };
            (field.name, format!("{words}{mark}"))
        })
        .collect();
    let row = |(at, heading): (usize, &String)| {
        let chosen = mapping.field_of(heading).unwrap_or_default();
        let seen: Vec<&str> = rows
            .iter()
            .filter_map(|view| view.row.cells.get(at))
            .map(|text| text.trim())
            .filter(|text| !text.is_empty())
            .collect();
        let id = format!("column-{at}");
        Row::new(vec![
            html! { label for=(id) { b { (heading) } } },
            html! { span class="sm sub" { (seen.join(" · ")) } },
            html! {
                select class="form-select" id=(id) name={ "f" (at) } {
                    option value="" { (lang.t("import-not-read")) }
                    @for (name, words) in &fields { option value=(name) selected[*name == chosen] { (words) } }
                }
            },
        ])
    };
    Table::new(lang.t("import-columns"), columns)
        .rows(run.source.headings.iter().enumerate().map(row).collect())
        .draw(lang)
}

/// Sets the mapping and rehearses the run.
pub(crate) async fn save(
    State(app): State<App>,
    Path(id): Path<ImportId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let (run, permits) = load(&app, &who, id).await?;
    let tells = fields.is_on("tells");
    let typed = typed(&fields, &run);
    let done = match &typed {
        Ok(_) if fields.fit().is_err() => fields.fit(),
        Ok(mapping) => {
            apply(
                &app,
                &who,
                (&run, &permits),
                (mapping.clone(), tells),
                fields.get("label"),
            )
            .await
        }
        Err(findings) => Err(Failure::Invalid(findings.clone())),
    };
    match done {
        // Somebody was faster: the page shows how it stands.
        Ok(()) | Err(Failure::Conflict(_)) => Ok(Answer::see(path(id))),
        Err(failure) => {
            let found = in_words(
                who.lang(),
                findings::of_failure(who.lang(), failure).or_stop(&app, &who)?,
            );
            let mapping = typed.unwrap_or_else(|_| run.mapping.clone());
            show(&app, &who, (&run, &permits), (&mapping, tells), &found).await
        }
    }
}

/// A missing field is named as the page names it.
fn in_words(lang: Lang, found: Vec<Shown>) -> Vec<Shown> {
    found
        .into_iter()
        .map(|mut one| {
            if one.code.as_deref() == Some("LP-0814") {
                let name = lang
                    .t(&format!("import-name-{}", one.field.replace('_', "-")))
                    .into_owned();
                one.text = lang
                    .tx("finding-LP-0814", &[("field", name.as_str().into())])
                    .into_owned();
                one.field = String::new();
            }
            one
        })
        .collect()
}

async fn apply(
    app: &App,
    who: &Who,
    (run, permits): (&Run, &Permits),
    (mapping, tells): (Mapping, bool),
    label: &str,
) -> Outcome<()> {
    let permit = Permit::<Import>::wide(who.standing())?;
    let (own, id, kind, label) = (permits.clone(), run.id, run.kind, label.to_owned());
    app.store()
        .write(who.actor(), move |tx| {
            exchange::set_mapping(tx, &own, id, (&mapping, tells))?;
            if !label.is_empty() {
                let named = Mapping {
                    label: label.clone(),
                    ..mapping.clone()
                };
                exchange::save_mapping(tx, &permit, kind, named)?;
            }
            Ok(())
        })
        .await?;
    start(app, permits.clone(), run, Pass::Check).await
}

fn typed(fields: &Fields, run: &Run) -> Result<Mapping, Findings> {
    let mut findings = Findings::default();
    let dates = fields.parsed("dates", "LP-0008", &mut findings);
    let dates = dates.unwrap_or(run.mapping.dates);
    let mut columns: Vec<ColumnMap> = Vec::new();
    for (at, heading) in run.source.headings.iter().enumerate() {
        let field = fields.get(&format!("f{at}"));
        if !fields_of(run.kind).any(|known| known.name == field) {
            continue;
        }
        if columns.iter().any(|one| one.field == field) {
            findings.push(Finding::refuse("LP-0818", "").with("column", heading));
            continue;
        }
        let before = run
            .mapping
            .columns
            .iter()
            .find(|one| one.field == field && one.column == *heading);
        let values = before.map(|one| one.values.clone()).unwrap_or_default();
        let shipped = run
            .mapping
            .column_of(field)
            .map(|one| one.values.clone())
            .unwrap_or_default();
        let values = if values.is_empty() { shipped } else { values };
        columns.push(ColumnMap {
            column: heading.clone(),
            field: field.to_owned(),
            values,
        });
    }
    if findings.is_empty() {
        Ok(Mapping {
            columns,
            dates,
            ..run.mapping.clone()
        })
    } else {
        Err(findings)
    }
}
