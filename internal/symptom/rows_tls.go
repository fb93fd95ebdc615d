package symptom

import "slices"

// STARTTLS, other protocols, this machine, certificates and TLS.

// otherService are hosts and ports of a web server, an IMAP server and others,
// which a mail client meets when the port is mistaken.
var (
	imapPort  = either(ports(143, 993, 110, 995, 991, 4190), says(" imap.", "/imap.", `"imap.`, "'imap.", "pop.gmail", "pop3."))
	webPort   = ports(80, 443, 8080, 8443)
	shellPort = ports(21, 22, 23, 3306, 5432, 6379)
)

// starttlsRows are STARTTLS not offered and STARTTLS refused.
var starttlsRows = []Row{
	{
		ID: "starttls-refused",
		Any: []string{
			"TLS not available due to", "TLS currently unavailable", "454 4.7.0 TLS", "STARTTLS rejected: 454",
			"STARTTLS denied, code 454", "TLS is temporarily not available", "454 TLS", "failed to initialize TLS",
		},
		Or: []string{"starttls-not-offered"},
	},
	{
		ID: "starttls-not-offered",
		Any: []string{
			"STARTTLS extension not supported", "STARTTLS extension not found", "STARTTLS extension is not",
			"STARTTLS is required but host does not support",
			"does not advertise the STARTTLS", "STARTTLS not supported", "does not support STARTTLS",
			"Server does not support secure connections",
			"doesn't support STARTTLS", "does not support secure connections",
			"does not support TLS via the STARTTLS", "MandatoryStartTLS required", "STARTTLS: 502", "STARTTLS: 500",
			"with STARTTLS: 50", "starttls failed: 50", "STARTTLS not advertised",
			"STARTTLS command used when not advertised", "STARTTLS not available", "STARTTLS is not available",
			"does not support TLS", "doesn't support TLS", "STARTTLS is not supported", "not support the STARTTLS",
			"server did not advertise STARTTLS", "STARTTLS not offered", "did not offer STARTTLS", "without STARTTLS",
			"TLS is required, but was not offered", "missing_requirement…tls", "does not support it",
			"server did not offer TLS", "STARTTLS was not advertised", "STARTTLS command failed",
			"STARTTLS command not", "server not supporting STARTTLS", "host did not advertise STARTTLS",
			"unable to use STARTTLS", "Error: command not implemented", "command not implemented", "STARTTLS…502 ",
			"STARTTLS not understood", "NotSupportedException: The SMTP server does not support the STARTTLS",
			"TLS required…not offered", "StartTLS unavailable", "STARTTLS since it doesn't advertise",
			"doesn't advertise STARTTLS", "does not advertise STARTTLS",
		},
		Not: []string{"SSH-2.0", "BAD Error"}, Words: shared,
		Or: []string{"tls-on-plaintext-server", "starttls-refused", "tls-required-by-server"},
	},
	{
		ID: "starttls-not-offered",
		Any: []string{
			"{missing_requirement,…,tls}", "{:missing_requirement, …, :tls}", "TLS not possible! Remote SMTP server",
			"a TLS session is required, but the server did not offer TLS", "STARTTLS was not advertised by host",
		},
		Or: []string{"tls-on-plaintext-server"},
	},
	{
		ID:  "auth-not-offered",
		Any: []string{"{missing_requirement,…,auth}", "{:missing_requirement, …, :auth}"},
		Or:  []string{"auth-needs-tls"},
	},
	{
		ID: "starttls-not-offered", Any: []string{"Didn't find STARTTLS in server response"},
		With: []string{"wrong version number"}, Or: []string{"tls-on-plaintext-server"},
	},
	{
		ID: "connection-closed-before-greeting", Any: []string{"Didn't find STARTTLS in server response"},
		With: []string{"has read 0 bytes"}, Or: []string{"starttls-on-tls-port"},
	},
	{
		ID: "greeting-rejected", Any: []string{"Didn't find STARTTLS in server response"},
		With: []string{"write:errno=32"}, Confidence: 0.6, Or: []string{"connection-closed-before-greeting"},
	},
	{
		ID: "wrong-protocol-imap-pop", Any: []string{"Didn't find STARTTLS in server response"}, Confidence: 0.4,
		Or: []string{"starttls-not-offered", "wrong-protocol-other"},
	},
}

// protocolRows are greetings of other services.
var protocolRows = []Row{
	{
		ID: "wrong-protocol-http",
		Any: []string{
			`short response: "HTTP`, "short response: HTTP", "greeting. response=HTTP", "greeting: HTTP/",
			"SERVER -> CLIENT: HTTP", `Expected response code "220" but got empty code, with message "HTTP`,
			`unexpected_response,…http/1`, "Response format is wrong.(HTTP", "message received was: HTTP",
			`got code "", with message "HTT`, "SMTPConnectError: (-1, b'/1.1", "SMTPConnectError(-1, b'/1.1",
			"response: HTTP/1.1 4",
		},
		Confidence: 0.95,
	},
	{
		ID: "wrong-protocol-http", Any: []string{"< <html>", "408 Request Timeout"},
		With: []string{"response reading failed"}, When: webPort, Confidence: 0.9,
	},
	{
		ID: "wrong-protocol-http",
		Any: []string{
			"response=HTTP", "response: HTTP", "/1.1 408", "/1.1 400", "/1.0 400", `with message "HTTP`,
			"greeting from server: HTTP", "unexpected response: HTTP", "< HTTP/1", "HTTP/1.1 400 Bad Request",
			`got code "", with message "HTT`, "SERVER -> CLIENT: HTTP", "S: HTTP/", `got code "HTT"`, "got HTTP",
		},
		Words: shared, Confidence: 0.95, Or: []string{"greeting-rejected"},
	},
	{
		ID:         "wrong-protocol-imap-pop",
		Any:        []string{"Dovecot ready.", "Dovecot (Debian) ready", "POP3 server", "IMAP server ready"},
		With:       []string{"SMTPConnectError", "greeting", "Invalid response code", "short response", "Got bad greeting"},
		Confidence: 0.9,
	},
	{
		ID: "wrong-protocol-other",
		Any: []string{
			"message received was: SSH-", "response=SSH-", "SERVER -> CLIENT: SSH-", "< SSH-2.0", "2.0-OpenSSH",
		},
		With: []string{"smtp", "mail", "EHLO"}, Confidence: 0.9,
	},
	{
		ID: "wrong-protocol-imap-pop",
		Any: []string{
			" * OK [CAPABILITY", "IMAP4rev1", "response=* OK", "response: * OK", `short response: "* OK`,
			"short response: * OK", "greeting: * OK", "+OK Dovecot", "+OK POP", "POP3 server ready", "+OK ready",
			"+OK Gpop", `short response: "+OK`, "BAD Error in IMAP command", "SERVER -> CLIENT: * OK",
			"SERVER -> CLIENT: +OK", "greeting: +OK", "response: +OK", "response=+OK", "S: * OK", "S: +OK",
			`got code "* O"`, `got code "+OK"`, `with message "* OK`, `with message "+OK`,
		},
		Words: shared, Confidence: 0.95, Or: []string{"starttls-on-tls-port"},
	},
	{
		ID:   "hosting-smtp-redirect",
		Any:  []string{"We do not authorize the use of this system to transport unsolicited"},
		When: both(public, no(in("cpanel"))), Confidence: 0.85, Or: []string{"auth-bad-credentials"},
	},
	{
		ID: "wrong-protocol-imap-pop",
		Any: []string{
			"the server sent an invalid reply", "Invalid server response", "Timed Out", "timed out",
			"Connection unexpectedly closed", "Net::SMTP: 421", " EOF ", "Greeting never received",
		},
		When: imapPort, Words: shared, Confidence: 0.7, Or: []string{"greeting-timeout", "starttls-on-tls-port"},
	},
	{
		ID: "wrong-protocol-other",
		Any: []string{
			"the server sent an invalid reply", "Invalid server response", "Timed Out", "timed out", "i/o timeout",
			"Connection unexpectedly closed",
		},
		When: shellPort, Words: shared, Confidence: 0.7, Or: []string{"greeting-timeout"},
	},
	{
		ID:   "wrong-protocol-imap-pop",
		Any:  []string{"msmtp: the server sent an invalid reply", "Invalid server response"},
		With: []string{"msmtp", "Could not send the message"}, Confidence: 0.6,
		Or: []string{"wrong-protocol-other", "wrong-protocol-http"},
	},
	{
		ID: "wrong-protocol-imap-pop", Any: []string{"$@=Net::SMTP: 421 $!="}, Confidence: 0.5,
		Or: []string{"wrong-protocol-other", "wrong-protocol-http"},
	},
}

// localRows are faults of the machine or the program itself.
var localRows = []Row{
	{
		ID: "local-tls-support-missing",
		Any: []string{
			"Unable to find the socket transport", "Extension missing: openssl", "Missing extension: openssl",
			"openssl extension", "this stream does not support SSL/crypto", "please install IO::Socket::SSL",
			"Need IO::Socket::SSL", "IO::Socket::SSL … not", "TLS support … not compiled", "not compiled in",
			"built without TLS", "no TLS support", "No SSL support compiled",
			"failed to initialize the client-side SSL context", "compiled without SSL", "TLS was not compiled",
			"SSL support not", "without TLS support", "SSL module is not available",
			"TLS is not supported by this build", "No TLS support available", "OpenSSL … not installed",
			"OPENSSL…not enabled",
		},
		Words: shared, Confidence: 0.95, Or: []string{"client-config-invalid"},
	},
	{
		ID: "local-tls-support-missing",
		Any: []string{
			"Unable to find the socket transport", "Extension missing: openssl",
			"this stream does not support SSL/crypto", "please install IO::Socket::SSL", "requires Net::SSLeay",
			"No SSL support compiled in",
		},
		Confidence: 0.9, Or: []string{"client-config-invalid"},
	},
	{
		ID: "local-mta-missing",
		Any: slices.Concat([]string{
			"sendmail: not found", "sendmail: command not found", "open /etc/postfix/main.cf: No such file",
			"spawn sendmail", "spawn /usr/sbin/sendmail",
			"Could not instantiate mail function", "Could not execute: /", "sendmail … No such file",
			"No such file or directory - /usr/sbin/sendmail", `exec: "sendmail"`, "-t: not found",
			"sendmail -bs\" has been closed", "process /usr/sbin/sendmail", "sendmail: No such file",
			"sendmail…executable file not found", "Sendmail exited", "sendmail … not executable",
			"Process failed with exit code 127", "mail: command not found", "mailx: command not found",
			"sendmail binary", "sendmail is not installed", "sendmail_path", "no sendmail",
			"find a sendmail executable", "sendmail: executable not found", "sendmail_not_found",
			"cannot find sendmail", "/usr/lib/sendmail", "mail: not found", "mail command not found",
			"Failed to connect to mailserver at \"localhost\" port 25, verify your \"SMTP\"",
		}, mailFunctionTranslated),
		Confidence: 0.93, Or: []string{"client-config-invalid"},
	},
	{
		ID: "local-permission-denied",
		Any: []string{
			"connect … Permission denied", "Permission denied (13)", "Permission denied #13",
			"Permission denied [13]", "(Permission denied)", "port 587: Permission denied",
			"port 465: Permission denied", "port 25: Permission denied", "has been disabled for security reasons",
			"EACCES", "connect EPERM", "winerror 10013", "error 10013", "#10013", "(10013)",
			"forbidden by its access permissions", "Operation not permitted",
			"undefined function PHPMailer\\PHPMailer\\fsockopen", "undefined function fsockopen",
			"server problem Permission denied", "SMTP: Permission denied", "undefined function stream_socket",
			"connect: permission denied", "SMTP Server: Permission denied", "connect: operation not permitted",
			"SocketException: Permission denied",
		},
		Words: shared, Or: []string{"connect-timeout-blocked-port"},
	},
	{
		ID: "client-config-invalid",
		Any: []string{
			"too many colons in address", "missing port in address", "lookup ssl://", "lookup tls://", "lookup http",
			"lookup smtp://", "lookup smtps://", "getaddrinfo for ssl failed", "getaddrinfo for tls failed",
			"getaddrinfo for https failed", "getaddrinfo for http failed", "ENOTFOUND ssl://", "ENOTFOUND http",
			"ENOTFOUND smtp://", "ENOTFOUND tls://", "resolve host: ssl ", "resolve host: https ",
			"resolve host: http ", "resolve host: tls ", "resolve host: smtp ", "locate host ssl://",
			"locate host http", "locate host smtp://", "UnknownHostException: ssl://", "UnknownHostException: http",
			"UnknownHostException: smtp://", "UnknownHostException: tls://", `find the host "http`,
			`find the host "ssl:`, "Servname not supported", "Invalid host: ", "name=ssl", "name=https",
			"could not be established with host ssl://ssl", "host \"ssl://ssl", "ssl://ssl://", "ssl://tls://",
			"with host http",
		},
		Words: shared, Confidence: 0.93, Or: []string{"dns-no-such-host"},
	},
	{
		ID: "client-config-invalid",
		Any: []string{
			"ENOTFOUND", "no such host", "getaddrinfo", "Could not resolve host", "cannot locate host",
			"UnknownHostException", "Could not find the host", "Name service error", "Name or service not known",
			"gaierror", "EBADNAME", "unable to establish SMTP connection", "Unable to initialize SMTP properly",
		},
		Not: []string{"EAI_AGAIN"}, When: oddHost, Words: shared, Confidence: 0.9,
		Or: []string{"dns-no-such-host", "dns-timeout"},
	},
	{
		ID: "client-config-invalid",
		Any: []string{
			"mailer DSN", "The \"…\" scheme is not supported",
			"scheme is not supported; supported schemes for mailer", "Unsupported scheme", "unsupported mailer",
			"Mailer [", "transport is not enabled", "Unsupported mail transport", "Please provide a valid address",
			"No mailer", "SMTP host is not", "SMTP host not set", "SMTP server not set", "SMTP host is required",
			"Missing SMTP host", "missing host", "smtp host is empty", "no smtp server", "SMTP is not configured",
			"SMTP settings are not", "smtp not configured", "mail is not configured", "email is not configured",
			"Email service is not configured", "no mail server configured", "Invalid DSN", "could not parse … DSN",
			"mailer is not configured", "SMTP … not configured", "invalid port", "port must be", "port out of range",
			"Port number … out of range", "The parameter 'address' cannot be an empty string",
			"The SMTP host was not specified", "host cannot be empty", "host must be specified",
			"host parameter cannot be", "section <global.email_…> missing", "no global SMTP",
			"transport is not defined", "email backend … not", "No such mailer", "hostname cannot be empty",
			"invalid SMTP host", "ERR_INVALID_URL", "ERR_SOCKET_BAD_PORT", "ERR_TLS_INVALID_PROTOCOL_VERSION",
			"mail.smtp.port", "the mail driver",
			"Invalid URL", "SMTP server name is required", "Transport Configuration is missing", "SMTP_SECURITY",
			"is not a valid email address", "hostname for client cannot be empty", "#10049",
			"requested address is not valid in its context", "requested address is not valid in its context",
			"isa check for", "NoSuchProviderException: smtp", "PEAR mail package is not installed",
			"mail package is not installed",
		},
		Words: shared, Confidence: 0.8, Or: []string{"client-credentials-missing"},
	},
}

// certificateRows are certificates that the client does not accept, the reason
// first and the mere fact last.
var certificateRows = []Row{
	{
		ID: "tls-on-starttls-port",
		Any: []string{
			"unexpected packet format", "Cannot determine the frame size", "InvalidContentType", "CorruptMessage",
		},
		When: no(either(webPort, imapPort, shellPort, local)), Words: bare, Confidence: 0.95,
		Or: []string{"tls-on-plaintext-server"},
	},
	{
		ID: "local-missing-ca-bundle",
		Any: []string{
			"failed loading cafile", "error setting certificate", "trustAnchors parameter must be non-empty",
			"no_cacerts_found", "cannot set X509 trust file", "certificate verify locations", "no CA certificates",
			"failed to load CA", "CA bundle not found", "unable to load CA", "Problem with the SSL CA cert",
			"no cacerts", "cacert.pem: No such file", "could not load system root", "failed to load system roots",
			"x509: failed to load system roots", "cacertfile", "cacerts: :undefined", "cert.pem (Errno::ENOENT)",
			"no system certificates", "unable to load certificate bundle",
		},
		Words: bare, Confidence: 0.95, Or: []string{"cert-unknown-ca"},
	},
	{
		ID: "local-proxy-or-antivirus-mitm",
		Any: []string{
			"Avast", "AVG Technologies", "Mail Shield", "Kaspersky", "FortiGate", "Fortinet", "Zscaler",
			"ESET SSL Filter", "Bitdefender", "NortonLifeLock", "Norton Web", "Sophos", "Netskope", "Cisco Umbrella",
			"Symantec Web", "Blue Coat", "WatchGuard", "SonicWall", "Palo Alto Networks",
		},
		With: []string{"certificate", "verify", "issuer"}, Words: shared, Confidence: 0.93,
		Or: []string{"cert-unknown-ca"},
	},
	{ID: "wrong-protocol-imap-pop", Any: mismatchWords, When: imapPort, Words: bare, Confidence: 0.7, Or: []string{"cert-name-mismatch"}},
	{
		ID: "hosting-smtp-redirect", Any: mismatchWords, When: public, Words: bare, Confidence: 0.8,
		Or: []string{"cert-name-mismatch", "local-proxy-or-antivirus-mitm"},
	},
	{ID: "cert-name-mismatch", Any: mismatchWords, Words: bare, Confidence: 0.95, Or: []string{"hosting-smtp-redirect"}},
	{
		ID: "cert-not-yet-valid",
		Any: []string{
			"certificate is not yet valid", "CERT_NOT_YET_VALID", "certificate not yet valid",
			"CertificateNotYetValid", "uses not yet valid certificate",
			"expired or is not yet valid: current time … is before", "CertificateNotYetValidException: NotBefore",
			"certificate has a not before date in the future", "NotValidYet",
		},
		Words: bare, Confidence: 0.95, Or: []string{"cert-expired"},
	},
	{
		ID: "cert-expired",
		Any: []string{
			"certificate has expired", "CERT_HAS_EXPIRED", "certificate expired", "cert_expired",
			"certificate_expired", "uses expired certificate", "CertificateExpiredException", "NotTimeValid",
			"expired certificate", "certificate is expired", "PeerCertificateExpired",
			"sslv3 alert certificate expired",
		},
		Words: bare, Confidence: 0.95, Or: []string{"cert-not-yet-valid"},
	},
	{
		ID:    "cert-verify-failed",
		Any:   []string{"CertPathValidatorException: validity check failed", "validity check failed"},
		Words: bare, Confidence: 0.7, Or: []string{"cert-expired", "cert-not-yet-valid"},
	},
	{
		ID: "local-proxy-or-antivirus-mitm",
		Any: []string{
			"self-signed certificate in certificate chain", "self signed certificate in certificate chain",
			"SELF_SIGNED_CERT_IN_CHAIN",
		},
		When: both(public, no(in("mailpit", "maildev"))), Words: bare, Confidence: 0.8,
		Or: []string{"cert-unknown-ca", "cert-self-signed"},
	},
	{
		ID: "cert-unknown-ca",
		Any: []string{
			"self-signed certificate in certificate chain", "self signed certificate in certificate chain",
			"SELF_SIGNED_CERT_IN_CHAIN", "selfsigned_peer in chain",
		},
		Words: bare, Or: []string{"cert-self-signed", "local-proxy-or-antivirus-mitm"},
	},
	{
		ID: "cert-self-signed",
		Any: []string{
			"self-signed certificate", "self signed certificate", "DEPTH_ZERO_SELF_SIGNED_CERT", "selfsigned_peer",
			"self-signed cert",
		},
		Words: bare, Confidence: 0.95, Or: []string{"cert-unknown-ca"},
	},
	{
		ID: "cert-missing-intermediate",
		Any: []string{
			"unable to verify the first certificate", "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
			"unable to verify leaf signature",
		},
		Words: bare, Or: []string{"cert-unknown-ca"},
	},
	{
		ID:   "local-missing-ca-bundle",
		Any:  []string{"unable to get local issuer certificate", "UNABLE_TO_GET_ISSUER_CERT_LOCALLY"},
		When: public, Words: bare, Confidence: 0.75,
		Or: []string{"cert-missing-intermediate", "cert-unknown-ca", "local-proxy-or-antivirus-mitm"},
	},
	{
		ID: "cert-unknown-ca",
		Any: []string{
			"unable to get local issuer certificate", "UNABLE_TO_GET_ISSUER_CERT", "unable to get issuer certificate",
			"unable_to_find_valid_certification", "unable to find valid certification path",
			"PKIX path building failed", "certificate signed by unknown authority", "issuer is unknown", "hasn't got a known issuer",
			"untrusted issuer", "UntrustedRoot", "PartialChain", "RemoteCertificateChainErrors", "UnknownIssuer",
			"unknown_ca", "unknown ca", "invalid peer certificate: UnknownIssuer", "certificate is not trusted",
			"certificate isn't trusted", "not issued by a trusted", "root certificate which is not trusted",
			"issuer certificate is unknown", "CertificateUnknown", "certificate chain … not trusted",
			"alert certificate unknown", "certificate was issued by an untrusted",
		},
		Not: []string{"name in the certificate does not match"}, Words: bare, Confidence: 0.85,
		Or: []string{"cert-missing-intermediate", "local-missing-ca-bundle", "cert-self-signed"},
	},
	{
		ID: "tls-weak-crypto-rejected",
		Any: []string{
			"dh key too small", "DH_KEY_TOO_SMALL", "key too weak", "md too weak", "ee key too small",
			"ca key too small", "EE_KEY_TOO_SMALL", "CA_MD_TOO_WEAK", "do not conform to algorithm constraints",
			"does not conform to algorithm constraints", "modulus too small", "bad DH value", "insecure algorithm",
			"weak signature", "Diffie-Hellman prime", "does not comply to algorithm constraints",
		},
		Words: bare, Confidence: 0.95, Or: []string{"tls-handshake-failed"},
	},
	{
		ID: "cert-verify-failed",
		Any: slices.Concat([]string{
			"certificate verify failed", "CERTIFICATE_VERIFY_FAILED", "remote certificate is invalid",
			"RemoteCertificate is invalid", "Untrusted server certificate", "certificate is untrusted",
			"Wrong peer certificate", "certificate verification failed", "certificate validation failed",
			"bad certificate", "bad_certificate", "bad_cert", "certificate verification error",
			"certificate is invalid", "invalid certificate", "SSL certificate problem", "certificate unknown",
			"server certificate is not", "peer certificate cannot be", "Cert VALIDATION ERROR",
			"certificate could not be validated", "invalid peer certificate", "UnsupportedCertVersion",
			"unable to get certificate CRL", "CryptographicException", "SslPolicyErrors", "certificate invalid",
			"SSL certificate is not valid", "certificate error", "The certificate for this server is invalid",
		}, untrustedTranslated),
		Words: bare, Confidence: 0.8, Or: []string{"cert-unknown-ca", "cert-self-signed", "cert-expired"},
	},
}

// mismatchWords say that the certificate has another name.
var mismatchWords = []string{
	"does not match certificate's altnames", "ERR_TLS_CERT_ALTNAME_INVALID", "Hostname mismatch",
	"IP address mismatch", "did not match expected", "x509: certificate is valid for", "doesn't contain any IP SANs",
	"certificate is not valid for any names", "No name matching", "No subject alternative",
	"does not match the server certificate", "Can't verify identity of server",
	"no alternative certificate subject name", "does not match target host", "hostname verification failed",
	"name in the certificate does not match", "RemoteCertificateNameMismatch", "hostname_check_failed",
	"certificate is not valid for '", "NotValidForName", "certificate does not match", "hostname does not match",
	"host name did not match", "name does not match", "certificate name mismatch", "CertificateException: No subject",
	"doesn't match", "certificate owner does not match hostname", "certificate common name", "CN mismatch",
	"legacy Common Name field", "cannot validate certificate for", "subject name does not match",
}

// wrongVersion is what TLS clients say of bytes that are no TLS: a greeting.
var wrongVersion = []string{
	"Error_Packet_Parsing", "wrong version number", "WRONG_VERSION_NUMBER", "1408F10B", "0A00010B",
	"first record does not look like a TLS", "Unsupported or unrecognized SSL message", "Unrecognized SSL message",
	"plaintext connection?", "unexpected packet format", "unexpected TLS packet", "140770FC", "unknown protocol",
	"tls_validate_record_header", "packet length too long", "Cannot determine the frame size",
	"oversized record received", "InvalidContentType", "unexpected_message", "corrupt message",
	"An error occurred while attempting to establish an SSL or TLS connection", "SSL23_GET_SERVER_HELLO",
	"unexpected message", "record layer version", "illegal TLS packet", "record overflow",
	"received record with version", "invalid record received", "TLS packet with unexpected length",
	"http request…ssl", "bad record type", "BAD_PACKET_LENGTH", "errSSLProtocol", "SSL connection … unencrypted",
	"unrecognized record",
}

// tlsRows are handshakes that fail: the mode first, then versions, then the
// rest.
var tlsRows = []Row{
	{
		ID: "tls-handshake-failed", Any: []string{"wrong version number"},
		With: []string{"SSL_accept error", "postfix/smtpd", "submission/smtpd", "dovecot:"},
		Or:   []string{"tls-on-plaintext-server"},
	},
	{
		ID: "tls-handshake-failed", Any: []string{"wrong version number"},
		With: []string{"stream_socket_enable_crypto"}, Not: []string{"stream_socket_client"}, Confidence: 0.7,
		Or: []string{"tls-on-starttls-port", "tls-on-plaintext-server"},
	},
	{
		ID: "wrong-protocol-imap-pop", Any: wrongVersion, When: imapPort, Words: bare, Confidence: 0.8,
		Or: []string{"tls-on-starttls-port", "tls-on-plaintext-server"},
	},
	{
		ID: "wrong-protocol-http", Any: wrongVersion, When: webPort, Words: shared, Confidence: 0.8,
		Or: []string{"tls-on-plaintext-server", "tls-on-starttls-port"},
	},
	{
		ID: "wrong-protocol-other", Any: wrongVersion, When: shellPort, Words: shared, Confidence: 0.8,
		Or: []string{"tls-on-plaintext-server", "tls-on-starttls-port"},
	},
	{
		ID: "tls-on-plaintext-server", Any: wrongVersion,
		When: either(local, ports(1025, 1026, 1027, 8025, 465), catcher), Words: bare, Confidence: 0.85,
		Or: []string{"tls-on-starttls-port"},
	},
	{
		ID: "tls-on-starttls-port", Any: wrongVersion,
		Not: []string{
			"certificate could not be validated", "did not match the name given", "CryptographicException",
			"certificate has the following errors",
		},
		Words: bare, Confidence: 0.97, Or: []string{"tls-on-plaintext-server"},
	},
	{
		ID: "tls-version-too-old", Any: []string{"Received fatal alert: protocol_version"}, Words: bare,
		Confidence: 0.75, Or: []string{"tls-client-too-old", "tls-handshake-failed"},
	},
	{
		ID: "tls-client-too-old",
		Any: []string{
			"tlsv1 alert protocol version", "TLSV1_ALERT_PROTOCOL_VERSION", "1409442E", "0A00042E",
			"remote error: tls: protocol version not supported", "do not possess a common algorithm",
			"version too low", "process_client_hello:unsupported protocol", "No appropriate protocol",
			"alert number 70", "no protocols available", "ClientHello:unsupported protocol",
			"client and server cannot communicate, because", "process_client_hello",
		},
		Words: bare, Confidence: 0.8, Or: []string{"tls-version-too-old", "tls-handshake-failed"},
	},
	{
		ID: "tls-client-too-old", Any: []string{"get_client_hello:no shared cipher"}, With: []string{"smtpd"},
		Or: []string{"tls-handshake-failed"},
	},
	{
		ID: "tls-version-too-old",
		Any: []string{
			"unsupported protocol", "UNSUPPORTED_PROTOCOL", "server selected unsupported protocol version",
			"legacy sigalg", "illegal or unsupported version", "protocol version not supported",
			"Error in protocol version", "unsupported SSL protocol", "UnsupportedProtocol", "peer is incompatible",
			"TLS version … not supported", "legacy server connect", "tls version too old", "insufficient_security",
			"Server chose TLSv1", "protocol is not supported", "UNSAFE_LEGACY_RENEGOTIATION",
		},
		Words: bare, Confidence: 0.85, Or: []string{"tls-client-too-old", "tls-handshake-failed"},
	},
	{
		ID: "greeting-timeout",
		Any: []string{
			"SSL: Handshake timed out", "SSL wants a read first", "SSL connection timeout", "TLS handshake timeout",
			"handshake operation timed out", "SSL_connect error to … Connection timed out",
			"_ssl.c:…The handshake operation timed out",
		},
		Words: bare, Confidence: 0.8, Or: []string{"tls-handshake-failed", "connect-timeout-blocked-port"},
	},
	{
		ID: "connection-dropped-mid-session", Any: []string{"cannot read from TLS connection", "tls_socket_read"},
		With: []string{"non-properly terminated"}, Or: []string{"session-timeout"},
	},
	{
		ID: "tls-handshake-failed",
		Any: []string{
			"handshake failure", "handshake_failure", "alert handshake", "terminated the handshake", "SSL_connect SYSCALL returned",
			"no shared cipher", "SSL_ERROR_SYSCALL", "unexpected eof while reading", "EOF occurred in violation",
			"UNEXPECTED_EOF", "disconnected before secure TLS", "non-properly terminated", "tls: internal error",
			"alert internal error", "SSL_connect returned=", "SslHandshakeException", "SSLHandshakeException",
			"handshake failed", "TLS handshake failed", "TLS handshake error", "SSL handshake failed",
			"SSL handshake error", "tls_failed", "MAILSMTP_ERROR_SSL", "TLS startup failed", "tls handshake eof",
			"call to SSPI failed", "remote party has closed the transport stream", "alert number 80",
			"alert number 40", "no cipher match", "unable to negotiate a", "StartTLS: read tcp", "starttls: read tcp",
			"send STARTTLS command: EOF", "Handshake error", "no peer certificate available", "certificate required",
			"unexpected EOF during handshake", "handshake: EOF", "tls: handshake failure", "|EPROTO|",
			"SSL: Connection reset by peer", "received fatal alert", "remote error: tls", "tls_alert", "close_notify",
			"decrypt error", "SSL negotiation", "bad signature", "SSL connect error", "error during handshake",
			"ERR_SSL", "TLS negotiation failed", "HandshakeFailed Error_EOF",
		},
		Not: []string{"write:errno=104"}, Words: bare, Confidence: 0.8,
		Or: []string{"connection-closed-before-greeting", "connection-dropped-mid-session", "tls-version-too-old"},
	},
	{
		ID: "tls-handshake-failed",
		Any: []string{
			"Unable to connect with TLS encryption", "SSL_connect error to", "Unable to connect with STARTTLS",
			"stream_socket_enable_crypto returned false", "Failed to enable crypto",
			"Could not negotiate TLS connection", "SSL connect attempt failed", "StartTLS failed", "TLS error",
			"SSL error", "STARTTLS failed", "Could not start TLS", "stream_socket_enable_crypto()",
		},
		Not:   []string{"Connection reset by peer", "certificate", "getaddrinfo"},
		Words: bare, Confidence: 0.6, Or: []string{"connection-dropped-mid-session", "cert-verify-failed"},
	},
	{
		ID: "connect-timeout-blocked-port", Any: []string{"Could not convert socket to TLS"},
		With: []string{"did not properly respond"}, Confidence: 0.6,
		Or: []string{"tls-handshake-failed", "session-timeout"},
	},
	{
		ID: "tls-handshake-failed", Any: []string{"Could not convert socket to TLS"}, Not: []string{"reset"},
		Confidence: 0.7, Or: []string{"cert-verify-failed", "session-timeout"},
	},
	{
		ID: "tls-on-starttls-port", Any: []string{"80040213"}, With: []string{") = 587", "= 587", ":587"},
		Not: []string{"SMTPUseSSL = False"}, When: says("smtpusessl"), Confidence: 0.6,
		Or: []string{"connect-failed-unspecified", "connect-timeout-blocked-port"},
	},
}
