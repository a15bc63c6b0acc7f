//! The wizard's pages that have something done while they are used, driven by keys over the serial line.

use std::thread::sleep;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Console, Link, NicModel, Spec, fat_image, read_fat_file};

use super::drivers::serve;
use crate::bench::Bench;
use crate::install::INSTALL;

/// For a page to show, and for what it has done.
const PAGE: Duration = Duration::from_secs(120);
/// A key that is not the one on the stick.
const OTHER: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl anna";
const PASSWORD: &str = "quite some snow 1";

/// Lights, the network's test, the clock by hand, keys from a URL and a stick, the answers saved.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let stick = bench.path("stick.img");
    let key = bench.shared.key.public.clone();
    fat_image(&stick, "DATA", &[("admin.pub", &key)])?;
    let port = serve(format!("{OTHER}\n"))?;
    let machine = Spec::new("pages")
        .medium(bench.cd())
        .disk(&disk, Bus::Virtio)
        .disk_with_serial(&stick, Bus::Usb, "STICK")
        .nic(NicModel::Virtio, Link::User(None))
        .no_reboot()
        .start(bench.lab(), &bench.folder)?;
    machine.serial.answer_as_terminal(true);
    let hand = Hand(&machine.serial);
    hand.0.wait_screen("Welcome to Firn", INSTALL)?;
    hand.on("4 of 9")?;

    // A NIC of QEMU has no lights.
    hand.press("\t")?;
    hand.press("b")?;
    hand.see("cannot make its lights")?;
    hand.on("5 of 9")?;

    hand.presses("\t", 4)?;
    hand.press("\r")?;
    hand.see("Gateway       10.0.2.2")?;
    hand.gone("testing...")?;
    let tested = hand.0.screen();
    ensure!(tested.contains("10.0.2.15"), "the test shows:\n{tested}");
    println!("{tested}");
    hand.press("\x1b[C")?;
    hand.on("6 of 9")?;
    hand.types("pages.example.net")?;
    hand.on("7 of 9")?;

    hand.types("berlin")?;
    hand.press("\t")?;
    hand.presses("\x1b[C", 2)?;
    hand.press("\t")?;
    hand.types("soon\r")?;
    hand.see("is no time")?;
    hand.types("\x152031-07-01 12:34\r")?;
    hand.see("The clock is set")?;
    hand.see("2031-07-01 12:34:")?;
    hand.on("8 of 9")?;

    hand.types(&format!("{PASSWORD}\r{PASSWORD}\r"))?;
    hand.types(&format!("http://10.0.2.2:{port}/keys\r"))?;
    hand.see("anna")?;
    hand.presses("\t", 2)?;
    hand.press("\r")?;
    hand.see("ED25519    firn")
        .or_else(|_| hand.see("One key was found"))?;
    println!("{}", hand.0.screen());
    hand.on("9 of 9")?;

    hand.press("\x1b[D")?;
    hand.press("\r")?;
    hand.see("DATA")?;
    hand.press("\r")?;
    hand.see("Saved as firn-answers.toml")?;
    println!("{}", hand.0.screen());
    drop(machine);
    let saved = read_fat_file(&stick, "firn-answers.toml")?.unwrap_or_default();
    for words in [
        "pages.example.net",
        "root-password-hash",
        "anna",
        "Europe/Berlin",
    ] {
        ensure!(
            saved.contains(words),
            "{words:?} is not in what was saved:\n{saved}"
        );
    }
    ensure!(
        !saved.contains(PASSWORD),
        "the password was saved:\n{saved}"
    );
    Ok(())
}

/// The person at the other end.
struct Hand<'a>(&'a Console);

impl Hand<'_> {
    fn types(&self, text: &str) -> Result<()> {
        for key in text.chars() {
            self.0.send(&key.to_string())?;
            // A serial line has no flow control here; a person is slower, too.
            sleep(Duration::from_millis(15));
        }
        sleep(Duration::from_millis(500));
        Ok(())
    }

    fn press(&self, key: &str) -> Result<()> {
        self.0.send(key)?;
        sleep(Duration::from_secs(1));
        Ok(())
    }

    fn presses(&self, key: &str, times: usize) -> Result<()> {
        (0..times).try_for_each(|_| self.press(key))
    }

    fn see(&self, words: &str) -> Result<()> {
        let found = self.0.wait_screen(words, PAGE);
        found
            .with_context(|| format!("{words:?}; the screen is\n{}", self.0.screen()))
            .map(drop)
    }

    fn gone(&self, words: &str) -> Result<()> {
        let end = Instant::now() + PAGE;
        while self.0.screen().contains(words) {
            ensure!(
                Instant::now() < end,
                "{words:?} stays:\n{}",
                self.0.screen()
            );
            sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    /// Presses Enter until the page with this number is there.
    fn on(&self, number: &str) -> Result<()> {
        for _ in 0..14 {
            if self.0.screen().contains(number) {
                return Ok(());
            }
            self.press("\r")?;
        }
        self.see(number)
    }
}
