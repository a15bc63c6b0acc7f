//! Firn's image builder.

mod answers;
mod audit;
mod bench;
mod bom;
mod build;
mod cache;
mod debian;
mod debs;
mod embed;
mod files;
mod hash;
mod host;
mod iso;
mod keys;
mod lock;
mod netboot;
mod progress;
mod provenance;
mod recipe;
mod release;
mod run;
mod screenshots;
mod show;
mod simulated;
mod sources;
mod step;
mod test;
mod trust;

use anyhow::Result;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Builds Firn: one small ISO that turns a bare server into a Xen host.
///
/// Start with `cargo xtask iso`; the ISO is then at target/firn/. Try it with `cargo xtask run`, check it with `cargo xtask test`.
#[derive(Debug, Parser)]
#[command(name = "cargo xtask", version, max_term_width = 80)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Check an answer file, show what it would do, write an example
    #[command(subcommand)]
    Answers(answers::AnswersCommand),
    Iso(IsoCommand),
    /// Make keys, the list of keys that images are built with, and signatures
    #[command(subcommand)]
    Keys(keys::KeysCommand),
    Lock(lock::command::LockArgs),
    /// Start machines over the network
    #[command(subcommand)]
    Netboot(netboot::NetbootCommand),
    Release(release::ReleaseArgs),
    Run(run::RunArgs),
    Host(simulated::HostArgs),
    Test(test::TestArgs),
    Bench(bench::BenchArgs),
    Audit(audit::AuditArgs),
    Screenshots(screenshots::ScreenshotArgs),
    /// Look over a root tree: whether each program finds its libraries (the builder calls this, in the tree's namespace of users)
    #[command(hide = true)]
    Whole {
        tree: PathBuf,
    },
    /// Empty the cache folder and target/firn
    Clean,
}

/// Build the ISO, or work on a finished one.
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true)]
struct IsoCommand {
    #[command(flatten)]
    args: iso::IsoArgs,
    #[command(subcommand)]
    action: Option<IsoAction>,
}

#[derive(Debug, Subcommand)]
enum IsoAction {
    Embed(embed::EmbedArgs),
    Show(show::ShowArgs),
}

fn main() -> ExitCode {
    match run(Cli::parse()) {
        Ok(status) => status,
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(cli: Cli) -> Result<ExitCode> {
    let done = |()| ExitCode::SUCCESS;
    let result = match cli.command {
        Command::Answers(command) => return answers::run(&command),
        Command::Audit(args) => return audit::run(&args),
        Command::Iso(IsoCommand {
            action: Some(IsoAction::Embed(args)),
            ..
        }) => embed::embed(&args),
        Command::Iso(IsoCommand {
            action: Some(IsoAction::Show(args)),
            ..
        }) => show::show(&args),
        Command::Iso(IsoCommand { args, .. }) if args.explain => iso::explain(&args),
        Command::Iso(IsoCommand { args, .. }) => iso::build(&args).map(drop),
        Command::Keys(command) => keys::run(&command),
        Command::Lock(args) => return lock::command::run(&args),
        Command::Release(args) => release::release(&args),
        Command::Netboot(command) => netboot::run(&command),
        Command::Run(args) => run::run(args),
        Command::Test(args) => test::run(args),
        Command::Bench(args) => bench::run(&args),
        Command::Host(args) => simulated::run(&args),
        Command::Screenshots(args) => screenshots::run(&args),
        Command::Whole { tree } => build::whole::check(&tree),
        Command::Clean => clean(),
    };
    result.map(done)
}

fn clean() -> Result<()> {
    let cache = cache::Cache::open()?;
    cache.clean()?;
    cache.remove(&workspace().join("target/firn"))?;
    println!("removed {}", cache.path().display());
    Ok(())
}

/// The folder of this workspace.
pub fn workspace() -> PathBuf {
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    own.parent().map_or(own.clone(), PathBuf::from)
}

/// The time that every file of the image bears, in seconds since 1970: a fixed day, whatever `SOURCE_DATE_EPOCH` the caller has set.
pub const EPOCH: &str = "1767225600";
