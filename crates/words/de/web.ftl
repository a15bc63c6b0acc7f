### Was mit Servern im Netz geschieht: Antworten über eine URL, Einmalkennungen, Berichte.

web-name = der Name { $host } hat hier keine Adresse; prüfen Sie die Schreibweise, und ob DHCP einen DNS-Server nennt, der ihn kennt
web-refused = unter { $host } nimmt niemand Verbindungen an; prüfen Sie, ob der Server läuft und ob aus diesem Netz ein Weg dorthin führt
web-timeout = { $host } hat nicht rechtzeitig geantwortet
web-authority = das Zertifikat von { $host } hat niemand unterschrieben, dem hier vertraut wird; erzeugen Sie das Medium mit --ca und dem Zertifikat der Stelle oder mit --pin
web-other-name = das Zertifikat von { $host } gilt für einen anderen Namen
web-expired = das Zertifikat von { $host } ist abgelaufen; auf der Uhr dieses Rechners ist es { $now }: Stimmt das nicht, stellen Sie sie im Firmware-Setup
web-not-yet = das Zertifikat von { $host } gilt noch nicht; auf der Uhr dieses Rechners ist es { $now }: Stimmt das nicht, stellen Sie sie im Firmware-Setup
web-pin = { $host } hat einen anderen Schlüssel, als der Pin erlaubt; entweder ist es ein anderer Server, oder er hat einen neuen Schlüssel und das Medium braucht einen neuen --pin
web-tls = es gibt keine verschlüsselte Verbindung zu { $host }: { $reason }
web-status-said = { $host } hat mit dem Status { $status } geantwortet: { $said }
web-status = { $host } hat mit dem Status { $status } geantwortet
web-large = was kommt, ist größer als 1 MiB; so groß ist keine Antwortdatei
