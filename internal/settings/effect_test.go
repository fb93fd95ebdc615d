package settings

import (
	"fmt"
	"testing"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/target"
)

func TestEndpoint(t *testing.T) {
	t.Parallel()
	change := func(d *dialect.Dialect, edit func(*dialect.Dialect)) *dialect.Dialect { edit(d); return d }
	enc := func(k dialect.Key) *dialect.Dialect {
		return change(words(), func(d *dialect.Dialect) {
			k.Name, k.Role, k.Words = "M_ENC", dialect.Scheme, d.Keys[4].Words
			d.Keys[4] = k
		})
	}
	for _, c := range []struct {
		name    string
		d       *dialect.Dialect
		version string
		text    string
		want    string
	}{
		{"set", words(), "", "M_PORT=587\nM_ENC=ssl\n", "587 implicit"},
		{"the word in another case", words(), "", "M_PORT=587\nM_ENC= SSL \n", "587 implicit"},
		{"told apart by case", change(words(), func(d *dialect.Dialect) { d.Params.Case = true }), "", "M_PORT=587\nM_ENC=SSL\n", "587 unknown refused"},
		{"the mode's own default port", words(), "", "M_ENC=ssl\n", "465 implicit"},
		{"the mode's own default port, STARTTLS", words(), "", "M_ENC=tls\n", "587 starttls"},
		{"no switch", words(), "", "M_PORT=587\n", "587 cleartext"},
		{"nothing", words(), "", "", "25 cleartext"},
		{"the default of a switch", enc(dialect.Key{Default: "tls"}), "", "M_PORT=465\n", "465 starttls"},
		{"empty means the default", enc(dialect.Key{Default: "tls"}), "", "M_PORT=465\nM_ENC=\n", "465 starttls"},
		{"unknown word refused", words(), "", "M_PORT=465\nM_ENC=foo\n", "465 unknown refused"},
		{"unknown word ignored", enc(dialect.Key{Default: "tls", Else: "="}), "", "M_PORT=465\nM_ENC=foo\n", "465 starttls"},
		{"unknown word counts as another", enc(dialect.Key{Else: "ssl"}), "", "M_PORT=587\nM_ENC=foo\n", "587 implicit"},
		{"switch of a later release", enc(dialect.Key{Since: "2"}), "1.9", "M_PORT=587\nM_ENC=ssl\n", "587 cleartext"},
		{"switch of this release", enc(dialect.Key{Since: "2"}), "2", "M_PORT=587\nM_ENC=ssl\n", "587 implicit"},
		{"switch of an earlier release", enc(dialect.Key{Until: "2"}), "2", "M_PORT=587\nM_ENC=ssl\n", "587 cleartext"},
		{"release not known: the newest", enc(dialect.Key{Until: "2"}), "", "M_PORT=587\nM_ENC=ssl\n", "587 cleartext"},
		{"release not known: the newest reads it", enc(dialect.Key{Since: "2"}), "", "M_PORT=587\nM_ENC=ssl\n", "587 implicit"},
		{"old, still read", enc(dialect.Key{Old: "2"}), "3", "M_PORT=587\nM_ENC=ssl\n", "587 implicit"},
		{"old, its default counts no more", enc(dialect.Key{Old: "2", Default: "ssl"}), "3", "M_PORT=587\n", "587 cleartext"},
		{"not yet old, its default counts", enc(dialect.Key{Old: "2", Default: "ssl"}), "1", "M_PORT=587\n", "587 implicit"},
		{"set by what is not here", words(), "", "M_PORT=587\nM_ENC=${NOWHERE}\n", "587 unknown"},
		{"port by default of its key", bools(), "", "B_SSL=true\n", "25 implicit"},
		{"two bools refuse each other", bools(), "", "B_SSL=true\nB_TLS=yes\n", "25 unknown refused"},
		{"bools in words", bools(), "", "B_SSL=off\nB_TLS=1\n", "25 starttls"},
		{"0 or 1 alone", change(bools(), func(d *dialect.Dialect) { d.Params.Bools = dialect.ZeroOne }), "", "B_SSL=true\n", "25 unknown refused"},
		{"any text is true", change(bools(), func(d *dialect.Dialect) { d.Params.Bools = dialect.NonEmpty }), "", "B_SSL=false\n", "25 implicit"},
		{"no text is not", change(bools(), func(d *dialect.Dialect) { d.Params.Bools = dialect.NonEmpty }), "", "B_SSL=\nB_TLS=\n", "25 cleartext"},
		{"the default of a bool for those who take any text", change(bools(), func(d *dialect.Dialect) { d.Params.Bools = dialect.NonEmpty; d.Keys[4].Default = "false" }), "", "", "25 cleartext"},
		{"last one counts", words(), "", "M_ENC=tls\nM_ENC=ssl\n", "465 implicit"},
		{"commented out", words(), "", "#M_ENC=ssl\n", "25 cleartext"},
		{"URL", urls(), "", "U_DSN=smtps://h.example\n", "465 implicit"},
		{"URL with a port", urls(), "", "U_DSN=smtp://h.example:587?require_tls=true\n", "587 starttls"},
		{"URL with an option that is no", urls(), "", "U_DSN=smtp://h.example:587?auto_tls=0\n", "587 cleartext"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			port, e := of(c.d, c.version, c.text).endpoint(nil)
			got := fmt.Sprintf("%d %s", port, e.Mode)
			if e.Refused != "" || e.Refuses != "" {
				got += " refused"
			}
			if got != c.want {
				t.Errorf("%s, want %s", got, c.want)
			}
		})
	}
}

// TestEffectOfChanges: a change counts in place of what is set, and one that is
// absent gives way to the default.
func TestEffectOfChanges(t *testing.T) {
	t.Parallel()
	d := words()
	d.Keys[4].Default = "ssl"
	a := of(d, "", "M_PORT=587\nM_ENC=tls\n")
	k := &a.Dialect.Keys[4]
	for _, c := range []struct {
		change change
		want   target.Mode
	}{
		{change{text: "none", typ: conf.String}, target.Cleartext}, {change{absent: true}, target.Implicit},
	} {
		if got := a.effect(map[*dialect.Key]change{k: c.change}, 587).Mode; got != c.want {
			t.Errorf("%+v makes it %s, want %s", c.change, got, c.want)
		}
	}
	if got := a.effect(nil, 587).Mode; got != target.STARTTLS {
		t.Errorf("unchanged it is %s", got)
	}
}

// TestRanges: where the release is not known, releases that differ are named.
func TestRanges(t *testing.T) {
	t.Parallel()
	d := words()
	d.Ranges = []string{"2.0", "3.0"}
	d.Mode = func(in dialect.In) dialect.Effect {
		switch {
		case in.Version.Before("2.0"):
			return dialect.Effect{Mode: target.Cleartext}
		case in.Version.Before("3.0"):
			return dialect.Effect{Mode: target.Unknown, Refuses: "no"}
		}
		return dialect.Effect{Mode: target.STARTTLS}
	}
	text := "M_HOST=h.example\nM_PORT=587\n"
	got := of(d, "", text).Channels(Proof{})[0].Evidence.Ranges
	if len(got) != 2 || got[0].Releases != "before 2.0" || got[0].Mode != target.Cleartext || got[1].Releases != "from 2.0 on, before 3.0" || got[1].Refuses != "no" {
		t.Errorf("ranges: %+v", got)
	}
	if got := of(d, "3.1", text).Channels(Proof{})[0].Evidence.Ranges; got != nil {
		t.Errorf("of a release that is known: %+v", got)
	}
}
