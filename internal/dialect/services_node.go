package dialect

import "strings"

// preset is a service that nodemailer knows by name. Where implicit is false,
// STARTTLS is used if offered.
type preset struct {
	names    string // parted by blanks, as nodemailer keeps them
	host     string
	port     uint16
	implicit bool
}

// Preset is what nodemailer puts in place of a service's name: the option
// service of createTransport. It compares as nodemailer does, by letters,
// digits, dots and hyphens alone and without case; of a mail address, the part
// behind the @ counts. secure is implicit TLS.
func Preset(name string) (host string, port uint16, secure bool, ok bool) {
	name = serviceKey(name)
	if name == "" {
		return "", 0, false, false
	}
	for _, p := range services {
		for known := range strings.FieldsSeq(p.names) {
			if known == name {
				return p.host, p.port, p.implicit, true
			}
		}
	}
	return "", 0, false, false
}

func serviceKey(name string) string {
	name = strings.ToLower(name[strings.LastIndexByte(name, '@')+1:])
	return strings.Map(func(r rune) rune {
		if r == '.' || r == '-' || r >= '0' && r <= '9' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, name)
}

// services is lib/well-known/services.json of nodemailer (MIT-0), as of commit
// 2f667f4, August 2026: names and aliases, the host, and the port that follows
// where none is given.
var services = []preset{
	{"1und1", "smtp.1und1.de", 465, true},
	{"126", "smtp.126.com", 465, true},
	{"163", "smtp.163.com", 465, true},
	{"aliyun aliyun.com", "smtp.aliyun.com", 465, true},
	{"aliyunqiye", "smtp.qiye.aliyun.com", 465, true},
	{"aol aol.com", "smtp.aol.com", 587, false},
	{"aruba arubapec aruba.it pec.aruba.it", "smtps.aruba.it", 465, true},
	{"bluewin bluewin.ch", "smtpauths.bluewin.ch", 465, true},
	{"bol bol.com.br", "smtp.bol.com.br", 587, false},
	{"debugmail", "debugmail.io", 25, false},
	{"disroot disroot.org", "disroot.org", 587, false},
	{"dynectemail dynect", "smtp.dynect.net", 25, false},
	{"elasticemail", "smtp.elasticemail.com", 465, true},
	{"ethereal ethereal.email", "smtp.ethereal.email", 587, false},
	{"fastmail fastmail.fm", "smtp.fastmail.com", 465, true},
	{"feishumail feishu www.feishu.cn", "smtp.feishu.cn", 465, true},
	{"forwardemail fe forwardemail.net", "smtp.forwardemail.net", 465, true},
	{"gandimail gandi", "mail.gandi.net", 587, false},
	{"gmail googlemail gmail.com googlemail.com", "smtp.gmail.com", 465, true},
	{"gmailworkspace googleworkspacemail", "smtp-relay.gmail.com", 465, true},
	{"gmx gmx.com gmx.net gmx.de", "mail.gmx.com", 587, false},
	{"godaddy", "smtpout.secureserver.net", 25, false},
	{"godaddyasia", "smtp.asia.secureserver.net", 25, false},
	{"godaddyeurope", "smtp.europe.secureserver.net", 25, false},
	{"hot.ee", "mail.hot.ee", 587, false},
	{"hotmail outlook outlook.com hotmail.com", "smtp-mail.outlook.com", 587, false},
	{"icloud me mac me.com mac.com", "smtp.mail.me.com", 587, false},
	{"infomaniak ik.me ikmail.com etik.com", "mail.infomaniak.com", 587, false},
	{"kolabnow kolab kolabnow.com", "smtp.kolabnow.com", 465, true},
	{"loopia", "mailcluster.loopia.se", 465, true},
	{"loops", "smtp.loops.so", 587, false},
	{"mail.ee", "smtp.mail.ee", 587, false},
	{"mail.ru", "smtp.mail.ru", 465, true},
	{"mailcatch.app", "sandbox-smtp.mailcatch.app", 2525, false},
	{"maildev", "localhost", 1025, false},
	{"mailersend", "smtp.mailersend.net", 587, false},
	{"mailgun", "smtp.mailgun.org", 465, true},
	{"mailjet", "in.mailjet.com", 587, false},
	{"mailosaur", "mailosaur.io", 25, false},
	{"mailtrap", "live.smtp.mailtrap.io", 587, false},
	{"mandrill", "smtp.mandrillapp.com", 587, false},
	{"naver", "smtp.naver.com", 587, false},
	{"ohmysmtp", "smtp.ohmysmtp.com", 587, false},
	{"one", "send.one.com", 465, true},
	{"openmailbox omb openmailbox.org", "smtp.openmailbox.org", 465, true},
	{"outlook365", "smtp.office365.com", 587, false},
	{"postmark postmarkapp", "smtp.postmarkapp.com", 2525, false},
	{"proton protonmail proton.me protonmail.com protonmail.ch pm.me", "smtp.protonmail.ch", 587, false},
	{"qiye.aliyun", "smtp.mxhichina.com", 465, true},
	{"qq qq.com", "smtp.qq.com", 465, true},
	{"qqex qqenterprise exmail.qq.com", "smtp.exmail.qq.com", 465, true},
	{"resend", "smtp.resend.com", 465, true},
	{"runbox runbox.com", "smtp.runbox.com", 465, true},
	{"sendcloud", "smtp.sendcloud.net", 2525, false},
	{"sendgrid", "smtp.sendgrid.net", 587, false},
	{"sendinblue brevo", "smtp-relay.brevo.com", 587, false},
	{"sendpulse", "smtp-pulse.com", 465, true},
	{"ses", "email-smtp.us-east-1.amazonaws.com", 465, true},
	{"ses-ap-northeast-1", "email-smtp.ap-northeast-1.amazonaws.com", 465, true},
	{"ses-ap-northeast-2", "email-smtp.ap-northeast-2.amazonaws.com", 465, true},
	{"ses-ap-northeast-3", "email-smtp.ap-northeast-3.amazonaws.com", 465, true},
	{"ses-ap-south-1", "email-smtp.ap-south-1.amazonaws.com", 465, true},
	{"ses-ap-southeast-1", "email-smtp.ap-southeast-1.amazonaws.com", 465, true},
	{"ses-ap-southeast-2", "email-smtp.ap-southeast-2.amazonaws.com", 465, true},
	{"ses-ca-central-1", "email-smtp.ca-central-1.amazonaws.com", 465, true},
	{"ses-eu-central-1", "email-smtp.eu-central-1.amazonaws.com", 465, true},
	{"ses-eu-north-1", "email-smtp.eu-north-1.amazonaws.com", 465, true},
	{"ses-eu-west-1", "email-smtp.eu-west-1.amazonaws.com", 465, true},
	{"ses-eu-west-2", "email-smtp.eu-west-2.amazonaws.com", 465, true},
	{"ses-eu-west-3", "email-smtp.eu-west-3.amazonaws.com", 465, true},
	{"ses-sa-east-1", "email-smtp.sa-east-1.amazonaws.com", 465, true},
	{"ses-us-east-1", "email-smtp.us-east-1.amazonaws.com", 465, true},
	{"ses-us-east-2", "email-smtp.us-east-2.amazonaws.com", 465, true},
	{"ses-us-gov-east-1", "email-smtp.us-gov-east-1.amazonaws.com", 465, true},
	{"ses-us-gov-west-1", "email-smtp.us-gov-west-1.amazonaws.com", 465, true},
	{"ses-us-west-1", "email-smtp.us-west-1.amazonaws.com", 465, true},
	{"ses-us-west-2", "email-smtp.us-west-2.amazonaws.com", 465, true},
	{"seznam seznamemail seznam.cz email.cz post.cz spoluzaci.cz", "smtp.seznam.cz", 465, true},
	{"smtp2go", "mail.smtp2go.com", 2525, false},
	{"sparkpost sparkpostmail sparkpost.com", "smtp.sparkpostmail.com", 587, false},
	{"tipimail", "smtp.tipimail.com", 587, false},
	{"turbosmtp", "pro.turbo-smtp.com", 465, true},
	{"turbosmtp-eu", "pro.eu.turbo-smtp.com", 465, true},
	{"tutanota tutanota.com tuta.com tutanota.de tuta.io", "smtp.tutanota.com", 465, true},
	{"yahoo yahoo.com", "smtp.mail.yahoo.com", 465, true},
	{"yandex yandex.ru", "smtp.yandex.ru", 465, true},
	{"zimbra zimbracollaboration", "smtp.zimbra.com", 587, false},
	{"zoho", "smtp.zoho.com", 465, true},
}
