//! Findings in the shapes the wire has for them.

use super::{RuleKind, rule_of};
use crate::messages::{AcknowledgementStatus, AlertType, CoreAlert, KeyValuePair, Rejection};
use kernel::{Finding, Findings};

/// The refusing findings as rejections, with the register's English words.
pub fn rejections(findings: &Findings) -> Vec<Rejection> {
    findings
        .0
        .iter()
        .filter_map(|finding| {
            let rule = rule_of(finding)?;
            matches!(rule.kind, RuleKind::Fault | RuleKind::Rejection).then(|| Rejection {
                code: rule.number,
                message: rule.sentence(&finding.args, false),
                arguments: arguments(finding),
            })
        })
        .collect()
}

/// The warnings and advice as core alerts, not yet acknowledged.
pub fn alerts(findings: &Findings) -> Vec<CoreAlert> {
    findings
        .0
        .iter()
        .filter_map(|finding| {
            let rule = rule_of(finding)?;
            let alert_type = match rule.kind {
                RuleKind::Warning => AlertType::Warning,
                RuleKind::Advice => AlertType::Advice,
                RuleKind::Fault | RuleKind::Rejection => return None,
            };
            Some(CoreAlert {
                alert_code: rule.number,
                alert_type,
                message: rule.sentence(&finding.args, false),
                arguments: arguments(finding),
                acknowledgement_status: AcknowledgementStatus::Unacknowledged,
            })
        })
        .collect()
}

fn arguments(finding: &Finding) -> Vec<KeyValuePair> {
    finding
        .args
        .iter()
        .map(|(name, value)| KeyValuePair::new(name, value))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::rules::finding;

    #[test]
    fn refusals_become_rejections_and_the_rest_core_alerts() {
        let findings: Findings = [
            finding(3004).with("core", 7).with("client", 5),
            finding(10_002).with("code", "500"),
            finding(10_017).with("age", 9).with("grade", "01"),
        ]
        .into_iter()
        .collect();
        let refused = rejections(&findings);
        assert_eq!(refused.len(), 1);
        assert_eq!(refused[0].code, 3004);
        assert!(refused[0].message.contains('7') && refused[0].message.contains('5'));
        let alerts = alerts(&findings);
        let seen: Vec<_> = alerts
            .iter()
            .map(|alert| (alert.alert_code, alert.alert_type))
            .collect();
        assert_eq!(seen, [(10_002, AlertType::Warning), (10_017, AlertType::Advice)]);
        assert_eq!(alerts[1].arguments[0], KeyValuePair::new("age", "9"));
    }
}
