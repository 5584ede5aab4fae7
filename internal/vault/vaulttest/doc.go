// Package vaulttest helps to test what stands on package vault: a conformance
// suite for implementations of vault.KeyStore, and a key store and a medium in
// memory. It is not for production; what is in memory only is lost.
//
//	func TestKeys(t *testing.T) {
//		vaulttest.KeyStore(t, func(t *testing.T) vault.KeyStore { return openStore(t) })
//	}
package vaulttest
