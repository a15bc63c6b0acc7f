### What happens with servers on the network: answers by URL, tokens, reports.

web-name = the name { $host } has no address here; see whether it is spelled right, and whether DHCP names a DNS server that knows it
web-refused = nothing takes connections at { $host }; see whether the server runs there, and whether this network has a way to it
web-timeout = { $host } did not answer in time
web-authority = nobody who is trusted here has signed the certificate of { $host }; make the medium with --ca and the authority's certificate, or with --pin
web-other-name = the certificate of { $host } is for another name
web-expired = the certificate of { $host } has expired; this machine's clock says { $now }: if that is wrong, set it in the firmware's setup
web-not-yet = the certificate of { $host } is not valid yet; this machine's clock says { $now }: if that is wrong, set it in the firmware's setup
web-pin = { $host } has another key than the pin allows; it is another server, or it has a new key and the medium needs a new --pin
web-tls = there is no encrypted connection to { $host }: { $reason }
web-status-said = { $host } answered with the status { $status }: { $said }
web-status = { $host } answered with the status { $status }
web-large = what comes is larger than 1 MiB, which no answer file is
