package cli

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

func newProviders(sys *Sys) *cobra.Command {
	var format *choice
	c := &cobra.Command{
		Use:   "providers [NAME]",
		Short: "Print what is known of a mail provider: hosts, ports, login",
		Long: `providers prints what is known of a mail provider: its hosts and ports, what it
takes as user name and password, what it says when it refuses. NAME is the
provider's, one of its hosts, or a part of either; without one, all are listed.`,
		Example:           "  maildoctor providers\n  maildoctor providers brevo\n  maildoctor providers smtp.gmail.com",
		Args:              cobra.MaximumNArgs(1),
		ValidArgsFunction: first(providerWords),
		RunE: func(_ *cobra.Command, args []string) error {
			return runProviders(sys, args, format.value)
		},
	}
	format = choose(c, "format", "text", "how to print it", "text", "json")
	return c
}

func runProviders(sys *Sys, args []string, format string) error {
	hits := provider.All()
	if len(args) == 1 {
		var near string
		query := args[0]
		if t, err := target.Parse(query); err == nil && t.Mail == "" {
			query = t.Host
		}
		if hits, near = provider.Find(query); len(hits) == 0 {
			if near != "" {
				near = fmt.Sprintf("; did you mean %q?", near)
			}
			return usage("no provider %q is known%s; maildoctor providers lists them", args[0], near)
		}
	}
	if format == "json" {
		enc := json.NewEncoder(sys.Stdout)
		enc.SetIndent("", "  ")
		enc.SetEscapeHTML(false)
		return enc.Encode(hits)
	}
	var b strings.Builder
	if len(hits) == 1 {
		b.WriteString(providerPage(hits[0]))
	} else {
		for _, p := range hits {
			b.WriteString(pad(p.ID, 26) + pad(string(p.Kind), 15) + strings.Join(p.Hosts, ", ") + "\n")
		}
	}
	_, err := sys.Stdout.Write([]byte(b.String()))
	return err
}

// providerPage is one provider for people. What no source stands behind is
// marked as such.
func providerPage(p provider.Provider) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, %s\n\n", p.Name, p.Kind)
	line := func(name, text string) {
		if text != "" {
			fmt.Fprintf(&b, "  %s%s\n", pad(name, 12), text)
		}
	}
	line("hosts", strings.Join(p.Hosts, ", "))
	for i, port := range p.Ports {
		name := ""
		if i == 0 {
			name = "ports"
		}
		text := pad(fmt.Sprint(port.Port), 6) + string(port.Mode)
		if port.Recommended {
			text += ", recommended"
		}
		if port.Note != "" {
			text += " (" + port.Note + ")"
		}
		fmt.Fprintf(&b, "  %s%s\n", pad(name, 12), text)
	}
	if len(p.NoPorts) > 0 {
		line("not", strings.Trim(fmt.Sprint(p.NoPorts), "[]")+" "+p.NoPortsNote)
	}
	user := p.Username.Convention
	if p.Username.Literal != "" {
		user = fmt.Sprintf("%q, literally", p.Username.Literal)
	}
	line("user name", user)
	line("password", p.Password.Kind)
	line("From", p.Sender)
	for _, r := range p.Rejections {
		fmt.Fprintf(&b, "\n  %d %s\n", r.Code, strings.TrimSpace(r.Enhanced+" "+r.Text))
		for _, text := range []string{r.Meaning, r.Fix} {
			if text != "" {
				fmt.Fprintf(&b, "    %s\n", text)
			}
		}
	}
	b.WriteString("\n")
	line("documented", p.Docs)
	line("checked", p.Checked)
	for _, d := range p.Unverified {
		line("unverified", strings.TrimSuffix(d.Field+": "+d.Note, ": "))
	}
	return b.String()
}
