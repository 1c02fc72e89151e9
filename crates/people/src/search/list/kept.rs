//! What a list keeps: the conditions of its filters, of today and of a school year.
//! Macros, since each selection is a type of its own.

/// The exit of a student who went away, as the enrolment has it; the other kind
/// is the end of a year that was completed.
pub(super) const WITHDRAWN: &str = "WithdrawalDate";

/// What is known now of the identity of the card's student.
macro_rules! detail_of {
    ($division:expr) => {
        student_detail::table
            .filter(
                student_detail::division_id
                    .eq($division)
                    .and(student_detail::id.eq(student_card::student_id)),
            )
            .filter(student_detail::known_to.is_null())
    };
}
pub(super) use detail_of;

/// Contacts of the card's student that hold on a day, out of a selection of contacts.
macro_rules! held {
    ($contacts:expr, $division:expr, $day:expr) => {
        $contacts
            .filter(
                contact::division_id
                    .eq($division)
                    .and(contact::student_id.eq(student_card::student_id)),
            )
            .filter(contact::known_to.is_null().and(contact::is_deleted.eq(false)))
            .filter(contact::effective_on.le($day))
            .filter(contact::expires_on.is_null().or(contact::expires_on.ge($day)))
    };
}
pub(super) use held;

/// The same, with what is known now of the persons.
macro_rules! held_by {
    ($division:expr, $day:expr) => {{
        let persons = contact::table.inner_join(
            person_detail::table.on(person_detail::division_id
                .eq(contact::division_id)
                .and(person_detail::id.eq(contact::person_id))),
        );
        held!(persons, $division, $day).filter(person_detail::known_to.is_null())
    }};
}
pub(super) use held_by;

/// Does a column of codes, with commas between, have this one?
macro_rules! has_code {
    ($column:expr, $code:expr) => {{
        let code: String = $code.chars().filter(char::is_ascii_alphanumeric).collect();
        $column
            .eq(code.clone())
            .or($column.like(format!("{code},%")))
            .or($column.like(format!("%,{code}")))
            .or($column.like(format!("%,{code},%")))
    }};
}
pub(super) use has_code;

/// Keeps the cards with a code on an enrolment of this school year or a later one.
macro_rules! coded {
    ($cards:expr, $at:expr, $column:expr, $code:expr) => {{
        let (division, year) = ($at.division(), SchoolYear::of($at.today()));
        $cards.filter(exists(
            enrolment::table
                .filter(
                    enrolment::division_id
                        .eq(division)
                        .and(enrolment::student_id.eq(student_card::student_id)),
                )
                .filter(enrolment::known_to.is_null().and(enrolment::deletion.is_null()))
                .filter(enrolment::school_year.ge(year))
                .filter(has_code!($column, $code)),
        ))
    }};
}
pub(super) use coded;

/// The students with a key that a word begins; a birth date is meant whole.
macro_rules! begins {
    ($division:expr, $word:expr) => {
        search_key::table
            .filter(search_key::division_id.eq($division))
            .filter(begun!($word))
            .select(search_key::student_id)
    };
}
pub(super) use begins;

/// The condition of it.
macro_rules! begun {
    ($word:expr) => {
        search_key::word
            .ge($word.word.clone())
            .and(search_key::word.lt(past(&$word.word)))
            .and(
                search_key::kind
                    .ne(KeyKind::Born)
                    .or(search_key::word.eq($word.word.clone())),
            )
    };
}
pub(super) use begun;

/// The same, or with one of the word's other forms. The engines look each
/// branch up in the index; a branch without forms would keep them from it.
macro_rules! sounds {
    ($division:expr, $word:expr) => {{
        let named = vec![KeyKind::First, KeyKind::Other];
        let spoken = vec![KeyKind::Last, KeyKind::First, KeyKind::Other, KeyKind::Guardian];
        let or_nothing = |forms: &[String]| match forms {
            [] => vec![String::from("-")],
            forms => forms.to_vec(),
        };
        search_key::table
            .filter(search_key::division_id.eq($division))
            .filter(
                begun!($word)
                    .or(search_key::word
                        .eq_any(or_nothing(&$word.nicknames))
                        .and(search_key::kind.eq_any(named)))
                    .or(search_key::word
                        .eq_any(or_nothing(&$word.others))
                        .and(search_key::kind.eq_any(spoken))),
            )
            .select(search_key::student_id)
    }};
}
pub(super) use sounds;

/// Keeps the students whose record fits, within the permit's scope. `$homeroom` is the column of it.
macro_rules! of_record {
    ($cards:expr, $at:expr, $permit:expr, ($query:expr, $words:expr), $homeroom:path) => {{
        let division = $at.division();
        let mut cards = $cards;
        for word in $words {
            cards = if word.nicknames.is_empty() && word.others.is_empty() {
                cards.filter(student_card::student_id.eq_any(begins!(division, word)))
            } else {
                cards.filter(student_card::student_id.eq_any(sounds!(division, word)))
            };
        }
        match $query.restricted {
            Some(true) => cards = cards.filter(student_card::restriction.ne("")),
            Some(false) => cards = cards.filter(student_card::restriction.eq("")),
            None => {}
        }
        if let Some(sync) = $query.sync.clone() {
            cards = cards.filter(student_card::sync_state.eq(sync));
        }
        if let Some(language) = $query.language.clone() {
            cards = cards.filter(exists(
                detail_of!(division).filter(student_detail::language_at_home.eq(language)),
            ));
        }
        let today = $at.today();
        let cards = match $query.missing {
            None => cards,
            Some(Missing::GuardianPhone) => cards.filter(not(exists(
                held_by!(division, today).filter(
                    person_detail::home_phone
                        .ne("")
                        .or(person_detail::mobile_phone.ne(""))
                        .or(person_detail::work_phone.ne("")),
                ),
            ))),
            Some(Missing::GuardianEmail) => cards.filter(not(exists(
                held_by!(division, today).filter(person_detail::email.ne("")),
            ))),
            Some(Missing::Guardian) => cards.filter(not(exists(held!(contact::table, division, today)))),
            Some(Missing::Address) => cards.filter(not(exists(
                student_address::table
                    .filter(
                        student_address::division_id
                            .eq(division)
                            .and(student_address::student_id.eq(student_card::student_id)),
                    )
                    .filter(
                        student_address::known_to
                            .is_null()
                            .and(student_address::is_deleted.eq(false)),
                    )
                    .filter(
                        student_address::expires_on
                            .is_null()
                            .or(student_address::expires_on.ge(today)),
                    ),
            ))),
            Some(Missing::Citizenship) => cards.filter(not(exists(
                student_citizenship::table
                    .filter(
                        student_citizenship::division_id
                            .eq(division)
                            .and(student_citizenship::student_id.eq(student_card::student_id)),
                    )
                    .filter(
                        student_citizenship::known_to
                            .is_null()
                            .and(student_citizenship::is_deleted.eq(false)),
                    ),
            ))),
            Some(Missing::Asn) => cards.filter(student_card::asn.is_null()),
            Some(Missing::Homeroom) => cards.filter($homeroom.eq("")),
            Some(Missing::Document) => cards.filter(exists(
                detail_of!(division).filter(student_detail::document_type.eq("")),
            )),
            Some(Missing::Language) => cards.filter(exists(
                detail_of!(division).filter(student_detail::language_at_home.eq("")),
            )),
        };
        scoped!(cards, $at, $permit, student_card::student_id)
    }};
}
pub(super) use of_record;

/// Keeps, of a selection of cards, those that a list of today asks for.
macro_rules! of_today {
    ($selected:expr, $at:expr, $permit:expr, ($query:expr, $words:expr)) => {{
        let mut cards = $selected
            .filter(student_card::division_id.eq($at.division()))
            .into_boxed();
        if let Some(school) = $query.school {
            cards = cards.filter(student_card::school_id.eq(school));
        }
        if let Some(grade) = $query.grade.clone() {
            cards = cards.filter(student_card::grade.eq(grade));
        }
        if let Some(homeroom) = $query.homeroom.clone() {
            cards = cards.filter(student_card::homeroom.eq(homeroom));
        }
        if let Some(state) = $query.state {
            cards = cards.filter(student_card::state.eq(state));
        }
        if let Some(code) = $query.enrolment_type.as_deref() {
            cards = coded!(cards, $at, enrolment::type_codes, code);
        }
        if let Some(code) = $query.grant.as_deref() {
            cards = coded!(cards, $at, enrolment::grants_codes, code);
        }
        if let Some(code) = $query.exception.as_deref() {
            cards = coded!(cards, $at, enrolment::exception_codes, code);
        }
        of_record!(cards, $at, $permit, ($query, $words), student_card::homeroom)
    }};
}
pub(super) use of_today;

/// Cards with the enrolments of their students.
macro_rules! enrolled {
    () => {
        student_card::table.inner_join(
            enrolment::table.on(enrolment::division_id
                .eq(student_card::division_id)
                .and(enrolment::student_id.eq(student_card::student_id))),
        )
    };
}
pub(super) use enrolled;

/// A later enrolment of the same student and year: the one before it is not shown.
macro_rules! later {
    ($later:expr, $at:expr, $year:expr) => {
        $later
            .filter($later.field(enrolment::division_id).eq($at.division()))
            .filter($later.field(enrolment::student_id).eq(enrolment::student_id))
            .filter($later.field(enrolment::school_year).eq($year))
            .filter($later.field(enrolment::known_to).is_null())
            .filter($later.field(enrolment::deletion).is_null())
            .filter(
                $later
                    .field(enrolment::start_on)
                    .gt(enrolment::start_on)
                    .or($later
                        .field(enrolment::start_on)
                        .eq(enrolment::start_on)
                        .and($later.field(enrolment::id).gt(enrolment::id))),
            )
    };
}
pub(super) use later;

/// Keeps, of a selection of [`enrolled`], those that a list of a school year
/// asks for: each student once, by the last enrolment of that year at the
/// schools in question.
macro_rules! of_year {
    ($selected:expr, $at:expr, $permit:expr, ($query:expr, $words:expr), $year:expr) => {{
        let mut cards = $selected
            .filter(student_card::division_id.eq($at.division()))
            .filter(enrolment::school_year.eq($year))
            .filter(enrolment::known_to.is_null().and(enrolment::deletion.is_null()))
            .into_boxed();
        let later = diesel::alias!(enrolment as later_enrolment);
        let schools = match ($query.school, $permit.scope()) {
            (Some(school), _) => Some(vec![school]),
            (None, Scope::Schools(schools)) => Some(schools.clone()),
            (None, _) => None,
        };
        cards = match schools {
            None => cards.filter(not(exists(later!(later, $at, $year)))),
            Some(schools) => cards
                .filter(enrolment::school_id.eq_any(schools.clone()))
                .filter(not(exists(
                    later!(later, $at, $year).filter(later.field(enrolment::school_id).eq_any(schools)),
                ))),
        };
        if let Some(grade) = $query.grade.clone() {
            cards = cards.filter(enrolment::grade.eq(grade));
        }
        if let Some(homeroom) = $query.homeroom.clone() {
            cards = cards.filter(enrolment::homeroom.eq(homeroom));
        }
        cards = match $query.state {
            None => cards,
            Some(PlaceState::Left) => cards.filter(enrolment::exit_kind.eq(WITHDRAWN)),
            Some(PlaceState::Enrolled | PlaceState::Future) => cards.filter(
                enrolment::exit_kind
                    .is_null()
                    .or(enrolment::exit_kind.ne(WITHDRAWN)),
            ),
            // Whoever has no enrolment is in no list of a year.
            Some(PlaceState::None) => cards.filter(enrolment::school_year.ne($year)),
        };
        if let Some(code) = $query.enrolment_type.as_deref() {
            cards = cards.filter(has_code!(enrolment::type_codes, code));
        }
        if let Some(code) = $query.grant.as_deref() {
            cards = cards.filter(has_code!(enrolment::grants_codes, code));
        }
        if let Some(code) = $query.exception.as_deref() {
            cards = cards.filter(has_code!(enrolment::exception_codes, code));
        }
        of_record!(cards, $at, $permit, ($query, $words), enrolment::homeroom)
    }};
}
pub(super) use of_year;
