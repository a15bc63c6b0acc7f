//! Answers by URL: which are believed and which refused, an installation with reports and a token, a machine without answers.

use super::refusals::rescue;
use crate::answers::Answers;
use crate::bench::Bench;
use crate::host;
use crate::install::{End, INSTALL, OFF, end};
use crate::menu;
use crate::shell::shell;
use crate::signing::sign;
use crate::site::{Encrypted, REPORTS, Site};
use anyhow::{Context, Result, ensure};
use firn_lab::qemu::{Bus, Link, Machine, NicModel, Spec, fat_image, fingerprint};
use std::path::{Path, PathBuf};
use std::time::Duration;

const MINUTE: Duration = Duration::from_secs(60);
/// QEMU's first NIC, as `${mac}` has it.
const MAC: &str = "52-54-00-00-00-01";
const TOKEN: &str = "3f9a1c77-52aa";

/// All of it.
pub fn run(bench: &Bench) -> Result<()> {
    let disk = bench.disk("disk")?;
    let file = disk.display().to_string();
    bench
        .lab()
        .root()
        .run("mkfs.ext4", ["-q", "-F", "-L", "data", &file])
        .run()?;
    believed_and_refused(bench, &disk).context("answers that are believed or refused")?;
    none_here(bench, &disk).context("a machine without answers")?;
    installed(bench, &disk).context("an installation with reports")
}

fn machine(name: &str, disk: &Path) -> Spec {
    Spec::new(name)
        .disk_with_serial(disk, Bus::Virtio, "USED")
        .nic(NicModel::Virtio, Link::User(None))
}

/// What is asked for in the rescue shell, and what must be said.
struct Case {
    /// A file trust.toml on the stick.
    trust: &'static str,
    /// Words on the kernel command line.
    words: String,
    url: String,
    status: u8,
    said: &'static str,
}

fn believed_and_refused(bench: &Bench, disk: &Path) -> Result<()> {
    let before = fingerprint(disk)?;
    let secrets = Secrets::make(bench)?;
    let (site, port) = Site::open()?;
    let answers = Answers::new(&bench.shared.key, "xen1.example.net")
        .disk("wipe = \"any\"")
        .to_toml();
    let password = answers.replace("[host]\n", "[host]\nroot-password = \"geheim99\"\n");
    let token = answers.replace("\"any\"", &format!("\"token:{TOKEN}\""));
    let forged = secrets.signed.replace("xen1.", "xen2.");
    for (path, text) in [
        (format!("/{MAC}.toml"), &answers),
        ("/password.toml".into(), &password),
        ("/token.toml".into(), &token),
        ("/signed.toml".into(), &secrets.signed),
        ("/signed.toml.minisig".into(), &secrets.signature),
        ("/forged.toml".into(), &forged),
        ("/forged.toml.minisig".into(), &secrets.signature),
    ] {
        site.put(&path, text);
    }
    let encrypted = Encrypted::open(bench.lab().root(), &secrets.folder)?;
    let cases = cases(port, encrypted.port, &secrets.hash);
    let stick = bench.path("trust.img");
    let files: Vec<(&str, &str)> = secrets
        .trust
        .iter()
        .map(|(n, t)| (*n, t.as_str()))
        .collect();
    fat_image(&stick, "FIRNTEST", &files)?;
    let machine = machine("rescue", disk)
        .disk_with_serial(stick, Bus::Usb, "FILES")
        .medium(bench.cd())
        .start(bench.lab(), &bench.folder)?;
    rescue(&machine)?;
    let mount = "udevadm wait --timeout=90 /dev/disk/by-label/FIRNTEST && mount -o ro /dev/disk/by-label/FIRNTEST /mnt && mkdir /tmp/i";
    let (status, said) = shell(&machine, mount, 2 * MINUTE)?;
    ensure!(status == 0, "mounting the stick: {said}");
    for case in &cases {
        judge(&machine, case).with_context(|| format!("{} with {}", case.url, case.trust))?;
    }
    drop(machine);
    ensure!(fingerprint(disk)? == before, "the disk was written to");
    Ok(())
}

fn cases(port: u16, tls: u16, hash: &str) -> Vec<Case> {
    let case = |trust, words: &str, url: String, status, said| Case {
        trust,
        words: words.into(),
        url,
        status,
        said,
    };
    let plain = |file: &str| format!("http://10.0.2.2:{port}/{file}");
    let encrypted = || format!("https://10.0.2.2:{tls}/answers.toml");
    let mine = "${mac}.toml";
    let good = format!("firn.answers-sha256={hash}");
    let other = format!("firn.answers-sha256={}", "0".repeat(64));
    let becomes = "becomes the disk of xen1.example.net";
    vec![
        case(
            "none.tom",
            "",
            plain(mine),
            0,
            "warning: the answers come over plain http",
        ),
        case(
            "strict.tom",
            "",
            plain(mine),
            2,
            "this medium takes no answers over plain http",
        ),
        case("strict.tom", &good, plain(mine), 0, becomes),
        case(
            "none.tom",
            &other,
            plain(mine),
            2,
            "the file is not the one that was meant",
        ),
        case(
            "none.tom",
            "",
            plain("${mca}.toml"),
            2,
            "there is no variable ${mca}",
        ),
        case(
            "none.tom",
            "",
            plain("x.toml"),
            2,
            "the server has no answers for this machine",
        ),
        case(
            "none.tom",
            "",
            plain("password.toml"),
            2,
            "problem host.root-password: a password in clear",
        ),
        case(
            "none.tom",
            "",
            plain("token.toml"),
            2,
            "the token was given back already or is not known",
        ),
        case("key.tom", "", plain("signed.toml"), 0, becomes),
        case(
            "key.tom",
            "",
            plain("forged.toml"),
            2,
            "the signature is not of this file",
        ),
        case("key.tom", "", plain(mine), 2, "the file is not signed"),
        case(
            "none.tom",
            "",
            encrypted(),
            2,
            "nobody who is trusted here has signed the certificate",
        ),
        case("ca.tom", "", encrypted(), 0, becomes),
        case("pin.tom", "", encrypted(), 0, becomes),
        case(
            "badpin.tom",
            "",
            encrypted(),
            2,
            "has another key than the pin allows",
        ),
    ]
}

/// The installer reads its kernel command line and the file beside the image as on every start; a token is really given back.
fn judge(machine: &Machine, case: &Case) -> Result<()> {
    let plan = if case.url.ends_with("token.toml") {
        ""
    } else {
        "--plan"
    };
    let command = format!(
        "cp /mnt/{} /tmp/i/trust.toml; echo '{}' >/tmp/c; mount --bind /tmp/c /proc/cmdline; \
         firn-installer --image /tmp/i unattended {plan} --stdout --answers '{}'; s=$?; umount /proc/cmdline; (exit $s)",
        case.trust, case.words, case.url
    );
    let (status, said) = shell(machine, &command, 5 * MINUTE)?;
    ensure!(
        status == case.status,
        "exit status {status} instead of {}: {said}",
        case.status
    );
    // The serial line may wrap what the shell shows of the command, never what the installer says.
    ensure!(said.contains(case.said), "it lacks {:?}: {said}", case.said);
    Ok(())
}

/// Keys, certificates and what is signed with them; and the files trust.toml that go with them.
struct Secrets {
    folder: PathBuf,
    signed: String,
    signature: String,
    hash: String,
    trust: Vec<(&'static str, String)>,
}

impl Secrets {
    fn make(bench: &Bench) -> Result<Secrets> {
        let folder = bench.path("secrets");
        let signed = Answers::new(&bench.shared.key, "xen1.example.net")
            .disk("wipe = \"any\"")
            .to_toml();
        let by_key = sign(bench, &folder, &signed)?;
        let script = "cd \"$1\"\n\
            openssl req -x509 -newkey ed25519 -nodes -days 30 -subj '/CN=a test' -addext subjectAltName=IP:10.0.2.2 \
            -keyout key.pem -out cert.pem 2>/dev/null\n\
            openssl pkey -in key.pem -pubout -outform der | openssl dgst -sha256 -binary | base64 >pin\n\
            sha256sum answers.toml | cut -d' ' -f1 >hash";
        let path = folder.display().to_string();
        bench
            .lab()
            .root()
            .run("sh", ["-euc", script, "secrets", &path])
            .run()?;
        let read = |name: &str| {
            let text = std::fs::read_to_string(folder.join(name));
            text.with_context(|| format!("reading {name}"))
        };
        let key = std::fs::read_to_string(&by_key.key)?
            .lines()
            .last()
            .unwrap_or_default()
            .to_owned();
        let pin = format!("sha256//{}", read("pin")?.trim());
        let other = format!("sha256//{}=", "A".repeat(43));
        let trust = vec![
            ("none.tom", String::new()),
            ("strict.tom", "strict = true\n".into()),
            ("key.tom", format!("strict = true\nkeys = [{key:?}]\n")),
            (
                "ca.tom",
                format!("ca = \"\"\"\n{}\"\"\"\n", read("cert.pem")?),
            ),
            ("pin.tom", format!("pins = [{pin:?}]\n")),
            ("badpin.tom", format!("pins = [{other:?}]\n")),
        ];
        Ok(Secrets {
            signed,
            signature: by_key.signature,
            hash: read("hash")?.trim().into(),
            trust,
            folder,
        })
    }
}

/// The server does not know the machine: the wizard starts, and its first page says why.
fn none_here(bench: &Bench, disk: &Path) -> Result<()> {
    let (_site, port) = Site::open()?;
    let machine = machine("none", disk)
        .medium(bench.cd())
        .start(bench.lab(), &bench.folder)?;
    menu::add_words(
        &machine,
        &format!("'firn.answers=http://10.0.2.2:{port}/${{mac}}.toml'"),
    )?;
    machine.serial.wait_for(
        "the server has no answers for this machine: http://",
        INSTALL,
    )?;
    machine
        .serial
        .wait_screen("was to be installed without questions", 5 * MINUTE)?;
    machine.screenshot("page")
}

/// From the URL to the running host: the token is given back once, and everything is reported.
fn installed(bench: &Bench, disk: &Path) -> Result<()> {
    let (site, port) = Site::open()?;
    let mut answers = Answers::new(&bench.shared.key, "told.example.net")
        .disk(&format!("wipe = \"token:{TOKEN}\""))
        .to_toml();
    answers.push_str(&format!(
        "\n[report]\nurl = \"http://10.0.2.2:{port}{REPORTS}\"\n"
    ));
    site.put(&format!("/{MAC}.toml"), &answers);
    site.put(&format!("/v1/tokens/{TOKEN}"), "");
    let spec = machine("install", disk).no_reboot().medium(bench.cd());
    let machine_on = spec.start(bench.lab(), &bench.folder)?;
    menu::add_words(
        &machine_on,
        &format!("'firn.answers=http://10.0.2.2:{port}/${{mac}}.toml'"),
    )?;
    let done = match end(&machine_on)? {
        End::Done(line) => line,
        End::Refused(problems) => anyhow::bail!("it was refused: {}", problems.join("; ")),
    };
    machine_on.wait_off(OFF)?;
    ensure!(
        done.starts_with("done: told.example.net at 10.0.2.15"),
        "it says {done:?}"
    );
    let posts = site.posts();
    let tokens = posts
        .iter()
        .filter(|(path, _)| path.starts_with("/v1/tokens/"))
        .count();
    ensure!(tokens == 1, "the token was given back {tokens} times");
    let reports: Vec<serde_json::Value> = posts
        .iter()
        .filter(|(path, _)| path == REPORTS)
        .map(|(_, body)| serde_json::from_str(body).context("reading a report"))
        .collect::<Result<_>>()?;
    let events: Vec<&str> = reports.iter().filter_map(|r| r["event"].as_str()).collect();
    ensure!(
        events.first() == Some(&"started"),
        "the reports are {events:?}"
    );
    ensure!(
        events.last() == Some(&"succeeded"),
        "the reports are {events:?}"
    );
    ensure!(events.contains(&"progress"), "the reports are {events:?}");
    let last = reports.last().context("there is no report")?;
    for (key, value) in [
        ("mac", MAC),
        ("hostname", "told.example.net"),
        ("firn", env!("CARGO_PKG_VERSION")),
    ] {
        ensure!(last[key] == value, "{key} is {} in {last}", last[key]);
    }
    let host = host::boot(bench, machine("host", disk))?;
    host.check_name("told.example.net")?;
    let print = last["ssh-fingerprints"][0]
        .as_str()
        .context("there is no fingerprint")?;
    host.says("ssh-keygen -lf /etc/ssh/ssh_host_ed25519_key.pub", print)?;
    let id = last["host-id"].as_str().context("there is no host id")?;
    host.says("cat /etc/machine-id", id)?;
    host.says(
        "tail -n1 /var/log/firn/report.jsonl",
        "\"event\":\"succeeded\"",
    )?;
    host.off()
}
