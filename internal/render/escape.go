package render

import (
	"regexp"
	"strings"
	"unicode"
)

// mdText writes clean text as prose of a Markdown document (CommonMark 2.4):
// whatever has a meaning there is escaped, and words that a forge would turn
// into a link or a mention become code.
func mdText(s string) string {
	words := strings.Fields(s)
	for i, w := range words {
		if linkable(w) {
			words[i] = mdCodeWord(w)
			continue
		}
		words[i] = escapeWord(w)
	}
	if len(words) > 0 {
		words[0] = escapeBlock(words[0])
	}
	return strings.Join(words, " ")
}

// linkable reports whether a forge would make a link or a mention of w
// (GitHub Flavored Markdown 6.9).
func linkable(w string) bool {
	return strings.Contains(w, "://") || strings.Contains(w, "@") ||
		strings.Contains(strings.ToLower(w), "www.") || strings.Contains(strings.ToLower(w), "mailto:")
}

// mdCodeWord is mdCell for a word with what is written around it left out.
func mdCodeWord(w string) string {
	core := strings.Trim(w, `.,;:!?()"'`)
	i := strings.Index(w, core)
	if core == "" {
		return escapeWord(w)
	}
	return escapeWord(w[:i]) + mdCell(core) + escapeWord(w[i+len(core):])
}

func escapeWord(w string) string {
	var b strings.Builder
	runes := []rune(w)
	for i, r := range runes {
		if strings.ContainsRune("\\`*[]<>|~", r) || r == '_' && !within(runes, i) || r == '&' && i < len(runes)-1 {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// within reports whether the rune at i has letters or digits on both sides: an
// underscore there marks no emphasis (CommonMark 6.2).
func within(runes []rune, i int) bool {
	word := func(j int) bool {
		return j >= 0 && j < len(runes) && (unicode.IsLetter(runes[j]) || unicode.IsDigit(runes[j]))
	}
	return word(i-1) && word(i+1)
}

// listNumber starts an ordered list, other characters other blocks (CommonMark
// 4 and 5) when they begin a line.
var listNumber = regexp.MustCompile(`^(\d{1,9})([.)])$`)

func escapeBlock(w string) string {
	if listNumber.MatchString(w) {
		return listNumber.ReplaceAllString(w, `$1\$2`)
	}
	if strings.ContainsRune("#+-=:", rune(w[0])) {
		return `\` + w
	}
	return w
}

// mdCode writes clean text as a code span that it cannot end (CommonMark 6.1).
func mdCode(s string) string {
	if strings.TrimSpace(s) == "" {
		return "(empty)"
	}
	ticks := strings.Repeat("`", longestRun(s, '`')+1)
	if strings.Contains(s, "`") {
		s = " " + s + " "
	}
	return ticks + s + ticks
}

// mdCell is mdCode for a table, where a bar ends the cell even within a code
// span; HTML is the only form of code that can hold every bar.
func mdCell(s string) string {
	if !strings.ContainsAny(s, "|") {
		return mdCode(s)
	}
	return "<code>" + htmlEntities.Replace(s) + "</code>"
}

var htmlEntities = strings.NewReplacer("&", "&amp;", "<", "&lt;", ">", "&gt;", "|", "&#124;",
	"`", "&#96;", "*", "&#42;", "_", "&#95;", "[", "&#91;", "]", "&#93;", "~", "&#126;", `\`, "&#92;", "@", "&#64;", ":", "&#58;")

// mdFence writes lines as a code block that they cannot end (CommonMark 4.5).
func mdFence(info string, lines []string) string {
	longest := 2
	for _, l := range lines {
		longest = max(longest, longestRun(l, '`'))
	}
	fence := strings.Repeat("`", longest+1)
	return fence + info + "\n" + strings.Join(lines, "\n") + "\n" + fence
}

// longestRun returns the length of the longest run of c in s.
func longestRun(s string, c rune) int {
	longest, run := 0, 0
	for _, r := range s {
		if r != c {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return longest
}
