//! Block devices as `lsblk` lists them.

use firn_command::limited;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use std::path::Path;
use std::process::Command;
use std::time::Duration;

const COLUMNS: &str =
    "NAME,PATH,TYPE,SIZE,MODEL,SERIAL,WWN,TRAN,LOG-SEC,ZONED,RO,RM,MOUNTPOINTS,FSTYPE,LABEL";

/// A block device with what is made of it: partitions, volumes.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", default)]
pub struct BlockDevice {
    /// Kernel name.
    pub name: String,
    /// Device file.
    pub path: String,
    /// disk, part, rom, loop, lvm, raid1, …
    #[serde(rename = "type")]
    pub kind: String,
    /// Bytes.
    pub size: u64,
    pub model: Option<String>,
    pub serial: Option<String>,
    pub wwn: Option<String>,
    /// Transport: sata, usb, nvme, …
    pub tran: Option<String>,
    /// Bytes of a logical block.
    pub log_sec: u32,
    /// "host-managed" where zones can only be written in order; "none", "host-aware".
    pub zoned: Option<String>,
    /// Read-only.
    pub ro: bool,
    /// Removable.
    pub rm: bool,
    /// An SD card, which does not say that it is removable. An eMMC, which stays, is none.
    pub card: bool,
    pub mountpoints: Vec<Option<String>>,
    pub fstype: Option<String>,
    pub label: Option<String>,
    pub children: Vec<BlockDevice>,
    /// Which columns were not as they should be.
    pub odd: Vec<String>,
}

impl BlockDevice {
    /// Serial number; nothing where there are only spaces.
    pub fn serial(&self) -> Option<String> {
        trimmed(self.serial.as_deref())
    }

    /// World wide name, likewise.
    pub fn wwn(&self) -> Option<String> {
        trimmed(self.wwn.as_deref())
    }

    /// The device and everything below it.
    pub fn flat(&self) -> Vec<&BlockDevice> {
        let mut all = vec![self];
        all.extend(self.children.iter().flat_map(|c| c.flat()));
        all
    }

    /// Whether its file system has this label, upper or lower case.
    pub fn has_label(&self, label: &str) -> bool {
        self.label
            .as_deref()
            .is_some_and(|l| l.trim().eq_ignore_ascii_case(label))
    }

    /// Whether it can be pulled out: a stick, a card, a CD.
    pub fn removable(&self) -> bool {
        self.rm || self.card || self.kind == "rom" || self.tran.as_deref() == Some("usb")
    }

    /// The first place where it, or something on it, is mounted.
    pub fn mounted(&self) -> Option<String> {
        self.flat()
            .into_iter()
            .flat_map(|d| d.mountpoints.iter().flatten())
            .next()
            .cloned()
    }
}

/// What a disk says of itself, with single spaces.
pub fn trimmed(value: Option<&str>) -> Option<String> {
    let value = value?.trim();
    (!value.is_empty()).then(|| value.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// How long `lsblk` may take.
const PATIENCE: Duration = Duration::from_secs(60);

/// All block devices of the machine; none when that cannot be found out.
pub fn list() -> Vec<BlockDevice> {
    read().unwrap_or_default()
}

/// All block devices of the machine.
///
/// # Errors
/// A sentence when lsblk cannot say.
pub fn read() -> Result<Vec<BlockDevice>, String> {
    let mut lsblk = Command::new("lsblk");
    lsblk.args(["--json", "--bytes", "--output", COLUMNS]);
    let output = limited::run(lsblk, Vec::new(), PATIENCE).map_err(|error| error.to_string())?;
    // It fails where a device went while it looked, but has listed the others.
    let mut devices = parse(&output.text).map_err(|error| match output.success {
        true => error,
        false => output.last_words,
    })?;
    for device in &mut devices {
        device.card = is_card(&device.name, Path::new("/sys/block"));
    }
    Ok(devices)
}

/// Whether the kernel says of a disk on an MMC bus that it is a card: "SD" and "SDcombo" are, "MMC" is soldered in.
fn is_card(name: &str, sys: &Path) -> bool {
    let kind = || firn_visible::read_text(sys.join(name).join("device/type"));
    name.starts_with("mmcblk") && kind().is_ok_and(|kind| kind.trim().starts_with("SD"))
}

/// The text of `lsblk --json`.
///
/// # Errors
/// A sentence when it is no list of devices. One odd device hides no other.
pub fn parse(text: &str) -> Result<Vec<BlockDevice>, String> {
    let odd = |error: String| format!("lsblk cannot be understood: {error}");
    let listing: Value = firn_command::json::parse(text).map_err(|error| odd(error.to_string()))?;
    let devices = listing.get("blockdevices").and_then(Value::as_array);
    let devices = devices.ok_or_else(|| odd("there is no list of devices".into()))?;
    Ok(devices.iter().filter_map(device).collect())
}

/// A device; nothing for one without a name. What is not as it should be is as if it were not there, and is remembered.
fn device(value: &Value) -> Option<BlockDevice> {
    let mut fields = Fields {
        value,
        odd: Vec::new(),
    };
    let name = fields.text("name").filter(|name| !name.is_empty())?;
    let mut device = BlockDevice {
        path: fields
            .text("path")
            .unwrap_or_else(|| format!("/dev/{name}")),
        kind: fields.text("type").unwrap_or_else(|| "disk".into()),
        size: fields.number("size"),
        model: fields.text("model"),
        serial: fields.text("serial"),
        wwn: fields.text("wwn"),
        tran: fields.text("tran"),
        log_sec: u32::try_from(fields.number("log-sec")).unwrap_or(512),
        zoned: fields.text("zoned"),
        ro: fields.flag("ro"),
        rm: fields.flag("rm"),
        card: false,
        mountpoints: fields
            .list("mountpoints")
            .iter()
            .map(|v| v.as_str().map(str::to_owned))
            .collect(),
        fstype: fields.text("fstype"),
        label: fields.text("label"),
        children: fields
            .list("children")
            .iter()
            .filter_map(device_below)
            .collect(),
        odd: Vec::new(),
        name,
    };
    device.odd = fields.odd;
    Some(device)
}

/// Something below a device is there even if it has no name: it may be what has the disk.
fn device_below(value: &Value) -> Option<BlockDevice> {
    device(value).or_else(|| {
        value.is_object().then(|| BlockDevice {
            name: "?".into(),
            ..BlockDevice::default()
        })
    })
}

/// The fields of a device, and which of them were not as they should be.
struct Fields<'v> {
    value: &'v Value,
    odd: Vec<String>,
}

impl Fields<'_> {
    /// `None` where there is nothing, or something else than `read` wants.
    fn get<T>(&mut self, name: &str, read: impl Fn(&Value) -> Option<T>) -> Option<T> {
        let value = self.value.get(name).filter(|value| !value.is_null())?;
        let found = read(value);
        if found.is_none() {
            self.odd.push(name.to_owned());
        }
        found
    }

    fn text(&mut self, name: &str) -> Option<String> {
        self.get(name, |value| value.as_str().map(str::to_owned))
    }

    /// Older versions write numbers as text.
    fn number(&mut self, name: &str) -> u64 {
        let read = |value: &Value| {
            value
                .as_u64()
                .or_else(|| value.as_str()?.trim().parse().ok())
        };
        self.get(name, read).unwrap_or(0)
    }

    fn flag(&mut self, name: &str) -> bool {
        let read = |value: &Value| match (value.as_bool(), value.as_u64(), value.as_str()) {
            (Some(flag), ..) => Some(flag),
            (_, Some(0), _) | (_, _, Some("0" | "false")) => Some(false),
            (_, Some(1), _) | (_, _, Some("1" | "true")) => Some(true),
            _ => None,
        };
        self.get(name, read).unwrap_or(false)
    }

    fn list(&mut self, name: &str) -> Vec<Value> {
        self.get(name, |value| value.as_array().cloned())
            .unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn one_odd_device_hides_no_other() {
        let text = r#"{"blockdevices": [
            {"name":"sda","path":"/dev/sda","type":"disk","size":"20000000000","log-sec":"512","ro":"0","rm":true,"children":[
                {"name":"sda1","type":"part","size":5,"mountpoints":[null,"/mnt"]}, {"type":7}, 5]},
            {"name":"sdb","type":"disk","size":-5,"model":7,"mountpoints":"/","log-sec":-1},
            {"name":null,"size":null}, null, 7, {"name":""},
            {"name":"sdc","path":null,"type":"disk","size":null,"model":null,"ro":null,"mountpoints":null}]}"#;
        let [a, b, c] = parse(text).unwrap().try_into().unwrap();
        assert_eq!(
            (a.size, a.log_sec, a.ro, a.rm),
            (20_000_000_000, 512, false, true)
        );
        assert_eq!(
            (a.mounted().as_deref(), a.children.len(), a.odd.len()),
            (Some("/mnt"), 2, 0)
        );
        assert_eq!(
            (b.name.as_str(), b.size, b.path.as_str()),
            ("sdb", 0, "/dev/sdb")
        );
        assert_eq!(b.odd, ["size", "model", "log-sec", "mountpoints"]);
        assert_eq!((c.name.as_str(), c.odd.len()), ("sdc", 0));
    }

    #[test]
    fn an_sd_card_can_be_pulled_out_and_an_emmc_cannot() {
        let sys = tempfile::tempdir().unwrap();
        for (name, kind, expected) in [
            ("mmcblk0", "SD\n", true),
            ("mmcblk1", "MMC\n", false),
            ("mmcblk2", "SDcombo\n", true),
            ("sda", "SD\n", false),
        ] {
            let folder = sys.path().join(name).join("device");
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join("type"), kind).unwrap();
            let card = is_card(name, sys.path());
            let device = BlockDevice {
                card,
                ..BlockDevice::default()
            };
            assert_eq!((card, device.removable()), (expected, expected), "{name}");
        }
        assert!(!is_card("mmcblk9", sys.path()));
    }

    #[test]
    fn nonsense_is_no_machine_without_disks() {
        for (text, said) in [
            (
                "",
                "lsblk cannot be understood: EOF while parsing a value at line 1 column 0",
            ),
            (
                "{}",
                "lsblk cannot be understood: there is no list of devices",
            ),
            (
                r#"{"blockdevices":{}}"#,
                "lsblk cannot be understood: there is no list of devices",
            ),
        ] {
            assert_eq!(parse(text).unwrap_err(), said);
        }
        assert_eq!(parse(r#"{"blockdevices":[]}"#).unwrap().len(), 0);
    }

    /// Any JSON in the place of any value.
    fn value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            any::<String>().prop_map(Value::from),
        ];
        leaf.prop_recursive(6, 64, 6, |inner| {
            let key = prop_oneof![
                "name|path|type|size|log-sec|ro|rm|mountpoints|children|label|model",
                any::<String>()
            ];
            let map = prop::collection::vec((key, inner.clone()), 0..6);
            prop_oneof![
                prop::collection::vec(inner, 0..6).prop_map(Value::from),
                map.prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn a_good_disk_shows_beside_anything(others in prop::collection::vec(value(), 0..8), text in any::<String>()) {
            let good = serde_json::json!({"name": "good", "type": "disk", "size": 7});
            let mut all = others;
            all.insert(all.len() / 2, good);
            let listing = serde_json::json!({"blockdevices": all}).to_string();
            let found = parse(&listing).unwrap();
            prop_assert!(found.iter().any(|device| device.name == "good" && device.size == 7));
            let _ = parse(&text);
        }
    }
}
