//! The forms of the verbs.

use super::Verb;
use crate::lookup;
use crate::posted::Fields;
use codes::CodeSet;
use enrolment::{Coding, Enrolment};
use kernel::{Date, Grade, SchoolYear};
use maud::{Markup, html};
use pasi::Schedules;
use schools::{Directory, School};
use ui::form::{self, Choice, Field, Finding, Form, Width};
use ui::{Action, Ctx, Lang, card};

/// What is drawn.
pub(super) struct Drawn<'a> {
    pub(super) ctx: &'a Ctx,
    pub(super) enrolment: &'a Enrolment,
    pub(super) directory: &'a Directory,
    pub(super) verb: Verb,
    pub(super) fields: &'a Fields,
    pub(super) found: &'a [Finding],
    pub(super) today: Date,
    pub(super) schedules: &'a Schedules,
}

/// The fields as the enrolment stands.
pub(in crate::students) fn fields_of(enrolment: &Enrolment) -> Fields {
    let mut pairs = coding_pairs(&enrolment.coding);
    pairs.extend([
        ("grade", enrolment.grade.as_str().to_owned()),
        ("homeroom", enrolment.homeroom.clone()),
        ("start", enrolment.start.to_string()),
    ]);
    if let Some(exit) = enrolment.state.exit() {
        pairs.push(("exit", exit.on.to_string()));
        pairs.push(("exit_kind", exit.kind.as_str().to_owned()));
    }
    named(pairs)
}

/// Answers as if they had been typed.
pub(super) fn named(pairs: Vec<(&str, String)>) -> Fields {
    let pairs = pairs.into_iter().map(|(name, value)| (name.to_owned(), value));
    Fields::from(pairs.collect::<Vec<_>>())
}

/// The coding, an answer for each code.
pub(super) fn coding_pairs(coding: &Coding) -> Vec<(&'static str, String)> {
    let text = |value: &Option<String>| value.clone().unwrap_or_default();
    let number = |value: Option<i32>| value.map(|number| number.to_string()).unwrap_or_default();
    let mut pairs = vec![
        ("programming_type", coding.programming_type.clone()),
        ("programming_timeframe", coding.programming_timeframe.clone()),
        ("resident_board", text(&coding.resident_board)),
        ("francophone_board", text(&coding.francophone_board)),
        ("indigenous_declaration", text(&coding.indigenous_declaration)),
        ("french_hours", number(coding.french_hours)),
        ("program_percentage", number(coding.program_percentage)),
        ("instruction_hours", number(coding.instruction_hours)),
        ("operating_schedule", text(&coding.operating_schedule)),
        ("source_change", text(&coding.source_change)),
    ];
    for (name, codes) in [
        ("types", &coding.types),
        ("exceptions", &coding.exceptions),
        ("grants", &coding.grants),
    ] {
        pairs.extend(codes.iter().map(|code| (name, code.clone())));
    }
    pairs
}

/// The names of everything asked of an enrolment, for the summary of findings.
pub(super) const NAMES: &[&str] = &[
    "school",
    "grade",
    "homeroom",
    "start",
    "exit",
    "exit_kind",
    "programming_type",
    "programming_timeframe",
    "types",
    "exceptions",
    "grants",
    "resident_board",
    "francophone_board",
    "french_hours",
    "program_percentage",
    "instruction_hours",
    "operating_schedule",
    "source_change",
    "indigenous_declaration",
    "last_day",
    "first_day",
    "to",
    "reason",
];

impl Drawn<'_> {
    /// The card with the form.
    pub(super) fn card(&self) -> Markup {
        let lang = self.ctx.lang;
        let back = format!("/students/{}/enrolment", self.enrolment.student);
        let address = format!("{back}/{}/{}", self.enrolment.id, self.verb.path());
        let submit = Action::submit(lang.t(&self.verb.words("send")));
        let submit = match self.verb {
            Verb::NeverAttended | Verb::CreatedInError => submit.danger(),
            _ => submit.primary().key("Ctrl Enter"),
        };
        let body = html! {
            (crate::stale::seen(self.enrolment.known.version, self.fields))
            p class="sub m-0" { (lang.t(&self.verb.words("text"))) }
            (form::summary(lang, self.found, NAMES))
            div class="fg" { (self.questions()) }
            (form::form_end(lang, &html! {}, &back, &submit))
        };
        let draft = format!("{}-{}", self.verb.path(), self.enrolment.id);
        let body = Form::post(&address).draft(&draft).draw_in(self.ctx, &body);
        card::card(&card::Head::new("verb", lang.t(&self.verb.words("title"))), &body)
    }

    fn field<'f>(&'f self, name: &'f str, label: &'f str) -> Field<'f> {
        Field::new(self.ctx.lang, name, label)
            .value(self.fields.get(name))
            .findings(self.found)
    }

    fn questions(&self) -> Markup {
        match self.verb {
            Verb::Change => self.whole(),
            Verb::Withdraw => self.withdraw(),
            Verb::Transfer => self.transfer(),
            Verb::NeverAttended | Verb::CreatedInError | Verb::Restore => self.reason(),
        }
    }

    fn reason(&self) -> Markup {
        let label = self.ctx.lang.t("field-reason");
        self.field("reason", &label).required().width(Width::Whole).text()
    }

    fn day(&self, name: &str, words: &str, else_on: Date) -> Markup {
        let lang = self.ctx.lang;
        let label = lang.t(words);
        let value = self.fields.some(name).unwrap_or_else(|| else_on.to_string());
        Field::new(lang, name, &label)
            .value(&value)
            .findings(self.found)
            .required()
            .width(Width::Third)
            .date()
    }

    fn whole(&self) -> Markup {
        let school = self.directory.get(self.enrolment.school);
        let schedules = school.map(|school| choosable(self.schedules, [school], self.enrolment.year));
        let questions = Questions {
            lang: self.ctx.lang,
            year: self.enrolment.year,
            schedules: schedules.unwrap_or_default(),
            claimed_before: Vec::new(),
            is_past: self.enrolment.year < SchoolYear::of(self.today),
            start: self.enrolment.start,
            fields: self.fields,
            found: self.found,
        };
        questions.draw()
    }

    fn withdraw(&self) -> Markup {
        html! { (self.day("last_day", "field-last-day-attended", self.today)) }
    }

    fn transfer(&self) -> Markup {
        let lang = self.ctx.lang;
        let (to, grade, homeroom) = (
            lang.t("field-to-school"),
            lang.t("field-grade"),
            lang.t("field-homeroom"),
        );
        let others = self
            .directory
            .all()
            .iter()
            .filter(|school| school.id != self.enrolment.school);
        let schools: Vec<Choice> = others
            .map(|school| Choice::new(school.id.to_string(), school.name.clone()))
            .collect();
        html! {
            (self.field("to", &to).required().select(&schools))
            (self.day("last_day", "field-last-day-attended", self.today))
            (self.day("first_day", "field-first-day-there", self.today.plus_days(1)))
            (self.field("grade", &grade).required().width(Width::Third).select(&grades()))
            (self.field("homeroom", &homeroom).optional().width(Width::Third).text())
        }
    }
}

/// What is asked of an enrolment as a whole, whether it is made or changed.
pub(super) struct Questions<'a> {
    pub(super) lang: Lang,
    /// Codes are offered as of this school year.
    pub(super) year: SchoolYear,
    /// The operating schedules to choose among; nobody is asked where there is no choice.
    pub(super) schedules: Vec<Choice>,
    /// The school year is over: PASI is told why it changes.
    pub(super) is_past: bool,
    /// Grants codes of last time, to be claimed anew or not.
    pub(super) claimed_before: Vec<String>,
    /// The first day, where nothing was typed.
    pub(super) start: Date,
    pub(super) fields: &'a Fields,
    pub(super) found: &'a [Finding],
}

impl Questions<'_> {
    fn field<'f>(&'f self, name: &'f str, label: &'f str) -> Field<'f> {
        Field::new(self.lang, name, label)
            .value(self.fields.get(name))
            .findings(self.found)
    }

    fn codes(&self, set: CodeSet) -> Vec<Choice> {
        lookup::numbered_choices(self.lang, set, self.year)
    }

    /// Grade to coding.
    pub(super) fn draw(&self) -> Markup {
        html! { (self.stay()) (self.coding()) (self.province()) }
    }

    /// What PASI asks of some enrolments alone.
    fn province(&self) -> Markup {
        let (schedule, why) = (
            self.lang.t("field-operating-schedule"),
            self.lang.t("field-source-change"),
        );
        let (schedule_hint, why_hint) = (
            self.lang.t("operating-schedule-hint"),
            self.lang.t("source-change-hint"),
        );
        let asks_schedule = !self.schedules.is_empty();
        let asks_why = self.is_past || !self.fields.get("source_change").is_empty();
        html! {
            @if asks_schedule { (self.field("operating_schedule", &schedule).optional().hint(&schedule_hint).width(Width::Half).select(&self.schedules)) }
            @else { input type="hidden" name="operating_schedule" value=(self.fields.get("operating_schedule")); }
            @if asks_why { (self.field("source_change", &why).optional().hint(&why_hint).width(Width::Half).select(&self.codes(CodeSet::SourceChangeCode))) }
        }
    }

    fn stay(&self) -> Markup {
        let word = |key: &str| self.lang.t(key);
        let (grade, homeroom, start) = (word("field-grade"), word("field-homeroom"), word("field-start"));
        let (exit, kind) = (word("field-exit"), word("field-exit-kind"));
        let begins = self
            .fields
            .some("start")
            .unwrap_or_else(|| self.start.to_string());
        html! {
            (self.field("grade", &grade).required().width(Width::Quarter).select(&grades()))
            (self.field("homeroom", &homeroom).optional().width(Width::Quarter).text())
            (self.field("start", &start).value(&begins).required().width(Width::Quarter).date())
            (self.field("exit", &exit).optional().width(Width::Quarter).date())
            (self.field("exit_kind", &kind).width(Width::Third).select(&self.codes(CodeSet::ExitDateType)))
        }
    }

    fn coding(&self) -> Markup {
        let word = |key: &str| self.lang.t(key);
        let (program, timeframe) = (word("field-program"), word("field-timeframe"));
        let (types, exceptions, grants) = (
            word("field-types"),
            word("field-exceptions"),
            word("field-grants"),
        );
        let (resident, francophone, hours) = (
            word("field-resident-board"),
            word("field-francophone-board"),
            word("field-french-hours"),
        );
        let (percentage, instruction, indigenous) = (
            word("field-percentage"),
            word("field-instruction-hours"),
            word("field-indigenous"),
        );
        html! {
            (self.field("programming_type", &program).width(Width::Third).select(&self.codes(CodeSet::ProgrammingType)))
            (self.field("programming_timeframe", &timeframe).width(Width::Third).select(&self.codes(CodeSet::ProgrammingTimeframe)))
            (self.several("types", &types, CodeSet::EnrolmentType, 3))
            (self.several("exceptions", &exceptions, CodeSet::ExceptionCode, 2))
            (self.several("grants", &grants, CodeSet::GrantsProgramCode, 3))
            (self.field("resident_board", &resident).optional().width(Width::Third).max_length(4).number())
            (self.field("francophone_board", &francophone).optional().width(Width::Third).max_length(4).number())
            (self.field("french_hours", &hours).optional().width(Width::Third).max_length(4).number())
            (self.field("program_percentage", &percentage).optional().width(Width::Third).max_length(3).number())
            (self.field("instruction_hours", &instruction).optional().width(Width::Third).max_length(4).number())
            (self.field("indigenous_declaration", &indigenous).optional().width(Width::Third).select(&self.codes(CodeSet::FnmiDeclaration)))
        }
    }

    /// A code that may stand several times.
    fn several(&self, name: &str, label: &str, set: CodeSet, most: usize) -> Markup {
        let codes: Vec<String> = self
            .claimed_before
            .iter()
            .map(|code| format!("{code} {}", lookup::code(self.lang, set, code)))
            .collect();
        let last = (name == "grants" && !codes.is_empty()).then(|| {
            self.lang
                .tx("grants-claimed-before", &[("codes", codes.join(", ").into())])
        });
        let mut question = self.field(name, label).width(Width::Whole);
        if let Some(last) = &last {
            question = question.hint(last);
        }
        question.selects(&self.codes(set), &self.fields.all(name), most)
    }
}

/// The fields of a change with their labels, as two versions are compared.
pub(in crate::students) fn compared(lang: Lang) -> Vec<(&'static str, String)> {
    [
        ("grade", "field-grade"),
        ("homeroom", "field-homeroom"),
        ("start", "field-start"),
        ("exit", "field-exit"),
        ("exit_kind", "field-exit-kind"),
        ("programming_type", "field-program"),
        ("programming_timeframe", "field-timeframe"),
        ("types", "field-types"),
        ("exceptions", "field-exceptions"),
        ("grants", "field-grants"),
        ("resident_board", "field-resident-board"),
        ("francophone_board", "field-francophone-board"),
        ("french_hours", "field-french-hours"),
        ("program_percentage", "field-percentage"),
        ("instruction_hours", "field-instruction-hours"),
        ("operating_schedule", "field-operating-schedule"),
        ("source_change", "field-source-change"),
        ("indigenous_declaration", "field-indigenous"),
    ]
    .map(|(name, label)| (name, lang.t(label).into_owned()))
    .to_vec()
}

/// A value of a field in words.
pub(in crate::students) fn say(lang: Lang, schedules: &Schedules, name: &str, value: &str) -> String {
    let set = match name {
        "operating_schedule" => return schedules.name(value).unwrap_or(value).to_owned(),
        "source_change" => CodeSet::SourceChangeCode,
        "grade" => return lookup::grade(value),
        "exit_kind" => CodeSet::ExitDateType,
        "programming_type" => CodeSet::ProgrammingType,
        "programming_timeframe" => CodeSet::ProgrammingTimeframe,
        "indigenous_declaration" => CodeSet::FnmiDeclaration,
        _ => return value.to_owned(),
    };
    lookup::code(lang, set, value)
}

/// The operating schedules of those schools that have several in a school year.
pub(super) fn choosable<'s>(
    schedules: &Schedules,
    schools: impl IntoIterator<Item = &'s School>,
    year: SchoolYear,
) -> Vec<Choice> {
    let several = schools.into_iter().filter_map(|school| {
        let all = schedules.of(school.code, year);
        (all.len() > 1).then_some((school, all))
    });
    several
        .flat_map(|(school, all)| {
            all.iter().map(|one| {
                let label = format!("{} ({} – {}), {}", one.name, one.first, one.last, school.name);
                Choice::new(one.id.to_string(), label)
            })
        })
        .collect()
}

fn grades() -> Vec<Choice> {
    Grade::ALL
        .iter()
        .map(|grade| Choice::new(grade.as_str(), grade.label()))
        .collect()
}
