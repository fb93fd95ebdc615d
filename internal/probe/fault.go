package probe

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"reflect"
	"syscall"
	"time"

	"github.com/maildoctor/maildoctor/internal/evidence"
	"github.com/maildoctor/maildoctor/internal/wire"
)

// throughProxy names the proxy as what failed.
func throughProxy(err error) string {
	var p *proxyError
	if !errors.As(err, &p) {
		return ""
	}
	return "proxy " + p.address + ": "
}

// faultOf turns an error of the network into a Fault. It is the only place
// that looks into errors.
func faultOf(err error) *evidence.Fault {
	f := &evidence.Fault{Class: classOf(err), Text: throughProxy(err) + shortText(err)}
	if alert, ok := alertOf(err); ok {
		f.Class, f.Alert, f.Text = evidence.TLSAlert, alert, alertName(alert)
	}
	return f
}

func classOf(err error) evidence.Class {
	var notTLS tls.RecordHeaderError
	var refusedByProxy *proxyError
	switch {
	case errors.As(err, &refusedByProxy):
		return evidence.Proxy
	case errors.As(err, &notTLS) && notTLS.Conn != nil: // only the first record can tell
		return evidence.NotTLS
	case errors.Is(err, wire.ErrNotReply):
		return evidence.Protocol
	case errors.Is(err, wire.ErrTooLong):
		return evidence.Limit
	case errors.Is(err, os.ErrDeadlineExceeded), errors.Is(err, context.DeadlineExceeded), isTimeout(err):
		return evidence.Timeout
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return evidence.EOF
	case errnoClass(err) != "":
		return errnoClass(err)
	case errors.Is(err, context.Canceled), errors.Is(err, net.ErrClosed):
		return evidence.Cancelled
	}
	return evidence.Other
}

// errnoClass sorts the error numbers of the system; "" for any other error.
func errnoClass(err error) evidence.Class {
	var n syscall.Errno
	if !errors.As(err, &n) {
		return ""
	}
	return errnos[n]
}

// starved reports whether this machine had no socket left for us.
func starved(err error) bool { return errnoClass(err) == evidence.Cancelled }

func isTimeout(err error) bool {
	var t net.Error
	return errors.As(err, &t) && t.Timeout()
}

// shortText is the error without the addresses that net puts around it.
func shortText(err error) string {
	var op *net.OpError
	if errors.As(err, &op) && op.Err != nil {
		err = op.Err
	}
	var sys *os.SyscallError
	if errors.As(err, &sys) {
		err = sys.Err
	}
	if errors.Is(err, os.ErrDeadlineExceeded) {
		return "no answer in time"
	}
	return err.Error()
}

// alertOf returns the TLS alert that the peer sent. crypto/tls wraps it, an
// unexported byte, in a net.OpError with this Op.
func alertOf(err error) (int, bool) {
	var op *net.OpError
	if !errors.As(err, &op) || op.Op != "remote error" || op.Err == nil {
		return 0, false
	}
	if v := reflect.ValueOf(op.Err); v.Kind() == reflect.Uint8 {
		return int(v.Uint()), true
	}
	return 0, false
}

// alertNames are the alerts of RFC 8446 6.2, and RFC 5246 7.2 before it.
var alertNames = map[int]string{
	0: "close_notify", 10: "unexpected_message", 20: "bad_record_mac", 21: "decryption_failed", 22: "record_overflow",
	40: "handshake_failure", 41: "no_certificate", 42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked",
	45: "certificate_expired", 46: "certificate_unknown", 47: "illegal_parameter", 48: "unknown_ca", 49: "access_denied",
	50: "decode_error", 51: "decrypt_error", 70: "protocol_version", 71: "insufficient_security", 80: "internal_error",
	86: "inappropriate_fallback", 90: "user_canceled", 100: "no_renegotiation", 109: "missing_extension",
	110: "unsupported_extension", 112: "unrecognized_name", 113: "bad_certificate_status_response", 115: "unknown_psk_identity",
	116: "certificate_required", 120: "no_application_protocol",
}

func alertName(alert int) string {
	name, ok := alertNames[alert]
	if !ok {
		name = "alert"
	}
	return fmt.Sprintf("%s (%d)", name, alert)
}

// FaultOf is for conversations that are held elsewhere, over connections of the
// same Env.
func FaultOf(err error) *evidence.Fault { return faultOf(err) }

var errNoCertificate = errors.New("the server sent no certificate")

// whyNotVerified says in a few words what is wrong with a certificate.
func whyNotVerified(err error, now time.Time) string {
	var invalid x509.CertificateInvalidError
	var name x509.HostnameError
	var authority x509.UnknownAuthorityError
	switch {
	case errors.Is(err, errNoCertificate):
		return "there is none"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired && invalid.Cert != nil && now.Before(invalid.Cert.NotBefore):
		return "not valid yet"
	case errors.As(err, &invalid) && invalid.Reason == x509.Expired:
		return "expired"
	case errors.As(err, &invalid) && invalid.Reason == x509.IncompatibleUsage:
		return "not for servers"
	case errors.As(err, &name):
		return "it is for another name"
	case errors.As(err, &authority):
		return "its authority is not known here"
	}
	return "its chain does not hold"
}
