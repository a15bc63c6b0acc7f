### Orte für die Platten der Gäste.

stores-name = „{ $volume }“ kann kein Volume heißen: Buchstaben a bis z, Ziffern und Bindestriche, ein Buchstabe zuerst, höchstens 64.
stores-taken = Das Volume { $volume } ist schon da und gehört jemand anderem.
stores-no-volume = Im Speicher gibt es kein Volume { $volume }.
stores-shrink = Das Volume { $volume } hat { $size } Bytes und kann nicht kleiner werden.
stores-full = Der Speicher ist zu { $percent } % voll, und ab { $limit } % werden neue Platten abgelehnt. Leeren Sie den Papierkorb, oder löschen Sie Platten, die niemand braucht.
stores-file = { $path }: { $reason }
stores-command = { $program } ist gescheitert: { $reason }
