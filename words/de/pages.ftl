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
page-language-help = Ab jetzt spricht das Installationsprogramm diese Sprache, ebenso die Konsole des fertigen Hosts. Alles lässt sich später ändern.

## Tastatur

page-keyboard-title = Tastatur
page-keyboard-intro = Die Tastatur an diesem Rechner. Der fertige Host verwendet dieselbe.
page-keyboard-intro-serial = Die Tastatur am Bildschirm dieses Rechners. Was Sie hier über die serielle Leitung tippen, richtet sich nach Ihrem eigenen Terminal.
page-keyboard-label = Belegung
page-keyboard-try = Ausprobieren
page-keyboard-no-match = keine Belegung trägt das im Namen; Strg-U leert das Feld
page-keyboard-help-find = Tippen Sie einen Teil des Namens, um eine Belegung zu finden: "ger", "swiss", "dvorak" (die Namen sind englisch). Sie gilt, sobald Sie die Liste verlassen; im Feld darunter lässt sie sich ausprobieren.
page-keyboard-help-serial = Über eine serielle Leitung gilt die Belegung Ihres eigenen Terminals; die Wahl ist für den Bildschirm.

## Prüfung des Rechners

page-checks-title = Dieser Rechner
page-checks-intro = Ob dieser Rechner virtuelle Maschinen gut betreiben kann. Zur markierten Zeile steht unten mehr.
page-checks-fine = gut
page-checks-note = Hinweis
page-checks-problem = Problem
page-checks-unknown = unklar
page-checks-cpu-64bit = 64-Bit-Prozessor
page-checks-virtualization = Virtualisierung
page-checks-nested-paging = Nested Paging
page-checks-iommu = IOMMU
page-checks-memory = Arbeitsspeicher
page-checks-disk-size = Festplatte
page-checks-secure-boot = Secure Boot
page-checks-help-words = "gut": nichts zu tun. "Hinweis": gut zu wissen. "Problem": Firn würde nicht oder schlecht laufen. "unklar": ließ sich nicht feststellen.
page-checks-help-switch = Virtualisierung wird im Setup der Firmware eingeschaltet (F2, Entf oder F10 gleich nach dem Einschalten). Sie heißt dort VT-x oder Intel Virtualization Technology, bei AMD SVM oder AMD-V.
page-checks-help-buttons = "Neu suchen" prüft noch einmal. "Weiter" fragt nach, wenn ein Problem offen ist.

## Festplatte

page-disk-title = Festplatte
page-disk-intro = Firn belegt eine ganze Festplatte. Alles, was jetzt darauf ist, geht verloren; keine andere wird angerührt.
page-disk-help-grey = Graue Festplatten sind nicht verwendbar und nennen den Grund. Das Medium, von dem Sie gestartet haben, gehört dazu.
page-disk-help-contents = Eine Festplatte mit Daten ist verwendbar: Vor dem Schreiben verlangt die Zusammenfassung, dass Sie ihren Namen eintippen. Ein installiertes Firn zeigt seinen Namen und seine Kennung.
page-disk-help-size = Firn braucht 16 GB. Was es nicht selbst braucht, bekommen die Gäste.
page-disk-none = Es wurde keine Festplatte gefunden.
page-disk-none-why = Falls dieser Rechner Festplatten hat: Ein RAID- oder VMD-Modus im Setup der Firmware kann sie verbergen. Ändern Sie ihn dort, oder schließen Sie eine Festplatte an, und suchen Sie neu.
page-disk-none-to-choose = keine Festplatte gefunden; schließen Sie eine an und drücken Sie "Neu suchen"
page-disk-unfit = { $disk } ist nicht verwendbar: { $reason }
page-disk-small = kleiner als { $least }
page-disk-firn = Firn { $name }
page-disk-empty = leer
page-disk-used = enthält andere Daten
page-disk-details = { $path }: { $size }, { $model }
page-disk-details-serial = { $path }: { $size }, { $model }, Seriennummer { $serial }
page-disk-not-usable = nicht verwendbar: { $reason }
page-disk-nothing-on-it = Sie ist leer.
page-disk-firn-details = Ein installiertes Firn: { $name }, Version { $version }, Kennung { $id }. Auch seine Gäste liegen auf dieser Festplatte.
page-disk-more = und { $count } weitere

## Netzwerk

page-network-title = Netzwerk
page-network-intro = Der Anschluss, über den Sie den Host erreichen; auch Gäste können ihn benutzen.
page-network-help-link = Stecken Sie das Kabel ein und sehen Sie auf die Zeile: Die Verbindung zeigt sich nach wenigen Sekunden.
page-network-help-bond = Ein Bond fasst mehrere Anschlüsse zu einem zusammen. LACP braucht einen Switch, der darauf eingestellt ist; active-backup geht mit jedem.
page-network-help-vlan = VLAN: nur, wenn das Verwaltungsnetz am Switch mit einem Tag ankommt; sonst leer lassen.
page-network-port = Verwenden
page-network-one = ein Anschluss
page-network-bond = Bond aus mehreren
page-network-mode = Bond
page-network-vlan-none = keines
page-network-none = Es wurde keine Netzwerkkarte gefunden.
page-network-none-to-choose = keine Netzwerkkarte gefunden; bauen Sie eine ein und drücken Sie "Neu suchen"
page-network-two = ein Bond braucht mindestens zwei Anschlüsse; die Leertaste kreuzt den markierten an
page-network-no-vlan = "{ $text }" ist kein VLAN; gemeint ist eine Zahl von 1 bis 4094 oder nichts
page-network-link = verbunden
page-network-link-at = verbunden, { $speed }
page-network-no-link = keine Verbindung
page-network-looking = wird gesucht...
page-network-no-driver = kein Treiber

## Adressen

page-addresses-title = Adressen
page-addresses-intro = Wie der Host in diesem Netz zu seinen Adressen kommt. Fragen Sie im Zweifel, wer das Netz betreut.
page-addresses-help-static = DHCP holt eine Adresse aus dem Netz, "fest" ist eine, die man Ihnen gegeben hat: mit der Länge ihres Netzes, also etwa 192.0.2.10/24 (255.255.255.0 ist /24).
page-addresses-help-gateway = Das Gateway ist die Adresse des Routers. Es darf leer bleiben, wenn der Host nur sein eigenes Netz erreichen muss.
page-addresses-help-several = Zwischen mehreren DNS-Servern oder Domänen steht ein Leerzeichen.
page-addresses-address = {"  "}Adresse
page-addresses-gateway = {"  "}Gateway
page-addresses-dns = DNS-Server
page-addresses-search = Suchdomänen
page-addresses-dns-given = DNS-Server dürfen leer bleiben, wo DHCP oder der Router sie nennt.
page-addresses-both-off = ohne IPv4 und IPv6 könnte niemand den Host erreichen
page-addresses-no-ip = "{ $text }" ist keine IP-Adresse
page-addresses-no-address = "{ $text }" ist keine { $family }-Adresse
page-addresses-foreign-gateway = { $gateway } ist kein anderer Rechner im Netz von { $network }

## Name des Hosts

page-host-name-title = Hostname
page-host-name-intro = Wie der Host heißt, mit seiner Domäne, falls er eine hat.
page-host-name-help = Der Name steht in der Eingabezeile, in Protokollen und überall, wo mehrere Hosts zu sehen sind. Er lässt sich später ändern.
page-host-name-label = Name
page-host-name-rules = Buchstaben, Ziffern, Bindestriche und Punkte, zum Beispiel xen1.example.net. Der Teil vor dem ersten Punkt ist der Rufname des Hosts.
page-host-name-empty = geben Sie dem Host einen Namen

## Zeit

page-time-title = Zeit
page-time-intro = Wo der Rechner steht, und wer ihm die Uhrzeit sagt.
page-time-help-zone = Tippen Sie eine Stadt oder ein Land (englisch), um die Zeitzone zu finden. Gäste behalten ihre eigene.
page-time-help-ntp = Protokolle und Zertifikate brauchen die richtige Zeit. Von DHCP: was das Netz nennt, sonst öffentliche Server.
page-time-zone = Zeitzone
page-time-ntp = Uhr gestellt
page-time-dhcp = von DHCP
page-time-own = eigene Server
page-time-none = von niemandem
page-time-servers = NTP-Server
page-time-no-match = keine Zeitzone trägt das im Namen; Strg-U leert das Feld
page-time-no-server = nennen Sie mindestens einen Server, oder nehmen Sie die Zeit von DHCP

## Anmeldung

page-login-title = Anmeldung
page-login-intro = Wie Sie sich am Host als root anmelden. Ein Passwort gilt am Bildschirm und über das Netz, ein Schlüssel nur über das Netz (ssh). Eines von beiden genügt.
page-login-help-password = Das Passwort ist für root, den Verwalter; es wird zweimal verlangt, weil es nicht zu sehen ist.
page-login-help-key = Ein SSH-Schlüssel ist sicherer. Fügen Sie die Zeile über eine serielle Leitung ein, oder vergeben Sie jetzt ein Passwort und tragen den Schlüssel später nach.
page-login-password = Passwort
page-login-again = Noch einmal
page-login-key = SSH-Schlüssel
page-login-key-example = z. B. ssh-ed25519 AAAA... Name
page-login-key-alone = Allein mit Schlüssel kann sich niemand am Bildschirm anmelden. Fällt das Netz aus, führt nur die Rettungs-Shell dieses Mediums zurück.
page-login-rules = Mindestens { $least } Zeichen. Ein Schlüssel ist eine Zeile, wie in einer Datei, die auf .pub endet.
page-login-nothing = geben Sie ein Passwort, einen Schlüssel oder beides an; sonst käme niemand hinein
page-login-differ = die beiden Passwörter sind nicht gleich
page-login-short = das Passwort ist kürzer als { $least } Zeichen

## Zusammenfassung

page-summary-title = Zusammenfassung
page-summary-intro = Lesen Sie das noch einmal durch. Auf und Ab bewegen den Text.
page-summary-help = Oben steht, was verloren geht. "Zurück" ändert etwas, alle Eingaben bleiben. "Installieren" beginnt sofort.
page-summary-help-confirm = Eine Festplatte mit Daten wird erst überschrieben, wenn Sie hier ihren Namen eingetippt haben; bei einem installierten Firn sind es die ersten acht Zeichen seiner Kennung.
page-summary-confirm = Damit Firn zerstören darf, was mit "!" markiert ist, tippen Sie hier { $names } ein.
page-summary-type = Eintippen
page-summary-not-confirmed = um das Zerstören zu erlauben, tippen Sie ein: { $names }
page-summary-place = Tastatur { $keyboard }, Zeitzone { $zone }, Uhr { $clock }
page-summary-clock-dhcp = nach DHCP gestellt
page-summary-clock-none = von keinem Server gestellt
page-summary-clock-by = gestellt von { $servers }
page-summary-gateway = Gateway { $list }
page-summary-dns = DNS { $list }
page-summary-search = Suchdomänen { $list }
page-summary-in-spite = es geht weiter trotz: { $names }
page-summary-problems = So lässt sich nicht installieren. Gehen Sie zurück und ändern Sie:

## Fortschritt

page-progress-title = Installation läuft
page-progress-help = Hier ist nur zu warten. Schlägt etwas fehl, bleibt die Festplatte lieber unstartbar als halb installiert.
page-progress-beginning = Es geht los
page-progress-step = Schritt { $n } von { $of }:
page-progress-time = { $gone } vergangen. Bitte den Rechner nicht ausschalten.
page-progress-time-left = { $gone } vergangen, noch etwa { $left }. Bitte den Rechner nicht ausschalten.

## Das Ende

page-ends-help = Links und Rechts wählen eine Schaltfläche, Enter drückt sie.
page-done-title = Fertig
page-done-installed = { $name } ist installiert
page-done-took = in { $time }
page-done-find = Nach dem Neustart finden Sie ihn unter
page-done-no-address = Seine Adresse zeigt er nach dem Start auf seinem Bildschirm.
page-done-medium = Eine CD wird beim Neustart ausgeworfen. Einen Stick ziehen Sie ab oder lassen ihn stecken: Sein Startmenü bietet die erste Festplatte an.
page-failed-title = Die Installation ist fehlgeschlagen
page-failed-command = Befehl
page-failed-ended = Er endete mit { $status } und sagte zuletzt:
page-failed-undone = Rückgängig gemacht
page-failed-left = Festplatte
page-failed-todo = Was zu tun ist
page-failed-what = Fehler
page-failed-step = Schritt

## Eine andere Konsole

page-in-use-title = Die Installation läuft woanders
page-in-use-by = Jemand bedient sie gerade an { $console }. Um hier weiterzumachen, warten Sie, bis dort alles fertig ist.
page-in-use-done = { $name } ist installiert.
page-in-use-nothing-yet = Noch wird nichts geschrieben.
