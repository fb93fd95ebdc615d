package settings

import (
	"cmp"
	"slices"
	"strconv"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/target"
)

// The costs of a change. To change a value that stands there is what people
// expect most, to move to another port least; a step further down the list of
// what is wanted breaks ties.
const (
	costSet    = 10
	costRemove = 12
	costAdd    = 14
	costPort   = 30
	costAvoid  = 60 // beyond another port with another switch
	costLess   = 1
)

// mostTried bounds the search: no dialect comes near.
const mostTried = 20000

// goal is an endpoint with the modes that do there, the best one first.
type goal struct {
	port  uint16
	modes []target.Mode
	cost  int
}

// solution is a set of changes that reaches a goal.
type solution struct {
	changes map[*dialect.Key]change
	port    uint16
	mode    target.Mode
	cost    int
}

// solve searches for the cheapest changes of the switches, and of the port,
// under which the client does what one of the goals wants.
func (a *App) solve(goals []goal) (solution, bool) {
	best, found := solution{}, false
	slots := a.slots()
	tried := 0
	for _, g := range goals {
		now := map[*dialect.Key]change{}
		var walk func(i, cost int)
		walk = func(i, cost int) {
			if tried++; tried > mostTried || found && cost >= best.cost {
				return
			}
			if i < len(slots) {
				for _, c := range slots[i].choices {
					if !c.same {
						now[slots[i].id] = c.change
					}
					walk(i+1, cost+c.cost)
					delete(now, slots[i].id)
				}
				return
			}
			e := a.effect(now, g.port)
			rank := slices.Index(g.modes, e.Mode)
			if rank < 0 || e.Refuses != "" || e.Refused != "" || e.Twice {
				return
			}
			if cost += rank * costLess; !found || cost < best.cost {
				best, found = solution{cloned(now), g.port, e.Mode, cost}, true
			}
		}
		walk(0, g.cost)
	}
	return best, found
}

func cloned(m map[*dialect.Key]change) map[*dialect.Key]change {
	out := make(map[*dialect.Key]change, len(m))
	for k, v := range m {
		out[k] = v
	}
	return out
}

// slot is one switch with what it may become.
type slot struct {
	id      *dialect.Key
	choices []choice // as it is first, then by cost
}

type choice struct {
	change
	same bool
	cost int
}

func (a *App) slots() []slot {
	var out []slot
	for _, s := range a.switches() {
		if s.value != nil && s.value.Role == dialect.Factory {
			out = append(out, slot{s.id(), []choice{{same: true}, {change{absent: true}, false, costSet}}})
			continue
		}
		out = append(out, slot{s.id(), a.choices(s)})
	}
	return out
}

// choices is what a switch may become: what it is, each of its values, absent.
func (a *App) choices(s switchOf) []choice {
	all := []choice{{same: true}}
	set := s.value != nil
	old := superseded(s.key, a.Version)
	if !set && (old || !a.addable(s.key)) {
		return all
	}
	if a.outlived(s) {
		return []choice{{change{absent: true}, false, 0}}
	}
	for i, text := range a.writable(s) {
		cost := costAdd
		if set {
			cost = costSet
		}
		if s.key.Avoid != "" && text == s.key.Avoid {
			cost += costAvoid
		}
		if old {
			cost += costLess
		}
		typ := a.typeOf(s, text)
		other := set && s.value.Part == whole && (typ == conf.String) != (s.value.Type == conf.String) // the same word as a text, or as a literal
		if !set || text != s.value.Text || other && (a.wantsText(s.key) || typ == conf.Bool) {
			all = append(all, choice{change{text: text, typ: typ}, false, cost + i*costLess})
		}
	}
	if set && s.value.Part != scheme && s.value.Text != "" {
		cost := costRemove
		if old {
			cost = costSet
		}
		all = append(all, choice{change{absent: true}, false, cost})
	}
	slices.SortStableFunc(all, func(x, y choice) int { return cmp.Compare(x.cost, y.cost) })
	return all
}

// outlived reports whether a switch that is set has another one in its place, and
// goes wherever the text is corrected.
func (a *App) outlived(s switchOf) bool {
	if s.value == nil || s.value.Part != whole || !superseded(s.key, a.Version) {
		return false
	}
	k, ok := a.key(s.key.Instead)
	return ok && k.Role.Switch() && k.Read(a.Version)
}

// addable reports whether a switch that is not there may be added.
func (a *App) addable(k *dialect.Key) bool {
	switch k.Beside {
	case "":
		return true
	case "-":
		return false
	}
	return a.has(k.Beside)
}

// writable are the values that a switch may be given.
func (a *App) writable(s switchOf) []string {
	k := s.key
	if len(k.Words) == 0 {
		return []string{a.yes(k), a.no(k)}
	}
	var out []string
	for _, w := range k.Words {
		if !w.Not && !w.Bridge && a.Version.Is(w.Since, w.Until) {
			out = append(out, w.V)
		}
	}
	return out
}

func (a *App) yes(k *dialect.Key) string { return cmp.Or(k.Yes, a.Dialect.Params.Yes, "true") }
func (a *App) no(k *dialect.Key) string  { return cmp.Or(k.No, a.Dialect.Params.No, "false") }

// typeOf is the type to write a value as: that of the one it replaces; a bool
// for a switch that is one, in a form that has bools.
func (a *App) typeOf(s switchOf, text string) conf.Type {
	if a.wantsText(s.key) {
		return conf.String
	}
	if len(s.key.Words) == 0 && (a.bools(s.key) == dialect.Strict || a.bools(s.key) == dialect.NonEmpty) && (text == "true" || text == "false" || isBool(text)) && s.value != nil && s.value.File.Text.Kind == conf.Code {
		return conf.Bool // a text that says false is true there
	}
	if s.value != nil && s.value.Part == whole && s.value.Type != conf.Expr && s.value.Type != conf.Null {
		if s.value.Type == conf.Bool && text != "true" && text != "false" && !isBool(text) {
			return conf.String
		}
		if _, err := strconv.Atoi(text); s.value.Type == conf.Number && err != nil {
			return conf.String
		}
		return s.value.Type
	}
	if len(s.key.Words) == 0 && a.bools(s.key) != dialect.Strings && a.bools(s.key) != dialect.ZeroOne {
		return conf.Bool
	}
	if _, err := strconv.Atoi(text); err == nil && a.bools(s.key) != dialect.ZeroOne {
		return conf.Number
	}
	return conf.String
}

// wantsText reports whether a switch is read as a text that says true.
func (a *App) wantsText(k *dialect.Key) bool {
	return len(k.Words) == 0 && a.bools(k) == dialect.Strings
}

func isBool(text string) bool {
	return text == "True" || text == "False" || text == "yes" || text == "no"
}

// has reports whether a key stands in one of the files and is in force.
func (a *App) has(name string) bool {
	for _, f := range a.Files {
		if _, ok := a.entry(f, name); ok {
			return true
		}
	}
	return false
}
