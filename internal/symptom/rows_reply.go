package symptom

// Replies of servers, in words. Codes alone stand at the end of the table.

// resendRows are the errors of Resend's API and its SMTP side.
var resendRows = []Row{
	{
		ID:         "resend-testing-only",
		Any:        []string{"You can only send testing emails to your own email address"},
		Confidence: 0.97, Or: []string{"resend-domain-not-verified"},
	},
	{
		ID: "resend-domain-not-verified",
		Any: []string{
			"domain is not verified. Please, add and verify your domain", "domain is not verified…resend.com/domains",
		},
		Confidence: 0.97,
	},
	{
		ID:  "resend-domain-not-verified",
		Any: []string{"The associated domain with your API key is not verified"},
		Or:  []string{"resend-key-restricted"},
	},
	{
		ID: "account-suspended-or-locked", Any: []string{"suspended_api_key", "This API key is suspended"},
		Or: []string{"resend-key-invalid"},
	},
	{ID: "resend-key-invalid", Any: []string{"API key is not active"}, Or: []string{"resend-key-restricted"}},
	{ID: "resend-key-restricted", Any: []string{"restricted_api_key", "API key is restricted to only send emails"}, Confidence: 0.97},
	{
		ID:    "resend-key-invalid",
		Any:   []string{"Missing API key. Pass it to the constructor", "Missing API key in the authorization header"},
		Words: shared,
	},
	{
		ID:   "resend-key-invalid",
		Any:  []string{"missing_api_key", "invalid_api_key", "API key is invalid"},
		With: []string{"statusCode", "|resend"},
	},
	{
		ID:   "resend-key-invalid",
		Any:  []string{"API key not found", "API key is invalid", "Authentication credentials invalid"},
		When: in("resend"),
	},
	{ID: "quota-exceeded", Any: []string{"daily_quota_exceeded", "monthly_quota_exceeded"}},
	{ID: "rate-limited", Any: []string{"You can only make … requests per second"}},
	{ID: "rate-limited", Any: []string{"rate_limit_exceeded"}, When: in("resend"), Or: []string{"quota-exceeded"}},
	{
		ID: "resend-invalid-request",
		Any: []string{
			"missing_required_field", "invalid_from_address", "invalid_idempotent_request",
			"concurrent_idempotent_requests", "invalid_idempotency_key", "Invalid `from` field", "Invalid `to` field",
			"Missing `html` or `text` field",
		},
		Or: []string{"sender-address-invalid"},
	},
	{ID: "resend-invalid-request", Any: []string{"validation_error", "invalid_attachment", "invalid_parameter"}, When: in("resend")},
	{
		ID: "server-temporary-failure", Any: []string{"application_error", "internal_server_error"},
		With: []string{"statusCode", "|resend"}, Confidence: 0.8,
	},
	{
		ID: "resend-key-invalid",
		Any: []string{
			"RESEND_API_KEY is not", "RESEND_API_KEY is missing", "RESEND_API_KEY not",
			"RESEND_API_KEY environment variable", "Missing RESEND_API_KEY", "RESEND_API_KEY is required",
			"RESEND_API_KEY is undefined",
		},
		Or: []string{"client-credentials-missing"},
	},
}

// decisiveRows are texts that leave no doubt, whatever else stands around.
var decisiveRows = []Row{
	{
		ID: "greeting-rejected",
		Any: []string{
			"after initial connection: 4", "after initial connection: 5", "Could not connect to SMTP host: … response: 421",
			"Could not connect to SMTP host: … response: 554",
		},
		Or: []string{"ip-reputation-blocked", "server-temporary-failure"},
	},
	{
		ID: "client-config-invalid", Any: []string{"EMAIL_USE_TLS/EMAIL_USE_SSL are mutually exclusive"}, Confidence: 0.97,
		Fix: "Keep one of the two: EMAIL_USE_TLS=True for port 587 (STARTTLS), EMAIL_USE_SSL=True for port 465 (implicit TLS)",
	},
	{
		ID:         "client-config-invalid",
		Any:        []string{"scheme is not supported; supported schemes for mailer \"smtp\""},
		Confidence: 0.97,
		Fix:        "Set the scheme (Laravel: MAIL_SCHEME) to smtp for port 587 or to smtps for port 465: tls and ssl are no schemes here",
	},
	{
		ID: "client-config-invalid", Any: []string{"UnicodeEncodeError"}, With: []string{"smtplib"}, Not: []string{"smtputf8"},
		Fix: "Find the letter outside ASCII: in user name or password it has to go; in the text, set a message with UTF-8 as its charset",
	},
	{
		ID: "sender-address-invalid", Any: []string{"An email must have a \"From\" or a \"Sender\" header"}, Confidence: 0.95,
		Fix: "Set the sender's address (Laravel: MAIL_FROM_ADDRESS)",
	},
	{
		ID: "recipient-address-invalid", Any: []string{"An email must have a \"To\", \"Cc\", or \"Bcc\" header"}, Confidence: 0.95,
		Or: []string{"client-config-invalid"},
	},
	{
		ID: "starttls-not-offered", Any: []string{"Requested SSL level failed"},
		Words: shared, Or: []string{"tls-on-plaintext-server"},
	},
	{
		ID: "client-config-invalid",
		Any: []string{
			"sasl_passwd.db: No such file",
			"sasl_passwd.lmdb: No such file", "unsupported dictionary type: hash",
		},
		Confidence: 0.95,
	},
	{
		ID:         "starttls-on-tls-port",
		Any:        []string{"wrappermode (port smtps/465) is unimplemented", "SMTPS wrappermode (TCP port 465) requires"},
		Confidence: 0.95,
	},
	// MailKit, when it was to open with TLS
	{
		ID:         "tls-on-starttls-port",
		Any:        []string{"port 587 is typically reserved for plain-text", "port 25 is typically reserved for plain-text"},
		Confidence: 0.95, Or: []string{"tls-handshake-failed"},
	},
	// a client that cannot read a greeting of several lines
	{
		ID:  "protocol-error",
		Any: []string{`greeting: "220-`, `server response "220-`, "Server rejected EHLO command. Response: 220"},
		Or:  []string{"greeting-rejected"},
	},
	{
		ID:  "tls-required-by-server",
		Any: []string{"5.7.0 Must issue a STARTTLS", "5.7.0 Must issue STARTTLS"},
		Not: []string{"before AUTH"}, Confidence: 0.95, Or: []string{"auth-needs-tls"},
	},
	{
		ID: "local-proxy-or-antivirus-mitm", Any: []string{"421 Cannot connect to SMTP server"},
		With: []string{"connect error"}, Or: []string{"connect-timeout-blocked-port", "greeting-rejected"},
	},
	{ID: "sender-not-verified", Any: []string{"Sender not allowed"}, When: in("mailjet"), Or: []string{"sender-not-owned"}},
	{
		ID:  "auth-disabled-by-admin",
		Any: []string{"5.7.139 Authentication unsuccessful, the request did not meet"},
		Or:  []string{"auth-bad-credentials"},
	},
	{
		ID: "domain-auth-failed",
		Any: []string{
			"does not pass authentication checks", "Unauthenticated email is not accepted",
			"Unauthenticated email from", "does not pass DMARC", "5.7.509 ", "Bad SPF records",
			"fails to pass authentication checks", "This mail is unauthenticated", "the sender is unauthenticated",
			"sender prohibited by SPF", "Invalid SPF record", "per it's SPF", "per its SPF", "'s DMARC",
			"did not pass DMARC", "DKIM = did not pass", "does not have authentication information", "550-5.7.26",
			"550 5.7.26", "5.7.26 ", "5.7.515 ", "5.7.24 ", "5.7.23 ", "openspf", "rejected by DMARC",
			"Unauthenticated email from", "BLAD SPF", "SPF check failed", "SPF validation failed", "failed SPF",
			"SPF: fail", "SPF fail", "not permitted by SPF", "is not allowed to send mail for", "fails DMARC",
			"DMARC check failed", "DMARC failure", "DMARC verification failed", "message rejected due to DMARC",
			"is not authorized to send mail on behalf", "not permitted sender",
		},
		Confidence: 0.95, Or: []string{"content-rejected", "ip-reputation-blocked"},
	},
	{
		ID: "helo-rejected",
		Any: []string{
			"Helo command rejected", "HELO/EHLO argument", "Invalid HELO name", "rejected HELO", "rejected EHLO",
			"syntactically invalid HELO", "syntactically invalid EHLO", "p=helo", "501 5.5.4 Invalid domain name",
			"501 \"5.5.4 Invalid domain name",
		},
		Confidence: 0.95, Or: []string{"ip-reputation-blocked"},
	},
	{
		ID: "quota-exceeded",
		Any: []string{
			"Maximum credits exceeded", "Daily user sending", "Daily message quota exceeded",
			"SubmissionQuotaExceeded", "exceeded your messaging limits", "invoked too many times for one day: email",
			"submission quota exceeded", "Daily SMTP relay limit", "/a/answer/166852",
		},
		Confidence: 0.95, Or: []string{"rate-limited"},
	},
	{
		ID: "rate-limited",
		Any: []string{
			"Maximum sending rate exceeded", "concurrent_sending", "Concurrent connections limit exceeded",
			"sender thread limit exceeded", "exceeded the max emails per hour", "max defers and failures per hour",
			"Too many emails per second", "Ip frequency limited", "Connection frequency limited", "MI:IMF", "MI:SFQ",
			"You are sending too many emails", "sent to too many recipients this hour", "4.7.28 ",
			"Error: too many recipients", "Error: too many connections", "too many connections from",
			"messages / hour", "temporarily deferred due to unexpected volume", "[TSS04]",
		},
		Confidence: 0.93, Or: []string{"quota-exceeded", "greeting-rejected"},
	},
	{
		ID: "sender-not-owned",
		Any: []string{
			"SendAsDenied", "not owned by user", "not owned by auth user", "permissions to send as this sender",
			"Mail from must equal authorized", "Incorrect sender header", "must be same as authorization user", "Relaying disallowed as",
			"is not one of your addresses", "Sender address rejected: not allowed to send as", "as a sender domain",
			"Not authorised to send from this", "Sender address rejected: not authorized",
			"envelope sender is not allowed",
		},
		Confidence: 0.95, Or: []string{"sender-not-verified", "sender-address-invalid"},
	},
	{
		ID: "sender-not-verified",
		Any: []string{
			"Email address is not verified", "ses:SendRawEmail", "ses:SendEmail",
			"does not match a verified Sender Identity", "failed the check in region", "Domain not found: mg.",
			"Unconfigured Sending Domain",
			"Sandbox subdomains are for test purposes", "Free accounts are for test purposes",
			"From header sender domain not verified", "domain is not associated with your account",
			"NotAuthenticatedSender", "Sender signature not", "not a confirmed signature",
		},
		Confidence: 0.95, Or: []string{"sender-not-owned"},
	},
	{
		ID: "message-too-large",
		Any: []string{
			"Message size exceeds", "exceeded Google's message size", "Stream is more than", "MaxSubmissionExceeded",
			"max message size exceeded", "MaxSizeError", "Message too big!",
		},
		Confidence: 0.95,
	},
	{
		ID: "protocol-error",
		Any: []string{
			"bare <LF> received", "555 5.5.2", "555-5.5.2", "555 Syntax error", "bare <CR> received",
			"message line is too long", "protocol deviation",
			"Command received before SMTP greeting", "You talk too soon", "Send hello first",
			"smtp-server response: 250", "503 Bad command sequence", "bad response on command 'rset'",
			"already said HELO", "already said EHLO", "Server rejected EHLO command. Response: 220", "duplicate HELO",
			"duplicate EHLO",
		},
		Confidence: 0.9,
	},
	{
		ID: "content-rejected",
		Any: []string{
			"Spam message rejected", "classified as SPAM", "rejected as spam", "DT:SPM",
			"Reject due to policy restrictions", "blocked by spam filter", "considered spam", "suspicion of spam",
		},
		Confidence: 0.93, Or: []string{"ip-reputation-blocked", "domain-auth-failed"},
	},
	{
		ID: "greylisted", Any: []string{"Greylisted", "greylisting", "postgrey", "greylist"}, Confidence: 0.93,
		Or: []string{"server-temporary-failure"},
	},
	{
		ID: "recipient-suppressed",
		Any: []string{
			"marked as inactive", "Found inactive addresses", "suppression list", "previously bounced address",
		},
		Confidence: 0.95, Or: []string{"recipient-unknown"},
	},
	{
		ID: "recipient-address-invalid",
		Any: []string{
			"Recipient address rejected: Domain not found", "requires SMTPUTF8 support",
			"left no recipient addresses", "No recipient specified", "Bad recipient address syntax",
			"Unable to add recipient",
		},
		Confidence: 0.93, Or: []string{"dns-no-such-host", "recipient-unknown"},
	},
	{
		ID: "recipient-unknown",
		Any: []string{
			"Recipient address rejected: User unknown", "550 5.1.1", "550-5.1.1",
			"554 5.5.1 Error: no valid recipients", "RecipNotFound", "This user doesn't have a",
		},
		Not: []string{"too many", "Helo command rejected", "Greylisted"}, Confidence: 0.93,
		Or: []string{"recipient-address-invalid", "relay-denied"},
	},
	{
		ID: "recipient-mailbox-full",
		Any: []string{
			"Mailbox full", "mailbox is full", "OverQuota", "Quota exceeded (mailbox", "inbox is out of storage",
			"Domain size limit exceeded",
		},
		Confidence: 0.93, Or: []string{"quota-exceeded"},
	},
	{
		ID: "sender-address-invalid",
		Any: []string{
			"Sender verify failed", "Sender unknown", "Sender address rejected: Domain not found",
			"Sender address rejected: need fully-qualified", "Invalid address: (From)", "Unroutable sender address",
			"Blank From: addresses", "MAILFROM must be a valid domain", "No sending domain specified",
			"Sender address has null MX", "required to send a message", "From: Domain is invalid",
			"does not comply with RFC 2822, 3.6.2", "unknown sender address", "From address may not be blank",
			"failed to set From address", "Net::SMTPFatalError (555", "From/Sender name is not valid",
		},
		Confidence: 0.93, Or: []string{"sender-not-verified", "sender-not-owned"},
	},
	{
		ID: "server-temporary-failure",
		Any: []string{
			"Temporary lookup failure", "Insufficient system storage", "Temporary local problem",
			"Temporary System Problem", "Server local data error", "Server configuration error",
			"Upstream error, please check",
		},
		Confidence: 0.9, Or: []string{"greylisted"},
	},
	{
		ID: "account-suspended-or-locked",
		Any: []string{
			"Please activate your Mailgun account", "Unusual sending activity detected", "5.7.501 Access denied",
			"spam abuse detected", "Outgoing mail from", "probation",
		},
		With: []string{"mail", "smtp"}, Words: shared, Or: []string{"rate-limited"},
	},
	{
		ID: "ip-reputation-blocked",
		Any: []string{
			"blocked using", "The IP you're using to send mail is not", "banned sending IP",
			"Adresse IP source bloquee", "Client host blocked", "spamhaus", "Intrusion prevention active", "CDRBL",
			"Host network not allowed",
		},
		Not: []string{"no reverse DNS"}, Confidence: 0.93, Or: []string{"content-rejected", "greeting-rejected"},
	},
	{
		ID: "ip-not-authorised",
		Any: []string{
			"Unauthorized IP address", "authorised_ips", "authorized_ips", "Source IP is not whitelisted",
			"unrecognised IP address", "unrecognized IP address", "that IP address is not allowed to send",
		},
		Confidence: 0.97,
	},
	{
		ID: "reverse-dns-missing",
		Any: []string{
			"cannot find your reverse hostname", "cannot find your hostname", "Bad DNS PTR", "c=rdns",
			"with no reverse DNS", "PTR record setup", "missing PTR records", "5.7.25 ",
		},
		Confidence: 0.93, Or: []string{"ip-reputation-blocked"},
	},
	{
		ID: "auth-required",
		Any: []string{
			"Unauthenticated senders not allowed", "WantAuthError", "Please authenticate first",
			"need EHLO and AUTH first", "SMTP AUTH is required for message submission",
			"please authenticate before send", "Client was not authenticated",
		},
		Not: []string{"5.7.139"}, Confidence: 0.93, Or: []string{"client-credentials-missing"},
	},
	{ID: "tls-required-by-server", Any: []string{"STARTTLS is required to send mail"}, Confidence: 0.95, Or: []string{"auth-needs-tls"}},
	{
		ID: "auth-not-offered",
		Any: []string{
			"503 5.5.1 Error: authentication not enabled", "503 \"5.5.1 Error: authentication not enabled",
			"Error: authentication not enabled", "authentication not enabled",
		},
		Not: []string{"starttls"}, When: says("auth"), Confidence: 0.9, Or: []string{"auth-needs-tls"},
	},
	{
		ID: "connection-closed-before-greeting",
		Any: []string{
			"Expected response code 220 but got code \"\", with message \"\"",
			"SERVER -> CLIENT: … EOF caught while checking if connected",
		},
		When: no(midway), Confidence: 0.85, Or: []string{"starttls-on-tls-port", "greeting-timeout"},
	},
}

// loginRows are refusals of the login, and of mail without one.
var loginRows = []Row{
	{
		ID: "auth-bad-credentials", Any: []string{"API key authentication/authorization failure"},
		Or: []string{"client-credentials-missing"},
	},
	{
		ID:   "auth-bad-credentials",
		Any:  []string{"SignatureDoesNotMatch", "InvalidClientTokenId"},
		With: []string{"SendEmail", "SendRawEmail", "| SES|", "amazonses", "email-smtp.", "SESv2"},
		Or:   []string{"client-credentials-missing"},
	},
	{
		ID:  "auth-bad-credentials",
		Any: []string{"a valid Server token", "Invalid private key", "Key not found"},
		With: []string{
			"postmark", "mailgun", "|brevo", "sendinblue",
		},
		Or: []string{"client-credentials-missing"},
	},
	{
		ID: "auth-bad-credentials", Any: []string{"authorization grant is invalid, expired, or revoked"},
		Or: []string{"sender-not-verified"}, Confidence: 0.85,
	},
	{
		ID: "server-temporary-failure",
		Any: []string{
			"AuthenticationFailedException: 421", "AuthenticationFailedException: 454",
			"AuthenticationFailedException: 451",
		},
		Or: []string{"rate-limited"},
	},
	// Somebody has to switch it on.
	{
		ID: "auth-disabled-by-admin",
		Any: []string{
			"SmtpClientAuthentication is disabled", "aka.ms/smtp_auth_disabled", "security defaults policy",
			"Basic authentication is not supported for Client Submission",
		},
		Confidence: 0.98,
	},
	{
		ID: "auth-disabled-by-admin", Any: []string{"basic authentication is disabled"},
		With: []string{"5.7.139", "Authentication unsuccessful", "smtp"}, Confidence: 0.97,
	},
	{
		ID: "auth-disabled-by-admin",
		Any: []string{
			"does not have access rights to this service", "User has no permission", "SMTP service is not enabled",
			"smtp access disabled", "SMTP AUTH is disabled", "SMTP authentication is disabled", "please enable smtp",
			"smtp is not enabled", "not allowed to use smtp", "SMTP is disabled",
		},
		Or: []string{"auth-app-password-required", "auth-bad-credentials"},
	},

	// Another password.
	{
		ID: "auth-app-password-required",
		Any: []string{
			"Application-specific password", "InvalidSecondFactor", "WebLoginRequired", "parol prilozheniya",
			"Application password is REQUIRED", "authorization code to login", "authentication code to login",
			"使用授权码", "授权码", "(#AUTH005)", "app-specific password", "use an app password", "requires an app password",
			"пароль приложения", "пароль для внешн",
		},
		Confidence: 0.95, Or: []string{"auth-bad-credentials"},
	},
	{
		ID:  "auth-app-password-required",
		Any: []string{"Please log in via your web browser", "Please log in with your web browser"},
		Or:  []string{"auth-bad-credentials", "account-suspended-or-locked"},
	},
	{
		ID:         "auth-app-password-required",
		Any:        []string{"Username and Password not accepted", "p=BadCredentials"},
		When:       either(in("gmail", "google-workspace"), both(no(public), says("google", "gsmtp"))),
		Confidence: 0.8, Or: []string{"auth-bad-credentials"},
	},

	// A user name of another form.
	{
		ID: "provider-username-convention",
		Any: []string{
			"535 Invalid username", `"535", with message "535 Invalid username`, "b'Invalid username'",
			`535 "Invalid username"`,
		},
		Or: []string{"auth-bad-credentials"},
	},

	// The account, or the address it comes from.
	{
		ID: "account-suspended-or-locked",
		Any: []string{
			"SMTP account is not yet activated", "Sending suspended for this account", "bad outbound sender",
			"OutboundSpamException", "Account not subscribed to SES", "sending has been paused",
			"Sending paused for this account", "account has been temporarily suspended from sending",
			"account is currently disabled from sending", "suspended due to spam", "blocked from sending",
		},
		Confidence: 0.95,
	},
	{
		ID: "account-suspended-or-locked",
		Any: []string{
			"account has been suspended", "account is suspended", "account suspended", "account disabled",
			"account is disabled", "account has been disabled", "account has been blocked", "account is locked",
			"account has been locked", "account is blocked", "user is suspended", "user is locked",
			"mailbox is disabled", "account is inactive", "account is not active", "account under review",
			"account is under review",
		},
		Words: shared, Or: []string{"auth-bad-credentials"},
	},
	{
		ID: "ip-not-authorised",
		Any: []string{
			"Mail relay denied [", "IP address is not registered", "that IP address is not allowed",
			"not authorized to send from this IP", "is not in the allowed IP", "from this IP address is not",
			"not in the IP whitelist", "IP not in whitelist",
		},
		Words: shared, Or: []string{"relay-denied"},
	},

	// OAuth.
	{
		ID: "auth-oauth-token-invalid",
		Any: []string{
			"Can't create new access token for user", "sasl-xoauth2", "Failed generating new Access Token",
			"eyJzdGF0dXMiOi", "Refresh token…SMTP", "OAuth2 token…smtp",
		},
		Confidence: 0.95, Or: []string{"client-credentials-missing"},
	},
	{
		ID: "auth-oauth-token-invalid", Any: []string{"AUTH XOAUTH2 ", "C: AUTH XOAUTH2"},
		With: []string{"535 5.7.3"}, Confidence: 0.8, Or: []string{"auth-disabled-by-admin"},
	},
	{
		ID: "auth-oauth-token-invalid", Any: []string{"AUTH XOAUTH2"},
		With: []string{"invalid_request", "invalid_grant", "invalid_client", "unauthorized_client", "EAUTH"},
		Not:  []string{"returned \"Expected", "returned Expected"},
	},
	{
		ID: "auth-oauth-token-invalid", Any: []string{"invalid_grant"},
		With: []string{"oauth2-google", "google error", "League…Google"}, Confidence: 0.6,
	},
	{
		ID: "auth-oauth-token-invalid",
		Any: []string{
			"invalid_grant", "AADSTS", "Token has been expired or revoked", "IdentityProviderException",
			"Required parameter not passed: \"refresh_token\"", "refresh token is invalid",
			"refresh_token is invalid",
		},
		Words: shared, Confidence: 0.85,
	},

	// No login before TLS.
	{
		ID: "auth-needs-tls",
		Any: []string{
			"Encryption required for requested authentication", "Refusing to authenticate over",
			"Plaintext authentication disallowed", "Plaintext authentication not allowed",
			"cannot use a secure authentication method", "cleartext authentication is disabled",
			"Must issue a STARTTLS command before AUTH", "requires an encrypted connection to authenticate",
			"not allowed on insecure connection", "authentication only over TLS",
			"authentication is disallowed over unencrypted", "without SSL/TLS encryption is not allowed",
			"without TLS encryption is not allowed", "authentication over an unencrypted connection",
		},
		Or: []string{"tls-required-by-server"},
	},
	{
		ID: "auth-needs-tls", Any: []string{`"unencrypted connection"`, " unencrypted connection "},
		Or: []string{"auth-not-offered", "starttls-not-offered", "tls-required-by-server"},
	},
	{
		ID: "tls-required-by-server",
		Any: []string{
			"Must issue a STARTTLS", "must issue starttls", "must issue a \"starttls\"", "requires STARTTLS",
			"Please use STARTTLS", "use STARTTLS first", "STARTTLS first", "TLS encryption required",
			"TLS connection is required", "Encryption is required", "server requires TLS",
			"secure connection is required", "requires encryption", "TLS must be enabled", "must use TLS",
		},
		Not: []string{
			"does not support STARTTLS", "advertise the STARTTLS", "doesn't support STARTTLS", "MandatoryStartTLS",
		},
		Words: shared, Or: []string{"auth-needs-tls"},
	},

	// No login at all.
	{
		ID: "server-temporary-failure",
		Any: []string{
			"Temporary authentication failure", "Connection lost to authentication server",
			"cannot connect to saslauthd", "Cannot authenticate due to a temporary system problem",
			"authentication temporarily unavailable", "Internal authentication error",
			"temporary failure in authentication",
		},
		Or: []string{"auth-bad-credentials"},
	},
	{
		ID: "auth-mechanism-unsupported",
		Any: []string{
			"Unrecognized authentication type", "No supported authentication m", "'getToken'",
			"No authentication mechanisms supported by both", "No suitable authentication method",
			"no supported SASL mechanism", "No authenticators available", "No SASL mechanism found",
			"cannot find a usable authentication method", "No known authentication mechanisms supported",
			"authentication failed: bad protocol / cancel", "authentication required but no common mechanisms",
			"No authentication mechanisms in common", "unsupported authentication mechanism",
			"authentication mechanism not supported", "Authentication mechanism is not supported",
			"No compatible authentication mechanism",
			"NotSupportedException: The SMTP server does not support authentication mechanism",
			"unsupported SASL mechanism", "Unknown authentication mechanism", "unrecognized authentication method",
			"no acceptable authentication mechanism", "does not support any of the requested authentication",
			"authentication method not supported", "none of the Authentication methods",
			"no common authentication mechanism", "unsupported auth type", "AUTH mechanism not",
			"mechanism not available", "no worthy mechs", "Unsupported authentication method",
			"CRAM-MD5 not supported", "NTLM…not supported", "no compatible authentication", "no mechanism available",
			"No worthy mechs found",
		},
		Or: []string{"auth-bad-credentials", "auth-disabled-by-admin", "auth-needs-tls"},
	},
	{
		ID:  "auth-mechanism-unsupported",
		Any: []string{`following authenticators: "XOAUTH2".`, "1 possible authenticators. Authenticator XOAUTH2"},
		Or:  []string{"auth-disabled-by-admin", "auth-oauth-token-invalid"},
	},
	{
		ID: "auth-not-offered",
		Any: []string{
			"SMTP AUTH extension not supported by server", "SMTP AUTH extension not found", "server doesn't support AUTH",
			"authentication not enabled", "AUTH command used when not advertised", "Command unknown: 'AUTH'",
			"the server does not support authentication", "no form of authorization supported",
			"SMTP AUTH not supported", "does not support SMTP AUTH", "authentication not supported",
			"server does not support authentication", "AUTH not supported", "AUTH not available",
			"AUTH is not supported", "authentication is not supported", "server does not advertise AUTH",
			"not support the AUTH", "not advertise authentication", "AUTH command is not",
		},
		Or: []string{"auth-needs-tls", "auth-mechanism-unsupported"},
	},
	{
		ID: "client-credentials-missing",
		Any: []string{
			"Missing credentials for", "AuthenticationFailedException: 334", "AUTH PLAIN AAA=",
			"Username and password must be specified", "no password specified", "failed to connect, no password",
			"smtp username is required", "SMTP password is required", "SMTP user is not set",
			"SMTP_PASSWORD is not set", "username and password are required", "Credentials are required",
			"missing username or password", "user name or password is missing", "requires credentials",
			"no credentials", "Missing auth credentials", "SMTP username cannot be empty", "EmptyPassword",
			"\"code\":\"EAUTH\",\"command\":\"API\"", "code: 'EAUTH', command: 'API'",
		},
		Words: shared, Or: []string{"auth-bad-credentials", "client-config-invalid"},
	},
	{
		ID: "client-credentials-missing",
		Any: []string{
			"Missing credentials for \"", "authentication was specified, but no password",
			"Missing credentials for '", "AuthenticationFailedException: 334", "SMTP-AUTH requested but missing",
			"authentication not found in headers",
		},
		Or: []string{"auth-bad-credentials", "client-config-invalid"},
	},
	{
		ID: "client-credentials-missing", Any: []string{"'NoneType' object has no attribute 'encode'"},
		With: []string{"smtplib"}, Or: []string{"client-config-invalid"},
	},

	// Relaying, before "authentication required": they come in one sentence.
	{
		ID: "relay-denied",
		Any: []string{
			"Relay access denied", "Relaying denied", "Unable to relay", "relay not permitted",
			"Relaying not permitted", "not permitted to relay", "Relaying is not allowed", "relay denied",
			"TenantAttribution", "Invalid credentials for relay", "one of the domains in",
			"I cannot deliver mail for", "we do not relay", "do not relay", "relay not allowed",
			"relaying prohibited", "cannot relay", "not allowed to relay", "open relay", "relaying mail",
			"RelayDenied", "relaying to … denied", "Client host rejected: Access denied", "is not permitted to relay",
			"Recipient address rejected: Access denied",
			"No relaying allowed", "relay prohibited", "refused to relay", "rejected relay attempt",
			"Sorry, that domain isn't in my list of allowed rcpthosts", "rcpthosts",
		},
		Or: []string{"auth-required", "ip-not-authorised"},
	},

	// No login was tried.
	{
		ID: "auth-required",
		Any: []string{
			"WantAuthError", "Client was not authenticated", "Client not authenticated to send",
			"Unauthenticated senders not allowed", "Please authenticate first", "turn on SMTP Authentication",
			"Sender address rejected: not logged in", "authentication required (#5.7.1)",
			"Authentication Required. Learn more", "Authentication Required. For more", "must be authenticated",
			"You must authenticate", "SMTP authentication is required", "Authentication is required",
			"SMTP authentication required", "authenticate before sending", "not authenticated to send",
			"requires authentication", "Must authenticate", "unauthenticated mail is prohibited", "anonymous mail",
			"need to authenticate", "you have to authenticate", "need authentication", "Authenticate first",
		},
		Words: shared, Or: []string{"client-credentials-missing", "auth-disabled-by-admin"},
	},
	{
		ID: "auth-required", Any: []string{"Authentication required", "not authenticated"},
		Reply: &Reply{Codes: []int{530, 550, 553, 554, 503, 502, 535, 451, 454}},
		Or:    []string{"client-credentials-missing"},
	},

	// The pair of user name and password.
	{
		ID:         "auth-bad-credentials",
		Any:        []string{"the user credentials were incorrect", "Authentication unsuccessful"},
		Confidence: 0.8, Or: []string{"auth-disabled-by-admin", "auth-app-password-required"},
	},
	{
		ID: "auth-bad-credentials", Any: []string{"Authentication Credentials Invalid"}, When: in("amazon-ses"),
		Confidence: 0.85,
		Or:         []string{"provider-username-convention", "auth-wrong-region-or-host"},
	},
	{
		ID: "rate-limited",
		Any: []string{
			"Too many login attempts", "too many failed login", "too many authentication failures",
			"Too many auth attempts", "Too many invalid auth", "too many bad auth",
		},
		Words: shared, Or: []string{"account-suspended-or-locked", "auth-bad-credentials"},
	},
	{
		ID: "auth-bad-credentials",
		Any: []string{
			"Username and Password not accepted", "Bad username / password", "Invalid login or password",
			"Authentication Credentials Invalid", "Incorrect authentication data", "SASL login authentication failed",
			"SASL plain authentication failed", "Login Fail", "Authentication failure[0]", "bad username or password",
			"incorrect username or password", "Invalid user name or password", "Invalid username or password",
			"invalid credentials", "wrong username or password", "wrong user or password", "authentication rejected",
			"password mismatch", "Authentication not allowed on IBSMTP", "authentication credentials",
			"Invalid password", "Incorrect password", "bad credentials", "login incorrect",
			"Authentifizierung fehlgeschlagen", "Anmeldung fehlgeschlagen", "chec de l'authentification",
			"Error de autenticaci", "Falha na autentica", "Erro de autentica", "Autenticazione fallita",
			"ошибка аутентификации", "неверный логин", "неправильный логин", "неверное имя пользователя", "认证失败",
			"身份验证失败", "验证失败", "認証に失敗", "登录失败",
		},
		Words: shared, Confidence: 0.85,
		Or: []string{"auth-app-password-required", "provider-username-convention"},
	},
	{
		ID: "auth-not-offered", Any: []string{"Could not authenticate."}, When: noLoginOffered, Confidence: 0.85,
		Or: []string{"auth-needs-tls", "auth-mechanism-unsupported"},
	},
	{
		ID: "auth-bad-credentials",
		Any: []string{
			"SMTPAuthenticationError", "AuthenticationFailedException", "SMTP Error: Could not authenticate.",
			"Failed to authenticate on SMTP server", "msmtp: authentication failed",
			"535 5.7.8 Error: authentication failed", "Net::SMTPAuthenticationError", "535 Denied", "535 Incorrect",
			"535 Authentication failed",
			"Permanent(Code { severity: PermanentNegativeCompletion, category: Unspecified3",
			"Incorrect username / password", "Unable to send email to (smtp…Login denied", "authenticator failed",
			"failed AUTH: 5", "not loving your login", "auth_failed",
		},
		Not:        []string{"SSL routines", "x509", "timed out", "unencrypted connection", "unexpected server response"},
		Confidence: 0.85,
		Or:         []string{"auth-app-password-required", "provider-username-convention"},
	},
	{
		ID: "auth-bad-credentials",
		Any: []string{
			"SASL authentication failed", "Invalid login:", "Invalid login ", "Could not authenticate.",
			"auth failed: 5", "curl: (67)", "libcurl: (67)", "Login denied",
			"Unable to authenticate with the current session's credentials",
		},
		Not: []string{"SSL routines", "x509", "ECONN"}, Words: bare, Confidence: 0.85,
		Or: []string{"auth-app-password-required", "provider-username-convention"},
	},
	{
		ID:    "auth-bad-credentials",
		Any:   []string{"Authentication failed", "authentication failure", "authentication error"},
		Not:   []string{"password authentication failed"},
		Reply: &Reply{Codes: []int{535, 530, 534, 526, 525, 550, 554, 454}}, Confidence: 0.85,
		Or: []string{"auth-app-password-required", "provider-username-convention"},
	},
	{
		ID: "auth-bad-credentials", Any: []string{"Invalid response code received from server (535)"}, Words: shared,
		Or: []string{"auth-app-password-required"},
	},
}

// senderRows are refusals of the sender's address or domain.
var senderRows = []Row{
	{
		ID: "sender-not-verified",
		Any: []string{
			"Email address is not verified", "does not match a verified Sender Identity", "Sender signature",
			"sender domain not verified", "domain is not associated with your account", "Unconfigured Sending Domain",
			"Sandbox subdomains are for test purposes", "Free accounts are for test purposes",
			"not authorized to send from that email address", "ses:SendRawEmail", "ses:SendEmail",
			"not a verified sender", "sender is not verified", "sender not verified",
			"sender address is not verified", "verify your sender", "domain not verified", "domain is not verified",
			"From address is not verified", "unverified sender", "is not a verified", "not been verified",
			"sender email is not valid", "validate your sender", "unverified domain", "Identity…is not verified",
			"failed the check in region", "MAIL FROM domain is not verified", "the sending domain … not",
			"sender domain is not",
		},
		Words: shared, Or: []string{"sender-not-owned"},
	},
	{
		ID: "sender-not-owned",
		Any: []string{
			"not owned by user", "SendAsDenied", "send as this sender", "not allowed to send as",
			"Mail from must equal", "must be equal", "must be same as authorization user", "Relaying disallowed as",
			"not allowed to use the domain", "is not one of your addresses", "Not authorised to send from this",
			"Not authorized to send from this", "Sender not allowed", "Sender address is not allowed",
			"permissions to send as", "Sender address rejected: not authorized",
			"Sender address rejected: not authorised", "sender is not allowed", "does not match authenticated",
			"not permitted to send as", "sender mismatch", "sender address must match", "not match the authenticated",
			"authorized sender", "sender is not authorized", "Sender unauthorized", "sender rejected: you are not",
			"You are not authorized to send", "not allowed to send from", "not allowed to send mail from",
			"From address must", "Sender address not allowed", "envelope sender … not allowed", "send on behalf",
			"must match the login", "different from the authenticated", "login and sender",
			"sender address … does not belong", "Sender address denied", "Sender address rejected: Access denied", "发件人", "發件人", "mail from … not match",
		},
		Words: shared, Or: []string{"sender-not-verified", "sender-address-invalid"},
	},
	{
		ID: "sender-address-invalid",
		Any: []string{
			"Sender address rejected", "Bad sender address syntax", "Invalid address: (From)", "Sender verify failed",
			"Blank From", "From: Domain is invalid", "sender domain does not", "Invalid sender",
			"invalid from address", "Domain of sender address", "sender domain must", "Sender address invalid",
			"Envelope sender domain", "Sender is invalid", "not a valid sender", "Unresolvable sender",
			"domain of sender", "No From address", "A From: address", "A sender must be", "missing from address",
			"Invalid From:", "invalid sender address", "sender address syntax", "unable to verify sender",
			"Sender domain not found", "invalid mail from", "MAIL FROM…syntax", "MAIL FROM … not RFC",
			"the From address is missing", "From header … missing", "RFC 2822, 3.6.2", "RFC-2822 ",
		},
		Not: []string{"Client host rejected", "Helo command rejected"}, Words: shared,
		Or: []string{"sender-not-verified", "sender-not-owned"},
	},
}

// recipientRows are refusals of a recipient.
var recipientRows = []Row{
	{
		ID: "recipient-mailbox-full",
		Any: []string{
			"Mailbox full", "mailbox is full", "OverQuota", "over quota", "overquota", "out of storage space",
			"Quota exceeded (mailbox", "inbox is full", "mailbox has exceeded", "mailbox size limit", "mailbox quota",
			"exceeded storage allocation", "storage quota", "Not enough storage space", "mailbox … exceeded",
			"user is over the quota", "recipient's mailbox is over", "Mailbox disk quota",
			"recipient … quota exceeded",
		},
		Not: []string{"sending quota", "send quota", "message quota"}, Words: shared, Or: []string{"quota-exceeded"},
	},
	{
		ID: "recipient-address-invalid",
		Any: []string{
			"requires SMTPUTF8", "Recipient address rejected: Domain not found",
			"Recipient address rejected: need fully-qualified", "bad recipient address syntax",
			"No recipients defined", "at least one recipient", "Invalid address: (to)", "Invalid address: (cc)",
			"Invalid address: (bcc)", "Invalid address: (Reply-To)", "no recipients were", "No recipient addresses",
			"no recipients specified", "recipient address is invalid", "recipient address required",
			"missing recipient", "Invalid recipient address", "recipient address syntax",
			"recipient address … not valid", "malformed recipient", "bad destination mailbox address syntax",
			"bad destination host", "recipients must not be empty", "RCPT TO…syntax", "A recipient must be",
			"An SMTP To address is required", "To address … missing", "no 'To' address",
			"a recipient address is required", "is not in the form required for an e-mail address",
			"does not comply with addr-spec", "invalid email address",
		},
		Words: shared, Or: []string{"recipient-unknown"},
	},
	{
		ID: "recipient-unknown",
		Any: []string{
			"User unknown", "unknown user", "No such user", "mailbox not found", "no such mailbox",
			"mailbox does not exist", "no mailbox here", "account that you tried to reach", "recipient not found",
			"RecipNotFound", "RecipientNotFound", "no such recipient", "unknown recipient", "recipient unknown",
			"unrouteable address", "unroutable address", "address unknown", "unknown address", "Invalid recipient",
			"user does not exist", "address does not exist", "user doesn't exist", "no valid recipients",
			"undeliverable address", "Recipient address rejected: undeliverable",
			"mailbox unavailable", "no user here", "user not known",
			"not our customer", "is not a valid mailbox", "Empfänger unbekannt", "destinataire inconnu",
			"unbekannter empf", "unknown local part", "no mailbox by that name", "nonexistent user",
			"invalid mailbox", "email account … does not exist", "recipient does not exist", "account does not exist",
			"Recipient address rejected: User disabled",
		},
		Not: []string{"Bad DNS PTR", "blacklist", "blocked", "spam"}, Words: shared,
		Or: []string{"recipient-address-invalid", "relay-denied"},
	},
}

// messageRows are refusals of a message for what it is.
var messageRows = []Row{
	{
		ID: "message-too-large",
		Any: []string{
			"message size exceeds", "message size limits", "Message is too long", "max message size exceeded",
			"message too big", "message too large", "message is too large", "Stream is more than",
			"MaxSubmissionExceeded", "exceeds fixed maximum", "exceeds maximum size", "message size limit",
			"message exceeds maximum", "exceeded maximum message size", "size exceeds", "Maximum message size",
			"message exceeded", "size of your message", "message file too big", "exceeds the maximum size",
			"attachment size exceeds", "too large…message", "exceeds the size limit", "larger than the maximum",
			"MaxSizeError",
		},
		Words: shared, Or: []string{"content-rejected"},
	},
	{
		ID: "protocol-error",
		Any: []string{
			"bare <LF>", "bare LF", "barelf", "bare newline", "bare <CR>", "line too long", "line is too long",
			"lines too long", "maximum allowed line", "You talk too soon", "Command received before SMTP greeting",
			"protocol deviation", "improper command pipelining", "improper use of SMTP command pipelining",
			"SMTP protocol synchronization error", "protocol synchronization error", "bad sequence of commands",
			"bad sequence", "Command unrecognized", "Weird server reply", "unrecognized command",
			"Error: command not recognized", "SMTP syntax error", "smtp protocol violation",
			"Invalid greeting…response=250", "Invalid greeting from server: 250", "missing MAIL command",
			"sender already specified", "nested MAIL", "Need MAIL before RCPT", "need RCPT",
		},
		Not: []string{
			"STARTTLS command", "XXXXXXXA", "HTTP/1", "All RCPT commands were rejected", "STARTTLS: 5",
			"STARTTLS failed",
		},
		Words: shared, Or: []string{"wrong-protocol-other"},
	},
	{
		ID: "protocol-error",
		Any: []string{
			"curl: (8) Weird server reply", "protocol deviation", "Command received before SMTP greeting",
			"You talk too soon",
		},
		Or: []string{"connect-failed-unspecified"},
	},
	{
		ID: "content-rejected",
		Any: []string{
			"Spam message rejected", "classified as SPAM", "rejected as spam", "content filter", "content rejected",
			"DT:SPM", "looks like spam", "probability of spam", "detected as spam", "suspicion of SPAM", "spam score",
			"spam content", "contains a virus", "virus detected", "malware", "spam detected", "is spam",
			"considered spam", "message was identified as spam", "contains spam", "likely unsolicited",
			"rejected due to content", "blocked by our content", "rejected by spam", "spam filter",
			"blocked for spam", "banned content", "banned attachment", "executable content",
			"message rejected due to", "high spam", "rejected for policy reasons", "policy restrictions",
			"message blocked due to spam", "|BADC|", "spam message", "垃圾邮件", "antispam", "anti-spam",
		},
		Not:   []string{"do not authorize the use of this system", "Spamhaus", "protect our users from spam"},
		Words: shared, Or: []string{"ip-reputation-blocked", "domain-auth-failed"},
	},
}

// policyRows are limits, lists and temporary refusals.
var policyRows = []Row{
	{
		ID: "quota-exceeded",
		Any: []string{
			"Daily user sending", "Daily message quota", "sending limit exceeded", "sending quota exceeded",
			"Daily SMTP relay limit", "SMTP relay limit exceeded", "Daily message limit", "submission quota exceeded",
			"exceeded your daily", "exceeded the daily", "daily sending", "monthly limit", "monthly quota",
			"daily quota", "daily limit", "not enough credits", "insufficient credits", "no credits",
			"out of credits", "sending quota", "email quota", "quota exceeded for", "account limit", "plan limit",
			"limit of emails", "exceeded your sending", "exceeded its sending", "exceeded sending", "SendingQuota",
			"recipient rate limit", "sending limits", "/a/answer/166852", "sending limit. Messages to",
			"24-hour sending limit", "hourly sending limit", "exceeded its 24-hour sending",
		},
		Not: []string{"mailbox"}, Words: shared, Or: []string{"rate-limited"},
	},
	{
		ID: "rate-limited",
		Any: []string{
			"Maximum sending rate exceeded", "too many connections", "Too many concurrent",
			"Concurrent connections limit", "concurrent_sending", "emails per hour", "emails per second",
			"messages per second", "Messages per", "too many emails", "too many messages", "sending too many",
			"too fast", "unusual rate", "rate limit", "rate limited", "ratelimit", "rate exceeded", "rate is too",
			"throttl", "too many recipients", "too many requests", "defers and failures per hour", "max defers",
			"Connection rate limit", "connection frequency", "too frequently", "exceeded the rate",
			"number of connections", "Try again later, closing connection", "emails per minute", "slow down",
			"sending rate", "RP:RDN", "频率", "too much mail",
		},
		Words: shared, Or: []string{"quota-exceeded", "greeting-rejected"},
	},
	{
		ID: "reverse-dns-missing",
		Any: []string{
			"cannot find your reverse hostname", "cannot find your hostname", "reverse hostname", "PTR record",
			"Bad DNS PTR", "reverse DNS", "rDNS", "no PTR", "PTR lookup", "PTR RR", "missing PTR", "without PTR",
			"IP name lookup failed", "reverse lookup", "5.7.25", "does not resolve to",
		},
		Words: shared, Or: []string{"ip-reputation-blocked"},
	},
	{
		ID: "ip-reputation-blocked",
		Any: []string{
			"The IP you're using to send mail is not", "NotAuthorizedError", "Spamhaus", "blocked using",
			"banned sending IP", "blacklist", "blocklist", "block list", "dnsbl", " RBL ", "S3140", "S3150",
			"poor reputation", "low reputation", "bad reputation", "IP reputation", "is listed at", "listed in dns",
			"dynamic IP", "dynamic address", "barracuda", "spamcop", "sorbs", "uceprotect",
			"part of their network is on our block", "sender.office.com", "IP address has been blocked", "IP blocked",
			"blocked by", "will be permanently deferred", "is blacklisted",
		},
		Words: shared, Or: []string{"content-rejected", "greeting-rejected"},
	},
	{
		ID: "greylisted",
		Any: []string{
			"greylist", "graylist", "grey-list", "gray-list", "greylisting", "postgrey",
			"Intentional policy rejection, please try again later", "temporarily rejected. try again later",
			"please retry in", "Try again in … seconds",
		},
		Words: shared, Or: []string{"server-temporary-failure", "rate-limited"},
	},
	{
		ID:         "greylisted",
		Any:        []string{"4.7.1 Try again later", "4.7.1 Please try again later", "4.2.0 Please try again later"},
		Confidence: 0.7, Or: []string{"server-temporary-failure", "rate-limited"},
	},
	{
		ID: "helo-rejected",
		Any: []string{
			"Helo command rejected", "HELO/EHLO argument", "Invalid HELO name", "Invalid domain name",
			"syntactically invalid argument", "syntactically invalid EHLO", "syntactically invalid HELO",
			"rejected HELO", "rejected EHLO", "need fully-qualified hostname", "Helo invalid", "HELO requires",
			"EHLO requires", "invalid helo", "bad HELO", "HELO not accepted", "Invalid HELO", "Invalid EHLO",
			"helo name", "EHLO argument", "HELO argument", "HELO hostname", "p=helo", "HELO/EHLO name", "HELO host",
			"helo should be",
		},
		Words: shared, Or: []string{"ip-reputation-blocked"},
	},
	{
		ID: "greeting-rejected",
		Any: []string{
			"Got bad greeting", `Expected response code "220" but got code "4`,
			`Expected response code "220" but got code "5`, "Expected response code 220 but got code \"4",
			"Expected response code 220 but got code \"5", "Invalid greeting. response=4",
			"Invalid greeting. response=5", "Invalid greeting from server: 4", "Invalid greeting from server: 5",
			"Got unexpected smtp-server response", "SMTPConnectError: (4", "SMTPConnectError: (5",
			"SMTPConnectError(4", "SMTPConnectError(5", "cannot get initial OK message", "No SMTP service here",
			"refused to talk to me", "You are not allowed to connect", "4.3.2 Service not available, closing",
		},
		Not: []string{
			"[EOF]", "response: -1", "* OK", "HTTP/1", "too many", "TLS not available", "command not implemented",
		},
		Confidence: 0.88, Or: []string{"server-temporary-failure", "ip-reputation-blocked"},
	},
	{
		ID: "server-temporary-failure",
		Any: []string{
			"Temporary lookup failure", "Insufficient system storage", "SMTP server is not available",
			"Temporary service failure", "Temporary System Problem", "Temporary server error",
			"system not accepting network messages", "queue file write error", "Local error in processing",
			"temporary local problem", "Temporary local problem", "temporarily unable", "Internal server error",
			"Server busy", "server is busy", "temporarily unavailable", "Service temporarily", "temporary problem",
			"temporary error", "insufficient disk", "system storage", "Resources temporarily",
			"local configuration error", "Unexpected failure, please try later",
		},
		Not: []string{"TLS not available", "Resource temporarily unavailable"}, Words: shared,
		Or: []string{"rate-limited", "greeting-rejected"},
	},
	{
		ID:  "content-rejected",
		Any: []string{"rejected for spam or virus", "spam or virus content", "virus content"},
		Or:  []string{"ip-reputation-blocked"},
	},
}
