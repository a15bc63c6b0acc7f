//! What the real dnsmasq answers to packets as firmware of many kinds sends them, byte for byte, with the configuration that this server
//! writes. It takes root and a dnsmasq: the scenario `netboot-packets` runs these tests with that of the tools root, which it names in
//! `FIRN_TOOLS`. Without that it is this computer's own: `cargo test -p firn-netboot packets -- --ignored`.

use super::config::{Config, Mode};
use super::log::Log;
use crate::event::Event;
use crate::network::foreign::{SERVER, client};
use crate::network::{Interface, Range};
use dhcproto::v4::{DhcpOption, Flags, Message, MessageType, OptionCode};
use dhcproto::{Decodable, Decoder, Encodable};
use firn_lab::net::Namespace;
use firn_tree::Root;
use nix::sched::{CloneFlags, setns};
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::net::UdpSocket;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

const SERVER_ADDRESS: [u8; 4] = [192, 168, 77, 1];
const CARD: &str = "card";

/// A wire with dnsmasq at one end; all of it goes with this value.
struct Wire {
    dnsmasq: Child,
    log: BufReader<std::process::ChildStderr>,
    events: Log,
    firmware: Namespace,
    _server: Namespace,
    _folder: tempfile::TempDir,
}

/// Where dnsmasq runs.
struct Place {
    /// The program, without its options.
    dnsmasq: Command,
    /// What it calls the folder with its configuration.
    folder: PathBuf,
}

impl Place {
    fn new(network: &Namespace, folder: &Path) -> Self {
        let Some(tools) = std::env::var_os("FIRN_TOOLS") else {
            let words = network.words();
            let mut dnsmasq = Command::new(&words[0]);
            dnsmasq.args(&words[1..]).arg("dnsmasq");
            let folder = folder.into();
            return Self { dnsmasq, folder };
        };
        // A folder that each Debian tree has: nothing new is made in it.
        let root = Root::open(tools).unwrap().bind_at(folder, "/mnt");
        let dnsmasq = root.in_network(network.words()).cmd("dnsmasq", [""; 0]);
        let folder = "/mnt".into();
        Self { dnsmasq, folder }
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.dnsmasq.kill().unwrap();
        self.dnsmasq.wait().unwrap();
    }
}

impl Wire {
    fn new(mode: Mode) -> Self {
        let (server, firmware) = (Namespace::new().unwrap(), Namespace::new().unwrap());
        let peer = firmware.pid().to_string();
        let ip = |args: &[&str]| {
            server
                .run("sh", ["-c", &format!("ip {}", args.join(" "))])
                .unwrap()
        };
        ip(&["link add eth1 type veth peer name", CARD, "netns", &peer]);
        ip(&["address add 192.168.77.1/24 dev eth1"]);
        ip(&["link set eth1 up"]);
        firmware.run("ip", ["link", "set", CARD, "up"]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let mut place = Place::new(&server, folder.path());
        let config = Config {
            mode,
            interface: Interface {
                name: "eth1".into(),
                v4: Some((SERVER_ADDRESS.into(), 24)),
                v6: None,
            },
            port: 80,
            tftp: place.folder.clone(),
            leases: place.folder.join("leases"),
            answers: true,
        };
        std::fs::write(folder.path().join("dnsmasq.conf"), config.render()).unwrap();
        let mut dnsmasq = place
            .dnsmasq
            .args([
                "--keep-in-foreground",
                "--log-facility=-",
                "--pid-file=",
                "--user=root",
                "--no-ping",
            ])
            .arg(format!(
                "--conf-file={}/dnsmasq.conf",
                place.folder.display()
            ))
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut log = BufReader::new(dnsmasq.stderr.take().unwrap());
        let mut line = String::new();
        while !line.contains("TFTP root") {
            line.clear();
            assert!(log.read_line(&mut line).unwrap() > 0, "dnsmasq has ended");
        }
        Self {
            dnsmasq,
            log,
            events: Log::default(),
            firmware,
            _server: server,
            _folder: folder,
        }
    }

    /// A socket on the firmware's end of the wire.
    fn socket(&self) -> UdpSocket {
        let path = format!("/proc/{}/ns/net", self.firmware.pid());
        let socket = std::thread::spawn(move || {
            setns(File::open(path).unwrap(), CloneFlags::CLONE_NEWNET).unwrap();
            client(CARD).unwrap()
        });
        socket.join().unwrap()
    }

    /// What is answered: the header's file name, option 67, and what the log says of the machine's kind.
    fn asks(&mut self, firmware: &Firmware) -> String {
        let socket = self.socket();
        socket
            .set_read_timeout(Some(Duration::from_millis(1500)))
            .unwrap();
        socket
            .send_to(&firmware.discover().to_vec().unwrap(), SERVER)
            .unwrap();
        let mut bytes = [0; 1500];
        let Ok(length) = socket.recv(&mut bytes) else {
            return "no answer".into();
        };
        let offer = Message::decode(&mut Decoder::new(&bytes[..length])).unwrap();
        assert_eq!(offer.opts().msg_type(), Some(MessageType::Offer));
        // RFC 951: `file` is the 128 bytes from 108 on.
        let field = &bytes[108..236];
        let file: Vec<u8> = field
            .iter()
            .copied()
            .take_while(|byte| *byte != 0)
            .collect();
        let option = match offer.opts().get(OptionCode::BootfileName) {
            Some(DhcpOption::BootfileName(name)) => format!("{:?}", String::from_utf8_lossy(name)),
            _ => "none".into(),
        };
        let file = String::from_utf8(file).unwrap();
        format!(
            "{file:?}, 67 {option}, next {}{}",
            offer.siaddr(),
            self.kind()
        )
    }

    /// The first kind that the log names before this packet's last line.
    fn kind(&mut self) -> String {
        let (mut kind, mut line) = (String::new(), String::new());
        while !line.contains("option: 54 server-identifier") {
            line.clear();
            assert!(
                self.log.read_line(&mut line).unwrap() > 0,
                "dnsmasq has ended"
            );
            for event in self.events.events(&line) {
                if let Event::Kind { architecture, .. } = event {
                    kind = format!(", {architecture}");
                }
            }
        }
        kind
    }
}

/// What firmware says of itself.
struct Firmware {
    class: &'static str,
    architectures: &'static [u16],
    more: Option<DhcpOption>,
}

const fn firmware(class: &'static str, architectures: &'static [u16]) -> Firmware {
    Firmware {
        class,
        architectures,
        more: None,
    }
}

impl Firmware {
    fn discover(&self) -> Message {
        let none = std::net::Ipv4Addr::UNSPECIFIED;
        let id = 7 + self.architectures.first().copied().map_or(90, u32::from);
        let mut message =
            Message::new_with_id(id, none, none, none, none, &[0x52, 0x54, 0, 0, 0, 1]);
        message.set_flags(Flags::default().set_broadcast());
        let options = message.opts_mut();
        options.insert(DhcpOption::MessageType(MessageType::Discover));
        options.insert(DhcpOption::ClassIdentifier(self.class.into()));
        options.insert(DhcpOption::ParameterRequestList(vec![
            OptionCode::SubnetMask,
            OptionCode::TFTPServerName,
            OptionCode::BootfileName,
        ]));
        let numbers = self.architectures.iter().flat_map(|n| n.to_be_bytes());
        if !self.architectures.is_empty() {
            let option = dhcproto::v4::UnknownOption::new(
                OptionCode::ClientSystemArchitecture,
                numbers.collect(),
            );
            options.insert(DhcpOption::Unknown(option));
        }
        if let Some(option) = &self.more {
            options.insert(option.clone());
        }
        message
    }
}

/// Firmware of all kinds, and what it gets.
fn answers(mode: Mode) -> String {
    let mut wire = Wire::new(mode);
    let ipxe = DhcpOption::Unknown(dhcproto::v4::UnknownOption::new(175.into(), vec![1, 1, 1]));
    let table = [
        ("BIOS", firmware("PXEClient:Arch:00000:UNDI:002001", &[0])),
        ("UEFI", firmware("PXEClient:Arch:00007:UNDI:003016", &[7])),
        (
            "UEFI of RFC 4578's first reading",
            firmware("PXEClient:Arch:00009:UNDI:003016", &[9]),
        ),
        (
            "UEFI over HTTP",
            firmware("HTTPClient:Arch:00016:UNDI:003016", &[16]),
        ),
        (
            "iPXE",
            Firmware {
                class: "PXEClient:Arch:00000:UNDI:002001",
                architectures: &[0],
                more: Some(ipxe),
            },
        ),
        ("a ROM without option 93", firmware("PXEClient", &[])),
        (
            "without option 93, with a class",
            firmware("PXEClient:Arch:00007:UNDI:003016", &[]),
        ),
        (
            "two kinds",
            firmware("PXEClient:Arch:00006:UNDI:003016", &[6, 7]),
        ),
        (
            "32-bit UEFI",
            firmware("PXEClient:Arch:00006:UNDI:003016", &[6]),
        ),
        (
            "32-bit UEFI over HTTP",
            firmware("HTTPClient:Arch:00015:UNDI:003016", &[15]),
        ),
        ("ARM", firmware("PXEClient:Arch:00011:UNDI:003016", &[11])),
        ("U-Boot", firmware("U-Boot.armv8", &[22])),
        (
            "unknown",
            firmware("PXEClient:Arch:00300:UNDI:003016", &[300]),
        ),
        ("a running system", firmware("udhcp 1.36", &[])),
    ];
    let lines = table
        .iter()
        .map(|(name, firmware)| format!("{name}: {}", wire.asks(firmware)));
    lines.collect::<Vec<_>>().join("\n")
}

#[test]
#[ignore = "takes root and dnsmasq: the scenario netboot-packets runs it"]
fn as_the_network_s_own_server() {
    let range = Range {
        first: [192, 168, 77, 128].into(),
        last: [192, 168, 77, 254].into(),
    };
    insta::assert_snapshot!("packets-full", answers(Mode::Full(Some(range))));
}

#[test]
#[ignore = "takes root and dnsmasq: the scenario netboot-packets runs it"]
fn beside_another_server() {
    insta::assert_snapshot!("packets-proxy", answers(Mode::Proxy));
}
