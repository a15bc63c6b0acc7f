//! What counts in a file that is full of mistakes, too: read on its own.

use crate::answers::{FinishAction, Report};
use crate::overrides::Override;

/// What to do at the end, even of a file that is full of mistakes; a file that does not say it means "reboot".
pub fn finish_action(text: &str, overrides: &[Override]) -> FinishAction {
    crate::parse::finish_action(text, overrides).unwrap_or_default()
}

/// Whom to report to, where `[report]` itself has no mistake: a refusal is reported as well.
pub fn report(text: &str, overrides: &[Override]) -> Option<Report> {
    crate::parse::report(text, overrides)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn survives_broken_files() {
        let table = [
            ("", FinishAction::Reboot),
            ("[finish]\naction = \"poweroff\"", FinishAction::Poweroff),
            (
                "\u{feff}x = = 1\r\n[host\r\n[finish]\r\naction = \"shell\"\r\n",
                FinishAction::Shell,
            ),
            ("[finish]\naction = \"explode\"", FinishAction::Reboot),
            ("finish = 5", FinishAction::Reboot),
            (
                "name = \"open\n[finish]\naction = \"poweroff\"\n",
                FinishAction::Poweroff,
            ),
        ];
        for (text, action) in table {
            assert_eq!(finish_action(text, &[]), action, "{text:?}");
        }
        let answer = Override {
            key: "finish.action".into(),
            value: "poweroff".into(),
        };
        assert_eq!(finish_action("x = ", &[answer]), FinishAction::Poweroff);
    }

    #[test]
    fn reports_are_read_out_of_broken_files() {
        let table = "[report]\nurl = \"https://example.net/v1/report\"\n";
        let url = |text: &str| report(text, &[]).map(|report| report.url);
        let expected = Some("https://example.net/v1/report".to_owned());
        assert_eq!(url(table), expected);
        assert_eq!(url(&format!("x = = 1\n{table}")), expected);
        assert_eq!(url(&format!("[disk]\nwype = 5\n{table}")), expected);
        assert_eq!(url(&format!("{table}pin = \"x\"\n")), None);
        assert_eq!(url("report = 5"), None);
        assert_eq!(url(""), None);
    }
}
