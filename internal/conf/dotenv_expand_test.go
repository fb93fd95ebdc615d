package conf

import (
	"fmt"
	"strings"
	"testing"
)

// growing are lines each of which names the one before it four times.
func growing(before string, levels int) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%sA0=xxxxxxxxxx\n", before)
	for i := range levels {
		fmt.Fprintf(&b, "%sA%d=\"%s\"\n", before, i+1, strings.Repeat(fmt.Sprintf("${A%d}", i), 4))
	}
	fmt.Fprintf(&b, "%sHOST=\"${A%d}\"\n%sPORT=587\n", before, levels, before)
	return b.String()
}

// TestExpansionLimit: without a limit the values would take more memory than
// there is, and the test would not end.
func TestExpansionLimit(t *testing.T) {
	t.Parallel()
	type reader struct {
		kind    Kind
		flavour Flavour
		before  string // each line
	}
	readers := []reader{{Command, Usual, "export "}}
	for _, f := range allDotenv {
		readers = append(readers, reader{Dotenv, f, ""})
	}
	for _, r := range readers {
		x := Parse(growing(r.before, 30), r.kind, r.flavour)
		if len(x.Entries) != 33 || x.Broken != "" {
			t.Fatalf("%s %s: %d entries, broken %q", r.kind, r.flavour, len(x.Entries), x.Broken)
		}
		for _, e := range x.Entries {
			if len(e.Value) > maxExpanded {
				t.Errorf("%s %s: the value of %s has %d bytes", r.kind, r.flavour, e.Key, len(e.Value))
			}
		}
		host, port := x.Entries[31], x.Entries[32]
		expands := r.flavour != EnvFile && r.flavour != NodeDotenv
		if expands && (host.Type != Expr || len(host.Quirks) != 1 || host.Quirks[0].Kind != Unresolved) || port.Value != "587" {
			t.Errorf("%s %s: %s, %s", r.kind, r.flavour, brief(host), brief(port))
		}
	}
}

// TestExpansionTotal: many values, each below the limit of one, do not add up.
func TestExpansionTotal(t *testing.T) {
	t.Parallel()
	raw := "A=" + strings.Repeat("x", maxExpanded/2) + "\n" + strings.Repeat("B=$A\n", 200_000) + "C=c\nD=${C}\n"
	total := 0
	for _, e := range Parse(raw, Dotenv, Shell).Entries {
		total += len(e.Value)
	}
	if total > maxPutIn+len(raw) {
		t.Errorf("the values have %d bytes", total)
	}
}

func TestExpansionBelowLimit(t *testing.T) {
	t.Parallel()
	x := Parse(growing("", 5), Dotenv, Usual)
	if e, _ := x.Last("HOST", ""); len(e.Value) != 10<<10 || len(e.Quirks) > 0 {
		t.Errorf("%d bytes, %v", len(e.Value), e.Quirks)
	}
}
