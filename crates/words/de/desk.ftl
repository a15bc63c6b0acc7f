### Was die Seiten des Assistenten ausprobieren: Netzwerk, Uhr, Schlüssel, Antwortdatei.

desk-blink-cannot = Der Treiber von { $nic } kann die Lämpchen nicht blinken lassen. Ziehen Sie kurz das Kabel und sehen Sie nach, welche Netzwerkkarte die Verbindung verliert.
desk-blink-gone = { $nic } ist nicht mehr da.
desk-blink-failed = Die Lämpchen von { $nic } blinken nicht: { $reason }.

desk-clock-form = { $text } ist keine Zeitangabe. Schreiben Sie sie so: 2026-11-23 16:30.
desk-clock-year = { $text } liegt nicht zwischen 2025 und 2099. Prüfen Sie das Jahr.
desk-clock-gap = { $text } gibt es nicht: In dieser Stunde wird die Uhr vorgestellt.
desk-clock-zone = { $zone } ist keine Zeitzone.
desk-clock-failed = Die Uhr ließ sich nicht stellen: { $reason }.
desk-clock-hardware = Die Zeit ist gestellt, aber die Hardware-Uhr hat sie nicht übernommen. Stellen Sie sie im Firmware-Setup, sonst geht sie nach einem Neustart falsch.

desk-save-hash = Die Antworten wurden nicht gespeichert, weil sich aus dem Passwort kein Hash bilden ließ: { $reason }.

desk-keys-none-on-stick = Auf { $device } liegen keine SSH-Schlüssel, also weder eine Datei mit der Endung .pub noch eine namens authorized_keys.
desk-keys-url = Diese Webadresse lässt sich nicht verwenden: { $reason }.
desk-keys-fetch = { $url } ließ sich nicht laden: { $reason }. Testen Sie das Netzwerk oder nehmen Sie die Schlüssel von einem Stick.
desk-keys-large = was dort liegt, ist größer als 64 KiB, und so groß ist keine Datei mit Schlüsseln
desk-keys-none-at-url = Unter { $url } gibt es keine SSH-Schlüssel.
desk-keys-line = Zeile { $line } wurde nicht übernommen: { $reason }.

desk-net-failed = Das Netzwerk ließ sich für den Test nicht in Betrieb nehmen: { $reason }.
desk-net-claimed = Das Netzwerk wird von einer Installation benutzt. Versuchen Sie es danach noch einmal.
desk-net-not-tried = Nicht geprüft, weil es keine Adresse gibt.
desk-net-no-link = Keine Verbindung an { $nics }. Prüfen Sie das Kabel und den Anschluss am Switch.
desk-net-twice = Die Adresse { $address } ist schon an ein anderes Gerät vergeben. Wählen Sie eine freie.
desk-net-both-off = IPv4 und IPv6 sind beide aus: Der Host ist über das Netzwerk nicht erreichbar.
desk-net-no-dhcp = Kein DHCP-Server hat eine IPv4-Adresse vergeben. Prüfen Sie das VLAN und den DHCP-Server oder geben Sie eine feste Adresse ein.
desk-net-no-router = Kein Router hat ein IPv6-Netz angekündigt. Prüfen Sie das VLAN und den Router oder geben Sie eine feste Adresse ein.
desk-net-no-address = Die Adresse ließ sich nicht einrichten. Prüfen Sie das VLAN und die Einstellungen des Bonds.
desk-net-only-ipv4 = { $addresses }; kein Router hat IPv6 angekündigt, das schadet nicht.
desk-net-address = { $addresses }
desk-net-no-gateway = Es gibt kein Gateway: Nur das eigene Netz ist erreichbar.
desk-net-gateway = Antwort von { $gateways }.
desk-net-gateway-silent = Keine Antwort von { $gateways }. Prüfen Sie die Adresse, die Präfixlänge und das VLAN.
desk-net-gateway-half = Antwort von { $gateways }, keine von { $silent }.
desk-net-no-dns = Es gibt keinen DNS-Server: Statt Namen funktionieren nur Adressen. Geben Sie einen ein, wenn das Netz einen hat.
desk-net-dns = Antwort von { $servers }.
desk-net-dns-silent = Keine Antwort von { $servers }. Prüfen Sie die Adressen der DNS-Server.
desk-net-dns-half = Antwort von { $servers }, keine von { $silent }.
desk-net-ntp-none = Es sind keine NTP-Server gewünscht: Die Hardware-Uhr gilt.
desk-net-ntp = Antwort von { $server }.
desk-net-ntp-clock = { $server } antwortet; die Uhr dieses Rechners geht um { $minutes ->
    [one] eine Minute
   *[other] { $minutes } Minuten
} falsch, der Host stellt sie richtig.
desk-net-ntp-silent = Keine Antwort von { $servers }. Geben Sie NTP-Server ein, die von hier erreichbar sind, oder keinen und stellen Sie die Uhr von Hand.
