package vault_test

import (
	"os"
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"asylon/internal/fault"
	"asylon/internal/vault"
)

func TestNormalisePassphrase(t *testing.T) {
	for _, c := range []struct{ name, in, want string }{
		{"plain", "otter plum", "otter plum"},
		{"spaces", " \totter  plum\u3000canyon\n", "otter plum canyon"},
		{"Hangul letters become syllables", "\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"},
		{"compatibility letters stay apart as typed", "\u3131\u314f", "가"},
		{"full width Latin", "ｏｔｔｅｒ１", "otter1"},
		{"half width Kana", "ｶﾞ", "ガ"},
		{"accents", "e\u0301te\u0301", "été"},
		{"case stays", "Otter", "Otter"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := vault.NormalisePassphrase(c.in); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestNormaliseLaws(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "passphrase")
		once := vault.NormalisePassphrase(s)
		if twice := vault.NormalisePassphrase(once); twice != once {
			t.Fatalf("%q becomes %q, then %q", s, once, twice)
		}
		if nfd := vault.NormalisePassphrase(norm.NFD.String(s)); nfd != once {
			t.Fatalf("typed in parts it becomes %q, typed whole %q", nfd, once)
		}
	})
}

func TestCheckPassphrase(t *testing.T) {
	for _, c := range []struct {
		name, words string
		ok          bool
	}{
		{"six words", annWords, true},
		{"a sentence in Korean", cloWords, true},
		{"eight Hangul syllables and more", "강건너불빛둘셋넷", true},
		{"sixteen odd characters", "x7#Kq!vP2$mZw9&L", true},
		{"a sentence in French", "l'eau monte jusqu'au pont", true},
		{"empty", "", false},
		{"a word", "plum", false},
		{"fifteen characters", "x7#Kq!vP2$mZw9&", false},
		{"one letter often", strings.Repeat("a", 40), false},
		{"two letters often", strings.Repeat("ab", 20), false},
		{"a word twice", "sonata12 sonata12", false},
		{"a word, and most of it again", "sonata99xsonata99x", false},
		{"numbers in order", "12345678901234567890", false},
		{"the alphabet", "abcdefghijklmnopqrstuvwxyz", false},
		{"the alphabet backwards", "zyxwvutsrqponmlkjihgfedcba", false},
		{"a keyboard row", "qwertyuiopasdfghjkl1", false},
		{"common words", "Password password PASSWORT admin", false},
		{"common Korean word", "비밀번호비밀번호 비밀번호", false},
		{"the login", "ann.noh ann.noh ANN.NOH 1", false},
		{"few different letters", "abba baab abab bbaa aabb", false},
		{"a control character", "otter plum canyon \x00quiz lilac", false},
		{"not text", "otter plum canyon \xff\xfe quiz lilac", false},
		{"private characters", "otter plum canyon \ue000\ue001 quiz", false},
		{"a book", strings.Repeat("otter plum canyon quiz lilac honest ", 20), false},
	} {
		t.Run(c.name, func(t *testing.T) {
			err := vault.CheckPassphrase(c.words, annLogin)
			if c.ok {
				must(t, err)
				return
			}
			wantKind(t, err, fault.KindInvalid)
		})
	}
}

func TestCheckLogin(t *testing.T) {
	for _, c := range []struct {
		login string
		ok    bool
	}{
		{"ann", true}, {"Ann.Noh-2_b+c@office", true}, {"클로이", true}, {"n\u0303u", true}, {strings.Repeat("a", 64), true},
		{"", false}, {"  ", false}, {"ann noh", false}, {strings.Repeat("a", 65), false}, {"ann\n", true}, {"a/b", false}, {"<b>", false},
	} {
		if err := vault.CheckLogin(c.login); (err == nil) != c.ok {
			t.Errorf("%q: %v", c.login, err)
		} else if err != nil {
			wantKind(t, err, fault.KindInvalid)
		}
	}
}

func TestWordList(t *testing.T) {
	raw, err := os.ReadFile("words.txt")
	must(t, err)
	words := strings.Fields(string(raw))
	if len(words) != 2048 {
		t.Fatalf("%d words, want 2048: 11 bits each", len(words))
	}
	for i, w := range words {
		if len(w) < 3 || len(w) > 7 || strings.Trim(w, "abcdefghijklmnopqrstuvwxyz") != "" {
			t.Errorf("%q is not 3 to 7 small letters", w)
		}
		if i > 0 && words[i-1] >= w {
			t.Errorf("%q and %q are not in order, or the same", words[i-1], w)
		}
	}
}

func TestNewPassphrase(t *testing.T) {
	raw, err := os.ReadFile("words.txt")
	must(t, err)
	known := map[string]bool{}
	for _, w := range strings.Fields(string(raw)) {
		known[w] = true
	}
	seen, used := map[string]bool{}, map[string]bool{}
	for range 1000 {
		p := vault.NewPassphrase()
		words := strings.Fields(p)
		if len(words) != vault.Words || seen[p] {
			t.Fatalf("%q has %d words, or came before", p, len(words))
		}
		seen[p] = true
		for _, w := range words {
			if !known[w] {
				t.Fatalf("%q is not in the list", w)
			}
			used[w] = true
		}
		if utf8.RuneCountInString(p) < 23 {
			t.Fatalf("%q is too short", p)
		}
		if err := vault.CheckPassphrase(p, annLogin); err != nil {
			t.Fatalf("%q is refused: %v", p, err)
		}
	}
	// 6,000 draws from 2,048 leave 5 % out on average; a draw that misses
	// half of the list is broken.
	if len(used) < 1800 {
		t.Errorf("only %d different words in 6,000", len(used))
	}
}
