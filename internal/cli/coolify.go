package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"runtime"
	"strings"
	"time"

	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/conf"
	"github.com/maildoctor/maildoctor/internal/coolify"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/settings"
)

// coolifyEnv is where Coolify's install script writes its settings. Root alone
// may read it.
const coolifyEnv = "/data/coolify/source/.env"

// maxCoolify bounds what is read of rows and environment; a row is some KiB.
const maxCoolify = 16 << 20

// coolifyWait bounds each call of docker.
const coolifyWait = 30 * time.Second

// coolifyOptions are the flags for a Coolify installation.
type coolifyOptions struct {
	here bool
	json string
	env  string
}

func (o *coolifyOptions) add(f *pflag.FlagSet) {
	f.BoolVar(&o.here, "coolify", false, "read the mail settings of the Coolify on this machine out of its database, by docker")
	f.StringVar(&o.json, "coolify-json", "", "read Coolify's settings from `FILE`, the output of the commands that --coolify runs (- is the standard input)")
	f.StringVar(&o.env, "coolify-env", "", "read Coolify's APP_KEY from `FILE` (default: the container's environment, else "+coolifyEnv+")")
}

func (o *coolifyOptions) asked() bool { return o.here || o.json != "" }

func (o *coolifyOptions) validate(c *checkOptions, args []string) error {
	switch {
	case !o.asked() && o.env != "":
		return usage("--coolify-env holds the key for --coolify or --coolify-json; give one of them")
	case !o.asked():
		return nil
	case o.here && o.json != "":
		return usage("--coolify reads the database here and --coolify-json reads a file; give one of the two")
	case len(args) > 0:
		return usage("--coolify takes no files; check them in a run of their own")
	case c.diff || c.write:
		return usage("Coolify keeps its settings in a database: there is no file to correct; the report says what to change")
	case c.dialect != "" && c.dialect != "coolify":
		return usage("--coolify and --dialect %s exclude each other", c.dialect)
	case o.json == "-" && o.env == "-":
		return usage("--coolify-json and --coolify-env cannot both be the standard input")
	}
	return nil
}

// load reads the rows and the keys.
func (o *coolifyOptions) load(sys *Sys, c *checkOptions) (*applications, error) {
	env, err := o.environment(sys)
	if err != nil {
		return nil, err
	}
	options := coolify.Options{Version: c.appVersion, EHLO: env["MAIL_EHLO_DOMAIN"],
		User: cmp.Or(env["DB_USERNAME"], "coolify"), DB: cmp.Or(env["DB_DATABASE"], "coolify")}
	var rows []byte
	if o.here {
		d := &coolifyDocker{sys: sys, ctx: c.command.Context(), user: options.User, database: options.DB}
		if rows, err = d.rows(); err != nil {
			return nil, err
		}
		options.Version = cmp.Or(options.Version, d.image())
		if o.env == "" {
			env = d.keys(env)
		}
	} else if rows, err = o.file(sys, o.json); err != nil {
		return nil, usage("--coolify-json: %w", err)
	}
	if options.Keys, err = coolify.ParseKeys(env["APP_KEY"], env["APP_PREVIOUS_KEYS"]); err != nil {
		return nil, usage("%w", err)
	}
	in, err := coolify.Parse(rows)
	if err != nil {
		return nil, usage("the mail settings of Coolify cannot be read: %w", err)
	}
	if in.Empty() {
		return nil, usage("no mail settings of Coolify were read; the rows of instance_settings are made by these commands:\n  %s", strings.Join(coolifyCommands("coolify", "coolify"), "\n  "))
	}
	o.mention(sys, c)
	read := func(proofs []settings.Proof) []evidence.Settings {
		with := options
		with.Proofs = proofs
		return coolify.Channels(in, with)
	}
	secrets := func() []settings.Credentials { return coolify.Credentials(in, options) }
	return &applications{apps: []*application{{read: read, secrets: secrets}}}, nil
}

// mention says on the standard error whose network is used: the container's may
// differ in names, addresses and firewall.
func (o *coolifyOptions) mention(sys *Sys, c *checkOptions) {
	if o.here && !c.offline && c.fromInside == "" && runtime.GOOS == "linux" && os.Geteuid() == 0 {
		fmt.Fprintln(sys.Stderr, "maildoctor: the servers are probed from this machine's network, not from the container's; to go out from there:\n  maildoctor check --coolify --from-inside coolify")
	}
}

// environment reads the file with APP_KEY: the one that was named, else the one
// of a usual installation on this machine, which may be absent or not be readable.
func (o *coolifyOptions) environment(sys *Sys) (map[string]string, error) {
	name := o.env
	if name == "" {
		if !o.here {
			return nil, nil
		}
		name = coolifyEnv
	}
	text, err := o.file(sys, name)
	if err != nil {
		if o.env == "" {
			return nil, nil
		}
		return nil, usage("--coolify-env: %w", err)
	}
	env := map[string]string{}
	for _, e := range conf.Parse(string(text), conf.Dotenv, conf.PHPDotenv).Entries {
		if !e.Off {
			env[e.Key] = e.Value
		}
	}
	if o.env != "" && env["APP_KEY"] == "" {
		return nil, usage("--coolify-env %q holds no APP_KEY; on the server it is %s", o.env, coolifyEnv)
	}
	return env, nil
}

func (o *coolifyOptions) file(sys *Sys, name string) ([]byte, error) {
	in := sys.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, err
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxCoolify+1))
	if err != nil {
		return nil, fmt.Errorf("read %q: %w", name, err)
	}
	if len(text) > maxCoolify {
		return nil, fmt.Errorf("%q is over %d MiB", name, maxCoolify>>20)
	}
	return text, nil
}

// coolifyQueries are the rows that are read: the instance's, the teams', and the
// last mail jobs that failed, of whose error the second line tells what TLS said.
var coolifyQueries = [...]string{
	"SELECT jsonb_build_object('source','instance','row', to_jsonb(s) - 'domain_connect_private_key' - 'sentinel_token') FROM instance_settings s WHERE id = 0",
	"SELECT jsonb_build_object('source','team','team_id',e.team_id,'team',t.name,'row',to_jsonb(e)) FROM email_notification_settings e LEFT JOIN teams t ON t.id=e.team_id ORDER BY e.team_id",
	"SELECT failed_at, split_part(exception, E'\\n', 1) || ' ' || split_part(exception, E'\\n', 2) FROM failed_jobs WHERE exception ~ 'Symfony.Component.Mailer|Resend.Exceptions|No email settings found' ORDER BY failed_at DESC LIMIT 5",
}

func coolifyArgs(user, database, query string) []string {
	return []string{"exec", "coolify-db", "psql", "-U", user, "-d", database, "-AtX", "-c", query}
}

// coolifyCommands are the same, to be pasted into a shell.
func coolifyCommands(user, database string) []string {
	var out []string
	for _, q := range coolifyQueries {
		args := coolifyArgs(user, database, q)
		out = append(out, "docker "+strings.Join(args[:len(args)-1], " ")+` "`+q+`"`)
	}
	return out
}

// coolifyDocker asks the containers.
type coolifyDocker struct {
	sys            *Sys
	ctx            context.Context
	user, database string
}

func (d *coolifyDocker) run(args ...string) ([]byte, error) {
	ctx, cancel := context.WithTimeout(d.ctx, coolifyWait)
	defer cancel()
	return d.sys.Run(ctx, "docker", args...)
}

// rows reads what the queries give. Without the row of the instance there is
// nothing to judge; the other two may fail.
func (d *coolifyDocker) rows() ([]byte, error) {
	var out []byte
	for i, q := range coolifyQueries {
		rows, err := d.run(coolifyArgs(d.user, d.database, q)...)
		switch {
		case err == nil:
			out = append(append(out, rows...), '\n')
		case i == 0:
			return nil, d.instead(err)
		default:
			fmt.Fprintf(d.sys.Stderr, "maildoctor: %s could not be read: %v\n", [...]string{"", "the teams' settings", "the failed jobs"}[i], err)
		}
	}
	return out, nil
}

// instead is what to do where docker does not give the rows.
func (d *coolifyDocker) instead(err error) error {
	why := err.Error()
	if errors.Is(err, exec.ErrNotFound) {
		why = "docker is not in the PATH"
	}
	return usage("--coolify: %s\nRun these on Coolify's server, as root or in the group docker:\n  { %s; } > coolify.json\nand check what they print, with the file that holds APP_KEY:\n  maildoctor check --coolify-json coolify.json --coolify-env %s --app-version VERSION",
		why, strings.Join(coolifyCommands(d.user, d.database), ";\n    "), coolifyEnv)
}

// image is the name of Coolify's image; its tag is the release.
func (d *coolifyDocker) image() string {
	out, err := d.run("inspect", "-f", "{{.Config.Image}}", "coolify")
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

// keys are those of the running container, else of the file. printenv fails
// where one of the two is not set, and prints the other.
func (d *coolifyDocker) keys(file map[string]string) map[string]string {
	out, _ := d.run("exec", "coolify", "printenv", "APP_KEY", "APP_PREVIOUS_KEYS")
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	if lines[0] == "" {
		return file
	}
	env := map[string]string{"APP_KEY": strings.TrimSpace(lines[0]), "MAIL_EHLO_DOMAIN": file["MAIL_EHLO_DOMAIN"]}
	if len(lines) > 1 {
		env["APP_PREVIOUS_KEYS"] = strings.TrimSpace(lines[1])
	}
	return env
}
