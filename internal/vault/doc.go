// Package vault holds the keys of an installation and nothing else: who can
// open it, what they can open, and the sealing and opening itself.
//
// It knows three things. The key file (keys.json) is small, lies outside the
// database, and holds each user's age identity under a passphrase and each
// secret of the installation (the database key, journal signing keys, the
// inbox) encrypted to the users who may have it. Compartments are groups of
// people who can read a class of content; each has a random key per epoch, and
// a documenter who is not a member can still seal into one. Record keys, one
// for each entity, compartment and epoch, seal the parts of journal entries;
// destroying them is erasure.
//
// It is not for deciding who should be a member or may open what (that is
// policy and access), for storing rows (the store packages implement
// KeyStore), or for content (it sees bytes and associated data). It logs
// nothing, and its errors carry no secret.
//
// No primitive is made here: filippo.io/age (hybrid X25519 and ML-KEM-768
// identities), Argon2id and XChaCha20-Poly1305 of golang.org/x/crypto, and
// HKDF and HMAC with SHA-256 of the standard library. Randomness is always
// crypto/rand and cannot be passed in: a test that could choose a nonce would
// be a door for anyone else to choose it. The formats are specified in
// docs/formats/keyfile.md and docs/formats/sealing.md.
//
// Use:
//
//	file, err := vault.Open(medium, vault.NewDeriver())
//	user, err := file.Unlock(ctx, login, passphrase)
//	defer user.Close()
//	dbKey, err := user.Secret(vault.DatabaseSecret)
//	ring := vault.NewKeyring(user)
//	defer ring.Close()
//	sealer, err := ring.Sealer(ctx, keys, record.Identities, person)
//	sealed, err := sealer.Seal(associatedData, plaintext)
package vault
