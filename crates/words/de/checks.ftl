### Die Prüfungen der Hardware: was gefunden wurde, warum es zählt, was zu tun ist; jeweils ein Satz ohne Punkt.

check-unknown-not-looked = es wurde nicht danach gesucht
check-unknown = ließ sich nicht feststellen: { $reason }
check-unknown-hidden = Xen verbirgt es vor dem System des Hosts; `xl info` zeigt es
check-unknown-register = das Register { $register } des Prozessors lässt sich nicht lesen ({ $reason })
check-unknown-no-acpi = dieser Rechner zeigt keine ACPI-Tabellen
check-unknown-acpi = die ACPI-Tabelle { $table } lässt sich nicht lesen ({ $reason })
check-unknown-acpi-short = die ACPI-Tabelle { $table } ist zu kurz
check-unknown-variables = die Variablen der Firmware lassen sich nicht lesen ({ $reason })

check-64bit-yes = ein 64-Bit-Prozessor: { $model }
check-64bit-no = kein 64-Bit-Prozessor: { $model }
check-64bit-why = Xen läuft nur auf 64-Bit-Prozessoren
check-64bit-todo = nehmen Sie einen Rechner mit 64-Bit-Prozessor

check-vt-on = die Virtualisierung (VT-x oder AMD-V) ist eingeschaltet
check-vt-off = die Virtualisierung (VT-x oder AMD-V) ist in der Firmware ausgeschaltet
check-vt-off-todo = schalten Sie sie ein: { $place }; schalten Sie den Rechner danach aus und wieder ein
check-vt-absent = der Prozessor hat keine Virtualisierung (VT-x oder AMD-V)
check-vt-absent-todo = nehmen Sie einen Rechner, dessen Prozessor VT-x oder AMD-V hat
check-vt-unknown-todo = sehen Sie nach, ob sie eingeschaltet ist: { $place }
check-vt-why = ohne sie läuft der Host zwar, kann aber weder PVH- noch HVM-Gäste starten

check-paging-yes = der Prozessor hat Nested Paging (EPT oder NPT)
check-paging-no = der Prozessor hat kein Nested Paging (EPT oder NPT)
check-paging-why = Gäste wären langsam und ohne Sicherheits-Support
check-paging-todo = nehmen Sie einen neueren Prozessor
check-paging-not-looked = nicht geprüft, da die Virtualisierung fehlt
check-paging-both = Gäste brauchen beides
check-paging-see = siehe Virtualisierung
check-paging-needed = Gäste brauchen es
check-paging-unknown-todo = fahren Sie fort und probieren Sie aus, ob ein Gast startet

check-iommu-yes = die Firmware beschreibt eine IOMMU
check-iommu-no = keine IOMMU, oder sie ist in der Firmware ausgeschaltet
check-iommu-why = nötig nur, um PCI-Geräte an Gäste durchzureichen
check-iommu-todo = schalten Sie sie dafür ein: { $place }
check-iommu-unknown-todo = nichts

check-remapping-yes = die IOMMU lenkt Interrupts um (Interrupt Remapping)
check-remapping-no = die IOMMU lenkt Interrupts nicht um (Interrupt Remapping)
check-remapping-why = ohne Interrupt Remapping kann ein Gast mit PCI-Gerät den Host durch falsche Interrupts stören
check-remapping-todo = wenn Sie PCI-Geräte durchreichen wollen, fragen Sie den Hersteller nach neuerer Firmware oder schalten Sie es, falls möglich, ein: { $place }
check-remapping-not-looked = nicht geprüft, da es keine IOMMU gibt
check-remapping-see = siehe IOMMU

check-memory-found = { $mib } MiB Arbeitsspeicher
check-memory-least = Firn braucht mindestens 1 GiB (1024 MiB)
check-memory-todo = bauen Sie mehr Arbeitsspeicher ein
check-memory-little = unter 4 GiB bleibt wenig für Gäste übrig
check-memory-if-you-can = bauen Sie nach Möglichkeit mehr Arbeitsspeicher ein

check-disk-none = keine Festplatte für die Installation
check-disks-unlisted = die Festplatten lassen sich nicht auflisten: { $reason }
check-disks-unlisted-todo = sehen Sie in der Rettungs-Shell nach, was lsblk sagt, und starten Sie den Rechner neu
check-disk-none-why = Firn braucht eine eigene Festplatte
check-disk-none-todo = schließen Sie eine Festplatte an oder schalten Sie ihren Controller im BIOS- oder UEFI-Setup ein
check-disk-small = die größte Festplatte ist { $disk }
check-disk-small-why = Firn braucht eine Festplatte mit mindestens { $least }
check-disk-small-todo = schließen Sie eine größere Festplatte an
check-disk-large = groß genug: { $disk }

check-secure-boot-off = Secure Boot ist ausgeschaltet
check-secure-boot-on = Secure Boot ist eingeschaltet
check-secure-boot-why = mit Secure Boot startet Xen nicht
check-secure-boot-todo = schalten Sie es aus: { $place }; starten Sie dann neu
check-secure-boot-unknown-todo = sehen Sie nach, ob es ausgeschaltet ist: { $place }

## Warum eine Festplatte nie das Ziel sein kann.

check-unfit-medium = das Installationsmedium
check-unfit-cd = ein CD-Laufwerk
check-unfit-floppy = ein Diskettenlaufwerk
check-unfit-nbd = ein Netzwerk-Blockgerät
check-unfit-answers = darauf liegen die Antworten ({ $label })
check-unfit-mounted = eingehängt unter { $place }
check-unfit-in-use = belegt durch { $user }
check-unfit-read-only = schreibgeschützt
check-unfit-zoned = ihre Zonen lassen sich nur der Reihe nach beschreiben (Host-managed SMR oder ZNS), was weder Startprogramm noch LVM noch ext4 tun
check-unfit-no-medium = kein Medium im Laufwerk
check-unfit-no-size = der Kernel nennt ihre Größe nicht
check-unfit-raid = gehört zum RAID { $name }
check-unfit-multipath = ein weiterer Weg zu { $disk }

## Was auf einer Festplatte liegt.

check-holds-system = das System { $name }
check-holds-lvm = ein LVM-Volume
check-holds-lvm-of = ein LVM-Volume der Gruppe "{ $group }"
check-holds-linux-raid = Mitglied eines Linux-RAIDs
check-holds-firmware-raid = Mitglied eines Firmware-RAIDs ({ $format })
check-holds-encrypted = ein verschlüsseltes Volume (LUKS)
check-holds-zfs = Mitglied eines ZFS-Pools
check-holds-partition = eine Partition mit { $size }
check-holds-table = eine Partitionstabelle ({ $kind }) ohne Partitionen
check-holds-table-start = eine beschädigte Partitionstabelle; ihre Kopie { $has }
check-holds-table-both = eine beschädigte Partitionstabelle, { $has }
check-holds-table-first-sector = eine Partitionstabelle, deren erster Sektor beschädigt ist; sie { $has }
check-holds-table-blocks = eine Partitionstabelle für Blöcke mit { $size } Bytes, die diese Festplatte nicht hat; sie { $has }
check-holds-table-not-shown = eine Partitionstabelle, die der Kernel nicht liest; sie { $has }
check-holds-table-lists = { $count ->
    [0] hat keine Partitionen
    [one] hat 1 Partition: { $list }
   *[other] hat { $count } Partitionen: { $list }
}
check-holds-table-legible = { $count ->
    [0] von der nichts mehr lesbar ist
    [one] von der noch 1 Partition lesbar ist: { $list }
   *[other] von der noch { $count } Partitionen lesbar sind: { $list }
}
check-holds-listed = { $name }, { $size }
check-holds-listed-number = Nummer { $number } ohne Namen, { $size }
check-holds-untabled = { $what } ab Byte { $at }, ohne Partitionstabelle
check-holds-unknown = Daten ohne Partitionstabelle
check-holds-more = { $first } und { $count } weitere
check-holds-unreadable = etwas, das sich nicht lesen lässt ({ $reason })

## Wo ein Schalter im Firmware-Setup ist; steht nach einem Doppelpunkt.

check-place-any = im BIOS- oder UEFI-Setup, meist unter dem Namen "{ $name }"
check-place-key = im Setup (beim Start { $key }), meist unter dem Namen "{ $name }"
check-place-menu = im Setup (beim Start { $key }) unter { $path }

## Festplatten und Netzwerkkarten, und warum eine fehlt.

check-disk = { $path } ({ $size })
check-disk-model = { $path } ({ $size }, { $model })
check-nic = { $name } ({ $mac }, { $driver }, { $link })
check-nic-no-driver = unbekannter Treiber
check-disks-found = { $count ->
    [one] eine für Firn geeignete Festplatte
   *[other] { $count } für Firn geeignete Festplatten
}
check-disks-small = { $count ->
    [one] eine Festplatte, die zu klein ist
   *[other] { $count } Festplatten, alle zu klein
}
check-disk-none-because = keine Festplatte für die Installation: { $cause }
check-size-not-looked = nicht geprüft, da es keine Festplatte gibt
check-size-see = siehe Festplatten
check-devices-why = was daran angeschlossen ist, lässt sich nicht benutzen
check-hidden-nvme = der RAID-Modus des Chipsatzes (Intel RST) verbirgt { $count ->
    [one] eine NVMe-Festplatte
   *[other] { $count } NVMe-Festplatten
}
check-raid-mode = der Controller des Chipsatzes steht im RAID-Modus, für den es keinen Treiber gibt: { $device }
check-raid-silent = der Controller des Chipsatzes steht im RAID-Modus und zeigt keine Festplatte: { $device }
check-ahci-todo = schalten Sie von RAID auf AHCI um: { $place } (ein installiertes Windows startet danach vielleicht nicht mehr)
check-vmd-no-driver = Festplatten hinter Intel VMD sind verborgen, da es dafür keinen Treiber gibt: { $device }
check-vmd-silent = Intel VMD ist eingeschaltet und zeigt keine Festplatte: { $device }
check-vmd-todo = schalten Sie VMD (oder den RAID-Modus) aus: { $place }
check-controller-silent = der RAID-Controller zeigt kein Volume: { $device }
check-controller-todo = legen Sie im Setup des RAID-Controllers ein Volume an oder stellen Sie ihn auf HBA oder JBOD um
check-fc-silent = über Fibre Channel ist keine Festplatte zu sehen: { $device }
check-fc-todo = prüfen Sie, ob das Speichersystem diesem Rechner eine Festplatte zuweist (Zoning, LUN-Masking)
check-disks-ungrouped = LVM sagt nicht, welche Festplatten zusammengehören: { $reason }
check-disks-ungrouped-why = wird eine Festplatte einer Volume-Gruppe überschrieben, schadet das dem Inhalt der übrigen
check-disks-ungrouped-todo = sehen Sie in der Rettungs-Shell nach, was pvs sagt
check-disks-unread = { $disk } lässt sich nicht untersuchen: { $reason }
check-disks-unread-why = was auf einer solchen Festplatte liegt, ist unbekannt, deshalb wird sie nicht überschrieben
check-disks-unread-todo = tauschen Sie die Festplatte, stecken Sie sie ab oder wählen Sie eine andere
check-disk-late = die Untersuchung dauerte länger als { $seconds } s
check-disk-unfit = { $disk } ist nicht nutzbar ({ $reason })
check-disk-unfit-todo = geben Sie eine Festplatte frei oder schließen Sie eine weitere an
check-raid-members = Teil eines Firmware-RAIDs: { $disks }
check-raid-members-todo = löschen Sie das RAID-Volume im Firmware-Setup und schalten Sie von RAID auf AHCI um
check-firmware-missing = die Firmware-Datei { $file } fehlt für { $device }
check-firmware-todo = legen Sie das Debian-Paket mit dieser Datei (sein Name beginnt mit "firmware-") auf einen USB-Stick und wählen Sie im Hauptmenü "Treiber laden"
check-firmware-works-why = das Gerät läuft, aber vielleicht nicht mit allem, was es kann
check-firmware-works-todo = fahren Sie fort; nur wenn damit etwas nicht geht, legen Sie das Debian-Paket mit dieser Datei (sein Name beginnt mit "firmware-") auf einen USB-Stick und wählen Sie im Hauptmenü "Treiber laden"
check-driver-missing = es gibt keinen Treiber für { $device }
check-driver-todo = wählen Sie im Hauptmenü "Treiber laden", wenn der Hersteller einen für Debian 13 anbietet
check-paths = { $disk } ist über { $count } Wege erreichbar
check-paths-why = Firn benutzt nur einen Weg; fällt er aus, bleibt der Host stehen
check-paths-todo = installieren Sie auf einer lokalen Festplatte, wenn der Rechner eine hat; sonst fahren Sie fort

check-blocks-512 = keine Festplatte mit Blöcken von 4096 Byte
check-blocks-4096 = Festplatten mit Blöcken von 4096 Byte (4Kn): { $disks }
check-blocks-why = ein klassisches BIOS kann davon nicht starten
check-blocks-todo = starten Sie den Rechner über UEFI oder installieren Sie auf einer Festplatte mit Blöcken von 512 Byte

check-large-fine = keine Festplatte über 2 TiB an einem klassischen BIOS
check-large-found = über 2 TiB, und der Rechner wurde über sein klassisches BIOS gestartet: { $disks }
check-large-why = Firn nutzt sie ganz, und was das BIOS liest, liegt in den ersten 3 GiB; doch manches alte BIOS startet von keiner Festplatte mit GUID-Partitionstabelle
check-large-todo = starten Sie über UEFI, wenn der Rechner das kann; sonst fahren Sie fort und nehmen eine kleinere Festplatte, falls er nicht startet

check-nics-count = { $count ->
    [one] eine Netzwerkkarte
   *[other] { $count } Netzwerkkarten
}
check-nics-found = { $cards }, davon { $links } mit Verbindung
check-nics-none = keine Netzwerkkarte
check-nics-none-because = keine Netzwerkkarte: { $cause }
check-nics-none-todo = bauen Sie eine Netzwerkkarte ein oder schalten Sie sie im BIOS- oder UEFI-Setup ein
check-nics-why = ein Firn-Host wird über das Netz bedient
check-nics-no-link-why = ohne Verbindung gibt es kein Netz
check-nics-no-link-todo = stecken Sie das Kabel ein und prüfen Sie, ob die Gegenstelle eingeschaltet ist

## Eine virtuelle Maschine.

check-vm-none = ein echter Rechner
check-vm = eine virtuelle Maschine ({ $hypervisor })
check-vm-hands-on = eine virtuelle Maschine ({ $hypervisor }) mit verschachtelter Virtualisierung
check-vm-keeps = eine virtuelle Maschine ({ $hypervisor }) ohne verschachtelte Virtualisierung
check-vm-why = Gäste in einer virtuellen Maschine sind langsam und taugen nur zum Ausprobieren
check-vm-todo = zum Ausprobieren fahren Sie fort; für den Betrieb nehmen Sie einen echten Rechner
check-nested-vmware = wählen Sie in den CPU-Einstellungen dieser virtuellen Maschine "Virtualize Intel VT-x/EPT or AMD-V/RVI" (ESXi: "Expose hardware assisted virtualization to the guest OS")
check-nested-hyperv = führen Sie auf dem Hyper-V-Host "Set-VMProcessor -VMName NAME -ExposeVirtualizationExtensions $true" aus, während diese virtuelle Maschine aus ist
check-nested-kvm = stellen Sie den CPU-Typ dieser virtuellen Maschine auf "host" und setzen Sie auf ihrem Host nested=1 für kvm_intel oder kvm_amd
check-nested-qemu = geben Sie QEMU eine CPU mit Virtualisierung, etwa "-cpu qemu64,+svm,+npt"
check-nested-xen = setzen Sie für diese virtuelle Maschine nestedhvm=1
check-nested-virtualbox = wählen Sie in den Systemeinstellungen dieser virtuellen Maschine "Enable Nested VT-x/AMD-V"
check-nested-any = schalten Sie für diese virtuelle Maschine ({ $hypervisor }) die verschachtelte Virtualisierung ein

## Die Uhr.

check-clock-good = die Uhr zeigt { $now } (UTC)
check-clock-early = die Uhr zeigt { $now }, doch dieses Abbild wurde am { $image } erstellt
check-clock-late = die Uhr zeigt { $now }, mehr als zehn Jahre nach dem Erstellen dieses Abbilds ({ $image })
check-clock-why = solange sie falsch geht, werden Zertifikate abgelehnt und Protokolle führen in die Irre
check-clock-todo = stellen Sie sie auf der Seite "Zeit" oder lassen Sie NTP sie stellen; meist ist die Batterie auf der Hauptplatine leer

## Das Medium.

check-medium-good = alle Dateien des Mediums sind unversehrt
check-medium-manifest = die Dateiliste des Mediums ist unbrauchbar: { $error }
check-medium-differs = die Datei { $file } ist beschädigt
check-medium-unreadable = die Datei { $file } ist nicht lesbar: { $error }
check-medium-why = was auf dem Medium beschädigt ist, wäre es auch auf dem Host
check-medium-todo = prüfen Sie die Prüfsumme des ISO-Abbilds; schreiben Sie das Medium dann neu oder nehmen Sie ein anderes
check-medium-skipped = die Prüfung wurde übersprungen
check-medium-skipped-todo = holen Sie es nach, wenn die Installation Fehler zeigt

## Namen der Prüfungen (höchstens 18 Zeichen), und Urteile.

check-title-cpu-64bit = 64-Bit-Prozessor
check-title-virtualization = Virtualisierung
check-title-nested-paging = Nested Paging
check-title-iommu = IOMMU
check-title-interrupt-remapping = Interrupts
check-title-memory = Arbeitsspeicher
check-title-disks = Festplatten
check-title-disk-size = Festplattengröße
check-title-block-size = Blockgröße
check-title-large-disk = BIOS und 2 TiB
check-title-nics = Netzwerkkarten
check-title-secure-boot = Secure Boot
check-title-virtual-machine = Art des Rechners
check-title-clock = Uhr
check-title-medium = Medium
check-verdict-fine = gut
check-verdict-note = Hinweis
check-verdict-problem = Problem
check-verdict-unknown = unklar

## Der Hardware-Bericht.

check-report-machine = Rechner
check-report-checks = Prüfungen
check-report-disks = Festplatten
check-report-nics = Netzwerkkarten
check-report-controllers = Controller und Netzwerkgeräte
check-report-none = keine
check-report-unknown-machine = ein Rechner ohne Namen
check-report-bios = über ein klassisches BIOS gestartet
check-report-uefi = über UEFI gestartet
check-report-check = { $name } ({ $verdict }): { $found }
check-report-serial = Seriennummer { $serial }
check-report-unfit = nicht nutzbar: { $reason }
check-report-firn = eine Firn-Installation: { $name }, Version { $version }, Kennung { $id }
check-report-store = Gäste der Firn-Installation { $name }, Kennung { $id }
check-report-empty = leer
check-report-link-at = Verbindung mit { $speed } Mbit/s
check-report-link = Verbindung
check-report-no-link = keine Verbindung
check-report-link-unknown = Verbindung unbekannt
check-report-no-driver = kein Treiber
