package settings

import (
	"bytes"
	"fmt"
	"io/fs"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/target"
)

const laravel = "APP_KEY=base64:AAAA\nMAIL_MAILER=smtp\nMAIL_SCHEME=smtps\nMAIL_HOST=smtp.example.com\nMAIL_PORT=587\nMAIL_USERNAME=a@example.com\nMAIL_PASSWORD=b7Qw\nMAIL_FROM_ADDRESS=a@example.com\n"

func files(pairs ...string) fstest.MapFS {
	out := fstest.MapFS{}
	for i := 0; i < len(pairs); i += 2 {
		out[pairs[i]] = &fstest.MapFile{Data: []byte(pairs[i+1])}
	}
	return out
}

// found lists the applications as "dialect scope: files".
func found(apps []*App) []string {
	var out []string
	for _, a := range apps {
		var names []string
		for _, f := range a.Files {
			names = append(names, f.Name)
		}
		out = append(out, strings.TrimSpace(a.Dialect.ID+" "+a.Scope)+": "+strings.Join(names, " "))
	}
	return out
}

func TestLoad(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name     string
		fsys     fstest.MapFS
		names    []string
		o        Options
		want     []string
		troubles []string // "file: text"
	}{
		{"a file", files("x/.env", laravel), []string{"x/.env"}, Options{}, []string{"laravel-11plus: x/.env"}, nil},
		{"a directory and below", files(".env", laravel, "a/b/.env", laravel), []string{"."}, Options{}, []string{"laravel-11plus: a/b/.env", "laravel-11plus: .env"}, nil},
		{"what others wrote", files("vendor/x/.env", laravel, "node_modules/x/.env", laravel, ".git/.env", laravel, "a/dist/.env", laravel), []string{"."}, Options{}, nil, nil},
		{"named, it is read", files("vendor/x/.env", laravel), []string{"vendor/x"}, Options{}, []string{"laravel-11plus: vendor/x/.env"}, nil},
		{"examples", files(".env.example", laravel, ".env.sample", laravel, "env.dist", laravel, ".env.bak", laravel, "app.template.yaml", laravel), []string{"."}, Options{}, nil, nil},
		{"an example that is named", files(".env.example", laravel), []string{".env.example"}, Options{}, []string{"laravel-11plus: .env.example"}, nil},
		{"names that tell nothing", files("README.md", laravel, "image.png", laravel, "x.txt", laravel), []string{"."}, Options{}, nil, nil},
		{"the order of the application", files(".env.local", "MAIL_PORT=465\n", ".env", laravel), []string{"."}, Options{Dialect: "laravel-11plus"}, []string{"laravel-11plus: .env .env.local"}, nil},
		{"no such file", files(".env", laravel), []string{".env", "nowhere"}, Options{}, []string{"laravel-11plus: .env"}, []string{"nowhere: there is no such file"}},
		{"named twice", files(".env", laravel), []string{".env", "."}, Options{}, []string{"laravel-11plus: .env"}, nil},
		{"nothing of mail", files("x.env", "A=1\n"), []string{"x.env"}, Options{}, nil, []string{"x.env: holds no mail settings that maildoctor knows"}},
		{"too big", fstest.MapFS{".env": {Data: []byte(laravel)}, "big.env": {Data: bytes.Repeat([]byte("MAIL=1\n"), 6<<20/7)}}, []string{"."}, Options{}, []string{"laravel-11plus: .env"},
			[]string{"big.env: it is over 1 MiB, and settings are far below"}},
		{"no text, named", files("x.env", "MAIL\x00\x01", ".env", laravel), []string{"x.env", ".env"}, Options{}, []string{"laravel-11plus: .env"}, []string{"x.env: it is no text"}},
		{"large files that are none of settings", fstest.MapFS{".env": {Data: []byte(laravel)}, "openapi.json": {Data: bytes.Repeat([]byte("{\"mail\": 1}\n"), 1<<20/11+1)}, "seed.sql": {Data: bytes.Repeat([]byte("-- mail\n"), 1<<18)}}, []string{"."}, Options{}, []string{"laravel-11plus: .env"}, nil},
		{"a large file, named", fstest.MapFS{"openapi.json": {Data: bytes.Repeat([]byte("{\"mail\": 1}\n"), 1<<20/11+1)}}, []string{"openapi.json"}, Options{}, nil, []string{"openapi.json: it is over 1 MiB, and settings are far below"}},
		{"a .env that is no text, met", files(".env", "MAIL_HOST=\x00"), []string{"."}, Options{}, nil, []string{".env: it is no text"}},
		{"a .env in UTF-16, met", files(".env", "\xff\xfeM\x00A\x00I\x00L\x00_\x00"), []string{"."}, Options{}, nil, []string{".env: it is UTF-16, which the applications do not read either; save it as UTF-8"}},
		{"no text, met", files("x.env", "MAIL\x00\xff\xfe", ".env", laravel), []string{"."}, Options{}, []string{"laravel-11plus: .env"}, nil},
		{"an old encoding", files("x.env", "A=1\nMAIL_NAME=\xe9\n", ".env", laravel), []string{"."}, Options{}, []string{"laravel-11plus: .env"}, []string{"x.env: line 2 holds a character that is not UTF-8; save the file as UTF-8"}},
		{"an old encoding of what is hardly meant", files("de.php", "<?php // mail\xe9\n", ".env", laravel), []string{"."}, Options{}, []string{"laravel-11plus: .env"}, nil},
		{"UTF-16", files("x.env", "\xff\xfeM\x00"), []string{"x.env"}, Options{}, nil, []string{"x.env: it is UTF-16, which the applications do not read either; save it as UTF-8"}},
		{"a service with an env_file alone", files("compose.yaml", "services:\n  keys:\n    image: vaultwarden/server:1.32.0\n    env_file: [.env, more.env]\n  web:\n    image: nginx\n    env_file: web.env\n", ".env", "SMTP_HOST=smtp.example.com\nSMTP_PORT=587\n", "more.env", "SMTP_SECURITY=starttls\n", "web.env", "A=1\n"),
			[]string{"."}, Options{}, []string{"vaultwarden keys: .env more.env compose.yaml"}, nil},
		{"services of a compose file", files("compose.yaml", "services:\n  git:\n    image: gitea/gitea:1.22.3\n    environment:\n      - GITEA__mailer__SMTP_ADDR=smtp.example.com\n      - GITEA__mailer__PROTOCOL=smtps\n"+
			"  flow:\n    image: n8nio/n8n:1.77.3\n    environment:\n      N8N_SMTP_HOST: smtp.example.com\n      N8N_SMTP_PORT: 587\n  db:\n    image: postgres:16\n    environment:\n      POSTGRES_PASSWORD: x\n"),
			[]string{"compose.yaml"}, Options{}, []string{"gitea git: compose.yaml", "n8n flow: compose.yaml"}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			apps, troubles := Load(c.fsys, c.names, c.o)
			if got := found(apps); !slices.Equal(got, c.want) {
				t.Errorf("read %q, want %q", got, c.want)
			}
			var said []string
			for _, x := range troubles {
				said = append(said, x.File+": "+x.Text)
			}
			if !slices.Equal(said, c.troubles) {
				t.Errorf("troubles %q, want %q", said, c.troubles)
			}
		})
	}
}

// TestLoadOrder: a later file wins, and names itself.
func TestLoadOrder(t *testing.T) {
	t.Parallel()
	apps, _ := Load(files(".env", laravel, ".env.local", "MAIL_MAILER=smtp\nMAIL_PORT=465\n"), []string{"."}, Options{Dialect: "laravel-11plus"})
	e := apps[0].Channels(Proof{})[0].Evidence
	if e.Port.V != "465" || e.Port.From.File != ".env.local" || e.Host.V != "smtp.example.com" || e.Host.From.File != ".env" {
		t.Errorf("host %+v, port %+v", e.Host, e.Port)
	}
	if want := []string{".env", ".env.local"}; !slices.Equal(e.Files, want) {
		t.Errorf("files %q, want %q", e.Files, want)
	}
}

func TestPrecedence(t *testing.T) {
	t.Parallel()
	got := []string{"a/.env.production.local", "a/.env.local", "a/.env.production", "a/.env"}
	sortByPrecedence(got)
	if want := []string{"a/.env", "a/.env.production", "a/.env.local", "a/.env.production.local"}; !slices.Equal(got, want) {
		t.Errorf("order %q, want %q", got, want)
	}
}

// TestLoadVersion: the release is told by the flag, the image, the lock file.
func TestLoadVersion(t *testing.T) {
	t.Parallel()
	const lock = `{"packages":[{"name":"laravel/framework","version":"v10.48.2"}]}`
	const compose = "services:\n  git:\n    image: gitea/gitea:1.22.3-rootless\n    environment:\n      - GITEA__mailer__SMTP_ADDR=smtp.example.com\n      - GITEA__mailer__PROTOCOL=smtps\n"
	for _, c := range []struct {
		name string
		fsys fstest.MapFS
		o    Options
		want string
	}{
		{"not known", files(".env", laravel), Options{Dialect: "laravel-11plus"}, ""},
		{"a range is none", files(".env", laravel, "composer.json", `{"require":{"laravel/framework":"^11.0"}}`), Options{Dialect: "laravel-11plus"}, ""},
		{"lock file", files(".env", laravel, "composer.lock", lock), Options{Dialect: "laravel-11plus"}, "10.48.2"},
		{"the flag wins", files(".env", laravel, "composer.lock", lock), Options{Dialect: "laravel-11plus", Version: "11.35.0"}, "11.35.0"},
		{"tag of the image", files("compose.yaml", compose), Options{}, "1.22.3-rootless"},
		{"tag that is none", files("compose.yaml", strings.Replace(compose, "1.22.3-rootless", "latest", 1)), Options{}, ""},
		{"a lock file that is none", files(".env", laravel, "composer.lock", "{"), Options{Dialect: "laravel-11plus"}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			apps, _ := Load(c.fsys, []string{"."}, c.o)
			if len(apps) != 1 || strings.TrimPrefix(apps[0].Version.String(), "v") != c.want {
				t.Errorf("%d applications; the first one's release is %q, want %q", len(apps), apps[0].Version, c.want)
			}
		})
	}
}

// locked is a file system in which some names may not be read.
type locked struct {
	fstest.MapFS
	names []string
}

func (l locked) Open(name string) (fs.File, error) {
	if slices.Contains(l.names, name) {
		return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.Open(name)
}

// Stat needs no permission to read.
func (l locked) Stat(name string) (fs.FileInfo, error) { return l.MapFS.Stat(name) }

func (l locked) ReadDir(name string) ([]fs.DirEntry, error) {
	if slices.Contains(l.names, name) {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: fs.ErrPermission}
	}
	return l.MapFS.ReadDir(name)
}

func TestLoadWithoutPermission(t *testing.T) {
	t.Parallel()
	l := locked{files("a/.env", laravel, "b/.env", laravel, "c/d/.env", laravel), []string{"a/.env", "c/d"}}
	for _, names := range [][]string{{"."}, {"a/.env", "b", "c"}} {
		apps, troubles := Load(l, names, Options{})
		if got := found(apps); !slices.Equal(got, []string{"laravel-11plus: b/.env"}) {
			t.Errorf("%q: read %q", names, got)
		}
		for i, file := range []string{"a/.env", "c/d"} {
			if len(troubles) != 2 || troubles[i].File != file || troubles[i].Text != "it may not be read by this user" || troubles[i].Empty {
				t.Fatalf("%q: troubles %+v", names, troubles)
			}
		}
	}
}

// TestLoadLinks: a link to a file is read, one to a directory is not followed, so
// that none leads round in a circle.
func TestLoadLinks(t *testing.T) {
	t.Parallel()
	link := func(to string) *fstest.MapFile {
		return &fstest.MapFile{Data: []byte(to), Mode: fs.ModeSymlink | 0o777}
	}
	fsys := files("conf/mail.env", laravel)
	fsys[".env"], fsys["conf/loop.env"], fsys["gone.env"] = link("conf/mail.env"), link(".."), link("nowhere")
	apps, troubles := Load(fsys, []string{"."}, Options{})
	if got := found(apps); !slices.Equal(got, []string{"laravel-11plus: conf/mail.env", "laravel-11plus: .env"}) || len(troubles) != 0 {
		t.Errorf("read %q; troubles %+v", got, troubles)
	}
}

func TestLoadBounds(t *testing.T) {
	t.Parallel()
	deep := files(strings.Repeat("d/", maxDepth+2)+".env", laravel, ".env", laravel)
	apps, troubles := Load(deep, []string{"."}, Options{})
	if len(apps) != 1 || len(troubles) != 1 || !strings.Contains(troubles[0].Text, "directories deep") {
		t.Errorf("deep: %q, %+v", found(apps), troubles)
	}
	many := fstest.MapFS{}
	for i := range maxFiles + 10 {
		many[fmt.Sprintf("x%d.env", i)] = &fstest.MapFile{}
	}
	if _, troubles := Load(many, []string{"."}, Options{}); len(troubles) != 1 || !strings.Contains(troubles[0].Text, "the most that are read") {
		t.Errorf("many: %+v", troubles)
	}
}

// TestLoadHostile: texts that are broken, or made to be, cost little and keep
// nothing else from being read.
func TestLoadHostile(t *testing.T) {
	t.Parallel()
	bomb := "a0: &a0 [mail, smtp]\n"
	for i := range 40 {
		bomb += fmt.Sprintf("a%d: &a%d [*a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d, *a%d]\n", i+1, i+1, i, i, i, i, i, i, i, i)
	}
	fsys := files(".env", laravel, "bomb.yaml", bomb, "deep.json", strings.Repeat(`{"mail":`, 100_000), "deep.yaml", "mail: "+strings.Repeat("[", 100_000),
		"broken.json", `{"smtp": {"host": "smtp.example.com", "port": 587,,`, "broken.toml", "[smtp\nhost=\"", "x.php", "<?php $mail = array('smtp' => "+strings.Repeat("array(", 50_000),
		"x.ini", "[mail\n= smtp\n\x01", "long.env", "MAIL="+strings.Repeat("x", 1<<20))
	began := time.Now()
	apps, _ := Load(fsys, []string{"."}, Options{})
	for _, a := range apps {
		a.Channels(Proof{})
	}
	if !slices.ContainsFunc(apps, func(a *App) bool { return a.Dialect.ID == "laravel-11plus" && a.Files[0].Name == ".env" }) {
		t.Errorf("read %q", found(apps))
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("it took %s", took)
	}
}

// TestLoadBroken: a file that its own application cannot read is said to be one.
func TestLoadBroken(t *testing.T) {
	t.Parallel()
	for name, text := range map[string]string{
		"homeserver.yaml": "email:\n  smtp_host: smtp.example.com\n  smtp_port: 587\n\tsmtp_user: x\n  notif_from: a@example.com\n",
	} {
		apps, _ := Load(files(name, text), []string{name}, Options{Dialect: "synapse"})
		if len(apps) != 1 {
			t.Fatalf("%s: read %q", name, found(apps))
		}
		remarks := apps[0].Channels(Proof{})[0].Evidence.Remarks
		if !slices.ContainsFunc(remarks, func(r evidence.Remark) bool { return r.Check == "settings-file-broken" && r.From.File == name }) {
			t.Errorf("%s: remarks %+v", name, remarks)
		}
	}
}

// TestEnvFile: what env_file names is read, and environment wins over it.
func TestEnvFile(t *testing.T) {
	t.Parallel()
	const compose = "services:\n  flow:\n    image: n8nio/n8n:1.77.3\n    env_file: mail.env\n    environment:\n      - N8N_EMAIL_MODE=smtp\n      - N8N_SMTP_PORT=465\n"
	apps, _ := Load(files("compose.yaml", compose, "mail.env", "N8N_SMTP_HOST=smtp.example.com\nN8N_SMTP_PORT=587\nN8N_SMTP_SSL=true\n"), []string{"."}, Options{})
	if got := found(apps); !slices.Equal(got, []string{"n8n flow: mail.env compose.yaml"}) {
		t.Fatalf("read %q", got)
	}
	e := apps[0].Channels(Proof{})[0].Evidence
	if e.Host.V != "smtp.example.com" || e.Host.From.File != "mail.env" || e.Port.V != "465" || e.Port.From.File != "compose.yaml" || e.Mode.Is != target.Implicit {
		t.Errorf("host %+v, port %+v, mode %s", e.Host, e.Port, e.Mode.Is)
	}
	several := strings.Replace(compose, "env_file: mail.env", "env_file: [gone.env, gone2.env, gone3.env, a.env, b.env]", 1)
	apps, _ = Load(files("compose.yaml", several, "a.env", "N8N_SMTP_HOST=a.example\nN8N_SMTP_USER=a\n", "b.env", "N8N_SMTP_HOST=b.example\n"), []string{"compose.yaml"}, Options{})
	if got := found(apps); !slices.Equal(got, []string{"n8n flow: a.env b.env compose.yaml"}) {
		t.Errorf("several: read %q", got)
	}
	apps, troubles := Load(files("compose.yaml", compose), []string{"compose.yaml"}, Options{})
	if len(apps) != 1 || len(apps[0].Files) != 1 || len(troubles) != 0 {
		t.Errorf("an env_file that is not here: %q, %+v", found(apps), troubles)
	}
}

// TestNotPassed: a .env beside a compose file reaches no container by itself.
func TestNotPassed(t *testing.T) {
	t.Parallel()
	const env = "N8N_EMAIL_MODE=smtp\nN8N_SMTP_HOST=smtp.example.com\nN8N_SMTP_PORT=465\n"
	service := func(more string) string { return "services:\n  flow:\n    image: n8nio/n8n:1.77.3\n" + more }
	for name, c := range map[string]struct {
		fsys fstest.MapFS
		want bool
	}{
		"no environment":       {files(".env", env, "compose.yaml", service("")), true},
		"environment of other": {files(".env", env, "docker-compose.yml", service("    environment:\n      - TZ=UTC\n")), true},
		"env_file":             {files(".env", env, "compose.yaml", service("    env_file: .env\n")), false},
		"handed on":            {files(".env", env, "compose.yaml", service("    environment:\n      - N8N_SMTP_HOST=${N8N_SMTP_HOST}\n")), false},
		"another image":        {files(".env", env, "compose.yaml", "services:\n  db:\n    image: postgres:16\n"), false},
		"no compose file":      {files(".env", env), false},
	} {
		apps, _ := Load(c.fsys, []string{"."}, Options{})
		got := false
		for _, a := range apps {
			for _, ch := range a.Channels(Proof{}) {
				got = got || slices.ContainsFunc(ch.Evidence.Remarks, func(r evidence.Remark) bool { return r.Check == "setting-not-passed" })
			}
		}
		if got != c.want {
			t.Errorf("%s: said %v, want %v (%q)", name, got, c.want, found(apps))
		}
	}
}

// TestReferences: variables are looked up in the files of the application, then
// in the process, then in the .env beside them; else their default counts.
func TestReferences(t *testing.T) {
	t.Parallel()
	const compose = "services:\n  flow:\n    image: n8nio/n8n:1.77.3\n    environment:\n      - N8N_EMAIL_MODE=smtp\n      - N8N_SMTP_HOST=${MAILHOST:-smtp.example.com}\n      - N8N_SMTP_PORT=${MAILPORT}\n"
	for name, c := range map[string]struct {
		fsys       fstest.MapFS
		env        map[string]string
		host, port string
		unknown    bool
	}{
		"default":       {files("compose.yaml", compose), nil, "smtp.example.com", "", true},
		".env":          {files("compose.yaml", compose, ".env", "MAILHOST=a.example\nMAILPORT=587\n"), nil, "a.example", "587", false},
		"process first": {files("compose.yaml", compose, ".env", "MAILHOST=a.example\nMAILPORT=587\n"), map[string]string{"MAILHOST": "b.example"}, "b.example", "587", false},
	} {
		apps, _ := Load(c.fsys, []string{"compose.yaml"}, Options{Env: c.env})
		if len(apps) != 1 {
			t.Fatalf("%s: read %q", name, found(apps))
		}
		e := apps[0].Channels(Proof{})[0].Evidence
		if e.Host.V != c.host || !c.unknown && e.Port.V != c.port || e.Port.Unknown != c.unknown {
			t.Errorf("%s: host %+v, port %+v", name, e.Host, e.Port)
		}
	}
}

// TestReferencesAmongFiles: a reference of one file of an application to another.
func TestReferencesAmongFiles(t *testing.T) {
	t.Parallel()
	apps, _ := Load(files("config.php", "<?php return ['default' => 'smtp', 'mailers' => ['smtp' => ['transport' => 'smtp', 'host' => env('MAIL_HOST', 'localhost'), 'port' => env('MAIL_PORT', 25)]]];\n"), []string{"config.php"},
		Options{Dialect: "laravel-config-php"})
	if len(apps) != 1 {
		t.Fatalf("read %q", found(apps))
	}
	a := apps[0]
	a.Files = append([]*File{{Name: ".env", Text: conf.Parse("MAIL_HOST=a.example\n#MAIL_PORT=1\n", conf.Dotenv, conf.PHPDotenv)}}, a.Files...)
	look := environment(map[string]string{"MAIL_HOST": "b.example", "MAIL_PORT": "587"}, a, clues{env: map[string]string{"MAIL_PORT": "1", "X": "x"}})
	for name, want := range map[string]string{"MAIL_HOST": "a.example", "MAIL_PORT": "587", "X": "x"} {
		if got, ok := look(name); !ok || got != want {
			t.Errorf("%s is %q, %v; want %q", name, got, ok, want)
		}
	}
	if v, ok := look("NOWHERE"); ok {
		t.Errorf("NOWHERE is %q", v)
	}
}

// TestFailover: each member of a URL that holds several is a channel of its own.
func TestFailover(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, dsn string
		want      []string // "host:port mode", "none"
		remark    bool
		fixed     string
	}{
		{"two", "failover(smtp://u:p@a.example:587 smtps://u:p@b.example:465)", []string{"a.example:587 opportunistic", "b.example:465 implicit"}, false, ""},
		{"round robin with options", "roundrobin(smtp://a.example:587 smtp://b.example:587)?retry_period=15", []string{"a.example:587 opportunistic", "b.example:587 opportunistic"}, false, ""},
		{"one is null", "failover(smtp://u:p@a.example:587 null://null)", []string{"a.example:587 opportunistic", "none"}, true, ""},
		{"one is wrong", "failover(smtp://u:p@a.example:587 smtps://u:p@b.example:587)", []string{"a.example:587 opportunistic", "b.example:587 implicit"}, false, "failover(smtp://u:p@a.example:587 smtp://u:p@b.example:587)"},
		{"both are wrong", "failover(smtps://u:p@a.example:587   smtps://u:p@b.example:587)", []string{"a.example:587 implicit", "b.example:587 implicit"}, false, "failover(smtp://u:p@a.example:587   smtp://u:p@b.example:587)"},
		{"nothing in it", "failover()", nil, false, ""},
		{"not several", "smtp://a.example:587", []string{"a.example:587 opportunistic"}, false, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			a := of(urls(), "", `U_DSN="`+c.dsn+"\"\n")
			var got []string
			remark := false
			for _, ch := range a.Channels(Proof{}) {
				e := ch.Evidence
				remark = remark || slices.ContainsFunc(e.Remarks, func(r evidence.Remark) bool { return r.Check == "failover-hides-errors" })
				if e.Channel == "none" {
					got = append(got, "none")
				} else if e.Host.V != "" {
					got = append(got, fmt.Sprintf("%s:%s %s", e.Host.V, e.Port.V, e.Mode.Is))
				}
			}
			if !slices.Equal(got, c.want) || remark != c.remark {
				t.Errorf("channels %q, want %q; remark %v, want %v", got, c.want, remark, c.remark)
			}
			if c.fixed == "" {
				c.fixed = c.dsn
			}
			if got, want := put(a), `U_DSN="`+c.fixed+"\"\n"; got != want {
				t.Errorf("corrected:\n%s\nwant:\n%s", got, want)
			}
		})
	}
}

func TestFromEnvironment(t *testing.T) {
	t.Parallel()
	apps := FromEnvironment(map[string]string{"PATH": "/bin", "N8N_EMAIL_MODE": "smtp", "N8N_SMTP_HOST": "smtp.example.com", "N8N_SMTP_PORT": "587", "N8N_SMTP_SSL": "true", "N8N_SMTP_PASS": "canary7f3Q"}, "")
	if len(apps) != 1 || apps[0].Dialect.ID != "n8n" {
		t.Fatalf("read %q", found(apps))
	}
	if e := apps[0].Channels(Proof{})[0].Evidence; e.Host.V != "smtp.example.com" || e.Mode.Is != target.Implicit || e.Want == nil {
		t.Errorf("evidence %+v", e)
	}
	if got := Correct(apps[0], Proof{}); len(got) != 0 {
		t.Errorf("the environment is corrected as a file: %+v", got)
	}
	if apps := FromEnvironment(map[string]string{"PATH": "/bin", "HOME": "/"}, ""); len(apps) != 0 {
		t.Errorf("of nothing it reads %q", found(apps))
	}
}

// TestProgramsOfADirectory: two programs with a server each are two applications; a
// program and the file of its options are one.
func TestProgramsOfADirectory(t *testing.T) {
	t.Parallel()
	program := func(host string) string {
		return "const nodemailer = require('nodemailer');\nconst t = nodemailer.createTransport({ host: '" + host + "', port: 465, secure: true, auth: { user: 'u', pass: 'p' } });\n"
	}
	apps, _ := Load(files("a.js", program("a.example.org"), "b.js", program("b.example.org"), "c.js", program("c.example.org")), []string{"."}, Options{})
	if got := found(apps); len(got) != 3 {
		t.Errorf("found %q, want three", got)
	}
}
