package vaulttest_test

import (
	"testing"

	"asylon/internal/vault"
	"asylon/internal/vault/vaulttest"
)

func TestMemory(t *testing.T) {
	vaulttest.KeyStore(t, func(*testing.T) vault.KeyStore { return vaulttest.NewMemory() })
}
