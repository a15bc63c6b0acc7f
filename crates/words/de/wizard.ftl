### Der Rahmen des Installationsprogramms: Schaltflächen, Kopfzeile, was über einer Seite liegt.

wizard-back = Zurück
wizard-continue = Weiter
wizard-look-again = Neu suchen
wizard-install = Installieren
wizard-restart = Neu starten
wizard-power-off = Ausschalten
wizard-shell = Shell
wizard-retry = Noch einmal
wizard-support = Support-Paket
wizard-save = Speichern
wizard-show = Hier zeigen
wizard-load = Laden
wizard-test = Testen
wizard-blink = Blinken lassen
wizard-fetch = Schlüssel vom Stick
wizard-save-answers = Antworten sichern
wizard-check-medium = Medium prüfen

wizard-on-console = an { $console }
wizard-demo = Vorführung
wizard-demo-answers = { $name } antwortet.
wizard-demo-nothing = Dies ist eine Vorführung; es wurde nichts getan.
wizard-demo-broken = sein Dateisystem ist beschädigt
wizard-place = { $page }  { $n } von { $of }
wizard-too-small = Dieses Fenster hat { $columns } x { $lines } Zeichen, nötig sind { $least_columns } x { $least_lines }. Bitte größer machen.
wizard-looking-again = Der Rechner wird noch einmal untersucht

wizard-help-title = Hilfe: { $page }
wizard-help-keys = Tasten: Tab und Pfeile bewegen, Enter geht weiter, Esc zurück, Strg-L baut das Bild neu auf. Esc schließt die Hilfe.

wizard-go-on-title = Trotzdem weiter?
wizard-go-on-virtualization = Ohne Virtualisierung startet zwar der Host, aber kein PVH- oder HVM-Gast.
wizard-go-on-other = Der Host startet womöglich nicht oder arbeitet nicht, wie er soll.
wizard-stay = Hier bleiben
wizard-go-on = Trotzdem weiter

wizard-shell-greeting = Dies ist eine Shell. "exit" führt zurück zur Installation; deren Protokoll ist /run/firn/install.jsonl.
wizard-gone = { $name } ist nicht mehr da
wizard-lost = im Installationsprogramm ist ein Fehler aufgetreten; was es tat, steht im Protokoll
wizard-claim = die Installation an dieser Konsole übernehmen: { $error }

wizard-log-warning = Warnung: { $text }
wizard-log-failed = { $step } ist fehlgeschlagen: { $text }
wizard-log-undone = rückgängig gemacht: { $text }
