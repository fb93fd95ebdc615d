package provider

import (
	"cmp"
	"path"
	"slices"
	"strings"
	"sync"
)

// tables are all rows, by kind. Rows stay where they are: starting the program
// must not cost a copy of them.
func tables() [][]Provider {
	return [][]Provider{transactional, mailboxes, hosting, relays, testServers}
}

// All lists every provider by id.
func All() []Provider {
	all := slices.Concat(tables()...)
	slices.SortFunc(all, func(a, b Provider) int { return cmp.Compare(a.ID, b.ID) })
	return all
}

// ByID finds the provider with exactly this id.
func ByID(id string) (*Provider, bool) {
	return first(func(p *Provider) bool { return p.ID == id })
}

// ByHost finds the provider of a server's name, in any case and with or
// without a trailing dot. An exact name wins over a pattern, a longer pattern
// over a shorter one. In a pattern "*" stands for a piece of one label; as the
// first label for one label or more, as the last for a top-level domain with
// or without a second level such as co or com. Names of the loopback belong
// to nobody; see OnLoopback.
func ByHost(host string) (*Provider, bool) {
	return byHost().find(host)
}

// ByDomain finds the mailbox provider of a mail address by its domain.
func ByDomain(domain string) (*Provider, bool) {
	domain = normal(domain)
	return first(func(p *Provider) bool { return slices.Contains(p.Domains, domain) })
}

// ByMX finds the provider behind an MX record's host, so that a domain of
// one's own leads to the server to submit to. Patterns as in ByHost.
func ByMX(host string) (*Provider, bool) {
	return byMX().find(host)
}

// OnLoopback lists the providers that listen on this machine's loopback at a
// port, by id. There are several, and the name does not tell which it is.
func OnLoopback(port uint16) []Provider {
	var found []Provider
	for _, p := range All() {
		if _, ok := p.Port(port); ok && p.Loopback {
			found = append(found, p)
		}
	}
	return found
}

// Find looks for what a person typed: an id, a host or a mail domain (or an
// address), else a part of id, name or host. Hits are ordered by id. Without a
// hit, nearest is the id that resembles the query most, or empty.
func Find(query string) (hits []Provider, nearest string) {
	query = normal(strings.TrimSpace(query))
	if query == "" {
		return nil, ""
	}
	if p, ok := exactly(query); ok {
		return []Provider{*p}, ""
	}
	for _, p := range All() {
		if p.mentions(query) {
			hits = append(hits, p)
		}
	}
	if len(hits) == 0 {
		return nil, resembling(query)
	}
	return hits, ""
}

func exactly(query string) (*Provider, bool) {
	domain := query[strings.LastIndexByte(query, '@')+1:]
	for _, find := range []func(string) (*Provider, bool){ByID, ByHost, ByDomain} {
		if p, ok := find(domain); ok {
			return p, true
		}
	}
	return nil, false
}

func (p *Provider) mentions(part string) bool {
	has := func(s string) bool { return strings.Contains(strings.ToLower(s), part) }
	return has(p.ID) || has(p.Name) || slices.ContainsFunc(p.Hosts, has) || slices.ContainsFunc(p.Domains, has)
}

func first(is func(*Provider) bool) (*Provider, bool) {
	for _, table := range tables() {
		for i := range table {
			if is(&table[i]) {
				return &table[i], true
			}
		}
	}
	return nil, false
}

// index finds rows by the names of hosts.
type index struct {
	exact map[string]*Provider // the first row wins
	like  []pattern
}

// pattern is a name with "*" in it, cut at its dots.
type pattern struct {
	labels []string
	length int
	row    *Provider
}

var (
	byHost = sync.OnceValue(func() *index { return newIndex(func(p *Provider) []string { return p.Hosts }) })
	byMX   = sync.OnceValue(func() *index { return newIndex(func(p *Provider) []string { return p.MX }) })
)

func newIndex(names func(*Provider) []string) *index {
	x := &index{exact: map[string]*Provider{}}
	for _, table := range tables() {
		for i := range table {
			for _, name := range names(&table[i]) {
				if strings.Contains(name, "*") {
					x.like = append(x.like, pattern{strings.Split(name, "."), len(name), &table[i]})
				} else if x.exact[name] == nil {
					x.exact[name] = &table[i]
				}
			}
		}
	}
	return x
}

// find is the row whose name is the host's, else that of the longest pattern
// that covers it.
func (x *index) find(host string) (*Provider, bool) {
	host = normal(host)
	if p := x.exact[host]; p != nil {
		return p, true
	}
	var best *Provider
	most := -1
	labels := strings.Split(host, ".")
	for _, p := range x.like {
		if p.length > most && covers(p.labels, labels) {
			best, most = p.row, p.length
		}
	}
	return best, best != nil
}

func covers(want, got []string) bool {
	switch extra := len(got) - len(want); {
	case extra > 0 && want[0] == "*":
		got = got[extra:]
	case extra == 1 && want[len(want)-1] == "*" && secondLevel(got[len(got)-2]):
		got = append(got[:len(got)-2:len(got)-2], got[len(got)-1])
	case extra != 0:
		return false
	}
	for i := len(want) - 1; i >= 0; i-- { // names differ at their end, mostly
		if !label(want[i], got[i]) {
			return false
		}
	}
	return true
}

func label(want, got string) bool {
	if !strings.Contains(want, "*") {
		return want == got && got != ""
	}
	ok, err := path.Match(want, got)
	return ok && err == nil && got != ""
}

// secondLevel tells the labels under which countries register names.
func secondLevel(label string) bool {
	return label == "co" || label == "com"
}

func normal(host string) string {
	return strings.TrimSuffix(strings.ToLower(host), ".")
}

// resembling is the id whose spelling, or that of a word in its name, is
// nearest to query; empty when more than about a third of its letters would
// have to change.
func resembling(query string) string {
	best, least := "", (len(query)+1)/3
	for _, p := range All() {
		for _, word := range append(strings.Fields(strings.ToLower(p.Name)), p.ID) {
			if d := distance(query, word); d <= least && (d < least || best == "") {
				best, least = p.ID, d
			}
		}
	}
	return best
}

// distance counts the letters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		corner := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := corner
			if a[i] != b[j] {
				cost++
			}
			corner = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
