package symptom

// The stacks. OpenSSL's words come up through everything built on it.
const (
	openSSL = "OpenSSL (PHP, Python, Ruby, Node.js)"
	php     = "PHP"
	node    = "Node.js"
	python  = "Python"
	golang  = "Go"
	java    = "Java"
	dotnet  = ".NET"
	ruby    = "Ruby"
	gnuTLS  = "GnuTLS (msmtp, mutt)"
	dart    = "BoringSSL (Dart)"
	erlang  = "Erlang"
	curl    = "curl"
	posix   = "the operating system (PHP, Python, Go, Java)"
	windows = "Windows"
	perl    = "Perl"
	msmtp   = "msmtp"
	mutt    = "mutt"
	server  = "the server"
)

// row is one text that one stack prints for one cause.
type row struct{ id, stack, text string }

// said is grouped by check id, the most common stack first.
var said = []row{
	// The TLS mode is wrong.
	{"tls-on-starttls-port", openSSL, "wrong version number"},
	{"tls-on-starttls-port", golang, "tls: first record does not look like a TLS handshake"},
	{"tls-on-starttls-port", java, "Unsupported or unrecognized SSL message"},
	{"tls-on-starttls-port", dotnet, "The handshake failed due to an unexpected packet format"},
	{"tls-on-starttls-port", dotnet, "An error occurred while attempting to establish an SSL or TLS connection"},
	{"tls-on-starttls-port", java, "plaintext connection?"},
	{"tls-on-starttls-port", gnuTLS, "An unexpected TLS packet was received"},
	{"tls-on-starttls-port", erlang, "unexpected_message"},
	{"tls-on-starttls-port", dart, "WRONG_VERSION_NUMBER(tls_record.cc"},
	{"tls-on-starttls-port", openSSL, "unknown protocol"},

	{"tls-on-plaintext-server", openSSL, "wrong version number"},
	{"tls-on-plaintext-server", golang, "tls: first record does not look like a TLS handshake"},
	{"tls-on-plaintext-server", java, "Unsupported or unrecognized SSL message"},
	{"tls-on-plaintext-server", dotnet, "The handshake failed due to an unexpected packet format"},
	{"tls-on-plaintext-server", gnuTLS, "An unexpected TLS packet was received"},

	{"starttls-on-tls-port", node, "Greeting never received"},
	{"starttls-on-tls-port", python, "Connection unexpectedly closed"},
	{"starttls-on-tls-port", php, "has been closed unexpectedly"},
	{"starttls-on-tls-port", golang, "EOF"},
	{"starttls-on-tls-port", java, "response: [EOF]"},
	{"starttls-on-tls-port", java, "response: -1"},
	{"starttls-on-tls-port", ruby, "Net::ReadTimeout"},
	{"starttls-on-tls-port", msmtp, "the server sent an empty reply"},
	{"starttls-on-tls-port", curl, "response reading failed"},

	{"starttls-not-offered", python, "STARTTLS extension not supported by server"},
	{"starttls-not-offered", php, "STARTTLS command failed"},
	{"starttls-not-offered", java, "STARTTLS is required but host does not support STARTTLS"},
	{"starttls-not-offered", dotnet, "Server does not support secure connections"},
	{"starttls-not-offered", golang, "SMTP server does not support STARTTLS"},
	{"starttls-not-offered", curl, "STARTTLS not supported"},
	{"starttls-not-offered", msmtp, "the server does not support TLS via the STARTTLS command"},

	{"starttls-refused", server, "TLS not available due to local problem"},
	{"starttls-refused", curl, "STARTTLS denied, code 454"},
	{"starttls-refused", msmtp, "command STARTTLS failed"},

	// The handshake fails.
	{"tls-handshake-failed", openSSL, "sslv3 alert handshake failure"},
	{"tls-handshake-failed", openSSL, "unexpected eof while reading"},
	{"tls-handshake-failed", curl, "SSL_ERROR_SYSCALL"},
	{"tls-handshake-failed", golang, "remote error: tls: handshake failure"},
	{"tls-handshake-failed", java, "Remote host terminated the handshake"},
	{"tls-handshake-failed", python, "EOF occurred in violation of protocol"},
	{"tls-handshake-failed", php, "Unable to connect with TLS encryption"},
	{"tls-handshake-failed", gnuTLS, "The TLS connection was non-properly terminated"},
	{"tls-handshake-failed", server, "no shared cipher"},

	{"tls-version-too-old", openSSL, "unsupported protocol"},
	{"tls-version-too-old", openSSL, "tlsv1 alert protocol version"},
	{"tls-version-too-old", openSSL, "legacy sigalg disallowed or unsupported"},
	{"tls-version-too-old", golang, "tls: server selected unsupported protocol version"},
	{"tls-version-too-old", golang, "tls: protocol version not supported"},
	{"tls-version-too-old", java, "Received fatal alert: protocol_version"},
	{"tls-version-too-old", java, "No appropriate protocol"},
	{"tls-version-too-old", gnuTLS, "Error in protocol version"},

	{"tls-weak-crypto-rejected", openSSL, "dh key too small"},
	{"tls-weak-crypto-rejected", openSSL, "EE certificate key too weak"},
	{"tls-weak-crypto-rejected", openSSL, "ca md too weak"},
	{"tls-weak-crypto-rejected", java, "Certificates do not conform to algorithm constraints"},

	// The certificate is refused.
	{"cert-verify-failed", openSSL, "certificate verify failed"},
	{"cert-verify-failed", dotnet, "The remote certificate is invalid according to the validation procedure"},
	{"cert-verify-failed", mutt, "Untrusted server certificate"},
	{"cert-verify-failed", server, "alert unknown ca"},

	{"cert-expired", openSSL, "certificate has expired"},
	{"cert-expired", php, "certificate verify failed"},
	{"cert-expired", node, "CERT_HAS_EXPIRED"},
	{"cert-expired", golang, "x509: certificate has expired or is not yet valid"},
	{"cert-expired", java, "CertificateExpiredException: NotAfter:"},
	{"cert-expired", erlang, "cert_expired"},

	{"cert-not-yet-valid", openSSL, "certificate is not yet valid"},
	{"cert-not-yet-valid", php, "certificate verify failed"},
	{"cert-not-yet-valid", golang, "x509: certificate has expired or is not yet valid"},
	{"cert-not-yet-valid", java, "CertificateNotYetValidException: NotBefore:"},

	{"cert-self-signed", openSSL, "self-signed certificate"},
	{"cert-self-signed", openSSL, "self signed certificate"},
	{"cert-self-signed", php, "certificate verify failed"},
	{"cert-self-signed", node, "DEPTH_ZERO_SELF_SIGNED_CERT"},
	{"cert-self-signed", golang, "x509: certificate signed by unknown authority"},
	{"cert-self-signed", java, "unable to find valid certification path to requested target"},

	{"cert-name-mismatch", node, "Hostname/IP does not match certificate's altnames"},
	{"cert-name-mismatch", php, "did not match expected name"},
	{"cert-name-mismatch", php, "did not match expected CN"},
	{"cert-name-mismatch", python, "Hostname mismatch"},
	{"cert-name-mismatch", golang, "x509: certificate is valid for"},
	{"cert-name-mismatch", java, "Can't verify identity of server"},
	{"cert-name-mismatch", java, "No subject alternative"},
	{"cert-name-mismatch", ruby, "does not match the server certificate"},
	{"cert-name-mismatch", perl, "hostname verification failed"},

	{"cert-unknown-ca", openSSL, "self-signed certificate in certificate chain"},
	{"cert-unknown-ca", openSSL, "unable to get local issuer certificate"},
	{"cert-unknown-ca", php, "certificate verify failed"},
	{"cert-unknown-ca", golang, "x509: certificate signed by unknown authority"},
	{"cert-unknown-ca", java, "PKIX path building failed"},
	{"cert-unknown-ca", java, "unable to find valid certification path to requested target"},

	{"cert-missing-intermediate", openSSL, "unable to verify the first certificate"},
	{"cert-missing-intermediate", openSSL, "unable to get local issuer certificate"},
	{"cert-missing-intermediate", php, "certificate verify failed"},
	{"cert-missing-intermediate", node, "UNABLE_TO_VERIFY_LEAF_SIGNATURE"},
	{"cert-missing-intermediate", golang, "x509: certificate signed by unknown authority"},
	{"cert-missing-intermediate", java, "PKIX path building failed"},

	{"local-missing-ca-bundle", php, "failed loading cafile stream"},
	{"local-missing-ca-bundle", curl, "error setting certificate file"},
	{"local-missing-ca-bundle", openSSL, "unable to get local issuer certificate"},
	{"local-missing-ca-bundle", golang, "x509: certificate signed by unknown authority"},
	{"local-missing-ca-bundle", java, "trustAnchors parameter must be non-empty"},
	{"local-missing-ca-bundle", erlang, "no_cacerts_found"},
	{"local-missing-ca-bundle", msmtp, "cannot set X509 trust file"},

	// The name is not resolved.
	{"dns-no-such-host", node, "getaddrinfo ENOTFOUND"},
	{"dns-no-such-host", posix, "Name or service not known"},
	{"dns-no-such-host", php, "php_network_getaddresses: getaddrinfo"},
	{"dns-no-such-host", golang, "no such host"},
	{"dns-no-such-host", java, "java.net.UnknownHostException"},
	{"dns-no-such-host", posix, "nodename nor servname"},
	{"dns-no-such-host", windows, "No such host is known"},
	{"dns-no-such-host", curl, "Could not resolve host"},
	{"dns-no-such-host", erlang, "nxdomain"},

	{"dns-timeout", node, "getaddrinfo EAI_AGAIN"},
	{"dns-timeout", posix, "Temporary failure in name resolution"},
	{"dns-timeout", golang, "server misbehaving"},
	{"dns-timeout", java, "java.net.UnknownHostException"},
	{"dns-timeout", curl, "Could not resolve host"},

	// The connection fails.
	{"connection-refused", posix, "Connection refused"},
	{"connection-refused", node, "connect ECONNREFUSED"},
	{"connection-refused", golang, "connect: connection refused"},
	{"connection-refused", java, "java.net.ConnectException: Connection refused"},
	{"connection-refused", windows, "actively refused"},
	{"connection-refused", curl, "Couldn't connect to server"},

	{"connect-timeout-blocked-port", posix, "Connection timed out"},
	{"connect-timeout-blocked-port", node, "Connection timeout"},
	{"connect-timeout-blocked-port", node, "ETIMEDOUT"},
	{"connect-timeout-blocked-port", python, "TimeoutError: timed out"},
	{"connect-timeout-blocked-port", golang, "i/o timeout"},
	{"connect-timeout-blocked-port", java, "java.net.SocketTimeoutException: Connect timed out"},
	{"connect-timeout-blocked-port", ruby, "execution expired"},
	{"connect-timeout-blocked-port", windows, "A connection attempt failed because the connected party did not properly respond"},
	{"connect-timeout-blocked-port", curl, "Timeout was reached"},

	{"network-unreachable", posix, "Network is unreachable"},
	{"network-unreachable", posix, "No route to host"},
	{"network-unreachable", node, "connect EHOSTUNREACH"},
	{"network-unreachable", node, "connect ENETUNREACH"},
	{"network-unreachable", golang, "connect: network is unreachable"},
	{"network-unreachable", java, "java.net.SocketException: Network is unreachable"},

	{"ipv6-unreachable", posix, "Network is unreachable"},
	{"ipv6-unreachable", node, "connect ENETUNREACH"},
	{"ipv6-unreachable", golang, "connect: network is unreachable"},
	{"ipv6-unreachable", java, "java.net.SocketException: Network is unreachable"},
	{"ipv6-unreachable", posix, "Cannot assign requested address"},

	{"connection-closed-before-greeting", posix, "Connection reset by peer"},
	{"connection-closed-before-greeting", node, "ECONNRESET"},
	{"connection-closed-before-greeting", python, "Connection unexpectedly closed"},
	{"connection-closed-before-greeting", golang, "EOF"},
	{"connection-closed-before-greeting", golang, "read: connection reset by peer"},
	{"connection-closed-before-greeting", java, "response: [EOF]"},
	{"connection-closed-before-greeting", php, `Expected response code "220" but got empty code`},

	// The greeting is missing, or not one of SMTP.
	{"greeting-timeout", node, "Greeting never received"},
	{"greeting-timeout", php, "timed out"},
	{"greeting-timeout", python, "Connection unexpectedly closed: timed out"},
	{"greeting-timeout", golang, "context deadline exceeded"},
	{"greeting-timeout", golang, "i/o timeout"},
	{"greeting-timeout", java, "java.net.SocketTimeoutException: Read timed out"},
	{"greeting-timeout", ruby, "Net::ReadTimeout"},
	{"greeting-timeout", msmtp, "network read error: the operation timed out"},
	{"greeting-timeout", curl, "with 0 bytes received"},

	{"greeting-rejected", php, `Expected response code "220" but got code`},
	{"greeting-rejected", node, "Invalid greeting"},
	{"greeting-rejected", python, "SMTPConnectError"},
	{"greeting-rejected", java, "Got bad greeting from SMTP host"},
	{"greeting-rejected", curl, "Got unexpected smtp-server response"},

	{"wrong-protocol-http", node, "Invalid greeting. response=HTTP"},
	{"wrong-protocol-http", golang, `short response: "HTTP/1.1`},
	{"wrong-protocol-http", java, "response: HTTP/1.1"},
	{"wrong-protocol-http", msmtp, "the server sent an invalid reply"},

	{"wrong-protocol-imap-pop", node, "Invalid greeting. response=* OK"},
	{"wrong-protocol-imap-pop", golang, `short response: "* OK`},
	{"wrong-protocol-imap-pop", java, "response: * OK"},
	{"wrong-protocol-imap-pop", python, "SMTPConnectError(-1"},
	{"wrong-protocol-imap-pop", msmtp, "the server sent an invalid reply"},
	{"wrong-protocol-imap-pop", mutt, "Invalid server response"},

	{"wrong-protocol-other", node, "Invalid greeting"},
	{"wrong-protocol-other", php, "Timed Out"},
	{"wrong-protocol-other", golang, "i/o timeout"},
	{"wrong-protocol-other", java, "java.net.SocketTimeoutException: Read timed out"},
	{"wrong-protocol-other", msmtp, "the server sent an invalid reply"},
	{"wrong-protocol-other", mutt, "Invalid server response"},

	// The conversation goes wrong.
	{"protocol-error", node, "Invalid greeting from server"},
	{"protocol-error", python, "SMTPHeloError"},
	{"protocol-error", php, `Expected response code "250" but got code "500"`},
	{"protocol-error", curl, "Weird server reply"},
	{"protocol-error", server, "Command unrecognized"},

	{"helo-rejected", server, "Helo command rejected: need fully-qualified hostname"},
	{"helo-rejected", server, "Invalid domain name"},
	{"helo-rejected", server, "Invalid HELO name"},
	{"helo-rejected", python, "SMTPHeloError"},

	// The login is not to be had.
	{"auth-not-offered", python, "SMTP AUTH extension not supported by server"},
	{"auth-not-offered", php, "SMTP Error: Could not authenticate"},
	{"auth-not-offered", golang, "server doesn't support AUTH"},
	{"auth-not-offered", server, "authentication not enabled"},
	{"auth-not-offered", msmtp, "the server does not support authentication"},

	{"auth-needs-tls", golang, "unencrypted connection"},
	{"auth-needs-tls", server, "Must issue a STARTTLS command first"},
	{"auth-needs-tls", python, "SMTP AUTH extension not supported by server"},
	{"auth-needs-tls", php, "SMTP Error: Could not authenticate"},
	{"auth-needs-tls", server, "Encryption required"},

	{"tls-required-by-server", server, "Must issue a STARTTLS command first"},
	{"tls-required-by-server", golang, "unencrypted connection"},
	{"tls-required-by-server", msmtp, "cannot use a secure authentication method"},
	{"tls-required-by-server", mutt, "SASL authentication failed"},
}
