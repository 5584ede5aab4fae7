package extract

import (
	"fmt"
	"strings"

	"asylon/internal/fault"
)

// readText reads plain text: its encoding is found out, its line ends become
// "\n", its form feeds end pages. Nothing else changes; the spacing of a text is
// part of what a quote can be found by.
func readText(in Input, opt Options, res *Result) error {
	data, err := readAll(in)
	if err != nil {
		return err
	}
	d, err := decodeText(data, in.Encoding, "")
	if err != nil {
		return err
	}
	if n := strings.Count(d.text, "\x00"); n > 0 {
		// The start looked like text, or the user named an encoding that these
		// bytes are not in.
		if n*1000 > len(d.text) {
			return fault.Wrap(fault.KindInvalid, ErrDamaged, named(
				"this is not text: it has zero bytes throughout", in.Name)+"; open it in the program that made it and save it as text, or choose its encoding")
		}
		d.warnings = append(d.warnings, fmt.Sprintf("%d zero bytes among the text were left out", n))
	}
	res.take(d)
	p := pager{res: res, lim: opt.Limits}
	p.add(d.text, "")
	return nil
}

// take notes how the text of the document was decoded.
func (res *Result) take(d decoded) {
	res.Encoding, res.EncodingGuessed = d.encoding, d.guessed
	res.Warnings = append(res.Warnings, d.warnings...)
}

// readAll reads the original into memory; its size was judged before.
func readAll(in Input) ([]byte, error) {
	data := make([]byte, in.Size)
	if n, err := in.R.ReadAt(data, 0); int64(n) < in.Size {
		return nil, shortRead(err)
	}
	return data, nil
}
