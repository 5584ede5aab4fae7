package linkage

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
)

// Scratch is room on disk for what does not fit the memory: a new file that
// nobody else sees. The package writes it once from the beginning, then reads
// it, and closes it; the caller removes it on Close.
type Scratch interface {
	io.Writer
	io.ReaderAt
	io.Closer
}

// A linkStore keeps links in the order they come: in memory as long as the
// budget allows, then in scratch files.
type linkStore struct {
	budget  int // links kept in memory
	scratch func() (Scratch, error)

	memory  []link
	file    Scratch
	out     *bufio.Writer
	spilled int64
}

const linkBytes = 12

func (s *linkStore) add(links []link) error {
	room := max(0, s.budget-len(s.memory))
	if s.file == nil && (len(links) <= room || s.scratch == nil) {
		s.memory = append(s.memory, links...)
		return nil
	}
	if s.file == nil {
		f, err := s.scratch()
		if err != nil {
			return fmt.Errorf("make room on disk for links: %w", err)
		}
		s.file, s.out = f, bufio.NewWriterSize(f, 1<<18)
	}
	var b [linkBytes]byte
	for _, l := range links {
		binary.LittleEndian.PutUint32(b[0:], l.a)
		binary.LittleEndian.PutUint32(b[4:], l.b)
		binary.LittleEndian.PutUint32(b[8:], math.Float32bits(l.weight))
		if _, err := s.out.Write(b[:]); err != nil {
			return fmt.Errorf("write links to disk: %w", err)
		}
	}
	s.spilled += int64(len(links))
	return nil
}

func (s *linkStore) len() int64 { return int64(len(s.memory)) + s.spilled }

// each calls f for all links in the order they were added.
func (s *linkStore) each(f func(link) error) error {
	for _, l := range s.memory {
		if err := f(l); err != nil {
			return err
		}
	}
	if s.file == nil {
		return nil
	}
	if err := s.out.Flush(); err != nil {
		return fmt.Errorf("write links to disk: %w", err)
	}
	in := bufio.NewReaderSize(io.NewSectionReader(s.file, 0, s.spilled*linkBytes), 1<<18)
	var b [linkBytes]byte
	for range s.spilled {
		if _, err := io.ReadFull(in, b[:]); err != nil {
			return fmt.Errorf("read links back from disk: %w", err)
		}
		l := link{binary.LittleEndian.Uint32(b[0:]), binary.LittleEndian.Uint32(b[4:]), math.Float32frombits(binary.LittleEndian.Uint32(b[8:]))}
		if err := f(l); err != nil {
			return err
		}
	}
	return nil
}

// order puts the links that weigh most first, if all are in memory; otherwise
// they stay as they came.
func (s *linkStore) order() {
	if s.file == nil {
		slices.SortFunc(s.memory, func(x, y link) int {
			return cmp.Or(cmp.Compare(y.weight, x.weight), cmp.Compare(x.a, y.a), cmp.Compare(x.b, y.b))
		})
	}
}

func (s *linkStore) close() error {
	if s.file == nil {
		return nil
	}
	err := s.file.Close()
	s.file = nil
	if err != nil {
		return errors.Join(errors.New("close the room on disk"), err)
	}
	return nil
}
