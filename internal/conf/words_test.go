package conf

import (
	"strings"
	"testing"
)

func TestWords(t *testing.T) {
	t.Parallel()
	kvCheck(t, Words, []kvCase{
		{"msmtp", MSMTP, "defaults\nauth on\n\naccount gmail\n  host smtp.x\npassword \"a b\"\n# tls_starttls off\n# Set a default account\naccount default : gmail\nport 587 # x\n", "",
			[]string{`2:1 auth="on" in defaults`, `4:1 account="gmail" in gmail`, `5:3 host="smtp.x" in gmail`, `6:1 password="a b" in gmail quote "`,
				`7:3 tls_starttls="off" off in gmail`, `9:1 account="default : gmail" in default`, `10:1 port="587 # x" in default kept-comment<587>`}},
		{"msmtp with =", MSMTP, "host = x\nport=1\npassword =x\n", "", []string{`1:1 host="x" bad-syntax<x>`, `2:1 port="1" bad-syntax< 1>`, `3:1 password="=x"`}},
		{"msmtp quotes", MSMTP, "a 'x'\nb \"x\nc “x”\n", "", []string{`1:1 a="'x'" kept-quotes<x>`, `2:1 b="\"x" unclosed-quote<x>`, `3:1 c="“x”" smart-quotes<x>`}},
		{"postfix", Postfix, "relayhost = [h]:587\n#smtp_tls_wrappermode = yes\nmynetworks = a,\n  # c\n\n  b\nx = $y\nz=\"q\"\n", "",
			[]string{`1:1 relayhost="[h]:587"`, `2:2 smtp_tls_wrappermode="yes" off`, `3:1 mynetworks="a,  b"`, `7:1 x="$y"`, `8:1 z="\"q\"" kept-quotes<q>`}},
		{"postfix without =", Postfix, "relayhost h\n", "line 1: there is no = behind the name", nil},
		{"postfix comment", Postfix, "a = b # c\na = d\n", "", []string{`1:1 a="b # c" kept-comment<b> duplicate`, `2:1 a="d"`}},
		{"ssmtp", SSMTP, "mailhub=h:587\nAuthPass=a#b\nX=a=b\nuseTLS = YES # c\n#Y=1\nnonsense\n", "",
			[]string{`1:1 mailhub="h:587"`, `2:1 AuthPass="a" cut-at-hash`, `3:1 X="a" bad-syntax`, `4:1 useTLS="YES"`, `5:2 Y="1" off`}},
		{"debconf", Debconf, "dc_smarthost='h::587'\ndc_x=\"y\" # c\ndc_z='a\n", "", []string{`1:1 dc_smarthost="h::587" quote '`, `2:1 dc_x="y" quote "`, `3:1 dc_z="a" quote ' unclosed-quote<'a'>`}},
		{"proxmox", Proxmox, "smtp: mail\n\tserver h\n\tport 587\n\n# mode tls\nsendmail: x\n\tmailto a@b\n", "",
			[]string{`1:1 smtp="mail" in mail`, `2:2 server="h" in mail`, `3:2 port="587" in mail`, `5:3 mode="tls" off in mail`, `6:1 sendmail="x" in x`, `7:2 mailto="a@b" in x`}},
		{"usual", Usual, "a = 1\nb: 2\nc 3 # x\nd=\"4 # 5\"\n;e = 6\nremote_smtp:\n  driver = smtp\n", "",
			[]string{`1:1 a="1"`, `2:1 b="2"`, `3:1 c="3"`, `4:1 d="4 # 5" quote "`, `5:2 e="6" off`, `7:3 driver="smtp" in remote_smtp`}},
	})
}

func TestWordsEdits(t *testing.T) {
	t.Parallel()
	set := func(v string) Edit { return Edit{Op: Set, Value: v} }
	kvCheckEdits(t, Words, []kvEdit{
		{"msmtp", MSMTP, "host   x\n", "host", set("y"), "host   y\n"},
		{"msmtp quotes", MSMTP, "password \"x\"\n", "password", set("y"), "password \"y\"\n"},
		{"msmtp =", MSMTP, "port=1\n", "port", set("2"), "port 2\n"},
		{"msmtp empty", MSMTP, "user\n", "user", set("2"), "user 2\n"},
		{"msmtp add", MSMTP, "account a\nhost           x\n", "host", Edit{Op: Add, Key: "tls_starttls", Value: "off"}, "account a\nhost           x\ntls_starttls   off\n"},
		{"msmtp add behind the header", MSMTP, "account a\n", "account", Edit{Op: Add, Key: "tls", Value: "on"}, "account a\ntls on\n"},
		{"postfix", Postfix, "a = x,\n  y\nb = 1\n", "a", set("z"), "a = z\nb = 1\n"},
		{"postfix add", Postfix, "a =\n  x\n", "a", Edit{Op: Add, Key: "b", Value: "1"}, "a =\n  x\nb = 1\n"},
		{"postfix remove", Postfix, "a = x,\n  y\nb = 1\n", "a", Edit{Op: Remove}, "b = 1\n"},
		{"ssmtp add", SSMTP, "mailhub=h", "mailhub", Edit{Op: Add, Key: "UseTLS", Value: "YES"}, "mailhub=h\nUseTLS=YES"},
		{"debconf", Debconf, "dc_x='y'\n", "dc_x", set("a'b"), "dc_x='a'\\''b'\n"},
		{"proxmox add", Proxmox, "smtp: m\n\tserver h\n", "server", Edit{Op: Add, Key: "mode", Value: "starttls"}, "smtp: m\n\tserver h\n\tmode starttls\n"},
		{"proxmox add behind the header", Proxmox, "smtp: m\n", "smtp", Edit{Op: Add, Key: "mode", Value: "tls"}, "smtp: m\n\tmode tls\n"},
		{"enable", MSMTP, "#tls off\n", "tls", Edit{Op: Enable, Value: "on"}, "tls on\n"},
	})
}

func FuzzWords(f *testing.F) {
	for _, s := range []string{
		"defaults\nauth on\naccount a : b\nhost x\n# tls on\npassword \"a b\"\n", "a = x,\n  # c\n  y\nb=1\n", "smtp: m\n\tserver h\n", "dc='x'\nb=\"y", "m=h:1\nX=a#b\n", "host = x\nport=1\n",
	} {
		for i := range uint8(6) {
			f.Add(s, i, uint8(1), "a\"b#c")
		}
	}
	f.Fuzz(func(t *testing.T, raw string, flavour, n uint8, value string) {
		flavours := []Flavour{Usual, MSMTP, Postfix, SSMTP, Debconf, Proxmox}
		text := Parse(raw, Words, flavours[int(flavour)%len(flavours)])
		kvSpans(t, text)
		if !kvPlain(value) || strings.HasPrefix(value, "#") || wordsAlone(text.Flavour, wordsForm(text.Flavour, value, "")) != value {
			return
		}
		if len(text.Entries) > 0 && wordsHeader(text, text.Entries[int(n)%len(text.Entries)]) {
			return
		}
		kvRoundTrip(t, text, int(n), value)
		kvAdd(t, text, int(n), value)
	})
}
