package render

import (
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// settingsRows are an application's settings as it reads them.
func settingsRows(s *report.Settings) []row {
	if s == nil || s.Channel == "" {
		return nil
	}
	app := s.App
	if s.AppVersion != "" {
		app += ", release " + s.AppVersion
	}
	rows := []row{{label: "Application", text: app}}
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, row{label: label, text: text})
		}
	}
	add("File", s.File)
	add("Part", s.Scope)
	add("Sends by", channelWords(s))
	if s.Channel == "smtp" {
		server := s.Host
		if s.Host != "" && s.Port != 0 {
			server = target.Join(s.Host, s.Port)
		}
		add("Server", server)
		mode := modeWords(s.Mode)
		if s.Says != "" {
			mode += ", by " + s.Says
		}
		add("Encryption", mode)
		add("User name", s.Username)
		add("Password", setOrNot(s.PasswordSet))
	}
	if s.Channel == "resend" || s.Channel == "api" {
		add("API key", setOrNot(s.APIKeySet))
	}
	add("From", s.From)
	return rows
}

// channelWords says how the application sends, and why it does not.
func channelWords(s *report.Settings) string {
	channel := s.Channel
	switch s.Channel {
	case "smtp":
		channel = "SMTP"
	case "resend":
		channel = "the API of Resend"
	case "api":
		channel = "the API of its provider"
	}
	switch {
	case s.InForce:
		return channel
	case s.Idle == "":
		return channel + ", which is not in force"
	}
	return channel + ", which is not in force: " + s.Idle
}

func setOrNot(set bool) string {
	if set {
		return "set"
	}
	return "not set here"
}

// settings writes what the application reads.
func (t *printer) settings(s report.Subject) {
	if rows := settingsRows(s.Settings); len(rows) > 0 {
		t.heading("Read from the settings")
		t.rows(rows)
	}
}

// correction writes the lines to change, as a diff without lines around them.
func (t *printer) correction(s report.Subject) {
	if len(s.Corrected) == 0 {
		return
	}
	t.heading("Corrected lines")
	for _, c := range s.Corrected {
		t.line("  " + paint(t.bold, Clean(c.File)))
		if len(c.Diff) == 0 {
			t.hang("  ", nil, "What changes is within the secret, and is not shown.", t.dim)
		}
		for _, l := range c.Diff {
			color := t.dim
			switch {
			case strings.HasPrefix(l, "-"):
				color = t.red
			case strings.HasPrefix(l, "+"):
				color = t.green
			}
			t.line("  " + paint(color, Clean(l)))
		}
	}
	t.hang("  ", nil, correctionHint(s, t.o.Written), t.dim)
	if s.Settings != nil && s.Settings.Restart != "" {
		t.hang("  ", nil, "Then: "+lowerFirst(s.Settings.Restart), nil)
	}
}

// lowerFirst lets a sentence follow a colon.
func lowerFirst(s string) string {
	if len(s) > 1 && 'a' <= s[1] && s[1] <= 'z' {
		return strings.ToLower(s[:1]) + s[1:]
	}
	return s
}

// correctionHint says how to have the lines written, or that they are.
func correctionHint(s report.Subject, written bool) string {
	hint := "maildoctor check --write writes them, and keeps a backup."
	if written {
		hint = "They are written. What was found above was so before."
	}
	if slices.ContainsFunc(s.Changes, func(c report.Change) bool { return c.Hide }) {
		hint += " <kept> is the secret as it stands there."
	}
	return hint
}

func (m *markdown) settings(s report.Subject) {
	rows := settingsRows(s.Settings)
	for i := range rows {
		rows[i].text = mdText(rows[i].text)
	}
	if len(rows) > 0 {
		m.block("### Read from the settings")
		m.table([2]string{"Setting", "Value"}, rows)
	}
}

func (m *markdown) correction(s report.Subject) {
	if len(s.Corrected) == 0 {
		return
	}
	m.block("### Corrected lines")
	for _, c := range s.Corrected {
		lines := append([]string{fmt.Sprintf("--- %s", c.File), fmt.Sprintf("+++ %s", c.File)}, c.Diff...)
		m.block("%s", mdFence("diff", lines))
	}
	if s.Settings != nil && s.Settings.Restart != "" {
		m.block("Then: %s", mdText(lowerFirst(s.Settings.Restart)))
	}
}
