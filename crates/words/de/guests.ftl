### Gäste: was an einer Anfrage falsch sein kann, was Aufgaben tun, was gefunden wird.

# Namen.
guests-name-empty = Ein Name braucht mindestens einen Buchstaben.
guests-name-long = Der Name hat { $found } Zeichen; { $most } sind möglich.
guests-name-untidy = Der Name „{ $name }“ hat Leerzeichen um sich oder Buchstaben, die nicht zusammengesetzt sind (NFC); schreiben Sie ihn ohne.
guests-name-letter = Der Name „{ $name }“ hat ein „/“ oder ein Zeichen, das man nicht sieht; lassen Sie es weg.
guests-name-begins = Der Name „{ $name }“ beginnt mit „-“ oder „id:“, was für eine Option oder eine Kennung steht; lassen Sie ihn anders beginnen.
guests-name-taken = Es gibt schon einen Gast „{ $name }“; wählen Sie einen anderen Namen. Groß- und Kleinschreibung zählt nicht.
guests-unknown = Es gibt keinen Gast „{ $name }“; „firn guest list“ zeigt alle.
guests-unknown-near = Es gibt keinen Gast „{ $name }“; meinten Sie „{ $near }“?
guests-trash-unknown = Im Papierkorb ist kein Gast „{ $name }“; „firn trash list“ zeigt, was darin ist.
guests-two = Zwei Gäste haben den Namen „{ $name }“; sagen Sie mit der Kennung, welcher gemeint ist, also „id:{ $id }“, und geben Sie einem einen anderen Namen.

# Dateien von Definitionen und Aufgaben.
guests-file = Die Definition { $file } wird nicht benutzt: { $reason }
guests-file-name = Ihr Name ist keine Kennung mit „.toml“. Geben Sie ihr den Namen, den sie hatte.
guests-file-place = Sie hat außerhalb des Papierkorbs ein Feld „deleted“ oder darin keines. Legen Sie sie dorthin zurück, wo sie war.
guests-file-not-text = Sie ist kein Text in UTF-8. Stellen Sie sie aus einer Sicherung wieder her.
guests-file-newer = Sie hat Version { $found }, und dieses Firn kennt Versionen bis { $known }. Aktualisieren Sie den Host.
guests-file-wrong = Zeile { $line }: { $reason }. Berichtigen Sie sie.
guests-file-other-id = Ihr Feld „id“ ist „{ $id }“, und der Dateiname sagt etwas anderes. Berichtigen Sie sie.
guests-file-disks = Zwei ihrer Platten haben dieselbe Nummer oder dasselbe Ziel. Berichtigen Sie sie.
guests-journal-damaged = Die Datei { $file } einer Aufgabe ist beschädigt ({ $reason }). Sehen Sie nach, woran die Aufgabe gearbeitet hat, und entfernen Sie dann die Datei.
guests-journal-unwritten = Der Fortschritt der Aufgabe kann nicht festgehalten werden ({ $reason }). Schaffen Sie Platz auf dem Volume „state“, oder sehen Sie nach seiner Platte.

# Was eine Anfrage verlangen kann.
guests-cpus = { $found } virtuelle CPUs sind nicht möglich: von 1 bis { $most }, so viele, wie der Host hat.
guests-memory-size = { $found } Speicher sind nicht möglich: mindestens { $least }, höchstens { $most }, also alles, was der Host hat.
guests-memory = „{ $name }“ braucht { $need } Speicher, mit dem, was Xen dafür braucht, und { $free } sind frei. Halten Sie einen anderen Gast an, oder geben Sie diesem weniger.
guests-notes-long = Die Notizen haben { $found } Zeichen; { $most } sind möglich.
guests-disk-no-size = Die Platte braucht eine Größe.
guests-disk-image = Die Platte hat { $found }, und das Abbild braucht { $image }. Machen Sie sie größer, oder lassen Sie die Größe weg.
guests-disk-size = Eine Platte mit { $found } ist nicht möglich: mindestens { $least }, höchstens { $most }.
guests-disk-smaller = Die Platte „{ $target }“ hat { $has }; { $found } ist nicht mehr, und Platten werden nicht kleiner.
guests-disks-many = Höchstens { $most } Platten sind auf einmal möglich.
guests-disks-full = „{ $name }“ hat keinen Namen für eine weitere Platte frei. Entfernen Sie erst eine.
guests-no-disk = „{ $name }“ hat keine Platte „{ $target }“, sondern { $has }.
guests-no-removed = Keine Platte Nummer { $number } von „{ $name }“ ist im Papierkorb.
guests-image-no-disk = Das Abbild braucht eine Platte, auf die es geschrieben wird.
guests-store-unknown = Es gibt keinen Speicherort „{ $store }“; „firn store list“ zeigt alle.
guests-store-full = Der Speicherort „{ $store }“ ist zu { $percent } % voll und nimmt keine neue Platte. Den Papierkorb zu leeren schafft bis zu { $trash }.
guests-store-gone = Der Speicherort „{ $store }“ ist nicht da. Sehen Sie mit „firn store list“ nach, und ob seine Platte angeschlossen ist.
guests-network-unknown = Es gibt kein Netz „{ $network }“; „firn network list“ zeigt alle.
guests-network-gone = Das Netz „{ $network }“ ist nicht mehr da. Entfernen Sie die Netzwerkkarte, und fügen Sie eine in einem anderen Netz hinzu.
guests-nics-many = Höchstens { $most } Netzwerkkarten sind möglich.
guests-no-nic = „{ $name }“ hat keine Netzwerkkarte mit der MAC-Adresse { $mac }; „firn guest show“ zeigt, welche es sind.
guests-mac-wrong = „{ $mac }“ ist keine MAC-Adresse einer Netzwerkkarte: sechs Paare von Hexziffern wie 00:16:3e:01:02:03, das erste gerade.
guests-mac-taken = Die MAC-Adresse { $mac } hat schon der Gast „{ $name }“.
guests-mac-twice = Die MAC-Adresse { $mac } ist zweimal angegeben.
guests-nothing-to-start = Es gibt nichts zu starten: Geben Sie ein Abbild, eine CD oder einen Kernel an, oder starten Sie ihn nicht.
guests-cd-needs-pc = Ein Gast, der von einer CD startet, braucht einen ganzen PC (HVM) oder einen Kernel.

# Was der Zustand des Gastes verbietet.
guests-runs = „{ $name }“ läuft schon.
guests-off = „{ $name }“ läuft nicht.
guests-paused = „{ $name }“ ist angehalten. Lassen Sie ihn erst weiterlaufen.
guests-not-paused = „{ $name }“ ist nicht angehalten.
guests-delete-runs = „{ $name }“ läuft. Fahren Sie ihn erst herunter, oder beenden Sie ihn mit „kill“.
guests-protected = „{ $name }“ ist davor geschützt, gelöscht zu werden. Nehmen Sie erst den Schutz weg.
guests-unfinished = Die Aufgabe { $task } an „{ $name }“ ist nicht zu Ende gekommen. Beim nächsten Start von firnd wird sie wieder versucht; „firn task show { $task }“ sagt, warum.

# Was aus einer Aufgabe wird.
guests-no-answer = „{ $name }“ ist in { $seconds } Sekunden nicht zu Ende gekommen. Nichts wurde geändert: Bitten Sie ihn noch einmal, oder beenden Sie ihn mit „kill“.
guests-cancelled = Sie wurde abgebrochen.
guests-interrupted = Sie wurde durch einen Neustart von firnd oder des Hosts unterbrochen und ist rückgängig gemacht.
guests-no-material = Sie wurde unterbrochen, und woraus der Gast gemacht wird, ist nicht mehr da.
guests-crash-kept = Der Gast „{ $name }“ ist abgestürzt und bleibt, wie er war, so ist er eingestellt: Beenden Sie ihn mit „kill“, um seinen Speicher freizugeben, oder starten Sie ihn neu.
guests-crash-often = Der Gast „{ $name }“ ist in { $minutes } Minuten { $times }-mal abgestürzt und wird nicht mehr neu gestartet: Sehen Sie in das Protokoll seiner Konsole, und starten Sie ihn dann.

# Schritte.
guests-step-reserve = Das Volume { $volume } mit { $size } im Speicherort „{ $store }“ anlegen
guests-step-fill-image = Das Abbild auf { $volume } schreiben
guests-step-fill-cd = Das Abbild der CD auf { $volume } schreiben
guests-step-fill-seed = Auf { $volume } schreiben, was cloud-init erfährt
guests-step-settle = { $volume } dem Gast übergeben
guests-step-rename = Das Volume { $from } in { $to } umbenennen
guests-step-remove = Das Volume { $volume } endgültig aus dem Speicherort „{ $store }“ entfernen
guests-step-grow = Das Volume { $volume } auf { $size } vergrößern
guests-step-keep-kernel = Den Kernel für „{ $name }“ aufbewahren
guests-step-keep-ramdisk = Die initrd für „{ $name }“ aufbewahren
guests-step-drop = Kernel oder initrd von „{ $name }“ entfernen
guests-step-define = Die Definition von „{ $name }“ schreiben
guests-step-change = Die Definition von „{ $name }“ ändern
guests-step-bury = Die Definition von „{ $name }“ in den Papierkorb legen
guests-step-unbury = Die Definition von „{ $name }“ aus dem Papierkorb holen
guests-step-forget = Die Definition von „{ $name }“ endgültig entfernen
guests-step-start = „{ $name }“ starten
guests-step-ask-stop = „{ $name }“ bitten, herunterzufahren
guests-step-ask-reboot = „{ $name }“ bitten, neu zu starten
guests-step-wait = Bis zu { $seconds } Sekunden warten, dass „{ $name }“ endet
guests-step-destroy = „{ $name }“ sofort beenden
guests-step-clean = Aufräumen, nachdem „{ $name }“ geendet hat
guests-step-reset = Den Reset-Knopf von „{ $name }“ drücken
guests-step-pause = „{ $name }“ anhalten
guests-step-unpause = „{ $name }“ weiterlaufen lassen
guests-step-memory = „{ $name }“ im Betrieb { $size } Speicher geben
guests-step-cpus = { $cpus ->
    [one] „{ $name }“ im Betrieb eine virtuelle CPU geben
   *[other] „{ $name }“ im Betrieb { $cpus } virtuelle CPUs geben
}
guests-step-attach = „{ $name }“ im Betrieb { $what } geben
guests-step-detach = „{ $name }“ im Betrieb { $what } nehmen

# Was die Prüfung findet.
guests-stray-volume = Das Volume { $volume } im Speicherort „{ $store }“ gehört keinem Gast.
guests-stray-domain = Die Domain „{ $name }“ hat nicht Firn gestartet.
guests-stray-file = Die Datei { $path } gehört keinem Gast.
guests-lacking = „{ $name }“ fehlt eine Platte: Es gibt kein Volume { $volume } im Speicherort „{ $store }“.
