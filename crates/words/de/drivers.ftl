### USB-Sticks und CDs sowie "Treiber laden".

stick-no-file-system = { $device } enthält kein lesbares Dateisystem. Formatieren Sie den Stick mit FAT oder nehmen Sie einen anderen.
stick-other-file-system = { $device } enthält { $kind }; damit kann das Installationsprogramm nichts anfangen. Nehmen Sie einen Stick mit FAT, exFAT, ext4 oder NTFS.
stick-gone = { $device } ist nicht mehr da. Stecken Sie den Stick wieder ein und versuchen Sie es noch einmal.
stick-broken = Das Dateisystem auf { $device } ({ $kind }) ist beschädigt. Nehmen Sie einen anderen Stick oder reparieren Sie diesen an einem anderen Rechner.
stick-unreadable = { $device } meldet Lese- oder Schreibfehler. Versuchen Sie einen anderen USB-Anschluss; hilft das nicht, ist der Stick defekt.
stick-read-only = Auf { $device } kann nicht geschrieben werden. Heben Sie den Schreibschutz auf oder nehmen Sie einen anderen Stick.
stick-full = { $device } ist voll. Schaffen Sie Platz oder nehmen Sie einen anderen Stick.
stick-other = { $device } ließ sich nicht verwenden: { $reason }.

driver-no-stick = Es ist weder ein USB-Stick noch eine zweite CD da. Stecken Sie den Stick mit dem Treiber ein und versuchen Sie es noch einmal.
driver-none-found = Auf keinem Stick und keiner CD liegt ein Treiber, also eine Datei mit der Endung .deb, .ko, .ko.xz, .ko.zst oder .ko.gz.
driver-no-module = { $file } ist kein Treiber. Ein Treiber ist ein Debian-Paket (.deb) oder ein Kernelmodul (.ko, .ko.xz, .ko.zst, .ko.gz).
driver-damaged = { $file } ist beschädigt ({ $reason }). Kopieren Sie die Datei noch einmal auf den Stick.
driver-too-large = { $file } ist größer als 512 MiB; so groß ist kein Treiber.
driver-too-many = { $file } enthält { $count } Module und damit einen ganzen Kernel. Kopieren Sie nur das Modul auf den Stick, das gebraucht wird.
driver-no-room = Für diesen Treiber reicht der Arbeitsspeicher nicht: { $reason }.
driver-not-inside = { $file } enthält weder Module noch Firmware.
driver-dkms = { $file } enthält Quelltext (DKMS), der sich hier nicht übersetzen lässt. Gebraucht wird ein Paket, das für den Kernel { $running } gebaut wurde.
driver-other-kernel = { $file } wurde für den Kernel { $kernel } gebaut; hier läuft { $running }. Gebraucht wird ein Treiber für { $running }.
driver-other-options = { $file } wurde mit anderen Optionen gebaut ({ $options }) als der laufende Kernel ({ $running }). Gebraucht wird ein Treiber für den Kernel von Debian.
driver-unsigned = Secure Boot ist eingeschaltet, und { $file } trägt keine Signatur, die dieser Kernel kennt. Schalten Sie Secure Boot im Firmware-Setup aus; auch Xen startet damit nicht.
driver-in-use = Eine andere Fassung von { $module } ist in Gebrauch und lässt sich jetzt nicht durch { $file } ersetzen. Starten Sie erneut vom Installationsmedium und laden Sie den Treiber als Erstes.
driver-lacks-firmware = { $file } braucht die Firmware { $firmware }, und die fehlt. Kopieren Sie das zugehörige Paket auf den Stick und laden Sie es zuerst.
driver-lacks-module = { $file } braucht ein weiteres Modul, das fehlt (Symbol { $symbol }). Laden Sie zuerst dieses.
driver-no-device = { $file } passt zu diesem Kernel, hat in diesem Rechner aber keines seiner Geräte gefunden.
driver-refused = Der Kernel nimmt { $file } nicht an: { $reason }.
driver-loaded = { $file } ist geladen und bedient { $count ->
    [one] ein Gerät
   *[other] { $count } Geräte
}.
driver-serves-nothing = { $file } ist geladen, bedient in diesem Rechner aber kein Gerät.
driver-firmware-there = { $count ->
    [one] Eine Firmware-Datei
   *[other] { $count } Firmware-Dateien
} aus { $file } { $count ->
    [one] steht
   *[other] stehen
} jetzt zur Verfügung.
driver-not-installed = Die geladenen Treiber konnten dem Host nicht mitgegeben werden: { $reason }.
driver-not-there = { $file } ist nicht (mehr) da. Sehen Sie nach, welche Treiber es jetzt gibt.
