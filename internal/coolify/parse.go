package coolify

import (
	"bytes"
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Instance is what was read of one Coolify. Its rows hold values as they were
// read, encrypted ones among them.
type Instance struct {
	Version string // as Coolify told it; empty: it did not
	Failed  []Failure
	rows    []row
}

// Failure is a line of failed_jobs.
type Failure struct{ At, Text string }

// row is a row of instance_settings or of email_notification_settings.
type row struct {
	team   bool
	id     int64
	name   string
	whole  bool // all columns are there, as psql prints them
	values map[string]any
}

// Empty reports whether there are no settings in it.
func (i Instance) Empty() bool { return len(i.rows) == 0 }

// failedLine is a line of failed_jobs as psql -At prints it.
var failedLine = regexp.MustCompile(`^(\d{4}-\d\d-\d\d[ T][0-9:.+-]+)\|(.*)$`)

// psqlFooter is what psql prints without -t.
var psqlFooter = regexp.MustCompile(`^\(\d+ rows?\)$`)

// Parse reads what the documented commands print: one JSON object a line or
// across lines, in the form of psql, of tinker or of the API, and lines of
// failed_jobs, in any order. An error names the line and quotes nothing of it.
func Parse(text []byte) (Instance, error) {
	text = bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))
	var i Instance
	for at := 0; at < len(text); {
		rest := text[at:]
		if c := rest[0]; c == ' ' || c == '\t' || c == '\r' || c == '\n' {
			at++
			continue
		}
		line := bytes.Count(text[:at], []byte("\n")) + 1
		if rest[0] != '{' && rest[0] != '[' {
			n := bytes.IndexByte(rest, '\n')
			if n < 0 {
				n = len(rest)
			}
			if !i.line(strings.TrimSpace(string(rest[:n]))) {
				return Instance{}, fmt.Errorf("line %d is neither a JSON object nor a line of failed_jobs", line)
			}
			at += n
			continue
		}
		d := json.NewDecoder(bytes.NewReader(rest))
		d.UseNumber()
		var v any
		if d.Decode(&v) != nil {
			return Instance{}, fmt.Errorf("line %d begins a JSON object that is not whole", line)
		}
		if err := i.value(v); err != nil {
			return Instance{}, fmt.Errorf("line %d: %w", line, err)
		}
		at += int(d.InputOffset())
	}
	slices.SortStableFunc(i.rows, func(a, b row) int {
		switch {
		case a.team == b.team:
			return 0
		case a.team:
			return 1
		}
		return -1
	})
	return i, nil
}

// line takes a line that is no JSON; false where it is not known.
func (i *Instance) line(s string) bool {
	if m := failedLine.FindStringSubmatch(s); m != nil {
		i.Failed = append(i.Failed, Failure{m[1], exceptionText(m[2])})
		return true
	}
	return strings.HasPrefix(s, "#") || psqlFooter.MatchString(s)
}

// thrownAt is where PHP says an exception was thrown, and all behind it.
var thrownAt = regexp.MustCompile(`\s+in /\S+\.php:\d+.*$`)

// exceptionText is the message of an exception as PHP writes it: without the
// class, the file and the trace.
func exceptionText(s string) string {
	s, _, _ = strings.Cut(s, " Stack trace:")
	s = thrownAt.ReplaceAllString(s, "")
	if class, text, ok := strings.Cut(s, ": "); ok && strings.Contains(class, `\`) && !strings.Contains(class, " ") {
		s = text
	}
	return strings.TrimSpace(s)
}

// value takes a JSON value by its form.
func (i *Instance) value(v any) error {
	switch v := v.(type) {
	case []any:
		for _, one := range v {
			if err := i.value(one); err != nil {
				return err
			}
		}
		return nil
	case map[string]any:
		return i.object(v)
	}
	return fmt.Errorf("it holds no object")
}

func (i *Instance) object(o map[string]any) error {
	if s := textOf(o["version"]); s != "" && i.Version == "" {
		i.Version = s
	}
	_, hasInstance := o["instance"]
	_, hasTeams := o["teams"]
	values, hasRow := o["row"].(map[string]any)
	switch {
	case o["source"] == "failed", o["exception"] != nil && o["failed_at"] != nil:
		text := textOf(o["error"])
		if text == "" {
			text = strings.Join(firstLines(textOf(o["exception"]), 2), " ")
		}
		at := textOf(o["at"])
		if at == "" {
			at = textOf(o["failed_at"])
		}
		i.Failed = append(i.Failed, Failure{at, exceptionText(text)})
	case hasRow:
		team := o["source"] == "team" || o["team_id"] != nil
		i.rows = append(i.rows, row{team: team, id: numberOf(o["team_id"]), name: textOf(o["team"]), whole: true, values: values})
	case hasInstance || hasTeams:
		return i.tinker(o)
	case isRow(o):
		_, points := o["use_instance_email_settings"]
		i.rows = append(i.rows, row{team: points || o["team_id"] != nil, id: numberOf(o["team_id"]), values: o})
	case len(o) == 1 && o["version"] != nil:
	default:
		return fmt.Errorf("the object holds no mail settings of Coolify")
	}
	return nil
}

// tinker is the object of the tinker command: values are in plain text there.
func (i *Instance) tinker(o map[string]any) error {
	if v, ok := o["instance"].(map[string]any); ok {
		i.rows = append(i.rows, row{values: v})
	}
	teams, _ := o["teams"].([]any)
	for _, t := range teams {
		v, ok := t.(map[string]any)
		if !ok {
			return fmt.Errorf("a team is no object")
		}
		i.rows = append(i.rows, row{team: true, id: numberOf(v["team_id"]), name: textOf(v["team"]), values: v})
	}
	return nil
}

func isRow(o map[string]any) bool {
	for _, key := range []string{"smtp_enabled", "resend_enabled", "smtp_host", "smtp_port", "use_instance_email_settings"} {
		if _, ok := o[key]; ok {
			return true
		}
	}
	return false
}

func firstLines(s string, n int) []string {
	lines := strings.Split(s, "\n")
	return lines[:min(n, len(lines))]
}

func textOf(v any) string {
	switch v := v.(type) {
	case string:
		return v
	case json.Number:
		return v.String()
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

func numberOf(v any) int64 {
	n, _ := strconv.ParseInt(textOf(v), 10, 64)
	return n
}

// on reads a boolean column; PostgreSQL prints t in other forms than JSON.
func (r row) on(key string) bool {
	switch strings.ToLower(textOf(r.values[key])) {
	case "true", "t", "1":
		return true
	}
	return false
}

// has reports whether a column was read at all; the API leaves some out.
func (r row) has(key string) bool {
	_, ok := r.values[key]
	return ok
}

// Release is the release in the name of a container image, or in what somebody
// typed; "" where it tells none, as latest does.
func Release(s string) string {
	s, _, _ = strings.Cut(strings.TrimSpace(s), "@")
	s = s[strings.LastIndexByte(s, '/')+1:]
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		s = s[i+1:]
	}
	s = strings.TrimPrefix(s, "v")
	if s == "" || s[0] < '0' || s[0] > '9' || !strings.Contains(s, ".") {
		return ""
	}
	return s
}
