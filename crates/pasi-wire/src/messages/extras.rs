//! The `SISV1` set of names and values that travels with an enrolment.

use super::KeyValuePair;
use crate::xml::{Inspection, Limit, Shape, Source, Xml, message};
use crate::{Defect, WireError};
use kernel::AuthorityCode;

/// Name of the only set there is.
const SET_NAME: &str = "SISV1";

message! {
    /// A named set of names and values, as it travels.
    pub struct ExtendedInfoList in V2009 {
        /// Name of the set.
        set_name: String = "SetName" [Line(30)],
        /// Names and values; a name may repeat.
        values: Vec<KeyValuePair> = "Values" [Items(40)],
    }
}

/// What the `SISV1` set says of an enrolment.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct EnrolmentExtras {
    /// The school's own number of the student, 1 to 15 characters.
    pub local_student_id: Option<String>,
    /// The board the student's family resides in.
    pub resident_board: Option<AuthorityCode>,
    /// The francophone board.
    pub francophone_board: Option<AuthorityCode>,
    /// Indigenous self-identification, by code.
    pub fnmi_declaration: Option<String>,
    /// Hours taught in French, 1 to 9999.
    pub french_hours: Option<u16>,
    /// At most three.
    pub enrolment_type_codes: Vec<String>,
    /// At most two.
    pub exception_codes: Vec<String>,
    /// At most three.
    pub grants_program_codes: Vec<String>,
    /// Names the contract does not know; a server refuses them (3002).
    #[serde(default)]
    pub unknown: Vec<KeyValuePair>,
}

impl EnrolmentExtras {
    /// As it travels.
    pub fn to_list(&self) -> ExtendedInfoList {
        let mut values = Vec::new();
        let mut add = |key: &str, value: &str| values.push(KeyValuePair::new(key, value));
        let one = |value: &Option<String>| value.clone();
        for (key, value) in [
            ("LocalStudentId", one(&self.local_student_id)),
            (
                "ResidentBoard",
                self.resident_board.map(|board| board.to_string()),
            ),
            (
                "FrancophoneBoard",
                self.francophone_board.map(|board| board.to_string()),
            ),
            ("FNMIDeclaration", one(&self.fnmi_declaration)),
            (
                "FrenchHoursOfInstruction",
                self.french_hours.map(|hours| hours.to_string()),
            ),
        ] {
            if let Some(value) = value {
                add(key, &value);
            }
        }
        for (key, codes) in [
            ("EnrolmentTypeCodes", &self.enrolment_type_codes),
            ("ExceptionCodes", &self.exception_codes),
            ("GrantsProgramCodes", &self.grants_program_codes),
        ] {
            for code in codes {
                add(key, code);
            }
        }
        values.extend(self.unknown.iter().cloned());
        ExtendedInfoList {
            set_name: SET_NAME.to_owned(),
            values,
        }
    }

    /// From what travelled; fails on another set, on a value that is not of its
    /// kind, and on a single-valued name given twice.
    pub fn from_list(list: ExtendedInfoList) -> Result<Self, WireError> {
        if list.set_name != SET_NAME {
            return Err(WireError::structure("the only set is SISV1").within("SetName"));
        }
        let mut extras = Self::default();
        for KeyValuePair { key, value } in list.values {
            extras.take(key, value)?;
        }
        Ok(extras)
    }

    fn take(&mut self, key: String, value: String) -> Result<(), WireError> {
        match key.as_str() {
            "LocalStudentId" => once(&mut self.local_student_id, &key, value),
            "FNMIDeclaration" => once(&mut self.fnmi_declaration, &key, value),
            "ResidentBoard" => once(&mut self.resident_board, &key, board(&key, &value)?),
            "FrancophoneBoard" => once(&mut self.francophone_board, &key, board(&key, &value)?),
            "FrenchHoursOfInstruction" => once(&mut self.french_hours, &key, hours(&key, &value)?),
            _ => {
                self.add(key, value);
                Ok(())
            }
        }
    }

    fn add(&mut self, key: String, value: String) {
        match key.as_str() {
            "EnrolmentTypeCodes" => self.enrolment_type_codes.push(value),
            "ExceptionCodes" => self.exception_codes.push(value),
            "GrantsProgramCodes" => self.grants_program_codes.push(value),
            _ => self.unknown.push(KeyValuePair { key, value }),
        }
    }
}

fn once<T>(slot: &mut Option<T>, key: &str, value: T) -> Result<(), WireError> {
    match slot.replace(value) {
        None => Ok(()),
        Some(_) => Err(wrong(key, "given twice")),
    }
}

fn board(key: &str, value: &str) -> Result<AuthorityCode, WireError> {
    value
        .parse()
        .ok()
        .filter(|code: &AuthorityCode| value.len() == 4 && code.as_str() != "0000")
        .ok_or_else(|| wrong(key, "not 0001 to 9999"))
}

fn hours(key: &str, value: &str) -> Result<u16, WireError> {
    value
        .parse()
        .ok()
        .filter(|hours| (1..=9999).contains(hours))
        .ok_or_else(|| wrong(key, "not 1 to 9999"))
}

fn wrong(key: &str, check: &str) -> WireError {
    WireError::Structure(vec![Defect::here(check).within(key)])
}

impl Xml for EnrolmentExtras {
    fn shape() -> Shape {
        ExtendedInfoList::shape()
    }
    fn write(&self, out: &mut String) {
        self.to_list().write(out);
    }
    fn read(from: &mut Source<'_>) -> Result<Self, WireError> {
        ExtendedInfoList::read(from).and_then(Self::from_list)
    }
    fn inspect(&self, _: Limit, into: &mut Inspection) {
        into.field("LocalStudentId", &self.local_student_id, Limit::Line(15));
        into.field(
            "FNMIDeclaration",
            &self.fnmi_declaration,
            Limit::Code("FNMIDeclaration"),
        );
        into.field(
            "FrenchHoursOfInstruction",
            &self.french_hours,
            Limit::Range(1, 9999),
        );
        for (key, class, codes, most) in [
            (
                "EnrolmentTypeCodes",
                "EnrolmentType",
                &self.enrolment_type_codes,
                3,
            ),
            ("ExceptionCodes", "ExceptionCode", &self.exception_codes, 2),
            (
                "GrantsProgramCodes",
                "GrantsProgramCode",
                &self.grants_program_codes,
                3,
            ),
        ] {
            into.field(key, codes, Limit::Items(most));
            into.field(key, codes, Limit::Code(class));
        }
        for pair in &self.unknown {
            into.fail(format!("unknown name {:?}", pair.key));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(set_name: &str, values: &[(&str, &str)]) -> ExtendedInfoList {
        ExtendedInfoList {
            set_name: set_name.to_owned(),
            values: values
                .iter()
                .map(|(key, value)| KeyValuePair::new(*key, *value))
                .collect(),
        }
    }

    /// Every failed check, as a request with this set would name it.
    fn defects(set_name: &str, values: &[(&str, &str)]) -> Vec<String> {
        match EnrolmentExtras::from_list(list(set_name, values)) {
            Err(WireError::Structure(defects)) => defects.iter().map(ToString::to_string).collect(),
            Err(other) => vec![other.to_string()],
            Ok(extras) => {
                let mut found = Inspection::default();
                found.field("Extended", &extras, Limit::Free);
                found.defects.iter().map(ToString::to_string).collect()
            }
        }
    }

    #[test]
    fn the_set_reads_as_it_was_written() {
        let extras = EnrolmentExtras {
            local_student_id: Some("A-17".into()),
            resident_board: "0019".parse().ok(),
            francophone_board: "4061".parse().ok(),
            fnmi_declaration: Some("331".into()),
            french_hours: Some(9999),
            enrolment_type_codes: vec!["1".into(), "2".into()],
            exception_codes: vec!["54".into()],
            grants_program_codes: vec!["500".into(), "303".into(), "306".into()],
            unknown: Vec::new(),
        };
        assert_eq!(EnrolmentExtras::from_list(extras.to_list()), Ok(extras));
        assert_eq!(
            EnrolmentExtras::from_list(list("SISV1", &[])),
            Ok(EnrolmentExtras::default())
        );
    }

    #[test]
    fn the_set_keeps_to_its_limits() {
        for (values, want) in [
            (&[("ResidentBoard", "0001")][..], &[][..]),
            (&[("ResidentBoard", "0000")], &["ResidentBoard: not 0001 to 9999"]),
            (&[("ResidentBoard", "19")], &["ResidentBoard: not 0001 to 9999"]),
            (
                &[("FrancophoneBoard", "12345")],
                &["FrancophoneBoard: not 0001 to 9999"],
            ),
            (&[("FrenchHoursOfInstruction", "1")], &[]),
            (
                &[("FrenchHoursOfInstruction", "0")],
                &["FrenchHoursOfInstruction: not 1 to 9999"],
            ),
            (
                &[("FrenchHoursOfInstruction", "10000")],
                &["FrenchHoursOfInstruction: not 1 to 9999"],
            ),
            (&[("LocalStudentId", "123456789012345")], &[]),
            (
                &[("LocalStudentId", "1234567890123456")],
                &["Extended.LocalStudentId: 16 characters, at most 15 allowed"],
            ),
            (&[("LocalStudentId", "")], &["Extended.LocalStudentId: mandatory"]),
            (
                &[("LocalStudentId", "1"), ("LocalStudentId", "2")],
                &["LocalStudentId: given twice"],
            ),
            (&[("ExceptionCodes", "41"), ("ExceptionCodes", "54")], &[]),
            (
                &[
                    ("ExceptionCodes", "41"),
                    ("ExceptionCodes", "54"),
                    ("ExceptionCodes", "80"),
                ],
                &["Extended.ExceptionCodes: 3 items, at most 2 allowed"],
            ),
            (&[("ShoeSize", "42")], &["Extended: unknown name \"ShoeSize\""]),
        ] {
            assert_eq!(defects("SISV1", values), want, "{values:?}");
        }
        assert_eq!(defects("SISV2", &[]), ["SetName: the only set is SISV1"]);
    }
}
