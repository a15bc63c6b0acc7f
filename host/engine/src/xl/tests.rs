//! The engine with made-up tools: what is called, and what comes of what they say.

use super::*;
use crate::xenstore::tests::xenstored;
use crate::{Ask, Shape};
use config::tests::{hvm, pvh_by_grub};
use firn_command::limited::Output;
use std::sync::Arc;
use std::thread;
use std::time::Instant;
use tempfile::TempDir;

/// `xl list` on a host without guests.
const DOM0: &str = "\
Name                                        ID   Mem VCPUs\tState\tTime(s)
Domain-0                                     0   768     2     r-----      36.4
";
const INFO: &str = "nr_cpus : 4\nvirt_caps : pv hvm hap\ntotal_memory : 8192\nfree_memory : 6000\nxen_version : 4.20.4\n";

/// What a tool says to a call that begins like this; the first that fits and is not used up counts.
type Script = Vec<(
    &'static str,
    std::result::Result<&'static str, &'static str>,
)>;

/// Tools that say what a script has, and keep what they were called with.
#[derive(Clone, Default)]
struct Tools {
    script: Arc<Mutex<Script>>,
    seen: Arc<Mutex<Vec<String>>>,
}

impl Run for Tools {
    fn run(
        &self,
        program: &str,
        args: &[String],
        limit: Duration,
    ) -> std::result::Result<Output, Trouble> {
        let line = format!("{program} {}", args.join(" "));
        self.seen.lock().unwrap().push(line.clone());
        let mut script = self.script.lock().unwrap();
        let at = script.iter().position(|(start, _)| line.starts_with(start));
        let (_, answer) = at.map_or(("", Ok("")), |at| script.remove(at));
        match answer {
            Err("late") => Err(Trouble::Late(program.into(), limit.as_secs())),
            Err(said) => Ok(Output {
                said: said.into(),
                last_words: said.lines().last().unwrap_or_default().into(),
                ..Output::default()
            }),
            Ok(text) => Ok(Output {
                success: true,
                text: text.into(),
                ..Output::default()
            }),
        }
    }
}

struct Bench {
    xen: Xen,
    tools: Tools,
    folder: TempDir,
}

impl Bench {
    /// An engine whose files lie in a folder of their own.
    fn new(script: Script, store: &[(&str, &str)]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let at = |name: &str| folder.path().join(name);
        std::fs::create_dir_all(at("net/xenbr0/bridge")).unwrap();
        std::fs::write(at("grub"), "").unwrap();
        std::fs::write(at("disk"), "").unwrap();
        std::fs::write(at("meminfo"), "MemAvailable: 512000 kB\n").unwrap();
        let paths = Paths {
            configs: at("configs"),
            grub: at("grub"),
            ovmf: at("ovmf"),
            xenstored: xenstored(folder.path(), store),
            qemu: at("qemu"),
            meminfo: at("meminfo"),
            network: at("net"),
        };
        let tools = Tools {
            script: Arc::new(Mutex::new(script)),
            ..Tools::default()
        };
        let xen = Xen::with(Box::new(tools.clone()), paths);
        Self { xen, tools, folder }
    }

    fn shape(&self) -> Shape {
        let mut shape = pvh_by_grub();
        shape.disks[0].path = Some(self.folder.path().join("disk"));
        shape
    }

    fn seen(&self) -> String {
        let seen = self.tools.seen.lock().unwrap().join("\n");
        seen.replace(&self.folder.path().display().to_string(), "FOLDER")
    }
}

fn list(line: &str) -> &'static str {
    format!("{DOM0}{line}\n").leak()
}

#[test]
fn a_start() {
    let script = vec![
        ("xl list", Ok(DOM0)),
        ("xl info", Ok(INFO)),
        (
            "systemctl",
            Err("Unit firn-guest-a1b2c3d4.scope not loaded."),
        ),
        ("xl list", Ok(list("a1b2c3d4 9 1024 4 -b---- 0.2"))),
    ];
    let bench = Bench::new(script, &[]);
    assert_eq!(bench.xen.start(&bench.shape()), Ok(9));
    insta::assert_snapshot!(bench.seen());
    let config = std::fs::read_to_string(bench.folder.path().join("configs/a1b2c3d4.cfg"));
    assert!(config.unwrap().starts_with("name = \"a1b2c3d4\"\n"));
}

#[test]
fn a_start_that_fails_leaves_nothing() {
    for (answer, expected) in [
        (
            "libxl: error: libxl_create.c:1:f:Domain 9:out of luck\nlibxenlight failed to create new domain\n",
            "xl create failed: out of luck",
        ),
        (
            "late",
            "xl create took longer than 300 seconds and was ended.",
        ),
    ] {
        let script = vec![
            ("xl list", Ok(DOM0)),
            ("xl info", Ok(INFO)),
            ("systemd-run", Err(answer)),
        ];
        let bench = Bench::new(script, &[]);
        let error = bench.xen.start(&bench.shape()).unwrap_err();
        assert_eq!(error.to_string(), expected);
        assert!(bench.seen().ends_with("\nxl destroy a1b2c3d4"));
    }
}

#[test]
fn nothing_is_started_that_is_there_or_cannot_start() {
    let script = vec![("xl list", Ok(list("a1b2c3d4 9 1024 4 ---sr- 0.2")))];
    let bench = Bench::new(script, &[]);
    let guest = "a1b2c3d4".to_owned();
    assert_eq!(
        bench.xen.start(&bench.shape()),
        Err(Error::Running { guest })
    );
    let script = vec![("xl list", Ok(DOM0)), ("xl info", Ok(INFO))];
    let bench = Bench::new(script, &[]);
    let mut shape = hvm();
    shape.memory = 7 << 30;
    shape.nics[0].bridge = "nobr0".into();
    let Err(Error::Refused(problems)) = bench.xen.start(&shape) else {
        panic!("it is refused");
    };
    let told: Vec<String> = problems
        .iter()
        .map(|p| format!("{}: {}", p.field, p.text))
        .collect();
    insta::assert_snapshot!(told.join("\n"));
    assert!(!bench.seen().contains("create"));
}

/// xenstore with a guest with emulated hardware.
const STORE: &[(&str, &str)] = &[
    ("/libxl/9/device/vbd/51712/x", ""),
    ("/libxl/9/device/vbd/5632/x", ""),
    ("/libxl/9/device/vif/0/mac", "00:16:3e:00:00:01"),
    ("/libxl/9/type", "hvm"),
    ("/local/domain/9/console/tty", "/dev/pts/1"),
    ("/local/domain/9/name", "a1b2c3d4"),
    ("/local/domain/9/serial/0/tty", "/dev/pts/2"),
];

#[test]
fn every_call_with_its_arguments() {
    let bench = Bench::new(Vec::new(), STORE);
    let (xen, name) = (&bench.xen, "a1b2c3d4");
    let (mut disk, nic) = (
        bench.shape().disks[0].clone(),
        bench.shape().nics[0].clone(),
    );
    disk.target = "xvdb".into();
    xen.ask(name, Ask::Shutdown).unwrap();
    xen.ask(name, Ask::Reboot).unwrap();
    xen.pause(name).unwrap();
    xen.unpause(name).unwrap();
    xen.set_memory(name, 1536 << 20).unwrap();
    xen.set_cpus(name, 3).unwrap();
    xen.attach_disk(name, &disk).unwrap();
    xen.detach_disk(name, "xvda").unwrap();
    xen.detach_disk(name, "xvdc").unwrap();
    xen.attach_nic(name, &nic).unwrap();
    xen.detach_nic(name, "00:16:3E:00:00:01").unwrap();
    xen.detach_nic(name, "00:16:3e:00:00:02").unwrap();
    xen.insert_cd(name, "hdc", Path::new("/srv/a.iso")).unwrap();
    xen.eject_cd(name, "hdc").unwrap();
    assert_eq!(xen.console(name).unwrap(), Path::new("/dev/pts/2"));
    insta::assert_snapshot!(bench.seen());
}

#[test]
fn what_a_guest_has_or_has_not_is_said() {
    let bench = Bench::new(Vec::new(), STORE);
    let (xen, name) = (&bench.xen, "a1b2c3d4");
    let (disk, mut nic) = (
        bench.shape().disks[0].clone(),
        bench.shape().nics[0].clone(),
    );
    nic.mac = "00:16:3E:00:00:01".into();
    let errors = [
        xen.attach_disk(name, &disk).unwrap_err(),
        xen.attach_nic(name, &nic).unwrap_err(),
        xen.eject_cd(name, "hdd").unwrap_err(),
        xen.ask("nobody00", Ask::Shutdown).unwrap_err(),
    ];
    let errors = errors.map(|error| error.to_string());
    let expected = [
        "The guest a1b2c3d4 has xvda already.",
        "The guest a1b2c3d4 has 00:16:3E:00:00:01 already.",
        "The guest a1b2c3d4 has no hdd.",
        "The guest nobody00 is not running.",
    ];
    assert_eq!(errors, expected);
    assert_eq!(bench.seen(), "");
}

#[test]
fn a_guest_that_does_not_hear_and_one_that_has_ended() {
    let deaf = "libxl: error: libxl_domain.c:850:pvcontrol_cb: guest didn't acknowledge control request: -9\n";
    let gone = "a1b2c3d4 is an invalid domain identifier (rc=-6)\n";
    for (said, state, expected) in [
        (
            deaf,
            "-b----",
            Error::Deaf {
                guest: "a1b2c3d4".into(),
            },
        ),
        (
            gone,
            "---s--",
            Error::NotRunning {
                guest: "a1b2c3d4".into(),
            },
        ),
    ] {
        let line = list(&format!("a1b2c3d4 9 1024 4 {state} 0.2"));
        let bench = Bench::new(
            vec![("xl shutdown", Err(said)), ("xl list", Ok(line))],
            STORE,
        );
        assert_eq!(bench.xen.ask("a1b2c3d4", Ask::Shutdown), Err(expected));
    }
}

#[test]
fn destroying_is_done_when_it_is_gone() {
    let there = list("a1b2c3d4 9 1024 4 -b---- 0.2");
    let bench = Bench::new(vec![("xl list", Ok(DOM0))], &[]);
    assert_eq!(bench.xen.destroy("a1b2c3d4"), Ok(()));
    assert_eq!(bench.seen(), "xl list");
    let script = vec![
        ("xl list", Ok(there)),
        ("xl destroy", Err("it went meanwhile")),
        ("xl list", Ok(DOM0)),
    ];
    assert_eq!(Bench::new(script, &[]).xen.destroy("a1b2c3d4"), Ok(()));
    let script = vec![
        ("xl list", Ok(there)),
        ("xl destroy", Err("no")),
        ("xl list", Ok(there)),
    ];
    let error = Bench::new(script, &[]).xen.destroy("a1b2c3d4").unwrap_err();
    assert_eq!(error.to_string(), "xl destroy failed: no");
}

#[test]
fn a_paused_domain_is_looked_at_twice() {
    let script = vec![
        ("xl list --long", Ok("[]")),
        ("xl list", Ok(list("a1b2c3d4 9 1024 4 --p--- 0.0"))),
    ];
    // The first call is the plain one: the script's first entry does not fit it.
    let bench = Bench::new(script, &[]);
    assert_eq!(bench.xen.domains().unwrap()[0].state, State::Building);
    assert_eq!(bench.seen(), "xl list\nxl list --long");
}

#[test]
fn a_watch_outlives_xenstored() {
    let bench = Bench::new(Vec::new(), &[]);
    assert_eq!(bench.xen.watch(Duration::from_secs(10)), Ok(true));
    let mut nowhere = Bench::new(Vec::new(), &[]);
    nowhere.xen.paths.xenstored = "/nowhere".into();
    let error = nowhere.xen.watch(Duration::ZERO).unwrap_err();
    assert_eq!(
        error.to_string(),
        "xenstored failed: No such file or directory (os error 2)"
    );
}

/// Tools of which one call hangs.
struct Slow;

impl Run for Slow {
    fn run(&self, _: &str, args: &[String], _: Duration) -> std::result::Result<Output, Trouble> {
        if args[0] == "pause" {
            thread::sleep(Duration::from_secs(2));
        }
        Ok(Output {
            success: true,
            text: DOM0.into(),
            ..Output::default()
        })
    }
}

#[test]
fn a_call_that_hangs_delays_no_other() {
    let xen = Xen::with(Box::new(Slow), Paths::default());
    thread::scope(|scope| {
        scope.spawn(|| xen.pause("a1b2c3d4"));
        let before = Instant::now();
        xen.domains().unwrap();
        xen.unpause("b1b2c3d4").unwrap();
        assert!(before.elapsed() < Duration::from_secs(1));
    });
}

#[test]
fn disks_as_xen_counts_them() {
    let table = [
        ("xvda", Some(51712)),
        ("xvdp", Some(51952)),
        ("xvdq", Some(268_439_552)),
        ("hda", Some(768)),
        ("hdb", Some(832)),
        ("hdc", Some(5632)),
        ("hde", None),
        ("sda", None),
    ];
    for (target, expected) in table {
        assert_eq!(number(target), expected, "{target}");
    }
}
