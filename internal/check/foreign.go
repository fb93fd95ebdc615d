package check

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
)

// foreign are the checks for certificates that tell of something between, or
// of the machine here, rather than of the server.
var foreign = []Check{
	{
		ID:       "local-missing-ca-bundle",
		Title:    "This machine has no root certificates",
		Severity: report.Error,
		Seen:     "The root store used for verification is empty or missing.",
		Why:      "Applications that use the same store trust no server at all: each TLS connection fails with an unknown authority.",
		Fix: []string{
			"Install the root certificates: apt-get install ca-certificates, or apk add ca-certificates",
			"In a minimal image, copy /etc/ssl/certs/ca-certificates.crt from the build stage",
			"Or name a file: SSL_CERT_FILE, openssl.cafile, NODE_EXTRA_CA_CERTS, and here --ca-file",
		},
		Tell:  "cert-unknown-ca has a store, and one authority is missing in it.",
		Refs:  []string{"RFC 5280 6.1.1"},
		Needs: certificateSeen,
		Find:  noRoots,
	},
	{
		ID:       "local-proxy-or-antivirus-mitm",
		Title:    "A security product between opens the TLS session",
		Severity: report.Error,
		Seen:     "The certificate was issued by a product that inspects TLS (antivirus mail shield, firewall, company proxy).",
		Why:      "The product puts its own certificate in place of the server's. Applications that do not have its root end the handshake.",
		Fix: []string{
			"Exempt the mail server or the application from the inspection",
			"Or give the product's root certificate to the application (CA file, NODE_EXTRA_CA_CERTS)",
		},
		Tell:  "cert-unknown-ca is an authority that belongs to no known product.",
		Refs:  []string{"RFC 8446 9.3"},
		Needs: certificateJudged,
		Find:  intercepted,
	},
	{
		ID:       "hosting-smtp-redirect",
		Title:    "The web host answers in place of the mail provider",
		Severity: report.Error,
		Seen:     "The host belongs to a big provider, and the certificate is made out to somebody else.",
		Why:      "Web hosts redirect outgoing mail ports to a server of their own (cPanel's SMTP restrictions, a relay). Logins of the provider do not work there.",
		Fix: []string{
			"Ask the web host to lift the restriction (WHM: SMTP Restrictions, csf: SMTP_BLOCK), or use its own relay",
			"Or send through the provider's HTTP API, which uses port 443",
			"Or use a port that is not redirected, such as 2525 or 2587, where the provider has it",
		},
		Tell:  "cert-name-mismatch is a host that belongs to nobody known.",
		Refs:  []string{"RFC 9525 6"},
		Needs: certificateJudged,
		Find:  redirect,
	},
}

func noRoots(f *facts.Facts) []report.Finding {
	if f.TLS.Verified.Chain != evidence.ChainNoRoots {
		return nil
	}
	out := certFinding(f, "There are no root certificates here to verify the server with",
		"The certificate could not be verified. Applications on this machine that use the system's store fail in the same way."+printed("local-missing-ca-bundle"))
	out.Try = nil
	return one(out)
}

// interceptors are pieces of issuer names that products which inspect TLS give
// themselves, in lower case.
var interceptors = []string{
	"avast web/mail shield", "avast! web/mail shield", "avg web/mail shield", "norton web/mail shield", "kaspersky",
	"eset ssl filter", "bitdefender personal ca", "dr.web", "do_not_trust_fiddlerroot", "mitmproxy", "charles proxy", "fortigate", "fortinet",
	"zscaler", "netskope", "sophos ssl ca", "sophos web appliance", "palo alto networks", "blue coat", "cisco umbrella", "forcepoint", "watchguard",
	"sonicwall", "untangle", "check point", "mcafee web gateway", "skyhigh", "cloudflare gateway", "gateway ca - cloudflare managed", "pfsense", "opnsense", "barracuda ssl",
}

// interceptor is the issuer that gives a product away, or "".
func interceptor(f *facts.Facts) string {
	if f.TLS == nil {
		return ""
	}
	for _, c := range append(f.TLS.Chain[:len(f.TLS.Chain):len(f.TLS.Chain)], f.TLS.Verified.Path...) {
		issuer := strings.ToLower(c.Issuer)
		for _, name := range interceptors {
			if strings.Contains(issuer, name) {
				return c.Issuer
			}
		}
	}
	return ""
}

func intercepted(f *facts.Facts) []report.Finding {
	issuer := interceptor(f)
	if issuer == "" {
		return nil
	}
	out := certFinding(f, "A security product between opens the TLS session",
		fmt.Sprintf("The certificate was issued by %q, in place of the server's own.", issuer))
	out.Confidence = 0.9
	if f.Certificate.Status == facts.CertificateOK {
		out.Severity = report.Warning
		out.Detail += " Its root is in this machine's store, so what uses that store works. Applications with a store of their own (Node.js, Java, Python's certifi) fail."
	}
	return one(out)
}

// redirected reports whether a provider's name is answered with a certificate
// that is made out to somebody else altogether.
func redirected(f *facts.Facts) bool {
	p := providerFor(f)
	if p == nil || !p.Delivers() || !f.Certificate.Has(facts.NameMismatch) || interceptor(f) != "" {
		return false
	}
	for _, n := range f.Certificate.Leaf.Names {
		if q, ok := provider.ByHost(strings.TrimPrefix(n, "*.")); ok && q.ID == p.ID || sameSite(n, f.Case.Target.Host) {
			return false
		}
	}
	return len(f.Certificate.Leaf.Names) > 0
}

// sameSite compares the last two labels: near enough to tell a provider's own
// certificate from a stranger's.
func sameSite(a, b string) bool {
	tail := func(s string) string {
		labels := strings.Split(strings.ToLower(s), ".")
		return strings.Join(labels[max(0, len(labels)-2):], ".")
	}
	return tail(a) == tail(b)
}

func redirect(f *facts.Facts) []report.Finding {
	if !redirected(f) {
		return nil
	}
	p := providerFor(f)
	out := certFinding(f,
		fmt.Sprintf("Not %s answers here, but %s", p.Name, list(f.Certificate.Leaf.Names[:1])),
		fmt.Sprintf("The name %s belongs to %s, and the certificate to somebody else. Web hosts redirect outgoing mail to a server of their own in this way.", f.Case.Target.Host, p.Name))
	out.Confidence = 0.85
	out.Evidence = append(out.Evidence, greetingQuote(f.Main)...)
	return one(out)
}
