//go:build e2e && linux

package e2e

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// The secrets in the rows of TestCoolify; none may be printed.
const (
	coolifyPassword = "canary-7f3a"
	coolifyResend   = "re_Ab3dEf6h_CanaryKey0123456789"
)

// TestCoolify reads the mail settings of a Coolify out of a real PostgreSQL, by
// the documented commands: the columns are those of its migrations, the values
// are encrypted as Laravel does. docker is a script that enters the box.
func TestCoolify(t *testing.T) {
	db := newCoolify(t, "4.0.0-beta.379")
	instance, team := byName(t, "postfix-required"), byName(t, "exim-implicit")
	db.insert(t, "instance_settings", map[string]string{"id": "0", "smtp_enabled": "true", "smtp_host": db.seal(t, instance.host()), "smtp_port": "587", "smtp_encryption": "'tls'",
		"smtp_username": db.seal(t, "me@e2e.test"), "smtp_password": db.seal(t, coolifyPassword), "smtp_from_address": db.seal(t, "coolify@e2e.test"), "resend_api_key": db.seal(t, coolifyResend)})
	db.sql(t, `INSERT INTO teams VALUES (0, 'Root Team'), (1, 'Größe | "2"')`)
	db.insert(t, "email_notification_settings", map[string]string{"team_id": "0", "use_instance_email_settings": "true"})
	db.insert(t, "email_notification_settings", map[string]string{"team_id": "1", "smtp_enabled": "true", "smtp_host": db.seal(t, team.host()), "smtp_port": "465", "smtp_encryption": "'tls'",
		"smtp_from_address": db.seal(t, "team@e2e.test")})
	db.sql(t, `INSERT INTO failed_jobs (exception) VALUES (E'Symfony\\Component\\Mailer\\Exception\\TransportException: Connection could not be established with host "ssl://`+instance.host()+
		`:587": stream_socket_client(): SSL operation failed with code 1. OpenSSL Error messages:\nerror:0A00010B:SSL routines::wrong version number in /var/www/html/vendor/x.php:154\nStack trace:\n#0 x')`)

	offline := db.check(t, 1, "--offline")
	db.compare(t, offline, []string{
		"instance smtp " + instance.host() + ":587 implicit true: tls-on-starttls-port release-bug",
		"instance resend  false: resend-key-kept",
		"team Root Team none  false:",
		`team Größe | "2" smtp ` + team.host() + ":465 implicit true:",
	})
	if f := offline.finding("tls-on-starttls-port"); !strings.Contains(f.Detail, "error:0A00010B:SSL routines::wrong version number") {
		t.Errorf("the failed job is not quoted: %+v", f)
	}

	live := db.check(t, 1, mapped(instance, team)...)
	f := live.finding("tls-on-starttls-port")
	if len(f.Fix) == 0 || !strings.Contains(f.Fix[0], "v4.0.0-beta.380") || !strings.Contains(f.Fix[0], "tried from here, works") {
		t.Errorf("the fix was not tried: %q", f.Fix)
	}

	// What the report says to run is run as it stands.
	i := slices.IndexFunc(f.Fix, func(s string) bool { return strings.HasPrefix(s, "Or by SQL: docker ") })
	if i < 0 {
		t.Fatalf("no SQL in %q", f.Fix)
	}
	cmd := exec.Command("sh", "-euc", strings.TrimPrefix(f.Fix[i], "Or by SQL: "))
	cmd.Env = db.env
	if out, err := cmd.CombinedOutput(); err != nil || !strings.Contains(string(out), "UPDATE 1") {
		t.Fatalf("%s: %v\n%s", f.Fix[i], err, out)
	}
	db.sql(t, "DELETE FROM failed_jobs")
	db.compare(t, db.check(t, 0, mapped(instance, team)...), []string{
		"instance smtp " + instance.host() + ":587 opportunistic true:",
		"instance resend  false: resend-key-kept",
		"team Root Team none  false:",
		`team Größe | "2" smtp ` + team.host() + ":465 implicit true:",
	})
}

func byName(t *testing.T, name string) *endpoint {
	t.Helper()
	e := named(cases, name)
	if e == nil {
		t.Fatalf("no server %q", name)
	}
	return e
}

// coolifyBox is a database with an APP_KEY.
type coolifyBox struct {
	key []byte
	env []string // with a docker in its PATH
}

// coolifyTables are the tables as Coolify's migrations make them, as far as mail
// goes. smtp_ehlo_domain comes later than the release here.
const coolifyTables = `
CREATE TABLE teams (id bigint PRIMARY KEY, name varchar(255) NOT NULL);
CREATE TABLE instance_settings (id bigint PRIMARY KEY, fqdn varchar(255), sentinel_token text DEFAULT 'canary-token',
	smtp_enabled boolean NOT NULL DEFAULT false, smtp_from_address text, smtp_from_name text, smtp_recipients text, smtp_host text, smtp_port integer,
	smtp_encryption varchar(255), smtp_username text, smtp_password text, smtp_timeout integer, resend_enabled boolean NOT NULL DEFAULT false, resend_api_key text,
	created_at timestamp(0), updated_at timestamp(0));
CREATE TABLE email_notification_settings (id bigserial PRIMARY KEY, team_id bigint NOT NULL UNIQUE REFERENCES teams,
	smtp_enabled boolean NOT NULL DEFAULT false, smtp_from_address text, smtp_from_name text, smtp_recipients text, smtp_host text, smtp_port integer,
	smtp_encryption varchar(255), smtp_username text, smtp_password text, smtp_timeout integer, resend_enabled boolean NOT NULL DEFAULT false, resend_api_key text,
	use_instance_email_settings boolean NOT NULL DEFAULT false);
CREATE TABLE failed_jobs (id bigserial PRIMARY KEY, uuid varchar(255), payload text DEFAULT 'canary-payload', exception text NOT NULL, failed_at timestamp(0) NOT NULL DEFAULT now());
`

// dockerScript stands for docker: psql runs in the box, as it would in the
// container coolify-db.
const dockerScript = `#!/bin/sh
case "$1 $2 $3" in
'exec coolify-db psql') shift 3; PGHOST=/run/postgresql exec nsenter --target %d --mount --root -- /bin/sh -c 'cd / && exec /usr/lib/postgresql/15/bin/psql "$@"' sh "$@" ;;
'exec coolify printenv') echo '%s'; exit 1 ;;
'inspect -f {{.Config.Image}}') echo 'ghcr.io/coollabsio/coolify:%s'; exit ;;
esac
echo "unexpected: $*" >&2
exit 125
`

func newCoolify(t *testing.T, release string) *coolifyBox {
	t.Helper()
	db := &coolifyBox{key: make([]byte, 32)}
	if _, err := rand.Read(db.key); err != nil {
		t.Fatal(err)
	}
	bin := t.TempDir()
	script := fmt.Sprintf(dockerScript, running.box.cmd.Process.Pid, db.appKey(), release)
	if err := os.WriteFile(filepath.Join(bin, "docker"), []byte(script), 0o755); err != nil {
		t.Fatal(err)
	}
	db.env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
	deadline := time.Now().Add(startTime)
	for _, err := db.psql("postgres", "SELECT 1"); err != nil; _, err = db.psql("postgres", "SELECT 1") {
		if time.Now().After(deadline) {
			t.Fatalf("PostgreSQL does not answer: %v\n%s", err, running.box.complaints())
		}
		time.Sleep(100 * time.Millisecond) // the server says nothing when it is ready
	}
	if out, err := db.psql("postgres", "CREATE DATABASE coolify"); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	t.Cleanup(func() { db.psql("postgres", "DROP DATABASE coolify") })
	db.sql(t, coolifyTables)
	return db
}

func (db *coolifyBox) appKey() string { return "base64:" + base64.StdEncoding.EncodeToString(db.key) }

func (db *coolifyBox) psql(database, query string) ([]byte, error) {
	cmd := exec.Command("sh", "-c", `exec docker exec coolify-db psql -U coolify -d "$1" -v ON_ERROR_STOP=1 -AtX -c "$2"`, "sh", database, query)
	cmd.Env = db.env
	return cmd.CombinedOutput()
}

func (db *coolifyBox) sql(t *testing.T, query string) {
	t.Helper()
	if out, err := db.psql("coolify", query); err != nil {
		t.Fatalf("%s: %v\n%s", query, err, out)
	}
}

func (db *coolifyBox) insert(t *testing.T, table string, values map[string]string) {
	t.Helper()
	var columns, literals []string
	for column, literal := range values {
		columns, literals = append(columns, column), append(literals, literal)
	}
	db.sql(t, fmt.Sprintf("INSERT INTO %s (%s) VALUES (%s)", table, strings.Join(columns, ", "), strings.Join(literals, ", ")))
}

// seal is a text as Laravel's Encrypter stores it, as an SQL literal.
func (db *coolifyBox) seal(t *testing.T, text string) string {
	t.Helper()
	iv := make([]byte, aes.BlockSize)
	if _, err := rand.Read(iv); err != nil {
		t.Fatal(err)
	}
	block, err := aes.NewCipher(db.key)
	if err != nil {
		t.Fatal(err)
	}
	pad := aes.BlockSize - len(text)%aes.BlockSize
	out := append([]byte(text), bytes.Repeat([]byte{byte(pad)}, pad)...)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, out)
	i, v := base64.StdEncoding.EncodeToString(iv), base64.StdEncoding.EncodeToString(out)
	mac := hmac.New(sha256.New, db.key)
	mac.Write([]byte(i + v))
	j := fmt.Sprintf(`{"iv":"%s","value":"%s","mac":"%s","tag":""}`, i, v, hex.EncodeToString(mac.Sum(nil)))
	return "'" + base64.StdEncoding.EncodeToString([]byte(j)) + "'"
}

// mapped are the flags with which the real ports are found.
func mapped(endpoints ...*endpoint) []string {
	args := []string{"--ca-file", running.pki.rootFile}
	for _, e := range endpoints {
		args = append(args, "--connect-to", fmt.Sprintf("%s:%d:%s", e.host(), e.ask, e.at()))
		for _, port := range []int{25, 465, 587, 2465, 2525, 2587} { // so that no side visit leaves the machine
			if port != int(e.ask) {
				args = append(args, "--connect-to", fmt.Sprintf("%s:%d:%s:1", e.host(), port, e.ip))
			}
		}
	}
	return args
}

// coolifyReport is the part of the contract that is compared.
type coolifyReport struct {
	Subjects []struct {
		Settings struct {
			Dialect, Scope, Channel, Host, Mode string
			AppVersion                          string `json:"app_version"`
			Port                                int
			InForce                             bool `json:"in_force"`
		}
		Findings []coolifyFinding
	}
}

type coolifyFinding struct {
	ID, Severity, Detail string
	Fix                  []string
	Evidence             []struct{ Text string }
}

func (r coolifyReport) finding(id string) coolifyFinding {
	for _, s := range r.Subjects {
		for _, f := range s.Findings {
			if f.ID == id {
				return f
			}
		}
	}
	return coolifyFinding{}
}

// check runs maildoctor check --coolify and wants an exit status and no secret.
func (db *coolifyBox) check(t *testing.T, exit int, args ...string) coolifyReport {
	t.Helper()
	cmd := exec.Command(*binary, append([]string{"check", "--coolify", "--format", "json"}, args...)...)
	cmd.Env = db.env
	var stdout, stderr bytes.Buffer
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	err := cmd.Run()
	if _, ended := errors.AsType[*exec.ExitError](err); err != nil && !ended {
		t.Fatal(err)
	}
	var r coolifyReport
	if err := json.Unmarshal(stdout.Bytes(), &r); err != nil || cmd.ProcessState.ExitCode() != exit {
		t.Fatalf("exit %d, want %d; %v\nstdout: %s\nstderr: %s", cmd.ProcessState.ExitCode(), exit, err, &stdout, &stderr)
	}
	for _, secret := range []string{"canary", coolifyResend, coolifyResend[11:], db.appKey()[7:], base64.StdEncoding.EncodeToString([]byte(coolifyPassword))} {
		if strings.Contains(stdout.String()+stderr.String(), secret) {
			t.Errorf("%q is printed:\n%s\n%s", secret, &stdout, &stderr)
		}
	}
	return r
}

// compare compares the subjects: what is in force, with the ids of the findings
// that are not a note, and of a key that is kept.
func (db *coolifyBox) compare(t *testing.T, r coolifyReport, want []string) {
	t.Helper()
	var got []string
	for _, s := range r.Subjects {
		x := s.Settings
		at := ""
		if x.Host != "" {
			at = fmt.Sprintf("%s:%d", x.Host, x.Port)
		}
		line := fmt.Sprintf("%s %s %s %s %t:", x.Scope, x.Channel, at, x.Mode, x.InForce)
		if at == "" {
			line = fmt.Sprintf("%s %s  %t:", x.Scope, x.Channel, x.InForce)
		}
		for _, f := range s.Findings {
			if f.Severity != "note" || f.ID == "resend-key-kept" {
				line += " " + f.ID
			}
		}
		if x.Dialect != "coolify" || x.AppVersion != "4.0.0-beta.379" {
			t.Errorf("dialect %q, release %q", x.Dialect, x.AppVersion)
		}
		got = append(got, line)
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}
