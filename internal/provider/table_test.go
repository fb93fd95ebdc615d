package provider

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/maildoctor/maildoctor/internal/target"
)

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

func TestIDs(t *testing.T) {
	t.Parallel()
	all := All()
	if got, want := len(all), 86; got < want {
		t.Errorf("All() has %d providers, want %d or more", got, want)
	}
	seen := map[string]bool{}
	for _, p := range all {
		if !kebab.MatchString(p.ID) {
			t.Errorf("id %q is not kebab case", p.ID)
		}
		if seen[p.ID] {
			t.Errorf("id %q stands twice", p.ID)
		}
		seen[p.ID] = true
		if got, ok := ByID(p.ID); !ok || got.ID != p.ID {
			t.Errorf("ByID(%q) = %v, %v; want its own row", p.ID, got, ok)
		}
		if p.Name == "" || p.Docs == "" || p.Username.Convention == "" && p.Username.Literal == "" || p.Password.Kind == "" {
			t.Errorf("%s: name, docs, user name and kind of password must be given", p.ID)
		}
		if _, err := time.Parse(time.DateOnly, p.Checked); err != nil {
			t.Errorf("%s: checked: %v", p.ID, err)
		}
	}
	if !slices.IsSortedFunc(all, func(a, b Provider) int { return strings.Compare(a.ID, b.ID) }) {
		t.Error("All() is not sorted by id")
	}
}

// TestTables wants each row in the table of its kind, in order.
func TestTables(t *testing.T) {
	t.Parallel()
	kinds := []Kind{Transactional, Mailbox, Hosting, Relay, Test}
	for i, table := range tables() {
		for _, p := range table {
			if p.Kind != kinds[i] {
				t.Errorf("%s: kind %q stands in the table of %q", p.ID, p.Kind, kinds[i])
			}
		}
		if !slices.IsSortedFunc(table, func(a, b Provider) int { return strings.Compare(a.ID, b.ID) }) {
			t.Errorf("table %q is not sorted by id", kinds[i])
		}
	}
}

// TestNamesLeadHome wants every name, pattern, region and domain to be its own
// row's, so that no two rows overlap.
func TestNamesLeadHome(t *testing.T) {
	t.Parallel()
	type find func(string) (*Provider, bool)
	for _, p := range All() {
		for _, names := range []struct {
			what string
			list []string
			find find
		}{
			{"host", p.Hosts, ByHost},
			{"region", regionHosts(p), ByHost},
			{"mx", p.MX, ByMX},
			{"domain", p.Domains, ByDomain},
		} {
			for _, name := range names.list {
				sample := strings.ReplaceAll(name, "*", "de")
				got, ok := names.find(sample)
				if !ok || got.ID != p.ID {
					t.Errorf("%s of %s: %q (for %q) leads to %v, want its own row", names.what, p.ID, sample, name, id(got))
				}
				if name != strings.ToLower(name) || strings.ContainsAny(name, " :/@") {
					t.Errorf("%s of %s: %q is no lower-case host name", names.what, p.ID, name)
				}
			}
		}
		if len(p.Hosts) == 0 && !p.Loopback && p.HostTemplate == "" {
			t.Errorf("%s: no host, no template, and not on loopback", p.ID)
		}
	}
}

func regionHosts(p Provider) []string {
	var hosts []string
	for _, r := range p.Regions {
		hosts = append(hosts, r.Host)
	}
	return hosts
}

func id(p *Provider) string {
	if p == nil {
		return "nobody"
	}
	return p.ID
}

func TestPorts(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		if len(p.Ports) == 0 {
			t.Errorf("%s: no ports", p.ID)
		}
		seen := map[uint16]bool{}
		recommended := 0
		for _, port := range p.Ports {
			switch port.Mode {
			case target.Implicit, target.STARTTLS, target.Cleartext:
			default:
				t.Errorf("%s: port %d has the mode %q", p.ID, port.Port, port.Mode)
			}
			if port.Port == 0 || seen[port.Port] || p.Lacks(port.Port) {
				t.Errorf("%s: port %d is 0, stands twice, or is said not to exist", p.ID, port.Port)
			}
			seen[port.Port] = true
			if port.Recommended {
				recommended++
			}
			if port.Mode == target.Cleartext && port.Recommended && p.Kind != Test {
				t.Errorf("%s: clear text on port %d is recommended", p.ID, port.Port)
			}
		}
		if recommended > 1 {
			t.Errorf("%s: %d ports are recommended, want one at most", p.ID, recommended)
		}
	}
}

func TestPatternsCompile(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		patterns := []string{p.Username.Pattern, p.Password.Pattern}
		for _, k := range p.Password.WrongKinds {
			if k.Is == "" || k.Prefix == "" && k.Pattern == "" {
				t.Errorf("%s: wrong kind %+v has no name or no shape", p.ID, k)
			}
			patterns = append(patterns, k.Pattern)
		}
		for _, pattern := range patterns {
			if _, err := regexp.Compile(pattern); err != nil {
				t.Errorf("%s: %v", p.ID, err)
			}
		}
	}
}

func TestRejections(t *testing.T) {
	t.Parallel()
	verbs := []string{"AUTH", "MAIL", "RCPT", "DATA"}
	enhanced := regexp.MustCompile(`^[245]\.\d{1,3}\.\d{1,3}$`)
	n := 0
	for _, p := range All() {
		for _, r := range p.Rejections {
			n++
			if r.Text == "" || r.Code < 400 || r.Code > 599 {
				t.Errorf("%s: rejection %d %q wants a text and a code of refusal", p.ID, r.Code, r.Text)
			}
			if r.Enhanced != "" && !enhanced.MatchString(r.Enhanced) {
				t.Errorf("%s: %q is no enhanced status code", p.ID, r.Enhanced)
			}
			for _, stage := range r.Stages {
				if !slices.Contains(verbs, stage) {
					t.Errorf("%s: stage %q is none of %v", p.ID, stage, verbs)
				}
			}
			if !slices.Contains([]Seen{Documented, Wild, Issue, Secondary}, r.Seen) {
				t.Errorf("%s: rejection %d has seen %q", p.ID, r.Code, r.Seen)
			}
		}
	}
	if want := 93; n < want {
		t.Errorf("%d rejections, want %d or more", n, want)
	}
}

func TestGrounds(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		sources := 0
		for _, g := range p.Grounds {
			if !slices.Contains([]Confidence{High, Medium, Low}, g.Confidence) {
				t.Errorf("%s: ground %s has the confidence %q", p.ID, g.Group, g.Confidence)
			}
			for _, s := range g.Sources {
				if sources++; strings.TrimSpace(s) == "" || strings.HasPrefix(s, "same") {
					t.Errorf("%s: ground %s has the source %q", p.ID, g.Group, s)
				}
			}
		}
		if sources == 0 {
			t.Errorf("%s: no source", p.ID)
		}
	}
}

// TestDoubtsNameFields keeps Unverified from pointing at nothing.
func TestDoubtsNameFields(t *testing.T) {
	t.Parallel()
	for _, p := range All() {
		for _, d := range p.Unverified {
			if !hasField(p, d.Field) {
				t.Errorf("%s: unverified names %q, which the row does not have", p.ID, d.Field)
			}
			if p.Trusted(d.Field) {
				t.Errorf("%s: Trusted(%q) = true, though it is listed as unverified", p.ID, d.Field)
			}
		}
	}
}

func hasField(p Provider, field string) bool {
	top, rest, _ := strings.Cut(field, ".")
	has := map[string]bool{
		"host_note":            p.HostNote != "",
		"region_note":          p.RegionNote != "",
		"domains":              len(p.Domains) > 0,
		"mx":                   len(p.MX) > 0,
		"ports":                true,
		"no_ports":             len(p.NoPorts) > 0,
		"notes":                len(p.Notes) > 0,
		"sender":               p.Sender != "",
		"rejections":           len(p.Rejections) > 0,
		"username":             true,
		"username.not":         len(p.Username.Not) > 0,
		"username.pattern":     p.Username.Pattern != "",
		"password":             true,
		"password.kind":        true,
		"password.note":        p.Password.Note != "",
		"password.not":         len(p.Password.Not) > 0,
		"password.prefix":      p.Password.Prefix != "",
		"password.length":      p.Password.Length > 0,
		"password.pattern":     p.Password.Pattern != "",
		"dns.spf":              p.DNS.SPF.Include != "",
		"dns.dkim":             len(p.DNS.DKIM) > 0,
		"dns.verification":     p.DNS.Verification != "",
		"tls":                  p.TLS != TLS{},
		"ip_allowlist":         p.AllowList != AllowList{},
		"username.convention":  p.Username.Convention != "",
		"password.wrong_kinds": len(p.Password.WrongKinds) > 0,
	}
	switch {
	case rest == "" || has[field]:
		return has[field]
	case top == "hosts":
		return slices.Contains(p.Hosts, rest)
	case top == "ports":
		return slices.ContainsFunc(p.Ports, func(port Port) bool { return portField(port.Port) == field })
	case top == "rejections":
		return slices.ContainsFunc(p.Rejections, func(r Rejection) bool { return strconv.Itoa(r.Code) == rest })
	case strings.HasPrefix(field, "dns.dkim."):
		return slices.ContainsFunc(p.DNS.DKIM, func(k DKIM) bool { return "dns.dkim."+k.Selector == field })
	}
	return false
}

func TestBlockTable(t *testing.T) {
	t.Parallel()
	all := Blocks()
	if got, want := len(all), 23; got < want {
		t.Errorf("Blocks() has %d hosts, want %d or more", got, want)
	}
	for i, b := range all {
		if !kebab.MatchString(b.ID) || i > 0 && all[i-1].ID >= b.ID {
			t.Errorf("id %q is not kebab case, or not after the one before", b.ID)
		}
		if got, ok := BlockByID(b.ID); !ok || got.Name != b.Name {
			t.Errorf("BlockByID(%q) = %q, %v; want its own row", b.ID, got.Name, ok)
		}
		if b.Name == "" || len(b.Sources) == 0 || b.Confidence == "" {
			t.Errorf("%s: name, sources and confidence must be given", b.ID)
		}
		if len(b.Ports)+len(b.Redirected) == 0 && b.Note == "" {
			t.Errorf("%s: no port and no note", b.ID)
		}
		if b.Never && b.Unblock != "" {
			t.Errorf("%s: never unblocked, and yet %q", b.ID, b.Unblock)
		}
		for _, port := range b.Open {
			if b.Blocks(port) {
				t.Errorf("%s: port %d is both open and blocked", b.ID, port)
			}
		}
	}
}

// TestText keeps the house style in the words that reach people.
func TestText(t *testing.T) {
	t.Parallel()
	banned := regexp.MustCompile(`(?i)\b(please|simply)\b|!|\s{2}`)
	for _, p := range All() {
		texts := append([]string{p.HostNote, p.RegionNote, p.NoPortsNote, p.Username.Convention, p.Password.Kind, p.Sender}, p.Notes...)
		for _, r := range p.Rejections {
			texts = append(texts, r.Meaning, r.Fix)
		}
		for _, text := range texts {
			if bad := banned.FindString(text); bad != "" {
				t.Errorf("%s: %q holds %q", p.ID, text, bad)
			}
		}
		for _, note := range p.Notes {
			if !strings.HasSuffix(note, ".") {
				t.Errorf("%s: note %q is no sentence", p.ID, note)
			}
		}
	}
}
