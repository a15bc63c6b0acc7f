### Updates: von wem sie sind und ob sie passen.

# Wie die Schlüssel in den Sätzen darunter heißen.
update-whose-own = seinen eigenen Root-Schlüsseln
update-whose-root = den Root-Schlüsseln von keys.json { $version }, denen dieser Host vertraut
update-whose-channel = den Schlüsseln des Kanals { $channel }

update-signature-none = { $file } trägt keine Signatur. Nehmen Sie die Datei von dort, wo sie veröffentlicht wurde, zusammen mit { $file }.minisig.
update-signature-damaged = Die Signatur von { $file } stammt nicht von minisign oder ist beschädigt. Laden Sie { $file }.minisig noch einmal.
update-signature-wrong = Die Signatur gehört nicht zu dieser Datei { $file }: Eine von beiden wurde verändert. Laden Sie beide noch einmal; hilft das nicht, verwenden Sie diese Quelle nicht.
update-signature-unknown = { $file } ist mit keinem von { $whose } signiert. Verwenden Sie die Datei nicht, wenn Sie nicht wissen, von wem sie ist.
update-signature-few = { $file } ist mit { $count } von { $whose } signiert ({ $names }), gebraucht werden { $threshold }. Nehmen Sie die Datei mit allen Signaturen.

update-keys-broken = { $file } ist nicht lesbar: { $reason }. Nehmen Sie eine andere Datei.
update-keys-name = Die Schlüsselliste nennt sich { $name } statt firn-keys; es ist eine andere Datei. Nehmen Sie keys.json.
update-keys-format = Die Schlüsselliste hat das Format { $format }, das diese Version nicht kennt. Aktualisieren Sie zuerst auf eine Version dazwischen.
update-keys-version = Die Schlüsselliste hat die Version 0; die erste hat 1.
update-keys-threshold = Von den { $keys } Schlüsseln für { $role } müssten { $threshold } signieren. Es muss mindestens einer sein, höchstens alle.
update-keys-key = Der Schlüssel { $name } für { $role } ist kein öffentlicher Schlüssel von minisign.
update-keys-twice = Die Schlüssel { $one } und { $other } für { $role } sind derselbe; jeder darf nur einmal aufgeführt sein.
update-keys-root = Der Schlüssel { $name } des Kanals { $channel } ist zugleich ein Root-Schlüssel. Root-Schlüssel signieren nur Schlüssellisten.
update-keys-older = Diese Schlüsselliste hat die Version { $found }, der Host vertraut schon { $trusted }. Die ältere wird nicht verwendet.
update-keys-two = Diese Schlüsselliste hat wie die vertraute die Version { $version }, sagt aber etwas anderes. Verwenden Sie diese Quelle nicht und verständigen Sie die Herausgeber.

update-channel-unknown = Für den Kanal { $channel } signiert in keys.json { $version } niemand; es gibt dort: { $known }. Wählen Sie in den Einstellungen einen davon.

update-manifest-broken = { $file } ist nicht lesbar: { $reason }. Nehmen Sie ein anderes Abbild.
update-manifest-name = { $file } ist von { $name } statt von firn; es ist kein Abbild von Firn.
update-manifest-old = Firn { $version } ist älter als die Updates: Das Manifest sagt nicht, zu welchen Hosts es passt. Installieren Sie von seinem Medium.
update-manifest-new = Firn { $version } hat ein Manifest im Format { $format }, diese Version kennt Formate bis { $known }. Aktualisieren Sie zuerst auf eine Version dazwischen.
update-manifest-file = { $file } nennt { $missing } nicht, und ohne diese Datei startet kein Abbild. Nehmen Sie ein anderes Abbild.

update-same = Firn { $version } (Release { $release }) hat dieser Host schon.
update-older = Firn { $version } (Release { $release }) ist älter als das Release { $had }, das dieser Host schon hatte. Mit --older geht es trotzdem zurück; seither geschlossene Lücken sind dann wieder offen.
update-from = Firn { $version } kann auf das Release { $from } oder neuere folgen, dieser Host hat { $had }. Aktualisieren Sie zuerst auf ein Release dazwischen.
update-menu = Firn { $version } braucht ein Startmenü der Generation { $needed }, dieser Host hat eines der Generation { $has }. Starten Sie vom Medium der neuen Version, wählen Sie Reparieren und aktualisieren Sie danach.
update-settings = Firn { $version } liest Einstellungen der Versionen { $known }, die dieses Hosts haben die Version { $has }. Nehmen Sie ein anderes Release.
update-room = Firn { $version } belegt { $size }, in einem Slot dieses Hosts ist Platz für { $room }. Nehmen Sie ein anderes Release oder installieren Sie den Host neu.
update-drivers = Firn { $version } hat den Kernel { $kernel }, die auf diesem Host hinzugefügten Treiber wurden für { $built } gebaut. Besorgen Sie zuerst Treiber für { $kernel }.
