package render

import (
	"fmt"
	"strings"
	"time"

	"github.com/maildoctor/maildoctor/internal/report"
)

// runRows say where, when and by what the report was made.
func runRows(r report.Report) []row {
	here := r.Run.Here
	rows := []row{
		{label: "Command", text: orNone(r.Run.CommandLine)},
		{label: "Version", text: r.Tool.Name + " " + r.Tool.Version},
		{label: "Started", text: zoned(r.Run.Started) + ", took " + took(r.Run.Took)},
		{label: "System", text: orNone(here.OS) + ", container: " + yesNo(here.Container)},
		{label: "Resolver", text: orNone(here.Resolver)},
		{label: "Network", text: fmt.Sprintf("IPv4: %s, IPv6: %s", yesNo(here.HasIPv4), yesNo(here.HasIPv6))},
		{label: "Root certificates", text: rootsText(here.Roots, here.RootsCount)},
	}
	if r.Run.Recorded != "" {
		rows = append(rows, row{label: "Recorded by", text: r.Run.Recorded})
	}
	if here.Inside != "" {
		rows = append(rows, row{label: "From inside", text: here.Inside})
	}
	if here.Proxy != "" {
		rows = append(rows, row{label: "Proxy", text: here.Proxy})
	}
	status := fmt.Sprint(r.Exit)
	if r.Run.FailOn != "" {
		status += ", with --fail-on " + r.Run.FailOn
	}
	rows = append(rows, row{label: "Exit status", text: status})
	if r.Run.Config != "" {
		rows = append(rows, row{label: "Project file", text: r.Run.Config})
	}
	if !r.Complete {
		rows = append(rows, row{label: "Complete", text: "no"})
	}
	return rows
}

// zoned is a time with the offset of its zone, by which it is sure, and the name,
// by which people know it. A zone without a name has none that tells more.
func zoned(at time.Time) string {
	name, _ := at.Zone()
	if name == "" || strings.ContainsAny(name, "+-") {
		return stamp(at)
	}
	return stamp(at) + " (" + name + ")"
}

func rootsText(roots string, n int) string {
	if n == 0 {
		return orNone(roots)
	}
	return fmt.Sprintf("%s (%d)", roots, n)
}
