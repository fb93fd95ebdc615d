package cli

import (
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"github.com/maildoctor/maildoctor/internal/target"
)

// didYouMean names the nearest of words, when one is near.
func didYouMean(s string, words []string) string {
	if near := nearest(s, words); near != "" {
		return fmt.Sprintf("; did you mean %q?", near)
	}
	return ""
}

// flagHint says what to do about a wrong flag: the nearest one, the commands
// that have it, or where the flags are listed.
func flagHint(err error, c *cobra.Command) string {
	var unknown *pflag.NotExistError
	if !errors.As(err, &unknown) || unknown.GetSpecifiedShortnames() != "" {
		return "; see " + c.CommandPath() + " --help"
	}
	name := unknown.GetSpecifiedName()
	var names, others []string
	c.Flags().VisitAll(func(f *pflag.Flag) { names = append(names, "--"+f.Name) })
	if near := nearest("--"+name, names); near != "" {
		return "; did you mean " + near + "?"
	}
	for _, other := range c.Root().Commands() {
		if other.Flags().Lookup(name) != nil {
			others = append(others, other.Name())
		}
	}
	if len(others) > 0 {
		return "; it is a flag of " + strings.Join(others, ", ")
	}
	return "; see " + c.CommandPath() + " --help"
}

// commandHint says what a first word that is no command may have been meant as.
func commandHint(c *cobra.Command, word string) string {
	if near := c.SuggestionsFor(word); len(near) > 0 {
		return fmt.Sprintf("; did you mean %q?", near[0])
	}
	t, err := target.Parse(word)
	_, missing := os.Stat(word)
	switch {
	case missing == nil:
		return "; did you mean maildoctor check " + quoted(word) + "?"
	case strings.ContainsAny(word, " \n"):
		return "; did you mean maildoctor explain '...'?"
	case err == nil && (t.Port != 0 || t.Mail != "" || strings.Contains(t.Host, ".")):
		return "; did you mean maildoctor probe " + quoted(word) + "?"
	}
	return "; maildoctor --help lists them"
}

// nearest returns the word with the fewest edits from s, if a third of its
// letters or less differ; else "".
func nearest(s string, words []string) string {
	best, distance := "", len(s)/3+2
	for _, w := range words {
		if d := edits(s, w); d < distance && d <= max(len(w)/3, 1) {
			best, distance = w, d
		}
	}
	return best
}

// edits is the Levenshtein distance in bytes.
func edits(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		diagonal := row[0]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			above := row[j]
			if a[i-1] == b[j-1] {
				row[j] = diagonal
			} else {
				row[j] = 1 + min(diagonal, above, row[j-1])
			}
			diagonal = above
		}
	}
	return row[len(b)]
}
