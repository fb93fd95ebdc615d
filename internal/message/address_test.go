package message

import (
	"strings"
	"testing"
)

func TestParseAddress(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"a@b":                                        "a@b",
		" Ann.Lee+x@Example.ORG ":                    "Ann.Lee+x@example.org",
		"Name <a@b.test>":                            "a@b.test",
		`"Doe, J: x;" <a@b.test>`:                    "a@b.test",
		`"Doe \", J" <a@b.test>`:                     "a@b.test",
		"a@b.test (c (nested, too), d)":              "a@b.test",
		"<a@b.test>":                                 "a@b.test",
		"a@b.test (a comment, with; all)":            "a@b.test",
		"=?utf-8?q?J=C3=B6rg?= <a@b.test>":           "a@b.test",
		"=?iso-2022-jp?B?GyRCRnxLXBsoQg==?= <a@b.c>": "a@b.c",
		"a@bücher.example":                           "a@xn--bcher-kva.example",
		"müller@BÜCHER.example":                      "müller@xn--bcher-kva.example",
		`"john doe"@b.test`:                          `"john doe"@b.test`,
		`"john"@b.test`:                              "john@b.test",
		`"a..b"@b.test`:                              `"a..b"@b.test`,
		`"a@b,c;d:e>"@b.test`:                        `"a@b,c;d:e>"@b.test`,
		`"a\"b\\"@b.test`:                            `"a\"b\\"@b.test`,
		"a@[192.0.2.1]":                              "a@[192.0.2.1]",
		"root@localhost":                             "root@localhost",
		"!#$%&'*+-/=?^_`{|}~@b.test":                 "!#$%&'*+-/=?^_`{|}~@b.test",
	} {
		got, err := ParseAddress(in)
		if err != nil || got != want {
			t.Errorf("%q: got %q, %v, want %q", in, got, err, want)
			continue
		}
		if again, err := ParseAddress(got); err != nil || again != got {
			t.Errorf("%q again: got %q, %v", got, again, err)
		}
	}
}

func TestParseAddressRefuses(t *testing.T) {
	t.Parallel()
	for in, want := range map[string]string{
		"":                                  "is empty; write",
		" \t":                               "is empty; write",
		"<>":                                `"<>" is no mail address; write`,
		"a":                                 `"a" is no mail address; write`,
		"a@":                                `"a@" is no mail address; write`,
		"@b.test":                           `"@b.test" is no mail address`,
		`""@b.test`:                         "",
		"a b@c.test":                        "is no mail address; write",
		"a..b@c.test":                       "is no mail address; write",
		"Name <a@b.test":                    "is no mail address; write",
		"a@b.test, c@d.test":                "give one mail address",
		"Doe, J <a@b.test>":                 "in quotation marks",
		"a@b.test; c@d.test":                "give one mail address",
		"team: a@b.test;":                   "is a group",
		"team:;":                            "is a group",
		"mailto:a@b.test":                   "colon",
		"a@b.test\r\nRCPT TO:<x>":           "control character",
		"a@b.test\n":                        "control character",
		"a\tb@c.test":                       "control character",
		"a\x00@b.test":                      "control character",
		`"a` + "\r" + `"@b.test`:            "control character",
		"a\xff@b.test":                      "is not UTF-8",
		"\u200ba@b.test":                    "U+200B before the @",
		"\u00a0a@b.test":                    "U+00A0 before the @",
		"a\u202e@b.test":                    "U+202E before the @",
		"a\ufffd@b.test":                    "U+FFFD before the @",
		"a@192.0.2.1":                       "in brackets",
		"a@[b.test]":                        "",
		"a@[2001:db8::1]":                   "write a domain",
		"a@[IPv6:2001:db8::1]":              "",
		"a@b_c!.test":                       "character that no host name can have",
		"a@-b.test":                         "character that no host name can have",
		"a@1.2":                             "whole IPv4 address",
		strings.Repeat("x", 65) + "@b.test": "65 bytes before the @; 64",
		strings.Repeat("x", 64) + "@" + strings.Repeat("abcdefg.", 24) + "c": "258 bytes; 254",
		"a@" + strings.Repeat("x", 64) + ".test":                             "DNS allows 63",
	} {
		got, err := ParseAddress(in)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: got %q, %v, want %q", in, got, err, want)
		} else if strings.ContainsAny(err.Error(), "\r\n\x00") {
			t.Errorf("%q: the error has control characters: %q", in, err)
		}
	}
	for _, huge := range []string{strings.Repeat("ü", 1<<20), "a@" + strings.Repeat("ü.", 1<<20)} {
		if _, err := ParseAddress(huge); err == nil || len(err.Error()) > 300 || !strings.Contains(err.Error(), "bytes; 998 are allowed") {
			t.Errorf("a huge value: got %v", err)
		}
	}
}

// FuzzParseAddress: what comes out is one address that is safe in a command,
// and reads as itself.
func FuzzParseAddress(f *testing.F) {
	for _, s := range []string{"a@b", "Name <a@b.test>", `"john doe"@b.test`, "a@bücher.example", "a@[192.0.2.1]", "team: a@b.test;",
		"a@b.test\r\nRCPT TO:<x>", `"a\"b\\"@b.test`, "=?utf-8?q?J=C3=B6rg?= <a@b.test>", "a@b (c)", "x <\"@\"@ß.test>"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, err := ParseAddress(s)
		if err != nil {
			return
		}
		at := strings.LastIndexByte(got, '@')
		if at < 1 || len(got) > maxAddress || strings.ContainsAny(got, "\r\n\x00") || !isASCII([]byte(got[at:])) || strings.ContainsAny(got[at:], "<> ") {
			t.Errorf("%q: got %q", s, got)
		}
		if again, err := ParseAddress(got); err != nil || again != got {
			t.Errorf("%q: got %q, and of that %q, %v", s, got, again, err)
		}
	})
}
