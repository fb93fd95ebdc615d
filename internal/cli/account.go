package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"unicode"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"
	"golang.org/x/term"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/message"
	"github.com/maildoctor/maildoctor/internal/probe"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/secret"
	"github.com/maildoctor/maildoctor/internal/settings"
)

// passwordVariable holds the password of --user.
const passwordVariable = "MAILDOCTOR_PASSWORD"

// maxPassword bounds what is read as a password; an OAuth token is 2 KiB.
const maxPassword = 64 << 10

// mechanisms are those that --auth takes.
var mechanisms = []string{"PLAIN", "LOGIN", "CRAM-MD5", "SCRAM-SHA-1", "SCRAM-SHA-1-PLUS", "SCRAM-SHA-256", "SCRAM-SHA-256-PLUS", "XOAUTH2"}

// accountOptions are the flags of a login.
type accountOptions struct {
	user          string
	passwordFile  string
	passwordStdin bool
	auth          string
	insecure      bool
}

func (o *accountOptions) add(f *pflag.FlagSet) {
	f.StringVar(&o.user, "user", "", "log in as `NAME`, with the password from "+passwordVariable+", --password-file or --password-stdin")
	f.StringVar(&o.passwordFile, "password-file", "", "read the password from `FILE`, which holds nothing else")
	f.BoolVar(&o.passwordStdin, "password-stdin", false, "read the password from the standard input; on a terminal, ask for it")
	f.Var(&mechanism{&o.auth}, "auth", "log in by this `MECHANISM`, such as PLAIN (default: the strongest offered)")
	f.BoolVar(&o.insecure, "insecure-login", false, "send the password even where the line is not encrypted or the certificate does not hold")
}

// mechanism is a flag that takes the name of a SASL mechanism in any case.
type mechanism struct{ to *string }

func (m *mechanism) String() string {
	if m.to == nil {
		return ""
	}
	return *m.to
}
func (m *mechanism) Type() string { return "string" }
func (m *mechanism) Set(s string) error {
	c := &choice{allowed: mechanisms}
	if err := c.Set(strings.ToUpper(s)); err != nil {
		return err
	}
	*m.to = c.value
	return nil
}

// budgets are the attempts to log in that are left, by account: one that several
// servers or settings name is still one account, which gets locked.
type budgets map[string]*probe.Attempts

// account is a login with the budget of its account.
func (b budgets) account(user string, password secret.Text) *probe.Account {
	id := user + "\x00" + password.Reveal()
	if b[id] == nil {
		b[id] = probe.NewAttempts()
	}
	return &probe.Account{User: user, Password: password, Attempts: b[id]}
}

// asked reports whether anybody is to log in.
func (o *accountOptions) asked() bool { return o.user != "" }

// validate finds flags that do nothing. others says that somebody logs in
// without --user.
func (o *accountOptions) validate(f *pflag.FlagSet, others bool) error {
	switch {
	case f.Changed("user") && o.user == "":
		return usage("--user is empty; give the user name to log in with")
	case strings.ContainsFunc(o.user, unicode.IsControl):
		return usage("--user %q holds a control character, which no user name has", o.user)
	case keyInText.MatchString(o.user):
		return usage("--user was given a Resend API key; at Resend the user name is the word resend, and the key is the password")
	case o.passwordStdin && o.passwordFile != "":
		return usage("--password-stdin and --password-file exclude each other")
	case !o.asked() && (o.passwordStdin || o.passwordFile != ""):
		return usage("a password was given and no user name; add --user NAME")
	case !o.asked() && !others && (o.auth != "" || o.insecure):
		return usage("--auth and --insecure-login are about a login; add --user NAME")
	}
	return nil
}

// open reads the password. Nothing is contacted yet.
func (o *accountOptions) open(sys *Sys) (*probe.Account, error) {
	if !o.asked() {
		return nil, nil
	}
	password, err := o.password(sys)
	if err != nil {
		return nil, err
	}
	return o.with(budgets{}.account(o.user, secret.New(password))), nil
}

// with sets how to log in.
func (o *accountOptions) with(a *probe.Account) *probe.Account {
	a.Mechanism, a.Insecure = o.auth, o.insecure
	return a
}

func (o *accountOptions) password(sys *Sys) (string, error) {
	from, text := passwordVariable, []byte(sys.Getenv(passwordVariable))
	var err error
	switch {
	case o.passwordFile != "":
		if text, err = readSecret(o.passwordFile); err != nil {
			return "", usage("--password-file: %w", err)
		}
		from = fmt.Sprintf("--password-file %q", o.passwordFile)
	case o.passwordStdin:
		from = "the standard input"
		text, err = askSecret(sys, "Password of "+o.user+": ")
	case len(text) == 0:
		return "", usage("--user needs a password: set %s, or give --password-file FILE or --password-stdin", passwordVariable)
	}
	if err != nil {
		return "", usage("read the password from %s: %w", from, err)
	}
	return oneSecret(from, text)
}

// oneSecret is a text without what editors and echo add: the line end, and the
// byte order mark of Windows. Several lines are no password.
func oneSecret(from string, text []byte) (string, error) {
	s := strings.TrimPrefix(strings.TrimSuffix(strings.TrimSuffix(string(text), "\n"), "\r"), "\ufeff")
	switch {
	case s == "":
		return "", usage("%s is empty", from)
	case strings.ContainsAny(s, "\r\n"):
		return "", usage("%s holds several lines; it has to hold the secret alone", from)
	case strings.ContainsRune(s, 0):
		return "", usage("%s holds a zero byte, which no secret has", from)
	}
	return s, nil
}

func readSecret(name string) ([]byte, error) {
	f, err := disk{}.Open(name)
	if os.IsNotExist(err) && !strings.ContainsAny(name, `./\`) {
		return nil, errors.New("there is no such file; what was given is not repeated, for it may be the secret itself")
	}
	if err != nil {
		return nil, err
	}
	defer f.Close()
	return readBounded(f)
}

func readBounded(r io.Reader) ([]byte, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxPassword+1))
	if err == nil && len(text) > maxPassword {
		err = fmt.Errorf("it is over %d KiB", maxPassword>>10)
	}
	return text, err
}

// askSecret reads the standard input, without echo where it is a terminal. An
// interrupt ends the question and gives the terminal its echo back.
func askSecret(sys *Sys, prompt string) ([]byte, error) {
	f, ok := sys.Stdin.(*os.File)
	if !ok || !term.IsTerminal(int(f.Fd())) {
		return readBounded(sys.Stdin)
	}
	before, err := term.GetState(int(f.Fd()))
	if err != nil {
		return nil, err
	}
	interrupted := make(chan os.Signal, 1)
	signal.Notify(interrupted, os.Interrupt, syscall.SIGTERM)
	defer signal.Stop(interrupted)
	type answer struct {
		text []byte
		err  error
	}
	answered := make(chan answer, 1)
	fmt.Fprint(sys.Stderr, prompt)
	go func() {
		text, err := term.ReadPassword(int(f.Fd()))
		answered <- answer{text, err}
	}()
	select {
	case a := <-answered:
		fmt.Fprintln(sys.Stderr)
		return a.text, a.err
	case <-interrupted:
		fmt.Fprintln(sys.Stderr)
		return nil, errors.Join(exitError(exitInterrupted), term.Restore(int(f.Fd()), before))
	}
}

// accountOf is what may be said of a login at a host.
func accountOf(a *probe.Account, host string) *evidence.Account {
	if a == nil {
		return nil
	}
	password := a.Password.Reveal()
	out := &evidence.Account{User: shownUser(a.User, password), Mechanism: a.Mechanism, Insecure: a.Insecure,
		Password: evidence.Secret{Set: a.Password.IsSet(), Placeholder: settings.Placeholder(password)},
		Blank:    strings.TrimSpace(password) != password, Quoted: inQuotes(password)}
	if p, ok := provider.ByHost(host); ok && !out.Password.Placeholder {
		out.Password.Wrong, out.Password.Kind = p.Password.WrongKind(password), p.Password.Shape(password)
	}
	return out
}

// shownUser is a user name that may be shown: a token that is user name and
// password at once is a secret.
func shownUser(user, password string) string {
	if user == password && user != "" {
		return "****"
	}
	return user
}

// maskedUser is the flag --user as a report repeats it.
func maskedUser(a *probe.Account) map[string]string {
	if a == nil {
		return nil
	}
	return map[string]string{"user": shownUser(a.User, a.Password.Reveal())}
}

func inQuotes(s string) bool {
	return len(s) > 1 && (s[0] == '"' || s[0] == '\'') && s[len(s)-1] == s[0]
}

// envelopeOptions are the flags of a dry run of sender and recipients.
type envelopeOptions struct {
	from string
	to   []string
	size byteCount
}

func (o *envelopeOptions) add(c *cobra.Command) {
	f := c.Flags()
	f.StringVar(&o.from, "from", "", "try this sender `ADDRESS` with MAIL; nothing is sent")
	f.StringArrayVar(&o.to, "to", nil, "try this recipient `ADDRESS` with RCPT; nothing is sent; repeatable")
	f.Var(&o.size, "size", "announce a message of this `SIZE`, such as 25MB")
}

// open reads the addresses; nil where nothing is to be tried. fromElsewhere says
// that the sender may come from settings; From is empty then.
func (o *envelopeOptions) open(f *pflag.FlagSet, fromElsewhere bool) (*evidence.Envelope, error) {
	switch {
	case !f.Changed("from") && len(o.to) == 0 && o.size == 0:
		return nil, nil
	case !f.Changed("from") && !fromElsewhere:
		return nil, usage("--to and --size need a sender; add --from ADDRESS (--from '<>' is the null sender of bounces)")
	case len(o.to) > probe.MaxRecipients:
		return nil, usage("%d recipients are too many for a dry run; %d are the most", len(o.to), probe.MaxRecipients)
	}
	out := &evidence.Envelope{Size: int64(o.size)}
	if o.from != "<>" && f.Changed("from") {
		from, err := message.ParseAddress(o.from)
		if err != nil {
			return nil, usage("--from: %w", err)
		}
		out.From = from
	}
	for _, s := range o.to {
		to, err := message.ParseAddress(s)
		if err != nil {
			return nil, usage("--to: %w", err)
		}
		out.To = append(out.To, to)
	}
	return out, nil
}

// byteCount is a size in bytes, written as people write it.
type byteCount int64

func (b *byteCount) String() string {
	if *b == 0 {
		return ""
	}
	return strconv.FormatInt(int64(*b), 10)
}
func (b *byteCount) Type() string { return "size" }
func (b *byteCount) Set(s string) error {
	units := []struct {
		name string
		n    int64
	}{{"GIB", 1 << 30}, {"MIB", 1 << 20}, {"KIB", 1 << 10}, {"GB", 1e9}, {"MB", 1e6}, {"KB", 1e3}, {"G", 1 << 30}, {"M", 1 << 20}, {"K", 1 << 10}, {"B", 1}, {"", 1}}
	text := strings.ToUpper(strings.TrimSpace(s))
	for _, u := range units {
		number, ok := strings.CutSuffix(text, u.name)
		if !ok {
			continue
		}
		n, err := strconv.ParseFloat(strings.TrimSpace(number), 64)
		if err != nil || !(n > 0) || n*float64(u.n) > 1<<50 {
			break
		}
		*b = byteCount(n * float64(u.n))
		return nil
	}
	return fmt.Errorf("%q is not a size such as 25MB, 10MiB or 26214400", s)
}
