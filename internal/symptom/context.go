package symptom

import (
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"sync"

	"github.com/maildoctor/maildoctor/internal/provider"
	"github.com/maildoctor/maildoctor/internal/target"
)

// Context is what a text gives away about the client and the server. A field
// that the text does not show is empty.
type Context struct {
	Stack    string      // library that speaks, "php-symfony-mailer"; see Stacks
	Provider string      // provider id, by host or by wording
	Host     string      // server, lower case; may be what somebody typed by mistake
	Port     uint16      // of the server
	Mode     target.Mode // how the client is set: implicit, starttls, cleartext
}

// patterns are the ways in which texts name a server. Compiled on first use:
// a run that explains nothing does not pay for them.
var patterns = sync.OnceValue(func() (p struct {
	url, pair, bracketed, apart, named, port *regexp.Regexp
}) {
	const host = `(\[[0-9a-f:.]+\]|[a-z0-9_](?:[a-z0-9._-]*[a-z0-9])?)`
	p.url = regexp.MustCompile(`\b(ssl|tls|sslv[23]|tlsv1\.[0-9]|tcp|smtps?|submissions?|starttls|smtp\+ssl|smtp\+starttls|imaps?|pop3s?)://(?:[^\s@/"'<>]*@)?` + host + `(?::([0-9]{1,5}))?`)
	p.pair = regexp.MustCompile(`(?:^|[\s"'(=<>\[,/]|->|host:|addr:)(` + `\[[0-9a-f:.]+\]|[0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,7}|[a-z0-9_][a-z0-9._-]*` + `):([0-9]{2,5})(?:[^0-9a-z.]|$)`)
	p.bracketed = regexp.MustCompile(`([a-z0-9][a-z0-9._-]*)\[([0-9a-f:.]+)\]:([0-9]{2,5})`)
	p.apart = regexp.MustCompile(`(?:host(?:name)?,? ?port: ?|host(?:name)?: ?|connect(?:ed|ing)? to |host=|to |")` + host + `"?(?: ?\([0-9a-f:.]*\))?[,;:]? (?:on )?(?:port[ :=]+|:)?"?([0-9]{2,5})\b`)
	p.named = regexp.MustCompile(`(?:\bhost(?:name)?["']?(?: ?[:=] ?| )["']?|getaddrinfo (?:enotfound |eai_again |for )|\blookup |resolve host(?:name)?[:,]? ["']?|unknownhostexception: |locate host |smtp host: |mail_host ?= ?|smtp_host ?[=:] ?|smtp_server ?[=:] ?["']?|server ["']|talking to |connect(?:ed|ion)? to |find the host "|name=|servername[ :=]+|in the cert's altnames: host: |expected (?:name|cn=) ?[` + "`" + `']|not valid for '|identity of server: |, not |relay=)["']?` + host)
	p.port = regexp.MustCompile(`\bport(?:["']? ?[:=] ?["']?| )([0-9]{1,5})\b|smtp_port["']? ?[:=] ?["']?([0-9]{1,5})\b|mail_port ?= ?["']?([0-9]{1,5})\b`)
	return p
})

// mailPorts are the ports by which a pair of name and number is taken for a
// server; other numbers count only where the words say that they are a port.
var mailPorts = map[uint16]bool{
	25: true, 465: true, 587: true, 2525: true, 2465: true, 2587: true, 1025: true, 1587: true, 8025: true, 8465: true, 9465: true, 26: true, 24: true,
	110: true, 143: true, 993: true, 995: true, 991: true, 994: true, 4190: true, 80: true, 443: true, 8080: true, 22: true, 21: true,
}

// maxContext is how much of an incident is searched for the server's name.
const maxContext = 16 << 10

// contextOf reads the context from folded text. Stack and provider by wording
// come from the phrases, see scene.
func contextOf(s string) Context {
	s = s[:min(len(s), maxContext)]
	s = strings.ReplaceAll(s, "client host ", "client ") // the sender, whom a server complains of
	var c Context
	for _, find := range []func(string, *Context){fromURL, fromBracketed, fromApart, fromPair, fromNames, fromPort} {
		if c.Host == "" || c.Port == 0 {
			find(s, &c)
		}
	}
	if p, ok := provider.ByHost(c.Host); ok {
		c.Provider = p.ID
	}
	return c
}

func fromURL(s string, c *Context) {
	for _, m := range patterns().url.FindAllStringSubmatch(s, 8) {
		host, port := plausible(m[2]), portNumber(m[3])
		if host == "" || host == "ssl" || host == "tls" || host == "tcp" {
			continue
		}
		if c.Mode == target.NoMode {
			c.Mode = schemeMode(m[1], port)
		}
		c.take(host, port)
		return
	}
}

// schemeMode is how a client opens that was given this scheme. PHP's tls://
// is TLS from the first byte, as ssl:// is.
func schemeMode(scheme string, port uint16) target.Mode {
	switch scheme {
	case "smtp", "tcp", "submission":
		return target.NoMode // clear text or STARTTLS: other words tell
	case "starttls", "smtp+starttls":
		return target.STARTTLS
	}
	return target.Implicit
}

// fromBracketed reads Postfix' "mx.example.com[192.0.2.1]:25".
func fromBracketed(s string, c *Context) {
	for _, m := range patterns().bracketed.FindAllStringSubmatch(s, 8) {
		if port := portNumber(m[3]); plausible(m[1]) != "" && port != 0 {
			c.take(m[1], port)
			return
		}
	}
}

// fromApart reads "host, port: smtp.example.com, 465" and "smtp.example.com, port 587".
func fromApart(s string, c *Context) {
	for _, m := range patterns().apart.FindAllStringSubmatch(s, 8) {
		if host := plausible(m[1]); host != "" && portNumber(m[2]) != 0 && (named(host) || mailPorts[portNumber(m[2])]) {
			c.take(host, portNumber(m[2]))
			return
		}
	}
}

// fromPair reads "smtp.example.com:587" and "192.0.2.1:587".
func fromPair(s string, c *Context) {
	for _, m := range patterns().pair.FindAllStringSubmatchIndex(s, 32) {
		host, port := plausible(s[m[2]:m[3]]), portNumber(s[m[4]:m[5]])
		if host != "" && (mailPorts[port] || dialled(s[:m[2]])) && !sourceFile(host) {
			c.take(host, port)
			return
		}
	}
}

// dialled reports whether what stands before a pair says that it was connected
// to, so that any port counts.
func dialled(before string) bool {
	for _, w := range []string{`with host "`, "connect econnrefused ", "connect etimedout ", "connect ehostunreach ", "connect enetunreach ", "dial tcp ", "connect to ", "connecting to ", "connection to "} {
		if strings.HasSuffix(before, w) {
			return true
		}
	}
	return false
}

// fromNames reads a host that stands without a port.
func fromNames(s string, c *Context) {
	if c.Host != "" {
		return
	}
	for _, m := range patterns().named.FindAllStringSubmatch(s, 16) {
		if host := plausible(m[1]); host != "" && named(host) && !sourceFile(host) {
			c.Host = host
			return
		}
	}
}

func fromPort(s string, c *Context) {
	if c.Port != 0 {
		return
	}
	for _, m := range patterns().port.FindAllStringSubmatch(s, 8) {
		if n := portNumber(m[1] + m[2] + m[3]); n != 0 {
			c.Port = n
			return
		}
	}
}

// take keeps what is not known yet.
func (c *Context) take(host string, port uint16) {
	if c.Host == "" {
		c.Host = host
	}
	if c.Port == 0 && c.Host == host {
		c.Port = port
	}
}

// plausible is a host name or address without brackets, "" for neither.
func plausible(s string) string {
	s = strings.Trim(s, "[]")
	s = strings.Trim(s, ".")
	if len(s) > 253 || s == "" || s == "port" || strings.Trim(s, "0123456789") == "" {
		return ""
	}
	return s
}

// named reports whether it looks like a server's name rather than a word of
// prose.
func named(host string) bool {
	if host == "localhost" || strings.Contains(host, "mail") || strings.Contains(host, "smtp") || strings.Contains(host, "postfix") {
		return true
	}
	if _, err := netip.ParseAddr(host); err == nil {
		return true
	}
	dot := strings.LastIndexByte(host, '.')
	return dot > 0 && len(host)-dot > 2 && strings.Trim(host[dot+1:], "abcdefghijklmnopqrstuvwxyz") == "" && strings.Trim(host, "0123456789.") != ""
}

// sourceFile reports whether it is a file of a stack trace: "index.js:605".
func sourceFile(host string) bool {
	switch host[strings.LastIndexByte(host, '.')+1:] {
	case "js", "ts", "mjs", "cjs", "jsx", "tsx", "go", "py", "php", "rb", "java", "kt", "scala", "c", "cc", "cpp", "h", "cs", "rs", "pl", "pm", "ex", "exs", "erl", "lua", "dart", "swift", "vue", "phtml", "log", "conf", "sh":
		return true
	}
	return false
}

func portNumber(s string) uint16 {
	n, err := strconv.ParseUint(s, 10, 16)
	if err != nil {
		return 0
	}
	return uint16(n)
}

// loopback reports whether a host is this machine, as a client in a container
// or without settings has it.
func loopback(host string) bool {
	if host == "localhost" || strings.HasPrefix(host, "localhost.") || host == "0.0.0.0" {
		return true
	}
	a, err := netip.ParseAddr(host)
	return err == nil && (a.IsLoopback() || a.IsUnspecified())
}
