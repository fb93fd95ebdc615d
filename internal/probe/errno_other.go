//go:build !windows

package probe

import (
	"syscall"

	"github.com/maildoctor/maildoctor/internal/evidence"
)

var errnos = map[syscall.Errno]evidence.Class{
	syscall.ECONNREFUSED:  evidence.Refused,
	syscall.ETIMEDOUT:     evidence.Timeout,
	syscall.ECONNRESET:    evidence.Reset,
	syscall.ECONNABORTED:  evidence.Reset,
	syscall.EPIPE:         evidence.Reset,
	syscall.EHOSTUNREACH:  evidence.Unreachable,
	syscall.ENETUNREACH:   evidence.Unreachable,
	syscall.EHOSTDOWN:     evidence.Unreachable,
	syscall.EADDRNOTAVAIL: evidence.Unreachable,
	syscall.EAFNOSUPPORT:  evidence.Unreachable,
	syscall.EACCES:        evidence.Denied,
	syscall.EPERM:         evidence.Denied,
	syscall.EMFILE:        evidence.Cancelled, // these three say nothing of the peer: see starved
	syscall.ENFILE:        evidence.Cancelled,
	syscall.ENOBUFS:       evidence.Cancelled,
}
