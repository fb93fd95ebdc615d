package render

import (
	"regexp"
	"strings"
	"unicode"
)

// mdText writes clean text as prose of a Markdown document (CommonMark 2.4):
// whatever has a meaning there is escaped, and words that a forge would turn
// into a link, a mention or a reference become code: forges look for those in the
// text that a reader sees, where an escape is gone.
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
// (GitHub Flavored Markdown 6.9), or a reference to something of its own.
func linkable(w string) bool {
	low := strings.ToLower(w)
	return strings.Contains(w, "://") || strings.Contains(w, "@") ||
		strings.Contains(low, "www.") || strings.Contains(low, "mailto:") ||
		reference.MatchString(w) || commit.MatchString(w) && strings.ContainsAny(w, "abcdef")
}

var (
	// What GitHub and GitLab look up: #1 and owner/repo#1, GH-1, !1 (merge request), $1
	// (snippet), &1 (epic), ~label, %milestone.
	reference = regexp.MustCompile(`[#!$&]\d|[~%][\pL\d"]|\b(?i:gh)-\d`)
	// A commit by seven digits of its hash or more. A number has no letters, and is
	// left as it is.
	commit = regexp.MustCompile(`\b[0-9a-f]{7,40}\b`)
)

// mdCodeWord is mdCode for a word with what is written around it left out.
func mdCodeWord(w string) string {
	core := strings.Trim(w, `.,;:!?()[]{}"'`)
	i := strings.Index(w, core)
	if core == "" {
		return escapeWord(w)
	}
	return escapeWord(w[:i]) + mdCode(core) + escapeWord(w[i+len(core):])
}

// escapeWord escapes what has a meaning anywhere: to CommonMark, as $math$ to
// GitHub, as {macro} and !image! to Jira, which takes the same escapes. A bar has
// one in tables alone, and is left to them.
func escapeWord(w string) string {
	var b strings.Builder
	runes := []rune(w)
	for i, r := range runes {
		if strings.ContainsRune("\\`*[]<>~{", r) || r == '_' && !within(runes, i) || strings.ContainsRune("&!$", r) && i < len(runes)-1 {
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
// 4 and 5) when they begin a line; a slash, a quick action of GitLab.
var listNumber = regexp.MustCompile(`^(\d{1,9})([.)])$`)

func escapeBlock(w string) string {
	if listNumber.MatchString(w) {
		return listNumber.ReplaceAllString(w, `$1\$2`)
	}
	if strings.ContainsRune("#+-=:/", rune(w[0])) {
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

// mdCell writes Markdown as a cell of a table. A bar ends a cell, within code as
// well, unless a backslash stands before it, which is taken away before all else
// (GitHub Flavored Markdown 4.10); the bar of a text that has a backslash there
// already is kept off it.
func mdCell(s string) string {
	var b strings.Builder
	slashes := 0
	for _, r := range s {
		switch {
		case r == '|' && slashes%2 == 1:
			b.WriteString(` \`)
		case r == '|':
			b.WriteByte('\\')
		}
		b.WriteRune(r)
		if slashes++; r != '\\' {
			slashes = 0
		}
	}
	return b.String()
}

// maxPadded is how wide the cells of a column may be for it to be padded.
const maxPadded = 60

// mdTable writes rows of a label and a text that is Markdown already.
func mdTable(head [2]string, rows []row) string {
	cells := make([][]string, len(rows))
	for i, r := range rows {
		cells[i] = []string{r.label, r.text}
	}
	return mdGrid(head[:], cells)
}

// mdGrid writes cells that are Markdown already, in columns where they are not too
// wide: a table is read as plain text, too.
func mdGrid(head []string, rows [][]string) string {
	cells := [][]string{head, make([]string, len(head))}
	for _, r := range rows {
		line := make([]string, len(r))
		for i, c := range r {
			line[i] = mdCell(c)
		}
		cells = append(cells, line)
	}
	wide := make([]int, len(head))
	for i := range wide {
		wide[i] = len("---")
		for _, c := range cells {
			wide[i] = max(wide[i], width(c[i]))
		}
		if wide[i] > maxPadded {
			wide[i] = max(width(head[i]), len("---"))
		}
		cells[1][i] = strings.Repeat("-", wide[i])
	}
	lines := make([]string, len(cells))
	for i, line := range cells {
		padded := make([]string, len(line))
		for j, c := range line {
			padded[j] = pad(c, wide[j])
		}
		lines[i] = "| " + strings.Join(padded, " | ") + " |"
	}
	return strings.Join(lines, "\n")
}

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
