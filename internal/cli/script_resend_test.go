package cli_test

import (
	"fmt"
	"net/netip"
	"os"
	"strings"
	"sync"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/target"
)

// scriptKey is the one good key of the account that resend serves.
const scriptKey = "re_Canary00_abcdefghijklmnopqrstuvwx"

// resend starts a double of Resend: its API in clear text ($API), the same under
// TLS for api.resend.com ($API_TLS, a port), its SMTP server with implicit TLS
// for smtp.resend.com ($SMTP, a port), and the DNS of its domain ($DNS).
func resend(ts *testscript.TestScript, _ bool, args []string) {
	api, smtp := account(ts, args[0])
	ca, err := fakemail.NewAuthority("Script", time.Now())
	ts.Check(err)
	ts.Check(os.WriteFile(ts.MkAbs("ca.pem"), ca.PEM(), 0o600))
	plain, err := fakemail.ListenResend(api)
	ts.Check(err)
	ts.Defer(func() { plain.Close() })
	api.TLS, err = ca.Config(fakemail.Leaf{Names: []string{"api.resend.com"}})
	ts.Check(err)
	secure, err := fakemail.ListenResend(api)
	ts.Check(err)
	ts.Defer(func() { secure.Close() })
	smtp.TLS, err = ca.Config(fakemail.Leaf{Names: []string{"smtp.resend.com"}})
	ts.Check(err)
	mail, err := fakemail.Listen(smtp.Serve)
	ts.Check(err)
	ts.Defer(func() { mail.Close() })
	dns, err := fakemail.ListenDNS(zone())
	ts.Check(err)
	ts.Defer(func() { dns.Close() })
	ts.Setenv("API", plain.URL())
	ts.Setenv("API_TLS", fmt.Sprint(secure.Addr().Port()))
	ts.Setenv("SMTP", fmt.Sprint(mail.Addr().Port()))
	ts.Setenv("DNS", dns.Addr().String())
	ts.Setenv("KEY", scriptKey)
	ts.Defer(func() { doubles.Delete(ts) })
	doubles.Store(ts, func() []fakemail.ResendRequest { return append(plain.Asked(), secure.Asked()...) })
}

// doubles are what was asked of the double of each script.
var doubles sync.Map

// asked writes the requests so far to a file: "asked FILE".
func asked(ts *testscript.TestScript, _ bool, args []string) {
	all, ok := doubles.Load(ts)
	if !ok {
		ts.Fatalf("no double of Resend runs")
	}
	var lines []string
	for _, r := range all.(func() []fakemail.ResendRequest)() {
		lines = append(lines, r.Method+" "+r.Path)
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Join(append(lines, ""), "\n")), 0o600))
}

// account is what the key may do.
func account(ts *testscript.TestScript, kind string) (fakemail.ResendAPI, fakemail.Script) {
	api := fakemail.ResendAPI{Key: scriptKey, Owner: "owner@example.net", Domains: []fakemail.ResendDomain{
		{ID: "d91cd9bd-1176-453e-8fc1-35364d380206", Name: "example.org", Status: "verified", Region: "eu-west-1", CreatedAt: "2026-10-01T10:00:00Z", Sending: "enabled", Receiving: "disabled", Records: fakemail.ClassicRecords("eu-west-1", "verified")},
		{ID: "a91cd9bd-1176-453e-8fc1-35364d380207", Name: "wrong.example.org", Status: "pending", Region: "eu-west-1", CreatedAt: "2026-10-01T10:00:00Z", Sending: "enabled", Receiving: "disabled", Records: fakemail.ClassicRecords("eu-west-1", "pending")},
	}, Keys: []fakemail.ResendListed{{ID: "b6d24b8e-af0b-4c3c-be0c-359bbd97381e", Name: "app"}, {ID: "b6d24b8e-af0b-4c3c-be0c-359bbd97381f", Name: "other"}}}
	smtp := fakemail.Script{Mode: target.Implicit, Accounts: map[string]string{"resend": scriptKey}, Greeting: fakemail.Reply{Text: "220 Resend SMTP Relay ESMTP"}}
	switch kind {
	case "full":
	case "send-only":
		api.SendOnly = true
	case "deleted":
		api.Key, smtp.Accounts = "re_Another0_abcdefghijklmnopqrstuvwx", map[string]string{"resend": "another"}
		smtp.AuthReply = &fakemail.Reply{Text: "535 API key not found"}
	case "quota":
		row, err := fakemail.ResendRow("daily-quota")
		ts.Check(err)
		api.Fails = map[string]fakemail.Fail{"/domains": row}
	default:
		ts.Fatalf("no account %q", kind)
	}
	return api, smtp
}

// zone is the DNS of the account's domains: example.org has what Resend asks
// for, wrong.example.org has the name of the zone twice.
func zone() fakemail.Zone {
	dkim := fakemail.Records{}
	for _, r := range fakemail.ClassicRecords("eu-west-1", "verified") {
		if r.Record == "DKIM" {
			dkim.TXT = []string{r.Value}
		}
	}
	send := fakemail.Records{TXT: []string{"v=spf1 include:amazonses.com ~all"}, MX: []fakemail.MX{{Pref: 10, Host: "feedback-smtp.eu-west-1.amazonses.com"}}}
	return fakemail.Zone{
		"example.org": {}, "_dmarc.example.org": {TXT: []string{"v=DMARC1; p=none"}},
		"send.example.org": send, "resend._domainkey.example.org": dkim,
		"wrong.example.org": {}, "send.wrong.example.org": send,
		"resend._domainkey.wrong.example.org.wrong.example.org": dkim,
		"smtp.resend.com": {Addrs: []netip.Addr{netip.MustParseAddr("127.0.0.1")}},
		"api.resend.com":  {Addrs: []netip.Addr{netip.MustParseAddr("127.0.0.1")}},
	}
}
