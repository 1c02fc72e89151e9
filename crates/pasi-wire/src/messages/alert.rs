//! Core alerts of a student, and the answers to core alerts.

use super::{AvailabilityStatus, KeyValuePair, Rejection, StatusAsnVersion, Student};
use crate::xml::{choices, message};
use kernel::Asn;

kernel::text_enum! {
    /// How much a core alert weighs.
    pub enum AlertType {
        /// Stored but wrong; must be fixed.
        Warning = "Warning",
        /// Suspicious; must be confirmed.
        Advice = "Advice",
    }
}

kernel::text_enum! {
    /// What people said to a core alert.
    pub enum AcknowledgementStatus {
        /// Nothing yet.
        Unacknowledged = "Unacknowledged",
        /// Someone is on it.
        InProgress = "InProgress",
        /// It is right as it stands; advice only.
        Acknowledged = "Acknowledged",
        /// Set aside; warnings only, by the ministry only.
        Overridden = "Overridden",
    }
}
choices!(AlertType, AcknowledgementStatus);

message! {
    /// What a status processor found after the record was stored.
    pub struct CoreAlert in V201204 {
        /// Number of the rule.
        alert_code: u32 = "AlertCode",
        /// Weight.
        alert_type: AlertType = "AlertType",
        /// The province's words.
        message: String = "Message",
        /// Values in the sentence; a changed one makes a new alert.
        arguments: Vec<KeyValuePair> = "Arguments",
        /// What people said to it.
        acknowledgement_status: AcknowledgementStatus = "AcknowledgementStatus",
    }
}

message! {
    /// Students whose alerts are read, in order.
    pub request GetStudentStatusRequest in V2020 {
        /// By ASN.
        students: Vec<StatusAsnVersion> = "Students" [Items(500)],
    }
}

message! {
    /// Those read until a version differed.
    pub struct GetStudentStatusResponse in V2020 {
        /// In the order asked; shorter when a version differed.
        results: Vec<StudentStatusResult> = "Results",
        /// Why none are given.
        rejections: Vec<Rejection> = "Rejections",
    }
}

message! {
    /// The alerts of one student.
    pub struct StudentStatusResult in V2020 {
        /// As it was asked.
        asn: Asn = "Key",
        /// Is the status given?
        availability_status: AvailabilityStatus = "AvailabilityStatus",
        /// The alerts.
        status: Option<StudentStatus> = "Status",
        /// The student, when newer than the client's.
        source: Option<Student> = "Source",
    }
}

message! {
    /// What the student's status processor last found.
    pub struct StudentStatus in V201204 {
        /// ASN.
        asn: Asn = "StateProvinceId",
        /// The alerts.
        alerts: Vec<CoreAlert> = "CoreAlerts",
        /// Version of the student that was judged.
        source_version: i64 = "SourceVersion",
        /// Version of this status.
        pasi_core_version: i64 = "PASICoreVersion",
    }
}

message! {
    /// What a person says to an alert of a student.
    pub request SubmitStudentStatusAcknowledgementRequest in V2020 {
        /// Whose alert.
        asn: Asn = "StateProvinceId",
        /// Which alert, and what of it.
        acknowledgement: AlertAcknowledgement = "Acknowledgement",
    }
}

message! {
    /// Names an alert by code and arguments, and sets what is said to it.
    pub struct AlertAcknowledgement in V201204 {
        /// Number of the rule.
        alert_code: u32 = "AlertCode",
        /// The alert's values, verbatim, in any order.
        arguments: Vec<KeyValuePair> = "Arguments",
        /// What is said.
        status: AcknowledgementStatus = "AcknowledgementStatus",
    }
}

impl AlertAcknowledgement {
    /// Does it name this alert? Keys in any order; values verbatim, except that
    /// a list of integers between commas may be in any order.
    pub fn names(&self, alert: &CoreAlert) -> bool {
        self.alert_code == alert.alert_code && sorted(&self.arguments) == sorted(&alert.arguments)
    }
}

impl CoreAlert {
    /// Is it the same alert, whatever was said to it? As an acknowledgement
    /// would name it.
    pub fn is_same(&self, other: &Self) -> bool {
        self.alert_code == other.alert_code && sorted(&self.arguments) == sorted(&other.arguments)
    }
}

fn sorted(arguments: &[KeyValuePair]) -> Vec<KeyValuePair> {
    let mut all: Vec<KeyValuePair> = arguments
        .iter()
        .map(|pair| KeyValuePair::new(&pair.key, integers_sorted(&pair.value)))
        .collect();
    all.sort();
    all
}

fn integers_sorted(value: &str) -> String {
    let numbers: Result<Vec<i64>, _> = value.split(',').map(|part| part.trim().parse()).collect();
    match numbers {
        Ok(mut numbers) if numbers.len() > 1 => {
            numbers.sort_unstable();
            numbers.iter().map(i64::to_string).collect::<Vec<_>>().join(",")
        }
        _ => value.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alert(arguments: &[(&str, &str)]) -> CoreAlert {
        CoreAlert {
            alert_code: 10_017,
            alert_type: AlertType::Advice,
            message: "m".into(),
            arguments: arguments
                .iter()
                .map(|(key, value)| KeyValuePair::new(*key, *value))
                .collect(),
            acknowledgement_status: AcknowledgementStatus::Unacknowledged,
        }
    }

    #[test]
    fn an_acknowledgement_names_an_alert_by_code_and_verbatim_arguments() {
        let stands = alert(&[("Grade", "06"), ("Years", "2,10,3")]);
        for (said, names) in [
            (vec![("Grade", "06"), ("Years", "2,10,3")], true),
            (vec![("Years", "10,3,2"), ("Grade", "06")], true),
            (vec![("Years", "10,3,2")], false),
            (vec![("Grade", "6"), ("Years", "2,10,3")], false),
            (vec![("grade", "06"), ("Years", "2,10,3")], false),
            (vec![("Grade", "06"), ("Years", "2,10,4")], false),
        ] {
            let given = AlertAcknowledgement {
                alert_code: 10_017,
                arguments: alert(&said).arguments,
                status: AcknowledgementStatus::Acknowledged,
            };
            assert_eq!(given.names(&stands), names, "{said:?}");
        }
    }
}
