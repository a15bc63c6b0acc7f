//! The schema of the answer file, as a table: the parser takes its keys from it, the JSON schema and the reference are
//! made from it.

use crate::CHECK_NAMES;
use serde_json::{Map, Value, json};

/// What a key takes.
pub(crate) enum Kind {
    /// Text.
    Text,
    /// Text that no message shows.
    Secret,
    /// A whole number between these two.
    Number(i64, i64),
    /// `true` or `false`.
    Boolean,
    /// One of these words.
    Word(&'static [&'static str]),
    /// A list of texts.
    Texts,
    /// A list of these words.
    Words(&'static [&'static str]),
    /// A size, as text or as a number of bytes.
    Size,
    /// A table with these keys.
    Table(&'static [Key]),
    /// A list of tables with these keys.
    Tables(&'static [Key]),
    /// Any one of these.
    Either(&'static [Kind]),
}

/// One key of a table.
pub(crate) struct Key {
    /// Its name.
    pub name: &'static str,
    /// What it takes.
    pub kind: Kind,
    /// What it is when it is not given, as TOML; empty if there is nothing then.
    pub default: &'static str,
    /// What it means, as Markdown sentences.
    pub about: &'static str,
    /// A value for examples, as TOML; empty if the default is one.
    pub example: &'static str,
    /// Whether the example file has it in force and not as a comment.
    pub stands: bool,
}

impl Key {
    /// With a value for examples.
    const fn like(mut self, example: &'static str) -> Self {
        self.example = example;
        self
    }

    /// In force in the example file.
    const fn stands(mut self) -> Self {
        self.stands = true;
        self
    }
}

const fn key(name: &'static str, kind: Kind, default: &'static str, about: &'static str) -> Key {
    Key {
        name,
        kind,
        default,
        about,
        example: "",
        stands: false,
    }
}

pub(crate) const LANGUAGES: &[&str] = &["en", "de"];
pub(crate) const SERIALS: &[&str] = &["auto", "com1", "com2", "off"];
pub(crate) const BOND_MODES: &[&str] = &["802.3ad", "active-backup"];
pub(crate) const BUSES: &[&str] = &["nvme", "sata", "sas", "scsi", "usb", "virtio", "mmc"];
pub(crate) const STORES: &[&str] = &["lvm-thin", "files"];
pub(crate) const ACTIONS: &[&str] = &["reboot", "poweroff", "shell"];

/// The whole answer file.
pub(crate) const ROOT: &[Key] = &[
    key(
        "version",
        Kind::Number(1, 1),
        "",
        "The version of this schema; required.",
    )
    .like("1")
    .stands(),
    key(
        "language",
        Kind::Word(LANGUAGES),
        "\"en\"",
        "The language of the screens.",
    ),
    key(
        "keyboard",
        Kind::Text,
        "\"us\"",
        "An XKB `layout` or `layout:variant`, such as `\"de\"` or `\"ch:fr\"`.",
    )
    .like("\"de\""),
    key(
        "timezone",
        Kind::Text,
        "\"UTC\"",
        "The IANA name of the time zone, such as `\"Europe/Berlin\"`; a name that it had before, such as `\"US/Eastern\"`, is taken for that of today.",
    )
    .like("\"Europe/Berlin\""),
    key(
        "console",
        Kind::Table(CONSOLE),
        "",
        "Where GRUB, Xen, the installer and dom0 speak besides the screen.",
    ),
    key(
        "host",
        Kind::Table(HOST),
        "",
        "The host's name, and who may come in. At least one of a password, its hash and an SSH key is required.",
    ),
    key("time", Kind::Table(TIME), "", "Where the time comes from."),
    key(
        "network",
        Kind::Table(NETWORK),
        "",
        "The management network, which becomes the bridge `xenbr0`.",
    ),
    key(
        "disk",
        Kind::Table(DISK),
        "",
        "The disk that the host is installed on. All of it is used.",
    ),
    key("guests", Kind::Table(GUESTS), "", "How guests are kept."),
    key(
        "checks",
        Kind::Table(CHECKS),
        "",
        "The checks before the installation.",
    ),
    key(
        "finish",
        Kind::Table(FINISH),
        "",
        "What happens after the installation.",
    ),
    key(
        "report",
        Kind::Table(REPORT),
        "",
        "A server that is told how the installation goes; `docs/answers-network.md` has the contract. A report that cannot be sent stops nothing. The host does not keep this table.",
    ),
];

const CONSOLE: &[Key] = &[key(
    "serial",
    Kind::Word(SERIALS),
    "\"auto\"",
    "The serial port, at 115200 8n1. `auto` is the one that the firmware names (ACPI SPCR), else `com1`.",
)];

const HOST: &[Key] = &[
    key(
        "name",
        Kind::Text,
        "",
        "The whole name; `hostname` shows its first label. Required.",
    )
    .like("\"xen1.example.net\"")
    .stands(),
    key(
        "root-password",
        Kind::Secret,
        "",
        "Root's password. Not together with `root-password-hash`.",
    )
    .like("\"correct horse battery staple\""),
    key(
        "root-password-hash",
        Kind::Secret,
        "",
        "Root's password as a hash of yescrypt (`$y$…`) or sha512-crypt (`$6$…`), as `mkpasswd` makes it. Put it between single quotes.",
    )
    .like("'$y$j9T$ExampleSaltOfFirn.$ThisIsOnlyAnExampleAndNoHashOfAnyPassword12'"),
    key(
        "ssh-keys",
        Kind::Texts,
        "[]",
        "Root's public SSH keys. With keys alone nobody can log in at the console.",
    )
    .like("[\"ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIBKv8z5TLXnLm0pnUQ6gRmPn2pE5vVvbyCYAFh2uKcRm admin\"]")
    .stands(),
];

const TIME: &[Key] = &[key(
    "ntp",
    Kind::Either(&[Kind::Word(&["dhcp", "none"]), Kind::Texts]),
    "\"dhcp\"",
    "A list of NTP servers; or `\"dhcp\"`: those that DHCP names, else a public pool; or `\"none\"`.",
)];

const NETWORK: &[Key] = &[
    key(
        "interface",
        Kind::Table(NIC_RULE),
        "",
        "The NIC: everything given must match, and exactly one NIC must. Without `interface` and `bond` it is the one NIC with a link.",
    )
    .like("{ mac = \"52:54:00:12:34:56\" }"),
    key(
        "bond",
        Kind::Table(BOND),
        "",
        "Several NICs as one, instead of `interface`.",
    )
    .like("{ mode = \"802.3ad\", members = [{ mac = \"52:54:00:12:34:56\" }, { mac = \"52:54:00:12:34:57\" }] }"),
    key(
        "vlan",
        Kind::Number(1, 4094),
        "",
        "The VLAN tag of the management network.",
    )
    .like("42"),
    key(
        "mtu",
        Kind::Number(1280, 9216),
        "",
        "The largest packet in bytes, for the bridge and all that is below it. Without it what DHCP says (option 26), else what the NICs have, mostly 1500. IPv6 needs 1280.",
    )
    .like("9000"),
    key(
        "ipv4",
        Kind::Either(&[Kind::Word(&["dhcp", "off"]), Kind::Table(IPV4)]),
        "\"dhcp\"",
        "IPv4 on the bridge.",
    )
    .like("{ address = \"192.0.2.10/24\", gateway = \"192.0.2.1\" }"),
    key(
        "ipv6",
        Kind::Either(&[Kind::Word(&["auto", "off"]), Kind::Table(IPV6)]),
        "\"auto\"",
        "IPv6 on the bridge; `auto` follows the router's advertisements.",
    )
    .like("{ address = \"2001:db8::10/64\", gateway = \"fe80::1\" }"),
    key(
        "dns",
        Kind::Texts,
        "[]",
        "Addresses of DNS servers, besides those that the network names.",
    )
    .like("[\"192.0.2.53\"]"),
    key(
        "search",
        Kind::Texts,
        "[]",
        "Domains in which short names are looked up.",
    )
    .like("[\"example.net\"]"),
];

/// How a NIC is chosen.
pub(crate) const NIC_RULE: &[Key] = &[
    key(
        "name",
        Kind::Text,
        "",
        "The kernel's name, such as `\"enp3s0\"`. `*` stands for anything, here and in the others.",
    ),
    key(
        "mac",
        Kind::Text,
        "",
        "The permanent MAC address, with colons or hyphens.",
    ),
    key(
        "pci",
        Kind::Text,
        "",
        "The PCI address, such as `\"0000:03:00.0\"`.",
    ),
    key(
        "driver",
        Kind::Text,
        "",
        "The kernel module, such as `\"igb\"`.",
    ),
    key("link", Kind::Boolean, "", "Whether there is a link."),
];

const BOND: &[Key] = &[
    key(
        "mode",
        Kind::Word(BOND_MODES),
        "",
        "`802.3ad` (LACP, the switch has to know it) or `active-backup`. Required.",
    ),
    key(
        "members",
        Kind::Tables(NIC_RULE),
        "",
        "One rule for each NIC, with the keys of `interface`; at least two.",
    ),
];

const IPV4: &[Key] = &[
    key(
        "address",
        Kind::Text,
        "",
        "The address with the length of its prefix, such as `\"192.0.2.10/24\"`. Required.",
    ),
    key(
        "gateway",
        Kind::Text,
        "",
        "The default gateway, in the same network; with a prefix of 32 anywhere.",
    ),
];

const IPV6: &[Key] = &[
    key(
        "address",
        Kind::Text,
        "",
        "The address with the length of its prefix, such as `\"2001:db8::10/64\"`. Required.",
    ),
    key(
        "gateway",
        Kind::Text,
        "",
        "The default gateway: link-local, or in the same network, or outside of it within the first 48 bits; with a prefix of 128 anywhere.",
    ),
];

const DISK: &[Key] = &[
    key(
        "target",
        Kind::Table(DISK_RULE),
        "",
        "Which disk: everything given must match, and exactly one disk must. The medium itself is never a candidate.",
    )
    .like("{ serial = \"S4EVNX0R\", min-size = \"16G\" }"),
    key(
        "wipe",
        Kind::Text,
        "\"empty\"",
        "What the disk may hold before: `\"empty\"` nothing; `\"any\"` anything but an installed Firn or its guests; the first 8 digits of an installed host's id: that host, and the further disks of its store; `\"token:…\"` anything, also an installed Firn, once: the server that the answers came from takes the token back before anything is written.",
    ),
];

const DISK_RULE: &[Key] = &[
    key(
        "path",
        Kind::Text,
        "",
        "The device, such as `\"/dev/sda\"` or a link below `/dev/disk`. `*` stands for anything, here and in the others.",
    ),
    key("serial", Kind::Text, "", "The serial number."),
    key("wwn", Kind::Text, "", "The world wide name."),
    key("model", Kind::Text, "", "The model."),
    key("bus", Kind::Word(BUSES), "", "How it is attached."),
    key(
        "min-size",
        Kind::Size,
        "",
        "The least size, such as `\"16G\"` (10^9) or `\"16GiB\"` (2^30).",
    ),
    key("max-size", Kind::Size, "", "The greatest size."),
];

const GUESTS: &[Key] = &[
    key(
        "store",
        Kind::Word(STORES),
        "\"lvm-thin\"",
        "Where guests' disks are: volumes in an LVM thin pool, or files in an ext4 file system.",
    ),
    key(
        "disks",
        Kind::Tables(DISK_RULE),
        "[]",
        "Further disks for the store: one rule for each, with the keys of `disk.target`; each must leave exactly one disk. All of a disk is used, and `disk.wipe` judges what it holds.",
    )
    .like("[{ serial = \"ZL2PT5WA\" }, { serial = \"ZL2PT5WB\" }]"),
];

const CHECKS: &[Key] = &[key(
    "skip",
    Kind::Words(CHECK_NAMES),
    "[]",
    "Checks that may fail without stopping the installation.",
)];

const FINISH: &[Key] = &[key(
    "action",
    Kind::Word(ACTIONS),
    "\"reboot\"",
    "What the machine does after a success. With `poweroff` it switches itself off after a failure, too.",
)];

const REPORT: &[Key] = &[
    key(
        "url",
        Kind::Text,
        "",
        "Where reports are POSTed to as JSON. Without it there are none.",
    )
    .like("\"https://inventory.example.net/v1/report\""),
    key(
        "ca",
        Kind::Text,
        "",
        "Certificates in PEM of authorities that are trusted besides the system's.",
    )
    .like("\"-----BEGIN CERTIFICATE-----\\nMAA=\\n-----END CERTIFICATE-----\""),
    key(
        "pin",
        Kind::Text,
        "",
        "The server's key, as curl's `--pinnedpubkey` has it. Without `ca` it alone counts.",
    )
    .like("\"sha256//YhKJKSzoTt2b5FP18fvpHo7fJYqQCjAa3HWY3tvRMwE=\""),
    key(
        "token",
        Kind::Secret,
        "",
        "Sent as `Authorization: Bearer`.",
    )
    .like("\"0123456789abcdef\""),
];

/// The key at a path such as `network.interface.mac`.
pub(crate) fn find(path: &str) -> Option<&'static Key> {
    let mut keys = ROOT;
    let mut found = None;
    for name in path.split('.') {
        let key = keys.iter().find(|k| k.name == name)?;
        keys = key.kind.keys();
        found = Some(key);
    }
    found
}

impl Kind {
    /// The keys of the table that this is or may be.
    pub(crate) fn keys(&self) -> &'static [Key] {
        match self {
            Kind::Table(keys) | Kind::Tables(keys) => keys,
            Kind::Either(kinds) => kinds
                .iter()
                .map(Kind::keys)
                .find(|keys| !keys.is_empty())
                .unwrap_or_default(),
            _ => &[],
        }
    }

    fn json(&self) -> Value {
        match self {
            Kind::Text | Kind::Secret => json!({ "type": "string" }),
            Kind::Number(least, most) => {
                json!({ "type": "integer", "minimum": least, "maximum": most })
            }
            Kind::Boolean => json!({ "type": "boolean" }),
            Kind::Word(words) => json!({ "enum": words }),
            Kind::Texts => json!({ "type": "array", "items": { "type": "string" } }),
            Kind::Words(words) => json!({ "type": "array", "items": { "enum": words } }),
            Kind::Size => json!({ "type": ["string", "integer"] }),
            Kind::Table(keys) => table_json(keys),
            Kind::Tables(keys) => json!({ "type": "array", "items": table_json(keys) }),
            Kind::Either(kinds) => {
                json!({ "anyOf": kinds.iter().map(Kind::json).collect::<Vec<_>>() })
            }
        }
    }
}

fn table_json(keys: &[Key]) -> Value {
    let mut properties = Map::new();
    for key in keys {
        let mut value = key.kind.json();
        value["description"] = key.about.into();
        if let Ok(default) = default_json(key.default) {
            value["default"] = default;
        }
        properties.insert(key.name.into(), value);
    }
    let required = |k: &&Key| k.about.contains("equired.") && k.default.is_empty();
    let is_leaf = |k: &&Key| k.kind.keys().is_empty();
    let required: Vec<&str> = keys
        .iter()
        .filter(required)
        .filter(is_leaf)
        .map(|k| k.name)
        .collect();
    let mut table = json!({ "type": "object", "properties": properties });
    table["additionalProperties"] = false.into();
    if !required.is_empty() {
        table["required"] = required.into();
    }
    table
}

/// Defaults are texts, booleans and empty lists: there JSON and TOML are the same.
fn default_json(default: &str) -> Result<Value, serde_json::Error> {
    serde_json::from_str(default)
}

/// The answer file's JSON schema (draft 2020-12), for editors.
pub fn json_schema() -> Value {
    let mut schema = json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Firn answers",
    });
    if let (Value::Object(all), Value::Object(root)) = (&mut schema, table_json(ROOT)) {
        all.extend(root);
    }
    schema
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_lead_to_keys() {
        for path in [
            "host.name",
            "network.ipv4.address",
            "network.bond.members.mac",
        ] {
            assert!(find(path).is_some(), "{path}");
        }
        assert!(find("host.nmae").is_none());
    }

    #[test]
    fn schema_names_required_keys() {
        let schema = json_schema();
        assert_eq!(schema["required"], json!(["version"]));
        assert_eq!(schema["properties"]["host"]["required"], json!(["name"]));
        assert_eq!(
            schema["properties"]["network"]["properties"]["ipv4"]["default"],
            json!("dhcp")
        );
    }
}
