package app

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylon/internal/access"
	"asylon/internal/cli"
	"asylon/internal/policy"
	"asylon/internal/record"
	"asylon/internal/register"
)

// letterRecord puts three statements into an installation: a kind of act that
// an organisation tells, one it fears, and a victim who has agreed to nothing.
func letterRecord(t *testing.T, a *App) (kind, feared, victim, demand record.ID) {
	t.Helper()
	cookie, err := a.SignIn(t.Context(), "mina", testPass)
	if err != nil {
		t.Fatal(err)
	}
	in, err := a.Installation()
	if err != nil {
		t.Fatal(err)
	}
	v, err := in.Accounts.Session(cookie)
	if err != nil {
		t.Fatal(err)
	}
	defer v.Close()
	var got register.Recorded
	err = v.Write(t.Context(), policy.AddRecord, func(w *access.Writer) error {
		words, err := in.Lexicon.Load(t.Context(), w)
		if err != nil {
			return err
		}
		n := record.Local
		got, err = register.Record(t.Context(), w, words, register.Input{
			New: []record.NewEntity{{N: 1, Kind: record.KindAct}, {N: 2, Kind: record.KindSource}, {N: 3, Kind: record.KindPerson}, {N: 4, Kind: record.KindAct}, {N: 5, Kind: record.KindDemand}},
			Statements: []record.Statement{
				{Entity: n(1), Property: record.PropActKind, Value: record.Value{Term: "control.arrest"}, Words: "zelkova arrest", Source: n(2)},
				{Entity: n(4), Property: record.PropActKind, Value: record.Value{Term: "return"}, Words: "zelkova return", Mode: record.ModeFeared, Source: n(2)},
				{Entity: n(1), Property: record.PropActVictim, Value: record.Value{Ref: n(3)}, Words: "zelkova woman", Source: n(2)},
				{Entity: n(2), Property: record.PropLabel, Value: record.Value{Text: "Northern Relief"}},
				{Entity: n(2), Property: record.PropSourceKind, Value: record.Value{Term: "source.organisation"}},
				{Entity: n(5), Property: record.PropDemandKind, Value: record.Value{Term: "demand.release"}},
			}})
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return got.Statements[0], got.Statements[1], got.Statements[2], got.Entities[4]
}

func TestLetterThroughPages(t *testing.T) {
	a, w := served(t)
	_, feared, victim, demand := letterRecord(t, a)
	w.open("/letters").press("Write a letter").see("What keeps it from being frozen")
	draft := w.url
	w.fill("words", "zelkova").press("Find statements").see("has not agreed to its publication")
	if !strings.Contains(w.body, `name="add" value="`+string(feared)+`"`) || strings.Contains(w.body, `name="add" value="`+string(victim)+`"`) {
		t.Error("the search box offers what is refused, or does not offer what may be used")
	}
	w.press("Add this statement").see("Northern Relief")
	w.open(draft).submit(draft, map[string]string{"fact_statements": string(victim)}).see("has not agreed to its publication")
	for name, value := range map[string]string{"to_name": "To the Prefect", "subject": "Seven people", "date": "1 August 2001", "reply_by": "1 September 2001",
		"demand_text": "Release them", "demand_until": "they are free", "demand_id": string(demand), "sign_name": "Han Sol", "sign_date": "30 July 2001", "sign_how": "in writing"} {
		w.fill(name, value)
	}
	w.press("Freeze the letter").see("has not agreed to its publication")
	if !strings.HasPrefix(w.url, "/letters/") {
		t.Fatalf("a refused letter was frozen: %s", w.url)
	}
	w.submit(draft, map[string]string{"fact_statements": string(feared)}).press("Freeze the letter").see("The letter was frozen.", "Northern Relief fears that", "they are free", "1 September 2001")
	letter, _, _ := strings.Cut(w.url, "?")
	for _, form := range []string{"pdf", "html", "md"} {
		w.open(letter + "/file." + form)
		sum := sha256.Sum256([]byte(w.body))
		file := w.status
		w.open(letter)
		if file != 200 || !strings.Contains(w.body, hex.EncodeToString(sum[:])) {
			t.Errorf("the %s handed out (%d) is not the one that was frozen", form, file)
		}
	}
	w.open("/audit").see("export")
	w.open(letter).submit(letter+"/reply", map[string]string{"what": "partial", "when": "20 September 2001", "text": "They will look into it."}).see("reply in part", "They will look into it.")
	w.submit(letter+"/answer", map[string]string{"answer": "met.partly", "note": "letter of September"}).see("partly met")
	w.open("/letters").see("Seven people", "answered")
	w.do("POST", w.base+"/language", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"lang": {"ko"}, "next": {letter}}.Encode()))
	w.open(letter).see("회신과 무응답", "일부 이행됨")
}

func TestLetterCommand(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "office")
	if err := Init(t.Context(), dir, cheap, "mina", "Mina Office", testPass, "en"); err != nil {
		t.Fatal(err)
	}
	a, err := Open(dir, cheap)
	if err != nil {
		t.Fatal(err)
	}
	kind, feared, victim, _ := letterRecord(t, a)
	if err := a.Close(); err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	write := func(name, text string) {
		if err := os.WriteFile(filepath.Join(work, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("pass", testPass)
	letter := func(fact string) string {
		return `{"language": "ko", "date": "2001-08-01", "addressee": {"name": "지사 귀하"}, "subject": "일곱 사람", "facts": [` + fact + `],
			"signatories": [{"name": "한솔", "consent_date": "2001-07-30", "consent_how": "서면"}]}`
	}
	tests := []struct {
		name, in, out string
		exit          int
		refused       int
	}{
		{"pdf", letter(`{"statements": ["` + string(kind) + `"]}`), "a.pdf", 0, 0},
		{"html", letter(`{"statements": ["` + string(kind) + `"]}, {"statements": ["` + string(feared) + `"]}`), "a.html", 0, 0},
		{"beyond consent", letter(`{"statements": ["` + string(victim) + `"]}`), "b.md", 5, 1},
		{"hedge edited away", letter(`{"statements": ["` + string(feared) + `"], "text": "송환된다."}`), "b.md", 3, 1},
		{"unknown field", `{"wish": 1}`, "b.md", 3, 0},
		{"unknown form", letter(""), "b.docx", 2, 0},
	}
	for _, x := range tests {
		t.Run(x.name, func(t *testing.T) {
			write("in.json", x.in)
			var stdout, stderr bytes.Buffer
			code := cli.Run(t.Context(), house{slog.New(slog.DiscardHandler)}, []string{"--json", "letter", dir, "--file", "in.json", "--out", x.out, "--as", "mina", "--passphrase-file", "pass"},
				cli.IO{Stdout: &stdout, Stderr: &stderr, Dir: work})
			if code != x.exit {
				t.Fatalf("exit %d, want %d: %s", code, x.exit, stderr.String())
			}
			if x.exit != 0 && x.refused == 0 {
				return
			}
			var out struct {
				Name, SHA256 string
				Refused      []struct{ Text string }
			}
			if err := json.Unmarshal(stdout.Bytes(), &out); err != nil {
				t.Fatalf("%v in %s", err, stdout.String())
			}
			if len(out.Refused) != x.refused || x.refused > 0 && !strings.Contains(stderr.String(), out.Refused[0].Text) {
				t.Errorf("refused %v; said %s", out.Refused, stderr.String())
			}
			b, err := os.ReadFile(filepath.Join(work, x.out))
			if x.exit != 0 {
				if err == nil {
					t.Error("a refused letter was written")
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if s := sha256.Sum256(b); hex.EncodeToString(s[:]) != out.SHA256 || len(out.Name) != 26 {
				t.Errorf("the file is not what %+v says", out)
			}
		})
	}
}
