package symptom

import "testing"

func TestCauseMarksTheWords(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ text, words string }{
		{"first\n[12:00] Error: \\\"wrong   version number\\\" in x\nlast ssl://smtp.example.com:587", "wrong   version number"},
		{"\x1b[31mdial tcp: lookup smtp.example.org: no such host\x1b[0m", "no such host"},
		{"{\"error\":\"a\\nGreeting never received\\n at\"}", "Greeting never received"},
		{"  535 5.7.8 Username and Password not accepted", "Username and Password not accepted"},
	} {
		r := Read(c.text)
		if len(r.Causes) == 0 {
			t.Errorf("Read(%q) finds nothing", c.text)
			continue
		}
		got := r.Causes[0]
		if words := got.Text[got.From:got.To]; words != c.words {
			t.Errorf("Read(%q) marks %q in %q, want %q", c.text, words, got.Text, c.words)
		}
	}
}
