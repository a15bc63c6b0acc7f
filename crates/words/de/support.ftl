### The support bundle.

support-not-written = Das Support-Paket { $path } ließ sich nicht schreiben: { $reason }
