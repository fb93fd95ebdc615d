package dialect

import (
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// generic are settings that belong to no application: names that many programs
// read alike.
var generic = []Dialect{
	{
		ID: "nodemailer-env-generic", App: "a Node.js application with nodemailer", Form: Env, Mode: Nodemailer,
		Packages: []string{"nodemailer"}, Images: []string{"uraniadev/snapp", "ghcr.io/urania-dev/snapp", "nhost/hasura-backend-plus", "nhost/hasura-auth"},
		Keys: []Key{
			{Name: "SMTP_HOST", Also: nodeNames("HOST", "SMTP_SERVER", "MAIL_SERVER", "SMTP_HOSTNAME", "EMAIL_HOSTNAME", "MAIL_HOSTNAME", "SMTP_ADDRESS", "SMTP_HOST_NAME", "MAILER_SMTP_HOST", "SMTP_MAIL_HOST"), Role: Host},
			{Name: "SMTP_PORT", Also: nodeNames("PORT", "MAILER_SMTP_PORT", "SMTP_MAIL_PORT"), Role: Port},
			{Name: "SMTP_SECURE", Also: nodeNames("SECURE", append(suffixed("SSL", "USE_SSL", "IS_SECURE", "SECURE_ENABLED", "SSL_ENABLED", "USE_SECURE"), "MAILER_SMTP_SECURE", "SECURE_EMAIL", "SECURE_SMTP")...), Role: Secure, Beside: "-"},
			{Name: "SMTP_REQUIRE_TLS", Also: nodeNames("REQUIRE_TLS", suffixed("REQUIRETLS", "STARTTLS", "USE_STARTTLS", "ENABLE_STARTTLS", "TLS", "USE_TLS", "ENABLE_TLS", "TLS_ENABLED", "FORCE_TLS")...), Role: Require, Beside: "-"},
			{Name: "SMTP_IGNORE_TLS", Also: nodeNames("IGNORE_TLS", suffixed("IGNORETLS", "DISABLE_TLS", "DISABLE_STARTTLS", "NO_TLS", "IGNORE_STARTTLS")...), Role: NoTLS, Beside: "-"},
			{Name: "SMTP_ENCRYPTION", Also: []string{"EMAIL_ENCRYPTION", "MAILER_ENCRYPTION", "NODEMAILER_ENCRYPTION", "SMTP_SECURITY", "EMAIL_SECURITY", "SMTP_CONNECTION_SECURITY"}, Role: Scheme, Else: "=", Beside: "-", Words: []Word{
				{V: "starttls", Mode: target.Opportunistic}, {V: "ssl", Mode: target.Implicit}, {V: "tls"},
				{V: "ssl/tls", Mode: target.Implicit, Not: true}, {V: "smtps", Mode: target.Implicit, Not: true}, {V: "implicit", Mode: target.Implicit, Not: true},
				{V: "none", Mode: target.Opportunistic, Not: true}, {V: "", Not: true}, {V: "null", Not: true}, {V: "false", Not: true}, {V: "true", Not: true}, {V: "auto", Not: true},
			}},
			{Name: "SMTP_URL", Also: []string{"EMAIL_URL", "MAILER_URL", "SMTP_URI", "SMTP_CONNECTION_URL", "SMTP_CONNECTION_STRING", "NODEMAILER_URL", "MAILER_SMTP_URL"}, Role: URL},
			{Name: "SMTP_SERVICE", Also: nodeNames("SERVICE", "NODEMAILER_WELL_KNOWN"), Role: Service},
			{Name: "SMTP_USER", Also: nodeNames("USER", append(suffixed("USERNAME", "LOGIN", "AUTH_USER", "USER_NAME", "AUTH_USERNAME", "HOST_USER"), "SMTP_MAIL", "SMTP_EMAIL", "SMTP_ACCOUNT")...), Role: User},
			{Name: "SMTP_PASS", Also: nodeNames("PASS", append(suffixed("PASSWORD", "PWD", "AUTH_PASS", "AUTH_PASSWORD", "HOST_PASSWORD", "APP_PASSWORD", "PASSWD", "KEY"), "SMTP_TOKEN")...), Role: Pass},
			{Name: "SMTP_FROM", Also: nodeNames("FROM", append(suffixed("FROM_EMAIL", "SENDER", "FROM_ADDRESS", "SENDER_EMAIL", "SENDER_ADDRESS", "EMAIL_FROM", "MAIL_FROM", "DEFAULT_FROM"), "FROM_EMAIL", "FROM_ADDRESS", "DEFAULT_FROM_EMAIL", "SENDER_EMAIL", "NOREPLY_EMAIL", "NO_REPLY_EMAIL")...), Role: From},
			{Name: "SMTP_FROM_NAME", Also: append(suffixed("FROM_NAME", "SENDER_NAME"), "FROM_NAME", "SENDER_NAME"), Role: FromName},
			{Name: "SMTP_REJECT_UNAUTHORIZED", Also: append(suffixed("REJECT_UNAUTHORIZED", "TLS_REJECT_UNAUTHORIZED", "REJECT_UNAUTHORIZED_TLS"), "NODE_TLS_REJECT_UNAUTHORIZED"), Role: Verify},
			{Name: "SMTP_TLS_CIPHERS", Also: suffixed("TLS_CIPHERS", "CIPHERS"), Role: Ciphers},
			{Name: "RESEND_API_KEY", Also: []string{"RESEND_KEY", "RESEND_APIKEY", "RESEND_TOKEN"}, Role: APIKey},
		},
		Params: Params{DefaultPort: byModeOfNode, Schemes: nodemailerSchemes, Options: nodemailerOptions},
		Traps: []Trap{
			{
				Check: "release-bug", Severity: "error", Key: "SMTP_PORT",
				When: func(s Settings) bool {
					return isSnapp(s) && s.Port() != 465 && !s.Has("SMTP_SECURE")
				},
				Summary: "Snapp speaks implicit TLS alone in releases without a switch for it (2024)",
				Detail:  "They set secure: true in code, so that every port but 465 ends with wrong version number.",
				Fix:     []string{"Set SMTP_PORT to 465, or run a release that has a switch"}, Set: map[string]string{"SMTP_PORT": "465"},
			},
			{
				Check: "setting-ignored", Severity: "warning", Key: "SMTP_HOST", When: presetWins("SMTP_HOST", "EMAIL_HOST", "MAIL_HOST"),
				Summary: "the host has no effect where the service names another server: nodemailer takes the service's",
				Fix:     []string{"Remove SMTP_SERVICE"}, Set: map[string]string{"SMTP_SERVICE": "", "EMAIL_SERVICE": "", "MAIL_SERVICE": ""},
			},
		},
		Marks:   []Mark{{Key: "SMTP_SECURE", Worth: 4}, {Key: "EMAIL_SECURE", Worth: 4}, {Key: "MAIL_SECURE", Worth: 4}, {Key: "NODEMAILER_*", Worth: 8}, {Key: "NODE_ENV", Worth: 2}, {Key: "SMTP_PASS", Worth: 1}},
		Sources: []string{"nodemailer lib/smtp-connection", "issues of applications that read such names"},
	},
	{
		ID: "resend-env", App: "an application with Resend", Form: Env, Packages: []string{"resend"},
		Keys: []Key{
			{Name: "RESEND_API_KEY", Also: []string{"RESEND_KEY", "RESEND_APIKEY", "RESEND_API_TOKEN", "RESEND_TOKEN", "RESEND_SECRET", "AUTH_RESEND_KEY", "NEXT_PRIVATE_RESEND_API_KEY", "NUXT_RESEND_API_KEY", "VITE_RESEND_API_KEY", "NEXT_PUBLIC_RESEND_API_KEY"}, Role: APIKey},
			{Name: "EMAIL_FROM", Also: []string{"RESEND_FROM_EMAIL", "RESEND_FROM", "RESEND_EMAIL_FROM", "RESEND_FROM_ADDRESS", "RESEND_SENDER", "RESEND_SENDER_EMAIL", "RESEND_EMAIL", "MAIL_FROM", "FROM_EMAIL", "FROM_ADDRESS", "EMAIL_FROM_ADDRESS", "MAIL_FROM_ADDRESS", "SENDER_EMAIL", "EMAIL_SENDER", "CONTACT_FROM_EMAIL", "NOREPLY_EMAIL"}, Role: From},
			{Name: "EMAIL_FROM_NAME", Also: []string{"RESEND_FROM_NAME", "MAIL_FROM_NAME", "FROM_NAME"}, Role: FromName},
		},
		Traps: []Trap{
			{
				Check: "client-credentials-missing", Severity: "error", Key: "re_*",
				When:    func(s Settings) bool { return s.Has("re_*") && s.Role(APIKey) == "" },
				Summary: "the API key stands where the name of the variable belongs",
				Detail:  "The code looks for a variable whose name is the key, and finds none.",
				Fix:     []string{"Write RESEND_API_KEY= before the key, and RESEND_API_KEY in the code", "Make a new key: this one stands in code or in a log"},
			},
			{
				Check: "client-config-invalid", Severity: "error", Key: "RESEND_API_KEY",
				When: func(s Settings) bool {
					return strings.HasPrefix(strings.ToLower(strings.TrimSpace(s.Role(APIKey))), "bearer ")
				},
				Summary: "the API key begins with Bearer: the library writes that word itself",
				Fix:     []string{"Write the key alone"},
			},
			{
				Check: "weak-setting", Severity: "warning", Key: "NEXT_PUBLIC_RESEND_API_KEY",
				When:    func(s Settings) bool { return anyOf(s, "NEXT_PUBLIC_RESEND_API_KEY", "VITE_RESEND_API_KEY") },
				Summary: "the API key has a name that goes to the browser",
				Detail:  "Variables that begin with NEXT_PUBLIC_ or VITE_ are built into the pages, where everybody can read them.",
				Fix:     []string{"Make a new key, and name it RESEND_API_KEY"},
			},
		},
		Marks:   []Mark{{Key: "RESEND_API_KEY", Worth: 5}, {Key: "RESEND_*", Worth: 3}, {Value: "=re_", Worth: 2}},
		Sources: []string{"resend.com/docs: API reference, errors"},
	},
}

// nodePrefixes are what programs put before the names of their mail settings.
// The order is that of all lists made of them, so that a name that is added has
// the prefix of its neighbours.
var nodePrefixes = []string{"EMAIL", "MAIL", "EMAIL_SMTP", "MAIL_SMTP", "EMAIL_SERVER", "NODEMAILER", "MAILER", "SMTP_SERVER", "SMTP_MAIL", "NODEMAILER_SMTP", "AUTH_SMTP"}

// nodeNames are the names of a setting with each prefix but SMTP, and further
// ones behind.
func nodeNames(suffix string, more ...string) []string {
	var all []string
	for _, p := range nodePrefixes {
		all = append(all, p+"_"+suffix)
	}
	return append(all, more...)
}

// suffixed are further names of a setting with every prefix.
func suffixed(suffixes ...string) []string {
	var all []string
	for _, s := range suffixes {
		all = append(all, "SMTP_"+s)
		all = append(all, nodeNames(s)...)
	}
	return all
}

// isSnapp reports whether the settings are those of the link shortener Snapp.
func isSnapp(s Settings) bool {
	image, _ := s.Get("image")
	return strings.Contains(image, "urania-dev/snapp") || strings.Contains(image, "uraniadev/snapp")
}
