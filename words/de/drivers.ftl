### USB-Sticks und CDs sowie „Treiber laden“.

stick-no-file-system = { $device } enthält kein lesbares Dateisystem. Formatieren Sie den Stick mit FAT oder nehmen Sie einen anderen.
stick-other-file-system = { $device } enthält { $kind }; damit kann das Installationsprogramm nichts anfangen. Nehmen Sie einen Stick mit FAT, exFAT, ext4 oder NTFS.
stick-gone = { $device } ist nicht mehr da. Stecken Sie den Stick wieder ein und versuchen Sie es noch einmal.
stick-broken = Das Dateisystem auf { $device } ({ $kind }) ist beschädigt. Nehmen Sie einen anderen Stick oder reparieren Sie diesen an einem anderen Rechner.
stick-unreadable = { $device } meldet Lese- oder Schreibfehler. Versuchen Sie einen anderen USB-Anschluss; hilft das nicht, ist der Stick defekt.
stick-read-only = Auf { $device } kann nicht geschrieben werden. Heben Sie den Schreibschutz auf oder nehmen Sie einen anderen Stick.
stick-full = { $device } ist voll. Schaffen Sie Platz oder nehmen Sie einen anderen Stick.
stick-other = { $device } ließ sich nicht verwenden: { $reason }.
