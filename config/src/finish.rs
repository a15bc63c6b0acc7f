//! `finish.action`, read on its own.

use crate::answers::FinishAction;
use crate::overrides::Override;

/// What to do at the end, even of a file that is full of mistakes; a file that does not say it means "reboot".
pub fn finish_action(text: &str, overrides: &[Override]) -> FinishAction {
    crate::parse::finish_action(text, overrides).unwrap_or_default()
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
}
