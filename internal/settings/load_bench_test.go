package settings

import (
	"fmt"
	"testing"
	"testing/fstest"
)

// BenchmarkMonorepo reads 2,000 files of a monorepo, which has to take less than
// five seconds as a whole process.
func BenchmarkMonorepo(b *testing.B) {
	texts := map[string]string{
		".env":                   "APP_KEY=base64:AAAA\nMAIL_MAILER=smtp\nMAIL_SCHEME=smtps\nMAIL_HOST=smtp.example.com\nMAIL_PORT=587\nMAIL_USERNAME=a@example.com\nMAIL_PASSWORD=b\nMAIL_FROM_ADDRESS=a@example.com\n",
		"compose.yaml":           "services:\n  n8n:\n    image: n8nio/n8n:1.77.3\n    environment:\n      - N8N_SMTP_HOST=smtp.example.com\n      - N8N_SMTP_PORT=587\n",
		"app.ini":                "[mailer]\nENABLED = true\nPROTOCOL = smtps\nSMTP_ADDR = smtp.example.com\nSMTP_PORT = 587\n",
		"mailer.js":              "const t = nodemailer.createTransport({ host: 'smtp.example.com', port: 587, secure: true, auth: { user: 'a', pass: process.env.P } });\n",
		"application.properties": "spring.mail.host=smtp.example.com\nspring.mail.port=587\nspring.mail.properties.mail.smtp.ssl.enable=true\n",
	}
	fsys := fstest.MapFS{}
	for i := range 400 {
		for name, text := range texts {
			fsys[fmt.Sprintf("svc%d/app%d/%s", i/20, i, name)] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	for b.Loop() {
		apps, _ := Load(fsys, []string{"."}, Options{})
		for _, a := range apps {
			a.Channels(Proof{})
		}
	}
}
