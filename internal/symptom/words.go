package symptom

import "slices"

// What a text is about. Words of level 2 name a protocol, a library or a
// service; words of level 1 only hint at one.
type topic struct {
	says  string
	mail  bool
	level int
}

var topics = slices.Concat(
	about(true, 2,
		"could not be established with host \"", "\"command\": \"conn\"", "\"command\":\"conn\"", "command: \"conn\"",
		"command: 'conn'", "smtp", "|ehlo|", "starttls", "mail from:", "mail from command", "rcpt to", "nodemailer",
		"sendmail", "postfix/", "posttls-finger", "|exim", "gomail",
		"jakarta.mail", "javax.mail", "javamail", "mailexception", "swift_", "swiftmailer",
		"symfony\\component\\mailer", "symfony/mailer", "phpmailer", "mailkit", "mimekit", "system.net.mail",
		"lettre::", "lettre ", "gen_smtp", "swoosh", "bamboo.",
		"actionmailer", "action_mailer", "net::smtp", "django.core.mail", "core/mail", "send_mail(", "msmtp:",
		"|mutt", "swaks", "s-nail", "s-ctpio", "nullmailer", "opensmtpd", "gsmtp", "esmtp", "mail_host", "mail_port",
		"email_host", "mailhog", "mailpit", "maildev", "mailcatcher", "mailtrap", "mailgun", "sendgrid", "|brevo",
		"sendinblue", "postmark", "mailjet", "sparkpost", "amazonses", "|ses |", "aws\\ses", "resend.com", "|resend",
		"smtplib", "emailbackend", "mail server", "mailserver", "mail relay", "rcpt failed", "mail failed",
		"email server", "message could not be sent", "envelope from", "mail delivery", "mailer error",
		"laminas\\mail", "zend\\mail", "zend_mail", "mail transport", "mailtransport", "cdo.message",
		"outbound.protection.outlook", "prod.outlook.com", "emailjs", "could not send the message",
		"diagnostic-code: smtp", "remote-mta: dns", "mail exchanger"),
	about(true, 1,
		"pear mail", "relaying", "sending limit", "dovecot", "|imap", "|pop3", "connessione smtp", "|recv:", "mcoerrordomain",
		"e-mail", "|email|", "|emails|", "|mail|", "|mails|", "mailer", "emails|", "emailing", "mailing", "_mail|",
		"email_", "mail_", "|mail.", ".mail.", "newsletter", "courriel", "correo", "邮件", "邮箱", "郵件", "メール", "почт",
		"письм", "notify.go", "email[0]", "inbox", " spf ", "dkim", "dmarc", "gmail", "office365", "outlook.com",
		"mailbox", "sendemail"),
	about(false, 2,
		"imapsync", "imap_errors", "return fmt.errorf", "if err :=", "if err != nil", "def test_", "self.push(",
		"ok 1 - ", "assertequal", "fetch mail", "message store", "imap://", "matrix.", "matrix:", "_matrix/",
		"federation", "rspamd_redis", "clamd",
		"clamav", "imap error:", "rcube_imap", "imap_open", "imaplib", "poplib", "imap4.", "store.imap", "imapsync:",
		"imapconnection", "imapfolder", "offlineimap", "mbsync", "account sync", "repository '", "s2s ", "slixmpp",
		"jabber", "relay://", "synapse.", "io.netty", "[server connection]", "gmail/message", "imap(",
		"value from agent", "resend interval", "activitypub", "freshclam", "coturn", "nostr", "sqlstate",
		"password authentication failed", "database=", "check constraint", "superuser", "violates ", "botocore",
		"boto3", "natserror", "nats/", "|get /", "|post /", "|put /", "httperror", "mysql", "mariadb", "postgres",
		"pg_hba", "psycopg", "psql", "pg::", "sqlite", "|redis", "mongo", "amqp", "rabbitmq", "kafka", "mqtt",
		"mosquitto", "|ldap", "ldaps", " ftp ", "ftp:", "ftp.", "ftplib", "ftpperm", "|lftp", "ftp_connect",
		"net-ftp", "net/ftp", "vsftpd", "sftp", " ssh ", "ssh.", "|sshd|", "ssh:", "|git |", "git@", "git-upload",
		"docker daemon", "docker.sock", "docker pull", "dockerd", "containerd", "kubectl", "kubelet", "kube-",
		"imagepull", " apt ", "apt-get", "deb.debian.org", "inrelease", " pip ", "pip install", "pip._", "pypi",
		"npm err", "npm error", "|yarn ", "registry", "crates.io", "|cargo", "maven", "gradle", "elasticsearch",
		"opensearch", "openvpn", "haproxy", "|nginx", "traefik", "upstream", "webpack", "s3.amazonaws", "s3exception",
		"websocket", "|grpc", "rpc error", "urllib3", "urllib.", "|httpx", "httpcore", "aiohttp",
		"requests.exceptions", "requests.get", "requests.post", "/requests/", "wp-includes/requests",
		"class-requests", "pika/", "|pg connect", "knex", "|tarn", "ioredis", "phpredis", "_http_client",
		"clientrequest", "got/dist", "|ws/lib", "okhttp3", "restclient", "httpurlconnection", "com.sun.jndi",
		"rabbitmq", "|bunny", "translate host name", "dbi connect", "pdo::", "file_get_contents", "librdkafka",
		"bootstrap:", "lwp::", "wrongpass", "noauth", "greeting packet", "supabase", "|mount ",
		"system has not been booted", "davfs", "|dav:", "cadaver", "haproxy", "layer4 connection", "nxdomain qr",
		"crl has", "check_tls_errors", "tls_error: bio", "httpsconnection", "httpconnection", "java.net.http",
		"httpclient", "okhttp", "axios", "fetch failed", "undici", "net/http:", "net::http", "net/http.rb", "reqwest",
		"guzzlehttp", "graphql", "|dig 9", "->>header<<-", "|dig ", "ping: ", "zookeeper", "|etcd", "consul",
		"memcache", "cassandra", "clickhouse", "|irc.", "|xmpp", "telnet", "stripe", "twilio", "slack.com",
		"telegram", "discord", "webhook", "curl error", "http/2 ", "get http", `get "http`, `post "http`, `put "http`,
		`head "http`, "http request", "oracle", "ora-1", "jdbc", "odbc", "sqlserver", "sql server", "mssql",
		"activerecord", "sequelize", "prisma", "typeorm", "hikari", "elastic", "influx", "prometheus/scrape", "rsync",
		"samba", "smbclient", "mount.nfs", "ntpd", "chrony", "wireguard", "tailscale", "certbot", "acme:",
		"letsencrypt.org", "vault:", "minio", "openai", "anthropic", "firebase", "cloudflared", "|dns server", "saml",
		"oidc", "openid", "radius", "kerberos", "snmp", "syslog-ng", "logstash", "fluentd", "jenkins agent",
		"agent.jar", "svn:", "ansible", "terraform init", "packagist", "composer install", "rubygems", "bundler",
		"go: downloading", "proxy.golang.org", "nuget", "dotnet restore", "chromium", "puppeteer", "selenium",
		"err_connection", "net::err_", "apns", "firebase cloud", "sms gateway", "pop-up", "hdfs", "hadoop",
		"spark://", "nats:", "|nats ", "zeromq", "celery@", "kombu", "socket.io", "beanstalk", "aws sqs", "pubsub",
		"bitcoin", "rtsp", "modbus", "webdav", "caldav", "proxmox-backup", "borg ", "restic"),
	about(false, 1,
		"https://", "http://", "|http|", "|https|", "rest api", "|wget", "browser", "/api/", "|url:", "endpoint",
		"database", "queue connection", "the broker", "websites"),
)

func about(mail bool, level int, says ...string) []topic {
	var out []topic
	for _, s := range says {
		out = append(out, topic{s, mail, level})
	}
	return out
}

// links are addresses that mail servers and mail libraries print themselves:
// they say nothing about another client.
var links = []string{
	"https://support.google.com", "https://accounts.google.com", "https://aka.ms", "https://github.com/phpmailer",
	"https://nodemailer.com", "https://curl.se/docs", "https://resend.com", "https://sendgrid.com",
	"https://account.brevo.com", "https://app.brevo.com", "https://mailtrap.io", "https://sender.office.com",
	"https://postmaster", "http://support.google.com", "http://go.microsoft.com", "http://postgrey",
	"http://www.postfix", "https://help.mail.ru", "http://service.mail.qq.com", "https://service.mail.qq.com",
	"http://mail.163.com", "http://www.spamhaus", "https://www.spamhaus", "https://check.spamhaus",
	"http://www.barracuda", "https://docs.microsoft.com", "https://learn.microsoft.com", "https://login.yahoo.com",
	"https://www.google.com/accounts", "https://developers.google.com", "https://help.yahoo", "https://postmarkapp",
	"https://www.mail", "https://mail.", "http://mail.", "https://smtp",
}

// services are ports of other services: a pair of name and such a port is not
// about mail.
var services = map[uint16]bool{
	21: true, 22: true, 53: true, 80: true, 389: true, 443: true, 636: true, 1433: true, 1521: true, 1883: true,
	2375: true, 2376: true, 2379: true, 3000: true, 3306: true, 3389: true, 4222: true, 5000: true, 5222: true,
	5432: true, 5671: true, 5672: true, 5601: true, 6379: true, 6443: true, 8000: true, 8010: true, 8080: true,
	8081: true, 8086: true, 8200: true, 8443: true, 8500: true, 8883: true, 9000: true, 9042: true, 9090: true,
	9092: true, 9200: true, 9300: true, 11211: true, 15672: true, 27017: true, 50051: true,
}

// submission are the ports that nothing but mail uses.
var submission = map[uint16]bool{
	25: true, 465: true, 587: true, 2525: true, 2465: true, 2587: true, 1025: true, 991: true, 994: true, 9465: true,
}

// reading are the ports of IMAP and POP3: a client that sends by mistake and one
// that reads mail name them alike.
var reading = map[uint16]bool{993: true, 995: true, 143: true, 110: true}

// stacks are the words by which a library is known, the narrower first.
var stacks = []struct{ says, stack string }{
	{"symfony\\component\\mailer", "php-symfony-mailer"}, {"symfony/mailer", "php-symfony-mailer"},
	{"symfony\\\\component", "php-symfony-mailer"}, {`expected response code "`, "php-symfony-mailer"},
	{"unable to connect with starttls", "php-symfony-mailer"},
	{`could not be established with host "`, "php-symfony-mailer"},
	{"using the following authenticators", "php-symfony-mailer"},
	{"swift_", "php-swiftmailer"}, {"swiftmailer", "php-swiftmailer"}, {"expected response code", "php-swiftmailer"},
	{"unable to connect with tls encryption", "php-swiftmailer"},
	{"could not be established with host", "php-swiftmailer"},
	{"phpmailer", "php-phpmailer"}, {"smtp error: could not", "php-phpmailer"}, {"smtp error: data", "php-phpmailer"},
	{"smtp error: the following", "php-phpmailer"}, {"mailer error:", "php-phpmailer"},
	{"smtp connect() failed", "php-phpmailer"}, {"server -> client", "php-phpmailer"},
	{"client -> server", "php-phpmailer"},
	{"laminas\\mail", "php-laminas-mail"}, {"zend\\mail", "php-zend-mail"}, {"zend_mail", "php-zend-mail"},
	{"stream_socket_", "php-stream"}, {"fsockopen", "php-stream"},
	{"nodemailer", "node-nodemailer"}, {"smtp-connection", "node-nodemailer"}, {"smtpconnection.", "node-nodemailer"},
	{"command: 'conn'", "node-nodemailer"}, {`"command":"conn"`, "node-nodemailer"}, {"emailjs", "node-emailjs"},
	{"greeting never received", "node-nodemailer"}, {"invalid greeting", "node-nodemailer"},
	{"_tls_wrap", "node-tls"}, {"node:net", "node-tls"}, {"deps/openssl/openssl", "node-tls"},
	{"aiosmtplib", "python-aiosmtplib"}, {"smtplib", "python-smtplib"}, {"smtpauthenticationerror", "python-smtplib"},
	{"smtpserverdisconnected", "python-smtplib"}, {"smtprecipientsrefused", "python-smtplib"},
	{"_ssl.c:", "python-smtplib"},
	{"jakarta.mail", "java-jakarta-mail"}, {"javax.mail", "java-javamail"}, {"com.sun.mail", "java-javamail"},
	{"java.net.", "java"}, {"javax.net.ssl", "java"},
	{"gomail", "go-gomail"}, {"go-mail", "go-mail"}, {"gopkg.in/mail", "go-gomail"},
	{"short response:", "go-net-smtp"}, {"dial tcp", "go-net-smtp"}, {"read tcp", "go-net-smtp"},
	{"x509:", "go-net-smtp"}, {"tls: first record", "go-net-smtp"},
	{"mailkit", "dotnet-mailkit"}, {"system.net.mail", "dotnet-system-net-mail"}, {"net::smtp", "ruby-net-smtp"},
	{"net/smtp.rb", "ruby-net-smtp"}, {"openssl::ssl::sslerror", "ruby-net-smtp"},
	{"net::opentimeout", "ruby-net-smtp"}, {"net::readtimeout", "ruby-net-smtp"},
	{"lettre", "rust-lettre"}, {"gen_smtp", "elixir-gen-smtp"}, {"retries_exceeded", "elixir-gen-smtp"},
	{"swoosh", "elixir-swoosh"}, {"bamboo", "elixir-bamboo"},
	{"msmtp", "msmtp"}, {"|mutt", "mutt"}, {"swaks", "swaks"}, {"s_client", "openssl-s_client"},
	{"posttls-finger", "postfix-client"}, {"postfix/smtp[", "postfix-client"}, {"postfix/", "postfix-server-log"},
	{"curl: (", "curl"}, {"libcurl", "libcurl"}, {"net/smtp.pm", "perl-net-smtp"},
	{"io::socket::ssl", "perl-net-smtp"}, {"|exim", "exim"}, {"nullmailer", "nullmailer"}, {"resend", "resend"},
}

// wordings are words of a reply or a transcript by which a provider is known
// where the host is not named.
var wordings = []struct{ says, provider string }{
	{"gsmtp", "gmail"}, {"support.google.com/mail", "gmail"}, {"prod.outlook.com", "microsoft365"},
	{"aka.ms/smtp_auth", "microsoft365"}, {"office365.com", "microsoft365"}, {"resend.com", "resend"},
	{"resend error", "resend"}, {"brevo.com", "brevo"}, {"sendinblue", "brevo"}, {"sender identity", "sendgrid"},
	{"sendgrid", "sendgrid"}, {"mailgun", "mailgun"}, {"amazonaws.com", "amazon-ses"},
	{"failed the check in region", "amazon-ses"}, {"aws\\ses", "amazon-ses"}, {"postmark", "postmark"},
	{"mailtrap", "mailtrap"}, {"mail.qq.com", "qq"}, {"163.com", "netease"}, {"help.mail.ru", "mailru"},
	{"yandex", "yandex"}, {"(#auth0", "yahoo"}, {"service: \"gmail\"", "gmail"}, {"service: 'gmail'", "gmail"},
}
