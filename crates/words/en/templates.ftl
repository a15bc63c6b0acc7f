### Templates.

template-file = { $file }: { $text }
template-field = { $file }: { $field }: { $text }
template-missing = This field is missing.
template-unknown-field = There is no such field.
template-name = The file of the template { $id } must be called { $id }.toml.
template-pvh = A PVH guest has no firmware and no Viridian interfaces: leave this out, or set kind = "hvm".
template-memory = It must not be less than least-memory-mib.
template-none = This must not be empty or 0.
template-taken = There is a template { $id } already: give this one another id.
template-meant = There is no template { $id }; did you mean { $meant }?
template-unknown = There is no template { $id }; there are { $known }.
