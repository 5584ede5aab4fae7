package accounts_test

import (
	"context"
	"testing"

	"asylon/internal/access/accesstest"
	"asylon/internal/accounts"
	"asylon/internal/store"
	"asylon/internal/vault"
	"asylon/internal/vault/vaulttest"
)

// TestKeyTables runs the vault's suite over the key tables of both engines.
func TestKeyTables(t *testing.T) {
	open := func(t *testing.T) vault.KeyStore {
		env := accesstest.Memory(t, []store.Room{accounts.Room()})
		// The suite runs within one transaction, which is rolled back at its end.
		ready, done := make(chan vault.KeyStore), make(chan struct{})
		finished := make(chan error, 1)
		go func() {
			finished <- env.DB.Write(context.Background(), func(tx *store.Tx) error {
				ready <- accounts.KeyTables(tx)
				<-done
				return nil
			})
		}()
		t.Cleanup(func() {
			close(done)
			if err := <-finished; err != nil {
				t.Error(err)
			}
		})
		return <-ready
	}
	vaulttest.KeyStore(t, open)
}
