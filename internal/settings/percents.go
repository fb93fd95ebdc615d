package settings

import (
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/evidence"
)

// percents tells of a single % in a file where it begins a parameter (Symfony's
// YAML): a literal one is doubled there.
func (c *Channel) percents() {
	for _, v := range c.App.values {
		if !v.Key.Percents || v.Part != whole || v.Entry.Type != conf.String || !singlePercent(v.Entry.Value) {
			continue
		}
		r := evidence.Remark{Check: "setting-mangled", Severity: isError, From: v.origin(), Summary: fmt.Sprintf("A single %% in %s begins a parameter there: it is not read as it looks", v.Name()),
			Detail: "Symfony says: You have requested a non-existent parameter. A literal % is written twice in such a file.",
			Fix:    []string{fmt.Sprintf("Write each %% of %s twice, or set it to %%env(MAILER_DSN)%% and keep the DSN in .env", place(v.origin()))}}
		u, ok := conf.ParseURL(v.Text)
		if !ok {
			c.say(r)
			continue
		}
		c.say(r, urlEdit(v, u))
	}
}

// singlePercent reports whether a text has a % that is neither doubled nor part
// of %env(NAME)% or of the name of a parameter.
func singlePercent(text string) bool {
	_, text, found := strings.Cut(strings.ReplaceAll(text, "%%", ""), "%")
	for found {
		var name string
		name, text, found = strings.Cut(text, "%")
		if !found || strings.ContainsAny(name, "@/: ") && !strings.HasPrefix(name, "env(") || hexPair(name) {
			return true
		}
		_, text, found = strings.Cut(text, "%")
	}
	return false
}

func hexPair(s string) bool {
	return len(s) >= 2 && strings.Trim(s[:2], "0123456789abcdefABCDEF") == "" && !strings.HasPrefix(s, "env(")
}
