//! A change to one record of a student, on a page of its own: a question for
//! each field, findings beside it, and both versions when somebody else saved
//! in between.

mod alert;
mod citizenship;
mod identity;
mod name;
mod question;
mod restriction;

pub(crate) use alert::Alerts;
pub(crate) use citizenship::Citizenships;
pub(crate) use identity::{Details, OnCard};
pub(crate) use name::Names;
pub(crate) use restriction::Restrictions;

use super::head::{self, Head, Opened, Page};
use super::reading;
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted, all_read};
use crate::who::Who;
use crate::{App, findings, stale};
use access::{Action, Permit, Standing};
use axum::extract::{Path, State};
use db::{Reading, Tx};
use kernel::{Date, Failure, Findings, Outcome, StudentId};
use maud::{Markup, html};
use people::{On, Saved};
use question::Question;
use serde::Deserialize;
use ui::ctx::Ctx;
use ui::form::{self, Finding, Form};
use ui::{Lang, card};
use uuid::Uuid;

/// What an address names: whose record, which one, what is done to it.
#[derive(Debug, Clone, Deserialize)]
pub(crate) struct Asked {
    student: StudentId,
    #[serde(default)]
    record: Option<Uuid>,
    #[serde(default)]
    verb: Option<String>,
}

impl Asked {
    /// What is done; an address without a word for it adds.
    fn verb(&self) -> &str {
        self.verb.as_deref().unwrap_or("add")
    }
    /// The last day on file; today for what has none and is being ended.
    fn until(&self, on_file: Option<Date>, today: Date) -> String {
        let day = on_file.or_else(|| (self.verb() == "end").then_some(today));
        day.map(|day| day.to_string()).unwrap_or_default()
    }
    /// Which record; `NotFound` for an address without one.
    fn record<I>(&self, of: fn(Uuid) -> I) -> Outcome<I> {
        self.record.map(of).ok_or(Failure::NotFound)
    }
}

/// What can be done to a kind of record.
pub(crate) struct Task {
    /// Its word in addresses and messages.
    verb: &'static str,
    /// What is asked.
    questions: &'static [Question],
    /// It takes something away: outlined, and a reason is asked for.
    is_grave: bool,
}

impl Task {
    /// What the form and the record both say, with labels; nothing for a task that only ends or takes out.
    fn compared(&self, lang: Lang) -> Vec<(&'static str, String)> {
        let asked = self.questions.iter().filter(|question| question.is_of_record());
        asked
            .map(|question| (question.name, lang.t(question.label).into_owned()))
            .collect()
    }

    /// How an answer reads.
    fn say(&self, lang: Lang, name: &str, answer: &str) -> String {
        let question = self.questions.iter().find(|question| question.name == name);
        question
            .and_then(|question| question.said(lang, answer))
            .unwrap_or_default()
    }
}

/// A kind of record of a student, and how its forms read and save it.
pub(crate) trait Part: Send + Sync + 'static {
    /// Reading it needs this.
    type View: Action;
    /// Changing it needs this.
    type Edit: Action;
    /// The page it stands on.
    const PAGE: Page;
    /// What its messages begin with.
    const WORDS: &'static str;
    /// The folder of its addresses, below the student's.
    const FOLDER: &'static str;
    /// The name in the audit of what a form shows; none when it is not sensitive.
    const READS: Option<&'static str>;
    /// What can be done.
    const TASKS: &'static [Task];

    /// The record as it stands, or a new one's first answers.
    fn seen(at: &mut impl Reading, view: &Permit<Self::View>, asked: &Asked) -> Outcome<Seen>;
    /// Does it.
    fn save(tx: &mut Tx, permits: &Permits<Self>, sent: &Sent<'_>) -> Outcome<Saved>;
}

/// The permits of a save.
pub(crate) struct Permits<P: Part + ?Sized> {
    view: Permit<P::View>,
    edit: Permit<P::Edit>,
}

impl<P: Part> Permits<P> {
    fn of(at: &mut impl Reading, standing: &Standing, student: StudentId) -> Outcome<Self> {
        let edit = Permit::student(at, standing, student)?;
        let view = Permit::student(at, standing, student)?;
        Ok(Self { view, edit })
    }
}

/// A record as a form shows it: its version, and an answer to each question.
#[derive(Debug, Clone, Default)]
pub(crate) struct Seen {
    version: i64,
    answers: Vec<(&'static str, String)>,
}

impl Seen {
    /// A record that begins today.
    fn new_today(today: Date) -> Self {
        Self {
            version: 0,
            answers: vec![("effective_on", today.to_string())],
        }
    }
    fn fields(&self) -> Fields {
        let pairs = self.answers.iter();
        Fields::from(
            pairs
                .map(|(key, value)| ((*key).to_owned(), value.clone()))
                .collect::<Vec<_>>(),
        )
    }
}

/// A form that was sent.
pub(crate) struct Sent<'a> {
    asked: &'a Asked,
    fields: &'a Fields,
}

impl Sent<'_> {
    /// The record of the address, as its author saw it.
    fn on<I>(&self, of: fn(Uuid) -> I) -> Outcome<On<I>> {
        self.at(self.asked.record(of)?)
    }
    /// A record as its author saw it.
    fn at<I>(&self, id: I) -> Outcome<On<I>> {
        let seen = self.fields.version("version")?;
        Ok(On::seen(self.asked.student, id, seen).because(self.fields.get("reason")))
    }
    /// The record of the address; a new one where it names none.
    fn on_or_made<I>(&self, of: fn(Uuid) -> I, derived: fn(&str) -> I, what: &str) -> Outcome<On<I>> {
        match self.asked.record {
            Some(_) => self.on(of),
            None => Ok(self.made(derived, what)),
        }
    }
    /// A new record; the same form sent twice names the same one.
    fn made<I>(&self, derived: fn(&str) -> I, what: &str) -> On<I> {
        let seed = format!("{}/{}/{what}", self.asked.student, self.fields.get("once"));
        On::new(self.asked.student, derived(&seed))
    }
    /// The date of the one field that is asked for.
    fn day(&self, name: &str) -> Outcome<Date> {
        all_read(|found| self.fields.day(name, found))
    }
    /// The reason, which what takes something away must have.
    fn needs_reason(&self) -> Outcome<()> {
        all_read(|found| {
            self.reason(found);
            Some(())
        })
    }
    /// A finding when the reason is missing.
    fn reason(&self, found: &mut Findings) {
        if self.fields.some("reason").is_none() {
            found.push(kernel::Finding::refuse("LP-0122", "reason"));
        }
    }
}

/// What a form shows beyond its record.
struct Drawn<'a> {
    asked: &'a Asked,
    task: &'static Task,
    version: i64,
    fields: &'a Fields,
    found: &'a [Finding],
}

fn task<P: Part>(asked: &Asked) -> Outcome<&'static Task> {
    let mut all = P::TASKS.iter();
    all.find(|task| task.verb == asked.verb())
        .ok_or(Failure::NotFound)
}

/// The form.
pub(crate) async fn ask<P: Part>(State(app): State<App>, who: Who, Path(asked): Path<Asked>) -> PageResult {
    let task = task::<P>(&asked).or_stop(&app, &who)?;
    let Opened {
        head,
        ctx,
        shown: seen,
    } = opened::<P>(&app, &who, &asked).await?;
    let drawn = Drawn {
        asked: &asked,
        task,
        version: seen.version,
        fields: &head.offer(seen.fields()),
        found: &[],
    };
    Ok(Answer::page(shown::<P>(&who, (&head, &ctx), &drawn)))
}

/// The record as it stands; a sensitive one is not shown without a line in the audit.
async fn opened<P: Part>(app: &App, who: &Who, asked: &Asked) -> Result<Opened<Seen>, Stopped> {
    let (standing, about) = (who.standing().clone(), asked.clone());
    let opened = head::open(app, who, asked.student, move |at, _| {
        let permits = Permits::<P>::of(at, &standing, about.student)?;
        P::seen(at, &permits.view, &about)
    });
    let opened = opened.await?;
    if let (Some(what), Some(_)) = (P::READS, asked.record) {
        reading::noted::<P::View>(app, who, asked.student, what).await?;
    }
    Ok(opened)
}

fn shown<P: Part>(who: &Who, (head, ctx): (&Head, &Ctx), drawn: &Drawn<'_>) -> Markup {
    let title = ctx.lang.t(&words::<P>(drawn.task, "title"));
    let body = html! {
        (head.draw(who, P::PAGE, Vec::new()))
        (card::bare_card(&card::Head::new("change", title.clone()), &form::<P>(ctx, drawn)))
    };
    ui::shell::page(ctx, title, body)
}

fn words<P: Part>(task: &Task, part: &str) -> String {
    format!("{}-{}-{part}", P::WORDS, task.verb)
}

fn form<P: Part>(ctx: &Ctx, drawn: &Drawn<'_>) -> Markup {
    let lang = ctx.lang;
    let names: Vec<&str> = drawn.task.questions.iter().map(|one| one.name).collect();
    let submit = ui::Action::submit(lang.t(&words::<P>(drawn.task, "send")));
    let submit = if drawn.task.is_grave {
        submit.danger()
    } else {
        submit.primary().key("Ctrl Enter")
    };
    let token = drawn.fields.some("once");
    let token = token.unwrap_or_else(|| Uuid::new_v4().to_string());
    let inner = html! {
        (stale::seen(drawn.version, drawn.fields))
        div class="cb stack" {
            p class="sub m-0" { (lang.t(&words::<P>(drawn.task, "text"))) }
            (form::summary(lang, drawn.found, &names))
            div class="fg" {
                @for (at, question) in drawn.task.questions.iter().enumerate() {
                    (question.draw(ctx, drawn.fields, drawn.found, at == 0))
                }
            }
        }
        (form::form_end(lang, &html! {}, &head::path(drawn.asked.student, P::PAGE), &submit))
    };
    Form::post(&address::<P>(drawn.asked))
        .once(&token)
        .draw_in(ctx, &inner)
}

fn address<P: Part>(asked: &Asked) -> String {
    let folder = format!("/students/{}/{}", asked.student, P::FOLDER);
    match (asked.record, &asked.verb) {
        (Some(record), Some(verb)) => format!("{folder}/{record}/{verb}"),
        (None, Some(verb)) => format!("{folder}/{verb}"),
        _ => folder,
    }
}

/// Does it; then waits a moment for the province.
pub(crate) async fn send<P: Part>(
    State(app): State<App>,
    Path(asked): Path<Asked>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let task = task::<P>(&asked).or_stop(&app, &who)?;
    let (standing, sent_to, sent) = (who.standing().clone(), asked.clone(), fields.clone());
    let saved = app
        .store()
        .write(who.actor(), move |tx| {
            sent.fit()?;
            let permits = Permits::<P>::of(tx, &standing, sent_to.student)?;
            let sent = Sent {
                asked: &sent_to,
                fields: &sent,
            };
            let saved = P::save(tx, &permits, &sent)?;
            sent.fields.confirmed(saved.findings)
        })
        .await;
    match saved {
        Ok(()) => done::<P>(&app, asked.student).await,
        // The id of a new record comes from its form: this is the second press of one button.
        Err(Failure::Conflict(_)) if asked.record.is_none() && task.verb == "add" => {
            done::<P>(&app, asked.student).await
        }
        Err(Failure::Conflict(_)) => both::<P>(&app, &who, (&asked, task), &fields).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            let drawn = Drawn {
                asked: &asked,
                task,
                // A form that names no version gets 0: sending it again shows both.
                version: fields.version("version").unwrap_or_default(),
                fields: &fields,
                found: &found,
            };
            let Opened { head, ctx, .. } = head::open_head(&app, &who, asked.student).await?;
            Ok(Answer::again(shown::<P>(&who, (&head, &ctx), &drawn)))
        }
    }
}

async fn done<P: Part>(app: &App, student: StudentId) -> PageResult {
    app.settle(student).await;
    Ok(Answer::see(head::path(student, P::PAGE)))
}

/// Somebody saved in between: what stands now beside what was typed, to choose
/// from; a task that only ends or takes out is asked again.
async fn both<P: Part>(
    app: &App,
    who: &Who,
    (asked, task): (&Asked, &'static Task),
    fields: &Fields,
) -> PageResult {
    let Opened {
        head,
        ctx,
        shown: now,
    } = opened::<P>(app, who, asked).await?;
    let compared = task.compared(ctx.lang);
    if compared.is_empty() {
        let (fields, found) = stale::again(ctx.lang, fields);
        let drawn = Drawn {
            asked,
            task,
            version: now.version,
            fields: &fields,
            found: &found,
        };
        return Ok(Answer::stale(shown::<P>(who, (&head, &ctx), &drawn)));
    }
    let record = asked
        .record
        .map_or_else(|| asked.student.to_string(), |id| id.to_string());
    let by = super::history::saved_by(app, who, asked.student, &[record]).await?;
    let stale = stale::Stale {
        address: &address::<P>(asked),
        back: &head::path(asked.student, P::PAGE),
        version: now.version,
        asked: &compared,
        typed: fields,
        now: &now.fields(),
        by: &by,
    };
    let body = html! {
        (head.draw(who, P::PAGE, Vec::new()))
        (stale.card(&ctx, &|name, answer| task.say(ctx.lang, name, answer)))
    };
    let title = ctx.lang.t(&words::<P>(task, "title"));
    Ok(Answer::stale(ui::shell::page(&ctx, title, body)))
}
