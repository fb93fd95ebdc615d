package fakemail

import (
	"crypto/tls"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Scenarios lists the demo's faults, the commonest first. The servers of a
// scenario are those of a plausible provider: where the story has a way out,
// the port that it leads to works, and a bad certificate is on every port.
func Scenarios() []Scenario {
	return []Scenario{
		{
			ID:    "tls-on-starttls-port",
			Title: "Implicit TLS on a STARTTLS port",
			Story: "An app is set to host smtp-relay.example.test, port 587, encryption SSL. " +
				"It logs \"wrong version number\" and sends nothing. The key and the password are right.",
			As: target.Implicit, Host: "smtp-relay.example.test", Port: 587,
			Want:  []string{"tls-on-starttls-port"},
			hosts: []hosted{{587, startTLS}, {465, implicit}},
		},
		{
			ID:    "starttls-on-tls-port",
			Title: "STARTTLS on an implicit TLS port",
			Story: "An app is set to port 465 and encryption STARTTLS. " +
				"It hangs for a minute on every message and then gives up: the greeting never comes.",
			As: target.STARTTLS, Host: "smtp.example.test", Port: 465,
			Want:  []string{"starttls-on-tls-port"},
			hosts: []hosted{{465, implicit}, {587, startTLS}},
		},
		{
			ID:    "tls-on-plaintext-server",
			Title: "TLS to a server that has none",
			Story: "The settings of production were copied to a development machine, whose mail catcher on port 1025 speaks clear text only.",
			As:    target.Implicit, Host: "mailcatcher.example.test", Port: 1025,
			Want:  []string{"tls-on-plaintext-server"},
			hosts: []hosted{{1025, cleartext}},
		},
		{
			ID:    "starttls-stripped",
			Title: "STARTTLS blotted out on the way",
			Story: "From the office, mail through port 587 fails with \"STARTTLS not supported\"; from home it works. " +
				"A firewall in between rewrites the dialogue.",
			As: target.STARTTLS, Host: "smtp.example.test", Port: 587,
			Want:  []string{"starttls-stripped"},
			hosts: []hosted{{587, func(*tls.Config) Handler { return Masked().Serve }}, {465, implicit}},
		},
		{
			ID:    "starttls-refused",
			Title: "STARTTLS offered and then refused",
			Story: "After a certificate was renewed the server cannot read its key. It still offers STARTTLS and answers it with 454.",
			As:    target.STARTTLS, Host: "mail.example.test", Port: 587,
			Want: []string{"starttls-refused"},
			hosts: []hosted{{587, func(config *tls.Config) Handler {
				return Script{Mode: target.STARTTLS, TLS: config, Replies: map[string]Reply{
					"STARTTLS": {Text: "454 4.7.0 TLS not available due to local problem"},
				}}.Serve
			}}},
		},
		{
			ID:    "cert-expired",
			Title: "Expired certificate",
			Story: "Mail stopped three days ago at night. Nobody had changed anything.",
			As:    target.STARTTLS, Host: "mail.example.test", Port: 587,
			Want:  []string{"cert-expired"},
			hosts: []hosted{{587, startTLS}, {465, implicit}},
			issue: func(ca *Authority, host string) (tls.Certificate, error) {
				return ca.Issue(Leaf{Names: []string{host}, NotBefore: ca.now.Add(-93 * day), NotAfter: ca.now.Add(-3 * day)})
			},
		},
		{
			ID:    "cert-name-mismatch",
			Title: "Certificate for another name",
			Story: "An app uses its own name for the provider's server, mail.customer.example. The certificate is the provider's and does not know that name.",
			As:    target.STARTTLS, Host: "mail.customer.example", Port: 587,
			Want:  []string{"cert-name-mismatch"},
			hosts: []hosted{{587, startTLS}, {465, implicit}},
			issue: func(ca *Authority, host string) (tls.Certificate, error) {
				return ca.Issue(Leaf{Names: []string{"smtp.example.test", "*.mail.example.test"}})
			},
		},
		{
			ID:    "cert-self-signed",
			Title: "Self-signed certificate",
			Story: "A mail server of the company's own was set up with the certificate that the package made on installation.",
			As:    target.STARTTLS, Host: "mail.example.test", Port: 587,
			Want:  []string{"cert-self-signed"},
			hosts: []hosted{{587, startTLS}, {465, implicit}},
			issue: func(ca *Authority, host string) (tls.Certificate, error) {
				return SelfSigned(Leaf{Names: []string{host}}, ca.now)
			},
		},
		{
			ID:    "cert-missing-intermediate",
			Title: "Intermediate certificate missing",
			Story: "Mail programs on the desktop are content, the app on the server says \"unable to verify the first certificate\".",
			As:    target.STARTTLS, Host: "mail.example.test", Port: 587,
			Want:  []string{"cert-missing-intermediate"},
			hosts: []hosted{{587, startTLS}, {465, implicit}},
			issue: func(ca *Authority, host string) (tls.Certificate, error) {
				return ca.Issue(Leaf{Names: []string{host}, Chain: LeafOnly, IssuerURL: "http://ca.example.test/issuing.der"})
			},
		},
		{
			ID:    "wrong-protocol-http",
			Title: "A web server in place of a mail server",
			Story: "The mail host of the settings is the web application's own address and port. The app logs \"invalid greeting\".",
			As:    target.Cleartext, Host: "www.example.test", Port: 8080,
			Want:  []string{"wrong-protocol-http"},
			hosts: []hosted{{8080, func(*tls.Config) Handler { return HTTP }}},
		},
		{
			ID:    "connection-refused",
			Title: "Nobody listens on the port",
			Story: "An app was moved and is set to port 25 again, its default. The provider takes submissions on 587 and 465.",
			As:    target.STARTTLS, Host: "smtp.example.test", Port: 25,
			Want:  []string{"connection-refused"},
			hosts: []hosted{{587, startTLS}, {465, implicit}},
		},
		{
			ID:    "greeting-rejected",
			Title: "Turned away in the greeting",
			Story: "The app is set to the mail exchanger of the domain. That host takes incoming mail and turns this address away with 554.",
			As:    target.STARTTLS, Host: "mx.example.test", Port: 587,
			Want: []string{"greeting-rejected"},
			hosts: []hosted{{587, func(*tls.Config) Handler {
				return Script{Greeting: Reply{Text: "554 mx.example.test No SMTP service here", Then: ThenClose}}.Serve
			}}},
		},
		{
			ID:    "tls-version-too-old",
			Title: "A server that stopped at TLS 1.0",
			Story: "The office's multifunction device relays mail. Since the app was updated it says \"unsupported protocol\".",
			As:    target.STARTTLS, Host: "relay.example.test", Port: 587,
			Want: []string{"tls-version-too-old"},
			hosts: []hosted{{587, func(config *tls.Config) Handler {
				return Script{Mode: target.STARTTLS, TLS: TLS10(config)}.Serve
			}}},
		},
	}
}

// startTLS is a submission server in order: STARTTLS and login demanded.
func startTLS(config *tls.Config) Handler {
	return Script{Mode: target.STARTTLS, TLS: config, RequireTLS: true}.Serve
}

// implicit is the same server on its port for implicit TLS.
func implicit(config *tls.Config) Handler {
	return Script{Mode: target.Implicit, TLS: config}.Serve
}

func cleartext(*tls.Config) Handler { return Script{}.Serve }
