package check

import (
	"fmt"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// soonDays and a third of the lifetime bound the time in which a certificate
// should have been renewed: ACME clients renew at a third of the lifetime, and
// three weeks leave time to do it by hand.
const soonDays = 21

// certificate are the checks of the server's certificate.
var certificate = []Check{
	{
		ID:       "cert-expired",
		Title:    "The certificate has expired",
		Severity: report.Error,
		Seen:     "The server's certificate, or one that it depends on, has passed its last day.",
		Why:      "Clients that verify certificates end the handshake. No mail goes out.",
		Fix: []string{
			"If the server is yours: renew the certificate and reload the mail server, which keeps the old one in memory until then",
			"Otherwise tell its operator",
			"Look at this machine's clock when other servers seem expired as well",
		},
		Tell:  "cert-not-yet-valid often is a client clock that stands in the past.",
		Refs:  []string{"RFC 5280 4.1.2.5", "RFC 5280 6.1.3"},
		Needs: certificateJudged,
		Find:  expired,
	},
	{
		ID:       "cert-not-yet-valid",
		Title:    "The certificate is not valid yet",
		Severity: report.Error,
		Seen:     "The first day of the server's certificate, or of one that it depends on, lies in the future.",
		Why:      "Clients that verify certificates end the handshake. More often than not, the clock of the client is wrong.",
		Fix: []string{
			"Look at the clock of this machine or container (date -u) and set it by NTP",
			"If the clock is right and the server yours: install a certificate that is valid today",
		},
		Tell:  "cert-expired is the other end of the lifetime.",
		Refs:  []string{"RFC 5280 4.1.2.5"},
		Needs: certificateJudged,
		Find:  early,
	},
	{
		ID:       "cert-expires-soon",
		Title:    "The certificate expires soon",
		Severity: report.Warning,
		Seen:     "Less than a third of the certificate's lifetime is left, and 21 days at most.",
		Why:      "Nothing fails yet. Certificates that renew by themselves are renewed by now, so the renewal may be broken.",
		Fix: []string{
			"If the server is yours: see that the renewal works (certbot renew --dry-run) and that it reloads the mail server",
			"Otherwise tell its operator in time",
		},
		Tell:  "cert-expired has passed the day.",
		Refs:  []string{"RFC 5280 4.1.2.5"},
		Needs: certificateSeen,
		Find:  expiresSoon,
	},
	{
		ID:       "cert-self-signed",
		Title:    "The certificate is self-signed",
		Severity: report.Error,
		Seen:     "The server's certificate is its own issuer.",
		Why:      "Nobody vouches for it, so clients that verify certificates end the handshake. Mail servers make such a certificate at installation.",
		Fix: []string{
			"If the server is yours: install a certificate of a public authority (Let's Encrypt) for the name clients use, and reload",
			"Or trust exactly this certificate in the client (a CA file), never by switching verification off",
		},
		Tell:  "cert-unknown-ca has an issuer that this machine does not know.",
		Refs:  []string{"RFC 5280 3.2", "RFC 5280 6.1"},
		Needs: certificateJudged,
		Find:  selfSigned,
	},
	{
		ID:       "cert-missing-intermediate",
		Title:    "The server does not send the intermediate certificate",
		Severity: report.Error,
		Seen:     "The server sent its own certificate without the one that links it to a root.",
		Why:      "Browsers often fill the gap by themselves; mail clients and libraries do not, and end the handshake.",
		Fix: []string{
			"If the server is yours: install the full chain (fullchain.pem, not cert.pem) and reload the mail server",
			"Otherwise tell its operator; as a stopgap add the intermediate to the client's CA file",
		},
		Tell:  "cert-unknown-ca sends a chain that ends in a root this machine does not have.",
		Refs:  []string{"RFC 8446 4.4.2", "RFC 5280 6.1"},
		Needs: certificateJudged,
		Find:  missingIntermediate,
	},
	{
		ID:       "cert-unknown-ca",
		Title:    "The certificate comes from an authority that is not trusted here",
		Severity: report.Error,
		Seen:     "The chain ends in a root that is not in the root store used.",
		Why:      "Clients that verify certificates end the handshake, unless they were given that root.",
		Fix: []string{
			"If it is a private authority: give its root to the client (CA file, NODE_EXTRA_CA_CERTS, SSL_CERT_FILE) and try it here with --ca-file",
			"If the server is yours and public: install a certificate of a public authority",
			"If the host belongs to a big provider: look for a proxy between, or an outdated root store on this machine",
		},
		Tell:  "cert-missing-intermediate lacks a link; cert-self-signed has no authority; local-missing-ca-bundle trusts nobody at all.",
		Refs:  []string{"RFC 5280 6.1"},
		Needs: certificateJudged,
		Find:  unknownCA,
	},
	{
		ID:       "cert-name-mismatch",
		Title:    "The certificate is for another name",
		Severity: report.Error,
		Seen:     "None of the names in the certificate is the host name used.",
		Why:      "Clients that verify certificates end the handshake.",
		Fix: []string{
			"Set the mail host to a name that is in the certificate",
			"If the server is yours: get a certificate that holds the name clients use, and reload",
		},
		Tell:  "hosting-smtp-redirect is a big provider's name answered with the certificate of a web host.",
		Refs:  []string{"RFC 9525 6", "RFC 7817 3"},
		Needs: certificateJudged,
		Find:  nameMismatch,
	},
	{
		ID:       "cert-wrong-usage",
		Title:    "The certificate is not meant for servers",
		Severity: report.Error,
		Seen:     "The extended key usage of the certificate does not hold server authentication.",
		Why:      "Clients that verify certificates end the handshake, though name and dates are right.",
		Fix:      []string{"If the server is yours: install a certificate issued for servers (extendedKeyUsage = serverAuth)"},
		Tell:     "cert-unknown-ca and cert-name-mismatch concern issuer and name.",
		Refs:     []string{"RFC 5280 4.2.1.12"},
		Needs:    certificateJudged,
		Find:     wrongUsage,
	},
	{
		ID:       "tls-weak-crypto-rejected",
		Title:    "The certificate's key or signature is too weak for current clients",
		Severity: report.Error,
		Seen:     "An RSA key below 2048 bits, or a signature with SHA-1 or MD5.",
		Why:      "OpenSSL as Debian, Ubuntu and Fedora set it up refuses such keys, and Go and OpenSSL refuse such signatures. Some clients print only that verification failed.",
		Fix: []string{
			"If the server is yours: make a new key (RSA 2048 or ECDSA P-256) and get a certificate with SHA-256",
			"Until then, and only for this server, lower the client's level (OpenSSL: SECLEVEL=0)",
		},
		Tell:  "tls-old-key-exchange concerns the handshake, not the certificate.",
		Refs:  []string{"RFC 9325 4.5", "RFC 9155"},
		Needs: certificateJudged,
		Find:  weak,
	},
}

// verifies is the severity of a certificate that does not hold: an error for
// clients that verify. One that is set to clear text never sees it.
func verifies(f *facts.Facts) report.Severity {
	if f.Claimed() == target.Cleartext {
		return report.Warning
	}
	return report.Error
}

// certFinding is a finding about the certificate with what it says of itself.
func certFinding(f *facts.Facts, summary, detail string) report.Finding {
	return report.Finding{
		Severity: verifies(f),
		Summary:  summary,
		Detail:   detail,
		Evidence: []report.Quote{{From: at(tlsSession(f), "certificate"), Text: certText(*f.Certificate.Leaf)}},
		Try:      elsewhere(f),
	}
}

// tlsSession is the session whose handshake counts.
func tlsSession(f *facts.Facts) *evidence.Session {
	for _, s := range f.Sessions {
		if s.TLS != nil && s.TLS == f.TLS {
			return s
		}
	}
	return f.Main
}

const day = "2006-01-02"

func certText(c evidence.Cert) string {
	return clip(fmt.Sprintf("subject %s; names %s; issuer %s; valid %s to %s; %s, %s",
		orNone(c.Subject), orNone(strings.Join(c.Names, " ")), orNone(c.Issuer), c.NotBefore.UTC().Format(day), c.NotAfter.UTC().Format(day), c.Key, c.Signature))
}

func orNone(s string) string {
	if s == "" {
		return "(none)"
	}
	return s
}

// whose says of which certificate of the path a sentence speaks.
func whose(f *facts.Facts, c *evidence.Cert) string {
	if c.Fingerprint == f.Certificate.Leaf.Fingerprint && c.Subject == f.Certificate.Leaf.Subject {
		return "The certificate"
	}
	return "An issuing certificate (" + c.Subject + ")"
}

func expired(f *facts.Facts) []report.Finding {
	c := facts.Late(f.TLS, f.Case.Now)
	if c == nil {
		return nil
	}
	return one(certFinding(f,
		fmt.Sprintf("%s of %s expired %s", whose(f, c), f.Case.Target.Host, daysAgo(f.Case.Now, c.NotAfter)),
		fmt.Sprintf("Its last day was %s; now it is %s.%s", stamp(c.NotAfter), stamp(f.Case.Now), printed("cert-expired"))))
}

// daysAgo counts as facts.Days does, so that a report has one number of days:
// a day that has begun counts.
func daysAgo(now, past time.Time) string {
	n := -facts.Days(now, past)
	if n == 1 {
		return "1 day ago"
	}
	return fmt.Sprintf("%d days ago", n)
}

func stamp(t time.Time) string { return t.UTC().Format("2006-01-02 15:04 UTC") }

func early(f *facts.Facts) []report.Finding {
	c := facts.Early(f.TLS, f.Case.Now)
	if c == nil {
		return nil
	}
	return one(certFinding(f,
		fmt.Sprintf("%s of %s is not valid before %s", whose(f, c), f.Case.Target.Host, c.NotBefore.UTC().Format(day)),
		fmt.Sprintf("It becomes valid on %s; by this machine's clock it is %s.%s", stamp(c.NotBefore), stamp(f.Case.Now), printed("cert-not-yet-valid"))))
}

func expiresSoon(f *facts.Facts) []report.Finding {
	c := facts.FirstToExpire(f.TLS)
	now := f.Case.Now
	if c == nil || !now.Before(c.NotAfter) || now.Before(c.NotBefore) {
		return nil
	}
	left, life := c.NotAfter.Sub(now), c.NotAfter.Sub(c.NotBefore)
	if left >= life/3 || left > soonDays*24*time.Hour {
		return nil
	}
	out := certFinding(f,
		fmt.Sprintf("%s of %s expires in %s", whose(f, c), f.Case.Target.Host, days(left)),
		fmt.Sprintf("Its last day is %s. Of its %d days of life less than a third is left.", stamp(c.NotAfter), facts.Days(c.NotBefore, c.NotAfter)))
	out.Severity, out.Try = report.Warning, nil
	return one(out)
}

// days says a time in whole days.
func days(d time.Duration) string {
	switch n := int(d / (24 * time.Hour)); n {
	case 0:
		return "less than a day"
	case 1:
		return "1 day"
	default:
		return fmt.Sprintf("%d days", n)
	}
}

// explained reports whether a check of the machinery between accounts for a
// certificate that is not trusted.
func explained(f *facts.Facts) bool { return interceptor(f) != "" || redirected(f) }

func selfSigned(f *facts.Facts) []report.Finding {
	if !f.Certificate.Has(facts.SelfSigned) || explained(f) {
		return nil
	}
	return one(certFinding(f,
		fmt.Sprintf("The certificate of %s is self-signed", f.Case.Target.Host),
		"It is its own issuer, and no authority vouches for it."+alsoNames(f)+printed("cert-self-signed")))
}

func missingIntermediate(f *facts.Facts) []report.Finding {
	if !f.Certificate.Has(facts.MissingIntermediate) || explained(f) {
		return nil
	}
	leaf := f.Certificate.Leaf
	out := certFinding(f,
		fmt.Sprintf("%s does not send the intermediate certificate", f.Case.Target.Host),
		fmt.Sprintf("It sent %s, issued by %q, and not that issuer's certificate.%s", count(len(f.TLS.Chain)), leaf.Issuer, printed("cert-missing-intermediate")))
	out.Confidence = 0.85
	if leaf.IssuerURL != "" {
		out.Detail += " The missing one can be had at " + leaf.IssuerURL + "."
		out.Confidence = sure
	}
	return one(out)
}

func count(n int) string {
	if n == 1 {
		return "one certificate"
	}
	return fmt.Sprintf("%d certificates", n)
}

func unknownCA(f *facts.Facts) []report.Finding {
	if !f.Certificate.Has(facts.UnknownCA) || explained(f) {
		return nil
	}
	last := f.TLS.Chain[len(f.TLS.Chain)-1]
	out := certFinding(f,
		fmt.Sprintf("The certificate of %s comes from an authority that is not trusted here", f.Case.Target.Host),
		fmt.Sprintf("The chain ends in an authority named %q, which is not in the root store used (%s).%s", last.Issuer, orNone(f.Case.Here.Roots), printed("cert-unknown-ca")))
	if p := providerFor(f); p != nil {
		out.Detail += fmt.Sprintf(" %s uses public authorities: a proxy between, or an outdated root store here, is likely.", p.Name)
	}
	if f.TLS.Verified.Chain == evidence.ChainOther {
		out.Confidence = 0.8
		out.Evidence = append(out.Evidence, report.Quote{From: at(tlsSession(f), "verification"), Text: clip(f.TLS.Verified.Detail)})
	}
	return one(out)
}

func nameMismatch(f *facts.Facts) []report.Finding {
	if !f.Certificate.Has(facts.NameMismatch) || explained(f) {
		return nil
	}
	if f.Certificate.Has(facts.SelfSigned) {
		return nil // one certificate to replace, one finding
	}
	names := f.Certificate.Leaf.Names
	asked := askedName(f)
	out := certFinding(f,
		fmt.Sprintf("The certificate is for another name than %s", asked),
		fmt.Sprintf("The server shows a certificate for %s.%s", orNone(list(names)), printed("cert-name-mismatch")))
	switch {
	case len(names) > 0:
		out.Fix = []string{
			"Set the mail host to a name that is in the certificate: " + list(usable(names)),
			fmt.Sprintf("If the server is yours: get a certificate that holds %s, and reload", asked),
		}
	case f.Certificate.Leaf.CommonName != "":
		out.Detail = fmt.Sprintf("The certificate names %q in its subject (CN) only, which current clients do not look at (RFC 9525 2).", f.Certificate.Leaf.CommonName)
		out.Fix = []string{fmt.Sprintf("If the server is yours: get a certificate with %s in its subject alternative names, and reload", asked)}
	}
	if f.Case.Target.IsIP() {
		out.Detail += " The host was given as an address; certificates are issued for names."
	}
	return one(out)
}

// askedName is the name that the certificate was held against.
func askedName(f *facts.Facts) string {
	if f.Case.Asked.ServerName != "" {
		return f.Case.Asked.ServerName
	}
	return f.Case.Target.Host
}

// usable puts names that can be set as they are before wildcards.
func usable(names []string) []string {
	var plain, wild []string
	for _, n := range names {
		if strings.HasPrefix(n, "*.") {
			wild = append(wild, n+" (any one label)")
		} else {
			plain = append(plain, n)
		}
	}
	return append(plain, wild...)
}

// alsoNames tells of a name mismatch that stands behind another problem.
func alsoNames(f *facts.Facts) string {
	if !f.Certificate.Has(facts.NameMismatch) {
		return ""
	}
	return fmt.Sprintf(" It is also made out to another name: %s.", orNone(list(f.Certificate.Leaf.Names)))
}

func wrongUsage(f *facts.Facts) []report.Finding {
	if !f.Certificate.Has(facts.WrongUsage) || explained(f) {
		return nil
	}
	return one(certFinding(f,
		fmt.Sprintf("The certificate of %s is not meant for servers", f.Case.Target.Host),
		"Its extended key usage does not hold server authentication (serverAuth)."))
}

func weak(f *facts.Facts) []report.Finding {
	what := facts.WeakLink(f.TLS)
	if what == "" {
		return nil
	}
	return one(certFinding(f,
		fmt.Sprintf("The certificate is too weak for current clients: %s", what),
		weakWords(what)))
}

func weakWords(what string) string {
	if strings.HasSuffix(what, "key") {
		return "OpenSSL at security level 2, the default of Debian, Ubuntu and Fedora, refuses it."
	}
	return "Go and current versions of OpenSSL refuse it by default."
}
