package vault_test

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"filippo.io/age"
	"golang.org/x/crypto/argon2"
	"golang.org/x/crypto/chacha20poly1305"
	"golang.org/x/text/unicode/norm"
)

// This file opens the golden samples with nothing of package vault, by
// docs/formats/keyfile.md and sealing.md alone. If it had to be changed, the
// documents would have to be too.

// specLabel is label() of the documents.
func specLabel(fields ...string) string {
	var b []byte
	for _, f := range fields {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(f))), f...)
	}
	return string(b)
}

func specDerive(t *testing.T, key []byte, info string) []byte {
	k, err := hkdf.Key(sha256.New, key, nil, info, 32)
	must(t, err)
	return k
}

// specOpen opens nonce and ciphertext.
func specOpen(t *testing.T, key []byte, ad string, sealed []byte) []byte {
	t.Helper()
	aead, err := chacha20poly1305.NewX(key)
	must(t, err)
	plain, err := aead.Open(nil, sealed[:24], sealed[24:], []byte(ad))
	must(t, err)
	return plain
}

func specAge(t *testing.T, id age.Identity, wrap []byte) []byte {
	t.Helper()
	r, err := age.Decrypt(bytes.NewReader(wrap), id)
	must(t, err)
	plain, err := io.ReadAll(r)
	must(t, err)
	return plain
}

func specMAC(key, body []byte) []byte {
	h := hmac.New(sha256.New, key)
	h.Write(body)
	return h.Sum(nil)
}

type specKeys struct {
	Body json.RawMessage
	Tag  []byte
}

type specBody struct {
	Salt      []byte
	Authority struct {
		Epoch  int
		Former [][]byte
		Wraps  []specWrap
	}
	Users []struct {
		ID, Recipient string
		KDF           struct {
			Time, Memory uint32
			Threads      uint8
		}
		Identity, Pin []byte
	}
	Secrets []struct {
		Name  string
		Wraps []specWrap
	}
}

type specWrap struct {
	User string
	Age  []byte
}

// specRead reads one of the samples.
func specRead(t *testing.T, name string, into any) {
	t.Helper()
	raw, err := os.ReadFile(filepath.Join("testdata", "v1", name))
	must(t, err)
	must(t, json.Unmarshal(raw, into))
}

func TestKeyFileAsSpecified(t *testing.T) {
	var file specKeys
	var b specBody
	specRead(t, "keys.json", &file)
	must(t, json.Unmarshal(file.Body, &b))
	clo := b.Users[1]
	text, id := specIdentity(t, b, 1, cloLogin, cloWords)

	// Clo's pin is of epoch 1; the newest authority key is that of epoch 2.
	pin := specOpen(t, specDerive(t, text, specLabel("asylon/keys/1 pin")), specLabel("asylon/keys/1 pin", clo.ID), clo.Pin)
	if binary.BigEndian.Uint64(pin) != 1 || b.Authority.Epoch != 2 || b.Authority.Wraps[0].User != clo.ID {
		t.Fatal("the sample is not what it should be")
	}
	newest := specAge(t, id, b.Authority.Wraps[0].Age)
	former := specOpen(t, specDerive(t, newest, specLabel("asylon/keys/1 former")), specLabel("asylon/keys/1 former", "1"), b.Authority.Former[0])
	if !bytes.Equal(former, pin[8:]) {
		t.Error("the chain does not lead to the pin")
	}
	if !bytes.Equal(file.Tag, specMAC(specDerive(t, newest, specLabel("asylon/keys/1 tag")), file.Body)) {
		t.Error("the tag does not fit")
	}
	if got := specAge(t, id, b.Secrets[0].Wraps[1].Age); string(got) != "the key of the sample's database" {
		t.Errorf("the database key is %q", got)
	}
}

// specIdentity opens the identity of a user.
func specIdentity(t *testing.T, b specBody, i int, login, words string) ([]byte, *age.HybridIdentity) {
	u := b.Users[i]
	salt := sha256.Sum256([]byte(specLabel("asylon/keys/1 login", string(b.Salt), login)))
	key := argon2.IDKey(norm.NFKC.Bytes([]byte(words)), salt[:16], u.KDF.Time, u.KDF.Memory, u.KDF.Threads, 32)
	params := "t=" + strconv.Itoa(int(u.KDF.Time)) + ",m=" + strconv.Itoa(int(u.KDF.Memory)) + ",p=" + strconv.Itoa(int(u.KDF.Threads))
	text := specOpen(t, key, specLabel("asylon/keys/1 identity", u.ID, u.Recipient, "argon2id", params), u.Identity)
	id, err := age.ParseHybridIdentity(string(text))
	must(t, err)
	return text, id
}

func TestSealingAsSpecified(t *testing.T) {
	var file specKeys
	var b specBody
	var s tables
	specRead(t, "keys.json", &file)
	must(t, json.Unmarshal(file.Body, &b))
	specRead(t, "tables.json", &s)
	_, ann := specIdentity(t, b, 0, annLogin, annWords)
	keys := specEpochKeys(t, s, specAge(t, ann, s.Wraps[0].Wrap))

	opened := map[string][]byte{} // record keys by their id
	for _, r := range s.Keys {
		wrapping := specDerive(t, keys[r.Epoch].key, specLabel("asylon/record-key/1 member"))
		if r.Deposit != [16]byte{} {
			for _, d := range s.Deposits {
				if d.ID == r.Deposit {
					wrapping = specAge(t, keys[d.Epoch].pair, d.Wrap)
				}
			}
		}
		ad := specLabel("asylon/record-key/1", string(r.ID[:]), string(r.Entity), "identities", strconv.Itoa(r.Epoch), string(r.Deposit[:]))
		opened[string(r.ID[:])] = specOpen(t, wrapping, ad, r.Sealed[1:])
	}
	for _, p := range s.Parts {
		head := string(p.Sealed[:17]) // version and key id
		padded := specOpen(t, opened[head[1:]], specLabel("asylon/sealed-part/1", head, p.AD), p.Sealed[17:])
		plain := bytes.TrimRight(padded, "\x00")
		if len(padded)%64 != 0 || string(plain) != p.Plain+"\x80" {
			t.Errorf("opened %q, want %q", plain, p.Plain)
		}
	}
}

// specEpoch is an opened epoch.
type specEpoch struct {
	key  []byte
	pair *age.HybridIdentity
}

// specEpochKeys follows the chain from the newest key.
func specEpochKeys(t *testing.T, s tables, key []byte) map[int]specEpoch {
	out := map[int]specEpoch{}
	for i := len(s.Epochs) - 1; i >= 0; i-- {
		var e struct {
			Body  json.RawMessage
			Proof []byte
		}
		var body struct{ Identity, Commitment, Previous []byte }
		must(t, json.Unmarshal(s.Epochs[i].Record, &e))
		must(t, json.Unmarshal(e.Body, &body))
		n := strconv.Itoa(s.Epochs[i].Number)
		commitment := sha256.Sum256([]byte(specLabel("asylon/epoch/1 commitment", "identities", n, string(key))))
		if !bytes.Equal(commitment[:], body.Commitment) || !bytes.Equal(e.Proof, specMAC(specDerive(t, key, specLabel("asylon/epoch/1 proof")), e.Body)) {
			t.Fatalf("epoch %s is not proven", n)
		}
		l := specLabel("asylon/epoch/1 identity", "identities", n)
		pair, err := age.ParseHybridIdentity(string(specOpen(t, specDerive(t, key, l), l, body.Identity)))
		must(t, err)
		out[s.Epochs[i].Number] = specEpoch{key, pair}
		if i > 0 {
			l = specLabel("asylon/epoch/1 previous", "identities", n)
			key = specOpen(t, specDerive(t, key, l), l, body.Previous)
		}
	}
	return out
}
