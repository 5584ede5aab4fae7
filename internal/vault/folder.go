package vault

import (
	"fmt"
	"io"

	"asylon/internal/durable"
)

// KeyFileName is the name of the key file in an installation's folder.
const KeyFileName = "keys.json"

// InFolder is the key file in a folder, written durably. The folder stays the
// caller's to close, after the File is no longer used.
func InFolder(d *durable.Dir) Medium { return folder{d} }

type folder struct{ dir *durable.Dir }

// Read implements Medium. More than a key file may have is not read.
func (f folder) Read() (raw []byte, err error) {
	file, err := f.dir.Root().Open(KeyFileName)
	if err != nil {
		return nil, err
	}
	defer func() {
		if cerr := file.Close(); err == nil {
			err = cerr
		}
	}()
	raw, err = io.ReadAll(io.LimitReader(file, maxKeyFile+1))
	if err != nil {
		return nil, fmt.Errorf("read key file: %w", err)
	}
	return raw, nil
}

// Write implements Medium.
func (f folder) Write(raw []byte) error { return f.dir.WriteFile(KeyFileName, raw) }
