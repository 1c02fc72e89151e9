//! Tying an account: whom it shall see is searched by name and chosen, with days and a reason.

use super::account::path;
use super::ties::{self, student_note};
use super::words::{Ask, wanted};
use crate::answer::{Answer, OrStop, PageResult, Stopped, query};
use crate::context;
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings};
use access::Permit;
use access::accounts::{self, AccountLine};
use access::action::ManageAccounts;
use access::grants;
use access::ties::{Around, NewTie, TieKind};
use axum::extract::{Path, Query, State};
use db::Reading;
use kernel::{AccountId, Date, Failure, Finding, Findings, Outcome, SchoolId};
use maud::{Markup, html};
use people::{CardRow, TiePerson};
use schools::Directory;
use serde::Deserialize;
use ui::ctx::{Ctx, Job};
use ui::form::{Choice, Field, Finding as Shown, Form, Width, form_end, summary};
use ui::head::{Crumb, PageHead};
use ui::tabs::Tab;
use ui::{Action, Icon, Lang, card};

/// What the address asks for.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    /// As what the account shall see.
    kind: String,
    /// Words of a name.
    q: String,
}

/// People found at most.
const FOUND: usize = 12;

/// Whom the words found, and what there is to choose without words.
#[derive(Default)]
struct Choices {
    persons: Vec<TiePerson>,
    students: Vec<CardRow>,
    homerooms: Vec<(SchoolId, String)>,
}

struct Read {
    line: AccountLine,
    kinds: Vec<TieKind>,
    kind: Option<TieKind>,
    choices: Choices,
    directory: Directory,
    today: Date,
}

fn read(
    at: &mut impl Reading,
    permit: &Permit<ManageAccounts>,
    id: AccountId,
    asked: &Asked,
) -> Outcome<Read> {
    let (line, today) = (accounts::line(at, permit, id)?, at.today());
    let given = grants::of_account(at, permit, id)?;
    let kinds = ties::kinds(&given, today);
    let kind = asked.kind.parse().ok().filter(|kind| kinds.contains(kind));
    let kind = kind.or_else(|| kinds.first().copied());
    let mut choices = Choices::default();
    match kind {
        Some(TieKind::Guardian) => choices.persons = people::persons_to_tie(at, permit, &asked.q, FOUND)?,
        Some(_) => choices.students = people::students_to_tie(at, permit, &asked.q, FOUND)?,
        None => {}
    }
    if kind == Some(TieKind::Teacher) {
        let mut teaches: Vec<SchoolId> = given
            .iter()
            .filter(|grant| TieKind::of(grant.role) == kind && grant.ended_at.is_none())
            .filter(|grant| grant.until_date.is_none_or(|last| last >= today))
            .filter_map(|grant| grant.school_id)
            .collect();
        teaches.sort();
        teaches.dedup();
        for school in teaches {
            let rooms = people::homerooms_to_tie(at, permit, school)?;
            choices
                .homerooms
                .extend(rooms.into_iter().map(|room| (school, room)));
        }
    }
    Ok(Read {
        line,
        kinds,
        kind,
        choices,
        directory: schools::directory(at)?,
        today,
    })
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(id): Path<AccountId>,
    Query(asked): Query<Asked>,
) -> PageResult {
    let drawn = show(&app, &who, id, (&asked, Fields::default(), Vec::new())).await?;
    Ok(drawn.into())
}

async fn show(
    app: &App,
    who: &Who,
    id: AccountId,
    (asked, typed, found): (&Asked, Fields, Vec<Shown>),
) -> Result<Markup, Stopped> {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(app, who)?;
    let wanted = asked.clone();
    let read = app
        .store()
        .read(who.division(), move |at| read(at, &permit, id, &wanted))
        .await
        .or_stop(app, who)?;
    let ctx = context::of(app, who, Job::Division).await?;
    let lang = ctx.lang;
    let title = lang.t("division-tie-new");
    let head = PageHead::new(title.clone())
        .crumbs(vec![
            Crumb::link(lang.t("nav-division"), "/division"),
            Crumb::link(lang.t("division-part-accounts"), "/division/accounts"),
            Crumb::link(read.line.display_name.clone(), path(id)),
        ])
        .facts(read.line.username.clone());
    let body = html! {
        (head.draw())
        @if let Some(kind) = read.kind {
            @if read.kinds.len() > 1 { (kind_tabs(lang, id, &read, asked)) }
            div class="grid" { div class="s8 stack" {
                (search(&ctx, id, kind, asked))
                (choose(&ctx, id, &read, kind, (asked, typed, &found)))
            } }
        } @else {
            (card::unheaded_card(&title, &ui::waiting::empty(&lang.t("division-tie-no-kind"), None)))
        }
    };
    Ok(ui::shell::page(&ctx, title, body))
}

fn kind_tabs(lang: Lang, id: AccountId, read: &Read, asked: &Asked) -> Markup {
    let tab = |kind: &TieKind| {
        let pairs = [("kind", kind.as_str()), ("q", asked.q.as_str())];
        let address = format!("{}/ties/new{}", path(id), query(pairs));
        Tab::new(context::role_words(lang, kind.role()), address).current(read.kind == Some(*kind))
    };
    let all: Vec<Tab> = read.kinds.iter().map(tab).collect();
    ui::tabs::tabs(lang, &lang.t("division-tie-as"), &all)
}

fn search(ctx: &Ctx, id: AccountId, kind: TieKind, asked: &Asked) -> Markup {
    let lang = ctx.lang;
    let label = lang.t(if kind == TieKind::Guardian {
        "division-tie-find-person"
    } else {
        "division-tie-find-student"
    });
    let address = format!("{}/ties/new", path(id));
    let fields = html! {
        div class="cb fg" {
            input type="hidden" name="kind" value=(kind.as_str());
            (Field::new(lang, "q", &label).value(&asked.q).width(Width::Half).search())
            div class="f w6 row-x end-line" { (Action::submit(lang.t("division-tie-find")).icon(Icon::Search)) }
        }
    };
    card::bare_card(
        &card::Head::new("find", lang.t(&format!("division-tie-effect-{}", kind.as_str()))),
        &Form::get(&address).draw_in(ctx, &fields),
    )
}

fn choose(
    ctx: &Ctx,
    id: AccountId,
    read: &Read,
    kind: TieKind,
    (asked, typed, found): (&Asked, Fields, &[Shown]),
) -> Markup {
    let lang = ctx.lang;
    let choices = listed(lang, read);
    if choices.is_empty() {
        let words = if asked.q.is_empty() {
            "division-tie-search-first"
        } else {
            "division-tie-found-none"
        };
        return card::unheaded_card(
            &lang.t("division-tie-whom"),
            &ui::waiting::empty(&lang.t(words), None),
        );
    }
    let mut pairs: Vec<(String, String)> = typed
        .pairs()
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect();
    if pairs.is_empty() {
        pairs.push(("from".to_owned(), read.today.to_string()));
    }
    let typed = Fields::from(pairs);
    let ask = Ask {
        lang,
        typed: &typed,
        found,
    };
    let chosen = typed.all("whom");
    let chosen: Vec<&str> = chosen.iter().map(String::as_str).collect();
    let label = lang.t("division-tie-whom");
    let field = Field::new(lang, "whom", &label)
        .value(chosen.first().copied().unwrap_or_default())
        .findings(found)
        .width(Width::Whole);
    let is_one = matches!(kind, TieKind::Guardian | TieKind::Oneself);
    let fields = html! {
        div class="cb fg" {
            (summary(lang, found, &["whom", "from", "until", "reason"]))
            input type="hidden" name="kind" value=(kind.as_str());
            input type="hidden" name="q" value=(asked.q);
            @if is_one { (field.radios(&choices)) } @else { (field.checkboxes(&choices, &chosen)) }
            (ask.date("from", Width::Third))
            (ask.date("until", Width::Third))
            (ask.text("reason", Width::Third))
        }
        (form_end(lang, &html! {}, &path(id), &Action::submit(lang.t("division-tie-give")).primary()))
    };
    let form = Form::post(&format!("{}/ties", path(id))).draw_in(ctx, &fields);
    card::bare_card(&card::Head::new("give", lang.t("division-tie-whom")), &form)
}

/// What there is to choose.
fn listed(lang: Lang, read: &Read) -> Vec<Choice> {
    let persons = read.choices.persons.iter().map(|found| {
        let children: Vec<String> = found
            .children
            .iter()
            .map(|(card, sees)| {
                let words = if *sees {
                    "division-tie-child"
                } else {
                    "division-tie-child-not"
                };
                lang.tx(words, &[("name", card.list_name.as_str().into())])
                    .into_owned()
            })
            .collect();
        let mut note = vec![found.email.clone(), children.join("; ")];
        note.retain(|part| !part.is_empty());
        Choice::new(format!("person:{}", found.person), found.name.sentence()).note(note.join(" · "))
    });
    let homerooms = read.choices.homerooms.iter().map(|(school, room)| {
        let words = lang.tx("division-tie-room", &[("room", room.as_str().into())]);
        Choice::new(format!("homeroom:{school}:{room}"), words).note(read.directory.name(*school))
    });
    let students = read.choices.students.iter().map(|card| {
        Choice::new(format!("student:{}", card.student), card.list_name.clone()).note(student_note(
            lang,
            card,
            &read.directory,
        ))
    });
    persons.chain(students).chain(homerooms).collect()
}

/// Ties the account to each that was chosen, or to none.
pub(crate) async fn give(
    State(app): State<App>,
    Path(id): Path<AccountId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<ManageAccounts>::wide(who.standing()).or_stop(&app, &who)?;
    let given = match typed(&fields, id) {
        Ok(all) => {
            app.store()
                .write(who.actor(), move |tx| {
                    all.iter()
                        .try_for_each(|new| people::tie(tx, &permit, new).map(|_| ()))
                })
                .await
        }
        Err(failure) => Err(failure),
    };
    match given {
        Ok(()) => Ok(ties::back(id)),
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let asked = Asked {
                kind: fields.get("kind").to_owned(),
                q: fields.get("q").to_owned(),
            };
            let page = show(&app, &who, id, (&asked, fields, found)).await?;
            Ok(Answer::again(page))
        }
    }
}

fn typed(fields: &Fields, account: AccountId) -> Outcome<Vec<NewTie>> {
    let mut findings = Findings::default();
    let kind = fields.parsed("kind", "LP-0137", &mut findings);
    let kind: Option<TieKind> = wanted(kind, "LP-0137", "kind", &mut findings);
    let from = fields.date("from", &mut findings);
    let from = wanted(from, "LP-0001", "from", &mut findings);
    let until = fields.date("until", &mut findings);
    let mut whom: Vec<Around> = Vec::new();
    for chosen in fields.all("whom") {
        match around(&chosen) {
            Some(one) if !whom.contains(&one) => whom.push(one),
            Some(_) => {}
            None => findings.push(Finding::refuse("LP-0138", "whom")),
        }
    }
    if whom.is_empty() && findings.of("whom").next().is_none() {
        findings.push(Finding::refuse("LP-0129", "whom"));
    }
    match kind.zip(from) {
        Some((kind, from)) if !findings.refuse() => Ok(whom
            .into_iter()
            .map(|around| NewTie {
                account,
                kind,
                around,
                from,
                until,
                reason: fields.get("reason").to_owned(),
            })
            .collect()),
        _ => Err(Failure::Invalid(findings)),
    }
}

/// `person:…`, `student:…` or `homeroom:school:name`.
fn around(chosen: &str) -> Option<Around> {
    let (what, rest) = chosen.split_once(':')?;
    match what {
        "person" => rest.parse().ok().map(Around::Person),
        "student" => rest.parse().ok().map(Around::Student),
        "homeroom" => {
            let (school, room) = rest.split_once(':')?;
            let school = school.parse().ok()?;
            (!room.is_empty()).then(|| Around::Homeroom(school, room.to_owned()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::{around, typed};
    use crate::posted::Fields;
    use access::ties::Around;
    use kernel::{AccountId, Failure, SchoolId};

    #[test]
    fn a_tie_needs_someone_a_first_day_and_a_role_that_sees_so() {
        let account = AccountId::derived("a");
        let student = format!("student:{}", kernel::StudentId::derived("s"));
        let day = ("from", "2026-11-23");
        for (sent, missing) in [
            (vec![("kind", "team"), ("whom", student.as_str()), day], vec![]),
            (vec![("kind", "team"), day], vec![("LP-0129", "whom")]),
            (
                vec![("kind", "team"), ("whom", "student:nobody"), day],
                vec![("LP-0138", "whom")],
            ),
            (
                vec![("kind", "king"), ("whom", student.as_str())],
                vec![("LP-0137", "kind"), ("LP-0001", "from")],
            ),
        ] {
            let told: Vec<(String, String)> = match typed(&Fields::of(&sent), account) {
                Err(Failure::Invalid(found)) => {
                    found.0.into_iter().map(|one| (one.code, one.field)).collect()
                }
                _ => Vec::new(),
            };
            let missing: Vec<(String, String)> = missing
                .into_iter()
                .map(|(code, field): (&str, &str)| (code.to_owned(), field.to_owned()))
                .collect();
            assert_eq!(told, missing, "{sent:?}");
        }
    }

    #[test]
    fn a_homeroom_may_have_any_sign_in_its_name() {
        let school = SchoolId::derived("x");
        let room = around(&format!("homeroom:{school}:4:B"));
        assert_eq!(room, Some(Around::Homeroom(school, "4:B".to_owned())));
        assert_eq!(around(&format!("homeroom:{school}:")), None);
        assert_eq!(around("room"), None);
    }
}
