### Antworten: woher sie kommen und ob man ihnen glauben darf.

## Die Kernel-Befehlszeile

answers-place = firn.answers={ $value } ist weder eine URL, die mit http:// oder https:// beginnt, noch label:NAME/Pfad
answers-sha256 = firn.answers-sha256={ $value } ist kein Hash; er hat 64 hexadezimale Ziffern
answers-vlan = firn.vlan={ $value } ist keine Zahl zwischen 1 und 4094
answers-wait = firn.wait={ $value } ist keine Zahl von Sekunden
answers-url-variable = eine Variable { $variable } gibt es nicht, nur ${"{"}mac{"}"}, ${"{"}uuid{"}"}, ${"{"}serial{"}"}, ${"{"}product{"}"} und ${"{"}hostname{"}"}
answers-url-open = { $variable } hört nicht mit {"}"} auf
answers-url-nameless = dieser Rechner hat kein { $variables }; verwenden Sie ${"{"}mac{"}"}
answers-url-placeholder = dieser Rechner hat kein eigenes { $variables }: In seiner Firmware steht { $said } wie bei vielen anderen; verwenden Sie ${"{"}mac{"}"}

## Holen

answers-fetch = { $url }: { $reason }
answers-network-failed = das Netz ließ sich nicht starten: { $reason }
answers-no-address = keine Netzwerkkarte hat innerhalb von { $seconds } s eine Adresse bekommen; prüfen Sie, ob ein Kabel steckt, ob es DHCP oder einen Router gibt, der sich bekannt macht, und ob firn.vlan= stimmt
answers-none-at = der Server hat keine Antworten für diesen Rechner: { $url }
answers-none = der Server hat keine Antworten für diesen Rechner
answers-several = mehrere Dateisysteme mit dem Namen { $label } enthalten verschiedene Antworten, oder eines ist nicht lesbar: { $devices }; lassen Sie nur eines davon im Rechner, oder benennen Sie die übrigen um
answers-trust = die Datei trust.toml auf dem Medium enthält Fehler: { $problems }
answers-trust-unreadable = die Datei trust.toml auf dem Medium lässt sich nicht lesen: { $reason }; schreiben Sie das Medium neu oder nehmen Sie ein anderes

## Glauben

answers-strict = dieses Medium nimmt keine Antworten über einfaches http; nehmen Sie https, signieren Sie die Antworten, oder geben Sie firn.answers-sha256= an
answers-plain = die Antworten kommen über einfaches http, und weder ein Hash noch eine Signatur bürgt für sie; jeder in diesem Netz kann sie verändert haben
answers-plain-password = ein Passwort kam im Klartext über einfaches http; geben Sie seinen Hash als "root-password-hash" an, oder holen Sie die Antworten über https
answers-plain-token = die Kennung für Berichte kam über einfaches http; holen Sie die Antworten über https, oder signieren Sie sie
answers-other-hash = die Datei ist nicht die gemeinte: ihr sha256 ist { $found }, verlangt ist mit firn.answers-sha256= { $wanted }
answers-signature-missing = die Datei ist nicht signiert: unter { $url } gibt es nichts
answers-signature-damaged = die Signatur ist keine von minisign oder beschädigt
answers-signature-key = die Datei ist mit einem anderen Schlüssel signiert als denen auf dem Medium
answers-signature-wrong = die Signatur gehört nicht zu dieser Datei: eine von beiden wurde verändert

## Einmalkennungen

answers-token-local = eine Einmalkennung kann nur der Server zurücknehmen, von dem die Antworten kamen, und diese kamen von keinem; nehmen Sie "any" oder die Kennung des Hosts
answers-token-used = die Einmalkennung wurde schon zurückgegeben oder ist unter { $host } nicht bekannt; mit ihr wird nichts mehr überschrieben
answers-token-refused = { $host } nimmt die Einmalkennung nicht zurück; die Antwort hatte den Status { $status }
answers-token-unasked = ob die Einmalkennung noch gilt, ließ sich nicht erfragen: { $reason }

## Auf diesem Rechner ist schon ein Firn

answers-guard = auf diesem Rechner ist schon ein Firn; er wird von seiner Festplatte gestartet
answers-guard-nvram = die Firmware nimmt den Starteintrag der Festplatte nicht an
answers-guard-order = auf diesem Rechner ist schon ein Firn, der sich von hier nicht starten lässt: { $reason }. Stellen Sie die Festplatte in der Startreihenfolge vor das Netz, oder lassen Sie den Netboot-Server mit --once darauf verzichten
