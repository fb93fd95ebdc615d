package probe_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/target"
)

// submitted are the steps after the last EHLO: what was sent with the code that
// came, or the class of the fault.
func submitted(s evidence.Session) []string {
	var out []string
	for _, st := range s.Steps {
		text := st.Sent
		switch {
		case st.Name == evidence.StepEHLO, st.Name == evidence.StepHELO, st.Name == evidence.StepEHLOTLS:
			out = nil
			continue
		case st.Fault != nil && st.Sent == "":
			text = string(st.Name) + " held back"
		case st.Fault != nil:
			text += " " + string(st.Fault.Class)
		case st.Reply != nil:
			text += " " + strconv.Itoa(st.Reply.Code)
		}
		out = append(out, text)
	}
	return out
}

func TestEnvelope(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	to := func(a ...string) []string { return a }
	refuses := func(address, text string) map[string]fakemail.Reply {
		return map[string]fakemail.Reply{address: {Text: text}}
	}
	const a, b, gone = "a@example.test", "b@example.test", "gone@example.test"
	many := make([]string, 11)
	for i := range many {
		many[i] = b
	}
	plain := []string{"AUTH PLAIN LOGIN", "SIZE 1000"}
	international := append(slices.Clone(plain), "SMTPUTF8", "8BITMIME")
	for name, test := range map[string]struct {
		script   fakemail.Script
		envelope evidence.Envelope
		want     []string
	}{
		"taken":               {fakemail.Script{}, evidence.Envelope{From: a, To: to(b)}, []string{"MAIL FROM:<a@example.test> 250", "RCPT TO:<b@example.test> 250", "RSET 250", "QUIT"}},
		"null reverse-path":   {fakemail.Script{}, evidence.Envelope{To: to(b)}, []string{"MAIL FROM:<> 250", "RCPT TO:<b@example.test> 250", "RSET 250", "QUIT"}},
		"sender alone":        {fakemail.Script{}, evidence.Envelope{From: a}, []string{"MAIL FROM:<a@example.test> 250", "RSET 250", "QUIT"}},
		"sender refused":      {fakemail.Script{Addresses: refuses(a, "553 5.7.1 not yours")}, evidence.Envelope{From: a, To: to(b)}, []string{"MAIL FROM:<a@example.test> 553", "QUIT"}},
		"relay denied":        {fakemail.Script{Addresses: refuses(gone, "554 5.7.1 Relay access denied")}, evidence.Envelope{From: a, To: to(gone, b)}, []string{"MAIL FROM:<a@example.test> 250", "RCPT TO:<gone@example.test> 554", "RCPT TO:<b@example.test> 250", "RSET 250", "QUIT"}},
		"greylisted":          {fakemail.Script{Addresses: refuses(gone, "450 4.7.1 Greylisted")}, evidence.Envelope{From: a, To: to(gone)}, []string{"MAIL FROM:<a@example.test> 250", "RCPT TO:<gone@example.test> 450", "RSET 250", "QUIT"}},
		"421 at RCPT":         {fakemail.Script{Addresses: refuses(gone, "421 4.7.0 bye")}, evidence.Envelope{From: a, To: to(gone, b)}, []string{"MAIL FROM:<a@example.test> 250", "RCPT TO:<gone@example.test> 421", "QUIT"}},
		"closed at RCPT":      {fakemail.Script{CapsTLS: plain, Addresses: map[string]fakemail.Reply{gone: {Then: fakemail.ThenClose}}}, evidence.Envelope{From: a, To: to("jörg@example.test", gone)}, []string{"MAIL FROM:<a@example.test> 250", "rcpt held back", "RCPT TO:<gone@example.test> eof"}},
		"size":                {fakemail.Script{CapsTLS: plain}, evidence.Envelope{From: a, Size: 900}, []string{"MAIL FROM:<a@example.test> SIZE=900 250", "RSET 250", "QUIT"}},
		"size refused":        {fakemail.Script{CapsTLS: plain, SizeLimit: 1000}, evidence.Envelope{From: a, To: to(b), Size: 1001}, []string{"MAIL FROM:<a@example.test> SIZE=1001 552", "QUIT"}},
		"size not offered":    {fakemail.Script{CapsTLS: []string{"DSN"}}, evidence.Envelope{From: a, Size: 900}, []string{"MAIL FROM:<a@example.test> 250", "RSET 250", "QUIT"}},
		"SMTPUTF8":            {fakemail.Script{CapsTLS: international}, evidence.Envelope{From: a, To: to("jörg@bücher.example")}, []string{"MAIL FROM:<a@example.test> SMTPUTF8 250", "RCPT TO:<jörg@bücher.example> 250", "RSET 250", "QUIT"}},
		"no need of SMTPUTF8": {fakemail.Script{CapsTLS: international}, evidence.Envelope{From: a, To: to(b)}, []string{"MAIL FROM:<a@example.test> 250", "RCPT TO:<b@example.test> 250", "RSET 250", "QUIT"}},
		"domain in ASCII":     {fakemail.Script{CapsTLS: plain}, evidence.Envelope{From: "a@Bücher.example", To: to("b@bücher.example")}, []string{"MAIL FROM:<a@xn--bcher-kva.example> 250", "RCPT TO:<b@xn--bcher-kva.example> 250", "RSET 250", "QUIT"}},
		"no form in ASCII":    {fakemail.Script{CapsTLS: plain}, evidence.Envelope{From: a, To: to("jörg@example.test", "jörg", b)}, []string{"MAIL FROM:<a@example.test> 250", "rcpt held back", "rcpt held back", "RCPT TO:<b@example.test> 250", "RSET 250", "QUIT"}},
		"sender without one":  {fakemail.Script{CapsTLS: plain}, evidence.Envelope{From: "jörg@example.test", To: to(b)}, []string{"mail held back", "QUIT"}},
		"command in sender":   {fakemail.Script{}, evidence.Envelope{From: "a@example.test>\r\nDATA\r\n", To: to(b)}, []string{"mail held back", "QUIT"}},
		"command in the last": {fakemail.Script{}, evidence.Envelope{From: a, To: to(b, "b@example.test\nDATA")}, []string{"rcpt held back", "QUIT"}},
		"parameter":           {fakemail.Script{}, evidence.Envelope{From: "a@example.test> BODY=BINARYMIME <", To: to(b)}, []string{"mail held back", "QUIT"}},
		"NUL":                 {fakemail.Script{}, evidence.Envelope{From: "a\x00@example.test"}, []string{"mail held back", "QUIT"}},
		"invalid UTF-8":       {fakemail.Script{CapsTLS: international}, evidence.Envelope{From: "a\xff@example.test"}, []string{"mail held back", "QUIT"}},
		"too many":            {fakemail.Script{}, evidence.Envelope{From: a, To: many}, []string{"rcpt held back", "QUIT"}},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := test.script
			script.Mode, script.TLS, script.Accounts, script.RequireAuth = target.STARTTLS, conf, accounts(), false
			sub := submission{roots: ca.Pool(), serve: script.Serve, o: probe.Options{Envelope: &test.envelope}}
			c, s := sub.run(t)
			if got := submitted(mainOf(t, c)); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			lines := everyLine(t, s)
			if count(lines, "DATA")+count(lines, "AUTH") != 0 || len(s.Conns()[0].Messages) != 0 {
				t.Errorf("a dry run sent %q", lines)
			}
		})
	}
}

// TestEnvelopeAfterLogin: the one that is refused tells more with a login.
func TestEnvelopeAfterLogin(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	script := fakemail.Script{Mode: target.STARTTLS, TLS: conf, Accounts: accounts(), RequireAuth: true}
	sub := submission{roots: ca.Pool(), serve: script.Serve, o: probe.Options{Envelope: &evidence.Envelope{From: "a@example.test", To: []string{"b@example.test"}}}}
	c, _ := sub.run(t)
	if got := submitted(mainOf(t, c)); !slices.Equal(got, []string{"MAIL FROM:<a@example.test> 530", "QUIT"}) {
		t.Errorf("without a login: %q", got)
	}
	sub.o.Account = account()
	c, _ = sub.run(t)
	if got := submitted(mainOf(t, c)); !slices.Equal(got, []string{"AUTH PLAIN **** 235", "MAIL FROM:<a@example.test> 250", "RCPT TO:<b@example.test> 250", "RSET 250", "QUIT"}) {
		t.Errorf("with a login: %q", got)
	}
	sub.o.Account.Password = secret.New("another")
	sub.o.Message = []byte("Subject: x\r\n\r\nx\r\n")
	c, s := sub.run(t)
	if got := submitted(mainOf(t, c)); !slices.Equal(got, []string{"AUTH PLAIN **** 535", "QUIT"}) {
		t.Errorf("with a login that is refused: %q, %q", got, everyLine(t, s))
	}
}

func TestMessage(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	const a, b, gone = "a@example.test", "b@example.test", "gone@example.test"
	taken := []string{"MAIL FROM:<a@example.test> 250", "RCPT TO:<b@example.test> 250", "DATA 354"}
	eight := []string{"8BITMIME", "SIZE 1000000"}
	large := "Subject: large\r\n\r\n" + strings.Repeat(".0123456789012345678901234567890123456789012345678901234567890\r\n", 2000)
	no := map[string]fakemail.Reply{gone: {Text: "550 5.1.1 no"}}
	for name, test := range map[string]struct {
		script  fakemail.Script
		to      []string
		message string
		want    []string
		taken   string // empty: none was
	}{
		"as it is":        {fakemail.Script{}, []string{b}, "Subject: x\r\n\r\nx\r\n", append(slices.Clone(taken), "(17 bytes) 250", "QUIT"), "Subject: x\r\n\r\nx\r\n"},
		"dots":            {fakemail.Script{}, []string{b}, ".\r\n.\r\n..x\r\n.\r\n", append(slices.Clone(taken), "(14 bytes) 250", "QUIT"), ".\r\n.\r\n..x\r\n.\r\n"},
		"line ends":       {fakemail.Script{}, []string{b}, "a\nb\rc\r\n\n.\nd\r.\re", append(slices.Clone(taken), "(23 bytes) 250", "QUIT"), "a\r\nb\r\nc\r\n\r\n.\r\nd\r\n.\r\ne\r\n"},
		"large":           {fakemail.Script{}, []string{b}, large, append(slices.Clone(taken), "("+strconv.Itoa(len(large))+" bytes) 250", "QUIT"), large},
		"8-bit":           {fakemail.Script{CapsTLS: eight}, []string{b}, "Subject: x\r\n\r\nä\r\n", []string{"MAIL FROM:<a@example.test> SIZE=18 BODY=8BITMIME 250", taken[1], taken[2], "(18 bytes) 250", "QUIT"}, "Subject: x\r\n\r\nä\r\n"},
		"8-bit not taken": {fakemail.Script{CapsTLS: []string{"DSN"}}, []string{b}, "\r\nä\r\n", []string{taken[0], taken[1], "data held back", "RSET 250", "QUIT"}, ""},
		"UTF-8 header":    {fakemail.Script{CapsTLS: []string{"8BITMIME", "SMTPUTF8"}}, []string{b}, "Subject: ä\r\n\r\nx\r\n", []string{"MAIL FROM:<a@example.test> BODY=8BITMIME SMTPUTF8 250", taken[1], taken[2], "(18 bytes) 250", "QUIT"}, "Subject: ä\r\n\r\nx\r\n"},
		"not taken":       {fakemail.Script{CapsTLS: []string{"8BITMIME"}}, []string{b}, "Subject: ä\r\n\r\nx\r\n", []string{"MAIL FROM:<a@example.test> BODY=8BITMIME 250", taken[1], "data held back", "RSET 250", "QUIT"}, ""},
		"Latin-1 header":  {fakemail.Script{CapsTLS: []string{"8BITMIME"}}, []string{b}, "Subject: \xe4\r\n\r\nx\r\n", []string{"MAIL FROM:<a@example.test> BODY=8BITMIME 250", taken[1], taken[2], "(17 bytes) 250", "QUIT"}, "Subject: \xe4\r\n\r\nx\r\n"},
		"7-bit":           {fakemail.Script{CapsTLS: eight}, []string{b}, "\r\nx\r\n", []string{"MAIL FROM:<a@example.test> SIZE=5 250", taken[1], taken[2], "(5 bytes) 250", "QUIT"}, "\r\nx\r\n"},
		"to some":         {fakemail.Script{Addresses: no}, []string{gone, b}, "\r\nx\r\n", []string{taken[0], "RCPT TO:<gone@example.test> 550", taken[1], taken[2], "(5 bytes) 250", "QUIT"}, "\r\nx\r\n"},
		"to nobody":       {fakemail.Script{Addresses: no}, []string{gone}, "\r\nx\r\n", []string{taken[0], "RCPT TO:<gone@example.test> 550", "RSET 250", "QUIT"}, ""},
		"no DATA":         {fakemail.Script{RepliesTLS: map[string]fakemail.Reply{"DATA": {Text: "451 4.3.0 later"}}}, []string{b}, "\r\nx\r\n", []string{taken[0], taken[1], "DATA 451", "RSET 250", "QUIT"}, ""},
		"refused at last": {fakemail.Script{RepliesTLS: map[string]fakemail.Reply{".": {Text: "550 5.7.1 spam"}}}, []string{b}, "\r\nx\r\n", append(slices.Clone(taken), "(5 bytes) 550", "QUIT"), "\r\nx\r\n"},
		"closes":          {fakemail.Script{RepliesTLS: map[string]fakemail.Reply{".": {Then: fakemail.ThenClose}}}, []string{b}, "\r\nx\r\n", append(slices.Clone(taken), "(5 bytes) eof"), "\r\nx\r\n"},
		"injection":       {fakemail.Script{}, []string{b + ">\r\nRCPT TO:<c@example.test"}, "\r\nx\r\n", []string{"rcpt held back", "QUIT"}, ""},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			script := test.script
			script.Mode, script.TLS = target.STARTTLS, conf
			if script.CapsTLS == nil {
				script.CapsTLS = []string{"PIPELINING"}
			}
			c, s := submission{roots: ca.Pool(), serve: script.Serve, o: probe.Options{Envelope: &evidence.Envelope{From: a, To: test.to}, Message: []byte(test.message)}}.run(t)
			if got := submitted(mainOf(t, c)); !slices.Equal(got, test.want) {
				t.Errorf("got %q, want %q", got, test.want)
			}
			everyLine(t, s)
			var got []fakemail.Message
			for _, conn := range s.Conns() {
				got = append(got, conn.Messages...)
			}
			if test.taken == "" {
				if len(got) != 0 {
					t.Errorf("the server took %+v", got)
				}
				return
			}
			if len(got) != 1 || got[0].Text != test.taken || got[0].From != a || !slices.Equal(got[0].To, []string{b}) {
				t.Errorf("the server took %+v, want %q", got, test.taken)
			}
		})
	}
}

// TestMessageNeedsEnvelope: a message alone goes nowhere.
// TestMessageAsTheClient: a message goes out as the client would send it, or not.
func TestMessageAsTheClient(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	for name, test := range map[string]struct {
		mode target.Mode // of the server, on port 587
		as   target.Mode
		sent bool
	}{
		"no claim":                 {target.STARTTLS, target.NoMode, true},
		"as it is":                 {target.STARTTLS, target.STARTTLS, true},
		"STARTTLS if offered":      {target.STARTTLS, target.Opportunistic, true},
		"implicit on STARTTLS":     {target.STARTTLS, target.Implicit, false},
		"STARTTLS on clear text":   {target.Cleartext, target.STARTTLS, false},
		"if offered on clear text": {target.Cleartext, target.Opportunistic, true},
	} {
		script := fakemail.Script{Mode: test.mode, TLS: conf, Caps: []string{"PIPELINING", "AUTH PLAIN"}, Accounts: accounts()}
		sub := submission{as: test.as, roots: ca.Pool(), near: true, serve: script.Serve, o: probe.Options{Account: account(), Envelope: &evidence.Envelope{From: "a@example.test", To: []string{"b@example.test"}}, Message: []byte("\r\nx\r\n")}}
		c, s := sub.run(t)
		lines := everyLine(t, s)
		if got := count(lines, "DATA") == 1; got != test.sent || !test.sent && count(lines, "AUTH") != 0 {
			t.Errorf("%s: sent %q (%s)", name, lines, steps(mainOf(t, c)))
		}
	}
}

func TestMessageNeedsEnvelope(t *testing.T) {
	t.Parallel()
	ca, conf := testAuthority(t)
	c, _ := submission{roots: ca.Pool(), serve: fakemail.Script{Mode: target.STARTTLS, TLS: conf}.Serve, o: probe.Options{Message: []byte("x")}}.run(t)
	if got := submitted(mainOf(t, c)); !slices.Equal(got, []string{"QUIT"}) {
		t.Errorf("got %q", got)
	}
}

// TestEnvelopeInClearText, over HELO as well: it needs no account.
func TestEnvelopeInClearText(t *testing.T) {
	t.Parallel()
	for _, script := range []fakemail.Script{{}, {Replies: map[string]fakemail.Reply{"EHLO": {Text: "502 5.5.1 no"}}}} {
		c, _ := submission{port: 25, serve: script.Serve, o: probe.Options{Envelope: &evidence.Envelope{From: "a@example.test", To: []string{"b@example.test"}, Size: 7}}}.run(t)
		if got := submitted(mainOf(t, c)); len(got) != 4 || got[1] != "RCPT TO:<b@example.test> 250" || got[2] != "RSET 250" {
			t.Errorf("got %q", got)
		}
	}
}
