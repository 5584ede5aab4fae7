package extract

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// Sentences as they stand in documents of the region, in our own words.
const (
	korean      = "7월 말 룽징에서 이틀마다 약 50명이 강제로 돌려보내졌다고 한다.\n가족 일곱 명이 사무소에 들어가 보호를 요청하였다.\n"
	uhcKorean   = "똠방각하와 펲시맨이 찦차를 타고 왔다. 북송된 사람들의 명단이다.\n" // syllables that only CP949 has
	simplified  = "七月底有报告称，每两天约有五十人从龙井被遣返。\n一家七口在北京的办事处寻求庇护。\n"
	traditional = "七月底有報告稱，每兩天約有五十人從龍井被遣返。\n一家七口在北京的辦事處尋求庇護。\n"
	japanese    = "七月末、二日ごとに約五十人が送り返されたと報告された。\n家族七人が保護を求めた。\n"
	french      = "Des centaines de réfugiés ont été renvoyés de force après l’opération menée près de la frontière.\n"
	german      = "Größere Gruppen wurden über die Grenze zurückgeführt; ärztliche Hilfe blieb ihnen verwehrt.\n"
	russian     = "В конце июля сообщалось, что каждые два дня около пятидесяти человек высылают через границу.\n"
)

func encode(t testing.TB, s, label string) []byte {
	t.Helper()
	e, _, ok := lookup(label)
	if !ok {
		t.Fatalf("no encoding %q", label)
	}
	b, err := e.NewEncoder().Bytes([]byte(s))
	if err != nil {
		t.Fatalf("encode in %s: %v", label, err)
	}
	return b
}

func TestEncodings(t *testing.T) {
	tests := []struct {
		name     string
		text     string
		encoding string
		mark     string
		guessed  bool
		want     string // the name, where it is another
	}{
		{"ASCII", "forced back\n", "utf-8", "", false, ""},
		{"UTF-8", korean + simplified, "utf-8", "", false, ""},
		{"UTF-8 with a mark", korean, "utf-8", "\xEF\xBB\xBF", false, ""},
		{"UTF-16LE with a mark", korean, "utf-16le", "\xFF\xFE", false, ""},
		{"UTF-16BE with a mark", simplified, "utf-16be", "\xFE\xFF", false, ""},
		{"UTF-32LE with a mark", korean, "utf-32le", "\xFF\xFE\x00\x00", false, ""},
		{"UTF-16LE", korean, "utf-16le", "", true, ""},
		{"UTF-16BE", simplified, "utf-16be", "", true, ""},
		{"Korean", korean, "euc-kr", "", true, ""},
		{"Korean of CP949", uhcKorean, "cp949", "", true, "euc-kr"},
		{"Korean, one line", "북송된 사람들의 명단", "euc-kr", "", true, ""},
		{"Korean, a name", "김영희", "euc-kr", "", true, ""},
		{"simplified Chinese", simplified, "gb18030", "", true, ""},
		{"simplified Chinese, one line", "被遣返者名单", "gb18030", "", true, ""},
		{"simplified Chinese, a place", "吉林省延边朝鲜族自治州", "gb18030", "", true, ""},
		{"traditional Chinese", traditional, "big5", "", true, ""},
		{"traditional Chinese, one line", "被遣返者名單", "big5", "", true, ""},
		{"Japanese", japanese, "shift_jis", "", true, ""},
		{"Japanese of Unix", japanese, "euc-jp", "", true, ""},
		{"Japanese of mail", japanese, "iso-2022-jp", "", true, ""},
		{"French", french, "windows-1252", "", true, ""},
		{"French, a word", "Café né à Noël", "windows-1252", "", true, ""},
		{"German", german, "windows-1252", "", true, ""},
		{"Russian", russian, "windows-1251", "", true, ""},
		{"Russian of Unix", russian, "koi8-r", "", true, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			data := append([]byte(tt.mark), encode(t, tt.text, tt.encoding)...)
			want := tt.encoding
			if tt.want != "" {
				want = tt.want
			}
			res := must(t, "a.txt", data)
			if res.Encoding != want || res.EncodingGuessed != tt.guessed {
				t.Errorf("encoding %s, guessed %t; want %s, %t", res.Encoding, res.EncodingGuessed, want, tt.guessed)
			}
			if diff := cmp.Diff([]string{tt.text}, texts(res)); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

// TestOldKoreanMail reads ISO-2022-KR, which has no encoder to make it with.
func TestOldKoreanMail(t *testing.T) {
	seven := func(s string) string { // EUC-KR without its high bits
		b := encode(t, s, "euc-kr")
		for i := range b {
			b[i] &= 0x7F
		}
		return "\x0E" + string(b) + "\x0F"
	}
	data := "\x1b$)C" + "To: " + seven("북송") + " list\n" + seven("명단")
	res := must(t, "a.txt", []byte(data))
	if want := "To: 북송 list\n명단"; res.Encoding != nameISOKR || res.Pages[0].Text != want {
		t.Errorf("%s %q, want %q", res.Encoding, res.Pages[0].Text, want)
	}
}

func TestTheUsersWord(t *testing.T) {
	data := encode(t, "명단\n", "euc-kr")
	res := must(t, "a.txt", data, func(in *Input, _ *Options) { in.Encoding = "CP949" })
	if res.Encoding != "euc-kr" || res.EncodingGuessed || res.Pages[0].Text != "명단\n" {
		t.Errorf("result = %+v", res)
	}
	// A wrong word shows, and can be taken back.
	res = must(t, "a.txt", data, func(in *Input, _ *Options) { in.Encoding = "utf-8" })
	if len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], "choose another encoding") {
		t.Errorf("warnings %q", res.Warnings)
	}
}

func TestDamagedUTF8(t *testing.T) {
	data := strings.Repeat(korean, 3) + "\xEA\xB0" + "끝"
	res := must(t, "a.txt", []byte(data))
	if res.Encoding != nameUTF8 || !res.EncodingGuessed || len(res.Warnings) != 1 || !strings.HasSuffix(res.Pages[0].Text, "\uFFFD끝") {
		t.Errorf("result = %+v", res)
	}
}

func TestLineEnds(t *testing.T) {
	tests := []struct {
		name string
		data string
		want []string
	}{
		{"mixed", "a\r\nb\rc\nd\n\re", []string{"a\nb\nc\nd\n\ne"}},
		{"next line and separators", "a\u0085b\u2028c\u2029d\ve", []string{"a\nb\nc\nd\ne"}},
		{"form feeds", "a\fb\r\n\f\fd\f", []string{"a", "b\n", "", "d"}},
		{"spacing stays", "  a  b \t\n\n\n c ", []string{"  a  b \t\n\n\n c "}},
		{"controls go", strings.Repeat("words ", 50) + "a\x07b\x1Ac", []string{strings.Repeat("words ", 50) + "abc"}},
		{"what cannot be seen stays", "a\u200Db\u00ADc\u200F", []string{"a\u200Db\u00ADc\u200F"}},
		{"a mark within", "a\uFEFFb", []string{"ab"}},
		{"nothing but space", " \n", []string{" \n"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, texts(must(t, "a.txt", []byte(tt.data)))); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

func TestPaging(t *testing.T) {
	paragraph := strings.Repeat("words ", 80) + "end.\n" // 485 characters
	spaced := strings.Repeat("a line of the text\n\n", 175) + "\n\n    " + strings.Repeat("a line of the text\n\n", 175)
	tests := []struct {
		name string
		text string
		want []int // characters of each page
	}{
		{"short", paragraph, []int{485}},
		{"just short enough", strings.Repeat("x", pageMost), []int{pageMost}},
		{"between paragraphs", strings.Repeat(paragraph, 20), []int{3880, 3880, 1940}},
		{"at the blank lines that are more", spaced, []int{3502, 3504}},
		{"one paragraph", strings.Repeat("words ", 1500), []int{4002, 4998}},
		{"no space at all", strings.Repeat("가", 9000), []int{4000, 5000}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []int
			for _, p := range paginate(tt.text) {
				got = append(got, utf8.RuneCountInString(p))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("pages (-want +got):\n%s", diff)
			}
		})
	}
}

// TestPagingKeepsText is the law that positions rest on: pages are the text, cut.
func TestPagingKeepsText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		pieces := rapid.SliceOf(rapid.SampledFrom([]string{"word ", "말", "\n", "\n\n", "  ", "\t", ".", strings.Repeat("x", 300)})).Draw(t, "pieces")
		text := strings.Repeat(strings.Join(pieces, ""), rapid.IntRange(1, 60).Draw(t, "times"))
		pages := paginate(text)
		if got := strings.Join(pages, ""); got != text {
			t.Fatalf("the pages are not the text: %q", cmp.Diff(text, got))
		}
		for i, p := range pages {
			n := utf8.RuneCountInString(p)
			if n > pageMost || i < len(pages)-1 && n < pageLeast {
				t.Fatalf("page %d of %d has %d characters", i+1, len(pages), n)
			}
		}
	})
}

// TestCleanIsStable is the other one: what was cleaned stays as it is.
func TestCleanIsStable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		once := Clean(s)
		if twice := Clean(once); twice != once {
			t.Fatalf("%q became %q", once, twice)
		}
		if needsCleaning(once) {
			t.Fatalf("%q still needs cleaning", once)
		}
		if strings.ContainsAny(once, "\x00\r\f\v") || !utf8.ValidString(once) {
			t.Fatalf("%q", once)
		}
	})
}

func TestLimits(t *testing.T) {
	text := strings.Repeat(strings.Repeat("words ", 80)+"\n", 30)
	tests := []struct {
		name   string
		change func(*Limits)
		pages  int
		say    string
	}{
		{"pages", func(l *Limits) { l.Pages = 2 }, 2, "more than 2 pages; only its first 2 pages"},
		{"characters", func(l *Limits) { l.Runes = 9000 }, 2, "more than 9000 characters; only its first 2 pages"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			res := must(t, "a.txt", []byte(text), func(_ *Input, o *Options) { tt.change(&o.Limits) })
			if len(res.Pages) != tt.pages || len(res.Warnings) != 1 || !strings.Contains(res.Warnings[0], tt.say) {
				t.Errorf("%d pages, warnings %q; want %d and %q", len(res.Pages), res.Warnings, tt.pages, tt.say)
			}
		})
	}
}

func TestOneLine(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"space", " a \t\r\n b\u00A0c ", "a b c"},
		{"name that reads backwards", "a\u202Efdp.exe", "afdp.exe"},
		{"invalid", "a\xFFb", "a\uFFFDb"},
		{"long", "0123456789ABC", "012345678…"},
		{"just fits", "가나다라마바사아자차", "가나다라마바사아자차"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := OneLine(tt.in, 10); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}
