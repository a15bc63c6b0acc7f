//! What lies over a page: help, and the question whether to go on.

use super::super::model::Model;
use super::super::page::Page;
use super::super::text::{sentence, wrap};
use super::super::theme;
use ratatui::style::Style;
use ratatui::text::{Line, Span};

/// Paragraphs that explain a page.
pub fn help(page: Page) -> &'static [&'static str] {
    match page {
        Page::Welcome => &[
            "Choose the keyboard that is attached to this machine; the installed host will use the same. Type part of a name to find it: \"ger\", \"swiss\", \"dvorak\".",
            "Over a serial line your own terminal's layout counts here; the choice is for the screen.",
            "\"Shell\" opens a command line; leave it with \"exit\" and the installer is back.",
        ],
        Page::Checks => &[
            "\"fine\" needs nothing. \"note\" is worth knowing. \"problem\" means that Firn would not work, or not well. \"unknown\" could not be found out.",
            "Virtualization is switched on in the firmware setup (the keys F2, Del or F10 right after power-on). It is called VT-x or Intel Virtualization Technology, and SVM or AMD-V on AMD machines.",
            "\"Look again\" repeats the checks. \"Continue\" past a problem asks first.",
        ],
        Page::Disk => &[
            "Grey disks cannot be used, and say why. The medium you started from is one of them.",
            "A disk that holds something can be used after you have typed its name, so that nothing is lost by a wrong key. An installed Firn shows its name and id.",
            "Firn needs 16 GB. What it does not need itself is for the guests' disks.",
        ],
        Page::Network => &[
            "Plug the cable in and watch the line: the link shows within a few seconds.",
            "A bond makes several ports one. LACP needs a switch that is set up for it; active-backup works with every switch.",
            "VLAN: only if the switch port is tagged for the management network; else leave it empty.",
        ],
        Page::Addresses => &[
            "DHCP asks the network for an address, static is one you were given: with the length of its network, as in 192.0.2.10/24 (255.255.255.0 is /24).",
            "The gateway is the router's address. It may be empty if the host needs to reach its own network only.",
            "Several DNS servers or domains are written with a space between them.",
        ],
        Page::HostName => &[
            "The name stands in the prompt, in logs, and where you look at several hosts. It can be changed later.",
        ],
        Page::Time => &[
            "Type a city or a country to find the time zone. Guests keep their own.",
            "Right time matters for logs and certificates. From DHCP: what the network names, else public servers.",
        ],
        Page::Login => &[
            "The password is for root, the administrator; it is asked for twice because it is not shown.",
            "An SSH key is safer. Paste the line over a serial line, or give a password now and add the key later.",
        ],
        Page::Summary => &[
            "What will be destroyed stands on top. \"Back\" changes something; every entry is kept. \"Install\" begins at once.",
        ],
        Page::Progress | Page::InUse => &[
            "Nothing to do here but wait. If something fails, the disk is left unbootable rather than half-installed.",
        ],
        Page::Done | Page::Failed => &["Left and Right choose a button, Enter presses it."],
    }
}

/// The lines of the help box.
pub fn help_lines(page: Page, columns: usize) -> Vec<Line<'static>> {
    let mut lines = Vec::new();
    for text in help(page) {
        lines.extend(wrap(text, columns).into_iter().map(Line::from));
        lines.push(Line::default());
    }
    let keys = "Keys: Tab and arrows move, Enter goes on, Esc goes back, Ctrl-L draws the screen anew. Esc closes this.";
    lines.extend(
        wrap(keys, columns)
            .into_iter()
            .map(|line| Line::styled(line, theme::dim())),
    );
    lines
}

/// The lines of the question whether to go on past problems.
pub fn go_on_lines(model: &Model, yes: bool, columns: usize) -> Vec<Line<'static>> {
    let problems = model.open_problems();
    let mut lines = Vec::new();
    for check in &problems {
        for (n, text) in wrap(&sentence(&check.found.to_string()), columns - 2)
            .into_iter()
            .enumerate()
        {
            let sign = if n == 0 { "! " } else { "  " };
            lines.push(Line::styled(format!("{sign}{text}"), theme::bad()));
        }
    }
    lines.push(Line::default());
    let consequence = if problems.iter().any(|check| check.name == "virtualization") {
        "Without virtualization the host comes up but can start no PVH or HVM guest."
    } else {
        "The host may not start, or not work as it should."
    };
    lines.extend(wrap(consequence, columns).into_iter().map(Line::from));
    lines.push(Line::default());
    lines.push(question_buttons(yes));
    lines
}

fn question_buttons(yes: bool) -> Line<'static> {
    let button = |label: &str, focused: bool| {
        let (open, close) = if focused {
            ("►[ ", " ]◄")
        } else {
            (" [ ", " ] ")
        };
        let style = if focused {
            theme::focus()
        } else {
            Style::new()
        };
        Span::styled(format!("{open}{label}{close}"), style)
    };
    Line::from(vec![
        button("Stay here", !yes),
        Span::raw(" "),
        button("Go on anyway", yes),
    ])
}
