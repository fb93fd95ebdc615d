package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// What DNS has of a record that Resend asks for, in the words of the report.
const (
	dnsOK      = "ok"
	dnsMissing = "missing"
	dnsWrong   = "wrong"
	dnsNotRun  = "not-run"
)

// relayZone holds the servers that newer records lead to.
const relayZone = "rmta.net"

// A match is a record that Resend asks for, beside what DNS has.
type match struct {
	domain  string
	name    string // in full
	rec     evidence.ResendRecord
	guessed bool   // the API did not name it: any value of Resend's is right
	dns     string // one of the dns constants
	seen    string // what stands there
	how     string // what is wrong, as half a sentence
	unsure  bool   // it may be otherwise
}

// matches compares the records of a domain with DNS: those that the API named, or
// the shapes that are known where it named none.
func (q *inquiry) matches(domain string) []match {
	var out []match
	d := q.listed(domain)
	if q.untoldRecords(domain) != "" {
		return nil
	}
	if d != nil && len(d.Records) > 0 {
		for _, r := range d.Records {
			out = append(out, match{domain: domain, name: recordName(domain, r.Name), rec: r})
		}
	} else {
		out = q.guesses(domain)
	}
	for i := range out {
		q.compare(&out[i])
	}
	return out
}

// guesses are the records of the shape that DNS shows, without values.
func (q *inquiry) guesses(domain string) []match {
	record := func(purpose, kind, name string) match {
		return match{domain: domain, name: name, guessed: true, rec: evidence.ResendRecord{For: purpose, Type: kind, Name: name}}
	}
	path, second := "send."+domain, "rsend."+domain
	out := []match{record("DKIM", "TXT", "resend._domainkey."+domain)}
	toRelay := func(name string) bool {
		l, _ := q.lookup("txt", name)
		return strings.Contains(strings.Join(q.chainAt(name), " ")+strings.Join(l.TXT, " "), relayZone)
	}
	switch {
	case toRelay(path):
		return append(out, record("SPF", "CNAME", path), record("SPF", "CNAME", second))
	case toRelay(second):
		out = append(out, record("SPF", "CNAME", second))
	}
	return append(out, record("SPF", "MX", path), record("SPF", "TXT", path))
}

func (q *inquiry) compare(m *match) {
	m.dns = dnsNotRun
	switch strings.ToUpper(m.rec.Type) {
	case "CNAME":
		q.compareCNAME(m)
	case "TXT":
		q.compareTXT(m)
	case "MX":
		q.compareMX(m)
	}
	if m.dns == dnsMissing {
		q.misplaced(m)
	}
}

// wrong notes what stands there and what is wrong with it.
func (m *match) wrong(seen, how string, args ...any) {
	m.dns, m.seen, m.how = dnsWrong, clip(seen), fmt.Sprintf(how, args...)
}

// leads reports whether a CNAME goes where it should.
func (m *match) leads(target string) bool {
	if m.rec.Value == "" {
		return strings.HasSuffix(target, "."+relayZone)
	}
	return target == dotless(m.rec.Value)
}

func (q *inquiry) compareCNAME(m *match) {
	chain := q.chainAt(m.name)
	if len(chain) == 0 {
		q.noCNAME(m)
		return
	}
	m.seen = chain[0]
	switch bare, appended := strings.CutSuffix(chain[0], "."+zoneOf(m.domain)); {
	case q.beside(m.name):
		m.wrong(chain[0], "other records stand next to the CNAME, which must stand alone")
	case slices.ContainsFunc(chain, m.leads):
		m.dns = dnsOK
	case appended && m.leads(bare):
		m.wrong(chain[0], "the DNS host appended the zone to the target")
	case strings.HasSuffix(chain[0], "."+relayZone):
		m.wrong(chain[0], "it leads to another region, or is the target of another record")
	default:
		m.wrong(chain[0], "it leads elsewhere")
	}
}

// noCNAME: what stands where the CNAME should.
func (q *inquiry) noCNAME(m *match) {
	txt, hasTXT := q.lookup("txt", m.name)
	addr, hasAddr := q.lookup("address", m.name)
	mx, hasMX := q.lookup("mx", m.name)
	_, cname := q.lookup("cname", m.name)
	target := cmp.Or(dotless(m.rec.Value), relayZone)
	switch i := slices.IndexFunc(txt.TXT, func(t string) bool { return strings.Contains(strings.ToLower(t), target) }); {
	case i >= 0:
		m.wrong(txt.TXT[i], "a TXT record stands where a CNAME is asked for")
	case cname != nothing:
		// the CNAME was not looked for to an end
	case hasTXT == something || hasMX == something:
		m.wrong(strings.Join(append(slices.Clone(txt.TXT), mxTexts(mx.MX)...), ", "), "other records stand there, and a CNAME must stand alone")
	case hasAddr == something:
		m.unsure = true
		m.wrong(addrTexts(addr.Addrs), "it shows as addresses: it is proxied (the orange cloud of Cloudflare), or a wildcard answers")
	default:
		m.dns = dnsMissing
	}
}

func mxTexts(all []evidence.MX) []string {
	var out []string
	for _, x := range all {
		out = append(out, fmt.Sprintf("MX %d %s", x.Pref, dotless(x.Host)))
	}
	return out
}

func addrTexts(all []evidence.Addr) string {
	var out []string
	for _, a := range all {
		out = append(out, a.IP)
	}
	return list(out)
}

// vacant judges a record of whose type nothing was seen at its name.
func (m *match) vacant(state answer, chain []string) {
	switch {
	case state == notKnown:
		// whether it stands there is not known
	case len(chain) > 0:
		m.wrong(chain[0], "a CNAME stands there, and leads to no such record")
	default:
		m.dns = dnsMissing
	}
}

func (q *inquiry) compareTXT(m *match) {
	l, state := q.lookup("txt", m.name)
	chain := q.chainAt(m.name)
	if state != something {
		m.vacant(state, chain)
		return
	}
	m.seen = clip(strings.Join(l.TXT, " | "))
	if i := slices.IndexFunc(l.TXT, func(t string) bool { return strings.HasPrefix(strings.TrimSpace(t), `"`) && m.purposeOf(unquoted(t)) }); i >= 0 {
		m.wrong(l.TXT[i], "quotation marks are part of the value: the DNS host adds its own")
		return
	}
	switch {
	case m.isKey():
		m.compareKey(l.TXT)
	case strings.EqualFold(m.rec.For, "SPF"):
		m.compareSPF(l.TXT, chain)
	case slices.ContainsFunc(l.TXT, func(t string) bool { return squeezed(t) == squeezed(m.rec.Value) }):
		m.dns = dnsOK
	default:
		m.dns = dnsMissing
	}
}

// isKey reports whether the record holds a DKIM key.
func (m *match) isKey() bool {
	return strings.EqualFold(m.rec.For, "DKIM") || strings.Contains(m.name, "._domainkey.")
}

// purposeOf reports whether a text is of the kind that the record holds.
func (m *match) purposeOf(text string) bool {
	if m.isKey() {
		return keyOf(text) != "" || strings.HasPrefix(squeezed(text), "p=")
	}
	return isSPF(text)
}

// unquoted is a text without quotation marks.
func unquoted(s string) string { return strings.TrimSpace(strings.ReplaceAll(s, `"`, "")) }

// squeezed is a text without quotation marks and blanks.
func squeezed(s string) string { return strings.Join(strings.Fields(unquoted(s)), "") }

func isSPF(text string) bool {
	first, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(text)), " ")
	return first == "v=spf1"
}

// keyOf is the public key of a DKIM record (RFC 6376 3.6.1). Neither v= nor k= need
// be there.
func keyOf(text string) string {
	for tag := range strings.SplitSeq(squeezed(text), ";") {
		if key, ok := strings.CutPrefix(tag, "p="); ok {
			return key
		}
	}
	return ""
}

func (m *match) compareKey(texts []string) {
	want := keyOf(m.rec.Value)
	for _, t := range texts {
		switch key := keyOf(t); {
		case key != "" && (want == "" || key == want):
			m.dns, m.seen, m.how = dnsOK, clip(t), ""
			return
		case key != "" && strings.HasPrefix(want, key):
			m.wrong(t, "the key is cut: DNS has only its beginning")
		case key != "":
			m.wrong(t, "it holds another key, of another account or an earlier time")
		case strings.Contains(squeezed(t), "p=") && m.dns != dnsWrong:
			m.wrong(t, "the key is empty, which revokes it")
		}
	}
	if m.dns == dnsNotRun {
		m.dns = dnsMissing // texts of another kind, such as those of a wildcard
	}
}

func (m *match) compareSPF(texts, chain []string) {
	var all []string
	for _, t := range texts {
		if isSPF(t) {
			all = append(all, t)
		}
	}
	switch {
	case len(all) == 0:
		m.dns = dnsMissing
	case len(all) > 1:
		m.wrong(strings.Join(all, " | "), "there are %d SPF records, and more than one counts as an error (RFC 7208 4.5)", len(all))
	case m.rec.Value == "" || strings.HasSuffix(strings.Join(chain, " "), "."+relayZone) || len(lacks(m.rec.Value, all[0])) == 0:
		m.dns, m.seen = dnsOK, clip(all[0])
	default:
		m.wrong(all[0], "it is another SPF record, which lacks %s", list(lacks(m.rec.Value, all[0])))
	}
}

// lacks are the mechanisms of one SPF record that another does not have. How
// strict the end is (~all, -all) makes no difference here.
func lacks(want, got string) []string {
	have := strings.Fields(strings.ToLower(got))
	var out []string
	for _, w := range strings.Fields(strings.ToLower(unquoted(want))) {
		if w == "v=spf1" || strings.HasSuffix(w, "all") && len(w) <= len("~all") || slices.Contains(have, w) {
			continue
		}
		out = append(out, w)
	}
	return out
}

// The hosts that classic return-path records name: feedback-smtp.<region>.amazonses.com.
const (
	feedbackPrefix = "feedback-smtp."
	feedbackSuffix = ".amazonses.com"
)

// feedbackRegion is the region of such a host, "" for another host.
func feedbackRegion(host string) string {
	region, ok := strings.CutPrefix(host, feedbackPrefix)
	if region, rest := strings.CutSuffix(region, feedbackSuffix); ok && rest && !strings.Contains(region, ".") {
		return region
	}
	return ""
}

func (q *inquiry) compareMX(m *match) {
	l, state := q.lookup("mx", m.name)
	chain := q.chainAt(m.name)
	switch {
	case strings.HasSuffix(strings.Join(chain, " "), "."+relayZone):
		m.dns, m.seen = dnsOK, chain[0]
	case state != something:
		m.vacant(state, chain)
	default:
		m.compareHosts(l.MX)
	}
}

func (m *match) compareHosts(all []evidence.MX) {
	seen := strings.Join(mxTexts(all), ", ")
	want := dotless(m.rec.Value)
	var regions []string
	right, appended := false, false
	for _, x := range all {
		host := dotless(x.Host)
		if r := feedbackRegion(host); r != "" && !slices.Contains(regions, r) {
			regions = append(regions, r)
		}
		right = right || host == want || want == "" && feedbackRegion(host) != ""
		bare, ok := strings.CutSuffix(host, "."+zoneOf(m.domain))
		appended = appended || ok && (bare == want || feedbackRegion(bare) != "")
	}
	switch {
	case len(regions) > 1:
		m.wrong(seen, "it names two regions (%s)", list(regions))
	case right:
		m.dns, m.seen = dnsOK, clip(seen)
	case appended:
		m.wrong(seen, "the DNS host appended the zone to the target")
	case len(regions) == 1 && feedbackRegion(want) != "":
		m.wrong(seen, "it names the region %s, and the domain is in %s", regions[0], feedbackRegion(want))
	case !forSending(&m.rec):
		m.dns, m.seen = dnsMissing, clip(seen) // the mail servers of the domain itself
	default:
		m.wrong(seen, "it names another mail server")
	}
}

// misplaced looks for a missing record where slips put it: the zone twice in the
// name, or the root in place of the name below it.
func (q *inquiry) misplaced(m *match) {
	kind := strings.ToLower(m.rec.Type)
	twice := m.name + "." + zoneOf(m.domain)
	if text := q.fits(m, kind, twice); text != "" {
		m.wrong(text, "it stands at %s: the zone is in the name twice", twice)
		return
	}
	if m.name == m.domain || !strings.EqualFold(m.rec.For, "SPF") || kind == "cname" || m.rec.Value == "" && kind == "txt" {
		return
	}
	if text := q.fits(m, kind, m.domain); text != "" {
		m.unsure = true
		m.wrong(text, "it stands at %s itself in place of %s", m.domain, m.name)
	}
}

// fits is what stands at a name, if it is what the record should hold; else "".
func (q *inquiry) fits(m *match, kind, name string) string {
	l, state := q.lookup(kind, name)
	if state != something {
		return ""
	}
	other := match{domain: m.domain, name: name, rec: m.rec, guessed: m.guessed, dns: dnsNotRun}
	switch kind {
	case "cname":
		if slices.ContainsFunc(q.chainAt(name), m.leads) {
			return l.Chain[0]
		}
		return ""
	case "mx":
		other.compareHosts(l.MX)
	case "txt":
		if m.isKey() {
			other.compareKey(l.TXT)
		} else if strings.EqualFold(m.rec.For, "SPF") {
			other.compareSPF(l.TXT, nil)
		}
	}
	if other.dns != dnsOK {
		return ""
	}
	return other.seen
}
