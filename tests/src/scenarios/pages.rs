//! The wizard's pages that have something done while they are used, driven by keys over the serial line; afterwards the wizard's
//! own shell is asked what they have left.

use crate::bench::Bench;
use crate::install::INSTALL;
use crate::shell::shell;
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Link, Machine, NicModel, Spec, fat_image, read_fat_file};
use std::io::{Read, Write};
use std::net::TcpListener;
use std::thread::sleep;
use std::time::{Duration, Instant};

/// For a page to show, and for what it has done.
const PAGE: Duration = Duration::from_secs(120);
/// For the whole medium to be read.
const READ: Duration = Duration::from_secs(15 * 60);
/// A key that is not the one on the stick.
const OTHER: &str =
    "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOMqqnkVzrm0SdG6UOoqKLsabgH5C9okWi0dh2l9GKJl anna";
const PASSWORD: &str = "quite some snow 1";
/// The disk that is pulled out, by its number in the machine.
const PULLED: usize = 2;
/// What a test of the network must leave as it was.
const NETWORK: &str = "ls /sys/class/net; ls /run/systemd/network 2>/dev/null; ip -brief address | grep -c 10.0.2.15 || true";
/// Nothing but a few bytes are left on the stick.
const FILL: &str =
    "mount LABEL=DATA /mnt && (cat /dev/zero >/mnt/full 2>/dev/null || true); umount /mnt";

/// The medium checked, a disk pulled out, lights, the network's test, the clock by hand, keys from a URL and a stick, the answers
/// saved, a stick that is full.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let stick = bench.path("stick.img");
    fat_image(&stick, "DATA", &[("admin.pub", &bench.shared.key.public)])?;
    let port = serve(format!("# keys\n{OTHER}\nnonsense\n"))?;
    let machine = Spec::new("pages")
        .medium(bench.cd())
        .disk(&disk, Bus::Virtio)
        .disk_with_serial(&stick, Bus::Usb, "STICK")
        .disk_with_serial(bench.disk("pulled")?, Bus::Usb, "PULLED")
        .nic(NicModel::Virtio, Link::User(None))
        .no_reboot()
        .start(bench.lab(), &bench.folder)?;
    machine.serial.answer_as_terminal(true);
    let hand = Hand(&machine);
    hand.see_within("Welcome to Firn", INSTALL)?;
    hand.on("What shall be done?")?;
    let before = hand.in_shell(NETWORK)?;

    medium(&hand)?;
    disks(&hand)?;
    network(&hand)?;
    hand.on("6 of 9")?;
    hand.types("pages.example.net")?;
    hand.on("7 of 9")?;
    clock(&hand)?;
    hand.on("8 of 9")?;
    keys(&hand, port)?;
    hand.on("9 of 9")?;
    save(&hand)?;

    hand.back_to("What shall be done?")?;
    let after = hand.in_shell(NETWORK)?;
    ensure!(before == after, "the network was {before} and is {after}");
    let left =
        hand.in_shell("echo sticks=$(findmnt -n | grep -c firn/stick); hwclock --show --utc")?;
    ensure!(left.contains("sticks=0"), "a stick stays mounted: {left}");
    ensure!(
        left.contains("2031-07-01 10:"),
        "the machine's own clock was not set: {left}"
    );
    hand.in_shell(FILL)?;
    hand.presses("\x1b[B", 4)?;
    hand.press("\r")?;
    hand.see("DATA")?;
    hand.press("\r")?;
    hand.see("is full")?;
    drop(machine);

    let saved = read_fat_file(&stick, "firn-answers-2.toml")?.unwrap_or_default();
    let expected = [
        "pages.example.net",
        "root-password-hash",
        "anna",
        "Europe/Berlin",
    ];
    for words in expected {
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

/// The first button of the checks compares the medium with its checksums.
fn medium(hand: &Hand) -> Result<()> {
    hand.on("1 of 9")?;
    hand.press("\t")?;
    hand.press("\r")?;
    hand.see_within("All files of the medium are as they were made", READ)?;
    hand.show();
    hand.on("2 of 9")
}

/// The marked disk is pulled out: the page says so and marks another one.
fn disks(hand: &Hand) -> Result<()> {
    hand.see("20 GB  USB")?;
    for _ in 0..4 {
        if !hand.screen().contains("serial number PULLED") {
            hand.press("\x1b[A")?;
        }
    }
    hand.see("serial number PULLED")?;
    hand.0.qmp().pull_out(PULLED)?;
    hand.see("is not there any more")?;
    hand.gone("20 GB  USB")?;
    hand.show();
    hand.see("/dev/vda: ")?;
    hand.on("4 of 9")
}

/// Lights that a NIC of QEMU does not have, then the test: QEMU's own network has an address, a gateway and a name server. Whether
/// names and the time come from outside depends on the machine that runs the test.
fn network(hand: &Hand) -> Result<()> {
    hand.press("\t")?;
    hand.press("b")?;
    hand.see("cannot make its lights")?;
    hand.on("5 of 9")?;
    hand.presses("\t", 4)?;
    hand.press("\r")?;
    hand.see("Gateway       10.0.2.2")?;
    hand.gone("testing...")?;
    hand.see("10.0.2.15")?;
    hand.show();
    hand.presses("\x1b[C", 2)
}

fn clock(hand: &Hand) -> Result<()> {
    hand.types("deutschland")?;
    hand.see("Europe/Berlin")?;
    hand.press("\t")?;
    hand.presses("\x1b[C", 2)?;
    hand.press("\t")?;
    hand.types("soon\r")?;
    hand.see("is no time")?;
    hand.types("\x152031-07-01 12:04\r")?;
    hand.see("The clock is set")?;
    hand.see("2031-07-01 12:04:")
}

/// From a URL where nothing answers, from one with a key and nonsense, and from the stick.
fn keys(hand: &Hand, port: u16) -> Result<()> {
    hand.types(&format!("{PASSWORD}\r{PASSWORD}\r"))?;
    hand.types("http://10.0.2.2:1/keys\r")?;
    hand.see("could not be fetched")?;
    hand.types(&format!("\x15http://10.0.2.2:{port}/keys\r"))?;
    hand.see("anna")?;
    hand.presses("\t", 2)?;
    hand.press("\r")?;
    hand.see("ED25519    firn")
        .or_else(|_| hand.see("One key was found"))?;
    hand.show();
    Ok(())
}

/// Twice: what was saved first stays.
fn save(hand: &Hand) -> Result<()> {
    hand.press("\x1b[D")?;
    hand.press("\r")?;
    for name in ["firn-answers.toml", "firn-answers-2.toml"] {
        hand.see("DATA")?;
        hand.press("\r")?;
        hand.see(&format!("Saved as {name}"))?;
        hand.show();
        hand.press("\x1b")?;
    }
    Ok(())
}

/// Serves this text at every path of a port of the loopback address, which QEMU's network shows as 10.0.2.2.
fn serve(text: String) -> Result<u16> {
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let port = listener.local_addr()?.port();
    std::thread::spawn(move || {
        for mut stream in listener.incoming().flatten() {
            let mut request = [0; 4096];
            let _ = stream.read(&mut request);
            let head = format!("HTTP/1.0 200 OK\r\nContent-Length: {}\r\n\r\n", text.len());
            let _ = stream
                .write_all(head.as_bytes())
                .and_then(|()| stream.write_all(text.as_bytes()));
        }
    });
    Ok(port)
}

/// The person at the other end.
struct Hand<'a>(&'a Machine);

impl Hand<'_> {
    fn screen(&self) -> String {
        self.0.serial.screen()
    }

    /// Keeps the screen in what the scenario prints.
    fn show(&self) {
        println!("{}", self.screen());
    }

    fn types(&self, text: &str) -> Result<()> {
        for key in text.chars() {
            self.0.serial.send(&key.to_string())?;
            // A serial line has no flow control here; a person is slower, too.
            sleep(Duration::from_millis(15));
        }
        sleep(Duration::from_millis(500));
        Ok(())
    }

    /// Presses a key and waits until the screen has changed and is quiet again: on a busy machine two quick ones skip a page.
    fn press(&self, key: &str) -> Result<()> {
        let before = self.screen();
        self.0.serial.send(key)?;
        let end = Instant::now() + Duration::from_secs(10);
        while self.screen() == before && Instant::now() < end {
            sleep(Duration::from_millis(100));
        }
        sleep(Duration::from_secs(1));
        Ok(())
    }

    fn presses(&self, key: &str, times: usize) -> Result<()> {
        (0..times).try_for_each(|_| self.press(key))
    }

    fn see(&self, words: &str) -> Result<()> {
        self.see_within(words, PAGE)
    }

    fn see_within(&self, words: &str, time: Duration) -> Result<()> {
        let found = self.0.serial.wait_screen(words, time);
        found
            .with_context(|| format!("{words:?} is not there"))
            .map(drop)
    }

    fn gone(&self, words: &str) -> Result<()> {
        let end = Instant::now() + PAGE;
        while self.screen().contains(words) {
            ensure!(Instant::now() < end, "{words:?} stays:\n{}", self.screen());
            sleep(Duration::from_millis(200));
        }
        Ok(())
    }

    /// Presses Enter until these words are there.
    fn on(&self, words: &str) -> Result<()> {
        self.until(words, "\r")
    }

    /// Presses Esc until these words are there.
    fn back_to(&self, words: &str) -> Result<()> {
        self.until(words, "\x1b")
    }

    fn until(&self, words: &str, key: &str) -> Result<()> {
        for _ in 0..14 {
            if self.screen().contains(words) {
                return Ok(());
            }
            self.press(key)?;
        }
        self.see(words)
    }

    /// Runs a command in the menu's shell, and comes back to the menu.
    fn in_shell(&self, command: &str) -> Result<String> {
        self.see("What shall be done?")?;
        // It stands before "Restart" and "Power off".
        self.press("\x1b[F")?;
        self.presses("\x1b[A", 2)?;
        self.press("\r")?;
        self.0.serial.wait_for("# ", PAGE)?;
        let quiet = "stty -echo; bind 'set enable-bracketed-paste off'";
        shell(self.0, quiet, PAGE)?;
        let (status, said) = shell(self.0, command, PAGE)?;
        ensure!(status == 0, "`{command}` has failed ({status}): {said}");
        self.0.serial.send("exit\r")?;
        self.see("What shall be done?")?;
        // The mark stands on the shell still.
        self.press("\x1b[H")?;
        Ok(said)
    }
}
