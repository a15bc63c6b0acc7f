//! Tells a server how the installation goes, as `[report]` in the answers wishes. Reports go out on a thread of their own;
//! whatever becomes of them, the installation goes on. All of them are kept.

mod body;
mod course;
mod post;

use crate::answers_source::{Channel, Wishes};
use crate::bootnet::{self, Facts};
use crate::execute::{Event, Failure, journal, manifest};
use crate::support::Scrub;
use crate::web::{self, Request, Server};
use body::{About, Body};
use course::Course;
use firn_config::{Problem, Report};
use jiff::{Timestamp, Unit};
use post::{Letter, Lost};
use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::Duration;

pub use firn_image::run::REPORT as KEPT;
/// What the end of an installation waits for its last reports, at most.
const END: Duration = Duration::from_secs(10);
/// Lines of the log that go along with a report of a failure.
const LOG_LINES: usize = 40;
/// Percent between reports of progress.
const STRIDE: u8 = 5;

/// Sends reports; without `[report]` it does nothing.
pub struct Messenger {
    way: Option<Way>,
    machine: Facts,
    image: String,
    scrub: Scrub,
    course: Course,
}

/// Where reports go.
struct Way {
    host: String,
    letters: Sender<Letter>,
    lost: Receiver<Lost>,
}

impl Messenger {
    /// Reports to whom the answers say. Where they came from a disk, the network is brought up first.
    pub fn new(report: Option<&Report>, channel: &Channel, wishes: &Wishes, image: &Path) -> Self {
        if report.is_some() && *channel == Channel::Local {
            // Without a network the reports are kept all the same.
            let _ = bootnet::start(wishes.vlan);
        }
        Self {
            way: report.map(way),
            machine: bootnet::facts(wishes.bootif.as_deref()),
            image: manifest::read(image).map(|m| m.id).unwrap_or_default(),
            scrub: Scrub::default(),
            course: Course::default(),
        }
    }

    /// Keeps these secrets out of all reports.
    pub fn hide(&mut self, scrub: Scrub) {
        self.scrub = scrub;
    }

    /// The installation begins.
    pub fn started(&mut self, hostname: &str) {
        self.course.hostname = hostname.to_owned();
        self.send(About::Started, |_| {});
    }

    /// Something happened in it.
    pub fn event(&mut self, event: &Event) {
        if self.course.add(event, STRIDE) {
            self.send(About::Progress, |_| {});
        }
    }

    /// The host is installed.
    pub fn succeeded(&mut self) {
        self.course.end();
        self.send(About::Succeeded, |_| {});
    }

    /// A step failed.
    pub fn failed(&mut self, failure: &Failure) {
        self.course.end();
        let problems = [self.scrub.text(&failure.text.to_string())];
        let log = self.log();
        self.send(About::Failed, |body| {
            body.failed_step = Some(&failure.step);
            body.problems = &problems;
            body.log = &log;
        });
    }

    /// Nothing is installed.
    pub fn refused(&mut self, problems: &[Problem]) {
        let problems: Vec<String> = problems
            .iter()
            .map(|p| self.scrub.text(&p.to_string()))
            .collect();
        self.send(About::Refused, |body| body.problems = &problems);
    }

    /// Waits a little for the reports that are still on their way; gives a sentence where some did not get through.
    pub fn end(self) -> Option<String> {
        let Way {
            host,
            letters,
            lost,
        } = self.way?;
        drop(letters);
        match lost.recv_timeout(END) {
            Ok(Lost { count: 0, .. }) => None,
            Ok(Lost { count, reason }) => {
                Some(format!("{count} reports did not get through: {reason}"))
            }
            Err(_) => Some(format!("not all reports got through to {host}")),
        }
    }

    fn send<'s>(&'s self, about: About, fill: impl FnOnce(&mut Body<'s>)) {
        let Some(way) = &self.way else {
            return;
        };
        let now = Timestamp::now().round(Unit::Second).unwrap_or_default();
        let mut body = Body::new(about, now.to_string(), &self.machine, &self.image);
        self.course.fill(&mut body);
        fill(&mut body);
        let Ok(body) = serde_json::to_string(&body) else {
            return;
        };
        keep(&body);
        // The thread ends only after this end of the channel.
        let _ = way.letters.send(Letter {
            body,
            passing: about == About::Progress,
        });
    }

    fn log(&self) -> Vec<String> {
        let text = firn_words::read_text(journal::LOG).unwrap_or_default();
        let lines: Vec<&str> = text.lines().collect();
        let last = &lines[lines.len().saturating_sub(LOG_LINES)..];
        last.iter().map(|line| self.scrub.text(line)).collect()
    }
}

fn way(report: &Report) -> Way {
    let server = Server {
        ca: report.ca.clone(),
        pins: report.pin.iter().cloned().collect(),
    };
    let request = Request {
        token: report.token.clone(),
        patience: Duration::from_secs(10),
        ..Request::get(&report.url, &server)
    };
    let (letters, received) = channel();
    let (tell, lost) = channel();
    let host = web::host(&report.url).to_owned();
    thread::spawn(move || {
        let lost = post::run(&received, &request);
        // Nobody waits any more when it comes too late.
        let _ = tell.send(lost);
    });
    Way {
        host,
        letters,
        lost,
    }
}

fn keep(body: &str) {
    let file = OpenOptions::new().create(true).append(true).open(KEPT);
    // In memory: only a machine without any left cannot.
    let _ = file.and_then(|mut file| writeln!(file, "{body}"));
}
