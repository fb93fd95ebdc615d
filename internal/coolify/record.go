package coolify

import (
	"cmp"
	"errors"
	"fmt"
	"strings"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// record is a row with its values decrypted as far as that goes.
type record struct {
	row
	scope  string // "instance", "team NAME"
	table  string
	where  string // the row in SQL
	form   string // where its form is in the UI
	ways   []Way
	fields map[string]field
	broken map[error][]string // columns by what keeps them from being read
	locked bool               // encrypted, and there is no key at all
}

// field is a value of a column.
type field struct {
	text    string
	unknown bool // it cannot be read, or was not handed out
}

func (f field) set() bool { return f.text != "" || f.unknown }

// sealedColumns are those that Coolify encrypts; others are plain.
var sealedColumns = []string{"smtp_host", "smtp_username", "smtp_password", "smtp_from_address", "smtp_from_name", "resend_api_key"}

var plainColumns = []string{"smtp_port", "smtp_encryption", "smtp_timeout", "smtp_ehlo_domain"}

// record decrypts a row.
func (r *reader) record(in row) record {
	rec := record{row: in, scope: "instance", table: "instance_settings", where: "id = 0", form: "Settings > Transactional Email",
		ways: []Way{InstanceNotices, InstanceMails}, fields: map[string]field{}, broken: map[error][]string{}}
	if in.team {
		name := cmp.Or(in.name, fmt.Sprint(in.id))
		rec.scope, rec.table, rec.where = "team "+name, "email_notification_settings", fmt.Sprintf("team_id = %d", in.id)
		rec.form, rec.ways = fmt.Sprintf("Notifications > Email of the team %s", name), []Way{TeamNotices}
	}
	for _, key := range plainColumns {
		rec.fields[key] = field{text: textOf(in.values[key]), unknown: !in.whole && !in.has(key)}
	}
	for _, key := range sealedColumns {
		rec.fields[key] = r.open(&rec, key)
	}
	return rec
}

// open decrypts one value. What came from Coolify itself is in plain text.
func (r *reader) open(rec *record, key string) field {
	text := textOf(rec.row.values[key])
	if text == "" {
		return field{unknown: !rec.whole && !rec.has(key)}
	}
	if _, _, err := unseal(text); err != nil && !rec.whole {
		return field{text: text}
	} else if err == nil && len(r.o.Keys) == 0 {
		rec.locked = true
		return field{unknown: true}
	}
	out, err := Decrypt(text, r.o.Keys)
	for _, cause := range []error{ErrNotPayload, ErrWrongKey, ErrCannotDecrypt} {
		if errors.Is(err, cause) {
			rec.broken[cause] = append(rec.broken[cause], key)
			return field{unknown: true}
		}
	}
	return field{text: out}
}

// at is where a column of the row stands.
func (rec *record) at(key string) evidence.Origin { return evidence.Origin{File: rec.table, Key: key} }

func (rec *record) text(key string) string { return rec.fields[key].text }

// setting is a column as it is reported. Blanks around it are for the remarks.
func (rec *record) setting(key string) evidence.Setting {
	f := rec.fields[key]
	return evidence.Setting{V: strings.TrimSpace(f.text), From: rec.at(key), Unknown: f.unknown}
}

// stored reports whether anything is set up in the row.
func (rec *record) stored() bool {
	return rec.fields["smtp_host"].text != "" || rec.sealedIn("smtp_host")
}

func (rec *record) hasKey() bool {
	return rec.fields["resend_api_key"].text != "" || rec.sealedIn("resend_api_key")
}

// sealedIn reports whether a column holds a value that could not be opened.
func (rec *record) sealedIn(key string) bool {
	return rec.fields[key].unknown && textOf(rec.row.values[key]) != ""
}
