package redact

import "strings"

// logins are functions that stack traces print with their arguments, PHP's
// above all, and the number of the argument that is the password.
var logins = []struct {
	name     string
	argument int
}{
	{"authenticate", 1}, {"login", 1}, {"setpassword", 0}, {"plainauth", 2}, {"mysqli_connect", 2}, {"passwordauthentication", 1}, {"networkcredential", 1}, {"credentials::new", 1}, {"handleauth", 1},
	{"transport.connect", 3}, {"smtp.start", 4},
}

// maxArguments bounds how far the arguments of a call are read.
const maxArguments = 512

// calls hides the passwords in calls such as authenticate('user', 'x').
func (x *scan) calls() {
	for i := 0; ; {
		n := strings.IndexByte(x.s[i:], '(')
		if n < 0 {
			return
		}
		open := i + n
		i = open + 1
		before := strings.ToLower(x.s[max(0, open-24):open])
		for _, l := range logins {
			if strings.HasSuffix(before, l.name) {
				i = x.argument(open+1, l.argument)
				break
			}
		}
	}
}

// argument hides the string that is the argument number n of those that begin
// at k, and returns where to read on. Objects do not count.
func (x *scan) argument(k, n int) int {
	stop := lineEnd(x.s[:min(len(x.s), k+maxArguments)], k)
	for k < stop {
		k = skipBlanks(x.s, k)
		q, quoted := quoteAt(x.s, k)
		from, next := k, 0
		if quoted {
			from = k + q.size()
			var end int
			if end, next = closing(x.s, from, q); n == 0 {
				if !kept(x.s[from:end]) {
					x.hide(from, end)
				}
				return next
			}
		} else {
			next = run(x.s[:stop], k, func(c byte) bool { return c != ',' && c != ')' })
		}
		next = afterMethod(x.s, next)
		if !strings.HasPrefix(x.s[k:], "Object(") {
			n--
		} else if at(x.s, next) == ')' {
			next++
		}
		if at(x.s, next) != ',' || n < 0 {
			return max(next, k)
		}
		k = next + 1
	}
	return max(k, stop)
}

// afterMethod passes over the call of a method without arguments, as Rust's
// "x".to_owned().
func afterMethod(s string, k int) int {
	if at(s, k) != '.' {
		return k
	}
	end := run(s, k+1, isName)
	if strings.HasPrefix(s[end:], "()") {
		return end + 2
	}
	return k
}
