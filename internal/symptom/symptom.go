// Package symptom knows the words that mail clients print when something is
// wrong, by the id of the check that finds the cause. It is data: it neither
// matches nor judges.
package symptom

// Phrase is one text, as a stack prints it. Text is the fragment to recognise
// it by, letter for letter; what stands around it differs by host and version.
type Phrase struct{ Stack, Text string }

// Said lists what stacks print for the cause with this check id, the most
// common stack first. It is nil for an id without known words.
func Said(id string) []Phrase {
	var list []Phrase
	for _, r := range rows {
		if r.id == id {
			list = append(list, Phrase{Stack: r.stack, Text: r.text})
		}
	}
	return list
}
