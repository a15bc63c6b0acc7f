//! Tasks: the list, the page about one, and one in a line.

use super::figures::moment;
use super::guest::rows;
use super::table::{BAD, Cell, GOOD, table, with_heads};
use anstyle::Style;
use firn_api::{Stage, Task};
use firn_words::{Language, Text, say};
use jiff::tz::TimeZone;

/// The list of tasks, the last one below.
pub fn list(tasks: &[Task], zone: &TimeZone, language: Language) -> String {
    let mut tasks: Vec<&Task> = tasks.iter().collect();
    // firnd names the newest first, also of those of one second.
    tasks.reverse();
    tasks.sort_by(|a, b| a.begun.cmp(&b.begun));
    let heads = [
        say!("command-head-id"),
        say!("command-head-operation"),
        say!("command-head-guest"),
        say!("command-head-stage"),
        say!("command-head-begun"),
        say!("command-head-by"),
    ];
    let row = |task: &&Task| {
        vec![
            Cell::from(&task.id),
            Cell::from(&task.operation),
            Cell::from(&task.name),
            Cell::from(stage(task).in_language(language)).styled(style(task.stage)),
            Cell::from(moment(&task.begun, zone)),
            Cell::from(&task.by),
        ]
    };
    let heads = heads.map(|head| head.in_language(language)).to_vec();
    with_heads(heads, tasks.iter().map(row).collect())
}

/// A page about one task.
pub fn page(task: &Task, zone: &TimeZone, language: Language) -> String {
    let told = |problem: &firn_api::Problem| problem.told(language).into();
    let ended = task.ended.iter().map(|ended| moment(ended, zone).into());
    let parts: [(Text, Vec<Text>); 7] = [
        (
            say!("command-label-task"),
            vec![format!("{} {}", task.operation, task.name).into()],
        ),
        (say!("command-label-stage"), vec![stage(task)]),
        (
            say!("command-label-doing"),
            task.doing.iter().map(told).collect(),
        ),
        (
            say!("command-label-why"),
            task.problems.iter().map(told).collect(),
        ),
        (
            say!("command-label-begun"),
            vec![moment(&task.begun, zone).into()],
        ),
        (say!("command-label-ended"), ended.collect()),
        (say!("command-label-by"), vec![task.by.as_str().into()]),
    ];
    let rows = parts
        .iter()
        .flat_map(|(label, lines)| rows(label, lines, language));
    table(&rows.collect::<Vec<_>>())
}

/// How far a task is.
pub fn stage(task: &Task) -> Text {
    match task.stage {
        Stage::Queued => say!("command-stage-queued"),
        Stage::Running => say!("command-stage-running", percent = u32::from(task.percent)),
        Stage::Done => say!("command-stage-done"),
        Stage::Failed => say!("command-stage-failed"),
        Stage::Cancelled => say!("command-stage-cancelled"),
    }
}

fn style(stage: Stage) -> Style {
    match stage {
        Stage::Done => GOOD,
        Stage::Failed => BAD,
        _ => Style::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use firn_api::Problem;

    fn task(id: &str, stage: Stage, begun: &str) -> Task {
        Task {
            id: id.into(),
            operation: "create".into(),
            guest: "aaaaaaaa".into(),
            name: "web1".into(),
            stage,
            step: 2,
            steps: 5,
            doing: None,
            percent: 40,
            begun: begun.into(),
            ended: None,
            by: "root".into(),
            problems: Vec::new(),
            cancellable: true,
            fetched: None,
        }
    }

    fn problem(text: &str) -> Problem {
        Problem {
            text: text.into(),
            ..Problem::default()
        }
    }

    #[test]
    fn the_last_task_stands_below() {
        let tasks = [
            task("t2", Stage::Running, "2026-12-01T00:02:00Z"),
            task("t1", Stage::Failed, "2026-12-01T00:01:00Z"),
        ];
        let shown = list(&tasks, &TimeZone::UTC, Language::En);
        let shown = anstream::adapter::strip_str(&shown).to_string();
        insta::assert_snapshot!(shown, @r"
        ID  OPERATION  GUEST  STAGE    BEGUN                BY
        t1  create     web1   failed   2026-12-01 00:01:00  root
        t2  create     web1   at 40 %  2026-12-01 00:02:00  root
        ");
    }

    #[test]
    fn a_page_says_what_went_wrong() {
        let failed = Task {
            problems: vec![
                problem("the image is cut off"),
                problem("nothing is left of it"),
            ],
            ended: Some("2026-12-01T00:03:00Z".into()),
            ..task("t1", Stage::Failed, "2026-12-01T00:01:00Z")
        };
        let shown = page(&failed, &TimeZone::UTC, Language::En);
        let shown = anstream::adapter::strip_str(&shown).to_string();
        insta::assert_snapshot!(shown, @r"
          Task   create web1
          Stage  failed
          Why    the image is cut off
                 nothing is left of it
          Begun  2026-12-01 00:01:00
          Ended  2026-12-01 00:03:00
          By     root
        ");
    }
}
