### Was der Befehl `firn` über Gäste und ihren Host sagt.

## firnd ist nicht erreichbar oder sagt etwas Seltsames

command-absent = firnd läuft hier nicht: an { $path } hört niemand zu; systemctl status firnd sagt, warum, und firn --host root@NAME fragt einen anderen Host
command-forbidden = der Socket von firnd, { $path }, gehört root; rufen Sie dies als root auf
command-socket = firnd ist über { $path } nicht zu erreichen: { $reason }
command-ssh = ssh, das zu { $host } führt, lässt sich nicht starten: { $reason }
command-ssh-ended = ssh zu { $host } endete, bevor firnd geantwortet hat; was ssh oder firn dort gesagt hat, steht darüber
command-lost = die Verbindung zu firnd ist abgerissen: { $reason }; journalctl -u firnd sagt, was daraus geworden ist
command-silent = firnd nimmt die Verbindung an, antwortet aber nicht; sehen Sie in journalctl -u firnd nach
command-odd = die Antwort von firnd ist nicht zu lesen: { $reason }; firn und firnd sind vielleicht verschiedene Versionen
command-file-broke = die Datei ließ sich nicht ganz übertragen: { $reason }; sehen Sie nach, ob ein anderes Programm sie ändert, und versuchen Sie es noch einmal
command-interrupted = abgebrochen
command-refused = firnd hat dies mit dem Status { $status } ({ $title }) abgelehnt und sagt nicht mehr dazu; sehen Sie in journalctl -u firnd nach

## Was dieses Programm selbst sagt

command-error = Fehler: { $text }
command-only-here = dieser Befehl arbeitet ohne firnd und sorgt für den Host, auf dem er läuft; rufen Sie ihn dort auf: ssh { $host } firn …
command-output = die Ausgabe lässt sich nicht schreiben: { $reason }
command-nothing = hier heißt nichts { $name }
command-nothing-meant = hier heißt nichts { $name }; meinten Sie { $meant }?
command-several = { $name } ist nicht eindeutig; nennen Sie eines davon: { $ids }
command-name-taken = es gibt schon einen Gast mit dem Namen { $name }; wählen Sie einen anderen
command-no-disk = { $name } hat keine Platte { $disk }; seine Platten: { $disks }
command-no-nic = { $name } hat keine Netzwerkkarte { $nic }; firn guest show { $word } zeigt, welche er hat
command-option = { $found } ist nicht verständlich; hinter dem Komma steht nur { $name }=…
command-nic-network = das Netz fehlt; firn network list zeigt, welche es gibt

command-no-file = es gibt keine Datei { $file }
command-no-text = { $file } ist keine Textdatei
command-no-regular-file = { $file } ist keine Datei, die sich übertragen lässt; nennen Sie ein Plattenabbild
command-checksum-of-file = --checksum ist für ein Abbild, das der Host holt, und { $file } ist eine Datei hier: Vergleichen Sie sie mit sha256sum
command-file = { $file } lässt sich nicht lesen: { $reason }
command-key-file = --ssh-key { $file }: { $reason }
command-no-key = in der Datei steht kein Schlüssel
command-password-file = --password-file { $file }: { $reason }
command-password-hash = aus dem Passwort lässt sich kein Hash bilden: { $reason }

## Fortschritt

command-queued = wartet auf eine andere Aufgabe
command-step = Schritt { $step } von { $steps }: { $doing }
command-sending = { $file } wird übertragen ({ $size })
command-begun = die Aufgabe { $id } erledigt das; firn task wait { $id } wartet auf ihr Ende
command-goes-on = die Aufgabe läuft weiter; firn task wait { $id } wartet auf sie, firn task cancel { $id } beendet sie
command-task-cancelled = die Aufgabe { $id } für { $name } wurde abgebrochen; was sie begonnen hatte, ist zurückgenommen
command-task-ended = { $operation } { $name }: { $stage }
command-waiting-address = wartet, bis { $name } im Netz zu hören ist, höchstens { $limit }

## Was getan ist

command-done-start = { $name } läuft
command-done-stop = { $name } ist heruntergefahren
command-done-kill = { $name } ist aus
command-done-restart = { $name } startet neu
command-done-pause = { $name } ist angehalten; mit firn guest unpause { $word } läuft er weiter
command-done-unpause = { $name } läuft weiter
command-done-delete = { $name } liegt im Papierkorb; firn trash restore { $word } holt ihn zurück
command-done-change = { $name } ist geändert
command-done-pending = { $name } ist geändert; beim nächsten Start: { $fields }
command-done-restore = { $name } ist wieder da; firn guest start { $word } startet ihn
command-done-empty = endgültig gelöscht; { $size } sind wieder frei
command-done-create = { $name } ist angelegt; firn guest start { $word } startet ihn
command-answers = { $name } läuft und antwortet unter { $address }
command-answers-user = { $name } läuft und antwortet unter { $address }; Anmeldung mit: ssh { $user }@{ $address }
command-silent-address = { $name } läuft, aber von seiner Adresse { $address } war in { $limit } nichts zu hören; firn guest show { $word } zeigt, wenn es so weit ist
command-no-address = { $name } läuft, aber keine Adresse von ihm ist bekannt. { $why } firn guest show { $word } zeigt, wenn es eine gibt.
command-ended-soon = { $name } wurde angelegt und gestartet, läuft aber nicht mehr. { $why }
command-made = { $name } ist angelegt, ließ sich aber nicht starten; firn guest start { $word } versucht es noch einmal, firn guest delete { $word } entfernt ihn
command-no-reason = Der Grund ist nicht bekannt.
command-no-login = Hinweis: an diesem Gast kann sich niemand anmelden, es sei denn, das Abbild hat selbst ein Konto; --ssh-key und --password-file geben ihm eines
command-plan = { $name } anzulegen hieße:
command-nothing-done = nichts ist getan
command-sure = Endgültig löschen: { $names }? Das gibt { $size } frei. [j/N]
command-say-yes = dies löscht endgültig, und es gibt kein Terminal, um zu fragen; fügen Sie --yes hinzu

## Listen

command-no-guests = Es gibt noch keine Gäste; firn guest create --help sagt, wie man einen anlegt.
command-no-tasks = Es gibt keine Aufgaben.
command-trash-is-empty = Der Papierkorb ist leer.
command-head-name = NAME
command-head-id = ID
command-head-state = ZUSTAND
command-head-cpus = CPUS
command-head-memory = SPEICHER
command-head-disks = PLATTEN
command-head-address = ADRESSE
command-head-operation = AUFGABE
command-head-guest = GAST
command-head-stage = STAND
command-head-begun = BEGONNEN
command-head-by = VON
command-head-kind = ART
command-head-size = GRÖSSE
command-head-used = BELEGT
command-head-full = VOLL
command-head-bridge = BRÜCKE
command-head-system = SYSTEM
command-template = { $title }: { $cpus } CPUs, { $memory } MiB Arbeitsspeicher (mindestens { $least }), eine Platte mit { $disk } GiB. Zahlen: { $source }. Gelaufen: { $ran }
command-head-deleted = GELÖSCHT

command-state-running = läuft
command-state-stopped = aus
command-state-suspended = eingefroren
command-state-paused = angehalten
command-state-crashed = abgestürzt
command-state-unknown = unbekannt
command-state-since = { $state } seit { $since }
command-stage-queued = wartet
command-stage-running = bei { $percent } %
command-stage-done = fertig
command-stage-failed = gescheitert
command-stage-cancelled = abgebrochen

## Ein Gast, eine Aufgabe

command-label-state = Zustand
command-label-why = Warum
command-label-task = Aufgabe
command-label-addresses = Adressen
command-label-cpus = CPUs
command-label-memory = Speicher
command-label-pending = Beim nächsten Start
command-label-disks = Platten
command-label-nics = Netzwerkkarten
command-label-template = Vorlage
command-label-autostart = Autostart
command-label-protected = Geschützt
command-label-created = Angelegt
command-label-notes = Notizen
command-label-stage = Stand
command-label-doing = Tut gerade
command-label-begun = Begonnen
command-label-ended = Beendet
command-label-by = Von

command-none = keine
command-none-why = keine. { $reason }
command-no = nein
command-task-doing = { $id }: { $doing }
command-up-to = { $now }, ohne Neustart bis { $most }
command-address = { $address }  (Karte { $nic }, { $source })
command-source-neighbour = vor { $age } im Netz gesehen
command-source-agent = vor { $age } von einem Agenten im Gast gemeldet
command-source-fixed = beim Anlegen vergeben
command-disk = { $target }  { $size } in { $store }
command-disk-used = { $target }  { $size } in { $store }, { $used } belegt
command-nic = { $number }  { $network }  { $mac }
command-autostart = ja, an Stelle { $order }
command-autostart-delay = ja, an Stelle { $order }; der nächste { $delay } später
command-protected = ja; nach firn guest protect { $word } --off lässt er sich löschen

## Ereignisse

command-event-snapshot = { $guests ->
    [one] ein Gast
   *[other] { $guests } Gäste
}, { $tasks ->
    [one] eine laufende Aufgabe
   *[other] { $tasks } laufende Aufgaben
}
command-event-guest = Gast { $name }: { $state }
command-event-gone = Gast { $name }: gelöscht
command-event-begun = begonnen
command-event-task = Aufgabe { $id } ({ $operation } { $name }): { $stage }
