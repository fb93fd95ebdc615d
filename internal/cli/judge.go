package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/report"
	"github.com/maildoctor/maildoctor/internal/target"
)

// maxRecording bounds what judge reads: a run over thousands of endpoints
// stays far below.
const maxRecording = 256 << 20

func newJudge(sys *Sys) *cobra.Command {
	o := &output{}
	c := &cobra.Command{
		Use:   "judge CASE.json",
		Short: "Judge recorded evidence again, without a network",
		Long: `judge reads what --record of maildoctor probe or check wrote, and judges it as
of the time of the recording. Nothing is contacted. "-" reads the standard
input.`,
		Args: cobra.ExactArgs(1),
		ValidArgsFunction: func(*cobra.Command, []string, string) ([]string, cobra.ShellCompDirective) {
			return []string{"json"}, cobra.ShellCompDirectiveFilterFileExt
		},
		RunE: func(c *cobra.Command, args []string) error { return runJudge(c.Context(), sys, o, args, c.Flags()) },
	}
	addOutput(c, o)
	o.project.add(c)
	return c
}

func runJudge(ctx context.Context, sys *Sys, o *output, args []string, flags *pflag.FlagSet) error {
	rec, err := readRecording(sys, args[0])
	if err != nil {
		return err
	}
	if err := o.load(sys, flags); err != nil {
		return err
	}
	out, err := o.open(sys, read(args)...)
	if err != nil {
		return err
	}
	r := run{command: "judge", args: args, flags: flags, started: rec.Cases[0].Now, here: rec.Cases[0].Here}
	r.record = strings.TrimSpace(rec.Tool + " " + rec.Command)
	r.ended = r.started // looking took as long as the longest case
	for _, c := range rec.Cases {
		r.ended = slices.MaxFunc([]time.Time{r.ended, r.started.Add(c.Elapsed)}, time.Time.Compare)
	}
	return out.write(ctx, sys, r, judgeAll(rec.Cases))
}

func readRecording(sys *Sys, name string) (*evidence.Recording, error) {
	in := sys.Stdin
	if name != "-" {
		f, err := os.Open(name)
		if err != nil {
			return nil, usageError{err}
		}
		defer f.Close()
		in = f
	}
	text, err := io.ReadAll(io.LimitReader(in, maxRecording+1))
	if err != nil {
		return nil, usage("read %q: %w", name, err)
	}
	if len(text) > maxRecording {
		return nil, usage("%q is over %d MiB; it is not a recording of maildoctor", name, maxRecording>>20)
	}
	var rec evidence.Recording
	var kind struct{ Schema string }
	if json.Unmarshal(text, &kind) == nil && kind.Schema == report.Schema {
		return nil, usage("%q is a report; judge takes the evidence, which --record FILE writes", name)
	}
	if err := json.Unmarshal(text, &rec); err != nil {
		return nil, usage("%q is not a recording of maildoctor: %s", name, jsonTrouble(err))
	}
	if rec.Schema != evidence.Schema {
		return nil, usage("%q has the schema %q, not %q; record it with maildoctor probe --record", name, rec.Schema, evidence.Schema)
	}
	if len(rec.Cases) == 0 {
		return nil, usage("%q holds no case", name)
	}
	for i, c := range rec.Cases {
		if c.Target.Host == "" && c.Pasted == nil && c.Settings == nil && c.Resend == nil || c.Now.IsZero() {
			return nil, usage("case %d of %q has no target or no time", i+1, name)
		}
		if as := c.Asked.As; as != target.NoMode && !slices.Contains(target.ClientModes(), string(as)) {
			return nil, usage("case %d of %q was asked as %q; a client is %s", i+1, name, as, strings.Join(target.ClientModes(), ", "))
		}
	}
	return &rec, nil
}

// jsonTrouble says where, without quoting the file.
func jsonTrouble(err error) string {
	var syntax *json.SyntaxError
	var kind *json.UnmarshalTypeError
	switch {
	case errors.As(err, &syntax):
		return "no JSON from byte " + itoa(syntax.Offset)
	case errors.As(err, &kind):
		return fmt.Sprintf("%q cannot be a JSON %s", kind.Field, kind.Value)
	}
	return "a value has the wrong form"
}
