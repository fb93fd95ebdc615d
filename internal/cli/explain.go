package cli

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"regexp"
	"strconv"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/redact"
	"github.com/maildoctor/maildoctor/internal/render"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/symptom"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

// maxPasted bounds what explain reads; a log of a day is far below.
const maxPasted = 64 << 20

type explainOptions struct {
	output
	network
	from   string // -f
	list   bool
	probe  bool
	record string
}

func newExplain(sys *Sys) *cobra.Command {
	o := &explainOptions{}
	c := &cobra.Command{
		Use:   "explain [TEXT|ID|-]",
		Short: "Say what an error or a log means, and what to do about it",
		Long: `explain reads an error text or a log, in the words of any library or server,
and says what it means, how sure that is, what to change, and which command
proves it. It asks nobody: nothing leaves this machine unless --probe is given.
Passwords, keys and tokens are blotted out before anything else reads the text.

TEXT is the text itself; "-", or nothing, reads the standard input. An ID of a
finding prints its page. The exit status is 0 unless --fail-on says otherwise.`,
		Example: `  maildoctor explain 'SSL operation failed with code 1 ... wrong version number'
  maildoctor explain -f storage/logs/laravel.log
  docker logs mailer 2>&1 | maildoctor explain --probe
  maildoctor explain tls-on-starttls-port
  maildoctor explain --list`,
		ValidArgsFunction: first(idWords),
		RunE:              func(c *cobra.Command, args []string) error { return runExplain(c.Context(), sys, o, args, c.Flags()) },
	}
	addOutput(c, &o.output)
	o.project.add(c)
	addNetwork(c, &o.network)
	f := c.Flags()
	o.failOn.value, f.Lookup("fail-on").DefValue = report.Never, report.Never
	f.StringVarP(&o.from, "file", "f", "", "read the text from `FILE`")
	f.BoolVar(&o.list, "list", false, "list every ID with its title")
	f.BoolVar(&o.probe, "probe", false, "probe the server that the text names, and let what is seen settle the causes")
	f.StringVar(&o.record, "record", "", "write the evidence to `FILE`, for maildoctor judge and for a bug report")
	return c
}

func runExplain(ctx context.Context, sys *Sys, o *explainOptions, args []string, flags *pflag.FlagSet) error {
	text := strings.Join(args, " ")
	switch {
	case o.list && (len(args) > 0 || o.from != ""):
		return usage("--list takes no text")
	case o.list && (o.output.file != "" || len(o.formats.files) > 0 || o.record != "" || o.probe):
		return usage("--list writes to the standard output and takes no --output, --record or --probe")
	case o.list:
		return listChecks(sys)
	case o.from != "" && len(args) > 0:
		return usage("the text comes from %q or from the command line, not from both", o.from)
	}
	if c, ok := check.ByID(strings.ToLower(strings.TrimSpace(text))); ok {
		if o.probe || o.record != "" {
			return usage("--probe and --record need an error text; %q is the ID of a finding", c.ID)
		}
		return printPage(sys, c, o)
	}
	if len(args) == 1 && isFile(text) {
		return usage("%q is a file; maildoctor explain -f %s reads it", text, text)
	}
	if likeID.MatchString(text) {
		return usage("there is no finding %q%s; maildoctor explain --list prints them all", text, didYouMean(text, catalogueIDs()))
	}
	return explainText(ctx, sys, o, args, flags)
}

// likeID is a word in the shape of an id. "ECONNREFUSED" and "535" are texts.
var likeID = regexp.MustCompile(`^[a-z][a-z0-9]*([-_][a-z0-9]+)+$`)

// isFile reports whether a text is the name of a file, which -f was forgotten
// for.
func isFile(name string) bool {
	if strings.ContainsAny(name, " \t\r\n") {
		return false
	}
	return regular(name)
}

func printPage(sys *Sys, c check.Check, o *explainOptions) error {
	for _, name := range o.formats.names() {
		if f, _ := render.ByName(name); f.Page == nil {
			return usage("--format %s cannot show a page", name)
		}
	}
	out, err := o.output.open(sys)
	if err != nil {
		return err
	}
	return out.page(sys, check.Page(c))
}

func explainText(ctx context.Context, sys *Sys, o *explainOptions, args []string, flags *pflag.FlagSet) error {
	if err := o.load(sys, flags); err != nil {
		return err
	}
	pasted, err := o.read(sys, args)
	if err != nil {
		return err
	}
	way, err := o.way(sys)
	if err != nil {
		return err
	}
	j, err := begin(ctx, sys, &o.output, &o.network, o.record, run{command: "explain", args: shown(args), flags: flags, here: way.here}, claim{"-f", o.from, true})
	if err != nil {
		return err
	}
	defer j.close()
	cases := []evidence.Case{{Now: j.started, Here: way.here, Pasted: pasted}}
	if o.probe {
		cases = o.examine(j.ctx, sys, way, cases[0])
	}
	return j.report(cases)
}

// way is the network for --probe; nothing of it is opened for a text alone.
func (o *explainOptions) way(sys *Sys) (*route, error) {
	if o.probe {
		return o.network.open(sys)
	}
	way := &route{}
	describe(sys, &way.here)
	return way, nil
}

// shown are the arguments as the report repeats them: a text given on the
// command line may hold secrets, and stands in the report anyway.
func shown(args []string) []string {
	if len(args) == 0 {
		return nil
	}
	return []string{"-"}
}

// read gets the text and picks the stretch that tells, without its secrets.
func (o *explainOptions) read(sys *Sys, args []string) (*evidence.Pasted, error) {
	name, raw := "pasted text", strings.Join(args, " ")
	switch {
	case o.from != "" && o.from != "-":
		f, err := os.Open(o.from)
		if err != nil {
			return nil, usage("-f: %w", err)
		}
		defer f.Close()
		name = o.from
		if raw, err = readAll(f, o.from); err != nil {
			return nil, err
		}
	case len(args) == 0 || raw == "-" || o.from == "-":
		if _, is := terminal(sys.Stdin); is && raw != "-" && o.from == "" {
			return nil, usage("explain needs a TEXT, an ID, -f FILE, or a text on the standard input; maildoctor explain --list prints the IDs")
		}
		var err error
		name = "standard input"
		if raw, err = readAll(sys.Stdin, name); err != nil {
			return nil, err
		}
	}
	text, ok := readable(raw)
	if !ok {
		return nil, usage("%s is not text; give the log or the message itself", name)
	}
	if strings.TrimSpace(text) == "" {
		return nil, usage("the text is empty (%s)", name)
	}
	// The whole first: what makes a line secret may stand before the stretch.
	line, stretch := symptom.Find(redact.Text(text))
	return &evidence.Pasted{Name: name, Line: line, Text: stretch, Size: len(raw)}, nil
}

func readAll(r io.Reader, name string) (string, error) {
	text, err := io.ReadAll(io.LimitReader(r, maxPasted+1))
	switch {
	case err != nil && errors.As(err, new(*os.PathError)):
		return "", usage("-f: %w", err)
	case err != nil:
		return "", usage("read %s: %w", name, err)
	case len(text) > maxPasted:
		return "", usage("%s is over %d MiB; give the part around the error", name, maxPasted>>20)
	}
	return string(text), nil
}

// examine probes the server that the text names. With a port, what is seen
// joins the text's own case; without one, every submission port is looked at
// beside it.
func (o *explainOptions) examine(ctx context.Context, sys *Sys, way *route, c evidence.Case) []evidence.Case {
	t, as, ok := check.ProbeOf(c.Pasted.Text)
	if !ok {
		fmt.Fprintln(sys.Stderr, "maildoctor: the text names no server, so there is nothing to probe")
		return []evidence.Case{c}
	}
	e := &examination{sys: sys, way: way, as: as, serverName: o.serverName, timeout: o.timeout, progress: newProgress(sys, o.plain)}
	places := make(chan struct{}, atOnce)
	defer e.progress.clear()
	if t.Port == 0 {
		return append([]evidence.Case{c}, e.ports(ctx, visit{Target: t}, places)...)
	}
	seen := e.endpoint(ctx, visit{Target: t}, false, places)
	seen.Pasted = c.Pasted
	return []evidence.Case{seen}
}

func listChecks(sys *Sys) error {
	var b strings.Builder
	for _, c := range check.Catalogue() {
		b.WriteString(pad(c.ID, 34) + pad(string(cmp.Or(c.Severity, report.Error)), 9) + c.Title + "\n")
	}
	_, err := sys.Stdout.Write([]byte(b.String()))
	return err
}

// pad fills s with blanks up to a column, one at least.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-len(s), 1))
}
