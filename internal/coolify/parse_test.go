package coolify

import (
	"fmt"
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, text, want string }{
		{"psql", `{"source": "instance", "row": {"id": 0, "smtp_enabled": true, "smtp_port": 587}}
{"source": "team", "team_id": 0, "team": "Root Team", "row": {"smtp_enabled": false}}
2024-12-20 09:15:02|Symfony\Component\Mailer\Exception\TransportException: Connection to "h:1" timed out. in /var/www/html/vendor/x.php:154 Stack trace:
`, `instance 587; team Root Team ; failed 2024-12-20 09:15:02: Connection to "h:1" timed out.`},
		{"the team first, BOM, CRLF", "\xef\xbb\xbf{\"source\":\"team\",\"team_id\":3,\"team\":null,\"row\":{\"smtp_port\":25}}\r\n{\"source\":\"instance\",\"row\":{\"smtp_port\":465}}\r\n", "instance 465; team 3 25"},
		{"tinker", `{"version":"4.0.0-beta.418","instance":{"smtp_port":587},"teams":[{"smtp_port":2525,"team_id":7,"use_instance_email_settings":true}]}`, "version 4.0.0-beta.418; instance 587; team 7 2525"},
		{"API", `{"smtp_enabled":true,"smtp_port":587,"smtp_encryption":"starttls","smtp_timeout":null,"smtp_ehlo_domain":null,"resend_enabled":false}`, "instance 587"},
		{"API of a team", `{"smtp_enabled":true,"smtp_port":587,"use_instance_email_settings":false}`, "team 0 587"},
		{"over lines, in a list", "[\n {\"smtp_host\": \"h\",\n  \"smtp_port\": 25}\n]\n", "instance 25"},
		{"a failed job as JSON", `{"failed_at":"2026-08-20T10:00:00","exception":"Exception: No email settings found.\nStack trace:\n#0 x"}`, "failed 2026-08-20T10:00:00: Exception: No email settings found."},
		{"footer and remark", "# rows\n{\"smtp_port\":25}\n(1 row)\n", "instance 25"},
		{"nothing", " \n", ""},
		{"text", "{\"smtp_port\":25}\npsql: error: secret-7\n", "error line 2 is neither a JSON object nor a line of failed_jobs"},
		{"cut", "\n{\"smtp_password\":\"secret-7", "error line 2 begins a JSON object that is not whole"},
		{"other object", `{"name":"secret-7"}`, "error line 1: the object holds no mail settings of Coolify"},
		{"list of texts", `["secret-7"]`, "error line 1: it holds no object"},
		{"team is no object", `{"teams":["secret-7"]}`, "error line 1: a team is no object"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			in, err := Parse([]byte(c.text))
			if got := summary(in, err); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func summary(in Instance, err error) string {
	if err != nil {
		return "error " + err.Error()
	}
	var out []string
	if in.Version != "" {
		out = append(out, "version "+in.Version)
	}
	for _, r := range in.rows {
		name := "instance"
		if r.team {
			name = "team " + r.name
			if r.name == "" {
				name += fmt.Sprint(r.id)
			}
		}
		out = append(out, name+" "+textOf(r.values["smtp_port"]))
	}
	for _, f := range in.Failed {
		out = append(out, "failed "+f.At+": "+f.Text)
	}
	return strings.Join(out, "; ")
}

// FuzzParse: no text makes it panic, and what it refuses it does not quote.
func FuzzParse(f *testing.F) {
	f.Add(`{"source":"instance","row":{"smtp_port":587}}`)
	f.Add("2024-12-20 09:15:02|x: y in /a.php:1")
	f.Add(`{"instance":{"smtp_enabled":true,"smtp_host":"ssl://h:1"},"teams":[{}]}`)
	f.Add(`[{"smtp_timeout":0,"smtp_port":99999,"resend_enabled":"t","resend_api_key":"re_1"}]`)
	f.Fuzz(func(t *testing.T, text string) {
		in, err := Parse([]byte(text))
		if err != nil {
			if !in.Empty() || len(err.Error()) > 100 {
				t.Fatalf("%v with rows, or quoting", err)
			}
			return
		}
		for _, s := range Channels(in, Options{}) {
			if s.Dialect != "coolify" || s.Scope == "" || s.Channel == "" {
				t.Fatalf("a channel without its name: %+v", s)
			}
		}
	})
}
