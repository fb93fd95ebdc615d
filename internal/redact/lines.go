package redact

import "strings"

// lines finds the secrets that only the rest of their line gives away.
func (x *scan) lines() {
	shell := false
	for i := 0; i < len(x.s); {
		stop := lineEnd(x.s, i)
		shell = x.shell(i, stop, shell)
		for i < stop {
			end, next := turn(x.s, i, stop)
			x.pass(i, end)
			x.lookup(i, end)
			x.imap(i, end)
			x.clientSend(i, end)
			i = next
		}
		i = max(i, stop+1)
	}
}

// logs are options of curl that take user:password, except the short ones.
var logs = set("--user --proxy-user")

// secretOptions are options of curl, swaks, sendEmail and mailsend whose value is a secret, and whose
// names do not say so.
var secretOptions = set("-ap --ap --oauth2-bearer -xp -pass -pw")

// shell hides the passwords among the options of curl and swaks in the line from
// i to end. The command may have begun on the line before; shell reports whether
// it goes on behind this one.
func (x *scan) shell(i, end int, begun bool) bool {
	s := x.s[:end]
	if !begun {
		if i = commandEnd(s, i); i < 0 {
			return false
		}
	}
	for k := i; k < end; {
		k = skipBlanks(s, k)
		name := run(s, k, func(c byte) bool { return isAlnum(c) || c == '-' })
		if value := skipBlanks(s, name); at(s, k) == '-' && (value > name || at(s, name) == '=') {
			x.option(s[k:name], s, max(value, name+1))
		} else if strings.HasPrefix(s[k:name], "-u") && at(s, name) == ':' {
			x.hide(name+1, bareEnd(s, name+1, separator{})) // curl -ujane:x
		}
		k = run(s, name, func(c byte) bool { return !isBlank(c) })
	}
	return strings.HasSuffix(strings.TrimRight(s[i:], " \t\r"), `\`)
}

// commandEnd returns where the name of one of those commands ends, or -1.
func commandEnd(s string, i int) int {
	for _, name := range []string{"curl", "swaks", "sendEmail", "sendemail", "mailsend"} {
		for k := i; ; {
			n := strings.Index(s[k:], name)
			if n < 0 {
				break
			}
			from := k + n
			k = from + len(name)
			if (!isAlnum(at(s, from-1)) || at(s, from-2) == '\\') && !isAlnum(at(s, k)) {
				return k
			}
		}
	}
	return -1
}

// maxOption bounds the value of an option.
const maxOption = 512

// option hides the value at k of an option: all of it, or what is behind the
// colon of user:password.
func (x *scan) option(name, s string, k int) {
	s = s[:min(len(s), k+maxOption)]
	from, end := k, 0
	if q, ok := quoteAt(s, k); ok {
		from += q.size()
		end, _ = closing(s, min(from, len(s)), q)
	} else {
		end = bareEnd(s, k, separator{})
	}
	switch {
	case from >= end:
		return
	case secretOptions[name]:
	case logs[name] || shortUser(name):
		colon := strings.IndexByte(s[from:end], ':')
		if colon < 0 || strings.HasPrefix(s[from+colon:], "://") {
			return
		}
		from += colon + 1
	default:
		return
	}
	if !kept(s[from:end]) {
		x.hide(from, end)
	}
}

// shortUser reports whether name is -u or -U, alone or as the last of several
// letters: -vu.
func shortUser(name string) bool {
	last := name[len(name)-1]
	return !strings.HasPrefix(name, "--") && len(name) > 1 && len(name) < 6 && (last == 'u' || last == 'U')
}

// pass hides the argument of PASS, the command of POP3 (RFC 1939 7) and FTP
// (RFC 959 4.1.1), in a line from i to end that a client sent. The argument may
// have blanks.
func (x *scan) pass(i, end int) {
	before, rest, ok := strings.Cut(x.s[i:end], "PASS ")
	if !ok || !sent(before) {
		return
	}
	from := end - len(strings.TrimLeft(rest, " \t"))
	to := from + len(strings.TrimRight(x.s[from:end], " \t'\"\\"))
	x.hideString(from, to)
}

// senders are marks that loggers put before what a client sends.
var senders = set("c: client: send: sent: command: request: *cmd* *put*")

// sent reports whether before ends in such a mark, or in an arrow. A colon is
// not enough: "SPF: PASS with IP 192.0.2.1".
func sent(before string) bool {
	before = strings.ToLower(strings.TrimRight(before, " \t'\"b"))
	mark := before[strings.LastIndexAny(before, " \t")+1:]
	arrow := strings.HasSuffix(mark, ">") && mark != "=>" && !strings.Contains(mark, "<")
	return arrow || senders[mark] || strings.HasSuffix(before, "-> server:")
}

// lookup hides the password of a line of Postfix's table sasl_passwd:
// [host]:587 user:password.
func (x *scan) lookup(i, end int) {
	start := run(x.s[:end], i, func(c byte) bool { return strings.IndexByte(" \t#>", c) >= 0 })
	if strings.HasPrefix(x.s[start:end], "echo ") {
		start += len("echo ")
	}
	if q, ok := quoteAt(x.s[:end], start); ok {
		start += q.size()
		end, _ = closing(x.s[:end], min(start, end), q)
	}
	host := run(x.s[:end], start, func(c byte) bool { return !isBlank(c) })
	from := skipBlanks(x.s[:end], host)
	user, password, ok := strings.Cut(x.s[from:end], ":")
	if ok && !strings.ContainsAny(password, " \t") && relay(x.s[start:host], user) && login(user, password) && !kept(password) {
		x.hide(from+len(user)+1, end)
	}
}

// relay reports whether host stands for a mail server: in brackets or with a
// port. A bare one needs a name that speaks of mail, or a user with a domain.
func relay(host, user string) bool {
	name, port, _ := strings.Cut(host, "]")
	name, bracket := strings.CutPrefix(name, "[")
	if !bracket {
		name, port, _ = strings.Cut(host, ":")
	}
	if run(name, 0, isName) < len(name) || strings.IndexByte(name, '.') <= 0 {
		return false
	}
	if bracket || port != "" {
		port = strings.TrimPrefix(port, ":")
		return run(port, 0, isAlnum) == len(port)
	}
	name = strings.ToLower(name)
	return strings.Contains(user, "@") || strings.Contains(name, "smtp") || strings.Contains(name, "mail") || strings.Contains(name, "relay")
}

// notLogins are words before a colon that are no users: the transports of
// Postfix, and what reports tell about a host.
var notLogins = set(`smtp smtps submission submissions relay lmtp local virtual error discard retry defer hold reject redirect
	status state security tls ssl starttls port host server timeout method type code mode auth protocol encryption
	version result reason message http https mailto`)

// login reports whether v:password is a login and no port, time, address or
// fingerprint.
func login(user, password string) bool {
	if run(user, 0, func(c byte) bool { return isName(c) || c == '@' || c == '+' || c == '=' }) < len(user) {
		return false
	}
	if notLogins[strings.ToLower(user)] || vocabulary[plain(password)] || strings.HasPrefix(password, "//") {
		return false
	}
	if strings.Contains(user, "@") {
		return true
	}
	port := len(password) <= 5 && run(password, 0, isDigit) == len(password)
	octets := strings.Contains(password, ":") && hexOnly(user) && hexOnly(password)
	return !port && !octets && strings.ContainsFunc(user, asByte(func(c byte) bool { return isLower(c) || isUpper(c) }))
}

// hexOnly reports whether v has nothing but hexadecimal digits and what stands
// between them in addresses.
func hexOnly(v string) bool {
	return strings.Trim(v, "0123456789abcdefABCDEF:./") == ""
}

// imap hides the password of IMAP's "a1 LOGIN user password" (RFC 3501 6.2.3),
// between i and end.
func (x *scan) imap(i, end int) {
	const verb = " LOGIN "
	s := x.s[:end]
	n := strings.Index(s[i:], verb)
	if n < 0 {
		return
	}
	tag := i + n
	for tag > i && isAlnum(s[tag-1]) && i+n-tag < 8 {
		tag--
	}
	if !strings.ContainsAny(s[tag:i+n], "0123456789") {
		return
	}
	user := x.word(s, i+n+len(verb))
	from := skipBlanks(s, user)
	if to := x.word(s, from); user > i+n+len(verb) && from > user && to > from {
		if q, ok := quoteAt(s, from); ok {
			from, to = from+q.size(), max(from+q.size(), to-q.size())
		}
		x.hide(from, to)
	}
}

// word returns where the word, or the quoted string, at k ends.
func (x *scan) word(s string, k int) int {
	if q, ok := quoteAt(s, k); ok && k+q.size() <= len(s) {
		_, next := closing(s, k+q.size(), q)
		return next
	}
	return run(s, k, func(c byte) bool { return !isBlank(c) && c != '\r' && c != '\n' })
}

// foreign are names of passwords that are no identifiers.
var foreign = []string{"mot de passe", "contraseña", "contrasena", "пароль", "Пароль", "密码", "密碼", "パスワード", "비밀번호", "hasło", "lösenord", "şifre"}

// foreignNames hides the words behind them and a colon or an equals sign.
func (x *scan) foreignNames() {
	for _, name := range foreign {
		for i := 0; ; {
			n := strings.Index(x.s[i:], name)
			if n < 0 {
				break
			}
			i += n + len(name)
			k := skipBlanks(x.s, i)
			mark := 1
			if strings.HasPrefix(x.s[k:], "：") {
				mark = len("：")
			} else if c := at(x.s, k); c != ':' && c != '=' {
				continue
			}
			from := skipBlanks(x.s, k+mark)
			to := x.word(x.s, from)
			if v := x.s[min(from, to):to]; to > from && !kept(v) && !vocabulary[plain(v)] {
				x.hide(from, to)
				i = to
			}
		}
	}
}

// clientSend hides the last string of Exim's client_send (spec 34.8) between i
// and end: ": user : password", "<; ; user ; password", "^user^password".
func (x *scan) clientSend(i, end int) {
	line := x.s[i:end]
	_, rest, ok := strings.Cut(line, "client_send")
	if !ok || !strings.HasPrefix(strings.TrimLeft(rest, " \t"), "=") {
		return
	}
	last := strings.LastIndexAny(rest, ":;^")
	if last < 0 {
		return
	}
	from := skipBlanks(x.s[:end], end-len(rest)+last+1)
	to := from + len(strings.TrimRight(x.s[from:end], " \t\r\"'"))
	x.hideString(from, to)
}
