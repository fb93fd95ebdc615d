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

// Why a check was not run on settings.
const (
	offline = "no server was contacted"
	unread  = "no settings were read"
	untold  = "nobody knows without asking what this port speaks"

	unsettled = "it cannot be told how the client is set"
)

// doubted is the confidence of what rests on a dialect that was written down from
// memory: such a finding is no error.
const doubted = 0.7

// judgeSettings says what the settings of an application tell, joined with what
// was seen of the server that they name.
func judgeSettings(f *facts.Facts) ([]report.Finding, []report.Outcome) {
	whole := f.Case
	f = serverOnly(f)
	live := len(f.Case.Sessions)+len(f.Case.Lookups) > 0
	findings, outcomes, said := []report.Finding{}, []report.Outcome{}, readAnswers(f)
	for _, c := range Catalogue() {
		told, outcome := c.settle(f.Case.Settings)
		if live {
			seen, o := c.run(f, said)
			if said.disprovedByLogin(c.ID) {
				o = report.Outcome{Check: c.ID, Status: report.Passed}
			}
			if o.Status == report.Passed && (disproved(c.ID) || said.disprovedByLogin(c.ID)) {
				told, outcome = nil, o
			}
			told, outcome = joined(f, c, told, seen), c.better(outcome, o)
		}
		told, outcome = c.withResend(whole, told, outcome)
		if len(told) > 0 {
			outcome = report.Outcome{Check: c.ID, Status: report.Found}
		}
		if c.ID == "setting-placeholder" && whole.Resend != nil {
			told = noteOf(told, slices.ContainsFunc(findings, func(f report.Finding) bool { return f.ID == "resend-key-invalid" && f.Severity == report.Error }))
		}
		if r := whole.Resend; outcome.Status == report.NotRun && outcome.Reason == offline && r != nil && len(r.Calls) > 0 {
			outcome.Reason = onlyResend
		}
		findings, outcomes = append(findings, told...), append(outcomes, outcome)
	}
	if live {
		findings, outcomes = oneCause(f, findings, outcomes)
	}
	slices.SortStableFunc(findings, report.WorstFirst)
	if live {
		findings, outcomes = closed(f, findings, outcomes)
	}
	return findings, outcomes
}

// settle judges the settings alone: the remarks on them that belong to the check,
// and what it finds itself.
func (c Check) settle(s *evidence.Settings) ([]report.Finding, report.Outcome) {
	var found []report.Finding
	for _, r := range s.Remarks {
		if r.Check == c.ID {
			found = append(found, remarked(spared(r, s)))
		}
	}
	why := offline
	if c.Settings != nil {
		var more []report.Finding
		if why, more = c.Settings(s); why == "" {
			found = merged(found, more)
		}
	}
	if !wasRead(s) {
		why = unread
	}
	for i := range found {
		if s.Doubt && found[i].Confidence == 0 { // the row of the dialect is from memory
			c.doubt(&found[i])
		}
		if found[i].Severity != report.Note || c.Severity == report.Note { // the check's own reason tells of a failure
			found[i].Detail = cmp.Or(found[i].Detail, c.Why)
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

// doubt makes a finding what one from memory may be.
func (c Check) doubt(f *report.Finding) {
	f.Confidence = doubted
	if f.Severity = cmp.Or(f.Severity, c.Severity); f.Severity == report.Error {
		f.Severity = report.Warning
	}
}

// wasRead reports whether there were settings at all: a file that could not be
// opened has a name and nothing else.
func wasRead(s *evidence.Settings) bool {
	obstacle := slices.ContainsFunc(s.Remarks, func(r evidence.Remark) bool { return r.Check == "settings-file-unreadable" })
	return len(s.Files) > 0 || s.Host.V != "" || s.Scope != "" || s.File != "" && !obstacle
}

// merged puts what a check finds by itself to the remarks that belong to it. One
// mistake is one finding: where the dialect has its own words for it, they stand,
// with the steps of the check.
func merged(remarks, own []report.Finding) []report.Finding {
	if len(remarks) == 0 || len(own) == 0 {
		return append(remarks, own...)
	}
	first := &remarks[0]
	first.Fix, first.Evidence = slices.Concat(own[0].Fix, first.Fix), slices.Concat(own[0].Evidence, first.Evidence)
	if first.Detail == "" {
		first.Detail = own[0].Detail
	}
	return append(remarks, own[1:]...)
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

// setup are the settings as the checks here read them.
type setup struct {
	*evidence.Settings
	port uint16
	want target.Mode // what the port has, as far as is known without asking
	p    *provider.Provider
}

func setupOf(s *evidence.Settings) setup {
	x := setup{Settings: s, port: portOf(s.Port.V)}
	if (s.Host.V != "" || s.Host.Unknown) && x.port != 0 {
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
		return unsettled
	}
	return ""
}

// settingQuote quotes the switches and the port as they stand.
func settingQuote(s *evidence.Settings) []report.Quote {
	var said []string
	if s.Mode.Says != "" {
		said = append(said, s.Mode.Says)
	}
	switch key := s.Port.From.Key; {
	case s.Port.Default || s.Port.V == "" || key == "": // it does not stand there
	case s.Port.From == s.Host.From || slices.Contains(s.Mode.Keys, s.Port.From): // one value holds both
		said = append(said, "port "+s.Port.V)
	default:
		said = append(said, key+"="+s.Port.V)
	}
	from := cmp.Or(s.File, s.Port.From.File)
	if len(said) == 0 || from == "" {
		return nil
	}
	return []report.Quote{{From: from, Text: strings.Join(said, ", ")}}
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

// why says what makes the switches mean that, behind a sentence.
func (x setup) why() string {
	if x.Settings.Mode.Why == "" {
		return ""
	}
	return " " + x.Settings.Mode.Why
}

func setImplicit(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if x.want == target.NoMode {
		return untold, nil
	}
	if x.Settings.Mode.Is != target.Implicit || x.want == target.Implicit {
		return "", nil
	}
	return "", one(report.Finding{
		Summary: fmt.Sprintf("Port %d starts in clear text (STARTTLS), and %s opens with TLS", x.port, cmp.Or(firstSwitch(s), "the client")),
		Detail: fmt.Sprintf("%s makes the client send a TLS ClientHello first. Port %d greets in clear text, and the client reads the greeting as a broken TLS record.%s%s",
			capital(x.what()), x.port, x.why(), printed("tls-on-starttls-port")),
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
		return untold, nil
	}
	if x.Settings.Mode.Is == target.Implicit || x.want != target.Implicit {
		return "", nil
	}
	return "", one(report.Finding{
		Summary: fmt.Sprintf("Port %d speaks TLS from the first byte, and the client is set to %s", x.port, modeWords(x.Settings.Mode.Is)),
		Detail: fmt.Sprintf("With %s the client waits for a greeting that never comes: the server waits for a TLS ClientHello.%s%s",
			x.what(), x.why(), printed("starttls-on-tls-port")),
		Fix: x.steps("Set the client to implicit TLS, or to port 587 with STARTTLS"), Source: switchOrigin(s), Evidence: settingQuote(s),
	})
}

// setDemandsNearby is a client that demands STARTTLS of this machine's own relay
// by default: such a relay has no TLS as a rule.
func setDemandsNearby(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if !target.Nearby(s.Host.V) {
		return offline, nil
	}
	if x.Settings.Mode.Is != target.STARTTLS || s.Mode.Says != "" || s.Want == nil {
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Warning, Confidence: 0.7, Source: switchOrigin(s),
		Summary: fmt.Sprintf("%s demands STARTTLS by default, and a relay on %s seldom offers it", s.App, s.Host.V),
		Detail:  "The relay of the machine itself has no certificate as a rule. A client that demands STARTTLS stops there.",
		Fix:     x.steps("Switch the demand for STARTTLS off for a relay on this machine"),
	})
}

func setCleartext(s *evidence.Settings) (string, []report.Finding) {
	x := setupOf(s)
	if why := x.smtpSet(); why != "" {
		return why, nil
	}
	if x.Settings.Mode.Is == target.Cleartext && x.want == target.NoMode && !target.Nearby(s.Host.V) {
		return untold, nil
	}
	if x.Settings.Mode.Is != target.Cleartext || x.want != target.STARTTLS || target.Nearby(s.Host.V) {
		return "", nil
	}
	if x.port == 25 && !s.Password.Set && s.User.V == "" {
		return "", nil // a relay that knows its clients by their address
	}
	f := report.Finding{
		Summary: fmt.Sprintf("%s is told to send without encryption", s.App), Source: switchOrigin(s), Evidence: settingQuote(s),
		Detail: fmt.Sprintf("With %s the client never uses TLS. On port %d most servers refuse that (530 Must issue a STARTTLS command first); where one does not, the password travels readable.%s", x.what(), x.port, x.why()),
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
	case target.MistypedPort(x.port) != 0:
		return "", one(report.Finding{Severity: report.Error, Confidence: 0.9, Summary: fmt.Sprintf("Port %d looks like a slip of the pen for %d", x.port, target.MistypedPort(x.port)),
			Detail: "No mail server is known to listen there.", Fix: x.steps(fmt.Sprintf("Set port %d", target.MistypedPort(x.port))), Source: portOrigin(s)})
	case x.p == nil:
		return "the host belongs to no known provider", nil
	case !x.p.Lacks(x.port) || !x.p.Trusted("no_ports"):
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Error, Summary: fmt.Sprintf("%s has no port %d", x.p.Name, x.port),
		Detail: sentence(cmp.Or(x.p.NoPortsNote, "Its documentation does not list it, and connections to it get no answer")),
		Fix:    x.steps(fmt.Sprintf("Set port %d with %s", x.p.Best().Port, modeWords(x.p.Best().Mode))), Source: portOrigin(s)})
}

func setLocalhost(s *evidence.Settings) (string, []report.Finding) {
	if s.Channel != "smtp" {
		return "this channel does not use SMTP", nil
	}
	if s.Host.V == "" {
		return "the settings name no host", nil
	}
	if !s.Host.Default || !s.Password.Set && s.User.V == "" || !target.Nearby(s.Host.V) {
		return "", nil
	}
	return "", one(report.Finding{Severity: report.Warning, Summary: fmt.Sprintf("No host is set: %s then connects to %s", s.App, s.Host.V), Source: originOf(evidence.Origin{File: s.File, Key: s.Host.From.Key}),
		Fix: []string{fmt.Sprintf("Set %s to the name of the mail server", s.Host.From.Key)}})
}

func setRanges(s *evidence.Settings) (string, []report.Finding) {
	switch {
	case s.AppVersion != "":
		return "the release is known", nil
	case s.Channel != "smtp":
		return "this channel does not use SMTP", nil
	}
	if len(s.Ranges) == 0 {
		return "", nil
	}
	parts := []string{"The newest: " + modeWords(s.Mode.Is)}
	for _, r := range s.Ranges {
		what := modeWords(r.Mode)
		if r.Refuses != "" {
			what = fmt.Sprintf("refused (%s)", strings.TrimSuffix(r.Refuses, "."))
		}
		parts = append(parts, fmt.Sprintf("%s: %s", r.Releases, what))
	}
	return "", one(report.Finding{Summary: fmt.Sprintf("Other releases of %s make something else of these settings", s.App), Source: originOf(evidence.Origin{File: s.File}),
		Detail: strings.Join(parts, "; ") + ".", Fix: []string{"Name the release with --app-version"}})
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

// noteOf makes findings notes where another finding is the alarm for the same
// mistake.
func noteOf(found []report.Finding, alarmed bool) []report.Finding {
	for i := range found {
		if alarmed {
			found[i].Severity = report.Note
		}
	}
	return found
}
