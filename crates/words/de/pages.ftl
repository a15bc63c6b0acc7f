### Die Seiten des Installationsprogramms, in ihrer Reihenfolge.

page-example = z. B. { $text }
page-type-to-find = zum Suchen tippen
page-no-name = ohne Namen
page-static = fest
page-automatic = automatisch
page-off = aus

## Sprache

page-language-title = Willkommen bei Firn
page-language-short = Willkommen
page-language-intro = Firn macht aus diesem Rechner einen Xen-Host: ein kleines System, das nichts anderes tut, als virtuelle Maschinen zu betreiben. Nach wenigen Fragen installiert es sich in einigen Minuten selbst. Geschrieben wird erst, wenn Sie auf der letzten Seite zustimmen.
page-language-no-answers = Dieser Rechner sollte ohne Fragen installiert werden, aber der Server hat keine Antworten für ihn: { $url }
page-language-help = Ab jetzt spricht das Installationsprogramm diese Sprache, ebenso die Konsole des fertigen Hosts. Alles lässt sich später ändern.

## Tastatur

page-keyboard-title = Tastatur
page-keyboard-intro = Die Tastatur an diesem Rechner. Der fertige Host verwendet dieselbe.
page-keyboard-intro-serial = Die Tastatur am Bildschirm dieses Rechners. Was Sie hier über die serielle Leitung tippen, richtet sich nach Ihrem eigenen Terminal.
page-keyboard-label = Belegung
page-keyboard-try = Ausprobieren
page-keyboard-no-match = keine Belegung heißt so; Strg-U leert das Feld
page-keyboard-help-find = Tippen Sie einen Teil des Namens, um eine Belegung zu finden: "deutsch", "schweiz", "dvorak". Sie gilt, sobald Sie die Liste verlassen; im Feld darunter lässt sie sich ausprobieren.
page-keyboard-help-serial = Über eine serielle Leitung gilt die Belegung Ihres eigenen Terminals; die Wahl hier gilt am Bildschirm.

## Menü

page-menu-title = Was soll geschehen?
page-menu-help = "Firn installieren" stellt Fragen und zeigt, was geschehen würde; geschrieben wird erst nach der letzten Seite. Auch die anderen Punkte ändern ohne Ihre Bestätigung nichts auf einer Festplatte. "Shell" öffnet eine Befehlszeile; "exit" führt hierher zurück.
page-menu-install = Firn installieren
page-menu-install-what = diesen Rechner zum Xen-Host machen
page-menu-drivers = Treiber laden
page-menu-drivers-what = von einem Stick oder einer zweiten CD
page-menu-repair = Host reparieren
page-menu-repair-what = Startmenü, Netz, Passwort, Protokolle
page-menu-hardware = Hardware-Bericht
page-menu-hardware-what = was in diesem Rechner gefunden wurde
page-menu-support = Support-Paket
page-menu-support-what = alles, womit man Ihnen helfen kann
page-menu-shell = Shell
page-menu-shell-what = eine Befehlszeile, für Fachleute

## Treiber laden

page-drivers-title = Treiber laden
page-drivers-intro = Kernelmodule (.ko) und Debian-Pakete (.deb), die auf Sticks und CDs gefunden wurden. Bitte Stick einstecken oder CD einlegen, dann neu suchen.
page-drivers-help = Ein Treiber muss für den Kernel dieses Installationsmediums gebaut sein. Ist er geladen, wird die Hardware noch einmal untersucht, damit neue Festplatten und Netzwerkkarten erscheinen.
page-drivers-help-host = Auch der installierte Host bekommt den Treiber und lädt ihn beim Start.
page-drivers-looking = Treiber werden gesucht
page-drivers-none = Auf keinem Stick und keiner zweiten CD wurde ein Treiber gefunden.
page-drivers-loading = Der Treiber wird geladen
page-drivers-now = Jetzt gibt es { $disks ->
    [one] eine Festplatte
   *[other] { $disks } Festplatten
} und { $nics ->
    [one] eine Netzwerkkarte
   *[other] { $nics } Netzwerkkarten
}.

## Reparieren

page-repair-title = Installierten Host reparieren
page-repair-intro = Die installierten Hosts auf den Festplatten dieses Rechners. Die Festplatten der Gäste bleiben immer unberührt.
page-repair-help = Eine Reparatur ändert nur die eigenen Partitionen des Hosts: seine Startdateien und Einstellungen. Die Festplatten seiner Gäste werden weder geöffnet noch beschrieben.
page-repair-none = Auf keiner Festplatte wurde ein installierter Host gefunden.
page-repair-host = { $name }, Version { $version }, Kennung { $id }, auf { $disk }
page-repair-which = { $name } auf { $disk }. Die Festplatten der Gäste bleiben unberührt.
page-repair-boot = Startmenü und Starteinträge neu schreiben
page-repair-boot-what = Für einen Host, der nicht startet: Bootloader für BIOS und UEFI, Startmenü und der Eintrag in der Firmware werden neu angelegt.
page-repair-network = Netzwerkeinstellungen zurücksetzen
page-repair-network-what = Für einen Host, der nicht erreichbar ist: Sein Verwaltungsnetz bekommt wieder DHCP, über die unten markierte Netzwerkkarte.
page-repair-password = Passwort von root setzen
page-repair-password-what = Für einen Host, der keine Anmeldung annimmt. Mindestens 8 Zeichen.
page-repair-logs = Protokolle ansehen
page-repair-logs-what = Die letzten Zeilen, die der Host geschrieben hat. Nichts wird geändert.
page-repair-support = Support-Paket
page-repair-support-what = Einstellungen und Protokolle des Hosts, ohne geheime Daten, auf einem Stick; oder das Wichtigste davon als kurzer Text.
page-repair-boot-then = Bootloader, Startmenü und Starteintrag der Firmware von { $name } werden auf { $disk } neu geschrieben. Seine Einstellungen und die Festplatten seiner Gäste bleiben, wie sie sind.
page-repair-network-then = { $name } bekommt neue Netzwerkeinstellungen: DHCP und automatisches IPv6 auf { $nic }, ohne Bond und VLAN, ab dem nächsten Start. Die Festplatten seiner Gäste bleiben, wie sie sind.
page-repair-leave = Nicht ändern
page-repair-write = Schreiben
page-repair-running = Die Reparatur läuft

## Etwas zu lesen

page-report-title = Bericht
page-report-help = Mit Auf, Ab, Bild auf und Bild ab blättern Sie. Esc führt zurück.
page-report-hardware = Was in diesem Rechner gefunden wurde.

## Wohin speichern

page-save-title = Speichern
page-save-answers = Die Antworten als Datei: Damit wird ein solcher Host ohne Fragen installiert; über den fertigen Host nur, wenn wipe darin dessen Kennung nennt. Das Passwort steht nur als Hash darin.
page-save-support = Alles, womit man Ihnen helfen kann: was gefunden wurde, das Protokoll, der Plan. Passwörter sind nicht darin.
page-save-help = Stecken Sie einen USB-Stick mit FAT oder ext4 ein und suchen Sie dann neu. Vorhandene Dateien bleiben erhalten. "Hier zeigen" zeigt den Text auf diesem Bildschirm.
page-save-looking = Sticks werden gesucht
page-save-no-stick = Es gibt keinen beschreibbaren Stick. Stecken Sie einen ein und suchen Sie neu.
page-save-saving = Es wird gespeichert
page-save-saved = Gespeichert als { $file } auf { $stick }.
page-save-saved-how = Für eine Installation ohne Fragen nennen Sie die Datei answers.toml und den Stick FIRNANSWERS.

## Prüfung des Rechners

page-checks-title = Dieser Rechner
page-checks-intro = Ob dieser Rechner virtuelle Maschinen gut betreiben kann. Zur markierten Zeile steht unten mehr.
page-checks-reading = Das Medium wird gelesen, { $percent } %; Esc bricht ab
page-checks-help-words = "gut": nichts zu tun. "Hinweis": gut zu wissen. "Problem": Firn würde nicht oder schlecht laufen. "unklar": ließ sich nicht feststellen.
page-checks-help-switch = Virtualisierung wird im Firmware-Setup eingeschaltet (F2, Entf oder F10 gleich nach dem Einschalten). Sie heißt dort VT-x oder Intel Virtualization Technology, bei AMD SVM oder AMD-V.
page-checks-help-buttons = "Medium prüfen" vergleicht das Installationsmedium mit seinen Prüfsummen. "Neu suchen" prüft noch einmal. "Weiter" fragt nach, wenn ein Problem offen ist.

## Festplatte

page-disk-title = Festplatte
page-disk-intro = Firn belegt eine ganze Festplatte. Alles, was jetzt darauf ist, geht verloren; keine andere wird angerührt, die Sie nicht selbst nennen.
page-disk-help-grey = Graue Festplatten sind nicht nutzbar; der Grund steht dabei. Auch das Installationsmedium gehört dazu.
page-disk-help-contents = Eine Festplatte mit Daten ist nutzbar: Vor dem Schreiben verlangt die Zusammenfassung, dass Sie ihren Namen eintippen. Eine Firn-Installation zeigt ihren Namen und ihre Kennung.
page-disk-help-size = Firn braucht 16 GB. Was es nicht selbst braucht, bekommen die Gäste.
page-disk-none = Es wurde keine Festplatte gefunden.
page-disk-unlisted = Die Festplatten lassen sich nicht auflisten: { $reason }.
page-disk-unlisted-why = Sehen Sie in der Rettungs-Shell nach, was lsblk sagt, und suchen Sie noch einmal.
page-disk-unread = nicht zu untersuchen
page-disk-none-why = Falls dieser Rechner Festplatten hat: Ein RAID- oder VMD-Modus im Firmware-Setup kann sie verbergen. Ändern Sie ihn dort oder schließen Sie eine Festplatte an; suchen Sie dann neu.
page-disk-none-to-choose = keine Festplatte gefunden; schließen Sie eine an und drücken Sie "Neu suchen"
page-disk-unfit = { $disk } ist nicht nutzbar: { $reason }
page-disk-small = kleiner als { $least }
page-disk-blocks = 4Kn: kein BIOS-Start
page-disk-firn = Firn { $name }
page-disk-empty = leer
page-disk-used = enthält andere Daten
page-disk-details = { $path }: { $size }, { $model }
page-disk-details-serial = { $path }: { $size }, { $model }, Seriennummer { $serial }
page-disk-not-usable = nicht nutzbar: { $reason }
page-disk-nothing-on-it = Sie ist leer.
page-disk-firn-details = Eine Firn-Installation: { $name }, Version { $version }, Kennung { $id }. Auch ihre Gäste liegen auf dieser Festplatte.
page-disk-more = und { $count } weitere

## Speicher für Gäste

page-storage-title = Speicher für Gäste
page-storage-short = Speicher
page-storage-intro = Wo die Festplatten der virtuellen Maschinen liegen: auf dem Rest der Festplatte des Hosts und auf weiteren, wenn Sie welche ankreuzen.
page-storage-help-kind = LVM thin ist schnell, beherrscht Schnappschüsse, und die Festplatte eines Gasts belegt nur, was sie wirklich braucht. Dateien lassen sich leichter kopieren, sind aber langsamer.
page-storage-help-further = Die Leertaste kreuzt eine Festplatte an. Alle angekreuzten und der Rest der Festplatte des Hosts werden zu einem Speicher: Fällt eine aus, ist der ganze Speicher verloren. Was jetzt darauf ist, geht verloren.
page-storage-kind = Ablegen als
page-storage-files = Dateien
page-storage-thin-what = Schnell, mit Schnappschüssen. Für die meisten das Richtige.
page-storage-files-what = Eine Datei je Festplatte, leicht zu kopieren.
page-storage-further = Weitere Festplatten für Gäste
page-storage-no-other = Dieser Rechner hat keine weitere Festplatte.
page-storage-holds-firn = enthält Firn
page-storage-holds-guests = enthält Gäste von "{ $name }"
page-storage-blocks = Blöcke von { $has } Byte, die des Hosts hat { $wants }
page-storage-only-empty = nicht leer

## Netzwerk

page-network-title = Netzwerk
page-network-intro = Die Netzwerkkarte, über die Sie den Host erreichen; auch Gäste können sie benutzen.
page-network-help-link = Stecken Sie das Kabel ein und beobachten Sie die Zeile: Die Verbindung zeigt sich nach wenigen Sekunden.
page-network-help-blink = Welche Netzwerkkarte ist welche? "Blinken lassen" oder die Taste B lässt die Lämpchen der markierten 15 Sekunden lang blinken, wenn ihr Treiber das kann. Oder ziehen Sie das Kabel und beobachten Sie die Zeile.
page-network-help-bond = Ein Bond fasst mehrere Netzwerkkarten zu einer zusammen. LACP braucht einen Switch, der darauf eingestellt ist; active-backup geht mit jedem.
page-network-help-vlan = VLAN: nur, wenn der Switch das Verwaltungsnetz mit einem Tag liefert; sonst leer lassen.
page-network-port = Verwenden
page-network-one = eine Karte
page-network-bond = Bond aus mehreren
page-network-mode = Bond
page-network-vlan-none = keines
page-network-none = Es wurde keine Netzwerkkarte gefunden.
page-network-blinking = Die Lämpchen von { $nic } blinken jetzt: Sehen Sie hinten am Rechner nach.
page-network-none-to-choose = keine Netzwerkkarte gefunden; bauen Sie eine ein und drücken Sie "Neu suchen"
page-network-two = ein Bond braucht mindestens zwei Netzwerkkarten; die Leertaste kreuzt an
page-network-no-vlan = "{ $text }" ist kein VLAN; gemeint ist eine Zahl von 1 bis 4094 oder nichts
page-network-link = verbunden
page-network-link-at = verbunden, { $speed }
page-network-no-link = keine Verbindung
page-network-looking = wird gesucht...
page-network-no-driver = kein Treiber

## Adressen

page-addresses-title = Adressen
page-addresses-intro = Wie der Host in diesem Netz zu seinen Adressen kommt. Fragen Sie im Zweifel, wer das Netz betreut.
page-addresses-help-static = DHCP holt eine Adresse aus dem Netz, "fest" ist eine, die man Ihnen gegeben hat: mit der Präfixlänge, also etwa 192.0.2.10/24 (255.255.255.0 ist /24).
page-addresses-help-gateway = Das Gateway ist die Adresse des Routers. Es darf leer bleiben, wenn der Host nur sein eigenes Netz erreichen muss.
page-addresses-help-several = Zwischen mehreren DNS-Servern oder Domänen steht ein Leerzeichen.
page-addresses-help-test = "Testen" richtet kurz ein, was hier steht, und probiert es aus: die Adresse, das Gateway, DNS (macht aus Namen Adressen) und NTP (gibt die Uhrzeit). Sie können derweil weiterarbeiten; eine Änderung beendet den Test.
page-addresses-address = {"  "}Adresse
page-addresses-gateway = {"  "}Gateway
page-addresses-dns = DNS-Server
page-addresses-search = Suchdomänen
page-addresses-dns-given = DNS-Server dürfen leer bleiben, wo DHCP oder der Router sie nennt.
page-test-address = Adresse
page-test-gateway = Gateway
page-test-dns = DNS (Namen)
page-test-ntp = NTP (Uhrzeit)
page-test-running = Test läuft...
page-addresses-both-off = ohne IPv4 und IPv6 könnte niemand den Host erreichen
page-addresses-no-ip = "{ $text }" ist keine IP-Adresse
page-addresses-no-address = "{ $text }" ist keine { $family }-Adresse

## Name des Hosts

page-host-name-title = Hostname
page-host-name-intro = Wie der Host heißt, mit seiner Domäne, falls er eine hat.
page-host-name-help = Der Name steht in der Eingabeaufforderung, in Protokollen und überall, wo mehrere Hosts zu sehen sind. Er lässt sich später ändern.
page-host-name-label = Name
page-host-name-rules = Buchstaben, Ziffern, Bindestriche und Punkte, zum Beispiel xen1.example.net. Der Teil vor dem ersten Punkt ist der Kurzname des Hosts.
page-host-name-empty = geben Sie dem Host einen Namen

## Zeit

page-time-title = Zeit
page-time-intro = Wo der Rechner steht und woher er die Uhrzeit bekommt.
page-time-help-zone = Tippen Sie eine Stadt oder ein Land, um die Zeitzone zu finden. Gäste behalten ihre eigene.
page-time-help-ntp = Protokolle und Zertifikate brauchen die richtige Zeit. Von DHCP: was das Netz nennt, sonst öffentliche Server. Von Hand: Später stellt niemand die Uhr nach.
page-time-help-clock = Um die Uhr dieses Rechners jetzt zu stellen, wählen Sie "von Hand" und tippen Datum und Uhrzeit der markierten Zeitzone ein, zum Beispiel 2026-11-23 16:30.
page-time-zone = Zeitzone
page-time-ntp = Zeitquelle
page-time-dhcp = von DHCP
page-time-own = eigene Server
page-time-none = von Hand
page-time-there = Uhrzeit dort
page-time-clock-what = Nur wenn die Zeit oben falsch ist, sonst leer lassen.
page-time-is-set = Die Uhr ist gestellt.
page-time-clock = Uhr stellen
page-time-setting = Die Uhr wird gestellt
page-time-servers = NTP-Server
page-time-no-match = keine Zeitzone heißt so; Strg-U leert das Feld
page-time-no-server = nennen Sie mindestens einen Server oder nehmen Sie die Zeit von DHCP

## Anmeldung

page-login-title = Anmeldung
page-login-intro = Wie Sie sich am Host als root anmelden. Ein Passwort gilt am Bildschirm und über das Netz, ein Schlüssel nur über das Netz (ssh). Eines von beiden genügt.
page-login-help-password = Das Passwort ist für root, den Verwalter; es wird zweimal verlangt, weil es nicht zu sehen ist.
page-login-help-key = Ein SSH-Schlüssel ist sicherer. Fügen Sie seine Zeile ein (aus einer Datei, die auf .pub endet) oder tippen Sie eine Webadresse wie https://git.example.net/name.keys; Enter nimmt ihn auf. "Schlüssel vom Stick" sucht auf allen Sticks nach Dateien mit der Endung .pub und nach authorized_keys.
page-login-help-remove = Jeder Schlüssel zeigt seine Art, seinen Namen und zum Vergleichen seinen Fingerabdruck. Entf nimmt den markierten wieder heraus.
page-login-password = Passwort
page-login-again = Noch einmal
page-login-key = Neuer Schlüssel
page-login-key-example = ssh-ed25519 AAAA... Name oder https://...
page-login-fetching = Schlüssel werden geholt
page-login-no-stick = Es gibt weder einen USB-Stick noch eine zweite CD. Stecken Sie den Stick mit den Schlüsseln ein und versuchen Sie es noch einmal.
page-login-fetched = { $count ->
    [one] Ein Schlüssel wurde gefunden.
   *[other] { $count } Schlüssel wurden gefunden.
}
page-login-lacks = { $count ->
    [one] noch ein Zeichen
   *[other] noch { $count } Zeichen
}
page-login-same = beide gleich
page-login-weak = leicht zu erraten
page-login-fair = mäßig
page-login-good = gut
page-login-strong = stark
page-login-key-alone = Ohne Passwort kann sich niemand am Bildschirm anmelden. Fällt das Netz aus, hilft nur noch die Rettungs-Shell des Installationsmediums.
page-login-rules = Mindestens { $least } Zeichen. Ein Schlüssel ist eine Zeile, wie in einer Datei, die auf .pub endet.
page-login-nothing = geben Sie ein Passwort, einen Schlüssel oder beides an; sonst käme niemand hinein
page-login-differ = die beiden Passwörter sind nicht gleich
page-login-short = das Passwort ist kürzer als { $least } Zeichen

## Zusammenfassung

page-summary-title = Zusammenfassung
page-summary-intro = Lesen Sie das noch einmal durch. Mit Auf und Ab blättern Sie.
page-summary-help = Oben steht, was verloren geht. Mit "Zurück" ändern Sie etwas, alle Eingaben bleiben erhalten. "Installieren" beginnt sofort.
page-summary-help-confirm = Eine Festplatte mit Daten wird erst überschrieben, wenn Sie hier ihren Namen eingetippt haben; bei einer Firn-Installation sind es die ersten acht Zeichen ihrer Kennung.
page-summary-help-save = "Antworten sichern" schreibt Ihre Antworten in eine Datei auf einem USB-Stick oder zeigt sie: Damit wird ein solcher Host ohne Fragen installiert. Das Passwort steht nur als Hash darin.
page-summary-confirm = Damit Firn zerstören darf, was mit "!" markiert ist, tippen Sie hier { $names } ein.
page-summary-type = Eintippen
page-summary-not-confirmed = um die Zerstörung zu erlauben, tippen Sie ein: { $names }
page-summary-place = Tastatur { $keyboard }, Zeitzone { $zone }, Uhr { $clock }
page-summary-clock-dhcp = über DHCP gestellt
page-summary-clock-none = von keinem Server gestellt
page-summary-clock-by = gestellt von { $servers }
page-summary-gateway = Gateway { $list }
page-summary-dns = DNS { $list }
page-summary-search = Suchdomänen { $list }
page-summary-in-spite = es geht weiter trotz: { $names }
page-summary-problems = So lässt sich nicht installieren. Gehen Sie zurück und ändern Sie:

## Fortschritt

page-progress-title = Installation läuft
page-progress-help = Jetzt heißt es warten. Schlägt etwas fehl, bleibt die Festplatte lieber nicht startfähig als halb installiert.
page-progress-beginning = Es geht los
page-progress-step = Schritt { $n } von { $of }:
page-progress-time = { $gone } vergangen. Bitte den Rechner nicht ausschalten.
page-progress-time-left = { $gone } vergangen, noch etwa { $left }. Bitte den Rechner nicht ausschalten.

## Das Ende

page-ends-help = Links und Rechts wählen eine Schaltfläche, Enter löst sie aus.
page-done-title = Fertig
page-done-installed = { $name } ist installiert
page-done-took = in { $time }
page-done-find = Nach dem Neustart erreichen Sie den Host von einem anderen Rechner aus mit
page-done-no-address = Seine Adresse zeigt der Host nach dem Start auf seinem Bildschirm.
page-done-medium = { $kind ->
    [cd] Die CD wird beim Neustart ausgeworfen.
    [stick] Ziehen Sie den Stick beim Neustart ab oder lassen Sie ihn stecken: Sein Startmenü bietet die erste Festplatte an.
   *[network] Dieser Rechner wurde aus dem Netz gestartet: Stellen Sie in der Bootreihenfolge die Festplatte vor das Netz.
}
page-failed-title = Die Installation ist fehlgeschlagen
page-failed-command = Befehl
page-failed-ended = Er endete mit { $status } und meldete zuletzt:
page-failed-undone = Rückgängig gemacht
page-failed-left = Festplatte
page-failed-todo = Was zu tun ist
page-failed-what = Fehler
page-failed-step = Schritt

## Eine andere Konsole

page-in-use-title = Die Installation läuft woanders
page-in-use-by-screen = Jemand bedient sie gerade an Bildschirm und Tastatur dieses Rechners. Um hier weiterzumachen, warten Sie, bis dort alles fertig ist.
page-in-use-by-serial = Jemand bedient sie gerade über die serielle Leitung { $console }. Um hier weiterzumachen, warten Sie, bis dort alles fertig ist.
page-in-use-done = { $name } ist installiert.
page-in-use-nothing-yet = Noch wird nichts geschrieben.
