### Was firnd antwortet.

firnd-failed = Der Host konnte das nicht ausführen: { $reason }. Mehr steht in seinem Protokoll: journalctl --unit=firnd
firnd-body = Die Anfrage ist nicht lesbar: { $reason }
firnd-no-route = { $method } { $path } gibt es in dieser API nicht.
firnd-forbidden = { $who } darf diese API nicht benutzen: Melden Sie sich als root an.
firnd-too-many = Der Host tut davon { $count } auf einmal und nicht mehr: Versuchen Sie es gleich noch einmal.
firnd-no-task = Den Vorgang { $id } gibt es nicht. Beendete Vorgänge sind nach einem Neustart von firnd vergessen.
firnd-not-cancelled = Der Vorgang { $task } ({ $operation }) lässt sich nicht mehr abbrechen.
firnd-busy = An { $name } arbeitet gerade ein anderer Vorgang, { $task }: Warten Sie sein Ende ab, oder brechen Sie ihn ab.
firnd-no-guest = Einen Gast { $id } gibt es nicht.
firnd-no-action = { $action } gibt es für Gäste nicht.
firnd-changed = { $name } hat sich inzwischen geändert: Sehen Sie ihn sich noch einmal an.
firnd-store-full = Der Speicher ist zu { $percent } % voll und nimmt ab { $limit } % keine Dateien mehr an: Leeren Sie den Papierkorb, oder entfernen Sie Gäste.
firnd-upload-incomplete = Die Datei kam nicht vollständig an und wurde entfernt: { $reason }. Senden Sie sie noch einmal.
firnd-no-upload = Eine hochgeladene Datei { $id } gibt es nicht: Sie wurde verwendet oder ist älter als ein Tag. Senden Sie die Datei noch einmal.
firnd-boot-large = Die Datei ist größer als { $most } MiB und damit weder ein Kernel noch ein Initrd: Nennen Sie eine andere.
firnd-no-nic-number = Der Gast hat keine Netzwerkkarte { $number }.
firnd-fetching = { $name } wird geholt
firnd-fetching-checksums = Die Prüfsumme von { $name } wird geholt
firnd-no-image = Eine Datei { $id } gibt es hier nicht, und der Host kennt kein Abbild dieses Namens; er kennt { $known }. Eine Adresse beginnt mit https:// oder http://.
firnd-least-memory = { $found } MiB Arbeitsspeicher sind zu wenig für { $template }: Es braucht mindestens { $least } MiB.
firnd-seed-mac = Eine feste Adresse braucht die MAC-Adresse der Netzwerkkarte, für die sie gilt: Geben Sie nics[0].mac an.
firnd-no-ip = „{ $text }“ ist keine IP-Adresse.
firnd-no-prefix = In „{ $text }“ fehlt die Länge des Netzpräfixes: Schreiben Sie zum Beispiel 192.0.2.10/24.
firnd-not-restarted = { $name } hat sich beendet und konnte nicht versorgt werden; es wird wieder versucht.
firnd-converter = Das Abbild ließ sich nicht umwandeln: Der Umwandler ist abgestürzt.

# Warum ein Gast in seinem Zustand ist, und warum er keine Adresse hat.
firnd-building = Er wird gestartet.
firnd-crashed = Sein System ist abgestürzt. Sehen Sie auf seine Konsole; dann schalten Sie ihn aus oder starten ihn.
firnd-vanished = Er wurde von außen beendet, wie es `xl destroy` tut; über firnd hat das niemand verlangt. Starten Sie ihn, wann Sie möchten.
firnd-restarting = Er startet neu, wie sein System es verlangt hat.
firnd-ending = Er hat sich beendet; was von ihm übrig ist, wird aufgeräumt.
firnd-no-nic = Er hat keine Netzwerkkarte.
firnd-no-address-yet = Er hat im Netz noch keine Adresse gezeigt: Vielleicht startet er noch, oder er fragt einen DHCP-Server, der nicht antwortet.
firnd-state-unknown = Sein Zustand ist nicht bekannt.
firnd-not-running = Er läuft nicht.
