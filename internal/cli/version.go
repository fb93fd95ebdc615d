package cli

import (
	"fmt"
	"runtime"
	"runtime/debug"

	"github.com/spf13/cobra"
)

func newVersion(sys *Sys) *cobra.Command {
	return &cobra.Command{
		Use:               "version",
		Short:             "Print the version",
		Long:              "version prints the version of maildoctor, the Go release and the system it was\nbuilt for.",
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(*cobra.Command, []string) error { return printVersion(sys) },
	}
}

func printVersion(sys *Sys) error {
	_, err := fmt.Fprintf(sys.Stdout, "maildoctor %s (%s, %s/%s)\n", sys.version(), runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

// version is the stamped one, else that of the module or of the commit it was
// built from.
func (s *Sys) version() string {
	if s.Version != "" {
		return s.Version
	}
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	if v := info.Main.Version; v != "" && v != "(devel)" {
		return v
	}
	for _, kv := range info.Settings {
		if kv.Key == "vcs.revision" {
			return "devel-" + kv.Value[:min(12, len(kv.Value))]
		}
	}
	return "devel"
}
