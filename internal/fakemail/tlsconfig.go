package fakemail

import (
	"crypto/tls"
	"errors"
	"slices"
)

// TLS10 returns config limited to TLS 1.0, with the cipher suites that such a
// server has. Newer clients refuse it, as they should (RFC 8996).
func TLS10(config *tls.Config) *tls.Config {
	old := config.Clone()
	old.MinVersion = tls.VersionTLS10
	old.MaxVersion = tls.VersionTLS10
	old.CipherSuites = []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA,
		tls.TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA,
		tls.TLS_RSA_WITH_AES_128_CBC_SHA,
	}
	return old
}

// StaticRSA returns config limited to TLS 1.2 without forward secrecy. The
// certificate has to have an RSA key.
func StaticRSA(config *tls.Config) *tls.Config {
	old := config.Clone()
	old.MinVersion = tls.VersionTLS12
	old.MaxVersion = tls.VersionTLS12
	old.CipherSuites = []uint16{tls.TLS_RSA_WITH_AES_128_GCM_SHA256}
	return old
}

// ResetTLS13 returns config with a server that resets every ClientHello that
// offers TLS 1.3 and takes those that end at 1.2.
func ResetTLS13(config *tls.Config) *tls.Config {
	intolerant := config.Clone()
	intolerant.MaxVersion = tls.VersionTLS12
	intolerant.GetConfigForClient = func(hello *tls.ClientHelloInfo) (*tls.Config, error) {
		if !slices.Contains(hello.SupportedVersions, tls.VersionTLS13) {
			return nil, nil
		}
		hello.Conn.(*socket).reset()
		return nil, errors.New("ClientHello offers TLS 1.3")
	}
	return intolerant
}

// WithClientAuth returns config with a server that asks for, or demands, a
// client certificate.
func WithClientAuth(config *tls.Config, auth tls.ClientAuthType) *tls.Config {
	asking := config.Clone()
	asking.ClientAuth = auth
	return asking
}
