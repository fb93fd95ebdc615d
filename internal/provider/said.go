package provider

import (
	"regexp"
	"strings"
	"sync"
)

// Said finds the refusal of the provider with this id that stands in a text,
// the wordiest where several do. Case, line ends and runs of blanks do not
// matter; a placeholder such as <domain> stands for anything up to the next
// words. It reports false for a provider or words that are not known.
func Said(id, text string) (Rejection, bool) {
	p, ok := ByID(id)
	if !ok {
		return Rejection{}, false
	}
	text = plainWords(text)
	var best *Rejection
	for i := range p.Rejections {
		r := &p.Rejections[i]
		if r.standsIn(text) && (best == nil || len(r.Text) > len(best.Text)) {
			best = r
		}
	}
	if best == nil {
		return Rejection{}, false
	}
	return *best, true
}

func plainWords(s string) string { return strings.Join(strings.Fields(strings.ToLower(s)), " ") }

var placeholder = sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(`<[^<>]*>`) })

// standsIn reports whether the words of the refusal occur in their order.
func (r *Rejection) standsIn(text string) bool {
	for _, words := range placeholder().Split(plainWords(r.Text), -1) {
		i := strings.Index(text, strings.TrimSpace(words))
		if i < 0 {
			return false
		}
		text = text[i:]
	}
	return true
}
