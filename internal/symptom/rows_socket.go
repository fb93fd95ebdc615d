package symptom

import "slices"

// Names, connections, and what is left: codes and exceptions that tell only
// that something failed.

// nameRows are host names that are not resolved.
var nameRows = []Row{
	{
		ID: "ipv6-unreachable", Any: []string{"Host found but no data record of requested type"}, Words: bare,
		Confidence: 0.7, Or: []string{"dns-no-such-host"},
	},
	{
		ID: "dns-timeout",
		Any: []string{
			"EAI_AGAIN", "Temporary failure in name resolution", "server misbehaving", "SERVFAIL",
			"host lookup did not complete", "unexpected name server reply", "Host not found, try again",
			"Resolving timed out", "name resolution timed out", "lookup … i/o timeout",
			"Name or service not known…try again", "DNS timeout", "resolve timed out", "DNS … timed out",
			"Try again)", "Errno -3]", "temporary error in name resolution", "Could not contact DNS",
			"queryA ETIMEOUT", "queryMx ETIMEOUT", "NoNameservers",
		},
		Words: bare, Confidence: 0.93, Or: []string{"dns-no-such-host"},
	},
	{
		ID: "client-config-invalid",
		Any: []string{
			"getaddrinfo for mailpit failed", "getaddrinfo for mailhog failed", "getaddrinfo ENOTFOUND mailhog",
			"getaddrinfo ENOTFOUND mailpit", "getaddrinfo for maildev", "lookup mailhog", "lookup mailpit",
			"getaddrinfo for mailcatcher",
		},
		Or: []string{"dns-no-such-host"},
	},
	{
		ID: "dns-no-such-host",
		Any: slices.Concat([]string{
			"ENOTFOUND", "Name or service not known", "nodename nor servname", "errno: -3008", "\"errno\":-3008",
			"\"errno\": -3008", "getaddrinfo failed",
			"php_network_getaddresses", "no such host", "UnknownHostException", "|nxdomain|", "No such host is known",
			"DNS query failed", "returned Null MX", "indicated no SMTP service", "Could not resolve host",
			"could not resolve", "cannot locate host", "Could not find the host", "Host or domain name not found",
			"Name does not resolve", "The remote name could not be resolved", "gaierror", "getaddrinfo:",
			"failed to lookup address", "unknown host", "Host not found", "hostname could not be resolved",
			"No address associated with hostname", "dns error: failed to lookup", "Unable to resolve host",
			"not resolve hostname", "couldn't resolve host", "nodename not known", "unable to resolve",
			"name not resolved", "failed to resolve", "host or service not provided", "resolve hostname",
			"Der angegebene Host ist unbekannt", "Host unbekannt", "Hôte inconnu", "Host desconocido",
			"Este host desconocido", "Name konnte nicht", "Der Remotename konnte nicht", "未知的主机", "不知道这样的主机",
			"Unbekannter Host", "Этот хост неизвестен", "getaddrinfo ENODATA", "NameResolutionFailure",
			"bad address '", "winerror 11001", "error 11001", "#11001", "(11001)", "errno 11001",
			"domain name not found", "没有找到主机", "no_such_host", "DNS lookup failed", "non-existent domain",
		}, unknownHostTranslated),
		Words: bare, Confidence: 0.93, Or: []string{"dns-timeout", "client-config-invalid"},
	},
}

// refusedWords, timedOut, silent and closed are what sockets say, by stack.
var (
	refusedWords = slices.Concat([]string{
		"errno: -4078", "\"errno\": -4078", "\"errno\":-4078", "\"errno\":-111", "\"errno\": -111",
		"Connection refused", "ECONNREFUSED", "actively refused", "active rejection by the target",
		"refused the connection", "MAILSMTP_ERROR_CONNECTION_REFUSED", "Errno 111", "econnrefused", "errno=111",
		"winerror 10061", "error 10061", "#10061", "(10061)", "errno 10061", "Connection is refused",
		"ConnectionRefused", "ConnectionRefusedError", "connect: connection refused", "Couldn't connect to server",
		"os error 111", "os error 61", "Errno 61]", "os error 10061", "verweigert", "Verbindungsaufbau abgelehnt",
		"Connexion refus", "rechazó", "Conexión rehusada", "Conexión rechazada", "Connessione rifiutata",
		"Conexão recusada", "积极拒绝", "拒绝连接", "отверг", "запрос на подключение", "отказано", "接続を拒否",
		"対象のコンピューターによって拒否", "connection refused",
	}, refusedTranslated)

	timedOut = slices.Concat([]string{
		"errno: -4039", "\"errno\": -4039", "\"errno\":-4039", "\"errno\":-110", "\"errno\": -110",
		"User timeout caused connection failure", "Connections to port 25 are prohibited", "Connection timed out",
		"connect timed out", "connection timed out", "ETIMEDOUT", "Connection timeout", "Net::OpenTimeout",
		"execution expired", "did not properly respond", "winerror 10060", "error 10060", "#10060", "(10060)",
		"errno 10060", "Timeout was reached", "Operation timed out", "ConnectTimeout", "connect timeout",
		"SMTPConnectTimeoutError", "i/o timeout", "Failed to connect … timed out", "TimeoutError",
		"Timeout to open TCP connection", "Timeout while connecting", "connect: timeout", "Timed out connecting",
		"timed out while connecting", "Interrupted system call", "Connection timed out #110", "socket timeout",
		"Error: timeout", "os error 110", "Errno 110]", "errno=110", "connection attempt failed",
		"Zeitüberschreitung", "Verbindung … Zeitlimit", "délai d'attente", "délai d’attente", "tiempo de espera",
		"tempo limite", "连接超时", "连接方在一段时间后没有正确答复", "время ожидания", "connection_timeout", "timed out connect",
		"context deadline exceeded", "timed out", "ConnectionTimeout", "timeout was reached", "timed_out",
		"connect_timeout", "{error,timeout}", "{:error, :timeout}", "network_failure…timeout", "timeout expired",
		"no response from", "timeout of", "conn timeout", "operation has timed out", "timed-out", "超时", "タイムアウト",
		"Timeout error", "Timeout connecting",
	}, timedOutTranslated)

	silent = []string{
		"Greeting never received", "Read timed out", "Net::ReadTimeout", "with 0 bytes received",
		"[Net::SMTP] Timeout", "network read error: the operation timed out", "The read operation timed out",
		"unexpectedly closed: timed out", "read timed out", "Exception reading response", "waiting for greeting",
		"waiting for the greeting", "greeting timeout", "while receiving the initial server greeting",
		"SMTPReadTimeoutError", "Timed out waiting for server", "conversation with … timed out",
		"|connection to …timed out", "while trying to read from SMTP server",
	}

	closed = slices.Concat([]string{
		"Failure when receiving data from the peer", "errno: -4077", "\"errno\": -4077", "\"errno\":-4077",
		"\"errno\":-104", "\"errno\": -104", "hGetLine: end of file", "Connection unexpectedly closed",
		"has been closed unexpectedly", "Connection closed unexpectedly", "Unexpected socket close", "ECONNRESET",
		"Connection reset by peer", "SMTPServerDisconnected", "response: [EOF]", "response: -1", "[EOF]",
		"empty reply", "response reading failed", "lost connection while", "lost connection with",
		"socket closed without error", "connection closed by server", "end of file reached", "EOFError",
		"got an empty response", "got empty code", "but got an empty", "error=EOF", ": EOF", " EOF ", `"EOF"`,
		"Connection to … closed", "connection was forcibly closed", "existing connection was forcibly", "Broken pipe",
		"broken pipe", "EPIPE", "socket hang up", "write:errno=104", "write:errno=32", "os error 104",
		"winerror 10054", "error 10054", "#10054", "(10054)", "errno 10054", "[Net::SMTP] Connection closed",
		"Error in the pull function", "peer closed connection", "remote host closed", "connection closed",
		"closed the connection", "forced closed", "unexpected end of file", "unexpected EOF", "connection reset",
		"Connection lost", "connection aborted", "os error 10054", "Remote end closed", "disconnected unexpectedly",
		"server closed", "{error,closed}", "{:error, :closed}", "closed by the server",
		"SMTP server has unexpectedly disconnected", "unexpectedly disconnected", "transport connection: ",
		"EOF caught", "Called STARTTLS without being connected", "Connection terminated", "zero byte response",
		"connection has ended", "Socket has closed unexpectedly", "dropped connection",
		"failed to open a connection to SMTP server EOF", "SERVER -> CLIENT: 20", "Verbindung wurde", "连接被",
		"远程主机强迫关闭", "SSL: Connection reset",
	}, closedTranslated)
)

// connectRows are connections that do not come about, or end.
var connectRows = []Row{
	{
		ID: "ipv6-unreachable",
		Any: []string{
			"Network is unreachable", "ENETUNREACH", "EHOSTUNREACH", "No route to host",
			"Cannot assign requested address", "EADDRNOTAVAIL", "winerror 10051", "error 10051", "#10051", "(10051)",
			"errno 10051", "os error 101", "can't assign requested address",
		},
		When: sixes, Words: bare, Or: []string{"network-unreachable"},
	},
	{
		ID: "network-unreachable",
		Any: []string{
			"Network is unreachable", "ENETUNREACH", "EHOSTUNREACH", "No route to host", "NoRouteToHost",
			"winerror 10051", "error 10051", "#10051", "(10051)", "errno 10051", "winerror 10065", "error 10065",
			"#10065", "(10065)", "errno 10065", "unreachable network", "unreachable host", "network unreachable",
			"host is unreachable", "Host is down", "os error 101", "os error 113", "Cannot assign requested address",
			"EADDRNOTAVAIL", "Netzwerk ist nicht erreichbar", "Le réseau n'est pas accessible", "Network is down",
			"ENETDOWN", "无法访问", "недоступн",
		},
		Words: bare, Confidence: 0.85, Or: []string{"connect-timeout-blocked-port", "ipv6-unreachable"},
	},
	{
		ID: "client-falls-back-to-localhost", Any: refusedWords, When: both(local, no(otherPort)), Words: bare,
		Confidence: 0.9, Or: []string{"connection-refused", "local-mta-missing"},
	},
	{
		ID: "client-falls-back-to-localhost",
		Any: []string{
			"Could not connect to SMTP host: localhost", "Could not connect to SMTP host: 127.0.0.1",
			"Failed to connect to mailserver at \"localhost\"", "could not be established with host localhost",
			"could not be established with host 127.0.0.1",
		},
		Confidence: 0.8, Or: []string{"connection-refused"},
	},
	{
		ID: "connection-refused", Any: refusedWords, Words: bare, Confidence: 0.93,
		Or: []string{"client-falls-back-to-localhost", "connect-timeout-blocked-port"},
	},
	{
		ID: "greeting-timeout", Any: []string{"Read timed out"}, With: []string{"Could not connect to SMTP host"},
		Words: bare, Confidence: 0.7, Or: []string{"starttls-on-tls-port", "tls-handshake-failed"},
	},
	{
		ID: "connection-closed-before-greeting", Any: []string{"Connection reset by peer", "ECONNRESET"},
		When: both(tlsPort, no(midway)), Words: bare, Confidence: 0.75,
		Or: []string{"starttls-on-tls-port", "tls-handshake-failed"},
	},
	{
		ID: "starttls-on-tls-port",
		Any: slices.Concat(silent, closed, []string{
			"i/o timeout", "SocketTimeoutException", "timed out", "TimeoutError",
		}),
		Not: []string{
			"dial tcp", "Connect timed out", "Connection timed out", "connect … failed", "Failed to connect to",
			"could not be established", "getaddrinfo", "wrong version", "certificate", "connect ECONNRESET",
			"Connection timeout", "Network is unreachable", "ssl://", "SSLSocket", "SMTP_SSL",
		},
		When: tlsPort, Words: bare, Or: []string{"connection-closed-before-greeting", "greeting-timeout"},
	},
	{
		ID: "session-timeout",
		Any: []string{
			"The read operation timed out", "4.4.2 timeout", "timeout exceeded", "421 Timeout", "idle timeout",
			"timeout waiting for", "timed out while sending", "timed out while receiving",
			"conversation with…timed out", "timed out while performing", "Timeout - closing connection",
			"Timeout while waiting for command", "Connection inactive", "Timeout waiting for data from client",
		},
		Not: []string{"initial server greeting", "SMTP greeting", "Errno"}, Words: shared, Confidence: 0.8,
		Or: []string{"connection-dropped-mid-session", "greeting-timeout"},
	},
	{
		ID: "session-timeout", Any: []string{"Error: Timeout ", `"message":"Timeout"`},
		With: []string{"smtp-connection", "SMTPConnection"}, Confidence: 0.8,
		Or: []string{"connection-dropped-mid-session", "greeting-timeout"},
	},
	{
		ID: "session-timeout", Any: []string{"Read timed out"},
		With:  []string{"issueSendCommand", "simpleCommand", "doAuth", "finishData", "sendCommand("},
		Words: bare, Confidence: 0.8, Or: []string{"connection-dropped-mid-session"},
	},
	{
		ID:   "session-timeout",
		Any:  slices.Concat(silent, []string{"i/o timeout", "SocketTimeoutException", "timed out", "TimeoutError"}),
		With: []string{"could not send email", "read tcp"}, When: either(midway, says("could not send email")),
		Words: shared, Confidence: 0.75, Or: []string{"connection-dropped-mid-session"},
	},
	{
		ID: "greeting-timeout",
		Any: []string{
			"Greeting never received", "[Net::SMTP] Timeout", "Timed out waiting for server ready message",
			"waiting for server response", "Timeout while reading from",
		},
		Confidence: 0.8, Or: []string{"starttls-on-tls-port"},
	},
	{
		ID: "greeting-timeout", Any: silent,
		Not: []string{
			"Connect timed out", "connect timed out", "dial tcp", "Unable to connect to", "could not be established",
			"Failed to connect",
		},
		Words: bare, Confidence: 0.75, Or: []string{"starttls-on-tls-port", "connect-timeout-blocked-port"},
	},
	{
		ID: "greeting-timeout", Any: []string{"read tcp … i/o timeout"}, Words: bare, Confidence: 0.75,
		Or: []string{"session-timeout", "starttls-on-tls-port"},
	},
	{
		ID: "connect-timeout-blocked-port", Any: timedOut, Words: bare, Confidence: 0.85,
		Or: []string{"network-unreachable", "greeting-timeout"},
	},
	{
		ID: "connection-dropped-mid-session",
		Any: []string{
			"auth failed: 421 ", "DATA failed: 421 ", "MAIL failed: 421 ", "RCPT failed: 421 ",
			"failed after MAIL FROM: (empty", "failed after RCPT TO: (empty", "failed after DATA: (empty",
			"DATA END command failed…221", "data not accepted…EOF caught",
		},
		Confidence: 0.75, Or: []string{"auth-bad-credentials", "session-timeout"},
	},
	{
		ID: "connection-dropped-mid-session",
		Any: []string{
			"lost connection while sending", "lost connection while receiving", "SMTPSendFailedException: [EOF]",
			"could not send email 1: EOF", "Expected response code 354 but got an empty",
			"Expected response code 250 but got an empty", `code "250" but got an empty`, `code "354" but got empty`,
			`code "250" but got empty`, "DATA failed: 421 ", "auth failed: 421 ", "MAIL failed: 421 ",
			"RCPT failed: 421 ", "lost connection after", "MessagingException: [EOF]",
			"Called STARTTLS without being connected", "while performing the EHLO", "closing transmission channel",
			"Connection lost in", "lost during data", "Broken pipe", "EPIPE", "connection died",
			"closed connection while we were", "protocol is shutdown", "Could not read from",
		},
		Not: []string{
			"Got bad greeting", "initial server greeting", `code "220"`, "code 220", "4.3.2 Service not available",
			"before greeting",
		},
		Words: shared, Confidence: 0.85, Or: []string{"connection-closed-before-greeting", "session-timeout"},
	},
	{
		ID: "connection-dropped-mid-session", Any: closed, With: []string{"self.sock.sendall(s)", "libcurl: (56)"},
		When: no(delivered), Words: bare, Confidence: 0.8,
		Or: []string{"session-timeout", "connection-closed-before-greeting"},
	},
	{
		ID: "connection-dropped-mid-session", Any: closed, When: both(midway, no(delivered)), Words: bare,
		Confidence: 0.8, Or: []string{"session-timeout", "auth-bad-credentials"},
	},
	{
		ID: "connection-closed-before-greeting", Any: closed, Not: []string{"except smtplib"}, When: no(delivered),
		Words: bare, Confidence: 0.75, Or: []string{"starttls-on-tls-port", "connection-dropped-mid-session"},
	},
	{
		ID: "starttls-on-tls-port", Any: []string{"Failed to connect … (code: -1"}, When: tlsPort, Confidence: 0.75,
		Or: []string{"connection-closed-before-greeting", "greeting-timeout"},
	},
	{
		ID: "connection-closed-before-greeting", Any: []string{"Failed to connect to … (code: -1, response: )"},
		Confidence: 0.75, Or: []string{"greeting-timeout", "connect-failed-unspecified"},
	},
	{
		ID: "connection-dropped-mid-session",
		Any: []string{
			"Failed to set sender…code: -1", "Failed to set sender…code:-1", "Failed to add recipient…code: -1",
			"Failed to send data…code: -1",
		},
		Confidence: 0.85, Or: []string{"session-timeout"},
	},
}

// codeRows go by numbers: a reply in words that no row above knows.
var codeRows = []Row{
	{
		ID: "greeting-rejected",
		Any: []string{
			"Got bad greeting", `Expected response code "220" but got code`,
			"Expected response code 220 but got code", "Invalid greeting", "Got unexpected smtp-server response",
			"SMTPConnectError", "cannot get initial OK message", "No SMTP service here", "greeting: 4", "greeting: 5",
			"unexpected greeting", "bad greeting", "Service not available, closing",
			"After sending null, response did not start",
		},
		Confidence: 0.85, Or: []string{"server-temporary-failure", "ip-reputation-blocked"},
	},
	{ID: "recipient-mailbox-full", Reply: &Reply{Enhanced: []string{"4.2.2", "5.2.2"}}, Words: bare},
	{
		ID: "recipient-unknown", Reply: &Reply{Enhanced: []string{"5.1.1", "5.1.10", "5.1.6"}}, Words: bare,
		Or: []string{"recipient-address-invalid"},
	},
	{
		ID: "recipient-address-invalid", Reply: &Reply{Enhanced: []string{"5.1.2", "4.1.2", "5.1.3", "5.6.7"}},
		Words: bare, Confidence: 0.8, Or: []string{"recipient-unknown"},
	},
	{
		ID: "sender-address-invalid", Reply: &Reply{Enhanced: []string{"5.1.7", "5.1.8", "4.1.8", "5.7.27"}}, Words: bare,
		Confidence: 0.8, Or: []string{"sender-not-owned"},
	},
	{ID: "message-too-large", Reply: &Reply{Enhanced: []string{"5.2.3", "5.3.4", "4.3.4"}}, Words: bare},
	{
		ID: "quota-exceeded", Reply: &Reply{Enhanced: []string{"5.4.5", "5.1.90"}}, Words: bare, Confidence: 0.8,
		Or: []string{"rate-limited"},
	},
	{
		ID:    "auth-app-password-required",
		Reply: &Reply{Enhanced: []string{"5.7.9", "5.7.14"}, Codes: []int{534, 535, 0}},
		Words: bare, Confidence: 0.85, Or: []string{"auth-bad-credentials"},
	},
	{
		ID: "auth-disabled-by-admin", Reply: &Reply{Enhanced: []string{"5.7.139"}}, Words: bare, Confidence: 0.8,
		Or: []string{"auth-bad-credentials"},
	},
	{ID: "auth-required", Reply: &Reply{Enhanced: []string{"5.7.57"}}, Words: bare},
	{
		ID: "auth-required", Reply: &Reply{Codes: []int{530}}, Words: shared, Confidence: 0.75,
		Or: []string{"tls-required-by-server", "client-credentials-missing"},
	},
	{ID: "sender-not-owned", Reply: &Reply{Enhanced: []string{"5.7.60"}}, Words: bare},
	{ID: "relay-denied", Reply: &Reply{Enhanced: []string{"5.7.54", "5.7.64"}}, Words: bare, Or: []string{"auth-required"}},
	{ID: "auth-needs-tls", Reply: &Reply{Codes: []int{538}}, Words: shared, Or: []string{"tls-required-by-server"}},
	{
		ID: "auth-bad-credentials", Reply: &Reply{Codes: []int{535, 526}}, Words: shared, Confidence: 0.8,
		Or: []string{"auth-app-password-required", "provider-username-convention"},
	},
	{
		ID: "auth-mechanism-unsupported", Reply: &Reply{Codes: []int{504}, Stages: []stage{login}}, Words: shared,
		Or: []string{"auth-needs-tls"},
	},
	{
		ID: "auth-not-offered", Reply: &Reply{Codes: []int{500, 502, 503}, Stages: []stage{login}}, Words: shared,
		Confidence: 0.7, Or: []string{"auth-needs-tls"},
	},
	{
		ID:    "server-temporary-failure",
		Reply: &Reply{Codes: []int{454, 421, 450, 451}, Stages: []stage{login}},
		Words: shared, Confidence: 0.7, Or: []string{"auth-bad-credentials"},
	},
	{
		ID:    "auth-bad-credentials",
		Reply: &Reply{Codes: []int{525, 530, 534, 550, 553, 554}, Stages: []stage{login}},
		Words: shared, Confidence: 0.6, Or: []string{"auth-disabled-by-admin"},
	},
	{
		ID: "starttls-refused", Reply: &Reply{Codes: []int{454, 451, 421}, Stages: []stage{startTLS}}, Words: shared,
		Confidence: 0.75, Or: []string{"starttls-not-offered"},
	},
	{
		ID:    "starttls-not-offered",
		Reply: &Reply{Codes: []int{500, 501, 502, 503, 504}, Stages: []stage{startTLS}},
		Words: shared, Confidence: 0.75, Or: []string{"protocol-error"},
	},
	{
		ID:    "helo-rejected",
		Reply: &Reply{Codes: []int{501, 504, 550, 553, 554}, Stages: []stage{hello}},
		Words: shared, Confidence: 0.75, Or: []string{"ip-reputation-blocked"},
	},
	{ID: "helo-rejected", Any: []string{"Remote access denied: 501"}, Words: bare, Confidence: 0.6},
	{ID: "helo-rejected", Any: []string{"RCPT failed: 504"}, Or: []string{"sender-address-invalid"}, Confidence: 0.6},
	{
		ID: "ip-reputation-blocked", Any: []string{"MAIL failed: 550"}, Confidence: 0.4,
		Or: []string{"sender-not-owned", "account-suspended-or-locked"},
	},
	{ID: "greylisted", Any: []string{"RCPT failed: 450", "RCPT failed: 451"}, Confidence: 0.7, Or: []string{"server-temporary-failure"}},
	{ID: "recipient-unknown", Any: []string{"RCPT failed: 550"}, Confidence: 0.7, Or: []string{"relay-denied"}},
	{ID: "relay-denied", Any: []string{"RCPT failed: 554"}, Confidence: 0.6, Or: []string{"recipient-unknown"}},
	{ID: "sender-not-owned", Any: []string{"RCPT failed: 553"}, Confidence: 0.5, Or: []string{"recipient-address-invalid", "relay-denied"}},
	{
		ID: "message-too-large", Reply: &Reply{Codes: []int{552}}, Words: shared, Confidence: 0.7,
		Or: []string{"recipient-mailbox-full", "content-rejected"},
	},
	{
		ID: "sender-address-invalid", Reply: &Reply{Codes: []int{501, 553}, Stages: []stage{mailFrom}}, Words: shared,
		Confidence: 0.7, Or: []string{"sender-not-owned"},
	},
	{
		ID: "recipient-address-invalid", Reply: &Reply{Codes: []int{501, 553}, Stages: []stage{rcptTo}},
		Words: shared, Confidence: 0.7, Or: []string{"recipient-unknown", "sender-not-owned"},
	},
	{
		ID: "sender-not-owned", Reply: &Reply{Codes: []int{550, 551, 554}, Stages: []stage{mailFrom}}, Words: shared,
		Confidence: 0.5, Or: []string{"sender-not-verified", "relay-denied"},
	},
	{
		ID: "recipient-unknown", Reply: &Reply{Codes: []int{550, 551}, Stages: []stage{rcptTo}}, Words: shared,
		Confidence: 0.65, Or: []string{"relay-denied", "ip-reputation-blocked"},
	},
	{
		ID: "relay-denied", Reply: &Reply{Codes: []int{554}, Stages: []stage{rcptTo}}, Words: shared, Confidence: 0.5,
		Or: []string{"recipient-unknown", "ip-reputation-blocked"},
	},
	{
		ID: "content-rejected", Reply: &Reply{Codes: []int{550, 554}, Stages: []stage{content}}, Words: shared,
		Confidence: 0.6, Or: []string{"ip-reputation-blocked", "domain-auth-failed"},
	},
	{
		ID: "protocol-error", Reply: &Reply{Codes: []int{500, 502, 503}}, Words: shared, Confidence: 0.65,
		Or: []string{"wrong-protocol-other"},
	},
	{ID: "rate-limited", Reply: &Reply{Codes: []int{432}}, Words: shared, Confidence: 0.7, Or: []string{"server-temporary-failure"}},
	{
		ID: "greylisted", Reply: &Reply{Codes: []int{450, 451}, Stages: []stage{rcptTo}}, Words: shared,
		Confidence: 0.6, Or: []string{"server-temporary-failure", "rate-limited"},
	},
	{
		ID:    "rate-limited",
		Reply: &Reply{Enhanced: []string{"4.7.28", "4.7.0"}, Codes: []int{421}},
		Words: shared, Confidence: 0.6, Or: []string{"ip-reputation-blocked"},
	},
	{
		ID: "server-temporary-failure", Reply: &Reply{Codes: []int{421, 450, 451, 452, 454}}, Words: shared,
		Confidence: 0.6, Or: []string{"greylisted", "rate-limited"},
	},
	{
		ID: "content-rejected", Reply: &Reply{Codes: []int{550, 554}}, Words: shared, Confidence: 0.4,
		Or: []string{"relay-denied", "ip-reputation-blocked"},
	},
	{
		ID: "sender-not-owned", Reply: &Reply{Codes: []int{553, 501}}, Words: shared, Confidence: 0.4,
		Or: []string{"recipient-address-invalid", "sender-address-invalid"},
	},
}

// parentRows tell that it failed, and no more.
var parentRows = []Row{
	{
		ID: "auth-bad-credentials",
		Any: slices.Concat([]string{
			"SMTP Error: Could not authenticate", "Could not authenticate", "Authentication failed",
			"Unable to authenticate", "authentication failure", "could not log in", "failed to authenticate",
		}, loginTranslated),
		Words: shared, Confidence: 0.65,
		Or: []string{"auth-app-password-required", "client-credentials-missing"},
	},
	{
		ID: "recipient-address-invalid",
		Any: []string{
			"Invalid Addresses", "all recipients were rejected", "The following recipients failed",
			"all recipients refused",
		},
		Words: shared, Confidence: 0.5, Or: []string{"recipient-unknown", "relay-denied"},
	},
	{
		ID: "connect-failed-unspecified",
		Any: slices.Concat([]string{
			"SMTP connect() failed", "Could not connect to SMTP host", "Failure sending mail",
			"Could not open socket", "could not be established with host", "Failed to connect to server",
			"Mail server connection failed", "transport failed to connect", "unable to connect to the remote server",
			"Could not connect to SMTP", "Unable to connect to SMTP", "cannot connect to smtp",
			"could not connect to mail", "failed to connect to smtp", "fsockopen returned Error Number 0",
			"Couldn't connect to host", "could not connect to host", "Unable to connect to ssl://",
			"Unable to connect to tcp://", "SMTP-Error: Unable to connect", "unable to establish SMTP connection",
			"Unable to initialize SMTP properly", "smtp: Failed: Connect failed", "ssmtp: Cannot open",
			"can not connect to any SMTP", "SMTP server not available", "to the following server failed",
			"Fehler beim Senden von", "error al enviar correo", "Connection failed", "Unable to connect",
			"Failed to connect", "could not connect", "cannot connect", "Error connecting to SMTP server",
			"Sending the email to the following server failed", "sendmail: Cannot open",
		}, unreachedTranslated),
		Words: shared, Confidence: 0.6,
		Or: []string{"connect-timeout-blocked-port", "tls-on-starttls-port", "dns-no-such-host"},
	},
	{
		ID: "connect-failed-unspecified",
		Any: []string{
			" Could not open socket ", "smtp: Failed: Connect failed", "ssmtp: Cannot open", "git-send-email",
			"can not connect to any SMTP server",
		},
		Confidence: 0.5,
	},
}
