package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

const (
	domainsPage = "https://resend.com/domains"
	domainsDocs = "https://resend.com/docs/dashboard/domains/introduction"
)

// The words of Resend for the state of a domain or a record.
const (
	domainVerified     = "verified"
	domainPartly       = "partially_verified"
	domainPartlyFailed = "partially_failed"
	domainPending      = "pending"
	domainNotStarted   = "not_started"
	domainFailed       = "failed"
	domainTemporary    = "temporary_failure"
)

// resendDomains are the checks of the account's domains.
var resendDomains = []Check{
	{
		ID:       "resend-domain-partial",
		Title:    "A domain is verified in part at Resend",
		Severity: report.Warning,
		Seen:     "Resend lists the domain as partially_verified or partially_failed.",
		Why:      "What that means for mail depends on the records that are missing: without the second return-path record there is no fallback server, without DKIM or the first one mail may be refused.",
		Fix: []string{
			"Set the records that are not verified as " + domainsPage + " shows them",
			"Have the domain verified again there",
		},
		Tell:   "resend-domain-not-verified is a domain that cannot send; resend-fallback-missing is the second record seen to be missing in DNS.",
		Refs:   []string{domainsDocs},
		Needs:  unasked(nothingSaid),
		Resend: domainPartial,
	},
	{
		ID:       "resend-domain-not-asked",
		Title:    "The records of a domain were not told by Resend",
		Severity: report.Warning,
		Seen:     "The call for a domain's records failed, or was not made since a run makes ten calls at most.",
		Why:      "Resend's limit counts all keys of a team, so that maildoctor asks little. Of these domains the state is known, and the records that Resend wants are not: they were not compared with DNS.",
		Fix:      []string{"Run maildoctor again for these domains alone, with --domain"},
		Tell:     "resend-record-missing and resend-record-wrong were compared; rate-limited is a limit that kept the key itself from being judged.",
		Refs:     []string{domainsDocs, "https://resend.com/docs/api-reference/domains/get-domain"},
		Needs:    unasked(nothingSaid),
		Resend:   domainNotAsked,
	},
}

// sender is the domain of From, in lower case; "" where there is none.
func (q *inquiry) sender() string { return domainOf(q.From) }

func domainOf(from string) string {
	_, domain, _ := strings.Cut(addressOf(from), "@")
	return dotless(domain)
}

// dotless is a name in lower case without its final dot.
func dotless(name string) string {
	return strings.TrimSuffix(strings.ToLower(strings.TrimSpace(name)), ".")
}

// zoneOf is the registered zone of a domain: that below the public suffix. A name
// that is a public suffix itself is its own zone.
func zoneOf(domain string) string {
	if zone, err := publicsuffix.EffectiveTLDPlusOne(domain); err == nil {
		return zone
	}
	return domain
}

// testDomain is where Resend's own addresses for tests are.
const testDomain = "resend.dev"

// listed is the account's domain of a name, or nil.
func (q *inquiry) listed(name string) *evidence.ResendDomain {
	for i := range q.Domains {
		if dotless(q.Domains[i].Name) == name {
			return &q.Domains[i]
		}
	}
	return nil
}

// watched are the domains to judge: that of From, then those asked for.
func (q *inquiry) watched() []string {
	var out []string
	for _, d := range append([]string{q.sender()}, q.Asked...) {
		if d = dotless(d); d != "" && d != testDomain && !slices.Contains(out, d) {
			out = append(out, d)
		}
	}
	return out
}

// knowsDomains is why the account's domains are not known.
func (q *inquiry) knowsDomains() string {
	switch q.status {
	case keyFull:
		if len(q.Domains) == 0 && q.Partial {
			return "the domains of the account were not listed"
		}
		return ""
	case keySendOnly:
		return "a key that may only send does not tell the domains of its account"
	case keyUnasked:
		return nothingSaid
	}
	return "the domains are not known: the key is " + q.words()
}

// troubled reports whether the state of a domain is a finding of its own, which
// what is wrong with its records then explains.
func (q *inquiry) troubled(name string) bool {
	d := q.listed(name)
	return d != nil && d.Status != domainVerified && q.knowsDomains() == ""
}

// mend says what DNS lacks of a domain that is not verified, and puts the records
// to set before other steps.
func (q *inquiry) mend(f *report.Finding, name string) {
	faulty, steps := q.faulty(name)
	if faulty == "" {
		return
	}
	f.Detail = strings.TrimSpace(f.Detail + " In DNS, " + faulty + ".")
	f.Fix = append(steps, again(name))
}

// sends reports whether mail from the domain goes out, as far as its state tells.
func sends(d *evidence.ResendDomain) bool {
	return d.Sending != "disabled" && (d.Status == domainVerified || d.Status == domainPartly || d.Status == domainPartlyFailed)
}

// refusedSender is what the API said of the sender of a message.
func (q *inquiry) refusedSender() (string, []report.Finding) {
	c := q.refusedSend()
	if c == nil || !saysOf(c, unverified...) {
		return "", nil
	}
	return "", one(report.Finding{Summary: "Resend refused the message: the domain of From is not verified", Evidence: callQuote(c)})
}

func domainUnverified(q *inquiry) (string, []report.Finding) {
	_, refused := q.refusedSender()
	why := q.knowsDomains()
	if why != "" {
		return why, refused
	}
	watched := q.watched()
	if len(watched) == 0 {
		return q.noneWatched(refused)
	}
	var out []report.Finding
	unknown := ""
	for _, name := range watched {
		f, why := q.unverified(name)
		unknown = cmp.Or(unknown, why)
		if f != nil {
			if name != q.sender() && q.sender() != "" {
				f.Severity = report.Warning // asked about, and not what is sent from
			}
			out = append(out, *f)
		}
	}
	if len(refused) > 0 && len(out) > 0 {
		out[0].Evidence, refused = append(out[0].Evidence, refused[0].Evidence...), nil
	}
	return unknown, append(out, refused...)
}

// noneWatched: nobody said what is sent from.
func (q *inquiry) noneWatched(refused []report.Finding) (string, []report.Finding) {
	switch {
	case len(refused) > 0:
		return "", refused
	case q.sender() == testDomain:
		return "From is at resend.dev", nil
	case slices.ContainsFunc(q.Domains, func(d evidence.ResendDomain) bool { return sends(&d) }):
		return "no sender was named (--from)", nil
	case q.Partial:
		return "not every domain of the account was listed", nil
	case len(q.Domains) == 0:
		return "", one(report.Finding{Severity: report.Warning, Summary: "The account has no domain: Resend sends test mails to its owner only",
			Detail: "Without a domain of your own, only onboarding@resend.dev can be the sender.", Fix: []string{"Add the domain that you send from at " + domainsPage + " and set the records shown there"}, Evidence: q.domainsQuote()})
	}
	return "", one(report.Finding{Severity: report.Warning, Summary: "No domain of the account is verified: Resend sends test mails to its owner only",
		Detail: "Domains and their states: " + q.states() + ".", Fix: []string{"Set the records that " + domainsPage + " shows for the domain, and have it verified"}, Evidence: q.domainsQuote()})
}

// states lists the domains with their states.
func (q *inquiry) states() string {
	var out []string
	for _, d := range q.Domains {
		out = append(out, d.Name+" ("+stateWords(d.Status)+")")
	}
	return list(out)
}

func stateWords(status string) string { return strings.ReplaceAll(status, "_", " ") }

func (q *inquiry) domainsQuote() []report.Quote {
	if q.call == nil {
		return nil
	}
	text := fmt.Sprintf("%d, no domain", q.call.Status)
	if len(q.Domains) > 0 {
		text = q.states()
	}
	return []report.Quote{{From: "GET /domains", Text: clip(text)}}
}

// unverified is the finding of one domain that cannot send, or why that cannot be
// told.
func (q *inquiry) unverified(name string) (*report.Finding, string) {
	d := q.listed(name)
	if d == nil {
		if q.Partial {
			return nil, "not every domain of the account was listed, and " + name + " is not among those that were"
		}
		return q.absent(name), ""
	}
	f := &report.Finding{Evidence: []report.Quote{{From: "GET /domains", Text: clip(fmt.Sprintf("%s: status %s%s", d.Name, d.Status, sendingWords(d)))}}}
	switch {
	case d.Sending == "disabled":
		f.Summary, f.Detail = fmt.Sprintf("Sending is switched off for %s at Resend", name), "The domain is set up for receiving alone."
		f.Fix = []string{fmt.Sprintf("Switch sending on for %s at %s", name, domainsPage)}
		return f, ""
	case sends(d):
		return nil, ""
	}
	records := fmt.Sprintf("Set the records that %s shows for %s", domainsPage, name)
	switch d.Status {
	case domainFailed:
		f.Summary = name + " failed verification at Resend: nothing can be sent from it"
		f.Detail = "Resend looked for the DNS records for 72 hours and gave up. It does not look again by itself."
		f.Fix = []string{records, "Have it verified again there: Resend does not look by itself any more"}
	case domainTemporary:
		f.Summary = name + " was verified at Resend, and its DNS records are gone"
		f.Detail = "Resend looks again for 72 hours, and sets the domain to failed when they have not come back."
		f.Fix = []string{"Put the DNS records back as " + domainsPage + " shows them; look for a move to another DNS host"}
	case domainPending:
		f.Summary = name + " is not verified at Resend yet: verification is pending"
		f.Detail = "Resend looks for the DNS records, for 72 hours at most. A record that is set may take some hours to be seen."
		f.Fix = []string{records, "Wait until Resend has seen them, or have it look again there"}
	case domainNotStarted:
		f.Summary = name + " is not verified at Resend: verification was not started"
		f.Detail = "The domain was added, and nobody asked Resend to look for its DNS records."
		f.Fix = []string{records, "Have the domain verified there"}
	default:
		f.Summary = fmt.Sprintf("%s is not verified at Resend: its state is %s", name, clip(stateWords(cmp.Or(d.Status, "not told"))))
		f.Fix = []string{records, "Have the domain verified there"}
	}
	q.mend(f, name)
	return f, ""
}

func sendingWords(d *evidence.ResendDomain) string {
	if d.Sending == "" {
		return ""
	}
	return ", sending " + d.Sending
}

// absent is the finding of a domain that the account does not have.
func (q *inquiry) absent(name string) *report.Finding {
	f := &report.Finding{Summary: name + " is not a domain of this Resend account", Evidence: q.domainsQuote(),
		Detail: "Resend takes From only from a domain that is verified in the account of the key, to the letter: a subdomain is another domain.",
		Fix:    []string{fmt.Sprintf("Add %s at %s, set the records shown there, and have it verified", name, domainsPage)}}
	if like := q.relative(name); like != nil {
		like.Evidence, like.Detail = f.Evidence, cmp.Or(like.Detail, f.Detail)
		return like
	}
	if len(q.Domains) == 0 {
		f.Summary = fmt.Sprintf("%s is not verified at Resend: the account has no domain at all", name)
	} else {
		f.Detail += " The account has: " + q.states() + "."
	}
	return f
}

// relative is the finding of a domain that the account does not have, while it has
// one above or below it; nil where it has none.
func (q *inquiry) relative(name string) *report.Finding {
	from := name == q.sender()
	add := fmt.Sprintf("add %s at %s, set the records shown there, and have it verified", name, domainsPage)
	finding := func(summary, other string) *report.Finding {
		if !from { // nobody said that this is what is sent from
			return &report.Finding{Summary: fmt.Sprintf("%s is not a domain of this Resend account; %s is", name, other), Fix: []string{"To send from it, " + add, "Otherwise send from an address at " + other}}
		}
		return &report.Finding{Summary: summary, Fix: []string{fmt.Sprintf("Set From to an address at %s, which is verified", other), "Or " + add}}
	}
	var below []string
	for i := range q.Domains {
		d, other := &q.Domains[i], dotless(q.Domains[i].Name)
		label, under := strings.CutSuffix(name, "."+other)
		switch {
		case !sends(d):
		case under && from && (label == "send" || label == "rsend"):
			return &report.Finding{Summary: fmt.Sprintf("From uses %s, which holds the records of %s: From must be at %s", name, other, other),
				Detail: fmt.Sprintf("%s is the return-path name of %s. Its records belong to the envelope; the verified domain is %s, and that one stands in From.", name, other, other),
				Fix:    []string{fmt.Sprintf("Set From to an address at %s", other)}}
		case under:
			return finding(fmt.Sprintf("From is at %s, and only %s is verified: a subdomain is another domain", name, other), other)
		case strings.HasSuffix(other, "."+name):
			below = append(below, other)
		}
	}
	switch n := len(below); {
	case n == 1:
		return finding(fmt.Sprintf("From is at %s, and only its subdomain %s is verified", name, below[0]), below[0])
	case n > 1:
		f := finding(fmt.Sprintf("From is at %s, and only %d of its subdomains are verified", name, n), below[0])
		f.Detail = "Verified are: " + list(below) + ". Resend takes From only from a domain that is verified itself, to the letter."
		if from {
			f.Fix[0] = "Set From to an address at one of them, such as " + below[0]
		}
		return f
	}
	return nil
}

func testSender(q *inquiry) (string, []report.Finding) {
	if c := q.refusedSend(); c != nil && saysOf(c, testingOnly...) {
		return "", one(report.Finding{Summary: "Resend refused the message: without a verified domain it sends to your own address only", Evidence: callQuote(c)})
	}
	switch sender := q.sender(); {
	case sender == "":
		return "no sender was named (--from)", nil
	case sender != testDomain && q.status == keyUnasked:
		return nothingSaid, nil
	case sender == testDomain:
		return "", one(report.Finding{Severity: report.Warning, Summary: "From is at resend.dev: mail reaches the owner of the account alone",
			Detail: "That sender is for first tests. Mail to anybody else is refused.", Evidence: []report.Quote{{From: "From", Text: clip(q.From)}}})
	}
	return "", nil
}

// forSending reports whether a record matters to mail that is sent.
func forSending(r *evidence.ResendRecord) bool {
	return strings.EqualFold(r.For, "SPF") || strings.EqualFold(r.For, "DKIM")
}

func domainPartial(q *inquiry) (string, []report.Finding) {
	if why := q.knowsDomains(); why != "" {
		return why, nil
	}
	var out []report.Finding
	for i := range q.Domains {
		d := &q.Domains[i]
		if (d.Status == domainPartly || d.Status == domainPartlyFailed) && q.concerns(d) {
			f := partial(d)
			q.mend(&f, dotless(d.Name))
			out = append(out, f)
		}
	}
	if len(out) == 0 && len(q.Domains) == 0 {
		return "the account has no domain", nil
	}
	return "", out
}

// concerns reports whether a domain is one to judge: one that was named, or any
// where none was.
func (q *inquiry) concerns(d *evidence.ResendDomain) bool {
	watched := q.watched()
	return len(watched) == 0 || slices.Contains(watched, dotless(d.Name))
}

// partial judges by the records, since the state alone says nothing of mail.
func partial(d *evidence.ResendDomain) report.Finding {
	f := report.Finding{Evidence: []report.Quote{{From: "GET /domains", Text: clip(fmt.Sprintf("%s: status %s", d.Name, d.Status))}}}
	var dkim, path, fine, other, all []string
	for i := range d.Records {
		r := &d.Records[i]
		switch {
		case !forSending(r) && r.Status != domainVerified:
			other = append(other, r.For)
		case strings.EqualFold(r.For, "SPF") && r.Status == domainVerified:
			fine = append(fine, r.Name)
		case r.Status == domainVerified:
		case strings.EqualFold(r.For, "DKIM"):
			dkim = append(dkim, r.Name)
		default:
			path = append(path, r.Name)
		}
	}
	for _, r := range d.Records {
		if r.Status != domainVerified {
			all = append(all, fmt.Sprintf("%s %s (%s)", r.Name, r.Type, r.For))
			f.Evidence = append(f.Evidence, report.Quote{From: "record " + r.For, Text: clip(fmt.Sprintf("%s %s: %s", r.Name, r.Type, cmp.Or(r.Status, "no state")))})
		}
	}
	switch {
	case len(d.Records) == 0:
		f.Summary, f.Confidence = fmt.Sprintf("%s is verified in part at Resend; which records are missing is not known", d.Name), 0.8
	case len(dkim) > 0:
		f.Summary = fmt.Sprintf("%s is verified in part: its DKIM record is not verified, and mail may be refused", d.Name)
	case len(path) > 0 && len(fine) > 0:
		f.Summary = fmt.Sprintf("%s is verified in part: it sends, without all records of the return path", d.Name)
		f.Detail = "One of the return-path records is not verified (" + list(path) + "). Mail goes out, and there is no second server to fall back to."
	case len(path) > 0:
		f.Summary = fmt.Sprintf("%s is verified in part: its return-path records are not, and mail may be refused", d.Name)
	case len(other) > 0:
		f.Severity = report.Note
		f.Summary = fmt.Sprintf("%s is verified for sending; its records for %s are not", d.Name, strings.ToLower(list(slices.Compact(other))))
		f.Detail = "Mail that is sent is not concerned."
	default:
		f.Severity = report.Note
		f.Summary = fmt.Sprintf("%s is verified in part by its state, and each of its records is verified", d.Name)
		f.Detail = "Resend may be about to look again."
	}
	if len(all) > 1 {
		f.Detail = strings.TrimSpace(f.Detail + " Not verified are " + list(all) + ".")
	}
	return f
}

// untoldRecords is why Resend did not tell the records of a domain of the account;
// "" where it did, or where nobody wanted to know.
func (q *inquiry) untoldRecords(domain string) string {
	if d := q.listed(domain); d == nil || len(d.Records) > 0 {
		return ""
	}
	for _, left := range q.NotRun {
		if dotless(left) == domain {
			return "a run makes ten calls at most"
		}
	}
	why := ""
	for _, c := range q.calls(evidence.CallDomain) {
		switch {
		case dotless(c.About) != domain:
		case c.Object == "domain":
			return ""
		default:
			why = "Resend answered " + clipTo(callText(c), 60)
			if c.Status == 0 {
				why = "no answer came: " + clipTo(callText(c), 60)
			}
		}
	}
	return why
}

func domainNotAsked(q *inquiry) (string, []report.Finding) {
	if why := q.knowsDomains(); why != "" {
		return why, nil
	}
	var names, reasons []string
	var quotes []report.Quote
	for _, name := range q.watched() {
		why := q.untoldRecords(name)
		if why == "" {
			continue
		}
		names = append(names, name)
		if !slices.Contains(reasons, why) {
			reasons = append(reasons, why)
		}
		for _, c := range q.calls(evidence.CallDomain) {
			if dotless(c.About) == name {
				quotes = append(quotes, callQuote(c)...)
			}
		}
	}
	if len(names) == 0 {
		if len(q.watched()) == 0 {
			return "no domain was named (--from)", nil
		}
		return "", nil
	}
	f := report.Finding{Evidence: quotes, Summary: fmt.Sprintf("The records of %s were not told by Resend, and not compared with DNS", list(names)), Detail: sentence(strings.Join(reasons, "; "))}
	f.Fix = []string{"Run maildoctor resend again in a moment, with --domain " + strings.Join(names[:min(len(names), 6)], " --domain ")}
	if len(names) > 2 {
		f.Summary = fmt.Sprintf("The records of %d domains were not told by Resend: %s", len(names), list(names))
	}
	return "", one(f)
}
