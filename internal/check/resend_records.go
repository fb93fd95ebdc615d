package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// resendRecords are the checks of the DNS records that Resend asks for.
var resendRecords = []Check{
	{
		ID:       "resend-record-missing",
		Title:    "DNS records that Resend asks for are missing",
		Severity: report.Warning,
		Seen:     "DNS answered that a record which Resend lists for the domain does not exist; or no Resend record was seen at the domain of From at all.",
		Why:      "Without its records a domain is not verified and cannot send; a verified domain that loses them stops some days later.",
		Fix: []string{
			"Add the records exactly as " + domainsPage + " shows them for the domain",
			"Have the domain verified again there once DNS has them",
		},
		Tell:   "resend-record-wrong is a record that is there and not right; resend-fallback-missing is the second of two return-path records. A look-up that failed is no missing record.",
		Refs:   []string{domainsDocs, "RFC 6376 3.6.2", "RFC 7208 3"},
		Needs:  unasked(nothingSaid),
		Resend: recordMissing,
	},
	{
		ID:       "resend-record-wrong",
		Title:    "A DNS record is not what Resend asks for",
		Severity: report.Warning,
		Seen:     "A record stands where Resend wants one, or close to it, and differs: the zone twice in the name, another region, a proxied CNAME, another type.",
		Why:      "Resend compares to the letter. Such a record counts as missing: the domain is not verified, or stops being so.",
		Fix: []string{
			"Correct the record as " + domainsPage + " shows it; most DNS hosts add the zone to names and targets by themselves",
			"Switch the proxy (orange cloud) off for it, and let a CNAME stand alone at its name",
			"Have the domain verified again at Resend",
		},
		Tell:   "resend-record-missing is nothing there at all; domain-auth-failed is what receivers say of SPF and DKIM.",
		Refs:   []string{domainsDocs, "RFC 1034 3.6.2", "RFC 7208 4.5"},
		Needs:  unasked(nothingSaid),
		Resend: recordWrong,
	},
	{
		ID:       "resend-fallback-missing",
		Title:    "One of the two return-path records of Resend is missing",
		Severity: report.Warning,
		Seen:     "Of the names send and rsend below the domain, one leads to Resend and the other does not exist.",
		Why:      "Both lead to servers of Resend, and each is verified by itself. With one of them mail goes out, and there is nothing to fall back to when its servers fail.",
		Fix:      []string{"Add the second CNAME as " + domainsPage + " shows it"},
		Tell:     "resend-domain-partial is Resend's own state of such a domain; resend-record-missing is a record without which mail does not go out.",
		Refs:     []string{domainsDocs},
		Needs:    unasked(nothingSaid),
		Resend:   fallbackMissing,
	},
	{
		ID:       "dmarc-missing",
		Title:    "The domain of From has no DMARC record",
		Severity: report.Note,
		Seen:     "No TXT record that begins with v=DMARC1 stands at _dmarc below the domain or its organisational domain; or several do.",
		Why:      "Gmail and Yahoo ask senders of many messages for one. Without it, receivers do not know what to do with forged mail, and nobody sends reports.",
		Fix: []string{
			"Add a TXT record at _dmarc that begins with v=DMARC1; p=none, with an address for reports",
			"Go on to p=quarantine and p=reject when the reports show that your own mail passes",
		},
		Tell:   "domain-auth-failed is mail that was refused because SPF, DKIM or DMARC failed.",
		Refs:   []string{"RFC 7489 6.1", "RFC 7489 6.6.3", "https://support.google.com/mail/answer/81126"},
		Needs:  unasked(nothingSaid),
		Resend: dmarcMissing,
	},
}

// recordDomains are the domains whose records are to be judged; why names the
// reason where there is none.
func (q *inquiry) recordDomains() (out []string, why string) {
	watched := q.watched()
	if len(watched) == 0 {
		if q.sender() == testDomain {
			return nil, "From is at resend.dev"
		}
		return nil, "no domain was named (--from)"
	}
	for _, d := range watched {
		if q.knowsDomains() == "" && q.listed(d) == nil && !q.Partial {
			why = cmp.Or(why, d+" is not a domain of this account")
			continue
		}
		out = append(out, d)
	}
	if len(out) > 0 {
		why = ""
	}
	return out, why
}

// judged are the matches of a domain that count, and whether any was looked up.
func (q *inquiry) judged(domain string) (all []match, looked bool) {
	all = q.matches(domain)
	return all, slices.ContainsFunc(all, func(m match) bool { return m.dns != dnsNotRun })
}

// eachDomain gathers what a check finds of the domains. It is not run where no
// record was looked up, and where one was not and nothing is wrong with the rest.
func (q *inquiry) eachDomain(find func(domain string, all []match) []report.Finding) (string, []report.Finding) {
	domains, why := q.recordDomains()
	if why != "" {
		return why, nil
	}
	var out []report.Finding
	open := ""
	for _, d := range domains {
		if why := q.untoldRecords(d); why != "" {
			open = also(open, "the records of "+d+" are not known: "+why)
			continue
		}
		all, looked := q.judged(d)
		if !looked {
			open = also(open, "the DNS records of "+d+" could not be looked up"+q.lookupTrouble(d))
			continue
		}
		if i := slices.IndexFunc(all, func(m match) bool { return m.dns == dnsNotRun && forSending(&m.rec) }); i >= 0 {
			open = also(open, fmt.Sprintf("%s %s could not be looked up%s", all[i].name, all[i].rec.Type, q.lookupTrouble(all[i].name)))
		}
		for _, f := range find(d, all) {
			if steps, other := q.stepsFor(d), f.Severity == report.Note; q.troubled(d) {
				f.Severity = report.Note // the state of the domain is the finding, and names these records
				if other || len(steps) == 0 {
					out = append(out, f) // the state does not name these
					continue
				}
				f.Fix = []string{"Follow the steps for the state of " + d + ", which name this record"}
			}
			out = append(out, f)
		}
	}
	return open, out
}

// also joins reasons.
func also(have, more string) string {
	if have == "" {
		return more
	}
	return have + "; " + more
}

// lookupTrouble is why look-ups at or below a name failed, behind a sentence; ""
// where none is known to have failed.
func (q *inquiry) lookupTrouble(name string) string {
	words := map[evidence.Class]string{evidence.ServFail: "the DNS server failed", evidence.DNSTimeout: "no DNS server answered", evidence.Cancelled: "looking was ended before"}
	for _, l := range q.lookups {
		at := dotless(l.Name)
		if at != name && !strings.HasSuffix(at, "."+name) {
			continue
		}
		for _, f := range l.Faults {
			if f.Fault.Class != evidence.NXDomain && f.Fault.Class != evidence.NoData {
				return ": " + cmp.Or(words[f.Fault.Class], clipTo(f.Fault.Text, 60), string(f.Fault.Class))
			}
		}
	}
	return ""
}

// stepsFor are the records to set for a domain to send.
func (q *inquiry) stepsFor(domain string) []string {
	_, steps := q.faulty(domain)
	return steps
}

// faulty says what DNS lacks of a domain, in half a sentence, and what to set; ""
// for nothing.
func (q *inquiry) faulty(domain string) (string, []string) {
	all, _ := q.judged(domain)
	missing, wrong := 0, 0
	var steps []string
	for i := range all {
		switch m := &all[i]; {
		case m.guessed || !forSending(&m.rec):
		case m.dns == dnsMissing:
			missing++
			steps = append(steps, "Add "+m.line())
		case m.dns == dnsWrong:
			wrong++
			steps = append(steps, "Correct "+m.line()+" ("+m.how+")")
		}
	}
	switch {
	case missing > 0 && wrong > 0:
		return fmt.Sprintf("%s missing and %s wrong", records(missing), records(wrong)), steps
	case missing > 0:
		return records(missing) + " missing", steps
	case wrong > 0:
		return records(wrong) + " wrong", steps
	}
	return "", nil
}

func records(n int) string {
	if n == 1 {
		return "1 record is"
	}
	return fmt.Sprintf("%d records are", n)
}

// line is the record as it should stand, in the form of a zone file.
func (m *match) line() string {
	value := m.rec.Value
	switch strings.ToUpper(m.rec.Type) {
	case "TXT":
		value = `"` + unquoted(value) + `"`
	case "MX":
		value = fmt.Sprintf("%d %s.", cmp.Or(m.rec.Priority, 10), dotless(value))
	case "CNAME":
		value = dotless(value) + "."
	}
	if m.guessed {
		value = "(the value that " + domainsPage + " shows)"
	}
	return fmt.Sprintf("%s.  %s  %s", m.name, strings.ToUpper(m.rec.Type), value)
}

func (m *match) quote() report.Quote {
	return report.Quote{From: "DNS, " + m.name + " " + strings.ToUpper(m.rec.Type), Text: cmp.Or(m.seen, "no such record")}
}

// fallback reports whether the records of a name are the second way of the return
// path, whose first is in order.
func fallback(all []match, name string) bool {
	whole := map[string]bool{}
	for _, m := range all {
		if strings.EqualFold(m.rec.For, "SPF") {
			state, seen := whole[m.name]
			whole[m.name] = m.dns == dnsOK && (state || !seen)
		}
	}
	if _, ok := whole[name]; !ok || whole[name] {
		return false
	}
	for other, fine := range whole {
		if other != name && fine {
			return true
		}
	}
	return false
}

// again is the last step where a record was mended.
func again(domain string) string {
	return fmt.Sprintf("Have %s verified again at %s once DNS has it", domain, domainsPage)
}

func recordMissing(q *inquiry) (string, []report.Finding) {
	return q.eachDomain(func(domain string, all []match) []report.Finding {
		var sending, other []match
		total := 0
		for _, m := range all {
			if forSending(&m.rec) {
				total++
			}
			switch {
			case m.dns != dnsMissing || fallback(all, m.name):
			case forSending(&m.rec):
				sending = append(sending, m)
			default:
				other = append(other, m)
			}
		}
		var out []report.Finding
		if len(sending) > 0 {
			out = append(out, lostRecords(q, domain, all, sending, total))
		}
		if len(other) > 0 {
			f := lacking(domain, other)
			f.Severity = report.Note
			f.Summary = fmt.Sprintf("%s lacks records for %s; what is sent is not concerned", domain, strings.ToLower(list(purposes(other))))
			f.Detail = "Resend lists them for the domain, and DNS does not have them."
			out = append(out, f)
		}
		return out
	})
}

func purposes(all []match) []string {
	var out []string
	for _, m := range all {
		if !slices.Contains(out, m.rec.For) {
			out = append(out, m.rec.For)
		}
	}
	return out
}

// lacking is a finding with the records to add.
func lacking(domain string, all []match) report.Finding {
	var f report.Finding
	for i := range all {
		f.Fix = append(f.Fix, "Add "+all[i].line())
		f.Evidence = append(f.Evidence, all[i].quote())
	}
	f.Fix = append(f.Fix, again(domain))
	return f
}

func lostRecords(q *inquiry, domain string, all, lost []match, total int) report.Finding {
	f := lacking(domain, lost)
	if !lost[0].guessed {
		f.Summary = fmt.Sprintf("%d of the %d DNS records for sending from %s are missing", len(lost), total, domain)
		if len(lost) == 1 {
			f.Summary = fmt.Sprintf("The DNS record %s (%s) is missing", lost[0].name, strings.ToUpper(lost[0].rec.Type))
		}
		f.Detail = "Resend asks for it. Without its records a domain is not verified, or stops being so; a record that is set may take some hours to be seen."
		return f
	}
	f.Confidence = 0.7
	f.Detail = "Which records the account asks for is not known; these are the names that Resend uses as a rule."
	hasKey := slices.ContainsFunc(all, func(m match) bool { return m.isKey() && m.dns == dnsOK })
	hasPath := slices.ContainsFunc(all, func(m match) bool { return !m.isKey() && m.dns == dnsOK })
	switch zone := zoneOf(domain); {
	case hasKey:
		f.Severity, f.Confidence = report.Note, 0.5
		f.Summary = "The return-path records of Resend are not seen at send." + domain
		f.Detail = "The DKIM key is there. The account may use another name than send for the return path."
	case hasPath && strings.Contains(lost[0].name, "._domainkey."):
		f.Summary = "The DKIM record of Resend is not seen at " + lost[0].name
	case zone != domain && q.keyAt(zone):
		f.Summary = fmt.Sprintf("From is at %s, and the Resend records are those of %s", domain, zone)
		f.Detail = "A subdomain is another domain for Resend: it needs records of its own."
		f.Fix = []string{fmt.Sprintf("Set From to an address at %s", zone), fmt.Sprintf("Or add %s at %s and set the records shown there", domain, domainsPage)}
	default:
		f.Summary = "No Resend records are seen at " + domain
	}
	return f
}

// keyAt reports whether a domain has a DKIM key of Resend's selector.
func (q *inquiry) keyAt(domain string) bool {
	l, state := q.lookup("txt", "resend._domainkey."+domain)
	return state == something && slices.ContainsFunc(l.TXT, func(t string) bool { return keyOf(t) != "" })
}

func recordWrong(q *inquiry) (string, []report.Finding) {
	return q.eachDomain(func(domain string, all []match) []report.Finding {
		var out []report.Finding
		for i := range all {
			if m := &all[i]; m.dns == dnsWrong {
				out = append(out, m.finding())
			}
		}
		return out
	})
}

func (m *match) finding() report.Finding {
	f := report.Finding{
		Summary:  fmt.Sprintf("%s %s is not what Resend asks for", m.name, strings.ToUpper(m.rec.Type)),
		Detail:   sentence(m.how) + " Resend then counts the record as missing.",
		Fix:      []string{"Correct it to " + m.line(), again(m.domain)},
		Evidence: []report.Quote{m.quote()},
	}
	switch {
	case !forSending(&m.rec):
		f.Severity = report.Note
	case m.guessed:
		f.Confidence = 0.7
	case m.unsure:
		f.Confidence = 0.8
	}
	if strings.Contains(m.how, "proxied") {
		f.Fix = slices.Insert(f.Fix, 0, "Set the record to DNS only (grey cloud) where it is proxied")
	}
	if strings.Contains(m.how, "appended") || strings.Contains(m.how, "twice") {
		f.Fix = append(f.Fix, "Where the DNS host adds the zone by itself, enter the name without the zone and the target with a final dot")
	}
	return f
}

func fallbackMissing(q *inquiry) (string, []report.Finding) {
	return q.eachDomain(func(domain string, all []match) []report.Finding {
		var lost []match
		for _, m := range all {
			if m.dns == dnsMissing && fallback(all, m.name) {
				lost = append(lost, m)
			}
		}
		if len(lost) == 0 {
			return nil
		}
		f := lacking(domain, lost)
		f.Summary = fmt.Sprintf("%s is missing: there is no second server for the return path", lost[0].name)
		f.Detail = "The other name is in order, so that mail goes out. Resend verifies each of the two by itself."
		if lost[0].guessed {
			f.Confidence = 0.7
		}
		return one(f)
	})
}

// policies are the DMARC records at a domain, and whether that is known. Texts
// that begin otherwise do not count (RFC 7489 6.6.3).
func (q *inquiry) policies(domain string) ([]string, bool) {
	l, state := q.lookup("txt", "_dmarc."+domain)
	var out []string
	for _, t := range l.TXT {
		if strings.HasPrefix(squeezed(t), "v=DMARC1") && !strings.HasPrefix(t, `"`) {
			out = append(out, t)
		}
	}
	return out, state != notKnown
}

func dmarcMissing(q *inquiry) (string, []report.Finding) {
	watched := q.watched()
	if len(watched) == 0 {
		return "no domain was named (--from)", nil
	}
	var out []report.Finding
	why := ""
	for _, domain := range watched {
		f, open := q.dmarc(domain)
		if open != "" {
			why = also(why, open)
		}
		if f != nil {
			out = append(out, *f)
		}
	}
	return why, out
}

func (q *inquiry) dmarc(domain string) (*report.Finding, string) {
	zone := zoneOf(domain)
	for _, at := range slices.Compact([]string{domain, zone}) {
		switch all, known := q.policies(at); {
		case !known:
			return nil, "_dmarc." + at + " could not be looked up" + q.lookupTrouble("_dmarc."+at)
		case len(all) > 1:
			return &report.Finding{Summary: fmt.Sprintf("_dmarc.%s has %d DMARC records, and receivers then use none", at, len(all)),
				Detail: "With more than one, receivers go on as if there were none.", Fix: []string{"Remove all but one of them"},
				Evidence: []report.Quote{{From: "DNS, _dmarc." + at + " TXT", Text: clip(strings.Join(all, " | "))}}}, ""
		case len(all) == 1:
			return nil, ""
		}
	}
	return &report.Finding{Summary: "No DMARC record is set for " + domain, Evidence: []report.Quote{{From: "DNS, _dmarc." + domain + " TXT", Text: "no such record"}},
		Fix: []string{
			fmt.Sprintf(`Add _dmarc.%s.  TXT  "v=DMARC1; p=none; rua=mailto:dmarc@%s;"`, zone, zone),
			"Go on to p=quarantine and p=reject when the reports show that your own mail passes",
		}}, ""
}
