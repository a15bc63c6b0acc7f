# Editors of choice for people who never asked for vi.
[ -n "${EDITOR:-}" ] || export EDITOR=nano
