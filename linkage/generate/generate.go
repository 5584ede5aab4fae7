package generate

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
)

// Options say what to make.
type Options struct {
	People int
	Seed   uint64
	// Lists are the names of the lists to make, as Lists returns them; none
	// means all.
	Lists []string
	// Coverage multiplies the share of the people that each list knows; 0
	// means 1, with about two records a person over all lists.
	Coverage float64
}

// Lists returns the names of all lists.
func Lists() []string {
	var list []string
	for _, s := range sources {
		list = append(list, s.name)
	}
	return list
}

// FormOf returns how a list writes names; "" if there is no such list.
func FormOf(list string) Form {
	for _, s := range sources {
		if s.name == list {
			return s.form
		}
	}
	return ""
}

// Summary counts what was made.
type Summary struct {
	People  int // that are in at least one list
	Records map[string]int
}

// Write makes the lists as CSV, each into the writer that create returns for
// its name; it closes them. The column "person" holds the truth. The same
// options make the same bytes.
func Write(o Options, create func(list string) (io.WriteCloser, error)) (Summary, error) {
	sum := Summary{Records: make(map[string]int)}
	if o.People < 1 {
		return sum, errors.New("there must be at least one person to make lists of")
	}
	if o.Coverage == 0 {
		o.Coverage = 1
	}
	chosen, err := choose(o.Lists)
	if err != nil {
		return sum, err
	}
	// People and records have streams of their own, so that a person is the
	// same whichever lists are made.
	people := newPopulation(rand.New(rand.NewPCG(o.Seed, 1)))
	open := make([]*list, 0, len(chosen))
	var errs []error
	for _, s := range chosen {
		l, err := newList(s, o.Seed, create)
		if err != nil {
			errs = append(errs, err)
			break
		}
		open = append(open, l)
	}
	for range o.People {
		if len(errs) > 0 {
			break
		}
		x := people.draw()
		seen := false
		for _, l := range open {
			n, err := l.add(x, o.Coverage)
			if err != nil {
				errs = append(errs, err)
				break
			}
			seen = seen || n > 0
			sum.Records[l.source.name] += n
		}
		if seen {
			sum.People++
		}
	}
	for _, l := range open {
		errs = append(errs, l.close())
	}
	return sum, errors.Join(errs...)
}

func choose(names []string) ([]*source, error) {
	if len(names) == 0 {
		names = Lists()
	}
	var out []*source
	for _, name := range names {
		found := false
		for i := range sources {
			if sources[i].name == name {
				out = append(out, &sources[i])
				found = true
			}
		}
		if !found {
			return nil, fmt.Errorf("there is no list %q; there are %v", name, Lists())
		}
	}
	return out, nil
}

// A list is being written.
type list struct {
	source *source
	file   io.WriteCloser
	out    *csv.Writer
	rng    *rand.Rand
	next   int
}

func newList(s *source, seed uint64, create func(string) (io.WriteCloser, error)) (*list, error) {
	f, err := create(s.name)
	if err != nil {
		return nil, fmt.Errorf("create list %s: %w", s.name, err)
	}
	stream := uint64(2)
	for i := range sources {
		if &sources[i] == s {
			stream += uint64(i)
		}
	}
	l := &list{source: s, file: f, out: csv.NewWriter(f), rng: rand.New(rand.NewPCG(seed, stream))}
	if err := l.out.Write(header); err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return l, nil
}

// add writes the person's records, none if the list does not know him or her.
func (l *list) add(x *person, coverage float64) (int, error) {
	// One number decides, whatever happens in the record, so that the stream
	// stays in step.
	known := l.rng.Float64() < min(1, l.source.rate*coverage)
	again := l.rng.Float64() < l.source.twice
	n := 0
	for known && (n == 0 || again && n == 1) {
		l.next++
		if err := l.out.Write(l.source.record(x, l.rng, fmt.Sprintf("%s-%d", l.source.name, l.next))); err != nil {
			return n, fmt.Errorf("write list %s: %w", l.source.name, err)
		}
		n++
	}
	return n, nil
}

func (l *list) close() error {
	l.out.Flush()
	return errors.Join(l.out.Error(), l.file.Close())
}
