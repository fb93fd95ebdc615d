package dialect

import "strings"

// mailAddress reports whether a text has the shape of a mail address.
func mailAddress(s string) bool {
	local, domain, ok := strings.Cut(s, "@")
	return ok && local != "" && strings.Contains(domain, ".")
}

// looksLikeServer reports whether a name is that of a mail server.
func looksLikeServer(s string) bool {
	first, rest, ok := strings.Cut(strings.ToLower(s), ".")
	return ok && rest != "" && (strings.HasPrefix(first, "smtp") || first == "mail" || strings.HasPrefix(first, "email-smtp"))
}

// saysYes reports whether a switch says yes in a word other than true.
func saysYes(key string) func(Settings) bool {
	return func(s Settings) bool {
		v, set := s.Get(key)
		return set && !strings.EqualFold(v, "true") && usually(strings.ToLower(v)) == Yes
	}
}

// isWord reports whether a key is set to one of some words.
func isWord(key string, words ...string) func(Settings) bool {
	return func(s Settings) bool {
		v, set := s.Get(key)
		if !set {
			return false
		}
		for _, w := range words {
			if strings.EqualFold(strings.TrimSpace(v), w) {
				return true
			}
		}
		return false
	}
}

// authentikMistakes are the names with one underscore too few or too many.
func authentikMistakes() []Wrong {
	var all []Wrong
	for _, n := range []string{"HOST", "PORT", "USERNAME", "PASSWORD", "USE_TLS", "USE_SSL", "FROM", "TIMEOUT"} {
		for _, prefix := range []string{"AUTHENTIK_EMAIL_", "AUTHENTIK__EMAIL__", "AUTHENTIK__EMAIL_"} {
			all = append(all, Wrong{Name: prefix + n, Right: "AUTHENTIK_EMAIL__" + n, Why: "authentik parts levels by two underscores"})
		}
	}
	why := "authentik calls it otherwise"
	return append(all,
		Wrong{Name: "AUTHENTIK_EMAIL__USER", Right: "AUTHENTIK_EMAIL__USERNAME", Why: why}, Wrong{Name: "AUTHENTIK_EMAIL__PASS", Right: "AUTHENTIK_EMAIL__PASSWORD", Why: why},
		Wrong{Name: "AUTHENTIK_EMAIL__TLS", Right: "AUTHENTIK_EMAIL__USE_TLS", Why: why}, Wrong{Name: "AUTHENTIK_EMAIL__SSL", Right: "AUTHENTIK_EMAIL__USE_SSL", Why: why},
		Wrong{Name: "AUTHENTIK_EMAIL__USE_STARTTLS", Right: "AUTHENTIK_EMAIL__USE_TLS", Why: why}, Wrong{Name: "AUTHENTIK_EMAIL__FROM_ADDRESS", Right: "AUTHENTIK_EMAIL__FROM", Why: why},
		Wrong{Name: "AUTHENTIK_EMAIL__SERVER", Right: "AUTHENTIK_EMAIL__HOST", Why: why})
}

func upper(s string) string { return strings.ToUpper(s) }
func lower(s string) string { return strings.ToLower(s) }
