//! Undoing after a failure.

use crate::Result;
use firn_words::Text;

/// One thing to undo.
pub struct Undo<C> {
    /// What is said when it was undone.
    pub done: fn() -> Text,
    /// Whether there is anything to undo.
    pub needed: fn(&C) -> bool,
    /// Undoes it.
    pub run: fn(&mut C) -> Result<()>,
}

/// Tries all of them in their order, whatever became of the ones before. `failed` makes a sentence of what could not be undone and
/// why. Gives a sentence for each thing, and whether all went well.
pub fn undo<C>(
    all: &[Undo<C>],
    context: &mut C,
    failed: impl Fn(&C, Text, &anyhow::Error) -> Text,
) -> (Vec<Text>, bool) {
    let (mut said, mut whole) = (Vec::new(), true);
    for undo in all {
        if !(undo.needed)(context) {
            continue;
        }
        let done = (undo.done)();
        match (undo.run)(context) {
            Ok(()) => said.push(done),
            Err(error) => {
                whole = false;
                said.push(failed(context, done, &error));
            }
        }
    }
    (said, whole)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_is_tried_and_what_is_not_needed_is_passed_over() {
        let all: [Undo<Vec<u8>>; 3] = [
            Undo {
                done: || "unmounted".into(),
                needed: |_| true,
                run: |_| anyhow::bail!("busy"),
            },
            Undo {
                done: || "renamed".into(),
                needed: |tried| !tried.is_empty(),
                run: |_| Ok(()),
            },
            Undo {
                done: || "removed".into(),
                needed: |_| true,
                run: |tried| {
                    tried.push(3);
                    Ok(())
                },
            },
        ];
        let mut tried = Vec::new();
        let failed =
            |_: &Vec<u8>, what: Text, error: &anyhow::Error| format!("not {what}: {error}").into();
        let (said, whole) = undo(&all, &mut tried, failed);
        let said: Vec<String> = said.iter().map(ToString::to_string).collect();
        assert_eq!(
            (said, whole),
            (vec!["not unmounted: busy".into(), "removed".into()], false)
        );
        assert_eq!(tried, [3]);
    }
}
