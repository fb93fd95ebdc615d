package cli

import (
	"strings"

	"github.com/spf13/cobra"

	"github.com/maildoctor/maildoctor/internal/render"
)

// formats are the values of --format: one for the standard output (or the file
// of --output), and any number for files of their own, as F=FILE.
type formats struct {
	first string // "": the default
	files []formatFile
}

// formatFile is a report in a file.
type formatFile struct{ format, file string }

func (f *formats) main() string {
	if f.first == "" {
		return render.Formats[0].Name
	}
	return f.first
}

func (f *formats) Type() string   { return "FORMAT[=FILE]" }
func (f *formats) String() string { return strings.Join(f.GetSlice(), ",") }
func (f *formats) Set(s string) error {
	name, file, toFile := strings.Cut(s, "=")
	if _, ok := render.ByName(name); !ok {
		return usage("%q is none of %s%s", name, strings.Join(formatNames(), ", "), didYouMean(name, formatNames()))
	}
	switch {
	case toFile && (file == "" || file == "-"):
		return usage("%q names no file; give %s=FILE, or %s alone for the standard output", s, name, name)
	case toFile:
		f.files = append(f.files, formatFile{name, file})
	case f.first != "" && f.first != name:
		return usage("%s and %s would both go to the standard output; write one to a file as %s=FILE", f.first, name, name)
	default:
		f.first = name
	}
	return nil
}

// GetSlice, Append and Replace make it a list (pflag.SliceValue).
func (f *formats) GetSlice() []string {
	var out []string
	if f.first != "" || len(f.files) == 0 {
		out = append(out, f.main())
	}
	for _, x := range f.files {
		out = append(out, x.format+"="+x.file)
	}
	return out
}

// names are the formats that are written.
func (f *formats) names() []string {
	out := []string{f.main()}
	for _, x := range f.files {
		out = append(out, x.format)
	}
	return out
}

func (f *formats) Append(s string) error { return f.Set(s) }

func (f *formats) Replace(list []string) error {
	*f = formats{}
	for _, s := range list {
		if err := f.Set(s); err != nil {
			return err
		}
	}
	return nil
}

func formatNames() []string {
	var names []string
	for _, f := range render.Formats {
		names = append(names, f.Name)
	}
	return names
}

func addFormats(c *cobra.Command, o *output) {
	c.Flags().Var(&o.formats, "format", "how to print the report: "+strings.Join(formatNames(), ", ")+"; FORMAT=FILE writes one more into FILE; repeatable")
	_ = c.RegisterFlagCompletionFunc("format", completeFormat)
	c.Flags().StringVar(&o.file, "output", "", "write the report to `FILE` in place of the standard output")
	c.Flags().StringVar(&o.sarifFile, "sarif-file", "", "point to `FILE` in sarif, github and gitlab where a finding is about no file")
}

// completeFormat completes the name of a format, and a file after "F=".
func completeFormat(_ *cobra.Command, _ []string, typed string) ([]string, cobra.ShellCompDirective) {
	if strings.Contains(typed, "=") {
		return nil, cobra.ShellCompDirectiveDefault
	}
	var out []string
	for _, f := range render.Formats {
		out = append(out, f.Name+"\t"+f.Help)
	}
	return out, cobra.ShellCompDirectiveNoFileComp
}
