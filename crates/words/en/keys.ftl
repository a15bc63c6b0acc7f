### The last line of the screen: what the keys do now. At most 76 characters.

keys-choice = Left/Right choose   Tab next   Enter go on   Esc back   F1 or ? help
keys-picker = type to find   Up/Down choose   Tab next   Enter go on   Esc back   F1 help
keys-ticks = Up/Down move   Space tick   Tab next   Enter go on   Esc back   F1 help
keys-list = Up/Down choose   Tab next   Enter go on   Esc back   F1 or ? help
keys-save = Up/Down choose   Enter save   Tab next   Esc back   F1 or ? help
keys-do = Up/Down choose   Enter do it   Tab next   Esc back   F1 or ? help
keys-nics = Up/Down choose   B blink   Tab next   Enter go on   Esc back   F1 help
keys-members = Up/Down move   Space tick   B blink   Enter go on   Esc back   F1 help
keys-ssh-keys = Up/Down choose   Del remove   Tab next   Enter go on   Esc back   F1 help
keys-ssh-key = Enter add, empty: go on   Ctrl-U empty   Tab next   Esc back   F1 help
keys-text = Ctrl-U empty   Tab next   Enter go on   Esc back   F1 help
keys-button = Left/Right choose   Tab next   Enter press   Esc back   F1 or ? help
keys-buttons = Left/Right choose   Enter press
keys-read = Up/Down/PgUp/PgDn move the text   Esc back
keys-progress = L log   Ctrl-L draws the screen anew
keys-log = L steps   Up/Down/PgUp/PgDn move the log   Ctrl-L draws the screen anew
keys-redraw = Ctrl-L draws the screen anew
keys-close = Esc close
keys-question = Left/Right choose   Enter press   Esc close
