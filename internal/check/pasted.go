package check

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/symptom"
	"github.com/maildoctor/maildoctor/internal/target"
)

// How sure the causes of a text are when a probe was held beside it.
const (
	confirmed = 0.99
	ruledOut  = 0.05
)

// judgePasted says what an error text means. Its findings are all errors: what
// the text tells of did not arrive. Where the server was probed, too, what was
// seen settles the causes.
func judgePasted(f *facts.Facts) ([]report.Finding, []report.Outcome) {
	r := symptom.Read(f.Case.Pasted.Text)
	findings := make([]report.Finding, 0, len(r.Causes))
	for i, cause := range r.Causes {
		if c, ok := ByID(cause.ID); ok {
			findings = append(findings, told(f, c, r, i))
		}
	}
	if len(f.Case.Sessions)+len(f.Case.Lookups) > 0 {
		return decide(f, findings)
	}
	return findings, textOutcomes(findings)
}

// textOutcomes: a text shows what went wrong, never that something is in order.
func textOutcomes(findings []report.Finding) []report.Outcome {
	var out []report.Outcome
	for _, c := range Catalogue() {
		o := report.Outcome{Check: c.ID, Status: report.NotRun, Reason: "the text does not speak of it"}
		if has(findings, c.ID) {
			o = report.Outcome{Check: c.ID, Status: report.Found}
		}
		out = append(out, o)
	}
	return out
}

func has(findings []report.Finding, id string) bool {
	return slices.ContainsFunc(findings, func(f report.Finding) bool { return f.ID == id })
}

// told is the finding of the i-th cause of a reading.
func told(f *facts.Facts, c Check, r symptom.Reading, i int) report.Finding {
	cause := r.Causes[i]
	out := report.Finding{Severity: report.Error, Confidence: cause.Confidence, Summary: c.Title, Detail: c.Why, Evidence: quoteLine(f, cause)}
	if i > 0 {
		out.Detail, out.Fix = c.Tell, c.Fix[:1]
	} else {
		out.Fix = append(loneName(c.ID, r.Context), forProvider(r.Context.Provider, modeFix(c, r.Context))...)
		if cause.Row >= 0 && symptom.Rows[cause.Row].Fix != "" {
			out.Fix = prepend(symptom.Rows[cause.Row].Fix, out.Fix)
		}
		if said, ok := provider.Said(r.Context.Provider, f.Case.Pasted.Text); ok {
			out.Detail = providerWords(r.Context.Provider, said) + " " + out.Detail
			out.Fix = prepend(sentenceOpen(said.Fix), out.Fix)
		}
	}
	c.complete(&out, 0)
	return out
}

func prepend(first string, rest []string) []string {
	if first == "" {
		return rest
	}
	return slices.Insert(slices.Clone(rest), 0, first)
}

// sentenceOpen begins a step of the provider table with a capital.
func sentenceOpen(s string) string { return strings.TrimSuffix(sentence(s), ".") }

// providerWords is what the provider means by its own words.
func providerWords(id string, said provider.Rejection) string {
	name := id
	if p, ok := provider.ByID(id); ok {
		name = p.Name
	}
	if said.Meaning == "" {
		return fmt.Sprintf("These are words of %s.", name)
	}
	return fmt.Sprintf("%s says this for: %s.", name, strings.TrimSuffix(said.Meaning, "."))
}

// modeFix is what to change where the text names the server and so settles
// which port and which mode; the steps of the check where it does not.
func modeFix(c Check, ctx symptom.Context) []string {
	switch {
	case ctx.Host == "":
	case c.ID == "tls-on-starttls-port":
		return []string{
			fmt.Sprintf("Keep port %d and set the client to STARTTLS (what applications call TLS, secure: false or smtp://)", cmp.Or(ctx.Port, 587)),
			"Or keep implicit TLS and set the port that speaks it, by convention 465",
		}
	case c.ID == "starttls-on-tls-port":
		return []string{
			fmt.Sprintf("Keep port %d and set the client to implicit TLS (what applications call SSL, SMTPS or secure: true)", cmp.Or(ctx.Port, 465)),
			"Or keep STARTTLS and set the port that speaks it, by convention 587",
		}
	}
	return c.Fix
}

// loneName is what to look at first where a name without a dot is not found: it
// is that of a container or of a machine of the own network.
func loneName(id string, ctx symptom.Context) []string {
	if id != "dns-no-such-host" && id != "dns-timeout" && id != "client-config-invalid" || ctx.Host == "" || strings.ContainsAny(ctx.Host, ".:") || ctx.Host == "localhost" {
		return nil
	}
	return []string{fmt.Sprintf("%q has no dot: it is the name of a service of Docker or of a machine nearby. See that it runs and that the application is in the same network, or set the full name of the mail server", ctx.Host)}
}

// called are names that steps begin with and the provider table does not.
var called = map[string]string{"Google": "gmail", "Microsoft 365": "microsoft365", "Outlook.com": "outlook-com", "Amazon SES": "amazon-ses", "163": "netease", "126": "netease"}

// forProvider leaves out the steps for other providers than the one the text
// speaks of, if it speaks of one.
func forProvider(id string, steps []string) []string {
	if id == "" {
		return steps
	}
	return slices.DeleteFunc(slices.Clone(steps), func(step string) bool {
		names, _, ok := strings.Cut(step, ":")
		if !ok || len(names) > 60 {
			return false
		}
		known, own := false, false
		for name := range strings.FieldsFuncSeq(names, func(r rune) bool { return r == ',' || r == '(' }) {
			of := providerCalled(strings.TrimSpace(name))
			known = known || of != ""
			own = own || of != "" && strings.HasPrefix(id, of)
		}
		return known && !own
	})
}

// providerCalled is the id of the provider with this name, or "".
func providerCalled(name string) string {
	if id, ok := called[name]; ok {
		return id
	}
	if p, ok := provider.ByID(strings.ToLower(strings.ReplaceAll(name, " ", "-"))); ok {
		return p.ID
	}
	return ""
}

// quoteLine quotes the line that tells, around the words that do.
func quoteLine(f *facts.Facts, c symptom.Cause) []report.Quote {
	if c.Line == 0 {
		return nil
	}
	text, words := excerpt(c.Text, c.From, c.To)
	line := c.Line + max(f.Case.Pasted.Line, 1) - 1
	return []report.Quote{{From: fmt.Sprintf("line %d", line), Text: text, Match: words}}
}

// beside is how much of a line is quoted on either side of the words that tell.
const beside = 100

// excerpt cuts a line of any length to what stands around the words.
func excerpt(line string, from, to int) (text, words string) {
	start, end := max(from-beside, 0), min(to+beside, len(line))
	if blank := strings.IndexByte(line[start:from], ' '); start > 0 && blank >= 0 {
		start += blank
	}
	for start > 0 && !utf8.RuneStart(line[start]) {
		start--
	}
	for end < len(line) && !utf8.RuneStart(line[end]) {
		end++
	}
	text = strings.TrimSpace(line[start:end])
	if start > 0 {
		text = "…" + text
	}
	if end < len(line) && strings.TrimSpace(line[end:]) != "" {
		text += "…"
	}
	return text, line[from:to]
}

// decide lets a probe decide between the causes of a text: what was seen is
// confirmed and comes first, what was looked at and found in order is ruled
// out, and what else stops the mail is added.
func decide(f *facts.Facts, causes []report.Finding) ([]report.Finding, []report.Outcome) {
	seen, outcomes := judgeSeen(f)
	var all []report.Finding
	for _, live := range seen {
		switch {
		case has(causes, live.ID):
			live.Severity, live.Confidence = report.Error, confirmed
			live.Evidence = slices.Concat(of(causes, live.ID).Evidence, live.Evidence)
			all = append(all, live)
		case live.Severity == report.Error:
			all = append(all, live)
		}
	}
	for _, t := range causes {
		if has(all, t.ID) {
			continue
		}
		if status(outcomes, t.ID) == report.Passed {
			t.Confidence = ruledOut
			t.Detail = "Ruled out here and now: the probe looked at it and found it in order. " + t.Detail
		}
		all = append(all, t)
	}
	slices.SortStableFunc(all, func(a, b report.Finding) int { return cmp.Compare(b.Confidence, a.Confidence) })
	for i, o := range outcomes {
		if o.Status != report.Found && has(causes, o.Check) {
			outcomes[i] = report.Outcome{Check: o.Check, Status: report.Found}
		}
	}
	return all, outcomes
}

func of(findings []report.Finding, id string) report.Finding {
	return findings[slices.IndexFunc(findings, func(f report.Finding) bool { return f.ID == id })]
}

func status(outcomes []report.Outcome, id string) report.Status {
	return outcomes[slices.IndexFunc(outcomes, func(o report.Outcome) bool { return o.Check == id })].Status
}

// pastedSubject says all about an error text.
func pastedSubject(f *facts.Facts) report.Subject {
	findings, outcomes := judgePasted(f)
	r := symptom.Read(f.Case.Pasted.Text)
	s := report.Subject{
		Kind: "error-text", Name: f.Case.Pasted.Name, Cut: f.Case.Cut,
		Findings: findings, Outcomes: outcomes, Sessions: f.Case.Sessions, Lookups: f.Case.Lookups,
		Verdict: pastedVerdict(findings),
	}
	if len(findings) > 0 {
		s.Context = contextOf(r.Context)
		s.Next = next(r)
	}
	if len(f.Case.Sessions)+len(f.Case.Lookups) > 0 {
		s.Endpoint, s.Use = endpoint(f, findings), use(f)
	}
	return s
}

func contextOf(c symptom.Context) *report.Context {
	return &report.Context{Stack: c.Stack, Provider: c.Provider, Host: c.Host, Port: c.Port, Mode: c.Mode}
}

// pastedVerdict is the answer in one line, with how sure it is.
func pastedVerdict(findings []report.Finding) string {
	if len(findings) == 0 {
		return "nothing in this text tells of mail that was not sent"
	}
	first := findings[0]
	return fmt.Sprintf("%s (%s)", report.Within(first.Summary), howSure(first.Confidence))
}

func howSure(confidence float64) string {
	switch {
	case confidence >= confirmed:
		return "confirmed by the probe"
	case confidence >= 0.9:
		return "almost certain"
	case confidence >= 0.7:
		return "likely"
	case confidence > 0.5:
		return "possible"
	}
	return "a guess"
}

// ProbeOf is the server that a text names, to be probed as the client that it
// shows; false when it names none that can be probed.
func ProbeOf(pasted string) (target.Target, target.Mode, bool) {
	return probeOf(symptom.Read(pasted))
}

func probeOf(r symptom.Reading) (target.Target, target.Mode, bool) {
	c := r.Context
	host, port := c.Host, c.Port
	if host == "" {
		p, ok := provider.ByID(c.Provider)
		if !ok || len(p.Hosts) == 0 || strings.Contains(p.Hosts[0], "*") || len(r.Causes) == 0 {
			return target.Target{}, target.NoMode, false
		}
		host, port = p.Hosts[0], cmp.Or(port, p.Best().Port)
	}
	t, err := target.Parse(host)
	if err != nil || t.Mail != "" {
		return target.Target{}, target.NoMode, false
	}
	t.Port = port
	mode := c.Mode
	if port == 0 {
		mode = target.NoMode // every port is tried, each as what it is
	}
	return t, mode, true
}

// next are the commands that prove what a text only tells.
func next(r symptom.Reading) []string {
	t, mode, ok := probeOf(r)
	if !ok {
		return []string{}
	}
	command := "maildoctor probe " + t.Name()
	if t.Port == 0 {
		command = "maildoctor probe " + t.Host
	}
	if mode != target.NoMode {
		command += " --as " + string(mode)
	}
	return []string{command}
}
