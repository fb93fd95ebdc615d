//go:build e2e && linux

package e2e

// outcome is what maildoctor must report. Findings are the ids of severity error
// and warning, sorted; notes may come and go with the catalogue.
type outcome struct {
	Reach       string
	Protocol    string
	Mode        string
	Required    string // "yes", "no", or "" when the report leaves it out
	Certificate string
	Findings    []string
	Exit        int
}

// healthy is an endpoint on which nothing is wrong.
func healthy(mode, required string) outcome {
	return outcome{Reach: "open", Protocol: "smtp", Mode: mode, Required: required, Certificate: "ok", Findings: []string{}}
}

// badCert is an endpoint whose only fault is its certificate.
func badCert(mode, required, status string, findings ...string) outcome {
	o := healthy(mode, required)
	o.Certificate, o.Findings, o.Exit = status, findings, 1
	return o
}

// with returns the outcome with findings; exit 1 says that one is an error.
func (o outcome) with(exit int, findings ...string) outcome {
	o.Findings, o.Exit = findings, exit
	return o
}

// spoken is the outcome with another protocol than SMTP.
func (o outcome) spoken(protocol string) outcome {
	o.Protocol = protocol
	return o
}

// certificate is the outcome with another certificate status.
func (o outcome) certificate(status string) outcome {
	o.Certificate = status
	return o
}

// cases are the servers and what maildoctor says of them, one row each.
var cases = []*endpoint{
	{listener: listener{name: "postfix-cleartext", software: "postfix", tls: noTLS},
		ask: 25, want: healthy("cleartext", "").certificate("").with(0, "auth-in-cleartext")},
	{listener: listener{name: "postfix-optional", software: "postfix", tls: optional},
		ask: 587, want: healthy("starttls", "no")},
	{listener: listener{name: "postfix-required", software: "postfix", tls: required},
		ask: 587, want: healthy("starttls", "yes")},
	{listener: listener{name: "postfix-implicit", software: "postfix", tls: wrapped},
		ask: 465, want: healthy("implicit", "")},
	{listener: listener{name: "postfix-implicit-client", software: "postfix", tls: required},
		ask: 587, args: []string{"--as", "implicit"}, want: healthy("starttls", "yes").with(1, "tls-on-starttls-port")},
	{listener: listener{name: "postfix-starttls-client", software: "postfix", tls: wrapped},
		ask: 465, args: []string{"--as", "starttls"}, want: healthy("implicit", "").with(1, "starttls-on-tls-port")},
	{listener: listener{name: "postfix-expired", software: "postfix", tls: required, cert: "expired"},
		ask: 587, want: badCert("starttls", "yes", "expired", "cert-expired")},
	{listener: listener{name: "postfix-self-signed", software: "postfix", tls: required, cert: "self-signed"},
		ask: 587, want: badCert("starttls", "yes", "self-signed", "cert-self-signed")},
	{listener: listener{name: "postfix-wrong-name", software: "postfix", tls: required, cert: "wrong-name"},
		ask: 587, want: badCert("starttls", "yes", "name-mismatch", "cert-name-mismatch")},
	{listener: listener{name: "postfix-missing-intermediate", software: "postfix", tls: required, cert: "missing-intermediate"},
		ask: 587, want: badCert("starttls", "yes", "missing-intermediate", "cert-missing-intermediate")},
	{listener: listener{name: "postfix-unknown-ca", software: "postfix", tls: required, cert: "unknown-ca"},
		ask: 587, want: badCert("starttls", "yes", "unknown-ca", "cert-unknown-ca")},
	{listener: listener{name: "postfix-implicit-expired", software: "postfix", tls: wrapped, cert: "expired"},
		ask: 465, want: badCert("implicit", "", "expired", "cert-expired")},
	{listener: listener{name: "postfix-tls10", software: "postfix", tls: required, old: true},
		ask: 587, want: healthy("starttls", "yes").with(1, "tls-version-too-old")},
	{listener: listener{name: "postfix-implicit-tls10", software: "postfix", tls: wrapped, old: true},
		ask: 465, want: healthy("implicit", "").with(1, "tls-version-too-old")},

	{listener: listener{name: "postfix-accounts", software: "postfix", tls: required, options: []string{
		"smtpd_sender_restrictions=check_sender_access inline:{blocked@box.e2e.test=REJECT}, reject_sender_login_mismatch"}},
		ask: 587, want: healthy("starttls", "yes")},
	{listener: listener{name: "postfix-strict", software: "postfix", tls: required, options: []string{
		"smtpd_sender_restrictions=check_sender_access inline:{blocked@box.e2e.test=REJECT}, reject_sender_login_mismatch",
		"smtpd_relay_restrictions=permit_sasl_authenticated, reject", "smtpd_delay_reject=no", "smtputf8_enable=no", "message_size_limit=20000"}},
		ask: 587, want: healthy("starttls", "yes")},
	{listener: listener{name: "postfix-members", software: "postfix", tls: required, options: []string{
		"smtpd_client_restrictions=permit_sasl_authenticated, reject"}},
		ask: 587, want: healthy("starttls", "yes")},
	{listener: listener{name: "postfix-relay", software: "postfix", tls: noTLS, options: []string{
		"smtpd_sasl_auth_enable=no", "mynetworks=127.0.0.0/8", "smtpd_relay_restrictions=permit_mynetworks, reject"}},
		ask: 25, want: healthy("cleartext", "").certificate("")},

	{listener: listener{name: "exim-cleartext", software: "exim", tls: noTLS},
		ask: 25, want: healthy("cleartext", "").certificate("").with(0, "auth-in-cleartext")},
	{listener: listener{name: "exim-optional", software: "exim", tls: optional},
		ask: 587, want: healthy("starttls", "no")},
	{listener: listener{name: "exim-required", software: "exim", tls: required},
		ask: 587, want: healthy("starttls", "yes")},
	{listener: listener{name: "exim-implicit", software: "exim", tls: wrapped},
		ask: 465, want: healthy("implicit", "")},
	{listener: listener{name: "exim-implicit-client", software: "exim", tls: required},
		ask: 587, args: []string{"--as", "implicit"}, want: healthy("starttls", "yes").with(1, "tls-on-starttls-port")},
	{listener: listener{name: "exim-expired", software: "exim", tls: wrapped, cert: "expired"},
		ask: 465, want: badCert("implicit", "", "expired", "cert-expired")},
	{listener: listener{name: "exim-self-signed", software: "exim", tls: wrapped, cert: "self-signed"},
		ask: 465, want: badCert("implicit", "", "self-signed", "cert-self-signed")},
	{listener: listener{name: "exim-wrong-name", software: "exim", tls: required, cert: "wrong-name"},
		ask: 587, want: badCert("starttls", "yes", "name-mismatch", "cert-name-mismatch")},
	{listener: listener{name: "exim-missing-intermediate", software: "exim", tls: required, cert: "missing-intermediate"},
		ask: 587, want: badCert("starttls", "yes", "missing-intermediate", "cert-missing-intermediate")},
	{listener: listener{name: "exim-tls10", software: "exim", tls: required, old: true},
		ask: 587, want: healthy("starttls", "yes").with(1, "tls-version-too-old")},

	{listener: listener{name: "opensmtpd-cleartext", software: "opensmtpd", tls: noTLS},
		ask: 25, want: healthy("cleartext", "").certificate("")},
	{listener: listener{name: "opensmtpd-optional", software: "opensmtpd", tls: optional},
		ask: 25, want: healthy("starttls", "no").certificate("not-verified").with(1, "tls-handshake-failed")},
	{listener: listener{name: "opensmtpd-required", software: "opensmtpd", tls: required},
		ask: 587, want: healthy("starttls", "yes").certificate("not-verified").with(1, "tls-handshake-failed")},
	{listener: listener{name: "opensmtpd-implicit", software: "opensmtpd", tls: wrapped},
		ask: 465, want: healthy("implicit", "").spoken("").certificate("not-verified").with(1, "tls-handshake-failed")},

	{listener: listener{name: "dovecot-submission", software: "dovecot", service: "submission", tls: required},
		ask: 587, want: healthy("starttls", "yes")},
	{listener: listener{name: "dovecot-submissions", software: "dovecot", service: "submission", tls: wrapped},
		ask: 465, want: healthy("implicit", "")},
	{listener: listener{name: "dovecot-submission-cleartext", software: "dovecot", service: "submission", tls: noTLS},
		ask: 587, want: healthy("cleartext", "").certificate("").with(0, "cleartext-submission")},
	{listener: listener{name: "dovecot-submissions-expired", software: "dovecot", service: "submission", tls: wrapped, cert: "expired"},
		ask: 465, want: badCert("implicit", "", "expired", "cert-expired")},
	{listener: listener{name: "dovecot-submission-wrong-name", software: "dovecot", service: "submission", tls: required, cert: "wrong-name"},
		ask: 587, want: badCert("starttls", "yes", "name-mismatch", "cert-name-mismatch")},
	{listener: listener{name: "dovecot-submission-self-signed", software: "dovecot", service: "submission", tls: required, cert: "self-signed"},
		ask: 587, want: badCert("starttls", "yes", "self-signed", "cert-self-signed")},
	{listener: listener{name: "dovecot-submission-missing-intermediate", software: "dovecot", service: "submission", tls: required, cert: "missing-intermediate"},
		ask: 587, want: badCert("starttls", "yes", "missing-intermediate", "cert-missing-intermediate")},
	{listener: listener{name: "dovecot-lmtp", software: "dovecot", service: "lmtp", tls: optional},
		ask: 24, want: healthy("unknown", "").spoken("lmtp").certificate("").with(1, "wrong-protocol-other")},
	{listener: listener{name: "dovecot-imap", software: "dovecot", service: "imap", tls: optional},
		ask: 587, want: healthy("unknown", "").spoken("imap").certificate("").with(1, "wrong-protocol-imap-pop")},
	{listener: listener{name: "dovecot-imaps", software: "dovecot", service: "imap", tls: wrapped},
		ask: 993, want: healthy("unknown", "").spoken("imap").with(1, "wrong-protocol-imap-pop")},
	{listener: listener{name: "dovecot-pop3", software: "dovecot", service: "pop3", tls: optional},
		ask: 110, want: healthy("unknown", "").spoken("pop3").certificate("").with(1, "wrong-protocol-imap-pop")},
	{listener: listener{name: "dovecot-pop3s", software: "dovecot", service: "pop3", tls: wrapped},
		ask: 465, want: healthy("unknown", "").spoken("pop3").with(1, "wrong-protocol-imap-pop")},
}
