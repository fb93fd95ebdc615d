package check

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/symptom"
	"github.com/maildoctor/maildoctor/internal/target"
)

// A greeting is slow for people from slowGreeting on. lateGreeting is where
// clients begin to give up: the Ruby mail gem reads for 5 s since version 2.8;
// RFC 5321 4.5.3.2.1 asks clients to wait five minutes.
const (
	slowGreeting = 2 * time.Second
	lateGreeting = 5 * time.Second
)

// greeting are the checks from the connection to the end of the greeting.
var greeting = []Check{
	{
		ID:       "connection-closed-before-greeting",
		Title:    "The server closes the connection before it says anything",
		Severity: report.Error,
		Seen:     "The connection came about, and the other side closed or reset it before the greeting.",
		Why:      "No session begins, so no mail is taken. Clients print an empty reply, EOF or connection reset.",
		Fix: []string{
			"Look into the mail server's log at the time of this run: it often names the reason (blocked address, fail2ban, too many connections)",
			"Compare host and port with the documentation; a load balancer without a server behind it does this",
			"If the server is yours and stands behind a proxy, see whether it expects the PROXY protocol",
		},
		Tell:  "connection-refused never gets a connection; greeting-timeout keeps it open and stays silent.",
		Refs:  []string{"RFC 5321 3.1", "RFC 5321 3.8"},
		Needs: connected,
		Find:  closedEarly,
	},
	{
		ID:       "greeting-timeout",
		Title:    "The server accepts the connection and never greets",
		Severity: report.Error,
		Seen:     "The connection came about, and no complete greeting came within the time limit, neither unasked nor under TLS.",
		Why:      "Clients wait for their own time limit and report that the greeting never came.",
		Fix: []string{
			"If the server is yours: look whether it is overloaded, waits for DNS, or holds connections back (tarpit, greet pause)",
			"Try from another network; some servers keep addresses they distrust waiting",
			"Try another submission port of the same host",
		},
		Tell:  "starttls-on-tls-port looks the same to the client, but the server answers TLS at once. connect-timeout-blocked-port has no connection at all.",
		Refs:  []string{"RFC 5321 3.1", "RFC 5321 4.5.3.2.1"},
		Needs: all(connected, greetingAwaited),
		Find:  neverGreeted,
	},
	{
		ID:       "greeting-slow",
		Title:    "The greeting comes late",
		Severity: report.Note,
		Seen:     "The server greeted, after a pause of seconds.",
		Why:      "Clients with a short time limit give up before; the Ruby mail gem waits 5 s. Servers pause on purpose (postscreen, tarpits) or wait for DNS.",
		Fix: []string{
			"Raise the client's time limit for the greeting above the time seen here",
			"On port 25, use a submission port (587 or 465), which seldom pauses",
			"If the server is yours: exempt your application from the pause, and see that reverse DNS answers quickly",
		},
		Tell:  "greeting-timeout never greets.",
		Refs:  []string{"RFC 5321 4.5.3.2.1"},
		Needs: greeted,
		Find:  slow,
	},
	{
		ID:       "greeting-rejected",
		Title:    "The server greets with a refusal",
		Severity: report.Error,
		Seen:     "The first line of the server was a 4xx or 5xx reply in place of 220.",
		Why:      "The server takes no mail from this client: for now with 4xx, for good with 5xx. Clients call this an invalid greeting.",
		Fix: []string{
			"Read the server's words; they often name the reason or an address to visit",
			"With 4xx try again later; with 5xx ask the server's operator, or use another host",
			"Compare host and port with the documentation: this may be a server that takes no submissions",
		},
		Tell:  "ip-reputation-blocked, rate-limited and reverse-dns-missing are refusals that name their reason.",
		Refs:  []string{"RFC 5321 3.1", "RFC 5321 4.3.2"},
		Needs: greeted,
		Find:  func(f *facts.Facts) []report.Finding { return rejected(f, "greeting-rejected") },
	},
	{
		ID:       "ip-reputation-blocked",
		Title:    "The server refuses this IP address for its reputation",
		Severity: report.Error,
		Replies:  fromLogin,
		Seen:     "The refusal speaks of a block list, a blocked or dynamic address, or reputation.",
		Why:      "From this address no mail gets in, whatever the settings.",
		Fix: []string{
			"Send through a provider's submission port with a login, in place of directly from this address",
			"Look the address up at the list that the reply names and follow its way to be removed",
		},
		Tell:  "rate-limited passes by itself; greeting-rejected names no reason.",
		Refs:  []string{"RFC 5782", "RFC 6647"},
		Needs: greeted,
		Find:  func(f *facts.Facts) []report.Finding { return rejected(f, "ip-reputation-blocked") },
	},
	{
		ID:       "rate-limited",
		Title:    "The server refuses for now: too many connections or messages",
		Severity: report.Error,
		Replies:  fromLogin,
		Seen:     "The refusal speaks of too many connections, a rate or a limit, or of too many logins that failed.",
		Why:      "Mail has to wait. A client that tries again at once makes it last longer.",
		Resend:   tooManyRequests,
		Fix: []string{
			"Wait, then send with fewer connections at a time and a pause between messages",
			"Reuse one connection for several messages (pooling)",
		},
		Tell:  "ip-reputation-blocked does not pass by itself; greeting-rejected names no reason.",
		Refs:  []string{"RFC 5321 4.2.1", "RFC 3463 3.5"},
		Needs: greeted,
		Find:  func(f *facts.Facts) []report.Finding { return rejected(f, "rate-limited") },
	},
	{
		ID:       "reverse-dns-missing",
		Title:    "The server refuses because this address has no reverse DNS name",
		Severity: report.Error,
		Replies:  fromMail,
		Seen:     "The refusal speaks of a missing PTR record or reverse host name.",
		Why:      "Many servers take no mail on port 25 from addresses without a name that leads back to them.",
		Fix: []string{
			"Send through a provider's submission port with a login; those do not ask for it",
			"Or set the PTR record of the sending address at your hosting company, and an A record that leads back",
		},
		Tell:  "ip-reputation-blocked names a list; this one names DNS.",
		Refs:  []string{"RFC 1912 2.1", "RFC 3463 3.8"},
		Needs: greeted,
		Find:  func(f *facts.Facts) []report.Finding { return rejected(f, "reverse-dns-missing") },
	},
	{
		ID:       "greeting-masked",
		Title:    "A firewall writes over the greeting",
		Severity: report.Note,
		Seen:     "The greeting consists of asterisks (220 ****).",
		Why:      "A firewall with SMTP inspection sits between. Such devices also take out STARTTLS and other extensions.",
		Fix:      []string{"Switch SMTP inspection off on the firewall (Cisco: no inspect esmtp, no fixup protocol smtp)"},
		Tell:     "starttls-stripped is the same device writing over STARTTLS; then only that is reported.",
		Refs:     []string{"RFC 5321 3.1"},
		Needs:    welcomed,
		Find:     masked,
	},
	{
		ID:       "greeting-malformed",
		Title:    "The greeting breaks the rules of SMTP",
		Severity: report.Note,
		Seen:     "The greeting has codes that change, lines without end, control bytes, bare line feeds, or letters that are not ASCII.",
		Why:      "Strict clients stop at it. What it holds may also upset logs and terminals.",
		Fix: []string{
			"If the server is yours: set its banner to plain ASCII, host name first (Postfix: smtpd_banner)",
			"Otherwise tell its operator; most clients get along with it",
		},
		Tell:  "protocol-error is a later reply of that kind; wrong-protocol-other is no SMTP at all.",
		Refs:  []string{"RFC 5321 4.2", "RFC 5321 2.3.8", "RFC 5321 4.5.3.1.5"},
		Needs: all(answered, greetingAwaited),
		Find:  malformed,
	},
}

// greetingAwaited: a session waited for the greeting to its end. A session
// that we cut off ourselves tells nothing.
func greetingAwaited(f *facts.Facts) string {
	if f.Main.Greeting != nil || f.Main.First != nil || facts.Broken(f.Main) != nil {
		return ""
	}
	return "no session waited for the greeting to its end"
}

// mainQuote quotes how the main session ended.
func mainQuote(f *facts.Facts) []report.Quote {
	var out []report.Quote
	if f.Main.First != nil {
		out = append(out, first(f.Main))
	}
	out = append(out, greetingQuote(f.Main)...)
	if st := facts.Broken(f.Main); st != nil {
		out = append(out, faulted(f.Main, st))
	}
	return out
}

// proxyPoke is the session that was greeted after a PROXY protocol header.
func proxyPoke(f *facts.Facts) *evidence.Session {
	for _, s := range f.With(evidence.Poke) {
		if facts.ProxyHeader(s) != nil {
			return s
		}
	}
	return nil
}

func closedEarly(f *facts.Facts) []report.Finding {
	if proxyPoke(f) != nil {
		return nil
	}
	name := f.Case.Target.Name()
	if f.Reach == facts.Closed || f.Reach == facts.Reset {
		if handshakeOnly(f) {
			return nil
		}
		verb := map[facts.Reach]string{facts.Closed: "closes", facts.Reset: "resets"}[f.Reach]
		return one(report.Finding{
			Severity: closedPort(f),
			Summary:  fmt.Sprintf("%s %s the connection before it says anything", name, verb),
			Detail:   "The connection came about and ended without a byte from the server. It may refuse this address, be overloaded, or have nothing behind it.",
			Evidence: mainQuote(f),
			Try:      elsewhere(f),
		})
	}
	st := facts.Step(f.Main, evidence.StepGreetingTLS)
	if st == nil || st.Fault == nil || (st.Fault.Class != evidence.EOF && st.Fault.Class != evidence.Reset) {
		return nil
	}
	if clientCertMissing(f) || otherProtocol(f) {
		return nil
	}
	return one(report.Finding{
		Summary:  name + " closes the connection after the TLS handshake, before the greeting",
		Detail:   "TLS came about; what stands behind it ended the connection. Where TLS ends at a proxy, the mail server behind it may be down.",
		Evidence: mainQuote(f),
		Try:      elsewhere(f),
	})
}

// handshakeOnly reports whether the connection ended in answer to a
// ClientHello, and nobody was turned away who only listened.
func handshakeOnly(f *facts.Facts) bool {
	if f.Reach != facts.Closed && f.Reach != facts.Reset || !facts.OpenedTLS(f.Main) || facts.Step(f.Main, evidence.StepTLS) == nil {
		return false
	}
	return !slices.ContainsFunc(f.Sessions, func(s *evidence.Session) bool {
		c := facts.FaultAt(s, evidence.StepGreeting).Class
		return c == evidence.EOF || c == evidence.Reset
	})
}

func neverGreeted(f *facts.Facts) []report.Finding {
	if proxyPoke(f) != nil || f.Main.Greeting != nil || otherProtocol(f) {
		return nil
	}
	name := f.Case.Target.Name()
	out := report.Finding{Evidence: mainQuote(f), Try: elsewhere(f)}
	st := facts.Broken(f.Main)
	switch {
	case f.Reach == facts.Silent:
		out.Severity = closedPort(f)
		out.Summary = name + " accepts the connection and stays silent"
		out.Detail = "Neither listening nor a TLS ClientHello drew a byte. " + waited(st)
	case st == nil || st.Fault.Class != evidence.Timeout:
		return nil
	case st.Name == evidence.StepGreetingTLS:
		out.Summary = name + " speaks TLS and then stays silent"
		out.Detail = "The handshake succeeded, and no greeting came under TLS. " + waited(st)
	case st.Name == evidence.StepGreeting && f.Main.First == nil && f.Mode != target.Implicit:
		out.Summary = name + " never greets"
		out.Detail = "It answered another opening of the session, and not a client that listens. " + waited(st)
	case st.Name == evidence.StepGreeting && f.Main.First != nil && begun(f.Main.First) && f.Mode != target.Implicit:
		out.Summary = "The greeting of " + name + " begins and does not end"
		out.Detail = "Bytes came, but no complete greeting within the time limit. Servers do this on purpose to clients they distrust (tarpit). " + waited(st)
	default:
		return nil
	}
	out.Detail = strings.TrimSpace(out.Detail)
	return one(out)
}

// otherProtocol reports whether the server is known to speak something else.
func otherProtocol(f *facts.Facts) bool {
	return f.Protocol != "" && f.Protocol != "smtp" && f.Protocol != "unknown"
}

func waited(st *evidence.Step) string {
	if st == nil || st.Took < time.Second {
		return ""
	}
	return fmt.Sprintf("maildoctor waited %s.", seconds(st.Took))
}

func seconds(d time.Duration) string {
	if d < 10*time.Second {
		return fmt.Sprintf("%.1f s", d.Seconds())
	}
	return fmt.Sprintf("%.0f s", d.Seconds())
}

// begun reports whether bytes look like the beginning of an SMTP reply.
func begun(b *evidence.Bytes) bool {
	t := firstText(b)
	return b.Protocol == "smtp" || len(t) > 3 && strings.Trim(t[:3], "0123456789") == "" && (t[3] == ' ' || t[3] == '-')
}

func slow(f *facts.Facts) []report.Finding {
	for _, name := range []evidence.StepName{evidence.StepGreeting, evidence.StepGreetingTLS} {
		st := facts.Step(f.Main, name)
		if st == nil || st.Took < slowGreeting || st.Fault != nil || f.Main.Greeting.Code != 220 {
			continue
		}
		out := report.Finding{
			Summary:  fmt.Sprintf("%s greets after %s", f.Case.Target.Name(), seconds(st.Took)),
			Detail:   "Clients that wait less report a time-out here.",
			Evidence: greetingQuote(f.Main),
		}
		if st.Took >= lateGreeting {
			out.Severity = report.Warning
			out.Detail = "Clients that wait less report a time-out here; the Ruby mail gem, for one, waits 5 s."
		}
		if len(f.Main.Greeting.Lines) > 1 && f.Case.Target.Port == 25 {
			out.Detail += " A first line at once and the rest later is the habit of Postfix's postscreen."
		}
		return one(out)
	}
	return nil
}

// rejected raises the one finding that fits a 4xx or 5xx greeting.
func rejected(f *facts.Facts, id string) []report.Finding {
	g := f.Main.Greeting
	if g.Code < 400 || refusalID(g, "greeting-rejected") != id || proxyPoke(f) != nil {
		return nil
	}
	if clientCertMissing(f) {
		return nil
	}
	return one(report.Finding{
		Severity: closedPort(f),
		Summary:  fmt.Sprintf("%s %s (%d)", f.Case.Target.Name(), refusalWords[id], g.Code),
		Detail:   fmt.Sprintf("In place of 220 the server says %d: %s. %s", g.Code, codeWords(g.Code), lasting(g.Code)) + afterSilence(f),
		Evidence: greetingQuote(f.Main),
		Try:      elsewhere(f),
	})
}

// refusalWords say what a refusing server does.
var refusalWords = map[string]string{
	"greeting-rejected":     "greets with a refusal",
	"ip-reputation-blocked": "refuses this IP address for its reputation",
	"rate-limited":          "refuses for now: too many connections or messages",
	"reverse-dns-missing":   "refuses this IP address: it has no reverse DNS name",
}

// refusalID is the check that the words of a refusing reply point at, by the
// same table as pasted texts; otherwise where they name no reason.
func refusalID(r *evidence.Reply, otherwise string) string {
	causes := symptom.Read("SMTP server said: " + replyText(r)).Causes
	if len(causes) > 0 && refusalWords[causes[0].ID] != "" {
		return causes[0].ID
	}
	return otherwise
}

// afterSilence gives a hint on a 421 that came late: Postfix waits 5 s for a
// PROXY protocol header (smtpd_upstream_proxy_timeout) and then says 421.
func afterSilence(f *facts.Facts) string {
	st := facts.Step(f.Main, evidence.StepGreeting)
	if f.Main.Greeting.Code != 421 || st == nil || st.Took < lateGreeting-time.Second {
		return ""
	}
	return fmt.Sprintf(" It came after %s of silence; Postfix does this where it waits for a PROXY protocol header in vain.", seconds(st.Took))
}

// codeWords says what a reply code stands for (RFC 5321 4.2.3).
func codeWords(code int) string {
	switch code {
	case 421:
		return "the service is not available and the connection is closed"
	case 450:
		return "not now"
	case 451, 452:
		return "a passing trouble of the server"
	case 500, 501, 502, 503:
		return "the command is not accepted"
	case 521:
		return "this host takes no mail (RFC 7504)"
	case 550:
		return "refused for policy"
	case 554:
		return "no SMTP service for this client"
	}
	if code < 500 {
		return "a passing refusal"
	}
	return "a lasting refusal"
}

func lasting(code int) string {
	if code < 500 {
		return "4xx means for now: the same attempt may succeed later."
	}
	return "5xx means for good: trying again changes nothing."
}

func masked(f *facts.Facts) []report.Finding {
	g := f.Main.Greeting
	text := strings.Join(g.Lines, "")
	if len(text) < 4 || strings.Count(text, "*")*2 < len(text) || facts.Masked(f.Main.Ext) != "" {
		return nil
	}
	return one(report.Finding{
		Summary:  "A firewall writes over the greeting with asterisks",
		Detail:   "Between here and " + f.Case.Target.Name() + " sits a device that inspects SMTP. It may take out extensions as well.",
		Evidence: greetingQuote(f.Main),
	})
}

// quirkWords says what the quirks of the reply reader mean.
var quirkWords = []struct{ quirk, words string }{
	{"mixed-codes", "the codes of its lines differ"},
	{"control", "it holds control bytes"},
	{"long-line", "a line is longer than 512 bytes"},
	{"many-lines", "it has very many lines"},
	{"no-text", "it has no text after the code"},
	{"bare-lf", "lines end in LF without CR"},
	{"not-ascii", "it holds letters that are not ASCII"},
}

func quirks(r *evidence.Reply) []string {
	var out []string
	for _, q := range quirkWords {
		if slices.Contains(r.Quirks, q.quirk) {
			out = append(out, q.words)
		}
	}
	return out
}

func malformed(f *facts.Facts) []report.Finding {
	st := facts.Broken(f.Main)
	if st != nil && (st.Name == evidence.StepGreeting || st.Name == evidence.StepGreetingTLS) &&
		(st.Fault.Class == evidence.Limit || st.Fault.Class == evidence.Protocol) && (f.Main.First == nil || begun(f.Main.First)) {
		return one(report.Finding{
			Severity: report.Error,
			Summary:  "The greeting of " + f.Case.Target.Name() + " cannot be read to its end",
			Detail:   "It breaks the rules of SMTP so far that a client has to give up: " + strings.TrimSuffix(st.Fault.Text, ".") + ".",
			Evidence: mainQuote(f),
		})
	}
	if f.Main.Greeting == nil {
		return nil
	}
	if code := f.Main.Greeting.Code; code != 220 && code < 400 && f.Protocol == "smtp" {
		return one(report.Finding{
			Severity: report.Error,
			Summary:  fmt.Sprintf("%s greets with %d in place of 220", f.Case.Target.Name(), code),
			Detail:   "A session begins with 220 (RFC 5321 4.3.2). Clients take any other code for a refusal and stop.",
			Evidence: greetingQuote(f.Main),
			Try:      elsewhere(f),
		})
	}
	how := quirks(f.Main.Greeting)
	if len(how) == 0 || f.Protocol != "smtp" {
		return nil
	}
	return one(report.Finding{
		Summary:  "The greeting breaks a rule of SMTP: " + how[0],
		Detail:   "Seen: " + list(how) + ". Most clients get along with it.",
		Evidence: greetingQuote(f.Main),
	})
}
