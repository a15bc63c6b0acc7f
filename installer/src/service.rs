//! What runs on the medium after the start: answers, if there are any, else the wizard on every console.

use crate::answers_source::{self, Found, Search};
use crate::consoles::{self, Console, Everywhere};
use crate::execute::medium;
use crate::power::{self, End};
use crate::unattended::{self, Next, Outcome, Speaker};
use firn_config::FinishAction;
use firn_words::say;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long drives get to show FIRNANSWERS before the first screen is drawn.
const FIRST_LOOK: Duration = Duration::from_secs(1);
/// How often FIRNANSWERS is looked for.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// A wizard that dies at once is not started again at once.
const RESPAWN: Duration = Duration::from_secs(2);

/// Serves until the machine goes down.
pub fn run(image: &Path) -> io::Result<()> {
    consoles::quiet_kernel();
    let cmdline = answers_source::cmdline();
    crate::probe::settle();
    sleep(FIRST_LOOK);
    let mut speaker = Speaker::new(Everywhere::open());
    match answers_source::find(&cmdline, image, &mut |line| speaker.say(line)) {
        Ok(Search::Found(found)) => install(&found, &cmdline, image, speaker),
        Ok(Search::Nothing) => {
            drop(speaker);
            serve_wizards(&cmdline, image)
        }
        Ok(Search::NoneAt(url)) => {
            speaker.say(&format!("firn: {}", say!("answers-none-at", url = &url)));
            answers_source::none_here::leave(&url);
            drop(speaker);
            serve_wizards(&cmdline, image)
        }
        Err(problems) => {
            unattended::refuse(&problems, &mut speaker);
            end(Outcome::Refused, finish_action("", &cmdline), &mut speaker)
        }
    }
}

fn install(found: &Found, cmdline: &str, image: &Path, mut speaker: Speaker) -> io::Result<()> {
    speaker.say(&format!("firn: answers from {}", found.from));
    let action = finish_action(&found.text, cmdline);
    power::unattended((action == FinishAction::Poweroff).then_some(End::PowerOff));
    let outcome = unattended::run(found, cmdline, image, &mut speaker);
    end(outcome, action, &mut speaker)
}

fn finish_action(text: &str, cmdline: &str) -> FinishAction {
    firn_config::finish_action(text, &firn_config::overrides(cmdline).unwrap_or_default())
}

/// A success does what the answers say. Anything else switches off if they say so, and never starts into the same
/// failure again.
fn end(outcome: Outcome, action: FinishAction, speaker: &mut Speaker) -> io::Result<()> {
    match (outcome, action) {
        (Outcome::HasFirn(Next::Restart), _) => power(End::Restart, "firn: restarting", speaker),
        (Outcome::HasFirn(Next::Kexec), _) => {
            power(End::Kexec, "firn: starting the disk's system", speaker)
        }
        (_, FinishAction::Poweroff) => power(End::PowerOff, "firn: switching off", speaker),
        (Outcome::Done, FinishAction::Reboot) => {
            speaker.say(&format!("firn: {}", medium::advice()));
            power(End::Restart, "firn: restarting", speaker)
        }
        _ => shells(speaker),
    }
}

fn power(end: End, words: &str, speaker: &mut Speaker) -> io::Result<()> {
    speaker.say(words);
    power::end(end)
}

/// Offers a shell on every console, one key away.
fn shells(speaker: &mut Speaker) -> io::Result<()> {
    speaker.say("firn: press Enter for a shell");
    let mut children = Children::new("shell");
    loop {
        children.respawn()?;
        sleep(Duration::from_millis(500));
    }
}

/// The child process of [`shells`] on one console: waits for a key, then becomes a shell.
pub fn shell(console: &Console) -> io::Result<()> {
    consoles::take_over(console)?;
    io::stdin().read_exact(&mut [0])?;
    let status = Command::new("/bin/bash")
        .arg("--login")
        .env("TERM", console.term())
        .env("HOME", "/root")
        .status()?;
    println!("firn: the shell has ended ({status}); press Enter for another, or Ctrl-D");
    Ok(())
}

/// The wizard on every console, and an eye on FIRNANSWERS until somebody has pressed a key.
fn serve_wizards(cmdline: &str, image: &Path) -> io::Result<()> {
    let mut wizards = Children::new("wizard");
    let mut looked = Instant::now();
    loop {
        wizards.respawn()?;
        sleep(Duration::from_millis(200));
        if looked.elapsed() < LOOK_AGAIN || consoles::claimed_by().is_some() {
            continue;
        }
        looked = Instant::now();
        match answers_source::labelled(&mut |_| {}) {
            Ok(None) => {}
            // The key may have come while the file was being read: then the person has the machine.
            _ if consoles::claimed_by().is_some() => {}
            Ok(Some(found)) => {
                wizards.stop();
                let speaker = Speaker::new(Everywhere::open_after_wizards());
                return install(&found, cmdline, image, speaker);
            }
            Err(problem) => {
                wizards.stop();
                let mut speaker = Speaker::new(Everywhere::open_after_wizards());
                unattended::refuse(&[problem], &mut speaker);
                return end(Outcome::Refused, finish_action("", cmdline), &mut speaker);
            }
        }
    }
}

/// One child process of this program for each console.
struct Children {
    verb: &'static str,
    running: Vec<(Console, Option<Child>, Instant)>,
}

impl Children {
    fn new(verb: &'static str) -> Self {
        let running = consoles::all()
            .into_iter()
            .map(|c| (c, None, Instant::now()))
            .collect();
        Self { verb, running }
    }

    /// Starts those that do not run.
    fn respawn(&mut self) -> io::Result<()> {
        for (console, child, since) in &mut self.running {
            if let Some(process) = child {
                if process.try_wait()?.is_none() {
                    continue;
                }
                *child = None;
                if since.elapsed() < RESPAWN {
                    sleep(RESPAWN);
                }
            }
            let program = std::env::current_exe()?;
            let mut command = Command::new(program);
            command
                .args([self.verb, "--console", &console.name])
                .env("TERM", console.term());
            *child = Some(command.spawn()?);
            *since = Instant::now();
        }
        Ok(())
    }

    fn stop(&mut self) {
        for (_, child, _) in &mut self.running {
            if let Some(process) = child {
                let _ = process.kill();
                let _ = process.wait();
            }
        }
    }
}
