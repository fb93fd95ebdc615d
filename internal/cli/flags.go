package cli

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/report"
)

// choice is a flag that takes one word of a list.
type choice struct {
	value   string
	allowed []string
	hints   map[string]string // what to say of a word that is none of them
}

func (c *choice) String() string { return c.value }
func (c *choice) Type() string   { return strings.Join(c.allowed, "|") }
func (c *choice) Set(s string) error {
	if !slices.Contains(c.allowed, s) {
		return fmt.Errorf("%q is none of %s%s", s, strings.Join(c.allowed, ", "), cmp.Or(c.hints[strings.ToLower(s)], didYouMean(s, c.allowed)))
	}
	c.value = s
	return nil
}

// choose adds a choice flag.
func choose(c *cobra.Command, name, value, help string, allowed ...string) *choice {
	f := &choice{value: value, allowed: allowed}
	c.Flags().Var(f, name, help)
	return f
}

// output are the flags of every command that prints a report.
type output struct {
	formats   formats
	color     *choice
	failOn    *choice
	file      string
	sarifFile string
	verbose   bool
	plain     bool
	project   projectOptions
	only      []string
	skip      []string
}

func addOutput(c *cobra.Command, o *output) {
	addFormats(c, o)
	o.color = choose(c, "color", "auto", "colours in text", "auto", "always", "never")
	o.failOn = choose(c, "fail-on", string(report.Error), "lowest severity that makes the exit status 1", report.FailOn()...)
	c.Flags().BoolVarP(&o.verbose, "verbose", "v", false, "print the transcript and every check that could not look")
	c.Flags().BoolVar(&o.plain, "plain", false, "words in place of glyphs, for screen readers; markdown without HTML, for Jira and e-mail")
	c.Flags().Var(&idList{&o.only}, "only", "report only the checks `ID,...`")
	c.Flags().Var(&idList{&o.skip}, "skip", "leave out the checks `ID,...`")
}

// idList is a flag that takes ids of checks.
type idList struct{ to *[]string }

func (l *idList) String() string {
	if l.to == nil {
		return ""
	}
	return strings.Join(*l.to, ",")
}
func (l *idList) Type() string { return "ID,..." }
func (l *idList) Set(s string) error {
	for _, id := range strings.Split(s, ",") {
		id = strings.TrimSpace(id)
		if _, ok := check.ByID(id); !ok {
			return fmt.Errorf("there is no check %q%s", id, didYouMean(id, catalogueIDs()))
		}
		*l.to = append(*l.to, id)
	}
	return nil
}

func catalogueIDs() []string {
	var out []string
	for _, c := range check.Catalogue() {
		out = append(out, c.ID)
	}
	return out
}

// positive is a duration above zero.
type positive struct{ to *time.Duration }

func (p *positive) String() string {
	if p.to == nil || *p.to == 0 {
		return ""
	}
	return p.to.String()
}
func (p *positive) Type() string { return "DURATION" }
func (p *positive) Set(s string) error {
	d, err := time.ParseDuration(s)
	if err != nil {
		return fmt.Errorf("%q is not a duration such as 5s or 1m30s", s)
	}
	if d <= 0 {
		return fmt.Errorf("%s is not above zero", s)
	}
	*p.to = d
	return nil
}

func duration(f *pflag.FlagSet, to *time.Duration, name string, value time.Duration, help string) {
	*to = value
	f.Var(&positive{to}, name, help)
}
