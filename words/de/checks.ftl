### Die Prüfungen der Hardware: was gefunden wurde, warum es zählt, was zu tun ist; jeweils ein Satz ohne Punkt.

check-unknown = ließ sich nicht feststellen: { $reason }

check-64bit-yes = ein 64-Bit-Prozessor: { $model }
check-64bit-no = kein 64-Bit-Prozessor: { $model }
check-64bit-why = Xen läuft nur auf 64-Bit-Prozessoren
check-64bit-todo = nehmen Sie einen Rechner mit 64-Bit-Prozessor

check-vt-on = die Virtualisierung des Prozessors (VT-x oder AMD-V) ist eingeschaltet
check-vt-off = die Virtualisierung (VT-x oder AMD-V) ist in der Firmware ausgeschaltet
check-vt-off-todo = schalten Sie Intel VT-x oder AMD SVM im BIOS- oder UEFI-Setup ein und starten Sie neu
check-vt-absent = der Prozessor hat keine Virtualisierung (VT-x oder AMD-V)
check-vt-absent-todo = nehmen Sie einen Rechner, dessen Prozessor VT-x oder AMD-V hat
check-vt-absent-nested-todo = schalten Sie für diese virtuelle Maschine ({ $hypervisor }) die verschachtelte Virtualisierung ein
check-vt-unknown-todo = sehen Sie im BIOS- oder UEFI-Setup nach
check-vt-why = ohne sie läuft der Host zwar, kann aber weder PVH- noch HVM-Gäste starten

check-paging-yes = der Prozessor hat Nested Paging (EPT oder NPT)
check-paging-no = der Prozessor hat kein Nested Paging (EPT oder NPT)
check-paging-why = Gäste wären langsam und ohne Sicherheitspflege
check-paging-todo = nehmen Sie einen neueren Prozessor
check-paging-not-looked = nicht geprüft, da die Virtualisierung fehlt
check-paging-both = Gäste brauchen beides
check-paging-see = siehe Virtualisierung
check-paging-needed = Gäste brauchen es
check-paging-unknown-todo = fahren Sie fort und sehen Sie, ob ein Gast startet

check-iommu-yes = die Firmware beschreibt eine IOMMU
check-iommu-no = keine IOMMU, oder sie ist in der Firmware ausgeschaltet
check-iommu-why = nur wer PCI-Geräte an Gäste geben will, braucht sie
check-iommu-todo = schalten Sie dafür VT-d oder AMD-Vi im BIOS- oder UEFI-Setup ein
check-iommu-unknown-todo = nichts

check-memory-found = { $mib } MiB Arbeitsspeicher
check-memory-least = Firn braucht mindestens 1 GiB (1024 MiB)
check-memory-todo = bauen Sie mehr Arbeitsspeicher ein
check-memory-little = unter 4 GiB bleibt wenig für Gäste übrig
check-memory-if-you-can = bauen Sie nach Möglichkeit mehr Arbeitsspeicher ein

check-disk-none = keine Festplatte für die Installation
check-disk-none-why = Firn braucht eine Festplatte für sich
check-disk-none-todo = schließen Sie eine Festplatte an, oder schalten Sie ihren Controller im BIOS- oder UEFI-Setup ein
check-disk-small = die größte Festplatte ist { $disk }
check-disk-small-why = Firn braucht eine Festplatte mit mindestens { $least }
check-disk-small-todo = schließen Sie eine größere Festplatte an
check-disk-large = groß genug: { $disk }

check-secure-boot-off = Secure Boot ist aus
check-secure-boot-on = Secure Boot ist eingeschaltet
check-secure-boot-why = Xen startet unter Secure Boot nicht
check-secure-boot-todo = schalten Sie es im UEFI-Setup aus und starten Sie neu
check-secure-boot-unknown-todo = sehen Sie im UEFI-Setup nach

## Warum eine Festplatte nie das Ziel sein kann.

check-unfit-medium = das Installationsmedium
check-unfit-cd = ein CD-Laufwerk
check-unfit-floppy = ein Diskettenlaufwerk
check-unfit-nbd = ein Netzwerk-Blockgerät
check-unfit-answers = darauf liegen die Antworten ({ $label })
check-unfit-mounted = eingehängt unter { $place }
check-unfit-in-use = in Gebrauch durch { $user }
check-unfit-read-only = schreibgeschützt
check-unfit-no-medium = kein Medium im Laufwerk
check-unfit-raid = gehört zum RAID { $name }
check-unfit-multipath = ein weiterer Weg zu { $disk }

## Was auf einer Festplatte liegt.

check-holds-system = das System { $name }
check-holds-lvm = ein LVM-Volume
check-holds-lvm-of = ein LVM-Volume der Gruppe „{ $group }“
check-holds-linux-raid = Mitglied eines Linux-RAIDs
check-holds-firmware-raid = Mitglied eines Firmware-RAIDs ({ $format })
check-holds-encrypted = ein verschlüsseltes Volume (LUKS)
check-holds-zfs = Mitglied eines ZFS-Pools
check-holds-partition = eine Partition mit { $size }
check-holds-table = eine Partitionstabelle ({ $kind }) ohne Partitionen
check-holds-unknown = Daten unbekannter Art im ersten MiB
check-holds-unreadable = etwas, das sich nicht lesen lässt ({ $reason })
