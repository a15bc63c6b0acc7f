//! `cargo xtask iso embed`: an answer file, or whom to trust with one, put into a finished ISO, in seconds and without
//! building anything.

use crate::trust::TrustArgs;
use crate::{answers, iso, run};
use anyhow::{Context, Result, bail, ensure};
use clap::Args;
use firn_image::file;
use firn_tree::Root;
use std::path::{Path, PathBuf};

/// Put an answer file into the ISO: a machine that starts from it installs without a question. Or put into it whom to trust with
/// answers from the network.
///
/// One of --answers, --key, --ca, --pin and --strict is needed at least.
#[derive(Debug, Args, Clone)]
pub struct EmbedArgs {
    /// The answer file; docs/answers.md has all its keys
    #[arg(long, value_name = "FILE")]
    pub answers: Option<PathBuf>,
    #[command(flatten)]
    pub trust: TrustArgs,
    /// The ISO to be written
    #[arg(long, value_name = "NEW.iso")]
    pub out: PathBuf,
    /// Take this ISO, built or downloaded, instead of the one of this workspace; nothing is built then
    #[arg(long, value_name = "OLD.iso")]
    pub iso: Option<PathBuf>,
}

/// Writes the ISO with the files. An incomplete ISO is never left behind.
///
/// # Errors
/// When the answers have problems (all of them are said), or the ISO cannot be written.
pub fn embed(args: &EmbedArgs) -> Result<()> {
    let files = files(args)?;
    let (tools, old) = match &args.iso {
        Some(old) => (iso::tools()?, std::path::absolute(old)?),
        None => {
            let built = iso::build(&run::iso_args())?;
            (built.tools, built.iso)
        }
    };
    embed_files(&tools, &old, &args.out, &files)
}

/// Writes the ISO `out`, which is `old` with these files beside the image.
///
/// # Errors
/// When it cannot be written.
pub fn embed_files(tools: &Path, old: &Path, out: &Path, files: &[(&str, Vec<u8>)]) -> Result<()> {
    let out = std::path::absolute(out)?;
    let folder = out.parent().context("finding the folder of the new ISO")?;
    ensure!(
        folder.is_dir(),
        "writing {}: there is no folder {}",
        out.display(),
        folder.display()
    );
    let work = tempfile::Builder::new()
        .prefix(".firn-embed")
        .tempdir_in(folder)
        .with_context(|| format!("making a folder in {}", folder.display()))?;
    for (name, content) in files {
        let path = work.path().join(name);
        std::fs::write(&path, content).with_context(|| format!("writing {}", path.display()))?;
    }
    let names: Vec<&str> = files.iter().map(|(name, _)| *name).collect();
    let partial = work.path().join("new.iso");
    write(tools, old, work.path(), &names, &partial)?;
    as_usual(&partial, work.path())?;
    std::fs::rename(&partial, &out).with_context(|| format!("writing {}", out.display()))?;
    iso::announce(&out)
}

/// Names and contents of what is put beside the image.
fn files(args: &EmbedArgs) -> Result<Vec<(&'static str, Vec<u8>)>> {
    let mut files = Vec::new();
    if let Some(answers) = &args.answers {
        files.push((file::ANSWERS, read(answers)?));
    }
    if let Some(trust) = args.trust.file()? {
        files.push((file::TRUST, trust.into_bytes()));
    }
    ensure!(
        !files.is_empty(),
        "nothing is to be put into the ISO; give --answers, --key, --ca, --pin or --strict"
    );
    Ok(files)
}

/// The file, when it has no problem.
fn read(path: &Path) -> Result<Vec<u8>> {
    let bytes = answers::check::read(path)?;
    let problems = answers::check::problems(&bytes, "");
    if problems.is_empty() {
        return Ok(bytes);
    }
    for problem in &problems {
        eprintln!("{problem}");
    }
    let count = problems.len();
    let word = if count == 1 { "problem" } else { "problems" };
    bail!("{} has {count} {word}; nothing was written", path.display())
}

/// Secrets may be in it: the mode is the one that the caller's umask gives to new files.
fn as_usual(file: &Path, folder: &Path) -> Result<()> {
    let what = || format!("setting the mode of {}", file.display());
    let new = std::fs::File::create_new(folder.join("mode")).with_context(what)?;
    let mode = new.metadata().with_context(what)?.permissions();
    std::fs::set_permissions(file, mode).with_context(what)
}

/// `replay` keeps what makes the ISO start on BIOS, on UEFI and from a stick.
fn write(tools: &Path, old: &Path, folder: &Path, files: &[&str], out: &Path) -> Result<()> {
    let room = Root::open(tools)?
        .bind_at(folder, "/new")
        .bind_at(old, "/old.iso");
    let mut xorriso = room
        .run("xorriso", ["-no_rc", "-report_about", "WARNING"])
        .args([Path::new("-indev"), &room.inside(old)])
        .args([Path::new("-outdev"), &room.inside(out)])
        .args(["-boot_image", "any", "replay", "-joliet", "on"]);
    for name in files {
        let (from, place) = (
            room.inside(&folder.join(name)),
            Path::new("/").join(file::path(name)),
        );
        xorriso = xorriso
            .args([Path::new("-map"), &from, &place])
            .args(["-chmod", "0444"])
            .args([&place, Path::new("--")]);
    }
    xorriso
        .args(["-commit"])
        .run()
        .context("writing the new ISO")
}
