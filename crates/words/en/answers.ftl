### Answers: where they come from, and whether they may be believed.

## The kernel command line

answers-place = firn.answers={ $value } is neither a URL that begins with http:// or https:// nor label:NAME/path
answers-sha256 = firn.answers-sha256={ $value } is no hash; it has 64 hexadecimal digits
answers-vlan = firn.vlan={ $value } is no number between 1 and 4094
answers-wait = firn.wait={ $value } is no number of seconds
answers-url-variable = there is no variable { $variable }; there are ${"{"}mac{"}"}, ${"{"}uuid{"}"}, ${"{"}serial{"}"}, ${"{"}product{"}"} and ${"{"}hostname{"}"}
answers-url-open = { $variable } does not end with {"}"}
answers-url-nameless = this machine has no { $variables }; use ${"{"}mac{"}"}
answers-url-placeholder = this machine has no { $variables } of its own: its firmware says { $said }, as many machines' does; use ${"{"}mac{"}"}

## Getting them

answers-fetch = { $url }: { $reason }
answers-network-failed = the network could not be started: { $reason }
answers-no-address = no NIC was given an address within { $seconds } s; see whether a cable is in, whether there is DHCP or a router that advertises itself, and whether firn.vlan= is right
answers-none-at = the server has no answers for this machine: { $url }
answers-none = the server has no answers for this machine
answers-several = several file systems labelled { $label } have different answers, or one of them cannot be read: { $devices }; leave only one of them in the machine, or give the others another label
answers-trust = the file trust.toml on the medium has mistakes: { $problems }
answers-trust-unreadable = the file trust.toml on the medium cannot be read: { $reason }; write the medium anew or use another one

## Believing them

answers-strict = this medium takes no answers over plain http; use https, have them signed, or give firn.answers-sha256=
answers-plain = the answers come over plain http, and neither a hash nor a signature vouches for them; anybody on this network can have changed them
answers-plain-password = a password in clear came over plain http; give its hash as "root-password-hash", or fetch the answers by https
answers-plain-token = the token for reports came over plain http; fetch the answers by https, or have them signed
answers-other-hash = the file is not the one that was meant: its sha256 is { $found }, firn.answers-sha256= wants { $wanted }
answers-signature-missing = the file is not signed: there is nothing at { $url }
answers-signature-damaged = the signature is none of minisign, or damaged
answers-signature-key = the file is signed with another key than those on the medium
answers-signature-wrong = the signature is not of this file: one of them was changed

## One-time tokens

answers-token-local = a token can only be taken back by the server that the answers came from, and these came from no server; use "any", or the host's id
answers-token-used = the token was given back already or is not known at { $host }; nothing is overwritten with it any more
answers-token-refused = { $host } does not take the token back; it answered with the status { $status }
answers-token-unasked = whether the token still counts could not be asked: { $reason }

## This machine has a Firn already

answers-guard = this machine has a Firn already; starting it from its disk
answers-guard-nvram = the firmware does not take the disk's boot entry
answers-guard-order = this machine has a Firn already, which cannot be started from here: { $reason }. Put the disk before the network in the boot order, or let the netboot server give it up with --once
