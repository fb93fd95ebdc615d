//go:build e2e && linux

package e2e

// eximConf lets one daemon serve every endpoint: what differs is chosen by the
// address that the client connected to. SCRAM is left to Cyrus SASL: Debian's
// Exim is built without gsasl.
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
  deny !authenticated = *
       message = 550 5.7.1 relay not permitted
  deny domains = box.e2e.test
       !verify = recipient
  accept domains = box.e2e.test
  deny message = 550 5.7.1 relay not permitted
begin routers
mailbox:
  driver = accept
  domains = box.e2e.test
  local_parts = inbox
  transport = maildir
begin transports
maildir:
  driver = appendfile
  directory = /mail/exim/inbox
  maildir_format
  user = nobody
begin authenticators
PASSWORD = ${base64d:${lookup{$auth1}lsearch{/etc/exim4/users}{$value}fail}}
plain:
  driver = plaintext
  public_name = PLAIN
  server_prompts = :
  server_condition = ${if eq{$auth3}{${base64d:${lookup{$auth2}lsearch{/etc/exim4/users}{$value}fail}}}}
  server_set_id = $auth2
login:
  driver = plaintext
  public_name = LOGIN
  server_prompts = Username:: : Password::
  server_condition = ${if eq{$auth2}{PASSWORD}}
  server_set_id = $auth1
cram_md5:
  driver = cram_md5
  public_name = CRAM-MD5
  server_secret = PASSWORD
  server_set_id = $auth1
scram_sha_1:
  driver = cyrus_sasl
  public_name = SCRAM-SHA-1
  server_realm = box.e2e.test
  server_set_id = $auth1
scram_sha_256:
  driver = cyrus_sasl
  public_name = SCRAM-SHA-256
  server_realm = box.e2e.test
  server_set_id = $auth1
`, of("exim", cases))
}

// eximByAddress is the table that eximConf looks things up in.
func eximByAddress(cases []*endpoint) []byte {
	return fill(`
[[range . -]]
[[.IP]]: pki=[[.Pki]] tls=[[if .NoTLS]]none[[else if .Required]]required[[else]]offered[[end]] priority="[[if .Old]]LEGACY:-VERS-ALL:+VERS-TLS1.0[[else]]NORMAL:-VERS-ALL:+VERS-TLS1.2:+VERS-TLS1.3[[end]]"
[[end]]`, of("exim", cases))
}
