package settings

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// solve says which endpoint the settings should name, where they name one that
// cannot work, and finds the changes that lead there.
func (c *Channel) solve(proof Proof) {
	e := &c.Evidence
	host, now := e.Host.V, number(e.Port.V)
	if e.Mode.Is == target.NoMode || host == "" && !e.Host.Unknown || !c.App.configured() && !e.Host.Unknown || e.Port.Unknown {
		return
	}
	better := submissionHost(host, now)
	if c.fine(better, host, now, proof) {
		c.outlive(now)
		return
	}
	s, ok := c.App.solve(c.goals(better, now, proof))
	if !ok {
		return
	}
	c.solved, c.want = s, true
	c.blame()
	e.Want = &evidence.Want{Port: s.port, Mode: s.mode, Steps: []string{}}
	if better != host {
		e.Want.Host = better
	}
	for _, ed := range c.wanted() {
		e.Want.Steps = append(e.Want.Steps, step(ed))
	}
	c.refit()
}

// outlive replaces switches that are old by those that took their place, where
// the settings are right as they are.
func (c *Channel) outlive(port uint16) {
	a, m := c.App, c.Evidence.Mode.Is
	if m == target.Unknown || !slices.ContainsFunc(a.switches(), a.outlived) {
		return
	}
	s, ok := a.solve([]goal{{port, []target.Mode{m}, 0}})
	if !ok {
		return
	}
	var edits []edit
	for _, sw := range a.switches() {
		if ch, ok := s.changes[sw.id()]; ok {
			edits = append(edits, a.edits(sw, ch, map[*dialect.Key]conf.URL{})...)
		}
	}
	c.remedies = append([]remedy{{edits}}, c.remedies...)
}

// refit puts what the search found into the remarks on switches that it changes.
func (c *Channel) refit() {
	e := &c.Evidence
	for i := range e.Remarks {
		r := &e.Remarks[i]
		onSwitch := r.Check == "tls-switches-conflict"
		for id := range c.solved.changes {
			onSwitch = onSwitch || (r.Check == "client-config-invalid" || r.Check == "setting-read-as-true") && id.Name != "" && lastPart(id.Name) == lastPart(r.From.Key)
		}
		if onSwitch {
			r.Fix = slices.Clone(e.Want.Steps)
		}
		if r.Check == "tls-switches-conflict" && len(e.Mode.Keys) > 0 {
			r.From = e.Mode.Keys[0]
		}
	}
}

// blame puts the switches that are to change before those that are not.
func (c *Channel) blame() {
	var first, rest []evidence.Origin
	for _, s := range c.App.switches() {
		if s.value == nil {
			continue
		}
		if _, ok := c.solved.changes[s.id()]; ok {
			first = append(first, s.value.origin())
		} else {
			rest = append(rest, s.value.origin())
		}
	}
	if number(c.Evidence.Port.V) != c.solved.port && len(first) == 0 && c.Evidence.Port.From.File != "" {
		first = append(first, c.Evidence.Port.From)
	}
	c.Evidence.Mode.Keys = append(first, rest...)
}

// goals are where the settings could lead. A port that speaks something else, or
// is that of a mail catcher's web page, is no goal.
func (c *Channel) goals(host string, now uint16, proof Proof) []goal {
	if right := target.CatcherPort(host, now); right != 0 {
		return []goal{{right, []target.Mode{target.Opportunistic, target.Cleartext}, costPort}}
	}
	if right := target.MistypedPort(now); right != 0 {
		if g := goals(host, right, proof); c.Evidence.Mode.Is != target.Unknown {
			return g
		}
		return []goal{{right, []target.Mode{target.Unknown}, 0}}
	}
	if target.OtherService(now) != "" {
		return goals(host, 0, proof)
	}
	g := goals(host, now, proof)
	if want := expected(host, now, proof); target.Nearby(host) && (want == target.NoMode || want == target.Opportunistic && c.demandsNearby(host)) { // a relay or a catcher without TLS, as a rule
		return []goal{{now, []target.Mode{target.Opportunistic, target.Cleartext}, 0}}
	}
	if target.ModeByPort(now) == target.NoMode && expected(host, now, proof) == target.NoMode && now != 0 { // nobody knows what it speaks
		own := c.Evidence.Mode.Is
		if own == target.Unknown {
			g = append([]goal{{now, []target.Mode{target.STARTTLS, target.Opportunistic, target.Implicit}, 0}}, g...)
		} else {
			g = append([]goal{{now, []target.Mode{own}, 0}}, g...)
		}
	}
	if now == 25 && c.Evidence.Mode.Is == target.Cleartext && !c.Evidence.Password.Set {
		return append([]goal{{25, []target.Mode{target.Cleartext}, 0}}, g...)
	}
	return g
}

// fine reports whether the settings can work as they are.
func (c *Channel) fine(better, host string, port uint16, proof Proof) bool {
	e := c.Evidence
	if better != host || target.OtherService(port) != "" || target.CatcherPort(host, port) != 0 || target.MistypedPort(port) != 0 || e.Mode.Refuses != "" || e.Mode.Twice || c.refusedWord() {
		return false
	}
	if p, ok := provider.ByHost(host); ok && p.Lacks(port) && p.Trusted("no_ports") {
		return false
	}
	for _, t := range proof.Fails {
		if proof.Host == host && t.Port == port && (t.Mode == e.Mode.Is || t.Mode == target.NoMode) {
			return false
		}
	}
	want := expected(host, port, proof)
	switch is := e.Mode.Is; {
	case is == target.Unknown:
		return true
	case want == target.NoMode, want == target.Opportunistic && is != target.Implicit:
		return !c.demandsNearby(host)
	case is == target.Cleartext && want == target.STARTTLS:
		return port == 25 && !e.Password.Set || port == 25 && target.Nearby(host)
	}
	return want == target.Implicit == (e.Mode.Is == target.Implicit)
}

// demandsNearby reports whether a client demands TLS of this very machine's relay,
// which has none as a rule, and nobody told it to.
func (c *Channel) demandsNearby(host string) bool {
	m := c.Evidence.Mode
	loopback := host == "localhost" || host == "127.0.0.1" || host == "::1"
	return loopback && m.Says == "" && (m.Is == target.STARTTLS || m.Is == target.Implicit)
}

// refusedWord reports whether a switch has a value that the application refuses.
func (c *Channel) refusedWord() bool {
	_, e := c.App.endpoint(nil)
	return e.Refused != ""
}

// submissionHost is the host to submit to where a POP or IMAP server is named.
func submissionHost(host string, port uint16) string {
	first, domain, ok := strings.Cut(host, ".")
	if !ok || !slices.Contains([]string{"pop", "pop3", "imap", "imaps", "imap4", "pops"}, first) {
		return host
	}
	for _, p := range provider.All() {
		for _, h := range p.Hosts {
			if strings.HasSuffix(h, "."+domain) && !strings.Contains(h, "*") {
				return h
			}
		}
	}
	return "smtp." + domain
}

// wanted are the edits that lead to what is wanted.
func (c *Channel) wanted() []edit {
	if !c.want {
		return nil
	}
	a := c.App
	var out []edit
	parts := map[*dialect.Key]conf.URL{} // URLs are written once
	for _, s := range a.switches() {
		ch, ok := c.solved.changes[s.id()]
		if !ok {
			continue
		}
		out = append(out, a.edits(s, ch, parts)...)
	}
	out = append(out, c.endpointEdits(parts)...)
	for _, v := range a.values {
		if u, ok := parts[v.Key]; ok && v.Part == whole {
			out = append(out, urlEdit(v, u))
			delete(parts, v.Key)
		}
	}
	return out
}

// edits changes one switch.
func (a *App) edits(s switchOf, ch change, parts map[*dialect.Key]conf.URL) []edit {
	if s.value == nil {
		if u := a.url(); u != nil && a.isOption(s.key) {
			set := urlOf(parts, u)
			set.Query, set.HasQuery = append(slices.Clone(set.Query), conf.Option{Name: s.key.Name, Value: ch.text}), true
			parts[u.Key] = set
			return nil
		}
		return a.addKey(s.key, ch.text, ch.typ)
	}
	v := s.value
	switch v.Part {
	case scheme:
		u := urlOf(parts, v)
		u.Scheme = ch.text
		parts[v.Key] = u
		return nil
	case option:
		u := urlOf(parts, a.url())
		i := slices.IndexFunc(u.Query, func(o conf.Option) bool { return o.Name == v.Option })
		u.Query = slices.Clone(u.Query)
		if ch.absent {
			u.Query = slices.Delete(u.Query, i, i+1)
			u.HasQuery = len(u.Query) > 0
		} else {
			u.Query[i].Value = conf.Encode(ch.text)
		}
		parts[a.url().Key] = u
		return nil
	}
	e := edit{file: v.File, Edit: conf.Edit{Op: conf.Set, Entry: v.Entry, Value: ch.text, Type: ch.typ}, key: v.Name()}
	if module, ok := moduleOf(v); ok {
		e.Value, e.Type = module+ch.text, conf.Expr
	}
	if ch.absent {
		e.Op = conf.Remove
	}
	return []edit{e}
}

// moduleOf is what stands before a constant that is one of the words of its key:
// "mail." of mail.NoStartTLS.
func moduleOf(v *Value) (string, bool) {
	code := v.Entry.Value
	i := strings.LastIndexAny(code, ":.") + 1
	if v.Entry.Type != conf.Expr || v.Entry.Env != "" || i == 0 {
		return "", false
	}
	return code[:i], slices.ContainsFunc(v.Key.Words, func(w dialect.Word) bool { return w.V == code[i:] })
}

func (a *App) isOption(k *dialect.Key) bool {
	for i := range a.Dialect.Params.Options {
		if k == &a.Dialect.Params.Options[i] {
			return true
		}
	}
	return false
}

// urlOf is the URL of a value as changed so far.
func urlOf(parts map[*dialect.Key]conf.URL, v *Value) conf.URL {
	key := v.Key
	if u, ok := parts[key]; ok {
		return u
	}
	u, _ := conf.ParseURL(v.urlText())
	if u.HasUser && !conf.Encoded(u.User) {
		u.User = reencoded(u.User)
	}
	if u.HasPassword && u.Password != Kept && !conf.Encoded(u.Password) && !strings.Contains(u.Password, "${") {
		u.Password = reencoded(u.Password)
	}
	return u
}

// endpointEdits changes host and port.
func (c *Channel) endpointEdits(parts map[*dialect.Key]conf.URL) []edit {
	a, w := c.App, c.Evidence.Want
	host := c.Evidence.Host.V
	if w == nil {
		w = &evidence.Want{Port: c.solved.port}
		if better := submissionHost(host, number(c.Evidence.Port.V)); better != host {
			w.Host = better
		}
	}
	same := number(c.Evidence.Port.V) == w.Port && !c.moved()
	if same && w.Host == "" {
		return nil
	}
	hv, _ := a.get(dialect.Host)
	pv, hasPort := a.get(dialect.Port)
	if hv != nil && hv.Key.Role == dialect.URL {
		u := urlOf(parts, hv)
		u.Host = cmp.Or(w.Host, u.Host)
		u.Port, u.HasPort = fmt.Sprint(w.Port), true
		parts[hv.Key] = u
		return nil
	}
	if hv != nil && hv.Key.Role == dialect.HostPort {
		return []edit{{file: hv.File, Edit: conf.Edit{Op: conf.Set, Entry: hv.Entry, Value: joinHostPort(cmp.Or(w.Host, rawHost(hv)), fmt.Sprint(w.Port), a.Dialect.Params.HostPort)}, key: hv.Name()}}
	}
	var out []edit
	if w.Host != "" && hv != nil && hv.File != nil {
		out = append(out, edit{file: hv.File, Edit: conf.Edit{Op: conf.Set, Entry: hv.Entry, Value: w.Host}, key: hv.Name()})
	}
	if same {
		return out
	}
	if hasPort && !pv.Default {
		typ := conf.Number
		if pv.Type == conf.String {
			typ = conf.String
		}
		return append(out, edit{file: pv.File, Edit: conf.Edit{Op: conf.Set, Entry: pv.Entry, Value: fmt.Sprint(w.Port), Type: typ}, key: pv.Name()})
	}
	if k, ok := a.Dialect.KeyOf(dialect.Port, a.Version); ok {
		out = append(out, a.addKey(k, fmt.Sprint(w.Port), conf.Number)...)
	}
	return out
}

// moved reports whether the changes of the switches would move the port that
// the application takes by itself.
func (c *Channel) moved() bool {
	if !c.Evidence.Port.Default {
		return false
	}
	p, _ := c.App.endpoint(c.solved.changes)
	return p != c.solved.port
}

// rawHost is the host of a host:port as it stands there.
func rawHost(v *Value) string { return v.Text }

// step is an edit in words.
func step(e edit) string {
	value := e.Value
	if e.secret {
		value = Kept
	}
	at := place(evidence.Origin{File: e.file.Name, Line: e.Entry.Line, Key: e.key})
	switch e.Op {
	case conf.Remove:
		return "Remove " + at
	case conf.Add:
		key := e.key
		if !mailish(key) { // "enable" alone says nothing
			key = cmp.Or(e.Key, key)
		}
		return fmt.Sprintf("Add %s=%s to %s", key, value, e.file.Name)
	case conf.Rename:
		return fmt.Sprintf("Rename %s to %s", at, e.Key)
	case conf.Enable:
		return fmt.Sprintf("Put %s in force: %s=%s", at, e.key, value)
	}
	if e.secret {
		if shown := maskOf(e.Value); shown != Kept {
			return fmt.Sprintf("Set %s to %s", at, shown)
		}
		return fmt.Sprintf("Write %s anew", at)
	}
	return fmt.Sprintf("Set %s to %s", at, quotedIfEmpty(value))
}

func quotedIfEmpty(s string) string {
	if s == "" {
		return "nothing (an empty value)"
	}
	return s
}
