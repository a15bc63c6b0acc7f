### Gäste, wie der Hypervisor sie sieht.

# Warum ein Aufruf gescheitert ist.
engine-not-running = Der Gast { $guest } läuft nicht.
engine-running = Der Gast { $guest } läuft schon.
engine-deaf = Der Gast { $guest } lässt sich nicht bitten: Kein Treiber für Xen hört darin zu. Fahren Sie ihn von innen herunter, oder beenden Sie ihn wie mit dem Netzschalter.
engine-unsupported = Der Gast { $guest } hat keine emulierte Hardware, und dafür ist welche nötig.
engine-taken = Der Gast { $guest } hat { $device } schon.
engine-no-device = Der Gast { $guest } hat kein { $device }.
engine-late = { $program } hat länger als { $seconds } Sekunden gebraucht und wurde beendet.
engine-failed = { $program } ist gescheitert: { $reason }

# Was einen Gast am Start hindert.
engine-no-virtualization = Diese Maschine kann den Gast nicht ausführen: Virtualisierung (VT-x oder AMD-V) ist abgeschaltet oder fehlt. Schalten Sie sie in der Firmware der Maschine ein.
engine-memory = { $guest } braucht { $need } MiB Arbeitsspeicher ({ $memory } MiB eigenen, dazu was Xen zum Ausführen braucht), aber nur { $free } MiB sind frei. Halten Sie einen anderen Gast an, oder geben Sie diesem weniger.
engine-dom0-memory = Die emulierte Hardware von { $guest } braucht { $need } MiB vom Arbeitsspeicher des Hosts selbst, aber davon sind nur { $free } MiB frei. Halten Sie einen anderen Gast mit emulierter Hardware an, oder geben Sie dem Host mehr Arbeitsspeicher.
engine-file-missing = { $path } ist nicht da.
engine-file-unreadable = { $path } lässt sich nicht öffnen: { $reason }
engine-no-kernel = { $path } ist kein Kernel: weder eine ELF-Datei noch ein bzImage.
engine-no-pvh = Der Kernel { $path } hat keinen Einstieg für PVH-Gäste, also kann Xen ihn nicht starten. Nehmen Sie einen, der mit CONFIG_PVH gebaut ist (Linux ab 4.11), oder machen Sie den Gast zu einem mit emulierter Hardware.
engine-no-file = { $path } ist weder eine Datei noch ein Blockgerät.
engine-path = { $path } ist nicht verwendbar: Ein Pfad beginnt mit „/“ und hat weder Kommas noch unsichtbare Zeichen.
engine-target = „{ $target }“ ist kein Name für eine Platte; Platten heißen xvda, xvdb und so weiter, CD-Laufwerke hdc und hdd.
engine-target-twice = Am Platz von { $target } ist schon eine Platte.
engine-read-only = { $target } kann nicht schreibgeschützt sein: Von den emulierten Platten können das nur CD-Laufwerke. Nennen Sie sie xvde oder später.
engine-no-medium = { $target } hat kein Medium, und leer sein können nur emulierte CD-Laufwerke.
engine-no-bridge = Auf dem Host gibt es keine Bridge { $bridge }.
engine-no-firmware = Dieser Host hat keine UEFI-Firmware für Gäste ({ $path } ist nicht da). Starten Sie den Gast mit BIOS.
