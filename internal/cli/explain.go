package cli

import (
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/render"
)

func itoa(n int64) string { return strconv.FormatInt(n, 10) }

func newExplain(sys *Sys) *cobra.Command {
	var format, color *choice
	var list bool
	c := &cobra.Command{
		Use:               "explain ID",
		Short:             "Print the page of a finding: cause, remedy, how to tell it from its neighbours",
		Example:           "  maildoctor explain tls-on-starttls-port\n  maildoctor explain --list",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: cobra.FixedCompletions(catalogueIDs(), cobra.ShellCompDirectiveNoFileComp),
		RunE: func(_ *cobra.Command, args []string) error {
			if list && len(args) > 0 {
				return usage("--list takes no ID")
			}
			if list {
				return listChecks(sys)
			}
			if len(args) == 0 {
				return usage("explain needs the ID of a finding; maildoctor explain --list prints them all")
			}
			return explain(sys, args[0], format.value, color.value)
		},
	}
	format = choose(c, "format", "text", "how to print the page", pageFormats()...)
	color = choose(c, "color", "auto", "colour in text", "auto", "always", "never")
	c.Flags().BoolVar(&list, "list", false, "list every ID with its title")
	return c
}

func pageFormats() []string {
	var out []string
	for _, f := range render.Formats {
		if f.Page != nil {
			out = append(out, f.Name)
		}
	}
	return out
}

func explain(sys *Sys, id, format, color string) error {
	c, ok := check.ByID(id)
	if !ok {
		c, ok = check.ByID(strings.ToLower(strings.TrimSpace(id)))
	}
	if !ok {
		return usage("there is no finding %q%s; maildoctor explain --list prints them all", id, didYouMean(id, catalogueIDs()))
	}
	f, _ := render.ByName(format)
	width, _ := terminal(sys.Stdout)
	return f.Page(sys.Stdout, check.Page(c), render.Options{Color: sys.color(color, sys.Stdout), Width: width})
}

func listChecks(sys *Sys) error {
	var b strings.Builder
	for _, c := range check.Catalogue() {
		b.WriteString(pad(c.ID, 34) + pad(string(c.Severity), 9) + c.Title + "\n")
	}
	_, err := sys.Stdout.Write([]byte(b.String()))
	return err
}

// pad fills s with blanks up to a column, one at least.
func pad(s string, width int) string {
	return s + strings.Repeat(" ", max(width-len(s), 1))
}
