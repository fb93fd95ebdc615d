package dialect

import (
	"cmp"
	"strconv"
	"strings"
)

// Version is a release of an application; the zero Version is not known and
// counts as the newest.
type Version struct {
	text  string
	parts []int
	pre   int // -1 with a suffix such as -beta.1 or rc, which comes before the release itself
}

// ParseVersion reads what people write for a release: "11.36", "v4.0.0-beta.418",
// "next-auth 4", "0.5 (2016)". Text without a number gives the zero Version.
func ParseVersion(s string) Version {
	i := strings.IndexAny(s, "0123456789")
	if i < 0 {
		return Version{}
	}
	v := Version{text: strings.TrimSpace(s)}
	s, _, _ = strings.Cut(s[i:], " ")
	s, suffix, _ := strings.Cut(s, "-")
	for part := range strings.SplitSeq(s, ".") {
		digits := part[:len(part)-len(strings.TrimLeft(part, "0123456789"))]
		n, err := strconv.Atoi(digits)
		if err != nil {
			break
		}
		v.parts = append(v.parts, n)
		if digits != part && strings.ContainsAny(part[len(digits):], "abr") {
			v.pre = -1
		}
	}
	if kind, n, ok := strings.Cut(suffix, "."); ok && (kind == "beta" || kind == "rc" || kind == "alpha") {
		v.pre = -1
		for len(v.parts) < 3 {
			v.parts = append(v.parts, 0)
		}
		if num, err := strconv.Atoi(n); err == nil {
			v.parts = append(v.parts, num)
		}
	} else if strings.HasPrefix(suffix, "rc") || strings.HasPrefix(suffix, "beta") || strings.HasPrefix(suffix, "alpha") {
		v.pre = -1
	}
	return v
}

// Known reports whether there is a release at all.
func (v Version) Known() bool { return len(v.parts) > 0 }

// String is the release as it was written.
func (v Version) String() string { return v.text }

// Compare orders two known releases. What has a suffix for a trial release comes
// before the release itself; parts that are missing are 0.
func (v Version) Compare(w Version) int {
	a, b := v.parts, w.parts
	for i := range min(3, max(len(a), len(b))) {
		if c := cmp.Compare(at(a, i), at(b, i)); c != 0 {
			return c
		}
	}
	if c := cmp.Compare(v.pre, w.pre); c != 0 {
		return c
	}
	for i := 3; i < max(len(a), len(b)); i++ {
		if c := cmp.Compare(at(a, i), at(b, i)); c != 0 {
			return c
		}
	}
	return 0
}

func at(parts []int, i int) int {
	if i < len(parts) {
		return parts[i]
	}
	return 0
}

// Before reports whether the release is known to come before another. An empty
// text is before nothing.
func (v Version) Before(release string) bool {
	return v.Known() && release != "" && v.Compare(ParseVersion(release)) < 0
}

// AtLeast reports whether the release is that one or a later one; one that is
// not known is the newest. An empty text is never reached.
func (v Version) AtLeast(release string) bool {
	return release != "" && (!v.Known() || v.Compare(ParseVersion(release)) >= 0)
}

// Is reports whether the release is within [from, until). Either may be empty.
func (v Version) Is(from, until string) bool {
	return !v.Before(from) && !v.AtLeast(until) && (v.Known() || until == "")
}
