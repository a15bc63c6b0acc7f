//! Running programs inside a Debian tree that the builder made: the build root, the tools root, the dom0 root.
//!
//! A program sees the tree as `/`, with `/dev`, `/proc`, `/sys` of the build host and those host paths that were bound, each
//! at the same absolute path. It runs in mount and PID namespaces of its own, so nothing of it outlives it. As an ordinary user
//! a user namespace comes with it, in which the caller is root and the subordinate ids are everybody else.

use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::net::Namespace;

/// Shell text that runs inside the namespaces: the binds are its arguments up to `--`, the rest is the program.
const ENTER: &str = r#"
root=$1; shift
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir -p "$root$1"; else mkdir -p "$root$(dirname "$1")"; [ -e "$root$1" ] || : >"$root$1"; fi
    mount --rbind "$1" "$root$1"
    shift
done
shift
exec chroot "$root" "$@"
"#;

/// A Debian tree to run programs in.
#[derive(Debug, Clone)]
pub struct Root {
    path: PathBuf,
    binds: Vec<PathBuf>,
    network: Vec<OsString>,
}

impl Root {
    /// The tree in this folder.
    ///
    /// # Errors
    /// When the folder holds no tree.
    pub fn open(path: impl AsRef<Path>) -> Result<Self> {
        let path = path
            .as_ref()
            .canonicalize()
            .with_context(|| format!("opening the root tree {}", path.as_ref().display()))?;
        ensure!(
            path.join("usr/bin").is_dir(),
            "opening the root tree {}: it holds no /usr/bin",
            path.display()
        );
        Ok(Root {
            path,
            binds: Vec::new(),
            network: Vec::new(),
        })
    }

    /// Where the tree is on the build host.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Shows a path of the build host inside, at the same place.
    #[must_use]
    pub fn bind(mut self, host: impl AsRef<Path>) -> Self {
        self.binds.push(host.as_ref().into());
        self
    }

    /// Runs programs in this network instead of the build host's.
    #[must_use]
    pub fn in_network(mut self, namespace: &Namespace) -> Self {
        self.network = namespace.words();
        self
    }

    /// The words of the command that runs `program` inside.
    pub fn words<I>(&self, program: impl AsRef<OsStr>, args: I) -> Vec<OsString>
    where
        I: IntoIterator<Item: AsRef<OsStr>>,
    {
        let mut words = self.network.clone();
        words.extend(namespaces());
        words.extend(["sh", "-euc", ENTER, "enter"].map(Into::into));
        words.push(self.path.clone().into());
        words.extend(self.binds.iter().map(|b| b.clone().into()));
        words.push("--".into());
        words.push(program.as_ref().into());
        words.extend(args.into_iter().map(|a| a.as_ref().to_owned()));
        words
    }

    /// A command that runs `program` inside; killing it kills everything that it started.
    pub fn cmd<I>(&self, program: impl AsRef<OsStr>, args: I) -> Command
    where
        I: IntoIterator<Item: AsRef<OsStr>>,
    {
        let words = self.words(program, args);
        let mut command = Command::new(&words[0]);
        command.args(&words[1..]);
        clean(&mut command);
        command
    }

    /// The same as a [`firn_command::Cmd`], with its errors and logs.
    pub fn run<I>(&self, program: impl AsRef<OsStr>, args: I) -> firn_command::Cmd
    where
        I: IntoIterator<Item: AsRef<OsStr>>,
    {
        // A builder that is killed must not leave a program behind that still writes into the cache.
        firn_command::cmd("setpriv", ["--pdeathsig", "KILL"])
            .args(self.words(program, args))
            .env("PATH", PATH)
            .env("LC_ALL", "C.UTF-8")
            .env("HOME", "/root")
    }
}

/// Where programs of a tree are.
pub const PATH: &str = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

fn clean(command: &mut Command) {
    command
        .env("PATH", PATH)
        .env("LC_ALL", "C.UTF-8")
        .env("HOME", "/root");
}

/// `unshare` with its options; an ordinary user needs a user namespace, root does not.
pub fn namespaces() -> Vec<OsString> {
    let mut words: Vec<OsString> = vec!["unshare".into()];
    if !is_root() {
        words.extend(["--map-root-user", "--map-auto"].map(Into::into));
    }
    words.extend(["--mount", "--pid", "--fork", "--kill-child", "--"].map(Into::into));
    words
}

/// Whether this process runs as root.
pub fn is_root() -> bool {
    use std::os::unix::fs::MetadataExt;
    std::fs::metadata("/proc/self").is_ok_and(|meta| meta.uid() == 0)
}
