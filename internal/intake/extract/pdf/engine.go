package pdf

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// wasmPage is the bytes of a page of WebAssembly memory.
const wasmPage = 64 << 10

// errEngine marks errors after which PDFium must not be asked anything more.
var errEngine = errors.New("PDFium broke")

// engine is PDFium, compiled and ready. It lives in the child only.
type engine struct {
	pool pdfium.Pool
}

// newEngine compiles PDFium, or takes it from the cache, and limits its memory.
// A cache that cannot be used costs time, not the reader.
func newEngine(begin beginRequest) (*engine, error) {
	dir := trustedCache(begin.CacheDir)
	for range 2 {
		if dir == "" {
			break
		}
		cache, err := wazero.NewCompilationCacheWithDir(dir)
		if err != nil {
			break
		}
		if e, err := compile(begin.Memory, cache); err == nil {
			return e, nil
		}
		// What a crash or a full disk left behind is thrown away and made anew.
		if os.RemoveAll(dir) != nil {
			break
		}
		dir = trustedCache(begin.CacheDir)
	}
	return compile(begin.Memory, nil)
}

// trustedCache is the folder of compiled code within parent, made if need be.
// Compiled code is run as it is, so a folder that others may write to is not
// used.
func trustedCache(parent string) string {
	if parent == "" {
		return ""
	}
	dir := filepath.Join(parent, "pdfium")
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return ""
	}
	info, err := os.Stat(dir)
	if err != nil || !onlyOurs(info) {
		return ""
	}
	return dir
}

func compile(memory int64, cache wazero.CompilationCache) (*engine, error) {
	conf := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithMemoryLimitPages(uint32(memory / wasmPage))
	if cache != nil {
		conf = conf.WithCompilationCache(cache)
	}
	pool, err := webassembly.Init(webassembly.Config{
		Context:       withMemory(context.Background()),
		MaxTotal:      1,
		RuntimeConfig: conf,
		FSConfig:      wazero.NewFSConfig(), // an empty file system, not the host's
		Stdout:        io.Discard,           // the child's own carries the protocol
		Stderr:        io.Discard,           // may repeat what is in the document
	})
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	return &engine{pool: pool}, nil
}
