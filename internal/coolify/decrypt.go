// Package coolify reads the mail settings of a Coolify installation as its
// database holds them: it decrypts what Laravel encrypted, says which way to send
// is in force for the instance and for each team, and what the release that runs
// makes of the stored values. It opens nothing, runs nothing and prints no secret;
// whoever calls it hands in the rows and the keys.
package coolify

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"
)

// What keeps a value from being read. Laravel's own words stand behind each.
var (
	ErrNotPayload    = errors.New("not a value that Laravel encrypted") // The payload is invalid.
	ErrWrongKey      = errors.New("encrypted with another APP_KEY")     // The MAC is invalid.
	ErrCannotDecrypt = errors.New("damaged, or of another cipher")      // Could not decrypt the data.
)

// keySize is that of AES-256, Coolify's fixed cipher (config/app.php).
const keySize = 32

// Key is an APP_KEY. It prints as <key>; the zero Key opens nothing.
type Key struct{ secret *[keySize]byte }

// Format keeps the key out of every verb.
func (Key) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "<key>") }

// MarshalJSON keeps the key out of JSON.
func (Key) MarshalJSON() ([]byte, error) { return []byte(`"<key>"`), nil }

// ParseKeys reads APP_KEY and the comma separated APP_PREVIOUS_KEYS, in the order
// in which Laravel tries them. Both may be empty.
func ParseKeys(appKey, previous string) ([]Key, error) {
	var keys []Key
	for i, s := range append([]string{appKey}, strings.Split(previous, ",")...) {
		s = strings.Trim(strings.TrimSpace(s), `"'`)
		if s == "" {
			continue
		}
		k, err := parseKey(s)
		if err != nil {
			name := "APP_KEY"
			if i > 0 {
				name = "number " + strconv.Itoa(i) + " of APP_PREVIOUS_KEYS"
			}
			return nil, fmt.Errorf("%s %w", name, err)
		}
		keys = append(keys, k)
	}
	return keys, nil
}

// parseKey reads base64:..., or 32 characters that are the key themselves.
func parseKey(s string) (Key, error) {
	raw := []byte(s)
	if text, ok := strings.CutPrefix(s, "base64:"); ok {
		var err error
		if raw, err = decode64(text); err != nil {
			return Key{}, errors.New("is not base64; copy the whole line from Coolify's .env")
		}
	}
	if len(raw) != keySize {
		return Key{}, fmt.Errorf("does not hold %d bytes; copy the whole line from Coolify's .env", keySize)
	}
	return Key{(*[keySize]byte)(raw)}, nil
}

// sealed is what Laravel stores, as base64 of JSON.
type sealed struct {
	IV    *string `json:"iv"`
	Value *string `json:"value"`
	MAC   *string `json:"mac"`
	Tag   string  `json:"tag"`
}

// unseal takes a payload apart, without a key.
func unseal(payload string) (s sealed, iv []byte, err error) {
	text, err := decode64(payload)
	if err != nil {
		return s, nil, ErrNotPayload
	}
	if json.Unmarshal(text, &s) != nil || s.IV == nil || s.Value == nil || s.MAC == nil {
		return s, nil, ErrNotPayload
	}
	if iv, err = decode64(*s.IV); err != nil || len(iv) != aes.BlockSize {
		return s, nil, ErrNotPayload
	}
	return s, iv, nil
}

// Decrypt opens a value of an encrypted column, with the first key whose MAC
// fits. An empty column is an empty value. It is Laravel's Encrypter with
// AES-256-CBC: the MAC is HMAC-SHA256 over the two base64 texts, with the same key.
func Decrypt(payload string, keys []Key) (string, error) {
	if payload == "" {
		return "", nil
	}
	s, iv, err := unseal(payload)
	if err != nil {
		return "", err
	}
	if s.Tag != "" { // of a GCM cipher, which this one is not
		return "", ErrCannotDecrypt
	}
	for _, k := range keys {
		if k.secret == nil || !hmac.Equal([]byte(*s.MAC), []byte(k.mac(*s.IV+*s.Value))) {
			continue
		}
		return k.open(iv, *s.Value)
	}
	return "", ErrWrongKey
}

func (k Key) mac(text string) string {
	h := hmac.New(sha256.New, k.secret[:])
	h.Write([]byte(text))
	return hex.EncodeToString(h.Sum(nil))
}

func (k Key) open(iv []byte, value string) (string, error) {
	text, err := decode64(value)
	if err != nil || len(text) == 0 || len(text)%aes.BlockSize != 0 {
		return "", ErrCannotDecrypt
	}
	block, err := aes.NewCipher(k.secret[:])
	if err != nil {
		return "", ErrCannotDecrypt
	}
	cipher.NewCBCDecrypter(block, iv).CryptBlocks(text, text)
	pad := int(text[len(text)-1]) // PKCS #7 (RFC 5652 6.3)
	if pad == 0 || pad > aes.BlockSize {
		return "", ErrCannotDecrypt
	}
	for _, b := range text[len(text)-pad:] {
		if int(b) != pad {
			return "", ErrCannotDecrypt
		}
	}
	return unserialize(string(text[:len(text)-pad])), nil
}

// unserialize takes off what encrypt() with PHP's serialization puts around a
// text; the columns of settings come without it.
func unserialize(s string) string {
	rest, ok := strings.CutPrefix(s, "s:")
	if !ok {
		return s
	}
	n, rest, ok := strings.Cut(rest, ":")
	if size, err := strconv.Atoi(n); !ok || err != nil || len(rest) != size+len(`"";`) || rest[0] != '"' || !strings.HasSuffix(rest, `";`) {
		return s
	}
	return rest[1 : len(rest)-2]
}

// decode64 reads base64 as leniently as PHP does: blanks and missing padding do
// not matter.
func decode64(s string) ([]byte, error) {
	s = strings.Map(func(r rune) rune {
		if strings.ContainsRune(" \t\r\n", r) {
			return -1
		}
		return r
	}, s)
	return base64.RawStdEncoding.DecodeString(strings.TrimRight(s, "="))
}
