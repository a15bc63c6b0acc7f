### Was eine Installation tun wird und was ihr entgegensteht.

## Was getan wird; Sätze mit Punkt

plan-destroys-firn = Die Firn-Installation "{ $name }" ({ $id }) auf { $disk } wird zerstört, mit allen ihren Gästen.
plan-destroys = Zerstört wird: { $what }.
plan-torn = Auch { $disks } { $count ->
    [one] kann unlesbar werden: Dort liegt ein weiterer Teil
   *[other] können unlesbar werden: Dort liegen weitere Teile
} von dem, was auf { $device } ist ({ $what }).
plan-token = Die Einmalkennung in disk.wipe erlaubt das ein einziges Mal; der Server nimmt sie zurück, unmittelbar bevor etwas geschrieben wird.
plan-empty = { $disk } ist leer; nichts wird zerstört.
plan-becomes = { $disk } wird die Festplatte von { $host }.
plan-store-disk = { $disk } kommt zum Speicher der Gäste hinzu.
plan-volumes-thin = { $state } für den Zustand des Hosts, etwa { $guests } für Gäste in einem LVM-Thin-Pool.
plan-volumes-files = { $state } für den Zustand des Hosts, etwa { $guests } für die Dateien der Gäste.
plan-network = Netzwerk über { $port }: IPv4 { $ipv4 }, IPv6 { $ipv6 }.
plan-network-vlan = Netzwerk über { $port }, VLAN { $vlan }: IPv4 { $ipv4 }, IPv6 { $ipv6 }.
plan-no-names = Kein Nameserver ist angegeben (network.dns): Der Host findet nichts über seinen Namen, auch keine Zeitserver.
plan-no-names-unless-ipv6 = Kein Nameserver ist angegeben (network.dns): Der Host findet nichts über seinen Namen, auch keine Zeitserver, außer ein Router nennt über IPv6 einen.
plan-nic = { $now } ({ $mac }, auf dem Host { $host })
plan-bond = einen Bond aus { $members }
plan-and = { $first } und { $last }
plan-automatic = automatisch
plan-off = aus
plan-ways-password = Anmeldung als root: Passwort, { $keys }.
plan-ways-keys = Anmeldung als root: { $keys }, kein Passwort. An der Konsole kann sich also niemand anmelden: Im Notfall hilft nur die Rettungs-Shell des Installationsmediums.
plan-keys-expired = jeder der SSH-Schlüssel ist nach der Uhr dieses Rechners ({ $now } UTC) abgelaufen und es gibt kein Passwort, also könnte sich niemand anmelden; geben Sie einen Schlüssel ohne "expiry-time=" an oder stellen Sie die Uhr
plan-keys = { $count ->
    [0] kein SSH-Schlüssel
    [one] 1 SSH-Schlüssel
   *[other] { $count } SSH-Schlüssel
}
plan-content = { $what } auf { $device }
plan-guests-of = der Gästespeicher der Firn-Installation "{ $name }" ({ $id }) auf { $disk }

## Was entgegensteht; ohne Punkt

plan-check-failed = { $found }; { $why }; { $todo }, oder übergehen Sie das mit checks.skip = ["{ $name }"]

plan-unlisted = die Festplatten dieses Rechners lassen sich nicht auflisten: { $reason }
plan-no-disk = in diesem Rechner ist keine Festplatte zu sehen
plan-disk-none = { $rule } passt auf 0 von { $count ->
    [one] 1 Festplatte
   *[other] { $count } Festplatten
}: { $reasons }
plan-disk-none-fit = nutzbar sind 0 von { $count ->
    [one] 1 Festplatte
   *[other] { $count } Festplatten
}: { $reasons }
plan-disk-several = { $rule } passt auf { $found } von { $count } Festplatten: { $disks }{ $rest }; geben Sie mehr an, etwa serial, wwn, model, bus oder path, damit eine übrig bleibt
plan-disk-several-no-rule = ohne Regel kommen { $found } von { $count } Festplatten in Frage: { $disks }{ $rest }; geben Sie die Festplatte mit serial, wwn, model, bus, Größe oder path an
plan-disk-rest = ; nicht genommen: { $reasons }
plan-disk-serial = { $disk }, Seriennummer { $serial }
plan-disk-wwn = { $disk }, WWN { $wwn }
plan-disk-place = { $disk }, Pfad { $path }
plan-disk-placeholder = { $rule } lässt { $disk } übrig, aber { $property } { $value } ist ein Platzhalter, den auch andere Festplatten haben können; geben Sie an, wo die Festplatte angeschlossen ist: { $example }

plan-not-medium = { $disk } ist das Installationsmedium
plan-not-unfit = { $disk }: { $reason }
plan-not-path-to = { $disk } ist ein weiterer Weg zu { $other }, und die kommt nicht in Frage: { $reason }
plan-not-path = { $disk } liegt nicht unter dem Pfad { $wish }
plan-not-text = { $disk } hat { $property } { $has }, verlangt ist { $wish }
plan-not-there = { $disk } nennt kein { $property }, verlangt ist { $wish }
plan-too-small = { $disk } hat { $size }, verlangt sind mindestens { $asked }
plan-too-large = { $disk } hat { $size }, verlangt sind höchstens { $asked }
plan-bytes = { $bytes } Byte

plan-disk-small = { $disk } ist zu klein: Firn braucht mindestens { $least }; wählen Sie eine größere Festplatte
plan-disk-blocks = { $disk } hat Blöcke von { $has } Byte, von denen ein Legacy-BIOS nicht starten kann: Starten Sie den Rechner per UEFI oder wählen Sie eine Festplatte mit Blöcken von 512 Byte
plan-wipe-other-host = wipe = "{ $wipe }" erlaubt nur die Festplatten dieses Hosts, auf { $disk } { $part ->
    [store] liegen aber Gäste der
   *[host] liegt aber die
} Firn-Installation "{ $name }" mit der Kennung { $id }
plan-wipe-host = auf { $disk } { $part ->
    [store] liegen Gäste der
   *[host] liegt die
} Firn-Installation "{ $name }"; wipe = "{ $wipe }" erlaubt nicht, sie zu zerstören, wipe = "{ $id }" würde es erlauben
plan-wipe-empty = wipe = "empty" verlangt eine leere Festplatte, auf { $disk } liegt aber { $holds }; wipe = "any" würde das zerstören
plan-wipe-unread = { $disk } lässt sich nicht untersuchen ({ $reason }): Es kann eine Firn-Installation darauf liegen, deshalb wird sie nicht überschrieben; tauschen Sie sie, wählen Sie eine andere oder überschreiben Sie sie vorher ganz mit Nullen
plan-wipe-no-host = wipe = "{ $wipe }" erlaubt nur die Festplatten dieses Hosts, auf { $disk } liegt aber { $holds }

plan-store-target = { $rule } wählt { $disk }, auf der schon der Host liegt; eine weitere Festplatte muss eine andere sein
plan-store-twice = { $rule } wählt { $disk }, die schon eine andere Regel von guests.disks gewählt hat
plan-store-small = { $disk } ist zu klein für den Speicher der Gäste: nötig sind mindestens { $least }
plan-store-blocks = { $disk } hat Blöcke von { $has } Byte, { $target } aber von { $wants }: eine Volume-Gruppe verträgt nur eine Größe; lassen Sie diese Festplatte weg

plan-no-nic = in diesem Rechner ist keine Netzwerkkarte zu sehen
plan-nic-none-linked = keine Netzwerkkarte hat eine Verbindung; stecken Sie das Kabel ein oder geben Sie die Netzwerkkarte mit network.interface an: { $nics }
plan-nic-several-linked = { $count } Netzwerkkarten haben eine Verbindung; geben Sie mit network.interface an, welche gemeint ist, zum Beispiel { $example }: { $nics }
plan-nic-none = { $rule } passt auf 0 von { $count ->
    [one] 1 Netzwerkkarte
   *[other] { $count } Netzwerkkarten
}: { $reasons }
plan-nic-several = { $rule } passt auf { $found } von { $count } Netzwerkkarten; geben Sie mehr an, damit eine übrig bleibt: { $nics }
plan-nic-same-mac = { $count } Netzwerkkarten haben die MAC-Adresse { $mac } und lassen sich auch am Einbauort nicht unterscheiden; welche der Host nimmt, wäre Zufall: { $nics }; bauen Sie eine aus oder wählen Sie eine andere Netzwerkkarte
plan-nic-twice = { $rule } findet { $nic } ein zweites Mal
plan-nic-no-members = ein Bond braucht mindestens ein Mitglied: { $nics }
plan-nic-no-link = { $nic } hat keine Verbindung, verlangt ist link = true
plan-nic-link = { $nic } hat eine Verbindung, verlangt ist link = false
plan-nic-link-unknown = { $nic } meldet nicht, ob eine Verbindung besteht, verlangt ist link = { $wish }

## Vollständig gedruckt

plan-print-note = Hinweis, { $name }: { $found }; { $why }.
plan-print-skipped = Übergangen, { $name }: { $found }; { $why }.
plan-print-disk = Partitionen auf { $disk }; von früher bleibt darauf nichts:
plan-print-store-disk = { $disk } wird ganz zum physischen LVM-Volume der Gruppe "firn".
plan-print-boot = Gestartet wird mit { $memory } MiB Arbeitsspeicher für den Host selbst, serielle Konsole { $serial }.
plan-print-settings = Einstellungen des Hosts, /etc/firn/host.toml:
