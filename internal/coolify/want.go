package coolify

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Releases at which the ways to change settings change.
const (
	fixedSTARTTLS = "4.0.0-beta.380"
	fixedPaths    = "4.3.10" // both ways behind SmtpTransportFactory; EHLO domain; API of the instance
	blankKey      = "4.3.2"  // the form takes an empty key while Resend is off
	teamAPI       = "4.3.0"
	newest        = "v4.3.10" // that is known here
)

// choice is a port with a word for smtp_encryption.
type choice struct {
	port uint16
	word string
	mode target.Mode
}

// want says what the row should hold, where it cannot work as it is.
func (r *reader) want(rec *record, s *evidence.Settings) {
	host, port, word := s.Host.V, portOf(s.Port.V), rec.fields["smtp_encryption"]
	if host == "" && !s.Host.Unknown || s.Port.Unknown || word.unknown || r.fine(rec, s, choice{port: port, word: word.text}) {
		return
	}
	c, ok := r.choose(rec, s)
	if !ok {
		return
	}
	s.Want = &evidence.Want{Port: c.port, Mode: c.mode, Steps: r.steps(rec, s, c)}
}

// fine reports whether a choice works on all ways of the row, as far as is known.
func (r *reader) fine(rec *record, s *evidence.Settings, c choice) bool {
	host, proof := s.Host.V, r.proof(s.Host.V)
	if c.port == 0 || target.OtherService(c.port) != "" || target.CatcherPort(host, c.port) != 0 {
		return false
	}
	if p, ok := provider.ByHost(host); ok && p.Lacks(c.port) && p.Trusted("no_ports") {
		return false
	}
	has := expected(host, c.port, proof)
	for _, w := range rec.ways {
		is := Mode(r.v, w, c.word, c.port)
		if slices.ContainsFunc(proof.Fails, func(t settings.Tried) bool { return t.Port == c.port && (t.Mode == is || t.Mode == target.NoMode) }) {
			return false
		}
		if !fits(is, has, c.port, s) {
			return false
		}
	}
	return true
}

// fits reports whether a client of a mode can work on a port that has another;
// what nobody knows is not held against it.
func fits(is, has target.Mode, port uint16, s *evidence.Settings) bool {
	switch {
	case is == target.Unknown, has == target.NoMode:
		return true
	case is == target.Cleartext && has == target.STARTTLS:
		return port == 25 && !s.Password.Set || target.Nearby(s.Host.V)
	}
	return (is == target.Implicit) == (has == target.Implicit)
}

// expected is the mode that a port has: what was seen, else what is known.
func expected(host string, port uint16, proof settings.Proof) target.Mode {
	for _, t := range proof.Works {
		if t.Port == port {
			return t.Mode
		}
	}
	if host == "" { // it cannot be read; most are servers elsewhere
		return target.ModeByPort(port)
	}
	return provider.Expected(host, port)
}

// choose finds a port and a word that work on all ways: the port as it is before
// others, what was proved before what is known.
func (r *reader) choose(rec *record, s *evidence.Settings) (choice, bool) {
	proof := r.proof(s.Host.V)
	ports := []uint16{portOf(s.Port.V)}
	for _, t := range proof.Works {
		ports = append(ports, t.Port)
	}
	if right := target.CatcherPort(s.Host.V, ports[0]); right != 0 {
		ports = append(ports, right)
	}
	if p, ok := provider.ByHost(s.Host.V); ok {
		ports = append(ports, p.Best().Port)
	}
	ports = append(ports, 587, 465)
	for _, port := range ports {
		for _, word := range words(r.v) {
			c := choice{port, word, Mode(r.v, rec.ways[0], word, port)}
			if r.fine(rec, s, c) && expected(s.Host.V, port, proof) != target.NoMode {
				return c, true
			}
		}
	}
	return choice{}, false
}

// buggy reports whether the release is one that takes tls for implicit TLS on
// every port by mistake.
func (r *reader) buggy() bool { return does(r.v, InstanceNotices, "tls") == laravel11 }

// steps leads from the row to a choice: by the form, by the API, by SQL.
func (r *reader) steps(rec *record, s *evidence.Settings, c choice) []string {
	form := rec.form + " > SMTP Server"
	values := fmt.Sprintf("Port %d, Encryption %s", c.port, label(r.v, c.word))
	var out []string
	if r.buggy() && c.word == "ssl" {
		out = append(out,
			fmt.Sprintf("Update Coolify to v%s or later (%s is the newest known here): the update turns TLS into StartTLS. See that %s then shows Port %d, Encryption StartTLS", fixedSTARTTLS, newest, form, c.port),
			fmt.Sprintf("Or stay at %s and choose there: %s. At this release SSL is STARTTLS where it is offered. The next update turns SSL into TLS/SSL, which is wrong for port %d: choose StartTLS then", r.v, values, c.port))
	} else {
		out = append(out, fmt.Sprintf("Set in %s: %s", form, values))
	}
	set := []pair{}
	if portOf(s.Port.V) != c.port {
		set = append(set, pair{"smtp_port", fmt.Sprint(c.port)})
	}
	if rec.text("smtp_encryption") != c.word {
		set = append(set, pair{"smtp_encryption", c.word})
	}
	return append(out, r.otherwise(rec, set)...)
}

// pair is a plain column with its value.
type pair struct{ column, value string }

// bare reports whether the value stands without quotes.
func (p pair) bare() bool {
	return p.value == "true" || p.value == "false" || p.value == "NULL" || strings.Trim(p.value, "0123456789") == ""
}

func (p pair) json() string {
	switch {
	case p.value == "NULL":
		return fmt.Sprintf("%q:null", p.column)
	case p.bare():
		return fmt.Sprintf("%q:%s", p.column, p.value)
	}
	return fmt.Sprintf("%q:%q", p.column, p.value)
}

func (p pair) sql() string {
	if p.bare() {
		return p.column + " = " + p.value
	}
	return p.column + " = '" + p.value + "'"
}

// otherwise are the API and SQL for the same change. SQL is for columns that are
// not encrypted.
func (r *reader) otherwise(rec *record, set []pair) []string {
	if len(set) == 0 {
		return nil
	}
	var columns []string
	for _, p := range set {
		columns = append(columns, p.sql())
	}
	return append(r.api(rec, set),
		fmt.Sprintf(`Or by SQL: docker exec coolify-db psql -U %s -d %s -c "UPDATE %s SET %s WHERE %s"`, cmp.Or(r.o.User, "coolify"), cmp.Or(r.o.DB, "coolify"), rec.table, strings.Join(columns, ", "), rec.where),
		"Then run docker restart coolify: queue workers may hold the old values")
}

// api is the call that changes plain columns, where the release may have it.
func (r *reader) api(rec *record, set []pair) []string {
	path, since, needs := "/api/v1/settings/email", fixedPaths, "a token of the root team with write:sensitive"
	if rec.team {
		path, since, needs = "/api/v1/notifications/email", teamAPI, "a token of this team"
	}
	if r.v.Before(since) {
		return nil
	}
	var fields []string
	for _, p := range set {
		fields = append(fields, p.json())
	}
	return []string{fmt.Sprintf("Or by the API (v%s and later, %s): PATCH %s {%s}", since, needs, path, strings.Join(fields, ","))}
}

// toggles is a step in the form with the API and SQL for one column.
func (r *reader) toggles(rec *record, step, column, value string) []string {
	return append([]string{step}, r.otherwise(rec, []pair{{column, value}})...)
}

// keptKey says of a Resend key that nothing uses what it means, how to clear it
// and when to end it.
func (r *reader) keptKey(rec *record, s evidence.Settings) evidence.Remark {
	name := "resend_api_key"
	if s.APIKey.Prefix != "" {
		name += " (" + s.APIKey.Prefix + "...)"
	}
	rem := evidence.Remark{Check: "resend-key-kept", From: s.APIKey.From, Summary: name + " is still stored, though Resend is switched off",
		Detail: "Coolify keeps the key when Resend is switched off; that is by design, and the key plays no part in sending. It stays in the database and its backups, encrypted with APP_KEY. " +
			"Whoever has both can send as you: at Resend the key goes on working until it is deleted there."}
	if s.Idle == pointing {
		rem.Summary = name + " of the team is still stored, though the instance's settings send"
	}
	model := `App\Models\InstanceSettings::find(0)`
	if rec.team {
		model = fmt.Sprintf(`App\Models\EmailNotificationSettings::where("team_id", %d)->first()`, rec.id)
	}
	tinker := fmt.Sprintf(`docker exec coolify php artisan tinker --execute='$s = %s; $s->resend_api_key = null; $s->save();'`, model)
	form := fmt.Sprintf("empty API Key in %s > Resend while Resend is off, and save (the form takes that since v%s)", rec.form, blankKey)
	if r.v.Before(blankKey) {
		rem.Fix = []string{
			fmt.Sprintf("To clear it: the form of %s wants a key even with Resend off. Run %s", r.v, tinker),
			"Or update Coolify and then " + form,
		}
	} else {
		rem.Fix = []string{"To clear it: " + form}
		rem.Fix = append(rem.Fix, r.api(rec, []pair{{"resend_api_key", "NULL"}})...)
	}
	return r.rotate(rec, rem)
}

// rotate says when the key itself has to end.
func (r *reader) rotate(rec *record, rem evidence.Remark) evidence.Remark {
	if user := r.user(rec); user != "" {
		rem.Detail += fmt.Sprintf(" The same key is in use as %s.", user)
		rem.Fix = append(rem.Fix, fmt.Sprintf("Do not delete the key at Resend before %s has another one", user))
		return rem
	}
	rem.Fix = append(rem.Fix, "Delete it at https://resend.com/api-keys where nothing else uses it; do so at once (and give what uses it a new one) where a backup, a log or another person may have shown it")
	return rem
}

// user is what else sends with the Resend key of a row; "" for nothing here.
func (r *reader) user(rec *record) string {
	key := strings.TrimSpace(rec.text("resend_api_key"))
	if key == "" {
		return ""
	}
	for i := range r.records {
		o := &r.records[i]
		if o.team && o.on("use_instance_email_settings") {
			continue
		}
		if !o.on("resend_enabled") && o.on("smtp_enabled") && strings.TrimSpace(o.text("smtp_password")) == key {
			return "smtp_password of " + o.scope
		}
		if o.on("resend_enabled") && strings.TrimSpace(o.text("resend_api_key")) == key {
			return "resend_api_key of " + o.scope
		}
	}
	return ""
}
