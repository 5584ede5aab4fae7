package cli

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"asylon/internal/access"
	"asylon/internal/advocacy"
	"asylon/internal/durable"
	"asylon/internal/fault"
	"asylon/internal/policy"
)

type letterCmd struct {
	Dir string `arg:"" help:"The installation's folder."`
	onDir
	File string `required:"" help:"JSON file with the letter; see docs/formats/letters.md." placeholder:"F.json"`
	Out  string `required:"" help:"File to write: .html, .md or .pdf." placeholder:"F.{html,md,pdf}"`
}

func (c *letterCmd) dir() (string, onDir) { return c.Dir, c.onDir }

// letterOut is what asylon letter prints.
type letterOut struct {
	Name    string       `json:"name"`
	SHA256  string       `json:"sha256"` // of the file written
	Refused []refusalOut `json:"refused"`
	Missing string       `json:"missing,omitempty"` // characters that the PDF could not set
}

type refusalOut struct {
	advocacy.Refusal
	Text string `json:"text"`
}

// maxLetterFile bounds the input in bytes.
const maxLetterFile = 4 << 20

// run freezes the letter of a file and writes it out, in one transaction with
// the audit entry that says so.
func (c *letterCmd) run(ctx context.Context, w *work) error {
	form := strings.TrimPrefix(filepath.Ext(c.Out), ".")
	if form != "html" && form != "md" && form != "pdf" {
		return fmt.Errorf("%w: --out must end in .html, .md or .pdf", errUsage)
	}
	content, err := readLetterFile(w.path(c.File))
	if err != nil {
		return err
	}
	// What leaves the house is an export, whoever wrote it.
	if err := w.visit.Allow(policy.Export); err != nil {
		return err
	}
	letters := advocacy.Letters{Lexicon: w.desk.Lexicon, Figures: w.desk.Figures}
	out := letterOut{Refused: []refusalOut{}}
	var data []byte
	err = w.visit.Write(ctx, policy.WriteLetter, func(wr *access.Writer) error {
		l, refused, err := letters.Freeze(ctx, wr, content)
		for _, r := range refused {
			out.Refused = append(out.Refused, refusalOut{r, r.Sentence("en")})
		}
		if err != nil {
			return err
		}
		out.Name, out.Missing = l.Name, string(l.Missing)
		if data, _, out.SHA256, err = l.File(form); err != nil {
			return err
		}
		return wr.Audit(ctx, access.AuditBody{What: "export", Detail: "letter " + l.Name + ", " + form})
	})
	if err != nil {
		return refusedLetter(w, out, err)
	}
	if err := durable.WriteFile(w.path(c.Out), data); err != nil {
		return fault.Wrap(fault.KindUnavailable, err, fmt.Sprintf("the letter is kept as %s, but %q could not be written", out.Name, c.Out))
	}
	if out.Missing != "" {
		w.say("no font has these characters; they are boxes in the PDF: %s", out.Missing)
	}
	return w.print(out, fmt.Sprintf("letter %s\nsha256 %s", out.Name, out.SHA256))
}

// refusedLetter lists what is refused, one a line, and passes the error on.
func refusedLetter(w *work, out letterOut, err error) error {
	if len(out.Refused) == 0 {
		return err
	}
	for _, r := range out.Refused {
		w.say("refused: %s", r.Text)
	}
	if w.json {
		if perr := w.print(out, ""); perr != nil {
			return perr
		}
	}
	// The list has been given; the last line only counts it.
	return fault.Wrap(fault.KindOf(err), err, fmt.Sprintf("the letter is refused for %d reasons and was not kept", len(out.Refused)))
}

func readLetterFile(path string) (advocacy.Content, error) {
	var c advocacy.Content
	f, err := os.Open(path)
	if err != nil {
		return c, fault.Wrap(fault.KindInvalid, err, "the file of the letter cannot be opened")
	}
	defer f.Close()
	b, err := io.ReadAll(io.LimitReader(f, maxLetterFile+1))
	if err != nil {
		return c, fault.Wrap(fault.KindInvalid, err, "the file of the letter cannot be read")
	}
	if len(b) > maxLetterFile {
		return c, fault.Invalid("the file of the letter is larger than %d MB", maxLetterFile>>20)
	}
	d := json.NewDecoder(strings.NewReader(string(b)))
	d.DisallowUnknownFields()
	if err := d.Decode(&c); err != nil {
		return c, fault.Invalid("the file of the letter is not of the known form, at byte %d: %s", d.InputOffset(), err.Error())
	}
	return c, nil
}
