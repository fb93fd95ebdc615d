package render

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
)

// How much of a Resend account is shown when not everything is asked for.
const (
	fewDomains = 8
	fewRunes   = 60 // of a record's value: DKIM keys are long
)

// resendRows are the requests to Resend and what came of them. What DNS was asked
// for stands with the records, and in full only with everything.
func resendRows(s report.Subject, o Options) []row {
	r := s.Resend
	if r == nil {
		return nil
	}
	key := r.Key.Prefix
	if r.Key.From != "" {
		key = strings.TrimSpace(key + " from " + r.Key.From)
	}
	rows := []row{{label: "key", text: strings.TrimPrefix(key+": "+r.Key.Why, ": ")}}
	if r.Base != "" && len(r.Calls) > 0 {
		rows = append(rows, row{label: "asked", text: r.Base})
	}
	for _, c := range r.Calls {
		rows = append(rows, row{label: c.Method + " " + path(c.Path), took: tookMS(&c.MS), text: callText(c), bad: c.Status == 0 || c.Status >= 400 && c.Error != "restricted_api_key"})
	}
	if l := r.RateLimit; l != nil {
		rows = append(rows, row{label: "rate limit", text: fmt.Sprintf("%s in %s for the whole team, %s left", l.Limit, seconds(l.Reset), cmp.Or(l.Remaining, "?"))})
	}
	if q := r.Quota; q != nil {
		var used []string
		if q.DailyUsed != "" {
			used = append(used, q.DailyUsed+" today")
		}
		if q.MonthlyUsed != "" {
			used = append(used, q.MonthlyUsed+" this month")
		}
		rows = append(rows, row{label: "quota used", text: strings.Join(used, ", ")})
	}
	if r.Sent != nil {
		rows = append(rows, row{label: "sent", text: fmt.Sprintf("%s to %s", r.Sent.ID, orNone(some(r.Sent.To, o.limit(fewNames))))})
	}
	if o.Verbose && s.Kind == "resend" {
		rows = append(rows, dnsRows(s.Lookups)...)
	}
	return rows
}

// seconds is the window of a rate limit.
func seconds(reset string) string {
	if reset == "" || reset == "1" {
		return "a second"
	}
	return reset + " seconds"
}

// path is the part of a request's path that names the call: ids are of no use to a
// reader.
func path(p string) string {
	p, _, _ = strings.Cut(p, "?")
	if parts := strings.SplitN(p, "/", 3); len(parts) == 3 && parts[2] != "" {
		return "/" + parts[1] + "/:id"
	}
	return p
}

func callText(c report.ResendCall) string {
	text := strings.TrimSpace(c.Error + " " + c.Message)
	switch {
	case c.Status == 0 && c.Message != "":
		return c.Message
	case c.Status == 0:
		return cmp.Or(c.Error, "no answer")
	case text == "":
		return fmt.Sprint(c.Status)
	case c.Error != "" && c.Message != "":
		text = c.Error + ": " + c.Message
	}
	return fmt.Sprintf("%d %s", c.Status, text)
}

// dnsRows are the look-ups one by one.
func dnsRows(all []evidence.Lookup) []row {
	var rows []row
	for _, l := range all {
		if l.Skipped != "" {
			continue
		}
		text, bad := strings.Join(l.TXT, " | "), false
		if text == "" {
			text = lookupText(l)
			bad = len(l.Addrs)+len(l.MX)+len(l.Chain) == 0
		}
		if l.Kind == "cname" && len(l.Chain) > 0 {
			text = strings.Join(l.Chain, ", ")
		}
		rows = append(rows, row{label: "DNS", took: took(l.Took), text: fmt.Sprintf("%s %s: %s", l.Name, lookupKind(l.Kind), short(text, Options{Verbose: true})), bad: bad})
	}
	return rows
}

// lookupKind is what was asked for.
func lookupKind(kind string) string {
	if kind == "address" {
		return "A, AAAA"
	}
	return strings.ToUpper(kind)
}

// short cuts the words of a value that are too long for a line, such as a DKIM key,
// unless everything is shown. What can be wrapped stays whole.
func short(s string, o Options) string {
	if o.Verbose {
		return s
	}
	words := strings.Split(s, " ")
	for i, w := range words {
		if r := []rune(w); len(r) > fewRunes {
			words[i] = string(r[:fewRunes]) + "..."
		}
	}
	return strings.Join(words, " ")
}

func domainRows(r *report.Resend) []row {
	var rows []row
	for _, d := range r.Domains {
		text := strings.ReplaceAll(cmp.Or(d.Status, "unknown"), "_", " ")
		if d.Status == "unknown" {
			text = "not known to be in the account"
		}
		if d.Region != "" {
			text += ", " + d.Region
		}
		if d.Sending != "" {
			text += ", sending " + d.Sending
		}
		if d.FromFits {
			text += "; From is at this domain"
		}
		rows = append(rows, row{label: d.Name, text: text, bad: d.Status == "failed" || d.Sending == "disabled"})
	}
	return rows
}

// recordRows are the records of a domain as DNS has them.
func recordRows(d report.ResendDomain, o Options) []row {
	var rows []row
	for _, r := range d.Records {
		text := fmt.Sprintf("%s %s", r.Name, r.Type)
		if r.Seen != "" {
			text += ": " + short(r.Seen, o)
		}
		if (r.DNS == "wrong" || r.DNS == "missing") && r.Value != "" {
			text += "; wanted: " + short(r.Value, o)
		}
		if r.APIStatus != "" {
			text += fmt.Sprintf(" (%s at Resend)", strings.ReplaceAll(r.APIStatus, "_", " "))
		}
		rows = append(rows, row{label: strings.ReplaceAll(r.DNS, "-", " "), text: text, bad: r.DNS == "missing" || r.DNS == "wrong"})
	}
	return rows
}

func portRows(r *report.Resend) []row {
	var rows []row
	for _, p := range r.SMTP {
		parts := []string{cmp.Or(p.Seen, p.Reach, "not tried")}
		switch p.Mode {
		case "implicit":
			parts = append(parts, "implicit TLS")
		case "starttls":
			parts = append(parts, "STARTTLS")
		case "cleartext":
			parts = append(parts, "clear text")
		}
		login := "no login tried"
		if p.Login != "" && p.Login != "not-tried" {
			login = "login " + p.Login
		}
		rows = append(rows, row{label: fmt.Sprint(p.Port), took: tookMS(p.MS), text: strings.Join(append(parts, login), ", "), bad: p.Reach != "open" || p.Seen != "" || p.Login == "refused"})
	}
	return rows
}

// smtpNote is what stands below the ports: why there are none, or what they prove.
func smtpNote(r *report.Resend) string {
	switch {
	case len(r.SMTP) > 0:
		return r.Remark
	case r.SMTPOff != "":
		return "SMTP was not looked at: " + r.SMTPOff + "."
	}
	return ""
}

// resend writes the domains, their records and the SMTP ports.
func (t *printer) resend(r *report.Resend) {
	if r == nil {
		return
	}
	if rows := domainRows(r); len(rows) > 0 {
		t.heading("Domains at Resend")
		if n := len(rows) - fewDomains; n > 0 && !t.o.Verbose {
			rows = append(rows[:fewDomains], row{text: fmt.Sprintf("%d more with -v", n)})
		}
		t.rows(rows)
		if r.Partial {
			t.hang("  ", nil, "There are more domains than were listed.", t.dim)
		}
	}
	for _, d := range r.Domains {
		if rows := recordRows(d, t.o); len(rows) > 0 {
			t.heading("DNS records of " + d.Name)
			t.rows(rows)
		}
	}
	if rows := portRows(r); len(rows) > 0 {
		t.heading("SMTP at smtp.resend.com")
		t.rows(rows)
	}
	if note := smtpNote(r); note != "" {
		t.blank()
		t.hang("  ", nil, note, t.dim)
	}
}

func (m *markdown) resend(r *report.Resend) {
	if r == nil {
		return
	}
	table := func(title string, head [2]string, rows []row) {
		if len(rows) == 0 {
			return
		}
		for i := range rows {
			rows[i].label, rows[i].text = mdText(rows[i].label), mdText(rows[i].text)
			if rows[i].took != "" {
				rows[i].text += ", " + rows[i].took
			}
		}
		m.block("### %s", title)
		m.table(head, rows)
	}
	table("Domains at Resend", [2]string{"domain", "state"}, domainRows(r))
	for _, d := range r.Domains {
		table("DNS records of "+mdText(d.Name), [2]string{"DNS", "record"}, recordRows(d, m.o))
	}
	table("SMTP at smtp.resend.com", [2]string{"port", "seen"}, portRows(r))
	if note := smtpNote(r); note != "" {
		m.block("%s", mdText(note))
	}
}
