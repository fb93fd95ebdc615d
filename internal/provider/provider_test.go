package provider

import (
	"slices"
	"strings"
	"testing"

	"github.com/maildoctor/maildoctor/internal/target"
)

func must(t *testing.T, id string) Provider {
	t.Helper()
	p, ok := ByID(id)
	if !ok {
		t.Fatalf("ByID(%q) finds nothing", id)
	}
	return *p
}

// TestShapeOfAppPassword: sixteen letters at Gmail are an app password, whatever
// the blanks; a password of people is none, and elsewhere the shape tells nothing.
func TestShapeOfAppPassword(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ id, secret, want string }{
		{"gmail", "abcdefghijklmnop", AppPassword},
		{"gmail", "abcd efgh ijkl mnop", AppPassword},
		{"gmail", "correct-horse-7", ""},
		{"fastmail", "abcdefghijklmnop", ""},
		{"brevo", "abcdefghijklmnop", ""},
	} {
		p, _ := ByID(tt.id)
		if got := p.Password.Shape(tt.secret); got != tt.want {
			t.Errorf("%s: %q is %q, want %q", tt.id, tt.secret, got, tt.want)
		}
	}
}

func TestModeAt(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		id   string
		port uint16
		want target.Mode
	}{
		{"brevo", 587, target.STARTTLS},
		{"brevo", 465, target.Implicit},
		{"resend", 2465, target.Implicit},
		{"resend", 2525, target.NoMode},
		{"mailpit", 1025, target.Cleartext},
	} {
		if got := must(t, tt.id).ModeAt(tt.port); got != tt.want {
			t.Errorf("%s: ModeAt(%d) = %q, want %q", tt.id, tt.port, got, tt.want)
		}
	}
}

func TestBest(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		id   string
		want uint16
	}{
		{"brevo", 587},
		{"resend", 465},
		{"gmail", 465},            // none recommended: the first
		{"hostinger", 465},        // all in doubt: the recommended one
		{"cloudflare-email", 465}, // the only one
		{"emailit", 587},          // the only one, in doubt
	} {
		if got := must(t, tt.id).Best().Port; got != tt.want {
			t.Errorf("%s: Best() = %d, want %d", tt.id, got, tt.want)
		}
	}
	doubted := Provider{
		Ports:      []Port{{Port: 2525, Recommended: true}, {Port: 587}},
		Unverified: []Doubt{{Field: "ports.2525"}},
	}
	if got := doubted.Best().Port; got != 587 {
		t.Errorf("Best() = %d with 2525 in doubt, want 587", got)
	}
}

func TestLacks(t *testing.T) {
	t.Parallel()
	if !must(t, "postmark").Lacks(465) || must(t, "postmark").Lacks(2465) {
		t.Error("postmark lacks 465, and nothing is known of 2465")
	}
}

func TestDelivers(t *testing.T) {
	t.Parallel()
	for id, want := range map[string]bool{"brevo": true, "mailpit": false, "mailtrap": true, "mailtrap-sandbox": false} {
		if got := must(t, id).Delivers(); got != want {
			t.Errorf("%s: Delivers() = %v, want %v", id, got, want)
		}
	}
}

func TestTrusted(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		id, field string
		want      bool
	}{
		{"brevo", "password.prefix", true},
		{"brevo", "password.pattern", false},     // named
		{"brevo", "password", true},              // doubt about a part is not doubt about the whole
		{"hostinger", "ports.587", false},        // what holds it is named
		{"hostinger", "ports.5", false},          // likewise
		{"sendpulse", "username.pattern", false}, // likewise
		{"sweego", "ports.587", false},           // ground of low confidence
		{"sweego", "password.kind", false},       // likewise
		{"mailjet", "rejections.535", false},
		{"mailtrap", "ports.2525", false},
		{"mailtrap", "ports.587", true},
		{"smtp2go", "hosts.mail-*.smtp2go.com", false},
		{"smtp2go", "hosts.mail.smtp2go.com", true},
	} {
		if got := must(t, tt.id).Trusted(tt.field); got != tt.want {
			t.Errorf("%s: Trusted(%q) = %v, want %v", tt.id, tt.field, got, tt.want)
		}
	}
}

// The samples below have the right shape and are nobody's.
func rep(s string, n int) string { return strings.Repeat(s, n) }

var uuid = rep("0", 8) + "-" + rep("1", 4) + "-" + rep("2", 4) + "-" + rep("3", 4) + "-" + rep("4", 12)

func TestUsernameFits(t *testing.T) {
	t.Parallel()
	samples := map[string]struct{ fit, unfit []string }{
		"ahasend":            {[]string{rep("a1", 5)}, []string{"me@example.org"}},
		"amazon-ses":         {[]string{"AKIA" + rep("X", 16)}, []string{"AKIA", "me@example.org"}},
		"azure-acs":          {[]string{"res." + uuid + "." + uuid, "res|" + uuid + "|" + uuid}, []string{"res." + uuid, "me@example.org"}},
		"brevo":              {[]string{"8a001@smtp-brevo.com"}, []string{"me@example.org", "x001@smtp-brevo.com"}},
		"mailersend":         {[]string{"MS_abc123@example.org"}, []string{"abc@example.org"}},
		"mailgun":            {[]string{"postmaster@mg.example.org"}, []string{"postmaster", "api"}},
		"mailjet":            {[]string{rep("0f", 16)}, []string{"me@example.org"}},
		"mailtrap-sandbox":   {[]string{rep("0f", 7)}, []string{"api"}},
		"oci-email-delivery": {[]string{"ocid1.user.oc1..aaaa@ocid1.tenancy.oc1..bbbb.xy.com"}, []string{"me@example.org"}},
		"postmark":           {[]string{uuid, "PM-T-x"}, []string{"me@example.org"}},
		"scaleway-tem":       {[]string{uuid}, []string{"me@example.org"}},
		"socketlabs":         {[]string{"server1234"}, []string{"server"}},
		"turbosmtp":          {[]string{rep("0f", 10), "me@example.org"}, []string{"me"}},
		"sendgrid":           {[]string{"apikey"}, []string{"me@example.org"}},
		"resend":             {[]string{"resend"}, []string{"me@example.org"}},
		"gmail":              {[]string{"me@gmail.com"}, nil},
	}
	for _, p := range All() {
		s, ok := samples[p.ID]
		if !ok && p.Username.Pattern != "" {
			t.Errorf("%s: the user name's pattern has no sample here", p.ID)
		}
		for _, name := range s.fit {
			if !p.Username.Fits(name) {
				t.Errorf("%s: Username.Fits(%q) = false", p.ID, name)
			}
		}
		for _, name := range s.unfit {
			if p.Username.Fits(name) {
				t.Errorf("%s: Username.Fits(%q) = true", p.ID, name)
			}
		}
	}
}

func TestPasswordFits(t *testing.T) {
	t.Parallel()
	other := "any other word"
	samples := map[string]struct{ fit, unfit []string }{
		"amazon-ses":        {[]string{"BA" + rep("x", 42)}, []string{rep("x", 40), "CA" + rep("x", 42)}},
		"brevo":             {[]string{"xsmtpsib-" + rep("0", 64) + "-" + rep("x", 16)}, []string{"xkeysib-" + rep("0", 64) + "-" + rep("x", 16)}},
		"gmail":             {[]string{rep("x", 16), "xxxx xxxx xxxx xxxx"}, []string{rep("x", 15), "Xxxx xxxx xxxx xxx1"}},
		"icloud":            {[]string{"xxxx-xxxx-xxxx-xxxx"}, []string{rep("x", 16)}},
		"loops":             {[]string{rep("0f", 16)}, []string{other}},
		"mailjet":           {[]string{rep("0f", 16)}, []string{other}},
		"mailtrap":          {[]string{rep("0f", 16)}, []string{rep("0f", 7)}},
		"mailtrap-sandbox":  {[]string{rep("0f", 7)}, []string{rep("0f", 16)}},
		"mandrill":          {[]string{rep("x", 22), "md-" + rep("x", 22)}, []string{rep("0", 32) + "-us1"}},
		"netcore":           {[]string{"user_" + rep("0f", 16)}, []string{other}},
		"postmark":          {[]string{uuid}, []string{other}},
		"proton-submission": {[]string{rep("X1", 8)}, []string{rep("x1", 8)}},
		"qq":                {[]string{rep("x", 16)}, []string{other}},
		"resend":            {[]string{"re_xxx"}, []string{"xx_xxx", "re_"}},
		"scaleway-tem":      {[]string{uuid}, []string{"SCW" + rep("X", 17)}},
		"sendgrid":          {[]string{"SG." + rep("x", 22) + "." + rep("x", 43)}, []string{"SG." + rep("x", 22), other}},
		"sparkpost":         {[]string{rep("0f", 20)}, []string{other}},
	}
	for _, p := range All() {
		s, ok := samples[p.ID]
		if !ok && p.Password.Pattern != "" {
			t.Errorf("%s: the password's pattern has no sample here", p.ID)
		}
		for _, secret := range s.fit {
			if !p.Password.Fits(secret) {
				t.Errorf("%s: Password.Fits(%q) = false", p.ID, secret)
			}
			if p.Password.Prefix != "" && !strings.HasPrefix(secret, p.Password.Prefix) {
				t.Errorf("%s: sample %q lacks the prefix %q", p.ID, secret, p.Password.Prefix)
			}
			if n := p.Password.Length; n > 0 && len(secret) != n {
				t.Errorf("%s: sample %q has %d characters, the row says %d", p.ID, secret, len(secret), n)
			}
			if kind := p.Password.WrongKind(secret); kind != "" {
				t.Errorf("%s: WrongKind(%q) = %q for a right one", p.ID, secret, kind)
			}
		}
		for _, secret := range s.unfit {
			if p.Password.Fits(secret) {
				t.Errorf("%s: Password.Fits(%q) = true", p.ID, secret)
			}
		}
	}
	if !must(t, "mailersend").Password.Fits("mssp.x") || must(t, "mailersend").Password.Fits("x") {
		t.Error("mailersend: without a pattern the prefix decides")
	}
}

func TestWrongKind(t *testing.T) {
	t.Parallel()
	samples := map[string][]string{
		"amazon-ses":    {rep("x", 40)},
		"brevo":         {"xkeysib-" + rep("0", 64) + "-" + rep("x", 16)},
		"elastic-email": {rep("0F", 48)},
		"mailersend":    {"mlsn." + rep("0f", 32)},
		"mailgun":       {"key-" + rep("0f", 16), "pubkey-x"},
		"mandrill":      {rep("0f", 16) + "-us12"},
		"smtp2go":       {"api-x"},
	}
	for _, p := range All() {
		if got, want := len(samples[p.ID]), len(p.Password.WrongKinds); got != want {
			t.Errorf("%s: %d samples for %d wrong kinds", p.ID, got, want)
			continue
		}
		for i, secret := range samples[p.ID] {
			if got, want := p.Password.WrongKind(secret), p.Password.WrongKinds[i].Is; got != want {
				t.Errorf("%s: WrongKind(%q) = %q, want %q", p.ID, secret, got, want)
			}
		}
		if got := p.Password.WrongKind("another"); got != "" {
			t.Errorf("%s: WrongKind(%q) = %q, want none", p.ID, "another", got)
		}
	}
}

func TestPermanent(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		r    Rejection
		want bool
	}{
		{Rejection{Code: 550}, true},
		{Rejection{Code: 450}, false},
		{Rejection{Code: 450, Lasts: Permanent}, true},
		{Rejection{Code: 550, Lasts: Temporary}, false},
		{Rejection{Code: 403, Protocol: "rest"}, true},
		{Rejection{Code: 429, Protocol: "rest"}, false},
	} {
		if got := tt.r.Permanent(); got != tt.want {
			t.Errorf("%+v: Permanent() = %v, want %v", tt.r, got, tt.want)
		}
	}
	for _, r := range must(t, "resend").Rejections {
		if !r.Permanent() {
			t.Errorf("resend: %d %q passes for temporary", r.Code, r.Text)
		}
	}
}

func TestBlocking(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		port uint16
		want string
		is   bool
	}{
		{25, "aws-ec2", true},
		{465, "hetzner-cloud", true},
		{587, "hetzner-cloud", false},
		{587, "digitalocean", true},
		{587, "cpanel-smtp-restrictions", false}, // redirected, not blocked
		{2525, "railway", true},
		{2525, "render", false},
	} {
		got := slices.ContainsFunc(Blocking(tt.port), func(b Block) bool { return b.ID == tt.want })
		if got != tt.is {
			t.Errorf("Blocking(%d) holds %q: %v, want %v", tt.port, tt.want, got, tt.is)
		}
	}
	if got := Blocking(2587); len(got) != 0 {
		t.Errorf("Blocking(2587) = %v, want none", got)
	}
}

func TestHere(t *testing.T) {
	t.Parallel()
	env := map[string]string{"DYNO": "web.1", "RAILWAY_PROJECT_ID": "x", "RENDER": ""}
	got := Here(func(name string) string { return env[name] })
	if want := []string{"heroku", "railway"}; !slices.Equal(got, want) {
		t.Errorf("Here(%v) = %v, want %v", env, got, want)
	}
	if got := Here(func(string) string { return "" }); len(got) != 0 {
		t.Errorf("Here of an empty environment = %v, want none", got)
	}
}
