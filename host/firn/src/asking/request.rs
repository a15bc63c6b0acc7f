//! What was typed for a new guest, as a request; files of whoever types are read here.

use crate::arguments::{Create, Login};
use crate::failure::{FAILED, Failure, NOT_FOUND, USAGE};
use firn_api::{Address, Autostart, Boot, Seed};
use firn_config::{Secret, check_key_file, check_password, hash_password, read_ssh_key};
use firn_words::{Text, say};
use std::io::ErrorKind;
use std::path::Path;

/// A request for a guest, without the files that are uploaded before.
pub fn request(typed: &Create) -> Result<firn_api::Create, Failure> {
    let mut disks = typed.shape.disks.clone();
    if typed.from.image.is_some() && disks.is_empty() {
        // As large as the image.
        disks.push(firn_api::NewDisk::default());
    }
    Ok(firn_api::Create {
        name: typed.name.clone(),
        template: typed.shape.template.clone(),
        image: None,
        boot: None,
        cpus: typed.shape.cpus,
        memory: typed.shape.memory,
        disks,
        nics: (!typed.shape.nics.is_empty()).then(|| typed.shape.nics.clone()),
        seed: seed(&typed.login)?,
        autostart: Autostart {
            enabled: typed.autostart,
            ..Autostart::default()
        },
        notes: typed.shape.notes.clone(),
        start: typed.start,
        dry_run: typed.dry_run,
    })
}

/// Whether an image is fetched by the host: an address, or a mere name that no file here has. Else it is a file here.
pub fn is_fetched(image: &str) -> bool {
    image.contains("://") || !(image.contains('/') || Path::new(image).exists())
}

/// A kernel that was uploaded, with its command line.
pub fn boot(typed: &Create, kernel: String, ramdisk: Option<String>) -> Boot {
    Boot {
        kernel,
        ramdisk,
        command_line: typed.details.command_line.clone().unwrap_or_default(),
    }
}

/// What cloud-init is told, if anything.
fn seed(login: &Login) -> Result<Option<Seed>, Failure> {
    let mut ssh_keys = Vec::new();
    for file in &login.ssh_keys {
        ssh_keys.extend(keys(file)?);
    }
    let hash = login.password_file.as_deref().map(password_hash);
    let seed = Seed {
        user: login.user.clone(),
        password_hash: hash.transpose()?,
        ssh_keys,
        host_name: login.host_name.clone(),
        address: login.address.as_ref().map(|address| Address {
            address: address.clone(),
            gateway: login.gateway.clone(),
            dns: login.dns.clone(),
        }),
    };
    Ok((seed != Seed::default()).then_some(seed))
}

/// The keys in a file, each a line.
fn keys(file: &Path) -> Result<Vec<String>, Failure> {
    let text = read(file)?;
    let wrong = |reason: Text| {
        let file = file.display().to_string();
        Failure::Said(
            USAGE,
            say!("command-key-file", file = file, reason = reason),
        )
    };
    check_key_file(&text).map_err(wrong)?;
    let lines = text.lines().map(str::trim);
    let lines = lines.filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys: Result<Vec<_>, Text> = lines
        .map(|line| read_ssh_key(line).map(|key| key.line))
        .collect();
    match keys.map_err(wrong)? {
        none if none.is_empty() => Err(wrong(say!("command-no-key"))),
        keys => Ok(keys),
    }
}

/// The hash of the password on the first line of a file.
fn password_hash(file: &Path) -> Result<String, Failure> {
    let text = read(file)?;
    let password = text.lines().next().unwrap_or_default();
    check_password(password).map_err(|reason| {
        let file = file.display().to_string();
        Failure::Said(
            USAGE,
            say!("command-password-file", file = file, reason = reason),
        )
    })?;
    let hash = hash_password(&Secret(password.to_owned()));
    hash.map_err(|reason| Failure::Said(FAILED, say!("command-password-hash", reason = reason)))
}

fn read(file: &Path) -> Result<String, Failure> {
    std::fs::read_to_string(file).map_err(|error| unreadable(file, &error))
}

/// Why a file of whoever types cannot be used.
pub fn unreadable(file: &Path, error: &std::io::Error) -> Failure {
    let file = file.display().to_string();
    match error.kind() {
        ErrorKind::NotFound => Failure::Said(NOT_FOUND, say!("command-no-file", file = file)),
        ErrorKind::InvalidData => Failure::Said(USAGE, say!("command-no-text", file = file)),
        _ => {
            let reason = error.to_string();
            Failure::Said(FAILED, say!("command-file", file = file, reason = reason))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::arguments::{Arguments, Command, GuestCommand};
    use clap::Parser;
    use firn_words::Language;
    use std::path::PathBuf;

    const KEY: &str =
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIJ0Xq1dTq1dTq1dTq1dTq1dTq1dTq1dTq1dTq1dTq1dT me";

    fn typed(words: &[&str]) -> Create {
        let words = ["firn", "guest", "create", "web1"].iter().chain(words);
        match Arguments::try_parse_from(words)
            .unwrap_or_else(|e| panic!("{e}"))
            .command
        {
            Command::Guest(GuestCommand::Create(create)) => *create,
            _ => unreachable!("these are words of a guest to be made"),
        }
    }

    fn file(folder: &tempfile::TempDir, name: &str, text: &[u8]) -> PathBuf {
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    }

    #[test]
    fn a_whole_guest_is_asked_for_as_it_was_typed() {
        let create = request(&typed(&[
            "--image",
            "https://example.net/a.qcow2",
            "--checksum",
            "00",
            "--cpus",
            "2",
            "--memory",
            "2GiB",
            "--disk",
            "20G",
            "--disk",
            "1T,store=fast",
            "--nic",
            "host",
            "--user",
            "anna",
            "--address",
            "192.0.2.10/24",
            "--gateway",
            "192.0.2.1",
            "--dns",
            "192.0.2.1",
            "--start",
            "--autostart",
        ]));
        let json = serde_json::to_string_pretty(&create.unwrap());
        insta::assert_snapshot!(json.unwrap());
    }

    #[test]
    fn what_is_not_typed_is_left_to_the_host() {
        let create = request(&typed(&["--image", "a.qcow2"])).unwrap();
        assert_eq!(create.disks, [firn_api::NewDisk::default()]);
        assert_eq!((create.seed, create.nics, create.image), (None, None, None));
        assert_eq!(request(&typed(&["--empty"])).unwrap().disks, []);
    }

    #[test]
    fn keys_are_read_from_their_file_or_refused_with_its_name() {
        let folder = tempfile::tempdir().unwrap();
        let good = file(&folder, "good.pub", format!("# mine\n\n{KEY}\n").as_bytes());
        assert_eq!(keys(&good).unwrap(), [KEY]);
        let told = |path: &Path| {
            let failure = keys(path).unwrap_err();
            let text = failure.told(Language::En).remove(0);
            (
                failure.status(),
                text.replace(&folder.path().display().to_string(), "…"),
            )
        };
        let none = file(&folder, "none.pub", b"\n");
        assert_eq!(
            told(&none),
            (2, "--ssh-key …/none.pub: the file has no key in it".into())
        );
        let missing = folder.path().join("missing.pub");
        assert_eq!(told(&missing), (3, "there is no file …/missing.pub".into()));
        let binary = file(&folder, "binary.pub", b"\xff\xfe");
        assert_eq!(told(&binary), (2, "…/binary.pub is no text file".into()));
        let private = file(&folder, "id", b"-----BEGIN OPENSSH PRIVATE KEY-----\nx\n");
        let (status, text) = told(&private);
        assert!(
            status == 2 && text.starts_with("--ssh-key …/id: "),
            "{text}"
        );
    }

    #[test]
    fn only_a_hash_of_the_password_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let path = file(&folder, "secret", b"quite some snow\n");
        let login = typed(&["--empty", "--password-file", &path.display().to_string()]);
        let json = serde_json::to_string(&request(&login).unwrap()).unwrap();
        assert!(
            json.contains("\"password_hash\":\"$y$") && !json.contains("snow"),
            "{json}"
        );
        let empty = file(&folder, "empty", b"");
        let text = password_hash(&empty)
            .unwrap_err()
            .told(Language::En)
            .remove(0);
        assert!(
            text.starts_with("--password-file ") && text.contains("/empty: "),
            "{text}"
        );
    }
}
