// Package durable writes files so that a power cut, a full disk or a killed
// process leaves either the old file or the new one, whole, and so that what
// was reported as written is still there afterwards.
//
// A file is written under a temporary name in its own folder, flushed to the
// disk, renamed over its final name, and the folder is flushed too; without the
// last step a rename may be forgotten, without the first flush it may be
// remembered before the bytes are. Files are readable by their owner only
// (0600), folders likewise (0700). Everything happens inside an [os.Root], so
// no name and no symbolic link leads out of the folder.
//
// The package also holds the lock by which one process owns a folder, and the
// reserve file that keeps deletion possible on a full disk. It is not for files
// that grow in place, such as databases.
//
//	dir, err := durable.MakeDir(path)
//	if err != nil {
//		return err
//	}
//	defer dir.Close()
//	return dir.WriteFile("keys.age", data)
package durable
