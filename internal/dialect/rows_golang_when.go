package dialect

// joined puts tables together.
func joined(tables ...[]Dialect) []Dialect {
	var all []Dialect
	for _, t := range tables {
		all = append(all, t...)
	}
	return all
}

// noSwitch are names that people write for a switch that there is not.
func noSwitch(prefix, why string, names ...string) []Key {
	var all []Key
	for _, n := range names {
		all = append(all, Key{Name: prefix + n, Role: Ignored, Why: why})
	}
	return all
}

// misspellings are wrong names, each with the right one behind it.
func misspellings(prefix string, pairs ...string) []Wrong {
	var all []Wrong
	for i := 0; i+1 < len(pairs); i += 2 {
		w := Wrong{Name: prefix + pairs[i]}
		if pairs[i+1] != "" {
			w.Right = prefix + pairs[i+1]
		}
		all = append(all, w)
	}
	return all
}

// halfSet reports whether one of two keys is set without the other.
func halfSet(a, b string) func(Settings) bool {
	return func(s Settings) bool { return anyOf(s, a) != anyOf(s, b) }
}

// catcher reports whether the port is that of a mail catcher, which has no TLS.
func catcher(s Settings) bool { return s.Port() == 1025 || s.Port() == 2500 }
