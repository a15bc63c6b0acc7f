### Updates: whose they are, and whether they fit.

# What keys are called in the sentences below.
update-whose-own = its own root keys
update-whose-root = the root keys of keys.json { $version }, which this host trusts
update-whose-channel = the keys of the channel { $channel }

update-signature-none = { $file } has no signature. Take it from where it was published, together with { $file }.minisig.
update-signature-damaged = The signature of { $file } is none of minisign, or damaged. Fetch { $file }.minisig anew.
update-signature-wrong = The signature is not of this { $file }: one of them was changed. Fetch both anew; if that does not help, do not use this source.
update-signature-unknown = { $file } is not signed with any of { $whose }. Do not use it unless you know who made it.
update-signature-few = { $file } is signed with { $count } of { $whose } ({ $names }), and { $threshold } are needed. Take the file that has all signatures.

update-keys-broken = { $file } cannot be read: { $reason }. Take another one.
update-keys-name = The list of keys calls itself { $name }, not firn-keys: it is another file. Take keys.json.
update-keys-format = The list of keys has the format { $format }, which this version does not know. Update to a version in between first.
update-keys-version = The list of keys has the version 0; the first one has 1.
update-keys-threshold = Of the { $keys } keys of { $role }, { $threshold } would have to sign. It must be at least one, and at most all.
update-keys-key = The key { $name } of { $role } is no public key of minisign.
update-keys-twice = The keys { $one } and { $other } of { $role } are one key; each must be listed once.
update-keys-root = The key { $name } of the channel { $channel } is a root key too. Root keys sign lists of keys only.
update-keys-older = This list of keys has the version { $found }, and the host already trusts { $trusted }. The older one is not used.
update-keys-two = This list of keys has the version { $version }, as the trusted one has, but says something else. Do not use this source; tell those who publish it.

update-channel-unknown = Nobody signs for the channel { $channel } in keys.json { $version }; the channels there are: { $known }. Choose one of them in the settings.

update-manifest-broken = { $file } cannot be read: { $reason }. Take another image.
update-manifest-name = { $file } is by { $name }, not by firn: it is no image of Firn.
update-manifest-old = Firn { $version } is older than updates are: its manifest does not say which hosts it fits. Install it from its medium.
update-manifest-new = Firn { $version } has a manifest of the format { $format }, and this version knows formats up to { $known }. Update to a version in between first.
update-manifest-file = { $file } does not name { $missing }, without which no image starts. Take another image.

update-same = Firn { $version } (release { $release }) is what this host already has had.
update-older = Firn { $version } (release { $release }) is older than the release { $had }, which this host has had. Add --older to go back all the same; holes that were mended since are then open again.
update-from = Firn { $version } can follow on the release { $from } or newer ones, and this host has { $had }. Update to a release in between first.
update-menu = Firn { $version } needs a start menu of generation { $needed }, and this host's is of generation { $has }. Start the medium of the new version and choose Repair; then update.
update-settings = Firn { $version } reads settings of the versions { $known }, and this host's have the version { $has }. Take another release.
update-room = Firn { $version } takes { $size }, and a slot of this host has room for { $room }. Take another release, or install the host anew.
update-drivers = Firn { $version } has the kernel { $kernel }, and the drivers added on this host were built for { $built }. Get drivers for { $kernel } first.
