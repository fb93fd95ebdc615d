//go:build e2e && linux

package e2e

// opensmtpdConf is for the 6.8.0 of Debian 12. That build breaks off every TLS
// handshake with an internal_error alert (its TLS code predates OpenSSL 3, see
// OpenSMTPD issue 1171), which makes it a real server whose TLS is broken.
func opensmtpdConf(cases []*endpoint) []byte {
	return fill(`
pki good cert "/etc/smtpd/pki/good/chain.pem"
pki good key "/etc/smtpd/pki/good/key.pem"
[[range . -]]
listen on [[.IP]] port [[.Port]]
[[- if .Optional]] tls pki good[[else if .Required]] tls-require pki good auth[[else if .Wrapped]] smtps pki good auth[[end]] hostname opensmtpd.e2e.test
[[end -]]
action nowhere mda "/bin/false" user nobody
match auth from any for any action nowhere
`, of("opensmtpd", cases))
}
