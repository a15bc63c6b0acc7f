//! `cargo xtask keys`: keys of minisign, the list of them, and signatures.

mod pair;
mod signed;
mod write;

pub use pair::sign_bytes;
pub use signed::{SignedKeys, sentences};

use anyhow::Result;
use clap::Subcommand;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub enum KeysCommand {
    /// Make a key: NAME.key is the secret one, NAME.pub the public one; minisign reads both
    New {
        /// NAME, with the folder before it
        name: PathBuf,
        /// Do not protect the secret key with a password, for keys that live in a machine
        #[arg(long)]
        no_password: bool,
    },
    Write(write::WriteArgs),
    /// Sign a file: the signature is added to FILE.minisig, in place of an earlier one by the same key
    Sign {
        /// The secret key
        #[arg(long, value_name = "NAME.key")]
        key: PathBuf,
        /// The file
        file: PathBuf,
    },
    /// Say what a folder's keys.json holds, and whether all have signed it who must
    Check {
        /// The folder with keys.json and keys.json.minisig
        folder: PathBuf,
        /// The folder with the keys.json that hosts have now: whether they take the new one
        #[arg(long, value_name = "FOLDER")]
        after: Option<PathBuf>,
    },
}

/// Does it.
///
/// # Errors
/// When a file cannot be read or written, or a list of keys is not right.
pub fn run(command: &KeysCommand) -> Result<()> {
    match command {
        KeysCommand::New { name, no_password } => pair::make(name, *no_password),
        KeysCommand::Write(args) => write::write(args),
        KeysCommand::Sign { key, file } => pair::sign(key, file),
        KeysCommand::Check { folder, after } => {
            let after = after.as_deref().map(SignedKeys::read).transpose()?;
            let keys = match &after {
                Some(before) => before.followed_by(folder)?,
                None => SignedKeys::read(folder)?,
            };
            print!("{}", keys.describe());
            Ok(())
        }
    }
}
