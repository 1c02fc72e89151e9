use super::*;

const FIELDS: [&str; 2] = ["last_name", "born"];

fn refused(field: &str, text: &str) -> Finding {
    Finding::new(Severity::Refuse, field, text)
}

#[test]
fn a_field_ties_label_hint_and_findings_to_its_control() {
    let found = [
        refused("last_name", "Type the name."),
        refused("born", "elsewhere"),
    ];
    let drawn = Field::new(Lang::EnCa, "last_name", "Legal last name")
        .hint("As on the certificate")
        .findings(&found)
        .text()
        .into_string();
    assert!(drawn.contains(r#"<label for="f-last_name">"#));
    assert!(drawn.contains(r#"aria-describedby="f-last_name-hint f-last_name-find-0""#));
    assert!(drawn.contains(r#"aria-invalid="true""#));
    assert!(
        !drawn.contains("elsewhere"),
        "a field shows its own findings alone"
    );
}

#[test]
fn a_note_does_not_make_a_field_invalid() {
    let found = [Finding::new(Severity::Note, "last_name", "Sent as Thao.")];
    let drawn = Field::new(Lang::EnCa, "last_name", "Legal last name")
        .findings(&found)
        .text()
        .into_string();
    assert!(!drawn.contains("aria-invalid") && drawn.contains("Sent as Thao."));
}

#[test]
fn what_was_typed_is_shown_again_except_a_password() {
    let field = Field::new(Lang::EnCa, "x", "X").value("a\"b");
    assert!(field.text().into_string().contains(r#"value="a&quot;b""#));
    assert!(
        field.textarea(3).into_string().contains(">a\"b<")
            || field.textarea(3).into_string().contains(">a&quot;b<")
    );
    assert!(
        !field
            .password(Password::Current)
            .into_string()
            .contains("a&quot;b")
    );
}

#[test]
fn a_birth_date_typed_in_part_is_kept_in_part() {
    let drawn = Field::new(Lang::FrCa, "born", "Date de naissance")
        .value("2022-08")
        .three_box_date()
        .into_string();
    assert!(
        drawn.contains(r#"name="born-year" value="2022""#)
            && drawn.contains(r#"name="born-month" value="08""#)
    );
    assert!(drawn.contains(r#"name="born-day" value="""#));
}

#[test]
fn the_summary_appears_above_two_refusals_or_for_one_without_a_field() {
    let many = [
        refused("last_name", "a"),
        refused("born", "b"),
        refused("born", "c"),
    ];
    assert!(
        summary(Lang::EnCa, &many, &FIELDS)
            .into_string()
            .contains("href=\"#f-born\"")
    );
    assert!(summary(Lang::EnCa, &many[..2], &FIELDS).into_string().is_empty());
    let homeless = [refused("form", "The record changed while you typed.")];
    assert!(
        summary(Lang::EnCa, &homeless, &FIELDS)
            .into_string()
            .contains("The record changed")
    );
}

#[test]
fn groups_of_a_select_stand_under_their_heading_and_the_value_is_chosen() {
    let choices = [
        Choice::new("a", "A").group("First"),
        Choice::new("b", "B").group("First"),
        Choice::new("c", "C").group("Second"),
    ];
    let drawn = Field::new(Lang::EnCa, "x", "X")
        .value("b")
        .required()
        .select(&choices)
        .into_string();
    assert_eq!(drawn.matches("<optgroup").count(), 2);
    assert!(drawn.contains(r#"<option value="b" selected>"#) && !drawn.contains(r#"<option value="">"#));
}
