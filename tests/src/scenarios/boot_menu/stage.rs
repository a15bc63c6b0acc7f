//! An ESP and two slots as files, and one start of GRUB with them.

use crate::bench::Bench;
use anyhow::{Context, Result, bail, ensure};
use firn_config::{Boot, SlotIds, render_boot, render_grub};
use firn_grub::SECTOR;
use firn_grub::env::{Environment, SIZE, Slot};
use firn_lab::qemu::{Table, fat_stick};
use firn_tree::Root;
use std::fs::{self, File};
use std::os::unix::fs::FileExt;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Stands in for what GRUB has on a computer only. It fails where a file is missing, as GRUB does.
const LOADS: &str = "function multiboot2 {\n if [ -s \"$1\" ]; then\n  echo \"XEN $*\"\n  true\n else\n  false\n fi\n}\n\
     function module2 {\n if [ -s \"$1\" ]; then\n  echo \"MODULE $*\"\n  true\n else\n  false\n fi\n}\n";
/// What the menu does last, and what it does here.
const BOOT: (&str, &str) = (
    "          boot\n",
    "          echo \"START $firn_slot$firn_trial.\"\n          exit\n",
);
const WAIT: (&str, &str) = ("set timeout=3\n", "set timeout=0\n");
const DEFAULT: &str = "set default=firn\n";
/// The files of an image that a start needs.
pub const FILES: [&str; 3] = ["xen.gz", "vmlinuz", "initrd.img"];
const SLOT_BYTES: u64 = 8 << 20;
/// The files of an ESP that was just made lie before this.
const SEARCHED: u64 = 8 << 20;
/// Starts GRUB with a map of the disks and the ESP's image, which root could write whatever its mode is.
const GRUB: &str = "if [ -n \"$READ_ONLY\" ]; then mount -o bind,ro \"$1\" \"$1\"; fi; \
     TERM=dumb exec timeout 60 grub-emu -r hd0,msdos1 -d /grub -m \"$0\"";

/// What a start came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Started {
    pub slot: Slot,
    pub trial: bool,
}

impl Started {
    /// The slot as usual.
    pub fn slot(slot: Slot) -> Self {
        Self { slot, trial: false }
    }

    /// The slot for a trial.
    pub fn trial(slot: Slot) -> Self {
        Self { slot, trial: true }
    }

    /// What GRUB has said that it starts.
    pub fn read(said: &str) -> Option<Self> {
        let rest = said.split("START ").nth(1)?;
        let (slot, rest) = match rest.split_at_checked(1)? {
            ("a", rest) => (Slot::A, rest),
            ("b", rest) => (Slot::B, rest),
            _ => return None,
        };
        let trial = rest.starts_with("firn.trial=1.");
        (trial || rest.starts_with('.')).then_some(Self { slot, trial })
    }
}

/// Whether GRUB can write its block.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Esp {
    Writable,
    ReadOnly,
}

/// A host's disk in three files.
pub struct Stage {
    folder: PathBuf,
    root: Root,
    menu: String,
}

impl Stage {
    /// Makes the files. The environment block's place on the ESP is found by its content.
    pub fn set(bench: &Bench) -> Result<Self> {
        let boot = Boot {
            slots: [ids(Slot::A), ids(Slot::B)],
            state_uuid: "cccccccc-0000-4000-8000-000000000000".into(),
            serial: None,
            dom0_mem_mib: 1536,
        };
        let menu = render_grub(&boot)?;
        for part in [BOOT.0, WAIT.0, DEFAULT] {
            ensure!(
                menu.matches(part).count() == 1,
                "the menu has changed: {part:?}"
            );
        }
        let menu = LOADS.to_owned() + &menu.replace(BOOT.0, BOOT.1).replace(WAIT.0, WAIT.1);
        let stage = Self {
            folder: bench.folder.clone(),
            root: bench.lab().root().clone(),
            menu,
        };
        for slot in [Slot::A, Slot::B] {
            stage.image(slot, |_| Ok(()))?;
        }
        Ok(stage)
    }

    /// Makes the file system of a slot with a whole image, after `change` has been at its folder.
    pub fn image(&self, slot: Slot, change: impl FnOnce(&Path) -> Result<()>) -> Result<()> {
        let folder = self.folder.join("slot");
        if folder.exists() {
            fs::remove_dir_all(&folder)?;
        }
        fs::create_dir(&folder)?;
        for name in FILES {
            fs::write(folder.join(name), name)?;
        }
        fs::write(folder.join("boot.cfg"), render_boot(name(slot))?)?;
        change(&folder)?;
        let image = self.wiped(slot)?;
        let options = [
            "-q",
            "-F",
            "-O",
            "^has_journal,verity",
            "-U",
            &ids(slot).uuid,
            "-d",
        ];
        let made = self.root.run("mkfs.ext4", options).arg(&folder).arg(&image);
        made.run().context("making a slot")
    }

    /// A slot with nothing in it.
    pub fn wiped(&self, slot: Slot) -> Result<PathBuf> {
        let image = self.folder.join(format!("{}.img", name(slot)));
        let file = File::create(&image)?;
        file.set_len(SLOT_BYTES)?;
        Ok(image)
    }

    /// One start with this block; gives what was started, and the block afterwards.
    pub fn start(&self, block: &[u8; SIZE], esp: Esp) -> Result<(Option<Started>, [u8; SIZE])> {
        let (image, at) = self.esp(&self.menu, block)?;
        let said = self.grub(esp)?;
        let mut after = [0; SIZE];
        File::open(&image)?.read_exact_at(&mut after, at)?;
        Ok((Started::read(&said), after))
    }

    /// What GRUB says when this entry of the menu is chosen.
    pub fn entry(&self, id: &str, block: &[u8; SIZE]) -> Result<String> {
        let menu = self.menu.replace(DEFAULT, &format!("set default={id}\n"));
        self.esp(&menu, block)?;
        self.grub(Esp::Writable)
    }

    /// What GRUB says where there is no environment block at all.
    pub fn without_block(&self) -> Result<String> {
        let tree = self.folder.join("esp");
        fs::remove_file(tree.join("grub/grubenv"))?;
        let image = self.folder.join("esp.img");
        fat_stick(&image, Table::Mbr, "FIRN-ESP", &tree)?;
        self.grub(Esp::Writable)
    }

    /// The ESP with this menu and block, and where in it the block lies.
    fn esp(&self, menu: &str, block: &[u8; SIZE]) -> Result<(PathBuf, u64)> {
        let image = self.folder.join("esp.img");
        let tree = self.folder.join("esp");
        let mark = Environment::default().block();
        fs::create_dir_all(tree.join("grub"))?;
        fs::write(tree.join("grub/grub.cfg"), menu)?;
        fs::write(tree.join("grub/grubenv"), mark)?;
        fat_stick(&image, Table::Mbr, "FIRN-ESP", &tree)?;
        let at = place(&image, &mark)?;
        let file = File::options().write(true).open(&image)?;
        file.write_all_at(block, at)?;
        Ok((image, at))
    }

    fn grub(&self, esp: Esp) -> Result<String> {
        let map = self.folder.join("device.map");
        let disk = |number: usize, name: &str| {
            let path = self.folder.join(format!("{name}.img"));
            format!("(hd{number}) {}\n", path.display())
        };
        fs::write(&map, disk(0, "esp") + &disk(1, "a") + &disk(2, "b"))?;
        let mut command = self.root.cmd("sh", ["-c", GRUB]);
        let image = self.folder.join("esp.img");
        let out = command
            .args([&map, &image])
            .env("READ_ONLY", if esp == Esp::ReadOnly { "1" } else { "" })
            .stdin(Stdio::null())
            .output()
            .context("starting grub-emu")?;
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    }
}

/// Where a block lies that was just written there.
fn place(image: &Path, block: &[u8; SIZE]) -> Result<u64> {
    let file = File::open(image)?;
    let mut sector = [0; SECTOR];
    for at in (0..SEARCHED).step_by(SECTOR) {
        file.read_exact_at(&mut sector, at)?;
        if sector == block[..SECTOR] {
            return Ok(at);
        }
    }
    bail!("the environment block is not on {}", image.display())
}

/// The identifiers of a slot.
fn ids(slot: Slot) -> SlotIds {
    let letter = name(slot);
    SlotIds {
        uuid: format!("{letter}aaaaaaa-0000-4000-8000-000000000000"),
        partuuid: format!("{letter}bbbbbbb-0000-4000-8000-000000000000"),
    }
}

fn name(slot: Slot) -> &'static str {
    match slot {
        Slot::A => "a",
        Slot::B => "b",
    }
}
