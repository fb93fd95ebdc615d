package dialect

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Quarkus is quarkus.mailer (the mail client of Vert.x): tls is implicit TLS,
// start-tls is by word, if offered by default.
func Quarkus(in In) Effect {
	switch m := in.Means(Level); {
	case in.unreadable(Secure):
		return unknown
	case in.Yes(Secure):
		return Effect{Mode: target.Implicit, Port: 465}
	case m != target.NoMode:
		return does(m)
	}
	return does(target.Opportunistic)
}

// jakartaKeys are the switches of Jakarta Mail as properties below a prefix.
func jakartaKeys(prefix string, also ...string) []Key {
	name := func(end string) (string, []string) {
		var more []string
		for _, a := range also {
			if strings.HasSuffix(a, "_") {
				more = append(more, a+strings.ToUpper(strings.ReplaceAll(end, ".", "_")))
				continue
			}
			more = append(more, a+end)
		}
		return prefix + end, more
	}
	keys := []Key{
		{Name: "starttls.enable", Role: Start},
		{Name: "starttls.required", Role: Require, Beside: prefix + "starttls.enable"},
		{Name: "ssl.enable", Role: Secure},
		{Name: "socketFactory.class", Role: Factory, Bools: NonEmpty, Beside: "-"},
		{Name: "socketFactory.port", Role: Known}, {Name: "socketFactory.fallback", Role: Known},
		{Name: "ssl.trust", Role: Known},
		{Name: "ssl.checkserveridentity", Role: Verify},
		{Name: "ssl.protocols", Role: Ciphers},
		{Name: "connectiontimeout", Role: Timeout}, {Name: "timeout", Role: Known}, {Name: "writetimeout", Role: Known},
		{Name: "localhost", Role: HELO}, {Name: "from", Role: Known}, {Name: "auth.mechanisms", Role: Mech},
	}
	for i := range keys {
		keys[i].Name, keys[i].Also = name(keys[i].Name)
	}
	return slices.Clone(keys)
}

// trustAll tells of ssl.trust=*, with which any certificate is taken.
func trustAll(key string) Trap {
	env := strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
	return Trap{
		Check: "cert-check-off", Key: key, When: func(s Settings) bool { return valueIs(key, "*")(s) || valueIs(env, "*")(s) },
		Summary: "ssl.trust=* takes any certificate", Fix: []string{"Remove " + key}, Set: map[string]string{key: "", env: ""},
	}
}

// springPathTraps tell of properties of Jakarta Mail that stand where Spring
// Boot does not look for them.
func springPathTraps() []Trap {
	var all []Trap
	for _, end := range []string{"auth", "starttls.enable", "starttls.required", "ssl.enable"} {
		right := "spring.mail.properties.mail.smtp." + end
		for _, wrong := range []string{"spring.mail.properties.smtp." + end, "spring.mail.smtp." + end, "spring.mail.properties." + end, "spring.mail." + end} {
			all = append(all, Trap{
				Check: "setting-ignored", Key: wrong, When: func(s Settings) bool { return whole(s, wrong) && !s.Has(right) },
				Summary: wrong + " has no effect", Detail: "Spring Boot hands on what stands below spring.mail.properties, and Jakarta Mail reads names that begin with mail.smtp.",
				Fix: []string{"Set " + right + " in its place"}, Set: map[string]string{wrong: "", right: "true"},
			})
		}
	}
	return all
}

// whole reports whether a key is set to a word for yes under all of its name: a
// trap's key may not be a part of another one.
func whole(s Settings, key string) bool {
	first, _, _ := strings.Cut(key, ".")
	return s.Has(first+".mail.host") && isTrue(s, key)
}

// jakartaTraps tell of trust in any certificate, and of the rest of the old
// recipe for Gmail, which goes with the class of the socket factory.
func jakartaTraps(prefix string) []Trap {
	class, port, fallback := prefix+"socketFactory.class", prefix+"socketFactory.port", prefix+"socketFactory.fallback"
	return []Trap{
		trustAll(prefix + "ssl.trust"),
		{
			Check: "setting-ignored", Severity: "note", Key: port,
			When: func(s Settings) bool {
				_, is := s.Get(class)
				return s.Has(port) && (!is || s.Mode() == target.Implicit && (s.Port() == 587 || s.Port() == 25 || s.Port() == 2525))
			},
			Summary: "socketFactory.port goes with socketFactory.class and has no use without it", Fix: []string{"Remove " + port}, Set: map[string]string{port: "", fallback: ""},
		},
		{
			Check: "client-config-invalid", Severity: "warning", Key: port,
			When: func(s Settings) bool {
				v, set := s.Get(port)
				_, is := s.Get(class)
				return set && is && s.Mode() == target.Implicit && s.Role(Port) != "" && strings.TrimSpace(v) != strings.TrimSpace(s.Role(Port))
			},
			Summary: "socketFactory.port is another port than the one of mail.smtp.port, and it is the one used", Fix: []string{"Remove " + port}, Set: map[string]string{port: ""},
		},
	}
}

// envName is the name of a key in the environment: capitals, and an underscore
// for all else.
func envName(key string) string {
	return strings.ToUpper(strings.NewReplacer(".", "_", "-", "_").Replace(key))
}
