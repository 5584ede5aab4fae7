package vault_test

import (
	"context"
	"flag"
	"testing"

	"asylon/internal/fault"
	"asylon/internal/record"
	"asylon/internal/vault"
	"asylon/internal/vault/vaulttest"
)

var update = flag.Bool("update", false, "write the golden samples anew")

// cheap is a derivation for tests only: a thief would be through in no time.
var cheap = vault.KDF{Time: 1, Memory: 8, Threads: 1}

const (
	annLogin = "ann.noh"
	annWords = "otter plum canyon quiz lilac honest"
	benLogin = "ben-baek"
	benWords = "velvet wagon ginger sonata puffin moss"
	cloLogin = "클로이"
	cloWords = "오늘은 강가에 눈이 온다"
)

// tb is a *testing.T, a *testing.B or a *rapid.T.
type tb interface {
	Helper()
	Fatal(...any)
	Fatalf(string, ...any)
}

// must stops a test at an unexpected error.
func must(t tb, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// wantKind checks what kind of fault an error is.
func wantKind(t tb, err error, k fault.Kind) {
	t.Helper()
	if !fault.Is(err, k) {
		t.Fatalf("got error %v, want one of kind %q", err, k)
	}
}

// office is an installation with its key file and key store in memory.
type office struct {
	medium *vaulttest.Medium
	file   *vault.File
	keys   *vaulttest.Memory
	ann    *vault.Unlocked
	ctx    context.Context
}

// newOffice makes an installation whose first user is Ann.
func newOffice(t testing.TB) *office {
	t.Helper()
	o := &office{medium: vaulttest.NewMedium(nil), keys: vaulttest.NewMemory(), ctx: context.Background()}
	var err error
	o.file, o.ann, err = vault.Create(o.ctx, o.medium, vault.NewDeriver(), cheap, annLogin, annWords)
	must(t, err)
	return o
}

// unlock signs somebody in.
func (o *office) unlock(t testing.TB, login, words string) *vault.Unlocked {
	t.Helper()
	u, err := o.file.Unlock(o.ctx, login, words)
	must(t, err)
	t.Cleanup(u.Close)
	return u
}

// hire adds a user and signs them in.
func (o *office) hire(t testing.TB, login, words string, secrets ...vault.SecretName) *vault.Unlocked {
	t.Helper()
	_, err := o.ann.AddUser(o.ctx, login, words, secrets...)
	must(t, err)
	return o.unlock(t, login, words)
}

// raw is the key file's bytes.
func (o *office) raw(t testing.TB) []byte {
	t.Helper()
	raw, err := o.medium.Read()
	must(t, err)
	return raw
}

// reopen reads a key file as a new process would.
func reopen(raw []byte) (*vault.File, error) {
	return vault.Open(vaulttest.NewMedium(raw), vault.NewDeriver())
}

// ring makes the keyring of u.
func ring(t testing.TB, u *vault.Unlocked) *vault.Keyring {
	t.Helper()
	k := vault.NewKeyring(u)
	t.Cleanup(k.Close)
	return k
}

const (
	person  = record.ID("k3vqhy2mdrwzt5ae.c523.a2")
	another = record.ID("k3vqhy2mdrwzt5ae.c523.a3")
)
