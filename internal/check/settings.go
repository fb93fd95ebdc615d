package check

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// offline is why a check that needs a server was not run on settings.
const offline = "no server was contacted"

// doubted is the confidence of what rests on a dialect that was written down from
// memory: such a finding is no error.
const doubted = 0.7

// judgeSettings says what the settings of an application tell, joined with what
// was seen of the server that they name.
func judgeSettings(f *facts.Facts) ([]report.Finding, []report.Outcome) {
	live := len(f.Case.Sessions)+len(f.Case.Lookups) > 0
	findings, outcomes := []report.Finding{}, []report.Outcome{}
	for _, c := range Catalogue() {
		told, outcome := c.settle(f.Case.Settings)
		if live {
			seen, o := c.run(f)
			told, outcome = joined(f, c, told, seen), better(outcome, o)
		}
		if len(told) > 0 {
			outcome = report.Outcome{Check: c.ID, Status: report.Found}
		}
		findings, outcomes = append(findings, told...), append(outcomes, outcome)
	}
	slices.SortStableFunc(findings, func(a, b report.Finding) int {
		return cmp.Or(cmp.Compare(b.Severity.Rank(), a.Severity.Rank()), cmp.Compare(b.Confidence, a.Confidence))
	})
	return findings, outcomes
}

// settle judges the settings alone: the remarks on them that belong to the check,
// and what it finds itself.
func (c Check) settle(s *evidence.Settings) ([]report.Finding, report.Outcome) {
	var found []report.Finding
	for _, r := range s.Remarks {
		if r.Check == c.ID {
			found = append(found, remarked(r))
		}
	}
	why := ""
	if c.Settings == nil {
		why = offline
	} else {
		var more []report.Finding
		if why, more = c.Settings(s); why == "" {
			found = append(found, more...)
		}
	}
	for i := range found {
		if s.Doubt && found[i].Severity != report.Note && c.Severity != report.Note && found[i].Confidence == 0 { // the row of the dialect is from memory
			found[i].Confidence = doubted
			if found[i].Severity == report.Error || found[i].Severity == "" && c.Severity == report.Error {
				found[i].Severity = report.Warning
			}
		}
		c.complete(&found[i], 0)
	}
	switch {
	case len(found) > 0:
		return found, report.Outcome{Check: c.ID, Status: report.Found}
	case why != "":
		return nil, report.Outcome{Check: c.ID, Status: report.NotRun, Reason: why}
	}
	return nil, report.Outcome{Check: c.ID, Status: report.Passed}
}

// remarked is a remark as a finding.
func remarked(r evidence.Remark) report.Finding {
	f := report.Finding{Severity: report.Severity(r.Severity), Confidence: r.Sure, Summary: r.Summary, Detail: r.Detail, Fix: r.Fix, Source: originOf(r.From)}
	if r.Quote != "" {
		f.Evidence = []report.Quote{{From: r.From.File, Text: r.Quote}}
	}
	return f
}

func originOf(o evidence.Origin) *report.Origin {
	if o == (evidence.Origin{}) {
		return nil
	}
	return &report.Origin{File: o.File, Line: o.Line, Column: o.Column, Key: o.Key}
}

// better is the outcome that says more: found, then passed, then not run.
func better(a, b report.Outcome) report.Outcome {
	rank := []report.Status{report.NotRun, report.Passed, report.Found}
	if slices.Index(rank, b.Status) >= slices.Index(rank, a.Status) {
		return b
	}
	return a
}

// joined puts together what the settings tell and what was seen of their server:
// one finding, with the setting to change and the proof.
func joined(f *facts.Facts, c Check, told, seen []report.Finding) []report.Finding {
	if len(seen) == 0 {
		return told
	}
	s := f.Case.Settings
	for i := range seen {
		x := &seen[i]
		switch {
		case len(told) > 0:
			x.Source, x.Fix = told[0].Source, slices.Concat(told[0].Fix, proofs(x.Fix))
			x.Evidence = slices.Concat(told[0].Evidence, x.Evidence)
		case s.Want != nil && about(c.ID):
			x.Source, x.Fix = switchOrigin(s), slices.Concat(s.Want.Steps, proofs(x.Fix))
			x.Evidence = slices.Concat(settingQuote(s), x.Evidence)
		}
		if len(told) > 0 && told[0].Severity == report.Error {
			x.Severity = report.Error
		}
	}
	if len(told) > 1 {
		return slices.Concat(seen, told[1:])
	}
	return seen
}

// about reports whether a finding is cured by another mode or port.
func about(id string) bool {
	return slices.Contains([]string{"tls-on-starttls-port", "tls-on-plaintext-server", "starttls-on-tls-port", "starttls-not-offered", "tls-required-by-server",
		"connection-refused", "connect-timeout-blocked-port", "auth-needs-tls", "wrong-protocol-imap-pop", "wrong-protocol-http", "wrong-protocol-other", "port-convention"}, id)
}

// proofs are the steps of a live finding that say what was tried.
func proofs(steps []string) []string {
	return slices.DeleteFunc(slices.Clone(steps), func(s string) bool { return !strings.Contains(s, "tried") })
}

// setup are the settings as the checks here read them.
type setup struct {
	*evidence.Settings
	port uint16
	want target.Mode // what the port has, as far as is known without asking
	p    *provider.Provider
}

func setupOf(s *evidence.Settings) setup {
	x := setup{Settings: s, port: portOf(s.Port.V)}
	if s.Host.V != "" && x.port != 0 {
		x.want = provider.Expected(s.Host.V, x.port)
	}
	x.p, _ = provider.ByHost(s.Host.V)
	return x
}

func portOf(s string) uint16 {
	n, err := strconv.ParseUint(strings.TrimSpace(s), 10, 16)
	if err != nil {
		return 0
	}
	return uint16(n)
}

// smtpSet is why nothing can be said of a connection: "" where host, port and
// mode are known.
func (x setup) smtpSet() string {
	switch {
	case x.Channel != "smtp":
		return "this channel does not use SMTP"
	case x.Host.V == "" && !x.Host.Unknown:
		return "the settings name no host"
	case x.port == 0:
		return "the settings name no port"
	case x.Settings.Mode.Is == target.NoMode, x.Settings.Mode.Is == target.Unknown:
		return "it cannot be told how the client is set"
	}
	return ""
}

// settingQuote quotes the switches and the port as they stand.
func settingQuote(s *evidence.Settings) []report.Quote {
	text := strings.TrimPrefix(s.Mode.Says+", "+s.Port.From.Key+"="+s.Port.V, ", ")
	if s.Port.From.Key == "" {
		text = s.Mode.Says
	}
	if text == "" || s.File == "" {
		return nil
	}
	return []report.Quote{{From: s.File, Text: text}}
}

// switchOrigin is where to look for the mode: the first switch that is set, else
// the port, else the host.
func switchOrigin(s *evidence.Settings) *report.Origin {
	if len(s.Mode.Keys) > 0 && s.Mode.Keys[0].File != "" {
		return originOf(s.Mode.Keys[0])
	}
	for _, o := range []evidence.Origin{s.Port.From, s.Host.From} {
		if o.File != "" {
			return originOf(o)
		}
	}
	return originOf(evidence.Origin{File: s.File, Key: s.Host.From.Key})
}

// steps are what to change, with what the check says else.
func (x setup) steps(otherwise ...string) []string {
	if x.Want != nil && len(x.Want.Steps) > 0 {
		return slices.Clone(x.Want.Steps)
	}
	return otherwise
}

// what says the mode in the words of the settings: "MAIL_SCHEME=smtps (implicit TLS)".
func (x setup) what() string {
	words := modeWords(x.Settings.Mode.Is)
	if x.Settings.Mode.Says == "" {
		return "what is taken by default (" + words + ")"
	}
	return fmt.Sprintf("%s (%s)", x.Settings.Mode.Says, words)
}

func setImplicit(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if x.want == target.NoMode {
		return "nobody knows without asking what this port speaks", nil
	}
	if x.Settings.Mode.Is != target.Implicit || x.want == target.Implicit {
		return "", nil
	}
	return "", one(report.Finding{
		Summary: fmt.Sprintf("Port %d starts in clear text (STARTTLS), and %s opens with TLS", x.port, cmp.Or(firstSwitch(s), "the client")),
		Detail: fmt.Sprintf("%s makes the client send a TLS ClientHello first. Port %d greets in clear text, and the client reads the greeting as a broken TLS record.%s",
			capital(x.what()), x.port, printed("tls-on-starttls-port")),
		Fix: x.steps(fmt.Sprintf("Set the client to STARTTLS on port %d, or to port 465 with implicit TLS", x.port)), Source: switchOrigin(s), Evidence: settingQuote(s),
	})
}

func capital(s string) string {
	if strings.HasPrefix(s, "what") {
		return "W" + s[1:]
	}
	return s
}

// firstSwitch is the name of the switch that is set first, "" for none.
func firstSwitch(s *evidence.Settings) string {
	if len(s.Mode.Keys) > 0 {
		return s.Mode.Keys[0].Key
	}
	return ""
}

func setNotImplicit(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if x.want == target.NoMode {
		return "nobody knows without asking what this port speaks", nil
	}
	if x.Settings.Mode.Is == target.Implicit || x.want != target.Implicit {
		return "", nil
	}
	return "", one(report.Finding{
		Summary: fmt.Sprintf("Port %d speaks TLS from the first byte, and the client is set to %s", x.port, modeWords(x.Settings.Mode.Is)),
		Detail: fmt.Sprintf("With %s the client waits for a greeting that never comes: the server waits for a TLS ClientHello.%s",
			x.what(), printed("starttls-on-tls-port")),
		Fix: x.steps("Set the client to implicit TLS, or to port 587 with STARTTLS"), Source: switchOrigin(s), Evidence: settingQuote(s),
	})
}

func setCleartext(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if x.Settings.Mode.Is != target.Cleartext || x.want != target.STARTTLS || target.Nearby(s.Host.V) {
		return "", nil
	}
	if x.port == 25 && !s.Password.Set && s.User.V == "" {
		return "", nil // a relay that knows its clients by their address
	}
	f := report.Finding{
		Summary: fmt.Sprintf("%s is told to send without encryption", s.App), Source: switchOrigin(s), Evidence: settingQuote(s),
		Detail: fmt.Sprintf("With %s the client never uses TLS. On port %d most servers refuse that (530 Must issue a STARTTLS command first); where one does not, the password travels readable.", x.what(), x.port),
		Fix:    x.steps(fmt.Sprintf("Set the client to STARTTLS on port %d", x.port)),
	}
	if x.p != nil && x.p.TLS.Required == provider.Yes || x.port == 587 || x.port == 2587 {
		f.Severity = report.Error
	}
	return "", one(f)
}

func setOpportunistic(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if x.Settings.Mode.Is != target.Opportunistic || !s.Password.Set || target.Nearby(s.Host.V) {
		return "", nil
	}
	return "", one(report.Finding{
		Summary: "STARTTLS is used if it is offered, and not demanded", Source: switchOrigin(s),
		Detail: fmt.Sprintf("Whoever stands between %s and %s can take the offer out of the server's answer. The password then travels readable.", s.App, s.Host.V),
	})
}

// setOtherService is the ports of other services.
func setOtherService(names ...string) func(*evidence.Settings) (string, []report.Finding) {
	return func(s *evidence.Settings) (string, []report.Finding) {
		x := setupOf(s)
		if s.Channel != "smtp" || x.port == 0 {
			return "the settings name no port", nil
		}
		service, detail := target.OtherService(x.port), "Mail is submitted to port 465 or 587."
		if right := target.CatcherPort(s.Host.V, x.port); right != 0 {
			service, detail = "HTTP", fmt.Sprintf("It is the web page of a mail catcher; SMTP is on port %d.", right)
		}
		if service == "" || !slices.Contains(names, service) {
			return "", nil
		}
		return "", one(report.Finding{Severity: report.Error, Summary: fmt.Sprintf("Port %d is for %s, not for sending mail", x.port, service), Detail: detail,
			Fix: x.steps("Set port 465 with implicit TLS, or port 587 with STARTTLS"), Source: portOrigin(s), Evidence: settingQuote(s)})
	}
}

func portOrigin(s *evidence.Settings) *report.Origin {
	if s.Port.From.File != "" {
		return originOf(s.Port.From)
	}
	return switchOrigin(s)
}

func setProviderPort(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	switch {
	case s.Channel != "smtp" || x.port == 0:
		return "the settings name no port", nil
	case x.p == nil:
		return "the host belongs to no known provider", nil
	case !x.p.Lacks(x.port) || !x.p.Trusted("no_ports"):
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Error, Summary: fmt.Sprintf("%s has no port %d", x.p.Name, x.port),
		Detail: sentence(cmp.Or(x.p.NoPortsNote, "Its documentation does not list it, and connections to it get no answer")),
		Fix:    x.steps(fmt.Sprintf("Set port %d with %s", x.p.Best().Port, modeWords(x.p.Best().Mode))), Source: portOrigin(s)})
}

func setPasswordKind(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	switch {
	case !s.Password.Set || s.Password.Unknown:
		return "the settings hold no password", nil
	case x.p == nil:
		return "the host belongs to no known provider", nil
	case s.Password.Wrong == "":
		return "", nil
	}
	return "", one(report.Finding{Summary: fmt.Sprintf("%s has the form of %s", cmp.Or(s.Password.From.Key, "The password"), s.Password.Wrong),
		Detail: fmt.Sprintf("%s wants another secret for SMTP: %s. %s", x.p.Name, cmp.Or(x.p.Password.Kind, "the SMTP password of the account"), sentence(x.p.Password.Note)),
		Fix:    []string{fmt.Sprintf("Set %s to what %s wants: %s", s.Password.From.Key, x.p.Name, cmp.Or(x.p.Password.Kind, "the SMTP password of the account"))}, Source: originOf(s.Password.From)})
}

func setCredentials(s *evidence.Settings) (string, []report.Finding) {
	if s.Channel != "smtp" || s.Host.V == "" {
		return "the settings name no server", nil
	}
	userSet, passKnown := hasValue(s.User), s.Password.From.File != ""
	if !userSet || s.Password.Set || !passKnown || s.Login == "off" {
		return "", nil
	}
	return "", one(report.Finding{Summary: fmt.Sprintf("%s is empty, though a user name is set", s.Password.From.Key), Source: originOf(s.Password.From),
		Detail: "The login fails, or does not take place, and the server refuses the mail."})
}

func hasValue(s evidence.Setting) bool { return !s.Default && (s.V != "" || s.Unknown) }

func setPlaceholder(s *evidence.Settings) (string, []report.Finding) {
	var out []report.Finding
	for _, p := range []evidence.Secret{s.Password, s.APIKey} {
		if p.Placeholder {
			out = append(out, report.Finding{Summary: p.From.Key + " looks like the placeholder of an example", Source: originOf(p.From),
				Fix: []string{"Set " + p.From.Key + " to the real secret"}})
		}
	}
	return "", out
}

func setSender(s *evidence.Settings) (string, []report.Finding) {
	addr := addressOf(s.From.V)
	if addr == "" || s.From.Unknown || s.From.Default {
		return "the settings name no sender that can be read", nil
	}
	_, domain, _ := strings.Cut(addr, "@")
	x := setupOf(s)
	delivers := s.Channel == "resend" || x.p != nil && x.p.Kind == provider.Transactional
	if p, ok := provider.ByDomain(domain); !ok || !delivers || p.Kind != provider.Mailbox {
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Error, Summary: fmt.Sprintf("From is at %s, a domain that cannot be verified at a provider for applications", domain), Source: originOf(s.From.From),
		Detail: "The provider sends only for domains that the account has verified in DNS. Nobody but its owner can do that for a public mailbox domain.",
		Fix:    []string{fmt.Sprintf("Set %s to an address at a domain of your own that is verified with the provider", s.From.From.Key)}})
}

func setTestSender(s *evidence.Settings) (string, []report.Finding) {
	addr := addressOf(s.From.V)
	if addr == "" {
		return "the settings name no sender that can be read", nil
	}
	if !strings.HasSuffix(addr, "@resend.dev") {
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Warning, Summary: "From is at resend.dev: mail reaches the owner of the account alone", Source: originOf(s.From.From)})
}

// addressOf is the address of a From, in lower case; "" where there is none.
func addressOf(from string) string {
	if i, j := strings.LastIndexByte(from, '<'), strings.LastIndexByte(from, '>'); i >= 0 && j > i {
		from = from[i+1 : j]
	}
	from = strings.ToLower(strings.TrimSpace(from))
	if strings.Count(from, "@") != 1 || strings.ContainsAny(from, " ${") {
		return ""
	}
	return from
}

func setLocalhost(s *evidence.Settings) (string, []report.Finding) {
	if s.Channel != "smtp" {
		return "this channel does not use SMTP", nil
	}
	if !s.Host.Default || !s.Password.Set && s.User.V == "" || !target.Nearby(s.Host.V) {
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Warning, Summary: fmt.Sprintf("No host is set: %s then connects to %s", s.App, s.Host.V), Source: originOf(evidence.Origin{File: s.File, Key: s.Host.From.Key}),
		Fix: []string{fmt.Sprintf("Set %s to the name of the mail server", s.Host.From.Key)}})
}

func setKeptKey(s *evidence.Settings) (string, []report.Finding) {
	if s.Channel != "resend" {
		return "the settings hold no Resend API key", nil
	}
	if s.InForce || !s.APIKey.Set {
		return "", nil
	}
	name := s.APIKey.From.Key
	if s.APIKey.Prefix != "" {
		name += " (" + s.APIKey.Prefix + "...)"
	}
	return "", one(report.Finding{Summary: name + " is kept, though Resend is not in force", Source: originOf(s.APIKey.From),
		Detail: fmt.Sprintf("%s. The key goes on working at Resend for whoever reads it.", capitalise(cmp.Or(s.Idle, "another way to send is chosen"))),
		Fix: []string{
			fmt.Sprintf("Remove %s where Resend is not to be used again", s.APIKey.From.Key),
			"Delete the key at https://resend.com/api-keys and make a new one where others may have read it",
		}})
}

func capitalise(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func setRanges(s *evidence.Settings) (string, []report.Finding) {
	if s.AppVersion != "" {
		return "the release is known", nil
	}
	if len(s.Ranges) == 0 {
		return "", nil
	}
	var parts []string
	for _, r := range s.Ranges {
		if r.Refuses != "" {
			parts = append(parts, fmt.Sprintf("%s: refused (%s)", r.Releases, r.Refuses))
			continue
		}
		parts = append(parts, fmt.Sprintf("%s: %s", r.Releases, modeWords(r.Mode)))
	}
	return "", one(report.Finding{Summary: fmt.Sprintf("Other releases of %s make something else of these settings", s.App), Source: originOf(evidence.Origin{File: s.File}),
		Detail: fmt.Sprintf("The newest: %s. %s.", modeWords(s.Mode.Is), strings.Join(parts, "; ")), Fix: []string{"Name the release with --app-version"}})
}

func setPort25(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if x.port != 25 || !s.Password.Set || target.Nearby(s.Host.V) {
		return "", nil
	}
	return "", one(report.Finding{Summary: "Port 25 is for servers among themselves; many hosts block it for others", Source: portOrigin(s),
		Fix: []string{"Use port 587 or 465 of the same server"}})
}
