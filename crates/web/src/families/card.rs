//! The card of a student's family page: who has an account, whom to invite, what to take back.

use super::{letter, speaks, state_pill, why_words, words};
use crate::answer::{Answer, OrStop, PageResult};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, context, findings, lookup};
use ::families::{Invite, Invited, Line, State, Why};
use access::Permit;
use access::action::{InviteFamilies, ViewStudents};
use axum::extract::{Path, State as Given};
use kernel::{Failure, Instant, Outcome, StudentId};
use maud::{Markup, html};
use ui::ctx::{Ctx, Job};
use ui::form::{Finding, Form, finding_line};
use ui::head::{Crumb, PageHead};
use ui::{Action, Icon, Lang, card};

/// The lines of a student's contact persons; nothing for whoever does not invite.
pub(crate) fn read(
    at: &mut impl db::Reading,
    who: &Who,
    view: &Permit<ViewStudents>,
    student: StudentId,
) -> Outcome<Vec<Line>> {
    match Permit::<InviteFamilies>::student(at, who.standing(), student) {
        Ok(permit) => ::families::lines_of(at, (&permit, view), student),
        Err(Failure::NotFound | Failure::Denied(_)) => Ok(Vec::new()),
        Err(failure) => Err(failure),
    }
}

/// The card.
pub(crate) fn drawn(
    ctx: &Ctx,
    (student, sends_mail): (StudentId, bool),
    lines: &[Line],
    now: Instant,
) -> Markup {
    let lang = ctx.lang;
    let body = html! {
        ul class="list" {
            @for line in lines {
                li class="row-x wrap" {
                    div class="grow" {
                        b { (line.invitee.name.sentence()) } " "
                        span class="sub" { (lookup::relationship(lang, &line.invitee.relationship)) }
                        div class="sm sub" { (told(lang, line, now)) }
                    }
                    (state_pill(lang, line))
                    (actions(ctx, (student, sends_mail), line))
                }
            }
        }
    };
    let all = Action::link(lang.t("invite-school"), "/students/families").small();
    card::bare_card(
        &card::Head::new("accounts", lang.t("invite-card")).end(html! { (all) }),
        &body,
    )
}

/// Why not, or since when.
fn told(lang: Lang, line: &Line, now: Instant) -> Markup {
    let last = line
        .last
        .as_ref()
        .filter(|_| matches!(line.state, State::Sent | State::Opened));
    html! {
        @if let Some(why) = why_words(lang, line.why) { (why) }
        @else if !line.invitee.email.is_empty() { (line.invitee.email) }
        @if let Some(last) = last {
            " · " (lang.tx("invite-made", &[("who", last.made_by.as_str().into()), ("when", lookup::moment(lang, last.made_at, now).into())]))
        }
    }
}

fn actions(ctx: &Ctx, (student, sends_mail): (StudentId, bool), line: &Line) -> Markup {
    let lang = ctx.lang;
    let may = !matches!(line.why, Some(Why::Kept(_)));
    let by_mail = may && sends_mail && line.why.is_none();
    let is_open = matches!(line.state, State::Sent | State::Opened);
    let name = line.invitee.name.sentence();
    let seen = line
        .last
        .as_ref()
        .map(|last| last.id.to_string())
        .unwrap_or_default();
    let button = |key: &str, verb: &'static str| {
        let words = lang.t(key);
        Action::submit(words.clone())
            .small()
            .named("verb", verb)
            .spoken(format!("{words}: {name}"))
    };
    let again = line.state != State::NotInvited;
    let fields = html! {
        input type="hidden" name="person" value=(line.invitee.person);
        input type="hidden" name="seen" value=(seen);
        div class="row-x wrap" {
            @if by_mail { (button(if again { "invite-again" } else { "invite-mail" }, "mail").icon(Icon::Mail)) }
            @if may { (button("invite-paper", "paper").icon(Icon::Printer)) }
            @if is_open { (button("invite-revoke", "revoke").danger()) }
        }
    };
    html! {
        @if may || is_open {
            div class="no-print" { (Form::post(&format!("/students/{student}/family/invite")).draw_in(ctx, &fields)) }
        }
    }
}

/// What a form asks for.
enum Asked {
    Invite(Invite),
    Revoke(Invite),
}

fn asked(fields: &Fields, student: StudentId) -> Outcome<Asked> {
    fields.fit()?;
    let cmd = Invite {
        student,
        person: fields.get("person").parse().map_err(|_| Failure::NotFound)?,
        on_paper: fields.get("verb") == "paper",
        seen: fields.get("seen").parse().ok(),
    };
    match fields.get("verb") {
        "mail" | "paper" => Ok(Asked::Invite(cmd)),
        "revoke" => Ok(Asked::Revoke(cmd)),
        _ => Err(Failure::NotFound),
    }
}

/// Invites, or takes back. An invitation on paper comes back as a page to print: its code is shown this once.
pub(crate) async fn send(
    Given(app): Given<App>,
    Path(student): Path<StudentId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let view = Permit::<ViewStudents>::wide(who.standing()).or_stop(&app, &who)?;
    let standing = who.standing().clone();
    let shared = app.clone();
    let work = move |tx: &mut db::Tx| {
        let permit = Permit::<InviteFamilies>::student(tx, &standing, student)?;
        match asked(&fields, student)? {
            Asked::Invite(cmd) if !cmd.on_paper && !shared.site().sends_mail => Err(Failure::NotFound),
            Asked::Invite(cmd) => {
                let compose = |invited: &Invited| words(&shared, invited);
                let invited = ::families::invite(tx, (&permit, &view), &cmd, &compose)?;
                Ok(Some(invited).filter(|_| cmd.on_paper))
            }
            Asked::Revoke(cmd) => {
                let id = cmd.seen.ok_or(Failure::NotFound)?;
                ::families::revoke(tx, (&permit, &view), (student, cmd.person), id)?;
                Ok(None)
            }
        }
    };
    let home = format!("/students/{student}/family");
    match app.store().write(who.actor(), work).await {
        Ok(None) => Ok(Answer::see(format!("{home}#accounts"))),
        Ok(Some(invited)) => paper(&app, &who, &home, &invited).await,
        Err(failure) => {
            let found = findings::of_failure(who.lang(), failure).or_stop(&app, &who)?;
            refused(&app, &who, &home, &found).await
        }
    }
}

/// The letter, in the language of the person.
async fn paper(app: &App, who: &Who, home: &str, invited: &Invited) -> PageResult {
    let ctx = context::of(app, who, Job::Students).await?;
    let (lang, theirs) = (ctx.lang, speaks(&invited.invitee));
    let print = Action::scripted(lang.t("sections-print"))
        .icon(Icon::Printer)
        .primary()
        .with("data-print", "");
    let body = html! {
        div class="no-print" {
            (PageHead::new(lang.t("invite-paper-title")).crumbs(vec![Crumb::link(lang.t("student-tab-family"), home)]).action(print).draw())
            (ui::notice::banner(ui::notice::Tone::Info, &lang.t("invite-paper-once"), "", &[]))
        }
        section class="card" aria-label=(lang.t("invite-paper-title")) lang=(theirs.tag()) {
            div class="cb stack" {
                p class="b m-0" { (invited.invitee.name.sentence()) }
                @for part in letter(app, theirs, invited) { p class="m-0" { (part) } }
                p class="num b m-0" data-code { (invited.code) }
            }
        }
    };
    Ok(ui::shell::page(&ctx, lang.t("invite-paper-title"), body).into())
}

/// Why nobody was invited.
async fn refused(app: &App, who: &Who, home: &str, found: &[Finding]) -> PageResult {
    let ctx = context::of(app, who, Job::Students).await?;
    let lang = ctx.lang;
    let body = html! {
        (PageHead::new(lang.t("invite-card")).draw())
        (card::unheaded_card(&lang.t("invite-card"), &html! {
            div class="stack" { @for one in found { (finding_line(lang, one)) } (Action::link(lang.t("student-tab-family"), home)) }
        }))
    };
    Ok(Answer::again(ui::shell::page(&ctx, lang.t("invite-card"), body)))
}
