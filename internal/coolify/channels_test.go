package coolify

import (
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/settings"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The secrets of the rows below.
const (
	canaryPassword = "canary-7f3a-password"
	canaryKey      = "re_Ab3dEf6h_CanaryKey0123456789"
)

// brevoRow is the row of the report that all this began with.
func brevoRow() map[string]any {
	return map[string]any{
		"id": 0, "smtp_enabled": true, "smtp_from_address": "coolify@example.org", "smtp_from_name": "Coolify", "smtp_recipients": nil,
		"smtp_host": "smtp-relay.brevo.com", "smtp_port": 587, "smtp_encryption": "tls", "smtp_username": "8a1b2c001@smtp-brevo.com", "smtp_password": canaryPassword,
		"smtp_timeout": nil, "resend_enabled": false, "resend_api_key": nil,
	}
}

// with is a row with other values.
func with(row map[string]any, change ...any) map[string]any {
	out := maps.Clone(row)
	for i := 0; i < len(change); i += 2 {
		out[change[i].(string)] = change[i+1]
	}
	return out
}

func emptyTeam() map[string]any {
	out := map[string]any{"smtp_enabled": false, "resend_enabled": false, "use_instance_email_settings": false}
	for _, key := range append(slices.Clone(sealedColumns), plainColumns...) {
		out[key] = nil
	}
	return out
}

// rows prints rows as psql does, with their texts sealed.
func rows(t *testing.T, instance map[string]any, teams ...map[string]any) string {
	t.Helper()
	own := keys(t, testKey, "")
	line := func(v map[string]any, row map[string]any) string {
		v["row"] = maps.Clone(row)
		for _, key := range sealedColumns {
			if text, ok := row[key].(string); ok && !strings.HasPrefix(text, "raw:") {
				v["row"].(map[string]any)[key] = seal(t, own[0], text, 9)
			} else if ok {
				v["row"].(map[string]any)[key] = strings.TrimPrefix(text, "raw:")
			}
		}
		j, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		return string(j) + "\n"
	}
	out := line(map[string]any{"source": "instance"}, instance)
	for i, team := range teams {
		out += line(map[string]any{"source": "team", "team_id": i, "team": fmt.Sprintf("T%d", i)}, team)
	}
	return out
}

func read(t *testing.T, text, release string, o Options) []evidence.Settings {
	t.Helper()
	in, err := Parse([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	if o.Keys == nil {
		o.Keys = keys(t, testKey, "")
	}
	o.Version = release
	out := Channels(in, o)
	noSecrets(t, out)
	return out
}

// noSecrets: neither a secret nor its base64 is in what is said.
func noSecrets(t *testing.T, all []evidence.Settings) {
	t.Helper()
	j, err := json.Marshal(all)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{canaryPassword, canaryKey, canaryKey[11:], testKey[7:], otherKey[7:], "pässwörd"} {
		if strings.Contains(string(j), s) || strings.Contains(string(j), strings.TrimRight(base64.StdEncoding.EncodeToString([]byte(s)), "=")) {
			t.Errorf("%q is said: %s", s, j)
		}
	}
}

// told are the channels in short: scope, channel, mode or why it is not in force,
// and the remarks, but for those on every instance.
func told(all []evidence.Settings) []string {
	var out []string
	for _, s := range all {
		line := s.Scope + " " + s.Channel
		if s.InForce {
			line += " in force"
		}
		if s.Channel == "smtp" && s.Mode.Is != target.NoMode {
			line += " " + string(s.Mode.Is)
		}
		if s.Want != nil {
			line += fmt.Sprintf(" want %d %s", s.Want.Port, s.Want.Mode)
		}
		for _, r := range s.Remarks {
			if r.Check != "setting-not-passed" {
				line += strings.TrimSuffix(fmt.Sprintf("; %s %s %s", r.Check, r.From.Key, r.Severity), " ")
			}
		}
		out = append(out, line)
	}
	return out
}

func TestChannels(t *testing.T) {
	t.Parallel()
	b := brevoRow()
	starttls := with(b, "smtp_encryption", "starttls")
	resend := with(starttls, "smtp_enabled", false, "resend_enabled", true, "resend_api_key", canaryKey)
	pointing := with(emptyTeam(), "use_instance_email_settings", true)
	for _, c := range []struct {
		name, release string
		instance      map[string]any
		teams         []map[string]any
		want          []string
	}{
		{"the case of the mission", "4.0.0-beta.379", with(b, "resend_api_key", canaryKey), []map[string]any{pointing, emptyTeam()}, []string{
			"instance smtp in force implicit want 587 opportunistic; release-bug smtp_encryption warning",
			"instance resend; resend-key-kept resend_api_key",
			"T0 none", "T1 none; mailer-switched-off smtp_enabled note"}},
		{"repaired", "4.3.10", starttls, nil, []string{"instance smtp in force opportunistic"}},
		{"the port decides", "4.0.0-beta.376", b, nil, []string{"instance smtp in force opportunistic"}},
		{"tls on 587 today", "4.3.10", b, nil, []string{"instance smtp in force implicit want 587 opportunistic"}},
		{"tls on 587, the ways differ", "4.0.0", b, nil, []string{"instance smtp in force implicit want 587 opportunistic; release-bug smtp_encryption note"}},
		{"tls on 587 of a team", "4.0.0", starttls, []map[string]any{with(b, "use_instance_email_settings", false)}, []string{
			"instance smtp in force opportunistic", "T0 smtp in force implicit want 587 opportunistic"}},
		{"tls on 2465, the ways differ", "4.0.0", with(b, "smtp_host", "smtp.resend.com", "smtp_username", "resend", "smtp_port", 2465), nil, []string{
			"instance smtp in force implicit want 465 implicit; release-bug smtp_encryption error"}},
		{"starttls on 2465", "4.3.10", with(starttls, "smtp_host", "smtp.resend.com", "smtp_username", "resend", "smtp_port", 2465), nil, []string{"instance smtp in force opportunistic want 2465 implicit"}},
		{"starttls on 465 is implicit", "4.3.10", with(starttls, "smtp_port", 465), nil, []string{"instance smtp in force implicit"}},
		{"the user name of a provider", "4.3.10", with(starttls, "smtp_host", "smtp.resend.com"), nil, []string{"instance smtp in force opportunistic; provider-username-convention smtp_username"}},
		{"none on 587", "4.3.10", with(b, "smtp_encryption", "none"), nil, []string{"instance smtp in force cleartext want 587 opportunistic"}},
		{"none on 587, not heeded", "4.3.9", with(b, "smtp_encryption", "none"), nil, []string{"instance smtp in force opportunistic want 587 opportunistic; release-bug smtp_encryption warning"}},
		{"none for a relay", "4.3.10", with(b, "smtp_encryption", "none", "smtp_host", "relay.example.org", "smtp_port", 25, "smtp_username", nil, "smtp_password", nil), nil, []string{"instance smtp in force cleartext"}},
		{"none of the instance at 378", "4.0.0-beta.378", with(b, "smtp_encryption", "none", "smtp_port", 25), nil, []string{"instance smtp in force opportunistic; release-bug smtp_encryption warning"}},
		{"none of a team, not heeded", "4.0.0", starttls, []map[string]any{with(b, "smtp_encryption", "none")}, []string{
			"instance smtp in force opportunistic", "T0 smtp in force opportunistic; release-bug smtp_encryption warning"}},
		{"NULL", "4.3.10", with(b, "smtp_encryption", nil), nil, []string{"instance smtp in force opportunistic; setting-missing smtp_encryption note"}},
		{"ssl left over", "4.2.0", with(b, "smtp_encryption", "ssl"), nil, []string{"instance smtp in force unknown; client-config-invalid smtp_encryption warning"}},
		{"Resend", "4.0.0-beta.442", with(resend, "smtp_host", nil), nil, []string{"instance resend in force"}},
		{"Resend, errors misread", "4.3.10", with(resend, "smtp_host", nil), nil, []string{"instance resend in force; release-bug resend_enabled note"}},
		{"Resend without a key", "4.0.0", with(resend, "smtp_host", nil, "resend_api_key", nil), nil, []string{"instance resend in force; setting-missing resend_api_key; release-bug resend_enabled note"}},
		{"Resend, SMTP kept", "4.0.0-beta.400", resend, nil, []string{"instance resend in force", "instance smtp"}},
		{"both", "4.0.0-beta.400", with(resend, "smtp_enabled", true), nil, []string{"instance resend in force", "instance smtp; setting-ignored smtp_enabled"}},
		{"nothing", "4.3.10", with(emptyTeam(), "smtp_from_address", "a@example.org"), []map[string]any{pointing}, []string{
			"instance none; mailer-switched-off smtp_enabled", "T0 none; mailer-switched-off use_instance_email_settings"}},
		{"nothing on, set up wrong", "4.3.10", with(b, "smtp_enabled", false), nil, []string{"instance smtp implicit want 587 opportunistic; mailer-switched-off smtp_enabled"}},
		{"a team shadowed", "4.3.10", starttls, []map[string]any{with(starttls, "use_instance_email_settings", true, "resend_api_key", canaryKey)}, []string{
			"instance smtp in force opportunistic", "T0 smtp; setting-ignored use_instance_email_settings note", "T0 resend; resend-key-kept resend_api_key"}},
		{"a team switched off", "4.3.10", starttls, []map[string]any{with(starttls, "smtp_enabled", false)}, []string{
			"instance smtp in force opportunistic", "T0 smtp opportunistic; mailer-switched-off smtp_enabled warning"}},
		{"timeout 0", "4.3.10", with(starttls, "smtp_timeout", 0), nil, []string{"instance smtp in force opportunistic; client-config-invalid smtp_timeout"}},
		{"timeout 0 of a team that is not read", "4.3.9", starttls, []map[string]any{with(starttls, "smtp_timeout", 0)}, []string{
			"instance smtp in force opportunistic", "T0 smtp in force opportunistic"}},
		{"timeout 300", "4.3.10", with(starttls, "smtp_timeout", 300), nil, []string{"instance smtp in force opportunistic; client-config-invalid smtp_timeout note"}},
		{"EHLO of the Gmail relay", "4.3.10", with(starttls, "smtp_host", "smtp-relay.gmail.com"), nil, []string{"instance smtp in force opportunistic; helo-rejected smtp_ehlo_domain error"}},
		{"EHLO is set", "4.3.10", with(starttls, "smtp_host", "smtp-relay.gmail.com", "smtp_ehlo_domain", "c.example.org"), nil, []string{"instance smtp in force opportunistic"}},
		{"EHLO cannot be set", "4.3.9", with(starttls, "smtp_host", "smtp-relay.gmail.com", "smtp_ehlo_domain", "c.example.org"), nil, []string{"instance smtp in force opportunistic; helo-rejected smtp_ehlo_domain error"}},
		{"blanks", "4.3.10", with(starttls, "smtp_host", " smtp-relay.brevo.com", "smtp_password", canaryPassword+"\n"), nil, []string{
			"instance smtp in force opportunistic; setting-mangled smtp_host error; setting-mangled smtp_password error"}},
		{"no user name", "4.3.10", with(starttls, "smtp_username", nil), nil, []string{"instance smtp in force opportunistic; client-credentials-missing smtp_username warning"}},
		{"scheme", "4.3.10", with(starttls, "smtp_host", "ssl://smtp-relay.brevo.com"), nil, []string{"instance smtp in force opportunistic; setting-host-has-scheme smtp_host"}},
		{"port in host", "4.3.10", with(starttls, "smtp_host", "smtp-relay.brevo.com:587"), nil, []string{"instance smtp in force opportunistic; client-config-invalid smtp_host"}},
		{"no host, no port", "4.3.10", with(starttls, "smtp_host", nil, "smtp_port", nil), nil, []string{"instance smtp in force opportunistic; setting-missing smtp_host; setting-port-missing smtp_port"}},
		{"no sender", "4.3.10", with(starttls, "smtp_from_address", ""), nil, []string{"instance smtp in force opportunistic; from-missing smtp_from_address error"}},
		{"no sender, long ago", "4.0.0", with(starttls, "smtp_from_address", nil), nil, []string{"instance smtp in force opportunistic; from-missing smtp_from_address"}},
		{"sender with a name", "4.3.10", with(starttls, "smtp_from_address", "Me <me@example.org>"), nil, []string{"instance smtp in force opportunistic; client-config-invalid smtp_from_address"}},
		{"port of a mailbox", "4.3.10", with(starttls, "smtp_port", 993), nil, []string{"instance smtp in force opportunistic want 587 opportunistic"}},
		{"plain text left over", "4.3.10", with(starttls, "smtp_host", "raw:smtp-relay.brevo.com"), nil, []string{"instance smtp in force opportunistic; client-config-invalid smtp_host"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got := told(read(t, rows(t, c.instance, c.teams...), c.release, Options{}))
			want := slices.Clone(c.want)
			for i := range want {
				want[i] = strings.NewReplacer("T0 ", "team T0 ", "T1 ", "team T1 ").Replace(want[i])
			}
			if !slices.Equal(got, want) {
				t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
			}
		})
	}
}

// TestSteps: what to do at the release that the mission is about, and today.
func TestSteps(t *testing.T) {
	t.Parallel()
	steps := func(release string, teams ...map[string]any) []string {
		all := read(t, rows(t, brevoRow(), teams...), release, Options{})
		return all[len(all)-1].Want.Steps
	}
	const sql = `Or by SQL: docker exec coolify-db psql -U coolify -d coolify -c "UPDATE `
	for _, c := range []struct {
		name string
		got  []string
		want []string
	}{
		{"379", steps("4.0.0-beta.379"), []string{"Update Coolify to v4.0.0-beta.380 or later", "Or stay at 4.0.0-beta.379 and choose there: Port 587, Encryption SSL", sql + `instance_settings SET smtp_encryption = 'ssl' WHERE id = 0"`, "Then run docker restart coolify"}},
		{"4.2", steps("4.2.0"), []string{"Set in Settings > Transactional Email > SMTP Server: Port 587, Encryption StartTLS", sql + `instance_settings SET smtp_encryption = 'starttls' WHERE id = 0"`, "Then"}},
		{"newest", steps(""), []string{"Set in Settings", `Or by the API (v4.3.10 and later, a token of the root team with write:sensitive): PATCH /api/v1/settings/email {"smtp_encryption":"starttls"}`, sql, "Then"}},
		{"team", steps("4.3.2", brevoRow()), []string{"Set in Notifications > Email of the team T0 > SMTP Server: Port 587, Encryption StartTLS",
			"Or by the API (v4.3.0 and later, a token of this team): PATCH /api/v1/notifications/email {", sql + `email_notification_settings SET smtp_encryption = 'starttls' WHERE team_id = 0"`, "Then"}},
	} {
		if len(c.got) != len(c.want) {
			t.Errorf("%s: got %q, want %q", c.name, c.got, c.want)
			continue
		}
		for i := range c.want {
			if !strings.HasPrefix(c.got[i], c.want[i]) {
				t.Errorf("%s: step %d is %q, want %q", c.name, i+1, c.got[i], c.want[i])
			}
		}
	}
}

// TestSQL: SQL names plain columns only; a plain value in an encrypted one
// breaks the page.
func TestSQL(t *testing.T) {
	t.Parallel()
	for _, release := range []string{"4.0.0-beta.379", "4.0.0", "4.3.10", ""} {
		row := with(brevoRow(), "smtp_timeout", 0, "resend_api_key", canaryKey, "smtp_port", 2465)
		for _, s := range read(t, rows(t, row, with(row, "smtp_enabled", false)), release, Options{}) {
			all := s.Remarks
			if s.Want != nil {
				all = append(all, evidence.Remark{Fix: s.Want.Steps})
			}
			for _, r := range all {
				for _, step := range r.Fix {
					for _, column := range sealedColumns {
						if strings.Contains(step, "UPDATE") && strings.Contains(step, column) {
							t.Errorf("%s at %q: %s", r.Check, release, step)
						}
					}
				}
			}
		}
	}
}

func TestKeptKey(t *testing.T) {
	t.Parallel()
	row := with(brevoRow(), "resend_api_key", canaryKey)
	for _, c := range []struct {
		name, release string
		row           map[string]any
		want, not     string
	}{
		{"the form wants a key", "4.0.0-beta.379", row, "Run docker exec coolify php artisan tinker", "PATCH"},
		{"the form takes none", "4.3.2", row, "To clear it: empty API Key in Settings > Transactional Email > Resend", "PATCH"},
		{"API", "4.3.10", row, `PATCH /api/v1/settings/email {"resend_api_key":null}`, "tinker"},
		{"in use over SMTP", "4.3.10", with(row, "smtp_host", "smtp.resend.com", "smtp_password", canaryKey), "Do not delete the key at Resend before smtp_password of instance has another one", "Delete it"},
		{"rotate", "4.3.10", row, "Delete it at https://resend.com/api-keys", "Do not"},
	} {
		all := read(t, rows(t, c.row), c.release, Options{})
		s := all[len(all)-1]
		fix := strings.Join(s.Remarks[0].Fix, "\n")
		if s.APIKey.Prefix != "re_Ab3dEf6h" || !s.APIKey.Set || !strings.Contains(fix, c.want) || strings.Contains(fix, c.not) {
			t.Errorf("%s: got prefix %q and\n%s\nwant %q and no %q", c.name, s.APIKey.Prefix, fix, c.want, c.not)
		}
	}
}

// TestUnreadable tells apart why a value cannot be read; what depends on it is
// unknown then, and not missing.
func TestUnreadable(t *testing.T) {
	t.Parallel()
	own := keys(t, testKey, "")
	damaged := sealRaw(t, own[0], make([]byte, 16), make([]byte, 16), "")
	for _, c := range []struct {
		name string
		row  map[string]any
		keys []Key
		want string
	}{
		{"wrong key", brevoRow(), keys(t, otherKey, ""), "5 encrypted values cannot be decrypted: another APP_KEY was in force when they were stored"},
		{"damaged", with(brevoRow(), "smtp_password", "raw:"+damaged), own, "smtp_password is damaged in the database"},
		{"plain", with(brevoRow(), "smtp_password", "raw:"+canaryPassword), own, "smtp_password is stored in plain text"},
		{"no key", brevoRow(), []Key{}, "Encrypted values were not read: there is no APP_KEY"},
	} {
		s := read(t, rows(t, c.row), "4.3.10", Options{Keys: c.keys})[0]
		i := slices.IndexFunc(s.Remarks, func(r evidence.Remark) bool { return strings.HasPrefix(r.Summary, c.want) })
		if i < 0 || !s.Password.Set || !s.Password.Unknown {
			t.Errorf("%s: password %+v, remarks %+v; want %q", c.name, s.Password, s.Remarks, c.want)
		}
		if c.name == "wrong key" && (!s.Host.Unknown || s.Want == nil || len(told([]evidence.Settings{s})) != 1 || strings.Contains(told([]evidence.Settings{s})[0], "missing")) {
			t.Errorf("%s: %+v", c.name, told([]evidence.Settings{s}))
		}
	}
}

func TestAPIWithoutSecrets(t *testing.T) {
	t.Parallel()
	s := read(t, `{"smtp_enabled":true,"smtp_port":587,"smtp_encryption":"starttls","smtp_timeout":null,"smtp_ehlo_domain":null,"resend_enabled":false}`, "4.3.10", Options{})[0]
	if !s.Host.Unknown || !s.From.Unknown || !s.Password.Unknown || s.Mode.Is != target.Opportunistic || len(told([]evidence.Settings{s})) != 1 || told([]evidence.Settings{s})[0] != "instance smtp in force opportunistic" {
		t.Errorf("got %+v", s)
	}
}

// TestProof: what was seen of the server counts for more than what its port
// stands for.
func TestProof(t *testing.T) {
	t.Parallel()
	row := with(brevoRow(), "smtp_host", "mail.example.org", "smtp_encryption", "starttls")
	proof := settings.Proof{Host: "mail.example.org", Works: []settings.Tried{{Port: 465, Mode: target.Implicit}}, Fails: []settings.Tried{{Port: 587}}}
	s := read(t, rows(t, row), "4.3.10", Options{Proofs: []settings.Proof{proof}})[0]
	if s.Want == nil || s.Want.Port != 465 || s.Want.Mode != target.Implicit {
		t.Errorf("want %+v", s.Want)
	}
}

func TestRanges(t *testing.T) {
	t.Parallel()
	s := read(t, rows(t, brevoRow()), "", Options{})[0]
	want := []evidence.Range{
		{Releases: "before v4.0.0-beta.377", Mode: target.Opportunistic},
		{Releases: "from v4.0.0-beta.381 on, before v4.0.0-beta.401", Mode: target.Opportunistic},
	}
	if !slices.Equal(s.Ranges, want) || s.AppVersion != "" {
		t.Errorf("release %q, ranges %+v, want %+v", s.AppVersion, s.Ranges, want)
	}
}

func TestFailures(t *testing.T) {
	t.Parallel()
	const wrong = "2024-12-20 09:15:02|X\\TransportException: Connection could not be established with host \"ssl://smtp-relay.brevo.com:587\": stream_socket_client(): SSL operation failed with code 1. OpenSSL Error messages: error:0A00010B:SSL routines::wrong version number\n"
	const login = "2024-12-21 09:15:02.123|X\\TransportException: Failed to authenticate on SMTP server with username \"me\" using the following authenticators: \"LOGIN\". Authenticator \"LOGIN\" returned \"Expected response code \"235\" but got code \"535\", with message \"535 5.7.8 Authentication failed\".\". password=" + canaryPassword + "\n"
	all := read(t, rows(t, with(brevoRow(), "resend_api_key", canaryKey))+wrong, "4.0.0-beta.379", Options{})
	if s := all[0]; !strings.Contains(s.Mode.Why, "on 2024-12-20 09:15:02: Connection could not") || len(s.Remarks) != 2 {
		t.Errorf("got %q, %+v", s.Mode.Why, s.Remarks)
	}
	lan := with(brevoRow(), "smtp_host", "relay.internal", "smtp_port", 10025)
	if s := read(t, rows(t, lan), "4.3.10", Options{})[0]; s.Want != nil {
		t.Errorf("nobody knows what port 10025 of a relay speaks, and %+v is wanted", s.Want)
	}
	s := read(t, rows(t, lan)+strings.ReplaceAll(wrong, "smtp-relay.brevo.com:587", "relay.internal:10025"), "4.3.10", Options{})[0]
	if last := s.Remarks[len(s.Remarks)-1]; s.Want == nil || last.Check != "tls-on-starttls-port" || last.Severity != "error" || len(last.Fix) == 0 {
		t.Errorf("the failure tells it: got %+v, %+v", s.Want, last)
	}
	all = read(t, rows(t, brevoRow())+wrong+login, "4.0.0-beta.379", Options{})
	last := all[0].Remarks[len(all[0].Remarks)-1]
	if last.Check != "auth-bad-credentials" || last.Summary != "The last mail job that failed did so on 2024-12-21 09:15:02" || !strings.Contains(last.Quote, "535") {
		t.Errorf("got %+v", last)
	}
	all = read(t, rows(t, brevoRow())+"2024-12-20 09:15:02|Exception: No email settings found.\n", "4.3.10", Options{})
	if last := all[0].Remarks[len(all[0].Remarks)-1]; last.Check != "mailer-switched-off" {
		t.Errorf("got %+v", last)
	}
}

// TestCredentials: they stand in the order of the channels, and only those of the
// channel itself.
func TestCredentials(t *testing.T) {
	t.Parallel()
	both := with(brevoRow(), "resend_api_key", canaryKey) // Resend is off, its key is kept
	in, err := Parse([]byte(rows(t, both, emptyTeam())))
	if err != nil {
		t.Fatal(err)
	}
	o := Options{Keys: keys(t, testKey, "")}
	channels, secrets := Channels(in, o), Credentials(in, o)
	if len(channels) != len(secrets) || len(channels) < 3 {
		t.Fatalf("%d channels, %d credentials", len(channels), len(secrets))
	}
	for i, s := range channels {
		wantPassword, wantKey := "", ""
		switch {
		case s.Scope == "instance" && s.Channel == "smtp":
			wantPassword = canaryPassword
		case s.Scope == "instance" && s.Channel == "resend":
			wantKey = canaryKey
		}
		if got := secrets[i]; got.Password.Reveal() != wantPassword || got.APIKey.Reveal() != wantKey {
			t.Errorf("%s %s: %q and %q", s.Scope, s.Channel, got.Password.Reveal(), got.APIKey.Reveal())
		}
	}
	if locked := Credentials(in, Options{}); locked[0].Password.IsSet() {
		t.Error("a password that cannot be decrypted is handed out")
	}
}

// TestKeyInUse: a kept key that SMTP logs in with is no key to delete.
func TestKeyInUse(t *testing.T) {
	t.Parallel()
	for _, password := range []string{canaryKey, canaryPassword} {
		for _, s := range read(t, rows(t, with(brevoRow(), "smtp_host", "smtp.resend.com", "smtp_password", password, "resend_api_key", canaryKey)), "4.3.10", Options{}) {
			if s.Channel == "resend" && s.KeyInUse != (password == canaryKey) {
				t.Errorf("in use: %v with the password %q", s.KeyInUse, password)
			}
		}
	}
}
