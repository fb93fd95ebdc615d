package target

import "strings"

// Nearby reports whether a host is this machine or one of its own network: a
// mail catcher, a container, a relay. Such a server may have no TLS. A host that is not known is none.
func Nearby(host string) bool {
	host = strings.Trim(strings.ToLower(host), "[]")
	if host == "" {
		return false
	}
	if host == "localhost" || !strings.ContainsAny(host, ".:") || strings.HasPrefix(host, "127.") || host == "::1" {
		return true
	}
	for _, end := range []string{".localhost", ".local", ".internal", ".lan", ".test", ".docker", ".svc", ".home.arpa", ".cluster.local"} {
		if strings.HasSuffix(host, end) {
			return true
		}
	}
	return strings.HasPrefix(host, "10.") || strings.HasPrefix(host, "192.168.") || strings.HasPrefix(host, "172.")
}

// OtherService names what speaks on a port that is not for submitting mail, and
// is met in mail settings all the same; "" for others.
func OtherService(port uint16) string {
	switch port {
	case 110, 995:
		return "POP3"
	case 143, 993:
		return "IMAP"
	case 80, 443, 8080, 8443:
		return "HTTP"
	case 4190:
		return "ManageSieve"
	}
	return ""
}

// CatcherPort is the SMTP port of a mail catcher whose web page a port is; 0
// where it is none.
func CatcherPort(host string, port uint16) uint16 {
	if !Nearby(host) {
		return 0
	}
	switch port {
	case 1080, 8025: // maildev and MailCatcher; MailHog and Mailpit
		return 1025
	}
	return 0
}

// MistypedPort is the submission port that a port is most likely a slip of: two
// digits that changed places, or one too many. It is 0 for other ports.
func MistypedPort(port uint16) uint16 {
	switch port {
	case 456, 645, 4655, 4465, 4665, 564:
		return 465
	case 578, 857, 758, 5878, 5587, 5887:
		return 587
	case 2552, 5225, 5252:
		return 2525
	}
	return 0
}
