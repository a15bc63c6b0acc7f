### Vorlagen.

template-file = { $file }: { $text }
template-field = { $file }: { $field }: { $text }
template-missing = Dieses Feld fehlt.
template-unknown-field = Ein solches Feld gibt es nicht.
template-name = Die Datei der Vorlage { $id } muss { $id }.toml heißen.
template-pvh = Ein PVH-Gast hat weder Firmware noch Viridian-Schnittstellen: Lassen Sie dies weg, oder setzen Sie kind = "hvm".
template-memory = Es darf nicht weniger als least-memory-mib sein.
template-none = Dies darf nicht leer oder 0 sein.
template-taken = Eine Vorlage { $id } gibt es schon: Geben Sie dieser eine andere Id.
template-meant = Eine Vorlage { $id } gibt es nicht; meinten Sie { $meant }?
template-unknown = Eine Vorlage { $id } gibt es nicht; es gibt { $known }.
