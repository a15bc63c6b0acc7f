### Die letzte Zeile des Bildschirms: was die Tasten gerade tun. Höchstens 76 Zeichen.

keys-choice = Links/Rechts wählen   Tab nächstes   Enter weiter   Esc zurück   F1 Hilfe
keys-picker = Tippen sucht   Auf/Ab wählen   Enter weiter   Esc zurück   F1 Hilfe
keys-ticks = Auf/Ab bewegen   Leertaste ankreuzen   Enter weiter   Esc zurück   F1 Hilfe
keys-list = Auf/Ab wählen   Tab nächstes   Enter weiter   Esc zurück   F1 oder ? Hilfe
keys-save = Auf/Ab wählen   Enter speichern   Tab nächstes   Esc zurück   F1 Hilfe
keys-do = Auf/Ab wählen   Enter ausführen   Tab nächstes   Esc zurück   F1 Hilfe
keys-nics = Auf/Ab wählen   B blinken   Tab nächstes   Enter weiter   Esc zurück   F1
keys-members = Auf/Ab bewegen   Leertaste ankreuzen   B blinken   Enter weiter   F1
keys-ssh-keys = Auf/Ab wählen   Entf entfernen   Tab nächstes   Enter weiter   F1 Hilfe
keys-ssh-key = Enter aufnehmen, leer: weiter   Strg-U leeren   Esc zurück   F1 Hilfe
keys-text = Strg-U leeren   Tab nächstes   Enter weiter   Esc zurück   F1 Hilfe
keys-button = Links/Rechts wählen   Tab nächstes   Enter auslösen   Esc zurück   F1 Hilfe
keys-buttons = Links/Rechts wählen   Enter auslösen
keys-read = Auf/Ab/Bild auf/Bild ab blättern   Esc zurück
keys-progress = L Protokoll   Strg-L baut das Bild neu auf
keys-log = L Schritte   Auf/Ab/Bild auf/Bild ab blättern
keys-redraw = Strg-L baut das Bild neu auf
keys-close = Esc schließen
keys-question = Links/Rechts wählen   Enter auslösen   Esc schließen
