//! Family and contacts: whom to call in which order, where the student lives,
//! how to reach either; each part changes on a page of its own, and a change
//! may be taken back.

pub(super) mod address;
mod contact;
mod part;
mod person;
mod reach;
mod table;

use super::head::{self, Opened, Page};
use super::reading;
use crate::answer::{Answer, OrStop, PageResult, Stopped};
use crate::posted::{Fields, Posted};
use crate::who::Who;
use crate::{App, findings, stale};
use access::Permit;
use access::action::{EditCustody, EditStudents, ViewCustody, ViewStudents};
use axum::extract::{Path, Query, State};
use kernel::{AddressId, ContactId, Date, EmailId, Failure, Outcome, PhoneId, StudentId};
use maud::{Markup, html};
use part::{Known, Part};
use people::{FamilyHints, Student, Undo};
use ui::form::{self, Finding, Form};
use ui::notice::{self, Tone, banner, toast};
use ui::{Action, Ctx, card};

pub(crate) use table::contacts_card;

/// What the page is told of the step before: what was done and may be taken
/// back, what could not be, and whose place in the calling order moved.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct Told {
    undo: String,
    refused: String,
    moved: String,
}

/// The page.
pub(crate) async fn page(
    State(app): State<App>,
    who: Who,
    Path(student): Path<StudentId>,
    Query(told): Query<Told>,
) -> PageResult {
    let look = who.visit.look;
    let asking = who.clone();
    let opened = head::open(&app, &who, student, move |at, permit| {
        let lines = crate::families::card::read(at, &asking, permit, student)?;
        Ok((head::record(at, permit, student, look)?, lines))
    });
    let Opened {
        head,
        ctx,
        shown: (record, accounts),
    } = opened.await?;
    let may_edit = look.is_none() && who.may_now::<EditStudents>();
    let today = look.map_or_else(|| ctx.today.into(), |look| look.on);
    let edit = may_edit.then_some(table::Edit {
        ctx: &ctx,
        moved: &told.moved,
    });
    let body = html! {
        (head.draw(&who, Page::Family, Vec::new()))
        @if told.refused == "changed-since" {
            (banner(Tone::Warn, &ctx.lang.t("family-not-undone"), &ctx.lang.t("family-not-undone-text"), &[]))
        }
        div class="grid" {
            div class="s8 stack" {
                (contacts_card(ctx.lang, &record, today, edit.as_ref()))
                @if may_edit && !accounts.is_empty() {
                    (crate::families::card::drawn(&ctx, (student, app.site().sends_mail), &accounts, app.store().now()))
                }
            }
            div class="s4 stack" {
                (table::addresses(ctx.lang, &record, may_edit, today))
                (table::reach(ctx.lang, &record, may_edit))
            }
        }
        (head.because(&who))
        @if may_edit { (undo_toast(&ctx, &record, &told.undo)) }
    };
    Ok(ui::shell::page(&ctx, ctx.lang.t("student-tab-family"), body).into())
}

/// Offers to take the last step back, while it still is the last.
fn undo_toast(ctx: &Ctx, record: &Student, done: &str) -> Markup {
    let steps = steps(done);
    let is_last = |(what, version): &(Undo, i64)| match what {
        Undo::Contact(id) => record
            .contacts
            .iter()
            .any(|one| one.contact.id == *id && one.contact.version == *version),
        Undo::Person(id) => record
            .contacts
            .iter()
            .any(|one| one.person.id == *id && one.person.version == *version),
        Undo::Address(id) => known(&record.addresses, |one| (one.id, one.version), id, *version),
        Undo::Phone(id) => known(&record.phones, |one| (one.id, one.version), id, *version),
        Undo::Email(id) => known(&record.emails, |one| (one.id, one.version), id, *version),
    };
    if steps.is_empty() || !steps.iter().all(is_last) {
        return html! {};
    }
    let action = format!("/students/{}/family/undo?undo={done}", record.id);
    let undo = notice::Undo {
        action: &action,
        csrf: &ctx.csrf,
        seen: &ctx.seen,
    };
    toast(ctx.lang, &ctx.lang.t("family-saved"), Some(&undo))
}

/// Is it on record at that version, or taken out of the record?
fn known<R, I: PartialEq>(all: &[R], of: impl Fn(&R) -> (I, i64), id: &I, version: i64) -> bool {
    all.iter()
        .map(of)
        .find(|(known, _)| known == id)
        .is_none_or(|(_, now)| now == version)
}

/// `contact~ID~VERSION,…` as steps; what cannot be read is left out.
fn steps(text: &str) -> Vec<(Undo, i64)> {
    text.split(',')
        .filter_map(|step| {
            let mut parts = step.split('~');
            let (kind, id, version) = (parts.next()?, parts.next()?, parts.next()?.parse().ok()?);
            let what = match kind {
                "contact" => Undo::Contact(id.parse().ok()?),
                "person" => Undo::Person(id.parse().ok()?),
                "address" => Undo::Address(id.parse().ok()?),
                "phone" => Undo::Phone(id.parse().ok()?),
                "email" => Undo::Email(id.parse().ok()?),
                _ => return None,
            };
            Some((what, version))
        })
        .collect()
}

fn written(steps: &[(Undo, i64)]) -> String {
    let all: Vec<String> = steps
        .iter()
        .map(|(what, version)| match what {
            Undo::Contact(id) => format!("contact~{id}~{version}"),
            Undo::Person(id) => format!("person~{id}~{version}"),
            Undo::Address(id) => format!("address~{id}~{version}"),
            Undo::Phone(id) => format!("phone~{id}~{version}"),
            Undo::Email(id) => format!("email~{id}~{version}"),
        })
        .collect();
    all.join(",")
}

/// Takes the last step back, all of it or nothing.
pub(crate) async fn undo(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Query(told): Query<Told>,
    Posted { who, .. }: Posted,
) -> PageResult {
    let standing = who.standing().clone();
    let reason = who.lang().t("undo").into_owned();
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<EditStudents>::student(tx, &standing, student)?;
            let steps = steps(&told.undo);
            if steps.is_empty() {
                return Err(Failure::NotFound);
            }
            for step in steps {
                people::undo(tx, &permit, student, step, &reason)?;
            }
            Ok(())
        })
        .await;
    let home = head::path(student, Page::Family);
    match done {
        Ok(()) => {
            app.settle(student).await;
            Ok(Answer::see(home))
        }
        Err(Failure::Conflict(_) | Failure::Invalid(_)) => {
            Ok(Answer::see(format!("{home}?refused=changed-since")))
        }
        Err(failure) => Err(failure).or_stop(&app, &who),
    }
}

/// Moves one contact in the calling order.
pub(crate) async fn order(
    State(app): State<App>,
    Path(student): Path<StudentId>,
    Posted { who, fields }: Posted,
) -> PageResult {
    let (standing, sent) = (who.standing().clone(), fields.clone());
    let done = app
        .store()
        .write(who.actor(), move |tx| {
            let permit = Permit::<EditStudents>::student(tx, &standing, student)?;
            people::reorder_contacts(tx, &permit, student, &moved(&sent), "")
        })
        .await;
    let home = head::path(student, Page::Family);
    match done {
        Ok(()) => {
            app.settle(student).await;
            let moved = fields.get("move");
            Ok(Answer::see(format!("{home}?moved={moved}")))
        }
        Err(Failure::Conflict(_) | Failure::Invalid(_)) => {
            Ok(Answer::see(format!("{home}?refused=changed-since")))
        }
        Err(failure) => Err(failure).or_stop(&app, &who),
    }
}

/// The order as the page showed it, with one contact a place up or down.
fn moved(fields: &Fields) -> Vec<(ContactId, i64)> {
    let mut order: Vec<(ContactId, i64)> = fields
        .all("contact")
        .iter()
        .filter_map(|one| {
            let (id, version) = one.split_once('~')?;
            Some((id.parse().ok()?, version.parse().ok()?))
        })
        .collect();
    let Some((way, id)) = fields.get("move").split_once('-') else {
        return order;
    };
    let id = id.parse::<ContactId>().ok();
    let at = order.iter().position(|(one, _)| Some(*one) == id);
    match (way, at) {
        ("up", Some(at)) if at > 0 => order.swap(at, at - 1),
        ("down", Some(at)) if at + 1 < order.len() => order.swap(at, at + 1),
        _ => {}
    }
    order
}

/// A brother or sister whose address fills the form.
#[derive(Debug, Clone, Default, serde::Deserialize)]
#[serde(default)]
pub(crate) struct As {
    r#as: String,
}

/// The handlers of a part: its form, and what is sent.
macro_rules! part {
    ($ask:ident, $send:ident, $part:expr) => {
        /// The form of a new one.
        pub(crate) async fn $ask(
            State(app): State<App>,
            who: Who,
            Path(student): Path<StudentId>,
            Query(like): Query<As>,
        ) -> PageResult {
            ask(&app, &who, (student, $part), &like).await
        }
        /// Saves a new one.
        pub(crate) async fn $send(
            State(app): State<App>,
            Path(student): Path<StudentId>,
            posted: Posted,
        ) -> PageResult {
            send(&app, (student, $part), posted).await
        }
    };
    ($ask:ident, $send:ident, $id:ty, $part:expr) => {
        /// The form of one that is there.
        pub(crate) async fn $ask(
            State(app): State<App>,
            who: Who,
            Path((student, id)): Path<(StudentId, $id)>,
        ) -> PageResult {
            ask(&app, &who, (student, $part(id)), &As::default()).await
        }
        /// Saves it.
        pub(crate) async fn $send(
            State(app): State<App>,
            Path((student, id)): Path<(StudentId, $id)>,
            posted: Posted,
        ) -> PageResult {
            send(&app, (student, $part(id)), posted).await
        }
    };
}

part!(new_contact, add_contact, Part::Contact(None));
part!(new_phone, add_phone, Part::Phone(None));
part!(new_email, add_email, Part::Email(None));
part!(new_address, add_address, Part::Address(None));
part!(ask_contact, save_contact, ContactId, |id| Part::Contact(Some(id)));
part!(ask_phone, save_phone, PhoneId, |id| Part::Phone(Some(id)));
part!(ask_email, save_email, EmailId, |id| Part::Email(Some(id)));
part!(ask_address, save_address, AddressId, |id| Part::Address(Some(id)));

/// Opens the page of a part; not found when the student has no such record.
async fn open(
    app: &App,
    who: &Who,
    (student, part): (StudentId, Part),
    like: &As,
) -> Result<(Opened<Known>, i64, Fields), Stopped> {
    Permit::<EditStudents>::wide(who.standing()).or_stop(app, who)?;
    let sibling: Option<StudentId> = like.r#as.parse().ok();
    let asking = who.clone();
    let mut opened = head::open(app, who, student, move |at, permit| {
        known_of(at, &asking, permit, (student, part))
    })
    .await?;
    if !opened.shown.note.is_empty() {
        reading::noted::<ViewCustody>(app, who, student, "custody").await?;
    }
    if who.actor().seen.is_empty() && !opened.shown.seen.is_empty() {
        opened.ctx.seen = format!("{};{}", opened.ctx.seen, opened.shown.seen);
    }
    let today: Date = opened.ctx.today.into();
    let (version, mut fields) = part
        .fields(&opened.shown, today)
        .ok_or(Failure::NotFound)
        .or_stop(app, who)?;
    let families = &opened.shown.families;
    let like = sibling.and_then(|sibling| {
        let of = |family: &&people::Family| family.children.iter().any(|card| card.student == sibling);
        families.iter().find(of)?.addresses.first()
    });
    if let (Part::Address(None), Some(address)) = (part, like) {
        let pairs = [
            ("street", &address.street),
            ("city", &address.city),
            ("province", &address.province),
            ("postal_code", &address.postal_code),
            ("format", &address.format),
            ("country", &address.country),
        ];
        let mut filled: Vec<(String, String)> = pairs
            .map(|(name, value)| (name.to_owned(), value.clone()))
            .to_vec();
        filled.push(("of".to_owned(), address::BOTH.to_owned()));
        fields = Fields::from(filled);
    }
    Ok((opened, version, fields))
}

fn known_of(
    at: &mut db::Reader,
    who: &Who,
    permit: &Permit<ViewStudents>,
    (student, part): (StudentId, Part),
) -> Outcome<Known> {
    let record = people::student(at, permit, student)?;
    let one = record.contacts.iter();
    let one = one
        .clone()
        .find(|one| part == Part::Contact(Some(one.contact.id)));
    let shared = match one {
        Some(one) => people::shared_by(at, permit, one.person.id)?,
        None => (Vec::new(), false),
    };
    let may_note = Permit::<EditCustody>::student(at, who.standing(), student).is_ok();
    let note = match one {
        Some(one) if one.has_note && may_note => note(at, who, student, one.contact.id)?,
        _ => String::new(),
    };
    let children = shared.0.iter().map(|child| child.student);
    let others: Vec<StudentId> = children.filter(|child| *child != student).collect();
    let seen = pasi::seen(at, &others)?;
    let families = match part {
        Part::Contact(None) | Part::Address(None) => {
            let mut siblings = Vec::new();
            for one in &record.contacts {
                siblings.extend(people::students_of(at, permit, one.person.id)?);
            }
            siblings.retain(|sibling| *sibling != student);
            let last_name = match part {
                Part::Contact(None) => record.legal().shown_last().to_owned(),
                _ => String::new(),
            };
            let hints = FamilyHints {
                last_name,
                siblings,
                ..FamilyHints::default()
            };
            people::families_like(at, permit, &hints)?
        }
        _ => Vec::new(),
    };
    Ok(Known {
        student: record,
        shared,
        families,
        seen,
        may_note,
        note,
    })
}

/// The note of a contact; whoever shows it notes the reading.
fn note(at: &mut db::Reader, who: &Who, student: StudentId, id: ContactId) -> Outcome<String> {
    let permit = Permit::<ViewCustody>::student(at, who.standing(), student)?;
    let notes = people::contact_notes(at, &permit, student)?;
    let mut notes = notes.into_iter();
    Ok(notes
        .find(|(of, _)| *of == id)
        .map(|(_, text)| text)
        .unwrap_or_default())
}

async fn ask(app: &App, who: &Who, (student, part): (StudentId, Part), like: &As) -> PageResult {
    let (opened, version, fields) = open(app, who, (student, part), like).await?;
    let fields = opened.head.offer(fields);
    Ok(drawn(who, &opened, (part, version), (&fields, &[])).into())
}

fn drawn(
    who: &Who,
    Opened { head, ctx, shown }: &Opened<Known>,
    (part, version): (Part, i64),
    (fields, found): (&Fields, &[Finding]),
) -> Markup {
    let lang = ctx.lang;
    let (back, title) = (head::path(shown.student.id, Page::Family), lang.t(part.title()));
    let token = fields
        .some("once")
        .unwrap_or_else(|| uuid::Uuid::new_v4().to_string());
    let names: Vec<&str> = part.compared(lang).iter().map(|(name, _)| *name).collect();
    let extra = html! {
        @if let Some((verb, words)) = part.verb() {
            (Action::submit(lang.t(words)).danger().named("verb", verb))
        }
    };
    let inner = html! {
        @if version > 0 { (stale::seen(version, fields)) }
        (form::summary(lang, found, &names))
        div class="fg" { (part.questions(ctx, shown, fields, found)) }
        (form::form_end(lang, &extra, &back, &Action::submit(lang.t("family-save")).primary().key("Ctrl Enter")))
    };
    let draft = format!("{}-{}", part.path().replace('/', "-"), shown.student.id);
    let form = Form::post(&format!("{back}/{}", part.path()))
        .draft(&draft)
        .once(&token)
        .draw_in(ctx, &inner);
    let body = html! {
        (head.draw(who, Page::Family, Vec::new()))
        (card::card(&card::Head::new("ask", title.clone()), &form))
    };
    ui::shell::page(ctx, title, body)
}

async fn send(app: &App, (student, part): (StudentId, Part), Posted { who, fields }: Posted) -> PageResult {
    let (standing, sent) = (who.standing().clone(), fields.clone());
    let saved = app
        .store()
        .write(who.actor(), move |tx| {
            sent.fit()?;
            let permit = Permit::<EditStudents>::student(tx, &standing, student)?;
            let view = Permit::<ViewStudents>::student(tx, &standing, student)?;
            if part.writes_note(&sent) {
                Permit::<EditCustody>::student(tx, &standing, student)?;
            }
            let done = part.save(tx, (&permit, &view), student, &sent)?;
            sent.confirmed(done.findings)?;
            Ok(done.undo)
        })
        .await;
    match saved {
        Ok(done) => {
            app.settle(student).await;
            let home = head::path(student, Page::Family);
            // A form that changed nothing has nothing to take back: its version is the one it saw.
            let is_same = matches!(&done[..], [(_, version)] if part::seen(&fields) == Ok(*version));
            Ok(Answer::see(if done.is_empty() || is_same {
                home
            } else {
                format!("{home}?undo={}", written(&done))
            }))
        }
        Err(failure) if stale::is_stale(&failure) => {
            let (opened, version, now) = open(app, &who, (student, part), &As::default()).await?;
            let by = super::history::saved_by(app, &who, student, &part.records(&opened.shown)).await?;
            let typed = part.of_now(fields, &now);
            Ok(Answer::stale(both(
                &who,
                &opened,
                (part, version),
                (&typed, &now),
                &by,
            )))
        }
        Err(failure) => {
            let found = findings::of_failure(who.lang(), beside(failure)).or_stop(app, &who)?;
            let (opened, version, _) = open(app, &who, (student, part), &As::default()).await?;
            Ok(Answer::again(drawn(
                &who,
                &opened,
                (part, version),
                (&fields, &found),
            )))
        }
    }
}

/// Both versions, side by side.
fn both(
    who: &Who,
    Opened { head, ctx, shown }: &Opened<Known>,
    (part, version): (Part, i64),
    (typed, now): (&Fields, &Fields),
    by: &str,
) -> Markup {
    let lang = ctx.lang;
    let back = head::path(shown.student.id, Page::Family);
    let stale = stale::Stale {
        address: &format!("{back}/{}", part.path()),
        back: &back,
        version,
        asked: &part.compared(lang),
        typed,
        now,
        by,
    };
    let body = html! {
        (head.draw(who, Page::Family, Vec::new()))
        (stale.card(ctx, &|name, value| part.say(lang, name, value)))
    };
    ui::shell::page(ctx, lang.t(part.title()), body)
}

/// Findings of a person's fields stand beside the form's, which have the same last name.
fn beside(failure: Failure) -> Failure {
    findings::beside(failure, |field| {
        field.rsplit_once('.').map(|(_, last)| last.to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_read_as_they_were_written_and_nothing_else_is() {
        let done = vec![
            (Undo::Contact(ContactId::derived("a")), 3),
            (Undo::Address(AddressId::derived("b")), 1),
        ];
        assert_eq!(steps(&written(&done)), done);
        for wrong in ["", "contact", "contact~x~1", "cat~~", "phone~~2"] {
            assert!(steps(wrong).is_empty(), "{wrong}");
        }
    }

    #[test]
    fn one_contact_moves_a_place_and_the_ends_stay() {
        let ids = ["a", "b", "c"].map(ContactId::derived);
        let order = |way: &str| {
            let mut pairs: Vec<(String, String)> = ids
                .iter()
                .map(|id| ("contact".to_owned(), format!("{id}~1")))
                .collect();
            pairs.push(("move".to_owned(), way.to_owned()));
            let order: Vec<ContactId> = moved(&Fields::from(pairs))
                .into_iter()
                .map(|(id, _)| id)
                .collect();
            order
        };
        let [a, b, c] = ids;
        assert_eq!(order(&format!("up-{b}")), [b, a, c]);
        assert_eq!(order(&format!("down-{b}")), [a, c, b]);
        assert_eq!(order(&format!("up-{a}")), [a, b, c]);
        assert_eq!(order(&format!("down-{c}")), [a, b, c]);
        assert_eq!(order("sideways"), [a, b, c]);
    }
}
