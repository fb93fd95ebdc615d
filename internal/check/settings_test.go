package check

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/redact"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/target"
)

func reason(outcomes []report.Outcome, id string) string {
	for _, o := range outcomes {
		if o.Check == id {
			return o.Reason
		}
	}
	return ""
}

func findingOf(s report.Subject, id string) report.Finding {
	for _, f := range s.Findings {
		if f.ID == id {
			return f
		}
	}
	return report.Finding{}
}

// TestSettingsAlone: settings tell nothing of a server, and a file that was not
// read tells nothing at all.
func TestSettingsAlone(t *testing.T) {
	t.Parallel()
	for _, s := range settingsSamples() {
		c := s.make()
		sub := Subject(c)
		if sub.Kind != "settings" || sub.Verdict == "" || sub.Settings == nil || sub.Endpoint != nil || sub.Use != nil {
			t.Errorf("%s/%s: subject %+v", s.id, s.name, sub)
		}
		if len(sub.Outcomes) != len(Catalogue()) {
			t.Errorf("%s/%s: %d outcomes for %d checks", s.id, s.name, len(sub.Outcomes), len(Catalogue()))
		}
		want := offline
		if !wasRead(c.Settings) {
			want = unread
		}
		for _, o := range sub.Outcomes {
			x, _ := ByID(o.Check)
			if x.Settings == nil && (o.Status != report.NotRun || o.Reason != want) {
				t.Errorf("%s/%s: %s is %q (%s), want not-run: %s", s.id, s.name, o.Check, o.Status, o.Reason, want)
			}
			if (o.Reason == "") != (o.Status != report.NotRun) || want == unread && o.Status == report.Passed {
				t.Errorf("%s/%s: %s is %q with the reason %q", s.id, s.name, o.Check, o.Status, o.Reason)
			}
		}
	}
}

// TestNotLookedAt: what the settings do not hold is not passed.
func TestNotLookedAt(t *testing.T) {
	t.Parallel()
	elsewhere := evidence.Setting{Unknown: true, From: inEnv(2, "MAIL_HOST")}
	tests := map[string]struct {
		change change
		ids    []string
	}{
		"Resend": {byResend, []string{"tls-on-starttls-port", "starttls-on-tls-port", "cleartext-submission", "provider-port-unknown", "wrong-protocol-http", "port-25-submission",
			"starttls-not-demanded", "tls-switches-conflict", "cert-check-off", "weak-setting", "login-switched-off", "setting-port-missing", "setting-host-has-scheme",
			"setting-version-matters", "client-falls-back-to-localhost", "client-credentials-missing", "provider-password-kind", "resend-key-invalid"}},
		"no sender": {func(s *evidence.Settings) { s.From = evidence.Setting{} },
			[]string{"from-missing", "from-mismatch", "sender-not-verified", "sender-address-invalid", "resend-testing-only"}},
		"host from elsewhere": {func(s *evidence.Settings) { s.Host = elsewhere },
			[]string{"provider-port-unknown", "provider-username-convention", "provider-password-kind", "client-falls-back-to-localhost"}},
		"port from elsewhere": {func(s *evidence.Settings) { s.Port = evidence.Setting{Unknown: true} },
			[]string{"tls-on-starttls-port", "starttls-on-tls-port", "wrong-protocol-imap-pop", "wrong-protocol-other", "port-25-submission", "provider-port-unknown"}},
		"unknown mode":     {switchedTo(target.Unknown, "?"), []string{"tls-on-starttls-port", "starttls-on-tls-port", "cleartext-submission", "starttls-not-demanded"}},
		"unknown port":     {func(s *evidence.Settings) { s.Port.V = "1234"; s.Mode.Is = target.Cleartext }, []string{"tls-on-starttls-port", "starttls-on-tls-port", "cleartext-submission"}},
		"unknown provider": {func(*evidence.Settings) {}, []string{"provider-port-unknown", "provider-username-convention", "provider-password-kind"}},
		"no login":         {func(s *evidence.Settings) { s.User, s.Password = evidence.Setting{}, evidence.Secret{} }, []string{"client-credentials-missing", "setting-placeholder", "provider-password-kind"}},
		"password elsewhere": {func(s *evidence.Settings) {
			s.Password = evidence.Secret{Set: true, Unknown: true, From: inEnv(5, "MAIL_PASSWORD")}
		},
			[]string{"client-credentials-missing", "provider-password-kind"}},
		"far server":    {demanding, []string{"starttls-not-offered"}},
		"known release": {func(s *evidence.Settings) { s.AppVersion = "8.83" }, []string{"setting-version-matters"}},
		"no Resend key": {func(*evidence.Settings) {}, []string{"resend-key-kept", "resend-key-invalid"}},
	}
	for name, tt := range tests {
		_, outcomes := Judge(read(tt.change)())
		for _, id := range tt.ids {
			if got := status(outcomes, id); got != report.NotRun || reason(outcomes, id) == "" {
				t.Errorf("%s: %s is %q (%s), want not-run with a reason", name, id, got, reason(outcomes, id))
			}
		}
	}
}

// verbs begin the first step of what to do.
var verbs = []string{"Add", "Correct", "Demand", "Keep", "Make", "Name", "Put", "Remove", "Rename", "See", "Set", "Switch", "Update", "Use", "Verify", "Write"}

// TestSettingsFindingsReadWell: a finding names its place and what to do there,
// and no secret.
func TestSettingsFindingsReadWell(t *testing.T) {
	t.Parallel()
	for _, s := range settingsSamples() {
		c := s.make()
		for _, f := range Subject(c).Findings {
			if word, _, _ := strings.Cut(strings.Join(f.Fix, ""), " "); !slices.Contains(verbs, word) {
				t.Errorf("%s/%s: %s: the first step begins with %q: %q", s.id, s.name, f.ID, word, f.Fix)
			}
			if f.URL != URL(f.ID) || f.Source == nil || f.Source.File == "" {
				t.Errorf("%s/%s: %s: URL %q, at %+v", s.id, s.name, f.ID, f.URL, f.Source)
			}
			if !strings.HasSuffix(f.Detail, ".") || strings.HasSuffix(f.Detail, "..") || f.Detail[:1] != strings.ToUpper(f.Detail[:1]) {
				t.Errorf("%s/%s: %s: no sentence: %q", s.id, s.name, f.ID, f.Detail)
			}
			for _, q := range f.Evidence {
				if q.From == "" || q.Text == "" || redact.Text(q.Text) != q.Text {
					t.Errorf("%s/%s: %s: quote %+v", s.id, s.name, f.ID, q)
				}
			}
		}
	}
}

// TestNoSecretIsHeld: whatever a reader knows of a password, the evidence has no
// place for it.
func TestNoSecretIsHeld(t *testing.T) {
	t.Parallel()
	text, err := json.Marshal(evidence.Secret{Set: true, From: inEnv(5, "MAIL_PASSWORD"), Placeholder: true, Kind: "k", Wrong: "w", Unknown: true, Prefix: "p"})
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	for name := range fields {
		if !slices.Contains([]string{"set", "from", "placeholder", "kind", "wrong", "unknown", "prefix"}, name) {
			t.Errorf("a secret has the field %q; see that it cannot hold the secret", name)
		}
	}
}

// TestDoubt: what rests on a dialect from memory is no error.
func TestDoubt(t *testing.T) {
	t.Parallel()
	doubt := func(s *evidence.Settings) { s.Doubt = true }
	for _, s := range settingsSamples() {
		c := s.make()
		c.Settings.Doubt = true
		for _, f := range Subject(c).Findings {
			if f.Severity == report.Error || f.Confidence != doubted {
				t.Errorf("%s/%s: %s is %s at %v, want at most a warning at %v", s.id, s.name, f.ID, f.Severity, f.Confidence, doubted)
			}
		}
	}
	sure := read(doubt, remarking(evidence.Remark{Check: "setting-mangled", Severity: "error", Sure: 0.9, Summary: "MAIL_PASSWORD is cut"}))()
	if f := findingOf(Subject(sure), "setting-mangled"); f.Severity != report.Error || f.Confidence != 0.9 {
		t.Errorf("a remark that is sure of itself is %s at %v", f.Severity, f.Confidence)
	}
	joined := seenWith(mission(), switchedTo(target.Implicit, "ssl"), doubt)
	if f := findingOf(Subject(joined), "tls-on-starttls-port"); f.Severity != report.Warning || f.Confidence != doubted {
		t.Errorf("with the server: %s at %v, want a warning at %v", f.Severity, f.Confidence, doubted)
	}
	joined.Settings.Mode.Is = target.STARTTLS // the user said --as implicit
	if f := findingOf(Subject(joined), "tls-on-starttls-port"); f.Severity != report.Error {
		t.Errorf("as the user says: %s, want an error", f.Severity)
	}
	expired := seenWith(onTLS(func() *evidence.TLS { return leaf(func(c *evidence.Cert) { c.NotAfter = now.AddDate(0, 0, -3) }) })(), doubt)
	if f := findingOf(Subject(expired), "cert-expired"); f.Severity != report.Error || f.Confidence == doubted {
		t.Errorf("what the server shows is %s at %v", f.Severity, f.Confidence)
	}
}

// TestJoined: a mistake that the settings tell and the server shows is one
// finding: the line to change, the setting, then the words of the server.
func TestJoined(t *testing.T) {
	t.Parallel()
	const step = "Set MAIL_ENCRYPTION in .env (line 6) to tls"
	s := Subject(seenWith(mission(), switchedTo(target.Implicit, "ssl"), wanting(587, target.STARTTLS, step)))
	if len(s.Findings) != 1 {
		t.Fatalf("findings %v, want one", ids(s.Findings))
	}
	f := s.Findings[0]
	if f.ID != "tls-on-starttls-port" || f.Severity != report.Error || f.Source == nil || *f.Source != (report.Origin{File: ".env", Line: 6, Column: 1, Key: "MAIL_ENCRYPTION"}) {
		t.Errorf("%s %s at %+v", f.Severity, f.ID, f.Source)
	}
	if len(f.Evidence) < 2 || f.Evidence[0] != (report.Quote{From: ".env", Text: "MAIL_ENCRYPTION=ssl, MAIL_PORT=587"}) || !strings.HasPrefix(f.Evidence[1].From, "session ") {
		t.Errorf("evidence %+v", f.Evidence)
	}
	if len(f.Fix) == 0 || f.Fix[0] != step+": tried from here, works" || !strings.Contains(strings.Join(f.Fix[1:], ""), "465") || len(f.Try) == 0 {
		t.Errorf("fix %q, tried %+v", f.Fix, f.Try)
	}
	if status(s.Outcomes, f.ID) != report.Found || s.Healthy || s.Verdict != f.Summary {
		t.Errorf("outcome %q, healthy %v, verdict %q", status(s.Outcomes, f.ID), s.Healthy, s.Verdict)
	}
	if s.Endpoint == nil || s.Use == nil || len(s.Use.Apps) != 0 {
		t.Errorf("endpoint %v, use %+v", s.Endpoint != nil, s.Use)
	}
}

// TestSeenAlone: what only the server shows has the line to change as well.
func TestSeenAlone(t *testing.T) {
	t.Parallel()
	const step = "Set MAIL_ENCRYPTION in .env (line 6) to tls"
	odd := func() *evidence.Case { return as(target.Implicit, onAPort(1587, main587(secured()), drawn(1587))) }
	changes := []change{onPort("1587"), switchedTo(target.Implicit, "ssl")}
	if alone := read(changes...)(); status(Subject(alone).Outcomes, "tls-on-starttls-port") != report.NotRun {
		t.Errorf("an unknown port is judged by its number: %v", ids(Subject(alone).Findings))
	}
	f := findingOf(Subject(seenWith(odd(), append(changes, wanting(1587, target.STARTTLS, step))...)), "tls-on-starttls-port")
	if f.Source == nil || f.Source.Key != "MAIL_ENCRYPTION" || f.Fix[0] != step+": tried from here, works" || f.Evidence[0].From != ".env" {
		t.Errorf("at %+v, fix %q, evidence %+v", f.Source, f.Fix, f.Evidence)
	}
	f = findingOf(Subject(seenWith(odd(), changes...)), "tls-on-starttls-port")
	if f.Severity != report.Error || len(f.Fix) == 0 {
		t.Errorf("nobody knows what to change: %+v", f)
	}
}

// onAPort is a case about a port whose number says nothing.
func onAPort(port uint16, talks ...*talk) *evidence.Case {
	for _, t := range talks {
		t.s.Port = port
	}
	return endpointCase(port, talks...)
}

// TestSeenCountsMore: what a server was seen to be outweighs the number of its port.
func TestSeenCountsMore(t *testing.T) {
	t.Parallel()
	implicit587 := func() *evidence.Case { return as(target.Implicit, onAPort(587, main465(secured()))) }
	tests := map[string]struct {
		c        *evidence.Case
		id, want string
	}{
		"587 with TLS":     {seenWith(implicit587(), switchedTo(target.Implicit, "ssl")), "tls-on-starttls-port", "passed"},
		"993 with SMTP":    {seenWith(as(target.Implicit, onAPort(993, main465(secured()))), onPort("993"), switchedTo(target.Implicit, "ssl")), "wrong-protocol-imap-pop", "passed"},
		"465 in clear":     {seenWith(as(target.STARTTLS, onAPort(465, main587(secured()))), onPort("465")), "starttls-on-tls-port", "passed"},
		"no TLS at all":    {seenWith(as(target.Implicit, onAPort(587, dial(evidence.Main, 587, evidence.Listens).hi().ehlo("SIZE 1"), drawn(587))), switchedTo(target.Implicit, "ssl")), "tls-on-plaintext-server", "error"},
		"brevo at 8025":    {seenWith(host(plain(8025, after...), "smtp-relay.brevo.com"), onPort("8025")), "provider-port-unknown", "note"},
		"relay with TLS":   {seenWith(as(target.STARTTLS, host(healthy587(), "localhost")), demanding, wanting(587, target.Opportunistic, "Add MAIL_AUTO_TLS=false")), "starttls-not-offered", "passed"},
		"nothing was seen": {seenWith(as(target.Implicit, refused587()), switchedTo(target.Implicit, "ssl")), "tls-on-starttls-port", "error"},
	}
	for name, tt := range tests {
		s := Subject(tt.c)
		got := string(findingOf(s, tt.id).Severity)
		if got == "" {
			got = string(status(s.Outcomes, tt.id))
		}
		if got != tt.want {
			t.Errorf("%s: %s is %s, want %s; findings %v", name, tt.id, got, tt.want, ids(s.Findings))
		}
		if name == "no TLS at all" && len(s.Findings) > 1 && has(s.Findings, "tls-on-starttls-port") {
			t.Errorf("%s: %v, want the mistake once", name, ids(s.Findings))
		}
	}
}

// TestOneCause: no encryption at a server that has it is one mistake.
func TestOneCause(t *testing.T) {
	t.Parallel()
	off := switchedTo(target.Cleartext, "null")
	want := wanting(587, target.STARTTLS, "Set MAIL_ENCRYPTION in .env (line 6) to tls")
	cleartext := func(second *talk) *evidence.Case {
		return as(target.Cleartext, endpointCase(587, main587(secured()), second))
	}
	bothWays := func() *evidence.Case {
		c := cleartext(optional())
		c.Sessions[0].Ext.Keywords = append(c.Sessions[0].Ext.Keywords, evidence.Keyword{Name: "AUTH", Params: "PLAIN", Raw: "AUTH PLAIN"})
		return c
	}
	noTLS := func() *evidence.Case { return as(target.Cleartext, plain(587, "SIZE 1", "AUTH PLAIN")) }
	tests := map[string]struct {
		c    *evidence.Case
		want string // the findings but notes
		fix  string // the first step
	}{
		"required":             {seenWith(cleartext(enforced()), off, want), "error tls-required-by-server", "Set MAIL_ENCRYPTION in .env (line 6) to tls: tried"},
		"required, no way":     {seenWith(cleartext(enforced()), off), "error tls-required-by-server", "Set the client to STARTTLS on port 587"},
		"for the login":        {seenWith(cleartext(optional()), off, want), "error auth-needs-tls", "Set MAIL_ENCRYPTION in .env (line 6) to tls: tried"},
		"taken in clear":       {seenWith(bothWays(), off, want), "warning cleartext-submission", "Set MAIL_ENCRYPTION"},
		"server without TLS":   {seenWith(noTLS(), off), "warning cleartext-submission", "Use a port of the server that has TLS: 465"},
		"settings alone":       {read(off, want)(), "error cleartext-submission", "Set MAIL_ENCRYPTION"},
		"not known from there": {seenWith(as(target.Cleartext, refused587()), off, want), "error connection-refused error cleartext-submission", "Set MAIL_ENCRYPTION"},
	}
	for name, tt := range tests {
		s := Subject(tt.c)
		got := strings.Join(slices.DeleteFunc(ids(s.Findings), func(x string) bool { return strings.HasPrefix(x, "note") }), " ")
		if got != tt.want || len(s.Findings) == 0 || !strings.HasPrefix(s.Findings[0].Fix[0], tt.fix) || s.Findings[0].Source == nil || s.Findings[0].Evidence[0].From != ".env" {
			t.Errorf("%s: %q, want %q\n%+v", name, got, tt.want, s.Findings)
			continue
		}
		for _, o := range s.Outcomes {
			if (o.Status == report.Found) != has(s.Findings, o.Check) {
				t.Errorf("%s: %s is %q", name, o.Check, o.Status)
			}
		}
	}
}

// TestReasons: of settings and server the one that could have told says why not.
func TestReasons(t *testing.T) {
	t.Parallel()
	_, outcomes := Judge(seenWith(healthy587(), switchedTo(target.Unknown, "?")))
	for id, want := range map[string]string{
		"starttls-not-demanded": "it cannot be told how the client is set",
		"tls-switches-conflict": "it cannot be told how the client is set",
		"tls-on-starttls-port":  "no client setting was given (--as)",
		"auth-bad-credentials":  "nobody logged in",
		"resend-key-kept":       noKey,
	} {
		if got := reason(outcomes, id); got != want {
			t.Errorf("%s: %q, want %q", id, got, want)
		}
	}
}

// TestServerElsewhere: what only its text could show was not looked at.
func TestServerElsewhere(t *testing.T) {
	t.Parallel()
	_, outcomes := Judge(read(func(s *evidence.Settings) { s.Host = evidence.Setting{Unknown: true} })())
	for _, id := range []string{"setting-host-has-scheme", "setting-url-not-encoded"} {
		if got := reason(outcomes, id); got != "the server is set elsewhere" {
			t.Errorf("%s: %q", id, got)
		}
	}
}

// TestNotesAreCalm: a note does not carry the alarm of its check.
func TestNotesAreCalm(t *testing.T) {
	t.Parallel()
	for severity, calm := range map[string]bool{"note": true, "error": false} {
		r := evidence.Remark{Check: "client-config-invalid", Severity: severity, Summary: "no timeouts are set", From: inEnv(1, "MAIL_TIMEOUT")}
		findings, _ := Judge(read(func(s *evidence.Settings) { s.Remarks = append(s.Remarks, r) })())
		i := slices.IndexFunc(findings, func(f report.Finding) bool { return f.ID == r.Check })
		if i < 0 || (findings[i].Detail == "") != calm {
			t.Errorf("%s: %+v", severity, findings)
		}
	}
}

// TestQuoted: a setting is quoted as it stands, and not when it does not.
func TestQuoted(t *testing.T) {
	t.Parallel()
	dsn := inEnv(1, "MAILER_DSN")
	tests := map[string]struct {
		change change
		want   string
	}{
		"two keys":     {func(*evidence.Settings) {}, "MAIL_ENCRYPTION=tls, MAIL_PORT=587"},
		"default port": {func(s *evidence.Settings) { s.Port.Default = true }, "MAIL_ENCRYPTION=tls"},
		"no switch":    {func(s *evidence.Settings) { s.Mode = evidence.Mode{} }, "MAIL_PORT=587"},
		"one URL": {func(s *evidence.Settings) {
			s.Host.From, s.Port.From, s.Mode = dsn, dsn, evidence.Mode{Keys: []evidence.Origin{dsn}, Says: "MAILER_DSN=smtps://..."}
		}, "MAILER_DSN=smtps://..., port 587"},
		"nothing": {func(s *evidence.Settings) { s.Port, s.Mode = evidence.Setting{}, evidence.Mode{} }, ""},
	}
	for name, tt := range tests {
		got := ""
		for _, q := range settingQuote(settled(tt.change)) {
			got += q.Text
		}
		if got != tt.want {
			t.Errorf("%s: %q, want %q", name, got, tt.want)
		}
	}
}

// TestSettingsVerdict is the answer in one line, and the name of the subject.
func TestSettingsVerdict(t *testing.T) {
	t.Parallel()
	idle := func(s *evidence.Settings) { s.InForce, s.Idle = false, "MAIL_MAILER=resend" }
	cut := seenWith(cutShort())
	tests := map[string]struct {
		c             *evidence.Case
		name, verdict string
		healthy       bool
	}{
		"in order":     {read()(), ".env: mail.example.org:587", "Laravel 5 to 8 connects to mail.example.org:587 with STARTTLS; nothing is wrong with these settings", true},
		"tried":        {seenWith(as(target.STARTTLS, healthy587())), ".env: mail.example.org:587", "Laravel 5 to 8 connects to mail.example.org:587 with STARTTLS: tried, works", true},
		"cut":          {cut, ".env: mail.example.org:587", "Laravel 5 to 8 connects to mail.example.org:587 with STARTTLS; 587 is not known: looking was cut after 1.5 s", false},
		"idle":         {read(idle)(), ".env: mail.example.org:587", "Laravel 5 to 8: smtp is set up and not in force (MAIL_MAILER=resend)", true},
		"Resend":       {read(byResend)(), ".env: resend", "Laravel with Resend sends through resend; nothing is wrong with these settings", true},
		"scope":        {read(func(s *evidence.Settings) { s.Scope = "web" })(), ".env [web]: mail.example.org:587", "Laravel 5 to 8 connects to mail.example.org:587 with STARTTLS; nothing is wrong with these settings", true},
		"host unknown": {read(func(s *evidence.Settings) { s.Host = evidence.Setting{Unknown: true} })(), ".env", "Laravel 5 to 8 connects to a server that is set elsewhere with STARTTLS; nothing is wrong with what can be read of these settings", true},
		"unreadable":   {unreadable(), "mail.db", "mail.db could not be looked at: it is no text", false},
	}
	for name, tt := range tests {
		s := Subject(tt.c)
		if s.Name != tt.name || s.Verdict != tt.verdict || s.Healthy != tt.healthy {
			t.Errorf("%s: %q, %q, healthy %v\nwant %q, %q, %v; findings %v", name, s.Name, s.Verdict, s.Healthy, tt.name, tt.verdict, tt.healthy, ids(s.Findings))
		}
	}
}

// TestProof: those who correct settings learn what works, and what does not.
func TestProof(t *testing.T) {
	t.Parallel()
	p := Proof(mission())
	works := []settings.Tried{{Port: 587, Mode: target.STARTTLS}, {Port: 465, Mode: target.Implicit}}
	if p.Host != "smtp-relay.brevo.com" || !slices.Equal(p.Works, works) {
		t.Errorf("works %v at %q, want %v", p.Works, p.Host, works)
	}
	if p := Proof(refused587()); len(p.Works) != 0 || !slices.Contains(p.Fails, settings.Tried{Port: 587}) {
		t.Errorf("refused: works %v, fails %v", p.Works, p.Fails)
	}
	if p := Proof(filtered587()); !slices.Equal(p.Works, []settings.Tried{{Port: 2525, Mode: target.STARTTLS}}) || !slices.Contains(p.Fails, settings.Tried{Port: 465, Mode: target.Implicit}) {
		t.Errorf("filtered: works %v, fails %v", p.Works, p.Fails)
	}
}
