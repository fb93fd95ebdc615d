package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/maildoctor/maildoctor/internal/schema"
)

func newSchema(sys *Sys) *cobra.Command {
	var names, list, complete []string
	for _, s := range schema.All() {
		names = append(names, s.Name)
		complete = append(complete, s.Name+"\t"+s.Help)
		list = append(list, "  "+pad(s.Name, 10)+s.Help)
	}
	return &cobra.Command{
		Use:   "schema " + strings.Join(names, "|"),
		Short: "Print the JSON Schema of a file that maildoctor reads or writes",
		Long: `schema prints a JSON Schema (draft 2020-12), for editors and for programs:

` + strings.Join(list, "\n") + `

An editor with a YAML language server checks a project file whose first line is
# yaml-language-server: $schema=URL, with the $id of the schema as the URL.`,
		Example: `  maildoctor schema config > maildoctor.schema.json
  maildoctor schema report`,
		ValidArgsFunction: cobra.FixedCompletions(complete, cobra.ShellCompDirectiveNoFileComp),
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return usage("schema prints one of %s", strings.Join(names, ", "))
			}
			if _, ok := schema.ByName(args[0]); !ok {
				return usage("there is no schema %q%s; there are %s", args[0], didYouMean(args[0], names), strings.Join(names, ", "))
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			s, _ := schema.ByName(args[0])
			text, err := s.Text()
			if err != nil {
				return err
			}
			_, err = sys.Stdout.Write(text)
			return err
		},
	}
}
