use super::*;
use crate::keys::KeysCommand;
use clap::Parser;
use firn_image::{Entry, FORMAT};

/// What `cargo xtask keys …` gets.
#[derive(Parser)]
struct Cli {
    #[command(subcommand)]
    command: KeysCommand,
}

fn keys_command(folder: &Path, words: &str) -> Result<()> {
    let words = words.replace('@', &folder.display().to_string());
    let cli = Cli::try_parse_from(["keys"].into_iter().chain(words.split(' ')))?;
    keys::run(&cli.command)
}

/// A folder with the keys of four people, and a list of them that Anna and Ben have signed.
fn site() -> tempfile::TempDir {
    let site = tempfile::tempdir().unwrap();
    let path = site.path();
    for name in ["anna", "ben", "build", "mallory"] {
        keys_command(path, &format!("new @/{name} --no-password")).unwrap();
    }
    keys_command(
        path,
        "write @ --root @/anna.pub --root @/ben.pub --channel stable=@/build.pub",
    )
    .unwrap();
    for name in ["anna", "ben"] {
        keys_command(path, &format!("sign --key @/{name}.key @/keys.json")).unwrap();
    }
    site
}

fn error(result: Result<()>, folder: &Path) -> String {
    let text = format!("{:#}", result.unwrap_err());
    text.replace(&folder.display().to_string(), "@")
}

fn args(folder: &Path, signer: &str, channel: &str) -> ReleaseArgs {
    ReleaseArgs {
        iso: "old.iso".into(),
        key: vec![folder.join(signer)],
        signatures: None,
        channel: channel.into(),
        out: "new.iso".into(),
    }
}

#[test]
fn a_list_of_keys_is_made_signed_and_followed_by_another() {
    let (site, before) = (site(), tempfile::tempdir().unwrap());
    let path = site.path();
    insta::assert_snapshot!(SignedKeys::read(path).unwrap().describe(), @r"
    keys.json 1
      root       2 of 2: anna, ben
      stable     1 of 1: build
    ");
    for name in [file::KEYS, file::KEYS_SIGNATURES] {
        fs::copy(path.join(name), before.path().join(name)).unwrap();
    }
    // Signing again takes the place of the first signature.
    keys_command(path, "sign --key @/anna.key @/keys.json").unwrap();
    assert_eq!(
        firn_image::signatures(&SignedKeys::read(path).unwrap().signatures).len(),
        2
    );
    let rotate = "write @ --root @/anna.pub --root @/mallory.pub --root @/ben.pub --channel stable=@/build.pub";
    keys_command(path, rotate).unwrap();
    assert!(!path.join(file::KEYS_SIGNATURES).exists());
    keys_command(path, "sign --key @/anna.key @/keys.json").unwrap();
    let check = format!("check @ --after {}", before.path().display());
    insta::assert_snapshot!(error(keys_command(path, &check), path), @r"
    checking @/keys.json:
      keys.json is signed with 1 of the root keys of keys.json 1, which this host trusts (anna), and 2 are needed. Take the file that has all signatures.
    ");
    keys_command(path, "sign --key @/ben.key @/keys.json").unwrap();
    keys_command(path, &check).unwrap();
    assert_eq!(SignedKeys::read(path).unwrap().keys.version, 2);
}

#[test]
fn a_list_that_makes_no_sense_is_not_written() {
    let site = site();
    let said = |words: &str| error(keys_command(site.path(), words), site.path());
    insta::assert_snapshot!(said("write @ --root @/anna.pub --channel stable=@/anna.pub --channel beta=@/build.pub --threshold beta=2"), @r"
    checking @/keys.json:
      Of the 1 keys of root, 2 would have to sign. It must be at least one, and at most all.
      Of the 1 keys of beta, 2 would have to sign. It must be at least one, and at most all.
      The key anna of the channel stable is a root key too. Root keys sign lists of keys only.
    ");
    insta::assert_snapshot!(said("write @ --root @/anna.pub --channel stable"), @"reading --channel stable: it must be CHANNEL=NAME.pub");
    insta::assert_snapshot!(said("write @ --root @/anna.pub --channel stable=@/build.pub --threshold beta=1"), @"reading --threshold beta=1: beta has no keys");
    insta::assert_snapshot!(said("write @ --root @/anna.pub --root @/anna.pub --channel stable=@/build.pub"), @"two keys of root are called anna; give one of the files another name");
    insta::assert_snapshot!(said("new @/anna --no-password"), @"@/anna.key is there already; choose another name, or move it away");
    assert_eq!(SignedKeys::read(site.path()).unwrap().keys.version, 1);
}

#[test]
fn an_image_is_signed_only_where_its_own_keys_take_it() {
    let site = site();
    let path = site.path();
    let entry = Entry {
        sha256: "0f".repeat(32),
        size: 1,
        fsverity: None,
    };
    let manifest = Manifest {
        name: "firn".into(),
        format: FORMAT,
        version: "0.1.0".into(),
        locked: true,
        files: file::ALL
            .map(|name| (name.to_owned(), entry.clone()))
            .into(),
        ..Manifest::default()
    };
    fs::write(path.join(file::MANIFEST), manifest.text().unwrap()).unwrap();
    let keys = keys_of(path).unwrap();
    let (read, signatures) = signed(path, &args(path, "build.key", "stable"), &keys).unwrap();
    assert_eq!(read, manifest);
    // Signed elsewhere, it is as good.
    fs::write(path.join("elsewhere"), signatures).unwrap();
    let elsewhere = ReleaseArgs {
        key: Vec::new(),
        signatures: Some(path.join("elsewhere")),
        ..args(path, "", "stable")
    };
    assert!(signed(path, &elsewhere, &keys).is_ok());
    let said = |signer: &str, channel: &str| {
        error(
            signed(path, &args(path, signer, channel), &keys).map(drop),
            path,
        )
    };
    insta::assert_snapshot!(said("anna.key", "stable"), @r"
    checking manifest.json:
      manifest.json is not signed with any of the keys of the channel stable. Do not use it unless you know who made it.
    ");
    insta::assert_snapshot!(said("build.key", "beta"), @r"
    checking manifest.json:
      Nobody signs for the channel beta in keys.json 1; the channels there are: stable. Choose one of them in the settings.
    ");
    insta::assert_snapshot!(said("build.pub", "stable"), @"signing with @/build.pub: @/build.pub is no secret key of minisign");
    let unlocked = Manifest {
        locked: false,
        ..manifest
    };
    fs::write(path.join(file::MANIFEST), unlocked.text().unwrap()).unwrap();
    insta::assert_snapshot!(said("build.key", "stable"), @"the image is not locked: not all of its packages are those that recipes/lock names, so nobody can build it again; run `cargo xtask lock --refresh`, commit the locks, and build the ISO anew");
    fs::remove_file(path.join(file::KEYS)).unwrap();
    insta::assert_snapshot!(error(keys_of(path).map(drop), path), @"the image has no keys.json, so hosts that run it take no updates from signed sources; build it with --keys FOLDER");
}
