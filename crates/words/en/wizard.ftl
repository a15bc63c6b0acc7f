### The wizard's frame: buttons, header, what lies over a page, and what it says outside of a page.

wizard-back = Back
wizard-continue = Continue
wizard-look-again = Look again
wizard-install = Install
wizard-restart = Restart
wizard-power-off = Power off
wizard-shell = Shell
wizard-retry = Try again
wizard-support = Support bundle
wizard-save = Save
wizard-show = Show here
wizard-load = Load
wizard-test = Test it
wizard-blink = Make it blink
wizard-fetch = Keys from a stick
wizard-save-answers = Save answers
wizard-check-medium = Check medium

wizard-on-console = on { $console }
wizard-demo = demonstration
wizard-demo-answers = { $name } answers.
wizard-demo-nothing = This is a demonstration; nothing was done.
wizard-demo-broken = its file system is damaged
wizard-place = { $page }  { $n } of { $of }
wizard-too-small = This window has { $columns } x { $lines } characters; the installer needs { $least_columns } x { $least_lines }. Make it larger.
wizard-looking-again = Looking at the machine again

wizard-help-title = Help: { $page }
wizard-help-keys = Keys: Tab and arrows move, Enter goes on, Esc goes back, Ctrl-L draws the screen anew. Esc closes this.

wizard-go-on-title = Go on all the same?
wizard-go-on-virtualization = Without virtualization the host comes up but can start no PVH or HVM guest.
wizard-go-on-other = The host may not start, or not work as it should.
wizard-stay = Stay here
wizard-go-on = Go on anyway

wizard-shell-greeting = This is a shell. "exit" leads back to the installer; its log is /run/firn/install.jsonl.
wizard-gone = { $name } is not there any more
wizard-lost = the installer made a mistake; what it did is in the log
wizard-claim = claiming the installer for this console: { $error }

wizard-log-warning = warning: { $text }
wizard-log-failed = { $step } failed: { $text }
wizard-log-undone = undone: { $text }
