//! Work that is done in named steps: each is told when it begins and how far it is, everything that happens can be written down,
//! and where a step fails, what was done before is undone. What the steps do, and to what, is their context's matter.

mod journal;
mod progress;
mod undo;

pub use journal::Journal;
pub use progress::Progress;
pub use undo::{Undo, undo};

use firn_words::Text;

/// Errors of steps carry their whole story.
pub type Result<T> = anyhow::Result<T>;

/// One step of the work on a context `C`.
pub struct Step<C> {
    /// Short name, for programs.
    pub name: &'static str,
    /// For people.
    pub title: fn() -> Text,
    /// Its share of the whole time, in percent; of all steps together 100.
    pub weight: u8,
    /// Does it.
    pub run: fn(&mut C) -> Result<()>,
}

/// What steps work on: it hears how the work goes.
pub trait Context {
    /// A step begins, the `n`th of `of`.
    fn begins(&mut self, name: &str, title: Text, n: usize, of: usize);
    /// How far the whole work is.
    fn progress(&mut self) -> &mut Progress;
    /// So many percent of the whole are done.
    fn reached(&mut self, percent: u8);
}

/// Runs the steps in their order.
///
/// # Errors
/// The first error, and the name of the step that it is of; the steps after it were not begun.
pub fn run<C: Context>(
    steps: &[Step<C>],
    context: &mut C,
) -> std::result::Result<(), (&'static str, anyhow::Error)> {
    let mut before = 0;
    for (at, step) in steps.iter().enumerate() {
        context.begins(step.name, (step.title)(), at + 1, steps.len());
        context.progress().begin(before, step.weight);
        (step.run)(context).map_err(|error| (step.name, error))?;
        before += step.weight;
        context.reached(before);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Default)]
    struct Course {
        said: Vec<String>,
        progress: Progress,
        fails: bool,
    }

    impl Context for Course {
        fn begins(&mut self, name: &str, title: Text, n: usize, of: usize) {
            self.said.push(format!("{n}/{of} {name}: {title}"));
        }

        fn progress(&mut self) -> &mut Progress {
            &mut self.progress
        }

        fn reached(&mut self, percent: u8) {
            self.said.push(format!("{percent}%"));
        }
    }

    fn half(course: &mut Course) -> Result<()> {
        let percent = course.progress.part(1, 2);
        percent
            .into_iter()
            .for_each(|percent| course.reached(percent));
        anyhow::ensure!(!course.fails, "no");
        Ok(())
    }

    const STEPS: [Step<Course>; 2] = [
        Step {
            name: "first",
            title: || "First".into(),
            weight: 60,
            run: |_| Ok(()),
        },
        Step {
            name: "second",
            title: || "Second".into(),
            weight: 40,
            run: half,
        },
    ];

    #[test]
    fn steps_are_told_and_add_up() {
        let mut course = Course::default();
        assert!(run(&STEPS, &mut course).is_ok());
        let said = [
            "1/2 first: First",
            "60%",
            "2/2 second: Second",
            "80%",
            "100%",
        ];
        assert_eq!(course.said, said);
    }

    #[test]
    fn the_step_that_fails_is_named() {
        let mut course = Course {
            fails: true,
            ..Course::default()
        };
        let (name, error) = run(&STEPS, &mut course).unwrap_err();
        assert_eq!((name, error.to_string().as_str()), ("second", "no"));
        assert_eq!(course.said.last().map(String::as_str), Some("80%"));
    }
}
