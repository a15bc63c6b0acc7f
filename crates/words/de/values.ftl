### Was an einem einzelnen Wert nicht stimmt; ein Satz ohne Punkt.

value-did-you-mean = ; meinten Sie { $word }?
value-write = ; schreiben Sie { $value }
value-decimal = { $whole },{ $tenth } { $unit }

## Namen und Adressen

value-name-localhost = { $name } nennt jeder Rechner sich selbst
value-name-number = { $name } ist eine Zahl und kein Name; beginnen Sie mit einem Buchstaben
value-name-number-last = { $name } endet mit der Zahl { $last } wie eine Adresse; lassen Sie den letzten Teil mit einem Buchstaben beginnen
value-name-empty = "" ist kein Name; er sieht so aus: "xen1.example.net"
value-name-long = { $name } ist länger als 253 Zeichen
value-name-dot = { $name } endet mit einem Punkt; schreiben Sie { $bare }
value-name-dots = in { $name } steht zwischen zwei Punkten nichts
value-name-character = { $name } enthält { $character }, erlaubt sind nur Buchstaben ohne Umlaute, Ziffern und Bindestriche{ $hint }
value-name-letter = { $name } enthält { $character }, erlaubt sind nur die Buchstaben a bis z, Ziffern und Bindestriche; andere Buchstaben schreibt man als "xn--…"
value-label-long = { $label } in { $name } ist länger als 63 Zeichen
value-label-hyphen = { $label } in { $name } beginnt oder endet mit einem Bindestrich
value-mac = { $mac } ist keine MAC-Adresse; sie sieht so aus: "52:54:00:12:34:56"
value-ip = { $address } ist keine IP-Adresse
value-net-shape = { $text } ist keine Adresse mit Präfixlänge; sie sieht so aus: { $example }
value-net-prefix-missing = bei { $text } fehlt die Präfixlänge; schreiben Sie { $whole }
value-net-prefix = die Präfixlänge in { $text } liegt nicht zwischen 1 und { $bits }
value-net-network = { $text } ist die Adresse des Netzes selbst; geben Sie die Adresse des Hosts an
value-net-broadcast = { $text } ist die Broadcast-Adresse des Netzes; geben Sie die Adresse des Hosts an
value-net-link-local = { $text } reicht nur bis ans Ende des Kabels (link-local), und so eine Adresse gibt sich der Host ohnehin; geben Sie eine Adresse des Netzes an, etwa "2001:db8::10/64"
value-give-host = ; geben Sie die Adresse des Hosts an
value-give-gateway = ; geben Sie die Adresse des Routers an
value-give-server = ; geben Sie die Adresse des Servers an
value-ip-unspecified = { $address } steht für gar keine Adresse{ $hint }
value-ip-zero = { $address } beginnt mit 0, was bei keinem Rechner vorkommt{ $hint }
value-ip-loopback = { $address } nennt jeder Rechner sich selbst{ $hint }
value-ip-multicast = { $address } ist eine Multicast-Adresse, die viele Rechner gemeinsam haben{ $hint }
value-ip-reserved = { $address } liegt in 240.0.0.0/4, was bei keinem Rechner vorkommt{ $hint }
value-ip-mapped = { $address } ist eine IPv4-Adresse in der Schreibweise von IPv6; schreiben Sie { $bare }
value-gateway-own = { $gateway } ist die Adresse des Hosts selbst und kein Gateway
value-gateway-foreign = { $gateway } liegt nicht im Netz von { $network }; wenn der Provider das Gateway dort hat, schreiben Sie die Adresse des Hosts als { $alone }
value-gateway-network = { $gateway } ist die Adresse des Netzes von { $network } selbst; geben Sie die Adresse des Routers an
value-gateway-broadcast = { $gateway } ist die Broadcast-Adresse des Netzes von { $network }; geben Sie die Adresse des Routers an
value-server-own = { $server } ist die Adresse des Hosts selbst, auf dem kein solcher Server läuft; geben Sie die eines anderen Rechners an
value-server-off = { $server } ist nicht erreichbar, denn { $family } ist abgeschaltet; geben Sie einen Server der anderen Art an
value-twice = { $value } steht zweimal in der Liste; lassen Sie es einmal stehen
value-search-root = "." ist die Wurzel aller Domains, in der kein kurzer Name zu finden ist; lassen Sie sie weg
value-search-service = { $name } beginnt mit einem Unterstrich wie ein Dienst, nicht wie eine Domain mit Rechnern; schreiben Sie { $domain }
value-ntp-word = { $word } ist kein Server; es steht allein und nicht in einer Liste: ntp = { $word }

## Anmelden

value-password-empty = das Passwort ist leer
value-password-long = das Passwort ist länger als 255 Byte
value-password-control = das Passwort enthält ein Zeichen, das man nicht tippen kann
value-hash-empty = der Hash ist leer; `mkpasswd` erzeugt einen
value-hash-locked = der Hash beginnt mit "!" oder "*" und sperrt damit das Passwort von root; geben Sie ihn ohne dieses Zeichen an oder lassen Sie den Schlüssel weg
value-hash-line = das ist eine Zeile aus /etc/shadow; geben Sie an, was zwischen ihren ersten beiden Doppelpunkten steht
value-hash-kind = der Hash ist weder yescrypt ($y$...) noch sha512-crypt ($6$...); `mkpasswd` erzeugt einen
value-hash-broken = der Hash ist unvollständig; kopieren Sie ihn noch einmal und setzen Sie ihn in einfache Anführungszeichen
value-hash-rounds = hinter "rounds=" steht im Hash etwas anderes als eine Zahl von 1000 bis 999999999, also würde nie ein Passwort passen; `mkpasswd` erzeugt einen neuen
value-hash-parameters = die Parameter oder das Salt des yescrypt-Hashs nimmt crypt(3) nicht an, also würde nie ein Passwort passen; kopieren Sie ihn noch einmal oder erzeugen Sie mit `mkpasswd` einen neuen
value-hash-costly = der Hash verlangt so viel Rechenzeit oder Speicher, dass eine Anmeldung nie zu Ende käme; `mkpasswd` erzeugt einen neuen
value-key-private = das ist ein privater Schlüssel; gebraucht wird der öffentliche, die Datei mit der Endung .pub
value-key-ppk = das ist ein privater Schlüssel von PuTTY (.ppk); öffnen Sie ihn in PuTTYgen und kopieren Sie die Zeile für authorized_keys, oder lassen Sie sie von `puttygen DATEI -O public-openssh` ausgeben
value-key-ssh2 = das ist ein öffentlicher Schlüssel im Format von PuTTY und RFC 4716; `ssh-keygen -i -f DATEI` gibt ihn als eine Zeile aus
value-key-pem = das ist ein öffentlicher Schlüssel in PEM; `ssh-keygen -i -m { $form } -f DATEI` gibt ihn als eine Zeile aus
value-key-lines = { $key } hat mehr als eine Zeile; geben Sie jeden Schlüssel einzeln an
value-key-wrapped = { $key } ist ein einziger Schlüssel, der auf { $count } Zeilen umbrochen ist; schreiben Sie ihn in eine Zeile
value-key-character = { $key } enthält ein Zeichen ({ $code }), das OpenSSH nicht liest; tippen Sie die Leerzeichen neu
value-key-comment = { $key } ist ein Kommentar, denn die Zeile beginnt mit "#"; entfernen Sie das Zeichen oder die ganze Zeile
value-key-quote = in { $key } wird ein Anführungszeichen vor dem Schlüssel nie geschlossen
value-key-stray = in { $key } steht { $word } vor dem Schlüssel, wo es nicht hingehört; entfernen Sie es und schreiben Sie Optionen als ein Wort mit Kommas und ohne Leerzeichen
value-key-option = in { $key } steht { $word } vor dem Schlüssel, eine Option, die OpenSSH nicht kennt, sodass es den Schlüssel übergeht; entfernen Sie es{ $hint }
value-key-option-value = { $key } hat eine Option { $name }, mit der OpenSSH den Schlüssel ablehnt: { $reason }
value-key-unquoted = ihr Wert muss in doppelten Anführungszeichen stehen, { $name }="..."
value-key-twice = sie ist zweimal angegeben
value-key-principals = sie gilt nur zusammen mit "cert-authority"
value-key-value = { $value } ist hier nicht gültig; es sieht so aus: { $example }
value-key-from-empty = vor oder hinter einem Komma steht nichts
value-key-from-network = { $piece } ist kein Netz, denn hinter dem Präfix sind Bits gesetzt; es sieht so aus: "192.0.2.0/24"
value-key-from-names = zu { $value } passt keine Adresse, und Namen löst OpenSSH hier nicht auf; geben Sie Adressen oder Netze an
value-key-known-hosts = { $key } ist eine Zeile aus known_hosts, der Schlüssel eines Rechners; geben Sie den Schlüssel einer Person an, ohne Rechnernamen davor
value-key-typeless = bei { $key } fehlt der Typ vor den Daten; das ist ein Wort wie "ssh-ed25519" oder "ssh-rsa"
value-key-broken = { $key } ist unvollständig; kopieren Sie den Schlüssel noch einmal, in einer Zeile
value-key-longer = hinter den Daten von { $key } steht mehr, als zum Schlüssel gehört; kopieren Sie den Schlüssel noch einmal
value-key-other-type = { $key } nennt einen Typ, die Daten dahinter einen anderen, { $inner }; kopieren Sie den Schlüssel noch einmal
value-key-wrong = die Daten von { $key } können kein Schlüssel sein, mindestens ein Zeichen ist falsch; kopieren Sie den Schlüssel noch einmal
value-key-rsa = { $key } ist ein RSA-Schlüssel mit { $bits } Bit; erlaubt sind { $least } bis { $most }, erzeugen Sie mit `ssh-keygen -t ed25519` einen neuen
value-key-certificate = { $key } ist ein Zertifikat, das authorized_keys nicht annimmt; geben Sie den öffentlichen Schlüssel selbst an, oder den der Zertifizierungsstelle mit cert-authority davor
value-key-dsa = { $key } ist ein DSA-Schlüssel, den OpenSSH nicht mehr annimmt
value-key-type = { $key } ist kein SSH-Schlüssel; er beginnt mit "ssh-ed25519", "ssh-rsa" oder "ecdsa-sha2-nistp256"{ $hint }
value-keys-no-shell = jedem der Schlüssel ist ein Befehl aufgezwungen und es gibt kein Passwort, also bekäme niemand eine Shell; fügen Sie einen Schlüssel ohne "command=" oder ein Passwort hinzu

## Das Web, und wem man dort traut

value-url = { $url } ist keine URL; sie sieht so aus: "https://server.example.net/pfad"
value-url-user = in der URL darf weder Benutzername noch Passwort stehen, denn sie wird angezeigt
value-pin = { $pin } ist kein Pin; er besteht aus "sha256//" und 44 Zeichen Base64, wie curl ihn bei --pinnedpubkey erwartet
value-signing-key = { $key } ist kein öffentlicher Schlüssel von minisign; er steht in der letzten Zeile der Datei minisign.pub und beginnt mit "RW"
value-certificate = das ist kein Zertifikat in PEM; es beginnt mit "-----BEGIN CERTIFICATE-----" und endet mit "-----END CERTIFICATE-----"
value-certificate-private = ein privater Schlüssel steht mit darin; geben Sie nur das Zertifikat an
value-token = die Kennung ist leer oder enthält etwas anderes als Buchstaben, Ziffern und Zeichen

## Aus einer Liste gewählt

value-keyboard = eine Tastatur { $name } kennt Firn nicht{ $hint }
value-keyboard-example = ; sie heißt wie in XKB, mit oder ohne Variante: "us", "de" oder "ch:fr"
value-timezone = { $name } ist keine Zeitzone{ $hint }
value-timezone-abbreviation = { $name } ist eine Abkürzung, die nicht sagt, ob es eine Sommerzeit gibt; schreiben Sie den Namen eines Ortes, etwa { $place }
value-timezone-example = ; sie heißt zum Beispiel "Europe/Berlin" oder "UTC"

## Größen

value-size = { $text } ist keine Größe; schreiben Sie "16G" oder "16GiB"

## Dateien

value-file-large = die Datei ist größer als 1 MiB; so groß ist keine Antwortdatei
value-file-utf16 = die Datei ist Text in UTF-16; speichern Sie sie als UTF-8
value-file-utf8 = die Datei ist kein Text in UTF-8; speichern Sie sie als UTF-8
value-file-nul = hier steht ein NUL-Byte, das in keinem Text vorkommt; die Datei ist beschädigt oder keine Antwortdatei
value-file-kind = das ist ein Ordner oder ein Gerät, keine Datei
value-file = die Antworten ({ $from }): { $text }
