### What the wizard's pages try out: network, clock, keys, answer file.

desk-blink-cannot = The driver of { $nic } cannot make its lights blink. Pull its cable out for a moment and watch which NIC loses its link.
desk-blink-gone = { $nic } is gone.
desk-blink-failed = The lights of { $nic } do not blink: { $reason }.

desk-clock-form = { $text } is no time. Type it as 2026-11-23 16:30.
desk-clock-year = { $text } is not between 2025 and 2099. Look at the year.
desk-clock-gap = { $text } does not exist: in that hour the clocks are put forward.
desk-clock-zone = { $zone } is no time zone.
desk-clock-failed = The clock could not be set: { $reason }.
desk-clock-hardware = The time is set, but the hardware clock did not take it. Set it in the firmware's setup, else the time is wrong after a restart.

desk-save-hash = The answers were not saved, since the password could not be hashed: { $reason }.

desk-keys-none-on-stick = { $device } holds no SSH keys: neither a file that ends in .pub nor one named authorized_keys.
desk-keys-url = This web address cannot be used: { $reason }.
desk-keys-fetch = { $url } could not be fetched: { $reason }. Test the network, or take the keys from a stick.
desk-keys-large = what is there is larger than 64 KiB, which no file of keys is
desk-keys-none-at-url = There are no SSH keys at { $url }.
desk-keys-line = Line { $line } was not taken: { $reason }.

desk-net-failed = The network could not be brought up for the test: { $reason }.
desk-net-claimed = The network is in use by an installation. Try again once that is over.
desk-net-not-tried = Not tried, because there is no address.
desk-net-no-link = No link at { $nics }. Look at the cable and at the switch's port.
desk-net-twice = Another machine already has the address { $address }. Choose one that is free.
desk-net-both-off = IPv4 and IPv6 are both off: the host cannot be reached over the network.
desk-net-no-dhcp = No DHCP server has given an IPv4 address. Look at the VLAN and at the DHCP server, or enter a fixed address.
desk-net-no-router = No router has announced an IPv6 network. Look at the VLAN and at the router, or enter a fixed address.
desk-net-no-address = The address could not be set up. Look at the VLAN and at the settings of the bond.
desk-net-only-ipv4 = { $addresses }; no router has announced IPv6, which does no harm.
desk-net-address = { $addresses }
desk-net-no-gateway = There is no gateway: only the own network can be reached.
desk-net-gateway = { $gateways } answers.
desk-net-gateway-silent = { $gateways } does not answer. Look at the address, the prefix length and the VLAN.
desk-net-gateway-half = { $gateways } answers, { $silent } does not.
desk-net-no-dns = There is no name server: names cannot be used, only addresses. Enter one where the network has one.
desk-net-dns = { $servers } answers.
desk-net-dns-silent = { $servers } does not answer. Look at the addresses of the name servers.
desk-net-dns-half = { $servers } answers, { $silent } does not.
desk-net-ntp-none = No time servers are asked for: the hardware clock counts.
desk-net-ntp = { $server } answers.
desk-net-ntp-clock = { $server } answers; this machine's clock is off by { $minutes ->
    [one] a minute
   *[other] { $minutes } minutes
}, which the host will put right.
desk-net-ntp-silent = { $servers } does not answer. Enter time servers that can be reached from here, or none and set the clock by hand.
