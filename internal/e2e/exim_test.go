//go:build e2e && linux

package e2e

// eximConf lets one daemon serve every endpoint: what differs is chosen by the
// address that the client connected to.
func eximConf(cases []*endpoint) []byte {
	return fill(`
primary_hostname = exim.e2e.test
local_interfaces = <; [[range .]][[.IP]].[[.Port]] ; [[end]]
tls_on_connect_ports = <; [[range .]][[if .Wrapped]][[.Port]] ; [[end]][[end]]
log_file_path = /logs/exim-%slog
log_selector = +incoming_interface +smtp_connection +smtp_no_mail +smtp_protocol_error +smtp_syntax_error
host_lookup =
rfc1413_query_timeout = 0s
keep_environment =
PKI = ${lookup{$received_ip_address}lsearch{/etc/exim4/by-address}{${extract{pki}{$value}}}}
USETLS = ${lookup{$received_ip_address}lsearch{/etc/exim4/by-address}{${extract{tls}{$value}}}}
tls_certificate = PKI/chain.pem
tls_privatekey = PKI/key.pem
tls_require_ciphers = ${lookup{$received_ip_address}lsearch{/etc/exim4/by-address}{${extract{priority}{$value}}}}
tls_advertise_hosts = ${if eq{USETLS}{none}{}{*}}
auth_advertise_hosts = ${if or{{def:tls_in_cipher}{eq{USETLS}{none}}}{*}{}}
acl_smtp_mail = acl_mail
acl_smtp_rcpt = acl_rcpt
begin acl
acl_mail:
  deny condition = ${if eq{USETLS}{required}}
       !encrypted = *
       message = 530 5.7.0 Must issue a STARTTLS command first
  accept
acl_rcpt:
  deny message = 550 5.7.1 relay not permitted
begin authenticators
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = false
`, of("exim", cases))
}

// eximByAddress is the table that eximConf looks things up in.
func eximByAddress(cases []*endpoint) []byte {
	return fill(`
[[range . -]]
[[.IP]]: pki=[[.Pki]] tls=[[if .NoTLS]]none[[else if .Required]]required[[else]]offered[[end]] priority="[[if .Old]]LEGACY:-VERS-ALL:+VERS-TLS1.0[[else]]NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3[[end]]"
[[end]]`, of("exim", cases))
}
