//! The codes and the setting of a school, as they would stand.

use crate::model::{Code, Codes, Meaning, Setting};
use kernel::{Date, Finding, Findings};

/// Longest label, in characters.
const LONGEST_LABEL: usize = 40;
/// Most days for teachers.
const MOST_DAYS: i32 = 60;

/// Judges the codes of a school as they would stand on a day. The fields are `letter-N`, `label_en-N`, … by place.
pub fn judge_codes(codes: &Codes, today: Date) -> Findings {
    let mut findings = Findings::default();
    let now: Vec<(usize, &Code)> = codes
        .0
        .iter()
        .enumerate()
        .filter(|(_, code)| code.valid_until.is_none_or(|last| last >= today))
        .collect();
    for (place, code) in &now {
        let is_letter = (1..=2).contains(&code.letter.len())
            && code
                .letter
                .bytes()
                .all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit());
        if !is_letter {
            findings.push(Finding::refuse("LP-0718", format!("letter-{place}")));
        } else if now
            .iter()
            .any(|(other, twin)| other < place && twin.letter == code.letter)
        {
            findings.push(Finding::refuse("LP-0720", format!("letter-{place}")).with("code", &code.letter));
        }
        for (field, label) in [("label_en", &code.label_en), ("label_fr", &code.label_fr)] {
            if label.is_empty() || label.chars().count() > LONGEST_LABEL {
                findings.push(
                    Finding::refuse("LP-0719", format!("{field}-{place}")).with("longest", LONGEST_LABEL),
                );
            }
        }
    }
    let has = |meaning: Meaning| now.iter().any(|(_, code)| code.meaning == meaning);
    if !(has(Meaning::Present) && has(Meaning::Unexplained) && has(Meaning::Late)) {
        findings.push(Finding::refuse("LP-0721", ""));
    }
    findings
}

/// Judges how a school would keep attendance.
pub fn judge_setting(setting: &Setting) -> Findings {
    if (0..=MOST_DAYS).contains(&setting.teacher_days) {
        Findings::default()
    } else {
        Finding::refuse("LP-0722", "teacher_days")
            .with("most", MOST_DAYS)
            .into()
    }
}
