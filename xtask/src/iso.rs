//! `cargo xtask iso`: the pipeline from recipes to the ISO.

use crate::build::xen_source::{self, Source};
use crate::build::{
    dom0, grub, guests, hosts, image, initrd, keymaps, medium, netboot, programs, sbom, xen,
};
use crate::cache::Cache;
use crate::debian::Mirror;
use crate::debs::fetch::Places;
use crate::debs::{self, Choice, Chooser, repository};
use crate::keys::SignedKeys;
use crate::lock::Lock;
use crate::recipe::Recipes;
use crate::step::{Output, Pipeline, Step};
use crate::{files, hash, host, progress, provenance};
use anyhow::{Context, Result, bail};
use clap::Args;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// Build the ISO.
#[derive(Debug, Args, Clone, Default)]
pub struct IsoArgs {
    /// Say for each step why it will or will not run, and build nothing
    #[arg(long)]
    pub explain: bool,
    /// Install missing host programs without asking
    #[arg(long)]
    pub yes: bool,
    /// Take Debian's packages from here instead of APT's own mirror
    #[arg(long, env = "FIRN_MIRROR", value_name = "URL")]
    pub mirror: Option<String>,
    /// The same for security updates
    #[arg(long, env = "FIRN_SECURITY_MIRROR", value_name = "URL")]
    pub security_mirror: Option<String>,
    /// Take the newest packages from the mirror, whatever the locks say: a look at Debian's security updates
    #[arg(long)]
    pub refresh: bool,
    /// Take packages from this folder, before the mirror is asked
    #[arg(long, env = "FIRN_DEBS", value_name = "FOLDER")]
    pub debs: Option<PathBuf>,
    /// Take packages that the mirror has no longer from snapshots of the archive: URL/debian/TIME/pool/…
    #[arg(long, env = "FIRN_SNAPSHOT", value_name = "URL")]
    pub snapshot: Option<String>,
    /// Take keys.json and its signatures from this folder: hosts that run the image can then be updated from signed sources
    #[arg(long, env = "FIRN_KEYS", value_name = "FOLDER")]
    pub keys: Option<PathBuf>,
    /// Build a part from another tarball: xen=FILE
    #[arg(long, value_name = "PART=FILE")]
    pub source: Option<String>,
}

/// What a build leaves for those who run it.
#[derive(Debug)]
pub struct Built {
    pub iso: PathBuf,
    /// The tools root, where QEMU is.
    pub tools: PathBuf,
    /// Kernel, initrd, ISO and cloud image of the guests that the scenarios start.
    pub guests: PathBuf,
    /// Where the scenarios keep hosts that they have installed from this image.
    pub hosts: PathBuf,
}

/// Builds what is not built yet and puts the ISO under `target/firn/`.
///
/// # Errors
/// When the host lacks a program, or a step fails.
pub fn build(args: &IsoArgs) -> Result<Built> {
    host::require(host::BUILD, args.yes)?;
    let site = Site::open(args)?;
    if args.refresh {
        site.cache.refresh()?;
    }
    let xen = site.xen_source()?;
    let trees = site.trees(&TREES)?;
    let outputs = steps(&site, &xen, &trees)?.run(&["iso", "sbom", "guests", "hosts"])?;
    let all: Vec<&Choice> = trees.values().collect();
    debs::forget_others(&site.cache, &all)?;
    let iso = publish(&site.workspace, &outputs)?;
    eprintln!("\n{}", progress::table(&outputs));
    let notes = trees.values().filter_map(|tree| tree.note.as_deref());
    for note in notes.chain(xen.note.as_deref()) {
        eprintln!("{note}");
    }
    if !is_locked(&trees) {
        eprintln!("{NOT_LOCKED}");
    }
    announce(&iso)?;
    Ok(Built {
        iso,
        tools: outputs["tools-root"].path.clone(),
        guests: outputs["guests"].path.clone(),
        hosts: outputs["hosts"].path.clone(),
    })
}

/// Builds the tools root alone, for those who bring an ISO.
///
/// # Errors
/// When it cannot be built.
pub fn tools() -> Result<PathBuf> {
    let site = Site::open(&crate::run::iso_args())?;
    let trees = site.trees(&["tools-root"])?;
    let mut pipeline = Pipeline::new(&site.cache);
    pipeline.add(site.tree("tools-root", &trees["tools-root"].lock));
    only(&pipeline, "tools-root")
}

/// Builds what a netboot folder is made from.
///
/// # Errors
/// When the host lacks a program, or a step fails.
pub fn netboot() -> Result<PathBuf> {
    host::require(host::BUILD, false)?;
    let site = Site::open(&crate::run::iso_args())?;
    let (xen, trees) = (site.xen_source()?, site.trees(&TREES)?);
    only(&steps(&site, &xen, &trees)?, "netboot")
}

fn only(pipeline: &Pipeline<'_>, step: &'static str) -> Result<PathBuf> {
    Ok(pipeline.run(&[step])?[step].path.clone())
}

/// Prints path, size and sha256 of a finished ISO.
///
/// # Errors
/// When it cannot be read.
pub fn announce(iso: &Path) -> Result<()> {
    println!("{}", iso.display());
    println!("{:.1} MB", iso.metadata()?.len() as f64 / 1e6);
    println!("sha256 {}", hash::file(iso)?);
    Ok(())
}

/// Prints the reasons of every step.
///
/// # Errors
/// When a recipe or a source cannot be read.
pub fn explain(args: &IsoArgs) -> Result<()> {
    let site = Site::open(args)?;
    let xen = site.expected_xen_source()?;
    let trees = site.expected_trees()?;
    for line in steps(&site, &xen, &trees)?.explain()? {
        println!("{line}");
    }
    Ok(())
}

/// What each tree is made of, by its step's name.
type Trees = BTreeMap<&'static str, Choice>;

/// The trees of packages.
const TREES: [&str; 4] = ["build-root", "dom0-base", "guest-root", "tools-root"];

/// The tree that nothing in the image comes from.
const NOT_IN_THE_IMAGE: &str = "guest-root";

const NOT_LOCKED: &str = "The image is not locked (`\"locked\": false` in its manifest), and `cargo xtask release` refuses it.";

/// Whether all that the image is made of is in the locks.
fn is_locked(trees: &Trees) -> bool {
    let image = trees.iter().filter(|(name, _)| **name != NOT_IN_THE_IMAGE);
    image.into_iter().all(|(_, choice)| choice.is_locked())
}

/// What the steps are made from.
struct Site {
    cache: Cache,
    workspace: PathBuf,
    recipes: Recipes,
    mirror: Mirror,
    /// Where packages come from besides the mirror.
    places: Places,
    /// Whether the mirror's newest packages are wanted.
    refresh: bool,
    /// Another tarball of Xen than the recipe's pins.
    xen: Option<PathBuf>,
    /// Who signs the images that follow on this one.
    keys: Option<SignedKeys>,
    overlay: PathBuf,
    /// Where cargo keeps what it compiled for the image, and the sources that it compiled.
    work: PathBuf,
}

impl Site {
    fn open(args: &IsoArgs) -> Result<Self> {
        let workspace = crate::workspace();
        let cache = Cache::open()?;
        Ok(Self {
            recipes: Recipes::read(&workspace)?,
            mirror: Mirror::find(args.mirror.clone(), args.security_mirror.clone())?,
            places: Places {
                folder: args.debs.clone(),
                snapshot: args.snapshot.clone(),
            },
            refresh: args.refresh,
            xen: args.source.as_deref().map(other_source).transpose()?,
            keys: args.keys.as_deref().map(SignedKeys::read).transpose()?,
            overlay: workspace.join("overlay/root"),
            work: cache.work("programs"),
            workspace,
            cache,
        })
    }

    /// The source that Xen is built from; it is fetched if it is not here.
    fn xen_source(&self) -> Result<Source> {
        let pins = &self.recipes.xen.pins;
        match &self.xen {
            Some(path) => xen_source::other(path.clone(), pins),
            None => xen_source::newest(&self.cache, &self.mirror, pins),
        }
    }

    /// The same as far as it is known without asking the mirror.
    fn expected_xen_source(&self) -> Result<Source> {
        let pins = &self.recipes.xen.pins;
        match &self.xen {
            Some(path) => xen_source::other(path.clone(), pins),
            None => xen_source::expected(&self.cache, pins),
        }
    }
}

impl Site {
    fn chooser(&self) -> Chooser<'_> {
        Chooser {
            cache: &self.cache,
            workspace: &self.workspace,
            roots: &self.recipes.roots,
            mirror: &self.mirror,
            places: &self.places,
            refresh: self.refresh,
            index: OnceCell::new(),
        }
    }

    /// What these trees are made of; packages are fetched where a tree is not there yet.
    fn trees(&self, wanted: &[&str]) -> Result<Trees> {
        let chooser = self.chooser();
        let mut trees = Trees::new();
        for (name, packages) in self.recipes.trees() {
            if wanted.contains(&name) {
                let made = |lock: &Lock| Pipeline::has(&self.cache, &self.tree(name, lock));
                trees.insert(name, chooser.choose(name, packages, &made)?);
            }
        }
        Ok(trees)
    }

    /// The same as far as it is known without asking the mirror.
    fn expected_trees(&self) -> Result<Trees> {
        let chooser = self.chooser();
        let trees = self.recipes.trees().into_iter();
        let expected = trees.map(|(name, packages)| Ok((name, chooser.expected(name, packages)?)));
        expected.collect()
    }

    /// The step that makes a tree of these packages.
    fn tree<'a>(&'a self, name: &'static str, lock: &'a Lock) -> Step<'a> {
        let suite = &self.recipes.roots.suite;
        let lean = LEAN.contains(&name);
        Step::new(name, move |job| {
            let debs = debs::folder(&self.cache);
            repository::tree(job, suite, lock, &debs, lean)
        })
        .input("how", include_str!("debian.rs"))
        .input("repository", include_str!("debs/repository.rs"))
        .input("suite", suite)
        .input("debs", lock.key())
    }
}

/// The trees without documentation and translations.
const LEAN: [&str; 2] = ["dom0-base", "guest-root"];

fn steps<'a>(site: &'a Site, xen: &'a Source, trees: &'a Trees) -> Result<Pipeline<'a>> {
    let Site {
        cache,
        workspace,
        recipes,
        overlay,
        work,
        ..
    } = site;
    let locked = is_locked(trees);
    let mut pipeline = Pipeline::new(cache);
    for (name, choice) in trees {
        pipeline.add(site.tree(name, &choice.lock));
    }
    pipeline.add(xen_source(xen));
    pipeline.add(
        Step::new("xen", move |job| xen::build(job, &recipes.xen))
            .input("recipe", recipes.xen.how())
            .input("how", include_str!("build/xen.rs"))
            .needs(&["build-root", "xen-source"]),
    );
    let mut own = Step::new("programs", move |job| programs::build(job, workspace, work))
        .input("sources", include_str!("sources.rs"))
        .input("how", include_str!("build/programs.rs"))
        .file("lock", workspace.join("Cargo.lock"))
        .file("workspace", workspace.join("Cargo.toml"))
        .file("toolchain", workspace.join("rust-toolchain.toml"))
        .needs(&["build-root"]);
    for folder in [
        "crates",
        "host",
        "initrd",
        "installer",
        "overlay/templates",
        "recipes/templates",
    ] {
        own = own.tree(workspace, folder);
    }
    pipeline.add(own);
    let layouts = workspace.join("crates/config/src/keyboards.txt");
    let layouts = std::fs::read_to_string(&layouts)
        .with_context(|| format!("reading {}", layouts.display()))?;
    let layouts: String = layouts
        .lines()
        .filter_map(|line| line.split('\t').next())
        .map(|layout| format!("{layout}\n"))
        .collect();
    pipeline.add(
        Step::new("keymaps", {
            let layouts = layouts.clone();
            move |job| keymaps::build(job, &layouts)
        })
        .input("layouts", layouts)
        .input("how", include_str!("build/keymaps.rs"))
        .needs(&["tools-root"]),
    );
    pipeline.add(
        Step::new("grub", move |job| grub::build(job, &recipes.iso.grub))
            .input("recipe", format!("{:?}", recipes.iso.grub))
            .input("how", include_str!("build/grub.rs"))
            .needs(&["tools-root"]),
    );
    pipeline.add(
        Step::new("root", move |job| dom0::build(job, &recipes.dom0, overlay))
            .input("recipe", format!("{:?}", recipes.dom0))
            .input("how", include_str!("build/dom0.rs"))
            .input("whole", include_str!("build/whole.rs"))
            .tree(workspace, "overlay/root")
            .needs(&[
                "tools-root",
                "dom0-base",
                "xen",
                "programs",
                "keymaps",
                "grub",
            ]),
    );
    pipeline.add(
        Step::new("initrd", move |job| initrd::build(job, &recipes.initrd))
            .input("recipe", format!("{:?}", recipes.initrd))
            .input("how", include_str!("build/initrd.rs"))
            .input("storage", include_str!("build/storage.rs"))
            .needs(&["tools-root", "dom0-base", "programs"]),
    );
    pipeline.add(
        Step::new("image", move |job| {
            image::build(job, &image_parts(site, xen, locked))
        })
        .input("locked", locked.to_string())
        .input("version", env!("CARGO_PKG_VERSION"))
        .input("release", format!("{:?}", recipes.release))
        .input("settings", firn_config::VERSION.to_string())
        .input(
            "keys",
            site.keys.as_ref().map(SignedKeys::hash).unwrap_or_default(),
        )
        .input("advisories", format!("{:?}", xen.advisories_to))
        .input("boot", firn_config::render_boot("").unwrap_or_default())
        .file("manifest", workspace.join("crates/image/src/manifest.rs"))
        .input("how", include_str!("build/image.rs"))
        .input("verity", include_str!("build/verity.rs"))
        .needs(&["xen-source", "xen", "root", "initrd"]),
    );
    pipeline.add(
        Step::new("iso", move |job| {
            medium::iso(job, &recipes.iso.label, workspace)
        })
        .input("label", &recipes.iso.label)
        .input("how", include_str!("build/medium.rs"))
        .input("names", include_str!("build/names.rs"))
        .input("esp", include_str!("build/esp.rs"))
        .file("license", workspace.join("LICENSE"))
        .tree(workspace, "iso")
        .tree_without(workspace, "docs", &medium::NOT_ON_THE_MEDIUM)
        .needs(&["tools-root", "grub", "xen", "image"]),
    );
    pipeline.add(
        Step::new("netboot-initrd", move |job| {
            initrd::netboot(job, &recipes.initrd, &recipes.netboot)
        })
        .input(
            "recipes",
            format!("{:?} {:?}", recipes.initrd, recipes.netboot),
        )
        .input("how", include_str!("build/initrd.rs"))
        .needs(&["tools-root", "dom0-base", "programs"]),
    );
    pipeline.add(
        Step::new("netboot", netboot::build)
            .input("how", include_str!("build/netboot.rs"))
            .needs(&["tools-root", "image", "netboot-initrd"]),
    );
    pipeline.add(
        Step::new("sbom", move |job| {
            sbom::build(job, workspace, &recipes.roots.suite, xen)
        })
        .input("suite", &recipes.roots.suite)
        .input("bom", include_str!("bom.rs"))
        .input("how", include_str!("build/sbom.rs"))
        .input("packages", include_str!("build/sbom/packages.rs"))
        .input("crates", include_str!("build/sbom/crates.rs"))
        .file("lock", workspace.join("Cargo.lock"))
        .needs(&["tools-root", "dom0-base", "programs", "image"]),
    );
    pipeline.add(
        Step::new("guests", guests::build)
            .input("how", include_str!("build/guests.rs"))
            .input("cloud", include_str!("build/cloud.rs"))
            .needs(&["tools-root", "dom0-base", "grub", "guest-root"]),
    );
    pipeline.add(
        Step::new("hosts", hosts::build)
            .input("how", include_str!("build/hosts.rs"))
            .needs(&["tools-root", "image"]),
    );
    Ok(pipeline)
}

fn image_parts<'a>(site: &'a Site, xen: &'a Source, locked: bool) -> image::Parts<'a> {
    image::Parts {
        version: env!("CARGO_PKG_VERSION"),
        release: &site.recipes.release,
        xen,
        keys: site.keys.as_ref(),
        locked,
    }
}

fn xen_source(xen: &Source) -> Step<'_> {
    Step::new("xen-source", |job| files::copy(&xen.path, job.out)).input("sha256", &xen.sha256)
}

fn other_source(text: &str) -> Result<PathBuf> {
    match text.split_once('=') {
        Some(("xen", file)) => Ok(file.into()),
        _ => bail!("reading --source {text}: it must be xen=FILE"),
    }
}

/// Puts the ISO where people look for it, and beside it what it is made from and how.
fn publish(workspace: &Path, outputs: &BTreeMap<&'static str, Output>) -> Result<PathBuf> {
    let (iso, sbom, statement) = (beside("iso"), beside("cdx.json"), beside("provenance.json"));
    let folder = iso.parent().context("finding target/firn")?;
    std::fs::create_dir_all(folder).with_context(|| format!("making {}", folder.display()))?;
    files::link(&outputs["iso"].path, &iso)?;
    files::link(&outputs["sbom"].path, &sbom)?;
    let manifest = image::manifest(&outputs["image"].path)?;
    let text = provenance::statement(workspace, &[&iso, &sbom], &manifest, outputs)?;
    std::fs::write(&statement, text).with_context(|| format!("writing {}", statement.display()))?;
    Ok(iso)
}

/// The ISO's place under `target/firn`, with another ending.
pub fn beside(ending: &str) -> PathBuf {
    let name = format!("firn-{}-x86_64.{ending}", env!("CARGO_PKG_VERSION"));
    crate::workspace().join("target/firn").join(name)
}
