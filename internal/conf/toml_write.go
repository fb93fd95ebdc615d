package conf

import (
	"regexp"
	"strings"
)

// Values that TOML takes without quotes.
var (
	tomlNumber  = regexp.MustCompile(`^[+-]?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?$`)
	tomlBareKey = regexp.MustCompile(`^[A-Za-z0-9_-]+$`)
)

func writeTOML(t *Text, value string, typ Type, like Entry) string {
	switch {
	case typ == Bool && (value == "true" || value == "false"), typ == Number && tomlNumber.MatchString(value):
		return value
	case strings.HasPrefix(like.Quote, "'") && tomlLiteral(value):
		return "'" + value + "'"
	}
	return tomlBasic(value)
}

// tomlLiteral reports whether a value can stand between single quotes.
func tomlLiteral(value string) bool {
	return !strings.ContainsFunc(value, func(r rune) bool { return r == '\'' || r != '\t' && r < 0x20 || r == 0x7f })
}

func lineTOML(t *Text, key, value string, typ Type, like Entry) (int, string) {
	if tomlElement(t, like) {
		return like.value.to, ", " + writeTOML(t, value, typ, like)
	}
	table, name, like := tomlTarget(t, key, like)
	if like.whole != (span{}) && tomlInline(t, like) {
		return like.value.to, ", " + tomlKey(name) + " = " + writeTOML(t, value, typ, like)
	}
	indent, between := "", " = "
	if model, ok := kvModel(t, like); ok && !tomlInline(t, model) {
		prefix := t.Raw[model.whole.from:model.key.from]
		indent, between = kvStyle(t, model, len(tomlKey(name)), " = ")
		// A dotted key: the parts before the last belong to the table.
		if like.whole != (span{}) && !model.Off {
			indent += strings.TrimLeft(prefix, " \t")
		}
		if !strings.Contains(between, "=") {
			between = " = "
		}
	}
	line := indent + tomlKey(name) + between + writeTOML(t, value, typ, like)
	if like.whole != (span{}) {
		return kvInsert(t, kvPlace(t, like), line)
	}
	if at, ok := iniHeader(t.Raw, table); ok {
		return kvInsert(t, at, line)
	}
	if table == "" {
		return kvInsert(t, len(t.Raw), line)
	}
	return kvInsert(t, len(t.Raw), "["+table+"]"+newline(t.Raw)+line)
}

// tomlTarget is the table of a new key, its name there and the entry that it goes
// behind, if the table has one.
func tomlTarget(t *Text, key string, like Entry) (table, name string, behind Entry) {
	i := strings.LastIndexByte(key, '.')
	if i < 0 {
		return "", key, like
	}
	table, name = key[:i], key[i+1:]
	if like.whole != (span{}) && tomlParent(like.Key) == table {
		return table, name, like
	}
	for i := len(t.Entries) - 1; i >= 0; i-- {
		if e := t.Entries[i]; !e.Off && tomlParent(e.Key) == table {
			return table, name, e
		}
	}
	return table, name, Entry{}
}

func tomlParent(key string) string {
	return key[:max(0, strings.LastIndexByte(key, '.'))]
}

// tomlInline reports whether an entry is part of an inline table: it has no line
// of its own.
func tomlInline(t *Text, e Entry) bool {
	from := e.whole.from
	return from > 0 && t.Raw[from-1] != '\n' && !strings.HasSuffix(t.Raw[:from], "\ufeff")
}

// tomlElement reports whether an entry is an element of an array: it has no key
// of its own.
func tomlElement(t *Text, e Entry) bool {
	return e.value.from > e.key.to && strings.Contains(t.Raw[e.key.to:e.value.from], "[")
}

func tomlKey(name string) string {
	if tomlBareKey.MatchString(name) {
		return name
	}
	return tomlBasic(name)
}
