//! Running programs inside a Debian tree that the builder made: the build root, the tools root, the dom0 root.
//!
//! A program sees the tree as `/`, with `/dev`, `/proc`, `/sys` of the build host and those host paths that were bound, at the
//! same absolute path or at one that is the same on every build host. Its environment and its umask are chosen here, whatever
//! the caller's are. It runs in mount and PID namespaces of its own, so nothing of it outlives it. As an ordinary user
//! a user namespace comes with it, in which the caller is root and the subordinate ids are everybody else.

mod environment;

use anyhow::{Context, Result, ensure};
use std::ffi::{OsStr, OsString};
use std::path::{Path, PathBuf};
use std::process::Command;

pub use environment::PATH;

/// Shell text that runs inside the namespaces: the binds are its arguments up to `--`, each a path of the host and one inside; the
/// rest is the program.
const ENTER: &str = r#"
umask 022
root=$1; shift
mount --rbind /dev "$root/dev"
mount -t proc proc "$root/proc"
mount --rbind /sys "$root/sys"
while [ "$1" != -- ]; do
    if [ -d "$1" ]; then mkdir -p "$root$2"; else mkdir -p "$root$(dirname "$2")"; [ -e "$root$2" ] || : >"$root$2"; fi
    mount --rbind "$1" "$root$2"
    shift 2
done
shift
exec chroot "$root" "$@"
"#;

/// By which rules programs run in a tree: what is made there depends on them.
pub fn rules() -> String {
    format!("{ENTER}{:?}", environment::FIXED)
}

/// A Debian tree to run programs in.
#[derive(Debug, Clone)]
pub struct Root {
    path: PathBuf,
    /// On the build host, and inside.
    binds: Vec<(PathBuf, PathBuf)>,
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
    pub fn bind(self, host: impl AsRef<Path>) -> Self {
        let host = host.as_ref();
        self.bind_at(host, host)
    }

    /// Shows a path of the build host inside at another place: what runs there does not depend on where it is outside, nor on
    /// which characters are in its name.
    #[must_use]
    pub fn bind_at(mut self, host: impl AsRef<Path>, inside: impl AsRef<Path>) -> Self {
        let pair = (host.as_ref().into(), inside.as_ref().into());
        self.binds.push(pair);
        self
    }

    /// Where a path of the build host is inside: below what was bound last of all that holds it, else where it is outside.
    pub fn inside(&self, host: &Path) -> PathBuf {
        let below = |(outside, inside): &(PathBuf, PathBuf)| {
            let rest = host.strip_prefix(outside).ok()?;
            // Joining an empty path would add a slash at the end.
            Some(if rest.as_os_str().is_empty() {
                inside.clone()
            } else {
                inside.join(rest)
            })
        };
        let found = self.binds.iter().rev().find_map(below);
        found.unwrap_or_else(|| host.to_owned())
    }

    /// Runs programs in another network than the build host's: `words` are what leads there when it stands before a command.
    #[must_use]
    pub fn in_network(mut self, words: Vec<OsString>) -> Self {
        self.network = words;
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
        let binds = self.binds.iter();
        words.extend(binds.flat_map(|(host, inside)| [host.into(), inside.into()]));
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
        command.env_clear().envs(environment::inside());
        command
    }

    /// The same as a [`firn_command::Cmd`], with its errors and logs.
    pub fn run<I>(&self, program: impl AsRef<OsStr>, args: I) -> firn_command::Cmd
    where
        I: IntoIterator<Item: AsRef<OsStr>>,
    {
        let args: Vec<OsString> = args.into_iter().map(|a| a.as_ref().to_owned()).collect();
        let shown = firn_command::cmd(program.as_ref(), &args);
        // A builder that is killed must not leave a program behind that still writes into the cache.
        firn_command::cmd("setpriv", ["--pdeathsig", "KILL"])
            .args(self.words(program, &args))
            .whole_env(environment::inside())
            .shown_as(shown.line())
    }
}

/// A program of the build host itself, with an environment of our choice.
pub fn on_host<I>(program: impl AsRef<OsStr>, args: I) -> firn_command::Cmd
where
    I: IntoIterator<Item: AsRef<OsStr>>,
{
    firn_command::cmd(program, args).whole_env(environment::host())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_seen_inside_where_they_were_bound() {
        let root = Root {
            path: "/t".into(),
            binds: Vec::new(),
            network: Vec::new(),
        };
        let root = root.bind("/home/Jörg's cache/outputs");
        let root = root.bind_at("/home/Jörg's cache/outputs", "/outputs");
        for (host, inside) in [
            ("/home/Jörg's cache/outputs", "/outputs"),
            (
                "/home/Jörg's cache/outputs/xen-1/root",
                "/outputs/xen-1/root",
            ),
            ("/home/Jörg's cache/outputs2", "/home/Jörg's cache/outputs2"),
        ] {
            assert_eq!(root.inside(Path::new(host)), Path::new(inside));
        }
        let words = root.words("true", [""; 0]);
        let pair = ["/home/Jörg's cache/outputs", "/outputs", "--", "true"];
        assert!(words.ends_with(&pair.map(OsString::from)), "{words:?}");
    }
}
