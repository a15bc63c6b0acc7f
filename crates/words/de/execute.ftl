### What an installation does, what goes wrong, and what becomes of it.

# The steps.
execute-step-prepare = Abbild und Festplatte werden geprüft
execute-step-partition = Die Partitionen werden angelegt
execute-step-esp = Die EFI-Systempartition wird angelegt
execute-step-slot = Das System wird kopiert
execute-step-lvm = Die Volumes werden angelegt
execute-step-state = Die Einstellungen werden geschrieben
execute-step-boot = Der Bootloader wird installiert
execute-step-finish = Die Festplatte wird startfähig gemacht

# What goes wrong; sentences without a full stop, a reason may follow.
execute-command-failed = das Programm { $program } endete mit { $status }: { $last }
execute-command-silent = das Programm { $program } endete mit { $status }
execute-command-killed = das Programm { $program } wurde von außen beendet ({ $status })
execute-command-missing = das Programm { $program } ließ sich nicht starten: { $reason }
execute-disk-in-use = { $disk } lässt sich nicht exklusiv zum Schreiben öffnen
execute-disk-changed = { $disk } hat jetzt { $found } Byte, geplant wurde mit { $planned }: Bitte die Festplatten neu suchen
execute-disk-swapped = { $disk } ist jetzt eine andere Festplatte: Ihre Seriennummer ist { $found }, geplant wurde mit { $planned }. Bitte die Festplatten neu suchen
execute-disk-unknown = { $disk } ist vielleicht eine andere Festplatte geworden: Sie hat keine eigene Seriennummer, und Modell, Anschluss oder Inhalt sind nicht mehr wie bei der Planung. Bitte die Festplatten neu suchen
execute-disk-gone = { $disk } ist nicht mehr da: Schließen Sie die Festplatte wieder an oder wählen Sie eine andere
execute-partitions-not-taken = Der Kernel übernimmt die neuen Partitionen von { $disk } nicht
execute-no-device = Das Gerät { $device } erscheint nicht
execute-medium-incomplete = { $file } fehlt: Dieses Installationsmedium ist unvollständig
execute-medium-damaged = { $file } ist beschädigt ({ $why }): Bitte das Installationsmedium neu erstellen
execute-medium-gone = { $file } ist nicht lesbar; ist das Installationsmedium noch da?
execute-manifest-incomplete = { $file } nennt { $name } nicht: Das Installationsmedium ist beschädigt
execute-wrong-size = { $found } Byte statt { $expected }
execute-wrong-checksum = die Prüfsumme stimmt nicht

# What does not stop an installation.
execute-no-address = Das Netzwerk hat noch keine Adresse vergeben: Bitte Kabel, Switch und DHCP-Server prüfen
execute-no-boot-entry = Die Firmware nimmt keinen Starteintrag an ({ $reason }); sie findet die Festplatte über ihren Standardpfad
execute-no-boot-next = Die Firmware nimmt die Festplatte nicht als nächstes Startlaufwerk an: Bitte vor dem Neustart das Installationsmedium entfernen oder die Festplatte im Bootmenü der Firmware wählen

# What was undone.
execute-undone-mounts = die neuen Dateisysteme ausgehängt
execute-undone-volumes = die neuen Volumes freigegeben
execute-undone-boot-code = den Startcode entfernt
execute-undone-loaders = die EFI-Bootloader entfernt
execute-undone-mark = die Festplatte als unfertig gekennzeichnet
execute-undone-store-marks = die weiteren Festplatten als unfertig gekennzeichnet
execute-undone-not-kept = doch die Festplatte hat das nicht behalten: Das Geschriebene lässt sich nicht zurücklesen
execute-not-undone = nicht gelungen: { $what } ({ $reason })

# In which state the disk is.
execute-left-untouched = Auf { $disk } wurde nichts geschrieben: Sie ist, wie sie war.
execute-left-wiped = { $disk } ist gelöscht, hat keine Partitionstabelle, und nichts startet davon.
execute-left-unfinished = { $disk } enthält eine unfertige Installation, von der nichts startet. Sie ist so gekennzeichnet und gilt als leer.
execute-left-stores = { $disks }: ebenfalls unfertig und für die nächste Installation leer.
execute-left-unknown = { $disk } enthält eine unfertige Installation, und nicht alles ließ sich rückgängig machen: Starten Sie den Rechner nicht davon.

# What to do next.
execute-todo-disk-errors = { $disk } meldet Fehler beim Lesen oder Schreiben: Prüfen Sie Kabel und Zustand (smartctl, das Werkzeug des Controllers), tauschen Sie die Festplatte aus oder installieren Sie auf einer anderen.
execute-todo-full = Der Platz reichte nicht: Installieren Sie auf einer größeren Festplatte als { $disk }.
execute-todo-killed = Versuchen Sie es noch einmal. Geschieht es wieder, hat der Rechner vielleicht zu wenig Arbeitsspeicher: Das Kernelprotokoll (dmesg) zeigt es.
execute-todo-medium = Erstellen Sie das Installationsmedium neu oder nehmen Sie einen anderen Stick oder ein anderes Laufwerk und starten Sie erneut davon.
execute-todo-busy = Finden Sie heraus, was { $disk } benutzt (RAID, Volume-Gruppe, eingehängtes Dateisystem), und beenden Sie es oder starten Sie den Rechner neu; dann versuchen Sie es noch einmal.
execute-todo-other = Versuchen Sie es noch einmal. Geschieht es wieder, sichern Sie das Support-Paket oder das Protokoll (/run/firn/install.log) und melden Sie den Fehler.

execute-doing = { $verb ->
    [changing] beim Ändern
    [copying] beim Kopieren
    [formatting] beim Formatieren
    [making] beim Anlegen
    [marking] beim Markieren
    [opening] beim Öffnen
    [reading] beim Lesen
    [wiping] beim Löschen
   *[writing] beim Schreiben
}: { $what }
execute-thing = { $what ->
    [table] die Partitionstabelle
    [mbr] der schützende MBR
    [boot-code] der Startcode
    [core] GRUBs core.img
   *[size] die Größe der Festplatte
}
execute-exit-status = Exit-Status { $code }
execute-signal = Signal { $signal }
