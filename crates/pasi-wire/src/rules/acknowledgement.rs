//! Rules of answers to core alerts.

use super::finding;
use crate::messages::{AcknowledgementStatus, AlertAcknowledgement, AlertType, CoreAlert};
use kernel::Finding;

/// Judges an answer to a core alert: it must name one that stands (12000,
/// 12001), and say what may be said to it (12002, 12003, 12004).
pub fn acknowledged(alerts: &[CoreAlert], said: &AlertAcknowledgement, is_ministry: bool) -> Option<Finding> {
    let Some(alert) = alerts.iter().find(|alert| said.names(alert)) else {
        let is_known = alerts.iter().any(|alert| alert.alert_code == said.alert_code);
        let number = if is_known { 12_001 } else { 12_000 };
        return Some(finding(number).with("alert", said.alert_code));
    };
    match (said.status, alert.alert_type) {
        (AcknowledgementStatus::Acknowledged, AlertType::Warning) => Some(finding(12_002)),
        (AcknowledgementStatus::Overridden, AlertType::Advice) => Some(finding(12_003)),
        (AcknowledgementStatus::Overridden, AlertType::Warning) if !is_ministry => Some(finding(12_003)),
        (status, _) if status == alert.acknowledgement_status => Some(
            finding(12_004)
                .with("alert", said.alert_code)
                .with("status", status),
        ),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_fits_the_alert_it_names() {
        use AcknowledgementStatus::{Acknowledged, InProgress, Overridden, Unacknowledged};
        let alert = |alert_type| CoreAlert {
            alert_code: 10_017,
            alert_type,
            message: String::new(),
            arguments: vec![crate::messages::KeyValuePair::new("age", "9")],
            acknowledgement_status: InProgress,
        };
        for (code, age, alert_type, status, is_ministry, want) in [
            (10_017, "9", AlertType::Advice, Acknowledged, false, None),
            (10_017, "9", AlertType::Advice, Unacknowledged, false, None),
            (10_017, "9", AlertType::Advice, InProgress, false, Some("12004")),
            (10_018, "9", AlertType::Advice, Acknowledged, false, Some("12000")),
            (10_017, "8", AlertType::Advice, Acknowledged, false, Some("12001")),
            (
                10_017,
                "9",
                AlertType::Warning,
                Acknowledged,
                false,
                Some("12002"),
            ),
            (10_017, "9", AlertType::Warning, Overridden, false, Some("12003")),
            (10_017, "9", AlertType::Warning, Overridden, true, None),
            (10_017, "9", AlertType::Advice, Overridden, true, Some("12003")),
        ] {
            let said = AlertAcknowledgement {
                alert_code: code,
                arguments: vec![crate::messages::KeyValuePair::new("age", age)],
                status,
            };
            let found = acknowledged(&[alert(alert_type)], &said, is_ministry);
            assert_eq!(
                found.map(|finding| finding.code).as_deref(),
                want,
                "{said:?} {alert_type}"
            );
        }
    }
}
