### Abbilder von Platten, die von außen kommen.

image-cancelled = Die Arbeit wurde abgebrochen.
image-checksum-odd = „{ $text }“ ist keine Prüfsumme: nötig sind die 64 Ziffern einer SHA-256 oder die 128 einer SHA-512.
image-hvm-not-looked = niemand hat auf seine Platte gesehen
image-too-large = Das Abbild ist größer als erlaubt.
image-unreadable = Das Abbild war nicht zu lesen: { $reason }.
