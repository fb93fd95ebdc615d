package check

import "github.com/maildoctor/maildoctor/internal/symptom"

// says are the words that client libraries print for what a check finds, each
// once, in the order of the table.
func says(id string) []string {
	out := []string{}
	seen := map[string]bool{}
	for _, s := range symptom.Said(id) {
		if !seen[s.Text] {
			seen[s.Text] = true
			out = append(out, s.Text)
		}
	}
	return out
}
