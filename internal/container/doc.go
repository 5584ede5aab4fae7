// Package container opens containers that strangers made (zip archives, MIME
// messages, WARC files) and hands out what is in them within stated limits.
//
// Everything that arrives at a case office may be hostile: a four-megabyte zip
// that unfolds to four gigabytes, a message with a hundred thousand parts, a
// name that points outside the folder it is unpacked to. The readers here stop
// at a limit and say which one, where, and how far the input went beyond it;
// they never allocate by a number that the input states.
//
// The package does not interpret what it finds: the text of a document is the
// business of package intake/extract, and what a file type is, of its caller.
// It never writes to a disk.
//
//	z, err := container.OpenZip(f, size, container.DefaultLimits())
//	if err != nil {
//		return err
//	}
//	for _, name := range z.Names() {
//		r, err := z.Open(name)
//		...
//	}
package container
