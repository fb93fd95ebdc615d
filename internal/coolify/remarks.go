package coolify

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// longest is the number of seconds from which on a time limit outlasts whoever
// waits for it: nginx in the container gives up after 99 s, PHP after 60 s.
const longest = 60

// remarkSMTP says what is wrong with SMTP settings beyond the mode.
func (r *reader) remarkSMTP(rec *record, s *evidence.Settings) {
	say := func(m evidence.Remark) { s.Remarks = append(s.Remarks, m) }
	r.remarkHost(rec, s, say)
	r.remarkWord(rec, s, say)
	r.remarkWays(rec, s, say)
	r.remarkTimeout(rec, say)
	r.remarkEHLO(rec, s, say)
	r.remarkUser(rec, s, say)
	r.remarkFrom(rec, s)
}

func (r *reader) remarkHost(rec *record, s *evidence.Settings, say func(evidence.Remark)) {
	for _, key := range []string{"smtp_host", "smtp_username", "smtp_password", "smtp_from_address"} {
		if text := rec.text(key); text != strings.TrimSpace(text) {
			say(evidence.Remark{Check: "setting-mangled", Severity: "error", From: rec.at(key), Summary: key + " has a blank or a line end around it",
				Detail: "Coolify does not take it off: a host is not found, a login is refused.", Fix: []string{fmt.Sprintf("Enter it anew in %s, without blanks", rec.form)}})
		}
	}
	host := strings.TrimSpace(rec.text("smtp_host"))
	switch {
	case rec.fields["smtp_host"].unknown:
	case host == "":
		say(evidence.Remark{Check: "setting-missing", From: rec.at("smtp_host"), Summary: "smtp_host is not set", Detail: "Coolify has no server to connect to.",
			Fix: []string{fmt.Sprintf("Set Host in %s > SMTP Server", rec.form)}})
	case strings.Contains(host, "://"):
		say(evidence.Remark{Check: "setting-host-has-scheme", From: rec.at("smtp_host"), Summary: fmt.Sprintf("smtp_host begins with %s://", host[:strings.Index(host, "://")]),
			Detail: "Coolify does not check it, and looks up a name that does not exist or opens with TLS where it should not.", Fix: []string{fmt.Sprintf("Set Host in %s to %s, and choose Encryption there", rec.form, s.Host.V)}})
	case strings.ContainsAny(host, "/@ ") || strings.Count(host, ":") == 1:
		say(evidence.Remark{Check: "client-config-invalid", From: rec.at("smtp_host"), Summary: "smtp_host holds more than the name of a host",
			Detail: "Coolify takes it whole, and such a name is not found.", Fix: []string{fmt.Sprintf("Set Host in %s to %s alone; the port has its own field", rec.form, s.Host.V)}})
	}
	if password := rec.fields["smtp_password"]; password.text != "" && !rec.fields["smtp_username"].set() {
		say(evidence.Remark{Check: "client-credentials-missing", Severity: "warning", From: rec.at("smtp_username"), Summary: "smtp_username is not set, though a password is",
			Detail: "Coolify does not log in then, and most servers refuse the mail.", Fix: []string{fmt.Sprintf("Set SMTP Username in %s > SMTP Server, or empty the password for a relay that knows its clients", rec.form)}})
	}
	if s.Port.V == "" && !s.Port.Unknown {
		say(evidence.Remark{Check: "setting-port-missing", From: rec.at("smtp_port"), Summary: "smtp_port is not set", Detail: "Coolify connects to port 0.",
			Fix: r.toggles(rec, fmt.Sprintf("Set Port in %s > SMTP Server to 587", rec.form), "smtp_port", "587")})
	}
}

// remarkWord speaks of values of smtp_encryption that the form does not have.
func (r *reader) remarkWord(rec *record, s *evidence.Settings, say func(evidence.Remark)) {
	word := rec.fields["smtp_encryption"]
	switch {
	case word.unknown || r.v.Before("4.0.0-beta.377"):
	case word.text == "":
		say(evidence.Remark{Check: "setting-missing", Severity: "note", From: rec.at("smtp_encryption"), Summary: "smtp_encryption is NULL: the port decides",
			Detail: "Port 465 is implicit TLS, every other one STARTTLS where it is offered. The form shows StartTLS and may refuse to save until a value is chosen."})
	case label(r.v, strings.ToLower(word.text)) == "":
		m := evidence.Remark{Check: "client-config-invalid", Severity: "warning", From: rec.at("smtp_encryption"),
			Summary: fmt.Sprintf("smtp_encryption=%s is no value of this release", word.text),
			Detail:  "ssl was one up to v4.0.0-beta.379. Since v4.3.10 Coolify lets the port decide for a value that it does not know; before, it may stop."}
		if to, ok := r.choose(rec, s); ok {
			m.Fix = r.steps(rec, s, to)
		}
		say(m)
	}
}

// remarkWays speaks of releases whose ways differ, or that are known to be wrong.
func (r *reader) remarkWays(rec *record, s *evidence.Settings, say func(evidence.Remark)) {
	word, port := rec.fields["smtp_encryption"], portOf(s.Port.V)
	if word.unknown || port == 0 || !r.v.Known() {
		return
	}
	if does(r.v, rec.ways[0], word.text) == laravel11 && port != 465 {
		say(evidence.Remark{Check: "release-bug", Severity: "warning", From: rec.at("smtp_encryption"),
			Summary: "Coolify v4.0.0-beta.377 to 379 take TLS for implicit TLS on every port",
			Detail: fmt.Sprintf("The form offers TLS for port %d, and means STARTTLS. Notifications, test mails and invitations all fail with: Connection could not be established with host \"ssl://%s\" ... "+
				"wrong version number. SSL works on this port, since these releases leave it to the port (coollabsio/coolify#4634).", port, target.Join(s.Host.V, port)),
			Fix: []string{"Update Coolify to v" + fixedSTARTTLS + " or later"}})
	}
	if rec.team {
		if word.text == "none" && does(r.v, TeamNotices, "none") == byPort {
			say(r.noneIgnored(rec))
		}
		return
	}
	a, b := Mode(r.v, InstanceNotices, word.text, port), Mode(r.v, InstanceMails, word.text, port)
	switch {
	case word.text == "none" && a == target.Opportunistic && a == b:
		say(evidence.Remark{Check: "release-bug", Severity: "warning", From: rec.at("smtp_encryption"), Summary: "Coolify v4.0.0-beta.377 to 379 use STARTTLS for the instance in spite of none",
			Detail: "A relay whose certificate does not hold refuses then.", Fix: []string{"Update Coolify to v" + fixedSTARTTLS + " or later"}})
	case a == b:
	case word.text == "none":
		m := r.noneIgnored(rec)
		m.Detail = fmt.Sprintf("%s go by %s, %s by %s. ", capital(string(InstanceNotices)), modeWords(a), InstanceMails, modeWords(b)) + m.Detail
		say(m)
	default:
		say(r.waysDiffer(rec, s, a, b))
	}
}

// noneIgnored is none at releases that do not heed it.
func (r *reader) noneIgnored(rec *record) evidence.Remark {
	return evidence.Remark{Check: "release-bug", Severity: "warning", From: rec.at("smtp_encryption"),
		Summary: "Before v4.3.10 notifications use STARTTLS in spite of none",
		Detail: "From v4.3.10 on none is clear text: an update then stops mail at a server that wants STARTTLS (530 Must issue a STARTTLS command first), " +
			"or sends the password readable. At this release a relay whose certificate does not hold fails (coollabsio/coolify#6442).",
		Fix: []string{"Choose StartTLS where the server has TLS", "Where it has none: update Coolify to v" + fixedPaths + " or later"}}
}

func (r *reader) waysDiffer(rec *record, s *evidence.Settings, a, b target.Mode) evidence.Remark {
	port := portOf(s.Port.V)
	has := expected(s.Host.V, port, r.proof(s.Host.V))
	m := evidence.Remark{Check: "release-bug", Severity: "warning", From: rec.at("smtp_encryption"),
		Summary: fmt.Sprintf("Coolify %s makes two things of smtp_encryption=%s", r.v, rec.text("smtp_encryption")),
		Detail: fmt.Sprintf("%s use %s, %s use %s. A test mail proves nothing for the latter. Since v%s both are alike.",
			capital(string(InstanceNotices)), modeWords(a), InstanceMails, modeWords(b), fixedPaths),
		Fix: []string{"Update Coolify to v" + fixedPaths + " or later"}}
	switch okA, okB := fits(a, has, port, s), fits(b, has, port, s); {
	case okA && !okB:
		m.Severity = "error"
		if s.Want != nil {
			m.Fix = append([]string{}, s.Want.Steps...)
			m.Fix = append(m.Fix, "Or update Coolify to v"+fixedPaths+" or later")
		}
	case !okA:
		m.Severity = "note"
	}
	return m
}

// remarkTimeout: path A of beta.401 to v4.3.9 does not read it, path B always does.
func (r *reader) remarkTimeout(rec *record, say func(evidence.Remark)) {
	text := rec.text("smtp_timeout")
	seconds, err := strconv.Atoi(text)
	if text == "" || err != nil {
		return
	}
	ignored := !r.v.Before("4.0.0-beta.401") && r.v.Before(fixedPaths)
	switch {
	case seconds <= 0 && ignored && rec.team:
	case seconds <= 0:
		m := evidence.Remark{Check: "client-config-invalid", From: rec.at("smtp_timeout"), Summary: fmt.Sprintf("smtp_timeout=%d: every connection times out at once", seconds),
			Detail: "0 is not without limit here. Coolify shows: Connection to \"host:port\" timed out.",
			Fix:    r.toggles(rec, fmt.Sprintf("Set Timeout in %s > SMTP Server to 30", rec.form), "smtp_timeout", "30")}
		if ignored {
			m.Detail += fmt.Sprintf(" At %s it stops %s alone; notifications do not read it.", r.v, InstanceMails)
		}
		say(m)
	case seconds > longest:
		say(evidence.Remark{Check: "client-config-invalid", Severity: "note", From: rec.at("smtp_timeout"), Summary: fmt.Sprintf("smtp_timeout=%d is longer than the page waits", seconds),
			Detail: "The web server in the container gives up after 99 s, and a blocked port then shows no reason.",
			Fix:    r.toggles(rec, fmt.Sprintf("Set Timeout in %s > SMTP Server to 30", rec.form), "smtp_timeout", "30")})
	}
}

// remarkEHLO: smtp-relay.gmail.com refuses an address literal of loopback.
func (r *reader) remarkEHLO(rec *record, s *evidence.Settings, say func(evidence.Remark)) {
	if s.Host.V != "smtp-relay.gmail.com" {
		return
	}
	set := strings.TrimSpace(rec.text("smtp_ehlo_domain")) != "" || r.o.EHLO != ""
	m := evidence.Remark{Check: "helo-rejected", Severity: "error", From: rec.at("smtp_ehlo_domain"), Summary: "Coolify says EHLO [127.0.0.1], which smtp-relay.gmail.com refuses",
		Detail: "Google answers 421-4.7.0 Try again later, closing connection. (EHLO)"}
	switch {
	case r.v.Before(fixedPaths):
		m.Detail += " Before v" + fixedPaths + " nothing changes the name; MAIL_EHLO_DOMAIN is overwritten (coollabsio/coolify#11388)."
		m.Fix = []string{fmt.Sprintf("Update Coolify to v%s or later and set EHLO Domain in %s > SMTP Server to a name of your own", fixedPaths, rec.form)}
	case set || rec.fields["smtp_ehlo_domain"].unknown:
		return
	default:
		m.Fix = append([]string{fmt.Sprintf("Set EHLO Domain in %s > SMTP Server to a name of your own, such as that of Coolify", rec.form)},
			r.otherwise(rec, []pair{{"smtp_ehlo_domain", "coolify.example.com"}})...)
	}
	say(m)
}

// remarkUser: some providers tell the account by the password, and the user name is
// one word for all.
func (r *reader) remarkUser(rec *record, s *evidence.Settings, say func(evidence.Remark)) {
	p, known := provider.ByHost(s.Host.V)
	if !known {
		return
	}
	user, want := strings.TrimSpace(rec.text("smtp_username")), p.Username.Literal
	if rec.fields["smtp_username"].unknown || user == "" || want == "" || user == want || !p.Trusted("username.literal") || p.Username.Pattern != "" && p.Username.Fits(user) {
		return
	}
	say(evidence.Remark{Check: "provider-username-convention", From: rec.at("smtp_username"), Summary: fmt.Sprintf("smtp_username is %q; the user name at %s is the word %s", user, p.Name, want),
		Detail: "The account is told by the password alone. Every other user name is refused.", Fix: []string{fmt.Sprintf("Set SMTP Username in %s > SMTP Server to %s", rec.form, want)}})
}

func (r *reader) remarkFrom(rec *record, s *evidence.Settings) {
	from := rec.fields["smtp_from_address"]
	text := strings.TrimSpace(from.text)
	switch {
	case from.unknown:
	case text == "":
		m := evidence.Remark{Check: "from-missing", From: rec.at("smtp_from_address"), Summary: "The sender's address is not set",
			Detail: "Coolify takes noreply@localhost or test@example.com, which providers refuse.", Fix: []string{fmt.Sprintf("Set From Address in %s", rec.form)}}
		if r.v.AtLeast(fixedPaths) {
			m.Severity, m.Detail = "error", "Coolify sends nothing: Transactional email sender address is not configured."
		}
		s.Remarks = append(s.Remarks, m)
	case !strings.Contains(text, "@") || strings.ContainsAny(text, " <>"):
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "client-config-invalid", From: rec.at("smtp_from_address"), Summary: "smtp_from_address is no mail address",
			Detail: "It takes the address alone; the name has its own field.", Fix: []string{fmt.Sprintf("Set From Address in %s to an address such as noreply@example.com", rec.form)}})
	}
	if name := rec.text("smtp_from_name"); len(name)+len(text) > 70 && s.Channel == "smtp" {
		if p, ok := provider.ByHost(s.Host.V); ok && strings.HasPrefix(p.ID, "proton") && (r.v.Before(fixedPaths) || s.Host.V != "smtp.protonmail.ch") {
			s.Remarks = append(s.Remarks, evidence.Remark{Check: "from-mismatch", From: rec.at("smtp_from_name"), Summary: "The sender's name is so long that From takes two lines, and Proton reads the first alone",
				Detail: "Proton answers 550 5.7.26 Submission not allowed (coollabsio/coolify#11380).", Fix: []string{fmt.Sprintf("Shorten From Name in %s", rec.form)}})
		}
	}
}

// remarkRow says what cannot be read of a row, and for the instance what a test
// mail does not show.
func (r *reader) remarkRow(rec *record, s *evidence.Settings) {
	r.remarkBroken(rec, s)
	if rec.team || !s.InForce {
		return
	}
	if r.v.AtLeast("4.0.0-beta.462") && s.Want == nil { // else the steps say it
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "setting-not-passed", Severity: "note", From: rec.at("smtp_enabled"),
			Summary: "Queue workers may still hold older settings", Detail: "Since v4.0.0-beta.462 a worker reads the instance's settings once and may live for 400 jobs. The test button reads them anew, and proves nothing for the queue.",
			Fix: []string{"After a change of these settings run docker restart coolify"}})
	}
	s.Remarks = append(s.Remarks, evidence.Remark{Check: "setting-not-passed", Severity: "note", From: rec.at("smtp_enabled"),
		Summary: "Applications that Coolify deploys do not inherit these settings", Detail: "They are for Coolify's own mail.",
		Fix: []string{"Give each application mail settings of its own, in its environment variables"}})
}

func (r *reader) remarkBroken(rec *record, s *evidence.Settings) {
	if columns := rec.broken[ErrWrongKey]; len(columns) > 0 {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "client-config-invalid", From: rec.at(columns[0]),
			Summary: fmt.Sprintf("%s cannot be decrypted: another APP_KEY was in force when %s stored", some(columns), was(columns)),
			Detail:  fmt.Sprintf("It is about %s. ", list(columns)) + "Coolify says: The MAC is invalid. It happens after a restore on another server, or the APP_KEY that was given here is not the one of this Coolify.",
			Fix: []string{"See that the APP_KEY given here is that of the running container: docker exec coolify printenv APP_KEY",
				"Add the old key to /data/coolify/source/.env as APP_PREVIOUS_KEYS=<old APP_KEY> and recreate the container",
				"Or enter the values anew in " + rec.form}})
	}
	if columns := rec.broken[ErrNotPayload]; len(columns) > 0 {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "client-config-invalid", From: rec.at(columns[0]),
			Summary: fmt.Sprintf("%s %s stored in plain text, and Coolify expects it encrypted", list(columns), is(columns)),
			Detail:  "Coolify says: The payload is invalid. It is left from a migration to v4.0.0-beta.377 or 378, or was set by SQL. Whoever reads the database reads the value.",
			Fix:     []string{fmt.Sprintf("Enter %s anew in %s, or by tinker where the page does not open", list(columns), rec.form)}})
	}
	if columns := rec.broken[ErrCannotDecrypt]; len(columns) > 0 {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "client-config-invalid", From: rec.at(columns[0]), Summary: fmt.Sprintf("%s %s damaged in the database", list(columns), is(columns)),
			Detail: "The key is right, and the value does not decrypt. Coolify says: Could not decrypt the data.", Fix: []string{fmt.Sprintf("Enter %s anew in %s", list(columns), rec.form)}})
	}
	if rec.locked {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "settings-file-unreadable", Severity: "warning", From: evidence.Origin{File: rec.table},
			Summary: "Encrypted values were not read: there is no APP_KEY", Detail: "Host, user name, password, sender and API key are encrypted.",
			Fix: []string{"Name the file that holds APP_KEY with --coolify-env, on the server /data/coolify/source/.env (as root)"}})
	}
}

func is(columns []string) string {
	if len(columns) > 1 {
		return "are"
	}
	return "is"
}

func was(columns []string) string {
	if len(columns) > 1 {
		return "they were"
	}
	return "it was"
}

// some names columns where they are few.
func some(columns []string) string {
	if len(columns) > 2 {
		return fmt.Sprintf("%d encrypted values", len(columns))
	}
	return list(columns)
}

func list(columns []string) string {
	if len(columns) < 2 {
		return strings.Join(columns, "")
	}
	return strings.Join(columns[:len(columns)-1], ", ") + " and " + columns[len(columns)-1]
}

func capital(s string) string { return strings.ToUpper(s[:1]) + s[1:] }

func modeWords(m target.Mode) string {
	switch m {
	case target.Implicit:
		return "implicit TLS"
	case target.Opportunistic:
		return "STARTTLS where it is offered"
	case target.Cleartext:
		return "clear text"
	}
	return string(m)
}
