//! The pages that tell: summary, progress, how it ended, and who has the installer.

use super::super::model::{Model, Owner};
use super::super::page::{Control, Page};
use super::super::text::{fit, sentence, wrap};
use super::super::theme;
use super::sheet::Sheet;
use crate::plan::Plan;
use firn_config::{Ipv4, Ipv6, Network, Ntp, Problem};
use ratatui::style::Style;
use ratatui::text::{Line, Span};
use std::time::Duration;

/// Fills the sheet of a page that tells.
pub fn fill(sheet: &mut Sheet) {
    match sheet.model.page {
        Page::Summary => summary(sheet),
        Page::Progress => progress(sheet),
        Page::Done => done(sheet),
        Page::Failed => failed(sheet),
        Page::InUse => in_use(sheet),
        _ => {}
    }
}

fn summary(sheet: &mut Sheet) {
    let lines = summary_lines(sheet.model, sheet.width);
    let top = sheet
        .model
        .cursor(Control::Text)
        .min(lines.len().saturating_sub(sheet.height));
    let (total, height) = (lines.len(), sheet.height);
    for (n, mut line) in lines.into_iter().skip(top).take(height).enumerate() {
        let more = match n {
            0 if top > 0 => "▲",
            _ if n + 1 == height && top + height < total => "▼",
            _ => " ",
        };
        let room = sheet.width.saturating_sub(line.width() + 1);
        line.spans.push(Span::styled(
            format!("{}{more}", " ".repeat(room)),
            theme::dim(),
        ));
        sheet.line(line);
    }
}

/// Everything the summary says; the sheet shows a part of it.
pub fn summary_lines(model: &Model, columns: usize) -> Vec<Line<'static>> {
    let columns = columns.saturating_sub(2);
    match &model.plan {
        Some(Ok(plan)) => plan_lines(model, plan, columns),
        Some(Err(problems)) => problem_lines(problems, columns),
        None => Vec::new(),
    }
}

fn plan_lines(model: &Model, plan: &Plan, columns: usize) -> Vec<Line<'static>> {
    let doomed = if plan.disk.replaces.is_some() {
        1
    } else {
        plan.disk.destroys.len()
    };
    let mut lines = Vec::new();
    for (n, sentence) in plan.describe().iter().enumerate() {
        let (sign, style) = match n < doomed {
            true => ("!", theme::bad()),
            false => ("•", Style::new()),
        };
        if n > 0 && n == doomed {
            lines.push(Line::default());
        }
        point(&mut lines, sign, sentence, style, columns);
    }
    for sentence in also(model) {
        point(&mut lines, "•", &sentence, Style::new(), columns);
    }
    lines
}

/// A wrapped sentence behind a sign.
fn point(lines: &mut Vec<Line<'static>>, sign: &str, text: &str, style: Style, columns: usize) {
    for (n, text) in wrap(text, columns.saturating_sub(2))
        .into_iter()
        .enumerate()
    {
        let sign = if n == 0 {
            format!("{sign} ")
        } else {
            "  ".into()
        };
        let sign = Span::styled(
            sign,
            if style == Style::new() {
                theme::accent()
            } else {
                style
            },
        );
        lines.push(Line::from(vec![sign, Span::styled(text, style)]));
    }
}

/// What the plan does not say because it does not decide it.
fn also(model: &Model) -> Vec<String> {
    let answers = &model.answers;
    let clock = match &answers.time.ntp {
        Ntp::Dhcp => "set from DHCP".to_owned(),
        Ntp::None => "not set by any server".to_owned(),
        Ntp::Servers(servers) => format!("set by {}", servers.join(", ")),
    };
    let mut list = vec![format!(
        "Keyboard {}, time zone {}, clock {clock}.",
        answers.keyboard, answers.timezone
    )];
    list.extend(addresses(&answers.network));
    if !answers.checks.skip.is_empty() {
        list.push(format!(
            "Going on in spite of: {}.",
            answers.checks.skip.join(", ")
        ));
    }
    list
}

/// Gateways and name servers, where they were given.
fn addresses(network: &Network) -> Option<String> {
    let join = |list: &[String]| list.join(", ");
    let mut gateways = Vec::new();
    if let Ipv4::Static {
        gateway: Some(gateway),
        ..
    } = &network.ipv4
    {
        gateways.push(gateway.to_string());
    }
    if let Ipv6::Static {
        gateway: Some(gateway),
        ..
    } = &network.ipv6
    {
        gateways.push(gateway.to_string());
    }
    let dns: Vec<_> = network.dns.iter().map(ToString::to_string).collect();
    let parts = [
        ("gateway", gateways),
        ("DNS", dns),
        ("search", network.search.clone()),
    ];
    let given = parts.iter().filter(|(_, list)| !list.is_empty());
    let text: Vec<_> = given
        .map(|(name, list)| format!("{name} {}", join(list)))
        .collect();
    (!text.is_empty()).then(|| sentence(&text.join("; ")))
}

fn problem_lines(problems: &[Problem], columns: usize) -> Vec<Line<'static>> {
    let mut lines = vec![
        Line::styled(
            "This cannot be installed as it stands. Go back and change:",
            theme::warn(),
        ),
        Line::default(),
    ];
    for problem in problems {
        let text = format!("{}: {}", problem.name, problem.text);
        point(&mut lines, "!", &text, theme::warn(), columns);
    }
    lines
}

/// A time as minutes and seconds.
fn clock(time: Duration) -> String {
    format!("{}:{:02}", time.as_secs() / 60, time.as_secs() % 60)
}

fn gauge(sheet: &mut Sheet) {
    let percent = usize::from(sheet.model.run.percent);
    let room = sheet.width.saturating_sub(7);
    let full = room * percent / 100;
    sheet.line(Line::from(vec![
        Span::styled("█".repeat(full), theme::accent()),
        Span::styled("░".repeat(room - full), theme::dim()),
        Span::styled(format!(" {percent:>3} %"), theme::title()),
    ]));
}

fn progress(sheet: &mut Sheet) {
    let (run, now) = (&sheet.model.run, sheet.model.now);
    let gone = now.saturating_sub(run.started);
    let step = if run.of > 0 {
        format!("Step {} of {}: ", run.n, run.of)
    } else {
        String::new()
    };
    sheet.blank();
    sheet.line(Line::from(vec![
        Span::raw(step),
        Span::styled(run.title.clone(), theme::title()),
    ]));
    sheet.blank();
    gauge(sheet);
    sheet.blank();
    let left = match run.percent {
        5..=99 => format!(
            ", about {} left",
            clock(gone * u32::from(100 - run.percent) / u32::from(run.percent))
        ),
        _ => String::new(),
    };
    sheet.text(
        &format!("{} gone{left}. Please leave the machine on.", clock(gone)),
        theme::dim(),
    );
    sheet.blank();
    log(sheet);
}

/// The end of the log, in the lines that are left.
fn log(sheet: &mut Sheet) {
    let lines = sheet.left(0, 3);
    let log = &sheet.model.run.log;
    for text in log.iter().skip(log.len().saturating_sub(lines)) {
        let columns = sheet.width;
        sheet.line(Line::styled(
            fit(&format!("· {text}"), columns),
            theme::dim(),
        ));
    }
}

fn done(sheet: &mut Sheet) {
    let Some(Ok(done)) = &sheet.model.run.end else {
        return;
    };
    let took = sheet
        .model
        .run
        .ended
        .saturating_sub(sheet.model.run.started);
    sheet.line(Line::from(vec![
        Span::styled(format!("{} ", theme::DONE), theme::good()),
        Span::styled(format!("{} is installed", done.hostname), theme::title()),
        Span::styled(format!("   in {}", clock(took)), theme::dim()),
    ]));
    sheet.blank();
    if done.addresses.is_empty() {
        sheet.text(
            "Its address shows on its screen once it has started.",
            Style::new(),
        );
    } else {
        sheet.text("After the restart you will find it under", Style::new());
        sheet.blank();
        for address in &done.addresses {
            sheet.line(Line::from(vec![
                Span::raw("    ssh root@"),
                Span::styled(address.clone(), theme::accent()),
            ]));
        }
    }
    sheet.blank();
    for warning in &done.warnings {
        sheet.text(&format!("! {warning}"), theme::warn());
    }
    sheet.text(
        "A CD is ejected at the restart. Take out a stick, or leave it: its start menu offers the first disk.",
        theme::dim(),
    );
}

fn failed(sheet: &mut Sheet) {
    let Some(Err(failure)) = &sheet.model.run.end else {
        return;
    };
    sheet.named(
        Span::styled("!", theme::bad()),
        &failure.step,
        12,
        &failure.text.to_string(),
    );
    sheet.blank();
    if !failure.undone.is_empty() {
        sheet.line(Line::styled("What was undone", theme::title()));
        for text in &failure.undone {
            sheet.indented(2, &text.to_string(), Style::new());
        }
        sheet.blank();
    }
    // The first step only looks.
    let disk = match failure.step.as_str() {
        "prepare" => "Nothing was written to the disk.",
        _ => "The disk was left unbootable, nothing half-installed can start from it.",
    };
    sheet.text(disk, theme::warn());
    sheet.blank();
    sheet.text("What to do: \"Back\" leads to the summary, from where another disk can be chosen or the installation tried again. \"Shell\" opens a shell; the whole log is in /run/firn/install.jsonl.", Style::new());
}

fn in_use(sheet: &mut Sheet) {
    let Owner::Other(console) = &sheet.model.owner else {
        return;
    };
    sheet.text(
        &format!(
            "Somebody is using it on {console}. To use it here, wait until it is finished there."
        ),
        Style::new(),
    );
    sheet.blank();
    match (&sheet.model.run.end, sheet.model.run.of) {
        (Some(Ok(done)), _) => {
            let addresses = done.addresses.join(", ");
            sheet.text(
                &format!("{} is installed. {addresses}", done.hostname),
                theme::good(),
            );
        }
        (_, 0) => sheet.text("Nothing is being written yet.", theme::dim()),
        _ => {
            let run = &sheet.model.run;
            sheet.line(Line::from(format!(
                "Step {} of {}: {}",
                run.n, run.of, run.title
            )));
            sheet.blank();
            gauge(sheet);
            sheet.blank();
            log(sheet);
        }
    }
}
