package check

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

const (
	isMissing  = "resend-record-missing"
	isWrong    = "resend-record-wrong"
	noFallback = "resend-fallback-missing"
)

// TestShapesOfRecords: each shape that Resend asks for is in order as it is, with
// the records of the API and without them.
func TestShapesOfRecords(t *testing.T) {
	t.Parallel()
	cnames := verified("example.org")
	cnames.Records = cnames.Records[:2]
	for _, hash := range []string{"aa", "bb", "cc"} {
		cnames.Records = append(cnames.Records, evidence.ResendRecord{For: "DKIM", Type: "CNAME", Name: hash + "._domainkey", Value: hash + ".dkim.amazonses.com"})
	}
	old := func(c *evidence.Case) {
		for _, hash := range []string{"aa", "bb", "cc"} {
			l := lookup("cname", hash+"._domainkey.example.org")
			l.Chain = []string{hash + ".dkim.amazonses.com."}
			dns(l)(c)
		}
	}
	shapes := map[string][]adjust{
		"classic":            nil,
		"two CNAMEs":         {having(relayed("example.org")), noDNS, dns(relays("example.org")...)},
		"hybrid":             {having(hybrid("example.org")), dns(dnsCNAME("rsend.example.org", "send.forge.rmta.net")...)},
		"three DKIM CNAMEs":  {having(cnames), old},
		"moved, API classic": {dns(dnsCNAME("send.example.org", "send.forge.rmta.net")...)},
		"key with tags":      {dns(dnsTXT("resend._domainkey.example.org", "v=DKIM1; k=rsa; "+dkimValue))},
		"key in pieces":      {dns(dnsTXT("resend._domainkey.example.org", dkimValue[:20]+" "+dkimValue[20:]))},
		"strict SPF":         {dns(dnsTXT("send.example.org", "v=spf1 include:amazonses.com -all"))},
		"SPF beside another": {dns(dnsTXT("send.example.org", "google-site-verification=x", amazonSPF))},
		"full names": {func(c *evidence.Case) {
			for i := range c.Resend.Domains[0].Records {
				c.Resend.Domains[0].Records[i].Name += ".example.org."
			}
		}},
		"quoted by the API": {func(c *evidence.Case) { c.Resend.Domains[0].Records[1].Value = `"` + amazonSPF + `"` }},
	}
	for name, changes := range shapes {
		for _, id := range []string{isMissing, isWrong, noFallback} {
			if got := said(resendAsked(changes...)(), id); got != "passed" {
				t.Errorf("%s: %s is %q", name, id, got)
			}
		}
		if name == "three DKIM CNAMEs" {
			continue // their names are not known without the API
		}
		for _, id := range []string{isMissing, isWrong} {
			if got := said(resendAsked(append(changes, restrictedTo)...)(), id); got != "passed" {
				t.Errorf("%s, without records of the API: %s is %q", name, id, got)
			}
		}
	}
}

// TestWrongRecords: the slips by which records go wrong, with what is said of each.
func TestWrongRecords(t *testing.T) {
	t.Parallel()
	const (
		send, rsend, key = "send.example.org", "rsend.example.org", "resend._domainkey.example.org"
	)
	two := func(all ...adjust) []adjust {
		return append([]adjust{having(relayed("example.org")), noDNS, dns(relays("example.org")...)}, all...)
	}
	gone := func(name string) adjust { return dns(dnsNone(name, "cname", "txt", "mx", "address")...) }
	leading := func(name, to string) adjust { return dns(dnsCNAME(name, to)...) }
	lost := func(kind, name string) adjust {
		l := dnsNone(name, kind)[0]
		l.Chain = []string{"old.example.net."}
		return dns(l)
	}
	beside := dnsTXT(send, "v=spf1 include:amazonses.com ~all")
	tests := map[string]struct {
		changes []adjust
		id      string
		how     string // in the detail
		fix     string // one of the steps
	}{
		"zone twice in the name":   {[]adjust{dns(dnsNone(key, "txt")...), dns(dnsTXT(key+".example.org", dkimValue))}, isWrong, "It stands at resend._domainkey.example.org.example.org: the zone is in the name twice", `Correct it to ` + key + `.  TXT  "` + dkimValue + `"`},
		"zone behind the MX":       {[]adjust{dns(dnsMX(send, classicMX+".example.org"))}, isWrong, "appended the zone to the target", "Correct it to " + send + ".  MX  10 " + classicMX + "."},
		"zone behind the CNAME":    {two(leading(rsend, "rsend.forge.rmta.net.example.org")), isWrong, "appended the zone to the target", "Correct it to " + rsend + ".  CNAME  rsend.forge.rmta.net."},
		"MX of another region":     {[]adjust{dns(dnsMX(send, "feedback-smtp.eu-west-1.amazonses.com"))}, isWrong, "region eu-west-1, and the domain is in us-east-1", ""},
		"MX of two regions":        {[]adjust{dns(dnsMX(send, classicMX, "feedback-smtp.eu-west-1.amazonses.com"))}, isWrong, "two regions (us-east-1 and eu-west-1)", ""},
		"MX of somebody":           {[]adjust{dns(dnsMX(send, "mx.example.net"))}, isWrong, "another mail server", ""},
		"CNAME of another region":  {two(leading(rsend, "rsend-euw1.forge.rmta.net")), isWrong, "another region", ""},
		"CNAME elsewhere":          {two(leading(rsend, "example.net")), isWrong, "leads elsewhere", ""},
		"proxied CNAME":            {two(gone(rsend), dns(dnsAddr(rsend, "104.16.0.1"))), isWrong, "proxied", "Set the record to DNS only (grey cloud) where it is proxied"},
		"TXT in place of CNAME":    {two(gone(rsend), dns(dnsTXT(rsend, "rsend.forge.rmta.net"))), isWrong, "A TXT record stands where a CNAME is asked for", ""},
		"CNAME beside TXT":         {two(dns(beside)), isWrong, "must stand alone", ""},
		"old records, new asked":   {two(gone(send), dns(beside, dnsMX(send, classicMX))), isWrong, "must stand alone", ""},
		"MX at the root":           {[]adjust{dns(dnsNone(send, "mx")...), dns(dnsMX("example.org", classicMX))}, isWrong, "example.org itself in place of send.example.org", ""},
		"SPF at the root":          {[]adjust{dns(dnsNone(send, "txt")...), dns(dnsTXT("example.org", amazonSPF))}, isWrong, "example.org itself in place of send.example.org", ""},
		"SPF twice":                {[]adjust{dns(dnsTXT(send, amazonSPF, "v=spf1 -all"))}, isWrong, "2 SPF records", ""},
		"another SPF":              {[]adjust{dns(dnsTXT(send, "v=spf1 include:_spf.example.net ~all"))}, isWrong, "lacks include:amazonses.com", ""},
		"quotes in the SPF":        {[]adjust{dns(dnsTXT(send, `"`+amazonSPF+`"`))}, isWrong, "Quotation marks", ""},
		"quotes in the key":        {[]adjust{dns(dnsTXT(key, `"`+dkimValue+`"`))}, isWrong, "Quotation marks", ""},
		"key cut":                  {[]adjust{dns(dnsTXT(key, dkimValue[:30]))}, isWrong, "only its beginning", ""},
		"key of another":           {[]adjust{dns(dnsTXT(key, "p=MIGfXX"))}, isWrong, "another key", ""},
		"key revoked":              {[]adjust{dns(dnsTXT(key, "v=DKIM1; p="))}, isWrong, "revokes", ""},
		"CNAME to no key":          {[]adjust{lost("txt", key)}, isWrong, "A CNAME stands there, and leads to no such record", "Correct it to " + key + `.  TXT  "` + dkimValue + `"`},
		"CNAME to no MX":           {[]adjust{lost("mx", send)}, isWrong, "A CNAME stands there, and leads to no such record", "Correct it to " + send + ".  MX  10 " + classicMX + "."},
		"guessed, zone twice":      {[]adjust{restrictedTo, dns(dnsNone(key, "txt")...), dns(dnsTXT(key+".example.org", dkimValue))}, isWrong, "twice", ""},
		"guessed, zone behind":     {[]adjust{restrictedTo, dns(dnsMX(send, classicMX+".example.org"))}, isWrong, "appended", ""},
		"guessed, proxied":         {append(two(restrictedTo), gone(rsend), dns(dnsAddr(rsend, "104.16.0.1"))), isWrong, "proxied", ""},
		"missing MX":               {[]adjust{dns(dnsNone(send, "mx")...)}, isMissing, "asks for it", "Add " + send + ".  MX  10 " + classicMX + "."},
		"missing SPF":              {[]adjust{dns(dnsNone(send, "txt")...)}, isMissing, "asks for it", `Add ` + send + `.  TXT  "` + amazonSPF + `"`},
		"missing key":              {[]adjust{dns(dnsNone(key, "txt")...)}, isMissing, "asks for it", `Add ` + key + `.  TXT  "` + dkimValue + `"`},
		"other TXT in its place":   {[]adjust{dns(dnsTXT(send, "google-site-verification=x"))}, isMissing, "asks for it", ""},
		"both CNAMEs":              {two(gone(send), gone(rsend)), isMissing, "asks for it", "Add " + rsend + ".  CNAME  rsend.forge.rmta.net."},
		"one CNAME":                {two(gone(rsend)), noFallback, "mail goes out", "Add " + rsend + ".  CNAME  rsend.forge.rmta.net."},
		"the other CNAME":          {two(gone(send)), noFallback, "mail goes out", "Add " + send + ".  CNAME  send.forge.rmta.net."},
		"hybrid without CNAME":     {[]adjust{having(hybrid("example.org"))}, noFallback, "mail goes out", "Add " + rsend + ".  CNAME  send.forge.rmta.net."},
		"guessed, one CNAME":       {append(two(restrictedTo), gone(rsend)), noFallback, "mail goes out", ""},
		"guessed, nothing":         {[]adjust{restrictedTo, noDNS, dns(bare("example.org")...)}, isMissing, "not known", ""},
		"guessed, key alone":       {[]adjust{restrictedTo, dns(dnsNone(key, "txt")...)}, isMissing, "not known", ""},
		"guessed, records of zone": {[]adjust{restrictedTo, from("a@shop.example.org"), dns(bare("shop.example.org")...)}, isMissing, "another domain", "Set From to an address at example.org"},
	}
	for name, tt := range tests {
		c := resendAsked(tt.changes...)()
		f := foundOf(c, tt.id)
		if f == nil {
			t.Errorf("%s: %s is not found; found %q", name, tt.id, alarms(c))
			continue
		}
		if !strings.Contains(f.Detail, tt.how) {
			t.Errorf("%s: detail %q, want %q in it", name, f.Detail, tt.how)
		}
		if tt.fix != "" && !slices.Contains(f.Fix, tt.fix) {
			t.Errorf("%s: steps %q, want %q among them", name, f.Fix, tt.fix)
		}
		if got := alarms(c); got != "warning "+tt.id {
			t.Errorf("%s: one cause, and found %q", name, got)
		}
		if strings.HasPrefix(name, "guessed") && f.Confidence > 0.7 {
			t.Errorf("%s: confidence %v without the records of the API", name, f.Confidence)
		}
	}
}

// TestUnansweredIsNotMissing: a look-up that failed, or was not made, tells nothing.
func TestUnansweredIsNotMissing(t *testing.T) {
	t.Parallel()
	for _, class := range []evidence.Class{evidence.ServFail, evidence.DNSTimeout, evidence.Cancelled, evidence.Other} {
		for _, answer := range []adjust{func(*evidence.Case) {}, restrictedTo} {
			c := resendAsked(answer, dns(faultyDNS(class, "resend._domainkey.example.org", "txt")...), dns(faultyDNS(class, "_dmarc.example.org", "txt")...))()
			for _, id := range []string{isMissing, isWrong, "dmarc-missing"} {
				if o := outcomeOf(c, id); o.Status != report.NotRun || !strings.Contains(o.Reason, "could not be looked up") {
					t.Errorf("%s: %s is %+v", class, id, o)
				}
			}
		}
	}
	for _, id := range []string{isMissing, isWrong, noFallback, "dmarc-missing"} {
		if o := outcomeOf(resendAsked(noDNS)(), id); o.Status != report.NotRun {
			t.Errorf("without look-ups: %s is %+v", id, o)
		}
	}
	if blank := lookup("txt", "send.example.org"); answerOf(&blank) != notKnown {
		t.Error("a look-up without an answer and without a fault is taken for an answer")
	}
	half := lookup("address", "rsend.example.org")
	half.Faults = []evidence.LookupFault{dnsFault("A", evidence.NoData, "none"), dnsFault("AAAA", evidence.ServFail, "SERVFAIL")}
	if got := answerOf(&half); got != notKnown {
		t.Errorf("A without data and AAAA failed: %v", got)
	}
}

// TestOtherRecords: what is for receiving or tracking is no matter of sending.
func TestOtherRecords(t *testing.T) {
	t.Parallel()
	d := verified("example.org")
	d.Records = append(d.Records, evidence.ResendRecord{For: "Receiving", Type: "MX", Name: "example.org", Value: "inbound-smtp.us-east-1.amazonaws.com", Priority: 10},
		evidence.ResendRecord{For: "Tracking", Type: "CNAME", Name: "links.example.org", Value: "links1.resend-dns.com"}, evidence.ResendRecord{For: "TrackingCAA", Type: "CAA", Name: "links", Value: "0 issue amazon.com"})
	c := resendAsked(having(d), dns(dnsMX("example.org", "mx.example.net")), dns(dnsNone("links.example.org", "cname", "address", "txt", "mx")...))()
	if got := said(c, isMissing); got != "note example.org lacks records for receiving and tracking; what is sent is not concerned" {
		t.Errorf("found %q", got)
	}
	if got := alarms(c); got != "" {
		t.Errorf("found %q", got)
	}
}

func TestDMARC(t *testing.T) {
	t.Parallel()
	shop := []adjust{restrictedTo, from("a@shop.example.org"), dns(classic("shop.example.org")...)}
	none := func(name string) adjust { return dns(dnsNone("_dmarc."+name, "txt")...) }
	tests := map[string]struct {
		changes []adjust
		want    string
	}{
		"set":                   {nil, "passed"},
		"none":                  {[]adjust{none("example.org")}, "note No DMARC record is set for example.org"},
		"other text":            {[]adjust{dns(dnsTXT("_dmarc.example.org", "v=spf1 -all"))}, "note No DMARC record is set for example.org"},
		"two":                   {[]adjust{dns(dnsTXT("_dmarc.example.org", "v=DMARC1; p=none", "v=DMARC1; p=reject"))}, "note _dmarc.example.org has 2 DMARC records, and receivers then use none"},
		"blanks":                {[]adjust{dns(dnsTXT("_dmarc.example.org", "v = DMARC1 ; p=none"))}, "passed"},
		"of the organisation":   {append(shop, none("shop.example.org")), "passed"},
		"none of both":          {append(shop, none("shop.example.org"), none("example.org")), "note No DMARC record is set for shop.example.org"},
		"organisation unasked":  {append([]adjust{noDNS}, append(shop, none("shop.example.org"))...), "not-run _dmarc.example.org could not be looked up"},
		"no sender":             {[]adjust{from("")}, "not-run no domain was named (--from)"},
		"the domain is enough":  {append([]adjust{noDNS}, shop...), "passed"},
		"quotes inside a value": {[]adjust{dns(dnsTXT("_dmarc.example.org", `"v=DMARC1; p=none"`))}, "note No DMARC record is set for example.org"},
	}
	for name, tt := range tests {
		if got := said(resendAsked(tt.changes...)(), "dmarc-missing"); got != tt.want {
			t.Errorf("%s: %q\nwant %q", name, got, tt.want)
		}
	}
}

// TestRecordName: names are relative to the registered zone, or in full.
func TestRecordName(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ domain, name, want string }{
		{"example.org", "send", "send.example.org"},
		{"example.org", "send.example.org.", "send.example.org"},
		{"example.co.uk", "resend._domainkey", "resend._domainkey.example.co.uk"},
		{"mail.example.org", "send.mail", "send.mail.example.org"},
		{"mail.example.org", "resend._domainkey.mail", "resend._domainkey.mail.example.org"},
		{"mail.example.org", "send", "send.mail.example.org"},
		{"mail.example.org", "mail", "mail.example.org"},
		{"mail.example.org", "example.org", "example.org"},
		{"example.org", "", "example.org"},
		{"example.org", "@", "example.org"},
		{"Example.ORG", "Send", "send.example.org"},
		{"app.github.io", "send", "send.app.github.io"},
	} {
		if got := recordName(c.domain, c.name); got != c.want {
			t.Errorf("%q of %s: %q, want %q", c.name, c.domain, got, c.want)
		}
	}
}

// TestResendNames: what is asked of DNS is bounded, asked once, and covers all that
// the checks look at.
func TestResendNames(t *testing.T) {
	t.Parallel()
	before := ResendNames(&evidence.Resend{From: "App <a@Shop.example.org>"})
	for _, want := range []Question{{"txt", "resend._domainkey.shop.example.org"}, {"cname", "send.shop.example.org"}, {"cname", "rsend.shop.example.org"}, {"txt", "_dmarc.shop.example.org"}, {"txt", "_dmarc.example.org"}, {"txt", "resend._domainkey.shop.example.org.example.org"}} {
		if !slices.Contains(before, want) {
			t.Errorf("before the answer: %v is not asked", want)
		}
	}
	r := resendAsked()().Resend
	r.Domains = []evidence.ResendDomain{relayed("example.org")}
	r.Domains[0].Records[0].Name, r.Domains[0].Records[1].Name = "outbound", "routbound"
	all := ResendNames(r)
	for _, want := range []Question{{"cname", "outbound.example.org"}, {"address", "routbound.example.org"}, {"cname", "routbound.example.org.example.org"}} {
		if !slices.Contains(all, want) {
			t.Errorf("after the answer: %v is not asked", want)
		}
	}
	done := []evidence.Lookup{dnsTXT("_dmarc.example.org", "v=DMARC1"), dnsTXT("resend._domainkey.example.org")}
	if left := ResendNames(r, done...); len(left) != len(all)-2 || slices.Contains(left, Question{"txt", "_dmarc.example.org"}) {
		t.Errorf("asked again: %v", left)
	}
	for range 40 {
		r.Asked = append(r.Asked, "a"+strings.Repeat("x", len(r.Asked))+".example.net")
	}
	many := ResendNames(r, done...)
	if len(many) != mostQuestions-len(done) {
		t.Errorf("%d questions and %d answers, want %d in all", len(many), len(done), mostQuestions)
	}
	for i, q := range many {
		if slices.Contains(many[:i], q) || q.Name != dotless(q.Name) {
			t.Errorf("%v is asked twice or is no name", q)
		}
	}
	if got := ResendNames(nil); got != nil {
		t.Errorf("of nothing: %v", got)
	}
	if got := ResendNames(&evidence.Resend{From: "onboarding@resend.dev"}); len(got) != 0 {
		t.Errorf("of Resend's own domain: %v", got)
	}
}
