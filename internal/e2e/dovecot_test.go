//go:build e2e && linux

package e2e

// dovecotConf serves Dovecot's own endpoints and checks logins for Postfix.
func dovecotConf(cases []*endpoint) []byte {
	return fill(`
base_dir = /run/dovecot
log_path = /logs/dovecot.log
protocols = submission lmtp imap pop3
hostname = dovecot.e2e.test
auth_mechanisms = plain login
ssl = yes
ssl_cert = </pki/good/chain.pem
ssl_key = </pki/good/key.pem
ssl_min_protocol = TLSv1.2
submission_relay_host = 127.86.0.1
passdb {
  driver = static
  args = nopassword=n
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
[[range .]]
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
[[end]]`, of("dovecot", cases))
}
