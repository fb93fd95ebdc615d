package check

import (
	"cmp"
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/facts"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// settingsSubject says all about one channel of an application's settings, with
// what was seen of the server that they name.
func settingsSubject(f *facts.Facts) report.Subject {
	findings, outcomes := judgeSettings(f)
	s := f.Case.Settings
	out := report.Subject{
		Kind: "settings", Name: settingsName(s), Cut: f.Case.Cut, Settings: reportedSettings(s),
		Findings: findings, Outcomes: outcomes, Sessions: f.Case.Sessions, Lookups: f.Case.Lookups,
	}
	if f.Case.Resend != nil {
		out.Resend = inquiryOf(f.Case).reported()
	}
	f = serverOnly(f)
	out.Lookups = f.Case.Lookups
	live := len(f.Case.Sessions)+len(f.Case.Lookups) > 0
	if live {
		out.As, out.Endpoint, out.Use = f.Claimed(), endpoint(f, findings), use(f)
		if out.Use != nil {
			out.Use.Apps = []report.App{} // the corrected lines say it in the words of this application
		}
	}
	out.Healthy = healthy(findings) && (!live || ended(f) && asDone(f))
	out.Verdict = settingsVerdict(f, out, live)
	return out
}

// settingsName is the file with the part of it, and the server that it names.
func settingsName(s *evidence.Settings) string {
	name := cmp.Or(s.File, s.App)
	if s.Scope != "" {
		name += " [" + s.Scope + "]"
	}
	switch {
	case s.Channel == "smtp" && s.Host.V != "":
		name += ": " + strings.TrimSuffix(serverOf(s), ":0")
	case s.Channel != "" && s.Channel != "smtp" && s.Channel != "none":
		name += ": " + s.Channel
	}
	return name
}

func serverOf(s *evidence.Settings) string {
	if port := portOf(s.Port.V); port != 0 && s.Host.V != "" {
		return target.Join(s.Host.V, port)
	}
	return s.Host.V
}

func reportedSettings(s *evidence.Settings) *report.Settings {
	x := setupOf(s)
	out := &report.Settings{
		Dialect: s.Dialect, App: s.App, AppVersion: s.AppVersion, File: s.File, Scope: s.Scope, Channel: s.Channel, InForce: s.InForce, Idle: s.Idle,
		Host: s.Host.V, Port: x.port, Mode: s.Mode.Is, Says: s.Mode.Says, Restart: s.Restart, Username: s.User.V, PasswordSet: s.Password.Set, APIKeySet: s.APIKey.Set, From: s.From.V,
	}
	if s.Channel != "smtp" {
		out.Mode = target.NoMode
	}
	if x.p != nil {
		out.Provider = x.p.ID
	} else if s.Channel == "resend" {
		out.Provider = "resend"
	}
	return out
}

// settingsVerdict is the answer in one line.
func settingsVerdict(f *facts.Facts, s report.Subject, live bool) string {
	set := f.Case.Settings
	if f.Case.Resend != nil {
		q := inquiryOf(f.Case)
		if what, c := q.fate(); what != noMessage {
			return q.sentVerdict(what, c, s.Findings)
		}
	}
	if len(s.Findings) > 0 && s.Findings[0].Severity != report.Note {
		if d := f.Delivery(); live && d.State == facts.StateAccepted {
			return "The server" + strings.TrimPrefix(cameOf(f), " and") + "; but " + report.Within(s.Findings[0].Summary)
		}
		if at := notTaken(f, &s.Findings[0]); live && at != "" {
			return sentenceOpen(at) + report.Within(s.Findings[0].Summary)
		}
		return s.Findings[0].Summary
	}
	if !set.InForce && set.Channel == "none" {
		return fmt.Sprintf("%s: %s", set.App, cmp.Or(set.Idle, "no way to send is in force"))
	}
	if !set.InForce && f.Delivery().State != facts.StateAccepted {
		return fmt.Sprintf("%s: %s is set up and not in force (%s)", set.App, set.Channel, cmp.Or(set.Idle, "another way is chosen"))
	}
	if set.Channel == "api" {
		return set.App + " sends through the API of its provider; nothing is wrong with these settings"
	}
	if set.Channel != "smtp" {
		out := fmt.Sprintf("%s sends through %s; nothing is wrong with these settings", set.App, set.Channel)
		if r := f.Case.Resend; r != nil && r.Unasked != "" {
			out += "; Resend was not asked about the key: " + r.Unasked
		}
		return out
	}
	what := fmt.Sprintf("%s connects to %s with %s", set.App, cmp.Or(serverOf(set), "a server that is set elsewhere"), modeWords(set.Mode.Is))
	switch {
	case live && s.Healthy:
		return what + ": tried, works" + cameOf(f)
	case live:
		return what + "; " + verdict(f, s.Findings)
	}
	if set.Host.Unknown || set.Mode.Is == target.Unknown {
		return what + "; nothing is wrong with what can be read of these settings"
	}
	return what + "; nothing is wrong with these settings"
}
