//go:build e2e && linux

package e2e

// dovecotServers are its own endpoints, and the one to which its submission
// service passes on what it takes.
type dovecotServers struct {
	Mine  []*endpoint
	Relay *endpoint
}

// dovecotConf serves Dovecot's own endpoints and checks logins for Postfix. The
// pauses that refused logins are answered with are left out, to save minutes.
func dovecotConf(cases []*endpoint) []byte {
	return fill(`
base_dir = /run/dovecot
log_path = /logs/dovecot.log
protocols = submission lmtp imap pop3
hostname = dovecot.e2e.test
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256 xoauth2
auth_failure_delay = 0
mail_location = maildir:/tmp/%u
ssl = yes
ssl_cert = </pki/good/chain.pem
ssl_key = </pki/good/key.pem
ssl_min_protocol = TLSv1.2
[[with .Relay]]submission_relay_host = [[.IP]]
submission_relay_port = [[.Port]][[end]]
passdb {
  driver = passwd-file
  args = /etc/dovecot/users
  mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
}
passdb {
  driver = oauth2
  args = /etc/dovecot/oauth2.conf
  mechanisms = xoauth2
}
userdb {
  driver = static
  args = uid=65534 gid=65534 home=/tmp
}
service auth {
  unix_listener /var/spool/postfix/private/auth {
    mode = 0666
  }
}
service anvil {
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service imap-login {
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = 0
  }
}
service pop3-login {
  inet_listener pop3 {
    port = 0
  }
  inet_listener pop3s {
    port = 0
  }
}
service submission-login {
  inet_listener submission {
    port = 0
  }
  inet_listener submissions {
    port = 0
  }
}
[[range .Mine]]
service [[.Service]][[if ne .Service "lmtp"]]-login[[end]] {
  inet_listener [[.Name]] {
    address = [[.IP]]
    port = [[.Port]]
    ssl = [[if .Wrapped]]yes[[else]]no[[end]]
  }
}
local [[.IP]] {
  ssl = [[if .NoTLS]]no[[else if .Required]]required[[else]]yes[[end]]
  ssl_cert = <[[.Pki]]/chain.pem
  ssl_key = <[[.Pki]]/key.pem
}
[[end]]`, dovecotServers{of("dovecot", cases), named(cases, "postfix-relay")})
}

// dovecotOAuth2 has tokens checked without asking their issuer: by the key they
// are signed with.
const dovecotOAuth2 = `
introspection_mode = local
local_validation_key_dict = fs:posix:prefix=/etc/dovecot/keys/
username_attribute = email
`
