//! The attendance of a year on paper, for the student record: of one student, of a homeroom, of a school.

use super::summary::days;
use super::{label, school_of};
use crate::answer::{Answer, OrStop, PageResult};
use crate::who::Who;
use crate::{App, context, findings, lookup, paper};
use access::Permit;
use access::action::{ManageAttendance, ViewAttendance, ViewStudents};
use attendance::{CodeCount, Codes, YearGround, YearPart, YearRecord, rules};
use axum::extract::{Query, State};
use db::Reading;
use kernel::{Instant, Outcome, SchoolId, SchoolYear};
use pdf::letter::Table;
use pdf::record::{Record, Records};
use people::CardRow;
use serde::Deserialize;
use ui::Lang;

/// Students in one file. A school with more prints its homerooms.
pub(super) const MOST: usize = 150;
/// Stands for every homeroom.
pub(super) const EVERYBODY: &str = "*";

/// Which school, and which homeroom of it; all when it is empty or [`EVERYBODY`].
#[derive(Debug, Default, Clone, Deserialize)]
#[serde(default)]
pub(crate) struct Asked {
    school: String,
    homeroom: String,
}

/// The words and the keeper of records of one school.
pub(crate) struct Keeper {
    lang: Lang,
    school: String,
    lines: Vec<String>,
    codes: Codes,
    foot: String,
    ground: YearGround,
}

impl Keeper {
    /// Reads them.
    pub(crate) fn read(
        at: &mut impl Reading,
        permit: &Permit<ViewAttendance>,
        (school, year): (SchoolId, SchoolYear),
        (lang, printed_by): (Lang, &str),
    ) -> Outcome<Self> {
        let there = schools::school(at, school)?;
        let authority = schools::authorities(at)?
            .into_iter()
            .find(|one| one.code == there.authority);
        let authority = authority.map(|one| format!("{} ({})", one.name, one.code));
        let today = lang.date_in_words(at.today().civil());
        let foot = lang.tx(
            "paper-printed",
            &[("who", printed_by.into()), ("day", today.into())],
        );
        Ok(Self {
            lang,
            lines: authority
                .into_iter()
                .chain([format!("{} ({})", there.name, there.code)])
                .collect(),
            school: there.name,
            codes: attendance::codes_of(at, permit, school)?,
            foot: foot.into_owned(),
            ground: attendance::year_ground(at, permit, (school, year))?,
        })
    }

    /// The record of one student; not found when the student was not at the school in the year.
    pub(crate) fn record(
        &self,
        at: &mut impl Reading,
        permit: &Permit<ViewAttendance>,
        card: &CardRow,
    ) -> Outcome<Record> {
        let told = attendance::year_record(at, permit, &self.ground, card.student)?;
        let lang = self.lang;
        let gate = card.restriction.filter(|code| code.is_gate());
        let gate = gate.map(|code| lang.t(&format!("gate-{}", code.as_str())).into_owned());
        let notes = findings::shown(lang, &rules::how_counted())
            .into_iter()
            .map(|one| one.text);
        Ok(Record {
            keeper: self.lines.clone(),
            title: lang
                .tx(
                    "student-attendance-year",
                    &[("year", told.year.to_string().into())],
                )
                .into_owned(),
            gate: gate.into_iter().collect(),
            facts: self.facts(card, &told),
            tables: vec![self.terms(&told), self.by_code(&told)],
            notes: if told.has_periods {
                notes.collect()
            } else {
                Vec::new()
            },
            foot: format!("{} · {}", card.list_name, self.foot),
        })
    }

    fn facts(&self, card: &CardRow, told: &YearRecord) -> Vec<(String, String)> {
        let lang = self.lang;
        let stays: Vec<String> = told
            .stays
            .iter()
            .map(|(from, until)| match until {
                Some(until) => lang.tx(
                    "paper-days",
                    &[
                        ("from", from.to_string().into()),
                        ("until", until.to_string().into()),
                    ],
                ),
                None => lang.tx("record-since", &[("from", from.to_string().into())]),
            })
            .map(std::borrow::Cow::into_owned)
            .collect();
        let all = [
            ("column-name", card.list_name.clone()),
            (
                "column-asn",
                card.asn.map(|asn| asn.to_string()).unwrap_or_default(),
            ),
            ("record-local-number", card.local_number.clone()),
            ("record-born", card.birth_date.to_string()),
            ("column-grade", lookup::grade(&card.grade)),
            ("column-homeroom", card.homeroom.clone()),
            ("record-enrolled", stays.join(", ")),
            ("record-until", told.until.to_string()),
        ];
        let said = all.into_iter().filter(|(_, value)| !value.is_empty());
        said.map(|(key, value)| (lang.t(key).into_owned(), value))
            .collect()
    }

    fn terms(&self, told: &YearRecord) -> Table {
        let lang = self.lang;
        let row = |part: &YearPart| {
            let tally = part.tally;
            let name = if part.name.is_empty() {
                lang.t("record-whole").into_owned()
            } else {
                part.name.clone()
            };
            let mut cells = vec![name, lang.number(i64::from(part.taught))];
            let parts = [
                tally.absent(),
                tally.authorized,
                tally.unauthorized,
                tally.unexplained,
            ];
            cells.extend(parts.map(|parts| days(lang, parts)));
            cells.extend([tally.late, part.late_minutes].map(|many| lang.number(i64::from(many))));
            cells.push(days(lang, tally.activity));
            cells
        };
        let heads = [
            "record-term",
            "record-taught",
            "summary-missed",
            "meaning-authorized",
            "meaning-unauthorized",
            "meaning-unexplained",
            "meaning-late",
            "record-minutes",
            "meaning-activity",
        ];
        Table {
            title: lang.t("record-terms").into_owned(),
            columns: heads.map(|key| lang.t(key).into_owned()).to_vec(),
            figures: heads.len() - 1,
            rows: told.terms.iter().chain([&told.total]).map(row).collect(),
        }
    }

    fn by_code(&self, told: &YearRecord) -> Table {
        let lang = self.lang;
        let row = |one: &CodeCount| {
            let code = self.codes.find(&one.letter, one.last);
            let words = code.map_or_else(String::new, |code| format!(" {}", label(lang, code)));
            let mut cells = vec![
                format!("{}{words}", one.letter),
                lang.t(&format!("meaning-{}", one.meaning)).into_owned(),
            ];
            cells.extend([one.half_days, one.periods, one.minutes].map(|many| lang.number(i64::from(many))));
            cells
        };
        let heads = [
            "field-letter",
            "record-meaning",
            "record-half-days",
            "record-periods",
            "record-minutes",
        ];
        Table {
            title: lang.t("record-codes").into_owned(),
            columns: heads.map(|key| lang.t(key).into_owned()).to_vec(),
            figures: 3,
            rows: told.codes.iter().map(row).collect(),
        }
    }
}

/// Records as one file.
pub(crate) async fn answer(
    app: &App,
    who: &Who,
    (records, author): (Vec<Record>, String),
    (name, now): (String, Instant),
) -> PageResult {
    let lang = who.lang();
    let of = Records {
        title: lang.t("record-file").into_owned(),
        lang: paper::tag(lang),
        author,
        page: lang.t("letters-page").into_owned(),
        records,
    };
    let made = paper::made(of, (name, now)).await.or_stop(app, who)?;
    Ok(Answer::pdf("attendance", made))
}

/// The records of a homeroom as it is today, or of everybody who was at the school in the year; the page on which a
/// homeroom is chosen when there is nobody, or too many for one file.
pub(crate) async fn page(State(app): State<App>, who: Who, Query(asked): Query<Asked>) -> PageResult {
    let year = context::year_shown(&who);
    let (asking, wanted, lang) = (who.clone(), asked.clone(), who.lang());
    let read = app.store().read(who.division(), move |at| {
        Permit::<ManageAttendance>::wide(asking.standing())?;
        let permit = Permit::<ViewAttendance>::wide(asking.standing())?;
        let view = Permit::<ViewStudents>::wide(asking.standing())?;
        let directory = schools::directory(at)?;
        let school = school_of(&asking, &directory, &wanted.school)?;
        let by = asking.holder().display_name.clone();
        let keeper = Keeper::read(at, &permit, (school, year), (lang, &by))?;
        let mut cards = people::cards_of(at, &view, &keeper.ground.students())?;
        let is_all = matches!(wanted.homeroom.as_str(), "" | EVERYBODY);
        cards.retain(|card| is_all || card.homeroom == wanted.homeroom);
        if cards.is_empty() || cards.len() > MOST {
            return Ok(None);
        }
        let records: Outcome<Vec<Record>> = cards
            .iter()
            .map(|card| keeper.record(at, &permit, card))
            .collect();
        Ok(Some((records?, keeper.school)))
    });
    let Some(records) = read.await.or_stop(&app, &who)? else {
        return super::summary::page(State(app), who, Query(super::summary::Asked::of(asked.school))).await;
    };
    let now = app.store().now();
    answer(&app, &who, records, (format!("records {year}"), now)).await
}
