package settings

import (
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/evidence"
)

// several is a mail URL that holds others, as Symfony Mailer takes it.
var several = regexp.MustCompile(`^\s*(failover|roundrobin)\((.*)\)(\?\S*)?\s*$`)

// members are the applications of a URL that holds others: each the same
// application with one of them alone. Nil where there is no such URL.
func (a *App) members() []*App {
	v := a.url()
	if v == nil {
		return nil
	}
	m := several.FindStringSubmatchIndex(v.Text)
	if m == nil {
		return nil
	}
	var out []*App
	for at := m[4]; at < m[5]; {
		rest := v.Text[at:m[5]]
		blank := len(rest) - len(strings.TrimLeft(rest, " "))
		dsn, _, _ := strings.Cut(rest[blank:], " ")
		if dsn == "" {
			break
		}
		at += blank
		out = append(out, a.member(v, at, at+len(dsn)))
		at += len(dsn)
	}
	return out
}

// member is the application with the stretch of a URL in place of the whole.
func (a *App) member(v *Value, from, to int) *App {
	one := *a
	own := *v
	own.Text, own.before, own.after = v.Text[from:to], v.Text[:from], v.Text[to:]
	one.values = slices.DeleteFunc(slices.Clone(a.values), func(x *Value) bool { return x.Key == v.Key || x.Part != whole && x.Entry.Key == v.Entry.Key })
	one.values = append(one.values, &own)
	one.values = append(one.values, one.split(&own)...)
	return &one
}

// failover reads the channels of a URL that holds several.
func (a *App) failover(members []*App, proof Proof) []*Channel {
	var all []*Channel
	real := 0
	for i, m := range members {
		c := m.smtp(proof)
		c.Evidence.Name = fmt.Sprintf("%d of %d", i+1, len(members))
		c.Evidence.Scope = strings.TrimSpace(c.Evidence.Scope + " " + c.Evidence.Name)
		c.Evidence.InForce = true
		switch {
		case c.Evidence.Channel != "smtp": // the API of a provider
			real++
		case c.Evidence.Host.V != "" && c.Evidence.Mode.Is != "" && !strings.HasPrefix(m.url().Text, "null:"):
			real++
		default:
			c.Evidence.Channel = "none"
		}
		all = append(all, c)
	}
	if real == 1 && len(all) > 1 {
		first := all[0]
		first.say(evidence.Remark{Check: "failover-hides-errors", From: a.url().origin(), Summary: "Only one of the ways to send in this list sends: there is no backup",
			Detail: "Where it fails, the mail goes to a transport that delivers nothing and counts as sent.", Fix: []string{"Put a second real server into the list, or leave the list out"}})
	}
	return all
}

// urlText is the mail URL that a value, or a part of it, belongs to.
func (v *Value) urlText() string {
	if v.Part == whole {
		return v.Text
	}
	text := v.Entry.Value
	if v.Key.Percents {
		text = strings.ReplaceAll(text, "%%", "%")
	}
	return strings.TrimSuffix(strings.TrimPrefix(text, v.before), v.after)
}

// urlEdit writes a mail URL anew, with what stands around it in its value.
func urlEdit(v *Value, u conf.URL) edit {
	return edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: v.written(v.before + u.String() + v.after)}, key: v.Name(), secret: true}
}
