//go:build e2e && linux

package e2e

// postfixMain keeps Postfix's defaults but for what the box needs: a log
// file, no name server, mailboxes of one domain and no other delivery. Logins
// are checked by Dovecot.
const postfixMain = `
compatibility_level = 3.6
myhostname = postfix.e2e.test
mydestination =
mynetworks =
inet_interfaces = all
inet_protocols = ipv4
alias_maps =
default_transport = discard:
smtpd_peername_lookup = no
smtpd_client_connection_count_limit = 0
smtpd_relay_restrictions = permit_sasl_authenticated, reject_unauth_destination
virtual_mailbox_domains = box.e2e.test
virtual_mailbox_maps = texthash:/etc/postfix/mailboxes
virtual_mailbox_base = /mail/postfix
virtual_uid_maps = static:65534
virtual_gid_maps = static:65534
smtpd_sender_login_maps = texthash:/etc/postfix/owners
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = private/auth
smtpd_tls_auth_only = yes
smtpd_tls_protocols = >=TLSv1.2
smtpd_tls_mandatory_protocols = >=TLSv1.2
maillog_file = /logs/postfix.log
maillog_file_prefixes = /logs
`

func postfixMaster(cases []*endpoint) []byte {
	return fill(`
[[range . -]]
[[.IP]]:[[.Port]] inet n - n - - smtpd
  -o syslog_name=[[.Name]]
[[- if .NoTLS]]
  -o smtpd_tls_auth_only=no
[[- else]]
  -o smtpd_tls_chain_files=[[.Pki]]/all.pem
[[- end]]
[[- if .Optional]]
  -o smtpd_tls_security_level=may
[[- else if .Required]]
  -o smtpd_tls_security_level=encrypt
[[- else if .Wrapped]]
  -o smtpd_tls_wrappermode=yes
[[- end]]
[[- if .Old]]
  -o smtpd_tls_protocols=>=TLSv1,<=TLSv1
  -o smtpd_tls_mandatory_protocols=>=TLSv1,<=TLSv1
  -o tls_medium_cipherlist=ALL:@SECLEVEL=0
[[- end]]
[[- range .Options]]
  -o { [[.]] }
[[- end]]
[[end -]]
postlog unix-dgram n - n - 1 postlogd
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
anvil unix - - n - 1 anvil
proxymap unix - - n - - proxymap
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
discard unix - - n - - discard
virtual unix - n n - - virtual
bounce unix - - n - 0 bounce
`, of("postfix", cases))
}
