package coolify

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
)

// The throw-away key and the values that Laravel's own class made with it.
const (
	testKey  = "base64:oRHWZhtZ/rd8EROBQLpbXWgKihTdKRHNj154Q42kIIw="
	otherKey = "base64:AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="
	brevo    = "eyJpdiI6ImoreU9aMFVYZmZFMXpoQ25qVHIvSGc9PSIsInZhbHVlIjoiRmNTUThQcm9RazFaQ2RwMHpEb2ZoZEFUR2Y1WXVJb0ZidUozQVZyMEd0UT0iLCJtYWMiOiJiZmQwMjcxOTUxMGJmOTBiZjBhNTY4Mzk0NjUwMmRhNTFlNDE3MjgzYzMxYWY3YmFlMzFkOGUyMzY3MmJjMjFmIiwidGFnIjoiIn0="
	umlauts  = "eyJpdiI6IkhPMTJuZEVVK2RFL1VCZ1pnaU1sY2c9PSIsInZhbHVlIjoiTURkYmVrWForVTJOcTMwaXZBSE9VRyt6RUtQQVc5bHVMNU1KQUdSalRDRT0iLCJtYWMiOiJjZjQ0MDQ0NTUzODRkNDY1YjhkM2IzYTA1YjA2NmRlMmEyNDM2MmFjZDY4Y2ZiZmUxOTNiZmNhOTU1ZjVmNTllIiwidGFnIjoiIn0="
	nothing  = "eyJpdiI6IkozWG11dXZMTS9tMlZscFNMUTFkZmc9PSIsInZhbHVlIjoiQlVkY1YzMCs3MzZ1cCs2bG11dk5OZz09IiwibWFjIjoiM2M0ODRlODdlYTZiZDAyNzRiNTA5NzFhMWE2ZmY5YTc2MGNiMjQzMTEyNWNlM2Y5Mzk0ZGJmNjczZmE2ZTg3NCIsInRhZyI6IiJ9"
	reTest   = "eyJpdiI6IjZqR2xacTNsZ1dGTnJqcFF3Rml3cmc9PSIsInZhbHVlIjoielhkMktGbWdXd3pkTkVDS0Z6eGNUZz09IiwibWFjIjoiODdhZDI1NzA3ZWUwYjlmZjc5M2RmYTdiN2QxODFlMTg2OTcxY2EwODMzNWUyM2ZiMTA4ZDFlYmEwMzRjMmU0NyIsInRhZyI6IiJ9"
	phpForm  = "eyJpdiI6IlRydzVjM1NDcGpWN1JaRjNYdlJsK1E9PSIsInZhbHVlIjoidng1cjBjUndtak9FaEtyVitIakNNcXhvVFAxZFovM1pkRkowdVphVGIxcz0iLCJtYWMiOiJmNjhkZWZiMDYyNTM4MzBjMDk1OTUwYWEyNWYwZjkxNDQ4YWZlZTA4MTM2YTNmYzQ1OWJjNWFlMWI5MmZhOWZiIiwidGFnIjoiIn0="
)

func keys(t testing.TB, appKey, previous string) []Key {
	t.Helper()
	k, err := ParseKeys(appKey, previous)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

// seal is Laravel's encrypt, with an IV of one's own.
func seal(t testing.TB, k Key, text string, iv byte) string {
	t.Helper()
	return sealRaw(t, k, pkcs7(text), bytes.Repeat([]byte{iv}, aes.BlockSize), "")
}

func pkcs7(text string) []byte {
	n := aes.BlockSize - len(text)%aes.BlockSize
	return append([]byte(text), bytes.Repeat([]byte{byte(n)}, n)...)
}

func sealRaw(t testing.TB, k Key, padded, iv []byte, tag string) string {
	t.Helper()
	block, err := aes.NewCipher(k.secret[:])
	if err != nil {
		t.Fatal(err)
	}
	out := bytes.Clone(padded)
	cipher.NewCBCEncrypter(block, iv).CryptBlocks(out, out)
	i, v := base64.StdEncoding.EncodeToString(iv), base64.StdEncoding.EncodeToString(out)
	j, err := json.Marshal(map[string]string{"iv": i, "value": v, "mac": k.mac(i + v), "tag": tag})
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(j)
}

// changed is a payload with one field changed.
func changed(t *testing.T, payload, field, value string) string {
	t.Helper()
	text, err := base64.StdEncoding.DecodeString(payload)
	if err != nil {
		t.Fatal(err)
	}
	m := map[string]string{}
	if err := json.Unmarshal(text, &m); err != nil {
		t.Fatal(err)
	}
	m[field] = value
	if value == "-" {
		delete(m, field)
	}
	text, err = json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return base64.StdEncoding.EncodeToString(text)
}

func TestDecrypt(t *testing.T) {
	t.Parallel()
	own := keys(t, testKey, "")
	iv := bytes.Repeat([]byte{7}, aes.BlockSize)
	for _, c := range []struct {
		name, payload string
		keys          []Key
		want          string
		err           error
	}{
		{"host", brevo, own, "smtp-relay.brevo.com", nil},
		{"umlauts and quotes", umlauts, own, `pässwörd $1"'/`, nil},
		{"emptied field", nothing, own, "", nil},
		{"key", reTest, own, "re_test_000", nil},
		{"serialized", phpForm, own, "smtp-relay.brevo.com", nil},
		{"NULL", "", own, "", nil},
		{"wrapped lines", brevo[:76] + "\r\n" + brevo[76:] + "\n", own, "smtp-relay.brevo.com", nil},
		{"padding left out", strings.TrimRight(brevo, "="), own, "smtp-relay.brevo.com", nil},
		{"no tag", changed(t, brevo, "tag", "-"), own, "smtp-relay.brevo.com", nil},
		{"previous key", brevo, keys(t, otherKey, " "+otherKey+", "+testKey), "smtp-relay.brevo.com", nil},
		{"wrong key", brevo, keys(t, otherKey, ""), "", ErrWrongKey},
		{"no key", brevo, nil, "", ErrWrongKey},
		{"zero key", brevo, []Key{{}}, "", ErrWrongKey},
		{"plain text", "smtp-relay.brevo.com", own, "", ErrNotPayload},
		{"base64 of something else", "aGVsbG8=", own, "", ErrNotPayload},
		{"no MAC", changed(t, brevo, "mac", "-"), own, "", ErrNotPayload},
		{"short IV", changed(t, brevo, "iv", "AAAA"), own, "", ErrNotPayload},
		{"IV of another value", changed(t, brevo, "iv", base64.StdEncoding.EncodeToString(iv)), own, "", ErrWrongKey},
		{"value of another one", changed(t, brevo, "value", "zXd2KFmgWwzdNECKFzxcTg=="), own, "", ErrWrongKey},
		{"MAC in capitals", changed(t, brevo, "mac", "BFD02719510BF90BF0A5683946502DA51E417283C31AF7BAE31D8E23672BC21F"), own, "", ErrWrongKey},
		{"tag of a GCM cipher", changed(t, brevo, "tag", "AAAAAAAAAAAAAAAAAAAAAA=="), own, "", ErrCannotDecrypt},
		{"padding of zeros", sealRaw(t, own[0], make([]byte, 16), iv, ""), own, "", ErrCannotDecrypt},
		{"padding of two kinds", sealRaw(t, own[0], append(bytes.Repeat([]byte{'a'}, 14), 1, 2), iv, ""), own, "", ErrCannotDecrypt},
		{"no block", sealRaw(t, own[0], nil, iv, ""), own, "", ErrCannotDecrypt},
		{"looks serialized", seal(t, own[0], `s:3:"abcd";`, 1), own, `s:3:"abcd";`, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := Decrypt(c.payload, c.keys)
			if got != c.want || !errors.Is(err, c.err) {
				t.Errorf("got %q, %v; want %q, %v", got, err, c.want, c.err)
			}
		})
	}
}

func TestParseKeys(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		name, key, previous string
		n                   int
		err                 string
	}{
		{"one", testKey, "", 1, ""},
		{"quotes and blanks", ` "` + testKey + `" `, "", 1, ""},
		{"with earlier ones", testKey, otherKey + "," + testKey, 3, ""},
		{"earlier ones alone", "", otherKey, 1, ""},
		{"32 characters", strings.Repeat("k", 32), "", 1, ""},
		{"none", "", "", 0, ""},
		{"too short", "base64:AAAA", "", 0, "APP_KEY does not hold 32 bytes"},
		{"no base64", "base64:%%", "", 0, "APP_KEY is not base64"},
		{"earlier one is cut", testKey, otherKey + ",base64:AAAA", 0, "number 2 of APP_PREVIOUS_KEYS does not hold"},
	} {
		t.Run(c.name, func(t *testing.T) {
			t.Parallel()
			got, err := ParseKeys(c.key, c.previous)
			if len(got) != c.n || (err == nil) != (c.err == "") || err != nil && !strings.Contains(err.Error(), c.err) {
				t.Errorf("got %d keys, %v; want %d, %q", len(got), err, c.n, c.err)
			}
			if err != nil && (strings.Contains(err.Error(), "AAAA") || strings.Contains(err.Error(), "%%")) {
				t.Errorf("the error quotes the key: %v", err)
			}
		})
	}
}

// TestKeyDoesNotPrint: no verb and no JSON gives the key away, also not from
// within another value.
func TestKeyDoesNotPrint(t *testing.T) {
	t.Parallel()
	o := Options{Keys: keys(t, testKey, "")}
	j, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	for _, s := range []string{fmt.Sprintf("%v %+v %#v", o, o, o), fmt.Sprintf("%v %x %d %s %q", o.Keys, o.Keys[0], o.Keys, o.Keys, o.Keys[0]), string(j)} {
		if strings.Contains(s, "oRHW") || strings.Contains(s, "a111d6") || strings.Contains(s, "161 17") {
			t.Errorf("the key is in %q", s)
		}
	}
}

// FuzzDecrypt: what was sealed comes back with its key and with no other; a
// changed byte is never read as something else; nothing panics.
func FuzzDecrypt(f *testing.F) {
	for _, s := range []string{brevo, umlauts, nothing, phpForm, "", "plain", `s:2:"x";`} {
		f.Add(s, byte(1), 5)
	}
	own, other := keys(f, testKey, ""), keys(f, otherKey, "")
	f.Fuzz(func(t *testing.T, text string, iv byte, at int) {
		_, _ = Decrypt(text, own)
		payload := seal(t, own[0], text, iv)
		got, err := Decrypt(payload, append(other, own...))
		if err != nil || got != unserialize(text) {
			t.Fatalf("got %q, %v; want %q", got, err, text)
		}
		if _, err := Decrypt(payload, other); !errors.Is(err, ErrWrongKey) {
			t.Fatalf("another key gives %v", err)
		}
		b := []byte(payload)
		if i := at % len(b); i >= 0 {
			b[i] ^= 1
			if got, err := Decrypt(string(b), own); err == nil && got != unserialize(text) {
				t.Fatalf("byte %d changed, and %q is read", i, got)
			}
		}
	})
}
