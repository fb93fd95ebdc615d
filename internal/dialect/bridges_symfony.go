package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Bridge is a provider's package for Symfony Mailer, which brings server and port
// along: the host of its DSN is the word default.
type Bridge struct {
	Host string // with %s for the option region, where there are several
	Port uint16

	region  string // where none is named
	ownHost bool   // another host than default counts (Amazon)
	ownPort bool   // a port counts
	bare    string // what the scheme without +smtp means: "smtp", or "" for the API
}

// Symfony's factories, src/Symfony/Component/Mailer/Bridge/*/Transport.
var symfonyBridges = map[string]Bridge{
	"ahasend":    {Host: "send.ahasend.com", Port: 587, bare: "smtp"},
	"brevo":      {Host: "smtp-relay.brevo.com", Port: 465, ownPort: true, bare: "smtp"},
	"gmail":      {Host: "smtp.gmail.com", Port: 465, bare: "smtp"},
	"mailersend": {Host: "smtp.mailersend.net", Port: 587, bare: "smtp"},
	"mailgun":    {Host: "smtp.%s.mailgun.org", Port: 587},
	"mailjet":    {Host: "in-v3.mailjet.com", Port: 587, bare: "smtp"},
	"mailpace":   {Host: "smtp.mailpace.com", Port: 587},
	"mailtrap":   {Host: "live.smtp.mailtrap.io", Port: 587, bare: "smtp"},
	"mandrill":   {Host: "smtp.mandrillapp.com", Port: 587},
	"postmark":   {Host: "smtp.postmarkapp.com", Port: 587, bare: "smtp"},
	"resend":     {Host: "smtp.resend.com", Port: 465, bare: "smtp"},
	"scaleway":   {Host: "smtp.tem.scw.cloud", Port: 465, bare: "smtp"},
	"sendgrid":   {Host: "smtp.%s.sendgrid.net", Port: 465, ownPort: true, bare: "smtp"},
	"ses":        {Host: "email-smtp.%s.amazonaws.com", Port: 465, region: "eu-west-1", ownHost: true, ownPort: true},
}

// SymfonyBridge is the server that a DSN of a provider's bridge means, from its
// scheme, host, port (0 for none) and region. It is false for what is no bridge by
// SMTP, or one that is not known here.
func SymfonyBridge(scheme, host string, port uint16, region string) (Bridge, bool) {
	name, kind, _ := strings.Cut(scheme, "+")
	b, ok := symfonyBridges[name]
	if !ok || kind != "smtp" && kind != "smtps" && (kind != "" || b.bare != "smtp") {
		return Bridge{}, false
	}
	b.Host = inRegion(b.Host, region, b.region)
	if b.ownHost && host != "default" {
		b.Host = host
	}
	if b.ownPort && port != 0 {
		b.Port = port
	}
	return b, true
}

// inRegion puts a region into a host; the home region of a provider has none.
func inRegion(host, region, home string) string {
	if region == "" {
		region = home
	}
	if region == "" || region == "us" || region == "global" {
		return strings.Replace(host, "%s.", "", 1)
	}
	return strings.Replace(host, "%s", region, 1)
}

// BridgeWord is what the scheme of a bridge means, known here or not: SMTP, with
// implicit TLS where its port wants that, or the API. It is nil for other schemes.
func BridgeWord(scheme string) *Word {
	name, kind, two := strings.Cut(scheme, "+")
	b, known := symfonyBridges[name]
	switch {
	case !known && (!two || kind == "tls" || kind == "starttls"):
		return nil
	case kind == "smtp", kind == "smtps", !two && b.bare == "smtp":
		w := &Word{V: scheme, Channel: "smtp", Bridge: true}
		if !known {
			w.Mode = target.Unknown
		} else if b.Port == 465 && !b.ownPort {
			w.Mode = target.Implicit
		}
		return w
	case name == "resend":
		return &Word{V: scheme, Channel: "resend", Mode: target.Unknown, Bridge: true}
	}
	return &Word{V: scheme, Channel: "api", Mode: target.Unknown, Bridge: true}
}
