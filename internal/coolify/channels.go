package coolify

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Options are what is known beside the rows. The zero Options will do.
type Options struct {
	Version string // release, or the image with its tag; empty: what the rows tell, else the newest
	Keys    []Key  // APP_KEY and those before it; none: encrypted values stay unknown
	EHLO    string // MAIL_EHLO_DOMAIN of Coolify's environment
	User    string // of the database; empty: coolify
	DB      string // its name; empty: coolify
	Proofs  []settings.Proof
}

// reader makes channels of one installation.
type reader struct {
	in       Instance
	o        Options
	v        dialect.Version
	failed   failure
	instance *record
	records  []record
	out      []evidence.Settings
	secrets  []settings.Credentials // one for each of out
}

// Why a channel is not in force.
const (
	noneOn    = "neither SMTP nor Resend is switched on"
	resendOff = "resend_enabled is off"
	pointing  = "the instance's settings send the mail of this team (use_instance_email_settings is on)"
	resendWin = "resend_enabled is on and wins over smtp_enabled"
)

// Channels says, for the instance and then for each team, which way to send is in
// force, which is kept beside it, and what is wrong with each.
func Channels(in Instance, o Options) []evidence.Settings { return walk(in, o).out }

// Credentials are those of the channels that Channels returns, in the same order.
func Credentials(in Instance, o Options) []settings.Credentials { return walk(in, o).secrets }

// walk reads the rows one after the other.
func walk(in Instance, o Options) *reader {
	release := Release(o.Version)
	if release == "" {
		release = Release(in.Version)
	}
	r := &reader{in: in, o: o, v: dialect.ParseVersion(release), failed: lastFailure(in.Failed)}
	if p, ok := r.failed.proof(); ok { // behind what was seen just now
		r.o.Proofs = append(slices.Clone(o.Proofs), p)
	}
	for _, row := range in.rows {
		r.records = append(r.records, r.record(row))
	}
	for i := range r.records {
		if !r.records[i].team {
			r.instance = &r.records[i]
			break
		}
	}
	for i := range r.records {
		r.row(&r.records[i])
	}
	r.failures()
	return r
}

// add takes a channel of a row, with what it logs in with.
func (r *reader) add(rec *record, s evidence.Settings) {
	c := settings.Credentials{}
	real := func(key string) secret.Text {
		if settings.Placeholder(rec.text(key)) {
			return secret.Text{}
		}
		return secret.New(rec.text(key))
	}
	switch s.Channel {
	case "smtp":
		c.User, c.Password = rec.text("smtp_username"), real("smtp_password")
	case "resend":
		c.APIKey = real("resend_api_key")
	}
	r.out, r.secrets = append(r.out, s), append(r.secrets, c)
}

// row makes the channels of a row: the one in force, then what is kept.
func (r *reader) row(rec *record) {
	resend, smtp := rec.on("resend_enabled"), rec.on("smtp_enabled")
	switch {
	case rec.team && rec.on("use_instance_email_settings"):
		r.pointing(rec)
		return
	case resend:
		r.resend(rec)
		if smtp || rec.stored() {
			r.idle(rec, smtp)
		}
		return
	case smtp:
		r.smtp(rec)
	default:
		r.nothing(rec)
	}
	if rec.hasKey() {
		why := resendOff
		if smtp {
			why += "; SMTP sends"
		}
		r.kept(rec, why)
	}
}

// base is what all channels of a row share.
func (r *reader) base(rec *record, channel string) evidence.Settings {
	s := evidence.Settings{Dialect: "coolify", App: "Coolify", AppVersion: r.v.String(), Scope: rec.scope, Channel: channel}
	s.From = rec.setting("smtp_from_address")
	return s
}

// server fills in what SMTP needs.
func (r *reader) server(rec *record, s *evidence.Settings) {
	s.Host = rec.setting("smtp_host")
	s.Host.V = bareHost(s.Host.V)
	s.Port = rec.setting("smtp_port")
}

// smtp is SMTP in force.
func (r *reader) smtp(rec *record) {
	s := r.base(rec, "smtp")
	s.InForce = true
	r.fill(rec, &s)
	r.add(rec, s)
}

// fill reads all that SMTP needs, and says what is wrong with it.
func (r *reader) fill(rec *record, s *evidence.Settings) {
	r.server(rec, s)
	s.User, s.HELO = rec.setting("smtp_username"), rec.setting("smtp_ehlo_domain")
	password := rec.fields["smtp_password"]
	s.Password = evidence.Secret{Set: password.set(), From: rec.at("smtp_password"), Unknown: password.unknown}
	s.Password.Prefix = secret.ResendPrefix(password.text)
	if p, ok := provider.ByHost(s.Host.V); ok && password.text != "" {
		s.Password.Wrong = p.Password.WrongKind(password.text)
	}
	if !s.Password.Set && s.User.V == "" {
		s.Login = "off" // Symfony Mailer does not log in without a user name
	}
	r.mode(rec, s)
	r.want(rec, s)
	r.remarkSMTP(rec, s)
	r.remarkRow(rec, s)
}

// mode is how the first of the row's ways connects.
func (r *reader) mode(rec *record, s *evidence.Settings) {
	word, port := rec.fields["smtp_encryption"], portOf(s.Port.V)
	says := "smtp_encryption=" + word.text
	if word.text == "" {
		says = "smtp_encryption=NULL"
	}
	s.Mode = evidence.Mode{Is: target.Unknown, Says: says, Keys: []evidence.Origin{rec.at("smtp_encryption")}}
	if word.unknown {
		s.Mode.Says = ""
		return
	}
	b := does(r.v, rec.ways[0], word.text)
	s.Mode.Is, s.Mode.ByPort = Mode(r.v, rec.ways[0], word.text, port), b == byPort
	s.Mode.Why = r.why(rec, word.text, b)
	if !r.v.Known() {
		s.Ranges = ranges(rec.ways[0], word.text, port, s.Mode.Is)
	}
}

// why says what makes a word mean what it means at this release.
func (r *reader) why(rec *record, word string, b behaviour) string {
	switch {
	case b == laravel11:
		return fmt.Sprintf("At Coolify %s the value %s is implicit TLS on every port, on both ways that Coolify sends: it carries Laravel 11.35.0, the one release of Laravel that takes it so.", r.v, word)
	case word == "none" && b == never && r.v.AtLeast("4.3.10"):
		return "From beta.401 to v4.3.9 none still let notifications use STARTTLS; since v4.3.10 it is clear text, on port 465 as well."
	case word == "tls" && b == always:
		return "In Coolify tls (TLS/SSL in the form) is implicit TLS; STARTTLS is the value starttls."
	}
	return ""
}

// ranges is what other releases make of a word, where the release is not known.
func ranges(w Way, word string, port uint16, now target.Mode) []evidence.Range {
	var out []evidence.Range
	from := ""
	for _, rel := range releases {
		if rel.until == "" {
			break
		}
		words := "before v" + rel.until
		if from != "" {
			words = "from v" + from + " on, before v" + rel.until
		}
		is := Mode(dialect.ParseVersion(cmp.Or(from, "4.0.0-beta.1")), w, word, port)
		if is != now && is != target.Unknown {
			out = append(out, evidence.Range{Releases: words, Mode: is})
		}
		from = rel.until
	}
	return out
}

// resend is Resend's API in force.
func (r *reader) resend(rec *record) {
	s := r.base(rec, "resend")
	s.InForce = true
	s.APIKey = r.secretKey(rec)
	if !s.APIKey.Set {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "setting-missing", From: rec.at("resend_api_key"), Summary: "Resend is switched on, and there is no API key",
			Detail: "Nothing is sent.", Fix: []string{fmt.Sprintf("Set the API key in %s > Resend", rec.form)}})
	}
	r.remarkFrom(rec, &s)
	r.remarkRow(rec, &s)
	if r.v.AtLeast("4.0.0-beta.443") {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "release-bug", Severity: "note", From: rec.at("resend_enabled"),
			Summary: `Coolify may hide what Resend refuses behind Undefined array key "code"`,
			Detail: "Since v4.0.0-beta.443 it reads Resend's error by a name that resend-php 0.18.1 gets wrong. Where it shows words of its own, every 403 becomes Invalid Resend API key, " +
				"and a key that may only send is called restricted though it suffices. A test that says Test Email sent. proves nothing for an invalid key.",
			Fix: []string{"Look at https://resend.com/emails and https://resend.com/logs for Resend's own answer"}})
	}
	r.add(rec, s)
}

// secretKey says of the Resend key what may be said.
func (r *reader) secretKey(rec *record) evidence.Secret {
	key := rec.fields["resend_api_key"]
	return evidence.Secret{Set: rec.hasKey() || key.unknown, From: rec.at("resend_api_key"), Unknown: key.unknown, Prefix: secret.ResendPrefix(strings.TrimSpace(key.text))}
}

// idle is SMTP beside Resend in force.
func (r *reader) idle(rec *record, both bool) {
	s := r.base(rec, "smtp")
	s.Idle = "resend_enabled is on; Resend sends"
	r.server(rec, &s)
	if both {
		s.Idle = resendWin
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "setting-ignored", From: rec.at("smtp_enabled"), Summary: "SMTP and Resend are both switched on: Resend sends, SMTP is ignored",
			Detail: "The form switches one off when the other comes on; the API does not.",
			Fix:    r.toggles(rec, "Switch off the one that is not meant", "smtp_enabled", "false")})
	}
	r.add(rec, s)
}

// nothing is a row with both switches off.
func (r *reader) nothing(rec *record) {
	s := r.base(rec, "none")
	s.Idle = noneOn
	rem := evidence.Remark{Check: "mailer-switched-off", From: rec.at("smtp_enabled"),
		Detail: "Coolify sends nothing and says nothing: no error, no failed job, and a test that is started all the same ends in Test Email sent.",
		Fix:    r.toggles(rec, fmt.Sprintf("Switch on SMTP or Resend in %s", rec.form), "smtp_enabled", "true")}
	switch {
	case !rec.team:
		rem.Summary = "Neither SMTP nor Resend is switched on for the instance: mail is dropped in silence"
	case rec.stored() || rec.hasKey():
		rem.Severity, rem.Summary = "warning", "Mail of this team is switched off, though it is set up"
	default:
		rem.Severity, rem.Summary = "note", "This team sends no mail"
		rem.Fix = []string{fmt.Sprintf("Where it should: set up SMTP or Resend in %s, or choose Use system wide (transactional) email settings there", rec.form)}
	}
	s.Remarks = append(s.Remarks, rem)
	if rec.stored() {
		s.Channel = "smtp"
		r.fill(rec, &s)
	} else {
		r.remarkRow(rec, &s)
	}
	r.add(rec, s)
}

// pointing is a team that sends by the instance's settings.
func (r *reader) pointing(rec *record) {
	s := r.base(rec, "none")
	s.Idle, s.From = pointing, evidence.Setting{}
	if rec.stored() {
		s.Channel = "smtp"
		r.server(rec, &s)
	}
	if i := r.instance; i != nil && !i.on("smtp_enabled") && !i.on("resend_enabled") {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "mailer-switched-off", From: rec.at("use_instance_email_settings"),
			Summary: "This team sends by the instance's settings, and there nothing is switched on",
			Detail:  "Its mail is dropped in silence. The test button says Test Email sent. all the same.",
			Fix:     []string{"Switch on SMTP or Resend in Settings > Transactional Email"}})
	}
	if rec.stored() || rec.on("smtp_enabled") || rec.on("resend_enabled") {
		s.Remarks = append(s.Remarks, evidence.Remark{Check: "setting-ignored", Severity: "note", From: rec.at("use_instance_email_settings"),
			Summary: "The team has settings of its own, and they are not used", Detail: "use_instance_email_settings is on, and the instance's settings count.",
			Fix: r.toggles(rec, fmt.Sprintf("Where the team's own are meant: switch off Use system wide (transactional) email settings in %s, then switch SMTP or Resend on again", rec.form), "use_instance_email_settings", "false")})
	}
	r.remarkRow(rec, &s)
	r.add(rec, s)
	if rec.hasKey() {
		r.kept(rec, pointing)
	}
}

// kept is a Resend key that nothing uses.
func (r *reader) kept(rec *record, why string) {
	s := r.base(rec, "resend")
	s.Idle = why
	s.APIKey = r.secretKey(rec)
	s.KeyInUse = rec.on("smtp_enabled") && rec.hasKey() && rec.text("resend_api_key") != "" && rec.text("resend_api_key") == rec.text("smtp_password")
	s.Remarks = append(s.Remarks, r.keptKey(rec, s))
	r.add(rec, s)
}

// proof is what was seen of a host.
func (r *reader) proof(host string) settings.Proof {
	i := slices.IndexFunc(r.o.Proofs, func(p settings.Proof) bool { return strings.EqualFold(p.Host, host) })
	if i < 0 || host == "" {
		return settings.Proof{}
	}
	return r.o.Proofs[i]
}

func portOf(s string) uint16 {
	n, _ := strconv.ParseUint(s, 10, 16)
	return uint16(n)
}

// bareHost takes off what does not belong to the name of a host.
func bareHost(s string) string {
	if _, rest, ok := strings.Cut(s, "://"); ok {
		s = rest
	}
	s, _, _ = strings.Cut(s, "/")
	if h, p, ok := strings.Cut(s, ":"); ok && !strings.Contains(p, ":") {
		s = h
	}
	return strings.ToLower(strings.Trim(strings.TrimSpace(s), "[]."))
}
