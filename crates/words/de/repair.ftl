### Repairing an installed host.

repair-host = { $name } ({ $id }, Firn { $version }) auf { $disk }
repair-no-host = Auf keiner Festplatte dieses Rechners ist ein Firn-Host installiert.
repair-not-that-host = Auf { $wish } ist kein Host installiert; es gibt: { $list }
repair-several-hosts = Es sind mehrere Hosts installiert, bitte einen nennen: { $list }
repair-choose-nic = Bitte die Netzwerkkarte nennen, die benutzt werden soll: { $list }
repair-no-table = beide Kopien der Partitionstabelle von { $disk } sind beschädigt: Das lässt sich hier nicht reparieren
repair-no-partition = { $disk } hat keine Partition { $name }: Das lässt sich hier nicht reparieren
repair-table-damaged = Die Partitionstabelle am Anfang von { $disk } ist beschädigt: Lassen Sie zuerst Startmenü und Starteinträge neu schreiben; das stellt sie aus ihrer Kopie wieder her
repair-state-in-use = { $device } ist schon aktiv: Eine andere Reparatur läuft, oder eine Volume-Gruppe namens firn ist in Benutzung
repair-state-not-active = Der Zustand des Hosts auf { $device } lässt sich nicht aktivieren
repair-settings-unreadable = Die Datei /etc/firn/host.toml des Hosts lässt sich nicht auswerten: { $problems }
repair-slot-unreadable = Der Slot { $device } des Hosts ist nicht lesbar
repair-slot-damaged = { $file } im Slot { $device } des Hosts ist beschädigt: Ein Startmenü würde ins Leere führen
repair-password-short = Das Passwort braucht mindestens { $least } Zeichen.
repair-password-control = Das Passwort enthält ein Steuerzeichen, das bei der Anmeldung niemand eingeben könnte.

# What was done.
repair-done-table = Die Partitionstabelle am Anfang von { $disk } war beschädigt und ist aus ihrer Kopie wiederhergestellt.
repair-done-formatted = Die EFI-Systempartition { $device } ließ sich nicht einhängen und wurde neu angelegt.
repair-done-menu = Startmenü und Bootloader auf { $device } sind neu geschrieben.
repair-done-bios = Der Startcode für BIOS auf { $disk } ist neu geschrieben.
repair-done-boot = Das Image im Slot { $device } stammt von einem älteren Firn; was das Startmenü darüber liest, ist in den Slot geschrieben.
repair-done-slot = Der Slot { $device } ist beschädigt; ab jetzt startet der Host vom anderen.
repair-no-log = Dieser Host hat noch kein Protokoll: Er wurde seit der Installation nie gestartet.
repair-done-nvram = Die Firmware hat einen neuen Starteintrag und startet als Nächstes von dieser Festplatte.
repair-no-nvram = Dieser Rechner wurde über BIOS gestartet: Starteinträge gibt es dort nicht.
repair-done-network = Ab dem nächsten Start benutzt { $name } DHCP an { $nic }.
repair-done-password = root hat auf { $name } ein neues Passwort.
repair-done-password-keys = Das Passwort gilt am Bildschirm und an der seriellen Konsole des Hosts. Per SSH kommt man weiter nur mit Schlüssel hinein; password-login = true in /etc/firn/host.toml und dann firn apply ändert das.
repair-done-bundle = Geschrieben: { $path }, sha256 { $hash }
