//! How the installation has gone so far, out of its events.

use super::body::{Body, Step};
use crate::execute::Event;
use std::time::Instant;

/// What reports say about it.
#[derive(Debug, Default)]
pub struct Course {
    /// The host's whole name.
    pub hostname: String,
    addresses: Vec<String>,
    host_id: Option<String>,
    fingerprints: Vec<String>,
    steps: Vec<Step>,
    /// The step that runs, and since when.
    running: Option<(String, Instant)>,
    percent: Option<u8>,
    /// The percentage of the last report.
    told: u8,
}

impl Course {
    /// Takes an event in; says whether it is worth a report: a step begins, or `stride` percent have passed.
    pub fn add(&mut self, event: &Event, stride: u8) -> bool {
        match event {
            Event::Step { name, .. } => {
                self.end();
                self.running = Some((name.clone(), Instant::now()));
                self.told = self.percent.unwrap_or_default();
                return true;
            }
            Event::Progress { percent } => {
                self.percent = Some(*percent);
                let worth = *percent >= self.told.saturating_add(stride);
                if worth {
                    self.told = *percent;
                }
                return worth;
            }
            Event::Host { id, fingerprints } => {
                self.host_id = Some(id.clone());
                self.fingerprints.clone_from(fingerprints);
            }
            Event::Done { addresses, .. } => self.addresses.clone_from(addresses),
            _ => {}
        }
        false
    }

    /// The step that runs has ended.
    pub fn end(&mut self) {
        if let Some((name, since)) = self.running.take() {
            let seconds = (since.elapsed().as_secs_f64() * 10.0).round() / 10.0;
            self.steps.push(Step { name, seconds });
        }
    }

    /// Says all of it.
    pub fn fill<'b>(&'b self, body: &mut Body<'b>) {
        body.percent = self.percent;
        body.step = self.running.as_ref().map(|(name, _)| name.as_str());
        body.host_id = self.host_id.as_deref();
        body.hostname = Some(self.hostname.as_str()).filter(|name| !name.is_empty());
        body.addresses = &self.addresses;
        body.ssh_fingerprints = &self.fingerprints;
        body.steps = &self.steps;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bootnet::Facts;
    use crate::messenger::body::About;

    fn step(name: &str) -> Event {
        Event::Step {
            name: name.into(),
            n: 1,
            of: 8,
            title: name.into(),
        }
    }

    #[test]
    fn reports_come_with_steps_and_every_few_percent() {
        let mut course = Course::default();
        let percents = [1, 4, 5, 9, 10, 100];
        assert!(course.add(&step("prepare"), 5));
        let worth = percents.map(|percent| course.add(&Event::Progress { percent }, 5));
        assert_eq!(worth, [false, false, true, false, true, true]);
    }

    #[test]
    fn a_whole_report() {
        let mut course = Course {
            hostname: "xen7.example.net".into(),
            ..Course::default()
        };
        let host = Event::Host {
            id: "0123456789abcdef0123456789abcdef".into(),
            fingerprints: vec!["SHA256:abc".into()],
        };
        let done = Event::Done {
            hostname: "xen7.example.net".into(),
            addresses: vec!["192.0.2.7".into()],
        };
        for event in [
            step("prepare"),
            Event::Progress { percent: 100 },
            host,
            done,
        ] {
            course.add(&event, 5);
        }
        course.end();
        let machine = Facts {
            mac: "52-54-00-12-34-56".into(),
            ..Facts::default()
        };
        let mut body = Body::new(
            About::Succeeded,
            "2026-11-25T07:12:00Z".into(),
            &machine,
            "image-id",
        );
        course.fill(&mut body);
        let problems = ["problem disk.wipe: x".to_owned()];
        body.problems = &problems;
        insta::assert_snapshot!(serde_json::to_string_pretty(&body).unwrap(), @r#"
        {
          "version": 1,
          "event": "succeeded",
          "time": "2026-11-25T07:12:00Z",
          "mac": "52-54-00-12-34-56",
          "uuid": "",
          "serial": "",
          "product": "",
          "image": "image-id",
          "firn": "0.1.0",
          "percent": 100,
          "host-id": "0123456789abcdef0123456789abcdef",
          "hostname": "xen7.example.net",
          "addresses": [
            "192.0.2.7"
          ],
          "ssh-fingerprints": [
            "SHA256:abc"
          ],
          "steps": [
            {
              "name": "prepare",
              "seconds": 0.0
            }
          ],
          "problems": [
            "problem disk.wipe: x"
          ]
        }
        "#);
    }
}
