package probe

import (
	"syscall"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

// errnos are the Winsock errors: the names of package syscall have other
// numbers on Windows and never match what a socket returns.
var errnos = map[syscall.Errno]evidence.Class{
	10061: evidence.Refused,     // WSAECONNREFUSED
	10060: evidence.Timeout,     // WSAETIMEDOUT
	10053: evidence.Reset,       // WSAECONNABORTED
	10054: evidence.Reset,       // WSAECONNRESET
	10047: evidence.Unreachable, // WSAEAFNOSUPPORT
	10049: evidence.Unreachable, // WSAEADDRNOTAVAIL
	10051: evidence.Unreachable, // WSAENETUNREACH
	10064: evidence.Unreachable, // WSAEHOSTDOWN
	10065: evidence.Unreachable, // WSAEHOSTUNREACH
	10013: evidence.Denied,      // WSAEACCES
	10024: evidence.Cancelled,   // WSAEMFILE: says nothing of the peer, see starved
	10055: evidence.Cancelled,   // WSAENOBUFS
}
