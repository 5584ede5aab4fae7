// Package blob keeps files (documents, photographs, recordings) encrypted in a
// folder: one standard age file each, under a random name and padded to one of
// few sizes, so that neither the name, the length nor the bytes of what lies
// there tell a thief anything.
//
// Each blob has a key of its own. [Dir.Put] returns it in a [Ref] and keeps no
// copy; the caller stores the Ref where it is protected and erasable, in a part
// of a journal entry. Erasing the key there makes the blob unreadable for ever,
// in backups too. The package knows nothing of who may read what, finds no
// duplicates (equal content gives unequal files, on purpose), and does not
// choose what to delete.
//
//	ref, err := dir.Put(ctx, upload, 512<<20)
//	if err != nil {
//		return err
//	}
//	f, err := dir.Open(ctx, ref)
//
// The format is specified in docs/formats/blob.md and opens with the stock age
// program from version 1.3 on.
package blob
