### The support bundle.

support-not-written = The support bundle { $path } could not be written: { $reason }
