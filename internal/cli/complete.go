package cli

import (
	"slices"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/check"
	"github.com/maildoctor/maildoctor/internal/dialect"
	"github.com/maildoctor/maildoctor/internal/fakemail"
	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// completion is what cobra asks for the words that can follow.
type completion = func(c *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective)

// first completes the first argument by words, and no other.
func first(words func() []string) completion {
	return func(_ *cobra.Command, args []string, typed string) ([]string, cobra.ShellCompDirective) {
		if len(args) > 0 {
			return nil, cobra.ShellCompDirectiveNoFileComp
		}
		return beginning(typed, words()), cobra.ShellCompDirectiveNoFileComp
	}
}

// always completes a flag by words.
func always(words func() []string) completion {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		return beginning(typed, words()), cobra.ShellCompDirectiveNoFileComp
	}
}

// list completes the last word of a list with commas.
func list(words func() []string) completion {
	return func(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
		before := typed[:strings.LastIndexByte(typed, ',')+1]
		out := beginning(typed[len(before):], words())
		for i, w := range out {
			out[i] = before + w
		}
		return out, cobra.ShellCompDirectiveNoFileComp | cobra.ShellCompDirectiveNoSpace
	}
}

// beginning are the words that begin with what is typed.
func beginning(typed string, words []string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return !strings.HasPrefix(w, typed) })
}

// described is a word with what it means, as cobra wants it.
func described(word, means string) string { return word + "\t" + means }

func idWords() []string {
	var out []string
	for _, c := range check.Catalogue() {
		out = append(out, described(c.ID, c.Title))
	}
	return out
}

func dialectWords() []string {
	var out []string
	for _, d := range dialect.All() {
		out = append(out, described(d.ID, d.App))
	}
	for id, as := range dialect.Aliases {
		out = append(out, described(id, "read as "+as))
	}
	slices.Sort(out)
	return out
}

func providerWords() []string {
	var out []string
	for _, p := range provider.All() {
		out = append(out, described(p.ID, p.Name))
	}
	return out
}

// hostWords are the hosts of providers that have one name for everybody.
func hostWords() []string {
	var out []string
	for _, p := range provider.All() {
		for _, host := range p.Hosts {
			if !strings.Contains(host, "*") {
				out = append(out, described(host, p.Name))
			}
		}
	}
	return out
}

func scenarioWords() []string {
	out := []string{described("list", "name the scenarios")}
	for _, s := range fakemail.Scenarios() {
		out = append(out, described(s.ID, s.Title))
	}
	return out
}

func expectWords() []string {
	var out []string
	for _, e := range check.Expectations() {
		out = append(out, described(e.Key, e.Means))
	}
	return out
}

func clientModeWords() []string {
	modes := target.ClientModes()
	for i, means := range []string{"TLS from the first byte; many applications call it SSL", "STARTTLS, demanded", "STARTTLS where it is offered", "no TLS"} {
		modes[i] = described(modes[i], means)
	}
	return modes
}

func channelWords() []string {
	return []string{described("primary", "the one in force"), described("backup", "the first that is not"), viaSMTP, viaResend}
}

// completeFlags gives every flag that takes no file a completion: a shell offers
// files for one that has none.
func completeFlags(c *cobra.Command) {
	known := map[string]completion{
		"only": list(idWords), "skip": list(idWords), "dialect": always(dialectWords), "expect": list(expectWords),
		"as": always(clientModeWords), "auth": cobra.FixedCompletions(mechanisms, cobra.ShellCompDirectiveNoFileComp), "channel": always(channelWords),
	}
	c.Flags().VisitAll(func(f *pflag.Flag) {
		if _, has := c.GetFlagCompletionFunc(f.Name); has {
			return
		}
		complete, ok := known[f.Name]
		if one, is := f.Value.(*choice); is && !ok {
			complete, ok = cobra.FixedCompletions(one.allowed, cobra.ShellCompDirectiveNoFileComp), true
		}
		if takes, _ := pflag.UnquoteUsage(f); !ok && takes == "FILE" {
			return
		}
		if !ok {
			complete = cobra.NoFileCompletions
		}
		_ = c.RegisterFlagCompletionFunc(f.Name, complete) // fails only for a flag that is not there
	})
	for _, sub := range c.Commands() {
		completeFlags(sub)
	}
}
