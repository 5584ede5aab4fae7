package vault

import (
	"bytes"
	"errors"
	"io"

	"filippo.io/age"
)

// maxWrapped bounds what one age file may hold here. Wrapped things are keys
// and identities; anything longer was not written by us.
const maxWrapped = 64 << 10

// wrapTo encrypts a secret to one recipient as an age file. One file for each
// recipient, not one for all, so that a user can be removed without the others.
func wrapTo(recipient string, secret []byte) ([]byte, error) {
	r, err := age.ParseHybridRecipient(recipient)
	if err != nil {
		return nil, errors.New("the recipient is not an age hybrid recipient")
	}
	var b bytes.Buffer
	w, err := age.Encrypt(&b, r)
	if err != nil {
		return nil, err
	}
	if _, err := w.Write(secret); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return b.Bytes(), nil
}

// unwrap decrypts what wrapTo encrypted; its only error is errOpen, because
// the library's errors describe the file, and callers say which it was.
func unwrap(id *age.HybridIdentity, wrapped []byte) ([]byte, error) {
	r, err := age.Decrypt(bytes.NewReader(wrapped), id)
	if err != nil {
		return nil, errOpen
	}
	secret, err := io.ReadAll(io.LimitReader(r, maxWrapped+1))
	if err != nil || len(secret) > maxWrapped {
		return nil, errOpen
	}
	return secret, nil
}

// unwrapKey is unwrap for a symmetric key.
func unwrapKey(id *age.HybridIdentity, wrapped []byte) ([]byte, error) {
	k, err := unwrap(id, wrapped)
	if err != nil || len(k) != KeySize {
		return nil, errOpen
	}
	return k, nil
}
