### Die letzte Zeile des Bildschirms: was die Tasten gerade tun. Höchstens 76 Zeichen.

keys-choice = Links/Rechts wählen   Tab nächstes   Enter weiter   Esc zurück   F1 Hilfe
keys-picker = tippen und finden   Auf/Ab wählen   Enter weiter   Esc zurück   F1 Hilfe
keys-ticks = Auf/Ab bewegen   Leertaste ankreuzen   Enter weiter   Esc zurück   F1 Hilfe
keys-list = Auf/Ab wählen   Tab nächstes   Enter weiter   Esc zurück   F1 oder ? Hilfe
keys-text = Strg-U leeren   Tab nächstes   Enter weiter   Esc zurück   F1 Hilfe
keys-button = Links/Rechts wählen   Tab nächstes   Enter drücken   Esc zurück   F1 Hilfe
keys-buttons = Links/Rechts wählen   Enter drücken
keys-redraw = Strg-L baut das Bild neu auf
keys-close = Esc schließen
keys-question = Links/Rechts wählen   Enter drücken   Esc schließen
