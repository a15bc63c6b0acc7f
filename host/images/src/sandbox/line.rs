//! The command lines: a transient unit of systemd on a host, limits alone on a developer's machine.

use super::{DISK, Job, OUTPUT};
use std::fs::File;
use std::io;
use std::os::fd::AsRawFd;
use std::os::unix::fs::{FileTypeExt, MetadataExt};
use std::path::Path;

/// What every unit's name begins with.
pub(crate) const UNIT: &str = "firn-image-";

/// Where a job runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// In a transient unit.
    Unit,
    /// As a child with limits: there is no systemd to ask, or no right to.
    Direct,
}

/// The root of the units: an empty folder, in which systemd makes what it mounts. (A `TemporaryFileSystem=/` does not hide the root,
/// for `DynamicUser=` mounts there, too.)
pub(crate) const ROOT: &str = "/run/firn/sandbox";

/// What every unit is: nobody, in a root of its own in which /usr can be read and nothing can be written.
const UNIT_PROPERTIES: &[&str] = &[
    "DynamicUser=yes",
    "RootDirectory=/run/firn/sandbox",
    "BindReadOnlyPaths=/usr",
    "BindReadOnlyPaths=/usr/lib:/lib",
    "BindReadOnlyPaths=/usr/lib64:/lib64",
    "BindReadOnlyPaths=-/etc/ld.so.cache",
    "MountAPIVFS=yes",
    "ProcSubset=pid",
    "ProtectProc=invisible",
    "PrivateDevices=yes",
    "PrivateIPC=yes",
    "PrivateUsers=yes",
    "PrivateTmp=yes",
    "ProtectClock=yes",
    "ProtectControlGroups=yes",
    "ProtectHostname=yes",
    "ProtectKernelLogs=yes",
    "ProtectKernelModules=yes",
    "ProtectKernelTunables=yes",
    "CapabilityBoundingSet=",
    "NoNewPrivileges=yes",
    "RestrictNamespaces=yes",
    "RestrictRealtime=yes",
    "LockPersonality=yes",
    "MemoryDenyWriteExecute=yes",
    "SystemCallArchitectures=native",
    "SystemCallFilter=@system-service",
    "SystemCallFilter=~@privileged",
    "SystemCallErrorNumber=EPERM",
    "UMask=0077",
    // Who reads is gone when firnd has been killed; then the program ends, too.
    "IgnoreSIGPIPE=no",
    "MemoryMax=384M",
    "MemorySwapMax=0",
    "TasksMax=96",
    "CPUWeight=50",
    "CPUQuota=200%",
    "LimitCPU=14400",
    "LimitCORE=0",
    "LimitNOFILE=64",
    "RuntimeMaxSec=43200",
];

/// What a unit is that reads files: without network. The group may open disks, but there are none to be seen, and devices are closed
/// to the unit unless the job has them.
const READS_FILES: &[&str] = &[
    "SupplementaryGroups=disk",
    "PrivateNetwork=yes",
    "RestrictAddressFamilies=AF_UNIX",
];

/// What a unit is that uses the network: it sees how names are resolved, and whose certificates count.
const USES_NETWORK: &[&str] = &[
    "RestrictAddressFamilies=AF_UNIX AF_INET AF_INET6 AF_NETLINK",
    "BindReadOnlyPaths=-/etc/resolv.conf",
    "BindReadOnlyPaths=-/etc/hosts",
    "BindReadOnlyPaths=-/etc/nsswitch.conf",
    "BindReadOnlyPaths=-/etc/ssl/certs",
];

/// The same where systemd cannot do it: bytes of memory (threads' stacks are counted, too), seconds of CPU.
const DIRECT_LIMITS: &[&str] = &["--as=4294967296", "--cpu=14400", "--core=0", "--nofile=64"];

impl Place {
    /// Where jobs of this process run.
    pub fn here() -> Self {
        let root = rustix::process::geteuid().is_root();
        if root && Path::new("/run/systemd/system").is_dir() {
            Self::Unit
        } else {
            Self::Direct
        }
    }
}

/// The whole command line of a job.
///
/// # Errors
/// Where its files cannot be looked at.
pub(crate) fn words(place: Place, job: &Job, unit: &str) -> io::Result<Vec<String>> {
    let mut words: Vec<String> = match place {
        Place::Direct => ["prlimit"]
            .iter()
            .chain(DIRECT_LIMITS)
            .map(|word| (*word).to_owned())
            .collect(),
        Place::Unit => unit_words(job, unit)?,
    };
    words.push("--".into());
    words.push(match place {
        Place::Direct => job.program.to_owned(),
        Place::Unit => format!("/usr/bin/{}", job.program),
    });
    let (output, disk) = names(place, job);
    let named = |arg: &String| arg.replace(OUTPUT, &output).replace(DISK, &disk);
    words.extend(job.args.iter().map(named));
    Ok(words)
}

/// What the program calls its output and its disk.
fn names(place: Place, job: &Job) -> (String, String) {
    let ours = |file: &File| format!("/proc/{}/fd/{}", std::process::id(), file.as_raw_fd());
    match place {
        Place::Unit => ("/proc/self/fd/3".into(), "/disk".into()),
        Place::Direct => {
            let disk = job.disk.as_deref().map(|path| path.display().to_string());
            (
                job.output.as_ref().map(ours).unwrap_or_default(),
                disk.unwrap_or_default(),
            )
        }
    }
}

fn unit_words(job: &Job, unit: &str) -> io::Result<Vec<String>> {
    let mut words: Vec<String> = [
        "systemd-run",
        "--quiet",
        "--wait",
        "--pipe",
        "--collect",
        "--service-type=exec",
    ]
    .map(String::from)
    .to_vec();
    words.push(format!("--unit={unit}"));
    let own = if job.network {
        USES_NETWORK
    } else {
        READS_FILES
    };
    words.extend(
        UNIT_PROPERTIES
            .iter()
            .chain(own)
            .map(|property| format!("--property={property}")),
    );
    let mut add = |property: String| words.push(format!("--property={property}"));
    if let Some(file) = &job.output {
        // systemd opens it by our descriptor and hands it on as number 3.
        add(format!(
            "OpenFile=/proc/{}/fd/{}:output",
            std::process::id(),
            file.as_raw_fd()
        ));
        device(&file.metadata()?, "rw").map(&mut add);
    }
    if let Some(path) = &job.disk {
        add(format!(
            "BindReadOnlyPaths={}:/disk",
            path.canonicalize()?.display()
        ));
        device(&path.metadata()?, "r").map(&mut add);
    }
    if let Some(file) = &job.input {
        device(&file.metadata()?, "r").map(&mut add);
    }
    Ok(words)
}

/// Of a block device the unit must be allowed to open it.
fn device(meta: &std::fs::Metadata, how: &str) -> Option<String> {
    let number = meta.rdev();
    let (major, minor) = (rustix::fs::major(number), rustix::fs::minor(number));
    meta.file_type()
        .is_block_device()
        .then(|| format!("DeviceAllow=/dev/block/{major}:{minor} {how}"))
}

/// Whether it was `prlimit`, systemd or `systemd-run` that ended so, because it could not run the program.
pub(crate) fn never_ran(code: i32, last_words: &str) -> bool {
    matches!(code, 126 | 127 | 200..) || (code != 0 && last_words.starts_with("Failed to "))
}
