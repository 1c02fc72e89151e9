//! The end of a school year and the beginning of the next, for whole schools: asked here, then judged, applied and
//! taken back as every change to many is.

mod form;

use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::students::mass::run;
use crate::who::Who;
use crate::{App, context, findings};
use access::Permit;
use access::action::{MassUpdate, ViewSchools};
use axum::extract::{Path, State};
use enrolment::mass;
use form::{Drawn, Place, Verb};
use kernel::{Failure, MassUpdateId, SchoolYear};
use maud::{Markup, html};
use schools::Directory;
use ui::ctx::Job;
use ui::form::Finding;
use ui::head::{Crumb, PageHead};
use ui::{Action, Icon, Lang, card, icon};

/// Where the two begin.
pub(crate) const HOME: &str = "/students/year";

/// What may be done.
pub(crate) async fn page(State(app): State<App>, who: Who) -> PageResult {
    Permit::<MassUpdate>::wide(who.standing()).or_stop(&app, &who)?;
    let ctx = context::of(&app, &who, Job::Students).await?;
    let lang = ctx.lang;
    let lately = Action::link(lang.t("year-lately"), crate::students::mass::HOME);
    let body = html! {
        (head(lang, &lang.t("year-title"), &lang.t("year-facts")).action(lately.icon(Icon::History)).draw())
        (card::bare_card(&card::Head::new("what", lang.t("year-what")), &html! {
            ul class="list kinds" {
                @for (verb, key) in [(Verb::Close, "1"), (Verb::Register, "2")] {
                    li {
                        a class="row-x plain" href={ (HOME) "/" (verb.word()) } data-key=(key) {
                            kbd { (key) }
                            span class="grow" {
                                b { (lang.t(&format!("year-{}", verb.word()))) } br;
                                span class="sub sm" { (lang.t(&format!("year-{}-note", verb.word()))) }
                            }
                            (icon(Icon::ChevronRight))
                        }
                    }
                }
            }
        }))
    };
    Ok(ui::shell::page(&ctx, lang.t("year-title"), body).into())
}

fn head(lang: Lang, title: &str, facts: &str) -> PageHead {
    PageHead::new(title)
        .crumbs(vec![Crumb::link(lang.t("nav-students"), "/students")])
        .facts(facts)
}

/// The question: which schools, which day.
pub(crate) async fn ask(State(app): State<App>, who: Who, Path(verb): Path<Verb>) -> PageResult {
    let read = read(&app, &who, verb).await?;
    let id = MassUpdateId::fresh(app.store().now());
    let fields = form::first(verb, id, &read.places, who.school());
    shown(&app, &who, &read, (&fields, &[])).await.map(Answer::page)
}

/// Takes the students of the schools, and lets each be judged. The form carries the batch's id, so that sent twice it
/// is one batch.
pub(crate) async fn send(
    State(app): State<App>,
    Path(verb): Path<Verb>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let permit = Permit::<MassUpdate>::wide(who.standing()).or_stop(&app, &who)?;
    let read = read(&app, &who, verb).await?;
    let id: MassUpdateId = fields
        .get("id")
        .parse()
        .unwrap_or_else(|_| MassUpdateId::fresh(app.store().now()));
    let begun = match fields
        .fit()
        .and_then(|()| fields.at_most("reason", 120))
        .and_then(|()| form::change(verb, &fields))
    {
        Ok(change) => {
            let reason = fields
                .some("reason")
                .unwrap_or_else(|| who.lang().t(&format!("year-{}", verb.word())).into_owned());
            let begun = app.store().write(who.actor(), move |tx| {
                mass::begin_year(tx, &permit, id, (&change, &reason)).map(|_| id)
            });
            begun.await
        }
        Err(failure) => Err(failure),
    };
    match begun {
        Ok(id) => run::go(&app, &who, id).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            shown(&app, &who, &read, (&fields, &found))
                .await
                .map(Answer::again)
        }
    }
}

/// What the question is drawn from.
struct Read {
    verb: Verb,
    current: SchoolYear,
    places: Vec<Place>,
    directory: Directory,
}

/// The person's schools with the day of each that suggests itself.
async fn read(app: &App, who: &Who, verb: Verb) -> Result<Read, Stopped> {
    Permit::<MassUpdate>::wide(who.standing()).or_stop(app, who)?;
    let permit = Permit::<ViewSchools>::wide(who.standing()).or_stop(app, who)?;
    let current = SchoolYear::of(app.store().now().date());
    app.store()
        .read(who.division(), move |at| {
            let directory = schools::directory(at)?;
            let year = verb.year(current);
            let places = schools::schools(at, &permit)?.into_iter().map(|school| {
                let calendar = match schools::calendar(at, school.id, year) {
                    Ok(calendar) => Some(calendar),
                    Err(Failure::NotFound) => None,
                    Err(failure) => return Err(failure),
                };
                Ok(Place {
                    day: calendar.and_then(|calendar| verb.day(&calendar)),
                    onward: enrolment::rules::likely_onward(&directory, school.id),
                    school,
                })
            });
            let places = places.collect::<Result<_, _>>()?;
            Ok(Read {
                verb,
                current,
                places,
                directory,
            })
        })
        .await
        .or_stop(app, who)
}

async fn shown(
    app: &App,
    who: &Who,
    read: &Read,
    (fields, found): (&Fields, &[Finding]),
) -> Result<Markup, Stopped> {
    let ctx = context::of(app, who, Job::Students).await?;
    let lang = ctx.lang;
    let title = lang.t(&format!("year-{}", read.verb.word()));
    let drawn = Drawn {
        ctx: &ctx,
        verb: read.verb,
        current: read.current,
        places: &read.places,
        directory: &read.directory,
        fields,
        found,
    };
    let facts = lang.t(&format!("year-{}-note", read.verb.word()));
    let body = html! {
        (PageHead::new(title.clone())
            .crumbs(vec![Crumb::link(lang.t("nav-students"), "/students"), Crumb::link(lang.t("year-title"), HOME)])
            .facts(facts)
            .draw())
        (drawn.card())
    };
    Ok(ui::shell::page(&ctx, title, body))
}
