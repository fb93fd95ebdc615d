package symptom

import (
	"regexp"
	"slices"
	"strings"
	"testing"
)

// probed are the ids that a probe can find and whose words people search for.
var probed = []string{
	"tls-on-starttls-port", "tls-on-plaintext-server", "starttls-on-tls-port", "starttls-not-offered", "starttls-refused",
	"tls-handshake-failed", "tls-version-too-old", "tls-weak-crypto-rejected",
	"cert-verify-failed", "cert-expired", "cert-not-yet-valid", "cert-self-signed", "cert-name-mismatch", "cert-unknown-ca",
	"cert-missing-intermediate", "local-missing-ca-bundle",
	"dns-no-such-host", "dns-timeout", "connection-refused", "connect-timeout-blocked-port", "network-unreachable", "ipv6-unreachable",
	"connection-closed-before-greeting", "greeting-timeout", "greeting-rejected",
	"wrong-protocol-http", "wrong-protocol-imap-pop", "wrong-protocol-other", "protocol-error", "helo-rejected",
	"auth-not-offered", "auth-needs-tls", "tls-required-by-server",
}

func TestEveryProbedIDHasWords(t *testing.T) {
	t.Parallel()
	for _, id := range probed {
		if len(Said(id)) < 3 {
			t.Errorf("Said(%q) = %v, want three texts or more", id, Said(id))
		}
	}
	for _, r := range said {
		if !slices.Contains(probed, r.id) {
			t.Errorf("row %+v has an id that the test does not list", r)
		}
	}
}

func TestUnknownID(t *testing.T) {
	t.Parallel()
	for _, id := range []string{"", "no-such-check", "tls"} {
		if got := Said(id); got != nil {
			t.Errorf("Said(%q) = %v, want nil", id, got)
		}
	}
}

// TestRows wants rows in one group an id, each text once a stack, and no host,
// address or placeholder in a text that has to be found in anybody's log.
func TestRows(t *testing.T) {
	t.Parallel()
	particular := regexp.MustCompile(`<|…|example|\d+\.\d+\.\d+|^\s|\s$`)
	ended := map[string]bool{}
	seen := map[row]bool{}
	for i, r := range said {
		if r.id == "" || r.stack == "" || r.text == "" {
			t.Errorf("row %d, %+v, has an empty field", i, r)
		}
		if particular.MatchString(r.text) {
			t.Errorf("%s: text %q is not general", r.id, r.text)
		}
		if seen[r] {
			t.Errorf("row %+v stands twice", r)
		}
		seen[r] = true
		if i > 0 && said[i-1].id != r.id {
			ended[said[i-1].id] = true
		}
		if ended[r.id] {
			t.Errorf("row %+v stands apart from the others of its id", r)
		}
	}
}

// TestSamples takes whole messages, as stacks print them.
func TestSaidSamples(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ id, stack, message string }{
		{"tls-on-starttls-port", openSSL, `stream_socket_client(): SSL operation failed with code 1. OpenSSL Error messages: error:0A00010B:SSL routines::wrong version number`},
		{"tls-on-starttls-port", openSSL, `ssl.SSLError: [SSL: WRONG_VERSION_NUMBER] wrong version number (_ssl.c:1006)`},
		{"tls-on-starttls-port", golang, `tls: first record does not look like a TLS handshake`},
		{"tls-on-starttls-port", java, `javax.net.ssl.SSLException: Unsupported or unrecognized SSL message`},
		{"tls-on-starttls-port", gnuTLS, `msmtp: TLS handshake failed: An unexpected TLS packet was received.`},
		{"starttls-on-tls-port", node, `Error: Greeting never received`},
		{"starttls-on-tls-port", php, `Connection to "smtp.example.com:465" has been closed unexpectedly.`},
		{"starttls-not-offered", python, `SMTPNotSupportedError('STARTTLS extension not supported by server.')`},
		{"starttls-not-offered", golang, `gomail: MandatoryStartTLS required, but SMTP server does not support STARTTLS`},
		{"starttls-refused", server, `454 4.7.0 TLS not available due to local problem`},
		{"tls-version-too-old", java, `javax.net.ssl.SSLHandshakeException: Received fatal alert: protocol_version`},
		{"cert-expired", golang, `tls: failed to verify certificate: x509: certificate has expired or is not yet valid: current time is after`},
		{"cert-name-mismatch", php, "stream_socket_enable_crypto(): Peer certificate subjectAltName did not match expected name `smtp.example.com'"},
		{"dns-no-such-host", golang, `dial tcp: lookup smtp.example.com on 127.0.0.11:53: no such host`},
		{"dns-timeout", node, `Error: getaddrinfo EAI_AGAIN smtp.example.com`},
		{"connection-refused", curl, `curl: (7) Failed to connect to smtp.example.com port 465 after 3 ms: Couldn't connect to server`},
		{"connect-timeout-blocked-port", java, `java.net.SocketTimeoutException: Connect timed out`},
		{"network-unreachable", golang, `dial tcp 203.0.113.55:587: connect: network is unreachable`},
		{"wrong-protocol-http", golang, `short response: "HTTP/1.1 408 Request Timeout"`},
		{"auth-needs-tls", golang, `failed to send email: unencrypted connection`},
		{"tls-required-by-server", server, `smtplib.SMTPAuthenticationError: (530, b'5.7.0 Must issue a STARTTLS command first')`},
		{"local-missing-ca-bundle", curl, `curl: (77) error setting certificate file: /etc/ssl/cacert.pem`},
	} {
		found := slices.ContainsFunc(Said(tt.id), func(p Phrase) bool {
			return p.Stack == tt.stack && strings.Contains(tt.message, p.Text)
		})
		if !found {
			t.Errorf("%s: no text of %s is in %q", tt.id, tt.stack, tt.message)
		}
	}
}

// TestMostCommonFirst: the words of OpenSSL and Go are those that most people
// paste for the commonest mistake.
func TestMostCommonFirst(t *testing.T) {
	t.Parallel()
	want := []string{"wrong version number", "tls: first record does not look like a TLS handshake", "Unsupported or unrecognized SSL message"}
	for i, p := range Said("tls-on-starttls-port")[:len(want)] {
		if p.Text != want[i] {
			t.Errorf("text %d is %q, want %q", i, p.Text, want[i])
		}
	}
}
