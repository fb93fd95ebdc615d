package conf

import (
	"strings"
	"testing"
)

func TestSQL(t *testing.T) {
	t.Parallel()
	tests := map[string]struct{ raw, want string }{
		"update": {"UPDATE ps_configuration SET value = 'ssl' WHERE name = 'PS_MAIL_SMTP_ENCRYPTION';\nUPDATE ps_configuration SET value='it''s' WHERE name='PS_MAIL_PASSWD';\n",
			"1 PS_MAIL_SMTP_ENCRYPTION=ssl\n2 PS_MAIL_PASSWD=it's\n"},
		"insert": {"INSERT INTO ps_configuration (name, value) VALUES\n('PS_MAIL_SERVER', 'smtp.example.com'),\n(12, NULL, NULL, 'PS_MAIL_SMTP_PORT', '587');\n",
			"2 PS_MAIL_SERVER=smtp.example.com\n3 PS_MAIL_SMTP_PORT=587\n"},
		"table": {"| name | value |\n|------|-------|\n| PS_MAIL_METHOD | 2 |\n|  17 | PS_MAIL_USER   | a@b.c |\n", "3 PS_MAIL_METHOD=2\n4 PS_MAIL_USER=a@b.c\n"},
		"psql":  {" PS_MAIL_METHOD | 2\n", "1 PS_MAIL_METHOD=2\n"},
	}
	for name, tt := range tests {
		var got strings.Builder
		for _, e := range Parse(tt.raw, SQL, Usual).Entries {
			got.WriteString(string(rune('0'+e.Line)) + " " + e.Key + "=" + e.Value + "\n")
		}
		if got.String() != tt.want {
			t.Errorf("%s: read\n%swant\n%s", name, got.String(), tt.want)
		}
	}
}

func TestSQLEdits(t *testing.T) {
	t.Parallel()
	const raw = "UPDATE c SET value = 'ssl' WHERE name = 'PS_MAIL_SMTP_ENCRYPTION';\n"
	x := Parse(raw, SQL, Usual)
	got, err := x.Apply([]Edit{{Op: Set, Entry: x.Entries[0], Value: "it's"}, {Op: Add, Entry: x.Entries[0], Key: "PS_MAIL_SMTP_PORT", Value: "587"}})
	want := "UPDATE c SET value = 'it''s' WHERE name = 'PS_MAIL_SMTP_ENCRYPTION';\nUPDATE c SET value = '587' WHERE name = 'PS_MAIL_SMTP_PORT';\n"
	if err != nil || got != want {
		t.Errorf("written %q (%v), want %q", got, err, want)
	}
}
