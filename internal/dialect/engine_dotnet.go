package dialect

import (
	"slices"
	"strings"

	"github.com/maildoctor/maildoctor/internal/target"
)

// Bitwarden is MailKitSmtpMailDeliveryService: ssl is implicit TLS, but not on
// 587 unless sslOverride (Require here) is set; clear text is on 25 alone.
func Bitwarden(in In) Effect {
	switch {
	case in.unreadable(Secure):
		return unknown
	case in.Yes(Secure) && (in.Port != 587 || in.Yes(Require)):
		return does(target.Implicit)
	case in.Port == 25 && !in.Yes(Secure) && !in.Yes(Start):
		return does(target.Cleartext)
	}
	return does(target.Opportunistic)
}

// DotNet is what applications make of .NET's mail clients: EnableSsl (Start) is
// System.Net.Mail, which knows STARTTLS alone; UseSsl (Secure) is the bool of
// MailKit, and the word its SecureSocketOptions. Where none is set, the code of the
// application decides.
func DotNet(in In) Effect {
	switch w := in.Words[Scheme]; {
	case w != nil:
		return MailKit(in)
	case in.unreadable(Secure, Start, Require):
		return unknown
	case in.Yes(Start), in.Yes(Require):
		return does(target.STARTTLS)
	case in.Yes(Secure):
		return does(target.Implicit)
	case in.No(Start):
		return does(target.Cleartext)
	case in.No(Secure):
		return does(target.Opportunistic)
	}
	return unknown // its code decides
}

// secureSocketOptions are the options of MailKit, by name and by number.
var secureSocketOptions = []Word{
	{V: "StartTls", Mode: target.STARTTLS}, {V: "SslOnConnect", Mode: target.Implicit}, {V: "Auto"}, {V: "StartTlsWhenAvailable", Mode: target.Opportunistic}, {V: "None", Mode: target.Cleartext},
	{V: "0", Mode: target.Cleartext, Not: true}, {V: "1", Not: true}, {V: "2", Mode: target.Implicit, Not: true}, {V: "3", Mode: target.STARTTLS, Not: true}, {V: "4", Mode: target.Opportunistic, Not: true},
}

// mailSections are the names under which applications keep mail in
// appsettings.json.
var mailSections = []string{
	"Smtp", "SmtpSettings", "SmtpOptions", "SmtpConfig", "SmtpConfiguration", "SMTP", "SmtpServer", "SmtpClient", "Email", "EmailSettings", "EmailConfiguration", "EmailConfig", "EmailOptions", "EmailSender", "EmailSenderOptions",
	"Mail", "MailSettings", "MailConfig", "MailConfiguration", "MailOptions", "MailKit", "MailSender", "Mailer", "MailerSettings", "EmailService", "EmailServiceSettings", "Notifications",
}

// inSections is a key that has one of some names in one of the sections, in
// files and, with two underscores, in the environment. Keys that are made so
// have their names in the same order, given as many names: a key is added in the
// section of its neighbour.
func inSections(k Key, names ...string) Key {
	var all []string
	for _, sep := range []string{".", "__"} {
		for _, name := range names {
			for _, s := range mailSections {
				all = append(all, s+sep+name)
			}
		}
	}
	k.Name, k.Also = all[0], slices.Clone(all[1:])
	return k
}

// underscored adds the environment's form of names of a file.
func underscored(keys []Key) []Key {
	for i := range keys {
		keys[i].Also = append(slices.Clone(keys[i].Also), strings.ReplaceAll(keys[i].Name, ".", "__"))
	}
	return keys
}
