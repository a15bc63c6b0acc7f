### Abbilder von Platten, die von außen kommen: warum eines nicht genommen wird, und wie die Platte eines Gasts startet.

## Die Datei

image-cancelled = Die Arbeit wurde abgebrochen.
image-empty = Die Datei ist leer.
image-unreadable = Das Abbild war nicht zu lesen: { $reason }.
image-unwritable = Die Platte war nicht zu beschreiben: { $reason }.
image-unknown = Die Datei ist kein Abbild einer Platte: Sie hat weder den Kopf von qcow2, VMDK oder VHDX noch eine Partitionstabelle oder ein Dateisystem. Wurde sie heruntergeladen, ist sie vielleicht eine Webseite.
image-foreign = Die Datei ist { $what }; das nimmt Firn nicht. Wandeln Sie sie vorher um: qemu-img convert -O qcow2 DATEI NEU.qcow2, oder packen Sie sie aus.
image-is-cd = Die Datei ist eine CD, nicht das Abbild einer Platte. Legen Sie den Gast mit --iso an.
image-cut-off = Die Datei endet mitten im Abbild. Kopieren oder laden Sie sie noch einmal.
image-damaged-header = Das Abbild ist beschädigt: Sein Kopf ergibt keinen Sinn. Kopieren oder laden Sie es noch einmal.
image-damaged = Das Abbild ist beschädigt: Seine Tabellen zeigen dorthin, wo nichts ist, oder zweimal auf dieselbe Stelle. Kopieren oder laden Sie es noch einmal.
image-damaged-data = Das Abbild ist beschädigt: { $reason }. Kopieren oder laden Sie es noch einmal.
image-marked-damaged = Das Abbild ist als beschädigt gekennzeichnet. Reparieren Sie es dort, woher es kommt, mit qemu-img check -r all DATEI.
image-not-opened = Das Abbild ließ sich nicht als das öffnen, was sein Kopf sagt: { $reason }
image-too-large = Das Abbild ist eine Platte von { $size }; genommen werden höchstens { $largest }.
image-no-room = Das Abbild ist eine Platte von { $size }; im Speicher sind noch { $free } frei.
image-disk-too-small = Das Abbild ist eine Platte von { $size }; die Platte des Gasts hat { $disk }.

## Was eine andere Datei nennen könnte

image-backing-file = Das Abbild ist nur der Unterschied zu einer anderen Datei ({ $name }), die Firn nie öffnet. Machen Sie es vorher vollständig: qemu-img convert -O qcow2 DATEI NEU.qcow2.
image-external-data = Das Abbild hat seine Daten in einer anderen Datei, die Firn nie öffnet. Machen Sie es vorher vollständig: qemu-img convert -O qcow2 DATEI NEU.qcow2.
image-encrypted = Das Abbild ist verschlüsselt. Entschlüsseln Sie es vorher mit qemu-img convert.
image-qcow2-version = Das Abbild ist qcow2 der Version { $version }; Firn liest die Versionen 2 und 3.
image-qcow2-features = Das Abbild benutzt Eigenschaften von qcow2, die Firn nicht kennt: Ein neueres QEMU hat es gemacht.
image-vmdk-descriptor = Das Abbild ist eine VMDK aus mehreren Dateien. Machen Sie vorher eine daraus: qemu-img convert -O qcow2 DATEI NEU.qcow2.
image-vmdk-kind = Das Abbild ist eine VMDK der Art „{ $kind }“; Firn liest monolithicSparse und streamOptimized. Wandeln Sie es vorher um: qemu-img convert -O qcow2 DATEI NEU.qcow2.
image-vhdx-parent = Das Abbild ist nur der Unterschied zu einer anderen VHDX, die Firn nie öffnet. Vereinigen Sie vorher beide mit Merge-VHD von Hyper-V.
image-vhdx-open = Das Abbild wurde nicht geschlossen: In seinem Protokoll warten Änderungen. Starten Sie den Gast, dem es gehört, und fahren Sie ihn herunter, oder exportieren Sie die Platte neu.

## OVA

image-ova-path = Das Archiv hat ein Mitglied mit einem Pfad im Namen ({ $name }), wie es keine OVA hat. Es kann ein Angriff sein.
image-ova-no-file = Das Archiv hat ein Mitglied, das keine Datei ist ({ $name }), wie es keine OVA hat. Es kann ein Angriff sein.
image-ova-many = Das Archiv hat mehr als { $most } Mitglieder, so viele hat keine OVA.
image-ova-no-description = Das Archiv ist keine OVA: Es enthält keine .ovf-Datei. Packen Sie es aus, und geben Sie das Abbild der Platte an.
image-ova-no-disk = Die OVA enthält keine Platte, die Firn lesen kann.
image-ova-disks = Die OVA hat { $count } Platten, Firn nimmt eine. Packen Sie sie aus, und geben Sie jede Platte als eigenes Abbild an.

## Gepackte Abbilder

image-packed-again = Was in der Datei gepackt ist, ist selbst gepackt. Packen Sie sie einmal aus, und geben Sie das Ergebnis an.
image-packed-format = In der Datei ist VMDK oder VHDX gepackt; gepackt werden nur rohe Abbilder und qcow2 genommen. Packen Sie sie vorher aus.
image-packed-damaged = Die Datei lässt sich nicht bis zum Ende auspacken: { $reason }. Kopieren oder laden Sie sie noch einmal.
image-unpacks-to-more = Beim Auspacken der Datei kommt mehr heraus, als ihre Platte hat.

## Prüfsummen

image-checksum-odd = „{ $text }“ ist keine Prüfsumme: nötig sind die 64 Ziffern einer SHA-256 oder die 128 einer SHA-512.
image-checksum-not-listed = Die Liste der Prüfsummen hat keine von { $name }.
image-checksum-wrong = Die Datei ist nicht die gemeinte: Ihre Prüfsumme ist { $found }, sie müsste { $expected } sein. Laden Sie sie noch einmal.

## Dateien aus dem Netzwerk

image-fetch-address = „{ $url }“ ist keine Adresse einer Datei: nötig ist eine, die mit https:// oder http:// beginnt.
image-fetch-login = Die Adresse enthält Zugangsdaten, die jeder Benutzer des Hosts sähe: Laden Sie die Datei herunter, und nennen Sie ihren Namen.
image-fetch-large = { $url } ist größer als die { $most }, für die Platz ist: Leeren Sie den Papierkorb, entfernen Sie Gäste, oder nehmen Sie ein kleineres Abbild.
image-fetch-unknown = Der Server von { $url } ist nicht bekannt: Prüfen Sie seinen Namen, und ob der Host einen Nameserver hat (resolvectl).
image-fetch-unreachable = Der Server von { $url } ist nicht erreichbar: Prüfen Sie, ob der Host einen Weg ins Netzwerk hat, und versuchen Sie es noch einmal.
image-fetch-cut = { $url } hat zu früh geendet; was ankam, wurde entfernt. Versuchen Sie es noch einmal.
image-fetch-status = Der Server gibt { $url } nicht heraus: Er antwortet { $status }. Prüfen Sie die Adresse, oder versuchen Sie es später noch einmal.
image-fetch-slow = Der Server von { $url } antwortet nicht, oder eine Minute lang kam nichts von ihm. Versuchen Sie es später noch einmal.
image-fetch-certificate = Dem Zertifikat des Servers von { $url } ist nicht zu trauen: Prüfen Sie, ob die Uhr des Hosts richtig geht, oder nehmen Sie eine andere Adresse.
image-fetch-failed = { $url } ließ sich nicht holen: { $reason }.
image-fetch-no-checksums = { $name } wurde nicht geholt, weil die Prüfsumme nicht zu bekommen war: { $reason } Sie lässt sich auch angeben: --checksum sha256:…

## Die ersten Angaben an den Gast

image-seed-user = „{ $name }“ kann kein Benutzername sein: Er beginnt mit einem Kleinbuchstaben, geht mit Kleinbuchstaben, Ziffern, - und _ weiter und hat höchstens 32 Zeichen.
image-seed-no-address = Die Adressen sollen fest sein, aber keine ist angegeben.
image-seed-prefix = { $address } hat keine mögliche Präfixlänge: Hinter dem Schrägstrich steht 1 bis { $most }.
image-seed-gateway = { $gateway } kann nicht das Gateway sein: Der Gast hat keine Adresse dieser Familie oder schon ein anderes Gateway davon.

## Das Starten; was auf „er startet als HVM, denn“ folgt

image-hvm-not-looked = seine Platte war nicht anzusehen: { $reason }
image-hvm-no-grub = seine Platte hat keine /boot/grub/grub.cfg, die der PVH-Lader sucht
image-hvm-no-kernel = seine Platte hat neben GRUBs Konfiguration keine eines Linux-Kerns, die sagen würde, ob er als PVH startet
image-hvm-kernel = sein Kern { $kernel } kann nicht als PVH starten (CONFIG_PVH ist nicht gesetzt)

## Programme

image-program = { $program } ist gescheitert: { $reason }
image-list = Die Liste der bekannten Abbilder ist nicht zu lesen: { $reason }.
