### What is wrong with a single value; a sentence without a full stop.

value-did-you-mean = ; did you mean { $word }?
value-write = ; write { $value }
value-decimal = { $whole }.{ $tenth } { $unit }

## Names and addresses

value-name-localhost = { $name } is the name that every machine gives itself
value-name-number = { $name } is a number, no name; begin it with a letter
value-name-number-last = { $name } ends in the number { $last }, as addresses do; let its last part begin with a letter
value-name-empty = "" is no name; write it as "xen1.example.net"
value-name-long = { $name } is longer than 253 characters
value-name-dot = { $name } ends with a dot; write { $bare }
value-name-dots = { $name } has nothing between two dots
value-name-character = { $name } has { $character } in it, a name takes letters, digits and hyphens only{ $hint }
value-name-letter = { $name } has { $character } in it, a name takes the letters a to z, digits and hyphens only; other letters are written as "xn--…"
value-label-long = { $label } in { $name } is longer than 63 characters
value-label-hyphen = { $label } in { $name } begins or ends with a hyphen
value-mac = { $mac } is no MAC address; write it as "52:54:00:12:34:56"
value-ip = { $address } is no IP address
value-net-shape = { $text } is no address with a prefix length; write it as { $example }
value-net-prefix-missing = { $text } has no prefix length; write it as { $whole }
value-net-prefix = the prefix length in { $text } is not between 1 and { $bits }
value-net-network = { $text } is the network address of its network; give the host's own address
value-net-broadcast = { $text } is the broadcast address of its network; give the host's own address
value-net-link-local = { $text } is link-local: it reaches no further than the cable, and the host gives itself one anyway; give an address of the network, such as "2001:db8::10/64"
value-give-host = ; give the host's own address
value-give-gateway = ; give the router's own address
value-give-server = ; give the server's own address
value-ip-unspecified = { $address } means no address at all{ $hint }
value-ip-zero = { $address } begins with 0, as no machine's address does{ $hint }
value-ip-loopback = { $address } is what every machine calls itself{ $hint }
value-ip-multicast = { $address } is a multicast address, which many machines share{ $hint }
value-ip-reserved = { $address } is in 240.0.0.0/4, which no machine's address is{ $hint }
value-ip-mapped = { $address } is an IPv4 address written as IPv6; write { $bare }
value-gateway-own = { $gateway } is the host's own address, no gateway
value-gateway-foreign = { $gateway } is not in the network of { $network }; if the provider has the gateway there, write the host's address as { $alone }
value-gateway-network = { $gateway } is the address of the network of { $network } itself; give the router's own address
value-gateway-broadcast = { $gateway } is the broadcast address of the network of { $network }; give the router's own address
value-server-own = { $server } is the host's own address, where no such server runs; give another machine's
value-server-off = { $server } cannot be reached, because { $family } is off; give a server of the other kind
value-twice = { $value } is in the list twice; keep one
value-search-root = "." is the root of all domains, in which no short name is found; leave it out
value-search-service = { $name } begins with an underscore, as services do and no domain with hosts; write { $domain }
value-ntp-word = { $word } is no server; it stands alone and not in a list: ntp = { $word }

## Logging in

value-password-empty = the password is empty
value-password-long = the password is longer than 255 bytes
value-password-control = the password has a character in it that cannot be typed
value-hash-empty = the hash is empty; make one with `mkpasswd`
value-hash-locked = the hash begins with "!" or "*", which locks root's password; give the hash without that sign, or leave the key out
value-hash-line = this is a line of /etc/shadow; give what is between its first two colons
value-hash-kind = the hash is of another kind than yescrypt ($y$…) and sha512-crypt ($6$…); make one with `mkpasswd`
value-hash-broken = the hash is not whole; copy it again, and put it between single quotes
value-hash-rounds = "rounds=" in the hash is not followed by a number from 1000 to 999999999, so no password would ever fit; make a new one with `mkpasswd`
value-hash-parameters = crypt(3) does not accept the parameters or the salt of this yescrypt hash, so no password would ever fit; copy it again, or make a new one with `mkpasswd`
value-hash-costly = the hash asks for so much work or memory that a login would never finish; make a new one with `mkpasswd`
value-key-private = this is a private key; give the public one, the file that ends in .pub
value-key-ppk = this is a private key of PuTTY (.ppk); load it into PuTTYgen and copy the line for authorized_keys, or let `puttygen FILE -O public-openssh` print it
value-key-ssh2 = this is a public key in the format of PuTTY and RFC 4716; `ssh-keygen -i -f FILE` prints it as one line
value-key-pem = this is a public key in PEM; `ssh-keygen -i -m { $form } -f FILE` prints it as one line
value-key-lines = { $key } has more than one line; give each key on its own
value-key-wrapped = { $key } is one key broken over { $count } lines; write it on one line
value-key-character = { $key } has a character in it ({ $code }) that OpenSSH does not read; retype the spaces
value-key-comment = { $key } is a comment, because it begins with "#"; take the sign out, or the whole line
value-key-quote = { $key } has a double quote before the key that is never closed
value-key-stray = { $key } has { $word } before the key, which does not belong there; take it out, and write options as one word with commas and no spaces
value-key-option = { $key } has { $word } before the key, which is no option that OpenSSH knows, so it would pass over the key; take it out{ $hint }
value-key-option-value = { $key } has an option { $name } with which OpenSSH would refuse the key: { $reason }
value-key-unquoted = its value must be in double quotes, { $name }="…"
value-key-twice = it is given twice
value-key-principals = it counts only together with "cert-authority"
value-key-value = { $value } is not valid here; write it like { $example }
value-key-from-empty = there is nothing before or behind a comma
value-key-from-network = { $piece } is no network, because the address has bits behind its prefix; write it like "192.0.2.0/24"
value-key-from-names = no address fits { $value }, and OpenSSH does not look up names here; give addresses or networks
value-key-known-hosts = { $key } is a line of known_hosts, the key of a machine; give the key of a person, without a host's name before it
value-key-typeless = { $key } lacks the type before the data; it is a word such as "ssh-ed25519" or "ssh-rsa"
value-key-broken = { $key } is not whole; copy the key again, on one line
value-key-longer = { $key } has more behind its data than belongs to the key; copy the key again
value-key-other-type = { $key } says one type, and its data another, { $inner }; copy the key again
value-key-wrong = { $key } has data that cannot be a key, so at least one character is wrong; copy the key again
value-key-rsa = { $key } is an RSA key of { $bits } bits; RSA keys need { $least } to { $most } bits, so make a new key with `ssh-keygen -t ed25519`
value-key-certificate = { $key } is a certificate, which authorized_keys does not take; give the public key itself, or the authority's key with cert-authority before it
value-key-dsa = { $key } is a DSA key, which OpenSSH no longer takes
value-key-type = { $key } is no SSH key; it begins with "ssh-ed25519", "ssh-rsa" or "ecdsa-sha2-nistp256"{ $hint }
value-keys-no-shell = each of the keys has a command forced upon it and there is no password, so nobody would get a shell; add a key without "command=", or a password

## The web, and whom to trust there

value-url = { $url } is no URL; write it as "https://server.example.net/path"
value-url-user = a URL must not hold a user's name or password, because it is shown
value-pin = { $pin } is no pin; it is "sha256//" and 44 characters of base64, as curl's --pinnedpubkey takes it
value-signing-key = { $key } is no public key of minisign; it is the last line of the file minisign.pub and begins with "RW"
value-certificate = this is no certificate in PEM; it begins with "-----BEGIN CERTIFICATE-----" and ends with "-----END CERTIFICATE-----"
value-certificate-private = there is a private key in it; give the certificate alone
value-token = the token is empty, or has something else in it than letters, digits and signs

## Chosen from a list

value-keyboard = { $name } is no keyboard that Firn knows{ $hint }
value-keyboard-example = ; it is an XKB layout, or layout:variant, such as "us", "de" or "ch:fr"
value-timezone = { $name } is no time zone{ $hint }
value-timezone-abbreviation = { $name } is an abbreviation, which does not say whether there is summer time; write a place's name, such as { $place }
value-timezone-example = ; it is a name such as "Europe/Berlin" or "UTC"

## Sizes

value-size = { $text } is no size; write it as "16G" or "16GiB"

## Files

value-file-large = the file is larger than 1 MiB, which no answer file is
value-file-utf16 = the file is UTF-16 text; save it as UTF-8
value-file-utf8 = the file is not UTF-8 text; save it as UTF-8
value-file-nul = there is a NUL byte, which no text has; the file is damaged or no answer file
value-file-kind = this is a folder or a device, not a file
value-file = the answers ({ $from }): { $text }
