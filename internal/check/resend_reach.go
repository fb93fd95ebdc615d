package check

import (
	"cmp"
	"fmt"
	"net/url"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

func cloudflareBlock(q *inquiry) (string, []report.Finding) {
	c := q.said(keyBlocked)
	if c == nil {
		return q.answered(), nil
	}
	summary := "Cloudflare answered in place of Resend; the key was not judged"
	if strings.Contains(c.Body+c.Message, "1010") {
		summary = "Cloudflare turned the request away (error code: 1010); the key was not judged"
	}
	return "", one(report.Finding{Severity: q.alarmOf(c), Summary: summary, Evidence: callQuote(c)})
}

// unanswered reports whether a connection stood and nothing came over it.
func (q *inquiry) unanswered() bool {
	return q.status == keyUnreached && q.call != nil && q.call.Peer != ""
}

// answered is why nothing can be said of the answers: "" where one came.
func (q *inquiry) answered() string {
	switch {
	case q.status == keyUnasked:
		return nothingSaid
	case q.unanswered():
		return "no answer of Resend came"
	case q.status == keyUnreached:
		return "Resend was not reached"
	case q.status == keyUnfit:
		return "no request can be made with this key"
	}
	return ""
}

func wrongServer(q *inquiry) (string, []report.Finding) {
	c := q.said(keyElsewhere)
	if c == nil {
		return q.answered(), nil
	}
	what := "something that is not Resend's"
	switch {
	case c.Status >= 300 && c.Status < 400:
		what = "a redirect, which was not followed"
	case c.Type == "text/html":
		what = "a web page"
	case c.Status < 300:
		what = "JSON that is not what Resend answers"
	}
	if c.Error == "not_found" {
		return "", one(report.Finding{Severity: q.alarmOf(c), Evidence: callQuote(c),
			Summary: fmt.Sprintf("There is no %s %s below %s", c.Method, pathOnly(c.Path), cmp.Or(strings.TrimRight(q.Base, "/"), apiBase)),
			Detail:  "The answer has the form of Resend's, and says that the whole path does not exist: the base URL is another one than Resend's, or has a path too many. The key was not looked at.",
			Fix:     []string{"Set the base URL to " + apiBase + ", or take it out (--base-url, RESEND_BASE_URL)"}})
	}
	out := report.Finding{Severity: q.alarmOf(c), Summary: fmt.Sprintf("%s answers with %s", cmp.Or(hostOfURL(q.Base), "The server that was asked"), what), Evidence: callQuote(c)}
	if to := c.Header["location"]; to != "" {
		out.Evidence = append(out.Evidence, report.Quote{From: "Location", Text: clip(to)})
	}
	return "", one(out)
}

// quotedWhole: of an answer that is none of Resend's fewer bytes are quoted when it
// has no more.
const quotedWhole = 300

// answerUnclear is an answer of which nothing follows.
func answerUnclear(q *inquiry) (string, []report.Finding) {
	c := q.call
	switch {
	case q.status != keyUntold && q.answered() != "":
		return q.answered(), nil
	case q.status != keyUntold || c.Name == evidence.CallSend:
		return "", nil
	}
	out := report.Finding{Severity: q.alarmOf(c), Evidence: callQuote(c)}
	asked := strings.TrimSpace(c.Method + " " + pathOnly(c.Path))
	switch {
	case c.Fault != nil && c.Fault.Class == evidence.Limit:
		out.Summary = fmt.Sprintf("The answer %d to %s is longer than maildoctor reads; the key was not judged", c.Status, asked)
	case c.Broken && strings.TrimSpace(c.Body) == "" && c.Fault == nil:
		out.Summary = fmt.Sprintf("The answer %d to %s is empty; the key was not judged", c.Status, asked)
	case c.Fault != nil, c.Broken && len(c.Body) < quotedWhole && strings.HasPrefix(strings.TrimSpace(c.Body), "{"):
		out.Summary = fmt.Sprintf("The answer %d to %s breaks off; the key was not judged", c.Status, asked)
	case c.Broken && len(c.Body) < quotedWhole:
		out.Summary = fmt.Sprintf("The answer %d to %s is said to be JSON and is none; the key was not judged", c.Status, asked)
	case c.Broken:
		out.Summary = fmt.Sprintf("The answer %d to %s is too long, or breaks off; the key was not judged", c.Status, asked)
		out.Detail = "It is no whole JSON. maildoctor reads 1 MiB of an answer at most; the list of 100 domains has some 30 KiB."
	case saysOf(c, notAuthorized...):
		out.Summary = fmt.Sprintf("Resend answers %s as if it were a message: %d, not authorized to send", asked, c.Status)
		out.Detail = "It speaks of a domain that the key may not send from, and nothing was to be sent. The key is bound to a domain; more does not follow of it."
	case c.Error == "" && c.Message == "":
		out.Summary = fmt.Sprintf("Resend answers %s with %d and no reason; the key was not judged", asked, c.Status)
	default:
		out.Summary = fmt.Sprintf("Resend answers %s with %d %s; the key was not judged", asked, c.Status, clipTo(cmp.Or(c.Error, c.Message), 40))
		out.Detail = "It says: " + sentence(clip(cmp.Or(c.Message, c.Error))) + " What that means for the key is not known."
	}
	return "", one(out)
}

// pathOnly is a path without its query.
func pathOnly(path string) string {
	path, _, _ = strings.Cut(path, "?")
	return path
}

// hostOfURL is the host of a base URL, without a port.
func hostOfURL(base string) string {
	_, rest, ok := strings.Cut(base, "://")
	if !ok {
		return ""
	}
	host, _, _ := strings.Cut(rest, "/")
	return host
}

func unreachableAPI(q *inquiry) (string, []report.Finding) {
	c := q.said(keyUnreached)
	if c == nil {
		return q.answered(), nil
	}
	out := report.Finding{Evidence: callQuote(c), Fix: q.reachIt(c)}
	host := cmp.Or(hostOfURL(q.Base), "api.resend.com")
	what, _ := q.fate()
	switch {
	case c.Fault.Class == evidence.Timeout && c.Peer != "":
		out.Summary = cmp.Or(q.named(), "Resend") + " did not answer in time"
		out.Detail = "The connection stands, and the request went out. No answer came. The key is not judged."
	default:
		out.Summary = strings.TrimSuffix(host+" cannot be reached: "+unreachedWords[c.Fault.Class], ": ")
	}
	if what == inDoubt {
		out.Detail = "The request went out, and the answer that would tell whether the message was taken did not come."
	}
	return "", one(out)
}

var unreachedWords = map[evidence.Class]string{
	evidence.Refused: "the connection is refused", evidence.Timeout: "no answer in time", evidence.Reset: "the connection is reset",
	evidence.EOF: "the connection is closed", evidence.Unreachable: "there is no way to it", evidence.Denied: "this machine forbids it",
	evidence.NXDomain: "the name does not exist", evidence.NoData: "the name has no address", evidence.ServFail: "DNS fails", evidence.DNSTimeout: "DNS does not answer",
	evidence.NotTLS: "the answer is not TLS", evidence.TLSAlert: "the TLS handshake is refused", evidence.TLSFailed: "the TLS handshake fails",
	evidence.Proxy: "the proxy fails",
}

// named is the server that was asked, where it is not Resend itself.
func (q *inquiry) named() string {
	if host := hostOfURL(q.Base); host != "" && host != hostOfURL(apiBase) {
		return host
	}
	return ""
}

// endpoint is host and port of the base URL, in words.
func (q *inquiry) endpoint() string {
	u, err := url.Parse(cmp.Or(q.Base, apiBase))
	if err != nil || u.Hostname() == "" {
		return "api.resend.com, port 443"
	}
	port := map[string]string{"http": "80"}[u.Scheme]
	return u.Hostname() + ", port " + cmp.Or(u.Port(), port, "443")
}

// reachIt are the steps for the fault at hand.
func (q *inquiry) reachIt(c *evidence.Call) []string {
	open := "See that this machine may open connections to " + q.endpoint()
	switch c.Fault.Class {
	case evidence.NXDomain, evidence.NoData, evidence.ServFail, evidence.DNSTimeout, evidence.BadName:
		return []string{"See that the DNS of this machine finds " + hostName(q.endpoint()), "In a container, see that it has a network and a DNS server"}
	case evidence.NotTLS, evidence.TLSAlert, evidence.TLSFailed:
		return []string{"Look for a proxy or virus scanner that breaks TLS open to " + q.endpoint() + ", and install its certificate or bypass it", "In a container, see that it has the certificates of the authorities (ca-certificates)"}
	case evidence.Proxy:
		return []string{"See that the proxy (--proxy, HTTPS_PROXY) works and lets connections through to " + q.endpoint()}
	case evidence.Timeout, evidence.Reset, evidence.EOF:
		if c.Peer != "" {
			return []string{"Try again in some minutes; look at https://resend-status.com", "Look for a proxy or firewall before " + q.endpoint() + " that takes requests and does not pass them on"}
		}
	}
	return []string{open, "In a container, see that it has a network"}
}

func hostName(endpoint string) string {
	host, _, _ := strings.Cut(endpoint, ",")
	return host
}

// apiBase is the one address of Resend's API.
const apiBase = "https://api.resend.com"

// badBase is a base URL with which Resend's libraries send nothing, or send the key
// readable; nil for any other.
func badBase(set string) *report.Finding {
	f := &report.Finding{Evidence: []report.Quote{{From: "environment", Text: "RESEND_BASE_URL=" + clip(set)}}, Fix: []string{"Remove RESEND_BASE_URL, or set it to " + apiBase}}
	u, err := url.Parse(strings.TrimSpace(set))
	switch {
	case err != nil:
		f.Summary = "RESEND_BASE_URL cannot be read as an address: libraries cannot send at all with it"
	case u.Scheme != "https" && u.Scheme != "http" || u.Host == "":
		f.Summary = "RESEND_BASE_URL is no https address: libraries cannot send at all with it"
	case u.Scheme == "http" && u.Hostname() == hostOfURL(apiBase):
		f.Summary = "RESEND_BASE_URL begins with http: libraries send the key in clear text"
		f.Detail = "Whoever is on the way reads the key, before the server can redirect to https. maildoctor did not follow it."
		return f
	default:
		return nil
	}
	f.Detail = "Libraries of Resend (Node, Go and others) take their base URL from it; some of them stop with a crash. maildoctor did not follow it."
	return f
}

func baseURL(q *inquiry) (string, []report.Finding) {
	set := strings.TrimRight(q.BaseEnv, "/")
	switch {
	case q.BaseEnv == "" && len(q.Calls) == 0:
		return nothingSaid, nil
	case set == "" || strings.EqualFold(set, apiBase):
		return "", nil
	}
	if f := badBase(q.BaseEnv); f != nil {
		return "", one(*f)
	}
	detail := "Libraries of Resend (Node, Go and others) send every request there, with the key. maildoctor did not: it asked " + cmp.Or(q.Base, "nobody") + "."
	if strings.EqualFold(set, strings.TrimRight(q.Base, "/")) {
		detail = "Libraries of Resend (Node, Go and others) send every request there, with the key. maildoctor was told to ask there, too."
	}
	return "", one(report.Finding{Summary: "RESEND_BASE_URL is set: libraries send the key to another server than Resend's", Detail: detail,
		Evidence: []report.Quote{{From: "environment", Text: "RESEND_BASE_URL=" + clip(q.BaseEnv)}}})
}
