package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// golang are applications written in Go.
var golang = joined(golangForges, golangAuth, golangMonitors, golangLists, golangMore)

// giteaKey is a setting of [mailer], and the variables that are written into it.
func giteaKey(prefixes []string, k Key) Key {
	name := k.Name
	k.Name = "mailer." + name
	for _, p := range prefixes {
		k.Also = append(k.Also, p+"__mailer__"+name, p+"__MAILER__"+name)
	}
	return k
}

// giteaProtocols are the values of PROTOCOL.
var giteaProtocols = []Word{
	{V: "smtp+starttls", Mode: target.STARTTLS},
	{V: "smtps", Mode: target.Implicit},
	{V: "smtp", Mode: target.Cleartext},
	{V: "smtp+startls", Mode: target.STARTTLS, Not: true},
	{V: "smtp+unix", Not: true}, {V: "sendmail", Not: true}, {V: "dummy", Not: true},
}

// giteaKeys are the settings of [mailer].
func giteaKeys(prefixes []string, more ...Key) []Key {
	all := append([]Key{
		{Name: "ENABLED", Role: Enabled, Default: "false"},
		{Name: "PROTOCOL", Role: Scheme, Words: giteaProtocols, Else: "=", Since: "1.18"},
		{Name: "SMTP_ADDR", Role: Host, Since: "1.18"},
		{Name: "SMTP_PORT", Role: Port, Since: "1.18"},
		{Name: "USER", Role: User},
		{Name: "PASSWD", Role: Pass},
		{Name: "FROM", Role: From},
		{Name: "ENVELOPE_FROM", Role: Known},
		{Name: "FORCE_TRUST_SERVER_CERT", Role: NoVerify, Default: "false", Since: "1.18"},
		{Name: "HELO_HOSTNAME", Role: HELO},
		{Name: "ENABLE_HELO", Role: Known}, {Name: "SUBJECT_PREFIX", Role: Known}, {Name: "SEND_AS_PLAIN_TEXT", Role: Known},
		{Name: "HOST", Role: HostPort},
		{Name: "IS_TLS_ENABLED", Role: Secure, Old: "1.18", Instead: "mailer.PROTOCOL", Beside: "mailer.HOST",
			Why: "since Gitea 1.18 the switch is PROTOCOL: smtps, smtp+starttls or smtp"},
		{Name: "SKIP_VERIFY", Role: NoVerify, Old: "1.18", Instead: "mailer.FORCE_TRUST_SERVER_CERT", Why: "the name is FORCE_TRUST_SERVER_CERT since Gitea 1.18"},
		{Name: "MAILER_TYPE", Role: Known, Old: "1.18", Why: "the name is PROTOCOL since Gitea 1.18, and smtp alone says nothing there"},
		{Name: "DISABLE_HELO", Role: Known, Old: "1.18", Why: "the name is ENABLE_HELO since Gitea 1.18"},
		{Name: "USE_CERTIFICATE", Role: Known}, {Name: "CERT_FILE", Role: Known}, {Name: "KEY_FILE", Role: Known},
	}, more...)
	for i := range all {
		all[i] = giteaKey(prefixes, all[i])
	}
	return all
}

// giteaTraps are the traps of [mailer].
var giteaTraps = []Trap{
	{
		Check: "setting-missing", Severity: "error", Key: "mailer.HOST", Until: "1.18",
		When: func(s Settings) bool {
			return s.VersionKnown() && s.Before("1.18") && giteaHas(s, "SMTP_ADDR") && !giteaHas(s, "HOST")
		},
		Summary: "HOST is not set, and releases before Gitea 1.18 read no SMTP_ADDR",
		Fix:     []string{"Set HOST to the host and port, and IS_TLS_ENABLED where implicit TLS is wanted on another port than 465"},
		Sets:    giteaJoin,
	},
	{
		Check: "setting-deprecated", Severity: "warning", Key: "mailer.HOST", Since: "1.18",
		When: func(s Settings) bool {
			return giteaHas(s, "HOST") && !giteaHas(s, "SMTP_ADDR")
		},
		Summary: "HOST is an old name: since Gitea 1.18 it is SMTP_ADDR and SMTP_PORT",
		Detail:  "Gitea still reads it, and says at every start that it will not for ever.",
		Fix:     []string{"Set SMTP_ADDR and SMTP_PORT in place of HOST"},
		Sets:    giteaSplit,
	},
	{
		Check: "setting-ignored", Severity: "warning", Key: "mailer.HOST", Since: "1.18",
		When:    func(s Settings) bool { return giteaHas(s, "HOST") && giteaHas(s, "SMTP_ADDR") },
		Summary: "HOST has no effect: SMTP_ADDR is set, and counts",
		Fix:     []string{"Remove HOST"}, Set: map[string]string{"mailer.HOST": ""},
	},
	{
		Check: "setting-deprecated", Severity: "warning", Key: "mailer.PROTOCOL", Since: "1.18",
		When:    func(s Settings) bool { return giteaIs(s, "PROTOCOL", "smtp+startls") },
		Summary: "PROTOCOL=smtp+startls lacks a t; the name is smtp+starttls",
		Detail:  "The slip was Gitea's own, and is still read; later releases will not.",
		Fix:     []string{"Set PROTOCOL to smtp+starttls"}, Set: map[string]string{"mailer.PROTOCOL": "smtp+starttls"},
	},
	{
		Check: "mailer-swallows-mail", Key: "mailer.PROTOCOL",
		When:    func(s Settings) bool { return giteaIs(s, "PROTOCOL", "dummy") || giteaIs(s, "MAILER_TYPE", "dummy") },
		Summary: "PROTOCOL=dummy writes mail to the log and sends none",
		Fix:     []string{"Set PROTOCOL to smtp+starttls with port 587, or smtps with 465"}, Set: map[string]string{"mailer.PROTOCOL": "smtp+starttls"},
	},
	{
		Check: "setting-ignored", Severity: "warning", Key: "mailer.PROTOCOL",
		When: func(s Settings) bool {
			return (giteaIs(s, "PROTOCOL", "sendmail") || giteaIs(s, "MAILER_TYPE", "sendmail")) && (giteaHas(s, "SMTP_ADDR") || giteaHas(s, "HOST"))
		},
		Summary: "PROTOCOL=sendmail hands mail to a program: the SMTP settings are not used",
		Fix:     []string{"Set PROTOCOL to smtp+starttls or smtps"},
	},
	{
		Check: "client-config-invalid", Severity: "warning", Key: "mailer.SMTP_PORT", Since: "1.18",
		When: func(s Settings) bool {
			p := s.Port()
			return giteaHas(s, "SMTP_PORT") && !giteaHas(s, "PROTOCOL") && !giteaHas(s, "IS_TLS_ENABLED") && p != 25 && p != 465 && p != 587 && p != 0
		},
		Summary: "PROTOCOL is not set, and for this port Gitea assumes smtps",
		Detail:  "It says: unable to infer unspecified mailer.PROTOCOL from mailer.SMTP_PORT, assume using smtps. That is right for no port but those with implicit TLS.",
		Fix:     []string{"Set PROTOCOL, to smtp+starttls as a rule"},
	},
	{
		Check: "from-missing", Severity: "warning", Key: "mailer.FROM",
		When: func(s Settings) bool {
			return s.Role(Host) != "" && s.Role(From) == "" && !mailAddress(s.Role(User))
		},
		Summary: "FROM is not set, and the user name that stands in for it is no mail address",
		Fix:     []string{"Set FROM to an address that the provider accepts"},
	},
}

// giteaNames are the forms of a setting's name.
func giteaNames(name string) []string {
	return []string{"mailer." + name, "GITEA__mailer__" + name, "GITEA__MAILER__" + name, "FORGEJO__mailer__" + name, "FORGEJO__MAILER__" + name}
}

func giteaHas(s Settings, name string) bool { return anyOf(s, giteaNames(name)...) }

func giteaIs(s Settings, name string, word string) bool {
	for _, n := range giteaNames(name) {
		if is(s, n, word) {
			return true
		}
	}
	return false
}

// giteaSplit makes SMTP_ADDR and SMTP_PORT of HOST.
func giteaSplit(s Settings) map[string]string {
	for _, n := range giteaNames("HOST") {
		v, set := s.Get(n)
		if !set {
			continue
		}
		prefix := strings.TrimSuffix(n, "HOST")
		to := map[string]string{n: ""}
		host, port, found := strings.Cut(strings.TrimSpace(v), ":")
		to[prefix+"SMTP_ADDR"] = host
		if found {
			to[prefix+"SMTP_PORT"] = port
		}
		return to
	}
	return nil
}

// giteaJoin makes HOST of SMTP_ADDR and SMTP_PORT.
func giteaJoin(s Settings) map[string]string {
	for _, n := range giteaNames("SMTP_ADDR") {
		prefix := strings.TrimSuffix(n, "SMTP_ADDR")
		host, set := s.Get(n)
		port, named := s.Get(prefix + "SMTP_PORT")
		if set && named {
			return map[string]string{prefix + "HOST": strings.TrimSpace(host) + ":" + strings.TrimSpace(port)}
		}
	}
	return nil
}

// giteaMistakes are names that people write for those of [mailer].
func giteaMistakes(prefixes []string, more ...Wrong) []Wrong {
	why := "[mailer] knows no such name"
	names := append([]Wrong{
		{Name: "SMTP_HOST", Right: "SMTP_ADDR"}, {Name: "SMTP_SERVER", Right: "SMTP_ADDR"}, {Name: "ADDR", Right: "SMTP_ADDR"}, {Name: "SMTP_ADDRESS", Right: "SMTP_ADDR"},
		{Name: "PORT", Right: "SMTP_PORT"}, {Name: "SMTP_USER", Right: "USER"}, {Name: "SMTP_PASSWORD", Right: "PASSWD"}, {Name: "PASS", Right: "PASSWD"}, {Name: "SMTP_PASSWD", Right: "PASSWD"},
		{Name: "ENABLE", Right: "ENABLED"}, {Name: "SMTP_FROM", Right: "FROM"}, {Name: "FROM_ADDRESS", Right: "FROM"}, {Name: "MAIL_FROM", Right: "FROM"},
		{Name: "SMTP_TYPE"}, {Name: "USE_TLS"}, {Name: "TLS"}, {Name: "SSL"}, {Name: "STARTTLS"}, {Name: "SMTP_PROTOCOL", Right: "PROTOCOL"}, {Name: "ENCRYPTION"},
	}, more...)
	var all []Wrong
	for _, w := range names {
		for _, form := range append([]string{"mailer."}, giteaForms(prefixes)...) {
			right := w.Right
			if right != "" {
				right = form + right
			}
			all = append(all, Wrong{Name: form + w.Name, Right: right, Why: why})
		}
	}
	return all
}

func giteaForms(prefixes []string) []string {
	var all []string
	for _, p := range prefixes {
		all = append(all, p+"__mailer__", p+"__MAILER__")
	}
	return all
}

var giteaNoAlias = []Wrong{{Name: "USERNAME", Right: "USER"}, {Name: "PASSWORD", Right: "PASSWD"}}

// golangForges are Gitea and its heirs.
var golangForges = []Dialect{
	{
		ID: "gitea", App: "Gitea", Form: GoINI, Also: []Form{Env}, Mode: Gitea,
		Files: []string{"app.ini"}, Images: []string{"gitea/gitea", "gitea"}, Packages: []string{"code.gitea.io/gitea"},
		Keys:     giteaKeys([]string{"GITEA"}),
		Marks:    []Mark{{Key: "mailer.SMTP_ADDR", Worth: 4}, {Key: "mailer.PASSWD", Worth: 4}, {Key: "mailer.MAILER_TYPE", Worth: 4}, {Key: "mailer.IS_TLS_ENABLED", Worth: 6}, {Value: "GITEA__", Worth: 8}},
		Mistaken: giteaMistakes([]string{"GITEA"}, giteaNoAlias...),
		Traps:    giteaTraps,
		Params:   Params{Case: true},
		Ranges:   []string{"1.18"},
		Restart:  "Restart Gitea: it reads app.ini at its start",
		Sources:  []string{"go-gitea/gitea modules/setting/mailer.go, 1.12 to 1.26; services/mailer/mailer.go"},
	},
	{
		ID: "forgejo", App: "Forgejo", Form: GoINI, Also: []Form{Env}, Mode: Gitea,
		Images: []string{"codeberg.org/forgejo/forgejo", "forgejo/forgejo"},
		Keys: giteaKeys([]string{"FORGEJO", "GITEA"}, Key{Name: "USERNAME", Role: User}, Key{Name: "PASSWORD", Role: Pass},
			Key{Name: "PASSWD_URI", Role: Known}, Key{Name: "PASSWORD_URI", Role: Known}),
		Marks:    []Mark{{Value: "FORGEJO__", Worth: 10}, {Value: "forgejo", Worth: 6}},
		Mistaken: giteaMistakes([]string{"FORGEJO", "GITEA"}),
		Traps:    giteaTraps,
		Params:   Params{Case: true},
		Restart:  "Restart Forgejo: it reads app.ini at its start",
		Sources:  []string{"forgejo/forgejo modules/setting/mailer.go"},
	},
}
