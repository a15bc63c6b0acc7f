//! Whom a machine believes when answers come over the network: many answer files in one start.

use std::path::Path;
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use firn_lab::net::Dnsmasq;
use firn_lab::qemu::{Machine, NicModel, Process, Spec};

use super::site::{CARD, SERVER, Site, loaded};
use super::uefi::nobody;
use crate::bench::Bench;
use crate::install::INSTALL;
use crate::shell::shell;

const PATIENCE: Duration = Duration::from_secs(300);
/// Where the medium's trust is, and what stands in for it.
const TRUST: &str = "/run/firn/medium/firn/trust.toml";
/// Answers that have arrived are refused for the disk that they name.
const TAKEN: &str = "problem disk.target: ";
/// The servers, plain and with a certificate of `ca.pem`.
const HTTP: &str = "http://10.77.0.1:8080";
const HTTPS: &str = "https://10.77.0.1";
/// Two keys of minisign; a good file signed with one and with the other, one that was changed later, one without a signature; and
/// an authority with a server's certificate.
const KEYS: &str = r#"
for k in ours other; do minisign -GWf -p $k.pub -s $k.key >/dev/null; done
for f in good.toml changed.toml; do minisign -SW -s ours.key -m $f; done
minisign -SW -s other.key -m foreign.toml
echo '# changed' >>changed.toml
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 30 -subj /CN=Lab -keyout ca.key -out ca.pem
openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj /CN=10.77.0.1 -keyout tls.key -out tls.csr
echo subjectAltName=IP:10.77.0.1 >tls.ext
openssl x509 -req -in tls.csr -CA ca.pem -CAkey ca.key -days 30 -extfile tls.ext -out tls.pem
openssl pkey -in tls.key -pubout -outform der | openssl dgst -sha256 -binary | openssl base64 >pin
"#;

/// One way to fetch answers.
struct Case {
    /// `trust.toml`; nothing leaves it as the medium brought it.
    trust: Option<String>,
    url: String,
    /// `firn.answers-sha256=`
    hash: Option<String>,
    /// What must be said.
    said: &'static str,
}

/// The medium is bundled with a key and `--strict`; what else can be bundled is written in its place.
pub fn run(bench: &Bench) -> Result<()> {
    let site = Site::new(bench)?;
    let folder = site.folder("www")?;
    fill(bench, &folder)?;
    let key = folder.join("ours.pub").display().to_string();
    let bundle = site.bundle("bundle", &["--strict", "--key", &key])?;
    let dhcp = Dnsmasq {
        range: Some(("10.77.0.100".into(), "10.77.0.199".into())),
        ..Dnsmasq::default()
    };
    let _dhcp = dhcp.start(&site.server, CARD, &bench.folder)?;
    let _server = site.serve(&bundle, &["--no-dhcp", "--port", "80"])?;
    let _http = site.http(&folder, 8080)?;
    let _https = https(&site, &folder)?;
    let spec = Spec::new("trust").nic(NicModel::Virtio, site.network.port()?);
    let words = "systemd.unit=firn-rescue.target";
    let base = format!("http://{SERVER}/firn");
    let machine = site.start(&loaded(spec, &bundle, &base, words))?;
    machine.serial.wait_for("# ", INSTALL)?;
    for case in cases(bench, &folder)? {
        let Case { trust, url, .. } = &case;
        judge(&machine, &case).with_context(|| format!("{url} with {trust:?}"))?;
    }
    Ok(())
}

fn fill(bench: &Bench, folder: &Path) -> Result<()> {
    let good = nobody(bench);
    let password = good.replace("[host]\n", "[host]\nroot-password = \"new snow 2026\"\n");
    for (name, text) in [
        ("good.toml", &good),
        ("changed.toml", &good),
        ("foreign.toml", &good),
        ("unsigned.toml", &good),
        ("password.toml", &password),
        ("52-54-00-00-00-01.toml", &good),
    ] {
        std::fs::write(folder.join(name), text)?;
    }
    let script = format!("cd '{}'\n{KEYS}", folder.display());
    let root = bench.lab().root();
    root.run("sh", ["-euc", &script])
        .run()
        .context("making keys")
}

fn https(site: &Site, folder: &Path) -> Result<Process> {
    let script = format!(
        "cd '{}' && exec openssl s_server -WWW -accept 443 -cert tls.pem -key tls.key",
        folder.display()
    );
    let log = site.bench.path("https.log");
    site.server.start("sh", &["-c", &script], &log)
}

fn cases(bench: &Bench, folder: &Path) -> Result<Vec<Case>> {
    let file = folder.join("good.toml").display().to_string();
    let sum = bench.lab().root().run("sha256sum", [&file]).read()?;
    let hash = sum.split(' ').next().unwrap_or_default().to_owned();
    let read = |name: &str| {
        let path = folder.join(name);
        std::fs::read_to_string(&path).with_context(|| format!("reading {}", path.display()))
    };
    let bundled = |file: &str, said| Case {
        trust: None,
        url: format!("{HTTP}/{file}"),
        hash: None,
        said,
    };
    let with = |trust: String, url: String, hash: Option<String>, said| Case {
        trust: Some(trust),
        url,
        hash,
        said,
    };
    let plain = |file: &str, said| with(String::new(), format!("{HTTP}/{file}"), None, said);
    let hashed = |hash: String, said| {
        with(
            "strict = true".into(),
            format!("{HTTP}/good.toml"),
            Some(hash),
            said,
        )
    };
    let tls = |trust: String, said| with(trust, format!("{HTTPS}/good.toml"), None, said);
    let pin = |pin: &str| format!("pins = [\"sha256//{}\"]", pin.trim());
    let ca = format!("ca = \"\"\"\n{}\"\"\"", read("ca.pem")?);
    Ok(vec![
        bundled("good.toml", TAKEN),
        bundled("changed.toml", "the signature is not of this file"),
        bundled("foreign.toml", "signed with another key"),
        bundled("unsigned.toml", "the file is not signed: "),
        with(
            "strict = true".into(),
            format!("{HTTP}/good.toml"),
            None,
            "no answers over plain http",
        ),
        hashed(hash, TAKEN),
        hashed("0".repeat(64), "the file is not the one that was meant"),
        plain("good.toml", "anybody on this network can have changed them"),
        plain("password.toml", "problem host.root-password: "),
        plain("${mac}.toml", TAKEN),
        plain("none.toml", "the server has no answers for this machine"),
        tls(pin(&read("pin")?), TAKEN),
        tls(
            pin(&"A".repeat(43)).replace("\"]", "=\"]"),
            "has another key than the pin allows",
        ),
        tls(ca, TAKEN),
        tls(
            String::new(),
            "nobody who is trusted here has signed the certificate",
        ),
    ])
}

/// The command line of the kernel cannot be changed any more, so another file is laid over it.
fn judge(machine: &Machine, case: &Case) -> Result<()> {
    let does = |command: &str| -> Result<String> { Ok(shell(machine, command, PATIENCE)?.1) };
    if let Some(trust) = &case.trust {
        let trust = trust.replace('\n', "\\n");
        does(&format!("printf '%b\\n' '{trust}' >{TRUST}"))?;
    }
    let hash = case.hash.as_ref();
    let word = hash.map(|hash| format!(" firn.answers-sha256={hash}"));
    let word = word.unwrap_or_default();
    does("umount /proc/cmdline 2>/dev/null")?;
    does(&format!(
        "echo \"$(cat /proc/cmdline){word}\" >/run/cmdline"
    ))?;
    does("mount --bind /run/cmdline /proc/cmdline")?;
    let command = format!("firn-installer unattended --answers '{}'", case.url);
    let said = does(&command)?;
    ensure!(
        said.contains(case.said),
        "it does not say {:?}: {said}",
        case.said
    );
    Ok(())
}
